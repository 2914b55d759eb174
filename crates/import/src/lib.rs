//! Reads the standard files of international relations into tables for scenarios, and adoption
//! histories of any shape.
//!
//! [`Registry::import`] tells a file by its header, reads it row by row, and gives [`Table`]s in the
//! formats of scenario files and an [`ImportLog`] that accounts for every row. Codes become the ids of
//! the packaged world, by year. [`history::read`] is for who adopted when.
//!
//! ```
//! use normwave_import::{Registry, Settings};
//! let folder = std::env::temp_dir().join(format!("normwave-import-doc-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! // Invented: the United States host a Canadian ambassador, and send one.
//! let path = folder.join("diplomatic.csv");
//! std::fs::write(&path, "ccode1,ccode2,year,DR_at_1,DR_at_2,DE,version\n2,20,1995,3,3,1,2006.1\n")?;
//! let imported = Registry::default().import(&path, None, &Settings::default())?;
//! let missions = imported.table("cow-diplomatic").unwrap().ties();
//! assert_eq!((missions[0].from, missions[0].to), ("CAN", "USA"));
//! assert_eq!(imported.log.rows, 1);
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dates;
mod dyads;
mod error;
mod files;
pub mod history;
mod importer;
mod log;
mod series;
mod settings;
mod states;
mod table;
mod text;

pub use dates::{Precision, parse_any_date};
pub use dyads::Dyads;
pub use error::ImportError;
pub use importer::{About, Imported, Importer, Reading, Registry};
pub use log::ImportLog;
pub use normwave_world::CodeScheme;
pub use series::Series;
pub use settings::Settings;
pub use states::{Found, Id, States, Unresolved};
pub use table::{ActorRow, AdoptionRow, AttributeRow, MembershipRow, Rows, Table, TieRow};
pub use text::{Row, TextFile};
