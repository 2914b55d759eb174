//! A description as JSON.

use super::missing::missing;
use super::{Origin, Told, text};
use normwave_analysis::describe::{
    AdopterCategory, Lag, LayerDescription, Summary, ThresholdCategory, cross_table, threshold_categories,
};
use normwave_network_model::measure::Strengths;
use serde_json::{Value, json};

/// What is described.
pub(crate) fn origin(told: &Told<'_>) -> Value {
    json!({
        "origin": match told.origin {
            Origin::Observed => "observed",
            Origin::Simulated(_) => "simulated",
        },
        "run": match told.origin {
            Origin::Observed => None,
            Origin::Simulated(run) => Some(run),
        },
        "position": told.position,
        "adopted": told.what(),
    })
}

/// How it is described.
pub(crate) fn settings(told: &Told<'_>) -> Value {
    json!({
        "strengths": told.settings.strengths == Strengths::Used,
        "permutations": told.settings.permutations,
        "seed": told.settings.seed,
        "infection": told.settings.infecting,
        "quantiles": told.settings.quantiles,
    })
}

/// Everything.
pub(crate) fn to_json(told: &Told<'_>) -> Value {
    let found = &told.found;
    let bass = match &found.bass {
        Ok(fit) => json!(fit),
        Err(why) => json!({ "no_fit": why.to_string() }),
    };
    json!({
        "title": told.scenario.title,
        "describes": origin(told),
        "settings": settings(told),
        "summary": text::lines(told),
        "missing": missing(told),
        "ticks": (0..found.diffusion.n_ticks()).map(|tick| told.label(tick)).collect::<Vec<_>>(),
        "unit": told.unit(),
        "governments": governments(told),
        "time_of_adoption": found.categories.times,
        "hazard": found.hazards,
        "kaplan_meier": found.survival,
        "bass": bass,
        "core": found.core_shares,
        "layers": found.layers.iter().map(|layer| layer_json(told, layer)).collect::<Vec<_>>(),
        "rates": found.rates,
    })
}

fn governments(told: &Told<'_>) -> Vec<Value> {
    let found = &told.found;
    let of = |place: usize| {
        json!({
            "id": told.id(place),
            "name": told.name(place),
            "adopted": found.diffusion.onsets[place].tick().map(|tick| told.label(tick)),
            "category": found.categories.of[place],
            "core": found.core[place],
        })
    };
    (0..told.n()).map(of).collect()
}

fn layer_json(told: &Told<'_>, layer: &LayerDescription) -> Value {
    let ways = [("cohesion", Some(&layer.cohesion)), ("structural_equivalence", layer.equivalence.as_ref())];
    let mut exposure = serde_json::Map::new();
    for (name, exposed) in ways {
        let Some(exposed) = exposed else { continue };
        let n_ticks = told.found.diffusion.n_ticks();
        let means: Vec<Option<f64>> = (0..n_ticks)
            .map(|tick| Summary::of(exposed.exposures.at(tick, Lag::None)?).map(|summary| summary.mean))
            .collect();
        let at_adoption = |lag: Lag| {
            let thresholds = exposed.thresholds(lag);
            let categories = threshold_categories(thresholds);
            json!({
                "summary": Summary::of(thresholds),
                "by_government": thresholds,
                "categories": categories,
                "cross_table": cross_table(&told.found.categories.of, &categories),
            })
        };
        exposure.insert(
            name.to_owned(),
            json!({
                "mean": means,
                "threshold": at_adoption(Lag::None),
                "lagged_threshold": at_adoption(Lag::One),
            }),
        );
    }
    json!({
        "name": layer.name,
        "exposure": exposure,
        "cross_table_rows": AdopterCategory::ALL,
        "cross_table_columns": ThresholdCategory::ALL,
        "infection": layer.infection,
        "susceptibility": layer.susceptibility,
        "ticks": layer.ticks,
    })
}
