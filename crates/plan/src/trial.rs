//! Trials: each new adopter tries once to convince those whom it reaches (MODEL §6).

use crate::{Block, Chance, Draws, Plan, Position, Signal, Source, Stream, Tick, Weights, coin_of};
use std::ops::Range;

impl Plan {
    /// Those whom a new adopter of `k` convinces, rising. It tries each of its ties in blocks that hear
    /// adoption and push toward `k`, with the probability min(1, their moderated pressure toward `k`).
    ///
    /// The coin belongs to the sender, the position and the number of the tie among all that the sender
    /// ever has in blocks that hear adoption and push toward a new position, targets rising; where a
    /// hatch gives ties, to the number of the target. It is the same at every tick.
    ///
    /// `hatched` has the weights of hatches, one entry per block; `gain` gives the gain of a program
    /// toward `k` on a target. A sender to whom the norm does not apply convinces nobody.
    #[must_use]
    pub fn convinces(
        &self,
        tick: Tick,
        draws: &Draws,
        sender: u32,
        k: Position,
        hatched: &[Option<Weights>],
        gain: impl Fn(usize, u32) -> f64,
    ) -> Vec<u32> {
        if !self.present_at(tick)[sender as usize] {
            return Vec::new();
        }
        let numbers = self.tie_numbers(sender);
        let coins = draws.coins(Stream::Trial, k.into()).of(coin_of(self.keys[sender as usize]));
        let said = i64::from(self.support.of(k, k));
        let mut reached = self.reached(tick, sender, k, hatched);
        reached.retain(|&target| {
            let tie = |idx: usize| {
                let block = &self.blocks[idx];
                if block.source != Source::Ties(Signal::Adoption) {
                    return 0;
                }
                let weights = hatched[idx].as_ref().or_else(|| block.weights.at(tick));
                let mut row = weights.into_iter().flat_map(|weights| weights.row(sender));
                row.find(|tie| tie.0 == target).map_or(0, |tie| i64::from(tie.1) * said)
            };
            let probability = self.total(k, tie, |program| gain(program, target)) * self.unit();
            let number = match &numbers {
                Some(numbers) => {
                    let number = numbers.binary_search(&target).unwrap_or_else(|behind| behind);
                    u32::try_from(number).unwrap_or(u32::MAX)
                }
                None => target,
            };
            Chance::of(probability).counts(coins.throw(number))
        });
        reached
    }

    // The targets of the ties of a sender in all blocks that hear adoption and push toward `k`, rising.
    fn reached(&self, tick: Tick, sender: u32, k: Position, hatched: &[Option<Weights>]) -> Vec<u32> {
        let carry = |idx: &usize| self.blocks[*idx].carries_adoption(k..k + 1);
        let at = |idx: usize| hatched[idx].as_ref().or_else(|| self.blocks[idx].weights.at(tick));
        targets(sender, (0..self.blocks.len()).filter(carry).filter_map(at))
    }

    // The targets of all ties that a sender ever tries, rising; `None` where a hatch gives them.
    fn tie_numbers(&self, sender: u32) -> Option<Vec<u32>> {
        let n_positions = u8::try_from(self.n_positions).unwrap_or(u8::MAX);
        let carriers = || self.blocks.iter().filter(|block| block.carries_adoption(1..n_positions));
        let all = || carriers().flat_map(|block| block.weights.steps()).map(|(_, weights)| weights);
        carriers().all(|block| block.hatch.is_none()).then(|| targets(sender, all()))
    }

    /// The position that one who holds `held` takes when new adopters have convinced it of some: the
    /// open one nearest to what it holds, then the lower.
    #[must_use]
    pub fn convinced(held: Position, of: &[Position], open: &[bool]) -> Option<Position> {
        let open = of.iter().copied().filter(|&k| k != held && open[usize::from(k)]);
        open.min_by_key(|&k| (k.abs_diff(held), k))
    }
}

