//! What came out of a run: what could be acted on, and how many hold each position.

use crate::{Move, Plan, Position, Tick, Trajectory};

impl Plan {
    /// When each move could be acted on: the move's tick or the first from which its position can
    /// be acted on ([`Plan::possible_from`]), if the actor still held that position or (where
    /// graded) more by then.
    #[must_use]
    pub fn acted(&self, trajectory: &Trajectory) -> Vec<Option<Tick>> {
        let possible_from = self.possible_from(trajectory);
        let moves = &trajectory.moves;
        // The next move of the same actor, if there is one.
        let mut next: Vec<Option<usize>> = vec![None; moves.len()];
        let mut upcoming = vec![None; self.n_actors()];
        for (idx, step) in moves.iter().enumerate().rev() {
            next[idx] = upcoming[step.actor as usize].replace(idx);
        }
        let act = |(idx, step): (usize, &Move)| {
            let tick = step.tick.max(possible_from[usize::from(step.to())]?);
            let later = std::iter::successors(next[idx], |&idx| next[idx]).map(|idx| &moves[idx]);
            let mut left = later.take_while(|next| next.tick <= tick);
            let kept = left.all(|next| self.adopts(next.to(), step.to()) && step.to() > 0);
            (tick < self.n_ticks && kept).then_some(tick)
        };
        moves.iter().enumerate().map(act).collect()
    }

    /// The first tick from which each position can be acted on: once its date has come and it has
    /// entered into force, which it does at the end of the first tick at which all its quotas are
    /// met, for good; `None` if that does not happen.
    #[must_use]
    pub fn possible_from(&self, trajectory: &Trajectory) -> Vec<Option<Tick>> {
        let mut from: Vec<Option<Tick>> = self.acts_from.iter().map(|&tick| Some(tick)).collect();
        let mut waiting: Vec<usize> =
            (0..self.n_positions).filter(|&k| !self.in_force[k].is_empty()).collect();
        waiting.iter().for_each(|&k| from[k] = None);
        let mut positions = vec![0 as Position; self.n_actors()];
        let mut moves = trajectory.moves.iter().peekable();
        for tick in 0..self.n_ticks {
            if waiting.is_empty() {
                break;
            }
            while let Some(step) = moves.next_if(|step| step.tick == tick) {
                positions[step.actor as usize] = step.to();
            }
            waiting.retain(|&k| {
                let met = self.quotas_met(&self.in_force[k], tick, &positions);
                from[k] = met.then(|| tick.max(self.acts_from[k]));
                !met
            });
        }
        from
    }

    /// How many hold each position at the end of each tick.
    #[must_use]
    pub fn shares(&self, trajectory: &Trajectory) -> Shares {
        let mut shares = Shares { n_positions: self.n_positions, present: Vec::new(), holders: Vec::new() };
        let mut positions = vec![0 as Position; self.n_actors()];
        let mut moves = trajectory.moves.iter().peekable();
        // All are counted where presence changes, and those who move in between.
        let mut holders = vec![0u32; self.n_positions];
        let mut counted = None;
        for tick in 0..self.n_ticks {
            let present = self.present_at(tick);
            let now = self.present.index_at(tick);
            let as_before = counted == Some(now);
            while let Some(step) = moves.next_if(|step| step.tick == tick) {
                let held = std::mem::replace(&mut positions[step.actor as usize], step.to());
                if as_before && present[step.actor as usize] {
                    holders[usize::from(held)] -= 1;
                    holders[usize::from(step.to())] += 1;
                }
            }
            if !as_before {
                counted = Some(now);
                holders.fill(0);
                for (&held, _) in positions.iter().zip(present).filter(|(_, present)| **present) {
                    holders[usize::from(held)] += 1;
                }
            }
            shares.present.push(holders.iter().sum());
            shares.holders.extend(&holders);
        }
        shares
    }
}

/// How many hold each position at the end of each tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    n_positions: usize,
    present: Vec<u32>,
    holders: Vec<u32>,
}

impl Shares {
    /// How many hold exactly `k` at the end of a tick.
    #[must_use]
    pub fn holders(&self, tick: Tick, k: Position) -> u32 {
        self.holders[tick as usize * self.n_positions + usize::from(k)]
    }

    /// To how many the norm applies at the end of a tick.
    #[must_use]
    pub fn present(&self, tick: Tick) -> u32 {
        self.present[tick as usize]
    }

