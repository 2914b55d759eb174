//! Capacity to do what is asked.

crate::condition::condition! {
    /// Capacity: pressure for a new position is lost on a government that has not the means to take
    /// it.
    ///
    /// Driver: one numeric attribute of the target, its capacity in [0, 1]. By default the gain
    /// toward new positions is the capacity itself; the status quo takes none.
    ///
    /// Source: Stuster 2023, §4.2.2 (conditions specific to each state); A. Chayes and A. H. Chayes, "The
    /// New Sovereignty" (1995).
    Capacity,
    toward_status_quo: "crate::dial::neutral",
    toward_new: "crate::dial::as_it_is",
    evidence: DIRECTION_ONLY
}
