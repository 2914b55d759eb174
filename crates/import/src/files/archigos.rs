//! Archigos: leaders, by spell.

use crate::ImportError;
use crate::dates::parse_any_date;
use crate::importer::{About, Importer, Reading};
use crate::log::ImportLog;
use crate::states::Id;
use crate::table::{AttributeRow, Rows, Table};
use crate::text::is_blank;
use normwave_network_model::Date;
use normwave_world::CodeScheme;
use std::collections::BTreeMap;

pub(crate) struct Archigos;

// Its numbers are Gleditsch and Ward's, but for Germany, Yemen and Serbia in some copies.
const SCHEMES: [CodeScheme; 2] = [CodeScheme::GleditschWard, CodeScheme::Cow];

impl Importer for Archigos {
    fn about(&self) -> About {
        About {
            name: "archigos",
            what: "Archigos 4.1, leaders",
            usual: "Archigos_4.1.txt",
            citation: "Goemans, Henk E., Kristian Skrede Gleditsch, and Giacomo Chiozza. 2009. Introducing Archigos: A Dataset \
                       of Political Leaders. Journal of Peace Research 46(2).",
            known_by: &[&["obsid", "ccode", "leader", "startdate", "enddate"]],
            makes: "the attributes leader (its name, from the day on which it came) and leader-irregular (1 if it came \
                    against the rules, else 0)",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let [code, leader, start] = ["ccode", "leader", "startdate"].map(|name| reading.file.column(name));
        let (code, leader, start) = (code?, leader?, start?);
        let end = reading.file.column("enddate")?;
        let entry = reading.file.find("entry");
        let mut leaders: BTreeMap<(Id, Date), String> = BTreeMap::new();
        let mut irregular: BTreeMap<(Id, Date), String> = BTreeMap::new();
        while let Some(row) = reading.file.next()? {
            let date = |column: usize| parse_any_date(&row.get(column)).map(|date| date.0);
            let from =
                date(start).map_err(|problem| row.error(problem, "Dates are written as 1997-12-03."))?;
            let last = if is_blank(&row.get(end)) {
                Date::MAX
            } else {
                date(end).map_err(|problem| row.error(problem, ""))?
            };
            if !reading.settings.wants_some(from.year(), last.year()) {
                reading.log.other_years += 1;
                continue;
            }
            let found = reading.states.in_year_by(&SCHEMES, &row.get(code), from.year());
            let found = match found {
                None if last < Date::MAX => reading.states.in_year_by(&SCHEMES, &row.get(code), last.year()),
                found => found,
            };
            let Some(actor) = found else {
                reading.log.unresolved_rows += 1;
                continue;
            };
            reading.log.year(from.year());
            let key = (actor.id, from);
            if leaders.insert(key, row.get(leader).into_owned()).is_some() {
                ImportLog::tally(
                    &mut reading.log.contradictions,
                    "leaders who came on the same day, of whom the last counts",
                );
            }
            if let Some(entry) = entry {
                match row.get(entry).to_lowercase().as_str() {
                    "" | "." | "na" => reading.log.missing("entry"),
                    "regular" => drop(irregular.insert(key, "0".to_owned())),
                    _ => drop(irregular.insert(key, "1".to_owned())),
                }
            }
            reading.log.kept += 1;
        }
        let table = |name: &str, what: &str, values: BTreeMap<(Id, Date), String>| {
            let rows = values.into_iter().map(|((actor, from), value)| AttributeRow {
                actor,
                value,
                from: Some(from),
            });
            Table { name: name.to_owned(), what: what.to_owned(), rows: Rows::Attribute(rows.collect()) }
        };
        reading.log.notes.push(
            "the numbers of states are read as Gleditsch and Ward's, else as the Correlates of War's; a leader's value holds until the next one's day".to_owned(),
        );
        let mut tables = vec![table("leader", "the leader's name, from the day of coming to power", leaders)];
        if entry.is_some() {
            tables.push(table(
                "leader-irregular",
                "1 if the leader came to power against the rules or from outside, else 0",
                irregular,
            ));
        }
        Ok(tables)
    }
}
