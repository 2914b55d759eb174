//! Likeness: two governments are tied by how similar their attributes are.

use crate::derive::refused;
use crate::{ActorId, NetworkError, NetworkView, Tie, Value};

// `w_ij = Π_a s_a`, with `s_a = exp(-|x_j - x_i| / scale_a)` for numbers and 1 or 0 for equal or
// unequal categories. Ties in both directions among living governments that have all attributes.
pub(super) fn ties(
    layer: &str,
    view: &NetworkView<'_>,
    attributes: &[(String, f64)],
) -> Result<Vec<Tie>, NetworkError> {
    if attributes.is_empty() {
        return Err(refused(layer, "no attribute is named; name at least one"));
    }
    // One column of values per attribute, over the governments that have all of them.
    let mut alike: Vec<(ActorId, Vec<&Value>)> = view.governments().map(|actor| (actor, vec![])).collect();
    for (name, scale) in attributes {
        view.network().attribute(name)?;
        alike.retain_mut(|(actor, values)| match view.value(name, *actor) {
            Some(value) => {
                values.push(value);
                true
            }
            None => false,
        });
        let numeric = alike.iter().any(|(_, values)| matches!(values.last(), Some(Value::Number(_))));
        let category = alike.iter().any(|(_, values)| matches!(values.last(), Some(Value::Category(_))));
        if numeric && category {
            let reason = format!("attribute `{name}` mixes numbers and categories; make all values one kind");
            return Err(refused(layer, reason));
        }
        if numeric && !(*scale > 0.0 && scale.is_finite()) {
            let reason = format!("the scale of attribute `{name}` is {scale}; give a number above 0");
            return Err(refused(layer, reason));
        }
    }
    let mut ties = Vec::new();
    for (place, (i, of_i)) in alike.iter().enumerate() {
        for (j, of_j) in &alike[place + 1..] {
            let pairs = of_i.iter().zip(of_j).zip(attributes);
            let strength = pairs.map(|((a, b), (_, scale))| similarity(a, b, *scale)).product();
            if strength > 0.0 {
                ties.push(Tie { from: *i, to: *j, strength });
                ties.push(Tie { from: *j, to: *i, strength });
            }
        }
    }
    Ok(ties)
}

fn similarity(a: &Value, b: &Value, scale: f64) -> f64 {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => libm::exp(-(a - b).abs() / scale),
        (a, b) => f64::from(u8::from(a == b)),
    }
}

#[cfg(test)]
mod tests {
    use crate::support::*;
    use crate::*;

    fn network(power: [Option<f64>; 3], region: [&str; 3]) -> Network {
        let mut network = network_of_three();
        for (actor, (power, region)) in (0..).map(ActorId).zip(power.into_iter().zip(region)) {
            if let Some(power) = power {
                *network.attribute_mut("power").of_mut(actor) = Timeline::constant(Value::Number(power));
            }
            let region = Value::Category(region.to_owned());
            *network.attribute_mut("region").of_mut(actor) = Timeline::constant(region);
        }
        network
    }

    fn network_of_three() -> Network {
        crate::support::network(3, &[])
    }

    fn derived(
        mut network: Network,
        attributes: &[(&str, f64)],
    ) -> Result<Vec<(u32, u32, f64)>, NetworkError> {
        let attributes = attributes.iter().map(|&(name, scale)| (name.to_owned(), scale)).collect();
        let layer = network.add_layer("alike", LayerSource::Derived(Derivation::Homophily { attributes }))?;
        let view = network.at(day("1997"))?;
        Ok(view.ties(layer).iter().map(|tie| (tie.from.0, tie.to.0, tie.strength)).collect())
    }

    #[test]
    fn likeness_falls_with_the_difference_measured_in_scales() {
        let found =
            derived(network([Some(1.0), Some(3.0), None], ["a", "b", "a"]), &[("power", 2.0)]).unwrap();
        let strength = (-1.0_f64).exp();
        assert_eq!(found, [(1, 0, strength), (0, 1, strength)]);
    }

    #[test]
    fn categories_are_alike_or_not_and_several_attributes_multiply() {
        let world = network([Some(1.0), Some(1.0), Some(2.0)], ["a", "b", "a"]);
        assert_eq!(derived(world.clone(), &[("region", 0.0)]).unwrap(), [(2, 0, 1.0), (0, 2, 1.0)]);
        let strength = (-2.0_f64).exp();
        let both = derived(world, &[("region", 0.0), ("power", 0.5)]).unwrap();
        assert_eq!(both, [(2, 0, strength), (0, 2, strength)]);
    }

    #[test]
    fn impossible_attributes_are_refused_with_a_remedy() {
        let world = network([Some(1.0), Some(1.0), Some(2.0)], ["a", "b", "a"]);
        let says = |world: Network, attributes: &[(&str, f64)], text: &str| {
            assert_eq!(derived(world, attributes).unwrap_err().to_string(), text);
        };
        says(world.clone(), &[], "derived layer `alike`: no attribute is named; name at least one");
        says(world.clone(), &[("rank", 1.0)], "there is no attribute `rank`; known: power, region");
        says(
            world.clone(),
            &[("power", 0.0)],
            "derived layer `alike`: the scale of attribute `power` is 0; give a number above 0",
        );
        let mut mixed = world;
        *mixed.attribute_mut("power").of_mut(ActorId(0)) =
            Timeline::constant(Value::Category("great".to_owned()));
        says(
            mixed,
            &[("power", 1.0)],
            "derived layer `alike`: attribute `power` mixes numbers and categories; make all values one kind",
        );
    }
}
