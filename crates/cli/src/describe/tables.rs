//! The tables of a description: one row per observation, one column per variable.

use super::Told;
use crate::tables::Table;
use normwave_analysis::describe::{
    AdopterCategory, Exposed, Lag, LayerDescription, Onset, ThresholdCategory, cross_table,
    threshold_categories,
};
use normwave_network_model::Tick;
use serde_json::{Value, json};

/// Most rows of exposure.csv; of more it has none.
pub(crate) const MOST_EXPOSURES: usize = 5_000_000;

/// What is in the folder, for the manifest.
pub(crate) fn about() -> Value {
    json!({
        "governments.csv": "when each government adopted, its category, whether it is in the core",
        "course.csv": "counts, hazard, Kaplan–Meier share and Bass fit, a row for each tick",
        "layers.csv": "exposure, Moran's I and how adopters stand, a row for each layer and tick",
        "exposure.csv": "exposure of each government, a row for each layer, kind and tick in which it lives",
        "thresholds.csv": "exposure at adoption, infection and susceptibility, a row for each layer and government",
        "categories.csv": "governments by category of time and of threshold",
        "rates.csv": "adoption by quantile or category of each attribute",
    })
}

/// Names and texts of the tables.
pub(crate) fn tables(told: &Told<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("governments.csv", governments(told)),
        ("course.csv", course(told)),
        ("layers.csv", layers(told)),
        ("exposure.csv", exposure(told)),
        ("thresholds.csv", thresholds(told)),
        ("categories.csv", categories(told)),
        ("rates.csv", rates(told)),
    ]
}

