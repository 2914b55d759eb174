//! Decisions between two positions with fresh noise: bounds first, draws where bounds do not decide.
//!
//! A government that holds a moves to b if `u_b + g_b > u_a + g_a` with utilities u in units of τ and
//! Gumbel draws g = −ln E of exponential numbers E = −ln(1 − v): if `E_a > w · E_b` with
//! `w = e^(u_a − u_b)`. The throws v of all actors, their E and w are worked out in single precision;
//! where both sides differ by more than any rounding they decide, and else the decision is made as
//! [`normwave_plan::decide`] makes it.

use super::gains::{Gains, Shares};
use super::lanes::Lane;
use super::terms::Terms;
use super::{Decide, Now, Step, Ties, with_drawn};
use normwave_plan::{Coins, Draws, Noise, Plan, Position, Reversal, Rule, Stream, decide};
use pulp::{Simd, bytemuck};

/// How all actors decide under noise.
#[derive(Debug)]
pub(super) struct Noisy<'p> {
    plan: &'p Plan,
    width: usize,
    terms: Terms,
    shares: Shares<'p>,
    per_temperature: f64,
    review_probability: f64,
    // The two halves of each actor's key.
    keys: [Vec<u32>; 2],
}

/// Who holds what, and how much each leans to what it holds.
#[derive(Debug)]
pub(super) struct Waverers {
    state: Vec<u64>,
    n_holders: usize,
    // θ_i, and with the cost of exit.
    thresholds: Vec<f64>,
    exits: Vec<f64>,
    gains: Gains,
    // P_ik at `k * width + i`.
    pressures: Vec<f64>,
    // w of each actor; not a number where it is beyond single precision.
    leanings: Vec<f32>,
    is_stale: bool,
}

const AT_ONCE: usize = 16;

impl<'p> Noisy<'p> {
    /// With the sets of ties that are tallied. `None` unless noise is fresh and between two positions.
    pub(super) fn of(plan: &'p Plan, width: usize) -> Option<(Self, Vec<Ties>)> {
        let Rule::Noisy { temperature, noise: Noise::Fresh, .. } = plan.rule else { return None };
        if plan.n_positions != 2 {
            return None;
        }
        let (terms, sets) = Terms::of(plan, width)?;
        let half = |shift: u32| {
            #[expect(clippy::cast_possible_truncation, reason = "a half")]
            let mut half: Vec<u32> = plan.keys.iter().map(|key| (key >> shift) as u32).collect();
            half.resize(width, 0);
            half
        };
        let noisy = Noisy {
            plan,
            width,
            terms,
            shares: Shares::of(plan)?,
            per_temperature: 1.0 / temperature,
            review_probability: plan.review_probability(),
            keys: [half(0), half(32)],
        };
        Some((noisy, sets))
    }

    // Whether an actor that reviews moves, as all engines find it.
    #[cold]
    #[inline(never)]
    fn moves(&self, waverers: &Waverers, now: &Now<'_>, actor: usize, held: Position) -> bool {
        let plan = self.plan;
        let pressure = [0, 1].map(|k| waverers.pressures[k * self.width + actor]);
        let open = [0, 1].map(|k| plan.reversal.allows(held, k));
        let drawn = plan.drawn_thresholds(now.draws);
        let ballot = plan.ballot(now.tick, actor, held, &pressure, &open, &drawn);
        decide(plan.rule, &ballot, |k| plan.noise(now.draws, now.tick, actor, k)) != held
    }

    #[inline(always)]
    fn lean(&self, waverers: &mut Waverers) {
        let Waverers { state, thresholds, exits, pressures, leanings, .. } = waverers;
        let held: &[u8] = bytemuck::cast_slice(state);
        let [to_old, to_new] = [self.plan.position_thresholds[0], self.plan.position_thresholds[1]];
        let (old, new) = pressures.split_at(self.width);
        let pressures = old.iter().zip(new);
        let barriers = thresholds.iter().zip(exits);
        let of_all = leanings.iter_mut().zip(held).zip(pressures.zip(barriers));
        for ((leaning, &held), ((old, new), (threshold, exit))) in of_all {
            let [own, other, barrier] =
                if held == 0 { [*old, *new, to_new + *threshold] } else { [*new, *old, to_old + *exit] };
            let less = (own - (other - barrier)) * self.per_temperature;
            // Beyond this the rounding of utilities could show.
            let largest = (own.abs() + other.abs()) * self.per_temperature;
            #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
            let exponent = (less.clamp(-80.0, 80.0) * std::f64::consts::LOG2_E) as f32;
            *leaning = if largest < 1e9 { exp2(exponent) } else { f32::NAN };
        }
    }
}

