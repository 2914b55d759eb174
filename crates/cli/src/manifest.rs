//! `manifest.json`: what a run needs to be made again.

use crate::prepare::Quantum;
use crate::{RunResults, Stage};
use normwave_scenario::SCHEMA_VERSION;
use serde_json::{Value, json};

/// What a run needs to be made again, and what is in its folder.
pub(crate) fn manifest(results: &RunResults) -> Value {
    let prepared = &results.prepared;
    let settings = &results.settings;
    json!({
        "normwave": env!("CARGO_PKG_VERSION"),
        "schema": SCHEMA_VERSION,
        "scenario": {
            "title": prepared.scenario.title,
            "case": prepared.input.case,
            "file": prepared.input.file,
        },
        "blake3": prepared.hashes,
        "variant": prepared.overrides.variant,
        "set": prepared.overrides.set,
        "without": prepared.overrides.without,
        "seed": settings.seed,
        "replicates": settings.replicates,
        "engine": settings.engine,
        "threads": settings.threads,
        "quantum": prepared.plan.quantum,
        "quantum_of": match prepared.quantum {
            Quantum::Own => "this scenario",
            Quantum::OfBase => "the scenario without changes",
        },
        "command": settings.command,
        "files": {
            "adoptions.csv": {
                "about": "every change of position, one row each",
                "columns": {
                    "replicate": "number of the replicate, from 0",
                    "actor": "id of the government",
                    "name": "its name",
                    "position": "number of the position that it took; 0 is the status quo",
                    "label": "name of that position",
                    "decided": "when it decided, by the first day of the tick",
                    "acted": "when the decision could be acted on; empty if it was overtaken or never could",
                    "cause": "decided, set (by the scenario) or inherited (from a predecessor)",
                },
            },
            "shares.csv": {
                "about": "share of governments under the norm that hold exactly a position at the end of a tick",
                "columns": {
                    "tick": "first day of the tick",
                    "stage": format!("{} or {}: from when a decision counts", Stage::Decided.name(), Stage::Acted.name()),
                    "position": "number of the position",
                    "label": "its name",
                    "mean": "mean over replicates",
                    "p05": "5 % quantile over replicates",
                    "p50": "median over replicates",
                    "p95": "95 % quantile over replicates",
                    "noise_free": "in the run without noise, or where all is chance in the first replicate",
                },
            },
            "ledger.csv": {
                "about": "every pressure at the moves of the run without noise, and on all at its last tick",
                "columns": {
                    "moment": "move or last",
                    "tick": "first day of the tick",
                    "actor": "id of the government that is pressed",
                    "held": "number of the position that it held",
                    "took": "number of the position after its decision",
                    "toward": "number of the position toward which it is pressed",
                    "factor": "name of the pressure factor",
                    "type": "type of the factor",
                    "mechanism": "coercion, competition, learning, socialisation or domestic",
                    "channel": "state, organisation, transnational, domestic or own",
                    "source": "id of the sender; empty where there is none",
                    "layer": "layer along which it came; empty where there is none",
                    "raw": "pressure before moderation",
                    "gains": "moderator=gain, separated by semicolons",
                    "pressure": "raw times all gains",
                },
            },
        },
    })
}
