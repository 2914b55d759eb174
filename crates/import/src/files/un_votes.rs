//! Votes in the United Nations' General Assembly: ideal points and agreement.

use super::{COW_MISSING, Layer, states_by_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::log::ImportLog;
use crate::series::Series;
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

const CITATION: &str = "Bailey, Michael A., Anton Strezhnev, and Erik Voeten. 2017. Estimating Dynamic State Preferences \
                        from United Nations Voting Data. Journal of Conflict Resolution 61(2).";

pub(crate) struct IdealPoints;

impl Importer for IdealPoints {
    fn about(&self) -> About {
        About {
            name: "un-ideal-points",
            what: "ideal points from votes in the General Assembly",
            usual: "IdealpointsJuly2025.csv, IdealpointestimatesAll_Jun2024.csv",
            citation: CITATION,
            known_by: &[
                &["iso3c", "year", "idealpointfp", "idealpointall"],
                &["iso3c", "session", "IdealPointAll"],
            ],
            makes: "an attribute per measure: idealpointall, or those that are named (idealpointfp, idealpointlegacy, q50all …)",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let measures = reading.measures(&["idealpointall"])?;
        let code = match reading.file.find("ccode") {
            Some(code) => (CodeScheme::Cow, code),
            None => (CodeScheme::Iso3, reading.file.column("iso3c")?),
        };
        let what = |name: &str| {
            format!("ideal point ({name}), higher is nearer to the liberal order that the US leads")
        };
        if let Some(year) = reading.file.find("year") {
            return states_by_year(reading, (code.0, code.1, year), measures, |_| &[], ("un-", what));
        }
        let session = reading.file.column("session")?;
        let mut columns: Vec<(usize, String, Series)> =
            measures.into_iter().map(|(place, name)| (place, name, Series::default())).collect();
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = row.year(session)?.map(|session| session + 1945) else {
                reading.log.missing("session");
                continue;
            };
            if !note_year(year, reading.settings.wants(year), &mut reading.log) {
                continue;
            }
            observed.insert(year);
            let Some(actor) = reading.states.in_year(code.0, &row.get(code.1), year) else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            for (place, name, series) in &mut columns {
                match row.number(*place, &[])? {
                    Some(value) => series.add(actor, year, value),
                    None => reading.log.missing(name),
                }
            }
            reading.log.kept += 1;
        }
        reading.log.notes.push("a session is that of the year 1945 + its number".to_owned());
        let log = &mut reading.log;
        let tables = columns.into_iter().map(|(_, name, series)| {
            series.into_table(&format!("un-{}", name.to_lowercase()), &what(&name), &observed, None, log)
        });
        Ok(tables.collect())
    }
}

pub(crate) struct Agreement;

impl Importer for Agreement {
    fn about(&self) -> About {
        About {
            name: "un-agreement",
            what: "agreement of pairs in votes of the General Assembly",
            usual: "AgreementScoresAll_Jun2024.csv",
            citation: CITATION,
            known_by: &[&["ccode1", "ccode2", "agree", "year"], &["ccode1", "ccode2", "agree", "session.x"]],
            makes: "un-agreement: undirected ties, strength the share of agreement from 0 to 1 (measures agree, IdealPointDistance)",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let [one, two] = [reading.file.column("ccode1")?, reading.file.column("ccode2")?];
        let (year, since) = match reading.file.find("year") {
            Some(year) => (year, 0),
            None => (reading.file.column("session.x")?, 1945),
        };
        let mut layers: Vec<(usize, Layer)> = reading
            .measures(&["agree"])?
            .into_iter()
            .map(|(place, name)| match name.to_lowercase().as_str() {
                "agree" => {
                    (place, Layer::new("un-agreement", "agreement in votes, 0 to 1, undirected", true))
                }
                other => {
                    let what = format!("{name}, undirected");
                    (place, Layer::new(format!("un-{}", other.replace('.', "-")), what, true))
                }
            })
            .collect();
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = row.year(year)?.map(|year| year + since) else {
                reading.log.missing("year");
                continue;
            };
            if !note_year(year, reading.settings.wants(year), &mut reading.log) {
                continue;
            }
            observed.insert(year);
            let Some((a, b)) = reading.states.pair(CodeScheme::Cow, (&row.get(one), &row.get(two)), year)
            else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            if a == b {
                reading.log.self_ties += 1;
                continue;
            }
            let mut kept = false;
            for (place, layer) in &mut layers {
                match row.number(*place, COW_MISSING)? {
                    None => reading.log.missing(&layer.name),
                    Some(value) if value > 0.0 => {
                        layer.dyads.add(a, b, year, value);
                        kept = true;
                    }
                    Some(_) => reading.log.zero(&layer.name),
                }
            }
            reading.log.kept += usize::from(kept);
        }
        let log = &mut reading.log;
        Ok(layers.into_iter().map(|(_, layer)| layer.into_table(&observed, log)).collect())
    }
}

fn note_year(year: i16, wanted: bool, log: &mut ImportLog) -> bool {
    if wanted {
        log.year(year);
    } else {
        log.other_years += 1;
    }
    wanted
}
