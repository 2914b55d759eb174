//! Sums over those who hold a position.

use super::Ties;
use super::lanes::Lane;
use normwave_plan::Position;
use pulp::Simd;

/// The weights of sets of ties, sender by sender.
#[derive(Debug)]
pub(super) struct Tallies<L> {
    n_actors: usize,
    // The number of actors, rounded up to whole vectors.
    width: usize,
    // W_ji at `first + (set * n_actors + j) * width + i`, from the first whole line of memory on: a
    // vector that lies in two is read twice.
    columns: Vec<L>,
    first: usize,
    n_sets: usize,
}

// Bytes that a cache loads at once.
const LINE: usize = 64;

// Vectors that stay in registers while movers' columns are added.
const AT_ONCE: usize = 8;

impl<L: Lane> Tallies<L> {
    /// From sender, target and weight; `None` if sums do not fit.
    pub(super) fn new(n_actors: usize, width: usize, sets: &[Ties]) -> Option<Self> {
        let per_line = LINE / size_of::<L>();
        let mut columns = vec![L::default(); sets.len() * n_actors * width + per_line];
        let first = columns.as_ptr().align_offset(LINE).min(per_line);
        for (ties, columns) in sets.iter().zip(columns[first..].chunks_exact_mut(n_actors * width)) {
            let mut most = vec![0i64; n_actors];
            for &(sender, target, weight) in ties {
                let cell = &mut columns[sender as usize * width + target as usize];
                let before: f64 = (*cell).into();
                #[expect(clippy::cast_possible_truncation, reason = "a whole number")]
                let sum = (before as i64).checked_add(weight)?;
                *cell = L::new(sum)?;
                let most = &mut most[target as usize];
                *most = most.checked_add(weight.checked_abs()?).filter(|&most| most <= L::MOST)?;
            }
        }
        Some(Tallies { n_actors, width, columns, first, n_sets: sets.len() })
    }

    /// Σ_j W_ji over those who hold position m of `n_tallied`, at
    /// `(set * n_tallied + m − 1) * width + i`, while nobody does.
    pub(super) fn of_nobody(&self, n_tallied: usize) -> Vec<L> {
        vec![L::default(); self.n_sets * self.width * n_tallied]
    }

    /// Adds the columns of those who come to hold a position to its tallies, and takes the columns of
    /// those who have gone off them.
    #[inline(always)]
    pub(super) fn shift<S: Simd>(
        &self,
        simd: S,
        position: Position,
        n_tallied: usize,
        come: &[u32],
        gone: &[u32],
        tallies: &mut [L],
    ) {
        if come.is_empty() && gone.is_empty() {
            return;
        }
        let sets = self.columns[self.first..].chunks_exact(self.n_actors * self.width).take(self.n_sets);
        let tallies = tallies.chunks_exact_mut(self.width).skip(usize::from(position) - 1).step_by(n_tallied);
        for (columns, tally) in sets.zip(tallies) {
            let per_vector = size_of::<L::Vector<S>>() / size_of::<L>();
            let strip = AT_ONCE * per_vector;
            for (idx, tally) in tally.chunks_mut(strip).enumerate() {
                let columns = Strip { columns, width: self.width, from: idx * strip };
                match tally.len() / per_vector {
                    8 => columns.shift::<S, 8>(simd, come, gone, tally),
                    7 => columns.shift::<S, 7>(simd, come, gone, tally),
                    6 => columns.shift::<S, 6>(simd, come, gone, tally),
                    5 => columns.shift::<S, 5>(simd, come, gone, tally),
                    4 => columns.shift::<S, 4>(simd, come, gone, tally),
                    3 => columns.shift::<S, 3>(simd, come, gone, tally),
                    2 => columns.shift::<S, 2>(simd, come, gone, tally),
                    _ => columns.shift::<S, 1>(simd, come, gone, tally),
                }
            }
        }
    }
}

/// Some vectors of each column, from a place on.
struct Strip<'c, L> {
    columns: &'c [L],
    width: usize,
    from: usize,
}

impl<L: Lane> Strip<'_, L> {
    #[inline(always)]
    fn shift<S: Simd, const H: usize>(&self, simd: S, come: &[u32], gone: &[u32], tally: &mut [L]) {
        let n_lanes = tally.len();
        let column = |mover: u32| {
            let column = &self.columns[mover as usize * self.width + self.from..][..n_lanes];
            L::vectors::<S>(column).first_chunk::<H>()
        };
        let Some(sums) = L::vectors_mut::<S>(tally).first_chunk_mut::<H>() else { return };
        let mut now = *sums;
        for column in come.iter().filter_map(|&mover| column(mover)) {
            now.iter_mut().zip(column).for_each(|(now, column)| *now = L::add(simd, *now, *column));
        }
        for column in gone.iter().filter_map(|&mover| column(mover)) {
            now.iter_mut().zip(column).for_each(|(now, column)| *now = L::sub(simd, *now, *column));
        }
        *sums = now;
    }
}
