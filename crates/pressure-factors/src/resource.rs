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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use normwave_network_model::{ActorId, parse_date};

    fn rho(numbers: &[(u32, f64)], sessions: Vec<crate::Session>) -> f64 {
        let mut network = network();
        give(&mut network, "power", numbers);
        let view = network.at(parse_date("1997").unwrap()).unwrap();
        let norm = crate::NormState { sessions, ..norm(&[0.0, 1.0]) };
        let tie = Tie { from: ActorId(0), to: ActorId(1), strength: 9.0 };
        relative_resource(&SystemView { network: &view, norm: &norm }, "power", &tie)
    }

    #[test]
    fn two_without_resources_are_even() {
        assert_near(rho(&[(0, 0.0), (1, 0.0)], Vec::new()), 0.5);
        assert_near(rho(&[], Vec::new()), 0.5);
        assert_near(rho(&[(0, 1.0), (1, 0.0)], Vec::new()), 1.0);
        assert_near(rho(&[(0, -1.0), (1, 1.0)], Vec::new()), 0.0);
    }

    #[test]
    fn one_state_one_vote_makes_members_even_and_nobody_else() {
        let unequal = [(0, 9.0), (1, 1.0)];
        assert_near(rho(&unequal, vec![one_vote([true, true, false, false])]), 0.5);
        assert_near(rho(&unequal, vec![one_vote([true, false, true, false])]), 0.9);
        let mut weighted = one_vote([true; 4]);
        weighted.one_vote = false;
        assert_near(rho(&unequal, vec![weighted]), 0.9);
    }
}
