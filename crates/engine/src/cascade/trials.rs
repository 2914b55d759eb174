//! Independent cascades: each new adopter tries each of its ties once.

use super::Log;
use super::ahead::begin_to_load;
use super::order::{AT_ONCE, List, Order};
use crate::bits::bits;
use normwave_plan::{Chance, Coins, Draws, Plan, Signal, Source, Stream, TieWeights, Weights, coin_of};
use pulp::{Arch, Simd, WithSimd};

/// Ties by sender with their coins. Only the targets of those that win are ever looked at.
#[derive(Debug)]
pub(super) struct Trials<'p> {
    pub(super) arch: Arch,
    // One behind the last ends its row.
    senders: Vec<Sender>,
    targets: &'p [u32],
    chances: Chances,
}

/// Where the row of a sender starts, and its coin: side by side, since they are asked for together.
#[derive(Clone, Copy, Debug)]
struct Sender {
    start: u32,
    coin: u32,
}

#[derive(Debug)]
enum Chances {
    Same(Chance),
    Each(Vec<Chance>),
}

// Wins that are looked at together.
const WAVE: usize = 1024;

// How many rows before its turn a sender begins to load.
const AHEAD: usize = 64;

impl<'p> Trials<'p> {
    /// `None` if more than one block carries adoption.
    pub(super) fn of(plan: &'p Plan) -> Option<Self> {
        let carries =
            |block: &&normwave_plan::Block| block.source == Source::Ties(Signal::Adoption) && block.toward[1];
        let mut blocks = plan.blocks.iter().enumerate().filter(|(_, block)| carries(block));
        let (Some((carrier, block)), None) = (blocks.next(), blocks.next()) else { return None };
        let Weights::Ties { starts, targets, weights } = block.weights.at(0)? else { return None };
        let said = i64::from(plan.support.of(1, 1));
        // As `Plan::convinces` adds up and scales it.
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
        let coins = plan.keys.iter().map(|&key| coin_of(key)).chain([0]);
        let senders = starts.iter().zip(coins).map(|(&start, coin)| Sender { start, coin });
        Some(Trials { arch: Arch::new(), senders: senders.collect(), targets, chances })
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
    fn with_simd<S: Simd>(self, simd: S) {
        let Run { trials, coins, log } = self;
        let n = trials.senders.len() - 1;
        let mut order = Order::new(n);
        let (mut adopters, mut convinced) = (List::new(0), List::new(0));
        adopters.extend(log.adopters());
        adopters.actors().iter().for_each(|&actor| order.has_come(actor));
        let mut won = List::new(WAVE);
        for tick in 0..log.n_ticks {
            let mut settle = |won: &mut List| {
                // Targets lie far apart: first all of them, then what each is.
                won.actors().iter().for_each(|&tie| begin_to_load(trials.targets, tie as usize));
                won.each(|tie| trials.targets[tie as usize]);
                order.come(won.actors());
                won.clear();
            };
            for (place, &sender) in adopters.actors().iter().enumerate() {
                if let Some(&later) = adopters.actors().get(place + AHEAD) {
                    begin_to_load(&trials.senders, later as usize);
                }
                let [Sender { start, coin }, Sender { start: until, .. }] =
                    [0, 1].map(|next| trials.senders[sender as usize + next]);
                let own = coins.of(coin);
                for first in (start..until).step_by(AT_ONCE) {
                    if won.actors().len() + AT_ONCE > WAVE {
                        settle(&mut won);
                    }
                    let ties = std::array::from_fn(|place| first + place as u32);
                    won.extend_marked(simd, trials.throw(simd, own, start, first, until), ties);
                }
            }
            settle(&mut won);
            order.newcomers(&mut convinced);
            if convinced.actors().is_empty() {
                return;
            }
            log.adopt(tick, convinced.actors());
            std::mem::swap(&mut adopters, &mut convinced);
            convinced.clear();
        }
    }
}

impl Trials<'_> {
    // The ties from `first` on, up to `until`, whose throws count, as bits.
    #[inline(always)]
    fn throw<S: Simd>(&self, simd: S, own: Coins, start: u32, first: u32, until: u32) -> u16 {
        let n = AT_ONCE.min((until - first) as usize);
        let throws: [u32; AT_ONCE] = std::array::from_fn(|place| own.throw(first - start + place as u32));
        let counts = match &self.chances {
            Chances::Same(chance) => {
                let Some(largest) = chance.largest() else { return 0 };
                let largest = simd.splat_u32s(largest);
                S::as_simd_u32s(&throws).0.iter().rev().fold(0, |counts, throws| {
                    counts << S::U32_LANES
                        | bits(&simd.less_than_or_equal_u32s(*throws, largest), S::U32_LANES)
                })
            }
            Chances::Each(chances) => {
                let chances = chances[first as usize..][..n].iter().zip(throws).rev();
                chances.fold(0, |counts, (chance, throw)| counts << 1 | u64::from(chance.counts(throw)))
            }
        };
        (counts & ((1 << n) - 1)) as u16
    }
}
