//! The state of one run, kept up to date.

use super::Prepared;
use super::actor_set::{ActorSet, MANY, PER_WORD, in_whole_words, members};
use super::calendar::Day;
use super::clocks::Clocks;
use super::gains::Gains;
use super::options::Options;
use super::persuasion::Persuasion;
use super::pressures::Pressures;
use super::rows::Rows;
use super::signals::Channel;
use super::stayers::Stayers;
use super::sums::Sums;
use normwave_plan::{
    Ballot, Cause, Draws, ForumRule, Noise, Persuaded, Plan, Position, Rule, Signal, Source, Steps, Tick,
    Time, Trajectory, Weights, decide, tick_of,
};
use pulp::Arch;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where a run stands. All of it but `pending` and `persuasion` follows from tick and positions.
#[derive(Clone, Debug)]
pub(super) struct State<'p> {
    tick: Tick,
    positions: Vec<Position>,
    present: &'p [bool],
    thresholds: &'p [f64],
    exits: &'p [f64],
    // What the replicate has drawn: thresholds and the clocks of hazards.
    drawn: Vec<f64>,
    replicate: u64,
    clocks: Clocks,
    // What is said: x_jk, and what is heard of each signal.
    advocacy: Vec<u32>,
    persuasion: Persuasion,
    channels: [Channel; 2],
    // What is felt: A_ik by block, the weights of hatched blocks, gains, P_ik.
    sums: Vec<Sums>,
    hatched: Vec<Option<Weights>>,
    gains: Gains<'p>,
    pressures: Pressures,
    // What is chosen.
    options: Options,
    /// Actors whose choice may have changed other than by a stale pressure.
    undecided: ActorSet,
    /// What each actor would take if it reviewed now, and those for whom that is a move. Under
    /// fresh noise, all who have a choice.
    choices: Vec<Position>,
    wanting: ActorSet,
    /// Unobserved taste, NaN until it is asked for: of each position that of all actors, rounded up to
    /// whole words of them.
    tastes: Vec<f64>,
    /// The state at the last tick's decisions, under trials.
    tried: Vec<Position>,
    /// Actors who have moved, come or gone since all of the above was brought up to date.
    pending: Vec<usize>,
    /// Whether anything has changed since the forums last met.
    forums_meet: bool,
    offers_changed: bool,
    scratch: Scratch,
}

#[derive(Clone, Debug, Default)]
struct Scratch {
    stance: Vec<u32>,
    heard: Vec<u32>,
    change: Vec<f64>,
    order: Vec<((u64, u64), u32)>,
}

impl<'p> State<'p> {
    /// The state at the first tick while nobody has moved.
    pub(super) fn new(prepared: &Prepared<'p>) -> Self {
        let plan = prepared.plan;
        let (n, n_k) = (plan.n_actors(), plan.n_positions);
        let positions = vec![0; n];
        let advocacy = plan.own_advocacy(0, &positions);
        let noisy = matches!(plan.rule, Rule::Noisy { noise: Noise::Persistent, .. });
        let mut state = State {
            tick: 0,
            present: plan.present_at(0),
            thresholds: at(&plan.thresholds, 0),
            exits: at(&plan.exits, 0),
            drawn: Vec::new(),
            replicate: 0,
            clocks: Clocks::default(),
            persuasion: Persuasion::new(plan, &advocacy),
            advocacy,
            channels: prepared.channels.clone(),
            sums: vec![Sums::new(n, n_k); plan.blocks.len()],
            hatched: vec![None; plan.blocks.len()],
            gains: Gains::new(plan, prepared.standing.clone()),
            pressures: Pressures::new(plan, noisy),
            options: Options::new(plan),
            undecided: ActorSet::everybody(n),
            choices: positions.clone(),
            wanting: ActorSet::none(n),
            tastes: vec![f64::NAN; if noisy { in_whole_words(n) * n_k } else { 0 }],
            tried: if plan.rule == Rule::Trials { positions.clone() } else { Vec::new() },
            pending: Vec::with_capacity(n),
            forums_meet: true,
            offers_changed: false,
            scratch: Scratch {
                heard: vec![0; n_k],
                stance: vec![0; n_k],
                change: vec![0.0; n_k],
                order: Vec::new(),
            },
            positions,
        };
        (0..plan.blocks.len()).for_each(|block| state.enter(prepared, block));
        (0..plan.programs.len()).for_each(|program| state.gains.enter(&prepared.drivers, program, 0));
        state.gains.refresh(plan, &mut state.pressures.stale);
        for word in 0..state.n_words() {
            state.pressures.refresh(plan, &state.sums, &state.gains, word, u64::MAX);
        }
        state.options.hear_quotas(plan, 0, &state.positions);
        state.offer_anew(prepared);
        state
    }

