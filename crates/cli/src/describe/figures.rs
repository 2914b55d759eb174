//! The figures of a description.

use super::Told;
use normwave_analysis::describe::{AdopterCategory, Lag, LayerDescription, LayerTick, Onset, Summary};
use normwave_network_model::{Date, Tick, Value};
use normwave_report::{
    AdoptionCurve, AdoptionPoint, AdoptionSeries, DotChart, DotRow, HeatStrip, HeatStripGroup, HeatStripRow,
    HistorySeries, HistoryStyle, Mark, OrderDot, OrderScatter, Quantity, RankAxis, TimeLine, TimeLines,
    TimePoint, fixed,
};
use std::collections::BTreeMap;

/// Layers that are drawn in one figure, and of which thresholds are drawn.
const LAYERS: usize = 8;
const SCATTERS: usize = 4;
/// Attributes whose rates are drawn.
const ATTRIBUTES: usize = 4;
/// Governments that are drawn one by one.
const MOST_ROWS: usize = 400;
/// Names in a figure of thresholds.
const NAMES: usize = 16;

/// A section of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Over time.
    Course,
    /// Who is early and who late.
    Categories,
    /// Exposure and thresholds.
    Exposure,
    /// Adopters in the network.
    Network,
    /// Attributes.
    Rates,
}

/// A figure with the name of its file.
pub(crate) struct Figure {
    pub(crate) part: Part,
    pub(crate) file: String,
    pub(crate) svg: String,
    pub(crate) caption: String,
}

/// All figures.
pub(crate) fn figures(told: &Told<'_>) -> Vec<Figure> {
    let mut figures = vec![curve(told), kaplan_meier(told), hazard(told), categories(told)];
    if told.n() <= MOST_ROWS {
        figures.push(strip(told));
    }
    if !drawn_layers(told).is_empty() {
        figures.extend([exposure(told, false), exposure(told, true)].into_iter().flatten());
        for layer in drawn_layers(told).into_iter().take(SCATTERS) {
            figures.push(thresholds(told, layer));
        }
        figures.push(moran(told));
        figures.push(ei(told));
    }
    figures.push(core(told));
    figures.extend(told.found.rates.iter().take(ATTRIBUTES).map(|rate| rates(told, rate)));
    figures
}

fn figure(part: Part, file: &str, svg: String, caption: impl Into<String>) -> Figure {
    // Names of layers and attributes become names of files.
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c.to_ascii_lowercase() } else { '-' };
    Figure { part, file: file.chars().map(plain).collect(), svg, caption: caption.into() }
}

fn date(told: &Told<'_>, tick: Tick) -> Date {
    told.scenario.calendar.date_of(tick)
}

/// Layers that have a tie, the first few.
fn drawn_layers<'t>(told: &'t Told<'_>) -> Vec<&'t LayerDescription> {
    told.found.layers.iter().filter(|layer| !layer.is_empty()).take(LAYERS).collect()
}

fn subtitle(told: &Told<'_>) -> String {
    let what = match told.origin {
        super::Origin::Observed => "observed",
        super::Origin::Simulated(_) => "simulated",
    };
    format!("“{}”, {what}", told.what())
}

