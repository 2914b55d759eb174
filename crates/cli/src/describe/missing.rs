//! What is missing in a description, and what was made of it.

use super::{Origin, Told, tables};
use normwave_analysis::describe::{
    LayerDescription, MOST_FOR_BETWEENNESS, MOST_FOR_EQUIVALENCE, MOST_FOR_PERMUTATIONS, Onset,
};

/// Sentences about what is missing; none if nothing is.
pub(crate) fn missing(told: &Told<'_>) -> Vec<String> {
    let found = &told.found;
    let diffusion = &found.diffusion;
    let mut said = Vec::new();
    let before = diffusion.count(Onset::Before);
    if before > 0 {
        let what = match told.origin {
            Origin::Observed => "Adopted before the period",
            Origin::Simulated(_) => "Given the position at the start",
        };
        said.push(format!(
            "{what}: {before}. Such governments count for the exposure of others, and are in no risk set, time, \
             threshold or Bass fit."
        ));
    }
    let never = diffusion.count(Onset::Never);
    if never > 0 {
        said.push(format!(
            "Not within the period: {never}. Their times are censored, {} of them at the end of the government itself.",
            diffusion.n_ended()
        ));
    }
    if diffusion.n_born() > 0 {
        said.push(format!(
            "Not there in the first tick: {}, at risk from when they came into being.",
            diffusion.n_born()
        ));
    }
    if diffusion.n_withdrawn() > 0 {
        said.push(format!(
            "Adopted and went back: {}. The first adoption counts, and exposure only while the position is held.",
            diffusion.n_withdrawn()
        ));
    }
    if !diffusion.outside.is_empty() {
        let ids = diffusion.outside.iter().map(|&actor| told.scenario.network.actor(actor).id.as_str());
        said.push(format!(
            "Left out, though they adopted, since the norm does not apply to them or they do not live in the \
             period: {}.",
            ids.collect::<Vec<_>>().join(", ")
        ));
    }
    let by_layer = |of: &dyn Fn(&LayerDescription) -> usize| {
        let layers = found.layers.iter().filter(|layer| !layer.is_empty());
        let counts = layers.map(|layer| (of(layer), &layer.name)).filter(|(n, _)| *n > 0);
        counts.map(|(n, name)| format!("{name} {n}")).collect::<Vec<_>>().join(", ")
    };
    let empty: Vec<&str> =
        found.layers.iter().filter(|layer| layer.is_empty()).map(|layer| layer.name.as_str()).collect();
    if !empty.is_empty() {
        said.push(format!(
            "Layers without a tie between two of these governments in the period, and left out of tables here: {}.",
            empty.join(", ")
        ));
    }
    let middle = told.middle();
    let isolates = by_layer(&|layer| layer.ticks[middle as usize].isolates);
    if !isolates.is_empty() {
        said.push(format!(
            "Governments without a tie in {}, who have no exposure (netdiffuseR has 0), by layer: {isolates}.",
            told.label(middle)
        ));
    }
    let no_threshold = by_layer(&|layer| {
        let adopters = diffusion.adopters();
        adopters.filter(|&(place, _)| layer.cohesion.thresholds[place].is_none()).count()
    });
    if !no_threshold.is_empty() {
        said.push(format!(
            "Adopters without a tie when they adopted, who have no threshold, by layer: {no_threshold}."
        ));
    }
    if found.layers.iter().any(|layer| layer.equivalence.is_none()) && !found.layers.is_empty() {
        said.push(format!(
            "Structural equivalence is left out with more than {MOST_FOR_EQUIVALENCE} governments, betweenness \
             with more than {MOST_FOR_BETWEENNESS}."
        ));
    }
    if told.n() > MOST_FOR_PERMUTATIONS && told.settings.permutations > 0 {
        said.push(format!(
            "With more than {MOST_FOR_PERMUTATIONS} governments there are no permutations for Moran's I; its z remains."
        ));
    }
    if tables::n_exposures(told) > tables::MOST_EXPOSURES {
        said.push(format!(
            "exposure.csv, if it is written, is left empty: it would have more than {} rows. layers.csv has means.",
            tables::MOST_EXPOSURES
        ));
    }
    said
}