    /// Takes what a replicate draws before it begins.
    pub(super) fn draw(&mut self, prepared: &Prepared<'p>, draws: &Draws) {
        let plan = prepared.plan;
        self.drawn = plan.drawn_thresholds(draws);
        self.replicate = draws.replicate();
        if matches!(plan.rule, Rule::Hazard { .. }) {
            self.clocks = Clocks::new(plan, draws);
        }
    }

    pub(super) fn positions(&self) -> &[Position] {
        &self.positions
    }

    pub(super) fn persuaded(&self) -> &Persuaded {
        &self.persuasion.now
    }

    pub(super) fn n_words(&self) -> usize {
        self.undecided.n_words()
    }

    // ---- Steps 1 to 3 of a tick: events, advocacy, gains.

    /// Applies what the scenario dates.
    pub(super) fn open_tick(
        &mut self,
        prepared: &Prepared<'p>,
        tick: Tick,
        day: Option<&Day>,
        trajectory: &mut Trajectory,
    ) {
        let plan = prepared.plan;
        self.tick = tick;
        let Some(day) = day else { return };
        self.forums_meet = true;
        if day.presence {
            let before = std::mem::replace(&mut self.present, plan.present_at(tick));
            let both = before.iter().zip(self.present).enumerate();
            self.pending.extend(both.filter(|(_, (before, now))| before != now).map(|(actor, _)| actor));
        }
        if day.thresholds {
            self.thresholds = at(&plan.thresholds, tick);
            self.exits = at(&plan.exits, tick);
            self.undecided.fill();
        }
        self.offers_changed |= day.offers;
        self.persuasion.is_stale |= day.hearings;
        let n_moves = trajectory.moves.len();
        plan.begin_tick(tick, self.replicate, &mut self.positions, trajectory);
        self.pending.extend(trajectory.moves[n_moves..].iter().map(|step| step.actor as usize));
        day.blocks.iter().for_each(|&block| self.enter(prepared, block));
        day.programs.iter().for_each(|&program| self.gains.enter(&prepared.drivers, program, tick));
        day.stances.iter().for_each(|&actor| self.advocate(prepared, actor));
    }

    /// Works out what the moves since the last tick, and what is dated in this one, change.
    pub(super) fn bring_up_to_date(&mut self, prepared: &Prepared<'p>) {
        let plan = prepared.plan;
        self.forums_meet |= !self.pending.is_empty();
        let mut pending = std::mem::take(&mut self.pending);
        for &actor in &pending {
            self.speak(prepared, actor);
            self.gains.count(&prepared.drivers, actor, self.positions[actor], self.present[actor]);
            self.consider(prepared, actor);
        }
        pending.clear();
        self.pending = pending;
        self.persuade(prepared);
        self.open_hatches(prepared);
        self.gains.refresh(plan, &mut self.pressures.stale);
        if std::mem::take(&mut self.forums_meet) {
            for forum in 0..plan.forums.len() {
                self.hold_forum(prepared, forum);
            }
            self.offers_changed |= self.options.hear_quotas(plan, self.tick, &self.positions);
        }
        if std::mem::take(&mut self.offers_changed) {
            self.offer_anew(prepared);
        }
    }

