//! Small dense cascades: an adopter's whole column is added to all actors at once.

use super::reach::Rows;
use super::{Cascade, Log, Need};
use normwave_plan::Draws;
use pulp::{Arch, Simd, WithSimd, bytemuck};

/// Columns of pressures in 16 bits.
#[derive(Debug)]
pub(super) struct Lanes {
    arch: Arch,
    n_actors: usize,
    // The number of actors, rounded up to whole vectors.
    width: usize,
    // What each adopter adds to each actor, adopter by adopter.
    columns: Vec<u16>,
}

// Actors per vector of the widest kind, 64 bytes.
const WIDEST: usize = 32;

// Beyond this the columns leave the caches.
const MOST_ACTORS: usize = 2048;

// From one tie in this many pairs on, whole columns are faster than ties one by one.
const PAIRS_PER_TIE: usize = 8;

/// What nobody's pressures sum to.
const NEVER: u16 = u16::MAX;

impl Need for u16 {
    const MOST: f64 = 65535.0;

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits")]
    fn of(bits: u64) -> u16 {
        bits as u16
    }
}

impl Lanes {
    /// Columns, where they are the faster way and 16 bits hold every sum.
    pub(super) fn of(n_actors: usize, rows: &Rows<'_>) -> Option<Self> {
        let dense = rows.targets.len() * PAIRS_PER_TIE >= n_actors * n_actors;
        if n_actors > MOST_ACTORS || !dense {
            return None;
        }
        let width = n_actors.next_multiple_of(WIDEST);
        let mut columns = vec![0u16; n_actors * width];
        let mut sums = vec![0u16; n_actors];
        for (sender, column) in columns.chunks_exact_mut(width.max(1)).enumerate() {
            for (target, shift) in rows.row(sender) {
                let (target, shift) = (target as usize, u16::try_from(shift).ok()?);
                column[target] = shift;
                sums[target] = sums[target].checked_add(shift).filter(|&sum| sum < NEVER)?;
            }
        }
        Some(Lanes { arch: Arch::new(), n_actors, width, columns })
    }

    pub(super) fn run(&self, cascade: &Cascade<'_>, draws: &Draws, log: &mut Log) {
        self.arch.dispatch(Run { lanes: self, cascade, draws, log });
    }
}

/// One run, under the best instructions that the processor has.
struct Run<'r, 'p> {
    lanes: &'r Lanes,
    cascade: &'r Cascade<'p>,
    draws: &'r Draws,
    log: &'r mut Log,
}

impl WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Run { lanes, cascade, draws, log } = self;
        let mut needs = vec![NEVER; lanes.width];
        cascade.needs(draws, &mut needs);
        let mut adopters: Vec<u32> = Vec::with_capacity(lanes.n_actors);
        adopters.extend(log.adopters());
        adopters.iter().for_each(|&actor| needs[actor as usize] = NEVER);
        lanes.spread(simd, &needs, adopters, log);
    }
}

impl Lanes {
    #[inline(always)]
    fn spread<S: Simd>(&self, simd: S, needs: &[u16], mut adopters: Vec<u32>, log: &mut Log) {
        let needs = S::as_simd_u16s(needs).0;
        let mut sums = vec![simd.splat_u16s(0); needs.len()];
        let mut before = vec![Marks::default(); needs.len()];
        for tick in 0..log.n_ticks {
            match sums.len() {
                1 => self.add_in_registers::<S, 1>(simd, &adopters, &mut sums),
                2 => self.add_in_registers::<S, 2>(simd, &adopters, &mut sums),
                3 => self.add_in_registers::<S, 3>(simd, &adopters, &mut sums),
                4 => self.add_in_registers::<S, 4>(simd, &adopters, &mut sums),
                5 => self.add_in_registers::<S, 5>(simd, &adopters, &mut sums),
                6 => self.add_in_registers::<S, 6>(simd, &adopters, &mut sums),
                7 => self.add_in_registers::<S, 7>(simd, &adopters, &mut sums),
                8 => self.add_in_registers::<S, 8>(simd, &adopters, &mut sums),
                _ => self.add(simd, &adopters, &mut sums),
            }
            adopters.clear();
            for (idx, ((sum, need), before)) in sums.iter().zip(needs).zip(&mut before).enumerate() {
                // Who has reached its need has for good.
                let reached = simd.greater_than_or_equal_u16s(*sum, *need);
                each_new::<S>(reached, before, |lane| {
                    #[expect(clippy::cast_possible_truncation, reason = "at most 2048 actors")]
                    adopters.push((idx * S::U16_LANES + lane) as u32);
                });
            }
            if adopters.is_empty() {
                return;
            }
            log.adopt(tick, &adopters);
        }
    }

    #[inline(always)]
    fn column<S: Simd>(&self, adopter: u32) -> &[S::u16s] {
        S::as_simd_u16s(&self.columns[adopter as usize * self.width..][..self.width]).0
    }

    #[inline(always)]
    fn add<S: Simd>(&self, simd: S, adopters: &[u32], sums: &mut [S::u16s]) {
        for &adopter in adopters {
            for (sum, shift) in sums.iter_mut().zip(self.column::<S>(adopter)) {
                *sum = simd.add_u16s(*sum, *shift);
            }
        }
    }

    // As `add`, of H vectors, which stay in registers from adopter to adopter.
    #[inline(always)]
    fn add_in_registers<S: Simd, const H: usize>(&self, simd: S, adopters: &[u32], sums: &mut [S::u16s]) {
        let Some(sums) = sums.first_chunk_mut::<H>() else { return };
        let mut now = *sums;
        for &adopter in adopters {
            let Some(column) = self.column::<S>(adopter).first_chunk::<H>() else { return };
            for (now, shift) in now.iter_mut().zip(column) {
                *now = simd.add_u16s(*now, *shift);
            }
        }
        *sums = now;
    }
}

/// A mask of lanes, in as many words as the largest takes: a processor keeps it in one bit or in 16
/// per lane.
type Marks = [u64; 4];

// The lanes that a mask marks and `before` does not, rising; `before` becomes the mask.
#[inline(always)]
fn each_new<S: Simd>(mask: S::m16s, before: &mut Marks, mut each: impl FnMut(usize)) {
    let bytes = bytemuck::bytes_of(&mask);
    let bits = if bytes.len() == S::U16_LANES * 2 { 16 } else { 1 };
    for ((word, bytes), before) in bytes.chunks(8).enumerate().zip(before) {
        let mut padded = [0; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        let marked = u64::from_le_bytes(padded);
        let mut new = marked & !std::mem::replace(before, marked);
        while new != 0 {
            let bit = new.trailing_zeros() as usize;
            each((word * 64 + bit) / bits);
            new &= if bits == 1 { new - 1 } else { !(0xffff << bit) };
        }
    }
}
