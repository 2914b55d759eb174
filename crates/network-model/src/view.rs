//! The network as it stands on one date, read-only.

use crate::{
    Actor, ActorId, ActorKind, LayerId, LayerSource, Network, NetworkError, StandingTies, Tie, Value,
};
use jiff::civil::Date;
use std::sync::Arc;

/// The network on one date: living actors, and the ties among them in a fixed order.
#[derive(Clone, Debug)]
pub struct NetworkView<'a> {
    network: &'a Network,
    date: Date,
    living: Vec<bool>,
    // Shared with the network where a layer stands, and with other dates where nothing changed.
    layers: Vec<Ties>,
}

#[derive(Clone, Debug)]
enum Ties {
    /// Sorted by target, then sender.
    Sorted(Arc<Vec<Tie>>),
    /// All of a layer that stands.
    Standing(Arc<StandingTies>),
}

impl Ties {
    fn sorted(&self) -> &[Tie] {
        match self {
            Ties::Sorted(ties) => ties,
            Ties::Standing(ties) => ties.by_target(),
        }
    }
}

impl<'a> NetworkView<'a> {
    pub(crate) fn new(network: &'a Network, date: Date) -> Result<Self, NetworkError> {
        let living = network.actors().iter().map(|actor| actor.lives_on(date)).collect();
        let mut view = NetworkView { network, date, living, layers: Vec::new() };
        // Later layers may be derived from earlier ones.
        for layer in network.layers() {
            let mut ties: Vec<Tie> = match &layer.source {
                LayerSource::Standing(ties) => {
                    let holds = |tie: &Tie| view.living(tie.from) && view.living(tie.to);
                    let all = view.living.iter().all(|&living| living);
                    view.layers.push(if all {
                        Ties::Standing(Arc::clone(ties))
                    } else {
                        Ties::Sorted(Arc::new(ties.by_target().iter().copied().filter(holds).collect()))
                    });
                    continue;
                }
                LayerSource::Stored(ties) => ties
                    .iter()
                    .filter(|tie| tie.spell.contains(date) && view.living(tie.from) && view.living(tie.to))
                    .map(|tie| Tie { from: tie.from, to: tie.to, strength: tie.strength })
                    .collect(),
                LayerSource::Derived(derivation) => derivation.ties(&layer.name, &view)?,
            };
            // One number, since there are many.
            let place = |tie: &Tie| u64::from(tie.to.0) << 32 | u64::from(tie.from.0);
            if !ties.is_sorted_by_key(place) {
                ties.sort_unstable_by_key(place);
            }
            if let Some(pair) =
                ties.windows(2).find(|pair| (pair[0].to, pair[0].from) == (pair[1].to, pair[1].from))
            {
                return Err(NetworkError::TieTwice {
                    from: network.actor(pair[0].from).id.clone(),
                    to: network.actor(pair[0].to).id.clone(),
                    layer: layer.name.clone(),
                    on: date,
                });
            }
            view.layers.push(Ties::Sorted(Arc::new(ties)));
        }
        Ok(view)
    }

    /// The same view on another date, for a caller who knows that nothing has changed in between
    /// ([`Network::change_dates`]); it saves computing derived layers anew.
    #[must_use]
    pub fn unchanged_on(&self, date: Date) -> Self {
        NetworkView { date, ..self.clone() }
    }

