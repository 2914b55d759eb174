//! Descriptives of a diffusion, as users of netdiffuseR and of event-history packages expect them.
//!
//! A [`Diffusion`] says who adopted when: observed, from a scenario's history, or simulated, from a
//! run. [`Description::new`] computes everything else from it and the scenario's network; the parts
//! can be called one by one.
//!
//! Actors are numbered by their place in a [`Population`]. Time is counted in ticks from 0. A tie from
//! j to i lets j bear upon i: in data of who names whom, the tie goes from the one who is named.

mod adopter_ties;
mod attribute_rate;
mod bass;
mod category;
mod core_share;
mod description;
mod diffusion;
mod exposure;
mod hazard;
mod infection;
mod layer;
mod moran;
mod population;
mod summary;
mod survival;
mod threshold;
mod weights;

pub use adopter_ties::{AdopterTies, Standing, adopter_ties};
pub use attribute_rate::{AttributeRates, RateOfGroup, attribute_rates};
pub use bass::{BassFit, NoBassFit, Parameter, bass_share, fit_bass};
pub use category::{
    AdopterCategory, Categories, ThresholdCategory, categories, cross_table, threshold_categories,
};
pub use core_share::{CoreShare, core_of, core_shares};
pub use description::{Description, Settings};
pub use diffusion::{Diffusion, Onset};
pub use exposure::{Exposures, Lag, exposure};
pub use hazard::{HazardPoint, hazards};
pub use infection::{Discount, Infecting, infection, susceptibility};
pub use layer::{Exposed, LayerDescription, LayerTick, MOST_FOR_BETWEENNESS, MOST_FOR_EQUIVALENCE};
pub use moran::{MOST_FOR_PERMUTATIONS, Moran, Permutations, moran};
pub use population::Population;
pub use summary::Summary;
pub use survival::{SurvivalPoint, kaplan_meier};
pub use threshold::thresholds;
pub use weights::Weights;
