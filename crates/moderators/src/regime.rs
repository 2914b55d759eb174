//! Regime and other standing conditions of a state.

crate::condition::condition! {
    /// Regime: how open a government's institutions are decides how loud some pressures are.
    ///
    /// Driver: one numeric attribute of the target, such as electoral democracy in [0, 1]. It serves
    /// for any other standing condition, too, such as economic security.
    ///
    /// Source: Stuster 2023, §4.2.2 (conditions specific to each state).
    Regime,
    toward_status_quo: "crate::dial::neutral",
    toward_new: "crate::dial::neutral",
    evidence: UNTURNED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn the_target_hears_and_not_the_sender() {
        let mut network = network();
        give(&mut network, "democracy", &[number(0, 0.9), number(1, 0.2)]);
        let open: Regime =
            read("attribute = \"democracy\"\ntoward-new = { linear = { at-zero = 0, slope = 2 } }");
        let norm = held([0; 3], false);
        assert_near(gain(&open, &network, &norm, [1, 0], 1), 1.8);
        assert_near(gain(&open, &network, &norm, [0, 1], 1), 0.4);
        assert_near(gain(&open, &network, &norm, [0, 1], 0), 1.0);
    }
}
