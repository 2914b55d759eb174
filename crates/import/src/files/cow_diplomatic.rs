//! COW diplomatic exchange, in waves of some years.
//!
//! `DR_at_1` is the mission at the first state, sent by the second. Ranks are 1 (chargé d'affaires),
//! 2 (minister) and 3 (ambassador). 9 says from 1950 to 1965 that there is a mission whose rank was not
//! coded, and later that there is another representation, such as a section for interests.

use super::{Layer, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

pub(crate) struct CowDiplomatic;

impl Importer for CowDiplomatic {
    fn about(&self) -> About {
        About {
            name: "cow-diplomatic",
            what: "COW diplomatic exchange v2006.1",
            usual: "Diplomatic_Exchange_2006v1.csv",
            citation: "Bayer, Resat. 2006. Diplomatic Exchange Data set, v2006.1.",
            known_by: &[&["ccode1", "ccode2", "year", "DR_at_1", "DR_at_2"]],
            makes: "cow-diplomatic (ties from the sender of a mission to its host; measures mission, rank, exchange)",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let ways = reading.way(&["mission", "rank", "exchange"])?;
        let mut layers: Vec<(&str, Layer)> = ways
            .into_iter()
            .map(|way| {
                let layer = match way {
                    "mission" => Layer::new(
                        "cow-diplomatic",
                        "1 where a mission of rank 1 to 3 (1950 to 1965: of any) is, from its sender to its host",
                        false,
                    ),
                    "rank" => Layer::new(
                        "cow-diplomatic-rank",
                        "rank of a mission, 1 chargé d'affaires, 2 minister, 3 ambassador, from its sender to its host",
                        false,
                    ),
                    _ => Layer::new("cow-diplomatic-exchange", "1 where the column DE is, undirected", true),
                };
                (way, layer)
            })
            .collect();
        let needs_de = layers.iter().any(|(way, _)| *way == "exchange");
        let exchange = if needs_de { Some(reading.file.column("DE")?) } else { None };
        let columns =
            ["ccode1", "ccode2", "year", "DR_at_1", "DR_at_2"].map(|name| reading.file.column(name));
        let [one, two, year, at_one, at_two] = columns;
        let (one, two, year, at) = (one?, two?, year?, [at_one?, at_two?]);
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
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
            for (place, sender, host) in [(at[0], b, a), (at[1], a, b)] {
                let Some(rank) = row.number(place, &[-9.0])? else {
                    reading.log.missing("rank of a mission");
                    continue;
                };
                let coded = (1.0..=3.0).contains(&rank);
                let not_coded = rank > 8.5 && (1950..=1965).contains(&year);
                if rank > 8.5 && !not_coded {
                    reading.log.repaired("9 outside of 1950 to 1965: another representation, no tie");
                } else if rank < 0.5 {
                    reading.log.zero("missions");
                } else if !coded && !not_coded {
                    return Err(row.error(format!("`{rank}` is no rank"), "Ranks are 0, 1, 2, 3 and 9."));
                }
                for (way, layer) in &mut layers {
                    let strength = match *way {
                        "mission" if coded || not_coded => 1.0,
                        "rank" if coded => rank,
                        "rank" if not_coded => {
                            reading.log.missing("rank of a mission, 1950 to 1965");
                            continue;
                        }
                        _ => continue,
                    };
                    layer.dyads.add(sender, host, year, strength);
                    kept = true;
                }
            }
            if let Some(exchange) = exchange
                && row.number(exchange, &[-9.0])?.is_some_and(|de| de > 0.5)
            {
                for (_, layer) in layers.iter_mut().filter(|(way, _)| *way == "exchange") {
                    layer.dyads.add(a, b, year, 1.0);
                    kept = true;
                }
            }
            reading.log.kept += usize::from(kept);
        }
        let waves: Vec<String> = observed.iter().map(ToString::to_string).collect();
        reading.log.notes.push(format!("waves: {}; a mission holds until the next wave", waves.join(", ")));
        let log = &mut reading.log;
        Ok(layers.into_iter().map(|(_, layer)| layer.into_table(&observed, log)).collect())
    }
}
