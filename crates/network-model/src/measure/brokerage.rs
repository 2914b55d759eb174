//! Between whom an actor mediates.

use super::{LayerGraph, Reading};
use crate::{ActorId, LayerId, NetworkError, NetworkView, Value};
use std::collections::BTreeSet;

/// How often an actor v is a broker, by role: for ordered pairs of others a and b with ties a → v and
/// v → b but none a → b, by the groups of the three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Brokerage {
    /// All three in one group.
    pub coordinator: usize,
    /// a and b in one group, v in another (also called consultant).
    pub itinerant: usize,
    /// v and b in one group, a in another: v lets in.
    pub gatekeeper: usize,
    /// a and v in one group, b in another: v speaks for its group.
    pub representative: usize,
    /// Three different groups.
    pub liaison: usize,
}

impl Brokerage {
    /// All roles together.
    #[must_use]
    pub fn total(&self) -> usize {
        self.coordinator + self.itinerant + self.gatekeeper + self.representative + self.liaison
    }
}

/// The brokerage roles of each actor of a layer, in the order of [`LayerGraph::actors`], with groups
/// given by an attribute, such as a region. Strengths do not enter. If direction does not count, both
/// orders of a and b are counted, so that gatekeeper and representative agree, as in the R package sna.
/// Triads with an actor that lacks the attribute are not counted.
///
/// Source: R. V. Gould and R. M. Fernandez, "Structures of mediation: a formal approach to brokerage in
/// transaction networks", Sociological Methodology 19 (1989).
///
/// ```
/// use normwave_network_model::generate::{CorePeriphery, core_periphery};
/// use normwave_network_model::measure::{Reading, brokerage};
/// use normwave_network_model::parse_date;
/// let shape = CorePeriphery { core: 1, periphery: 4, inside: 0.0, across: 1.0, outside: 0.0 };
/// let network = core_periphery(&shape, 1)?;
/// let view = network.at(parse_date("1997")?)?;
/// let roles = brokerage(&view, network.layer_id("ties")?, Reading::default(), "block")?;
/// assert_eq!(roles[0].itinerant, 4 * 3);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::UnknownAttribute`]; [`NetworkError::Argument`] if the attribute of somebody is a
/// number.
pub fn brokerage(
    view: &NetworkView<'_>,
    layer: LayerId,
    reading: Reading,
    attribute: &str,
) -> Result<Vec<Brokerage>, NetworkError> {
    let graph = LayerGraph::new(view, layer, reading);
    view.network().attribute(attribute)?;
    let group = |&actor: &ActorId| match view.value(attribute, actor) {
        None => Ok(None),
        Some(Value::Category(category)) => Ok(Some(category.as_str())),
        Some(Value::Number(number)) => Err(NetworkError::Argument(format!(
            "attribute `{attribute}` of {} is the number {number}; brokers stand between categories, such as regions",
            view.network().actor(actor).id
        ))),
    };
    let groups = graph.actors().iter().map(group).collect::<Result<Vec<_>, _>>()?;
    let sent: Vec<BTreeSet<usize>> =
        (0..graph.n_actors()).map(|place| graph.sent(place).map(|(to, _)| to).collect()).collect();
    let mut roles = vec![Brokerage::default(); graph.n_actors()];
    for (broker, role) in roles.iter_mut().enumerate() {
        let Some(own) = groups[broker] else { continue };
        for (a, _) in graph.received(broker) {
            let Some(from) = groups[a] else { continue };
            for &b in sent[broker].iter().filter(|&&b| b != a && !sent[a].contains(&b)) {
                let Some(to) = groups[b] else { continue };
                *match (from == own, to == own, from == to) {
                    (true, true, _) => &mut role.coordinator,
                    (true, false, _) => &mut role.representative,
                    (false, true, _) => &mut role.gatekeeper,
                    (false, false, true) => &mut role.itinerant,
                    (false, false, false) => &mut role.liaison,
                } += 1;
            }
        }
    }
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use crate::{Network, Timeline};

    // Governments with groups, one letter each; `.` for none.
    fn grouped(groups: &str, ties: &[(usize, usize)]) -> Network {
        let ties: Vec<_> = ties.iter().map(|&(from, to)| (from, to, 1.0)).collect();
        let mut network = network(groups.len(), &ties);
        for (actor, letter) in (0_u32..).map(ActorId).zip(groups.chars()).filter(|(_, letter)| *letter != '.')
        {
            *network.attribute_mut("region").of_mut(actor) =
                Timeline::constant(Value::Category(letter.to_string()));
        }
        network
    }

    fn roles(network: &Network, reading: Reading) -> Result<Vec<Brokerage>, NetworkError> {
        let view = network.at(day("1997")).unwrap();
        brokerage(&view, network.layer_id("ties").unwrap(), reading, "region")
    }

    #[test]
    fn the_groups_of_three_name_the_role() {
        // a → v → b, with v in the middle.
        for (groups, expected) in [
            ("xxx", Brokerage { coordinator: 1, ..Brokerage::default() }),
            ("xyx", Brokerage { itinerant: 1, ..Brokerage::default() }),
            ("xyy", Brokerage { gatekeeper: 1, ..Brokerage::default() }),
            ("xxy", Brokerage { representative: 1, ..Brokerage::default() }),
            ("xyz", Brokerage { liaison: 1, ..Brokerage::default() }),
            (".xx", Brokerage::default()),
            ("x.x", Brokerage::default()),
        ] {
            let found = roles(&grouped(groups, &[(0, 1), (1, 2)]), directed()).unwrap();
            assert_eq!(found, [Brokerage::default(), expected, Brokerage::default()], "{groups}");
        }
    }

    #[test]
    fn who_is_tied_already_needs_no_broker() {
        let closed = grouped("xyz", &[(0, 1), (1, 2), (0, 2)]);
        assert!(roles(&closed, directed()).unwrap().iter().all(|role| role.total() == 0));
        // The way back is not the way: 2 → 0 leaves 0 without a tie to 2.
        let back = grouped("xyz", &[(0, 1), (1, 2), (2, 0)]);
        assert!(roles(&back, directed()).unwrap().iter().all(|role| role.liaison == 1 && role.total() == 1));
    }

    #[test]
    fn without_direction_both_orders_count() {
        let found = roles(&grouped("xxyy", &[(0, 1), (1, 2), (2, 3)]), undirected()).unwrap();
        assert_eq!(found[1], Brokerage { gatekeeper: 1, representative: 1, ..Brokerage::default() });
        assert_eq!(found[2], found[1]);
    }

    #[test]
    fn every_open_pair_of_contacts_has_one_role() {
        // The Medici: 6 contacts, of whom one pair is tied: 6 · 5 − 2 ordered pairs.
        let mut network = joined_families();
        for no in 0..16_u32 {
            let letter = ["a", "b", "c"][no as usize % 3].to_owned();
            *network.attribute_mut("region").of_mut(ActorId(no)) =
                Timeline::constant(Value::Category(letter));
        }
        assert_eq!(roles(&network, undirected()).unwrap()[8].total(), 28);
    }

    #[test]
    fn numbers_are_no_groups() {
        let mut network = grouped("x.", &[]);
        *network.attribute_mut("region").of_mut(ActorId(1)) = Timeline::constant(Value::Number(2.0));
        let text =
            "attribute `region` of A2 is the number 2; brokers stand between categories, such as regions";
        assert_eq!(roles(&network, directed()).unwrap_err().to_string(), text);
        let unknown = roles(&crate::support::network(2, &[]), directed());
        assert!(matches!(unknown, Err(NetworkError::UnknownAttribute { .. })));
    }
}
