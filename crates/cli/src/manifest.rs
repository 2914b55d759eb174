//! `manifest.json`: what a run needs to be made again.

use crate::prepare::Quantum;
use crate::tables::MOST_LEDGER_ROWS;
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
            "waves.csv": {
                "about": "waves of adoption, arrests and stages of the life cycle in the run without noise",
                "columns": {
                    "position": "number of the position that is adopted",
                    "label": "its name",
                    "kind": "wave, arrest (a stall after a wave while many wait) or stage",
                    "name": "number of the wave or arrest; emergence, tipping, cascade or internalisation",
                    "from": "first day of its first tick",
                    "until": "first day of the tick after it; of an arrest, of the restart; empty if there is none",
                    "adopters": "how many adopt in a wave; how many had adopted at tipping",
                    "rate": "adoptions per tick and government that had not adopted",
                },
            },
            "influence.csv": {
                "about": "who and what moved each government, one row for each decision without noise",
                "columns": {
                    "tick": "first day of the tick",
                    "actor": "id of the government that moved",
                    "position": "number of the position that it took",
                    "margin": "by how much the balance exceeded the threshold",
                    "sender": "id of the sender that pressed most toward it; own, or system; empty if nobody did",
                    "share": "that sender's share of the pressure toward the position",
                    "second": "the next strongest sender",
                    "second_share": "its share",
                    "tree": "id of the first mover from which a chain of strongest senders leads here; empty unless \
                             this move is the first to the most demanding position that is adopted",
                    "changed": "what changed the balance most since the tick before: factor, sender, position pressed for",
                    "change": "by how much that raised the balance",
                    "events": "events that begin or end in the tick, separated by semicolons",
                },
            },
            "indicators.csv": {
                "about": "what is done for the norm and what comes of it, by tick, in the run without noise",
                "columns": {
                    "tick": "first day of the tick",
                    "awareness": "share of governments pressed by any sender toward a new position",
                    "advocacy": "effort for new positions, summed over all actors",
                    "exposure": "mean pressure from senders toward the new position most pressed for",
                    "decided": "share of governments that hold a new position at the end of the tick",
                    "acted": "share that holds one on which it can act",
                },
            },
            "ledger.csv": {
                "about": format!(
                    "every pressure at the moves of the run without noise, and on all at its last tick; the first \
                     {MOST_LEDGER_ROWS} at most"
                ),
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
