//! The layers.

use super::{Entry, PLAIN};
use crate::packaged::{DIPLOMATIC, TRADE, TRADE_FLOW, UN_AGREEMENT};

/// How a layer is packaged.
pub(crate) enum Form {
    /// Blocks of pairs with spells; ties have strength 1.
    Spells {
        /// Their keys.
        blocks: &'static [&'static str],
    },
    /// A block of pairs that always hold.
    Pairs {
        /// Its key.
        block: &'static str,
    },
    /// A file with a block for each year or wave.
    Dated {
        /// The file.
        file: &'static [u8],
        /// The strength of a tie with a value.
        strength: fn(f64) -> f64,
    },
}

// 0 is none; 9 is other or unknown, no rank.
fn mission(rank: f64) -> f64 {
    f64::from(u8::from((1.0..4.0).contains(&rank)))
}

fn as_it_is(value: f64) -> f64 {
    value
}

const BOTH: &str = "both ways";
const PACT: Entry = Entry {
    unit: "1",
    direction: BOTH,
    mutual: true,
    observed: (1980, 2012),
    sources: &["cow-alliances"],
    derived_by: "alliance_blocks",
    ..PLAIN
};
const ATOP: Entry = Entry { observed: (1980, 2016), sources: &["atop"], ..PACT };
const NEAR: Entry =
    Entry { observed: (1980, 2016), sources: &["cow-contiguity"], derived_by: "contiguity_blocks", ..PACT };
const PAIR: Entry = Entry {
    unit: "1",
    direction: BOTH,
    mutual: true,
    sources: &["geodist"],
    derived_by: "pair_blocks",
    ..PLAIN
};

