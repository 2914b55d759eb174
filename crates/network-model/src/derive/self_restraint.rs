//! Self-restraint: how far two governments who could harm each other hold back.

use crate::{NetworkError, NetworkView, Tie};

// `w_ij = 1 - max(h_ij, h_ji) / max h` in both directions among living governments, h being the
// strength in the layer of hostility and its maximum over their pairs; only among those in contact in
// either direction, if a layer of contact is given. Without hostility every tie is 1.
pub(super) fn ties(
    layer: &str,
    view: &NetworkView<'_>,
    hostility: &str,
    contact: Option<&str>,
) -> Result<Vec<Tie>, NetworkError> {
    let governments: Vec<_> = view.governments().collect();
    let n = governments.len();
    let mut position = vec![None; view.n_actors()];
    for (idx, actor) in governments.iter().enumerate() {
        position[actor.idx()] = Some(idx);
    }
    // [i * n + j], the stronger of the two directions.
    let stronger = |name: &str| {
        let mut table = vec![0.0_f64; n * n];
        for tie in view.earlier_ties(layer, name)? {
            if let (Some(i), Some(j)) = (position[tie.from.idx()], position[tie.to.idx()]) {
                table[i * n + j] = tie.strength.max(table[i * n + j]);
                table[j * n + i] = tie.strength.max(table[j * n + i]);
            }
        }
        Ok(table)
    };
    let hostile = stronger(hostility)?;
    let met = contact.map(stronger).transpose()?;
    let most = hostile.iter().copied().fold(0.0, f64::max);
    let mut ties = Vec::new();
    for (i, &from) in governments.iter().enumerate() {
        for (j, &to) in governments.iter().enumerate() {
            let could = met.as_ref().is_none_or(|met| met[i * n + j] > 0.0);
            let strength = if most > 0.0 { 1.0 - hostile[i * n + j] / most } else { 1.0 };
            if i != j && could && strength > 0.0 {
                ties.push(Tie { from, to, strength });
            }
        }
    }
    Ok(ties)
}

#[cfg(test)]
mod tests {
    use crate::support::*;
    use crate::*;

    fn derived(mut network: Network, contact: Option<&str>) -> Vec<(u32, u32, f64)> {
        let contact = contact.map(str::to_owned);
        let source =
            LayerSource::Derived(Derivation::SelfRestraint { hostility: "ties".to_owned(), contact });
        let layer = network.add_layer("restraint", source).unwrap();
        let view = network.at(day("1997")).unwrap();
        let mut found: Vec<_> =
            view.ties(layer).iter().map(|tie| (tie.from.0, tie.to.0, tie.strength)).collect();
        found.sort_by_key(|tie| (tie.0, tie.1));
        found
    }

    #[test]
    fn the_more_hostile_of_two_says_how_far_they_hold_back() {
        let found = derived(network(3, &[(0, 1, 1.0), (1, 0, 3.0), (1, 2, 4.0)]), None);
        assert_eq!(found, [(0, 1, 0.25), (0, 2, 1.0), (1, 0, 0.25), (2, 0, 1.0)]);
        assert_eq!(derived(network(2, &[]), None), [(0, 1, 1.0), (1, 0, 1.0)]);
    }

    #[test]
    fn who_cannot_reach_the_other_holds_nothing_back() {
        let mut world = network(3, &[(1, 2, 4.0)]);
        let border = TieSpell { from: ActorId(0), to: ActorId(1), strength: 1.0, spell: Spell::ALWAYS };
        world.add_layer("border", LayerSource::Stored(vec![border])).unwrap();
        assert_eq!(derived(world, Some("border")), [(0, 1, 1.0), (1, 0, 1.0)]);
    }
}
