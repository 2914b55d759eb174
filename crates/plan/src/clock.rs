//! Continuous time: when actors review, and the hazard that moves them (MODEL §6).
//!
//! Times are counted in units of 2⁻³² of a tick, so that they are compared exactly. What happens
//! at the same time goes by actor key, then by index.

use crate::{Draws, Plan, Position, Rule, Stream, Tick};

/// A time in units of 2⁻³² of a tick, from the start of the first.
pub type Time = u64;

/// Units of time in a tick.
pub const TIME_PER_TICK: Time = 1 << 32;

// The same as a number with a fraction.
const TIMES_PER_TICK: f64 = 4_294_967_296.0;

/// The start of a tick.
#[must_use]
pub fn start_of(tick: Tick) -> Time {
    Time::from(tick) << 32
}

/// The tick of a time, and how far it lies within the tick.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the two halves")]
pub fn tick_of(time: Time) -> (Tick, u32) {
    ((time >> 32) as Tick, time as u32)
}

/// A review in continuous time. Reviews are ordered by time, then key, then actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Review {
    /// When within the tick, in units of 2⁻³² of it.
    pub offset: u32,
    /// The key of the actor.
    pub key: u64,
    /// Who reviews.
    pub actor: u32,
    /// The how-manieth of the actor's reviews in the tick it is, from 0.
    pub number: u32,
}

/// How far an actor is from its next move under the hazard rule.
///
/// By the next-reaction method (Gibson and Bruck 2000): a unit exponential budget is used up at the
/// hazard's rate, and the actor moves when nothing is left. What has been used is worked out only
/// when the hazard changes in value. So every engine that tells the clock of the same changes at
/// the same times does the same sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HazardClock {
    // At `since`.
    left: f64,
    since: Time,
    // Per unit of time.
    hazard: f64,
    strikes: Time,
    moves: u32,
}

/// The time that does not come.
const NEVER: Time = Time::MAX;

impl HazardClock {
    /// A clock with its first budget and no hazard yet.
    #[must_use]
    pub fn new(draws: &Draws, key: u64) -> Self {
        let left = draws.exponential(0, key, Stream::Budget, 0);
        HazardClock { left, since: 0, hazard: 0.0, strikes: NEVER, moves: 0 }
    }

    /// When the actor moves if nothing changes before.
    #[must_use]
    pub fn strikes(&self) -> Option<Time> {
        (self.strikes < NEVER).then_some(self.strikes)
    }

    /// How many moves the clock has seen.
    #[must_use]
    pub fn moves(&self) -> u32 {
        self.moves
    }

    /// The hazard from `now` on; returns whether it is another than before.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "times are rounded up to a unit; `as` saturates at the time that does not come"
    )]
    pub fn turn(&mut self, now: Time, hazard: f64) -> bool {
        if hazard.to_bits() == self.hazard.to_bits() {
            return false;
        }
        let used = (now - self.since) as f64 * self.hazard;
        self.left = (self.left - used).max(0.0);
        (self.since, self.hazard) = (now, hazard);
        self.strikes =
            if hazard > 0.0 { now.saturating_add((self.left / hazard).ceil() as Time) } else { NEVER };
        true
    }

    /// The actor has moved: a new budget, and no hazard until the next [`HazardClock::turn`].
    pub fn start_anew(&mut self, now: Time, draws: &Draws, key: u64) {
        let moves = self.moves + 1;
        let left = draws.exponential(moves, key, Stream::Budget, 0);
        *self = HazardClock { left, since: now, hazard: 0.0, strikes: NEVER, moves };
    }
}

impl Plan {
    /// Expected number of reviews of an actor in a tick of continuous time: λΔ.
    #[must_use]
    pub fn reviews_per_tick(&self) -> f64 {
        let rate = match self.rule {
            Rule::Noisy { rate, .. } => rate,
            _ => self.reviews_per_year,
        };
        rate * self.years_per_tick
    }

