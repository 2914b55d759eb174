//! Who notices whom: every pair of governments, and those in contact more.

use crate::derive::refused;
use crate::{NetworkError, NetworkView, Tie};

// `v_ji = base + raise · c_ji / max c` for every ordered pair of living governments, with c the
// stronger of the two directions in the layer of contact: contact lets both sides see.
pub(super) fn ties(
    layer: &str,
    view: &NetworkView<'_>,
    base: f64,
    raise: f64,
    contact: Option<&str>,
) -> Result<Vec<Tie>, NetworkError> {
    for (name, value) in [("base", base), ("raise", raise)] {
        if !(value >= 0.0 && value.is_finite()) {
            return Err(refused(layer, format!("{name} is {value}; give 0 or more")));
        }
    }
    let governments: Vec<_> = view.governments().collect();
    let n = governments.len();
    let mut position = vec![None; view.n_actors()];
    for (idx, actor) in governments.iter().enumerate() {
        position[actor.idx()] = Some(idx);
    }
    // [to * n + from], in the order of a view's ties.
    let mut met = vec![0.0_f64; n * n];
    if let Some(name) = contact {
        for tie in view.earlier_ties(layer, name)? {
            if let (Some(to), Some(from)) = (position[tie.to.idx()], position[tie.from.idx()]) {
                met[to * n + from] = tie.strength.max(met[to * n + from]);
                met[from * n + to] = tie.strength.max(met[from * n + to]);
            }
        }
    }
    let most = met.iter().copied().fold(0.0, f64::max);
    let mut ties = Vec::new();
    for (i, &to) in governments.iter().enumerate() {
        for (j, &from) in governments.iter().enumerate() {
            let share = if most > 0.0 { met[i * n + j] / most } else { 0.0 };
            let strength = base + raise * share;
            if i != j && strength > 0.0 {
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

    fn derived(mut network: Network, base: f64, raise: f64, contact: bool) -> Result<Vec<Tie>, NetworkError> {
        let contact = contact.then(|| "ties".to_owned());
        let source = LayerSource::Derived(Derivation::Visibility { base, raise, contact });
        let layer = network.add_layer("visibility", source)?;
        Ok(network.at(day("1997"))?.ties(layer).to_vec())
    }

    #[test]
    fn everybody_sees_everybody_and_contact_raises_it() {
        let world = network(3, &[(0, 1, 4.0), (1, 2, 1.0)]);
        let ties = derived(world.clone(), 0.2, 0.8, true).unwrap();
        let seen = |from, to| ties.iter().find(|tie| (tie.from.0, tie.to.0) == (from, to)).unwrap().strength;
        assert_eq!(ties.len(), 6);
        assert_close(seen(0, 1), 1.0);
        assert_close(seen(1, 2), 0.4);
        assert_close(seen(1, 0), 1.0);
        assert_close(seen(0, 2), 0.2);
        let blind = derived(world, 0.2, 0.8, false).unwrap();
        assert!(blind.len() == 6 && blind.iter().all(|tie| (tie.strength - 0.2).abs() < 1e-12));
    }

    #[test]
    fn without_a_base_only_contact_is_seen() {
        assert_eq!(derived(network(3, &[(0, 1, 4.0)]), 0.0, 1.0, true).unwrap().len(), 2);
        assert!(derived(network(3, &[]), 0.0, 1.0, true).unwrap().is_empty());
    }

    #[test]
    fn the_dead_and_those_who_are_no_government_are_not_seen() {
        let mut world = network(3, &[(0, 1, 4.0)]);
        world.actor_mut(ActorId(1)).lives = vec![Spell::new(day("1980"), Some(day("1990"))).unwrap()].into();
        world.add_actor(Actor::new("ICBL", ActorKind::Ngo)).unwrap();
        let ties: Vec<_> = derived(world, 1.0, 1.0, true).unwrap();
        let pairs: Vec<_> = ties.iter().map(|tie| (tie.from.0, tie.to.0)).collect();
        assert_eq!(pairs, [(2, 0), (0, 2)]);
        ties.iter().for_each(|tie| assert_close(tie.strength, 1.0));
    }

    #[test]
    fn negative_sight_is_refused() {
        let text = "derived layer `visibility`: base is -1; give 0 or more";
        assert_eq!(derived(network(2, &[]), -1.0, 1.0, true).unwrap_err().to_string(), text);
        let text = "derived layer `visibility`: raise is NaN; give 0 or more";
        assert_eq!(derived(network(2, &[]), 1.0, f64::NAN, true).unwrap_err().to_string(), text);
    }
}
