//! Whatever a text holds, reading it ends with a graph or with what is wrong and where.

mod common;

use common::{TEXTS, graph};
use normwave_network_file::{FileError, Format, Reading, read_text, write_text};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn read(format: Format, text: &str) -> Result<(), FileError> {
    let found = read_text(format, text, &Reading::default())?;
    // What was read can be written, in some format at least.
    write_text(Format::NodeLink, &found.graph).map(|_| ())
}

// A refusal has a place inside of the text, or is about all of it.
fn said(text: &str, result: Result<(), FileError>) {
    match result {
        Ok(()) => {}
        Err(FileError::At { line, column, problem, .. }) => {
            let n_lines = text.matches('\n').count() + 1;
            assert!((1..=n_lines).contains(&line), "{problem}: line {line} of {n_lines}");
            let own = text.split('\n').nth(line - 1).unwrap_or_default();
            assert!((1..=own.chars().count() + 1).contains(&column), "{problem}: column {column} of {own:?}");
            assert!(!problem.is_empty() && !problem.chars().any(char::is_control), "{problem:?}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn made() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| Format::of(path).is_ok())
        .collect();
    paths.sort();
    paths
}

const PIECES: [&str; 34] = [
    "",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "&x;",
    "&#0;",
    "&#xD800;",
    "]",
    "[",
    "{",
    "}",
    ",",
    "\t",
    "\n",
    "-1",
    "nan",
    "1e999",
    "inf",
    "99999999999999999999",
    "4000000000",
    "0",
    "\u{0}",
    "é",
    "\u{feff}",
    "*Vertices 9999999",
    "*Matrix\n",
    "graph [",
    "node [ id 1 ]",
    "<graph>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "%",
    "#",
];

// Puts a piece in place of some characters.
fn changed(text: &str, at: usize, n: usize, piece: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at.min(chars.len());
    let end = (at + n).min(chars.len());
    chars[..at].iter().copied().chain(piece.chars()).chain(chars[end..].iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_changed_file_is_read_or_refused(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, prop::sample::select(&PIECES[..])), 1..4),
    ) {
        let paths = made();
        let path = &paths[file.index(paths.len())];
        let mut text = std::fs::read_to_string(path).unwrap();
        for (at, n, piece) in changes {
            let at = at.index(text.chars().count() + 1);
            text = changed(&text, at, n, piece);
        }
        said(&text, read(Format::of(path).unwrap(), &text));
    }

    #[test]
    fn a_changed_text_of_ours_is_read_or_refused(
        graph in graph(),
        at in any::<prop::sample::Index>(),
        n in 0..20usize,
        piece in prop::sample::select(&PIECES[..]),
    ) {
        for format in TEXTS {
            let Ok(written) = write_text(format, &graph) else { continue };
            let at = at.index(written.text.chars().count() + 1);
            let text = changed(&written.text, at, n, piece);
            said(&text, read(format, &text));
        }
    }

    #[test]
    fn a_text_of_anything_is_read_or_refused(text in "\\PC{0,60}", lines in "([a-z0-9 \t\"*<>{},:=\\[\\]]{0,12}\n){0,6}") {
        for format in TEXTS {
            said(&text, read(format, &text));
            said(&lines, read(format, &lines));
        }
    }
}

#[test]
fn a_file_that_is_cut_short_is_refused_where_the_format_has_an_end() {
    for path in made() {
        let format = Format::of(&path).unwrap();
        if !matches!(format, Format::GraphMl | Format::Gexf | Format::Gml | Format::NodeLink) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let whole = text.trim_end();
        for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
            assert!(read(format, &whole[..end]).is_err(), "{} until {end}", path.display());
        }
    }
}

#[test]
fn a_file_of_one_format_is_refused_by_the_readers_of_others() {
    for path in made() {
        let own = Format::of(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for other in [Format::GraphMl, Format::Gexf, Format::Pajek, Format::Gml, Format::Dl, Format::NodeLink]
        {
            if other != own {
                assert!(read(other, &text).is_err(), "{} as {}", path.display(), other.name());
            }
        }
    }
}