#[expect(clippy::cast_precision_loss, reason = "counts of governments")]
fn curve(told: &Told<'_>) -> Figure {
    let found = &told.found;
    let before = found.diffusion.count(Onset::Before) as f64;
    // What holds at the end of a tick is drawn at its end.
    let end = |at: usize| date(told, Tick::try_from(at + 1).unwrap_or(Tick::MAX));
    let observed = found.hazards.iter().enumerate().map(|(at, point)| (end(at), point.ever_adopted as f64));
    let fit = found.bass.as_ref().ok().map(|fit| AdoptionSeries {
        position: usize::from(told.position.max(1)),
        label: format!(
            "Bass model: p {}, q {}, m {}",
            super::text::rate(fit.p.value),
            fixed(fit.q.value, 3),
            fixed(fit.m.value, 0)
        ),
        points: [(date(told, 0), 0.0)]
            .into_iter()
            .chain(fit.fitted.iter().enumerate().map(|(at, value)| (end(at), *value)))
            .map(|(date, value)| AdoptionPoint { date, centre: value + before, band: None })
            .collect(),
    });
    let svg = AdoptionCurve {
        title: "Adopters and the Bass model".to_owned(),
        subtitle: subtitle(told),
        y_label: "governments that have adopted".to_owned(),
        quantity: Quantity::Count,
        positions: crate::words::positions(told.scenario),
        series: fit.into_iter().collect(),
        history: vec![HistorySeries {
            position: usize::from(told.position.max(1)),
            label: "adopters".to_owned(),
            points: [(date(told, 0), before)].into_iter().chain(observed).collect(),
            style: HistoryStyle::Step,
        }],
        events: Vec::new(),
    };
    let caption = match &found.bass {
        Ok(_) => {
            "The model is fitted to those who adopt in the period, by non-linear least squares.".to_owned()
        }
        Err(why) => format!("There is no Bass fit: {why}."),
    };
    figure(Part::Course, "adopters", svg.to_svg(), caption)
}

fn kaplan_meier(told: &Told<'_>) -> Figure {
    let points = told.found.survival.iter().zip(1u32..).map(|(point, end)| AdoptionPoint {
        date: date(told, end),
        centre: point.share,
        band: point.low.zip(point.high),
    });
    let start = AdoptionPoint { date: date(told, 0), centre: 0.0, band: None };
    let svg = AdoptionCurve {
        title: "Share that has adopted (Kaplan–Meier)".to_owned(),
        subtitle: "of those who had not before the period".to_owned(),
        y_label: "share of governments at risk, if all could be followed".to_owned(),
        quantity: Quantity::Share,
        positions: crate::words::positions(told.scenario),
        series: vec![AdoptionSeries {
            position: usize::from(told.position.max(1)),
            label: "estimate and 95 % interval".to_owned(),
            points: [start].into_iter().chain(points).collect(),
        }],
        history: Vec::new(),
        events: Vec::new(),
    };
    let caption = "Who never adopts, ends, or comes late counts as long as it is at risk.";
    figure(Part::Course, "kaplan-meier", svg.to_svg(), caption)
}

fn line(name: &str, points: impl Iterator<Item = (Date, Option<f64>)>) -> TimeLine {
    let points = points.map(|(date, value)| TimePoint { date, value: value.unwrap_or(f64::NAN), band: None });
    TimeLine { name: name.to_owned(), points: points.collect() }
}

fn hazard(told: &Told<'_>) -> Figure {
    let points = told.found.hazards.iter().map(|point| (date(told, point.tick), point.hazard));
    let svg = TimeLines {
        title: "Hazard rate".to_owned(),
        subtitle: subtitle(told),
        y_label: format!("adoptions per {} and government at risk", told.unit()),
        lines: vec![line("hazard", points)],
        y_mark: None,
    };
    let caption = "The share of those who had not adopted that does so.";
    figure(Part::Course, "hazard", svg.to_svg(), caption)
}

#[expect(clippy::cast_precision_loss, reason = "counts of governments")]
fn categories(told: &Told<'_>) -> Figure {
    let row = |category: &AdopterCategory| DotRow {
        label: category.name().to_owned(),
        value: told.found.categories.of.iter().filter(|own| *own == category).count() as f64,
        interval: None,
        highlight: false,
    };
    let chart = DotChart {
        title: "Adopter categories".to_owned(),
        subtitle: told.found.categories.times.map_or(String::new(), |times| {
            let mean = told.label(super::text::rounded(times.mean));
            format!("mean {mean}, standard deviation {} {}s", fixed(times.sd, 1), told.unit())
        }),
        x_label: "governments".to_owned(),
        rows: AdopterCategory::ALL.iter().map(row).collect(),
        mark: Mark::Bar,
        digits: Some(0),
        reference: None,
    };
    let caption = "Cut at the mean time of adoption and a standard deviation before and after it (Rogers).";
    figure(Part::Categories, "categories", chart.to_svg(), caption)
}

