//! Stances: who advocates what, how hard, by which rule (MODEL §4).

use crate::{Persuadable, Position, SIGNAL_ONE, Steps, Tick};

/// Whose position an actor follows in its advocacy.
#[derive(Clone, Debug, PartialEq)]
pub enum Lead {
    /// Nobody's: it advocates only what is scheduled.
    Nobody,
    /// One government's; for a government, its own.
    One(u32),
    /// The shares of several governments: advocacy in proportion.
    Many(Vec<u32>),
}

/// How an actor advocates the position that it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Follow {
    /// Whom it follows.
    pub lead: Lead,
    /// v_jk: how hard it advocates each position while that is held, in units of 2⁻¹²; at most 1.
    pub vigour: Vec<u32>,
}

/// A stance set by dates; it beats following.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// First tick.
    pub from: Tick,
    /// First tick after.
    pub until: Tick,
    /// Who.
    pub actor: u32,
    /// Which position.
    pub position: Position,
    /// x_jk in units of 2⁻¹².
    pub level: u32,
}

/// The advocacy rules of all actors.
#[derive(Clone, Debug, Default)]
pub struct Stances {
    /// What each actor follows, over time; empty if everybody follows itself at full strength.
    pub follows: Vec<Steps<Follow>>,
    /// Scheduled stances; where two hold for one actor and position, the later in this list wins.
    pub scheduled: Vec<Scheduled>,
    /// Those whom others can persuade, by rising index; what the two rules above say is their x⁰.
    pub persuadable: Vec<Persuadable>,
}

impl Stances {
    /// Says of each of `n_actors` what it follows, where that has been left out.
    pub fn spell_out(&mut self, n_actors: usize, n_positions: usize) {
        let itself =
            |actor| Steps::constant(Follow { lead: Lead::One(actor), vigour: vec![SIGNAL_ONE; n_positions] });
        if self.follows.is_empty() {
            self.follows = (0u32..).take(n_actors).map(itself).collect();
        }
    }

    /// Leaves out what each actor follows, where everybody follows itself at full strength.
    #[must_use]
    pub fn without_the_obvious(mut self) -> Self {
        let is_itself = |(actor, steps): (u32, &Steps<Follow>)| {
            let at_full_strength = |follow: &Follow| follow.vigour.iter().all(|&vigour| vigour == SIGNAL_ONE);
            matches!(steps.steps(), [(0, follow)] if follow.lead == Lead::One(actor) && at_full_strength(follow))
        };
        if (0u32..).zip(&self.follows).all(is_itself) {
            self.follows = Vec::new();
        }
        self
    }

    /// x⁰_jk: what one actor says of its own accord, for all positions, in units of 2⁻¹².
    ///
    /// `counts` says whether an actor lives and the norm applies to it.
    pub fn advocacy(
        &self,
        actor: u32,
        tick: Tick,
        positions: &[Position],
        counts: &dyn Fn(u32) -> bool,
        out: &mut [u32],
    ) {
        let scheduled = self.scheduled.iter().filter(|stance| stance.actor == actor);
        self.advocacy_with(scheduled, actor, tick, positions, counts, out);
    }

    /// As [`Stances::advocacy`], where the caller has looked up the actor's scheduled stances, in
    /// the order of the list.
    pub fn advocacy_with<'s>(
        &self,
        scheduled: impl Iterator<Item = &'s Scheduled>,
        actor: u32,
        tick: Tick,
        positions: &[Position],
        counts: &dyn Fn(u32) -> bool,
        out: &mut [u32],
    ) {
        out.fill(0);
        if self.follows.is_empty() {
            if counts(actor) {
                out[usize::from(positions[actor as usize])] = SIGNAL_ONE;
            }
        } else if let Some(follow) = self.follows[actor as usize].at(tick) {
            match &follow.lead {
                Lead::Nobody => {}
                Lead::One(leader) => {
                    if counts(*leader) {
                        let held = usize::from(positions[*leader as usize]);
                        out[held] = follow.vigour[held];
                    }
                }
                Lead::Many(leaders) => follow_many(leaders, &follow.vigour, positions, counts, out),
            }
        }
        for stance in scheduled.filter(|stance| stance.from <= tick && tick < stance.until) {
            out[usize::from(stance.position)] = stance.level.min(SIGNAL_ONE);
        }
    }
}

