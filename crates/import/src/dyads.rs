//! Values of pairs, year by year, and the spells into which they are joined.

use crate::log::ImportLog;
use crate::states::Id;
use crate::table::{Rows, Table, TieRow};
use normwave_network_model::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

// Years in a row with one value.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: i16,
    last: i16,
    value: f64,
}

/// Values of pairs by year, as they come.
#[derive(Debug, Default)]
pub struct Dyads {
    runs: HashMap<(Id, Id), Vec<Run>>,
    duplicates: usize,
    contradictions: usize,
}

impl Dyads {
    /// A value of a pair in a year. Of several values the largest counts.
    pub fn add(&mut self, from: Id, to: Id, year: i16, value: f64) {
        let runs = self.runs.entry((from, to)).or_default();
        let same = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
        if let Some(before) = runs.iter_mut().rev().find(|run| (run.first..=run.last).contains(&year)) {
            if same(before.value, value) {
                self.duplicates += 1;
                return;
            }
            self.contradictions += 1;
        } else if let Some(last) = runs.last_mut()
            && last.last + 1 == year
            && same(last.value, value)
        {
            last.last = year;
            return;
        }
        runs.push(Run { first: year, last: year, value });
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn years_of(&self, pair: (Id, Id)) -> Option<BTreeMap<i16, f64>> {
        let mut years: BTreeMap<i16, f64> = BTreeMap::new();
        for run in self.runs.get(&pair)? {
            for year in run.first..=run.last {
                years.entry(year).and_modify(|value| *value = value.max(run.value)).or_insert(run.value);
            }
        }
        Some(years)
    }

    /// The table of ties. A value holds until the next of the `observed` years, and the last one
    /// until the end of its year. In an undirected table the two directions of a pair are joined: the
    /// larger value counts, and pairs whose directions differ are reported. A pair whose other direction
    /// is not there counts as one if other pairs have both.
    pub fn into_table(
        self,
        name: &str,
        what: &str,
        undirected: bool,
        observed: &BTreeSet<i16>,
        log: &mut ImportLog,
    ) -> Table {
        for (map, n) in
            [(&mut log.duplicates, self.duplicates), (&mut log.contradictions, self.contradictions)]
        {
            if n > 0 {
                map.insert(name.to_owned(), n);
            }
        }
        let mut pairs: BTreeSet<(Id, Id)> = self.runs.keys().copied().collect();
        let both_ways = undirected && pairs.iter().any(|&(from, to)| self.runs.contains_key(&(to, from)));
        if undirected {
            pairs = pairs.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
        }
        let next = next_of(observed);
        let mut asymmetric = 0;
        let mut rows = Vec::new();
        for (from, to) in pairs {
            let there = self.years_of((from, to));
            let back = if undirected { self.years_of((to, from)) } else { None };
            if both_ways && there != back {
                asymmetric += 1;
            }
            let mut years = there.unwrap_or_default();
            for (year, value) in back.unwrap_or_default() {
                years.entry(year).and_modify(|before| *before = before.max(value)).or_insert(value);
            }
            rows.extend(spells(&years, &next).map(|(first, until, strength)| TieRow {
                from,
                to,
                strength,
                start: new_year(first),
                end: new_year(until),
            }));
        }
        if asymmetric > 0 {
            log.asymmetric.insert(name.to_owned(), asymmetric);
        }
        Table { name: name.to_owned(), what: what.to_owned(), rows: Rows::Ties { undirected, rows } }
    }
}

/// The first of January.
pub(crate) fn new_year(year: i16) -> Option<Date> {
    Date::new(year, 1, 1).ok()
}

/// For each year the next one that was observed; for the last the year after it.
pub(crate) fn next_of(observed: &BTreeSet<i16>) -> BTreeMap<i16, i16> {
    let next = observed.iter().skip(1).copied().chain(observed.last().map(|last| last + 1));
    observed.iter().copied().zip(next).collect()
}

/// Years with the same value, joined: the first, the first no more, the value.
pub(crate) fn spells<V: PartialEq + Copy>(
    years: &BTreeMap<i16, V>,
    next: &BTreeMap<i16, i16>,
) -> impl Iterator<Item = (i16, i16, V)> {
    let mut spells: Vec<(i16, i16, V)> = Vec::new();
    for (&year, &value) in years {
        let until = next.get(&year).copied().unwrap_or(year + 1);
        match spells.last_mut() {
            Some(last) if last.1 == year && last.2 == value => last.1 = until,
            _ => spells.push((year, until, value)),
        }
    }
    spells.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(Id, Id, i16, f64)], undirected: bool) -> (Vec<String>, ImportLog) {
        let mut dyads = Dyads::default();
        let mut log = ImportLog::default();
        for &(from, to, year, value) in rows {
            dyads.add(from, to, year, value);
        }
        let observed = rows.iter().map(|row| row.2).collect();
        let table = dyads.into_table("t", "", undirected, &observed, &mut log);
        let text = table.to_csv().replace("-01-01", "");
        (text.lines().skip(1).map(str::to_owned).collect(), log)
    }

    #[test]
    fn years_are_joined_while_nothing_changes() {
        let rows = [
            ("A", "B", 1990, 1.0),
            ("A", "B", 1991, 1.0),
            ("A", "B", 1992, 2.0),
            ("A", "C", 1990, 1.0),
            ("A", "C", 1992, 1.0),
        ];
        let expected = ["A,B,1,1990,1992", "A,B,2,1992,1993", "A,C,1,1990,1991", "A,C,1,1992,1993"];
        assert_eq!(table(&rows, false).0, expected);
        let mut backwards = rows;
        backwards.reverse();
        assert_eq!(table(&backwards, false).0, expected);
    }

    #[test]
    fn a_value_holds_until_the_next_year_that_was_observed() {
        assert_eq!(
            table(&[("A", "B", 1955, 1.0), ("A", "B", 1960, 1.0), ("A", "C", 1955, 3.0)], false).0,
            ["A,B,1,1955,1961", "A,C,3,1955,1960"]
        );
    }

    #[test]
    fn repeated_and_contradicting_rows_are_counted_and_the_larger_counts() {
        let (rows, log) =
            table(&[("A", "B", 1990, 1.0), ("A", "B", 1990, 1.0), ("A", "B", 1990, 3.0)], false);
        assert_eq!(rows, ["A,B,3,1990,1991"]);
        assert_eq!((log.duplicates["t"], log.contradictions["t"]), (1, 1));
    }

    #[test]
    fn directions_that_differ_are_counted_in_undirected_tables_only() {
        let rows = [
            ("B", "A", 1990, 1.0),
            ("A", "B", 1990, 2.0),
            ("C", "A", 1990, 1.0),
            ("D", "A", 1990, 1.0),
            ("A", "D", 1990, 1.0),
        ];
        let (ties, log) = table(&rows, true);
        assert_eq!(ties, ["A,B,2,1990,1991", "A,C,1,1990,1991", "A,D,1,1990,1991"]);
        assert_eq!(log.asymmetric["t"], 2);
        assert_eq!(table(&rows, false).1.asymmetric.len(), 0);
        assert_eq!(table(&rows[2..3], true).1.asymmetric.len(), 0);
    }
}
