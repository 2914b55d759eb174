//! Large tables of ties in files.
//!
//! A [`TieTable`] holds who is tied to whom, and how strongly, in rows by sender. It is read from CSV
//! or tab-separated text, from Parquet (feature `parquet`), and from a binary file of our own, the
//! *tie file*, which is mapped into memory. [`read`] and [`write`](write()) go by the extension of a
//! path. Nothing here has a date: ties hold always.
//!
//! ```
//! use normwave_tie_file::{Direction, TieTable};
//! let ids = ["GBR", "USA"].map(String::from);
//! let table = TieTable::new(2, Some(&ids), Direction::Directed, vec![(1, 0, 0.5)])?;
//! assert_eq!(table.ties().collect::<Vec<_>>(), [(1, 0, 0.5)]);
//! let again = TieTable::from_bytes(table.as_bytes().to_vec())?;
//! assert_eq!(again.id(1), "USA");
//! # Ok::<(), normwave_tie_file::TieFileError>(())
//! ```

mod error;
mod format;
mod header;
mod map;
mod names;
#[cfg(feature = "parquet")]
mod parquet_file;
mod table;
mod text_file;
mod transpose;

pub use error::TieFileError;
pub use format::{Columns, Format, Watch, read, write};
pub use header::VERSION;
pub use normwave_network_model::compare_ids;
pub use table::{Direction, TieTable};
