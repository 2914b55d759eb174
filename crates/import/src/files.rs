//! The families of files, one each.

mod archigos;
mod atop;
mod cepii;
mod cow_alliances;
mod cow_contiguity;
mod cow_diplomatic;
mod cow_igo;
mod cow_mid;
mod cow_nmc;
mod cow_states;
mod cow_trade;
mod polity;
mod spid;
mod ucdp;
mod un_votes;
mod vdem;

use crate::ImportError;
use crate::dyads::Dyads;
use crate::importer::{Importer, Reading};
use crate::log::ImportLog;
use crate::series::Series;
use crate::settings::Settings;
use crate::table::Table;
use crate::text::Row;
use std::collections::BTreeSet;

/// All importers, the more exacting first.
pub(crate) fn all() -> Vec<Box<dyn Importer>> {
    vec![
        Box::new(cow_alliances::CowAlliances),
        Box::new(cow_contiguity::CowContiguity),
        Box::new(cow_diplomatic::CowDiplomatic),
        Box::new(cow_igo::CowIgo),
        Box::new(cow_mid::CowMid),
        Box::new(cow_nmc::CowNmc),
        Box::new(cow_trade::CowTrade),
        Box::new(atop::Atop),
        Box::new(vdem::VDem),
        Box::new(un_votes::IdealPoints),
        Box::new(un_votes::Agreement),
        Box::new(cepii::GeoDist),
        Box::new(cepii::Gravity),
        Box::new(ucdp::Ucdp),
        Box::new(archigos::Archigos),
        Box::new(polity::Polity),
        Box::new(spid::Spid),
        // Its file by year has few columns, which others have, too.
        Box::new(cow_states::CowStates),
    ]
}

/// The missing codes of the Correlates of War.
pub(super) const COW_MISSING: &[f64] = &[-9.0];

// The year of a row, if it is there and wanted.
fn wanted_year(
    row: &Row<'_>,
    column: usize,
    settings: &Settings,
    log: &mut ImportLog,
) -> Result<Option<i16>, ImportError> {
    let Some(year) = row.year(column)? else {
        log.missing("year");
        return Ok(None);
    };
    if settings.wants(year) {
        log.year(year);
        return Ok(Some(year));
    }
    log.other_years += 1;
    Ok(None)
}

// What a column of a file of states by year becomes.
struct Column {
    place: usize,
    name: String,
    table: String,
    what: String,
    series: Series,
}

// Reads a file with a row per state and year.
fn states_by_year(
    reading: &mut Reading<'_>,
    (scheme, code, year): (normwave_world::CodeScheme, usize, usize),
    measures: Vec<(usize, String)>,
    missing: impl Fn(&str) -> &'static [f64],
    (prefix, unit): (&str, impl Fn(&str) -> String),
) -> Result<Vec<Table>, ImportError> {
    let mut columns: Vec<Column> = measures
        .into_iter()
        .map(|(place, name)| Column {
            place,
            table: format!("{prefix}{}", name.to_lowercase().replace(['_', '.'], "-")),
            what: unit(&name),
            name,
            series: Series::default(),
        })
        .collect();
    let mut observed = BTreeSet::new();
    while let Some(row) = reading.file.next()? {
        let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
        observed.insert(year);
        let Some(actor) = reading.states.in_year(scheme, &row.get(code), year) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        let mut kept = false;
        for column in &mut columns {
            match row.number(column.place, missing(&column.name))? {
                Some(value) => {
                    column.series.add(actor, year, value);
                    kept = true;
                }
                None => reading.log.missing(&column.name),
            }
        }
        reading.log.kept += usize::from(kept);
    }
    let log = &mut reading.log;
    let tables = columns
        .into_iter()
        .map(|column| column.series.into_table(&column.table, &column.what, &observed, None, log));
    Ok(tables.collect())
}

// A layer in the making.
struct Layer {
    name: String,
    what: String,
    undirected: bool,
    dyads: Dyads,
}

impl Layer {
    fn new(name: impl Into<String>, what: impl Into<String>, undirected: bool) -> Self {
        Layer { name: name.into(), what: what.into(), undirected, dyads: Dyads::default() }
    }

    fn into_table(self, observed: &BTreeSet<i16>, log: &mut ImportLog) -> Table {
        self.dyads.into_table(&self.name, &self.what, self.undirected, observed, log)
    }
}
