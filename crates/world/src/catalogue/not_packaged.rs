//! What is not packaged, and why.

/// A data set that is not packaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPackaged {
    /// The data set.
    pub name: &'static str,
    /// What it would give.
    pub about: &'static str,
    /// Why it is not packaged.
    pub why: &'static str,
}

/// Data sets that users often look for and that are not packaged; each can be read from its own
/// files.
pub const NOT_PACKAGED: &[NotPackaged] = &[
    NotPackaged {
        name: "AidData",
        about: "aid from donors to recipients",
        why: "Its terms of redistribution are not known to us.",
    },
    NotPackaged {
        name: "COW Diplomatic Exchange, wave of 2005",
        about: "missions in 2005",
        why: "The file from which the tables are derived ends in 2000.",
    },
    NotPackaged {
        name: "Herre, Global Leader Ideologies",
        about: "ideology of heads of government",
        why: "Its terms of redistribution are not known to us.",
    },
    NotPackaged {
        name: "SIPRI Arms Transfers, SIPRI Military Expenditure",
        about: "arms from suppliers to recipients, military spending",
        why: "SIPRI allows no redistribution of its databases without asking (as we know its terms).",
    },
    NotPackaged {
        name: "WINGO",
        about: "international non-governmental organisations",
        why: "Its terms of redistribution are not known to us.",
    },
];
