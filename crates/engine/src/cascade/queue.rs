//! Cascades of any size: those who have just adopted are taken in turn, each tie once.

use super::ahead::{begin_to_load_first_rows, begin_to_load_rows};
use super::order::{AT_ONCE, List, Order, one_bit_each};
use super::reach::{Rows, Shifts};
use super::{Cascade, Log, Need};
use normwave_memory::long_list;
use normwave_plan::Draws;
use pulp::{Arch, Simd, WithSimd};

/// Ties by sender.
#[derive(Debug)]
pub(super) struct Queue<'p> {
    pub(super) arch: Arch,
    rows: Rows<'p>,
    // No sum of pressures on one actor exceeds this.
    strongest: u64,
    // From how many actors on needs come in portions.
    many: usize,
    // Where every replicate has the same.
    pub(super) needs: Option<Needs>,
}

/// How much each actor needs, in as little space as that takes; a last one needs nothing.
#[derive(Debug)]
pub(super) enum Needs {
    /// Among many, where every tie takes off 1: up to `PORTION`, and what comes then.
    Portions(Vec<u8>, Portions),
    Short(Vec<u16>),
    Long(Vec<u32>),
}

/// What the others of a need's portions are.
#[derive(Clone, Debug, Default)]
pub(super) struct Portions {
    // How many are left.
    left: Vec<u8>,
    // A bit for each who has any left, so that not everybody's byte is looked up.
    any: Vec<u64>,
}

/// From how many actors on a counter of one byte that is looked after makes up for the time that one of
/// two bytes waits, since a million bytes fill the nearest caches.
pub(super) const MANY: usize = 1 << 19;

// Ties that are taken together, and senders at most, each of which takes a target once.
const WAVE: usize = 1024;
const SENDERS: usize = 128;

// Before a portion is refilled as many senders may have taken too much as a wave has, and that still
// tells a byte from one that is used up.
const PORTION: u8 = 128;

/// How much an actor still needs. Once that is met it means nothing and may be met again.
trait Left: Copy + PartialEq + From<u8> {
    /// Whether needs come in portions.
    const IN_PORTIONS: bool;

    /// What is left after what a new adopter adds.
    fn less(self, shift: u32) -> Self;
    /// Whether that is the last of it.
    fn is_met_by(self, shift: u32) -> bool;
    /// With another portion.
    fn with_portion(self) -> Self;
}

macro_rules! left {
    ($($int:ty, $in_portions:expr;)*) => {$(
        impl Left for $int {
            const IN_PORTIONS: bool = $in_portions;

            #[inline(always)]
            #[expect(clippy::allow_attributes, reason = "not for every width")]
            #[allow(clippy::cast_possible_truncation, trivial_numeric_casts, reason = "what wraps is met")]
            fn less(self, shift: u32) -> Self {
                self.wrapping_sub(shift as $int)
            }

            #[inline(always)]
            fn is_met_by(self, shift: u32) -> bool {
                // 0 wraps to the largest number.
                u32::from(self).wrapping_sub(1) < shift
            }

            #[inline(always)]
            fn with_portion(self) -> Self {
                self.wrapping_add(PORTION.into())
            }
        }
    )*};
}
left!(u8, true; u16, false; u32, false;);

// A need of 1 or more, as what is left of the first portion and the number of others.
fn in_portions(need: u16) -> Option<(u8, u8)> {
    let Some(beyond_one) = need.checked_sub(1) else { return Some((0, 0)) };
    let (others, first) = (beyond_one / u16::from(PORTION), beyond_one % u16::from(PORTION) + 1);
    Some((u8::try_from(first).ok()?, u8::try_from(others).ok()?))
}

impl Need for u32 {
    const MOST: f64 = 4_294_967_295.0;

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits")]
    fn of(bits: u64) -> u32 {
        bits as u32
    }
}

impl<'p> Queue<'p> {
    pub(super) fn new(n_actors: usize, rows: Rows<'p>, many: usize) -> Self {
        let most = match &rows.shifts {
            Shifts::Same(shift) => *shift,
            Shifts::Each(shifts) => shifts.iter().copied().max().unwrap_or(0),
        };
        // A sender has one tie to a target at most.
        let longest = rows.targets.len().min(n_actors);
        Queue { arch: Arch::new(), strongest: u64::from(most) * longest as u64, many, rows, needs: None }
    }

    /// Whether 32 bits hold more than any sum.
    pub(super) fn fits(&self) -> bool {
        self.strongest < u64::from(u32::MAX)
    }

    pub(super) fn run(&self, cascade: &Cascade<'_>, draws: &Draws, log: &mut Log) {
        self.arch.dispatch(Run { queue: self, cascade, draws, log });
    }
}

