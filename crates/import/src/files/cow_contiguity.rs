//! COW direct contiguity: by year, by spell, or counts by state.

use super::{COW_MISSING, Layer, states_by_year, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

pub(crate) struct CowContiguity;

impl Importer for CowContiguity {
    fn about(&self) -> About {
        About {
            name: "cow-contiguity",
            what: "COW direct contiguity v3.2",
            usual: "contdird.csv, contdir.csv, contdirs.csv",
            citation: "Stinnett, Douglas M., Jaroslav Tir, Philip Schafer, Paul F. Diehl, and Charles Gochman. 2002. \
                       The Correlates of War Project Direct Contiguity Data. Conflict Management and Peace Science 19(2) (v3.2).",
            known_by: &[
                &["state1no", "state2no", "year", "conttype"],
                &["statelno", "statehno", "conttype", "begin", "end"],
                &["stateno", "year", "total", "land", "sea"],
            ],
            makes: "cow-land (type 1, land or river) and cow-contiguity (types 1 to 5, up to 400 miles of water): \
                    undirected ties; or counts of neighbours as attributes",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        if reading.file.find("stateno").is_some() {
            let places = (CodeScheme::Cow, reading.file.column("stateno")?, reading.file.column("year")?);
            let measures = reading.measures(&["total", "land", "sea"])?;
            let what = |name: &str| format!("number of neighbours, {name}");
            return states_by_year(reading, places, measures, |_| COW_MISSING, ("neighbours-", what));
        }
        let mut layers = [
            Layer::new("cow-land", "contiguity by land or river (type 1), strength 1, undirected", true),
            Layer::new(
                "cow-contiguity",
                "contiguity of types 1 to 5 (up to 400 miles of water), strength 1, undirected",
                true,
            ),
        ];
        let observed = if reading.file.find("year").is_some() {
            by_year(reading, &mut layers)?
        } else {
            by_spell(reading, &mut layers)?
        };
        let log = &mut reading.log;
        Ok(layers.into_iter().map(|layer| layer.into_table(&observed, log)).collect())
    }
}

fn by_year(reading: &mut Reading<'_>, layers: &mut [Layer; 2]) -> Result<BTreeSet<i16>, ImportError> {
    let [one, two, year, kind] =
        ["state1no", "state2no", "year", "conttype"].map(|name| reading.file.column(name));
    let (one, two, year, kind) = (one?, two?, year?, kind?);
    let mut observed = BTreeSet::new();
    while let Some(row) = reading.file.next()? {
        let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
        observed.insert(year);
        let Some(kind) = row.number(kind, COW_MISSING)? else {
            reading.log.missing("conttype");
            continue;
        };
        let Some((a, b)) = reading.states.pair(CodeScheme::Cow, (&row.get(one), &row.get(two)), year) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        if a == b {
            reading.log.self_ties += 1;
            continue;
        }
        reading.log.kept += usize::from(add(layers, kind, (a, b, year)));
    }
    Ok(observed)
}

fn add(layers: &mut [Layer; 2], kind: f64, (a, b, year): (&'static str, &'static str, i16)) -> bool {
    let wanted = [(0.5..1.5).contains(&kind), (0.5..5.5).contains(&kind)];
    for (layer, _) in layers.iter_mut().zip(wanted).filter(|(_, wanted)| *wanted) {
        layer.dyads.add(a, b, year, 1.0);
    }
    wanted[1]
}

// Months such as 199301. Like the yearly file, a spell holds in each year in which it has a month.
fn by_spell(reading: &mut Reading<'_>, layers: &mut [Layer; 2]) -> Result<BTreeSet<i16>, ImportError> {
    let columns = ["statelno", "statehno", "conttype", "begin", "end"].map(|name| reading.file.column(name));
    let [one, two, kind, begin, end] = columns;
    let (one, two, kind, begin, end) = (one?, two?, kind?, begin?, end?);
    let mut observed = BTreeSet::new();
    while let Some(row) = reading.file.next()? {
        let month = |column: usize| -> Result<Option<i16>, ImportError> {
            #[expect(clippy::cast_possible_truncation, reason = "it is below 3000")]
            match row.number(column, COW_MISSING)? {
                None => Ok(None),
                Some(month) if (100_000.0..300_000.0).contains(&month) => Ok(Some((month / 100.0) as i16)),
                Some(month) => Err(row.error(format!("`{month}` is no month such as 199301"), "")),
            }
        };
        let (Some(kind), Some(first), Some(last)) =
            (row.number(kind, COW_MISSING)?, month(begin)?, month(end)?)
        else {
            reading.log.missing("conttype, begin or end");
            continue;
        };
        if !reading.settings.wants_some(first, last) {
            reading.log.other_years += 1;
            continue;
        }
        let (mut kept, mut unresolved) = (false, false);
        for year in (first..=last).filter(|&year| reading.settings.wants(year)) {
            observed.insert(year);
            reading.log.year(year);
            match reading.states.pair(CodeScheme::Cow, (&row.get(one), &row.get(two)), year) {
                Some((a, b)) if a == b => reading.log.self_ties += 1,
                Some((a, b)) => kept |= add(layers, kind, (a, b, year)),
                None => unresolved = true,
            }
        }
        reading.log.kept += usize::from(kept);
        reading.log.unresolved_rows += usize::from(unresolved && !kept);
    }
    Ok(observed)
}
