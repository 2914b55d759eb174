//! Persuasion: how what some advocate moves toward what those say who reach them (MODEL §7).

use crate::{Plan, Position, SIGNAL_ONE, Signal, Source, Steps, Tick, Trajectory};

/// A stubbornness of 1 in fixed point.
pub const STUBBORN_ONE: u32 = 1 << 24;

/// To whom a persuadable actor listens, and how much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hearing {
    /// s_j in units of 2⁻²⁴; at most 1.
    pub stubbornness: u32,
    /// Who reaches it, by index, and how strongly; u_lj is a strength divided by the sum of all. The
    /// actor itself may be among them.
    pub sources: Vec<(u32, u32)>,
}

impl Hearing {
    /// `x_jk(t+1) = s_j·x⁰_jk(t) + (1 − s_j)·Σ_l u_lj·x_lk(t)` for all positions.
    ///
    /// `own` is x⁰_j by position, `advocacy` is x of all actors at `l * K + k`, all in units of 2⁻¹².
    /// The sum is exact and is rounded once, to the nearest 2⁻¹², halves up. Whoever nobody
    /// reaches keeps x⁰. Every engine updates this way.
    pub fn next(&self, own: &[u32], advocacy: &[u32], out: &mut [u32]) {
        let n_k = own.len();
        let all: u128 = self.sources.iter().map(|source| u128::from(source.1)).sum();
        if all == 0 {
            out.copy_from_slice(own);
            return;
        }
        let own_share = u128::from(self.stubbornness);
        let others_share = u128::from(STUBBORN_ONE) - own_share;
        let whole = u128::from(STUBBORN_ONE) * all;
        for (k, (out, &own)) in out.iter_mut().zip(own).enumerate() {
            let heard = self.sources.iter().map(|&(from, strength)| {
                u128::from(strength) * u128::from(advocacy[from as usize * n_k + k])
            });
            let sum = own_share * all * u128::from(own) + others_share * heard.sum::<u128>();
            *out = u32::try_from((sum + whole / 2) / whole).unwrap_or(SIGNAL_ONE);
        }
    }
}

/// An actor whose advocacy is moved by that of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persuadable {
    /// Who.
    pub actor: u32,
    /// To whom it listens over time; before the first step to nobody.
    pub hears: Steps<Hearing>,
}

/// x_jk of the persuadable actors in one tick, at `p * K + k` in the order of
/// [`Stances::persuadable`](crate::Stances::persuadable), in units of 2⁻¹².
///
/// It is state: it follows from the tick before. Empty where nobody is persuadable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Persuaded(pub Vec<u32>);

impl Plan {
    /// Whether anything in the plan hears advocacy.
    #[must_use]
    pub fn hears_advocacy(&self) -> bool {
        let hears = |source| source == Source::Ties(Signal::Advocacy);
        self.blocks.iter().any(|block| block.hatch.is_some() || hears(block.source))
    }

    /// Whether anybody is persuadable, and heard.
    #[must_use]
    pub fn persuades(&self) -> bool {
        !self.stances.persuadable.is_empty() && self.hears_advocacy()
    }

    /// What the persuadable say in the first tick: x = x⁰, in the state in which its decisions
    /// begin.
    #[must_use]
    pub fn unpersuaded(&self, positions: &[Position]) -> Persuaded {
        if !self.persuades() {
            return Persuaded::default();
        }
        let (own, n_k) = (self.own_advocacy(0, positions), self.n_positions);
        let rows = self.stances.persuadable.iter().map(|one| &own[one.actor as usize * n_k..][..n_k]);
        Persuaded(rows.flatten().copied().collect())
    }

    /// What the persuadable say in the tick after `tick`, from what all say in the state in which
    /// its decisions began.
    #[must_use]
    pub fn persuade(&self, tick: Tick, positions: &[Position], persuaded: &Persuaded) -> Persuaded {
        if !self.persuades() {
            return Persuaded::default();
        }
        let n_k = self.n_positions;
        let own = self.own_advocacy(tick, positions);
        let advocacy = self.advocacy(tick, positions, persuaded);
        let mut next = vec![0; self.stances.persuadable.len() * n_k];
        for (one, next) in self.stances.persuadable.iter().zip(next.chunks_exact_mut(n_k)) {
            let own = &own[one.actor as usize * n_k..][..n_k];
            match one.hears.at(tick) {
                Some(hearing) => hearing.next(own, &advocacy, next),
                None => next.copy_from_slice(own),
            }
        }
        Persuaded(next)
    }