impl<L: Lane> Decide<L> for Noisy<'_> {
    type Electorate = Waverers;

    fn n_tallied(&self) -> usize {
        1
    }

    fn electorate(&self) -> Waverers {
        let width = self.width;
        Waverers {
            state: vec![0; width / 8],
            n_holders: 0,
            thresholds: vec![f64::INFINITY; width],
            exits: vec![f64::INFINITY; width],
            gains: self.shares.of_nobody(),
            pressures: self.terms.standing(),
            leanings: vec![0.0; width],
            is_stale: true,
        }
    }

    #[inline(always)]
    fn begin(&self, waverers: &mut Waverers, draws: &Draws) {
        let Waverers { state, n_holders, thresholds, exits, gains, is_stale, .. } = waverers;
        state.fill(0);
        *n_holders = 0;
        *is_stale = true;
        self.shares.forget(gains);
        let plan = self.plan;
        let own = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
        let costs = plan.exits.at(0).map_or(&[][..], Vec::as_slice);
        let places = thresholds.iter_mut().zip(exits).zip(costs);
        with_drawn(plan, draws, own, places, |((place, exit), cost), threshold| {
            *place = threshold;
            *exit = threshold + cost;
        });
    }

    #[inline(always)]
    fn take(&self, waverers: &mut Waverers, steps: &[Step]) {
        let held: &mut [u8] = bytemuck::cast_slice_mut(&mut waverers.state);
        for step in steps {
            held[step.actor as usize] = step.to;
            waverers.n_holders = waverers.n_holders + usize::from(step.to) - usize::from(step.from);
        }
        waverers.is_stale |= !steps.is_empty();
        self.shares.count(&mut waverers.gains, steps);
    }

    fn state(waverers: &Waverers) -> &[u64] {
        &waverers.state
    }

    fn rests(&self, waverers: &Waverers, _: &[Step]) -> bool {
        self.plan.reversal != Reversal::On && waverers.n_holders == self.plan.n_actors()
    }

    #[inline(always)]
    fn decide<S: Simd>(
        &self,
        simd: S,
        now: &Now<'_>,
        waverers: &mut Waverers,
        tallies: &[L],
        steps: &mut Vec<Step>,
    ) {
        if std::mem::take(&mut waverers.is_stale) {
            self.terms.add_up(simd, 2, tallies, &waverers.gains.now, &mut waverers.pressures);
            self.lean(waverers);
        }
        let coins = [0, 1].map(|k| now.draws.coins_at(now.tick, Stream::Noise, k));
        let reviews = self.plan.who_reviews(self.review_probability, now.draws, now.tick);
        let for_good = self.plan.reversal != Reversal::On;
        let held: &[u8] = bytemuck::cast_slice(&waverers.state);
        let keys = self.keys[0].as_chunks::<AT_ONCE>().0.iter().zip(self.keys[1].as_chunks().0);
        let all = held.as_chunks::<AT_ONCE>().0.iter().zip(waverers.leanings.as_chunks().0).zip(keys);
        for (first, ((held, leanings), (low, high))) in (0usize..).step_by(AT_ONCE).zip(all) {
            if for_good && u128::from_le_bytes(*held) == ALL_HOLD {
                continue;
            }
            let (may, must) = compare(coins, held, leanings, low, high, for_good);
            let mut may = u128::from_le_bytes(may);
            while may != 0 {
                let lane = may.trailing_zeros() as usize / 8;
                may &= may - 1;
                let actor = first + lane;
                if actor < self.plan.n_actors()
                    && reviews(actor)
                    && (must[lane] == 1 || self.moves(waverers, now, actor, held[lane]))
                {
                    let from = held[lane];
                    #[expect(clippy::cast_possible_truncation, reason = "at most 2048 actors")]
                    steps.push(Step { actor: actor as u32, from, to: 1 - from });
                }
            }
        }
    }
}

// Sixteen who hold position 1.
const ALL_HOLD: u128 = u128::from_le_bytes([1; AT_ONCE]);

