//! Friction in the administration.

crate::condition::condition! {
    /// Bureaucratic friction: what a government would do is held up in its offices.
    ///
    /// Driver: one numeric attribute of the target, its friction in [0, 1]; private diplomacy is an
    /// event that lowers it. By default the gain toward new positions is `1 − friction`.
    ///
    /// Source: Stuster 2023, §4.2.2 (conditions specific to each state); that offices stall what a
    /// government would do, R. Myrick and J. M. Weinstein, "Making sense of human rights diplomacy",
    /// International Organization 76 (2022). There it is the sender's administration that is
    /// deadlocked, and public pressure frees it; that targets are held up alike is our reading.
    BureaucraticFriction,
    toward_status_quo: "crate::dial::neutral",
    toward_new: "crate::dial::falling",
    evidence: DIRECTION_ONLY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use crate::{AidDependence, Capacity, Moderator};

    #[test]
    fn each_condition_turns_the_way_that_its_source_says() {
        let mut network = network();
        give(&mut network, "a", &[number(0, 0.25)]);
        let conditions: [(Box<dyn Moderator>, [f64; 2]); 3] = [
            (Box::new(read::<AidDependence>("attribute = \"a\"")), [1.25, 1.25]),
            (Box::new(read::<Capacity>("attribute = \"a\"")), [1.0, 0.25]),
            (Box::new(read::<BureaucraticFriction>("attribute = \"a\"")), [1.0, 0.75]),
        ];
        for (condition, expected) in conditions {
            assert_near(own_gain(&*condition, &network, 0, 0), expected[0]);
            assert_near(own_gain(&*condition, &network, 0, 1), expected[1]);
        }
    }
}
