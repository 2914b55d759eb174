//! Cascades of any size: those who have just adopted are taken in turn, each tie once.

use super::order::Order;
use super::reach::{Rows, Shifts};
use super::{Cascade, Log, Need};
use normwave_plan::Draws;
use pulp::{Arch, Simd, WithSimd};

/// Ties by sender.
#[derive(Debug)]
pub(super) struct Queue<'p> {
    arch: Arch,
    rows: Rows<'p>,
    // No sum of pressures on one actor exceeds this.
    strongest: u64,
}

// Ties that are taken together, and what is a short and a long row of them.
const WAVE: usize = 1024;
const SHORT: usize = 16;
const LONG: usize = 128;

// Ties whose needs are looked at together.
const AT_ONCE: usize = 16;

/// How much an actor still needs; 0 once it has adopted.
trait Left: Need + Default {
    /// What is left after what a new adopter adds.
    fn less(self, shift: u32) -> Self;
    /// Whether that is the last of it.
    fn is_met_by(self, shift: u32) -> bool;
    fn is_zero(self) -> bool;
}

macro_rules! left {
    ($($int:ty),*) => {$(
        impl Left for $int {
            #[inline(always)]
            #[expect(clippy::allow_attributes, reason = "not for every width")]
            #[allow(clippy::cast_possible_truncation, trivial_numeric_casts, reason = "no more than before")]
            fn less(self, shift: u32) -> Self {
                u32::from(self).saturating_sub(shift) as $int
            }

            #[inline(always)]
            fn is_met_by(self, shift: u32) -> bool {
                // 0 wraps to the largest number.
                u32::from(self).wrapping_sub(1) < shift
            }

            fn is_zero(self) -> bool {
                self == 0
            }
        }
    )*};
}
left!(u16, u32);

impl Need for u32 {
    const MOST: f64 = 4_294_967_295.0;

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits")]
    fn of(bits: u64) -> u32 {
        bits as u32
    }
}

impl<'p> Queue<'p> {
    pub(super) fn new(n_actors: usize, rows: Rows<'p>) -> Self {
        let most = match &rows.shifts {
            Shifts::Same(shift) => *shift,
            Shifts::Each(shifts) => shifts.iter().copied().max().unwrap_or(0),
        };
        // A sender has one tie to a target at most.
        let longest = rows.targets.len().min(n_actors);
        Queue { arch: Arch::new(), strongest: u64::from(most) * longest as u64, rows }
    }

    /// Whether 32 bits hold more than any sum.
    pub(super) fn fits(&self) -> bool {
        self.strongest < u64::from(u32::MAX)
    }

    pub(super) fn run(&self, cascade: &Cascade<'_>, draws: &Draws, log: &mut Log) {
        let needs = self.arch.dispatch(Needs { cascade, draws });
        let small = |need: &u32| *need < u32::from(u16::MAX) || self.strongest < u64::from(u16::MAX);
        if needs.iter().all(small) {
            let needs = needs.iter().map(|&need| u16::try_from(need).unwrap_or(u16::MAX)).collect();
            self.spread::<u16>(needs, log);
        } else {
            self.spread::<u32>(needs, log);
        }
    }

    fn spread<L: Left>(&self, mut left: Vec<L>, log: &mut Log) {
        let n = left.len();
        let mut order = Order::new(n);
        let mut wave = Wave::new(matches!(self.rows.shifts, Shifts::Each(_)));
        let mut adopters: Vec<u32> = log.adopters().collect();
        let mut first = adopters.clone();
        first.sort_unstable();
        // Who needs nothing adopts at once, unless it has already.
        let mut reached = Reached { actors: vec![0; n + 1], n: 0 };
        for (actor, _) in (0u32..).zip(&left).filter(|(_, left)| left.is_zero()) {
            if first.binary_search(&actor).is_err() {
                reached.actors[reached.n] = actor;
                reached.n += 1;
            }
        }
        adopters.iter().for_each(|&actor| left[actor as usize] = L::default());
        for tick in 0..log.n_ticks {
            match &self.rows.shifts {
                Shifts::Same(1) => self.press(&adopters, |_| 1, &mut wave, &mut left, &mut reached),
                Shifts::Same(shift) => self.press(&adopters, |_| *shift, &mut wave, &mut left, &mut reached),
                Shifts::Each(shifts) => {
                    self.press(&adopters, |tie| shifts[tie as usize], &mut wave, &mut left, &mut reached);
                }
            }
            if reached.n == 0 {
                return;
            }
            adopters.clear();
            adopters.extend_from_slice(&reached.actors[..reached.n]);
            reached.n = 0;
            order.sort(&mut adopters);
            log.adopt(tick, &adopters);
        }
    }

