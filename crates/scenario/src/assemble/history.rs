//! The table of observed adoptions.

use super::Context;
use super::given::spell_of;
use crate::error::did_you_mean;
use crate::tables::{CsvTable, Row};
use crate::{Adoption, ScenarioError};
use normwave_network_model::{ActorKind, Date, Network};
use normwave_pressure_factors::Position;
use toml::Spanned;

/// The adoptions of a table, by date and actor.
pub(super) fn assemble(
    context: &Context<'_>,
    path: Option<&Spanned<String>>,
    network: &Network,
) -> Result<Vec<Adoption>, ScenarioError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let columns = (["actor", "from"], ["until", "position"]);
    let table = CsvTable::read(context.files, path, context.source, &columns.0, &columns.1)?.not_empty()?;
    let mut given: Vec<(Adoption, Row<'_>)> = Vec::new();
    table.for_each(|row| {
        given.push((adoption(context, row, network)?, row.clone()));
        Ok(())
    })?;
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|&idx| (given[idx].0.actor, given[idx].0.spell.from));
    for pair in order.windows(2) {
        let (earlier, later) = (given[pair[0]].0, given[pair[1]].0);
        if earlier.actor != later.actor {
            continue;
        }
        // Whoever moves on to another position no longer holds the one before.
        let moves_on = earlier.position != later.position && earlier.spell.from < later.spell.from;
        if earlier.spell.until.is_none() && moves_on {
            given[pair[0]].0.spell.until = Some(later.spell.from);
        } else if earlier.spell.overlaps(&later.spell) {
            let (before, row) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            return Err(overlap(path.get_ref(), &given[before].1, &given[row].1));
        }
    }
    let mut adoptions: Vec<Adoption> = given.into_iter().map(|(adoption, _)| adoption).collect();
    adoptions.sort_by_key(|adoption| (adoption.spell.from, adoption.actor));
    Ok(adoptions)
}

fn adoption(context: &Context<'_>, row: &Row<'_>, network: &Network) -> Result<Adoption, ScenarioError> {
    let id = row.required("actor")?;
    let actor = network.actor_id(id).map_err(|error| {
        row.error(id, error.to_string(), "Actors are named by their id, as in the network's files.")
    })?;
    if network.actor(actor).kind != ActorKind::Government {
        let problem = format!("`{id}` is not a government");
        return Err(row.error(id, problem, "Only governments hold positions."));
    }
    row.required("from")?;
    let spell = spell_of(row, "from", "until")?;
    if !lives(context, network.actor(actor), spell.from) {
        let problem = format!("`{id}` does not exist on {}", spell.from);
        let remedy = "Give a date on which it does; what an earlier state adopted belongs to that state.";
        return Err(row.error(row.get("from"), problem, remedy));
    }
    Ok(Adoption { actor, position: position(context, row)?, spell })
}

// The world is that of a tick's last day, and before the period that of its first tick.
fn lives(context: &Context<'_>, actor: &normwave_network_model::Actor, date: Date) -> bool {
    let tick = context.calendar.tick_from(date);
    let within = tick < context.calendar.n_ticks();
    actor.lives_on(date) || within && actor.lives_on(context.calendar.as_of(tick))
}

fn position(context: &Context<'_>, row: &Row<'_>) -> Result<Position, ScenarioError> {
    let names = &context.position_names;
    let last = Position::try_from(names.len() - 1).unwrap_or(Position::MAX);
    let text = row.get("position");
    if text.is_empty() {
        return Ok(last);
    }
    let named = names.iter().position(|name| name == text);
    let found = named.or_else(|| text.parse().ok().filter(|&number: &usize| number < names.len()));
    match found.and_then(|idx| Position::try_from(idx).ok()) {
        Some(0) => {
            let problem = format!("`{text}` is the status quo, which is not adopted");
            let remedy = "Leave the row out; a withdrawal is the date in the column `until`.";
            Err(row.error(text, problem, remedy))
        }
        Some(position) => Ok(position),
        None => {
            let near = did_you_mean(text, names.iter().map(String::as_str));
            let list = names.iter().enumerate().map(|(idx, name)| format!("{idx} `{name}`"));
            let remedy = format!("Positions: {}.", list.collect::<Vec<_>>().join(", "));
            Err(row.error(text, format!("there is no position `{text}`{near}"), remedy))
        }
    }
}

fn overlap(path: &str, before: &Row<'_>, row: &Row<'_>) -> ScenarioError {
    let problem = format!(
        "`{}` holds two positions at the same time, or one twice: see also {path}:{}",
        row.get("actor"),
        before.line()
    );
    row.error("", problem, "Keep one row, or end one spell (`until`) before the other begins.")
}
