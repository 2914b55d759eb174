//! All that is described of one layer.

use super::adopter_ties::{AdopterTies, Standing, adopter_ties};
use super::{
    Diffusion, Exposures, Infecting, Lag, Moran, Permutations, Weights, infection, moran, susceptibility,
    thresholds,
};
use normwave_network_model::measure::Strengths;
use normwave_network_model::{ActorId, LayerId, NetworkView, Tie};
use serde::Serialize;
use std::sync::Arc;

/// Most governments for which structural equivalence is computed: it takes time in the order of n³.
pub const MOST_FOR_EQUIVALENCE: usize = 1000;
/// Most governments for which betweenness is computed.
pub const MOST_FOR_BETWEENNESS: usize = 2000;

/// Exposure over time by one kind of weight, and at adoption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exposed {
    /// Over time.
    pub exposures: Exposures,
    /// Thresholds from exposure in the tick of adoption, by place.
    pub thresholds: Vec<Option<f64>>,
    /// Thresholds from exposure in the tick before it, by place.
    pub lagged_thresholds: Vec<Option<f64>>,
}

impl Exposed {
    fn new(weights: &[Arc<Weights>], diffusion: &Diffusion) -> Self {
        let exposures = Exposures::new(weights, diffusion);
        Exposed {
            thresholds: thresholds(diffusion, &exposures, Lag::None),
            lagged_thresholds: thresholds(diffusion, &exposures, Lag::One),
            exposures,
        }
    }

    /// The thresholds with a lag or without.
    #[must_use]
    pub fn thresholds(&self, lag: Lag) -> &[Option<f64>] {
        match lag {
            Lag::None => &self.thresholds,
            Lag::One => &self.lagged_thresholds,
        }
    }
}

/// A layer at the end of a tick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LayerTick {
    /// Living actors of the population without a tie in the layer, sent or received.
    pub isolates: usize,
    /// Moran's I of adoption, with rows of the layer's weights in shares; `None` while all are alike,
    /// or nobody is tied.
    pub moran: Option<Moran>,
    /// How adopters stand.
    pub adopters: AdopterTies,
}

/// One layer, described.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerDescription {
    /// Its name.
    pub name: String,
    /// Exposure by cohesion: through ties.
    pub cohesion: Exposed,
    /// Exposure by structural equivalence; `None` with more than [`MOST_FOR_EQUIVALENCE`] governments.
    pub equivalence: Option<Exposed>,
    /// Infection by each actor, by place.
    pub infection: Vec<Option<f64>>,
    /// Susceptibility of each actor, by place.
    pub susceptibility: Vec<Option<f64>>,
    /// Tick by tick.
    pub ticks: Vec<LayerTick>,
}

impl LayerDescription {
    /// Whether no tie joins two of the population at any time.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let ties = |tick: &LayerTick| {
            tick.adopters.ties_among + tick.adopters.ties_across + tick.adopters.ties_among_others
        };
        self.ticks.iter().all(|tick| ties(tick) == 0)
    }
}

/// What of a layer does not depend on who has adopted; the same as long as its ties stay.
struct Shape {
    ties: Vec<Tie>,
    living: Vec<ActorId>,
    cohesion: Arc<Weights>,
    shares: Weights,
    equivalence: Option<Arc<Weights>>,
    standing: Standing,
}

/// Describes a layer from the views of all ticks.
pub(super) fn describe_layer(
    name: &str,
    layer: LayerId,
    views: &[NetworkView<'_>],
    diffusion: &Diffusion,
    (strengths, infecting): (Strengths, Infecting),
    permutations: &[Arc<Permutations>],
) -> LayerDescription {
    let mut shape: Option<Shape> = None;
    let (mut cohesion, mut equivalence) = (Vec::new(), Vec::new());
    let mut ticks: Vec<LayerTick> = Vec::new();
    for (tick, view) in (0u32..).zip(views) {
        let known = shape.take().filter(|shape| {
            shape.ties == view.ties(layer) && view.governments().eq(shape.living.iter().copied())
        });
        let same_ties = known.is_some();
        let now = known.unwrap_or_else(|| new_shape(view, layer, diffusion, strengths));
        let at = tick as usize;
        let same = same_ties
            && diffusion.holds[at] == diffusion.holds[at - 1]
            && diffusion.present[at] == diffusion.present[at - 1];
        ticks.push(match ticks.last() {
            Some(before) if same => *before,
            _ => LayerTick {
                isolates: now.cohesion.n_isolates(&diffusion.present[at]),
                moran: moran_at(&now.shares, diffusion, at, &permutations[at]),
                adopters: adopter_ties(&now.standing, diffusion, tick),
            },
        });
        cohesion.push(Arc::clone(&now.cohesion));
        equivalence.extend(now.equivalence.clone());
        shape = Some(now);
    }
    LayerDescription {
        name: name.to_owned(),
        infection: infection(diffusion, &cohesion, infecting),
        susceptibility: susceptibility(diffusion, &cohesion, infecting),
        cohesion: Exposed::new(&cohesion, diffusion),
        equivalence: (equivalence.len() == views.len()).then(|| Exposed::new(&equivalence, diffusion)),
        ticks,
    }
}

fn new_shape(view: &NetworkView<'_>, layer: LayerId, diffusion: &Diffusion, strengths: Strengths) -> Shape {
    let population = &diffusion.population;
    let living: Vec<ActorId> = view.governments().collect();
    let cohesion = Arc::new(Weights::cohesion(view, layer, population, strengths));
    let equivalence = (living.len() <= MOST_FOR_EQUIVALENCE)
        .then(|| Arc::new(Weights::equivalence(view, layer, population)));
    Shape {
        ties: view.ties(layer).to_vec(),
        shares: cohesion.in_shares(),
        cohesion,
        equivalence,
        standing: Standing::new(view, layer, population, living.len() <= MOST_FOR_BETWEENNESS),
        living,
    }
}

fn moran_at(
    shares: &Weights,
    diffusion: &Diffusion,
    tick: usize,
    permutations: &Permutations,
) -> Option<Moran> {
    let (holds, present) = (&diffusion.holds[tick], &diffusion.present[tick]);
    let living = holds.iter().zip(present).filter(|(_, present)| **present);
    let values: Vec<f64> = living.map(|(holds, _)| f64::from(u8::from(*holds))).collect();
    let weights = shares.among(present);
    let found = moran(&weights, &values)?;
    Some(Moran { p: permutations.p(&weights, &values, &found), ..found })
}
