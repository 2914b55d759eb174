// Similarity of two actors in some attributes, in [0, 1]: what both kinds of homophily drive on.

use crate::Pressure;
use normwave_gain_shape::Shape;
use normwave_network_model::{Tie, Value};
use normwave_pressure_factors::SystemView;
use std::collections::BTreeMap;

// s_ji = Π_a s_a with s_a = exp(−|x_j − x_i| / scale) for numbers and 1 or 0 for categories. A pair
// of which one lacks an attribute (an NGO, say) is not moderated: None.
pub(crate) fn similarity(
    attributes: &BTreeMap<String, f64>,
    view: &SystemView<'_>,
    tie: &Tie,
) -> Option<f64> {
    let mut similarity = 1.0;
    for (name, scale) in attributes {
        match (view.network.value(name, tie.from)?, view.network.value(name, tie.to)?) {
            (Value::Number(x), Value::Number(y)) => similarity *= libm::exp(-(x - y).abs() / scale),
            (x, y) => similarity *= if x == y { 1.0 } else { 0.0 },
        }
    }
    Some(similarity)
}

pub(crate) fn moderate_by_similarity(
    attributes: &BTreeMap<String, f64>,
    shape: &Shape,
    pressure: &Pressure<'_>,
    view: &SystemView<'_>,
    gain: &mut [f64],
) {
    pressure.turn_ties(gain, |tie| {
        similarity(attributes, view, tie).map_or(1.0, |similarity| shape.gain(similarity))
    });
}
