//! The figures that every run has.

use crate::picture::{of_run, quarters};
use crate::report::{CaseReport, NamedFigure, Part, Shows};
use crate::size::MOST_SHOWN;
use crate::{Failure, Moment, RunResults, Stage, words};
use normwave_network_model::ActorId;
use normwave_plan::{Cause, Position, Tick};
use normwave_pressure_factors::Scope;
use normwave_report::{
    AdoptionCurve, AdoptionPoint, AdoptionSeries, Alter, Balance, BalanceRow, EgoNetwork, EventMark, Push,
    Quantity, Side, TieDirection,
};
use normwave_scenario::Scenario;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Balances that are drawn unless a case says whose.
const BALANCES: usize = 4;
/// Events that are marked over time unless a case says which; more would hide the curve.
const EVENTS: usize = 12;
/// Rows on each side of a balance; the rest is summed up.
const ROWS: usize = 9;
/// An ego network is drawn for a government with no more senders than this.
const ALTERS: usize = 16;

/// The figures of a run.
///
/// # Errors
/// [`Failure`] if a derived layer cannot be computed.
pub fn figures(results: &RunResults, extra: &CaseReport) -> Result<Vec<NamedFigure>, Failure> {
    let mut figures = vec![adoption(results, &extra.shows)];
    if results.prepared.plan.n_actors() <= MOST_SHOWN {
        figures.extend(network(results, &extra.shows)?);
    }
    for (tick, actor) in whose_balance(results, &extra.shows)? {
        let moment = results.moment(tick, actor)?;
        let scenario = &results.prepared.scenario;
        let k = if moment.took == moment.sheet.held { moment.sheet.most_demanding() } else { moment.took };
        let id = file_name(&scenario.network.actor(actor).id);
        let when = scenario.calendar.label(tick);
        if let Some(ego) = ego_network(scenario, &moment, k)? {
            figures.push(NamedFigure {
                file: format!("ego-{id}-{when}"),
                svg: ego.to_svg(),
                caption: "Who presses, and toward what; arrows are as wide as the pressure.".to_owned(),
                part: Part::Balance,
            });
        }
        figures.push(NamedFigure {
            file: format!("balance-{id}-{when}"),
            svg: balance(scenario, &moment, k).to_svg(),
            caption: format!(
                "Balance of pressure on {}, {}.",
                words::full_name(scenario, actor),
                results.prepared.shown_run().phrase()
            ),
            part: Part::Balance,
        });
    }
    Ok(figures)
}

fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

// ---- Adoption over time.

fn adoption(results: &RunResults, shows: &Shows) -> NamedFigure {
    let scenario = &results.prepared.scenario;
    let several = results.replicates.len() > 1;
    let opens = scenario.norm.positions.iter().any(normwave_scenario::PositionSpec::can_wait);
    let mut series = Vec::new();
    for k in (1u8..).take(scenario.n_positions() - 1) {
        let point = |tick: Tick| {
            let band = results.shares.band(Stage::Decided, tick, k);
            AdoptionPoint {
                date: scenario.calendar.date_of(tick),
                centre: band.p50,
                band: several.then_some((band.p05, band.p95)),
            }
        };
        let name = words::position_name(scenario, k);
        let label = if several { format!("{name}: median, 5–95 % band") } else { name.to_owned() };
        let points = (0..=results.last_tick()).map(point).collect();
        series.push(AdoptionSeries { position: usize::from(k), label, points });
    }
    let few = scenario.events.len() <= EVENTS;
    let shown = |name: &String| if shows.events.is_empty() { few } else { shows.events.contains(name) };
    let marks = scenario.events.iter().filter(|event| shown(&event.name));
    let marks = marks.map(|event| EventMark { date: event.date, label: event.title.clone() });
    let curve = AdoptionCurve {
        title: "Who holds what over time".to_owned(),
        subtitle: crate::summary::how(results),
        y_label: if opens { "share of governments, by decision" } else { "share of governments" }.to_owned(),
        quantity: Quantity::Share,
        positions: words::positions(scenario),
        series,
        history: shows.history.clone(),
        events: marks.collect(),
    };
    NamedFigure {
        file: "adoption".to_owned(),
        svg: curve.to_svg(),
        caption: format!(
            "Share of living governments to which the norm applies, at the end of each tick.{}",
            if few { "" } else { " All events are listed with the scenario, below." }
        ),
        part: Part::Adoption,
    }
}

