//! The scenario: what a file describes, checked and complete, with its events applied.

use crate::advocacy::Advocacy;
use crate::file::Change;
use crate::{Adoption, Expectation, Variant};
use normwave_moderators::Moderator;
use normwave_network_model::{
    ActorId, ActorKind, Calendar, Date, Network, NetworkError, NetworkView, Tick, Timeline,
};
use normwave_plan::Quota;
use normwave_pressure_factors::{NormState, Position, PressureFactor, Session};
use std::sync::Arc;

/// A scenario, ready to be lowered to a plan or taken apart in a ledger.
///
/// Everything is plain data over dates; whatever events change is already in it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// What theory says should happen.
    pub theory: String,
    /// Where its facts come from.
    pub source: String,
    /// The period and its ticks.
    pub calendar: Calendar,
    /// Actors, ties and attributes.
    pub network: Network,
    /// The norm.
    pub norm: Norm,
    /// Forums.
    pub forums: Vec<Forum>,
    /// Pressure factors, sorted by name.
    pub factors: Vec<Factor>,
    /// Moderators, sorted by name, then the gains that events set.
    pub moderators: Vec<ActiveModerator>,
    /// Who advocates what.
    pub advocacy: Advocacy,
    /// How governments decide.
    pub decision: Decision,
    /// Governments that are left out for want of a value: `missing = "drop"`.
    pub dropped: Vec<Dropped>,
    /// Positions that are given.
    pub adopters: Vec<Adopter>,
    /// Who adopted when in truth, by date and actor; empty if the scenario does not say. No run looks
    /// at it.
    pub history: Vec<Adoption>,
    /// The events, by date.
    pub events: Vec<Event>,
    /// What must come out.
    pub expect: Expectation,
    /// Its variants, by name.
    pub variants: Vec<Variant>,
}

/// The norm and its versions.
#[derive(Clone, Debug)]
pub struct Norm {
    /// The positions, the status quo first.
    pub positions: Vec<PositionSpec>,
    /// Whether versions are graded: then holding more than k counts as adopting k.
    pub graded: bool,
    /// s_mk at `m * K + k`.
    pub support: Vec<f64>,
    /// To whom it applies, one flag per actor.
    pub applies: Vec<bool>,
    /// When positions are on offer, apart from forums.
    pub offers: Vec<Offer>,
}

/// A position.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionSpec {
    /// What it is called.
    pub name: String,
    /// How strongly it binds, in [0, 1].
    pub bindingness: f64,
    /// From when it can be acted on.
    pub opens: Option<Date>,
    /// θ_k: added to the threshold of moves to it.
    pub threshold: f64,
    /// What must have been met before it can be acted on.
    pub in_force: Vec<Quota>,
}

impl PositionSpec {
    /// Whether a decision for it may have to wait before it can be acted on.
    #[must_use]
    pub fn can_wait(&self) -> bool {
        self.opens.is_some() || !self.in_force.is_empty()
    }
}

/// A position on offer for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Which position.
    pub position: Position,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Option<Date>,
    /// To whom, one flag per actor; `None` is everybody.
    pub to: Option<Vec<bool>>,
    /// On offer only while all of these are met.
    pub when: Vec<Quota>,
}

/// How a forum puts its position on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForumRule {
    /// To members, while none has a negative margin for it.
    Consensus,
    /// To members, while more than half would take it or hold it.
    Majority,
    /// To every member.
    Coalition,
}

/// A forum.
#[derive(Clone, Debug)]
pub struct Forum {
    /// Its name.
    pub name: String,
    /// First day in session.
    pub from: Date,
    /// First day no longer in session.
    pub until: Option<Date>,
    /// Who sits in it over time, one flag per actor.
    pub members: Timeline<Vec<bool>>,
    /// The position that it puts on offer.
    pub offers: Option<Position>,
    /// How.
    pub rule: ForumRule,
    /// Whether debate is public.
    pub public: bool,
    /// Whether one state has one vote.
    pub one_vote: bool,
}

impl Forum {
    fn in_session(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|end| date < end)
    }
}

/// How a relational factor adds up its senders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Σ_j.
    Sum,
    /// Divided by `Σ_j w_ji` over living actors, advocating or not; 0 without ties.
    Mean,
}

/// A pressure factor at work in a scenario.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Its name in the scenario.
    pub name: String,
    /// The registered name of its type.
    pub kind: String,
    /// κ over time.
    pub kappa: Timeline<f64>,
    /// Sum or mean.
    pub exposure: Exposure,
    /// What it does.
    pub mechanism: Arc<dyn PressureFactor>,
}

/// A moderator at work in a scenario.
#[derive(Clone, Debug)]
pub struct ActiveModerator {
    /// Its name in the scenario; for a gain that an event sets, the event's.
    pub name: String,
    /// On which factors it acts: indices into [`Scenario::factors`].
    pub acts_on: Vec<usize>,
    /// What it does.
    pub moderator: Arc<dyn Moderator>,
    /// Dates on which it changes by itself, beside what happens in the network.
    pub changes: Vec<Date>,
}

/// How governments decide; pressures and costs in pressure units.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The rule.
    pub rule: DecisionRule,
    /// θ_i over time, by actor.
    pub thresholds: Vec<Timeline<f64>>,
    /// What is drawn once per replicate and actor and added to θ_i.
    pub threshold_draw: Option<ThresholdDraw>,
    /// Exit costs over time, by actor.
    pub exits: Vec<Timeline<f64>>,
    /// Whether governments can go back.
    pub reversal: bool,
    /// When governments decide.
    pub schedule: Schedule,
}

/// The law of thresholds that are drawn, in pressure units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ThresholdDraw {
    /// Evenly.
    Uniform {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// Normal.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
}

