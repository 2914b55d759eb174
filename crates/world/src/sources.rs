//! The data sets from which the tables are derived: what to cite, and on what terms.

use crate::catalogue::{UNITED_STATES, entry};
use crate::table::WorldError;

/// A data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its key, which is also that of the `BibTeX` entry.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Version or date.
    pub version: &'static str,
    /// Citation in a line.
    pub citation: &'static str,
    /// Kind of the `BibTeX` entry.
    pub kind: &'static str,
    /// Fields of the `BibTeX` entry.
    pub fields: &'static [(&'static str, &'static str)],
    /// Terms of use as far as we know them.
    pub terms: &'static str,
    /// The public repository or package through which it was read.
    pub read_through: &'static str,
}

impl Source {
    /// The `BibTeX` entry.
    ///
    /// ```
    /// let source = normwave_world::source("cow-trade").unwrap();
    /// assert!(source.bibtex().starts_with("@article{cow-trade,\n  author = {Barbieri, Katherine and"));
    /// ```
    #[must_use]
    pub fn bibtex(&self) -> String {
        let fields: String =
            self.fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
        format!("@{}{{{},\n{fields}}}\n", self.kind, self.key)
    }
}

/// What every list of citations says first.
pub const FROM_MEMORY: &str =
    "Bibliographic details were written from memory: check them before they are printed.";

/// The data set of a key.
#[must_use]
pub fn source(key: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.key == key)
}

/// The data sets behind layers, attributes, affiliations and tables of facts, each once and by key;
/// with the state system, on which all tables of the international system rest.
///
/// ```
/// let keys = normwave_world::citations(["trade", "trade-flow"])?.into_iter().map(|source| source.key);
/// assert_eq!(keys.collect::<Vec<_>>(), ["cow-states", "cow-trade"]);
/// # Ok::<(), normwave_world::WorldError>(())
/// ```
///
/// # Errors
/// [`WorldError::Unknown`] if there is no table of a name.
pub fn citations<'a>(tables: impl IntoIterator<Item = &'a str>) -> Result<Vec<&'static Source>, WorldError> {
    let mut keys = Vec::new();
    for table in tables {
        let entry = entry(table)?;
        keys.extend(entry.sources);
        if !UNITED_STATES.contains(entry) {
            keys.push("cow-states");
        }
    }
    Ok(SOURCES.iter().filter(|source| keys.contains(&source.key)).collect())
}

