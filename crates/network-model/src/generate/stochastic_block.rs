//! Probabilities of ties by block.

use super::{check_probability, joined, n_directed_pairs};
use crate::limits::check_size;
use crate::random::Random;
use crate::{ActorId, Network, NetworkError, Timeline, Value};

/// A stochastic block model: actors stand in blocks, and a pair is tied with the probability that
/// is given for its two blocks. The attribute `block` (a category) numbers them from 1.
///
/// Large probabilities on the diagonal make regions or camps; large ones off it, opposites that seek
/// each other.
///
/// - `sizes`: actors of each block, in order: `A1` stands in the first.
/// - `probabilities`: a row for each block, in it a number for each block, 0 to 1; symmetric, as
///   ties go in both directions.
///
/// Source: P. W. Holland, K. B. Laskey and S. Leinhardt, "Stochastic blockmodels: first steps", Social
/// Networks 5 (1983).
///
/// ```
/// use normwave_network_model::generate::stochastic_block;
/// let camps = stochastic_block(&[20, 30], &[vec![0.5, 0.02], vec![0.02, 0.4]], 1)?;
/// assert_eq!(camps.actors().len(), 50);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if there are not as many rows and columns as blocks, if a number is no
/// probability or differs from its mirror image; [`NetworkError::TooLarge`] if the network would be
/// too large.
pub fn stochastic_block(
    sizes: &[usize],
    probabilities: &[Vec<f64>],
    seed: u64,
) -> Result<Network, NetworkError> {
    let (mut network, actors) = blocks(sizes, probabilities, seed)?;
    name_blocks(&mut network, &actors, sizes, (1..).map(|no| no.to_string()));
    Ok(network)
}

// Writes the attribute `block`.
pub(super) fn name_blocks(
    network: &mut Network,
    actors: &[ActorId],
    sizes: &[usize],
    names: impl Iterator<Item = String>,
) {
    let of_each = sizes.iter().zip(names).flat_map(|(&size, name)| std::iter::repeat_n(name, size));
    for (&actor, name) in actors.iter().zip(of_each) {
        *network.attribute_mut("block").of_mut(actor) = Timeline::constant(Value::Category(name));
    }
}

// The network without the attribute.
pub(super) fn blocks(
    sizes: &[usize],
    probabilities: &[Vec<f64>],
    seed: u64,
) -> Result<(Network, Vec<ActorId>), NetworkError> {
    check(sizes, probabilities)?;
    let mut starts = vec![0];
    for size in sizes {
        starts.push(starts[starts.len() - 1] + size);
    }
    let mut random = Random::new(seed);
    let mut pairs = Vec::new();
    for (x, &own) in sizes.iter().enumerate() {
        // Pairs inside are counted (1, 0), (2, 0), (2, 1), (3, 0), …
        let n_inside = own as u64 * (own as u64).saturating_sub(1) / 2;
        for no in random.chosen(n_inside, probabilities[x][x]) {
            let later = (8 * no + 1).isqrt().div_ceil(2);
            let earlier = no - later * (later - 1) / 2;
            pairs.push([starts[x] + earlier as usize, starts[x] + later as usize]);
        }
        for (y, &other) in sizes.iter().enumerate().skip(x + 1) {
            for no in random.chosen(own as u64 * other as u64, probabilities[x][y]) {
                let (a, b) = (no as usize / other, no as usize % other);
                pairs.push([starts[x] + a, starts[y] + b]);
            }
        }
    }
    joined(starts[sizes.len()], pairs)
}

