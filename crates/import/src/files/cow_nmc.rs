//! COW national material capabilities, abridged or with supplement.

use super::{COW_MISSING, states_by_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;

pub(crate) struct CowNmc;

const UNITS: [(&str, &str); 7] = [
    ("milex", "military expenditure, thousand US dollars of the year (to 1913: pounds)"),
    ("milper", "military personnel, thousands"),
    ("irst", "iron and steel production, thousand tons"),
    ("pec", "primary energy consumption, thousand coal-ton equivalents"),
    ("tpop", "population, thousands"),
    ("upop", "urban population, thousands"),
    ("cinc", "composite index of national capability, share of the world"),
];

impl Importer for CowNmc {
    fn about(&self) -> About {
        About {
            name: "cow-nmc",
            what: "COW national material capabilities v5 to v7",
            usual: "NMC-60-abridged.csv, NMC-60-wsupplementary.csv, NMC-70-abridged.csv, NMC_5_0.csv",
            citation: "Singer, J. David. 1987. Reconstructing the Correlates of War Dataset on Material \
                       Capabilities of States, 1816-1985. International Interactions 14 (v6.0, v7.0).",
            known_by: &[&["ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc"]],
            makes: "an attribute per measure: nmc-milex, nmc-milper, nmc-irst, nmc-pec, nmc-tpop, nmc-upop, nmc-cinc",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let places = (CodeScheme::Cow, reading.file.column("ccode")?, reading.file.column("year")?);
        let measures = reading.measures(&UNITS.map(|unit| unit.0))?;
        let what = |name: &str| {
            let known = UNITS.iter().find(|unit| unit.0.eq_ignore_ascii_case(name));
            known.map_or_else(|| format!("the column {name}"), |unit| unit.1.to_owned())
        };
        states_by_year(reading, places, measures, |_| COW_MISSING, ("nmc-", what))
    }
}
