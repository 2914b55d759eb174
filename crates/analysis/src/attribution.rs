//! What made a government move: whose pressure, and what had changed (MODEL §9).

use crate::ledger::{TickLedger, TickState};
use crate::sender::Sender;
use crate::sheet::{BalanceSheet, Row};
use normwave_network_model::{ActorId, NetworkError};
use normwave_plan::{Cause, Draws, Plan, Position, Schedule, Tick, Trajectory};
use normwave_scenario::{Event, Scenario};
use std::collections::BTreeMap;

/// What one sender contributed to a move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The sender.
    pub sender: Sender,
    /// Its pressure toward the position that was taken.
    pub pressure: f64,
    /// Its share of all pressure toward that position, 0 to 1.
    pub share: f64,
}

/// What one sender changed in the balance since the tick before.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The position toward which the sender presses; that of the status quo where its pressure to
    /// stay has changed.
    pub toward: Position,
    /// The factor.
    pub factor: String,
    /// The sender.
    pub sender: Sender,
    /// By how much it raised the balance of the position that was taken: less pressure to stay
    /// counts as much as more pressure to move.
    pub by: f64,
}

/// A move, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who moved.
    pub actor: ActorId,
    /// When.
    pub tick: Tick,
    /// To which position.
    pub to: Position,
    /// The margin with which it moved, without noise.
    pub margin: f64,
    /// Whether noise decided: the move has noise, and its margin is 0 or less.
    pub chance: bool,
    /// Who pressed toward the position, the strongest first; equals in order of their ids.
    pub contributions: Vec<Contribution>,
    /// What changed since the tick before, the largest first; empty without one.
    pub changes: Vec<Change>,
}

impl Attribution {
    /// Takes a move apart, given the government's sheet when it decided and, if there is one, its
    /// sheet in the tick before.
    ///
    /// Shares are `Σ_f pressure_f(j → i, k) / P_ik` for the position k that was taken. Changes sum
    /// to the change of `B_ik` for the position held at the move.
    #[must_use]
    pub fn new(sheet: &BalanceSheet, before: Option<&BalanceSheet>, to: Position, noise: bool) -> Self {
        let margin = sheet.margin(to);
        Attribution {
            actor: sheet.actor,
            tick: sheet.tick,
            to,
            margin,
            chance: noise && margin <= 0.0,
            contributions: contributions(sheet, to),
            changes: before.map_or(Vec::new(), |before| changes(before, sheet, to)),
        }
    }

    /// The strongest sender, if anybody pressed at all.
    #[must_use]
    pub fn strongest(&self) -> Option<&Contribution> {
        self.contributions.first()
    }
}

/// Takes apart every decision of a run that moved a government, in order, each beside the
/// government's sheet in the tick before.
///
/// `draws` are those of the run; what they drew for thresholds is in the margins. Ledgers are opened
/// once for each tick with decisions and once for the tick before it; where governments decide one
/// after the other, once for each decision.
///
/// # Errors
/// [`NetworkError`] if a derived layer cannot be computed.
pub fn attributions(
    scenario: &Scenario,
    plan: &Plan,
    run: &Trajectory,
    draws: &Draws,
) -> Result<Vec<Attribution>, NetworkError> {
    let n = plan.n_actors();
    let drawn = plan.drawn_thresholds(draws);
    let open = |tick, state: &TickState| TickLedger::new(scenario, tick, state);
    let mut before: Option<TickLedger<'_>> = None;
    let mut now: Option<TickLedger<'_>> = None;
    let mut all = Vec::new();
    for (rank, step) in run.ranked().filter(|(_, step)| step.cause() == Cause::Decided) {
        let same_tick = now.as_ref().is_some_and(|ledger| ledger.tick() == step.tick);
        if !same_tick || plan.schedule != Schedule::Synchronous {
            let state = match plan.schedule {
                Schedule::Synchronous => TickState::at_decisions(run, n, step.tick),
                Schedule::RandomSequential => TickState::before_move(run, n, step.tick, rank),
                Schedule::Continuous => TickState::in_continuous_time(run, n, step.tick, rank),
            };
            let last = now.replace(open(step.tick, &state)?);
            if !same_tick {
                let earlier = |ledger: &TickLedger<'_>| Some(ledger.tick()) == step.tick.checked_sub(1);
                // All decisions of a tick are taken from one state, which the next tick looks back on.
                before = match (last.filter(earlier), step.tick.checked_sub(1)) {
                    (Some(last), _) if plan.schedule == Schedule::Synchronous => Some(last),
                    (_, Some(tick)) => Some(open(tick, &TickState::at_decisions(run, n, tick))?),
                    (_, None) => None,
                };
            }
        }
        if let Some(ledger) = &now {
            let actor = ActorId(step.actor);
            let mut sheet = ledger.sheet(actor);
            sheet.threshold += drawn.get(actor.idx()).map_or(0.0, |drawn| drawn * plan.unit());
            let earlier = before.as_ref().map(|ledger| ledger.sheet(actor));
            all.push(Attribution::new(&sheet, earlier.as_ref(), step.to(), false));
        }
    }
    Ok(all)
}

fn contributions(sheet: &BalanceSheet, k: Position) -> Vec<Contribution> {
    let mut by_sender: BTreeMap<Sender, f64> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| row.toward == k) {
        *by_sender.entry(Sender::of(row)).or_default() += row.pressure;
    }
    let all: f64 = by_sender.values().sum();
    let share = |pressure: f64| if all > 0.0 { pressure / all } else { 0.0 };
    let mut contributions: Vec<Contribution> = by_sender
        .into_iter()
        .filter(|(_, pressure)| *pressure > 0.0)
        .map(|(sender, pressure)| Contribution { sender, pressure, share: share(pressure) })
        .collect();
    contributions.sort_by(|a, b| b.pressure.total_cmp(&a.pressure));
    contributions
}

