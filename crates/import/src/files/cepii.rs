//! CEPII: distances and common history of pairs (`GeoDist`), and the same by year (`Gravity`).

use super::{Layer, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::states::Id;
use crate::table::{Rows, Table, TieRow};
use normwave_world::CodeScheme;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct GeoDist;
pub(crate) struct Gravity;

// The year whose states the table of distances knows.
const GEODIST_YEAR: i16 = 2004;

// What is a tie if it is 1; all others are numbers of their own.
fn says(column: &str) -> String {
    match column {
        "contig" => "1 where two states have a common border, undirected".to_owned(),
        "comlang_off" => "1 where two states have an official language in common, undirected".to_owned(),
        "comlang_ethno" => "1 where a language is spoken by at least 9 % in both, undirected".to_owned(),
        "colony" | "col_dep_ever" => "1 where one ever ruled the other as a colony, undirected".to_owned(),
        "comcol" => "1 where two states had the same colonizer after 1945, undirected".to_owned(),
        "curcol" | "col_dep" => "1 where one rules the other as a colony, undirected".to_owned(),
        "col45" => "1 where one ruled the other as a colony after 1945, undirected".to_owned(),
        "smctry" => "1 where two states were or are the same state, undirected".to_owned(),
        "dist" | "distcap" | "distw" | "distwces" => {
            format!(
                "distance ({column}) in km, undirected; larger is farther, so that it is no strength as it stands"
            )
        }
        other => format!("the column {other}, from the first state to the second"),
    }
}

const UNDIRECTED: [&str; 15] = [
    "contig",
    "comlang_off",
    "comlang_ethno",
    "colony",
    "col_dep_ever",
    "comcol",
    "curcol",
    "col_dep",
    "col45",
    "smctry",
    "dist",
    "distcap",
    "distw",
    "distwces",
    "sibling_ever",
];

fn layers(reading: &Reading<'_>, usual: &[&str]) -> Result<Vec<(usize, Layer)>, ImportError> {
    let layer = |(place, name): (usize, String)| {
        let lower = name.to_lowercase();
        let undirected = UNDIRECTED.contains(&lower.as_str());
        (place, Layer::new(format!("cepii-{}", lower.replace('_', "-")), says(&lower), undirected))
    };
    Ok(reading.measures(usual)?.into_iter().map(layer).collect())
}

// ISO codes that were withdrawn, as the files have them.
fn today(code: &str) -> &str {
    match code {
        "ROM" => "ROU",
        "ZAR" => "COD",
        "TMP" => "TLS",
        "PAL" => "PSE",
        other => other,
    }
}

impl Importer for GeoDist {
    fn about(&self) -> About {
        About {
            name: "cepii-geodist",
            what: "CEPII GeoDist, distances and common history of pairs",
            usual: "dist_cepii.csv",
            citation: "Mayer, Thierry, and Soledad Zignago. 2011. Notes on CEPII's Distances Measures: The GeoDist Database. \
                       CEPII Working Paper 2011-25.",
            known_by: &[&["iso_o", "iso_d", "contig", "comlang_off", "dist"]],
            makes: "undirected ties that always hold: cepii-contig, cepii-comlang-off, cepii-comlang-ethno, cepii-colony, \
                    cepii-comcol; other columns as measures (dist in km)",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let [one, two] = [reading.file.column("iso_o")?, reading.file.column("iso_d")?];
        let layers = layers(reading, &["contig", "comlang_off", "comlang_ethno", "colony", "comcol"])?;
        let mut found: Vec<BTreeMap<(Id, Id), f64>> = layers.iter().map(|_| BTreeMap::new()).collect();
        while let Some(row) = reading.file.next()? {
            let pair = (row.get(one), row.get(two));
            let codes = (today(&pair.0), today(&pair.1));
            if (codes.0, codes.1) != (&*pair.0, &*pair.1) {
                reading.log.repaired("codes that ISO withdrew (ROM, ZAR, TMP, PAL)");
            }
            if codes.0 == codes.1 {
                reading.log.self_ties += 1;
                continue;
            }
            let Some((a, b)) = reading.states.pair(CodeScheme::Iso3, codes, GEODIST_YEAR) else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            if a == b {
                reading.log.self_ties += 1;
                continue;
            }
            let mut kept = false;
            for ((place, layer), found) in layers.iter().zip(&mut found) {
                match row.number(*place, &[-9.0])? {
                    None => reading.log.missing(&layer.name),
                    Some(value) if value > 0.0 => {
                        kept = true;
                        if found.insert((a, b), value).is_some() {
                            *reading.log.duplicates.entry(layer.name.clone()).or_default() += 1;
                        }
                    }
                    Some(_) => reading.log.zero(&layer.name),
                }
            }
            reading.log.kept += usize::from(kept);
        }
        reading
            .log
            .notes
            .push(format!("the states are those of {GEODIST_YEAR}; the ties have no dates and always hold"));
        let log = &mut reading.log;
        Ok(layers.into_iter().zip(found).map(|((_, layer), found)| standing(layer, &found, log)).collect())
    }
}

fn standing(layer: Layer, found: &BTreeMap<(Id, Id), f64>, log: &mut crate::log::ImportLog) -> Table {
    let mut rows = Vec::new();
    let mut asymmetric = 0;
    let tie = |(from, to): (Id, Id), strength: f64| TieRow { from, to, strength, start: None, end: None };
    for (&(a, b), &value) in found {
        if !layer.undirected {
            rows.push(tie((a, b), value));
            continue;
        }
        let back = found.get(&(b, a)).copied();
        if a < b || back.is_none() {
            asymmetric += usize::from(back.is_none_or(|back| (back - value).abs() > 0.0));
            rows.push(tie((a.min(b), a.max(b)), value.max(back.unwrap_or(value))));
        }
    }
    rows.sort_by_key(|row| (row.from, row.to));
    if asymmetric > 0 {
        log.asymmetric.insert(layer.name.clone(), asymmetric);
    }
    Table { name: layer.name, what: layer.what, rows: Rows::Ties { undirected: layer.undirected, rows } }
}

impl Importer for Gravity {
    fn about(&self) -> About {
        About {
            name: "cepii-gravity",
            what: "CEPII Gravity, pairs by year",
            usual: "Gravity_V202211.csv",
            citation: "Conte, Maddalena, Pierre Cotterlaz, and Thierry Mayer. 2022. The CEPII Gravity Database. CEPII Working \
                       Paper 2022-05.",
            known_by: &[&["year", "iso3_o", "iso3_d", "dist", "contig"]],
            makes: "undirected ties: cepii-contig, cepii-comlang-off, cepii-comlang-ethno, cepii-comcol, \
                    cepii-col-dep-ever; other columns as measures, directed",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let [year, one, two] = ["year", "iso3_o", "iso3_d"].map(|name| reading.file.column(name));
        let (year, one, two) = (year?, one?, two?);
        let exists = (reading.file.find("country_exists_o"), reading.file.find("country_exists_d"));
        let mut layers =
            layers(reading, &["contig", "comlang_off", "comlang_ethno", "comcol", "col_dep_ever"])?;
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
            observed.insert(year);
            let (a, b) = (row.get(one), row.get(two));
            if a == b {
                reading.log.self_ties += 1;
                continue;
            }
            let gone = [exists.0, exists.1].into_iter().flatten().any(|column| row.get(column) == "0");
            if gone {
                reading
                    .log
                    .repaired("rows of states that did not exist in the year, by the file itself, left out");
                continue;
            }
            let Some((a, b)) = reading.states.pair(CodeScheme::Iso3, (today(&a), today(&b)), year) else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            if a == b {
                reading.log.self_ties += 1;
                continue;
            }
            let mut kept = false;
            for (place, layer) in &mut layers {
                match row.number(*place, &[-9.0])? {
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