/// One run, under the best instructions that the processor has.
struct Run<'r, 'p> {
    queue: &'r Queue<'p>,
    cascade: &'r Cascade<'p>,
    draws: &'r Draws,
    log: &'r mut Log,
}

impl WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Run { queue, cascade, draws, log } = self;
        let drawn;
        let needs = match &queue.needs {
            Some(needs) => needs,
            None => {
                drawn = queue.needs(cascade, draws);
                &drawn
            }
        };
        match needs {
            Needs::Portions(needs, portions) => queue.spread(needs, portions.clone(), log),
            Needs::Short(needs) => queue.spread(needs, Portions::default(), log),
            Needs::Long(needs) => queue.spread(needs, Portions::default(), log),
        }
    }
}

impl Queue<'_> {
    #[inline(always)]
    pub(super) fn needs(&self, cascade: &Cascade<'_>, draws: &Draws) -> Needs {
        let n = cascade.plan.n_actors();
        let mut needs = vec![0u16; n + 1];
        cascade.needs(draws, &mut needs[..n]);
        if self.strongest < u64::from(u16::MAX) || needs.iter().all(|&need| need < u16::MAX) {
            let in_portions =
                || needs.iter().map(|&need| in_portions(need)).collect::<Option<(Vec<u8>, Vec<u8>)>>();
            let suits = n >= self.many && matches!(self.rows.shifts, Shifts::Same(1));
            return match suits.then(in_portions).flatten() {
                Some((needs, others)) => Needs::Portions(needs, Portions::new(others)),
                None => Needs::Short(needs),
            };
        }
        let mut needs = vec![0u32; n + 1];
        cascade.needs(draws, &mut needs[..n]);
        Needs::Long(needs)
    }

    // After what each actor still needs follows a 0: the target of what only fills up.
    #[inline(always)]
    fn spread<L: Left>(&self, needs: &[L], mut portions: Portions, log: &mut Log) {
        let n = needs.len() - 1;
        let mut left = long_list(needs.len());
        left.extend_from_slice(needs);
        let (mut adopters, mut reached) = (List::new(0), List::new(0));
        adopters.extend(log.adopters());
        let mut order = Order::new(needs.len());
        adopters.actors().iter().for_each(|&actor| order.has_come(actor));
        order.has_come(u32::try_from(n).unwrap_or(u32::MAX));
        // Who needs nothing adopts at once.
        for (first, needs) in (0u32..).step_by(64).zip(needs[..n].chunks(64)) {
            if needs.contains(&L::from(0)) {
                let nothing = (first..).zip(needs).filter(|(_, need)| **need == L::from(0));
                reached.extend(nothing.map(|(actor, _)| actor));
            }
        }
        let mut wave = Wave { targets: [0; WAVE], shifts: [0; WAVE], met: [[0; AT_ONCE]; WAVE / AT_ONCE] };
        for tick in 0..log.n_ticks {
            if matches!(self.rows.shifts, Shifts::Each(_)) {
                self.press::<L, true>(adopters.actors(), &mut wave, &mut left, &mut portions, &mut reached);
            } else {
                self.press::<L, false>(adopters.actors(), &mut wave, &mut left, &mut portions, &mut reached);
            }
            order.come(reached.actors());
            reached.clear();
            order.newcomers(&mut reached);
            if reached.actors().is_empty() {
                return;
            }
            begin_to_load_first_rows(reached.actors(), &self.rows.starts, &self.rows.targets);
            log.adopt(tick, reached.actors());
            std::mem::swap(&mut adopters, &mut reached);
            reached.clear();
        }
    }

    // Rows are copied side by side, so that no processor has to guess where each of them ends. Where all
    // ties shift the same, and not `EACH` by a number of its own, more of this stays in registers.
    #[inline(always)]
    fn press<L: Left, const EACH: bool>(
        &self,
        adopters: &[u32],
        wave: &mut Wave,
        left: &mut [L],
        portions: &mut Portions,
        reached: &mut List,
    ) {
        let Rows { starts, targets, shifts } = &self.rows;
        let (starts, targets): (&[u32], &[u32]) = (starts, targets);
        // Ties of the wave so far, and its senders, the present one among them.
        let (mut n, mut n_senders) = (0, 0);
        for (place, &sender) in adopters.iter().enumerate() {
            begin_to_load_rows(adopters, place, starts, targets);
            let (mut from, until) = (starts[sender as usize] as usize, starts[sender as usize + 1] as usize);
            n_senders += 1;
            while from < until {
                if n + AT_ONCE > WAVE || (L::IN_PORTIONS && n_senders > SENDERS) {
                    wave.press(n, self.arch, shifts, left, portions, reached);
                    (n, n_senders) = (0, 1);
                }
                copy(&targets[from..], &mut wave.targets[n..]);
                if EACH && let Shifts::Each(shifts) = shifts {
                    copy(&shifts[from..], &mut wave.shifts[n..]);
                }
                let copied = AT_ONCE.min(until - from);
                from += copied;
                n += copied;
            }
        }
        wave.press(n, self.arch, shifts, left, portions, reached);
    }
}