impl ThresholdDraw {
    pub(crate) fn is_sound(self) -> bool {
        match self {
            ThresholdDraw::Uniform { low, high } => low.is_finite() && high.is_finite() && low <= high,
            ThresholdDraw::Normal { mean, sd } => mean.is_finite() && sd.is_finite() && sd >= 0.0,
        }
    }
}

/// When governments decide within a tick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// All from the state at the start of the tick.
    Synchronous,
    /// One after the other in random order; gains stay as at the start.
    RandomSequential,
    /// In continuous time, each on a clock of its own.
    Continuous {
        /// λ of rules that have none of their own: reviews per year.
        rate: f64,
    },
}

/// The decision rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DecisionRule {
    /// Moves when the balance exceeds the threshold.
    Strict,
    /// Moves when the balance reaches the threshold.
    AtLeast,
    /// Reviews now and then, with noise.
    Noisy {
        /// λ: reviews per year.
        rate: f64,
        /// τ, in units of pressure.
        temperature: f64,
        /// Whether the noise is drawn once per replicate, actor and position.
        persistent: bool,
    },
    /// Moves in continuous time, at a rate in proportion to pressure.
    Hazard {
        /// λ: moves per year and unit of pressure.
        rate: f64,
    },
    /// Each new adopter tries each of its ties once.
    Trials,
}

/// Governments to which the norm does not apply, since an attribute has no value for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The attribute.
    pub attribute: String,
    /// Who lacks it on its first day in the period; may be empty.
    pub actors: Vec<ActorId>,
}

/// A position that is given to an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopter {
    /// When.
    pub date: Date,
    /// Who.
    pub actor: ActorId,
    /// Which position.
    pub position: Position,
    /// The event that gives it, if one does.
    pub event: Option<String>,
}

/// A dated event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// What happened.
    pub title: String,
    /// The registered name of the intervention as which it is written, if it is one.
    pub kind: Option<String>,
    /// When its changes begin.
    pub date: Date,
    /// When they end.
    pub until: Option<Date>,
    /// Half-life of its changes in years, if they decay.
    pub half_life: Option<f64>,
    /// Where the facts come from.
    pub source: String,
    /// What it costs those who bring it about; it moves nothing.
    pub cost: f64,
    /// Its primitive changes; of an intervention, those for which it stands.
    pub changes: Vec<Change>,
}

impl Scenario {
    /// K.
    #[must_use]
    pub fn n_positions(&self) -> usize {
        self.norm.positions.len()
    }

    /// Whether an actor is a living government to which the norm applies.
    #[must_use]
    pub fn present(&self, actor: ActorId, date: Date) -> bool {
        let who = self.network.actor(actor);
        who.kind == ActorKind::Government && self.norm.applies[actor.idx()] && who.lives_on(date)
    }

    /// The network as it stands at a tick.
    ///
    /// # Errors
    /// [`NetworkError`] if a derived layer cannot be computed or a tie is given twice.
    pub fn network_at(&self, tick: Tick) -> Result<NetworkView<'_>, NetworkError> {
        self.network.at(self.calendar.as_of(tick))
    }

    /// The state of the norm at a tick in which actors hold `positions`, and all say what their own
    /// rules say: x = x⁰; without the pressures that other factors may ask for, which
    /// [`Scenario::expose`] adds.
    #[must_use]
    pub fn norm_state(&self, tick: Tick, positions: &[Position]) -> NormState {
        let date = self.calendar.as_of(tick);
        let actors = (0u32..).map(ActorId).zip(positions);
        let held = actors.map(|(actor, &held)| self.present(actor, date).then_some(held)).collect::<Vec<_>>();
        let sessions = self.forums.iter().filter(|forum| forum.in_session(date));
        let sessions = sessions.map(|forum| Session {
            name: forum.name.clone(),
            members: forum.members.at(date).cloned().unwrap_or_else(|| vec![false; positions.len()]),
            public: forum.public,
            one_vote: forum.one_vote,
        });
        NormState {
            n_positions: self.n_positions(),
            graded: self.norm.graded,
            bindingness: self.norm.positions.iter().map(|position| position.bindingness).collect(),
            advocacy: self.advocacy.levels(date, &held, self.n_positions()),
            positions: held,
            sessions: sessions.collect(),
            ..NormState::default()
        }
    }

    /// The moderators that act on a factor, in order.
    pub fn moderators_of(&self, factor: usize) -> impl Iterator<Item = &ActiveModerator> {
        self.moderators.iter().filter(move |moderator| moderator.acts_on.contains(&factor))
    }

    /// Every date within the period at which something changes that is not a decision.
    #[must_use]
    pub fn change_ticks(&self) -> Vec<Tick> {
        let mut dates = self.network.change_dates();
        for factor in &self.factors {
            dates.extend(factor.kappa.dates());
        }
        for forum in &self.forums {
            dates.insert(forum.from);
            dates.extend(forum.until);
            dates.extend(forum.members.dates());
        }
        for event in &self.events {
            dates.insert(event.date);
            dates.extend(event.until);
        }
        let mut ticks: Vec<Tick> = dates.into_iter().map(|date| self.calendar.tick_from(date)).collect();
        ticks.push(0);
        ticks.extend(self.event_gain_ticks());
        ticks.retain(|&tick| tick < self.calendar.n_ticks());
        ticks.sort_unstable();
        ticks.dedup();
        ticks
    }

    fn event_gain_ticks(&self) -> impl Iterator<Item = Tick> + '_ {
        self.moderators
            .iter()
            .flat_map(|active| active.changes.iter())
            .map(|&date| self.calendar.tick_from(date))
    }
}