// Single precision is off by less than this: of E in all, and of w · E in proportion.
const OFF: f32 = 1e-4;
const OFF_IN_PROPORTION: f32 = 1e-3;

// Who may move if it reviews, and who does for certain.
#[inline(always)]
fn compare(
    coins: [Coins; 2],
    held: &[u8; AT_ONCE],
    leanings: &[f32; AT_ONCE],
    low: &[u32; AT_ONCE],
    high: &[u32; AT_ONCE],
    for_good: bool,
) -> ([u8; AT_ONCE], [u8; AT_ONCE]) {
    let (mut may, mut must) = ([0; AT_ONCE], [0; AT_ONCE]);
    for lane in 0..AT_ONCE {
        let throws = coins.map(|coins| coins.throw_of(low[lane], high[lane]));
        let back = held[lane] == 1;
        let [own, other] = if back { [throws[1], throws[0]] } else { throws };
        let (own, other) = (exponential(own), leanings[lane] * exponential(other));
        let able = !(for_good && back);
        // Not a number is neither.
        may[lane] = u8::from(able & !(own < other * (1.0 - OFF_IN_PROPORTION) - OFF));
        must[lane] = u8::from(own > other * (1.0 + OFF_IN_PROPORTION) + OFF);
    }
    (may, must)
}

// −ln(1 − v) of a throw.
#[inline(always)]
#[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
fn exponential(throw: u32) -> f32 {
    const STEP: f32 = 1.0 / 4_294_967_296.0;
    let v = (throw as f32 + 0.5) * STEP;
    let rest = (!throw as f32 + 0.5) * STEP;
    // The logarithm of 1 − v: its exponent, and of its fraction the polynomial through six Chebyshev
    // points of the interval from 1 to 2.
    let bits = rest.to_bits();
    let fraction = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    let exponent = (bits >> 23).cast_signed() - 127;
    let polynomial = 0.029_808_765f32
        .mul_add(fraction, -0.279_001_03)
        .mul_add(fraction, 1.101_739_6)
        .mul_add(fraction, -2.418_999_4)
        .mul_add(fraction, 3.498_906_9)
        .mul_add(fraction, -1.932_443_1);
    let large = -(exponent as f32).mul_add(std::f32::consts::LN_2, polynomial);
    // For small v its series.
    let small = v * v.mul_add(v.mul_add(1.0 / 3.0, 0.5), 1.0);
    if v < 1.0 / 16.0 { small } else { large }
}

// 2^x for x from −126 to 126: the nearest whole number as exponent, and of the rest the polynomial
// through four Chebyshev points of the interval from −½ to ½.
#[inline(always)]
fn exp2(x: f32) -> f32 {
    // Adding it leaves a whole number in the low bits.
    const WHOLE: f32 = 12_582_912.0;
    let whole = x + WHOLE;
    let rest = x - (whole - WHOLE);
    let polynomial =
        0.055_838_283f32.mul_add(rest, 0.242_639_48).mul_add(rest, 0.693_136_75).mul_add(rest, 0.999_924_54);
    f32::from_bits((whole.to_bits() << 23).wrapping_add(0x3f80_0000)) * polynomial
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_of_throws_are_as_exact_as_the_comparison_supposes() {
        let throws = (0..=u32::BITS).map(|bit| ((1u64 << bit) - 1) as u32);
        let spread = (0..1u32 << 20).map(|i| i.wrapping_mul(0x9e37_79b9));
        for throw in throws.clone().chain(throws.map(|throw| !throw)).chain(spread) {
            let exact = -(-(f64::from(throw) + 0.5) / 4_294_967_296.0).ln_1p();
            let off = (f64::from(exponential(throw)) - exact).abs();
            assert!(off < f64::from(OFF) / 4.0, "{throw}: {exact} off by {off}");
            assert!(off < exact * f64::from(OFF_IN_PROPORTION) / 2.0, "{throw}: {exact} off by {off}");
        }
    }

    #[test]
    fn powers_of_two_are_as_exact_as_the_comparison_supposes() {
        for i in -115_000..=115_000 {
            let x = f64::from(i) / 1000.0;
            let off = f64::from(exp2(x as f32)) / x.exp2() - 1.0;
            assert!(off.abs() < f64::from(OFF_IN_PROPORTION) / 4.0, "{x} off by {off}");
        }
    }
}
