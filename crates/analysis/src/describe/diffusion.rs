//! Who adopted when.

use super::Population;
use normwave_network_model::{ActorId, ActorKind};
use normwave_plan::{Cause, Plan, Position, Tick, Trajectory};
use normwave_scenario::{Adoption, Scenario};
use serde::Serialize;

/// When an actor first adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Onset {
    /// Before the period, or given to it at its start: it was never at risk in the period.
    Before,
    /// In this tick.
    At(Tick),
    /// Not within the period: its time is censored at the period's end, or at its own if it ends
    /// before.
    Never,
}

impl Onset {
    /// The tick, if it lies in the period.
    #[must_use]
    pub fn tick(self) -> Option<Tick> {
        match self {
            Onset::At(tick) => Some(tick),
            Onset::Before | Onset::Never => None,
        }
    }
}

/// Who adopted when, over the ticks of a period: what all descriptives start from.
///
/// Adopting is holding the position that is described, or a higher one where versions are graded. The
/// first time counts as the adoption; who goes back no longer holds the position, and is not at risk
/// again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diffusion {
    /// Whom it is about: governments that live at some time in the period and to whom the norm applies.
    pub population: Population,
    /// When each first adopted, by place.
    pub onsets: Vec<Onset>,
    /// Whether each holds the position at the end of a tick: by tick, then place.
    pub holds: Vec<Vec<bool>>,
    /// Whether each lives at the end of a tick: by tick, then place.
    pub present: Vec<Vec<bool>>,
    /// Governments that adopted though they do not belong to the population, since the norm does not
    /// apply to them or they do not live in the period.
    pub outside: Vec<ActorId>,
}

impl Diffusion {
    /// A diffusion among actors who all live throughout: for data that come without a scenario.
    #[must_use]
    pub fn of_onsets(onsets: Vec<Onset>, n_ticks: Tick) -> Self {
        let holds = |tick| {
            let held = |onset: &Onset| match onset {
                Onset::Before => true,
                Onset::At(at) => *at <= tick,
                Onset::Never => false,
            };
            onsets.iter().map(held).collect()
        };
        let n = onsets.len();
        Diffusion {
            population: Population::new((0u32..).map(ActorId).take(n).collect()),
            holds: (0..n_ticks).map(holds).collect(),
            present: (0..n_ticks).map(|_| vec![true; n]).collect(),
            onsets,
            outside: Vec::new(),
        }
    }

    /// What the scenario's history says of the position `k` (0: any new position).
    #[must_use]
    pub fn observed(scenario: &Scenario, k: Position) -> Self {
        let counts = |held: Position| adopts(scenario, held, k);
        let mut adoptions: Vec<Adoption> =
            scenario.history.iter().copied().filter(|adoption| counts(adoption.position)).collect();
        // From a lower counting position to a higher one nothing is given up between.
        adoptions.sort_by_key(|adoption| (adoption.actor, adoption.spell.from));
        let mut diffusion = empty(scenario);
        let calendar = &scenario.calendar;
        for adoption in adoptions {
            let Some(place) = diffusion.population.place(adoption.actor) else {
                diffusion.outside.push(adoption.actor);
                continue;
            };
            let tick = calendar.tick_from(adoption.spell.from);
            if tick >= calendar.n_ticks() {
                continue;
            }
            let onset = if adoption.spell.from < calendar.start() { Onset::Before } else { Onset::At(tick) };
            // Adoptions come by date.
            if diffusion.onsets[place] == Onset::Never {
                diffusion.onsets[place] = onset;
            }
            for (tick, holds) in (0..).zip(&mut diffusion.holds).skip(tick as usize) {
                let date = calendar.as_of(tick);
                if adoption.spell.contains(date) && diffusion.present[tick as usize][place] {
                    holds[place] = true;
                }
            }
        }
        diffusion.outside.dedup();
        diffusion
    }