    fn offer_anew(&mut self, prepared: &Prepared<'p>) {
        for actor in self.options.offer_anew(prepared.plan, self.tick, &self.positions) {
            self.consider(prepared, actor);
        }
    }

    fn enter(&mut self, prepared: &Prepared<'p>, block: usize) {
        if let Some(ledger) = &prepared.ledgers[block] {
            let steps = &prepared.plan.blocks[block].weights;
            let epoch = steps.index_at(self.tick).map_or(0, |idx| idx + 1);
            let channel = match prepared.plan.blocks[block].source {
                Source::Ties(signal) => &self.channels[signal as usize],
                Source::Internal => &self.channels[0],
            };
            self.sums[block].enter(ledger, epoch, channel, &mut self.pressures.stale);
        }
    }

    /// Says again what follows from an actor's position and presence.
    pub(super) fn speak(&mut self, prepared: &Prepared<'p>, actor: usize) {
        let heard = &mut self.scratch.heard;
        let (held, present) = (self.positions[actor], self.present[actor]);
        prepared.plan.heard(Signal::Adoption, actor, held, present, &self.advocacy, heard);
        self.emit(prepared, Signal::Adoption, actor);
        if prepared.voices.heard {
            for &follower in prepared.voices.followers(actor) {
                self.advocate(prepared, follower);
            }
        }
    }

    // Works out an actor's advocacy anew.
    fn advocate(&mut self, prepared: &Prepared<'p>, actor: u32) {
        let Prepared { plan, voices, .. } = prepared;
        let (n_k, idx) = (plan.n_positions, actor as usize);
        voices.advocacy(actor, self.tick, &self.positions, self.present, &mut self.scratch.stance);
        if let Some(place) = voices.place(actor) {
            self.persuasion.take_own(place, &self.scratch.stance);
            return;
        }
        let before = &mut self.advocacy[idx * n_k..(idx + 1) * n_k];
        if before != self.scratch.stance {
            before.copy_from_slice(&self.scratch.stance);
            self.persuasion.is_stale = true;
            let (held, present) = (self.positions[idx], self.present[idx]);
            plan.heard(Signal::Advocacy, idx, held, present, &self.advocacy, &mut self.scratch.heard);
            self.emit(prepared, Signal::Advocacy, idx);
        }
    }

    // Lets the persuadable say what they were persuaded of in the tick before, and works out what
    // they will say in the next.
    fn persuade(&mut self, prepared: &Prepared<'p>) {
        let (plan, n_k) = (prepared.plan, prepared.plan.n_positions);
        // Once a tick, from its start, however many moves there are in it.
        if !prepared.voices.persuades || self.persuasion.last == Some(self.tick) {
            return;
        }
        self.persuasion.last = Some(self.tick);
        if self.tick == 0 {
            self.persuasion.begin();
        }
        for (place, one) in plan.stances.persuadable.iter().enumerate() {
            let (idx, says) = (one.actor as usize, place * n_k..(place + 1) * n_k);
            let before = &mut self.advocacy[idx * n_k..(idx + 1) * n_k];
            let now = &self.persuasion.next[says.clone()];
            if before != now {
                before.copy_from_slice(now);
                self.persuasion.now.0[says].copy_from_slice(before);
                self.persuasion.is_stale = true;
                self.forums_meet = true;
                let (held, present) = (self.positions[idx], self.present[idx]);
                plan.heard(Signal::Advocacy, idx, held, present, &self.advocacy, &mut self.scratch.heard);
                self.emit(prepared, Signal::Advocacy, idx);
            }
        }
        self.persuasion.look_ahead(plan, self.tick, &self.advocacy);
    }

    // Lets all who listen to a sender hear what is in the scratch.
    fn emit(&mut self, prepared: &Prepared<'p>, signal: Signal, sender: usize) {
        let Scratch { heard, change, .. } = &mut self.scratch;
        if !self.channels[signal as usize].update(sender, heard, change) {
            return;
        }
        for &block in &prepared.listeners[signal as usize] {
            let (sums, stale) = (&mut self.sums[block], &mut self.pressures.stale);
            match (&prepared.ledgers[block], &self.hatched[block]) {
                (Some(ledger), _) => sums.shift(ledger.rows(sums.epoch()), sender, change, stale),
                (None, Some(weights)) => sums.shift(&Rows::borrowed(weights), sender, change, stale),
                (None, None) => {}
            }
        }
    }

