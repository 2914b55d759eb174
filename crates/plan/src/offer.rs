//! Offers: which positions can be taken, by whom, and through which forum (MODEL §2, §5).

use crate::{Plan, Position, Quota, Rule, Steps, Tick, margin};
use std::borrow::Cow;

/// A position that is on offer for a while. Position 0 always is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which position.
    pub position: Position,
    /// First tick.
    pub from: Tick,
    /// First tick after.
    pub until: Tick,
    /// To whom, one flag per actor; `None` is everybody.
    pub to: Option<Vec<bool>>,
    /// On offer only while all of these are met.
    pub when: Vec<Quota>,
}

/// How a forum puts a position on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForumRule {
    /// On offer to members only while no member has a negative margin for it.
    Consensus,
    /// On offer to members while more than half of them would take it or hold it.
    Majority,
    /// On offer to every member: those who would take it do, whatever the others think.
    Coalition,
}

/// A forum in session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forum {
    /// First tick.
    pub from: Tick,
    /// First tick after.
    pub until: Tick,
    /// The position that it negotiates.
    pub position: Position,
    /// How it decides.
    pub rule: ForumRule,
    /// Members over time, one flag per actor.
    pub members: Steps<Vec<bool>>,
}

impl Forum {
    /// The members at a tick, if the forum is in session.
    #[must_use]
    pub fn members_at(&self, tick: Tick) -> Option<&[bool]> {
        if self.from <= tick && tick < self.until { self.members.at(tick).map(Vec::as_slice) } else { None }
    }
}