    /// What happened in a run, of the position `k` (0: any new position). A position that is given in
    /// the first tick was held [before](Onset::Before).
    #[must_use]
    pub fn simulated(scenario: &Scenario, plan: &Plan, run: &Trajectory, k: Position) -> Self {
        let mut diffusion = empty(scenario);
        let mut holds = vec![false; diffusion.population.len()];
        let mut moves = run.moves.iter().peekable();
        for tick in 0..scenario.calendar.n_ticks() {
            while let Some(step) = moves.next_if(|step| step.tick <= tick) {
                let adopts = plan.adopts(step.to(), k);
                let Some(place) = diffusion.population.place(ActorId(step.actor)) else {
                    diffusion.outside.extend(adopts.then_some(ActorId(step.actor)));
                    continue;
                };
                holds[place] = adopts;
                if adopts && diffusion.onsets[place] == Onset::Never {
                    let given = tick == 0 && step.cause() != Cause::Decided;
                    diffusion.onsets[place] = if given { Onset::Before } else { Onset::At(tick) };
                }
            }
            let present = &diffusion.present[tick as usize];
            diffusion.holds[tick as usize] =
                holds.iter().zip(present).map(|(holds, present)| *holds && *present).collect();
        }
        diffusion.outside.sort_unstable();
        diffusion.outside.dedup();
        diffusion
    }

    /// Number of ticks.
    #[must_use]
    pub fn n_ticks(&self) -> Tick {
        Tick::try_from(self.holds.len()).unwrap_or(Tick::MAX)
    }

    /// Whether an actor is at risk of adopting in a tick: it has not adopted before, and lives at the
    /// end of the tick or adopts in it.
    #[must_use]
    pub fn is_at_risk(&self, tick: Tick, place: usize) -> bool {
        match self.onsets[place] {
            Onset::Before => false,
            Onset::At(at) => tick == at || tick < at && self.present[tick as usize][place],
            Onset::Never => self.present[tick as usize][place],
        }
    }

    /// The actors who adopt in the period, each with its tick, by place.
    pub fn adopters(&self) -> impl Iterator<Item = (usize, Tick)> + '_ {
        self.onsets.iter().enumerate().filter_map(|(place, onset)| Some((place, onset.tick()?)))
    }

    /// Number of actors with this onset; for [`Onset::At`], whatever the tick.
    #[must_use]
    pub fn count(&self, onset: Onset) -> usize {
        let alike = |other: &&Onset| std::mem::discriminant(*other) == std::mem::discriminant(&onset);
        self.onsets.iter().filter(alike).count()
    }

    /// Number of actors who never adopt and end before the period does.
    #[must_use]
    pub fn n_ended(&self) -> usize {
        let Some(last) = self.present.last() else { return 0 };
        self.onsets.iter().zip(last).filter(|(onset, lives)| **onset == Onset::Never && !**lives).count()
    }

    /// Number of actors who come into being after the first tick.
    #[must_use]
    pub fn n_born(&self) -> usize {
        self.present.first().map_or(0, |first| first.iter().filter(|lives| !**lives).count())
    }

    /// Number of adopters who do not hold the position when they are last seen alive.
    #[must_use]
    pub fn n_withdrawn(&self) -> usize {
        let gave_up = |place: usize| {
            let last = self.present.iter().rposition(|present| present[place]);
            self.onsets[place] != Onset::Never && last.is_some_and(|tick| !self.holds[tick][place])
        };
        (0..self.onsets.len()).filter(|&place| gave_up(place)).count()
    }
}

// Whether holding one position counts as adopting another, as in `Plan::adopts`.
fn adopts(scenario: &Scenario, held: Position, k: Position) -> bool {
    if k == 0 { held > 0 } else { held == k || scenario.norm.graded && held > k }
}

// Nobody has adopted.
fn empty(scenario: &Scenario) -> Diffusion {
    let calendar = &scenario.calendar;
    let network = &scenario.network;
    let all = (0u32..).map(ActorId).zip(network.actors()).zip(&scenario.norm.applies);
    let meant = all.filter(|((_, actor), applies)| {
        actor.kind == ActorKind::Government
            && **applies
            && actor.lives.iter().any(|spell| {
                spell.from < calendar.end() && spell.until.is_none_or(|until| until > calendar.start())
            })
    });
    let population = Population::new(meant.map(|((id, _), _)| id).collect());
    let lives = |tick| {
        let date = calendar.as_of(tick);
        population.actors().iter().map(|&actor| network.actor(actor).lives_on(date)).collect()
    };
    let n = population.len();
    Diffusion {
        onsets: vec![Onset::Never; n],
        holds: vec![vec![false; n]; calendar.n_ticks() as usize],
        present: (0..calendar.n_ticks()).map(lives).collect(),
        population,
        outside: Vec::new(),
    }
}
