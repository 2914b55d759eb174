//! Tables for terminals.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::column::{Align, Column};

/// A plain-text table with aligned columns.
///
/// Two spaces stand between columns, a rule under the headings, no space at
/// the end of a line. A cell wider than its column's maximum is cut with `…`.
/// Line breaks become spaces and control characters are dropped, so that
/// names from files cannot move the cursor.
///
/// ```
/// use normwave_report::{Column, TextTable};
/// let mut table = TextTable::new([Column::left("state"), Column::right("margin")]);
/// table.row(["United Kingdom", "+4.70"]);
/// table.row(["USA", "-1.20"]);
/// assert_eq!(
///     table.to_text(),
///     "state           margin\n\
///      ──────────────────────\n\
///      United Kingdom   +4.70\n\
///      USA              -1.20\n"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    columns: Vec<Column>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Cells(Vec<String>),
    Rule,
}

impl TextTable {
    /// A table with these columns and no rows.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), lines: Vec::new() }
    }

    /// Adds a row. Missing cells are empty; cells beyond the last column are left out.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) -> &mut Self {
        let mut cells: Vec<String> = cells.into_iter().map(|cell| clean(&cell.into())).collect();
        cells.resize(self.columns.len(), String::new());
        self.lines.push(Line::Cells(cells));
        self
    }

    /// Adds a rule, such as above a total.
    pub fn rule(&mut self) -> &mut Self {
        self.lines.push(Line::Rule);
        self
    }

    /// Number of rows, rules excluded.
    pub fn n_rows(&self) -> usize {
        let is_row = |line: &&Line| matches!(line, Line::Cells(_));
        self.lines.iter().filter(is_row).count()
    }

    /// The table; each line ends with a line break.
    pub fn to_text(&self) -> String {
        let headings: Vec<String> = self.columns.iter().map(|c| clean(&c.heading)).collect();
        let widths = self.widths(&headings);
        let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        let rule = format!("{}\n", "─".repeat(total));
        let mut out = String::new();
        if headings.iter().any(|heading| !heading.is_empty()) {
            out.push_str(&self.line(&headings, &widths));
            out.push_str(&rule);
        }
        for line in &self.lines {
            match line {
                Line::Cells(cells) => out.push_str(&self.line(cells, &widths)),
                Line::Rule => out.push_str(&rule),
            }
        }
        out
    }

    fn widths(&self, headings: &[String]) -> Vec<usize> {
        let mut widths: Vec<usize> = headings.iter().map(|heading| heading.width()).collect();
        for line in &self.lines {
            if let Line::Cells(cells) = line {
                for (width, cell) in widths.iter_mut().zip(cells) {
                    *width = (*width).max(cell.width());
                }
            }
        }
        for (width, column) in widths.iter_mut().zip(&self.columns) {
            *width = (*width).min(column.max_width.unwrap_or(usize::MAX).max(1));
        }
        widths
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let padded = self.columns.iter().zip(cells).zip(widths);
        let padded = padded.map(|((column, cell), &width)| {
            let cell = cut(cell, width);
            let space = " ".repeat(width.saturating_sub(cell.width()));
            match column.align {
                Align::Left => cell + &space,
                Align::Right => space + &cell,
            }
        });
        let line = padded.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    }
}

/// One line without control characters.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
        .filter(|c| !c.is_control())
        .collect()
}

fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_cells_are_cut_and_totals_stand_under_a_rule() {
        let mut table = TextTable::new([
            Column::left("who presses").max_width(12),
            Column::right("pressure"),
            Column::left("gains"),
        ]);
        table.row(["United Nations General Assembly", "12.50", "×1.3 salience"]);
        table.row(["Côte d’Ivoire", "0.1", ""]);
        table.rule().row(["total", "12.60"]);
        insta::assert_snapshot!(table.to_text(), @r"
        who presses   pressure  gains
        ─────────────────────────────────────
        United Nati…     12.50  ×1.3 salience
        Côte d’Ivoi…       0.1
        ─────────────────────────────────────
        total            12.60
        ");
        assert_eq!(table.n_rows(), 3);
    }

    #[test]
    fn a_name_cannot_move_the_cursor() {
        let mut table = TextTable::new([Column::left("")]);
        table.row(["a\u{1b}[2Jb\nc"]);
        assert_eq!(table.to_text(), "a[2Jb c\n");
    }

    #[test]
    fn double_width_characters_count_twice() {
        let mut table = TextTable::new([Column::left("x"), Column::left("y")]);
        table.row(["日本", "1"]).row(["abcd", "2"]);
        assert!(table.to_text().contains("日本  1\nabcd  2\n"));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_columns(cells in prop::collection::vec("\\PC{0,30}", 6), max in 1usize..12) {
            let mut table = TextTable::new([Column::left("a").max_width(max), Column::right("b").max_width(max)]);
            for pair in cells.chunks(2) {
                table.row(pair.to_vec());
            }
            for line in table.to_text().lines() {
                prop_assert!(line.width() <= 2 * max + 2);
            }
        }
    }
}
