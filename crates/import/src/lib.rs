//! Reads the standard files of international relations, and adoption histories.

mod dates;
mod error;
pub mod history;
mod text;

pub use dates::{Precision, parse_any_date};
pub use error::ImportError;
