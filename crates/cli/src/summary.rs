//! What a run says at the end: one screen of 80 columns and 24 lines.

use crate::report::CaseReport;
use crate::{Course, Failure, RunResults, Stage, words};
use normwave_analysis::adopters_at_end;
use normwave_network_model::ActorId;
use normwave_plan::{Cause, Move, Position, Tick};
use normwave_report::{Column, TextTable, fixed, percent};
use normwave_scenario::PositionSpec;
use serde_json::{Value, json};
use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::Path;

const WIDTH: usize = 80;
/// Lines of a case's own, and positions, that are shown at most.
const AT_MOST: usize = 4;
/// First moves and unmet expectations.
const FEW: usize = 3;

/// The summary for a person.
pub(crate) fn to_text(results: &RunResults, extra: &CaseReport, course: &Course, folder: &Path) -> String {
    let scenario = &results.prepared.scenario;
    let mut out = format!("{}\n{}\n\n", cut(&scenario.title), cut(&how(results)));
    out.push_str(&positions(results).to_text());
    out.push('\n');
    for line in key_dates(results).into_iter().chain(course.lines(scenario)) {
        let _ = writeln!(out, "{}", cut(&line));
    }
    for line in moves(results).unwrap_or_default() {
        let _ = writeln!(out, "{}", cut(&line));
    }
    for line in extra.summary.iter().take(AT_MOST) {
        let _ = writeln!(out, "{}", cut(line));
    }
    for line in expectations(results) {
        let _ = writeln!(out, "{}", cut(&line));
    }
    let report = folder.join("report.html");
    let _ = if report.exists() {
        writeln!(out, "Report: {}", report.display())
    } else {
        writeln!(out, "Tables: {}", folder.display())
    };
    out
}

fn cut(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}

/// Period, size and replicates in one line.
pub(crate) fn how(results: &RunResults) -> String {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let replicates = usize::try_from(results.settings.replicates).unwrap_or(usize::MAX);
    format!(
        "{} to {}, {}; {}, seed {}",
        calendar.label(0),
        calendar.label(calendar.n_ticks() - 1),
        words::count(results.actors.len(), "government", "governments"),
        words::count(replicates, "replicate", "replicates"),
        results.settings.seed,
    )
}

fn positions(results: &RunResults) -> TextTable {
    let scenario = &results.prepared.scenario;
    let last = results.last_tick();
    let opens = scenario.norm.positions.iter().any(PositionSpec::can_wait);
    let stage = if opens { Stage::Acted } else { Stage::Decided };
    let several = results.replicates.len() > 1;
    let mut columns = vec![
        Column::left(format!("held at the end ({})", if opens { "acted on" } else { "decided" }))
            .max_width(40),
        Column::right(results.prepared.shown_run().column()),
    ];
    if several {
        columns.extend([Column::right("mean"), Column::right("5–95 %")]);
    }
    let mut table = TextTable::new(columns);
    for k in (0u8..).take(scenario.n_positions().min(AT_MOST)) {
        let band = results.shares.band(stage, last, k);
        let mut cells = vec![
            words::position_name(scenario, k).to_owned(),
            percent(results.shares.noise_free(stage, last, k), 1),
        ];
        if several {
            cells.push(percent(band.mean, 1));
            cells.push(format!("{}–{} %", fixed(100.0 * band.p05, 0), fixed(100.0 * band.p95, 0)));
        }
        table.row(cells);
    }
    table
}

/// When it began, when it went fastest, and when half had adopted, in the run that is shown.
pub(crate) fn key_dates(results: &RunResults) -> Vec<String> {
    let label = |tick: Tick| results.prepared.scenario.calendar.label(tick);
    let run = results.prepared.shown_run();
    let decided: Vec<&Move> =
        results.noise_free.moves.iter().filter(|step| step.cause() == Cause::Decided).collect();
    let (Some(first), Some(last)) = (decided.first(), decided.last()) else {
        return vec![format!("Nobody decides to move in {}.", run.noun())];
    };
    let when = if first.tick == last.tick {
        format!("in {}", label(first.tick))
    } else {
        format!("from {} to {}", label(first.tick), label(last.tick))
    };
    let mut lines = vec![format!("Decisions {}: {}, {when}", run.phrase(), decided.len())];
    let busiest =
        decided.chunk_by(|a, b| a.tick == b.tick).max_by_key(|moves| (moves.len(), u32::MAX - moves[0].tick));
    if let Some(busiest) = busiest.filter(|_| first.tick < last.tick) {
        lines.push(format!("Most in one tick: {} in {}", busiest.len(), label(busiest[0].tick)));
    }
    let half =
        (0..=results.last_tick()).find(|&tick| results.shares.noise_free(Stage::Decided, tick, 0) <= 0.5);
    lines.push(match half {
        Some(tick) => format!("Half had left the status quo by {}", label(tick)),
        None => "Fewer than half left the status quo".to_owned(),
    });
    lines
}

