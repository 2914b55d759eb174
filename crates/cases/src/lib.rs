//! Bundled scenarios, each with what must come out.
//!
//! A case is a scenario file and the tables that it names, compiled into the program. Each lies in
//! a folder of its own under `data/`, where it can be read, copied and changed.
//!
//! ```
//! let star = normwave_cases::case("star").expect("bundled");
//! let scenario = star.read(&Default::default())?;
//! assert_eq!(scenario.expect.adopters, Some(normwave_scenario::Range::exactly(9.0)));
//! # Ok::<(), normwave_scenario::ScenarioError>(())
//! ```

mod bundle;
mod case;
mod gallery;
pub mod ottawa;

pub use case::{Case, case, cases};
pub use gallery::{PICTURES, Picture, gallery_page};
