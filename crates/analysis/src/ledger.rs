//! One tick, taken apart: every pressure with its sender and gains (MODEL §9).
//!
//! Nothing here is shared with lowering: the two must agree because both are right.

use crate::sheet::{BalanceSheet, Channel, Gain, Row};
use normwave_moderators::Pressure;
use normwave_network_model::{ActorId, ActorKind, NetworkError, NetworkView, Tie};
use normwave_plan::{Cause, Move, Position, Tick, Trajectory};
use normwave_pressure_factors::{NormState, Scope, Signal, SystemView};
use normwave_scenario::{Exposure, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// The positions held when a decision was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TickState {
    /// At the start of the tick's decisions, from which gains are read.
    pub start: Vec<Position>,
    /// When the decision was taken, from which signals are heard; it differs from `start` only
    /// where governments decide one after the other in random order.
    pub live: Vec<Position>,
    /// The moves up to the decisions of this tick, from which it follows what the persuadable say. Without
    /// them they say what their own rules say.
    pub past: Option<Trajectory>,
}

impl TickState {
    /// A state in which nobody has moved within the tick, and without a past.
    #[must_use]
    pub fn at_rest(positions: Vec<Position>) -> Self {
        TickState { live: positions.clone(), start: positions, past: None }
    }

    /// The state at the start of a tick's decisions: after what the scenario dated in it.
    #[must_use]
    pub fn at_decisions(trajectory: &Trajectory, n_actors: usize, tick: Tick) -> Self {
        let dated =
            trajectory.ranked().filter(|(_, step)| step.tick == tick && step.cause() != Cause::Decided);
        let first_decision = dated.map(|(rank, _)| rank + 1).max().unwrap_or(0);
        let past = Some(moves_before(trajectory, tick));
        TickState { past, ..TickState::at_rest(trajectory.positions_before(n_actors, tick, first_decision)) }
    }

    /// The state after a tick's decisions.
    #[must_use]
    pub fn after_decisions(trajectory: &Trajectory, n_actors: usize, tick: Tick) -> Self {
        let past = Some(moves_before(trajectory, tick));
        TickState { past, ..TickState::at_rest(trajectory.positions_before(n_actors, tick + 1, 0)) }
    }

    /// As [`TickState::at_decisions`], with the signals as they were before the tick's move of a
    /// rank, for the random sequential schedule.
    #[must_use]
    pub fn before_move(trajectory: &Trajectory, n_actors: usize, tick: Tick, rank: u32) -> Self {
        let live = trajectory.positions_before(n_actors, tick, rank);
        TickState { live, ..TickState::at_decisions(trajectory, n_actors, tick) }
    }

    /// The state before the tick's move of a rank in continuous time, where gains follow every move
    /// as signals do.
    #[must_use]
    pub fn in_continuous_time(trajectory: &Trajectory, n_actors: usize, tick: Tick, rank: u32) -> Self {
        let live = trajectory.positions_before(n_actors, tick, rank);
        TickState { start: live.clone(), live, ..TickState::at_decisions(trajectory, n_actors, tick) }
    }

    // What the persuadable say in the tick: it follows from the ticks before, not from the moves in it.
    fn persuaded(&self, scenario: &Scenario, tick: Tick) -> Vec<f64> {
        let mut persuaded = None;
        if let Some(past) = self.past.as_ref().filter(|_| !scenario.advocacy.persuadable.is_empty()) {
            past.for_each_start(self.start.len(), tick + 1, |at, positions| {
                let said = persuaded.take().unwrap_or_else(|| scenario.unpersuaded(positions));
                persuaded = Some(if at < tick { scenario.persuade(at, positions, &said) } else { said });
            });
        }
        persuaded.unwrap_or_else(|| scenario.own_stances(tick, &self.start))
    }
}

// The moves up to the decisions of a tick.
fn moves_before(trajectory: &Trajectory, tick: Tick) -> Trajectory {
    let before = |step: &&Move| step.tick < tick || (step.tick == tick && step.cause() != Cause::Decided);
    let moves = trajectory.moves.iter().take_while(before);
    Trajectory { moves: moves.copied().collect(), ..Trajectory::default() }
}

/// All pressures of one tick, from which balance sheets are read.
#[derive(Debug)]
pub struct TickLedger<'s> {
    scenario: &'s Scenario,
    tick: Tick,
    network: NetworkView<'s>,
    // The norm at the start of the tick, and as it is heard.
    start: NormState,
    live: NormState,
    past: Option<Trajectory>,
    factors: Vec<FactorSheet>,
}