// ---- The network.

// From core to periphery and, where actors have coordinates, on the map, also over time.
fn network(results: &RunResults, shows: &Shows) -> Result<Vec<NamedFigure>, Failure> {
    let scenario = &results.prepared.scenario;
    let tick = shows.network_on.map_or(results.last_tick(), |date| scenario.calendar.tick_from(date));
    let n_actors = results.prepared.plan.n_actors();
    let noun = results.prepared.shown_run().noun();
    let run = results.noise_free.clone();
    let drawing = of_run(scenario, shows.clone(), run, n_actors, noun.to_owned());
    let named = |file: &str, svg: String, caption: String| NamedFigure {
        file: file.to_owned(),
        svg,
        caption,
        part: Part::Network,
    };
    let mut figures = Vec::new();
    if drawing.has_places() {
        let words = "States stand at their capitals; ties are those of the strongest of each.".to_owned();
        figures.push(named("map", drawing.map(tick)?.to_svg(), words));
        let dates = drawing.multiples(&quarters(results.prepared.plan.n_ticks))?;
        let words = "From the start to the end of the period; who is new in its position has a white middle.";
        figures.push(named("multiples", dates.to_svg(), words.to_owned()));
    }
    if let Some(rings) = drawing.rings(tick)? {
        figures.push(named("network", rings.to_svg(), format!("Positions at the end of {noun}.")));
    }
    Ok(figures)
}

// ---- Balances of pressure.

