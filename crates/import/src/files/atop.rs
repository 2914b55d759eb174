//! ATOP: obligations of alliances, by directed dyad and year.

use super::{COW_MISSING, Layer, wanted_year};
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;
use std::collections::BTreeSet;

pub(crate) struct Atop;

const KINDS: [(&str, &str); 5] = [
    ("defense", "atop-defence"),
    ("offense", "atop-offence"),
    ("neutral", "atop-neutrality"),
    ("nonagg", "atop-nonaggression"),
    ("consul", "atop-consultation"),
];

impl Importer for Atop {
    fn about(&self) -> About {
        About {
            name: "atop",
            what: "ATOP 5.1, alliance obligations by directed dyad and year",
            usual: "atop5_1ddyr.csv, atop5_1ddyr_NNA.csv",
            citation: "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell, and Andrew G. Long. 2002. Alliance \
                       Treaty Obligations and Provisions, 1815-1944. International Interactions 28 (v5.1).",
            known_by: &[&["ddyad", "year", "defense", "offense", "neutral", "consul"]],
            makes: "atop-defence, atop-offence, atop-neutrality, atop-nonaggression, atop-consultation: directed ties, \
                    from the state that owes the obligation to the one to which it is owed",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let [dyad, year] = [reading.file.column("ddyad")?, reading.file.column("year")?];
        let states = (reading.file.find("stateA"), reading.file.find("stateB"));
        let usual = KINDS.map(|kind| kind.0);
        let mut layers: Vec<(usize, Layer)> = reading
            .measures(&usual)?
            .into_iter()
            .map(|(place, column)| {
                let known = KINDS.iter().find(|kind| kind.0.eq_ignore_ascii_case(&column));
                let name =
                    known.map_or_else(|| format!("atop-{}", column.to_lowercase()), |kind| kind.1.to_owned());
                let what = format!("1 where the first owes the second the obligation {column}, directed");
                (place, Layer::new(name, what, false))
            })
            .collect();
        let mut observed = BTreeSet::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
            observed.insert(year);
            let (one, two) =
                codes_of(&row.get(dyad), states.0.zip(states.1).map(|(a, b)| (row.get(a), row.get(b))))
                    .ok_or_else(|| {
                        row.error(
                            format!("`{}` is no directed dyad", row.get(dyad)),
                            "It is ccode1 * 1000 + ccode2.",
                        )
                    })?;
            let Some((a, b)) = reading.states.pair(CodeScheme::Cow, (&one, &two), year) else {
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

// The two states of a directed dyad, from their columns or from its number.
fn codes_of(dyad: &str, states: Option<(impl AsRef<str>, impl AsRef<str>)>) -> Option<(String, String)> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| *number > 0.0);
    if let Some((one, two)) = states
        && let (Some(one), Some(two)) = (number(one.as_ref()), number(two.as_ref()))
    {
        return Some((format!("{one:.0}"), format!("{two:.0}")));
    }
    let dyad = number(dyad)?;
    Some((format!("{:.0}", (dyad / 1000.0).floor()), format!("{:.0}", dyad % 1000.0)))
}