    /// When an actor reviews within a tick of continuous time, in order.
    ///
    /// The gaps are exponential. They start anew with each tick, which changes nothing in their
    /// law, so that what an actor draws in a tick hangs on that tick alone.
    pub fn review_times(&self, draws: &Draws, tick: Tick, actor: usize) -> impl Iterator<Item = u32> {
        let mean_gap = TIMES_PER_TICK / self.reviews_per_tick();
        let (draws, key, mut now) = (*draws, self.keys[actor], 0u64);
        (0u32..).map_while(move |number| {
            let gap = (mean_gap * draws.exponential(tick, key, Stream::Clock, number)).ceil();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
            let gap = gap as Time;
            now = now.saturating_add(gap);
            u32::try_from(now).ok()
        })
    }

    /// All reviews of a tick of continuous time, in order.
    #[must_use]
    pub fn reviews_in(&self, draws: &Draws, tick: Tick) -> Vec<Review> {
        let of = |(actor, &key): (usize, &u64)| {
            let times = (0u32..).zip(self.review_times(draws, tick, actor));
            let actor = u32::try_from(actor).unwrap_or(u32::MAX);
            times.map(move |(number, offset)| Review { offset, key, actor, number })
        };
        let mut reviews: Vec<Review> = self.keys.iter().enumerate().flat_map(of).collect();
        reviews.sort_unstable();
        reviews
    }

    /// The rate at which an actor moves under the hazard rule, per unit of time:
    /// `λΔ · 2⁻³² · Σ max(P_ik, 0)` over the open positions but the one held, in their order.
    #[must_use]
    pub fn hazard(&self, held: Position, pressure: &[f64], open: &[bool]) -> f64 {
        let Rule::Hazard { rate } = self.rule else { return 0.0 };
        let per_time = rate * self.years_per_tick / TIMES_PER_TICK;
        per_time * pushes(held, pressure, open).map(|(_, push)| push).sum::<f64>()
    }

    /// The position to which an actor moves after `moves` moves under the hazard rule: one of
    /// the open ones, with probability in proportion to the pressure toward it.
    #[must_use]
    pub fn jump(
        &self,
        draws: &Draws,
        actor: usize,
        moves: u32,
        held: Position,
        pressure: &[f64],
        open: &[bool],
    ) -> Position {
        let all: f64 = pushes(held, pressure, open).map(|(_, push)| push).sum();
        let mut left = all * draws.uniform(moves, self.keys[actor], Stream::Jump, 0);
        let mut to = held;
        for (k, push) in pushes(held, pressure, open) {
            to = k;
            if left < push {
                break;
            }
            left -= push;
        }
        to
    }
}

