//! What a plan must keep to.

use crate::{
    Block, Driver, Follow, Lead, Need, Plan, Position, Program, Quota, Rule, SIGNAL_ONE, STUBBORN_ONE,
    Schedule, Steps, ThresholdDraw, Tick, TieWeights, Weights,
};

/// The most reviews per actor and tick that are expected in continuous time.
const MOST_REVIEWS: f64 = 4096.0;

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// A vector does not have one entry per actor, position or the like.
    Size(&'static str),
    /// An index, or a number with a bound, is out of range.
    Range(&'static str),
    /// The rule and the schedule do not go together.
    Schedule,
    /// Pressures toward one actor could leave 53 bits.
    TooStrong {
        /// The actor.
        actor: u32,
    },
}

impl std::fmt::Display for PlanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PlanError::Size(what) => write!(f, "the plan's {what} has the wrong length"),
            PlanError::Range(what) => write!(f, "the plan's {what} have an index or a number out of range"),
            PlanError::Schedule => {
                write!(f, "the hazard rule needs continuous time, and trials happen only all at once")
            }
            PlanError::TooStrong { actor } => {
                write!(f, "pressures on actor {actor} could leave 53 bits; choose a larger quantum")
            }
        }
    }
}

impl std::error::Error for PlanError {}

impl Plan {
    /// Checks sizes and ranges, and proves that sums stay within 53 bits.
    ///
    /// Engines may be given only plans that pass.
    ///
    /// # Errors
    /// [`PlanError`] with what is wrong.
    pub fn check(&self) -> Result<(), PlanError> {
        self.check_sizes()?;
        self.check_ranges()?;
        self.check_rule()?;
        for (_, weights) in self.blocks.iter().flat_map(|block| block.weights.steps()) {
            if let Some(actor) = self.too_strong(weights) {
                return Err(PlanError::TooStrong { actor });
            }
        }
        Ok(())
    }

    fn check_sizes(&self) -> Result<(), PlanError> {
        let (n, n_k) = (self.n_actors(), self.n_positions);
        fn all<T>(steps: &Steps<Vec<T>>, n: usize) -> bool {
            steps.steps().iter().all(|step| step.1.len() == n)
        }
        let rows = |weights: &Weights| match weights {
            Weights::Ties { starts, targets, weights } => {
                starts.len() == n + 1
                    && starts.last().is_some_and(|&end| end as usize == targets.len())
                    && weights.fits(targets.len())
            }
            Weights::Internal(own) => own.len() == n,
        };
        let weights = |block: &Block| block.weights.steps().iter().all(|step| rows(&step.1));
        let program = |program: &Program| match &program.driver {
            Driver::Share { weights } => all(weights, n),
            Driver::Exposure { ties } => ties.steps().iter().all(|step| rows(&step.1)),
        };
        let mut follows = self.stances.follows.iter().flat_map(Steps::steps);
        let sizes = [
            ("positions", (2..=255).contains(&n_k)),
            ("presence", self.present.steps().first().is_some_and(|step| step.0 == 0)),
            ("presence", all(&self.present, n)),
            ("thresholds", all(&self.thresholds, n) && all(&self.exits, n)),
            ("stances", self.stances.follows.is_empty() || self.stances.follows.len() == n),
            ("vigour", follows.all(|step| step.1.vigour.len() == n_k)),
            ("position thresholds", self.position_thresholds.len() == n_k),
            ("positions acted on", self.acts_from.len() == n_k && self.in_force.len() == n_k),
            ("quotas", self.quotas().flat_map(|quota| &quota.among).all(|among| among.len() == n)),
            ("rounding bounds", self.rounding.len() == n),
            ("blocks", self.blocks.iter().all(|block| block.toward.len() == n_k && weights(block))),
            ("programs", self.programs.iter().all(program)),
            ("ensembles", n == 0 || self.ensemble.thresholds.len().is_multiple_of(n)),
            ("offers", self.offers.iter().flat_map(|offer| &offer.to).all(|to| to.len() == n)),
            ("forums", self.forums.iter().all(|forum| all(&forum.members, n))),
        ];
        sizes.iter().find(|(_, ok)| !ok).map_or(Ok(()), |(what, _)| Err(PlanError::Size(what)))
    }

