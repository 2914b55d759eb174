//! Random numbers as a pure function of what they are for.

/// What a number is drawn for. A new use gets a new stream and moves no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Whether an actor reviews its position in a tick.
    Review,
    /// The noise of one review, one draw per position.
    Noise,
    /// Unobserved taste that lasts, one draw per position.
    Taste,
    /// The order of decisions within a tick.
    Order,
    /// The gaps between the reviews of an actor in continuous time.
    Clock,
    /// How much hazard an actor bears before it moves.
    Budget,
    /// To which position it then moves.
    Jump,
    /// Whether a new adopter convinces one of those whom it reaches.
    Trial,
    /// Thresholds that are drawn once per replicate.
    Threshold,
    /// The order of actors in a permutation, for tests against chance.
    Shuffle,
}

/// The random numbers of one replicate.
///
/// Each is the Philox4x32-10 block (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
/// as easy as 1, 2, 3") keyed by seed and replicate, at the counter made of actor, tick, stream
/// and a running number: never of the order in which work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    key: [u32; 2],
    replicate: u64,
}

impl Draws {
    /// The numbers of one replicate of a seed.
    #[must_use]
    pub fn new(seed: u64, replicate: u64) -> Self {
        let mixed = mix(seed ^ mix(replicate.wrapping_add(0x9e37_79b9_7f4a_7c15)));
        Draws { key: halves(mixed), replicate }
    }

    /// Which replicate this is.
    #[must_use]
    pub fn replicate(&self) -> u64 {
        self.replicate
    }

    /// 64 random bits. `actor` is the actor's key ([`key_of`]), `counter` below 2²⁴.
    #[must_use]
    pub fn bits(&self, tick: u32, actor: u64, stream: Stream, counter: u32) -> u64 {
        let [low, high] = halves(actor);
        let block = philox4x32_10([low, high, tick, (stream as u32) << 24 | counter], self.key);
        u64::from(block[1]) << 32 | u64::from(block[0])
    }

    /// A number in (0, 1), on a grid of 2⁻⁵³ offset by half a step.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub fn uniform(&self, tick: u32, actor: u64, stream: Stream, counter: u32) -> f64 {
        ((self.bits(tick, actor, stream, counter) >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A unit exponential draw, `−ln u`.
    #[must_use]
    pub fn exponential(&self, tick: u32, actor: u64, stream: Stream, counter: u32) -> f64 {
        -libm::log(self.uniform(tick, actor, stream, counter))
    }

    /// A standard normal draw by the method of Box and Muller (1958), from the numbers at `counter`
    /// and after it.
    #[must_use]
    pub fn normal(&self, tick: u32, actor: u64, stream: Stream, counter: u32) -> f64 {
        let radius = (2.0 * self.exponential(tick, actor, stream, counter)).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform(tick, actor, stream, counter + 1))
    }

    /// A standard Gumbel draw, `−ln(−ln u)`.
    #[must_use]
    pub fn gumbel(&self, tick: u32, actor: u64, stream: Stream, counter: u32) -> f64 {
        -libm::log(-libm::log(self.uniform(tick, actor, stream, counter)))
    }
}

/// The key under which an actor draws: a hash of its id (64-bit FNV-1a, then mixed), so that a
/// new actor moves nobody's draws.
#[must_use]
pub fn key_of(id: &str) -> u64 {
    mix(id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

// The finaliser of SplitMix64.
#[inline(always)]
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves")]
pub(crate) fn halves(x: u64) -> [u32; 2] {
    [x as u32, (x >> 32) as u32]
}

fn philox4x32_10(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let [low0, high0] = halves(u64::from(0xd251_1f53_u32) * u64::from(counter[0]));
        let [low1, high1] = halves(u64::from(0xcd9e_8d57_u32) * u64::from(counter[2]));
        counter = [high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0];
        key = [key[0].wrapping_add(0x9e37_79b9), key[1].wrapping_add(0xbb67_ae85)];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_answers() {
        // Known-answer vectors of the Random123 distribution (kat_vectors).
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox4x32_10([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32_10([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn a_number_depends_on_every_part_of_its_address() {
        let base = Draws::new(1, 2).bits(3, 4, Stream::Noise, 5);
        let others = [
            Draws::new(9, 2).bits(3, 4, Stream::Noise, 5),
            Draws::new(1, 9).bits(3, 4, Stream::Noise, 5),
            Draws::new(1, 2).bits(9, 4, Stream::Noise, 5),
            Draws::new(1, 2).bits(3, 9, Stream::Noise, 5),
            Draws::new(1, 2).bits(3, 4, Stream::Taste, 5),
            Draws::new(1, 2).bits(3, 4, Stream::Noise, 9),
        ];
        assert!(others.iter().all(|&other| other != base));
        assert_eq!(base, Draws::new(1, 2).bits(3, 4, Stream::Noise, 5));
    }

    #[test]
    fn uniforms_and_gumbels_have_the_right_moments() {
        let n = 200_000u32;
        let draws = Draws::new(7, 0);
        let mean = |value: &dyn Fn(u32) -> f64| (0..n).map(value).sum::<f64>() / f64::from(n);
        let uniform = mean(&|t| draws.uniform(t, 11, Stream::Review, 0));
        let gumbel = mean(&|t| draws.gumbel(t, 11, Stream::Noise, 0));
        let exponential = mean(&|t| draws.exponential(t, 11, Stream::Clock, 0));
        let normal = mean(&|t| draws.normal(t, 11, Stream::Threshold, 0));
        let square = mean(&|t| draws.normal(t, 11, Stream::Threshold, 0).powi(2));
        // Four standard errors; a Gumbel has mean γ and standard deviation π/√6.
        assert!((uniform - 0.5).abs() < 4.0 * 0.2887 / f64::from(n).sqrt(), "{uniform}");
        let error = 1.0 / f64::from(n).sqrt();
        assert!((exponential - 1.0).abs() < 4.0 * error, "{exponential}");
        assert!(normal.abs() < 4.0 * error, "{normal}");
        assert!((square - 1.0).abs() < 4.0 * 2f64.sqrt() * error, "{square}");
        assert!((gumbel - 0.577_215_664_9).abs() < 4.0 * 1.2825 / f64::from(n).sqrt(), "{gumbel}");
    }
}