// What one factor exerts, before κ and signals.
#[derive(Debug)]
struct FactorSheet {
    fills: Vec<f64>,
    // Per position, per moderator on this factor: its name and its gains.
    gains: Vec<Vec<(String, Vec<f64>)>>,
}

impl<'s> TickLedger<'s> {
    /// Takes a tick apart.
    ///
    /// # Errors
    /// [`NetworkError`] if a derived layer cannot be computed.
    pub fn new(scenario: &'s Scenario, tick: Tick, state: &TickState) -> Result<Self, NetworkError> {
        let network = scenario.network_at(tick)?;
        let persuaded = state.persuaded(scenario, tick);
        let mut start = scenario.norm_state_with(tick, &state.start, &persuaded);
        scenario.expose(&network, &mut start);
        let live = scenario.norm_state_with(tick, &state.live, &persuaded);
        let past = state.past.clone();
        let mut ledger = TickLedger { scenario, tick, network, start, live, past, factors: Vec::new() };
        ledger.factors = (0..scenario.factors.len()).map(|factor| ledger.factor_sheet(factor)).collect();
        Ok(ledger)
    }

    fn factor_sheet(&self, factor: usize) -> FactorSheet {
        let view = SystemView { network: &self.network, norm: &self.start };
        let spec = &self.scenario.factors[factor];
        let n_k = self.scenario.n_positions();
        let ties = self.ties(factor);
        let n = ties.map_or(self.network.n_actors() * n_k, <[Tie]>::len);
        let mut fills = vec![0.0; n];
        spec.mechanism.fill(&view, &mut fills);
        let mut gains = Vec::new();
        for k in (0u8..).take(n_k) {
            let own: Vec<f64>;
            let raw = match ties {
                Some(_) => &fills,
                None => {
                    own = fills.iter().skip(usize::from(k)).step_by(n_k).copied().collect();
                    &own
                }
            };
            let pressure = Pressure { factor: &spec.name, toward: k, ties, raw };
            let one = |active: &normwave_scenario::ActiveModerator| {
                let mut gain = vec![1.0; raw.len()];
                active.moderator.moderate(&pressure, &view, &mut gain);
                (active.name.clone(), gain)
            };
            gains.push(self.scenario.moderators_of(factor).map(one).collect());
        }
        FactorSheet { fills, gains }
    }

    fn ties(&self, factor: usize) -> Option<&[Tie]> {
        match self.scenario.factors[factor].mechanism.scope() {
            Scope::Ties { layer, .. } => Some(self.network.ties_of(layer).unwrap_or(&[])),
            Scope::Actors => None,
        }
    }

    /// The tick.
    #[must_use]
    pub fn tick(&self) -> Tick {
        self.tick
    }

    pub(crate) fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    pub(crate) fn past(&self) -> Option<&Trajectory> {
        self.past.as_ref()
    }

