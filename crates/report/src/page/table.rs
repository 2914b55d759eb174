//! A table of the page.

use std::fmt::Write;

use crate::column::{Align, Column};
use crate::escape::escape;
use crate::page::prose::{Prose, Tone};

/// A table that scrolls inside its own frame and keeps its headings in sight.
///
/// ```
/// use normwave_report::{Column, PageTable, Tone};
/// let mut table = PageTable::new([Column::left("state"), Column::right("probability")]);
/// table.row(["Canada", "0.98"]);
/// table.toned_row(Tone::Good, ["Norway", "0.99"]);
/// assert!(table.to_html().contains("<tr class=\"good\">"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTable {
    /// A line above the table; may be empty.
    pub caption: Prose,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom.
    pub rows: Vec<PageRow>,
}

/// A row of a [`PageTable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Cells; missing ones are empty, those beyond the last column are left out.
    pub cells: Vec<Prose>,
    /// Colour of the row.
    pub tone: Tone,
}

/// From this many rows on, a table scrolls inside a frame of limited height.
const TALL: usize = 30;

impl PageTable {
    /// A table with these columns and no rows.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { caption: Prose::default(), columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// The same table with a line above it.
    pub fn caption(self, caption: impl Into<Prose>) -> Self {
        Self { caption: caption.into(), ..self }
    }

    /// Adds a row.
    pub fn row<P: Into<Prose>>(&mut self, cells: impl IntoIterator<Item = P>) -> &mut Self {
        self.toned_row(Tone::Plain, cells)
    }

    /// Adds a coloured row.
    pub fn toned_row<P: Into<Prose>>(&mut self, tone: Tone, cells: impl IntoIterator<Item = P>) -> &mut Self {
        self.rows.push(PageRow { cells: cells.into_iter().map(Into::into).collect(), tone });
        self
    }

    /// The table with its scrolling frame as HTML.
    pub fn to_html(&self) -> String {
        let tall = if self.rows.len() >= TALL { " tall" } else { "" };
        // A frame that scrolls must be reachable from the keyboard.
        let mut out = format!("<div class=\"scroll{tall}\" tabindex=\"0\"><table>\n");
        let caption = self.caption.to_html();
        if !caption.is_empty() {
            let _ = writeln!(out, "<caption>{caption}</caption>");
        }
        out.push_str("<thead><tr>");
        for column in &self.columns {
            let heading = escape(&column.heading);
            let _ = write!(out, "<th scope=\"col\"{}>{heading}</th>", class(column));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str(&self.row_html(row));
        }
        out.push_str("</tbody></table></div>\n");
        out
    }

    fn row_html(&self, row: &PageRow) -> String {
        let mut out = match row.tone {
            Tone::Plain => "<tr>".to_owned(),
            tone => format!("<tr class=\"{}\">", tone.class()),
        };
        for (i, column) in self.columns.iter().enumerate() {
            let cell = row.cells.get(i).map(Prose::to_html).unwrap_or_default();
            let class = class(column);
            let _ = if i == 0 {
                write!(out, "<th scope=\"row\"{class}>{cell}</th>")
            } else {
                write!(out, "<td{class}>{cell}</td>")
            };
        }
        out.push_str("</tr>\n");
        out
    }
}

fn class(column: &Column) -> &'static str {
    match column.align {
        Align::Left => "",
        Align::Right => " class=\"num\"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_as_many_cells_as_columns() {
        let mut table = PageTable::new([Column::left("a"), Column::right("b & c")]);
        table.row(["<1>"]).toned_row(Tone::Bad, ["2", "3", "4"]);
        insta::assert_snapshot!(table.caption("two").to_html(), @r#"
        <div class="scroll" tabindex="0"><table>
        <caption>two</caption>
        <thead><tr><th scope="col">a</th><th scope="col" class="num">b &amp; c</th></tr></thead>
        <tbody>
        <tr><th scope="row">&lt;1&gt;</th><td class="num"></td></tr>
        <tr class="bad"><th scope="row">2</th><td class="num">3</td></tr>
        </tbody></table></div>
        "#);
    }
}
