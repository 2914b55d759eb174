//! Decisions between two positions with fresh noise: bounds first, exact shares where they do not
//! decide.
//!
//! A government moves if its throw lies below `p / (1 + w)` of all throws, with p the chance to review
//! and w the odds against moving, `e^((u_a − u_b) / τ)`. Odds are worked out in single precision
//! whenever pressures change; a throw that is nearer to its bound than any rounding is left to
//! [`normwave_plan::decide`].

use super::gains::{Gains, Shares};
use super::lanes::{Lane, bits};
use super::terms::Terms;
use super::{Decide, Now, Step, Ties, with_drawn};
use normwave_plan::{Chance, Coins, Draws, Noise, Plan, Position, Reversal, Rule, Stream, decide};
use pulp::{Simd, bytemuck};

/// How all actors decide under noise.
#[derive(Debug)]
pub(super) struct Noisy<'p> {
    plan: &'p Plan,
    width: usize,
    terms: Terms,
    shares: Shares<'p>,
    per_temperature: f64,
    // Throws that review.
    n_throws: f32,
    // The two halves of each actor's key.
    keys: [Vec<u32>; 2],
}

/// Who holds what, and which throws make it move.
#[derive(Debug)]
pub(super) struct Waverers {
    state: Vec<u64>,
    n_holders: usize,
    // What has to be exceeded to adopt, and to go back.
    thresholds: Vec<f64>,
    exits: Vec<f64>,
    gains: Gains,
    // P_ik at `k * width + i`.
    pressures: Vec<f64>,
    // 1 + w: a throw moves an actor if its product with this lies below all throws that review.
    against: Vec<f32>,
    is_stale: bool,
}

impl<'p> Noisy<'p> {
    /// With the sets of ties that are tallied. `None` unless noise is fresh and between two positions.
    pub(super) fn of(plan: &'p Plan, width: usize) -> Option<(Self, Vec<Ties>)> {
        let Rule::Noisy { temperature, noise: Noise::Fresh, .. } = plan.rule else { return None };
        if plan.n_positions != 2 {
            return None;
        }
        let (terms, sets) = Terms::of(plan, width)?;
        if terms.most() > MOST_PRESSURE * temperature {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
        let n_throws = Chance::of(plan.review_probability()).largest().map_or(0.0, |most| most as f32 + 1.0);
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
            n_throws,
            keys: [half(0), half(32)],
        };
        Some((noisy, sets))
    }

    // Whether an actor reviews and moves, as all engines find it.
    #[cold]
    #[inline(never)]
    fn moves(&self, waverers: &Waverers, now: &Now<'_>, actor: usize, held: Position) -> bool {
        let plan = self.plan;
        if actor >= plan.n_actors() || !plan.reviews(now.draws, now.tick, actor) {
            return false;
        }
        let pressure = [0, 1].map(|k| waverers.pressures[k * self.width + actor]);
        let open = [0, 1].map(|k| plan.reversal.allows(held, k));
        let drawn = plan.drawn_thresholds(now.draws);
        let ballot = plan.ballot(now.tick, actor, held, &pressure, &open, &drawn);
        decide(plan.rule, &ballot, |k| plan.noise(now.draws, now.tick, actor, k)) != held
    }

    // Works out anew how much stands against moving.
    #[inline(always)]
    fn weigh<const BACK: bool>(&self, waverers: &mut Waverers) {
        let Waverers { state, thresholds, exits, pressures, against, .. } = waverers;
        let held: &[u8] = bytemuck::cast_slice(state);
        let (old, new) = pressures.split_at(self.width);
        let barriers = thresholds.iter().zip(exits).zip(held);
        let scale = self.per_temperature * std::f64::consts::LOG2_E;
        for ((against, (old, new)), ((threshold, exit), held)) in
            against.iter_mut().zip(old.iter().zip(new)).zip(barriers)
        {
            let less = if BACK && *held == 1 { new - old + *exit } else { old - new + *threshold };
            #[expect(clippy::cast_possible_truncation, reason = "as exact as it needs to be")]
            let exponent = (less * scale).clamp(-110.0, 110.0) as f32;
            *against = 1.0 + exp2(exponent);
        }
    }
}

