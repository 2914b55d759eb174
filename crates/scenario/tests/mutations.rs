//! Whatever is done to a scenario or its tables, reading ends with a scenario or a message.
//!
//! A small share, on every `cargo test`, of what `.ci/fuzz` does for long (docs/safety.md).

use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};
use proptest::prelude::*;
use std::sync::Arc;

const SEEDS: [&str; 4] = [
    include_str!("../../../fuzz/seeds/everything.toml"),
    include_str!("../../../fuzz/seeds/tables.toml"),
    include_str!("../../../fuzz/seeds/campaign.toml"),
    include_str!("../../../fuzz/seeds/classic.toml"),
];

// What is put in place of something else.
const PIECES: [&str; 40] = [
    "",
    "0",
    "-1",
    "1e999",
    "-1e308",
    "1e308",
    "1e-320",
    "nan",
    "inf",
    "4294967296",
    "0.3333333",
    "\"\"",
    "\"all\"",
    "all",
    "\"A\"",
    "\"USA\"",
    "[]",
    "{}",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "\n",
    ",",
    ";",
    "\t",
    "\0",
    "\r",
    "\u{feff}",
    "ä\u{1b}",
    "1997-02-30",
    "9999-12-31",
    "0001-01-01",
    "\"1990\"",
    "true",
    "drop",
    "= {",
    "day",
    "noisy",
];

#[derive(Clone, Debug)]
enum Change {
    // A piece in place of so many characters.
    Piece(usize, usize, usize),
    // A word in place of another word.
    Word(usize, usize),
    // A line dropped, doubled, or put in place of another.
    Drop(usize),
    Double(usize),
    Swap(usize, usize),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        4 => (at(), 0..6_usize, 0..PIECES.len()).prop_map(|(at, n, piece)| Change::Piece(at, n, piece)),
        4 => (at(), at()).prop_map(|(a, b)| Change::Word(a, b)),
        2 => at().prop_map(Change::Drop),
        1 => at().prop_map(Change::Double),
        1 => (at(), at()).prop_map(|(a, b)| Change::Swap(a, b)),
        1 => at().prop_map(Change::Cut),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let boundary = |at: usize| text.floor_char_boundary(at % (text.len() + 1));
    let mut lines: Vec<&str> = text.split('\n').collect();
    let n = lines.len();
    match *change {
        Change::Piece(at, n, piece) => {
            let from = boundary(at);
            let to = text.ceil_char_boundary((from + n).min(text.len()));
            format!("{}{}{}", &text[..from], PIECES[piece], &text[to..])
        }
        Change::Word(a, b) => {
            let is_word = |c: char| c.is_alphanumeric() || "-_.\"".contains(c);
            let words: Vec<&str> = text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
            if words.is_empty() {
                return text.to_owned();
            }
            let (old, new) = (words[a % words.len()], words[b % words.len()]);
            let at = old.as_ptr() as usize - text.as_ptr() as usize;
            format!("{}{new}{}", &text[..at], &text[at + old.len()..])
        }
        Change::Drop(at) => {
            lines.remove(at % n);
            lines.join("\n")
        }
        Change::Double(at) => {
            lines.insert(at % n, lines[at % n]);
            lines.join("\n")
        }
        Change::Swap(a, b) => {
            lines.swap(a % n, b % n);
            lines.join("\n")
        }
        Change::Cut(at) => text[..boundary(at)].to_owned(),
    }
}

fn read(text: &str) -> Result<Scenario, String> {
    let mut parts = text.split("\n#### ");
    let file = parts.next().unwrap_or_default();
    let tables = parts.filter_map(|part| part.split_once('\n'));
    let tables = InMemory(tables.map(|(name, csv)| (name.to_owned(), csv.to_owned())).collect());
    Scenario::read("changed.toml", file, &tables, &Registries::default(), &Overrides::default())
        .map_err(|error| error.to_string())
}

#[test]
fn the_seeds_are_right() {
    for seed in SEEDS {
        let scenario = read(seed).unwrap();
        lower(&Arc::new(scenario), None).unwrap();
    }
}

proptest! {
    #[test]
    fn a_changed_scenario_is_read_or_refused(
        seed in 0..SEEDS.len(), changes in prop::collection::vec(change(), 1..5),
    ) {
        let text = changes.iter().fold(SEEDS[seed].to_owned(), |text, change| changed(&text, change));
        match read(&text) {
            Err(message) => prop_assert!(!message.is_empty() && message.len() < 20_000),
            // Longer periods and larger networks are right, and slow.
            Ok(scenario) if scenario.calendar.n_ticks() > 200 || scenario.network.actors().len() > 100 => {}
            Ok(scenario) => drop(lower(&Arc::new(scenario), None)),
        }
    }
}
