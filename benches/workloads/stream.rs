//! Numbered streams of random numbers, each number a function of its place.

/// A stream of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators") read at any place rather than in turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        Stream(seed.wrapping_mul(GOLDEN).wrapping_add(number.wrapping_mul(0xd1b5_4a32_d192_ed03)))
    }

    /// 64 random bits.
    pub(super) fn bits(self, place: u64) -> u64 {
        let mut x = self.0.wrapping_add((place + 1).wrapping_mul(GOLDEN));
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number in [0, 1), on a grid of 2⁻⁵³.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub(super) fn share(self, place: u64) -> f64 {
        (self.bits(place) >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A whole number below `end`.
    #[expect(clippy::cast_possible_truncation, reason = "below `end`")]
    pub(super) fn below(self, place: u64, end: u32) -> u32 {
        (self.bits(place) % u64::from(end)) as u32
    }

    /// The `most` of 0 to `n` that this stream draws first: those with the least bits at the places
    /// from `start` on.
    pub(super) fn draw(self, start: u64, n: u32, most: usize) -> Vec<u32> {
        let mut all: Vec<(u64, u32)> = (0..n).map(|idx| (self.bits(start + u64::from(idx)), idx)).collect();
        if most < all.len() {
            all.select_nth_unstable(most);
            all.truncate(most);
        }
        all.sort_unstable();
        all.into_iter().map(|(_, idx)| idx).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_gives_the_published_numbers_in_turn() {
        // The first outputs of SplitMix64 from state 0, as in the test of Java's SplittableRandom.
        let found = [0, 1, 2].map(|place| Stream::new(0, 0).bits(place));
        assert_eq!(found, [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f]);
    }

    #[test]
    fn streams_and_seeds_differ() {
        let bits = [(1, 1), (1, 2), (2, 1)].map(|(seed, number)| Stream::new(seed, number).bits(0));
        assert!(bits[0] != bits[1] && bits[0] != bits[2] && bits[1] != bits[2]);
    }
}
