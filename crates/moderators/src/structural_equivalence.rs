//! Like positions in the network.

crate::closeness::closeness! {
    /// Structural equivalence: a government takes as its example those who stand where it stands,
    /// tied or not.
    ///
    /// Driver: the tie from sender to target in a `layer` of likeness, `1 − d_ji / max d` with d the
    /// distance between their profiles of ties where the layer is derived as `equivalence`. By
    /// default the gain is that likeness, in both directions. On a factor that runs over
    /// `visibility` it lets adoption pass between equivalents who have no tie with each other.
    ///
    /// Source: Stuster 2023, §4.2.2 and §5.2; Burt 1987.
    StructuralEquivalence
}
