//! What an import did with a file.

use crate::error::count;
use crate::states::Unresolved;
use crate::table::Table;
use std::collections::BTreeMap;

/// Account of an import: what was read, what was kept, and what became of the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportLog {
    /// The file.
    pub file: String,
    /// The importer.
    pub importer: String,
    /// What the file is.
    pub what: String,
    /// How to cite it.
    pub citation: String,
    /// Rows below the header.
    pub rows: usize,
    /// Rows from which something went into a table.
    pub kept: usize,
    /// Rows of years that were not asked for.
    pub other_years: usize,
    /// Rows with a code that is no actor.
    pub unresolved_rows: usize,
    /// Values that are missing, by column.
    pub missing: BTreeMap<String, usize>,
    /// Values of 0, which are no ties, by column.
    pub zeros: BTreeMap<String, usize>,
    /// Rows that repeat another, by table.
    pub duplicates: BTreeMap<String, usize>,
    /// Rows that contradict another, by table.
    pub contradictions: BTreeMap<String, usize>,
    /// Pairs whose two directions differ where they should not, by table.
    pub asymmetric: BTreeMap<String, usize>,
    /// Ties of an actor with itself.
    pub self_ties: usize,
    /// The first and the last year that were read.
    pub years: Option<(i16, i16)>,
    /// Codes that are no actors.
    pub unresolved: BTreeMap<String, Unresolved>,
    /// What was put right, and how often.
    pub repairs: BTreeMap<String, usize>,
    /// What else a reader should know.
    pub notes: Vec<String>,
    /// The tables: what each says, its rows, and the line of a scenario file that reads it.
    pub tables: Vec<(String, usize, String)>,
}

impl ImportLog {
    /// One more of something, by name.
    pub fn tally(map: &mut BTreeMap<String, usize>, name: &str) {
        match map.get_mut(name) {
            Some(n) => *n += 1,
            None => {
                map.insert(name.to_owned(), 1);
            }
        }
    }

    /// A value is missing.
    pub fn missing(&mut self, column: &str) {
        ImportLog::tally(&mut self.missing, column);
    }

    /// A value is 0 and thus no tie.
    pub fn zero(&mut self, column: &str) {
        ImportLog::tally(&mut self.zeros, column);
    }

    /// Something was put right.
    pub fn repaired(&mut self, what: &str) {
        ImportLog::tally(&mut self.repairs, what);
    }

    /// A year was read.
    pub fn year(&mut self, year: i16) {
        self.years = Some(self.years.map_or((year, year), |(first, last)| (first.min(year), last.max(year))));
    }

    pub(crate) fn table(&mut self, table: &Table) {
        self.tables.push((format!("{}: {}", table.file(), table.what), table.len(), table.in_a_scenario()));
    }

    /// The account in a few lines.
    #[must_use]
    pub fn short(&self) -> String {
        let mut lines = vec![format!("{}: {}", self.file, self.what)];
        let years = self.years.map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
        lines.push(format!("  {} read, {} kept{years}", count(self.rows, "row", "rows"), self.kept));
        for (name, map) in self.counts() {
            let sum: usize = map.values().sum();
            if sum > 0 {
                lines.push(format!("  {sum} {name}"));
            }
        }
        if self.unresolved_rows > 0 {
            let codes: Vec<&str> = self.unresolved.keys().map(String::as_str).collect();
            lines.push(format!(
                "  {} of {} left out: {}",
                count(self.unresolved_rows, "row", "rows"),
                count(codes.len(), "code that is no actor then", "codes that are no actors then"),
                crate::error::some_of(&codes, 12)
            ));
        }
        for (what, n) in &self.repairs {
            lines.push(format!("  {what}: {n}"));
        }
        for (what, n, _) in &self.tables {
            lines.push(format!("  -> {what} ({})", count(*n, "row", "rows")));
        }
        lines.join("\n") + "\n"
    }

    fn counts(&self) -> [(&'static str, &BTreeMap<String, usize>); 5] {
        [
            ("missing values, which make no ties and no values", &self.missing),
            ("values of 0, which make no ties", &self.zeros),
            ("rows that repeat another", &self.duplicates),
            ("rows that contradict another", &self.contradictions),
            ("asymmetric pairs in what should be symmetric", &self.asymmetric),
        ]
    }

    /// The whole account, as `import.log` has it.
    #[must_use]
    pub fn full(&self) -> String {
        let mut lines = vec![
            format!("file: {}", self.file),
            format!("read as: {}, {}", self.importer, self.what),
            format!("cite: {}", self.citation),
            format!("rows: {} read, {} kept", self.rows, self.kept),
        ];
        if let Some((first, last)) = self.years {
            lines.push(format!("years: {first} to {last}"));
        }
        if self.other_years > 0 {
            lines.push(format!("rows of other years: {}", self.other_years));
        }
        for (name, map) in self.counts() {
            if map.is_empty() {
                lines.push(format!("{name}: none"));
            }
            for (what, n) in map {
                lines.push(format!("{name}, {what}: {n}"));
            }
        }
        if self.self_ties > 0 {
            lines.push(format!("rows that tie an actor to itself, left out: {}", self.self_ties));
        }
        lines.push(format!("rows with a code that is no actor then, left out: {}", self.unresolved_rows));
        for (code, account) in &self.unresolved {
            let (first, last) = account.years;
            let years = if first == last { format!("{first}") } else { format!("{first} to {last}") };
            lines.push(format!(
                "  {code}: {}, {years}: {}",
                count(account.n, "time", "times"),
                account.why.replace('\n', " ")
            ));
        }
        for (what, n) in &self.repairs {
            lines.push(format!("put right: {what}: {n}"));
        }
        lines.extend(self.notes.iter().map(|note| format!("note: {note}")));
        for (what, n, scenario) in &self.tables {
            lines.push(format!("table: {what} ({})", count(*n, "row", "rows")));
            lines.push(match n {
                0 => "  not written, as it has no rows".to_owned(),
                _ => format!("  in a scenario: {scenario}"),
            });
        }
        lines.join("\n") + "\n"
    }
}
