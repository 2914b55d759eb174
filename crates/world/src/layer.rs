//! Layers of ties among states.

use crate::catalogue::{Form, layer_entry};
use crate::columns::Columns;
use crate::packaged::{PAIRS, SPELLS};
use crate::table::WorldError;
use crate::us_states::{US_CONTIGUITY, us_contiguity};
use crate::years::period;
use normwave_network_model::{ActorId, Network, Spell, TieSpell};
use std::ops::RangeInclusive;

/// The ties of a layer that hold at some time in `years`; [`LAYERS`](crate::LAYERS) says what there
/// is. Only the years that are asked for are decoded. `us-contiguity` is the layer of the
/// [second world](crate::add_us_states).
///
/// What a source observed in its last year holds on. Before 1980 there are no ties.
///
/// ```
/// use normwave_network_model::Network;
/// let mut network = Network::default();
/// normwave_world::add_states(&mut network)?;
/// let flows = normwave_world::layer("trade-flow", &network, 1990..=1991)?;
/// let [deu, fra] = [network.actor_id("DEU")?, network.actor_id("FRA")?];
/// // Exports of Germany to France in 1991, million dollars of that year.
/// let export = flows.iter().rfind(|tie| (tie.from, tie.to) == (deu, fra)).unwrap();
/// assert!(export.strength > 40_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`WorldError::Unknown`] for another name; [`WorldError::Network`] if a state is missing.
pub fn layer(name: &str, network: &Network, years: RangeInclusive<i16>) -> Result<Vec<TieSpell>, WorldError> {
    if name == US_CONTIGUITY {
        return us_contiguity(network);
    }
    let (entry, form) = layer_entry(name)?;
    let period = period(years);
    match *form {
        Form::Spells { blocks } => spells(network, blocks, entry.mutual, &period),
        Form::Pairs { block } => pairs(network, block, entry.mutual),
        Form::Dated { file, strength } => dated(network, file, (entry.mutual, strength), &period),
    }
}

// The actors of the words of a file; those that a block does not name may be missing.
struct Actors<'a> {
    file: &'a Columns,
    network: &'a Network,
    known: Vec<Option<ActorId>>,
}

impl<'a> Actors<'a> {
    fn new(file: &'a Columns, network: &'a Network) -> Self {
        Actors { file, network, known: vec![None; file.n_words()] }
    }

    fn of(&mut self, word: u32) -> Result<ActorId, WorldError> {
        let known = &mut self.known[word as usize];
        match *known {
            Some(actor) => Ok(actor),
            None => Ok(*known.insert(self.network.actor_id(self.file.word(word))?)),
        }
    }
}

// Blocks with rows (a, b, from, until). Spells of one pair that meet are joined; of a mutual layer
// also those that run one way only.
fn spells(
    network: &Network,
    blocks: &[&str],
    mutual: bool,
    period: &Spell,
) -> Result<Vec<TieSpell>, WorldError> {
    let file = Columns::open(SPELLS);
    let mut actors = Actors::new(&file, network);
    let mut pairs: Vec<(ActorId, ActorId, Spell)> = Vec::new();
    for key in blocks {
        let block = file.read(file.named(key));
        let ends = block.words(0).iter().zip(block.words(1));
        for ((&a, &b), (&from, &until)) in ends.zip(block.dates(2).iter().zip(block.dates(3))) {
            let spell = Spell::new(from.unwrap_or(Spell::ALWAYS.from), until)?;
            if spell.overlaps(period) {
                let (a, b) = (actors.of(a)?, actors.of(b)?);
                pairs.push(if mutual && b < a { (b, a, spell) } else { (a, b, spell) });
            }
        }
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
    let ties = joined.into_iter().flat_map(|(a, b, spell)| both_ways(a, b, 1.0, spell, mutual));
    Ok(ties.collect())
}

// A block with rows (a, b, strength) that always hold.
fn pairs(network: &Network, block: &str, mutual: bool) -> Result<Vec<TieSpell>, WorldError> {
    let file = Columns::open(PAIRS);
    let block = file.read(file.named(block));
    let mut actors = Actors::new(&file, network);
    let mut ties = Vec::new();
    for ((&a, &b), value) in block.words(0).iter().zip(block.words(1)).zip(block.values(2)) {
        let strength = value.unwrap_or(0.0);
        ties.extend(both_ways(actors.of(a)?, actors.of(b)?, strength, Spell::ALWAYS, mutual));
    }
    Ok(ties)
}

// Blocks of rows (from, to, value), each of which holds for the spell of its block.
fn dated(
    network: &Network,
    file: &'static [u8],
    (mutual, strength): (bool, fn(f64) -> f64),
    period: &Spell,
) -> Result<Vec<TieSpell>, WorldError> {
    let file = Columns::open(file);
    let mut actors = Actors::new(&file, network);
    let mut ties = Vec::new();
    for head in file.blocks().iter().filter(|head| head.spell.overlaps(period)) {
        let block = file.read(head);
        for ((&a, &b), value) in block.words(0).iter().zip(block.words(1)).zip(block.values(2)) {
            let strength = value.map_or(0.0, strength);
            if strength > 0.0 {
                ties.extend(both_ways(actors.of(a)?, actors.of(b)?, strength, head.spell, mutual));
            }
        }
    }
    Ok(ties)
}

fn both_ways(
    a: ActorId,
    b: ActorId,
    strength: f64,
    spell: Spell,
    mutual: bool,
) -> impl Iterator<Item = TieSpell> {
    let tie = |from, to| TieSpell { from, to, strength, spell };
    std::iter::once(tie(a, b)).chain(mutual.then(|| tie(b, a)))
}