    /// The governments under the norm, which have sheets.
    pub fn governments(&self) -> impl Iterator<Item = ActorId> + '_ {
        let all = (0u32..).map(ActorId).zip(&self.start.positions);
        all.filter(|(_, held)| held.is_some()).map(|(actor, _)| actor)
    }

    /// The balance sheet of one government; without rows if the norm does not apply to it. Its
    /// threshold leaves out what a replicate draws.
    #[must_use]
    pub fn sheet(&self, actor: ActorId) -> BalanceSheet {
        let date = self.network.date();
        let at = |lines: &[normwave_network_model::Timeline<f64>]| {
            lines[actor.idx()].at(date).copied().unwrap_or(0.0)
        };
        let mut rows = Vec::new();
        if self.start.positions[actor.idx()].is_some() {
            for factor in 0..self.factors.len() {
                self.add_rows(factor, actor, &mut rows);
            }
        }
        let mut pressures = vec![0.0; self.scenario.n_positions()];
        rows.iter().for_each(|row| pressures[usize::from(row.toward)] += row.pressure);
        BalanceSheet {
            actor,
            tick: self.tick,
            held: self.live.positions[actor.idx()].unwrap_or(0),
            threshold: at(&self.scenario.decision.thresholds),
            exit: at(&self.scenario.decision.exits),
            steps: self.scenario.norm.positions.iter().map(|position| position.threshold).collect(),
            pressures,
            rows,
            selectorate: self.selectorate(actor),
            blocked_by: self.blockers(actor),
        }
    }

    // The groups at home, by the layers of the factors that run from them.
    fn selectorate(&self, home: ActorId) -> Vec<(ActorId, f64)> {
        let own = |group: ActorId| self.network.actors()[group.idx()].home == Some(home);
        let mut groups = BTreeMap::new();
        for factor in 0..self.factors.len() {
            let ties = self.ties(factor).unwrap_or(&[]);
            // Ties are sorted by whom they reach.
            let into = ties[ties.partition_point(|tie| tie.to < home)..].iter();
            let into = into.take_while(|tie| tie.to == home).filter(|tie| own(tie.from));
            groups.extend(into.map(|tie| (tie.from, tie.strength)));
        }
        groups.into_iter().collect()
    }

    // The groups that veto, by the moderators that act on any factor.
    fn blockers(&self, actor: ActorId) -> Vec<ActorId> {
        let view = SystemView { network: &self.network, norm: &self.start };
        let blockers =
            self.scenario.moderators.iter().flat_map(|active| active.moderator.blockers(actor, &view));
        blockers.collect::<BTreeSet<ActorId>>().into_iter().collect()
    }

    // raw_f(j→i, k) · Π μ_m, one row per sender and position.
    fn add_rows(&self, factor: usize, target: ActorId, rows: &mut Vec<Row>) {
        let spec = &self.scenario.factors[factor];
        let kappa = spec.kappa.at(self.network.date()).copied().unwrap_or(0.0);
        let n_k = self.scenario.n_positions();
        let sheet = &self.factors[factor];
        match spec.mechanism.scope() {
            Scope::Actors => {
                for k in (0u8..).take(n_k) {
                    let raw = kappa * sheet.fills[target.idx() * n_k + usize::from(k)];
                    self.push_row(factor, k, None, None, raw, target.idx(), rows);
                }
            }
            Scope::Ties { signal, layer } => {
                let ties = self.ties(factor).unwrap_or(&[]);
                let first = ties.partition_point(|tie| tie.to < target);
                let into: Vec<(usize, &Tie)> =
                    ties.iter().enumerate().skip(first).take_while(|(_, tie)| tie.to == target).collect();
                let per = match spec.exposure {
                    Exposure::Sum => 1.0,
                    Exposure::Mean => into.iter().map(|(_, tie)| tie.strength).sum(),
                };
                for (idx, tie) in into {
                    for k in (0u8..).take(n_k) {
                        let heard = self.heard(signal, tie.from, k);
                        let raw = if per > 0.0 { kappa * sheet.fills[idx] * heard / per } else { 0.0 };
                        self.push_row(factor, k, Some(tie.from), Some(layer), raw, idx, rows);
                    }
                }
            }
        }
    }

    // ŷ_jk = Σ_m s_mk · y_jm.
    fn heard(&self, signal: Signal, sender: ActorId, k: Position) -> f64 {
        let n_k = self.scenario.n_positions();
        let support = |m: usize| self.scenario.norm.support[m * n_k + usize::from(k)];
        match signal {
            Signal::Adoption => {
                self.live.positions[sender.idx()].map_or(0.0, |held| support(usize::from(held)))
            }
            Signal::Advocacy => {
                let x = &self.live.advocacy[sender.idx() * n_k..(sender.idx() + 1) * n_k];
                x.iter().enumerate().map(|(m, x)| support(m) * x).sum()
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a row")]
    fn push_row(
        &self,
        factor: usize,
        toward: Position,
        source: Option<ActorId>,
        layer: Option<&str>,
        raw: f64,
        idx: usize,
        rows: &mut Vec<Row>,
    ) {
        if raw <= 0.0 {
            return;
        }
        let spec = &self.scenario.factors[factor];
        let gains = &self.factors[factor].gains[usize::from(toward)];
        let gains: Vec<Gain> =
            gains.iter().map(|(name, gains)| Gain { moderator: name.clone(), gain: gains[idx] }).collect();
        let gain: f64 = gains.iter().map(|gain| gain.gain).product();
        rows.push(Row {
            toward,
            factor: spec.name.clone(),
            kind: spec.kind.clone(),
            mechanism: spec.mechanism.mechanism(),
            channel: self.channel(source),
            source,
            layer: layer.map(str::to_owned),
            raw,
            gains,
            pressure: raw * gain,
        });
    }

    fn channel(&self, source: Option<ActorId>) -> Channel {
        match source.map(|source| self.network.actors()[source.idx()].kind) {
            None => Channel::Own,
            Some(ActorKind::Government) => Channel::State,
            Some(ActorKind::Igo) => Channel::Organisation,
            Some(ActorKind::Ngo) => Channel::Transnational,
            Some(ActorKind::DomesticGroup) => Channel::Domestic,
        }
    }
}