// Nine decimals, without zeros at the end; empty where there is none.
fn number(value: impl Into<Option<f64>>) -> String {
    let Some(value) = value.into().filter(|value| value.is_finite()) else { return String::new() };
    let text = format!("{value:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn governments(told: &Told<'_>) -> String {
    let found = &told.found;
    let mut table = Table::new(&["actor", "name", "onset", "tick", "category", "core"]);
    for place in 0..told.n() {
        let onset = found.diffusion.onsets[place];
        let word = match onset {
            Onset::Before => "before",
            Onset::At(_) => "within",
            Onset::Never => "never",
        };
        let tick = onset.tick().map_or(String::new(), |tick| told.label(tick));
        let category = found.categories.of[place].name();
        let core = if found.core[place] { "yes" } else { "no" };
        table.row([told.id(place), told.name(place), word, &tick, category, core]);
    }
    table.into_text()
}

fn course(told: &Told<'_>) -> String {
    let found = &told.found;
    let columns = [
        "tick",
        "present",
        "at_risk",
        "adopted",
        "ever_adopted",
        "holding",
        "hazard",
        "share",
        "share_se",
        "share_low",
        "share_high",
        "bass",
        "core",
        "core_holding",
        "periphery",
        "periphery_holding",
    ];
    let mut table = Table::new(&columns);
    let curve = found.bass.as_ref().ok().map(|fit| &fit.fitted);
    for (at, point) in found.hazards.iter().enumerate() {
        let (share, core) = (found.survival[at], found.core_shares[at]);
        table.row([
            told.label(point.tick),
            point.present.to_string(),
            point.at_risk.to_string(),
            point.adopted.to_string(),
            point.ever_adopted.to_string(),
            point.holding.to_string(),
            number(point.hazard),
            number(share.share),
            number(share.se),
            number(share.low),
            number(share.high),
            number(curve.map(|curve| curve[at])),
            core.core.to_string(),
            core.core_adopters.to_string(),
            core.periphery.to_string(),
            core.periphery_adopters.to_string(),
        ]);
    }
    table.into_text()
}

fn mean_exposure(exposed: Option<&Exposed>, tick: Tick, lag: Lag) -> Option<f64> {
    let values = exposed?.exposures.at(tick, lag)?;
    normwave_analysis::describe::Summary::of(values).map(|summary| summary.mean)
}

fn layers(told: &Told<'_>) -> String {
    let columns = [
        "layer",
        "tick",
        "isolates",
        "exposure",
        "exposure_lagged",
        "exposure_equivalence",
        "exposure_equivalence_lagged",
        "moran_n",
        "moran_i",
        "moran_expected",
        "moran_variance",
        "moran_z",
        "moran_variance_shuffled",
        "moran_z_shuffled",
        "moran_p",
        "adopters",
        "others",
        "degree",
        "degree_of_others",
        "betweenness",
        "betweenness_of_others",
        "ties_among",
        "ties_across",
        "ties_among_others",
        "density",
        "density_of_others",
        "ei",
    ];
    let mut table = Table::new(&columns);
    for layer in &told.found.layers {
        for (tick, now) in (0u32..).zip(&layer.ticks) {
            let (cohesion, equivalence) = (Some(&layer.cohesion), layer.equivalence.as_ref());
            let (moran, ties) = (now.moran.as_ref(), &now.adopters);
            table.row([
                layer.name.clone(),
                told.label(tick),
                now.isolates.to_string(),
                number(mean_exposure(cohesion, tick, Lag::None)),
                number(mean_exposure(cohesion, tick, Lag::One)),
                number(mean_exposure(equivalence, tick, Lag::None)),
                number(mean_exposure(equivalence, tick, Lag::One)),
                moran.map_or(String::new(), |moran| moran.n.to_string()),
                number(moran.map(|moran| moran.i)),
                number(moran.map(|moran| moran.expected)),
                number(moran.map(|moran| moran.variance)),
                number(moran.map(|moran| moran.z)),
                number(moran.map(|moran| moran.variance_shuffled)),
                number(moran.map(|moran| moran.z_shuffled)),
                number(moran.and_then(|moran| moran.p)),
                ties.adopters.to_string(),
                ties.others.to_string(),
                number(ties.degree),
                number(ties.degree_of_others),
                number(ties.betweenness),
                number(ties.betweenness_of_others),
                ties.ties_among.to_string(),
                ties.ties_across.to_string(),
                ties.ties_among_others.to_string(),
                number(ties.density),
                number(ties.density_of_others),
                number(ties.ei),
            ]);
        }
    }
    table.into_text()
}

// Kinds of exposure of a layer, by name.
fn kinds(layer: &LayerDescription) -> impl Iterator<Item = (&'static str, &Exposed)> {
    let equivalence = layer.equivalence.as_ref().map(|exposed| ("equivalence", exposed));
    [("cohesion", &layer.cohesion)].into_iter().chain(equivalence)
}

/// How many rows exposure.csv has at most.
pub(crate) fn n_exposures(told: &Told<'_>) -> usize {
    let n_kinds: usize = told.found.layers.iter().map(|layer| kinds(layer).count()).sum();
    n_kinds.saturating_mul(told.n()).saturating_mul(told.found.hazards.len())
}

fn exposure(told: &Told<'_>) -> String {
    let found = &told.found;
    let mut table = Table::new(&["layer", "by", "tick", "actor", "exposure", "exposure_lagged"]);
    if n_exposures(told) > MOST_EXPOSURES {
        return table.into_text();
    }
    for layer in &found.layers {
        for (kind, exposed) in kinds(layer) {
            for (tick, present) in (0u32..).zip(&found.diffusion.present) {
                let label = told.label(tick);
                for place in (0..told.n()).filter(|&place| present[place]) {
                    let [now, lagged] =
                        [Lag::None, Lag::One].map(|lag| number(exposed.exposures.of(tick, place, lag)));
                    table.row([&layer.name[..], kind, &label, told.id(place), &now, &lagged]);
                }
            }
        }
    }
    table.into_text()
}

fn thresholds(told: &Told<'_>) -> String {
    let columns = [
        "layer",
        "actor",
        "tick",
        "threshold",
        "threshold_lagged",
        "threshold_equivalence",
        "threshold_equivalence_lagged",
        "threshold_category",
        "infection",
        "susceptibility",
    ];
    let mut table = Table::new(&columns);
    for layer in &told.found.layers {
        let categories = threshold_categories(&layer.cohesion.lagged_thresholds);
        for (place, category) in categories.iter().enumerate() {
            let tick = told.found.diffusion.onsets[place].tick();
            let equivalence =
                |lag| number(layer.equivalence.as_ref().and_then(|exposed| exposed.thresholds(lag)[place]));
            table.row([
                layer.name.clone(),
                told.id(place).to_owned(),
                tick.map_or(String::new(), |tick| told.label(tick)),
                number(layer.cohesion.thresholds[place]),
                number(layer.cohesion.lagged_thresholds[place]),
                equivalence(Lag::None),
                equivalence(Lag::One),
                category.name().to_owned(),
                number(layer.infection[place]),
                number(layer.susceptibility[place]),
            ]);
        }
    }
    table.into_text()
}

fn categories(told: &Told<'_>) -> String {
    let mut table = Table::new(&["layer", "by", "lagged", "time", "threshold", "governments"]);
    for layer in &told.found.layers {
        for (kind, exposed) in kinds(layer) {
            for (lag, lagged) in [(Lag::None, "no"), (Lag::One, "yes")] {
                let thresholds = threshold_categories(exposed.thresholds(lag));
                let counts = cross_table(&told.found.categories.of, &thresholds);
                for (time, row) in AdopterCategory::ALL.iter().zip(counts) {
                    for (threshold, n) in ThresholdCategory::ALL.iter().zip(row) {
                        let n = n.to_string();
                        table.row([&layer.name[..], kind, lagged, time.name(), threshold.name(), &n]);
                    }
                }
            }
        }
    }
    table.into_text()
}

fn rates(told: &Told<'_>) -> String {
    let columns = [
        "attribute",
        "group",
        "low",
        "high",
        "governments",
        "before",
        "adopters",
        "share",
        "ticks_at_risk",
        "per_year",
        "mean_tick",
    ];
    let mut table = Table::new(&columns);
    for rate in &told.found.rates {
        for group in &rate.groups {
            table.row([
                rate.attribute.clone(),
                group.group.clone(),
                number(group.range.map(|range| range.0)),
                number(group.range.map(|range| range.1)),
                group.actors.to_string(),
                group.before.to_string(),
                group.adopters.to_string(),
                number(group.share),
                group.at_risk.to_string(),
                number(group.per_year),
                number(group.mean_tick),
            ]);
        }
    }
    table.into_text()
}
