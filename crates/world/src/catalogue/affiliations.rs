//! The affiliations.

use super::{Entry, PLAIN};

/// The affiliations.
pub const AFFILIATIONS: &[Entry] = &[
    Entry {
        name: "groups",
        about: "23 groups: ASEAN, Arab_League, CARICOM, CIS, Commonwealth, Council_of_Europe, ECOWAS, EU \
                (the EEC to 1992), Francophonie, GCC, MERCOSUR, NAM, NATO, OAS, OAU_AU, OECD, OIC, OSCE, SAARC, \
                SADC, UN, WEU, WTO.",
        unit: "full membership",
        observed: (1980, 2014),
        sources: &["cow-igo"],
        derived_by: "membership_tables",
        ..PLAIN
    },
    Entry {
        name: "igo",
        about: "Intergovernmental organisations, by the acronyms of the source in lower case (names in \
                data/igos.csv). Membership as an associate or observer does not count.",
        unit: "full membership",
        observed: (1980, 2014),
        sources: &["cow-igo"],
        derived_by: "membership_tables",
        ..PLAIN
    },
];
