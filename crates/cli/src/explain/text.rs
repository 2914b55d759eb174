//! The balance sheet as a person reads it.

use crate::explain::Explained;
use crate::words;
use normwave_analysis::{Grouping, Row};
use normwave_network_model::ActorId;
use normwave_plan::Position;
use normwave_report::{Column, TextTable, fixed, signed};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Groups that are shown; the rest is summed up.
const GROUPS: usize = 20;
const DIGITS: usize = 3;
/// Persuaded senders that are shown, and origins of what each says.
const SENDERS: usize = 5;
const ORIGINS: usize = 4;

pub(crate) fn to_text(now: &Explained<'_>, then: Option<&Explained<'_>>, by: Grouping, run: &str) -> String {
    let mut out = sheet(now, by, run);
    if let Some(then) = then {
        out.push('\n');
        out.push_str(&sheet(then, by, run));
        out.push('\n');
        out.push_str(&differences(now, then, by));
    }
    out
}

fn sheet(explained: &Explained<'_>, by: Grouping, run: &str) -> String {
    let Explained { scenario, moment, k, .. } = explained;
    let sheet = &moment.sheet;
    let rival = explained.rival();
    let mut out = format!("{}, {}, {run}\n", words::full_name(scenario, sheet.actor), explained.when());
    let does = if moment.took == sheet.held {
        "keeps it".to_owned()
    } else {
        format!("moves to \"{}\"", explained.name(moment.took))
    };
    let vetoes: Vec<String> = sheet.blocked_by.iter().map(|&group| name_of(explained, group)).collect();
    let blocked =
        if vetoes.is_empty() { String::new() } else { format!("; blocked by {}", vetoes.join(", ")) };
    let _ = writeln!(out, "holds \"{}\" and {does}{blocked}\n", explained.name(sheet.held));

    let mut table = TextTable::new([
        Column::left(heading(by)).max_width(38),
        Column::right(format!("for \"{}\"", explained.name(rival))).max_width(19),
        Column::right(format!("for \"{}\"", explained.name(*k))).max_width(19),
    ]);
    let groups = groups(explained, by);
    for (name, [against, toward]) in groups.iter().take(GROUPS) {
        table.row([name.clone(), fixed(*against, DIGITS), fixed(*toward, DIGITS)]);
        for (moderator, gains) in gains(explained, by, name) {
            table.row([format!("  × {moderator}"), gain_words(&gains, rival), gain_words(&gains, *k)]);
        }
    }
    if groups.len() > GROUPS {
        let rest = &groups[GROUPS..];
        let sum = |side: usize| rest.iter().map(|(_, sums)| sums[side]).sum::<f64>();
        table.row([format!("other ({})", rest.len()), fixed(sum(0), DIGITS), fixed(sum(1), DIGITS)]);
    }
    let total = |position: Position| fixed(sheet.pressures[usize::from(position)], DIGITS);
    table.rule().row(["sum".to_owned(), total(rival), total(*k)]);
    table.row(["balance".to_owned(), String::new(), signed(explained.balance(), DIGITS)]);
    if explained.weighs() {
        if *k != sheet.held {
            let name = if *k < sheet.held { "threshold and exit cost" } else { "threshold" };
            table.row([name.to_owned(), String::new(), fixed(explained.barrier(), DIGITS)]);
        }
        let margin = if moment.is_tie(*k) { "margin (a tie)" } else { "margin" };
        table.row([margin.to_owned(), String::new(), signed(explained.margin(), DIGITS)]);
    }
    if let Some(rate) = explained.moves_per_year() {
        table.row(["moves a year".to_owned(), String::new(), fixed(rate, DIGITS)]);
    }
    if let Some(noise) = &moment.noise {
        let noise = |position: Position| signed(noise[usize::from(position)], DIGITS);
        table.row(["noise of this replicate".to_owned(), noise(rival), noise(*k)]);
    }
    out.push_str(&table.to_text());
    if !explained.weighs() {
        return out;
    }
    let flip = explained.flip().map_or("none".to_owned(), |flip| explained.flip_words(&flip));
    out.push_str(&words::wrapped(&format!("Smallest single change that flips it: {flip}."), "", 80));
    out.push_str(&persuasions(explained));
    out
}

// Where what the persuadable say toward k came from: the largest share of each.
fn persuasions(explained: &Explained<'_>) -> String {
    if explained.persuasions.is_empty() {
        return String::new();
    }
    let mut out = format!("\nWhere advocacy of \"{}\" came from:\n", explained.name(explained.k));
    for persuasion in explained.persuasions.iter().take(SENDERS) {
        let id = &explained.scenario.network.actor(persuasion.sender).id;
        let _ = writeln!(out, "  {id} says {}", fixed(persuasion.level, DIGITS));
        let mut share = |share: f64, whence: &str| {
            let text = format!("{} % {whence}", fixed(100.0 * share, 0));
            out.push_str(&words::wrapped(&text, "    ", 80));
        };
        let (shown, rest) = persuasion.origins.split_at(persuasion.origins.len().min(ORIGINS));
        shown.iter().for_each(|origin| share(origin.share, &explained.route_words(&origin.route)));
        if !rest.is_empty() {
            share(rest.iter().map(|origin| origin.share).sum(), &format!("other ({})", rest.len()));
        }
    }
    if explained.persuasions.len() > SENDERS {
        let _ = writeln!(out, "  other ({})", explained.persuasions.len() - SENDERS);
    }
    out
}