// Rows toward `to` count as they are, rows toward the position held with the opposite sign.
fn changes<'s>(before: &'s BalanceSheet, now: &'s BalanceSheet, to: Position) -> Vec<Change> {
    let mut by: BTreeMap<(Position, &str, Sender), f64> = BTreeMap::new();
    let mut add = |row: &'s Row, sign: f64| {
        let side = if row.toward == to {
            1.0
        } else if row.toward == now.held {
            -1.0
        } else {
            return;
        };
        *by.entry((row.toward, row.factor.as_str(), Sender::of(row))).or_default() +=
            sign * side * row.pressure;
    };
    now.rows.iter().for_each(|row| add(row, 1.0));
    before.rows.iter().for_each(|row| add(row, -1.0));
    let scale: f64 = now.pressures.iter().chain(&before.pressures).sum();
    let changed = by.into_iter().filter(|(_, by)| by.abs() > 1e-12 * scale);
    let change = |((toward, factor, sender), by): ((Position, &str, Sender), f64)| Change {
        toward,
        factor: factor.to_owned(),
        sender,
        by,
    };
    let mut changes: Vec<Change> = changed.map(change).collect();
    changes.sort_by(|a, b| b.by.abs().total_cmp(&a.by.abs()));
    changes
}

/// The events that begin or end in a tick, by which a change in it has a name.
#[must_use]
pub fn events_in(scenario: &Scenario, tick: Tick) -> Vec<&Event> {
    let calendar = &scenario.calendar;
    let within = |event: &&Event| {
        calendar.tick_of(event.date) == Some(tick)
            || event.until.is_some_and(|end| calendar.tick_of(end) == Some(tick))
    };
    scenario.events.iter().filter(within).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Channel;
    use normwave_pressure_factors::Mechanism;
    use normwave_scenario::{InMemory, Overrides, Registries};

    fn row(toward: Position, factor: &str, source: Option<u32>, pressure: f64) -> Row {
        Row {
            toward,
            factor: factor.to_owned(),
            kind: factor.to_owned(),
            mechanism: if factor == "markets" { Mechanism::Competition } else { Mechanism::Domestic },
            channel: Channel::State,
            source: source.map(ActorId),
            layer: None,
            raw: pressure,
            gains: Vec::new(),
            pressure,
        }
    }

    fn sheet(tick: Tick, rows: Vec<Row>) -> BalanceSheet {
        let mut pressures = vec![0.0; 2];
        rows.iter().for_each(|row| pressures[usize::from(row.toward)] += row.pressure);
        BalanceSheet {
            actor: ActorId(0),
            tick,
            held: 0,
            threshold: 0.0,
            exit: 0.0,
            steps: vec![0.0; 2],
            pressures,
            rows,
            selectorate: Vec::new(),
            blocked_by: Vec::new(),
        }
    }

    #[test]
    fn shares_are_of_the_pressure_toward_what_was_taken_and_name_self_and_system() {
        let rows = vec![
            row(0, "moral", Some(9), 3.0),
            row(1, "moral", Some(2), 1.0),
            row(1, "aid", Some(2), 2.0),
            row(1, "markets", None, 4.0),
            row(1, "demining", None, 1.0),
        ];
        let found = Attribution::new(&sheet(1, rows), None, 1, false);
        let shares: Vec<_> = found.contributions.iter().map(|cause| (cause.sender, cause.share)).collect();
        assert_eq!(shares, [(Sender::System, 0.5), (Sender::Actor(ActorId(2)), 0.375), (Sender::Own, 0.125)]);
        assert_eq!((found.margin, found.chance, found.changes.len()), (5.0, false, 0));
    }

    #[test]
    fn a_move_against_the_balance_is_chance_only_where_there_is_noise() {
        let sheet = sheet(1, vec![row(0, "moral", Some(9), 3.0), row(1, "moral", Some(2), 3.0)]);
        assert!(Attribution::new(&sheet, None, 1, true).chance);
        assert!(!Attribution::new(&sheet, None, 1, false).chance, "at least: a tie decides");
    }

    #[test]
    fn falling_pressure_to_stay_has_a_name() {
        let before = sheet(4, vec![row(0, "coercion", Some(9), 5.0), row(1, "moral", Some(2), 2.0)]);
        let now = sheet(5, vec![row(0, "coercion", Some(9), 1.0), row(1, "moral", Some(2), 3.0)]);
        let found = Attribution::new(&now, Some(&before), 1, false);
        let named: Vec<_> =
            found.changes.iter().map(|change| (change.toward, change.factor.as_str(), change.by)).collect();
        assert_eq!(named, [(0, "coercion", 4.0), (1, "moral", 1.0)]);
        let sum: f64 = found.changes.iter().map(|change| change.by).sum();
        assert!((sum - (now.balance(1) - before.balance(1))).abs() < 1e-12);
    }

    #[test]
    fn an_event_is_named_in_the_ticks_in_which_it_begins_and_ends() {
        let text = r#"
            schema = 1
            title = "1989"
            period = { start = 1985-01-01, until = 1992-01-01, tick = "year" }
            network.generate.complete = { actors = 3 }
            factor.peers = { type = "emulation", layer = "ties" }
            [event.sinatra]
            date = 1989-10-25
            until = 1991-08-19
            change = [{ kappa = "peers", multiply = 0.5 }]
        "#;
        let files = InMemory::default();
        let read = Scenario::read("s.toml", text, &files, &Registries::default(), &Overrides::default());
        let scenario = read.unwrap();
        let named = |tick| events_in(&scenario, tick).len();
        assert_eq!([3, 4, 5, 6].map(named), [0, 1, 0, 1]);
    }
}
