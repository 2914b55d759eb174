//! A description in the terminal.

use super::missing::missing;
use super::{Origin, Told};
use crate::words::{count, wrapped};
use normwave_analysis::describe::{AdopterCategory, Exposed, Lag, LayerDescription, Onset, Summary};
use normwave_report::{Column, TextTable, compact, fixed, percent, signed};
use std::fmt::Write;
use std::path::Path;

/// Groups of attributes that are shown; the tables have all.
const ATTRIBUTES: usize = 4;

/// The summary.
pub(crate) fn to_text(told: &Told<'_>, folder: Option<&Path>) -> String {
    let mut out = format!("{}\n", told.scenario.title);
    out += &wrapped(&origin(told), "", 100);
    out.push('\n');
    for line in lines(told) {
        out += &wrapped(&line, "", 100);
    }
    out.push('\n');
    out += &layers(told);
    out += &rates(told);
    let missing = missing(told);
    if !missing.is_empty() {
        out += "\nMissing:\n";
        missing.iter().for_each(|line| out += &wrapped(line, "  ", 100));
    }
    if let Some(folder) = folder {
        let _ = write!(out, "\nWrote {}\n", folder.display());
    }
    out
}

/// What is described, in a sentence or two.
pub(crate) fn origin(told: &Told<'_>) -> String {
    let calendar = &told.scenario.calendar;
    let n_ticks = calendar.n_ticks();
    let when = format!(
        "{} to {}, {} of a {}",
        told.label(0),
        told.label(n_ticks - 1),
        count(n_ticks as usize, "tick", "ticks"),
        told.unit()
    );
    let what = told.what();
    match told.origin {
        Origin::Observed => format!("Observed adoptions of “{what}”, {when}."),
        Origin::Simulated(run) => format!(
            "Simulated, not observed: adoptions of “{what}” in {run}, {when}. {}",
            if told.scenario.history.is_empty() {
                "The scenario names no history."
            } else {
                "The scenario's history is left aside."
            }
        ),
    }
}

/// The results that are not of a layer or an attribute, a sentence each.
pub(crate) fn lines(told: &Told<'_>) -> Vec<String> {
    let found = &told.found;
    let diffusion = &found.diffusion;
    let adopters = diffusion.adopters().count();
    let mut lines = vec![format!(
        "{}: {} adopted before the period, {adopters} in it, {} did not.",
        count(told.n(), "government", "governments"),
        diffusion.count(Onset::Before),
        diffusion.count(Onset::Never)
    )];
    if let Some(times) = &found.categories.times {
        let size = |category: AdopterCategory| {
            let n = found.categories.of.iter().filter(|own| **own == category).count();
            format!("{n} {}", category.name())
        };
        let sizes: Vec<String> = AdopterCategory::ALL[1..5].iter().map(|category| size(*category)).collect();
        let sizes = if times.sd > 0.0 { sizes.join(", ") } else { "all at once".to_owned() };
        lines.push(format!(
            "Time of adoption: mean {}, standard deviation {} {}s: {}.",
            told.label(rounded(times.mean)),
            fixed(times.sd, 1),
            told.unit(),
            sizes
        ));
    }
    let half = found.survival.iter().zip(0u32..).find(|(point, _)| point.share >= 0.5);
    let last = found.survival.last();
    lines.push(match (half, last) {
        (Some((_, tick)), _) => format!("Kaplan–Meier: half had adopted by {}.", told.label(tick)),
        (None, Some(last)) => {
            let band = last.low.zip(last.high);
            let band = band.map_or(String::new(), |(low, high)| {
                format!(" (95 % interval {} to {})", percent(low, 0), percent(high, 0))
            });
            format!("Kaplan–Meier: {}{band} had adopted at the end.", percent(last.share, 0))
        }
        (None, None) => "Kaplan–Meier: there is no tick.".to_owned(),
    });
    let peak = found.hazards.iter().filter(|point| point.adopted > 0).max_by(|a, b| {
        let hazard = |point: &normwave_analysis::describe::HazardPoint| point.hazard.unwrap_or(0.0);
        hazard(a).total_cmp(&hazard(b)).then(b.tick.cmp(&a.tick))
    });
    if let Some(peak) = peak {
        let at_risk: usize = found.hazards.iter().map(|point| point.at_risk).sum();
        lines.push(format!(
            "Hazard: {} per {} at risk, highest with {} in {} ({} of {}).",
            percent(share(adopters, at_risk), 2),
            told.unit(),
            percent(peak.hazard.unwrap_or(0.0), 0),
            told.label(peak.tick),
            peak.adopted,
            peak.at_risk
        ));
    }
    lines.push(bass(told));
    if let Some(core) = found.core_shares.last() {
        lines.push(format!(
            "At the end the position is held by {} of {} in the core and by {} of {} outside of it (core: the \
             fifth that was most central before the first adoption).",
            core.core_adopters, core.core, core.periphery_adopters, core.periphery
        ));
    }
    lines
}

