//! Quotas: how many must have decided for a position before something holds (MODEL §2).

use crate::{Plan, Position, Tick};

/// A condition on how many have decided for a position.
///
/// Those count to whom the norm applies, and of them as having decided those who hold the position
/// (or more, where versions are graded).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// For which position.
    pub position: Position,
    /// Among whom, one flag per actor; `None` is everybody.
    pub among: Option<Vec<bool>>,
    /// How many.
    pub need: Need,
}

/// How many a quota needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// This many or more.
    Count(u32),
    /// This share or more of all who count, compared in whole numbers; not met when nobody counts.
    Share {
        /// Its numerator.
        of: u32,
        /// Its denominator, at least 1.
        out_of: u32,
    },
}

impl Plan {
    /// Whether all of some quotas are met in a state.
    #[must_use]
    pub fn quotas_met(&self, quotas: &[Quota], tick: Tick, positions: &[Position]) -> bool {
        quotas.iter().all(|quota| self.quota_met(quota, tick, positions))
    }

    fn quota_met(&self, quota: &Quota, tick: Tick, positions: &[Position]) -> bool {
        let (mut all, mut decided) = (0u64, 0u64);
        for (i, (&held, _)) in
            positions.iter().zip(self.present_at(tick)).enumerate().filter(|(_, (_, present))| **present)
        {
            if quota.among.as_ref().is_none_or(|among| among[i]) {
                all += 1;
                decided += u64::from(self.adopts(held, quota.position));
            }
        }
        match quota.need {
            Need::Count(n) => decided >= u64::from(n),
            // Both factors are below 2³².
            Need::Share { of, out_of } => all > 0 && decided * u64::from(out_of) >= u64::from(of) * all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Steps;

    fn met(plan: &Plan, among: Option<&[bool]>, need: Need, positions: &[Position]) -> bool {
        let quota = Quota { position: 1, among: among.map(<[bool]>::to_vec), need };
        plan.quotas_met(&[quota], 0, positions)
    }

    #[test]
    fn a_share_of_one_in_ten_is_met_by_one_of_ten() {
        for n in 2..=20u32 {
            let plan = Plan::bare((0..u64::from(n)).collect(), 2, 1);
            let mut positions = vec![0; n as usize];
            let share = Need::Share { of: 1, out_of: n };
            assert!(!met(&plan, None, share, &positions));
            positions[0] = 1;
            assert!(met(&plan, None, share, &positions), "1 of {n}");
        }
    }

    #[test]
    fn only_those_count_who_are_meant_and_to_whom_the_norm_applies() {
        let mut plan = Plan::bare(vec![1, 2, 3, 4], 3, 1);
        let among: &[bool] = &[true, true, true, false];
        let whole = Need::Share { of: 1, out_of: 1 };
        assert!(!met(&plan, Some(among), whole, &[1, 0, 1, 0]));
        plan.present = Steps::constant(vec![true, false, true, true]);
        assert!(met(&plan, Some(among), whole, &[1, 0, 1, 0]));
        assert!(!met(&plan, Some(among), Need::Count(3), &[1, 1, 1, 1]));
        assert!(met(&plan, None, Need::Count(3), &[1, 0, 1, 1]));
        plan.present = Steps::constant(vec![false; 4]);
        assert!(!met(&plan, None, Need::Share { of: 0, out_of: 1 }, &[1; 4]), "nobody counts");
        assert!(plan.quotas_met(&[], 0, &[0; 4]));
    }

    #[test]
    fn holding_more_counts_where_versions_are_graded() {
        let mut plan = Plan::bare(vec![1, 2], 3, 1);
        assert!(!met(&plan, None, Need::Count(2), &[1, 2]));
        plan.graded = true;
        assert!(met(&plan, None, Need::Count(2), &[1, 2]));
    }
}
