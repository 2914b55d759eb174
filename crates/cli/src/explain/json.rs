//! The balance sheet as a program reads it.

use crate::explain::{Explained, text};
use crate::tables::cause_name;
use normwave_analysis::{Grouping, Lever};
use normwave_network_model::ActorId;
use serde_json::{Value, json};

pub(crate) fn to_json(
    now: &Explained<'_>,
    then: Option<&Explained<'_>>,
    by: Grouping,
    replicate: Option<u64>,
) -> Value {
    let mut value = sheet(now, by);
    value["replicate"] = json!(replicate);
    if let Some(then) = then {
        let change = |(name, [before, after]): (String, [f64; 2])| json!({ "name": name, "then": before, "now": after, "change": after - before });
        value["versus"] = sheet(then, by);
        value["changes"] = text::changes(now, then, by).into_iter().map(change).collect();
        value["margin_change"] = json!(now.margin() - then.margin());
    }
    value
}

fn sheet(explained: &Explained<'_>, by: Grouping) -> Value {
    let Explained { scenario, moment, k, persuasions } = explained;
    let sheet = &moment.sheet;
    let id = |actor: ActorId| &scenario.network.actor(actor).id;
    let row = |row: &normwave_analysis::Row| {
        let gains = row.gains.iter().map(|gain| json!({ "moderator": gain.moderator, "gain": gain.gain }));
        json!({
            "toward": row.toward,
            "factor": row.factor,
            "type": row.kind,
            "mechanism": row.mechanism.name(),
            "channel": row.channel.name(),
            "source": row.source.map(id),
            "layer": row.layer,
            "raw": row.raw,
            "gains": gains.collect::<Vec<_>>(),
            "pressure": row.pressure,
        })
    };
    let position = |(k, name): (u8, &str)| {
        json!({
            "position": k,
            "label": name,
            "pressure": sheet.pressures[usize::from(k)],
            "margin": sheet.margin(k),
        })
    };
    let origin = |origin: &normwave_analysis::Origin| {
        json!({
            "actor": id(origin.actor),
            "share": origin.share,
            "route": origin.route.iter().map(|actor| id(*actor)).collect::<Vec<_>>(),
            "route_share": origin.route_share,
        })
    };
    let persuasion = |persuasion: &normwave_analysis::Persuasion| {
        json!({
            "sender": id(persuasion.sender),
            "toward": persuasion.toward,
            "level": persuasion.level,
            "origins": persuasion.origins.iter().map(origin).collect::<Vec<_>>(),
        })
    };
    let names = scenario.norm.positions.iter().map(|position| position.name.as_str());
    let group = |(name, [against, toward]): (String, [f64; 2])| json!({ "name": name, "against": against, "toward": toward });
    json!({
        "actor": id(sheet.actor),
        "name": scenario.network.actor(sheet.actor).name(),
        "at": explained.when(),
        "position": k,
        "label": explained.name(*k),
        "held": sheet.held,
        "blocked_by": sheet.blocked_by.iter().map(|&group| id(group)).collect::<Vec<_>>(),
        "took": moment.took,
        "cause": moment.cause.map(cause_name),
        "against": explained.rival(),
        "balance": explained.balance(),
        "threshold": sheet.threshold,
        "exit": sheet.exit,
        "margin": explained.margin(),
        "rounding": moment.rounding,
        "tie": moment.is_tie(*k),
        "noise": moment.noise,
        "positions": (0u8..).zip(names).map(position).collect::<Vec<_>>(),
        "flip": explained.flip().map(|flip| json!({
            "lever": match &flip.lever {
                Lever::Row(_) => "pressure",
                Lever::Gain { .. } => "gain",
                Lever::Weight { .. } => "weight",
            },
            "row": match &flip.lever { Lever::Row(idx) => Some(*idx), _ => None },
            "factor": flip.factor,
            "words": explained.flip_words(&flip),
        })),
        "persuasions": persuasions.iter().map(persuasion).collect::<Vec<_>>(),
        "groups": text::groups(explained, by).into_iter().map(group).collect::<Vec<_>>(),
        "rows": sheet.rows.iter().map(row).collect::<Vec<_>>(),
    })
}
