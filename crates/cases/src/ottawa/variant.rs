//! Variants of the Ottawa scenario, and runs of them.

use super::{EvidenceError, EvidenceOptions, OPENED_BY};
use crate::case;
use normwave_analysis::{TickLedger, TickState};
use normwave_engine::{Replicates, Sparse, run_replicates};
use normwave_moderators::{SecurityEnvironment, Shape};
use normwave_network_model::{ActorId, Tick, Timeline, parse_date};
use normwave_plan::{Engine, Plan, Position, Trajectory};
use normwave_scenario::{DecisionRule, Overrides, Scenario, lower};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Shared strengths, as the search found them.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Which states were left out: a fold, or `None` for the full sample.
    pub fold: Option<usize>,
    /// κ of the sovereignty cost.
    pub sovereignty: f64,
    /// Bindingness of the partial position.
    pub partial_bindingness: f64,
    /// κ of the security utility.
    pub security: f64,
    /// Weight of the exposed border in threat.
    pub border: f64,
    /// Weight of the patron's rivals in threat.
    pub patron: f64,
    /// κ of the moral factor.
    pub moral: f64,
    /// κ of the Ottawa step.
    pub ottawa: f64,
    /// κ of the Brussels step.
    pub brussels: f64,
    /// κ of emulation, the same on six layers.
    pub network: f64,
}

impl Fit {
    /// The committed fits: the full sample, then the folds.
    ///
    /// # Panics
    /// If the bundled table is not well formed.
    #[must_use]
    pub fn all() -> Vec<Fit> {
        let mut reader = csv::Reader::from_reader(include_str!("../../data/ottawa/fits.csv").as_bytes());
        let header = reader.headers().expect("the bundled fits have a header").clone();
        let fit = |row: csv::StringRecord| {
            let get = |name: &str| {
                let column =
                    header.iter().position(|column| column == name).expect("the fits have their columns");
                row[column].parse().expect("a fit is a number")
            };
            Fit {
                fold: row[0].parse().ok(),
                sovereignty: get("sovereignty"),
                partial_bindingness: get("partial_bindingness"),
                security: get("security"),
                border: get("border"),
                patron: get("patron"),
                moral: get("moral"),
                ottawa: get("ottawa"),
                brussels: get("brussels"),
                network: get("network"),
            }
        };
        reader.records().map(|row| fit(row.expect("the bundled fits are well formed"))).collect()
    }

    // Puts the strengths into a scenario.
    fn apply(&self, scenario: &mut Scenario) {
        let kappas = [
            ("sovereignty", self.sovereignty),
            ("security", self.security),
            ("moral", self.moral),
            ("ottawa", self.ottawa),
            ("brussels", self.brussels),
        ];
        let layers = ["igo", "defence", "contiguity", "trade", "diplomatic", "visibility"];
        for (name, kappa) in kappas.into_iter().chain(layers.map(|layer| (layer, self.network))) {
            set_kappa(scenario, name, kappa);
        }
        scenario.norm.positions[1].bindingness = self.partial_bindingness;
        set_threat(scenario, &[("border", self.border), ("patron", self.patron)]);
    }
}

pub(super) fn set_kappa(scenario: &mut Scenario, name: &str, kappa: f64) {
    if let Some(factor) = scenario.factors.iter_mut().find(|factor| factor.name == name) {
        factor.kappa = Timeline::constant(kappa);
    }
}

fn set_threat(scenario: &mut Scenario, weights: &[(&str, f64)]) {
    let rising = Shape::Linear { at_zero: 1.0, slope: 1.0 };
    let threat: BTreeMap<String, f64> = weights.iter().map(|(name, w)| ((*name).to_owned(), *w)).collect();
    let moderator = SecurityEnvironment { threat, toward_status_quo: rising.clone(), toward_new: rising };
    if let Some(active) = scenario.moderators.iter_mut().find(|active| active.name == "threat") {
        active.moderator = Arc::new(moderator);
    }
}

/// What is changed in the scenario.
#[derive(Clone, Debug, Default)]
pub struct Variant {
    /// Whether the three governments are opened to view.
    pub opened: bool,
    /// Events switched off.
    pub without: Vec<&'static str>,
    /// Values set.
    pub set: Vec<&'static str>,
    /// Other strengths than the scenario's.
    pub fit: Option<Fit>,
    /// Another strength of domestic advocacy.
    pub domestic: Option<f64>,
    /// No threat to anybody.
    pub least_threat: bool,
}

/// A variant, lowered.
pub(super) struct Model {
    pub(super) scenario: Arc<Scenario>,
    pub(super) plan: Plan,
}

/// The options and what all variants share.
pub(super) struct Base {
    pub(super) options: EvidenceOptions,
    // Scenarios as read, by what changes the file.
    closed: Scenario,
    opened: Scenario,
}

impl Base {
    pub(super) fn read(options: &EvidenceOptions) -> Result<Self, EvidenceError> {
        let read = |opened| read(options, &Variant { opened, ..Variant::default() });
        Ok(Base { options: options.clone(), closed: read(false)?, opened: read(true)? })
    }

