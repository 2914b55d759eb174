//! Values of actors, year by year, and the days from which they hold.

use crate::dyads::new_year;
use crate::log::ImportLog;
use crate::states::{Found, Id};
use crate::table::{AttributeRow, Rows, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Values of actors by year, as they come.
#[derive(Debug, Default)]
pub struct Series {
    values: BTreeMap<Id, BTreeMap<i16, (f64, bool)>>,
    duplicates: usize,
    contradictions: usize,
    changes_of_code: usize,
}

impl Series {
    /// A value of an actor in a year. Of two values the one counts whose code is the actor's at the end
    /// of the year, else the first.
    pub fn add(&mut self, actor: Found, year: i16, value: f64) {
        let years = self.values.entry(actor.id).or_default();
        match years.get(&year) {
            None => {
                years.insert(year, (value, actor.at_end));
            }
            Some(before) if before.1 != actor.at_end => {
                self.changes_of_code += 1;
                if actor.at_end {
                    years.insert(year, (value, true));
                }
            }
            Some(before) if (before.0 - value).abs() <= f64::EPSILON * value.abs() => self.duplicates += 1,
            Some(_) => self.contradictions += 1,
        }
    }

    /// The table of the attribute. A value holds from 1 January of its year until the next that
    /// differs; years without a value leave the last one standing, and are counted. With `otherwise`,
    /// years without one have that value instead.
    pub fn into_table(
        self,
        name: &str,
        what: &str,
        observed: &BTreeSet<i16>,
        otherwise: Option<f64>,
        log: &mut ImportLog,
    ) -> Table {
        for (map, n) in
            [(&mut log.duplicates, self.duplicates), (&mut log.contradictions, self.contradictions)]
        {
            if n > 0 {
                map.insert(name.to_owned(), n);
            }
        }
        if self.changes_of_code > 0 {
            let what = "years in which an actor has two codes, of which the later counts";
            *log.repairs.entry(what.to_owned()).or_default() += self.changes_of_code;
        }
        let mut rows = Vec::new();
        let mut gaps = 0;
        for (actor, years) in self.values {
            let mut last: Option<f64> = None;
            let (first, end) = (years.keys().next().copied(), years.keys().last().copied());
            for &year in observed {
                let value = match (years.get(&year), otherwise) {
                    (Some(value), _) => Some(value.0),
                    (None, Some(_)) if Some(year) < first => None,
                    (None, Some(otherwise)) => Some(otherwise),
                    (None, None) => {
                        gaps += usize::from(Some(year) > first && Some(year) < end);
                        None
                    }
                };
                if let Some(value) = value
                    && last.is_none_or(|last| (last - value).abs() > 0.0)
                {
                    rows.push(AttributeRow { actor, value: value.to_string(), from: new_year(year) });
                    last = Some(value);
                }
            }
        }
        if gaps > 0 {
            log.notes
                .push(format!("{name}: {gaps} years between others have no value; the one before holds on"));
        }
        Table { name: name.to_owned(), what: what.to_owned(), rows: Rows::Attribute(rows) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_change_and_gaps_are_counted() {
        let mut series = Series::default();
        let mut log = ImportLog::default();
        for (year, value) in [(1990, 1.0), (1991, 1.0), (1993, 2.0)] {
            series.add(Found { id: "A", at_end: true }, year, value);
        }
        series.add(Found { id: "B", at_end: false }, 1990, 5.0);
        series.add(Found { id: "B", at_end: true }, 1990, 6.0);
        let observed = (1990..=1993).collect();
        let table = series.into_table("t", "", &observed, None, &mut log);
        assert_eq!(table.to_csv(), "actor,value,from\nA,1,1990-01-01\nA,2,1993-01-01\nB,6,1990-01-01\n");
        assert!(log.notes[0].contains("1 years between others"), "{:?}", log.notes);
        assert_eq!(log.repairs.values().sum::<usize>(), 1);
    }

    #[test]
    fn years_without_a_row_can_have_a_value_of_their_own() {
        let mut series = Series::default();
        series.add(Found { id: "A", at_end: true }, 1991, 2.0);
        let table =
            series.into_table("t", "", &(1990..=1993).collect(), Some(0.0), &mut ImportLog::default());
        assert_eq!(table.to_csv(), "actor,value,from\nA,2,1991-01-01\nA,0,1992-01-01\n");
    }
}
