//! Coins of ties and actors: random events so many that a block of [`Draws`] for each would take too
//! long.

use crate::draws::{halves, mix};
use crate::{Draws, Stream, Tick};

/// The coins of one replicate for one use.
///
/// Each is a hash under a key of 64 bits that [`Draws`] gives, so that coins differ between replicates:
/// of the key of an actor ([`Coins::throw_of`]), or of a sender ([`Coins::of`]) and the number of one of
/// its ties. No coin hangs on another actor.
#[derive(Clone, Copy, Debug)]
pub struct Coins {
    key: [u32; 2],
}

/// A probability in steps of 2⁻³²: the largest throw that counts, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance(Option<u32>);

impl Chance {
    /// The nearest chance to a probability; below 0 is 0, above 1 is 1.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2³² − 1")]
    pub fn of(probability: f64) -> Self {
        let steps = (probability.clamp(0.0, 1.0) * 4_294_967_296.0).round();
        Chance((steps >= 1.0).then_some((steps - 1.0) as u32))
    }

    /// The largest throw that counts; `None` is never.
    #[must_use]
    pub fn largest(self) -> Option<u32> {
        self.0
    }

    /// Of a throw that counts, where it lies among those: a number evenly in (0, 1).
    #[must_use]
    pub fn lot(self, throw: u32) -> Option<f64> {
        let largest = self.0.filter(|&largest| throw <= largest)?;
        Some((f64::from(throw) + 0.5) / (f64::from(largest) + 1.0))
    }

    /// Whether a throw counts.
    #[must_use]
    pub fn counts(self, throw: u32) -> bool {
        self.0.is_some_and(|largest| throw <= largest)
    }
}

/// What of the key of a sender enters its coins.
#[must_use]
pub fn coin_of(sender: u64) -> u32 {
    (mix(sender) >> 32) as u32
}

impl Coins {
    /// The coins of one sender, by its [`coin_of`]: one for each of its ties, by number.
    #[must_use]
    #[inline(always)]
    pub fn of(&self, sender: u32) -> Coins {
        let [low, high] = self.key;
        Coins { key: halves(mix(u64::from(high) << 32 | u64::from(low ^ sender))) }
    }

    /// Throws the coin of a number: 32 random bits.
    #[must_use]
    #[inline(always)]
    pub fn throw(&self, coin: u32) -> u32 {
        // Two rounds of multiply and shift, with the constants that Ettinger found by search for the
        // least bias; each round takes half of the key.
        let mut x = coin ^ self.key[0];
        x = (x ^ (x >> 16)).wrapping_mul(0x21f0_aaad);
        x = (x ^ (x >> 15)).wrapping_add(self.key[1]).wrapping_mul(0xd35a_2d97);
        x ^ (x >> 15)
    }

    /// Throws the coin of an actor, by its key: 32 random bits.
    #[must_use]
    #[inline(always)]
    pub fn throw_of(&self, key: u64) -> u32 {
        let [low, high] = halves(key);
        self.throw_of_halves(low, high)
    }

    /// As [`Coins::throw_of`], by the lower and the upper half of the key.
    #[must_use]
    #[inline(always)]
    pub fn throw_of_halves(&self, low: u32, high: u32) -> u32 {
        // Likewise three rounds, so that each half goes through two of them or more.
        let mut x = low ^ self.key[0];
        x = (x ^ (x >> 17)).wrapping_mul(0xed5a_d4bb);
        x = (x ^ (x >> 11)).wrapping_add(self.key[1] ^ high);
        x = (x ^ (x >> 16)).wrapping_mul(0xac4c_1b51);
        x = (x ^ (x >> 15)).wrapping_mul(0x3184_8bab);
        x ^ (x >> 14)
    }
}

impl Draws {
    /// The coins of a stream; `counter` below 2²⁴.
    #[must_use]
    pub fn coins(&self, stream: Stream, counter: u32) -> Coins {
        self.coins_at(0, stream, counter)
    }

