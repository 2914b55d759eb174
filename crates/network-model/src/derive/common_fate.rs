//! Common fate: how far two governments face the same third parties.

use crate::{ActorId, NetworkError, NetworkView, Tie};

// `w_ij = Σ_k min(w_ki, w_kj) / Σ_k max(w_ki, w_kj)` in both directions among living governments,
// over living actors k other than the two.
pub(super) fn ties(layer: &str, view: &NetworkView<'_>, of: &str) -> Result<Vec<Tie>, NetworkError> {
    let given = view.earlier_ties(layer, of)?;
    let faces = |to: ActorId| {
        let first = given.partition_point(|tie| tie.to < to);
        let len = given[first..].partition_point(|tie| tie.to == to);
        &given[first..first + len]
    };
    let governments: Vec<_> = view.governments().map(|actor| (actor, faces(actor))).collect();
    // What i faces from each.
    let mut faced = vec![0.0; view.n_actors()];
    let mut ties = Vec::new();
    for (place, &(i, of_i)) in governments.iter().enumerate() {
        of_i.iter().for_each(|tie| faced[tie.from.idx()] = tie.strength);
        for &(j, of_j) in &governments[place + 1..] {
            let others = |of: &'_ [Tie], than: ActorId, strength: &dyn Fn(&Tie) -> f64| -> f64 {
                of.iter().filter(|tie| tie.from != than).map(strength).sum()
            };
            let least = others(of_j, i, &|tie| tie.strength.min(faced[tie.from.idx()]));
            // max(a, b) = a + b - min(a, b).
            let most = others(of_i, j, &|tie| tie.strength) + others(of_j, i, &|tie| tie.strength) - least;
            if least > 0.0 {
                let strength = least / most;
                ties.extend([Tie { from: i, to: j, strength }, Tie { from: j, to: i, strength }]);
            }
        }
        of_i.iter().for_each(|tie| faced[tie.from.idx()] = 0.0);
    }
    Ok(ties)
}

#[cfg(test)]
mod tests {
    use crate::support::*;
    use crate::*;

    fn derived(mut network: Network) -> Vec<(u32, u32, f64)> {
        let source = LayerSource::Derived(Derivation::CommonFate { layer: "ties".to_owned() });
        let layer = network.add_layer("fate", source).unwrap();
        let view = network.at(day("1997")).unwrap();
        view.ties(layer).iter().map(|tie| (tie.from.0, tie.to.0, tie.strength)).collect()
    }

    #[test]
    fn the_same_threats_make_one_fate() {
        // 3 threatens 0 and 1 alike, 4 threatens 1 and 2; 0 and 2 share no threat.
        let threats = network(5, &[(3, 0, 2.0), (3, 1, 2.0), (4, 1, 1.0), (4, 2, 3.0)]);
        let found = derived(threats);
        let of = |i, j| found.iter().find(|tie| (tie.0, tie.1) == (i, j)).map_or(0.0, |tie| tie.2);
        assert_close(of(0, 1), 2.0 / 3.0);
        assert_close(of(1, 0), 2.0 / 3.0);
        // min(0, 2) + min(1, 3) over max(0, 2) + max(1, 3).
        assert_close(of(1, 2), 1.0 / 5.0);
        assert_close(of(0, 2), 0.0);
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn threats_to_each_other_are_no_common_fate() {
        assert!(derived(network(2, &[(0, 1, 1.0), (1, 0, 1.0)])).is_empty());
        let found = derived(network(3, &[(0, 1, 5.0), (1, 0, 5.0), (2, 0, 1.0), (2, 1, 1.0)]));
        assert!(found.contains(&(0, 1, 1.0)) && found.len() == 2, "{found:?}");
    }
}