// Those that a case names; else the first and the last to move and the closest calls at the end.
fn whose_balance(results: &RunResults, shows: &Shows) -> Result<Vec<(Tick, ActorId)>, Failure> {
    let scenario = &results.prepared.scenario;
    if !shows.balances.is_empty() {
        let mut named = Vec::new();
        for (id, date) in &shows.balances {
            let tick = scenario.calendar.tick_from(*date).min(results.last_tick());
            named.push((tick, scenario.network.actor_id(id)?));
        }
        return Ok(named);
    }
    let decided: Vec<_> =
        results.noise_free.moves.iter().filter(|step| step.cause() == Cause::Decided).collect();
    let mut whose: Vec<(Tick, ActorId)> = decided
        .first()
        .into_iter()
        .chain(decided.last())
        .map(|step| (step.tick, ActorId(step.actor)))
        .collect();
    let mut calls: Vec<(f64, Tick, ActorId)> = Vec::new();
    results.replay().for_each_at_end(|moment| {
        let k = moment.sheet.most_demanding();
        if moment.took < k && moment.sheet.rows.iter().any(|row| row.toward > 0) {
            calls.push((-moment.sheet.margin(k), moment.sheet.tick, moment.sheet.actor));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    calls.sort_by(|a, b| a.0.total_cmp(&b.0));
    whose.extend(calls.into_iter().map(|(_, tick, actor)| (tick, actor)));
    let mut shown: Vec<(Tick, ActorId)> = Vec::new();
    for one in whose {
        if shown.len() < BALANCES && shown.iter().all(|other| other.1 != one.1) {
            shown.push(one);
        }
    }
    Ok(shown)
}

/// The balance of pressure on one government between `k` and the position against which it is
/// weighed, summed up by sender and factor.
#[must_use]
pub fn balance(scenario: &Scenario, moment: &Moment, k: Position) -> Balance {
    let sheet = &moment.sheet;
    let rival = sheet.rival(k);
    let mut rows = Vec::new();
    for (side, toward) in [(Side::StatusQuo, rival), (Side::Adoption, k)] {
        let mut on_side: Vec<_> = sheet.rows.iter().filter(|row| row.toward == toward).collect();
        on_side.sort_by(|a, b| b.pressure.total_cmp(&a.pressure));
        let kept = if on_side.len() > ROWS + 1 { ROWS } else { on_side.len() };
        for row in &on_side[..kept] {
            let source = row.source.map(|source| scenario.network.actor(source).name().to_owned());
            rows.push(BalanceRow {
                side,
                label: source.clone().unwrap_or_else(|| row.factor.clone()),
                group: if source.is_some() { row.factor.clone() } else { "own".to_owned() },
                value: row.pressure,
                gains: row.gains.iter().map(|gain| (gain.moderator.clone(), gain.gain)).collect(),
            });
        }
        let rest = &on_side[kept..];
        if !rest.is_empty() {
            rows.push(BalanceRow {
                side,
                label: format!("other ({})", rest.len()),
                group: String::new(),
                value: rest.iter().map(|row| row.pressure).sum(),
                gains: Vec::new(),
            });
        }
    }
    let name = |position| words::position_name(scenario, position).to_owned();
    Balance {
        title: format!(
            "{}, {}",
            scenario.network.actor(sheet.actor).name(),
            scenario.calendar.label(sheet.tick)
        ),
        subtitle: format!("holds “{}”; moderated pressure", name(sheet.held)),
        status_quo: name(rival),
        adoption: name(k),
        rows,
        threshold: if k == sheet.held {
            0.0
        } else {
            sheet.threshold + if k < sheet.held { sheet.exit } else { 0.0 }
        },
        verdict: verdict(scenario, moment),
    }
}

// What the government did, in words.
fn verdict(scenario: &Scenario, moment: &Moment) -> String {
    let name = |position| words::position_name(scenario, position);
    if moment.took == moment.sheet.held {
        format!("keeps “{}”", name(moment.sheet.held))
    } else {
        format!("moves to “{}”", name(moment.took))
    }
}

// The paper's Figure 1: all from whom a tie of a factor reaches one government, each with its net
// push. `None` if nobody does, or too many.
fn ego_network(scenario: &Scenario, moment: &Moment, k: Position) -> Result<Option<EgoNetwork>, Failure> {
    let sheet = &moment.sheet;
    let rival = sheet.rival(k);
    let view = scenario.network_at(sheet.tick)?;
    let mut pushes: BTreeMap<ActorId, (f64, String)> = BTreeMap::new();
    for factor in &scenario.factors {
        if let Scope::Ties { layer, .. } = factor.mechanism.scope() {
            let ties = view.ties_into(scenario.network.layer_id(layer)?, sheet.actor);
            pushes.extend(ties.iter().map(|tie| (tie.from, (0.0, factor.name.clone()))));
        }
    }
    for row in &sheet.rows {
        let Some(source) = row.source else { continue };
        let sign = if row.toward == k {
            1.0
        } else if row.toward == rival {
            -1.0
        } else {
            0.0
        };
        let push = pushes.entry(source).or_insert((0.0, row.factor.clone()));
        if push.0.abs() > 0.0 && push.1 != row.factor {
            "several".clone_into(&mut push.1);
        } else {
            row.factor.clone_into(&mut push.1);
        }
        push.0 += sign * row.pressure;
    }
    if pushes.is_empty() || pushes.len() > ALTERS {
        return Ok(None);
    }
    let date = scenario.calendar.as_of(sheet.tick);
    let name = |position| words::position_name(scenario, position);
    let alters = pushes.into_iter().map(|(source, (push, factor))| Alter {
        label: scenario.network.actor(source).name().to_owned(),
        detail: factor,
        strength: push.abs(),
        push: match push {
            push if push > 0.0 => Push::Adoption,
            push if push < 0.0 => Push::StatusQuo,
            _ => Push::None,
        },
        position: scenario.present(source, date).then(|| usize::from(moment.positions[source.idx()])),
        direction: TieDirection::ToEgo,
    });
    Ok(Some(EgoNetwork {
        title: format!(
            "Pressure on {}, {}",
            scenario.network.actor(sheet.actor).name(),
            scenario.calendar.label(sheet.tick)
        ),
        subtitle: format!("“{}” against “{}”", name(k), name(rival)),
        ego: scenario.network.actor(sheet.actor).id.clone(),
        ego_position: Some(usize::from(sheet.held)),
        positions: words::positions(scenario),
        sides: [rival, k].map(usize::from),
        alters: alters.collect(),
    }))
}
