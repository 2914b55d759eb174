//! All descriptives of one diffusion.

use super::layer::describe_layer;
use super::moran::MOST_FOR_PERMUTATIONS;
use super::{
    AttributeRates, BassFit, Categories, CoreShare, Diffusion, HazardPoint, Infecting, LayerDescription,
    NoBassFit, Permutations, SurvivalPoint, attribute_rates, categories, core_of, core_shares, fit_bass,
    hazards, kaplan_meier,
};
use normwave_network_model::measure::Strengths;
use normwave_network_model::{LayerId, NetworkError, NetworkView};
use normwave_plan::key_of;
use normwave_scenario::Scenario;
use std::sync::Arc;

/// What is described, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The names of the layers that are described; all if empty.
    pub layers: Vec<String>,
    /// Whether exposure and Moran's I count ties by their strength; netdiffuseR does not unless told
    /// to.
    pub strengths: Strengths,
    /// How many permutations each Moran's I is compared with; 0 for none, as with more than
    /// [`MOST_FOR_PERMUTATIONS`] actors in any case.
    pub permutations: u32,
    /// Their seed.
    pub seed: u64,
    /// What counts as infection.
    pub infecting: Infecting,
    /// Into how many groups numeric attributes are cut; at least 2.
    pub quantiles: usize,
}

impl Default for Settings {
    /// All layers, strengths count, 199 permutations of seed 1, the next tick, quartiles.
    fn default() -> Self {
        Settings {
            layers: Vec::new(),
            strengths: Strengths::Used,
            permutations: 199,
            seed: 1,
            infecting: Infecting::default(),
            quantiles: 4,
        }
    }
}

/// All descriptives of a diffusion.
#[derive(Clone, Debug)]
pub struct Description {
    /// Who adopted when.
    pub diffusion: Diffusion,
    /// Counts and hazard by tick.
    pub hazards: Vec<HazardPoint>,
    /// The Kaplan–Meier share by tick, of those who had not adopted before the period.
    pub survival: Vec<SurvivalPoint>,
    /// The Bass model, fitted to the cumulative number of those who adopt in the period, or why not.
    pub bass: Result<BassFit, NoBassFit>,
    /// Adopter categories.
    pub categories: Categories,
    /// Who is in the core, by place.
    pub core: Vec<bool>,
    /// Adoption in the core and outside of it, by tick.
    pub core_shares: Vec<CoreShare>,
    /// Rates by attribute.
    pub rates: Vec<AttributeRates>,
    /// Each layer.
    pub layers: Vec<LayerDescription>,
}

impl Description {
    /// Describes a diffusion in the network of its scenario. Layers that an event changes are seen as
    /// the scenario has them.
    ///
    /// # Errors
    /// [`NetworkError`] if a layer is unknown, or a derived one cannot be computed.
    ///
    /// ```
    /// use normwave_analysis::describe::{Description, Diffusion, Settings};
    /// use normwave_scenario::{InMemory, Overrides, Registries, Scenario};
    /// let text = r#"
    /// schema = 1
    /// title = "A hub and its leaves"
    /// history = "history.csv"
    /// period = { start = 2000-01-01, until = 2004-01-01, tick = "year" }
    /// network.generate.star = { leaves = 3 }
    /// "#;
    /// let history = "actor,from\nHUB,2000\nL1,2001\nL2,2003\n".to_owned();
    /// let files = InMemory(vec![("history.csv".to_owned(), history)]);
    /// let scenario = Scenario::read("star.toml", text, &files, &Registries::default(), &Overrides::default())?;
    /// let diffusion = Diffusion::observed(&scenario, 1);
    /// let found = Description::new(&scenario, diffusion, &Settings::default())?;
    /// assert_eq!(found.hazards[1].hazard, Some(1.0 / 3.0));
    /// // Both leaves adopted with their only partner, the hub, before them.
    /// assert_eq!(found.layers[0].cohesion.lagged_thresholds, [None, Some(1.0), Some(1.0), None]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(scenario: &Scenario, diffusion: Diffusion, settings: &Settings) -> Result<Self, NetworkError> {
        let hazards = hazards(&diffusion);
        let counts: Vec<(usize, usize)> =
            hazards.iter().map(|point| (point.at_risk, point.adopted)).collect();
        let core = core_of(scenario, &diffusion)?;
        let views = views(scenario)?;
        let permutations = permutations(scenario, &diffusion, settings);
        let described = |id: LayerId| {
            let name = &scenario.network.layers()[id.idx()].name;
            let how = (settings.strengths, settings.infecting);
            describe_layer(name, id, &views, &diffusion, how, &permutations)
        };
        let n_layers = u32::try_from(scenario.network.layers().len()).unwrap_or(u32::MAX);
        let layers = match &settings.layers[..] {
            [] => (0..n_layers).map(LayerId).collect(),
            names => {
                names.iter().map(|name| scenario.network.layer_id(name)).collect::<Result<Vec<_>, _>>()?
            }
        };
        let layers: Vec<LayerDescription> = layers.into_iter().map(described).collect();
        Ok(Description {
            layers,
            survival: kaplan_meier(&counts),
            bass: fit_bass(&cumulative(&hazards), None),
            categories: categories(&diffusion),
            core_shares: core_shares(&core, &diffusion),
            core,
            rates: attribute_rates(scenario, &diffusion, settings.quantiles.max(2)),
            hazards,
            diffusion,
        })
    }

    /// The cumulative number of those who adopted in the period, by tick: what the Bass model is fitted
    /// to.
    #[must_use]
    pub fn curve(&self) -> Vec<f64> {
        cumulative(&self.hazards)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn cumulative(hazards: &[HazardPoint]) -> Vec<f64> {
    let mut total = 0;
    let add = |point: &HazardPoint| {
        total += point.adopted;
        total as f64
    };
    hazards.iter().map(add).collect()
}

// The network at the end of each tick; where nothing changes it is not computed anew.
fn views(scenario: &Scenario) -> Result<Vec<NetworkView<'_>>, NetworkError> {
    let calendar = &scenario.calendar;
    let changes = scenario.network.change_dates();
    let mut views: Vec<NetworkView<'_>> = Vec::new();
    for tick in 0..calendar.n_ticks() {
        let date = calendar.as_of(tick);
        let standing = views
            .last()
            .filter(|before| changes.range(before.date()..=date).all(|change| *change == before.date()));
        views.push(match standing {
            Some(before) => before.unchanged_on(date),
            None => scenario.network.at(date)?,
        });
    }
    Ok(views)
}

// As long as the same actors live, the same orders serve; none if there are too many to be held.
fn permutations(scenario: &Scenario, diffusion: &Diffusion, settings: &Settings) -> Vec<Arc<Permutations>> {
    let actors = diffusion.population.actors();
    let keys: Vec<u64> = actors.iter().map(|&actor| key_of(&scenario.network.actor(actor).id)).collect();
    let n_orders = if actors.len() <= MOST_FOR_PERMUTATIONS { settings.permutations } else { 0 };
    let mut all: Vec<Arc<Permutations>> = Vec::new();
    for (tick, present) in (0u32..).zip(&diffusion.present) {
        let at = tick as usize;
        let orders = match all.last() {
            Some(before) if diffusion.present[at - 1] == *present => Arc::clone(before),
            _ => {
                let living = keys.iter().zip(present).filter(|(_, present)| **present);
                let living: Vec<u64> = living.map(|(key, _)| *key).collect();
                Arc::new(Permutations::new(&living, n_orders, settings.seed, tick))
            }
        };
        all.push(orders);
    }
    all
}