impl Block {
    // Whether adoption presses through it toward one of these positions.
    fn carries_adoption(&self, toward: Range<Position>) -> bool {
        let pushes = self.toward.get(usize::from(toward.start)..usize::from(toward.end));
        self.source == Source::Ties(Signal::Adoption) && pushes.is_some_and(|pushes| pushes.contains(&true))
    }
}

fn targets<'w>(sender: u32, weights: impl Iterator<Item = &'w Weights>) -> Vec<u32> {
    let mut targets: Vec<u32> = weights.flat_map(|weights| weights.row(sender)).map(|tie| tie.0).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Steps, key_of};

    // Actor 0 reaches all others with a pressure of `weight` tenths.
    fn plan(n: u32, weight: i32) -> Plan {
        let mut plan = Plan::bare((0..n).map(|i| key_of(&i.to_string())).collect(), 2, 5);
        plan.quantum = 0.1;
        let ties = (1..n).map(|i| (0, i, weight)).collect();
        plan.blocks.push(Block {
            source: Source::Ties(Signal::Adoption),
            toward: vec![false, true],
            gains: Vec::new(),
            weights: Steps::constant(Weights::from_ties(n as usize, ties)),
            hatch: None,
        });
        plan
    }

    fn convinced(plan: &Plan, tick: Tick, gain: f64) -> u32 {
        let won = plan.convinces(tick, &Draws::new(6, 0), 0, 1, &[None], |_, _| gain);
        u32::try_from(won.len()).unwrap()
    }

    #[test]
    fn a_trial_succeeds_as_often_as_the_pressure_says() {
        let n = 10_000u32;
        let error = (0.3 * 0.7 * f64::from(n)).sqrt();
        let found = convinced(&plan(n + 1, 3), 0, 1.0);
        assert!((f64::from(found) - 3000.0).abs() < 4.0 * error, "{found}");
        assert_eq!(convinced(&plan(50, 12), 0, 1.0), 49, "more than 1 is certain");
        assert_eq!(convinced(&plan(50, -3), 0, 1.0), 0);
    }

    #[test]
    fn one_who_is_convinced_of_several_takes_the_nearest_that_is_open() {
        let all = [true; 5];
        assert_eq!(Plan::convinced(2, &[4, 1, 3, 2], &all), Some(1));
        assert_eq!(Plan::convinced(2, &[4, 1, 3], &[true, false, true, true, true]), Some(3));
        assert_eq!(Plan::convinced(2, &[2], &all), None);
        assert_eq!(Plan::convinced(2, &[], &all), None);
    }

    #[test]
    fn the_coin_of_a_tie_is_the_same_at_every_tick() {
        let mut plan = plan(200, 5);
        let all = |plan: &Plan, tick| plan.convinces(tick, &Draws::new(6, 0), 0, 1, &[None], |_, _| 1.0);
        let first = all(&plan, 0);
        assert_eq!(all(&plan, 4), first);
        // Also once every other tie has gone.
        let rest: Vec<_> = (1..200).step_by(2).map(|i| (0, i, 5)).collect();
        plan.blocks[0].weights.push(3, Weights::from_ties(200, rest));
        assert_eq!(all(&plan, 0), first);
        let odd: Vec<u32> = first.into_iter().filter(|i| i % 2 == 1).collect();
        assert!(odd.len() > 30);
        assert_eq!(all(&plan, 4), odd);
    }

    #[test]
    fn gains_turn_the_chance_and_blocks_that_push_elsewhere_do_not_count() {
        let mut plan = plan(2000, 2);
        plan.blocks[0].gains = vec![0];
        let (neutral, doubled) = (convinced(&plan, 0, 1.0), convinced(&plan, 0, 2.0));
        assert!(doubled > neutral && convinced(&plan, 0, 0.0) == 0);
        plan.blocks.push(Block { toward: vec![true, false], ..plan.blocks[0].clone() });
        plan.blocks.push(Block { source: Source::Ties(Signal::Advocacy), ..plan.blocks[0].clone() });
        let none = [None, None, None];
        let found = plan.convinces(0, &Draws::new(6, 0), 0, 1, &none, |_, _| 1.0);
        assert_eq!(found.len(), neutral as usize);
    }
}