    /// Share of those who hold exactly `k`; 0 if the norm applies to nobody.
    #[must_use]
    pub fn share(&self, tick: Tick, k: Position) -> f64 {
        let present = self.present(tick);
        if present == 0 { 0.0 } else { f64::from(self.holders(tick, k)) / f64::from(present) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Need, Quota, Steps};

    fn plan(graded: bool) -> Plan {
        let mut plan = Plan::bare(vec![1, 2], 3, 10);
        plan.graded = graded;
        plan.acts_from = vec![0, 0, 6];
        plan
    }

    fn moves(steps: &[(Tick, u32, Position, Position)]) -> Trajectory {
        let mut trajectory = Trajectory::default();
        for &(tick, actor, from, to) in steps {
            trajectory.record(tick, actor, from, to, Cause::Decided);
        }
        trajectory
    }

    #[test]
    fn a_decision_is_acted_on_once_that_is_possible() {
        let trajectory = moves(&[(2, 0, 0, 1), (3, 1, 0, 2), (7, 0, 1, 2)]);
        assert_eq!(plan(true).acted(&trajectory), [Some(2), Some(6), Some(7)]);
    }

    #[test]
    fn a_decision_that_was_left_before_then_is_never_acted_on() {
        let left = moves(&[(3, 0, 0, 2), (5, 0, 2, 0), (8, 0, 0, 2)]);
        assert_eq!(plan(false).acted(&left), [None, Some(5), Some(8)]);
        let on_the_day = moves(&[(3, 0, 0, 2), (6, 0, 2, 0)]);
        assert_eq!(plan(false).acted(&on_the_day), [None, Some(6)]);
        let after = moves(&[(3, 0, 0, 2), (7, 0, 2, 0)]);
        assert_eq!(plan(false).acted(&after), [Some(6), Some(7)]);
    }

    #[test]
    fn holding_more_keeps_a_graded_position_but_not_a_rival_one() {
        let mut later = plan(true);
        later.acts_from = vec![0, 6, 6];
        let trajectory = moves(&[(2, 0, 0, 1), (3, 0, 1, 2)]);
        assert_eq!(later.acted(&trajectory), [Some(6), Some(6)]);
        later.graded = false;
        assert_eq!(later.acted(&trajectory), [None, Some(6)]);
    }

    #[test]
    fn what_can_be_acted_on_only_after_the_end_is_not() {
        let mut plan = plan(true);
        plan.acts_from[2] = 10;
        assert_eq!(plan.acted(&moves(&[(2, 0, 0, 2)])), [None]);
    }

    fn quota(position: Position, need: Need) -> Quota {
        Quota { position, among: None, need }
    }

    #[test]
    fn a_position_is_acted_on_once_it_has_entered_into_force() {
        let mut plan = plan(false);
        plan.acts_from = vec![0; 3];
        plan.in_force[2] = vec![quota(2, Need::Share { of: 1, out_of: 1 })];
        let trajectory = moves(&[(2, 0, 0, 2), (4, 1, 0, 2), (7, 0, 2, 0), (8, 0, 0, 2)]);
        // What is in force stays so when one leaves.
        assert_eq!(plan.acted(&trajectory), [Some(4), Some(4), Some(7), Some(8)]);
        plan.acts_from[2] = 6;
        assert_eq!(plan.acted(&trajectory), [Some(6), Some(6), Some(7), Some(8)]);
        plan.in_force[2].push(quota(2, Need::Count(3)));
        assert_eq!(plan.acted(&trajectory), [None, None, Some(7), None], "one quota is not met");
    }

    #[test]
    fn one_who_leaves_before_entry_into_force_does_not_act_nor_count() {
        let mut plan = plan(false);
        plan.acts_from = vec![0; 3];
        plan.in_force[2] = vec![quota(2, Need::Count(2))];
        let left = moves(&[(2, 0, 0, 2), (3, 0, 2, 0), (4, 1, 0, 2), (6, 0, 0, 2)]);
        assert_eq!(plan.acted(&left), [None, Some(3), Some(6), Some(6)]);
    }

    #[test]
    fn shares_run_over_those_to_whom_the_norm_applies() {
        let mut plan = plan(false);
        plan.n_ticks = 4;
        plan.present.push(2, vec![true, false]);
        plan.present.push(3, vec![false, false]);
        let shares = plan.shares(&moves(&[(1, 1, 0, 2), (2, 0, 0, 1)]));
        assert_eq!((0..4).map(|t| shares.present(t)).collect::<Vec<_>>(), [2, 2, 1, 0]);
        assert_eq!((0..4).map(|t| shares.holders(t, 2)).collect::<Vec<_>>(), [0, 1, 0, 0]);
        assert_eq!((0..4).map(|t| shares.holders(t, 1)).collect::<Vec<_>>(), [0, 0, 1, 0]);
        assert!((shares.share(1, 2) - 0.5).abs() < 1e-15);
        assert!(shares.share(3, 0).abs() < 1e-15, "nobody is left");
    }

    #[test]
    fn shares_follow_heirs_and_steps_of_presence() {
        let mut plan = plan(false);
        plan.present = Steps::constant(vec![true, false]);
        plan.present.push(1, vec![false, true]);
        plan.n_ticks = 2;
        let trajectory = moves(&[(0, 0, 0, 1), (1, 1, 0, 1)]);
        let shares = plan.shares(&trajectory);
        assert_eq!([shares.holders(0, 1), shares.holders(1, 1)], [1, 1]);
    }
}