    fn check_ranges(&self) -> Result<(), PlanError> {
        let actor = |actor: u32| (actor as usize) < self.n_actors();
        let position = |position: Position| usize::from(position) < self.n_positions;
        let follow = |follow: &Follow| {
            let leaders: &[u32] = match &follow.lead {
                Lead::Nobody => &[],
                Lead::One(leader) => std::slice::from_ref(leader),
                Lead::Many(leaders) => leaders,
            };
            leaders.iter().all(|&leader| actor(leader)) && follow.vigour.iter().all(|&v| v <= SIGNAL_ONE)
        };
        let quota = |quota: &Quota| {
            let whole = !matches!(quota.need, Need::Share { of, out_of } if of > out_of || out_of == 0);
            whole && position(quota.position)
        };
        let drawn = match self.threshold_draw {
            None => true,
            Some(ThresholdDraw::Uniform { low, high }) => low.is_finite() && high.is_finite() && low <= high,
            Some(ThresholdDraw::Normal { mean, sd }) => mean.is_finite() && sd.is_finite() && sd >= 0.0,
        };
        let mut scheduled = self.stances.scheduled.iter();
        let rising = |weights: &Weights| match weights {
            Weights::Ties { starts, targets, .. } => starts.windows(2).all(|row| {
                let row = &targets[row[0] as usize..row[1] as usize];
                row.is_sorted_by(|a, b| a < b) && row.last().is_none_or(|&last| actor(last))
            }),
            Weights::Internal(_) => true,
        };
        let ties = self.blocks.iter().flat_map(|block| block.weights.steps()).map(|step| &step.1);
        let exposed = self.programs.iter().filter_map(|program| match &program.driver {
            Driver::Exposure { ties } => Some(ties),
            Driver::Share { .. } => None,
        });
        let exposed = exposed.flat_map(|ties| ties.steps()).map(|step| &step.1);
        let in_53_bits = |sum: u128| sum < 1 << 53;
        let program = |program: &Program| match &program.driver {
            Driver::Share { weights } => {
                weights.steps().iter().all(|step| in_53_bits(step.1.iter().map(|&w| u128::from(w)).sum()))
            }
            Driver::Exposure { ties } => {
                let strongest =
                    |step: &(Tick, Weights)| self.in_strengths(&step.1).into_iter().max().map(u128::from);
                ties.steps().iter().filter_map(strongest).all(in_53_bits)
            }
        };
        let mut follows = self.stances.follows.iter().flat_map(Steps::steps);
        let ranges = [
            ("ties", ties.chain(exposed).all(rising)),
            ("stances", follows.all(|step| follow(&step.1))),
            ("stances", scheduled.all(|stance| actor(stance.actor) && position(stance.position))),
            ("persuadable actors", self.check_persuadable()),
            ("heirs", self.heirs.iter().all(|heir| actor(heir.actor) && actor(heir.of))),
            ("forced positions", self.forced.iter().all(|set| actor(set.actor) && position(set.position))),
            ("ensembles", self.ensemble.adopters.iter().flatten().all(|&one| actor(one))),
            ("ensembles", self.ensemble.thresholds.iter().all(|x| x.is_finite())),
            ("offers", self.offers.iter().all(|offer| position(offer.position))),
            ("quotas", self.quotas().all(quota)),
            ("thresholds", self.position_thresholds.iter().all(|x| x.is_finite()) && drawn),
            ("forums", self.forums.iter().all(|forum| position(forum.position))),
            ("gains", self.blocks.iter().flat_map(|b| &b.gains).all(|&gain| gain < self.programs.len())),
            ("programs", self.programs.iter().all(program)),
        ];
        ranges.iter().find(|(_, ok)| !ok).map_or(Ok(()), |(what, _)| Err(PlanError::Range(what)))
    }

    fn quotas(&self) -> impl Iterator<Item = &Quota> {
        self.in_force.iter().flatten().chain(self.offers.iter().flat_map(|offer| &offer.when))
    }

    fn check_rule(&self) -> Result<(), PlanError> {
        let continuous = self.schedule == Schedule::Continuous;
        match self.rule {
            Rule::Hazard { rate } if !(rate > 0.0 && (rate * self.years_per_tick).is_finite()) => {
                Err(PlanError::Range("rates"))
            }
            Rule::Hazard { .. } if !continuous => Err(PlanError::Schedule),
            Rule::Trials if self.schedule != Schedule::Synchronous => Err(PlanError::Schedule),
            Rule::Hazard { .. } | Rule::Trials => Ok(()),
            _ if continuous
                && !(self.reviews_per_tick() > 0.0 && self.reviews_per_tick() <= MOST_REVIEWS) =>
            {
                Err(PlanError::Range("rates"))
            }
            _ => Ok(()),
        }
    }

