//! Interdependence: how much two governments depend on each other.

use crate::{NetworkError, NetworkView, Tie};
use std::collections::BTreeMap;

// `w_ij = min(d_ij, d_ji)` in both directions among living governments, with `d_ij = w_ji / Σ_k w_ki`
// the share of what reaches i that comes from j, over all living actors k.
pub(super) fn ties(layer: &str, view: &NetworkView<'_>, of: &str) -> Result<Vec<Tie>, NetworkError> {
    let given = view.earlier_ties(layer, of)?;
    let mut received = vec![0.0; view.n_actors()];
    for tie in given {
        received[tie.to.idx()] += tie.strength;
    }
    let mut governs = vec![false; view.n_actors()];
    view.governments().for_each(|actor| governs[actor.idx()] = true);
    let between =
        given.iter().filter(|tie| governs[tie.from.idx()] && governs[tie.to.idx()] && tie.strength > 0.0);
    // (from, to) -> what share of the target's the sender's is.
    let share: BTreeMap<_, f64> =
        between.map(|tie| ((tie.from, tie.to), tie.strength / received[tie.to.idx()])).collect();
    let mutual = |(&(from, to), &one): (&(_, _), &f64)| {
        let other = *share.get(&(to, from))?;
        Some(Tie { from, to, strength: one.min(other) })
    };
    Ok(share.iter().filter_map(mutual).collect())
}

#[cfg(test)]
mod tests {
    use crate::support::*;
    use crate::*;

    fn strength(network: &Network, from: u32, to: u32) -> f64 {
        let mut network = network.clone();
        let source = LayerSource::Derived(Derivation::Interdependence { layer: "ties".to_owned() });
        let layer = network.add_layer("bound", source).unwrap();
        network.at(day("1997")).unwrap().strength(layer, ActorId(from), ActorId(to))
    }

    #[test]
    fn the_less_dependent_of_two_says_how_bound_they_are() {
        // 0 has 3 of its 4 from 1; 1 has 1 of its 10 from 0 and 9 from 2.
        let trade = network(3, &[(1, 0, 3.0), (2, 0, 1.0), (0, 1, 1.0), (2, 1, 9.0), (1, 2, 5.0)]);
        assert_close(strength(&trade, 0, 1), 0.1);
        assert_close(strength(&trade, 1, 0), 0.1);
        assert_close(strength(&trade, 1, 2), 0.9);
        // One-sided dependence binds nobody.
        assert_close(strength(&trade, 2, 0), 0.0);
        assert_close(strength(&trade, 0, 2), 0.0);
    }

    #[test]
    fn what_comes_from_others_than_governments_lowers_dependence() {
        let mut trade = network(2, &[(0, 1, 1.0), (1, 0, 1.0)]);
        assert_close(strength(&trade, 0, 1), 1.0);
        let bank = trade.add_actor(Actor::new("IMF", ActorKind::Igo)).unwrap();
        let layer = trade.layer_id("ties").unwrap();
        let tie = TieSpell { from: bank, to: ActorId(1), strength: 3.0, spell: Spell::ALWAYS };
        trade.add_tie(layer, tie).unwrap();
        assert_close(strength(&trade, 0, 1), 0.25);
        assert_close(strength(&trade, 2, 1), 0.0);
    }
}