/// The first moves without noise, each with what pressed most.
pub(crate) fn first_moves(results: &RunResults, at_most: usize) -> Result<Vec<FirstMove>, Failure> {
    let mut moves = Vec::new();
    results.replay().for_each_decision(at_most, |step, moment| {
        moves.push(FirstMove {
            tick: step.tick,
            actor: ActorId(step.actor),
            to: step.to(),
            margin: moment.sheet.margin(step.to()),
            because: strongest(results, &moment, step.to()),
        });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(moves)
}

/// A move and what pressed most.
pub(crate) struct FirstMove {
    pub(crate) tick: Tick,
    pub(crate) actor: ActorId,
    pub(crate) to: Position,
    pub(crate) margin: f64,
    pub(crate) because: String,
}

// The two largest pressures toward a position, in words.
fn strongest(results: &RunResults, moment: &crate::Moment, k: Position) -> String {
    let network = &results.prepared.scenario.network;
    let mut rows: Vec<_> = moment.sheet.rows.iter().filter(|row| row.toward == k).collect();
    rows.sort_by(|a, b| b.pressure.total_cmp(&a.pressure));
    let word = |row: &&normwave_analysis::Row| match row.source {
        Some(source) => {
            format!("{} {} {}", row.factor, network.actor(source).id, normwave_report::compact(row.pressure))
        }
        None => format!("{} {}", row.factor, normwave_report::compact(row.pressure)),
    };
    rows.iter().take(2).map(word).collect::<Vec<_>>().join(", ")
}

fn moves(results: &RunResults) -> Result<Vec<String>, Failure> {
    let scenario = &results.prepared.scenario;
    let line = |first: FirstMove| {
        format!(
            "  {} {} → {}: {}",
            scenario.calendar.label(first.tick),
            scenario.network.actor(first.actor).name(),
            words::position_name(scenario, first.to),
            first.because
        )
    };
    let lines: Vec<String> = first_moves(results, FEW)?.into_iter().map(line).collect();
    if lines.is_empty() {
        return Ok(lines);
    }
    Ok(std::iter::once("First moves, and what pressed most:".to_owned()).chain(lines).collect())
}

/// Whether the scenario's expectations are met, in lines.
pub(crate) fn expectations(results: &RunResults) -> Vec<String> {
    let Some(unmet) = results.unmet() else { return Vec::new() };
    let n = results.prepared.scenario.expect.len();
    if results.prepared.overrides.beyond_variant() {
        let found = if unmet.is_empty() { "as" } else { "not as" };
        return vec![format!("With these changes it comes out {found} expected without them.")];
    }
    if unmet.is_empty() {
        return vec![format!("Expected outcome: met ({}).", words::count(n, "expectation", "expectations"))];
    }
    let mut lines = vec![format!("Expected outcome: NOT met in {} of {n}:", unmet.len())];
    lines.extend(unmet.iter().take(FEW).map(|line| format!("  {line}")));
    lines
}

/// The summary for a program.
pub(crate) fn to_json(results: &RunResults, course: &Course, folder: &Path) -> Value {
    let scenario = &results.prepared.scenario;
    let last = results.last_tick();
    let position = |k: Position| {
        let of = |stage: Stage| {
            let band = results.shares.band(stage, last, k);
            json!({
                "mean": band.mean, "p05": band.p05, "p50": band.p50, "p95": band.p95,
                "noise_free": results.shares.noise_free(stage, last, k),
            })
        };
        json!({
            "position": k,
            "label": words::position_name(scenario, k),
            "decided": of(Stage::Decided),
            "acted": of(Stage::Acted),
        })
    };
    let unmet = results.unmet();
    json!({
        "title": scenario.title,
        "case": results.prepared.input.case,
        "folder": folder,
        "seed": results.settings.seed,
        "replicates": results.settings.replicates,
        "engine": results.settings.engine,
        "governments": results.actors.len(),
        "from": scenario.calendar.label(0),
        "until": scenario.calendar.label(last),
        "adopters_noise_free": adopters_at_end(&results.prepared.plan, &results.final_positions()),
        "shares": (0u8..).take(scenario.n_positions()).map(position).collect::<Vec<_>>(),
        "course": course.to_json(scenario),
        "variant": results.prepared.overrides.variant,
        "changed": results.prepared.overrides.beyond_variant(),
        "expectations": unmet.map(|unmet| json!({ "met": unmet.is_empty(), "unmet": unmet })),
    })
}