fn bass(told: &Told<'_>) -> String {
    match &told.found.bass {
        Err(why) => format!("Bass model: no fit, since {why}."),
        Ok(fit) => {
            let with_se = |parameter: normwave_analysis::describe::Parameter| {
                let se = parameter.se.map_or(String::new(), |se| format!(" ± {}", rate(se)));
                format!("{}{se}", rate(parameter.value))
            };
            let n_ticks = told.scenario.calendar.n_ticks();
            let peak = match fit.peak {
                None => "adoptions only fall".to_owned(),
                Some(peak) if peak < f64::from(n_ticks) => {
                    format!("adoptions peak in {}", told.label(peak.floor() as u32))
                }
                Some(peak) => format!("adoptions peak {} {}s after the start", fixed(peak, 0), told.unit()),
            };
            format!(
                "Bass model: p {}, q {} per {}, m {}; {peak}; R² {}.",
                with_se(fit.p),
                with_se(fit.q),
                told.unit(),
                with_se(fit.m),
                fixed(fit.r_squared.unwrap_or(f64::NAN), 3)
            )
        }
    }
}

/// The thresholds of a layer, in a few.
pub(crate) fn threshold_summary(exposed: &Exposed, lag: Lag) -> Option<Summary> {
    Summary::of(exposed.thresholds(lag))
}

fn layers(told: &Told<'_>) -> String {
    let found = &told.found;
    if found.layers.iter().all(LayerDescription::is_empty) {
        return "No layer has a tie between two of these governments.\n".to_owned();
    }
    let middle = told.middle();
    let mut table = TextTable::new([
        Column::left("layer").max_width(24),
        Column::right("ties"),
        Column::right("exposure"),
        Column::right("threshold"),
        Column::right("lagged"),
        Column::right("by SE"),
        Column::right("infection"),
        Column::right("Moran's I"),
        Column::right("z"),
        Column::right("p"),
        Column::right("E–I"),
    ]);
    let mean = |values: &[Option<f64>], digits: usize| {
        Summary::of(values).map_or_else(|| "–".to_owned(), |summary| fixed(summary.mean, digits))
    };
    for layer in found.layers.iter().filter(|layer| !layer.is_empty()) {
        let tick = &layer.ticks[middle as usize];
        let ties = &tick.adopters;
        let moran = |of: &dyn Fn(&normwave_analysis::describe::Moran) -> String| {
            tick.moran.as_ref().map_or_else(|| "–".to_owned(), of)
        };
        let exposure = layer.cohesion.exposures.at(middle, Lag::None).unwrap_or_default();
        let by_se = layer.equivalence.as_ref();
        table.row([
            layer.name.clone(),
            (ties.ties_among + ties.ties_across + ties.ties_among_others).to_string(),
            mean(exposure, 2),
            mean(&layer.cohesion.thresholds, 2),
            mean(&layer.cohesion.lagged_thresholds, 2),
            by_se.map_or_else(|| "–".to_owned(), |by_se| mean(&by_se.lagged_thresholds, 2)),
            mean(&layer.infection, 3),
            moran(&|moran| signed(moran.i, 2)),
            moran(&|moran| signed(moran.z_shuffled, 1)),
            moran(&|moran| moran.p.map_or_else(|| "–".to_owned(), |p| fixed(p, 3))),
            ties.ei.map_or_else(|| "–".to_owned(), |ei| signed(ei, 2)),
        ]);
    }
    let mut out = table.to_text();
    let legend = format!(
        "Ties, exposure, Moran's I and E–I in {}, when half of those who adopt in the period had; thresholds are \
         mean exposure at adoption: in the same {unit}, in the {unit} before, and by structural equivalence in \
         the {unit} before.",
        told.label(middle),
        unit = told.unit()
    );
    out += &wrapped(&legend, "", 100);
    out
}

fn rates(told: &Told<'_>) -> String {
    let rates = &told.found.rates;
    if rates.is_empty() {
        return String::new();
    }
    let mut table = TextTable::new([
        Column::left("attribute").max_width(24),
        Column::left("group").max_width(28),
        Column::right("governments"),
        Column::right("adopted"),
        Column::right("share"),
        Column::right("per year at risk"),
    ]);
    for rate in rates.iter().take(ATTRIBUTES) {
        for (i, group) in rate.groups.iter().enumerate() {
            table.row([
                if i == 0 { rate.attribute.clone() } else { String::new() },
                group.group.clone(),
                group.actors.to_string(),
                group.adopters.to_string(),
                group.share.map_or_else(|| "–".to_owned(), |share| percent(share, 0)),
                group.per_year.map_or_else(|| "–".to_owned(), |rate| fixed(rate, 3)),
            ]);
        }
    }
    let mut out = format!("\n{}", table.to_text());
    if rates.len() > ATTRIBUTES {
        let rest: Vec<&str> = rates[ATTRIBUTES..].iter().map(|rate| rate.attribute.as_str()).collect();
        out +=
            &wrapped(&format!("Further attributes, in rates.csv and --json: {}.", rest.join(", ")), "", 100);
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { f64::NAN } else { part as f64 / all as f64 }
}

/// The tick nearest to a time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of ticks is one")]
pub(crate) fn rounded(time: f64) -> u32 {
    time.round() as u32
}

/// A rate in about three digits, however small.
pub(crate) fn rate(value: f64) -> String {
    if value > 0.0 && value < 1e-12 { format!("{value:.0e}") } else { compact(value) }
}
