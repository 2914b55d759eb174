//! Independent cascades: each new adopter tries each of its ties once.

use super::Log;
use super::order::Order;
use normwave_plan::{Chance, Coins, Draws, Plan, Signal, Source, Stream, TieWeights, Weights, coin_of_pair};
use pulp::{Arch, Simd, WithSimd};

/// Ties by sender with their coins.
#[derive(Debug)]
pub(super) struct Trials<'p> {
    arch: Arch,
    starts: &'p [u32],
    targets: &'p [u32],
    // The coin of each tie.
    coins: Vec<u32>,
    chances: Chances,
}

#[derive(Debug)]
enum Chances {
    Same(Chance),
    Each(Vec<Chance>),
}

// Ties that are taken together, and how many of a row at once.
const WAVE: usize = 1024;
const AT_ONCE: usize = 16;

impl<'p> Trials<'p> {
    /// `None` if more than one block carries adoption.
    pub(super) fn of(plan: &'p Plan) -> Option<Self> {
        let carries =
            |block: &&normwave_plan::Block| block.source == Source::Ties(Signal::Adoption) && block.toward[1];
        let mut blocks = plan.blocks.iter().enumerate().filter(|(_, block)| carries(block));
        let (Some((carrier, block)), None) = (blocks.next(), blocks.next()) else { return None };
        let Weights::Ties { starts, targets, weights } = block.weights.at(0)? else { return None };
        let said = i64::from(plan.support.of(1, 1));
        // As `Plan::trial` adds up and scales it.
        let chance = |weight: i32| {
            let sum = |block| if block == carrier { i64::from(weight) * said } else { 0 };
            Chance::of(plan.total(1, sum, |_| 1.0) * plan.unit())
        };
        let chances = match weights {
            TieWeights::Same(weight) => Chances::Same(chance(*weight)),
            TieWeights::Each(weights) => {
                Chances::Each(weights.iter().map(|&weight| chance(weight)).collect())
            }
        };
        let mut coins = Vec::with_capacity(targets.len());
        for (row, sender) in starts.windows(2).zip(&plan.keys) {
            let targets = &targets[row[0] as usize..row[1] as usize];
            coins.extend(targets.iter().map(|&target| coin_of_pair(*sender, plan.keys[target as usize])));
        }
        Some(Trials { arch: Arch::new(), starts, targets, coins, chances })
    }

    pub(super) fn run(&self, draws: &Draws, log: &mut Log) {
        self.arch.dispatch(Run { trials: self, coins: draws.coins(Stream::Trial, 1), log });
    }
}

/// One run, under the best instructions that the processor has.
struct Run<'r, 'p> {
    trials: &'r Trials<'p>,
    coins: Coins,
    log: &'r mut Log,
}

impl WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Run { trials, coins, log } = self;
        let n = trials.starts.len() - 1;
        let (mut order, mut adopted) = (Order::new(n), vec![0u64; n.div_ceil(64)]);
        let mut adopters: Vec<u32> = log.adopters().collect();
        adopters.iter().for_each(|&actor| adopted[actor as usize / 64] |= 1 << (actor % 64));
        adopters.sort_unstable();
        let mut wave =
            Wave { coins: vec![0; WAVE], before: vec![0; WAVE], n: 0, won: Vec::with_capacity(WAVE) };
        let mut convinced: Vec<u32> = Vec::with_capacity(n);
        for tick in 0..log.n_ticks {
            let mut settle = |wave: &mut Wave| {
                wave.throw(trials, coins);
                // Targets lie far apart: first all of them, then what each is.
                wave.won.iter_mut().for_each(|tie| *tie = trials.targets[*tie as usize]);
                for target in wave.won.drain(..) {
                    let (word, bit) = (&mut adopted[target as usize / 64], 1 << (target % 64));
                    if *word & bit == 0 {
                        *word |= bit;
                        convinced.push(target);
                    }
                }
            };
            for &sender in &adopters {
                let (mut from, until) = (trials.starts[sender as usize], trials.starts[sender as usize + 1]);
                while from < until {
                    if wave.n + AT_ONCE > WAVE {
                        settle(&mut wave);
                    }
                    from += wave.copy(&trials.coins, from, until);
                }
            }
            settle(&mut wave);
            if convinced.is_empty() {
                return;
            }
            std::mem::swap(&mut adopters, &mut convinced);
            convinced.clear();
            order.sort(&mut adopters);
            log.adopt(tick, &adopters);
        }
    }
}

/// Ties whose coins are thrown together. Rows are copied side by side, so that many begin to load
/// at once.
struct Wave {
    coins: Vec<u32>,
    // What the index of each tie is more than its place here, wrapping.
    before: Vec<u32>,
    n: usize,
    // The ties, and then the targets, of the throws that count.
    won: Vec<u32>,
}

impl Wave {
    // Copies as much of a row as goes at once; returns how many ties.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "at most `WAVE`")]
    fn copy(&mut self, coins: &[u32], from: u32, until: u32) -> u32 {
        let (first, length) = (from as usize, (until - from).min(AT_ONCE as u32));
        let place = self.n..self.n + AT_ONCE;
        if let (Some(row), Some(copy)) =
            (coins[first..].first_chunk::<AT_ONCE>(), self.coins[place.clone()].first_chunk_mut::<AT_ONCE>())
        {
            *copy = *row;
        } else {
            let row = &coins[first..first + length as usize];
            copy_last(&mut self.coins[self.n..self.n + row.len()], row);
        }
        self.before[place].fill(from.wrapping_sub(self.n as u32));
        self.n += length as usize;
        length
    }

    // Lists the ties whose throws count.
    #[inline(always)]
    fn throw(&mut self, trials: &Trials<'_>, thrown: Coins) {
        let n = std::mem::take(&mut self.n);
        let (coins, before) = (&self.coins[..n.next_multiple_of(AT_ONCE)], &self.before);
        let tie = |place: usize| before[place].wrapping_add(u32::try_from(place).unwrap_or(0));
        for (first, coins) in (0..).step_by(AT_ONCE).zip(coins.as_chunks::<AT_ONCE>().0) {
            let mut counts = [0u8; AT_ONCE];
            match &trials.chances {
                Chances::Same(chance) => {
                    let Some(largest) = chance.largest() else { return };
                    for (counts, &coin) in counts.iter_mut().zip(coins) {
                        *counts = u8::from(thrown.throw(coin) <= largest);
                    }
                }
                Chances::Each(chances) => {
                    for (place, counts) in counts.iter_mut().enumerate().take(n - first) {
                        let counted = chances[tie(first + place) as usize].counts(thrown.throw(coins[place]));
                        *counts = u8::from(counted);
                    }
                }
            }
            let mut won = u128::from_le_bytes(counts);
            while won != 0 {
                let place = first + won.trailing_zeros() as usize / 8;
                if place < n {
                    self.won.push(tie(place));
                }
                won &= won - 1;
            }
        }
    }
}

// Apart, so that all other copies are of a known length.
#[cold]
#[inline(never)]
fn copy_last(copy: &mut [u32], row: &[u32]) {
    copy.copy_from_slice(row);
}