fn check(sizes: &[usize], probabilities: &[Vec<f64>]) -> Result<(), NetworkError> {
    let refuse = |why| Err(NetworkError::Argument(why));
    let n_blocks = sizes.len();
    if probabilities.len() != n_blocks {
        return refuse(format!(
            "{n_blocks} blocks need {n_blocks} rows of probabilities, not {}",
            probabilities.len()
        ));
    }
    let n = sizes.iter().fold(0, |sum: usize, &size| sum.saturating_add(size));
    check_size(n, 0.0)?;
    let mut n_ties = 0.0;
    for (x, row) in probabilities.iter().enumerate() {
        if row.len() != n_blocks {
            let (row_no, found) = (x + 1, row.len());
            return refuse(format!("row {row_no} of the probabilities has {found} numbers; give {n_blocks}"));
        }
        for (y, &p) in row.iter().enumerate() {
            let what = if n_blocks == 1 {
                "the probability".to_owned()
            } else {
                format!("the probability between blocks {} and {}", x + 1, y + 1)
            };
            check_probability(&what, p)?;
            if (p - probabilities[y].get(x).copied().unwrap_or(p)).abs() > 0.0 {
                return refuse(format!(
                    "{what} is {p}, but {} the other way round; ties go in both directions, so give one number",
                    probabilities[y][x]
                ));
            }
            let ordered = if x == y { n_directed_pairs(sizes[x]) } else { sizes[x] as f64 * sizes[y] as f64 };
            n_ties += p * ordered;
        }
    }
    check_size(n, n_ties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    // Ties between places below and from `split`: inside the first, across, inside the second.
    fn counted(network: &Network, split: usize) -> [usize; 3] {
        let view = network.at(day("1997")).unwrap();
        let mut counts = [0; 3];
        for tie in view.ties_of("ties").unwrap().iter().filter(|tie| tie.from < tie.to) {
            counts[usize::from(tie.from.idx() >= split) + usize::from(tie.to.idx() >= split)] += 1;
        }
        counts
    }

    #[test]
    fn each_pair_of_blocks_has_its_own_density() {
        let probabilities = [vec![0.5, 0.02], vec![0.02, 0.2]];
        let mut sums = [0.0; 3];
        for seed in 1..=10 {
            let network = stochastic_block(&[40, 60], &probabilities, seed).unwrap();
            for (sum, count) in sums.iter_mut().zip(counted(&network, 40)) {
                *sum += count as f64;
            }
        }
        // Ten seeds of 780, 2400 and 1770 pairs, four standard deviations.
        for (sum, (pairs, p)) in sums.into_iter().zip([(7800.0, 0.5), (24_000.0, 0.02), (17_700.0, 0.2)]) {
            let sd = f64::sqrt(pairs * p * (1.0 - p));
            assert!((sum - pairs * p).abs() < 4.0 * sd, "{sum} of {}", pairs * p);
        }
    }

    #[test]
    fn sure_and_impossible_ties_make_separate_cliques() {
        let identity = [vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
        let network = stochastic_block(&[3, 1, 4], &identity, 1).unwrap();
        assert_eq!(counted(&network, 3), [3, 0, 6]);
        let view = network.at(day("1997")).unwrap();
        let blocks: Vec<_> = view
            .governments()
            .map(|actor| view.value("block", actor).unwrap().category().unwrap().to_owned())
            .collect();
        assert_eq!(blocks, ["1", "1", "1", "2", "3", "3", "3", "3"]);
        let across = stochastic_block(&[3, 5], &[vec![0.0, 1.0], vec![1.0, 0.0]], 1).unwrap();
        assert_eq!(counted(&across, 3), [0, 15, 0]);
    }

    #[test]
    fn tables_that_do_not_fit_are_refused() {
        let refused =
            |sizes: &[usize], rows: &[Vec<f64>]| stochastic_block(sizes, rows, 1).unwrap_err().to_string();
        assert_eq!(refused(&[2, 2], &[vec![1.0, 0.0]]), "2 blocks need 2 rows of probabilities, not 1");
        let text = "row 2 of the probabilities has 1 numbers; give 2";
        assert_eq!(refused(&[2, 2], &[vec![1.0, 0.0], vec![0.0]]), text);
        let text = "the probability between blocks 2 and 1 is 2; give a number from 0 to 1";
        assert_eq!(refused(&[2, 2], &[vec![1.0, 2.0], vec![2.0, 1.0]]), text.replace("2 and 1", "1 and 2"));
        let text = "the probability between blocks 1 and 2 is 0.1, but 0.2 the other way round; ties go in both \
                    directions, so give one number";
        assert_eq!(refused(&[2, 2], &[vec![1.0, 0.1], vec![0.2, 1.0]]), text);
    }
}
