// The share of adopters among some actors: what legitimacy, grafting and complementarity drive on.

use normwave_network_model::ActorId;
use normwave_pressure_factors::{Position, SystemView};

// Of those to whom the norm applies, each counted with its weight; 0 where all weights are 0.
pub(crate) fn share_of_adopters(
    view: &SystemView<'_>,
    weighted: impl Iterator<Item = (ActorId, f64)>,
    toward: Position,
) -> f64 {
    let (mut adopters, mut all) = (0.0, 0.0);
    for (actor, weight) in weighted {
        if let Some(held) = view.norm.positions[actor.idx()] {
            all += weight;
            adopters += if view.norm.adopts(held, toward) { weight } else { 0.0 };
        }
    }
    if all > 0.0 { adopters / all } else { 0.0 }
}

// Of all, each counted with an attribute, or once.
pub(crate) fn share_of_all(view: &SystemView<'_>, weight: Option<&str>, toward: Position) -> f64 {
    let weight = |actor| weight.map_or(1.0, |name| view.number(name, actor).max(0.0));
    let everybody = (0u32..).map(ActorId).take(view.norm.positions.len());
    share_of_adopters(view, everybody.map(|actor| (actor, weight(actor))), toward)
}