    // Rising, so that each is there once.
    fn check_persuadable(&self) -> bool {
        let persuadable = &self.stances.persuadable;
        let actor = |actor: u32| (actor as usize) < self.n_actors();
        let mut hearings = persuadable.iter().flat_map(|one| one.hears.steps());
        persuadable.is_sorted_by(|a, b| a.actor < b.actor)
            && persuadable.iter().all(|one| actor(one.actor))
            && hearings.all(|(_, hearing)| {
                hearing.stubbornness <= STUBBORN_ONE && hearing.sources.iter().all(|&(from, _)| actor(from))
            })
    }

    /// An actor on whom the sums of these weights could leave 53 bits, if there is one.
    pub(crate) fn too_strong(&self, weights: &Weights) -> Option<u32> {
        // A signal toward k is at most K (each s and x at most 1).
        let largest = u128::from(SIGNAL_ONE) * self.n_positions as u128;
        let strong = |strength: &u64| u128::from(*strength) * largest >= 1 << 53;
        // All ties into one actor: millions of ties need not be counted by target then.
        if let Weights::Ties { targets, weights: TieWeights::Same(weight), .. } = weights
            && targets.len() as u128 * u128::from(weight.unsigned_abs()) * largest < 1 << 53
        {
            return None;
        }
        (0u32..).zip(&self.in_strengths(weights)).find(|(_, strength)| strong(strength)).map(|(i, _)| i)
    }