// Name, entry and form stand side by side; the two lists are taken from it.
const TABLE: [(Entry, Form); 21] = [
    (
        Entry {
            name: "alliance",
            about: "Any alliance: defence, neutrality, nonaggression or entente.",
            ..PACT
        },
        Form::Spells { blocks: &["cow-defence", "cow-neutrality", "cow-nonaggression", "cow-entente"] },
    ),
    (
        Entry {
            name: "alliance-atop",
            about: "Any obligation of an alliance, owed by either side: defence, offence, neutrality, \
                    nonaggression or consultation.",
            ..ATOP
        },
        Form::Spells {
            blocks: &[
                "atop-defence",
                "atop-offence",
                "atop-neutrality",
                "atop-nonaggression",
                "atop-consultation",
            ],
        },
    ),
    (
        Entry {
            name: "colonial-ruler",
            about: "The state was the main colonial ruler of the other, ever.",
            direction: "from the ruler to the state that it ruled",
            mutual: false,
            sources: &["icow"],
            ..PAIR
        },
        Form::Pairs { block: "colonial-ruler" },
    ),
    (
        Entry {
            name: "colonial-tie",
            about: "The two were ever in a colonial relationship, whichever ruled.",
            ..PAIR
        },
        Form::Pairs { block: "colonial-tie" },
    ),
    (
        Entry { name: "common-coloniser", about: "The two had the same coloniser after 1945.", ..PAIR },
        Form::Pairs { block: "common-coloniser" },
    ),
    (
        Entry {
            name: "contiguity",
            about: "Neighbours by land or river, or across at most 150 miles of water.",
            ..NEAR
        },
        Form::Spells { blocks: &["contiguity-1", "contiguity-2", "contiguity-3", "contiguity-4"] },
    ),
    (
        Entry {
            name: "contiguity-400",
            about: "Neighbours by land or river, or across at most 400 miles of water.",
            ..NEAR
        },
        Form::Spells {
            blocks: &["contiguity-1", "contiguity-2", "contiguity-3", "contiguity-4", "contiguity-5"],
        },
    ),
    (Entry { name: "defence", about: "A defence pact.", ..PACT }, Form::Spells { blocks: &["cow-defence"] }),
    (
        Entry { name: "defence-atop", about: "Either side owes the other defence.", ..ATOP },
        Form::Spells { blocks: &["atop-defence"] },
    ),
    (
        Entry {
            name: "defence-atop-directed",
            about: "A promise to defend the other.",
            direction: "from the state that promises to the one that is protected",
            mutual: false,
            ..ATOP
        },
        Form::Spells { blocks: &["atop-defence"] },
    ),
    (
        Entry {
            name: "diplomatic",
            about: "A mission led by an ambassador, minister or chargé d'affaires. Waves of 1980, 1985, 1990, \
                    1995 and 2000, each of which holds to the next; that of 2005 is not packaged.",
            unit: "1",
            direction: "from the sender to the host",
            observed: (1980, 2000),
            sources: &["cow-diplomatic"],
            derived_by: "diplomatic_table",
            ..PLAIN
        },
        Form::Dated { file: DIPLOMATIC, strength: mission },
    ),
    (
        Entry {
            name: "distance",
            about: "Distance between the capitals: the larger, the farther.",
            unit: "kilometres",
            ..PAIR
        },
        Form::Pairs { block: "distance" },
    ),
    (
        Entry { name: "entente", about: "A promise to consult in a crisis.", ..PACT },
        Form::Spells { blocks: &["cow-entente"] },
    ),
    (
        Entry { name: "land-contiguity", about: "Neighbours by land or river.", ..NEAR },
        Form::Spells { blocks: &["contiguity-1"] },
    ),
    (
        Entry { name: "language-official", about: "The two share an official language.", ..PAIR },
        Form::Pairs { block: "language-official" },
    ),
    (
        Entry {
            name: "language-spoken",
            about: "A language is spoken by at least 9 % of the people in both.",
            ..PAIR
        },
        Form::Pairs { block: "language-spoken" },
    ),
    (
        Entry { name: "neutrality", about: "A promise to stay neutral in the other's wars.", ..PACT },
        Form::Spells { blocks: &["cow-neutrality"] },
    ),
    (
        Entry { name: "nonaggression", about: "A promise not to attack the other.", ..PACT },
        Form::Spells { blocks: &["cow-nonaggression"] },
    ),
    (
        Entry {
            name: "trade",
            about: "The sender's share in the target's trade, imports and exports, mean of three years; at \
                    least 0.01. A window holds from the year after its last one. Shares in West \
                    Germany's trade are not known before 1990, and doubtful to 1992.",
            unit: "share, 0 to 1",
            direction: "from the partner to the state that depends on it",
            observed: (1980, 2013),
            sources: &["cow-trade"],
            derived_by: "trade_table",
            ..PLAIN
        },
        Form::Dated { file: TRADE, strength: as_it_is },
    ),
    (
        Entry {
            name: "trade-flow",
            about: "Exports in the year, smoothed; every flow that rounds to a million dollars or more. \
                    Of West Germany's flows before 1990 only those with Belgium and Luxembourg are known, of Yugoslavia's from 1993 on \
                    and Serbia's none.",
            unit: "million current US dollars",
            direction: "from the exporter to the importer",
            observed: (1980, 2014),
            sources: &["cow-trade"],
            derived_by: "trade_flow_table",
            ..PLAIN
        },
        Form::Dated { file: TRADE_FLOW, strength: as_it_is },
    ),
    (
        Entry {
            name: "un-agreement",
            about: "Agreement in roll calls of the UN General Assembly in the year: 1 less the mean difference \
                    of votes (yes 1, abstention ½, no 0), of pairs with at least 5 joint votes.",
            unit: "0 to 1",
            direction: BOTH,
            mutual: true,
            observed: (1980, 2016),
            sources: &["un-votes"],
            derived_by: "agreement_table",
            ..PLAIN
        },
        Form::Dated { file: UN_AGREEMENT, strength: as_it_is },
    ),
];

/// The layers.
pub const LAYERS: &[Entry] = &{
    let mut entries = [PLAIN; TABLE.len()];
    let mut place = 0;
    while place < TABLE.len() {
        entries[place] = TABLE[place].0;
        place += 1;
    }
    entries
};

/// How the layer at a place of [`LAYERS`] is packaged.
pub(crate) fn form(place: usize) -> &'static Form {
    const ALL: &[(Entry, Form)] = &TABLE;
    &ALL[place].1
}
