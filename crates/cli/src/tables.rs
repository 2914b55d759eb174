//! The CSV tables of a run. They are the same, byte for byte, for any engine and number of threads.

use crate::course::sender_name;
use crate::{Course, Failure, Moment, RunResults, Stage, output};
use normwave_network_model::ActorId;
use normwave_plan::Cause;
use normwave_scenario::Scenario;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::ControlFlow;

/// A CSV text in the making.
pub(crate) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub(crate) fn new(columns: &[&str]) -> Self {
        let mut table = Table(csv::Writer::from_writer(Vec::new()));
        table.row(columns);
        table
    }

    pub(crate) fn row<S: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = S>) {
        self.0.write_record(fields).expect("memory can be written to");
    }

    pub(crate) fn into_text(self) -> String {
        let bytes = self.0.into_inner().expect("memory can be written to");
        String::from_utf8(bytes).expect("fields are text")
    }
}

pub(crate) fn cause_name(cause: Cause) -> &'static str {
    match cause {
        Cause::Decided => "decided",
        Cause::Set => "set",
        Cause::Inherited => "inherited",
    }
}

// Fields as they stand in a row.
fn cells<S: AsRef<[u8]>>(fields: impl IntoIterator<Item = S>) -> String {
    let mut table = Table(csv::Writer::from_writer(Vec::new()));
    table.row(fields);
    let mut text = table.into_text();
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// `adoptions.csv`: one row for each change of position, by replicate, then actor, then time.
pub(crate) fn adoptions(results: &RunResults) -> String {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let columns = ["replicate", "actor", "name", "position", "label", "decided", "acted", "cause"];
    let mut text = Table::new(&columns).into_text();
    // Many rows, put together from what they share.
    let n_ticks = results.prepared.plan.n_ticks;
    let labels: Vec<String> = (0..n_ticks).map(|tick| cells([calendar.label(tick)])).collect();
    let label = |tick: u32| labels.get(tick as usize).map_or("", String::as_str);
    let position = |k: u8| cells([&k.to_string(), crate::words::position_name(scenario, k)]);
    let positions: Vec<String> = (0u8..).take(scenario.n_positions()).map(position).collect();
    let actors = scenario.network.actors();
    let who: Vec<String> = actors.iter().map(|actor| cells([&actor.id, actor.name()])).collect();
    let mut by_id: Vec<usize> = (0..actors.len()).collect();
    by_id.sort_by_key(|&actor| &actors[actor].id);
    let mut place = vec![0; actors.len()];
    by_id.iter().enumerate().for_each(|(at, &actor)| place[actor] = at);
    for (replicate, run) in results.replicates.iter().enumerate() {
        let replicate = replicate.to_string();
        let acted = results.prepared.plan.acted(run);
        // Moves are in the order of time.
        let mut order: Vec<(usize, usize)> =
            run.moves.iter().enumerate().map(|(idx, step)| (place[step.actor as usize], idx)).collect();
        order.sort_unstable();
        for (_, idx) in order {
            let step = &run.moves[idx];
            let fields = [
                replicate.as_str(),
                &who[step.actor as usize],
                &positions[usize::from(step.to())],
                label(step.tick),
                acted[idx].map_or("", label),
                cause_name(step.cause()),
            ];
            for (field, end) in fields.into_iter().zip([",", ",", ",", ",", ",", "\n"]) {
                text.push_str(field);
                text.push_str(end);
            }
        }
    }
    text
}

/// `shares.csv`: the share of governments that holds exactly each position at the end of each tick,
/// from the decision on (`decided`) and from when it could be acted on (`acted`).
pub(crate) fn shares(results: &RunResults) -> String {
    let scenario = &results.prepared.scenario;
    let mut table =
        Table::new(&["tick", "stage", "position", "label", "mean", "p05", "p50", "p95", "noise_free"]);
    for tick in 0..results.prepared.plan.n_ticks {
        for stage in Stage::ALL {
            for k in (0u8..).take(scenario.n_positions()) {
                let band = results.shares.band(stage, tick, k);
                table.row([
                    scenario.calendar.label(tick),
                    stage.name().to_owned(),
                    k.to_string(),
                    crate::words::position_name(scenario, k).to_owned(),
                    band.mean.to_string(),
                    band.p05.to_string(),
                    band.p50.to_string(),
                    band.p95.to_string(),
                    results.shares.noise_free(stage, tick, k).to_string(),
                ]);
            }
        }
    }
    table.into_text()
}

/// `ledger.csv`: every pressure at the moves of the run without noise (`moment` is `move`) and on
/// all governments at its last tick (`last`).
///
/// # Errors
/// [`Failure`] if a derived layer cannot be computed.
pub(crate) fn ledger(results: &RunResults) -> Result<String, Failure> {
    let (text, whole) = ledger_up_to(results, MOST_LEDGER_ROWS)?;
    if !whole {
        output::note(&format!(
            "ledger.csv has the first {MOST_LEDGER_ROWS} pressures or a few less; `normwave explain` shows any other"
        ));
    }
    Ok(text)
}

// At most so many rows, in whole sheets; with whether that is all.
fn ledger_up_to(results: &RunResults, most: usize) -> Result<(String, bool), Failure> {
    let mut table = Table::new(&[
        "moment",
        "tick",
        "actor",
        "held",
        "took",
        "toward",
        "factor",
        "type",
        "mechanism",
        "channel",
        "source",
        "layer",
        "raw",
        "gains",
        "pressure",
    ]);
    let replay = results.replay();
    let scenario = &results.prepared.scenario;
    let mut n_rows = 0;
    let mut add = |when: &str, moment: &Moment| {
        n_rows += moment.sheet.rows.len();
        if n_rows > most {
            return ControlFlow::Break(());
        }
        add_sheet(&mut table, scenario, when, moment);
        ControlFlow::Continue(())
    };
    let mut last = ControlFlow::Continue(());
    replay.for_each_decision(usize::MAX, |_, moment| {
        last = add("move", &moment);
        Ok(last)
    })?;
    if last.is_continue() {
        replay.for_each_at_end(|moment| {
            last = add("last", &moment);
            Ok(last)
        })?;
    }
    Ok((table.into_text(), last.is_continue()))
}

/// Most rows of `ledger.csv`: about half a gigabyte. Sheets beyond it are left out whole.
pub(crate) const MOST_LEDGER_ROWS: usize = 5_000_000;

fn add_sheet(table: &mut Table, scenario: &Scenario, when: &str, moment: &Moment) {
    let sheet = &moment.sheet;
    let tick = scenario.calendar.label(sheet.tick);
    let id = |actor: ActorId| &scenario.network.actor(actor).id[..];
    let [held, took] = [sheet.held, moment.took].map(|position| position.to_string());
    let (mut gains, mut raw, mut pressure) = (String::new(), String::new(), String::new());
    for row in &sheet.rows {
        [&mut gains, &mut raw, &mut pressure].into_iter().for_each(String::clear);
        for gain in &row.gains {
            let semicolon = if gains.is_empty() { "" } else { ";" };
            gains.extend([semicolon, &gain.moderator, "="]);
            add_six(&mut gains, gain.gain);
        }
        add_six(&mut raw, row.raw);
        add_six(&mut pressure, row.pressure);
        table.row([
            when,
            &tick,
            id(sheet.actor),
            &held,
            &took,
            &row.toward.to_string(),
            &row.factor,
            &row.kind,
            row.mechanism.name(),
            row.channel.name(),
            row.source.map_or("", id),
            row.layer.as_deref().unwrap_or_default(),
            &raw,
            &gains,
            &pressure,
        ]);
    }
}

/// `waves.csv`: the waves, arrests and stages of each new position, in the run without noise.
pub(crate) fn waves(results: &RunResults, course: &Course) -> String {
    let scenario = &results.prepared.scenario;
    let label = |tick| scenario.calendar.label(tick);
    let mut table = Table::new(&["position", "label", "kind", "name", "from", "until", "adopters", "rate"]);
    for of in &course.positions {
        let mut row =
            |kind: &str, name: String, from, until: Option<u32>, adopters: Option<u32>, rate: Option<f64>| {
                table.row([
                    of.position.to_string(),
                    crate::words::position_name(scenario, of.position).to_owned(),
                    kind.to_owned(),
                    name,
                    label(from),
                    until.map_or(String::new(), label),
                    adopters.map_or(String::new(), |n| n.to_string()),
                    rate.map_or(String::new(), six),
                ]);
            };
        for (i, wave) in of.waves.iter().enumerate() {
            row(
                "wave",
                (i + 1).to_string(),
                wave.from,
                Some(wave.until),
                Some(wave.adopters),
                Some(wave.rate),
            );
        }
        for (i, stall) in of.arrests.iter().enumerate() {
            row("arrest", (i + 1).to_string(), stall.from, stall.restart, None, None);
        }
        for (stage, tick) in &of.stages {
            let adopters = of.tipping.filter(|_| stage.name() == "tipping").map(|point| point.adopters);
            row("stage", stage.name().to_owned(), *tick, None, adopters, None);
        }
    }
    table.into_text()
}

/// `influence.csv`: who and what moved each government, one row for each decision of the run without
/// noise.
pub(crate) fn influence(results: &RunResults, course: &Course) -> String {
    let scenario = &results.prepared.scenario;
    let id = |actor: ActorId| scenario.network.actor(actor).id.clone();
    let mut table = Table::new(&[
        "tick",
        "actor",
        "position",
        "margin",
        "sender",
        "share",
        "second",
        "second_share",
        "tree",
        "changed",
        "change",
        "events",
    ]);
    let nodes = &course.forest.nodes;
    let places: BTreeMap<_, _> =
        nodes.iter().map(|node| ((node.actor, node.adopted.tick), nodes[node.root].actor)).collect();
    for moved in &course.attributions {
        let cause = |place: usize| moved.contributions.get(place);
        let name = |place| cause(place).map_or(String::new(), |cause| sender_name(scenario, cause.sender));
        let share = |place| cause(place).map_or(String::new(), |cause| six(cause.share));
        let change = moved.changes.first();
        let changed = |change: &normwave_analysis::Change| {
            format!("{} {} → {}", change.factor, sender_name(scenario, change.sender), change.toward)
        };
        let events = normwave_analysis::events_in(scenario, moved.tick);
        table.row([
            scenario.calendar.label(moved.tick),
            id(moved.actor),
            moved.to.to_string(),
            six(moved.margin),
            name(0),
            share(0),
            name(1),
            share(1),
            places.get(&(moved.actor, moved.tick)).map_or(String::new(), |&root| id(root)),
            change.map_or(String::new(), changed),
            change.map_or(String::new(), |change| six(change.by)),
            events.iter().map(|event| event.name.as_str()).collect::<Vec<_>>().join(";"),
        ]);
    }
    table.into_text()
}

/// `indicators.csv`: what is done for the norm and what comes of it, by tick, without noise.
pub(crate) fn indicators(results: &RunResults, course: &Course) -> String {
    let calendar = &results.prepared.scenario.calendar;
    let mut table = Table::new(&["tick", "awareness", "advocacy", "exposure", "decided", "acted"]);
    for now in &course.indicators {
        let values = [now.awareness, now.advocacy, now.exposure, now.decided, now.acted];
        table.row(std::iter::once(calendar.label(now.tick)).chain(values.map(six)));
    }
    table.into_text()
}

/// A number with six significant digits: a ledger of a whole run has a row for every sender.
fn six(x: f64) -> String {
    let mut text = String::new();
    add_six(&mut text, x);
    text
}

// Adds it to a text.
fn add_six(text: &mut String, x: f64) {
    let start = text.len();
    write!(text, "{x:.5e}").expect("memory can be written to");
    let scientific = &text[start..];
    let split = scientific.split_once('e').and_then(|(digits, ten)| Some((digits, ten.parse::<i32>().ok()?)));
    let Some((digits, ten)) = split else { return };
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    // The point stands behind the first of at most six digits.
    let mut kept = [b'0'; 6];
    let places = kept.iter_mut().zip(digits.bytes().filter(|&digit| digit != b'.'));
    places.for_each(|(place, digit)| *place = digit);
    let n = kept.iter().rposition(|&digit| digit != b'0').map_or(1, |last| last + 1);
    let digits = kept[..n].iter().map(|&digit| char::from(digit));
    let sign = sign.len();
    text.truncate(start + sign);
    // How many digits stand before the point.
    let whole = usize::try_from(ten + 1).unwrap_or(0);
    if whole == 0 {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', usize::try_from(-ten - 1).unwrap_or(0)));
        text.extend(digits);
    } else {
        let mut digits = digits;
        text.extend(digits.by_ref().chain(std::iter::repeat('0')).take(whole));
        if n > whole {
            text.push('.');
            text.extend(digits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Prepared, Settings, Watch};
    use normwave_scenario::Overrides;

    #[test]
    fn six_digits_are_those_of_the_nearest_number_that_has_no_more() {
        let as_defined = |x: f64| format!("{x:.5e}").parse::<f64>().unwrap().to_string();
        let mut numbers = vec![0.0, -0.0, 1.0, 10.0, 0.1, 123_456.0, 1_234_565.0, 999_999.5, 1e-7, 1e22, 0.5];
        numbers.extend([f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE]);
        let mut x = 0.123_456_789_f64;
        for _ in 0..10_000 {
            x = (x * 1.7 + 0.37).fract();
            numbers.extend([x, -x * 1e3, x * 1e9, x * 1e-5, (x * 1e4).round()]);
        }
        for x in numbers {
            assert_eq!(six(x), as_defined(x), "{x:e}");
        }
    }

    #[test]
    fn a_ledger_that_is_too_long_ends_with_a_whole_sheet() {
        let prepared = Prepared::read(&Input::find("florentine").unwrap(), &Overrides::default()).unwrap();
        let settings =
            Settings { seed: 1, replicates: 1, engine: "sparse".to_owned(), threads: 1, command: Vec::new() };
        let results = RunResults::simulate(prepared, settings, &Watch::silent()).unwrap();
        let (whole, is_whole) = ledger_up_to(&results, usize::MAX).unwrap();
        let n_rows = whole.lines().count() - 1;
        assert!(is_whole && ledger_up_to(&results, n_rows).unwrap() == (whole.clone(), true));
        // What a row is about: moment, tick and actor.
        let sheet = |row: &str| row.split(',').take(3).collect::<Vec<_>>().join(",");
        let rows: Vec<&str> = whole.lines().collect();
        for most in 0..n_rows {
            let (cut, is_whole) = ledger_up_to(&results, most).unwrap();
            let kept = cut.lines().count();
            assert!(kept <= most + 1 && !is_whole && whole.starts_with(&cut));
            assert!(kept == 1 || sheet(rows[kept - 1]) != sheet(rows[kept]), "cut inside of {}", rows[kept]);
        }
    }
}
