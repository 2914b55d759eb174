//! Tables of what was done about a norm.

use super::{Entry, PLAIN};

/// Tables of facts about norms, read by functions of their own.
pub const FACTS: &[Entry] = &[
    Entry {
        name: "mine-ban",
        about: "Who did what when about anti-personnel mines: signatures, consents to be bound, moratoria, \
                votes, the core group.",
        unit: "dated fact with source and confidence",
        observed: (1991, 2016),
        sources: &["untc", "unoda", "un-votes", "mine-ban-lists", "stuster"],
        derived_by: "mine_ban_tables",
        ..PLAIN
    },
    Entry {
        name: "mine-ban-timeline",
        about: "Dated events of the campaign against mines and around it.",
        unit: "dated event with source and confidence",
        observed: (1981, 1999),
        sources: &["stuster", "mine-ban-lists"],
        derived_by: "mine_ban_tables",
        ..PLAIN
    },
];
