//! Ties that hold always: large tables in tie files and Parquet, and files of other programs.

use crate::ScenarioError;
use crate::assemble::Context;
use crate::tables::CsvTable;
use normwave_network_file::{FileError, Format, Reading};
use normwave_network_model::{ActorId, Network, NetworkError, StandingTies};
use normwave_tie_file::{Columns, Direction, TieFileError, TieTable, compare_ids, read};
use std::collections::HashSet;
use std::path::Path;
use std::rc::Rc;
use toml::Spanned;

/// Whether a file is read here, by its extension; everything else is CSV.
pub(super) fn is_large(path: &str) -> bool {
    !matches!(Format::of(Path::new(path)), Ok(Format::Csv | Format::Tsv) | Err(_))
}

/// The table of a path; each is read once.
pub(super) fn table(
    context: &Context<'_>,
    path: &Spanned<String>,
    key: &str,
) -> Result<Rc<TieTable>, ScenarioError> {
    let name = path.get_ref();
    if let Some(table) = context.tie_tables.borrow().get(name) {
        return Ok(Rc::clone(table));
    }
    let Some(place) = context.files.locate(name) else {
        let problem = format!("`{name}` cannot be read here: only text is at hand");
        return Err(context.error(path.span(), key, problem, "Give the ties as CSV."));
    };
    let error = |problem: String, remedy: &str| {
        context.error(path.span(), key, format!("`{name}`: {problem}"), remedy.to_owned())
    };
    let table = match Format::of(&place) {
        Ok(format) if format.is_text() => {
            table_of_graph(&place, format).map_err(|wrong| error(wrong.to_string(), wrong.remedy()))?
        }
        _ => read(&place, &Columns::default(), Direction::Directed, &mut |_, _| true).map_err(|wrong| {
            let remedy = match &wrong {
                TieFileError::Columns { .. } => {
                    "The columns are from, to and, if you like, strength; normwave network convert takes other names."
                }
                TieFileError::Io { .. } => "Paths are relative to the scenario file.",
                _ => wrong.remedy(),
            };
            error(wrong.to_string(), remedy)
        })?,
    };
    let table = Rc::new(table);
    context.tie_tables.borrow_mut().insert(name.clone(), Rc::clone(&table));
    Ok(table)
}

// The ties in a file of another program. Attributes and labels are not needed; what would change the
// network if it were left out is refused.
fn table_of_graph(place: &Path, format: Format) -> Result<TieTable, FileError> {
    let (graph, _) =
        normwave_network_file::read(place, format, &Reading::default())?.graph.with_names_for_numbers();
    let refuse = |problem: &str, remedy: &str| {
        Err(FileError::Whole { problem: problem.to_owned(), remedy: remedy.to_owned() })
    };
    if graph.ties().iter().any(|tie| tie.start.is_some() || tie.end.is_some()) {
        return refuse(
            "its ties have dates, which are read from tables only",
            "Make a table of it: normwave network convert FROM TO.csv; dates are its columns start and end.",
        );
    }
    if graph.has_parallel_ties() {
        return refuse("a pair has two ties", "Keep one, or write each kind of tie into a file of its own.");
    }
    if graph.ties().iter().any(|tie| tie.from == tie.to) {
        return refuse("a node is tied to itself; ties join two actors", "Leave that tie out.");
    }
    Ok(graph.to_table(Format::Ties)?.0)
}

/// The ties of a file among the actors of the network.
pub(super) fn ties(
    context: &Context<'_>,
    path: &Spanned<String>,
    undirected: bool,
    key: &str,
    network: &Network,
) -> Result<StandingTies, ScenarioError> {
    let table = table(context, path, key)?;
    among(&table, network, undirected).map_err(|error| {
        let name = path.get_ref();
        let remedy = format!(
            "Ties join actors of the network; to take them from the file, give [network] actors = {{ ties = \"{name}\" }}."
        );
        context.error(path.span(), key, format!("`{name}`: {error}"), remedy)
    })
}

/// The ties of a table among the actors of the network.
pub(super) fn among(
    table: &TieTable,
    network: &Network,
    undirected: bool,
) -> Result<StandingTies, NetworkError> {
    let actor = |(no, expected): (usize, u32)| {
        // Where actors were made of this file, no search is needed.
        match network.actors().get(no) {
            Some(actor) if table.is_called(no, &actor.id) => Ok(ActorId(expected)),
            _ => network.actor_id(&table.id(no)),
        }
    };
    let actors: Vec<ActorId> =
        (0..table.n_actors()).zip(0u32..).map(actor).collect::<Result<_, NetworkError>>()?;
    Ok(table.standing_ties(&actors, network.actors().len(), undirected))
}

/// What the network says of ties from a file.
pub(super) fn refused(
    context: &Context<'_>,
    path: &Spanned<String>,
    key: &str,
    error: &NetworkError,
) -> ScenarioError {
    let remedy = match error {
        NetworkError::TieTwice { .. } => "If the file lists both directions, leave `undirected` out.",
        _ => "",
    };
    context.error(path.span(), key, format!("`{}`: {error}", path.get_ref()), remedy)
}

/// The columns of a CSV file of ties: needed, and possible.
pub(super) const COLUMNS: ([&str; 2], [&str; 3]) = (["from", "to"], ["strength", "start", "end"]);

/// The table in a CSV file without dates, in a tenth of the time and memory that it takes row by row;
/// `None` if it has dates, or anything is wrong with it, which reading row by row then says with its
/// place.
pub(super) fn table_of_csv(
    context: &Context<'_>,
    path: &Spanned<String>,
) -> Result<Option<Rc<TieTable>>, ScenarioError> {
    let name = path.get_ref();
    if let Some(table) = context.tie_tables.borrow().get(name) {
        return Ok(Some(Rc::clone(table)));
    }
    let text = CsvTable::read(context.files, path, context.source, &COLUMNS.0, &COLUMNS.1)?;
    if text.has("start") || text.has("end") {
        return Ok(None);
    }
    let table = TieTable::from_csv(text.text(), &Columns::default()).ok().map(Rc::new);
    if let Some(table) = &table {
        context.tie_tables.borrow_mut().insert(name.clone(), Rc::clone(table));
    }
    Ok(table)
}

/// The ids in a CSV file of ties, in the order of a tie file that is made of it.
pub(super) fn ids_of_csv(
    context: &Context<'_>,
    path: &Spanned<String>,
) -> Result<Vec<String>, ScenarioError> {
    if let Some(table) = table_of_csv(context, path)? {
        return Ok((0..table.n_actors()).map(|actor| table.id(actor)).collect());
    }
    let table = CsvTable::read(context.files, path, context.source, &COLUMNS.0, &COLUMNS.1)?;
    let mut ids: HashSet<String> = HashSet::new();
    table.for_each(|row| {
        for column in ["from", "to"] {
            let id = row.required(column)?;
            if !ids.contains(id) {
                ids.insert(id.to_owned());
            }
        }
        Ok(())
    })?;
    let mut ids: Vec<String> = ids.into_iter().collect();
    ids.sort_unstable_by(|a, b| compare_ids(a, b));
    Ok(ids)
}
