//! Polity 5 by country and year.
//!
//! -66, -77 and -88 stand for interruption, interregnum and transition and are no values; -9, -8 and -1
//! are values here, although they are missing codes elsewhere.

use super::wanted_year;
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::series::Series;
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

pub(crate) struct Polity;

// Where the project has a number of its own.
fn cow(code: &str, year: i16) -> &str {
    match code {
        "364" => "365",
        "342" => "345",
        "347" if year <= 2006 => "345",
        "341" => "347",
        "348" => "341",
        "529" => "530",
        "769" => "770",
        "818" => "816",
        "626" => "625",
        "525" => "626",
        other => other,
    }
}

impl Importer for Polity {
    fn about(&self) -> About {
        About {
            name: "polity",
            what: "Polity 5, regimes by country and year",
            usual: "p5v2018.csv",
            citation: "Marshall, Monty G., and Ted Robert Gurr. 2020. Polity5: Political Regime Characteristics and \
                       Transitions, 1800-2018. Center for Systemic Peace.",
            known_by: &[&["ccode", "scode", "year", "democ", "autoc", "polity2"]],
            makes: "the attribute polity2 (-10 to 10), or the measures that are named",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let [code, year] = [reading.file.column("ccode")?, reading.file.column("year")?];
        let mut columns: Vec<(usize, String, Series)> = reading
            .measures(&["polity2"])?
            .into_iter()
            .map(|(place, name)| (place, name.to_lowercase(), Series::default()))
            .collect();
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
            observed.insert(year);
            let written = row.get(code);
            let code = cow(&written, year);
            if code != written {
                reading.log.repaired("the project's own numbers read as those of the Correlates of War");
            }
            let Some(actor) = reading.states.in_year(CodeScheme::Cow, code, year) else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            let mut kept = false;
            for (place, name, series) in &mut columns {
                match row.number(*place, &[-66.0, -77.0, -88.0, -99.0])? {
                    Some(value) => {
                        series.add(actor, year, value);
                        kept = true;
                    }
                    None => reading.log.missing(name),
                }
            }
            reading.log.kept += usize::from(kept);
        }
        let log = &mut reading.log;
        let tables = columns.into_iter().map(|(_, name, series)| {
            let what = if name == "polity2" {
                "democracy less autocracy, -10 to 10".to_owned()
            } else {
                format!("Polity's {name}")
            };
            series.into_table(&name, &what, &observed, None, log)
        });
        Ok(tables.collect())
    }
}