impl Plan {
    /// Which positions are on offer to each actor at `i * K + k`, before reversal has its say.
    ///
    /// `pressure_of` gives P_i of an actor at the start of the tick, and `drawn` the replicate's
    /// thresholds ([`Plan::drawn_thresholds`]); forums ask for those of their members.
    #[must_use]
    pub fn offered<'a>(
        &self,
        tick: Tick,
        positions: &[Position],
        drawn: &[f64],
        pressure_of: &dyn Fn(usize) -> Cow<'a, [f64]>,
    ) -> Vec<bool> {
        let n_k = self.n_positions;
        let mut open = self.offered_apart_from_forums(tick, positions);
        for forum in &self.forums {
            let Some(members) = forum.members_at(tick) else { continue };
            if self.forum_offers(forum, members, tick, positions, drawn, pressure_of) {
                for (row, _) in open.chunks_exact_mut(n_k).zip(members).filter(|(_, member)| **member) {
                    row[usize::from(forum.position)] = true;
                }
            }
        }
        open
    }

    /// As [`Plan::offered`], without the forums.
    #[must_use]
    pub fn offered_apart_from_forums(&self, tick: Tick, positions: &[Position]) -> Vec<bool> {
        let n_k = self.n_positions;
        let mut open = vec![false; self.n_actors() * n_k];
        open.iter_mut().step_by(n_k).for_each(|open| *open = true);
        for offer in self.offers.iter().filter(|offer| self.stands(offer, tick, positions)) {
            for (i, row) in open.chunks_exact_mut(n_k).enumerate() {
                if offer.to.as_ref().is_none_or(|to| to[i]) {
                    row[usize::from(offer.position)] = true;
                }
            }
        }
        open
    }

    /// Whether an offer is made at a tick, in a state.
    #[must_use]
    pub fn stands(&self, offer: &Offer, tick: Tick, positions: &[Position]) -> bool {
        offer.from <= tick && tick < offer.until && self.quotas_met(&offer.when, tick, positions)
    }

    /// Whether a forum with these members puts its position on offer to them.
    ///
    /// `pressure_of` gives P_i at the start of the tick; it is asked for members to whom the norm
    /// applies and who have not adopted, and under coalition for nobody.
    #[must_use]
    pub fn forum_offers<'a>(
        &self,
        forum: &Forum,
        members: &[bool],
        tick: Tick,
        positions: &[Position],
        drawn: &[f64],
        pressure_of: &dyn Fn(usize) -> Cow<'a, [f64]>,
    ) -> bool {
        if forum.rule == ForumRule::Coalition {
            return true;
        }
        let k = forum.position;
        let present = self.present_at(tick);
        let (mut seated, mut willing, mut against) = (0usize, 0usize, 0usize);
        for i in (0..members.len()).filter(|&i| members[i] && present[i]) {
            seated += 1;
            if self.adopts(positions[i], k) {
                willing += 1;
                continue;
            }
            let pressure = pressure_of(i);
            let m = margin(&self.ballot(tick, i, positions[i], &pressure, &[], drawn), k);
            let takes = if self.rule == Rule::AtLeast { m >= 0.0 } else { m > 0.0 };
            willing += usize::from(takes);
            against += usize::from(m < 0.0);
        }
        match forum.rule {
            ForumRule::Consensus => against == 0,
            ForumRule::Majority => 2 * willing > seated,
            ForumRule::Coalition => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Need, SIGNAL_ONE, Source, Weights};

    // Everybody is pushed toward position 1 by `pushes`, in units of signal 1; nothing is offered.
    fn plan(pushes: &[i64]) -> Plan {
        let mut plan = Plan::bare((0..pushes.len() as u64).collect(), 2, 10);
        let weights = Steps::constant(Weights::Internal(pushes.to_vec()));
        let toward = vec![false, true];
        plan.blocks.push(Block { source: Source::Internal, toward, gains: Vec::new(), weights, hatch: None });
        plan.offers.clear();
        plan
    }

    fn forum(rule: ForumRule, members: &[bool]) -> Forum {
        Forum { from: 2, until: 4, position: 1, rule, members: Steps::constant(members.to_vec()) }
    }

    // To whom position 1 is offered.
    fn offered(plan: &Plan, tick: Tick, positions: &[Position]) -> Vec<bool> {
        let pressures = plan.pressures(
            tick,
            positions,
            &plan.advocacy(tick, positions, &crate::Persuaded::default()),
            positions,
            &[None],
        );
        let open = plan.offered(tick, positions, &[], &|i| Cow::Borrowed(&pressures[2 * i..2 * i + 2]));
        assert!(open.iter().step_by(2).all(|&open| open), "position 0 always is");
        open.iter().skip(1).step_by(2).copied().collect()
    }

    #[test]
    fn an_offer_holds_in_its_window_and_for_whom_it_is_made() {
        let mut plan = plan(&[0, 0]);
        plan.offers = vec![
            Offer { position: 1, from: 3, until: 5, to: Some(vec![false, true]), when: Vec::new() },
            Offer { position: 1, from: 7, until: Tick::MAX, to: None, when: Vec::new() },
        ];
        let at = |tick| offered(&plan, tick, &[0, 0]);
        assert_eq!([2, 3, 4, 5].map(at), [[false; 2], [false, true], [false, true], [false; 2]]);
        assert_eq!(at(7), [true; 2]);
    }

    #[test]
    fn a_conditional_offer_is_made_only_while_enough_have_decided() {
        let mut plan = plan(&[0, 0, 0]);
        let two = Quota { position: 1, among: Some(vec![true, true, false]), need: Need::Count(2) };
        let to = Some(vec![false, false, true]);
        plan.offers = vec![Offer { position: 1, from: 3, until: 5, to, when: vec![two] }];
        assert_eq!(offered(&plan, 3, &[1, 0, 1]), [false; 3]);
        assert_eq!(offered(&plan, 3, &[1, 1, 0]), [false, false, true]);
        assert_eq!(offered(&plan, 5, &[1, 1, 0]), [false; 3]);
    }

    #[test]
    fn drawn_and_position_thresholds_count_in_a_forum() {
        let mut plan = plan(&[2, 2]);
        plan.forums = vec![forum(ForumRule::Consensus, &[true, true])];
        let unit = f64::from(SIGNAL_ONE);
        let at_start = [0, 0];
        let pressure = |_| Cow::Owned(vec![0.0, 2.0 * unit]);
        let offers = |plan: &Plan, drawn: &[f64]| plan.offered(2, &at_start, drawn, &pressure)[1];
        assert!(offers(&plan, &[0.0, 2.0 * unit]));
        assert!(!offers(&plan, &[0.0, 2.5 * unit]));
        plan.position_thresholds = vec![0.0, unit];
        assert!(!offers(&plan, &[0.0, 1.5 * unit]));
        assert!(offers(&plan, &[]));
    }

    #[test]
    fn under_consensus_one_member_keeps_the_position_off_the_table() {
        let offers = |pushes: &[i64], held: &[Position]| {
            let mut plan = plan(pushes);
            plan.forums = vec![forum(ForumRule::Consensus, &[true, true, false])];
            offered(&plan, 2, held)
        };
        assert_eq!(offers(&[1, -1, 5], &[0, 0, 0]), [false; 3]);
        assert_eq!(offers(&[1, 0, -5], &[0, 0, 0]), [true, true, false], "margin 0 is no veto");
        assert_eq!(offers(&[1, -1, 0], &[0, 1, 0]), [true, true, false], "an adopter does not object");
    }

    #[test]
    fn under_majority_more_than_half_must_be_willing() {
        let offers = |pushes: &[i64], rule, held: &[Position]| {
            let mut plan = plan(pushes);
            plan.rule = rule;
            plan.forums = vec![forum(ForumRule::Majority, &[true, true, true, true])];
            offered(&plan, 2, held)[0]
        };
        assert!(!offers(&[1, 1, -1, -1], Rule::Strict, &[0; 4]), "half is not more than half");
        assert!(offers(&[1, 1, 1, -1], Rule::Strict, &[0; 4]));
        assert!(offers(&[1, 1, -1, -1], Rule::Strict, &[0, 0, 0, 1]), "an adopter is willing");
        assert!(!offers(&[1, 1, 0, -1], Rule::Strict, &[0; 4]));
        assert!(offers(&[1, 1, 0, -1], Rule::AtLeast, &[0; 4]), "margin 0 is enough under at least");
    }

    #[test]
    fn a_majority_is_of_those_to_whom_the_norm_applies() {
        let mut plan = plan(&[1, 1, -1, -1]);
        plan.forums = vec![forum(ForumRule::Majority, &[true; 4])];
        plan.present = Steps::constant(vec![true, true, false, true]);
        assert_eq!(offered(&plan, 2, &[0; 4]), [true; 4]);
    }

    #[test]
    fn a_coalition_offers_to_members_whatever_the_others_think() {
        let mut plan = plan(&[-1, -1, 1]);
        plan.forums = vec![forum(ForumRule::Coalition, &[true, true, false])];
        assert_eq!(offered(&plan, 2, &[0; 3]), [true, true, false]);
        assert_eq!(
            [offered(&plan, 1, &[0; 3]), offered(&plan, 4, &[0; 3])],
            [[false; 3]; 2],
            "not in session"
        );
    }

    #[test]
    fn thresholds_count_in_a_forum() {
        let mut plan = plan(&[2, 2]);
        plan.forums = vec![forum(ForumRule::Consensus, &[true, true])];
        let unit = f64::from(SIGNAL_ONE);
        plan.thresholds = Steps::constant(vec![0.0, 2.0 * unit]);
        assert_eq!(offered(&plan, 2, &[0; 2]), [true; 2]);
        plan.thresholds = Steps::constant(vec![0.0, 2.5 * unit]);
        assert_eq!(offered(&plan, 2, &[0; 2]), [false; 2]);
    }
}
