//! The landmine ban: what the model says, beside what history says.
//!
//! Outcomes carry one of three labels. *Tested*: the governments are closed, strengths are shared
//! by all, and every forecast for a state is made with strengths fitted without its fold. *Coded*:
//! true by the inputs. *Reported*: whatever came out.

mod claims;
mod core_group;
mod events;
mod forecasts;
mod variant;

pub use claims::{Claim, Label, MarginPath};
pub use core_group::CoreGroupStanding;
pub use events::{EventParts, Outcome};
pub use forecasts::{ClosedShare, Forecast, KnownShare, Score, StateForecast};
pub use variant::{EnsembleOf, Fit, Variant};

use normwave_analysis::{Bin, calibration};
use normwave_network_model::NetworkError;
use normwave_scenario::{Overrides, ScenarioError};

/// The events that act on governments opened to view; without them and the groups all are closed.
pub const OPENED_BY: [&str; 4] = ["diana", "french-socialists", "labour", "leahy-bill"];

/// The core group, as the paper lists it.
pub const CORE_GROUP: [&str; 11] =
    ["AUT", "BEL", "CAN", "CHE", "DEU", "IRL", "MEX", "NLD", "NOR", "PHL", "ZAF"];

/// How to run the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceOptions {
    /// Replicates of each noisy run.
    pub replicates: u64,
    /// The seed.
    pub seed: u64,
    /// Threads; 0 is one per core.
    pub threads: usize,
    /// What the command line changes in the scenario; applied to every run.
    pub overrides: Overrides,
}

/// Everything that the report says about how the model does.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Claims by label, in order.
    pub claims: Vec<Claim>,
    /// The model's scores first, then the forecasts that stand beside it.
    pub scores: Vec<Score>,
    /// Held-out forecasts in bins.
    pub calibration: Vec<Bin>,
    /// All states that lived on 31 December 1997.
    pub states: Vec<StateForecast>,
    /// Margins of the United Kingdom for the total ban over the strength of domestic advocacy.
    pub sweep: Vec<MarginPath>,
    /// What each of five events did, alone and together.
    pub events: EventParts,
    /// Where the core group stands in each layer.
    pub core_group: Vec<CoreGroupStanding>,
    /// Who holds what at the end of each month, closed governments, full-sample strengths.
    pub closed: Vec<ClosedShare>,
    /// What is known of what states did, month by month.
    pub history: Vec<KnownShare>,
    /// Share that had decided for the ban by the end of 1997, closed governments, full-sample
    /// strengths: mean, 5 % and 95 %.
    pub share: [f64; 3],
    /// The observed share.
    pub observed: f64,
}

impl Evidence {
    /// Runs everything; `step` is told what is being done, and stops it by returning false.
    ///
    /// # Errors
    /// [`EvidenceError`] if the overrides do not fit, or it was stopped.
    pub fn gather(
        options: &EvidenceOptions,
        step: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Self, EvidenceError> {
        let base = variant::Base::read(options)?;
        let forecasts = forecasts::held_out(&base, step)?;
        let states = forecasts::states(&base, &forecasts)?;
        let scores = forecasts::scores(&states, options.seed);
        let held_out: Vec<(f64, bool)> = states.iter().map(|state| (state.held_out, state.signed)).collect();
        let claims = claims::gather(&base, &states, &scores, step)?;
        let sweep = claims::sweep(&base, step)?;
        let events = events::parts(&base, step)?;
        let observed = states.iter().filter(|state| state.signed).count();
        #[expect(clippy::cast_precision_loss, reason = "187 states")]
        let observed = observed as f64 / states.len() as f64;
        Ok(Evidence {
            claims,
            scores,
            calibration: calibration(&held_out, 10),
            states,
            sweep,
            events,
            core_group: core_group::standings(&base)?,
            closed: forecasts.closed,
            history: forecasts::history(),
            share: forecasts.share,
            observed,
        })
    }
}

/// Why evidence could not be gathered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceError {
    /// A variant of the scenario cannot be read or lowered.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A derived layer cannot be computed.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// It was stopped.
    #[error("stopped")]
    Stopped,
}
