//! Small dense cascades: an adopter's whole column is added to all actors at once.

use super::ahead::begin_to_load;
use super::order::List;
use super::reach::Rows;
use super::{Cascade, Log, Need};
use crate::bits::bits;
use crate::rooms::Rooms;
use normwave_plan::Draws;
use pulp::{Arch, Simd, WithSimd, bytemuck};

/// Columns of pressures in 16 bits.
#[derive(Debug)]
pub(super) struct Lanes {
    pub(super) arch: Arch,
    n_actors: usize,
    // The number of actors, rounded up to whole vectors.
    width: usize,
    // What each adopter adds to each actor, adopter by adopter, from the first whole line of memory
    // on: a vector that lies in two is read twice.
    columns: Vec<u16>,
    first: usize,
    // What all of them add up to.
    totals: Vec<u16>,
    rooms: Rooms<Room>,
}

/// What a run works on.
#[derive(Debug)]
struct Room {
    // Needs and then sums, likewise from the first whole line on.
    rows: Vec<u16>,
    first: usize,
    adopters: List,
    others: List,
}

// Bytes that a cache loads at once, and actors per vector of the widest kind, which has as many.
const LINE: usize = 64;
const WIDEST: usize = LINE / 2;

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
        if n_actors == 0 || n_actors > MOST_ACTORS || !dense {
            return None;
        }
        let width = n_actors.next_multiple_of(WIDEST);
        let mut columns = vec![0u16; n_actors * width + WIDEST];
        let mut totals = vec![0u16; width];
        let first = columns.as_ptr().align_offset(LINE).min(WIDEST);
        for (sender, column) in columns[first..].chunks_exact_mut(width).take(n_actors).enumerate() {
            for (target, shift) in rows.row(sender) {
                let (target, shift) = (target as usize, u16::try_from(shift).ok()?);
                column[target] = shift;
                totals[target] = totals[target].checked_add(shift).filter(|&sum| sum < NEVER)?;
            }
        }
        Some(Lanes { arch: Arch::new(), n_actors, width, columns, first, totals, rooms: Rooms::default() })
    }

    pub(super) fn run(&self, cascade: &Cascade<'_>, draws: &Draws, log: &mut Log) {
        let run = |room: &mut Room| self.arch.dispatch(Run { lanes: self, cascade, draws, log, room });
        self.rooms.work(|| self.room(), run);
    }

    fn room(&self) -> Room {
        let rows = vec![0; 2 * self.width + WIDEST];
        let first = rows.as_ptr().align_offset(LINE).min(WIDEST);
        Room { rows, first, adopters: List::new(self.width), others: List::new(self.width) }
    }
}

/// One run, under the best instructions that the processor has.
struct Run<'r, 'p> {
    lanes: &'r Lanes,
    cascade: &'r Cascade<'p>,
    draws: &'r Draws,
    log: &'r mut Log,
    room: &'r mut Room,
}

impl WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Run { lanes, cascade, draws, log, room } = self;
        let n = lanes.n_actors;
        // Replicates are mostly run in turn.
        let next = cascade.plan.ensemble.thresholds_of(draws.replicate().wrapping_add(1), n);
        (0..next.len()).step_by(LINE / 8).for_each(|idx| begin_to_load(next, idx));
        let Room { rows, first, adopters, others } = room;
        let (needs, sums) = rows[*first..][..2 * lanes.width].split_at_mut(lanes.width);
        needs[n..].fill(NEVER);
        sums.fill(0);
        cascade.needs(draws, &mut needs[..n]);
        let mut adopted = [0u64; MOST_ACTORS / 64];
        adopters.clear();
        adopters.extend(log.adopters());
        for &actor in adopters.actors() {
            adopted[actor as usize / 64] |= 1 << (actor % 64);
            needs[actor as usize] = NEVER;
        }
        let needs = S::as_simd_u16s(needs).0;
        let sums = S::as_mut_simd_u16s(sums).0;
        let mut n_others = n;
        for tick in 0..log.n_ticks {
            n_others -= adopters.actors().len();
            if n_others == 0 {
                return;
            }
            // Whichever are fewer: what adopters add to the sum so far, or what others lack of the
            // sum of all.
            if adopters.actors().len() <= n_others {
                lanes.each_column(adopters.actors(), sums, |sum, shift| simd.add_u16s(sum, shift));
            } else {
                others.clear();
                for (word, adopted) in adopted[..n.div_ceil(64)].iter().enumerate() {
                    let all = u64::MAX >> (64 * (word + 1)).saturating_sub(n);
                    others.extend_by_word(simd, word, all & !adopted);
                }
                sums.copy_from_slice(S::as_simd_u16s(&lanes.totals).0);
                lanes.each_column(others.actors(), sums, |sum, shift| simd.sub_u16s(sum, shift));
            }
            adopters.clear();
            let per_word = 64 / S::U16_LANES;
            let words = sums.chunks(per_word).zip(needs.chunks(per_word)).zip(&mut adopted);
            for (word, ((sums, needs), adopted)) in words.enumerate() {
                let vectors = sums.iter().zip(needs).rev();
                let reached = vectors.fold(0, |reached, (sum, need)| {
                    let mask = simd.greater_than_or_equal_u16s(*sum, *need);
                    reached << (S::U16_LANES % 64) | bits(&mask, S::U16_LANES)
                });
                adopters.extend_by_word(simd, word, reached & !*adopted);
                *adopted |= reached;
            }
            if adopters.actors().is_empty() {
                return;
            }
            log.adopt(tick, adopters.actors());
        }
    }
}

// The most vectors that stay in registers.
const IN_REGISTERS: usize = 8;

impl Lanes {
    // Changes sums by the columns of these actors.
    #[inline(always)]
    fn each_column<V: bytemuck::Pod>(&self, actors: &[u32], sums: &mut [V], change: impl Fn(V, V) -> V) {
        for (block, sums) in sums.chunks_mut(IN_REGISTERS).enumerate() {
            let first = block * IN_REGISTERS;
            match sums.len() {
                1 => self.in_registers::<V, 1>(first, actors, sums, &change),
                2 => self.in_registers::<V, 2>(first, actors, sums, &change),
                3 => self.in_registers::<V, 3>(first, actors, sums, &change),
                4 => self.in_registers::<V, 4>(first, actors, sums, &change),
                5 => self.in_registers::<V, 5>(first, actors, sums, &change),
                6 => self.in_registers::<V, 6>(first, actors, sums, &change),
                7 => self.in_registers::<V, 7>(first, actors, sums, &change),
                _ => self.in_registers::<V, 8>(first, actors, sums, &change),
            }
        }
    }

    // H vectors from the one at `first` on, which stay in registers from actor to actor.
    #[inline(always)]
    fn in_registers<V: bytemuck::Pod, const H: usize>(
        &self,
        first: usize,
        actors: &[u32],
        sums: &mut [V],
        change: &impl Fn(V, V) -> V,
    ) {
        let Some(sums) = sums.first_chunk_mut::<H>() else { return };
        let mut now = *sums;
        for &actor in actors {
            let column = &self.columns[self.first + actor as usize * self.width..][..self.width];
            let column: &[V] = bytemuck::cast_slice(column);
            let Some(column) = column[first..].first_chunk::<H>() else { return };
            for (now, shift) in now.iter_mut().zip(column) {
                *now = change(*now, *shift);
            }
        }
        *sums = now;
    }
}
