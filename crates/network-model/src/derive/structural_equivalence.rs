//! Structural equivalence: two governments are alike when they are tied alike to all others.

use crate::{NetworkError, NetworkView, Tie};

// `w_ij = 1 - d_ij / max d` in both directions among living governments, the maximum over their
// pairs; profiles hold the ties with all living actors. If all governments are equivalent, every
// tie is 1.
pub(super) fn ties(layer: &str, view: &NetworkView<'_>, of: &str) -> Result<Vec<Tie>, NetworkError> {
    let n = view.n_actors();
    let mut profiles = vec![0.0; n * n];
    for tie in view.earlier_ties(layer, of)? {
        profiles[tie.from.idx() * n + tie.to.idx()] = tie.strength;
    }
    let governments: Vec<_> = view.governments().collect();
    let compared: Vec<_> = governments.iter().map(|actor| actor.idx()).collect();
    let distances = distances(&profiles, n, &compared);
    let most = distances.iter().copied().fold(0.0, f64::max);
    let mut ties = Vec::new();
    for (i, &from) in governments.iter().enumerate() {
        for (j, &to) in governments.iter().enumerate() {
            let strength = if most > 0.0 { 1.0 - distances[i * governments.len() + j] / most } else { 1.0 };
            if i != j && strength > 0.0 {
                ties.push(Tie { from, to, strength });
            }
        }
    }
    Ok(ties)
}

// Burt 1987, eq. for d_ij: w_ij -> strengths[i * n + j], i -> compared[row], d -> result, whose
// rows and columns are those of `compared`. The tie of the two with each other enters once, as
// (w_ij - w_ji)²; what an actor is to itself does not enter.
pub(crate) fn distances(strengths: &[f64], n: usize, compared: &[usize]) -> Vec<f64> {
    let sent = |i: usize| &strengths[i * n..(i + 1) * n];
    let mut received_by = vec![0.0; n * n];
    for (i, row) in strengths.chunks_exact(n.max(1)).enumerate() {
        for (j, strength) in row.iter().enumerate() {
            received_by[j * n + i] = *strength;
        }
    }
    let received = |i: usize| &received_by[i * n..(i + 1) * n];
    let mut distances = vec![0.0; compared.len() * compared.len()];
    for (row, &i) in compared.iter().enumerate() {
        for (column, &j) in compared.iter().enumerate().skip(row + 1) {
            let mutual = strengths[i * n + j] - strengths[j * n + i];
            let squared =
                mutual * mutual + apart(sent(i), sent(j), [i, j]) + apart(received(i), received(j), [i, j]);
            distances[row * compared.len() + column] = squared.sqrt();
            distances[column * compared.len() + row] = squared.sqrt();
        }
    }
    distances
}

// Sum of squared differences outside of the two positions.
fn apart(a: &[f64], b: &[f64], mut skip: [usize; 2]) -> f64 {
    skip.sort_unstable();
    let [first, second] = skip;
    [0..first, first + 1..second, second + 1..a.len()]
        .into_iter()
        .flat_map(|range| a[range.clone()].iter().zip(&b[range]))
        .map(|(x, y)| (x - y) * (x - y))
        .sum()
}

#[cfg(test)]
mod tests {
    use crate::support::*;
    use crate::*;

    fn derived(mut network: Network) -> Result<Vec<Tie>, NetworkError> {
        let source = Derivation::StructuralEquivalence { layer: "ties".to_owned() };
        let layer = network.add_layer("position", LayerSource::Derived(source))?;
        Ok(network.at(day("1997"))?.ties(layer).to_vec())
    }

    #[test]
    fn families_in_like_positions_are_tied_and_the_farthest_are_not() {
        let network = joined_families();
        let ties = derived(network.clone()).unwrap();
        let strength = |a: &str, b: &str| {
            let [a, b] = [a, b].map(|id| network.actor_id(id).unwrap());
            ties.iter().find(|tie| (tie.from, tie.to) == (a, b)).map_or(0.0, |tie| tie.strength)
        };
        let distances = in_ties(&network, undirected(), crate::measure::structural_distances);
        let most = distances.into_iter().flatten().fold(0.0, f64::max);
        assert_close(strength("Castellani", "Peruzzi"), 1.0 - 2.0 / most);
        assert_close(strength("Guadagni", "Albizzi"), 1.0 - 10.0_f64.sqrt() / most);
        assert_close(strength("Albizzi", "Guadagni"), 1.0 - 10.0_f64.sqrt() / most);
        assert!(ties.iter().all(|tie| tie.strength > 0.0 && tie.strength <= 1.0));
    }

    #[test]
    fn two_leaves_of_one_hub_are_equivalent() {
        let ties = derived(generate::star("hub", ["x", "y", "z"]).unwrap()).unwrap();
        let leaves: Vec<_> = ties.iter().filter(|tie| tie.from.0 > 0 && tie.to.0 > 0).collect();
        assert_eq!(leaves.len(), 6);
        leaves.iter().for_each(|tie| assert_close(tie.strength, 1.0));
        // The hub is as far from every leaf, and nothing is farther.
        assert_eq!(ties.len(), 6);
    }

    #[test]
    fn where_all_are_equivalent_all_are_tied() {
        let ties = derived(generate::complete(["x", "y", "z"]).unwrap()).unwrap();
        assert_eq!(ties.len(), 6);
        ties.iter().for_each(|tie| assert_close(tie.strength, 1.0));
    }

    #[test]
    fn profiles_include_ties_with_actors_that_are_no_governments() {
        let mut network = network(3, &[]);
        let ngo = network.add_actor(Actor::new("ICBL", ActorKind::Ngo)).unwrap();
        let layer = network.layer_id("ties").unwrap();
        let tie = TieSpell { from: ngo, to: ActorId(0), strength: 1.0, spell: Spell::ALWAYS };
        network.add_tie(layer, tie).unwrap();
        let ties: Vec<_> = derived(network).unwrap().iter().map(|tie| (tie.from.0, tie.to.0)).collect();
        assert_eq!(ties, [(2, 1), (1, 2)]);
    }

    #[test]
    fn the_layer_compared_must_come_earlier() {
        let mut network = Network::default();
        let source = Derivation::StructuralEquivalence { layer: "ties".to_owned() };
        network.add_layer("position", LayerSource::Derived(source)).unwrap();
        let missing = network.at(day("1997")).unwrap_err().to_string();
        assert_eq!(missing, "there is no layer `ties`; known: position");
        network.add_layer("ties", LayerSource::Stored(vec![])).unwrap();
        let late = network.at(day("1997")).unwrap_err().to_string();
        let text = "derived layer `position`: layer `ties` is not there yet; add it before `position`";
        assert_eq!(late, text);
    }
}