    /// The whole network, over all time.
    #[must_use]
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// The date of the view.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// All actors, living or not.
    #[must_use]
    pub fn actors(&self) -> &'a [Actor] {
        self.network.actors()
    }

    /// Number of actors, living or not.
    #[must_use]
    pub fn n_actors(&self) -> usize {
        self.network.actors().len()
    }

    /// Whether an actor exists on this date.
    #[must_use]
    pub fn living(&self, actor: ActorId) -> bool {
        self.living[actor.idx()]
    }

    /// The living actors, in order.
    pub fn living_actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        (0u32..).map(ActorId).zip(&self.living).filter(|(_, living)| **living).map(|(actor, _)| actor)
    }

    /// The living governments, in order.
    pub fn governments(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.living_actors().filter(|&actor| self.network.actor(actor).kind == ActorKind::Government)
    }

    /// The ties of a layer on this date among living actors, sorted by target, then sender.
    #[must_use]
    pub fn ties(&self, layer: LayerId) -> &[Tie] {
        self.layers[layer.idx()].sorted()
    }

    /// The ties of a layer as rows by sender, if all of it holds on this date and stands that way:
    /// what large layers can be read from without sorting them.
    #[must_use]
    pub fn standing(&self, layer: LayerId) -> Option<&Arc<StandingTies>> {
        match &self.layers[layer.idx()] {
            Ties::Sorted(_) => None,
            Ties::Standing(ties) => Some(ties),
        }
    }

    /// Number of ties of a layer on this date.
    #[must_use]
    pub fn n_ties(&self, layer: LayerId) -> usize {
        match &self.layers[layer.idx()] {
            Ties::Sorted(ties) => ties.len(),
            Ties::Standing(ties) => ties.len(),
        }
    }

    /// The ties of the layer of this name.
    ///
    /// # Errors
    /// [`NetworkError::UnknownLayer`].
    pub fn ties_of(&self, layer: &str) -> Result<&[Tie], NetworkError> {
        self.network.layer_id(layer).map(|id| self.ties(id))
    }

    // The ties of a layer from which the layer `deriving` may be computed: one that came earlier.
    pub(crate) fn earlier_ties(&self, deriving: &str, layer: &str) -> Result<&[Tie], NetworkError> {
        let id = self.network.layer_id(layer)?;
        self.layers.get(id.idx()).map(Ties::sorted).ok_or_else(|| NetworkError::Derivation {
            layer: deriving.to_owned(),
            reason: format!("layer `{layer}` is not there yet; add it before `{deriving}`"),
        })
    }

    /// The ties of a layer that reach one target, sorted by sender.
    #[must_use]
    pub fn ties_into(&self, layer: LayerId, target: ActorId) -> &[Tie] {
        let ties = self.ties(layer);
        let from = ties.partition_point(|tie| tie.to < target);
        let len = ties[from..].partition_point(|tie| tie.to == target);
        &ties[from..from + len]
    }

    /// The strength of one tie, 0 if it is absent.
    #[must_use]
    pub fn strength(&self, layer: LayerId, from: ActorId, to: ActorId) -> f64 {
        let ties = self.ties_into(layer, to);
        ties.binary_search_by_key(&from, |tie| tie.from).map_or(0.0, |idx| ties[idx].strength)
    }

    /// An actor's value of an attribute, if it has one on this date.
    #[must_use]
    pub fn value(&self, attribute: &str, actor: ActorId) -> Option<&'a Value> {
        self.network.value(attribute, actor, self.date)
    }

    /// An actor's numeric attribute, if it has one on this date.
    #[must_use]
    pub fn number(&self, attribute: &str, actor: ActorId) -> Option<f64> {
        self.value(attribute, actor).and_then(Value::number)
    }

    /// A numeric attribute of all actors, `missing` where an actor has none.
    #[must_use]
    pub fn numbers(&self, attribute: &str, missing: f64) -> Vec<f64> {
        let all = (0u32..).map(ActorId).take(self.n_actors());
        all.map(|actor| self.number(attribute, actor).unwrap_or(missing)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use crate::{Spell, TieSpell, Timeline};

    #[test]
    fn the_dead_have_no_ties() {
        let mut network = network(3, &[(0, 1, 1.0), (1, 2, 0.5), (2, 0, 0.25)]);
        network.actor_mut(ActorId(1)).lives =
            vec![Spell::new(day("1922-12-30"), Some(day("1991-12-26"))).unwrap()].into();
        let layer = network.layer_id("ties").unwrap();
        assert_eq!(network.at(day("1991-12-25")).unwrap().ties(layer).len(), 3);
        let after = network.at(day("1991-12-26")).unwrap();
        assert_eq!(after.ties(layer), [Tie { from: ActorId(2), to: ActorId(0), strength: 0.25 }]);
        assert_eq!(after.governments().collect::<Vec<_>>(), [ActorId(0), ActorId(2)]);
        assert!(!after.living(ActorId(1)));
    }

    #[test]
    fn standing_ties_are_seen_as_stored_ones_are_and_become_them_to_be_changed() {
        let stored = network(4, &[(3, 1, 0.3), (0, 1, 0.1), (1, 2, 0.2), (2, 1, 0.25)]);
        let ties = stored.at(day("1997")).unwrap().ties_of("ties").unwrap().to_vec();
        let mut standing = network(4, &[]);
        let layer = standing
            .add_layer("standing", LayerSource::Standing(Arc::new(ties.iter().copied().collect())))
            .unwrap();
        assert_eq!(standing.at(day("1997")).unwrap().ties(layer), ties);
        assert_eq!(standing.layers()[layer.idx()].given().unwrap().count(), 4);
        assert!(standing.change_dates().into_iter().eq([Date::MIN]));
        standing.actor_mut(ActorId(0)).lives =
            vec![Spell::new(day("1922-12-30"), Some(day("1991-12-26"))).unwrap()].into();
        assert_eq!(standing.at(day("1990")).unwrap().ties(layer), ties);
        assert_eq!(standing.at(day("1997")).unwrap().ties(layer), &ties[1..]);
        standing.ties_mut(layer).unwrap().retain(|tie| tie.from != ActorId(2));
        let spell = Spell::new(day("1996"), None).unwrap();
        standing.add_tie(layer, TieSpell { from: ActorId(2), to: ActorId(3), strength: 1.0, spell }).unwrap();
        assert_eq!(standing.at(day("1995")).unwrap().ties(layer).len(), 2);
        assert_eq!(standing.at(day("1997")).unwrap().ties(layer).len(), 3);
    }

    #[test]
    fn standing_ties_that_are_out_of_order_or_given_twice_are_refused() {
        let mut network = network(3, &[]);
        let tie = |from, to| Tie { from: ActorId(from), to: ActorId(to), strength: 1.0 };
        let mut refused = |ties: StandingTies| {
            network.add_layer("standing", LayerSource::Standing(Arc::new(ties))).unwrap_err().to_string()
        };
        assert!(refused([tie(0, 1), tie(0, 1)].into_iter().collect()).contains("is given twice"));
        assert!(refused([tie(1, 1)].into_iter().collect()).contains("is tied to itself"));
        assert!(refused([tie(0, 3)].into_iter().collect()).contains("more rows than the network has actors"));
        let rows = |targets: Vec<u32>, strengths| StandingTies::new(vec![0, 2, 2, 2], targets, strengths);
        assert!(refused(rows(vec![2, 1], None)).contains("do not rise"));
        assert!(refused(rows(vec![1, 3], None)).contains("there is no actor 3"));
        assert!(refused(rows(vec![1, 2], Some(vec![0.5, -0.5]))).contains("-0.5"));
    }

    #[test]
    fn ties_are_found_by_target_and_by_pair() {
        let network = network(4, &[(3, 1, 0.3), (0, 1, 0.1), (1, 2, 0.2), (2, 1, 0.25)]);
        let layer = network.layer_id("ties").unwrap();
        let view = network.at(day("1997")).unwrap();
        let senders: Vec<_> = view.ties_into(layer, ActorId(1)).iter().map(|tie| tie.from.0).collect();
        assert_eq!(senders, [0, 2, 3]);
        assert!(view.ties_into(layer, ActorId(0)).is_empty());
        assert_close(view.strength(layer, ActorId(3), ActorId(1)), 0.3);
        assert_close(view.strength(layer, ActorId(1), ActorId(3)), 0.0);
        assert_eq!(view.ties_of("ties").unwrap().len(), 4);
    }

    #[test]
    fn a_view_shows_what_held_on_its_date() {
        let mut network = network(2, &[]);
        let layer = network.layer_id("ties").unwrap();
        let spell = |from, until| Spell::new(day(from), Some(day(until))).unwrap();
        for (strength, spell) in [(1.0, spell("1990", "1995")), (2.0, spell("1995", "1997"))] {
            network.add_tie(layer, TieSpell { from: ActorId(0), to: ActorId(1), strength, spell }).unwrap();
        }
        let power = network.attribute_mut("power").of_mut(ActorId(0));
        *power = Timeline::constant(Value::Number(1.0));
        power.set(day("1996"), Value::Number(3.0));
        for (date, strength, power) in [
            ("1989", 0.0, 1.0),
            ("1994-12-31", 1.0, 1.0),
            ("1995", 2.0, 1.0),
            ("1996", 2.0, 3.0),
            ("1997", 0.0, 3.0),
        ] {
            let view = network.at(day(date)).unwrap();
            assert_close(view.strength(layer, ActorId(0), ActorId(1)), strength);
            assert_all_close(&view.numbers("power", -1.0), &[power, -1.0]);
        }
        let changes: Vec<_> = network.change_dates().into_iter().filter(|&date| date != Date::MIN).collect();
        assert_eq!(changes, ["1990", "1995", "1996", "1997"].map(day));
    }
}