// As many from every row, as far as there are any, whether they count or not.
#[inline(always)]
fn copy(row: &[u32], into: &mut [u32]) {
    if let (Some(row), Some(into)) = (row.first_chunk::<AT_ONCE>(), into.first_chunk_mut::<AT_ONCE>()) {
        *into = *row;
    } else {
        copy_last(row, into);
    }
}

// Apart, so that all other copies are of a known length.
#[cold]
#[inline(never)]
fn copy_last(row: &[u32], into: &mut [u32]) {
    into[..row.len()].copy_from_slice(row);
}

/// Ties that press together.
struct Wave {
    targets: [u32; WAVE],
    // What each shifts, unless all shift the same.
    shifts: [u32; WAVE],
    // Whether each was the last of a need: 1 or 0.
    met: [[u8; AT_ONCE]; WAVE / AT_ONCE],
}

impl Wave {
    // The first `n`, in two passes: where the second writes hangs on what it reads, and must not hold up
    // the first. On its own, so that the copying of rows keeps its registers.
    #[inline(never)]
    fn press<L: Left>(
        &mut self,
        n: usize,
        arch: Arch,
        shifts: &Shifts,
        left: &mut [L],
        portions: &mut Portions,
        reached: &mut List,
    ) {
        let n_before = reached.actors().len();
        let nobody = u32::try_from(left.len() - 1).unwrap_or(u32::MAX);
        let filled = n.next_multiple_of(AT_ONCE);
        self.targets[n..filled].fill(nobody);
        let (targets, _) = self.targets[..filled].as_chunks();
        let (shift_of, _) = self.shifts.as_chunks::<AT_ONCE>();
        match shifts {
            Shifts::Same(1) => take_off(targets, |_, _| 1, left, &mut self.met),
            Shifts::Same(shift) => take_off(targets, |_, _| *shift, left, &mut self.met),
            Shifts::Each(_) => take_off(targets, |part, place| shift_of[part][place], left, &mut self.met),
        }
        arch.dispatch(Collect { targets, met: &self.met, reached });
        if L::IN_PORTIONS {
            reached.keep_from(n_before, |actor| !portions.refill(left, actor as usize));
        }
    }
}

impl Portions {
    fn new(left: Vec<u8>) -> Self {
        let mut any = vec![0; left.len().div_ceil(64)];
        left.iter()
            .enumerate()
            .for_each(|(actor, &left)| any[actor / 64] |= u64::from(left > 0) << (actor % 64));
        Portions { left, any }
    }

    // Gives somebody whose byte is used up another portion, if there is one.
    #[inline(always)]
    fn refill<L: Left>(&mut self, bytes: &mut [L], actor: usize) -> bool {
        let (word, bit) = (&mut self.any[actor / 64], 1 << (actor % 64));
        if *word & bit == 0 {
            return false;
        }
        let left = &mut self.left[actor];
        *left -= 1;
        *word ^= u64::from(*left == 0) << (actor % 64);
        bytes[actor] = bytes[actor].with_portion();
        true
    }
}

// On their own, so that all they need stays in registers.
#[inline(never)]
fn take_off<L: Left>(
    targets: &[[u32; AT_ONCE]],
    shift: impl Fn(usize, usize) -> u32,
    left: &mut [L],
    met: &mut [[u8; AT_ONCE]],
) {
    for (part, (targets, met)) in targets.iter().zip(met).enumerate() {
        for (place, (&target, met)) in targets.iter().zip(met).enumerate() {
            let (left, shift) = (&mut left[target as usize], shift(part, place));
            *met = u8::from(left.is_met_by(shift));
            *left = left.less(shift);
        }
    }
}

/// Those who have just had enough, gathered under the best instructions.
struct Collect<'r> {
    targets: &'r [[u32; AT_ONCE]],
    met: &'r [[u8; AT_ONCE]],
    reached: &'r mut List,
}

impl WithSimd for Collect<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        self.reached.make_room(self.targets.len() * AT_ONCE);
        for (targets, met) in self.targets.iter().zip(self.met) {
            let (met, _) = met.as_chunks();
            let met = one_bit_each(met[0]) | one_bit_each(met[1]) << 8;
            self.reached.extend_marked(simd, met, *targets);
        }
    }
}
