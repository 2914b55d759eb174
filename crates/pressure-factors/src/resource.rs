//! The sender's resource relative to the target's.

use crate::SystemView;
use normwave_network_model::Tie;

/// `ρ = r_j / (r_j + r_i)`, in [0, 1]; ½ when both are 0, and between members of a forum that
/// gives one state one vote.
///
/// A plain ratio r_j / r_i is unusable: capabilities differ by five orders of magnitude.
///
/// ```
/// # use normwave_network_model::*;
/// # use normwave_pressure_factors::*;
/// let mut network = Network::default();
/// let big = network.add_actor(Actor::new("BIG", ActorKind::Government))?;
/// let small = network.add_actor(Actor::new("SMALL", ActorKind::Government))?;
/// for (actor, power) in [(big, 3.0), (small, 1.0)] {
///     *network.attribute_mut("power").of_mut(actor) = Timeline::constant(Value::Number(power));
/// }
/// let view = network.at(parse_date("1997")?)?;
/// let norm = NormState::default();
/// let view = SystemView { network: &view, norm: &norm };
/// assert_eq!(relative_resource(&view, "power", &Tie { from: big, to: small, strength: 1.0 }), 0.75);
/// # Ok::<(), NetworkError>(())
/// ```
#[must_use]
pub fn relative_resource(view: &SystemView<'_>, resource: &str, tie: &Tie) -> f64 {
    let sender = view.number(resource, tie.from).max(0.0);
    let target = view.number(resource, tie.to).max(0.0);
    if view.one_vote(tie.from, tie.to) || sender + target <= 0.0 { 0.5 } else { sender / (sender + target) }
}

// Strength, times ρ where a resource is named.
pub(crate) fn weighed(view: &SystemView<'_>, resource: Option<&str>, tie: &Tie) -> f64 {
    tie.strength * resource.map_or(1.0, |resource| relative_resource(view, resource, tie))
}
