//! Friction in the administration.

crate::condition::condition! {
    /// Bureaucratic friction: what a government would do is held up in its offices.
    ///
    /// Driver: one numeric attribute of the target, its friction in [0, 1]; private diplomacy is an
    /// event that lowers it. By default the gain toward new positions is `1 − friction`.
    ///
    /// Source: Myrick and Weinstein 2022 (releases stalled by bureaucratic deadlock, which private
    /// talks can break); Stuster 2023, §4.2.2 (conditions specific to each state).
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
