//! COW trade: flows between pairs, and totals.
//!
//! `flow1` is what the first state imports from the second, so that it is the second one's export.

use super::{COW_MISSING, Layer, states_by_year, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

pub(crate) struct CowTrade;

impl Importer for CowTrade {
    fn about(&self) -> About {
        About {
            name: "cow-trade",
            what: "COW trade v4.0",
            usual: "Dyadic_COW_4.0.csv, National_COW_4.0.csv",
            citation: "Barbieri, Katherine, Omar M. G. Keshk, and Brian M. Pollins. 2009. Trading Data: \
                       Evaluating our Assumptions and Coding Rules. Conflict Management and Peace Science 26(5) (v4.0).",
            known_by: &[
                &["ccode1", "ccode2", "year", "flow1", "flow2"],
                &["ccode", "year", "imports", "exports", "version"],
            ],
            makes: "cow-trade (ties from exporter to importer; measures flow, smoothflow, alt-flow, \
                    smoothtotrade), or the attributes cow-imports and cow-exports",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        if reading.file.find("flow1").is_some() { dyadic(reading) } else { national(reading) }
    }
}

fn dyadic(reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
    const UNIT: &str = "million US dollars at current prices";
    let mut layers = Vec::new();
    for way in reading.way(&["flow", "smoothflow", "smoothtotrade", "bel_lux_alt_flow", "china_alt_flow"])? {
        if way == "smoothtotrade" {
            let what = format!("trade both ways, smoothed, {UNIT}, undirected");
            layers.push(([reading.file.column(way)?, usize::MAX], Layer::new("cow-trade-total", what, true)));
        } else {
            let name = if way == "flow" {
                "cow-trade".to_owned()
            } else {
                format!("cow-trade-{}", way.replace('_', "-"))
            };
            let what = format!("exports ({way}), {UNIT}, from the exporter to the importer");
            let places = [reading.file.column(&format!("{way}1"))?, reading.file.column(&format!("{way}2"))?];
            layers.push((places, Layer::new(name, what, false)));
        }
    }
    let [one, two, year] = ["ccode1", "ccode2", "year"].map(|name| reading.file.column(name));
    let (one, two, year) = (one?, two?, year?);
    let header = reading.file.header().to_vec();
    let mut observed = BTreeSet::new();
    let mut one_way = 0;
    while let Some(row) = reading.file.next()? {
        let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
        observed.insert(year);
        let Some((a, b)) = reading.states.pair(CodeScheme::Cow, (&row.get(one), &row.get(two)), year) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        if a == b {
            reading.log.self_ties += 1;
            continue;
        }
        let mut kept = false;
        for (places, layer) in &mut layers {
            let mut known = 0;
            // The first flow goes from the second state to the first.
            for (&place, (from, to)) in
                places.iter().zip([(b, a), (a, b)]).filter(|(place, _)| **place != usize::MAX)
            {
                match row.number(place, COW_MISSING)? {
                    None => reading.log.missing(&header[place]),
                    Some(flow) if flow < 0.0 => {
                        return Err(
                            row.error(format!("the flow {flow} is negative"), "Flows are 0 or more, or -9.")
                        );
                    }
                    Some(0.0) => {
                        known += 1;
                        reading.log.zero(&header[place]);
                    }
                    Some(flow) => {
                        known += 1;
                        kept = true;
                        layer.dyads.add(from, to, year, flow);
                    }
                }
            }
            one_way += usize::from(known == 1 && places[1] != usize::MAX);
        }
        reading.log.kept += usize::from(kept);
    }
    if one_way > 0 {
        reading.log.notes.push(format!("{one_way} rows know the flow in one direction only"));
    }
    let log = &mut reading.log;
    Ok(layers.into_iter().map(|(_, layer)| layer.into_table(&observed, log)).collect())
}

fn national(reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
    let places = (CodeScheme::Cow, reading.file.column("ccode")?, reading.file.column("year")?);
    let measures = reading.measures(&["imports", "exports"])?;
    let what = |name: &str| format!("{name}, million US dollars at current prices");
    states_by_year(reading, places, measures, |_| COW_MISSING, ("cow-", what))
}
