//! Files of networks as other programs write them.
//!
//! A [`Graph`] stands between the formats: nodes with an id, a label and typed attributes; ties with a
//! strength, dates and typed attributes. [`read`] and [`write`](write()) go by a [`Format`], which
//! [`Format::of`] finds by the extension of a path. Errors name line and column. What a file has beyond a
//! graph is listed in [`Found::passed_over`], what a format cannot say of a graph in [`Written::left_out`]:
//! if that list is empty, the text reads as the same graph.
//!
//! ```
//! use normwave_network_file::{Format, Reading, read_text, write_text};
//! let pajek = "*Vertices 2\n1 \"Côte d'Ivoire\"\n2 France\n*Arcs\n2 1 0.5\n";
//! let found = read_text(Format::Pajek, pajek, &Reading::default())?;
//! let tie = &found.graph.ties()[0];
//! assert_eq!(found.graph.nodes()[tie.to].id, "Côte d'Ivoire");
//! let written = write_text(Format::GraphMl, &found.graph)?;
//! assert!(written.text.contains("<node id=\"Côte d'Ivoire\">") && written.left_out.is_empty());
//! # Ok::<(), normwave_network_file::FileError>(())
//! ```
//!
//! # What each format keeps
//!
//! Ids, ties and strengths are kept by all. Attributes are texts, truth values, whole numbers and
//! numbers; where all values of one name have one type in a format, mixed ones are widened, which is
//! reported.
//!
//! | format | extension | direction | nodes without ties | labels | attributes of nodes | attributes of ties | dates of ties | parallel ties | ties to itself |
//! |---|---|---|---|---|---|---|---|---|---|
//! | GraphML | `.graphml` | yes | yes | yes | yes | yes | yes, as data `start`, `end` | yes | yes |
//! | GEXF 1.3; reads 1.2, 1.1 | `.gexf` | yes | yes | yes | yes | yes | yes, as spells | yes | yes |
//! | Pajek | `.net` | yes | yes | no | `x`, `y`, `z`, `shape` | `label` | no | yes | yes |
//! | GML | `.gml` | yes | yes | yes, as `name` | but for truth values | but for truth values | yes, as `start`, `end` | yes | yes |
//! | UCINET DL | `.dl` | one way only | yes | no | no | no | no | no | yes |
//! | JSON node-link | `.json` | yes | yes | yes | yes | yes | yes, as `start`, `end` | yes | yes |
//! | edge list | `.edgelist`, `.edges`, `.ncol` | yes, as a comment | yes | no | no | no | no | yes | yes |
//! | table | `.csv`, `.tsv` | one way only | no | no | no | yes, types as they look | yes, as `start`, `end` | yes | yes |
//! | matrix | `.matrix.csv` | one way only | yes | no | no | no | no | no | yes |
//! | Parquet (feature `parquet`) | `.parquet` | one way only | no | no | no | no | no | no | no |
//! | tie file | `.ties` | yes | yes | no | no | no | no | no | no |
//!
//! "One way only" has a row for each direction of an undirected tie. Control characters have no place in
//! XML, line ends none in tables. An id with a double quote cannot be written to UCINET DL.
//!
//! Dates are the first day of a tie and the first day without it; GEXF has the last day with it.
//!
//! # What is refused
//!
//! Other formats and encodings, files that are cut short, XML with a document type of its own (nothing
//! expands), nested graphs and hyperedges, keys that are not declared, ids given twice, ties of nodes that
//! are not there, strengths that are no number, negative or infinite, two-mode data and several networks in
//! a file, more nodes than a network can have, and more than a million nodes that have no line of their own.

mod build;
mod dl;
mod edge_list;
mod error;
mod fields;
mod file;
mod format;
mod gexf;
mod gml;
mod graph;
mod graphml;
mod left_out;
mod matrix;
mod node_link;
mod pajek;
mod place;
mod tie_table;
mod value;
mod xml;

pub use error::FileError;
pub use file::{MAX_BYTES, read, write};
pub use format::{Format, Found, Reading, Written, read_text, write_text};
pub use graph::{Graph, Node, RESERVED, Tie};
pub use left_out::LeftOut;
pub use value::{Attributes, Value};