    /// What the persuadable said in a tick of a run.
    #[must_use]
    pub fn persuaded_at(&self, trajectory: &Trajectory, tick: Tick) -> Persuaded {
        let mut persuaded = Persuaded::default();
        if !self.persuades() {
            return persuaded;
        }
        trajectory.for_each_start(self.n_actors(), tick + 1, |at, positions| {
            if at == 0 {
                persuaded = self.unpersuaded(positions);
            }
            if at < tick {
                persuaded = self.persuade(at, positions, &persuaded);
            }
        });
        persuaded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Scheduled, Weights};

    fn hearing(stubbornness: u32, sources: &[(u32, u32)]) -> Hearing {
        Hearing { stubbornness, sources: sources.to_vec() }
    }

    fn next(hearing: &Hearing, own: u32, advocacy: &[u32]) -> u32 {
        let mut out = [9];
        hearing.next(&[own], advocacy, &mut out);
        out[0]
    }

    #[test]
    fn a_third_of_three_is_exact_and_rounded_once() {
        let thirds = hearing(0, &[(0, 1), (1, 1), (2, 1)]);
        assert_eq!(next(&thirds, 77, &[4096, 4096, 4096]), 4096);
        assert_eq!(next(&thirds, 77, &[1, 1, 0]), 1, "two thirds of a step");
        assert_eq!(next(&thirds, 77, &[1, 0, 0]), 0, "one third of a step");
        let halves = hearing(0, &[(0, 5), (1, 5)]);
        assert_eq!(next(&halves, 77, &[1, 0, 0]), 1, "half a step goes up");
    }

    #[test]
    fn the_stubborn_and_the_unreached_say_what_they_said_of_their_own_accord() {
        assert_eq!(next(&hearing(STUBBORN_ONE, &[(0, 1)]), 7, &[4096]), 7);
        assert_eq!(next(&hearing(0, &[]), 7, &[4096]), 7);
        assert_eq!(next(&hearing(0, &[(0, 0)]), 7, &[4096]), 7, "a tie of strength 0 reaches nobody");
        assert_eq!(next(&hearing(STUBBORN_ONE / 4, &[(0, 1)]), 4096, &[0]), 1024);
    }

    #[test]
    fn the_strongest_ties_of_the_largest_crowd_do_not_overflow() {
        let crowd: Vec<(u32, u32)> = (0..5000).map(|from| (from, u32::MAX)).collect();
        assert_eq!(next(&hearing(1, &crowd), 0, &[4096; 5000]), 4096);
    }

    // 0 is scheduled to speak from tick 2 on, 1 listens to 0, 2 to 1.
    fn chain() -> Plan {
        let mut plan = Plan::bare(vec![1, 2, 3], 2, 9);
        plan.blocks = vec![Block {
            source: Source::Ties(Signal::Advocacy),
            toward: vec![true; 2],
            gains: Vec::new(),
            weights: Steps::constant(Weights::from_ties(3, Vec::new())),
            hatch: None,
        }];
        plan.stances.follows = vec![Steps::default(); 3];
        plan.stances.scheduled =
            vec![Scheduled { from: 2, until: Tick::MAX, actor: 0, position: 1, level: 4096 }];
        let listens = |actor, to| Persuadable { actor, hears: Steps::constant(hearing(0, &[(to, 3)])) };
        plan.stances.persuadable = vec![listens(1, 0), listens(2, 1)];
        plan
    }

    #[test]
    fn persuasion_takes_a_tick_for_every_tie() {
        let (plan, run) = (chain(), Trajectory::default());
        let said = |tick| plan.persuaded_at(&run, tick).0;
        assert_eq!([said(0), said(2)], [[0; 4], [0; 4]]);
        assert_eq!(said(3), [0, 4096, 0, 0]);
        assert_eq!(said(4), [0, 4096, 0, 4096]);
        let persuaded = plan.persuaded_at(&run, 4);
        assert_eq!(plan.advocacy(4, &[0; 3], &persuaded), [0, 4096, 0, 4096, 0, 4096]);
    }

    #[test]
    fn nobody_is_persuaded_where_nobody_is_heard() {
        let mut plan = chain();
        plan.blocks[0].source = Source::Ties(Signal::Adoption);
        assert!(!plan.persuades());
        assert_eq!(plan.persuaded_at(&Trajectory::default(), 4), Persuaded::default());
    }
}
