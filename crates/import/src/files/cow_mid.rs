//! COW militarized interstate disputes by dyad and year.

use super::{COW_MISSING, Layer, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

pub(crate) struct CowMid;

impl Importer for CowMid {
    fn about(&self) -> About {
        About {
            name: "cow-mid",
            what: "COW militarized interstate disputes, dyadic",
            usual: "dyadic_mid_4.03.csv, or a row per dispute, ordered pair and year of v5",
            citation: "Palmer, Glenn, et al. 2022. The MID5 Dataset, 2011-2014: Procedures, Coding Rules, and \
                       Description. Conflict Management and Peace Science 39(4); Maoz, Zeev, et al. 2019. The Dyadic \
                       Militarized Interstate Disputes (MIDs) Dataset Version 3.0. Journal of Conflict Resolution 63(3).",
            known_by: &[
                &["statea", "stateb", "year", "hihost"],
                &["ccode1", "ccode2", "year", "hostlev1", "hostlev2"],
            ],
            makes: "cow-dispute: undirected ties, strength the highest hostility level of the year",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let file = &reading.file;
        let (codes, levels) = match file.find("statea") {
            Some(one) => ([one, file.column("stateb")?], vec![file.column("hihost")?]),
            None => (
                [file.column("ccode1")?, file.column("ccode2")?],
                vec![file.column("hostlev1")?, file.column("hostlev2")?],
            ),
        };
        let year = file.column("year")?;
        let what = "militarized disputes, highest hostility level of either side in the year (2 threat, 3 display, \
                    4 use of force, 5 war), undirected";
        let mut layer = Layer::new("cow-dispute", what, true);
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
            observed.insert(year);
            let pair = (&*row.get(codes[0]), &*row.get(codes[1]));
            let Some((a, b)) = reading.states.pair(CodeScheme::Cow, pair, year) else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            if a == b {
                reading.log.self_ties += 1;
                continue;
            }
            let mut highest: Option<f64> = None;
            for &column in &levels {
                if let Some(level) = row.number(column, COW_MISSING)? {
                    highest = Some(highest.map_or(level, |highest| highest.max(level)));
                }
            }
            match highest {
                None => reading.log.missing("hostility level"),
                Some(level) if level < 0.5 => reading.log.zero("hostility level"),
                Some(level) => {
                    layer.dyads.add(a, b, year, level);
                    reading.log.kept += 1;
                }
            }
        }
        // Years without any dispute stand between others.
        if let (Some(&first), Some(&last)) = (observed.first(), observed.last()) {
            observed.extend(first..=last);
        }
        reading.log.notes.push(
            "several disputes of a pair in a year have a row each; the highest level counts".to_owned(),
        );
        Ok(vec![layer.into_table(&observed, &mut reading.log)])
    }
}