fn follow_many(
    leaders: &[u32],
    vigour: &[u32],
    positions: &[Position],
    counts: &dyn Fn(u32) -> bool,
    out: &mut [u32],
) {
    let mut n = 0u64;
    for &leader in leaders.iter().filter(|&&leader| counts(leader)) {
        out[usize::from(positions[leader as usize])] += 1;
        n += 1;
    }
    for (level, &vigour) in out.iter_mut().zip(vigour) {
        // `level` holds the number of holders until here. Rounded to nearest; at most 2¹².
        let share = (u64::from(vigour) * u64::from(*level) + n / 2).checked_div(n).unwrap_or(0);
        *level = u32::try_from(share).unwrap_or(SIGNAL_ONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: u32 = SIGNAL_ONE;

    fn hear(lead: Lead, vigour: [u32; 3], scheduled: Vec<Scheduled>, absent: &[u32]) -> [u32; 3] {
        // Actors 1 to 3 hold positions 1, 2 and 2.
        let follows = vec![Steps::constant(Follow { lead, vigour: vigour.to_vec() })];
        let stances = Stances { follows, scheduled, persuadable: Vec::new() };
        let mut out = [9; 3];
        stances.advocacy(0, 5, &[0, 1, 2, 2], &|actor| !absent.contains(&actor), &mut out);
        out
    }

    fn stance(from: Tick, until: Tick, position: Position, level: u32) -> Scheduled {
        Scheduled { from, until, actor: 0, position, level }
    }

    #[test]
    fn an_actor_advocates_what_its_leader_holds() {
        assert_eq!(hear(Lead::One(2), [1, 2, 3], vec![], &[]), [0, 0, 3]);
        assert_eq!(hear(Lead::One(2), [1, 2, 3], vec![], &[2]), [0, 0, 0], "the leader is gone");
        assert_eq!(hear(Lead::Nobody, [1, 2, 3], vec![], &[]), [0, 0, 0]);
    }

    #[test]
    fn a_share_of_leaders_rounds_to_the_nearest_step() {
        let many = || Lead::Many(vec![1, 2, 3]);
        assert_eq!(hear(many(), [ONE; 3], vec![], &[]), [0, 1365, 2731]);
        assert_eq!(hear(many(), [ONE, ONE, ONE / 2], vec![], &[]), [0, 1365, 1365]);
        assert_eq!(hear(many(), [ONE; 3], vec![], &[3]), [0, ONE / 2, ONE / 2]);
        assert_eq!(hear(many(), [ONE; 3], vec![], &[1, 2, 3]), [0; 3], "nobody is left");
    }

    #[test]
    fn what_is_scheduled_beats_what_is_followed() {
        let follow = |scheduled| hear(Lead::One(2), [0, 0, ONE], scheduled, &[]);
        assert_eq!(follow(vec![stance(0, 9, 2, 7)]), [0, 0, 7]);
        assert_eq!(follow(vec![stance(0, 9, 0, 7)]), [7, 0, ONE], "other positions still follow");
        assert_eq!(follow(vec![stance(0, 9, 2, 7), stance(0, 9, 2, 8)]), [0, 0, 8], "the later wins");
        assert_eq!(follow(vec![stance(5, 6, 1, ONE + 1)]), [0, ONE, ONE], "cut to 1");
    }

    #[test]
    fn a_stance_holds_from_its_first_tick_and_not_at_its_last() {
        let at = |from, until| hear(Lead::Nobody, [0; 3], vec![stance(from, until, 1, 7)], &[])[1];
        assert_eq!([at(5, 6), at(4, 5), at(6, 9)], [7, 0, 0]);
    }
}
