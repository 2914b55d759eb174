//! Nearness.

crate::closeness::closeness! {
    /// Proximity: pressure that is strong in a sender's near abroad and fades farther off, such as
    /// that of a power that defends the status quo around it.
    ///
    /// Driver: the tie from sender to target in a `layer` of proximity, contact or interdependence;
    /// none counts as 0. By default the gain is its strength, in both directions; a power shape
    /// makes the decay steeper.
    ///
    /// Source: Stuster 2023, §5.2 (counter-pressure is strongest near those who exert it, where
    /// networks are densest).
    Proximity
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use normwave_network_model::{ActorId, LayerSource, Spell, TieSpell};

    #[test]
    fn pressure_fades_with_the_tie_of_the_other_layer() {
        let mut network = network();
        let layer = network.add_layer("near", LayerSource::Stored(Vec::new())).unwrap();
        let tie = TieSpell { from: ActorId(1), to: ActorId(0), strength: 0.5, spell: Spell::ALWAYS };
        network.add_tie(layer, tie).unwrap();
        let near: Proximity =
            read("layer = \"near\"\ntoward-status-quo = { power = { scale = 1, exponent = 2 } }");
        let at = |pair, k| gain(&near, &network, &held([0; 3], false), pair, k);
        assert_near(at([1, 0], 1), 0.5);
        assert_near(at([1, 0], 0), 0.25);
        // Neither the way back, nor a pair without a tie.
        assert_near(at([0, 1], 1), 0.0);
        assert_near(at([2, 0], 1), 0.0);
    }
}
