//! What an adopter adds to the balance of each of those whom it reaches.

use normwave_plan::{Plan, Signal, Source, TieWeights, Weights};
use std::borrow::Cow;

/// The balance at first, and how each adopter shifts it.
#[derive(Debug)]
pub(crate) struct Reach<'p> {
    /// P_i1 − P_i0 while nobody has adopted, in units of the plan.
    pub(crate) standing: Vec<f64>,
    /// By how much each tie raises it when the sender adopts, in units of `unit`.
    pub(crate) rows: Rows<'p>,
    /// A power of two.
    pub(crate) unit: f64,
}

/// Ties by sender, targets rising.
#[derive(Debug)]
pub(crate) struct Rows<'p> {
    pub(crate) starts: Cow<'p, [u32]>,
    pub(crate) targets: Cow<'p, [u32]>,
    pub(crate) shifts: Shifts,
}

/// What ties shift.
#[derive(Debug)]
pub(crate) enum Shifts {
    /// The same for every tie.
    Same(u32),
    /// One per tie.
    Each(Vec<u32>),
}

impl Rows<'_> {
    pub(crate) fn row(&self, sender: usize) -> impl Iterator<Item = (u32, u32)> + '_ {
        let range = self.starts[sender] as usize..self.starts[sender + 1] as usize;
        let shift = move |idx: usize| match &self.shifts {
            Shifts::Same(shift) => *shift,
            Shifts::Each(shifts) => shifts[idx],
        };
        range.map(move |idx| (self.targets[idx], shift(idx)))
    }
}

impl<'p> Reach<'p> {
    /// `None` if some adopter lowers a balance, or if shifts do not fit 32 bits.
    pub(crate) fn of(plan: &'p Plan) -> Option<Self> {
        let n = plan.n_actors();
        if !is_exact(plan) {
            return None;
        }
        let heard = [Signal::Advocacy, Signal::Adoption].map(|signal| Said::of(plan, signal));
        let standing = standing(plan, &heard);
        let ties = |block: &'p normwave_plan::Block| match (block.source, block.weights.at(0)) {
            (Source::Ties(signal), Some(weights @ Weights::Ties { starts, targets, weights: own })) => {
                let heard = &heard[signal as usize];
                let shift = |sender: usize| {
                    let change =
                        |k| if block.toward[k] { heard.at(1, sender, k) - heard.at(0, sender, k) } else { 0 };
                    change(1) - change(0)
                };
                let n_kinds = if heard.all_alike() { n.min(1) } else { n };
                Some((weights, starts, targets, own, (0..n_kinds).map(shift).collect::<Vec<i64>>()))
            }
            _ => None,
        };
        let blocks: Vec<_> = plan.blocks.iter().filter_map(ties).collect();
        // One block whose senders all count alike is used as it stands.
        if let [(_, starts, targets, TieWeights::Same(weight), shifts)] = &blocks[..]
            && let Some(&shift) = shifts.first()
            && shifts.iter().all(|&other| other == shift)
            && shift.checked_mul(i64::from(*weight)).is_some_and(|shift| shift > 0)
        {
            let shift = u64::try_from(shift * i64::from(*weight)).ok()?;
            let unit = 1u64 << shift.trailing_zeros();
            let shifts = Shifts::Same(u32::try_from(shift / unit).ok()?);
            let rows = Rows { starts: starts.as_slice().into(), targets: targets.as_slice().into(), shifts };
            return Some(Reach { standing, rows, unit: as_f64(unit) });
        }
        // Else the blocks are added up, sender by sender.
        let (mut starts, mut targets, mut sums) = (vec![0u32], Vec::new(), Vec::new());
        let mut into = vec![0i64; n];
        for sender in 0..n {
            let mut reached: Vec<u32> = Vec::new();
            let counts = |shifts: &[i64]| shifts.get(sender).or(shifts.first()).copied().unwrap_or(0);
            for (weights, .., shifts) in blocks.iter().filter(|block| counts(&block.4) != 0) {
                for (target, weight) in weights.row(u32::try_from(sender).ok()?) {
                    reached.push(target);
                    into[target as usize] += counts(shifts) * i64::from(weight);
                }
            }
            reached.sort_unstable();
            reached.dedup();
            for target in reached {
                let sum = std::mem::take(&mut into[target as usize]);
                if sum != 0 {
                    targets.push(target);
                    sums.push(u64::try_from(sum).ok()?);
                }
            }
            starts.push(u32::try_from(targets.len()).ok()?);
        }
        let unit = 1u64 << sums.iter().fold(0, |all, sum| all | sum).trailing_zeros().min(40);
        let shifts: Option<Vec<u32>> = sums.iter().map(|sum| u32::try_from(sum / unit).ok()).collect();
        let rows = Rows { starts: starts.into(), targets: targets.into(), shifts: Shifts::Each(shifts?) };
        Some(Reach { standing, rows, unit: as_f64(unit) })
    }
}