    // Asks the hatches for the weights of this tick.
    fn open_hatches(&mut self, prepared: &Prepared<'p>) {
        if !prepared.hatched {
            return;
        }
        let plan = prepared.plan;
        let new = plan.hatched(self.tick, &self.positions, &self.advocacy);
        for ((idx, block), weights) in plan.blocks.iter().enumerate().zip(new) {
            if let Some(weights) = weights.filter(|weights| self.hatched[idx].as_ref() != Some(weights)) {
                let channel = match block.source {
                    Source::Ties(signal) => Some(&self.channels[signal as usize]),
                    Source::Internal => None,
                };
                self.sums[idx].replace(&weights, channel, &mut self.pressures.stale);
                self.hatched[idx] = Some(weights);
                self.forums_meet = true;
            }
        }
    }

    // Asks a forum whether it puts its position on offer.
    fn hold_forum(&mut self, prepared: &Prepared<'p>, forum: usize) {
        let (plan, idx) = (prepared.plan, forum);
        let forum = &plan.forums[idx];
        let members = forum.members_at(self.tick);
        if forum.rule != ForumRule::Coalition {
            let asked = members.unwrap_or(&[]).chunks(PER_WORD).enumerate();
            for (word, members) in asked {
                let mask = members.iter().rev().fold(0, |mask, &member| mask << 1 | u64::from(member));
                let refreshed = self.pressures.refresh(plan, &self.sums, &self.gains, word, mask);
                self.undecided.join(word, refreshed);
            }
        }
        let offers = members.is_some_and(|members| {
            let row = |i| Cow::Borrowed(self.pressures.row(i, plan.n_positions));
            plan.forum_offers(forum, members, self.tick, &self.positions, &self.drawn, &row)
        });
        self.offers_changed |= self.options.hear_verdict(idx, offers);
    }

    // Works out what is open to an actor.
    fn consider(&mut self, prepared: &Prepared<'p>, actor: usize) {
        self.options.consider(prepared.plan, actor, self.positions[actor], self.present[actor]);
        self.undecided.insert(actor);
        // Noise that is drawn at each review leaves every choice open until then.
        self.wanting.set(actor, prepared.fresh && self.options.able.contains(actor));
    }

    // ---- Step 4: decisions.

    /// Whether nothing can happen before the next date of the calendar.
    pub(super) fn is_at_rest(&self, prepared: &Prepared<'p>) -> bool {
        let persuasion_rests = !prepared.voices.persuades || self.persuasion.is_settled();
        let nothing_moves = self.pending.is_empty() && !prepared.hatched && persuasion_rests;
        nothing_moves && !self.has_open_questions(prepared)
    }

    /// Whether somebody has to decide, or to act on a decision.
    pub(super) fn has_open_questions(&self, prepared: &Prepared<'p>) -> bool {
        !self.wanting.is_empty() || (0..self.n_words()).any(|word| self.questions(prepared, word) != 0)
    }

    // The actors of a word whose choice may not be what it was.
    fn questions(&self, prepared: &Prepared<'p>, word: usize) -> u64 {
        if prepared.fresh || !prepared.reviewed {
            return 0;
        }
        (self.pressures.stale.word(word) | self.undecided.word(word)) & self.options.able.word(word)
    }

