// What sovereignty cost and security utility share: pressure from within, away from positions
// that bind. §5: c_ik = c_i · (1 − b_k), so that the status quo gets it whole and the most binding
// position nothing.

use crate::SystemView;
use normwave_network_model::ActorId;

pub(crate) fn fill_internal(
    view: &SystemView<'_>,
    base: f64,
    attributes: &std::collections::BTreeMap<String, f64>,
    out: &mut [f64],
) {
    let n_k = view.norm.n_positions.max(1);
    for (i, row) in (0u32..).map(ActorId).zip(out.chunks_exact_mut(n_k)) {
        let attributes = attributes.iter().map(|(name, weight)| weight * view.number(name, i));
        let own = (base + attributes.sum::<f64>()).max(0.0);
        row.iter_mut().zip(&view.norm.bindingness).for_each(|(c, b)| *c = own * (1.0 - b));
    }
}