fn strip(told: &Told<'_>) -> Figure {
    let diffusion = &told.found.diffusion;
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let end = told.scenario.calendar.as_of(diffusion.n_ticks().saturating_sub(1));
    for place in 0..told.n() {
        let actor = diffusion.population.actors()[place];
        let region = told.scenario.network.value("region", actor, end);
        let region = region.and_then(Value::category).unwrap_or_default();
        groups.entry(region.to_owned()).or_default().push(place);
    }
    let onset = |place: &usize| diffusion.onsets[*place];
    let row = |place: &usize| HeatStripRow {
        label: told.name(*place).to_owned(),
        positions: (0..diffusion.holds.len())
            .map(|tick| {
                let held = usize::from(diffusion.holds[tick][*place]) * usize::from(told.position.max(1));
                diffusion.present[tick][*place].then_some(held)
            })
            .collect(),
    };
    let groups = groups.into_iter().map(|(name, mut places)| {
        places.sort_by_key(|place| (onset(place), *place));
        HeatStripGroup { name, rows: places.iter().map(row).collect() }
    });
    let strip = HeatStrip {
        title: "Who holds it when".to_owned(),
        subtitle: subtitle(told),
        positions: crate::words::positions(told.scenario),
        dates: (0..=diffusion.n_ticks()).map(|tick| date(told, tick)).collect(),
        groups: groups.collect(),
        events: Vec::new(),
    };
    let caption = "A row for each government, by time of adoption within its region; where there is a gap it did not exist.";
    figure(Part::Categories, "strip", strip.to_svg(), caption)
}

fn layer_lines(told: &Told<'_>, of: impl Fn(&LayerDescription, Tick) -> Option<f64>) -> Vec<TimeLine> {
    let ticks = 0..told.found.diffusion.n_ticks();
    let layers = drawn_layers(told).into_iter();
    layers
        .map(|layer| line(&layer.name, ticks.clone().map(|tick| (date(told, tick), of(layer, tick)))))
        .collect()
}

fn not_drawn(told: &Told<'_>) -> String {
    let n = told.found.layers.iter().filter(|layer| !layer.is_empty()).count();
    if n > LAYERS { format!(" The first {LAYERS} of {n} layers are drawn.") } else { String::new() }
}

fn exposure(told: &Told<'_>, by_equivalence: bool) -> Option<Figure> {
    let of = |layer: &LayerDescription, tick: Tick| {
        let exposed = if by_equivalence { layer.equivalence.as_ref()? } else { &layer.cohesion };
        Summary::of(exposed.exposures.at(tick, Lag::None)?).map(|summary| summary.mean)
    };
    if by_equivalence && drawn_layers(told).iter().all(|layer| layer.equivalence.is_none()) {
        return None;
    }
    let (name, file, caption) = if by_equivalence {
        (
            "Mean exposure by structural equivalence",
            "exposure-equivalence",
            "The share of adopters among those who stand equally far from all others, the more alike the more.",
        )
    } else {
        (
            "Mean exposure by cohesion",
            "exposure-cohesion",
            "The share of adopters among those tied to a government.",
        )
    };
    let svg = TimeLines {
        title: name.to_owned(),
        subtitle: "by layer, of all who have a tie".to_owned(),
        y_label: "mean exposure, 0 to 1".to_owned(),
        lines: layer_lines(told, of),
        y_mark: None,
    };
    Some(figure(Part::Exposure, file, svg.to_svg(), format!("{caption}{}", not_drawn(told))))
}

fn thresholds(told: &Told<'_>, layer: &LayerDescription) -> Figure {
    let found = &told.found;
    let last = found.diffusion.n_ticks().saturating_sub(1);
    let dots = (0..told.n()).filter_map(|place| {
        let (adopted, rank) = match found.diffusion.onsets[place] {
            Onset::Before => return None,
            Onset::At(tick) => (Some(date(told, tick)), layer.cohesion.lagged_thresholds[place]),
            Onset::Never => {
                let alive = (0..=last).rev().find(|&tick| found.diffusion.present[tick as usize][place])?;
                (None, layer.cohesion.exposures.of(alive, place, Lag::None))
            }
        };
        let rank = rank?;
        Some(OrderDot { label: told.id(place).to_owned(), adopted, rank, core: found.core[place] })
    });
    let scatter = OrderScatter {
        title: format!("Exposure at adoption: {}", layer.name),
        subtitle: format!("in the {} before; right, who never adopts at its last exposure", told.unit()),
        y_label: "exposure by cohesion, 0 to 1".to_owned(),
        y_axis: RankAxis::Numbers,
        first: told.scenario.calendar.start(),
        last: told.scenario.calendar.end(),
        dots: dots.collect(),
        switch: None,
        n_labels: NAMES,
    };
    let caption =
        "Low and early: they did not wait for others. Low and late: nobody around them had adopted.";
    figure(Part::Exposure, &format!("thresholds-{}", layer.name), scatter.to_svg(), caption)
}

