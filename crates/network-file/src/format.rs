//! Which format a file has, and reading and writing its text.

use crate::left_out::LeftOut;
use crate::{FileError, Graph, dl, edge_list, gexf, gml, graphml, matrix, node_link, pajek, tie_table};
use std::path::Path;

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// GraphML, `.graphml`.
    GraphMl,
    /// GEXF 1.2 and 1.3, `.gexf`.
    Gexf,
    /// Pajek, `.net`.
    Pajek,
    /// GML, `.gml`.
    Gml,
    /// UCINET DL, `.dl`.
    Dl,
    /// JSON node-link, `.json`.
    NodeLink,
    /// A line for each tie, without a header, `.edgelist`.
    EdgeList,
    /// A table of ties with named columns, `.csv`.
    Csv,
    /// The same between tabs, `.tsv`.
    Tsv,
    /// A matrix with labels as CSV, `.matrix.csv`.
    Matrix,
    /// A table of ties in Parquet, `.parquet`.
    Parquet,
    /// The tie file of large networks, `.ties`.
    Ties,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 12] = [
        Format::GraphMl,
        Format::Gexf,
        Format::Pajek,
        Format::Gml,
        Format::Dl,
        Format::NodeLink,
        Format::EdgeList,
        Format::Csv,
        Format::Tsv,
        Format::Matrix,
        Format::Parquet,
        Format::Ties,
    ];

    /// The name by which a person chooses it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::GraphMl => "graphml",
            Format::Gexf => "gexf",
            Format::Pajek => "pajek",
            Format::Gml => "gml",
            Format::Dl => "dl",
            Format::NodeLink => "json",
            Format::EdgeList => "edgelist",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Matrix => "matrix",
            Format::Parquet => "parquet",
            Format::Ties => "ties",
        }
    }

    /// The format of a path; capitals make no difference.
    ///
    /// # Errors
    /// [`FileError::Extension`] if its extension says nothing.
    pub fn of(path: &Path) -> Result<Self, FileError> {
        let name =
            path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if name.ends_with(".matrix.csv") {
            return Ok(Format::Matrix);
        }
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref().unwrap_or_default() {
            "graphml" => Ok(Format::GraphMl),
            "gexf" => Ok(Format::Gexf),
            "net" => Ok(Format::Pajek),
            "gml" => Ok(Format::Gml),
            "dl" => Ok(Format::Dl),
            "json" => Ok(Format::NodeLink),
            "edgelist" | "edges" | "ncol" => Ok(Format::EdgeList),
            "csv" => Ok(Format::Csv),
            "tsv" => Ok(Format::Tsv),
            "parquet" => Ok(Format::Parquet),
            "ties" => Ok(Format::Ties),
            other => Err(FileError::Extension { extension: other.to_owned() }),
        }
    }

    /// Whether it is a text; else [`normwave_tie_file`] reads and writes it.
    #[must_use]
    pub fn is_text(self) -> bool {
        !matches!(self, Format::Parquet | Format::Ties)
    }
}

/// What a person says of a file that does not say it itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whether ties go both ways where the format has no word for it: tables, matrices and edge lists.
    pub undirected: bool,
    /// Column of the sender in a table.
    pub from: String,
    /// Column of the target in a table.
    pub to: String,
    /// Column of a table, or attribute of ties, that holds the strength; `None` is `strength` in a table,
    /// and `weight` or `strength` elsewhere.
    pub strength: Option<String>,
}

impl Default for Reading {
    fn default() -> Self {
        Reading { undirected: false, from: "from".to_owned(), to: "to".to_owned(), strength: None }
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The graph.
    pub graph: Graph,
    /// What the file has beside it, which was not taken, or not as it stood.
    pub passed_over: Vec<LeftOut>,
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What the graph has and the format cannot say. If this is empty, the text reads as the same graph.
    pub left_out: Vec<LeftOut>,
}

/// Reads a text.
///
/// # Errors
/// [`FileError::At`] with what is wrong, where, and what to do; [`FileError::Whole`] for a format that is
/// no text.
pub fn read_text(format: Format, text: &str, reading: &Reading) -> Result<Found, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = match format {
        Format::GraphMl => graphml::read(text),
        Format::Gexf => gexf::read(text),
        Format::Pajek => pajek::read(text),
        Format::Gml => gml::read(text),
        Format::Dl => dl::read(text),
        Format::NodeLink => node_link::read(text),
        Format::EdgeList => edge_list::read(text, reading.undirected),
        Format::Csv => return tie_table::read(text, None, reading),
        Format::Tsv => return tie_table::read(text, Some('\t'), reading),
        Format::Matrix => matrix::read(text, reading.undirected),
        Format::Parquet | Format::Ties => return Err(no_text(format)),
    }?;
    match &reading.strength {
        None => Ok(found),
        Some(attribute) => {
            Ok(Found { graph: found.graph.with_strengths_from(attribute)?, passed_over: found.passed_over })
        }
    }
}

/// Writes a graph as text.
///
/// # Errors
/// [`FileError::Whole`] if an id cannot be written, the text would be too large, or the format is no text.
pub fn write_text(format: Format, graph: &Graph) -> Result<Written, FileError> {
    match format {
        Format::GraphMl => Ok(graphml::write(graph)),
        Format::Gexf => Ok(gexf::write(graph)),
        Format::Pajek => Ok(pajek::write(graph)),
        Format::Gml => Ok(gml::write(graph)),
        Format::Dl => dl::write(graph),
        Format::NodeLink => Ok(node_link::write(graph)),
        Format::EdgeList => Ok(edge_list::write(graph)),
        Format::Csv => Ok(tie_table::write(graph, ',')),
        Format::Tsv => Ok(tie_table::write(graph, '\t')),
        Format::Matrix => matrix::write(graph),
        Format::Parquet | Format::Ties => Err(no_text(format)),
    }
}

fn no_text(format: Format) -> FileError {
    FileError::whole(format!("{} is no text", format.name()), "Read and write it as a file.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_tell_formats_and_capitals_make_no_difference() {
        let of = |path: &str| Format::of(Path::new(path));
        assert_eq!(of("a/b.GraphML"), Ok(Format::GraphMl));
        assert_eq!(of("ties.matrix.csv"), Ok(Format::Matrix));
        assert_eq!(of("matrix.csv"), Ok(Format::Csv));
        assert_eq!(of("x.ncol"), Ok(Format::EdgeList));
        let error = of("x.xlsx").unwrap_err();
        assert_eq!(error.to_string(), "the extension `.xlsx` says nothing about the format");
        assert!(error.remedy().contains(".graphml"));
        assert!(of("x").is_err());
    }
}
