//! `normwave network convert`: large tables of ties here, all else through a graph.

use super::convert_graph;
use crate::{ConvertArgs, Failure, Watch, output, words};
use normwave_network_file::Format as FileFormat;
use normwave_tie_file::{Columns, Direction, Format, TieFileError, TieTable, read, write};
use serde_json::json;
use std::path::Path;

/// Reads a file of a network and writes it in another format.
///
/// # Errors
/// [`Failure::BadInput`] with what is wrong with either file; [`Failure::Interrupted`] if it was
/// stopped. Nothing is left behind then.
pub(crate) fn convert(args: &ConvertArgs) -> Result<(), Failure> {
    let formats = [
        convert_graph::format(&args.from, args.from_format.as_deref(), "--from-format")?,
        convert_graph::format(&args.to, args.to_format.as_deref(), "--to-format")?,
    ];
    let tables = [table(&args.from, formats[0]), table(&args.to, formats[1])];
    let ([Some(from), Some(to)], None) = (tables, &args.id) else {
        return convert_graph::convert(args, formats[0], formats[1]);
    };
    // At once, rather than after a long read.
    if !args.force && std::fs::symlink_metadata(&args.to).is_ok() {
        return Err(wrong(&args.to, &TieFileError::Exists));
    }
    let columns = columns(args, from)?;
    let direction = if args.undirected { Direction::Undirected } else { Direction::Directed };
    let watch = Watch::at_terminal()?;
    let done = converted(args, &columns, direction, &watch);
    watch.finish();
    let table = done?;
    let written = args.to.display();
    let (n_actors, n_ties, text) = (table.n_actors(), table.n_ties(), to != Format::Ties);
    let lonely = if text { lonely(&table) } else { 0 };
    if args.json {
        return output::answer_json(&json!({
            "file": written.to_string(),
            "actors": n_actors - lonely,
            "ties": if text { table.directed_ties().count() } else { n_ties },
            "undirected": !text && table.direction() == Direction::Undirected,
            "strengths": table.has_strengths(),
        }));
    }
    if lonely > 0 {
        let (have, them) = if lonely == 1 { ("actor has", "it") } else { ("actors have", "them") };
        output::note(&format!("{lonely} {have} no tie, and {written} has no place for {them}"));
    }
    let ties = match (table.direction(), text) {
        (Direction::Directed, _) => words::count(n_ties, "tie", "ties"),
        (Direction::Undirected, false) => words::count(n_ties, "undirected tie", "undirected ties"),
        (Direction::Undirected, true) => {
            format!("{}, a row for each direction", words::count(n_ties, "undirected tie", "undirected ties"))
        }
    };
    let strengths = if table.has_strengths() { "" } else { ", all of strength 1" };
    let actors = words::count(n_actors - lonely, "actor", "actors");
    output::answer(&format!("{written}: {actors}, {ties}{strengths}"))
}

// The format of a path as a table of ties, which may be large; `None` if it is something else.
fn table(path: &Path, format: FileFormat) -> Option<Format> {
    let table = match format {
        FileFormat::Csv => Format::Csv,
        FileFormat::Tsv => Format::Tsv,
        FileFormat::Parquet => Format::Parquet,
        FileFormat::Ties => Format::Ties,
        _ => return None,
    };
    // The reader of tables goes by the extension.
    Format::of(path).ok().filter(|own| *own == table)
}

fn converted(
    args: &ConvertArgs,
    columns: &Columns,
    direction: Direction,
    watch: &Watch,
) -> Result<TieTable, Failure> {
    watch.stage("reading");
    let table = read(&args.from, columns, direction, &mut |done, all| watch.reached(done, all));
    let table = table.map_err(|error| wrong(&args.from, &error))?;
    watch.go_on()?;
    watch.stage("writing");
    write(&args.to, &table, &Columns::default(), args.force, &mut |done, all| watch.reached(done, all))
        .map_err(|error| wrong(&args.to, &error))?;
    Ok(table)
}

// What is asked of the columns of the file that is read.
pub(super) fn columns(args: &ConvertArgs, format: Format) -> Result<Columns, Failure> {
    let given = [
        ("--from", args.from_column.is_some()),
        ("--to", args.to_column.is_some()),
        ("--strength", args.strength.is_some()),
        ("--ignore-others", args.ignore_others),
        ("--undirected", args.undirected),
    ];
    if let Some((flag, _)) = given.iter().find(|(_, given)| *given && format == Format::Ties) {
        return Err(Failure::BadInput(format!(
            "{flag} does not go with {}: a tie file has no columns and says itself whether its ties are directed\n\
             Leave {flag} out.",
            args.from.display()
        )));
    }
    let usual = Columns::default();
    Ok(Columns {
        from: args.from_column.clone().unwrap_or(usual.from),
        to: args.to_column.clone().unwrap_or(usual.to),
        strength: args.strength.clone(),
        ignore_others: args.ignore_others,
    })
}

// Actors whom only a tie file can hold.
fn lonely(table: &TieTable) -> usize {
    let mut tied = vec![false; table.n_actors()];
    for (from, to, _) in table.ties() {
        tied[from as usize] = true;
        tied[to as usize] = true;
    }
    tied.iter().filter(|tied| !**tied).count()
}

pub(super) fn wrong(path: &Path, error: &TieFileError) -> Failure {
    let path = path.display();
    let remedy = match error {
        TieFileError::Stopped => return Failure::Interrupted,
        TieFileError::Exists => "Give another name, or replace the file with --force.",
        _ => error.remedy(),
    };
    Failure::BadInput(format!("{path}: {error}\n{remedy}").trim_end().to_owned())
}