    /// A variant's model; noise-free if asked.
    pub(super) fn model(&self, variant: &Variant, quiet: bool) -> Result<Model, EvidenceError> {
        let mut scenario = match variant {
            Variant { without, set, .. } if !without.is_empty() || !set.is_empty() => {
                read(&self.options, variant)?
            }
            Variant { opened: true, .. } => self.opened.clone(),
            Variant { opened: false, .. } => self.closed.clone(),
        };
        if let Some(fit) = &variant.fit {
            fit.apply(&mut scenario);
        }
        if let Some(kappa) = variant.domestic {
            set_kappa(&mut scenario, "domestic", kappa);
        }
        if variant.least_threat {
            set_threat(&mut scenario, &[("border", 0.0), ("patron", 0.0)]);
        }
        if quiet {
            scenario.decision.rule = DecisionRule::Strict;
        }
        let scenario = Arc::new(scenario);
        let plan = lower(&scenario, None)?;
        Ok(Model { scenario, plan })
    }

    /// A variant's noisy replicates.
    pub(super) fn ensemble(&self, variant: &Variant) -> Result<EnsembleOf, EvidenceError> {
        let model = self.model(variant, false)?;
        let EvidenceOptions { replicates, seed, threads, .. } = self.options;
        let what = Replicates { seed, range: 0..replicates, threads };
        let trajectories =
            run_replicates(&Sparse, &model.plan, &what, &|| true).ok_or(EvidenceError::Stopped)?;
        Ok(EnsembleOf { scenario: model.scenario, plan: model.plan, trajectories })
    }
}

fn read(options: &EvidenceOptions, variant: &Variant) -> Result<Scenario, EvidenceError> {
    let mut overrides = options.overrides.clone();
    if !variant.opened {
        overrides.set.push("selectorate.group=[]".to_owned());
        overrides.without.extend(OPENED_BY.map(str::to_owned));
    }
    overrides.set.extend(variant.set.iter().map(|set| (*set).to_owned()));
    overrides.without.extend(variant.without.iter().map(|event| (*event).to_owned()));
    overrides.without.sort();
    overrides.without.dedup();
    let case = case("ottawa").expect("the case is bundled");
    Ok(case.read(&Overrides { ..overrides })?)
}

/// Noisy replicates of a variant.
#[derive(Clone, Debug)]
pub struct EnsembleOf {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Its plan.
    pub plan: Plan,
    /// The replicates, in order.
    pub trajectories: Vec<Trajectory>,
}

impl EnsembleOf {
    /// How often a state holds `position` or more by the end of a month, `(n + ½)/(R + 1)`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of replicates")]
    pub fn probability(&self, state: ActorId, position: Position, tick: Tick) -> f64 {
        let by = |trajectory: &Trajectory| {
            trajectory.moves.iter().any(|m| m.actor == state.0 && m.to() >= position && m.tick <= tick)
        };
        let n = self.trajectories.iter().filter(|trajectory| by(trajectory)).count();
        (n as f64 + 0.5) / (self.trajectories.len() as f64 + 1.0)
    }

    /// The share that holds exactly `position` at the end of a month in each replicate, sorted.
    #[must_use]
    pub fn shares(&self, position: Position, tick: Tick) -> Vec<f64> {
        let share = |trajectory| self.plan.shares(trajectory).share(tick, position);
        let mut shares: Vec<f64> = self.trajectories.iter().map(share).collect();
        shares.sort_by(f64::total_cmp);
        shares
    }
}

/// The value below which a share of sorted values lies.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index"
)]
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let idx = (share * (sorted.len() as f64 - 1.0)).round() as usize;
    sorted.get(idx).copied().unwrap_or(f64::NAN)
}

/// The mean.
#[expect(clippy::cast_precision_loss, reason = "counts")]
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

impl Model {
    /// The tick of a month such as `1997-12`.
    pub(super) fn tick(&self, month: &str) -> Tick {
        parse_date(month).map_or(0, |date| self.scenario.calendar.tick_from(date))
    }

    pub(super) fn run(&self) -> Trajectory {
        Sparse.prepare(&self.plan).run(0, 0)
    }

    /// Margins of one government for the total ban in some months of a trajectory, with the
    /// position that it held.
    pub(super) fn margins(
        &self,
        trajectory: &Trajectory,
        id: &str,
        months: &[&str],
    ) -> Result<Vec<(f64, Position)>, EvidenceError> {
        let actor = self.scenario.network.actor_id(id)?;
        let margin = |month: &&str| {
            let tick = self.tick(month);
            let state = TickState::at_decisions(trajectory, self.plan.n_actors(), tick);
            let sheet = TickLedger::new(&self.scenario, tick, &state)?.sheet(actor);
            Ok((sheet.margin(2), sheet.held))
        };
        months.iter().map(margin).collect()
    }
}
