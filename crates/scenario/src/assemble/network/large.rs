//! Large tables of ties: tie files and Parquet.

use crate::ScenarioError;
use crate::assemble::Context;
use crate::tables::CsvTable;
use normwave_network_model::{ActorId, Network, NetworkError, Tie};
use normwave_tie_file::{Columns, Direction, Format, TieFileError, TieTable, compare_ids, read};
use std::collections::HashSet;
use std::path::Path;
use std::rc::Rc;
use toml::Spanned;

/// Whether a file is read here, by its extension; everything else is CSV.
pub(super) fn is_large(path: &str) -> bool {
    matches!(Format::of(Path::new(path)), Ok(Format::Ties | Format::Parquet))
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
    let table = read(&place, &Columns::default(), Direction::Directed, &mut |_, _| true);
    let table = table.map_err(|error| {
        let remedy = match &error {
            TieFileError::Columns { .. } => {
                "The columns are from, to and, if you like, strength; normwave network convert takes other names."
            }
            TieFileError::Io { .. } => "Paths are relative to the scenario file.",
            _ => error.remedy(),
        };
        context.error(path.span(), key, format!("`{name}`: {error}"), remedy)
    })?;
    let table = Rc::new(table);
    context.tie_tables.borrow_mut().insert(name.clone(), Rc::clone(&table));
    Ok(table)
}

/// The ties of a file among the actors of the network, sorted by target, then sender.
pub(super) fn ties(
    context: &Context<'_>,
    path: &Spanned<String>,
    undirected: bool,
    key: &str,
    network: &Network,
) -> Result<Vec<Tie>, ScenarioError> {
    let table = table(context, path, key)?;
    let actor = |(no, expected): (usize, u32)| {
        let id = table.id(no);
        // Where actors were made of this file, no search is needed.
        match network.actors().get(no) {
            Some(actor) if actor.id == id => Ok(ActorId(expected)),
            _ => network.actor_id(&id),
        }
    };
    let actors: Result<Vec<ActorId>, NetworkError> = (0..table.n_actors()).zip(0u32..).map(actor).collect();
    let actors = actors.map_err(|error| {
        let name = path.get_ref();
        let remedy = format!(
            "Ties join actors of the network; to take them from the file, give [network] actors = {{ ties = \"{name}\" }}."
        );
        context.error(path.span(), key, format!("`{name}`: {error}"), remedy)
    })?;
    Ok(table.network_ties(&actors, network.actors().len(), undirected))
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

/// The ids in a CSV file of ties, in the order of a tie file that is made of it.
pub(super) fn ids_of_csv(
    context: &Context<'_>,
    path: &Spanned<String>,
) -> Result<Vec<String>, ScenarioError> {
    let optional = ["strength", "start", "end"];
    let table = CsvTable::read(context.files, path, context.source, &["from", "to"], &optional)?;
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