/// The data sets, by key. Authors, titles and pages were written from memory.
pub const SOURCES: &[Source] = &[
    Source {
        key: "archigos",
        name: "Archigos, a database of political leaders",
        version: "4.1",
        citation: "Goemans, Gleditsch and Chiozza 2009, Introducing Archigos.",
        kind: "article",
        fields: &[
            ("author", "Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo"),
            ("title", "Introducing {Archigos}: A Dataset of Political Leaders"),
            ("journal", "Journal of Peace Research"),
            ("year", "2009"),
            ("volume", "46"),
            ("number", "2"),
            ("pages", "269--283"),
        ],
        terms: "Free for research with citation (as we know its terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "atop",
        name: "Alliance Treaty Obligations and Provisions (ATOP)",
        version: "5.1",
        citation: "Leeds, Ritter, Mitchell and Long 2002, Alliance Treaty Obligations and Provisions.",
        kind: "article",
        fields: &[
            (
                "author",
                "Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.",
            ),
            ("title", "Alliance Treaty Obligations and Provisions, 1815--1944"),
            ("journal", "International Interactions"),
            ("year", "2002"),
            ("volume", "28"),
            ("number", "3"),
            ("pages", "237--260"),
            ("note", "Data set version 5.1"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "candidacies",
        name: "Accession candidates, by day",
        version: "",
        citation: "General knowledge: chronologies of the European Commission and NATO, not checked against a \
            document.",
        kind: "misc",
        fields: &[
            ("title", "Chronologies of accession to the {European Union} and {NATO}"),
            ("note", "General knowledge, not checked against a document"),
        ],
        terms: "Facts.",
        read_through: "own list",
    },
    Source {
        key: "capitals",
        name: "Capitals and their coordinates (peacesciencer)",
        version: "1.2.9",
        citation: "Miller 2022, peacesciencer; three coordinates corrected by us.",
        kind: "article",
        fields: &[
            ("author", "Miller, Steven V."),
            ("title", "{peacesciencer}: An {R} Package for Quantitative Peace Science Research"),
            ("journal", "Conflict Management and Peace Science"),
            ("year", "2022"),
            ("volume", "39"),
            ("number", "6"),
            ("pages", "755--779"),
            ("doi", "10.1177/07388942221077926"),
        ],
        terms: "Facts; the package is under GPL-2, of which nothing is included.",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "cow-alliances",
        name: "COW Formal Alliances",
        version: "4.1",
        citation: "Gibler 2009, International Military Alliances, 1648–2008.",
        kind: "book",
        fields: &[
            ("author", "Gibler, Douglas M."),
            ("title", "International Military Alliances, 1648--2008"),
            ("publisher", "CQ Press"),
            ("year", "2009"),
            ("note", "Data set version 4.1"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "cow-contiguity",
        name: "COW Direct Contiguity",
        version: "3.2",
        citation: "Stinnett, Tir, Schafer, Diehl and Gochman 2002, Direct Contiguity.",
        kind: "article",
        fields: &[
            (
                "author",
                "Stinnett, Douglas M. and Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and Gochman, \
                    Charles",
            ),
            ("title", "The {Correlates of War} Project Direct Contiguity Data, Version 3"),
            ("journal", "Conflict Management and Peace Science"),
            ("year", "2002"),
            ("volume", "19"),
            ("number", "2"),
            ("pages", "58--66"),
            ("note", "Data set version 3.2"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "manystates 1.0.3",
    },
    Source {
        key: "cow-diplomatic",
        name: "COW Diplomatic Exchange",
        version: "2006.1",
        citation: "Bayer 2006, Diplomatic Exchange.",
        kind: "misc",
        fields: &[
            ("author", "Bayer, Resat"),
            ("title", "Diplomatic Exchange Data Set, v2006.1"),
            ("year", "2006"),
            ("howpublished", "Correlates of War Project"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "DipRep",
    },
    Source {
        key: "cow-igo",
        name: "COW Intergovernmental Organizations",
        version: "3",
        citation: "Pevehouse, Nordstrom, McManus and Jamison 2020, Tracking organizations in the world.",
        kind: "article",
        fields: &[
            (
                "author",
                "Pevehouse, Jon C. W. and Nordstrom, Timothy and McManus, Roseanne W. and Jamison, Anne \
                    Spencer",
            ),
            (
                "title",
                "Tracking Organizations in the World: The {Correlates of War} {IGO} Version 3.0 Datasets",
            ),
            ("journal", "Journal of Peace Research"),
            ("year", "2020"),
            ("volume", "57"),
            ("number", "3"),
            ("pages", "492--503"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "igoR 1.0.3",
    },
    Source {
        key: "cow-majors",
        name: "COW Major Powers",
        version: "2016",
        citation: "Correlates of War Project, State System Membership v2016 (major powers).",
        kind: "misc",
        fields: &[
            ("author", "{Correlates of War Project}"),
            ("title", "State System Membership List, v2016"),
            ("year", "2017"),
            ("note", "List of major powers"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "cow-mid",
        name: "COW Militarized Interstate Disputes",
        version: "5.0",
        citation: "Palmer et al. 2022, The MID5 dataset.",
        kind: "article",
        fields: &[
            (
                "author",
                "Palmer, Glenn and McManus, Roseanne W. and D'Orazio, Vito and Kenwick, Michael R. and \
                    Karstens, Mikaela and Bloch, Chase and Dietrich, Nick and Kahn, Kayla and Ritter, Kellan and \
                    Soules, Michael J.",
            ),
            ("title", "The {MID5} Dataset, 2011--2014: Procedures, Coding Rules, and Description"),
            ("journal", "Conflict Management and Peace Science"),
            ("year", "2022"),
            ("volume", "39"),
            ("number", "4"),
            ("pages", "470--482"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "cow-nmc",
        name: "COW National Material Capabilities",
        version: "7.0",
        citation: "Singer 1987, Composite index of national capability.",
        kind: "article",
        fields: &[
            ("author", "Singer, J. David"),
            (
                "title",
                "Reconstructing the {Correlates of War} Dataset on Material Capabilities of States, \
                    1816--1985",
            ),
            ("journal", "International Interactions"),
            ("year", "1987"),
            ("volume", "14"),
            ("number", "2"),
            ("pages", "115--132"),
            ("note", "Data set version 7.0"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "cow-states",
        name: "COW State System Membership",
        version: "2016",
        citation: "Correlates of War Project, State System Membership v2016.",
        kind: "misc",
        fields: &[
            ("author", "{Correlates of War Project}"),
            ("title", "State System Membership List, v2016"),
            ("year", "2017"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "cow-trade",
        name: "COW Trade",
        version: "4.0",
        citation: "Barbieri, Keshk and Pollins 2009, Trading data (Trade 4.0: Barbieri and Keshk).",
        kind: "article",
        fields: &[
            ("author", "Barbieri, Katherine and Keshk, Omar M. G. and Pollins, Brian M."),
            ("title", "Trading Data: Evaluating our Assumptions and Coding Rules"),
            ("journal", "Conflict Management and Peace Science"),
            ("year", "2009"),
            ("volume", "26"),
            ("number", "5"),
            ("pages", "471--491"),
            ("note", "Data set version 4.0, Barbieri and Keshk"),
        ],
        terms: "Free for research with citation; ask the originator before redistributing it (as we know its \
            terms).",
        read_through: "svmiller.github.io, peacesciencer 1.2.9",
    },
    Source {
        key: "fariss",
        name: "GDP and population, latent estimates",
        version: "2022",
        citation: "Fariss, Anders, Markowitz and Barnum 2022, New estimates of over 500 years of historic GDP \
            and population data.",
        kind: "article",
        fields: &[
            (
                "author",
                "Fariss, Christopher J. and Anders, Therese and Markowitz, Jonathan N. and Barnum, Miriam",
            ),
            ("title", "New Estimates of Over 500 Years of Historic {GDP} and Population Data"),
            ("journal", "Journal of Conflict Resolution"),
            ("year", "2022"),
            ("volume", "66"),
            ("number", "3"),
            ("pages", "553--591"),
        ],
        terms: "Research use with citation; ask the originator before redistributing it (its terms are not \
            known to us for certain).",
        read_through: "isard 0.2.0",
    },
    Source {
        key: "freedom-house",
        name: "Freedom in the World",
        version: "edition not stated",
        citation: "Freedom House, Freedom in the World.",
        kind: "misc",
        fields: &[
            ("author", "{Freedom House}"),
            ("title", "Freedom in the World"),
            ("note", "Country ratings and statuses"),
        ],
        terms: "Research use with citation; ask the originator before redistributing it (its terms are not \
            known to us for certain).",
        read_through: "democracyData 0.6.0",
    },
    Source {
        key: "geodist",
        name: "GeoDist (CEPII)",
        version: "2011",
        citation: "Mayer and Zignago 2011, Notes on CEPII's distances measures: the GeoDist database.",
        kind: "techreport",
        fields: &[
            ("author", "Mayer, Thierry and Zignago, Soledad"),
            ("title", "Notes on {CEPII}'s Distances Measures: The {GeoDist} Database"),
            ("institution", "CEPII"),
            ("type", "Working Paper"),
            ("number", "2011-25"),
            ("year", "2011"),
        ],
        terms: "Open licence of CEPII, with citation (as we know its terms; the repository through which it \
            was read is CC0).",
        read_through: "cepiigeodist 0.1",
    },
    Source {
        key: "icow",
        name: "ICOW Colonial History",
        version: "1.1",
        citation: "Hensel, ICOW Colonial History Data Set, v1.1.",
        kind: "misc",
        fields: &[
            ("author", "Hensel, Paul R."),
            ("title", "{ICOW} Colonial History Data Set, version 1.1"),
            ("howpublished", "Issue Correlates of War Project"),
        ],
        terms: "Free for research with citation (as we know its terms; the repository through which it was \
            read is CC BY 4.0).",
        read_through: "manystates 1.0.3",
    },
    Source {
        key: "m49",
        name: "Standard country or area codes (M49)",
        version: "through countrycode 1.8.0",
        citation: "UN Statistics Division, M49; Taiwan and Kosovo by our own judgement.",
        kind: "misc",
        fields: &[
            ("author", "{United Nations Statistics Division}"),
            ("title", "Standard Country or Area Codes for Statistical Use ({M49})"),
        ],
        terms: "Facts.",
        read_through: "countrycode 1.8.0",
    },
    Source {
        key: "maoz",
        name: "Regional powers",
        version: "2010",
        citation: "Maoz 2010, Networks of Nations.",
        kind: "book",
        fields: &[
            ("author", "Maoz, Zeev"),
            (
                "title",
                "Networks of Nations: The Evolution, Structure, and Impact of International Networks, \
                    1816--2001",
            ),
            ("publisher", "Cambridge University Press"),
            ("year", "2010"),
        ],
        terms: "Research use with citation; ask the originator before redistributing it (its terms are not \
            known to us for certain).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "mine-ban-lists",
        name: "Published lists of moratoria, producers and mine-affected states; chronologies of the \
            campaign",
        version: "",
        citation: "Source key and confidence in each row: UNICEF, ICRC, Landmine Monitor, Human Rights Watch \
            and others; data/SOURCES.md lists them.",
        kind: "misc",
        fields: &[
            ("title", "Published lists and chronologies of the ban on anti-personnel mines"),
            (
                "note",
                "UNICEF, ICRC, Landmine Monitor, Human Rights Watch and others; each row of the table names \
                    its source",
            ),
        ],
        terms: "Facts, as cited.",
        read_through: "typed from the pages",
    },
    Source {
        key: "polity5",
        name: "Polity5",
        version: "2018 (edition not stated)",
        citation: "Marshall and Gurr 2020, Polity5.",
        kind: "misc",
        fields: &[
            ("author", "Marshall, Monty G. and Gurr, Ted Robert"),
            ("title", "{Polity5}: Political Regime Characteristics and Transitions, 1800--2018"),
            ("howpublished", "Center for Systemic Peace"),
            ("year", "2020"),
        ],
        terms: "Research use with citation; ask the originator before redistributing it (its terms are not \
            known to us for certain).",
        read_through: "isard 0.2.0",
    },
    Source {
        key: "stuster",
        name: "Conceptualizing Norm Diffusion",
        version: "2023",
        citation: "Stuster 2023, Conceptualizing norm diffusion: network structure and social pressure.",
        kind: "misc",
        fields: &[
            ("author", "Stuster, J. Dana"),
            ("title", "Conceptualizing Norm Diffusion: Network Structure and Social Pressure"),
            ("year", "2023"),
            ("note", "Section 6: the ban on anti-personnel mines"),
        ],
        terms: "Facts, as cited.",
        read_through: "the paper",
    },
    Source {
        key: "tss",
        name: "Strategic rivalries",
        version: "2021",
        citation: "Thompson, Sakuwa and Suhas 2021, Analyzing Strategic Rivalries in World Politics.",
        kind: "book",
        fields: &[
            ("author", "Thompson, William R. and Sakuwa, Kentaro and Suhas, Prashant Hosur"),
            ("title", "Analyzing Strategic Rivalries in World Politics"),
            ("publisher", "Springer"),
            ("year", "2021"),
        ],
        terms: "Research use with citation; ask the originator before redistributing it (its terms are not \
            known to us for certain).",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "ucdp",
        name: "UCDP/PRIO Armed Conflict Dataset",
        version: "25.1 (as peacesciencer documents)",
        citation: "Gleditsch, Wallensteen, Eriksson, Sollenberg and Strand 2002, Armed conflict 1946–2001.",
        kind: "article",
        fields: &[
            (
                "author",
                "Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and Sollenberg, Margareta \
                    and Strand, H{\\aa}vard",
            ),
            ("title", "Armed Conflict 1946--2001: A New Dataset"),
            ("journal", "Journal of Peace Research"),
            ("year", "2002"),
            ("volume", "39"),
            ("number", "5"),
            ("pages", "615--637"),
        ],
        terms: "CC BY 4.0.",
        read_through: "peacesciencer 1.2.9",
    },
    Source {
        key: "un-ideal",
        name: "UN ideal points",
        version: "July 2025",
        citation: "Bailey, Strezhnev and Voeten 2017, Estimating dynamic state preferences from UN voting data.",
        kind: "article",
        fields: &[
            ("author", "Bailey, Michael A. and Strezhnev, Anton and Voeten, Erik"),
            ("title", "Estimating Dynamic State Preferences from {United Nations} Voting Data"),
            ("journal", "Journal of Conflict Resolution"),
            ("year", "2017"),
            ("volume", "61"),
            ("number", "2"),
            ("pages", "430--456"),
        ],
        terms: "Research use with citation; ask the originator before redistributing it (its terms are not \
            known to us for certain).",
        read_through: "Masterthesis (lucasbuildsapps)",
    },
    Source {
        key: "un-votes",
        name: "Roll calls of the UN General Assembly",
        version: "unvotes 0.2.0.9000",
        citation: "Voeten 2013, Data and analyses of voting in the UN General Assembly; read through unvotes \
            (Robinson). The agreement is computed by us.",
        kind: "incollection",
        fields: &[
            ("author", "Voeten, Erik"),
            ("title", "Data and Analyses of Voting in the {UN} {General Assembly}"),
            ("booktitle", "Routledge Handbook of International Organization"),
            ("editor", "Reinalda, Bob"),
            ("publisher", "Routledge"),
            ("year", "2013"),
        ],
        terms: "Check with the originator; the package through which they were read is MIT.",
        read_through: "unvotes 0.2.0.9000",
    },
    Source {
        key: "unoda",
        name: "UNODA Treaties Database",
        version: "July 2018",
        citation: "UN Office for Disarmament Affairs, treaties database.",
        kind: "misc",
        fields: &[
            ("author", "{United Nations Office for Disarmament Affairs}"),
            ("title", "Disarmament Treaties Database"),
            ("note", "As of July 2018"),
        ],
        terms: "Facts of the depositary.",
        read_through: "treatyratification",
    },
    Source {
        key: "untc",
        name: "UN Treaty Collection",
        version: "March 2015",
        citation: "UN Treaty Collection, status of multilateral treaties.",
        kind: "misc",
        fields: &[
            ("author", "{United Nations Treaty Collection}"),
            ("title", "Multilateral Treaties Deposited with the Secretary-General"),
            ("note", "As of March 2015"),
        ],
        terms: "Facts of the depositary.",
        read_through: "untreaties",
    },
    Source {
        key: "us-states",
        name: "The fifty states of the United States",
        version: "",
        citation: "General knowledge, not checked against a document; regions and divisions of the Census Bureau.",
        kind: "misc",
        fields: &[
            ("title", "The states of the {United States}: admission, regions and divisions, borders"),
            ("note", "General knowledge, not checked against a document"),
        ],
        terms: "Facts.",
        read_through: "own list",
    },
    Source {
        key: "vdem",
        name: "V-Dem Country-Year Dataset",
        version: "16, as isard 0.2.0 calls it (it cites 15); liberal democracy through democracyData 0.6.0",
        citation: "Coppedge, Gerring, Knutsen, Lindberg, Teorell et al. 2025, V-Dem Country-Year Dataset; \
            Pemstein et al., The V-Dem measurement model.",
        kind: "misc",
        fields: &[
            (
                "author",
                "Coppedge, Michael and Gerring, John and Knutsen, Carl Henrik and Lindberg, Staffan I. and \
                    Teorell, Jan and others",
            ),
            ("title", "{V-Dem} Country-Year Dataset v15"),
            ("howpublished", "Varieties of Democracy (V-Dem) Project"),
            ("year", "2025"),
            ("doi", "10.23696/vdemds25"),
        ],
        terms: "CC BY-SA 4.0: columns that derive from it are shared under the same licence.",
        read_through: "isard 0.2.0, democracyData 0.6.0",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_every_source_has_title_terms_and_origin() {
        assert!(SOURCES.is_sorted_by_key(|source| source.key));
        for source in SOURCES {
            assert!(source.fields.iter().any(|(name, _)| *name == "title"), "{}", source.key);
            assert!(!source.terms.is_empty() && !source.read_through.is_empty(), "{}", source.key);
            let bibtex = source.bibtex();
            assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count(), "{bibtex}");
        }
    }

    #[test]
    fn a_data_set_that_two_tables_share_is_cited_once() {
        let keys = |tables: &[&'static str]| -> Vec<&str> {
            citations(tables.iter().copied()).unwrap().iter().map(|source| source.key).collect()
        };
        assert_eq!(keys(&["defence", "alliance"]), ["cow-alliances", "cow-states"]);
        assert_eq!(keys(&["democracy", "freedom"]), ["cow-states", "freedom-house", "vdem"]);
        assert_eq!(keys(&["us-states", "us-contiguity"]), ["us-states"]);
        assert!(citations(["defense"]).is_err());
    }

    #[test]
    fn the_share_alike_licence_is_kept() {
        assert!(source("vdem").unwrap().terms.contains("CC BY-SA 4.0"));
        assert!(source("ucdp").unwrap().terms.contains("CC BY 4.0"));
    }
}