    /// Decides for those among the actors of a word whose choice may have changed.
    pub(super) fn settle(&mut self, prepared: &Prepared<'p>, draws: &Draws, word: usize, among: u64) {
        let plan = prepared.plan;
        let questions = self.questions(prepared, word) & among;
        if questions == 0 {
            return;
        }
        let refreshed = self.pressures.refresh(plan, &self.sums, &self.gains, word, questions);
        let undecided = self.undecided.take(word);
        self.undecided.join(word, (undecided | refreshed) & !questions);
        let stayers = self.stayers(prepared, word, questions);
        self.wanting.leave(word, stayers);
        for actor in members(word, questions & !stayers) {
            let choice = self.choose(plan, draws, actor, 0);
            self.choices[actor] = choice;
            self.wanting.set(actor, choice != self.positions[actor]);
        }
    }

    // Those of many who surely stay where they are.
    fn stayers(&self, prepared: &Prepared<'p>, word: usize, questions: u64) -> u64 {
        if self.tastes.is_empty() || questions.count_ones() < MANY {
            return 0;
        }
        questions
            & Arch::new().dispatch(Stayers {
                plan: prepared.plan,
                first: word * PER_WORD,
                held: &self.positions,
                thresholds: self.thresholds,
                drawn: &self.drawn,
                exits: self.exits,
                to: &self.options.to,
                pressures: self.pressures.planes(),
                tastes: &self.tastes,
            })
    }

    /// Those among the actors of a word who want to move and review in this tick; under fresh
    /// noise, those who review and have a choice.
    pub(super) fn reviewers(
        &mut self,
        prepared: &Prepared<'p>,
        draws: &Draws,
        word: usize,
        among: u64,
    ) -> u64 {
        let (plan, probability) = (prepared.plan, prepared.review_probability);
        let wanting = self.wanting.word(word) & among;
        let reviews = plan.who_reviews(probability, draws, self.tick);
        let reviewers = members(word, wanting).filter(|actor| reviews(*actor));
        let reviewers = reviewers.fold(0, |mask, actor| mask | 1 << (actor % PER_WORD));
        if prepared.fresh {
            self.pressures.refresh(plan, &self.sums, &self.gains, word, reviewers);
        }
        reviewers
    }

    /// Lets a reviewer take what it wants; returns whether it moves. `review` is the time within the
    /// tick and the number of its review in it.
    pub(super) fn take_up(
        &mut self,
        prepared: &Prepared<'p>,
        draws: &Draws,
        actor: usize,
        review: (u32, u32),
        trajectory: &mut Trajectory,
    ) -> bool {
        let to = if prepared.fresh {
            self.choose(prepared.plan, draws, actor, review.1)
        } else {
            self.choices[actor]
        };
        let moves = to != self.positions[actor];
        if moves {
            self.go(actor, to, review.0, trajectory);
        }
        moves
    }

    // Moves an actor at a time within the tick.
    fn go(&mut self, actor: usize, to: Position, offset: u32, trajectory: &mut Trajectory) {
        let from = std::mem::replace(&mut self.positions[actor], to);
        let id = u32::try_from(actor).unwrap_or(u32::MAX);
        trajectory.record_within(self.tick, offset, id, (from, to), Cause::Decided);
        self.wanting.remove(actor);
        self.pending.push(actor);
    }

    fn choose(&mut self, plan: &Plan, draws: &Draws, actor: usize, number: u32) -> Position {
        let n_k = plan.n_positions;
        let ballot = Ballot {
            held: self.positions[actor],
            pressure: self.pressures.row(actor, n_k),
            open: self.options.of(actor, n_k),
            threshold: self.thresholds.get(actor).copied().unwrap_or(0.0)
                + self.drawn.get(actor).copied().unwrap_or(0.0),
            exit: self.exits.get(actor).copied().unwrap_or(0.0),
            steps: &plan.position_thresholds,
        };
        let (tick, tastes) = (self.tick, &mut self.tastes);
        let width = in_whole_words(plan.n_actors());
        decide(plan.rule, &ballot, |k| {
            let Some(taste) = tastes.get_mut(usize::from(k) * width + actor) else {
                return plan.noise_at(draws, tick, number, actor, k);
            };
            if taste.is_nan() {
                *taste = plan.noise(draws, tick, actor, k);
            }
            *taste
        })
    }

    // ---- Continuous time under the hazard rule.

