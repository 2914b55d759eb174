//! Random numbers that are the same on every platform and for ever.

// SplitMix64, written out: libraries reserve the right to change what a seed gives, and with it
// every generated network. Uniform numbers and choices are made of its bits here, for the same
// reason.
//
// Source: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators",
// OOPSLA 2014, in the fixed-increment form of S. Vigna.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    // In [0, 1), a multiple of 2⁻⁵³.
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    // One of 0 to n − 1; n must not be 0, and is far below 2⁵³.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.uniform() * n as f64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    // Those of 0 to n − 1 that are chosen with probability p each, in order. Gaps are drawn rather
    // than numbers, so that few chosen among many take little time (Batagelj and Brandes 2005).
    pub(crate) fn chosen(&mut self, n: u64, p: f64) -> Vec<u64> {
        if p >= 1.0 {
            return (0..n).collect();
        }
        let mut chosen = Vec::new();
        if p <= 0.0 {
            return chosen;
        }
        let mut next = 0_u64;
        loop {
            let gap = libm::log1p(-self.uniform()) / libm::log1p(-p);
            next = next.saturating_add(gap as u64);
            if next >= n {
                return chosen;
            }
            chosen.push(next);
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(published.map(|_| random.bits()), published);
        let mut random = Random::new(42);
        for uniform in [0.741_564_878_771_823_3, 0.159_910_392_876_920_1, 0.278_601_130_255_138_66] {
            assert!((random.uniform() - uniform).abs() < 1e-16);
        }
    }

    #[test]
    fn each_number_is_chosen_as_often_as_its_probability_says() {
        // Binomial: of 100 000, mean 100 000 p and four standard deviations around it.
        for (seed, p) in [(1, 0.001), (2, 0.1), (3, 0.7)] {
            let chosen = Random::new(seed).chosen(100_000, p);
            let (mean, sd) = (100_000.0 * p, (100_000.0 * p * (1.0 - p)).sqrt());
            assert!((chosen.len() as f64 - mean).abs() < 4.0 * sd, "{} of {mean}", chosen.len());
            assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
            let early = chosen.iter().filter(|&&no| no < 50_000).count() as f64;
            assert!((early - mean / 2.0).abs() < 4.0 * sd, "{early} of {mean} in the first half");
        }
        assert!(Random::new(1).chosen(1000, 0.0).is_empty());
        assert_eq!(Random::new(1).chosen(3, 1.0), [0, 1, 2]);
        assert_eq!(Random::new(1).chosen(3, 1.0 - f64::EPSILON), [0, 1, 2]);
        assert!(Random::new(1).chosen(1000, 1e-300).is_empty());
    }

    #[test]
    fn every_order_is_as_likely_as_any_other() {
        let mut random = Random::new(7);
        let mut first = [0; 4];
        for _ in 0..4000 {
            let mut items = [0, 1, 2, 3];
            random.shuffle(&mut items);
            first[items[0]] += 1;
        }
        // 1000 each, standard deviation 27.
        assert!(first.iter().all(|&count: &i32| (count - 1000).abs() < 110), "{first:?}");
    }
}
