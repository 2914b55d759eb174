//! The plan: what an engine needs to know and nothing else.
//!
//! A scenario is *lowered* to a [`Plan`]: integer weights, small [`Program`]s for what depends on
//! the adoption state, thresholds, offers, stances, each with the ticks from which it holds. An
//! [`Engine`] turns a plan, a seed and a replicate number into a [`Trajectory`]. All engines use
//! [`decide`], [`Draws`] and the sums in [`Plan::pressures`], so that they agree bit for bit.
//!
//! Nothing here has heard of networks, factors, countries or files.

mod block;
mod check;
mod clock;
mod coins;
mod decide;
mod draws;
mod engine;
mod ensemble;
mod offer;
mod outcome;
mod persuasion;
mod plan;
mod program;
mod quota;
mod signal;
mod stance;
mod steps;
mod threshold;
mod trajectory;
mod trial;

pub use block::{Block, Hatch, Source, TieWeights, Weights};
pub use check::PlanError;
pub use clock::{HazardClock, Review, TIME_PER_TICK, Time, start_of, tick_of};
pub use coins::{Chance, Coins, coin_of};
pub use decide::{Ballot, Noise, Reversal, Rule, Schedule, decide, margin};
pub use draws::{Draws, Stream, key_of};
pub use engine::{Engine, Runner};
pub use ensemble::Ensemble;
pub use offer::{Forum, ForumRule, Offer};
pub use outcome::Shares;
pub use persuasion::{Hearing, Persuadable, Persuaded, STUBBORN_ONE};
pub use plan::{Forced, Heir, Plan, REVIEWS_PER_YEAR};
pub use program::{Driver, Program};
pub use quota::{Need, Quota};
pub use signal::{SIGNAL_ONE, Signal, Support};
pub use stance::{Follow, Lead, Scheduled, Stances};
pub use steps::Steps;
pub use threshold::ThresholdDraw;
pub use trajectory::{Cause, Cycle, CycleWatch, Move, Trajectory};

/// A position on the norm; 0 is the status quo.
pub type Position = u8;

/// One step of model time, counted from 0.
pub type Tick = u32;