    /// Turns the clocks of those whose hazard may have changed.
    pub(super) fn turn_clocks(&mut self, prepared: &Prepared<'p>, now: Time) {
        let plan = prepared.plan;
        for word in 0..self.n_words() {
            let able = self.options.able.word(word);
            // One who is not able has no hazard, and had none since it was last considered.
            let asked = (self.pressures.stale.word(word) & able) | self.undecided.take(word);
            if asked == 0 {
                continue;
            }
            self.pressures.refresh(plan, &self.sums, &self.gains, word, asked & able);
            for actor in members(word, asked & able) {
                let row = self.pressures.row(actor, plan.n_positions);
                let open = self.options.of(actor, plan.n_positions);
                self.clocks.turn(plan, actor, now, plan.hazard(self.positions[actor], row, open));
            }
            for actor in members(word, asked & !able) {
                self.clocks.turn(plan, actor, now, 0.0);
            }
        }
    }

    /// When the next actor moves.
    pub(super) fn next_strike(&self) -> Option<Time> {
        self.clocks.first().map(|(time, _)| time)
    }

    /// Moves the actor whose clock strikes next.
    pub(super) fn strike(&mut self, prepared: &Prepared<'p>, draws: &Draws, trajectory: &mut Trajectory) {
        let (plan, Some((now, actor))) = (prepared.plan, self.clocks.first()) else { return };
        let row = self.pressures.row(actor, plan.n_positions);
        let open = self.options.of(actor, plan.n_positions);
        let moves = self.clocks.start_anew(plan, draws, actor, now);
        let to = plan.jump(draws, actor, moves, self.positions[actor], row, open);
        self.go(actor, to, tick_of(now).1, trajectory);
    }

    // ---- Trials.

    /// Lets those who have come to hold a new position since the last tick's decisions try their
    /// ties. `moved` are those who have moved, come or gone since then, in any order.
    pub(super) fn try_ties(
        &mut self,
        prepared: &Prepared<'p>,
        draws: &Draws,
        moved: &mut Vec<usize>,
        trajectory: &mut Trajectory,
    ) {
        let plan = prepared.plan;
        moved.sort_unstable();
        moved.dedup();
        let mut won: BTreeMap<usize, Vec<Position>> = BTreeMap::new();
        for &actor in &*moved {
            let k = self.positions[actor];
            let sender = u32::try_from(actor).unwrap_or(u32::MAX);
            if std::mem::replace(&mut self.tried[actor], k) == k || k == 0 {
                continue;
            }
            let gain = |program, target: u32| self.gains.of(program, usize::from(k), target as usize);
            for target in plan.convinces(self.tick, draws, sender, k, &self.hatched, gain) {
                won.entry(target as usize).or_default().push(k);
            }
        }
        for (actor, won) in won.iter().filter(|(actor, _)| self.present[**actor]) {
            let open = self.options.of(*actor, plan.n_positions);
            if let Some(to) = Plan::convinced(self.positions[*actor], won, open) {
                self.go(*actor, to, 0, trajectory);
            }
        }
    }

    /// Those who have moved, come or gone since the last tick's decisions.
    pub(super) fn moved(&self) -> Vec<usize> {
        self.pending.clone()
    }

    /// Puts the actors in the tick's random order.
    pub(super) fn shuffle(&mut self, prepared: &Prepared<'p>, draws: &Draws) {
        let key = |actor: u32| (prepared.plan.order_key(draws, self.tick, actor as usize), actor);
        self.scratch.order.clear();
        self.scratch.order.extend((0u32..).take(self.positions.len()).map(key));
        self.scratch.order.sort_unstable();
    }

    /// Whose turn comes at a place in the random order.
    pub(super) fn in_turn(&self, place: usize) -> Option<usize> {
        self.scratch.order.get(place).map(|entry| entry.1 as usize)
    }
}

fn at<T>(steps: &Steps<Vec<T>>, tick: Tick) -> &[T] {
    steps.at(tick).map_or(&[], Vec::as_slice)
}
