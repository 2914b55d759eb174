//! Layers of ties among states.

use crate::table::{Table, WorldError, spell, unknown};
use normwave_network_model::{ActorId, Network, Spell, TieSpell};

/// The layers: `contiguity` (by land or across at most 150 miles of water) and `land-contiguity`,
/// `defence` (pacts after the Correlates of War) and `defence-atop` (after ATOP), all with strength
/// 1 in both directions; `diplomatic` (missions led by an ambassador,
/// minister or chargé d'affaires, sender to host, strength 1); and
/// `trade` (the sender's share of the target's trade).
pub const LAYERS: [&str; 6] =
    ["contiguity", "defence", "defence-atop", "diplomatic", "land-contiguity", "trade"];

/// The ties of a layer.
///
/// # Errors
/// [`WorldError::Unknown`] for another name; [`WorldError::Network`] if a state is missing.
pub fn layer(name: &str, network: &Network) -> Result<Vec<TieSpell>, WorldError> {
    let contiguity = include_str!("../data/contiguity.csv");
    let defence = include_str!("../data/defence.csv");
    match name {
        "contiguity" => undirected(network, contiguity, |class| class != "5"),
        "land-contiguity" => undirected(network, contiguity, |class| class == "1"),
        "defence" => undirected(network, defence, |source| source == "cow"),
        "defence-atop" => undirected(network, defence, |source| source == "atop"),
        "diplomatic" => waves(network, include_str!("../data/diplomatic.csv"), "diplomatic", |rank| {
            // 0 is none, 9 other or unknown.
            if (1.0..4.0).contains(&rank) { 1.0 } else { 0.0 }
        }),
        "trade" => waves(network, include_str!("../data/trade.csv"), "trade", |share| share),
        _ => Err(unknown("layer", name, LAYERS)),
    }
}

// Rows (a, b, class, from, until): a tie in both directions where the class is wanted. Spells of
// one pair that meet are joined.
fn undirected(
    network: &Network,
    text: &'static str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<TieSpell>, WorldError> {
    let table = Table::read(text);
    let mut pairs: Vec<(ActorId, ActorId, Spell)> = Vec::new();
    for row in table.rows().filter(|row| wanted(&row[2])) {
        pairs.push((network.actor_id(&row[0])?, network.actor_id(&row[1])?, spell(&row[3], &row[4])?));
    }
    pairs.sort();
    let mut joined: Vec<(ActorId, ActorId, Spell)> = Vec::new();
    for (a, b, spell) in pairs {
        match joined.last_mut() {
            Some(last) if (last.0, last.1) == (a, b) && last.2.until.is_none_or(|end| spell.from <= end) => {
                if last.2.until.is_some_and(|end| spell.until.is_none_or(|later| later > end)) {
                    last.2.until = spell.until;
                }
            }
            _ => joined.push((a, b, spell)),
        }
    }
    let both = |(a, b, spell)| [(a, b), (b, a)].map(|(from, to)| TieSpell { from, to, strength: 1.0, spell });
    Ok(joined.into_iter().flat_map(both).collect())
}

// Tables with one column per wave; `waves.csv` says from when until when each holds.
fn waves(
    network: &Network,
    text: &'static str,
    name: &str,
    strength: impl Fn(f64) -> f64,
) -> Result<Vec<TieSpell>, WorldError> {
    let calendar = Table::read(include_str!("../data/waves.csv"));
    let table = Table::read(text);
    let mut columns = Vec::new();
    for row in calendar.rows().filter(|row| &row[0] == name) {
        columns.push((table.column(&format!("w{}", &row[1])), spell(&row[2], &row[3])?));
    }
    let mut ties = Vec::new();
    for row in table.rows() {
        let (from, to) = (network.actor_id(&row[0])?, network.actor_id(&row[1])?);
        for &(column, spell) in &columns {
            let strength = row[column].parse().map_or(0.0, &strength);
            if strength > 0.0 {
                ties.push(TieSpell { from, to, strength, spell });
            }
        }
    }
    Ok(ties)
}
