//! State policies of the United States (SPID): who adopted which policy in which year.
//!
//! The actors are states by their postal codes or names, as they are written, and no countries.

use super::wanted_year;
use crate::ImportError;
use crate::error::{did_you_mean, some_of};
use crate::importer::{About, Importer, Reading};
use crate::table::{AdoptionRow, Rows, Table};
use std::collections::BTreeMap;

pub(crate) struct Spid;

impl Importer for Spid {
    fn about(&self) -> About {
        About {
            name: "spid",
            what: "State Policy Innovation and Diffusion database, United States",
            usual: "policies of SPID v1.0 as CSV",
            citation: "Boehmke, Frederick J., et al. 2020. SPID: A New Database for Inferring Public Policy Innovativeness and \
                       Diffusion Networks. Policy Studies Journal 48(2).",
            known_by: &[
                &["statenam", "policy", "adopt_year"],
                &["state", "policy", "adopt_year"],
                &["state", "policy", "date"],
                &["state", "policy", "year"],
            ],
            makes: "an adoption history per policy that is named as a measure: actor,from",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let any = |names: &[&str]| {
            let found = names.iter().find_map(|name| reading.file.find(name));
            found.map_or_else(|| reading.file.column(names[0]), Ok)
        };
        let (state, year) = (any(&["state", "statenam"])?, any(&["adopt_year", "date", "year"])?);
        let policy = reading.file.column("policy")?;
        // By policy and state, the first year; and how many states have each policy.
        let mut years: BTreeMap<String, BTreeMap<String, i16>> = BTreeMap::new();
        while let Some(row) = reading.file.next()? {
            let Some(year) = wanted_year(&row, year, reading.settings, &mut reading.log)? else { continue };
            let states = years.entry(row.get(policy).into_owned()).or_default();
            let actor = row.get(state).into_owned();
            let of_policy = reading.settings.measures.iter().any(|measure| *measure == row.get(policy));
            reading.log.kept += usize::from(of_policy);
            match states.get(&actor).copied() {
                None => drop(states.insert(actor, year)),
                Some(before) => {
                    reading
                        .log
                        .duplicates
                        .entry(row.get(policy).into_owned())
                        .and_modify(|n| *n += 1)
                        .or_insert(1);
                    states.insert(actor, before.min(year));
                }
            }
        }
        let mut policies: Vec<(&str, usize)> =
            years.iter().map(|(policy, states)| (policy.as_str(), states.len())).collect();
        policies.sort_by_key(|(policy, n)| (std::cmp::Reverse(*n), *policy));
        let most: Vec<String> = policies.iter().map(|(policy, n)| format!("{policy} ({n})")).collect();
        if reading.settings.measures.is_empty() {
            return Err(ImportError::file(
                reading.file.path(),
                format!("the file holds {} policies, and none is named", policies.len()),
                format!("Name one or more as measures: {}.", some_of(&most, 20)),
            ));
        }
        let mut tables = Vec::new();
        for measure in &reading.settings.measures {
            let Some(states) = years.get(measure) else {
                return Err(ImportError::file(
                    reading.file.path(),
                    format!(
                        "there is no policy `{measure}`{}",
                        did_you_mean(measure, years.keys().map(String::as_str))
                    ),
                    format!("There are {}: {}.", policies.len(), some_of(&most, 20)),
                ));
            };
            let mut rows: Vec<AdoptionRow> = states
                .iter()
                .map(|(actor, year)| AdoptionRow { actor: actor.clone(), from: format!("{year:04}") })
                .collect();
            rows.sort_by(|a, b| (&a.from, &a.actor).cmp(&(&b.from, &b.actor)));
            let what = format!("states that adopted {measure}, and the year");
            tables.push(Table { name: format!("spid-{measure}"), what, rows: Rows::History(rows) });
        }
        reading
            .log
            .notes
            .push("states are no countries: they keep the codes or names of the file".to_owned());
        Ok(tables)
    }
}
