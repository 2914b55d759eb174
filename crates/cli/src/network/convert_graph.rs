//! `normwave network convert` between formats that hold more than large tables of ties.

use super::convert::{columns, wrong};
use crate::{ConvertArgs, Failure, Watch, output, words};
use normwave_network_file::{FileError, Format, Found, Graph, LeftOut, Reading, read, write};
use normwave_tie_file::{Direction, Format as TableFormat};
use serde_json::json;
use std::path::Path;

/// The format that a person names, or else that of the extension.
///
/// # Errors
/// [`Failure::BadInput`] if there is no such format.
pub(super) fn format(path: &Path, name: Option<&str>, flag: &str) -> Result<Format, Failure> {
    let names = Format::ALL.map(Format::name);
    let Some(name) = name else {
        return Format::of(path).map_err(|error| {
            let list = names.join(", ");
            Failure::BadInput(format!(
                "{}: {error}\n{} {flag} FORMAT, one of {list}.",
                path.display(),
                error.remedy().replace("else name the format.", "else name the format:")
            ))
        });
    };
    Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
        let near = words::did_you_mean(name, names);
        Failure::BadInput(format!("{flag} {name}: unknown format{near}\nKnown: {}.", names.join(", ")))
    })
}

/// Reads a graph and writes it.
///
/// # Errors
/// As [`super::convert::convert`].
pub(super) fn convert(args: &ConvertArgs, from: Format, to: Format) -> Result<(), Failure> {
    if !args.force && std::fs::symlink_metadata(&args.to).is_ok() {
        return Err(refused(&args.to, &FileError::Exists));
    }
    check_flags(args, from)?;
    let watch = Watch::at_terminal()?;
    watch.stage("reading");
    let Found { graph, passed_over } = found(args, from, &watch)?;
    let (graph, renamed) = match &args.id {
        None => graph.with_names_for_numbers(),
        Some(attribute) => {
            (graph.with_ids_from(attribute).map_err(|error| refused(&args.from, &error))?, false)
        }
    };
    watch.go_on()?;
    watch.stage("writing");
    let left_out = write(&args.to, to, &graph, args.force).map_err(|error| refused(&args.to, &error))?;
    watch.finish();
    say(args, &graph, &passed_over, &left_out, renamed)
}

fn found(args: &ConvertArgs, from: Format, watch: &Watch) -> Result<Found, Failure> {
    if let (false, Ok(table)) = (from.is_text(), TableFormat::of(&args.from)) {
        let columns = columns(args, table)?;
        let direction = if args.undirected { Direction::Undirected } else { Direction::Directed };
        let table = normwave_tie_file::read(&args.from, &columns, direction, &mut |done, all| {
            watch.reached(done, all)
        });
        let table = table.map_err(|error| wrong(&args.from, &error))?;
        let graph = Graph::from_table(&table).map_err(|error| refused(&args.from, &error))?;
        return Ok(Found { graph, passed_over: Vec::new() });
    }
    let usual = Reading::default();
    let reading = Reading {
        undirected: args.undirected,
        from: args.from_column.clone().unwrap_or(usual.from),
        to: args.to_column.clone().unwrap_or(usual.to),
        strength: args.strength.clone(),
    };
    read(&args.from, from, &reading).map_err(|error| refused(&args.from, &error))
}

// Flags that a format has no use for.
fn check_flags(args: &ConvertArgs, from: Format) -> Result<(), Failure> {
    let is_table = matches!(from, Format::Csv | Format::Tsv | Format::Parquet);
    let says_direction = !is_table && !matches!(from, Format::Matrix | Format::EdgeList);
    let flags = [
        ("--from", args.from_column.is_some() && !is_table, "it has no columns"),
        ("--to", args.to_column.is_some() && !is_table, "it has no columns"),
        (
            "--ignore-others",
            args.ignore_others && from.is_text(),
            "what else ties have becomes attributes of them",
        ),
        ("--undirected", args.undirected && says_direction, "it says itself whether its ties are directed"),
    ];
    match flags.iter().find(|(_, given, _)| *given) {
        None => Ok(()),
        Some((flag, _, why)) => Err(Failure::BadInput(format!(
            "{flag} does not go with {}: {why}\nLeave {flag} out.",
            args.from.display()
        ))),
    }
}

fn say(
    args: &ConvertArgs,
    graph: &Graph,
    passed_over: &[LeftOut],
    left_out: &[LeftOut],
    renamed: bool,
) -> Result<(), Failure> {
    let list = |all: &[LeftOut]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (written, n_actors, n_ties) = (args.to.display(), graph.nodes().len(), graph.ties().len());
    if args.json {
        return output::answer_json(&json!({
            "file": written.to_string(),
            "actors": n_actors,
            "ties": n_ties,
            "undirected": !graph.is_directed(),
            "strengths": graph.has_strengths(),
            "labels_as_ids": renamed,
            "passed_over": list(passed_over),
            "left_out": list(left_out),
        }));
    }
    if renamed {
        output::note(&format!("{} only numbers its nodes; their labels are the ids", args.from.display()));
    }
    for (path, what, all) in
        [(&args.from, "passed over in", passed_over), (&args.to, "left out in", left_out)]
    {
        if !all.is_empty() {
            output::note(&format!("{what} {}: {}", path.display(), list(all).join("; ")));
        }
    }
    let (one, many) =
        if graph.is_directed() { ("tie", "ties") } else { ("undirected tie", "undirected ties") };
    let strengths = if graph.has_strengths() { "" } else { ", all of strength 1" };
    let actors = words::count(n_actors, "actor", "actors");
    output::answer(&format!("{written}: {actors}, {}{strengths}", words::count(n_ties, one, many)))
}

fn refused(path: &Path, error: &FileError) -> Failure {
    let remedy = match error {
        FileError::Exists => "Give another name, or replace the file with --force.",
        FileError::Ties(error) => return wrong(path, error),
        _ => error.remedy(),
    };
    Failure::BadInput(format!("{}: {error}\n{remedy}", path.display()).trim_end().to_owned())
}