    // Σ_j |W_ji| of each actor.
    fn in_strengths(&self, weights: &Weights) -> Vec<u64> {
        match weights {
            Weights::Internal(own) => own.iter().map(|own| own.unsigned_abs()).collect(),
            Weights::Ties { targets, weights, .. } => {
                // At most 2³² ties of at most 2³¹.
                let mut sums = vec![0u64; self.n_actors()];
                match weights {
                    TieWeights::Same(_) => targets.iter().for_each(|&target| sums[target as usize] += 1),
                    TieWeights::Each(weights) => {
                        for (&target, weight) in targets.iter().zip(weights) {
                            sums[target as usize] += u64::from(weight.unsigned_abs());
                        }
                    }
                }
                if let TieWeights::Same(weight) = weights {
                    sums.iter_mut().for_each(|sum| *sum *= u64::from(weight.unsigned_abs()));
                }
                sums
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Forced, Hatch, Hearing, Heir, Offer, Persuadable, Scheduled, Signal, Source};
    use std::sync::Arc;

    fn plan() -> Plan {
        Plan::bare(vec![1, 2, 3], 2, 10)
    }

    fn block(source: Source, weights: Weights) -> Block {
        let weights = Steps::constant(weights);
        Block { source, toward: vec![true; 2], gains: Vec::new(), weights, hatch: None }
    }

    fn error(change: impl FnOnce(&mut Plan)) -> Result<(), PlanError> {
        let mut plan = plan();
        change(&mut plan);
        plan.check()
    }

    #[test]
    fn a_rule_that_does_not_go_with_its_schedule_is_refused() {
        let on = |rule, schedule| error(|plan| (plan.rule, plan.schedule) = (rule, schedule));
        let hazard = Rule::Hazard { rate: 1.0 };
        assert_eq!(on(hazard, Schedule::Continuous), Ok(()));
        assert_eq!(on(hazard, Schedule::Synchronous), Err(PlanError::Schedule));
        assert_eq!(on(Rule::Trials, Schedule::Synchronous), Ok(()));
        assert_eq!(on(Rule::Trials, Schedule::Continuous), Err(PlanError::Schedule));
        assert_eq!(on(Rule::Hazard { rate: 0.0 }, Schedule::Continuous), Err(PlanError::Range("rates")));
        assert_eq!(on(Rule::Strict, Schedule::Continuous), Ok(()));
        let often = error(|plan| (plan.schedule, plan.reviews_per_year) = (Schedule::Continuous, 5000.0));
        assert_eq!(often, Err(PlanError::Range("rates")));
    }

    #[test]
    fn a_bare_plan_passes() {
        assert_eq!(plan().check(), Ok(()));
    }

    #[test]
    fn sums_that_could_leave_53_bits_are_refused() {
        // The largest signal is K · 2¹² = 2¹³, so that in-strengths must stay below 2⁴⁰.
        let own = |weight: i64| {
            error(|plan| plan.blocks = vec![block(Source::Internal, Weights::Internal(vec![0, weight, 0]))])
        };
        let limit = 1 << 40;
        assert_eq!(own(limit - 1), Ok(()));
        assert_eq!(own(limit), Err(PlanError::TooStrong { actor: 1 }));
        assert_eq!(own(-limit), Err(PlanError::TooStrong { actor: 1 }));
        assert_eq!(own(i64::MIN), Err(PlanError::TooStrong { actor: 1 }));
    }

    #[test]
    fn the_bound_is_on_all_ties_into_an_actor_together_whatever_their_sign() {
        let n = 600;
        let into_last = |weight: i32| {
            let mut plan = Plan::bare((0..n).collect(), 2, 1);
            let ties = (0..599).map(|from| (from, 599, if from % 2 == 0 { weight } else { -weight }));
            let weights = Weights::from_ties(600, ties.collect());
            plan.blocks = vec![block(Source::Ties(Signal::Adoption), weights)];
            plan.check()
        };
        assert_eq!(into_last(i32::MAX), Err(PlanError::TooStrong { actor: 599 }));
        assert_eq!(into_last(i32::MAX / 2), Ok(()));
    }

    #[test]
    fn the_message_names_the_actor_and_the_remedy() {
        let message = PlanError::TooStrong { actor: 7 }.to_string();
        assert_eq!(message, "pressures on actor 7 could leave 53 bits; choose a larger quantum");
        assert_eq!(PlanError::Size("stances").to_string(), "the plan's stances has the wrong length");
    }

    #[test]
    fn vectors_of_the_wrong_length_are_named() {
        assert_eq!(error(|plan| plan.n_positions = 1), Err(PlanError::Size("positions")));
        assert_eq!(error(|plan| plan.present = Steps::default()), Err(PlanError::Size("presence")));
        assert_eq!(error(|plan| plan.exits = Steps::constant(vec![])), Err(PlanError::Size("thresholds")));
        let short = Weights::Internal(vec![1]);
        assert_eq!(
            error(|plan| plan.blocks = vec![block(Source::Internal, short)]),
            Err(PlanError::Size("blocks"))
        );
        let to = Some(vec![true]);
        assert_eq!(
            error(|plan| plan.offers = vec![Offer { position: 1, from: 0, until: 1, to, when: Vec::new() }]),
            Err(PlanError::Size("offers"))
        );
    }

    #[test]
    fn indices_that_point_nowhere_are_named() {
        let range = |what| Err(PlanError::Range(what));
        assert_eq!(
            error(|plan| plan.forced = vec![Forced { tick: 0, actor: 0, position: 2 }]),
            range("forced positions")
        );
        assert_eq!(error(|plan| plan.heirs = vec![Heir { tick: 0, actor: 0, of: 3 }]), range("heirs"));
        let stance = Scheduled { from: 0, until: 1, actor: 3, position: 0, level: 0 };
        assert_eq!(error(|plan| plan.stances.scheduled = vec![stance]), range("stances"));
        let loud = Follow { lead: Lead::Nobody, vigour: vec![SIGNAL_ONE + 1, 0] };
        assert_eq!(error(|plan| plan.stances.follows = vec![Steps::constant(loud); 3]), range("stances"));
        let persuadable = |actor, stubbornness, from| {
            error(|plan| {
                let hears = Steps::constant(Hearing { stubbornness, sources: vec![(from, 1)] });
                plan.stances.persuadable = vec![Persuadable { actor, hears }];
            })
        };
        assert_eq!(persuadable(2, STUBBORN_ONE, 2), Ok(()));
        for (actor, stubbornness, from) in [(3, 0, 0), (0, STUBBORN_ONE + 1, 0), (0, 0, 3)] {
            assert_eq!(persuadable(actor, stubbornness, from), range("persuadable actors"));
        }
        let mut gained = block(Source::Internal, Weights::Internal(vec![0; 3]));
        gained.gains = vec![0];
        assert_eq!(error(|plan| plan.blocks = vec![gained]), range("gains"));
        let falling =
            Weights::Ties { starts: vec![0, 2, 2, 2], targets: vec![2, 1], weights: TieWeights::Same(1) };
        assert_eq!(
            error(|plan| plan.blocks = vec![block(Source::Ties(Signal::Adoption), falling)]),
            range("ties")
        );
    }

    #[derive(Debug)]
    struct Strong;

    impl Hatch for Strong {
        fn weights(&self, _: Tick, _: &[Position], _: &[u32]) -> Weights {
            Weights::Internal(vec![1 << 40; 3])
        }
    }

    #[test]
    #[should_panic(expected = "could leave 53 bits")]
    fn a_hatch_is_held_to_the_same_bound() {
        let mut plan = plan();
        plan.blocks = vec![block(Source::Internal, Weights::Internal(vec![0; 3]))];
        plan.blocks[0].hatch = Some(Arc::new(Strong));
        let _ = plan.hatched(0, &[0; 3], &[0; 6]);
    }
}