fn at_tick(layer: &LayerDescription, tick: Tick) -> &LayerTick {
    &layer.ticks[tick as usize]
}

fn moran(told: &Told<'_>) -> Figure {
    let middle = drawn_layers(told).iter().find_map(|layer| at_tick(layer, told.middle()).moran);
    let svg = TimeLines {
        title: "Moran's I of adoption".to_owned(),
        subtitle: "by layer; each row of weights sums to 1".to_owned(),
        y_label: "Moran's I".to_owned(),
        lines: layer_lines(told, |layer, tick| at_tick(layer, tick).moran.map(|moran| moran.i)),
        y_mark: middle.map(|moran| (moran.expected, "expected by chance".to_owned())),
    };
    let caption =
        format!("Above chance those who are tied are alike, below it they differ.{}", not_drawn(told));
    figure(Part::Network, "moran", svg.to_svg(), caption)
}

fn ei(told: &Told<'_>) -> Figure {
    let svg = TimeLines {
        title: "E–I index of adopters".to_owned(),
        subtitle: "by layer".to_owned(),
        y_label: "(ties across − ties within) / all ties, −1 to 1".to_owned(),
        lines: layer_lines(told, |layer, tick| at_tick(layer, tick).adopters.ei),
        y_mark: Some((0.0, "as many across as within".to_owned())),
    };
    let caption = "At −1 adopters and others have ties among themselves only.";
    figure(Part::Network, "ei", svg.to_svg(), caption)
}

#[expect(clippy::cast_precision_loss, reason = "counts of governments")]
fn core(told: &Told<'_>) -> Figure {
    let share = |part: usize, all: usize| (all > 0).then(|| part as f64 / all as f64);
    let ticks = || told.found.core_shares.iter().zip(0u32..).map(|(core, tick)| (core, date(told, tick)));
    let svg = TimeLines {
        title: "Adopters in the core and outside".to_owned(),
        subtitle: "core: the fifth most central before the first adoption".to_owned(),
        y_label: "share that holds the position".to_owned(),
        lines: vec![
            line("core", ticks().map(|(core, date)| (date, share(core.core_adopters, core.core)))),
            line(
                "periphery",
                ticks().map(|(core, date)| (date, share(core.periphery_adopters, core.periphery))),
            ),
        ],
        y_mark: None,
    };
    let caption =
        "A core that leads is a mark of hegemonic spread, a periphery that leads of spread from below.";
    figure(Part::Network, "core", svg.to_svg(), caption)
}

fn rates(told: &Told<'_>, rates: &normwave_analysis::describe::AttributeRates) -> Figure {
    let row = |group: &normwave_analysis::describe::RateOfGroup| DotRow {
        label: match group.range {
            Some((low, high)) => {
                let compact = normwave_report::compact;
                format!("{} to {}", compact(low), compact(high))
            }
            None => group.group.clone(),
        },
        value: group.per_year.unwrap_or(f64::NAN),
        interval: None,
        highlight: false,
    };
    let chart = DotChart {
        title: format!("Adoption by {}", rates.attribute),
        subtitle: subtitle(told),
        x_label: "adoptions per year and government at risk".to_owned(),
        rows: rates.groups.iter().map(row).collect(),
        mark: Mark::Bar,
        digits: Some(3),
        reference: None,
    };
    let caption =
        "Numbers are cut at their quartiles; values are those of the first tick of each government.";
    figure(Part::Rates, &format!("rates-{}", rates.attribute), chart.to_svg(), caption)
}