/// Whether all blocks together keep within 53 bits, as `Plan::check` proves of each.
pub(crate) fn is_exact(plan: &Plan) -> bool {
    if plan.blocks.len() < 2 {
        return true;
    }
    let mut into = vec![0u64; plan.n_actors()];
    for weights in plan.blocks.iter().filter_map(|block| block.weights.at(0)) {
        match weights {
            Weights::Internal(own) => {
                into.iter_mut().zip(own).for_each(|(sum, own)| *sum += own.unsigned_abs())
            }
            Weights::Ties { targets, weights, .. } => {
                for (idx, &target) in targets.iter().enumerate() {
                    into[target as usize] += u64::from(weights.of(idx).unsigned_abs());
                }
            }
        }
    }
    into.iter().all(|&sum| sum < 1 << 39)
}

#[expect(clippy::cast_precision_loss, reason = "a power of two")]
fn as_f64(unit: u64) -> f64 {
    unit as f64
}

/// ŷ of every sender while all hold 0 and while all hold 1: each says only what it holds.
struct Said {
    // ŷ_jk at `j * 2 + k`; of one sender if all say the same.
    while_all_hold: [Vec<u32>; 2],
}

impl Said {
    fn of(plan: &Plan, signal: Signal) -> Self {
        let n = plan.n_actors();
        let heard = plan.blocks.iter().any(|block| block.source == Source::Ties(signal));
        let alike = signal == Signal::Adoption || plan.stances.follows.is_empty();
        let n_kinds = if !heard {
            0
        } else if alike {
            n.min(1)
        } else {
            n
        };
        let while_all_hold = [0, 1].map(|held| {
            let hears_advocacy = heard && signal == Signal::Advocacy;
            let advocacy = if hears_advocacy { plan.own_advocacy(0, &vec![held; n]) } else { Vec::new() };
            let mut said = vec![0; 2 * n_kinds];
            for (j, said) in said.chunks_exact_mut(2).enumerate() {
                plan.heard(signal, j, held, true, &advocacy, said);
            }
            said
        });
        Said { while_all_hold }
    }

    fn all_alike(&self) -> bool {
        self.while_all_hold[0].len() <= 2
    }

    fn at(&self, held: usize, sender: usize, k: usize) -> i64 {
        let said = &self.while_all_hold[held];
        i64::from(said[if said.len() <= 2 { k } else { sender * 2 + k }])
    }
}

#[expect(clippy::cast_precision_loss, reason = "sums are below 2⁵³, as `Plan::check` proves")]
fn standing(plan: &Plan, heard: &[Said; 2]) -> Vec<f64> {
    let n = plan.n_actors();
    let mut balance = vec![0i64; n];
    for block in &plan.blocks {
        let way = |k: usize| i64::from(block.toward[k]);
        match (block.source, block.weights.at(0)) {
            (_, None) => {}
            (_, Some(Weights::Internal(own))) => {
                for (balance, own) in balance.iter_mut().zip(own) {
                    *balance += (way(1) - way(0)) * own * i64::from(normwave_plan::SIGNAL_ONE);
                }
            }
            (Source::Internal, Some(Weights::Ties { .. })) => {}
            (Source::Ties(signal), Some(weights)) => {
                let heard = &heard[signal as usize];
                for (sender, j) in (0u32..).zip(0..n) {
                    let push = way(1) * heard.at(0, j, 1) - way(0) * heard.at(0, j, 0);
                    if push != 0 {
                        weights
                            .row(sender)
                            .for_each(|(to, weight)| balance[to as usize] += push * i64::from(weight));
                    }
                }
            }
        }
    }
    balance.into_iter().map(|balance| balance as f64).collect()
}
