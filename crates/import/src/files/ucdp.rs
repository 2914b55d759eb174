//! UCDP/PRIO armed conflict: state-based conflicts by year.

use super::{Layer, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::series::Series;
use crate::states::Found;
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Ucdp;

impl Importer for Ucdp {
    fn about(&self) -> About {
        About {
            name: "ucdp",
            what: "UCDP/PRIO armed conflict (state-based)",
            usual: "UcdpPrioConflict_v24_1.csv",
            citation: "Gleditsch, Nils Petter, et al. 2002. Armed Conflict 1946-2001: A New Dataset. Journal of Peace Research \
                       39(5); Davies, Shawn, et al. Organized violence. Journal of Peace Research (CC BY 4.0).",
            known_by: &[&["conflict_id", "year", "intensity_level", "type_of_conflict", "gwno_a", "gwno_b"]],
            makes: "the attributes ucdp-internal and ucdp-interstate (0 none, 1 from 25 deaths, 2 from 1,000), and the \
                    undirected ties ucdp-war between states on different sides",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let names = ["year", "intensity_level", "type_of_conflict", "gwno_a", "gwno_b"];
        let [year, intensity, kind, side_a, side_b] = names.map(|name| reading.file.column(name));
        let (year, intensity, kind, sides) = (year?, intensity?, kind?, [side_a?, side_b?]);
        let mut highest: [BTreeMap<(Found, i16), f64>; 2] = [BTreeMap::new(), BTreeMap::new()];
        let mut wars = Layer::new(
            "ucdp-war",
            "armed conflict between two states, strength its intensity, 1 from 25 and 2 from 1,000 deaths in the year, undirected",
            true,
        );
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
            observed.insert(year);
            let (Some(intensity), Some(kind)) = (row.number(intensity, &[-9.0])?, row.number(kind, &[-9.0])?)
            else {
                reading.log.missing("intensity_level or type_of_conflict");
                continue;
            };
            // 1 extrasystemic, 2 between states, 3 internal, 4 internal with others' troops.
            let between = (1.5..2.5).contains(&kind);
            let mut parties: [Vec<Found>; 2] = [Vec::new(), Vec::new()];
            let mut unresolved = false;
            for (party, &column) in parties.iter_mut().zip(&sides) {
                // Several states on one side are separated by commas; sides that are no states have no number.
                for code in row.get(column).split([',', ';']).map(str::trim).filter(|code| !code.is_empty()) {
                    let code = code.strip_suffix(".0").unwrap_or(code);
                    match reading.states.in_year(CodeScheme::GleditschWard, code, year) {
                        Some(found) => party.push(found),
                        None => unresolved = true,
                    }
                }
            }
            reading.log.unresolved_rows += usize::from(unresolved);
            let mut kept = false;
            for found in parties.iter().flatten() {
                let value = highest[usize::from(between)].entry((*found, year)).or_insert(0.0);
                *value = value.max(intensity);
                kept = true;
            }
            if between {
                for a in &parties[0] {
                    for b in parties[1].iter().filter(|b| b.id != a.id) {
                        wars.dyads.add(a.id, b.id, year, intensity);
                    }
                }
            }
            reading.log.kept += usize::from(kept);
        }
        if let (Some(&first), Some(&last)) = (observed.first(), observed.last()) {
            observed.extend(first..=last);
        }
        reading.log.notes.push(
            "states that are not listed have no value; give the attributes default = 0. Supporters (second parties) are left out"
                .to_owned(),
        );
        let what = [
            "highest intensity of a conflict with rebels or over a colony in the year, 0 none, 1 from 25, 2 from 1,000 deaths",
            "highest intensity of a conflict with another state in the year, 0 none, 1 from 25, 2 from 1,000 deaths",
        ];
        let log = &mut reading.log;
        let mut tables = Vec::new();
        for ((highest, name), what) in highest.into_iter().zip(["ucdp-internal", "ucdp-interstate"]).zip(what)
        {
            let mut series = Series::default();
            for ((found, year), value) in highest {
                series.add(found, year, value);
            }
            tables.push(series.into_table(name, what, &observed, Some(0.0), log));
        }
        tables.push(wars.into_table(&observed, log));
        Ok(tables)
    }
}
