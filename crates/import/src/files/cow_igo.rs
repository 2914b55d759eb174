//! COW intergovernmental organisations, in all three shapes: a row per state and year, per organisation
//! and year, or per pair and year.
//!
//! 1 is full membership, 2 associate, 3 observer; 0 none; -9 missing; -1 that the state or the
//! organisation is not in the system then. Before 1965 every fifth year is observed. The European
//! Communities and the European Union, and the OAU and the AU, are organisations of their own.

mod names;

use super::{Layer, wanted_year};
use crate::ImportError;
use crate::dyads::{new_year, next_of, spells};
use crate::importer::{About, Importer, Reading};
use crate::states::Id;
use crate::table::{MembershipRow, Rows, Table};
use normwave_world::CodeScheme;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct CowIgo;

const MISSING: &[f64] = &[-9.0, -1.0];

impl Importer for CowIgo {
    fn about(&self) -> About {
        About {
            name: "cow-igo",
            what: "COW intergovernmental organisations v3",
            usual: "state_year_formatv3.csv, igo_year_formatv3.csv, dyadic_formatv3.csv",
            citation: "Pevehouse, Jon C. W., Timothy Nordstrom, Roseanne W. McManus, and Anne Spencer Jamison. 2020. Tracking \
                       Organizations in the World: The Correlates of War IGO Version 3.0 Datasets. Journal of Peace Research 57(3).",
            known_by: &[
                &["ccode", "year", "state", "AAAID"],
                &["ccode", "year", "state", "UN"],
                &["ioname", "orgname", "year", "afghanistan", "zimbabwe"],
                &["ccode1", "ccode2", "year", "AALCO"],
                &["ccode1", "ccode2", "year", "UN"],
            ],
            makes: "the affiliation cow-igo (measures full, associate, observer, any), or from pairs the undirected ties \
                    cow-joint-igos",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        if reading.file.find("ccode1").is_some() {
            return dyadic(reading);
        }
        let ways = reading.way(&["full", "associate", "observer", "any"])?;
        let mut members = if reading.file.find("ioname").is_some() {
            by_organisation(reading, &ways)?
        } else {
            by_state(reading, &ways)?
        };
        let observed: BTreeSet<i16> = std::mem::take(&mut members.observed);
        let next = next_of(&observed);
        if observed.iter().zip(observed.iter().skip(1)).any(|(year, next)| year + 1 < *next) {
            reading
                .log
                .notes
                .push("not every year is observed; a membership holds until the next that is".to_owned());
        }
        let mut rows: Vec<MembershipRow> = Vec::new();
        for ((actor, organisation), years) in members.years {
            let years: BTreeMap<i16, ()> = years.into_iter().map(|year| (year, ())).collect();
            rows.extend(spells(&years, &next).filter_map(|(from, until, ())| {
                let organisation = members.organisations[organisation].clone();
                Some(MembershipRow { actor, organisation, from: new_year(from)?, until: new_year(until) })
            }));
        }
        let what = format!("memberships in intergovernmental organisations ({})", ways.join(", "));
        reading.log.notes.push(format!("{} organisations have a member", {
            let named: BTreeSet<&str> = rows.iter().map(|row| row.organisation.as_str()).collect();
            named.len()
        }));
        Ok(vec![Table { name: "cow-igo".to_owned(), what, rows: Rows::Affiliation(rows) }])
    }
}

#[derive(Default)]
struct Members {
    organisations: Vec<String>,
    years: BTreeMap<(Id, usize), BTreeSet<i16>>,
    observed: BTreeSet<i16>,
}

fn counts(ways: &[&str], status: f64) -> bool {
    ways.iter().any(|way| match *way {
        "full" => (0.5..1.5).contains(&status),
        "associate" => (1.5..2.5).contains(&status),
        "observer" => (2.5..3.5).contains(&status),
        _ => (0.5..3.5).contains(&status),
    })
}

fn by_state(reading: &mut Reading<'_>, ways: &[&str]) -> Result<Members, ImportError> {
    let [code, year] = [reading.file.column("ccode")?, reading.file.column("year")?];
    let known = ["ccode", "year", "state", "version", "statename", "stateabb"];
    let columns: Vec<usize> = (0..reading.file.header().len())
        .filter(|&column| {
            !known.iter().any(|known| reading.file.header()[column].eq_ignore_ascii_case(known))
        })
        .filter(|&column| !reading.file.header()[column].is_empty())
        .collect();
    let mut members = Members {
        organisations: columns.iter().map(|&column| reading.file.header()[column].to_uppercase()).collect(),
        ..Members::default()
    };
    while let Some(row) = reading.file.next()? {
        let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
        members.observed.insert(year);
        let Some(actor) = reading.states.in_year(CodeScheme::Cow, &row.get(code), year) else {
            reading.log.unresolved_rows += 1;
            continue;
        };
        for (organisation, &column) in columns.iter().enumerate() {
            match row.number(column, MISSING)? {
                None => reading.log.missing("memberships"),
                Some(status) if counts(ways, status) => {
                    if !members.years.entry((actor.id, organisation)).or_default().insert(year) {
                        *reading.log.duplicates.entry("cow-igo".to_owned()).or_default() += 1;
                    }
                }
                Some(_) => {}
            }
        }
        reading.log.kept += 1;
    }
    Ok(members)
}

fn by_organisation(reading: &mut Reading<'_>, ways: &[&str]) -> Result<Members, ImportError> {
    let [organisation, year] = [reading.file.column("ioname")?, reading.file.column("year")?];
    let after = reading.file.find("sdate").unwrap_or(reading.file.header().len());
    let mut states: Vec<(usize, &'static str)> = Vec::new();
    for column in year + 1..after {
        let name = &reading.file.header()[column];
        match names::cow_number(name) {
            Some(code) => states.push((column, code)),
            None => reading
                .log
                .notes
                .push(format!("the column `{name}` is no state that is known; it was left out")),
        }
    }
    let mut members = Members::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(row) = reading.file.next()? {
        let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
        members.observed.insert(year);
        let name = row.get(organisation).to_uppercase();
        let place = *places.entry(name).or_insert_with_key(|name| {
            members.organisations.push(name.clone());
            members.organisations.len() - 1
        });
        let mut kept = false;
        for &(column, code) in &states {
            match row.number(column, MISSING)? {
                None => reading.log.missing("memberships"),
                Some(status) if counts(ways, status) => {
                    let Some(actor) = reading.states.in_year(CodeScheme::Cow, code, year) else { continue };
                    kept = true;
                    if !members.years.entry((actor.id, place)).or_default().insert(year) {
                        *reading.log.duplicates.entry("cow-igo".to_owned()).or_default() += 1;
                    }
                }
                Some(_) => {}
            }
        }
        reading.log.kept += usize::from(kept);
    }
    Ok(members)
}

fn dyadic(reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
    let [one, two, year] = ["ccode1", "ccode2", "year"].map(|name| reading.file.column(name));
    let (one, two, year) = (one?, two?, year?);
    // Organisations are what follows the columns of the pair and is no name or number of its own.
    let other = [
        "ccode1",
        "ccode2",
        "year",
        "country1",
        "country2",
        "state1",
        "state2",
        "dyadid",
        "version",
        "statename1",
        "statename2",
        "state_name1",
        "state_name2",
    ];
    let columns: Vec<usize> = (0..reading.file.header().len())
        .filter(|&column| {
            !other.iter().any(|other| reading.file.header()[column].eq_ignore_ascii_case(other))
        })
        .filter(|&column| !reading.file.header()[column].is_empty())
        .collect();
    let what = "number of organisations in which both are full members, undirected";
    let mut layer = Layer::new("cow-joint-igos", what, true);
    let mut observed = BTreeSet::new();
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
        let mut joint: f64 = 0.0;
        for &column in &columns {
            match row.number(column, MISSING)? {
                None => reading.log.missing("memberships"),
                Some(status) if counts(&["full"], status) => joint += 1.0,
                Some(_) => {}
            }
        }
        if joint > 0.0 {
            layer.dyads.add(a, b, year, joint);
            reading.log.kept += 1;
        } else {
            reading.log.zero("pairs without an organisation in common");
        }
    }
    reading.log.notes.push(format!("{} columns are organisations", columns.len()));
    Ok(vec![layer.into_table(&observed, &mut reading.log)])
}