    /// The coins of a stream at a tick; `counter` below 2²⁴.
    #[must_use]
    pub fn coins_at(&self, tick: Tick, stream: Stream, counter: u32) -> Coins {
        Coins { key: halves(self.bits(tick, 0, stream, counter)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_of;

    const N: u32 = 1 << 16;

    fn coins(replicate: u64) -> Coins {
        Draws::new(3, replicate).coins(Stream::Trial, 1)
    }

    // χ² of counts that should be equal, against four standard deviations of its law.
    fn is_even(counts: &[u32]) -> bool {
        let expected = counts.iter().map(|&n| f64::from(n)).sum::<f64>() / counts.len() as f64;
        let chi: f64 = counts.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
        let free = (counts.len() - 1) as f64;
        (chi - free).abs() < 4.0 * (2.0 * free).sqrt()
    }

    #[test]
    fn throws_are_even_over_ties_and_senders_and_replicates() {
        let sender = |i: u32| coin_of(key_of(&i.to_string()));
        let of_ties = |i: u32| coins(0).of(sender(7)).throw(i);
        let of_senders = |i: u32| coins(0).of(sender(i)).throw(3);
        let of_numbered = |i: u32| coins(0).of(coin_of(i.into())).throw(3);
        let of_replicates = |i: u32| coins(i.into()).of(sender(7)).throw(3);
        let counted: [&dyn Fn(u32) -> u32; 4] = [&of_ties, &of_senders, &of_numbered, &of_replicates];
        for (name, throw) in ["ties", "senders", "numbered senders", "replicates"].iter().zip(counted) {
            for shift in [24, 12, 0] {
                let mut counts = [0; 256];
                (0..N).for_each(|i| counts[(throw(i) >> shift & 255) as usize] += 1);
                assert!(is_even(&counts), "{name}, bits from {shift}");
            }
        }
    }

    // Sixteen by sixteen cells of the upper bits of two throws.
    fn are_unrelated(pairs: impl Iterator<Item = (u32, u32)>) -> bool {
        let mut counts = [0; 256];
        pairs.for_each(|(x, y)| counts[(x >> 28 << 4 | y >> 28) as usize] += 1);
        is_even(&counts)
    }

    #[test]
    fn throws_tell_nothing_of_each_other() {
        let key = |i: u32| key_of(&format!("actor {i}"));
        let throw = |replicate: u32, from, tie| coins(replicate.into()).of(coin_of(key(from))).throw(tie);
        assert!(are_unrelated((0..N).map(|i| (throw(i, 1, 2), throw(i + 1, 1, 2)))));
        assert!(are_unrelated((0..N).map(|i| (throw(0, i, 2), throw(0, i + 1, 2)))));
        assert!(are_unrelated((0..N).map(|i| (throw(0, 1, i), throw(0, 1, i + 1)))));
        assert!(are_unrelated((0..N).map(|i| (throw(0, 1, i), throw(0, 2, i)))));
        assert!(are_unrelated((0..N).map(|i| (throw(0, i, 2), throw(1, i, 2)))));
        for tie in [0, 1, 15, 16] {
            let own = |i: u32, tie| coins(0).of(coin_of(i.into())).throw(tie);
            assert!(are_unrelated((0..N).map(|i| (own(i, tie), own(i, tie + 1)))), "tie {tie}");
            assert!(are_unrelated((0..N).map(|i| (own(i, tie), own(i + 1, tie)))), "tie {tie}");
        }
        // Two coins that differ in one bit.
        for bit in [0, 9, 31] {
            assert!(are_unrelated((0..N).map(|i| (coins(0).throw(i), coins(0).throw(i ^ (1 << bit))))));
        }
        let of_actors = |replicate: u32, id| coins(replicate.into()).throw_of(key(id));
        assert!(are_unrelated((0..N).map(|i| (of_actors(i, 1), of_actors(i, 2)))));
        assert!(are_unrelated((0..N).map(|i| (of_actors(0, i), of_actors(0, i + 1)))));
        // Keys that differ in one bit.
        for bit in [0, 31, 32, 40, 63] {
            let of_key = |key: u64| coins(0).throw_of(key);
            let keys = (0..u64::from(N)).map(|i| i << 24 | i);
            assert!(are_unrelated(keys.map(|key| (of_key(key), of_key(key ^ 1 << bit)))), "bit {bit}");
        }
        let at_ticks = |tick: u32| {
            [tick, tick + 1].map(|tick| Draws::new(3, 0).coins_at(tick, Stream::Noise, 1).throw(7))
        };
        assert!(are_unrelated((0..N).map(at_ticks).map(|[x, y]| (x, y))));
        let streams = |i| {
            let draws = Draws::new(3, u64::from(i));
            [1, 2].map(|counter| draws.coins(Stream::Trial, counter).throw(7))
        };
        assert!(are_unrelated((0..N).map(streams).map(|[x, y]| (x, y))));
    }

    #[test]
    fn a_throw_that_counts_is_a_lot_between_none_and_all() {
        for (probability, throws) in [(0.5, 1u64 << 31), (1.0, 1 << 32), (0.1, 429_496_730), (1e-9, 4)] {
            let chance = Chance::of(probability);
            let lot = |throw: u64| chance.lot(throw as u32).unwrap();
            assert!(lot(0) > 0.0 && lot(throws - 1) < 1.0);
            assert!((lot(0) + lot(throws - 1) - 1.0).abs() < 1e-15, "even around one half");
            assert!(throws > u64::from(u32::MAX) || chance.lot(throws as u32).is_none());
        }
        assert_eq!(Chance::of(0.0).lot(0), None);
    }

    #[test]
    fn chances_round_to_the_nearest_step() {
        assert_eq!([0.0, -1.0, 1e-10, f64::NAN].map(|p| Chance::of(p).largest()), [None; 4]);
        assert_eq!(
            [1.0, 7.0, 0.5].map(|p| Chance::of(p).largest()),
            [Some(u32::MAX), Some(u32::MAX), Some((1 << 31) - 1)]
        );
        assert!(Chance::of(0.5).counts(0) && !Chance::of(0.5).counts(1 << 31) && !Chance::of(0.0).counts(0));
    }
}
