//! Dependence on aid.

crate::condition::condition! {
    /// Aid dependence: a government that lives on aid or foreign capital hears those who give it
    /// more loudly, whatever they ask.
    ///
    /// Driver: one numeric attribute of the target, its dependence in [0, 1]. By default the gain is
    /// `1 + d` in both directions.
    ///
    /// Source: Stuster 2023, §4.2.2 and §5.1 (reliance on aid and investment); Bush 2011.
    AidDependence,
    toward_status_quo: "crate::dial::rising",
    toward_new: "crate::dial::rising",
    evidence: DIRECTION_ONLY
}
