//! Trials: each new adopter tries once to convince those whom it reaches (MODEL §6).

use crate::{Chance, Draws, Plan, Position, Signal, Source, Stream, Tick, Weights, coin_of_pair};

impl Plan {
    /// Those whom a sender reaches by what it adopted, rising: the targets of its ties in all
    /// blocks that hear adoption and push toward `k`.
    ///
    /// `hatched` has the weights of hatches, one entry per block.
    #[must_use]
    pub fn reached(&self, tick: Tick, sender: u32, k: Position, hatched: &[Option<Weights>]) -> Vec<u32> {
        let mut targets = Vec::new();
        for (idx, block) in self.blocks.iter().enumerate() {
            if block.source == Source::Ties(Signal::Adoption) && block.toward[usize::from(k)] {
                let weights = hatched[idx].as_ref().or_else(|| block.weights.at(tick));
                targets.extend(weights.into_iter().flat_map(|weights| weights.row(sender)).map(|tie| tie.0));
            }
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// Whether a new adopter of `k` convinces a target: with the probability min(1, the moderated
    /// pressure of its ties to the target toward `k`), by a coin that belongs to the pair and the
    /// position, whatever the tick.
    ///
    /// `gain` gives the gain of a program toward `k` on the target. Only blocks that hear adoption
    /// count, and only a sender to whom the norm applies.
    #[must_use]
    pub fn trial(
        &self,
        tick: Tick,
        draws: &Draws,
        (sender, target): (u32, u32),
        k: Position,
        hatched: &[Option<Weights>],
        gain: impl Fn(usize) -> f64,
    ) -> bool {
        if !self.present_at(tick)[sender as usize] {
            return false;
        }
        let said = i64::from(self.support.of(k, k));
        let tie = |idx: usize| {
            let block = &self.blocks[idx];
            if block.source != Source::Ties(Signal::Adoption) {
                return 0;
            }
            let weights = hatched[idx].as_ref().or_else(|| block.weights.at(tick));
            let mut row = weights.into_iter().flat_map(|weights| weights.row(sender));
            row.find(|tie| tie.0 == target).map_or(0, |tie| i64::from(tie.1) * said)
        };
        let probability = self.total(k, tie, gain) * self.unit();
        let coin = coin_of_pair(self.keys[sender as usize], self.keys[target as usize]);
        Chance::of(probability).counts(draws.coins(Stream::Trial, k.into()).throw(coin))
    }

    /// The position that one who holds `held` takes when new adopters have convinced it of some: the
    /// open one nearest to what it holds, then the lower.
    #[must_use]
    pub fn convinced(held: Position, of: &[Position], open: &[bool]) -> Option<Position> {
        let open = of.iter().copied().filter(|&k| k != held && open[usize::from(k)]);
        open.min_by_key(|&k| (k.abs_diff(held), k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Steps, key_of};

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
        let draws = Draws::new(6, 0);
        let targets = plan.reached(tick, 0, 1, &[None]);
        let won = |&&target: &&u32| plan.trial(tick, &draws, (0, target), 1, &[None], |_| gain);
        u32::try_from(targets.iter().filter(won).count()).unwrap()
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
    fn the_coin_of_a_pair_is_the_same_at_every_tick() {
        let plan = plan(200, 5);
        assert_eq!(convinced(&plan, 0, 1.0), convinced(&plan, 4, 1.0));
    }

    #[test]
    fn gains_turn_the_chance_and_blocks_that_push_elsewhere_do_not_count() {
        let mut plan = plan(2000, 2);
        plan.blocks[0].gains = vec![0];
        let (neutral, doubled) = (convinced(&plan, 0, 1.0), convinced(&plan, 0, 2.0));
        assert!(doubled > neutral && convinced(&plan, 0, 0.0) == 0);
        plan.blocks.push(Block { toward: vec![true, false], ..plan.blocks[0].clone() });
        plan.blocks.push(Block { source: Source::Ties(Signal::Advocacy), ..plan.blocks[0].clone() });
        let draws = Draws::new(6, 0);
        let none = [None, None, None];
        let won = |&&target: &&u32| plan.trial(0, &draws, (0, target), 1, &none, |_| 1.0);
        let found = plan.reached(0, 0, 1, &none).iter().filter(won).count();
        assert_eq!(found, neutral as usize);
    }
}
