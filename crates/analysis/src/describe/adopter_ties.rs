//! How adopters stand in a layer.

use super::{Diffusion, Population};
use normwave_network_model::measure::{LayerGraph, Reading, normalised_betweenness};
use normwave_network_model::{LayerId, NetworkView};
use normwave_plan::Tick;
use serde::Serialize;

/// How adopters and others stand in one layer at the end of a tick. Ties are read without direction and
/// strength; partners are others of the population, paths lead through all living governments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct AdopterTies {
    /// Who holds the position.
    pub adopters: usize,
    /// Who lives and does not.
    pub others: usize,
    /// Mean number of partners of adopters; `None` if there are none.
    pub degree: Option<f64>,
    /// Mean number of partners of others.
    pub degree_of_others: Option<f64>,
    /// Mean betweenness of adopters as a share of its maximum, 0 to 1; `None` if there are none, or in
    /// a layer that is too large.
    pub betweenness: Option<f64>,
    /// The same of others.
    pub betweenness_of_others: Option<f64>,
    /// Ties among adopters.
    pub ties_among: usize,
    /// Ties between adopters and others.
    pub ties_across: usize,
    /// Ties among others.
    pub ties_among_others: usize,
    /// Share of the pairs of adopters that are tied; `None` with fewer than two.
    pub density: Option<f64>,
    /// Share of the pairs of others that are tied.
    pub density_of_others: Option<f64>,
    /// E–I index: `(E − I) / (E + I)` with E ties across and I ties within the two sides; −1 if all
    /// ties keep to their side, 1 if all cross; `None` without a tie or while one side is empty.
    pub ei: Option<f64>,
}

/// The ties of a layer among living governments of a population, and what does not depend on who has
/// adopted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    // Places, the lesser first.
    pairs: Vec<(usize, usize)>,
    // By place.
    degrees: Vec<f64>,
    betweenness: Option<Vec<f64>>,
}

impl Standing {
    /// Of a layer on a date; betweenness only if it is asked for.
    #[must_use]
    pub fn new(
        view: &NetworkView<'_>,
        layer: LayerId,
        population: &Population,
        with_betweenness: bool,
    ) -> Self {
        let between = || {
            let graph = LayerGraph::new(view, layer, Reading::default());
            let mut placed = vec![0.0; population.len()];
            for (actor, value) in graph.actors().iter().zip(normalised_betweenness(&graph)) {
                if let Some(place) = population.place(*actor) {
                    placed[place] = value;
                }
            }
            placed
        };
        let ties = view.ties(layer).iter().filter(|tie| tie.strength > 0.0);
        let mut pairs: Vec<(usize, usize)> = ties
            .filter_map(|tie| {
                let (a, b) = (population.place(tie.from)?, population.place(tie.to)?);
                Some((a.min(b), a.max(b)))
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut degrees = vec![0.0; population.len()];
        for &(a, b) in &pairs {
            degrees[a] += 1.0;
            degrees[b] += 1.0;
        }
        let betweenness = with_betweenness.then(between);
        Standing { pairs, degrees, betweenness }
    }
}

/// How adopters stand at the end of a tick.
///
/// Source: D. Krackhardt and R. N. Stern, "Informal networks and organizational crises", Social
/// Psychology Quarterly 51 (1988), for the E–I index.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of actors and ties")]
pub fn adopter_ties(standing: &Standing, diffusion: &Diffusion, tick: Tick) -> AdopterTies {
    let (holds, present) = (&diffusion.holds[tick as usize], &diffusion.present[tick as usize]);
    let mean = |values: &[f64], adopters: bool| {
        let meant = (0..values.len()).filter(|&place| present[place] && holds[place] == adopters);
        let (n, sum) = meant.fold((0, 0.0), |(n, sum), place| (n + 1, sum + values[place]));
        (n > 0).then(|| sum / f64::from(n))
    };
    let betweenness = |adopters| mean(standing.betweenness.as_ref()?, adopters);
    let adopters = holds.iter().filter(|holds| **holds).count();
    let others = present.iter().filter(|present| **present).count() - adopters;
    let mut ties = [0; 3];
    for &(a, b) in &standing.pairs {
        ties[usize::from(holds[a]) + usize::from(holds[b])] += 1;
    }
    let [ties_among_others, ties_across, ties_among] = ties;
    let density = |n: usize, ties: usize| (n > 1).then(|| ties as f64 / ((n * (n - 1)) as f64 / 2.0));
    let all = ties_across + ties_among + ties_among_others;
    let within = all - ties_across;
    AdopterTies {
        adopters,
        others,
        degree: mean(&standing.degrees, true),
        degree_of_others: mean(&standing.degrees, false),
        betweenness: betweenness(true),
        betweenness_of_others: betweenness(false),
        ties_among,
        ties_across,
        ties_among_others,
        density: density(adopters, ties_among),
        density_of_others: density(others, ties_among_others),
        ei: (all > 0 && adopters > 0 && others > 0)
            .then(|| (ties_across as f64 - within as f64) / all as f64),
    }
}