fn heading(by: Grouping) -> &'static str {
    match by {
        Grouping::Factor => "pressure by factor",
        Grouping::Source => "pressure by sender",
        Grouping::Channel => "pressure by channel",
        Grouping::Mechanism => "pressure by mechanism",
    }
}

// Pressure toward the rival and toward k, by group, the largest first.
pub(super) fn groups(explained: &Explained<'_>, by: Grouping) -> Vec<(String, [f64; 2])> {
    let (rival, k) = (usize::from(explained.rival()), usize::from(explained.k));
    let groups = explained.moment.sheet.grouped(by, &|actor| name_of(explained, actor));
    let sides = groups.into_iter().map(|(name, sums)| (name, [sums[rival], sums[k]]));
    let mut sides: Vec<_> = sides.filter(|(_, sums)| sums[0] > 0.0 || sums[1] > 0.0).collect();
    sides.sort_by(|a, b| f64::max(b.1[0], b.1[1]).total_cmp(&f64::max(a.1[0], a.1[1])));
    sides
}

fn name_of(explained: &Explained<'_>, actor: ActorId) -> String {
    words::full_name(explained.scenario, actor)
}

fn group_of(explained: &Explained<'_>, by: Grouping, row: &Row) -> String {
    match by {
        Grouping::Factor => row.factor.clone(),
        Grouping::Source => row.source.map_or_else(|| "own".to_owned(), |source| name_of(explained, source)),
        Grouping::Channel => row.channel.name().to_owned(),
        Grouping::Mechanism => row.mechanism.name().to_owned(),
    }
}

// The gains on the rows of a group: moderator -> (toward, gain) of each row.
fn gains(explained: &Explained<'_>, by: Grouping, group: &str) -> BTreeMap<String, Vec<(Position, f64)>> {
    let mut gains: BTreeMap<String, Vec<(Position, f64)>> = BTreeMap::new();
    let shown = [explained.rival(), explained.k];
    for row in explained.moment.sheet.rows.iter().filter(|row| shown.contains(&row.toward)) {
        if group_of(explained, by, row) == group {
            for gain in &row.gains {
                gains.entry(gain.moderator.clone()).or_default().push((row.toward, gain.gain));
            }
        }
    }
    gains
}

// One gain, or the range of several.
fn gain_words(gains: &[(Position, f64)], toward: Position) -> String {
    let of = gains.iter().filter(|(k, _)| *k == toward).map(|(_, gain)| *gain);
    let (low, high) =
        of.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), gain| (low.min(gain), high.max(gain)));
    if low > high {
        String::new()
    } else if high - low < 5e-3 {
        format!("×{}", fixed(low, 2))
    } else {
        format!("×{}–{}", fixed(low, 2), fixed(high, 2))
    }
}

// What each group does to the balance at two times.
fn differences(now: &Explained<'_>, then: &Explained<'_>, by: Grouping) -> String {
    let mut table = TextTable::new([
        Column::left(format!("balance for \"{}\"", now.name(now.k))).max_width(38),
        Column::right(then.when()),
        Column::right(now.when()),
        Column::right("change"),
    ]);
    let changes = changes(now, then, by);
    for (name, [before, after]) in changes.iter().take(GROUPS) {
        table.row([
            name.clone(),
            signed(*before, DIGITS),
            signed(*after, DIGITS),
            signed(after - before, DIGITS),
        ]);
    }
    if changes.len() > GROUPS {
        let rest = &changes[GROUPS..];
        let sum = |side: usize| rest.iter().map(|(_, sums)| sums[side]).sum::<f64>();
        let (before, after) = (sum(0), sum(1));
        let name = format!("other ({})", rest.len());
        table.row([name, signed(before, DIGITS), signed(after, DIGITS), signed(after - before, DIGITS)]);
    }
    let (before, after) = (then.margin(), now.margin());
    table.rule().row([
        "margin".to_owned(),
        signed(before, DIGITS),
        signed(after, DIGITS),
        signed(after - before, DIGITS),
    ]);
    table.to_text()
}

// Balance (toward k less toward its rival) by group at two times, the largest change first.
pub(super) fn changes(now: &Explained<'_>, then: &Explained<'_>, by: Grouping) -> Vec<(String, [f64; 2])> {
    let mut all: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    for (side, explained) in [then, now].into_iter().enumerate() {
        for (name, [against, toward]) in groups(explained, by) {
            all.entry(name).or_insert([0.0; 2])[side] = toward - against;
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by(|a, b| (b.1[1] - b.1[0]).abs().total_cmp(&(a.1[1] - a.1[0]).abs()));
    all
}