// Sums of pressures beyond this, in units of τ, could round to more than the bounds allow for.
const MOST_PRESSURE: f64 = 1e9;

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
            against: vec![0.0; width],
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
        let [to_old, to_new] = [plan.position_thresholds[0], plan.position_thresholds[1]];
        let places = thresholds.iter_mut().zip(exits).zip(costs);
        with_drawn(plan, draws, own, places, |((place, exit), cost), threshold| {
            *place = to_new + threshold;
            *exit = to_old + (threshold + cost);
        });
    }

    #[inline(always)]
    fn take(&self, waverers: &mut Waverers, steps: &[Step]) {
        let for_good = self.plan.reversal != Reversal::On;
        let held: &mut [u8] = bytemuck::cast_slice_mut(&mut waverers.state);
        for step in steps {
            held[step.actor as usize] = step.to;
            if for_good && step.to == 1 {
                waverers.thresholds[step.actor as usize] = f64::INFINITY;
            }
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
            match self.plan.reversal {
                Reversal::On => self.weigh::<true>(waverers),
                _ => self.weigh::<false>(waverers),
            }
        }
        let coins = now.draws.coins_at(now.tick, Stream::Review, 0);
        let Waverers { state, against, .. } = &*waverers;
        let held: &[u8] = bytemuck::cast_slice(state);
        let for_good = self.plan.reversal != Reversal::On;
        let [surely, perhaps] = [1.0 - OFF, 1.0 + OFF].map(|off| self.n_throws * off);
        let keys = self.keys[0].as_chunks().0.iter().zip(self.keys[1].as_chunks().0);
        let chunks = held.as_chunks().0.iter().zip(against.as_chunks().0).zip(keys);
        for (first, ((held, against), (low, high))) in (0..).step_by(AT_ONCE).zip(chunks) {
            if for_good && u128::from_le_bytes(*held) == ALL_HOLD {
                continue;
            }
            let throws = throws(coins, low, high, against);
            let vectors = S::as_simd_f32s(&throws).0.iter();
            let mut movers = (0..).step_by(S::F32_LANES).zip(vectors).fold(0, |movers, (lane, throws)| {
                movers | bits(&simd.less_than_f32s(*throws, simd.splat_f32s(perhaps)), S::F32_LANES) << lane
            });
            while movers != 0 {
                let lane = movers.trailing_zeros() as usize;
                movers &= movers - 1;
                let actor = first + lane;
                let from = held[lane];
                if throws[lane] < surely || self.moves(waverers, now, actor, from) {
                    #[expect(clippy::cast_possible_truncation, reason = "at most 2048 actors")]
                    steps.push(Step { actor: actor as u32, from, to: 1 - from });
                }
            }
        }
    }
}

const AT_ONCE: usize = 16;

// Sixteen who hold position 1.
const ALL_HOLD: u128 = u128::from_le_bytes([1; AT_ONCE]);

// Throws times what stands against moving, in single precision, which is off by far less than bounds.
#[inline(always)]
fn throws(
    coins: Coins,
    low: &[u32; AT_ONCE],
    high: &[u32; AT_ONCE],
    against: &[f32; AT_ONCE],
) -> [f32; AT_ONCE] {
    let mut throws = [0.0; AT_ONCE];
    for (((throw, &low), &high), against) in throws.iter_mut().zip(low).zip(high).zip(against) {
        #[expect(clippy::cast_precision_loss, reason = "as exact as it needs to be")]
        let counted = coins.throw_of_halves(low, high) as f32;
        *throw = (counted + 0.5) * against;
    }
    throws
}

// Bounds are off by less than this in proportion.
const OFF: f32 = 5e-4;

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
    fn powers_of_two_are_as_exact_as_the_comparison_supposes() {
        for i in -115_000..=115_000 {
            let x = f64::from(i) / 1000.0;
            let off = f64::from(exp2(x as f32)) / x.exp2() - 1.0;
            assert!(off.abs() < f64::from(OFF) / 4.0, "{x} off by {off}");
        }
    }
}