// The positions to which an actor can move, with the pressure toward each, more than 0.
fn pushes<'a>(
    held: Position,
    pressure: &'a [f64],
    open: &'a [bool],
) -> impl Iterator<Item = (Position, f64)> + 'a {
    let all = (0u8..).zip(pressure).zip(open).map(|((k, &push), &open)| (k, push, open));
    all.filter(move |&(k, push, open)| open && k != held && push > 0.0).map(|(k, push, _)| (k, push))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_of;

    #[expect(clippy::cast_precision_loss, reason = "small")]
    fn ticks(time: Time) -> f64 {
        time as f64 / TIMES_PER_TICK
    }

    #[test]
    fn a_steady_hazard_strikes_when_the_budget_is_used_up() {
        let draws = Draws::new(3, 0);
        let mut clock = HazardClock::new(&draws, 9);
        assert_eq!(clock.strikes(), None);
        let budget = draws.exponential(0, 9, Stream::Budget, 0);
        assert!(clock.turn(0, 0.25 * ticks(1)));
        assert!(!clock.turn(TIME_PER_TICK / 2, 0.25 * ticks(1)), "the same value is no change");
        assert!((ticks(clock.strikes().unwrap()) - 4.0 * budget).abs() < 1e-9);
        clock.turn(start_of(1), 0.0);
        assert_eq!(clock.strikes(), None);
        // A fifth of a tick after it wakes again, or at once if nothing was left.
        clock.turn(start_of(5), 5.0 * ticks(1));
        let expected = 5.0 + (budget - 0.25).max(0.0) / 5.0;
        assert!((ticks(clock.strikes().unwrap()) - expected).abs() < 1e-9);
    }

    #[test]
    fn every_move_has_a_budget_of_its_own() {
        let draws = Draws::new(3, 0);
        let mut clock = HazardClock::new(&draws, 9);
        clock.start_anew(start_of(2), &draws, 9);
        assert_eq!((clock.moves(), clock.strikes()), (1, None));
        clock.turn(start_of(2), ticks(1));
        let budget = draws.exponential(1, 9, Stream::Budget, 0);
        assert!((ticks(clock.strikes().unwrap()) - 2.0 - budget).abs() < 1e-9);
    }

    #[test]
    fn a_time_beyond_all_ticks_does_not_come() {
        let mut clock = HazardClock::new(&Draws::new(3, 0), 9);
        clock.turn(0, f64::MIN_POSITIVE);
        assert_eq!(clock.strikes(), None);
    }

    #[test]
    fn the_hazard_adds_what_presses_toward_open_positions() {
        let mut plan = Plan::bare(vec![1], 4, 1);
        plan.rule = Rule::Hazard { rate: 12.0 };
        plan.years_per_tick = 0.5;
        let hazard = |held, open: &[bool]| plan.hazard(held, &[8.0, 2.0, -3.0, 1.0], open) / ticks(1);
        assert!((hazard(0, &[true; 4]) - 6.0 * 3.0).abs() < 1e-12, "not toward the position held");
        assert!((hazard(0, &[true, true, true, false]) - 12.0).abs() < 1e-12);
        assert!((hazard(1, &[true; 4]) - 54.0).abs() < 1e-12);
        assert!(hazard(0, &[true, false, true, false]).abs() < 1e-12, "negative pressure is none");
    }

    #[test]
    fn a_jump_goes_where_pressure_is_in_proportion_to_it() {
        let n = 40_000u32;
        let plan = Plan::bare(vec![5], 4, 1);
        let draws = Draws::new(1, 0);
        let mut counts = [0u32; 4];
        for moves in 0..n {
            let to = plan.jump(&draws, 0, moves, 0, &[9.0, 1.0, 0.0, 3.0], &[true; 4]);
            counts[usize::from(to)] += 1;
        }
        assert_eq!(counts[0] + counts[2], 0);
        let error = (f64::from(n) * 0.25 * 0.75).sqrt();
        assert!((f64::from(counts[1]) - f64::from(n) / 4.0).abs() < 4.0 * error, "{counts:?}");
    }

    #[test]
    fn reviews_come_at_their_rate_in_order_of_time() {
        let mut plan = Plan::bare((0..500).map(|i| key_of(&i.to_string())).collect(), 2, 1);
        plan.years_per_tick = 0.25;
        plan.reviews_per_year = 6.0;
        let draws = Draws::new(2, 0);
        let (mut n, mut late) = (0usize, 0usize);
        for tick in 0..40 {
            let reviews = plan.reviews_in(&draws, tick);
            assert!(reviews.is_sorted());
            n += reviews.len();
            late += reviews.iter().filter(|review| review.offset >= 1 << 31).count();
        }
        // Poisson with a mean of 1.5 per actor and tick, half of them in the second half.
        let count = |n: usize| f64::from(u32::try_from(n).unwrap());
        assert!((count(n) - 30_000.0).abs() < 4.0 * 30_000f64.sqrt(), "{n}");
        assert!((count(late) - 15_000.0).abs() < 4.0 * 15_000f64.sqrt(), "{late}");
    }
}