    // Short rows are copied side by side, so that many begin to load at once and no row's end has
    // to be guessed; long ones are taken as they stand.
    #[inline(always)]
    fn press<L: Left>(
        &self,
        adopters: &[u32],
        shift: impl Fn(u32) -> u32,
        wave: &mut Wave,
        left: &mut [L],
        reached: &mut Reached,
    ) {
        let (starts, targets) = (&*self.rows.starts, &*self.rows.targets);
        let mut n = 0;
        for &sender in adopters {
            let (from, until) = (starts[sender as usize] as usize, starts[sender as usize + 1] as usize);
            let length = until - from;
            if length > LONG {
                for (first, part) in (from..until).step_by(WAVE).zip(targets[from..until].chunks(WAVE)) {
                    wave.press(part, |place| shift(tie(first + place)), left, reached);
                }
                continue;
            }
            if n + LONG > WAVE {
                wave.press_copied(n, &shift, left, reached);
                n = 0;
            }
            match (targets[from..].first_chunk::<SHORT>(), wave.targets[n..].first_chunk_mut::<SHORT>()) {
                // The same number from every row.
                (Some(row), Some(copy)) if length <= SHORT => *copy = *row,
                _ => copy_long(&mut wave.targets[n..n + length], &targets[from..until]),
            }
            if wave.weighted {
                (tie(from)..).zip(&mut wave.ties[n..n + length]).for_each(|(idx, tie)| *tie = idx);
            }
            n += length;
        }
        wave.press_copied(n, &shift, left, reached);
    }
}

// Apart, so that the copy of a short row stays one of a known length.
#[inline(never)]
fn copy_long(copy: &mut [u32], row: &[u32]) {
    copy.copy_from_slice(row);
}

#[expect(clippy::cast_possible_truncation, reason = "ties are counted in 32 bits")]
fn tie(idx: usize) -> u32 {
    idx as u32
}

/// Ties that press together.
struct Wave {
    weighted: bool,
    targets: Vec<u32>,
    // Their indices.
    ties: Vec<u32>,
    // Whether each was the last of a need: 1 or 0.
    met: Vec<u8>,
}

impl Wave {
    fn new(weighted: bool) -> Self {
        let ties = vec![0; if weighted { WAVE } else { 0 }];
        Wave { weighted, targets: vec![0; WAVE], ties, met: vec![0; WAVE + AT_ONCE] }
    }

    #[inline(always)]
    fn press_copied<L: Left>(
        &mut self,
        n: usize,
        shift: &impl Fn(u32) -> u32,
        left: &mut [L],
        reached: &mut Reached,
    ) {
        let (targets, ties) = (std::mem::take(&mut self.targets), std::mem::take(&mut self.ties));
        if self.weighted {
            self.press(&targets[..n], |place| shift(ties[place]), left, reached);
        } else {
            self.press(&targets[..n], |_| shift(0), left, reached);
        }
        (self.targets, self.ties) = (targets, ties);
    }

    // In two passes: where the second writes hangs on what it reads, and must not hold up the first.
    #[inline(always)]
    fn press<L: Left>(
        &mut self,
        targets: &[u32],
        shift: impl Fn(usize) -> u32,
        left: &mut [L],
        reached: &mut Reached,
    ) {
        let met = &mut self.met[..targets.len()];
        take_off(targets, shift, left, met);
        self.met[targets.len()..].iter_mut().take(AT_ONCE).for_each(|met| *met = 0);
        reached.n += collect(targets, &self.met, &mut reached.actors[reached.n..]);
    }
}

// On their own, so that all they need stays in registers.
#[inline(never)]
fn take_off<L: Left>(targets: &[u32], shift: impl Fn(usize) -> u32, left: &mut [L], met: &mut [u8]) {
    for (place, (&target, met)) in targets.iter().zip(met).enumerate() {
        let (left, shift) = (&mut left[target as usize], shift(place));
        *met = u8::from(left.is_met_by(shift));
        *left = left.less(shift);
    }
}

// Most needs are not met: many at once are passed over.
#[inline(never)]
fn collect(targets: &[u32], met: &[u8], into: &mut [u32]) -> usize {
    let mut n = 0;
    let parts = met.as_chunks::<AT_ONCE>().0.iter().take(targets.len().div_ceil(AT_ONCE));
    for (first, met) in (0..).step_by(AT_ONCE).zip(parts) {
        let mut met = u128::from_le_bytes(*met);
        while met != 0 {
            into[n] = targets[first + met.trailing_zeros() as usize / 8];
            n += 1;
            met &= met - 1;
        }
    }
    n
}

/// Those who have just met their need.
struct Reached {
    // One more than there can be.
    actors: Vec<u32>,
    n: usize,
}

struct Needs<'r, 'p> {
    cascade: &'r Cascade<'p>,
    draws: &'r Draws,
}

impl WithSimd for Needs<'_, '_> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<u32> {
        let mut needs = vec![0; self.cascade.plan.n_actors()];
        self.cascade.needs(self.draws, &mut needs);
        needs
    }
}
