//! Signals: what each actor says, and who has to be asked again when another moves.

use super::actor_set::ActorSet;
use normwave_plan::{Lead, Plan, Position, Scheduled, Tick};
use std::sync::Arc;

/// What every actor says at present on one kind of signal.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    width: usize,
    /// At `actor * width + component`.
    now: Vec<u32>,
    /// What everybody would say at first if all held the same position, one entry per position.
    landmarks: Arc<[Vec<u32>]>,
    // Who says something else at present, by landmark.
    differ: Vec<ActorSet>,
}

impl Channel {
    /// Of actors who say at first what the first landmark has.
    pub(super) fn new(width: usize, landmarks: Vec<Vec<u32>>) -> Self {
        let now = landmarks[0].clone();
        let mut channel = Channel { width, now, landmarks: landmarks.into(), differ: Vec::new() };
        channel.compare();
        channel
    }

    fn compare(&mut self) {
        let others = |then: &Vec<u32>| {
            let mut others = ActorSet::none(self.n_actors());
            let both = self.now.chunks_exact(self.width).zip(then.chunks_exact(self.width)).enumerate();
            both.for_each(|(actor, (now, then))| others.set(actor, now != then));
            others
        };
        self.differ = self.landmarks.iter().map(others).collect();
    }

    /// Number of actors.
    pub(super) fn n_actors(&self) -> usize {
        self.now.len() / self.width
    }

    /// Number of components of the signal.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Writes down what a sender says; false if it is silent.
    pub(super) fn says(&self, sender: usize, out: &mut [f64]) -> bool {
        let now = &self.now[sender * self.width..(sender + 1) * self.width];
        out.iter_mut().zip(now).for_each(|(out, &now)| *out = f64::from(now));
        now.iter().any(|&now| now != 0)
    }

    /// The same channel at a landmark.
    pub(super) fn at_landmark(&self, landmark: usize) -> Self {
        let mut there = Channel { now: self.landmarks[landmark].clone(), ..self.clone() };
        there.compare();
        there
    }

    /// Number of landmarks.
    pub(super) fn n_landmarks(&self) -> usize {
        self.landmarks.len()
    }

    /// The landmark, among the first `n`, from which the fewest senders differ.
    pub(super) fn nearest_landmark(&self, n: usize) -> usize {
        (0..n).min_by_key(|&landmark| self.differ[landmark].len()).unwrap_or(0)
    }

    /// Who says something else than at a landmark.
    pub(super) fn differ(&self, landmark: usize) -> &ActorSet {
        &self.differ[landmark]
    }

    /// Writes down how what a sender says differs from a landmark.
    pub(super) fn says_beside(&self, landmark: usize, sender: usize, out: &mut [f64]) {
        let row = sender * self.width..(sender + 1) * self.width;
        let (now, then) = (&self.now[row.clone()], &self.landmarks[landmark][row]);
        for ((out, &now), &then) in out.iter_mut().zip(now).zip(then) {
            *out = f64::from(now) - f64::from(then);
        }
    }

    /// Takes what a sender says from now on, and writes down the change; false if there is none.
    pub(super) fn update(&mut self, sender: usize, says: &[u32], change: &mut [f64]) -> bool {
        let row = sender * self.width..(sender + 1) * self.width;
        let now = &mut self.now[row.clone()];
        if now == says {
            return false;
        }
        let at_landmarks = self.landmarks.iter().map(|then| &then[row.clone()]);
        for (differ, then) in self.differ.iter_mut().zip(at_landmarks) {
            differ.set(sender, then != says);
        }
        for ((change, now), &says) in change.iter_mut().zip(now).zip(says) {
            *change = f64::from(says) - f64::from(*now);
            *now = says;
        }
        true
    }
}

/// How an actor counts in the drivers of gains: for each position whether it adopts it, then
/// whether it counts at all.
pub(super) fn standing(plan: &Plan, held: Position, present: bool, out: &mut [u32]) {
    for (k, out) in (0u8..).take(plan.n_positions).zip(&mut *out) {
        *out = u32::from(present && plan.adopts(held, k));
    }
    out[plan.n_positions] = u32::from(present);
}

/// Who advocates after whom, and the scheduled stances by actor.
#[derive(Debug)]
pub(super) struct Voices<'p> {
    plan: &'p Plan,
    /// Whether anything in the plan hears advocacy.
    pub(super) heard: bool,
    // The followers of leader j are followers[starts[j]..starts[j + 1]].
    starts: Vec<usize>,
    followers: Vec<u32>,
    // By actor; those of one actor in the order of the plan.
    scheduled: Vec<&'p Scheduled>,
    /// Whether anybody is persuadable and heard.
    pub(super) persuades: bool,
}

impl<'p> Voices<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let heard = plan.hears_advocacy();
        let mut pairs = Vec::new();
        if heard && plan.stances.follows.is_empty() {
            pairs.extend((0u32..).take(plan.n_actors()).map(|actor| (actor, actor)));
        }
        if heard {
            for (follower, steps) in (0u32..).zip(&plan.stances.follows) {
                for (_, follow) in steps.steps() {
                    match &follow.lead {
                        Lead::Nobody => {}
                        Lead::One(leader) => pairs.push((*leader, follower)),
                        Lead::Many(leaders) => pairs.extend(leaders.iter().map(|&leader| (leader, follower))),
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0; plan.n_actors() + 1];
        pairs.iter().for_each(|&(leader, _)| starts[leader as usize + 1] += 1);
        for idx in 0..plan.n_actors() {
            starts[idx + 1] += starts[idx];
        }
        let mut scheduled: Vec<&Scheduled> = plan.stances.scheduled.iter().collect();
        scheduled.sort_by_key(|stance| stance.actor);
        let followers = pairs.into_iter().map(|(_, follower)| follower).collect();
        Voices { plan, heard, starts, followers, scheduled, persuades: plan.persuades() }
    }

    /// Those whose advocacy may change when an actor moves, comes or goes.
    pub(super) fn followers(&self, leader: usize) -> &[u32] {
        &self.followers[self.starts[leader]..self.starts[leader + 1]]
    }

    /// The place of an actor among the persuadable.
    pub(super) fn place(&self, actor: u32) -> Option<usize> {
        let persuadable = &self.plan.stances.persuadable;
        let place = || persuadable.binary_search_by_key(&actor, |one| one.actor).ok();
        self.persuades.then(place).flatten()
    }

    /// x⁰_jk of one actor for all positions.
    pub(super) fn advocacy(
        &self,
        actor: u32,
        tick: Tick,
        positions: &[Position],
        present: &[bool],
        out: &mut [u32],
    ) {
        let from = self.scheduled.partition_point(|stance| stance.actor < actor);
        let own = self.scheduled[from..].iter().take_while(|stance| stance.actor == actor).copied();
        let counts = |other: u32| present[other as usize];
        self.plan.stances.advocacy_with(own, actor, tick, positions, &counts, out);
    }
}
