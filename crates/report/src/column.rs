//! A column of a table, for the terminal and for the page.

/// Heading and alignment of a table's column.
///
/// ```
/// use normwave_report::{Align, Column};
/// let column = Column::right("margin").max_width(12);
/// assert_eq!(column.align, Align::Right);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// Alignment of heading and cells.
    pub align: Align,
    /// Largest width in characters; wider cells are cut. Terminals only.
    pub max_width: Option<usize>,
}

/// Alignment of a [`Column`]; numbers read best on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Flush left.
    Left,
    /// Flush right.
    Right,
}

impl Column {
    /// A column of words.
    pub fn left(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), align: Align::Left, max_width: None }
    }

    /// A column of numbers.
    pub fn right(heading: impl Into<String>) -> Self {
        Self { align: Align::Right, ..Self::left(heading) }
    }

    /// The same column, at most `max_width` characters wide.
    pub fn max_width(self, max_width: usize) -> Self {
        Self { max_width: Some(max_width), ..self }
    }
}
