//! Tables, figures and the report.
//!
//! This crate turns plain data into text: tables for the terminal, figures as
//! standalone SVG documents, and one HTML page that needs nothing else. It
//! opens no file, prints nothing, and has not heard of engines or scenarios;
//! whoever calls it fills its structs.
//!
//! - [`TextTable`] and the number formats [`fixed`], [`signed`], [`percent`]
//!   and [`compact`], which all outputs share;
//! - the figures, each a struct with a `to_svg`: [`EgoNetwork`] (the paper's
//!   Figure 1), [`Balance`] (Figures 3 and 4), [`AdoptionCurve`],
//!   [`CorePeriphery`], [`HeatStrip`], [`Calibration`], [`Sweep`], [`DotChart`],
//!   [`WaveCurve`], [`InfluenceTrees`], [`ProcessOutcome`], [`OrderScatter`],
//!   [`TimeLines`]; and of whole networks [`NetworkMap`], [`Multiples`],
//!   [`RegionStrip`], [`TieMatrix`];
//! - with the feature `png`, any figure as a PNG picture;
//! - the report: a [`Page`] of [`Section`]s with text, [`PageTable`]s and figures.
//!
//! Figures are 480 units wide and read well at 360 pixels; those of whole
//! networks are 720 units wide, for a page. All use colours
//! that colour-blind readers can tell apart: orange for the status quo, blue
//! for adoption, the deeper the further. What is not finite is drawn as absent.
//!
//! ```
//! use normwave_report::{Alter, EgoNetwork, Page, Positions, Push, Section, TieDirection};
//!
//! let alter = |name: &str, push, position| Alter {
//!     label: name.into(),
//!     detail: String::new(),
//!     strength: 1.0,
//!     push,
//!     position: Some(position),
//!     direction: TieDirection::ToEgo,
//! };
//! let figure = EgoNetwork {
//!     title: "Pressure on Government A".into(),
//!     subtitle: String::new(),
//!     ego: "Government A".into(),
//!     ego_position: Some(0),
//!     positions: Positions::new(["status quo", "adopted"]),
//!     sides: [0, 1],
//!     alters: vec![
//!         alter("Country B", Push::StatusQuo, 0),
//!         alter("Country C", Push::StatusQuo, 0),
//!         alter("Country D", Push::Adoption, 1),
//!         alter("Country E", Push::Adoption, 1),
//!     ],
//! };
//! let page = Page::new("An ego network")
//!     .section(Section::new("Who presses").figure(figure.to_svg(), "Two against two."));
//! assert!(page.to_html().contains("Country E"));
//! ```

mod canvas;
mod column;
mod escape;
mod figure;
mod label;
mod legend;
mod map_frame;
mod marker;
mod number;
mod page;
mod palette;
mod plot;
#[cfg(feature = "png")]
mod png;
mod projection;
mod repel;
mod scale;
mod seriation;
mod spread;
#[cfg(test)]
mod testing;
mod text_table;
mod text_width;
mod thinning;
mod time_axis;

pub use column::{Align, Column};
pub use escape::escape;
pub use figure::adoption_curve::{
    AdoptionCurve, AdoptionPoint, AdoptionSeries, HistorySeries, HistoryStyle, Quantity,
};
pub use figure::balance::{Balance, BalanceRow, Side};
pub use figure::calibration::{Calibration, CalibrationBin};
pub use figure::core_periphery::{CorePeriphery, NetworkNode, NetworkTie};
pub use figure::dot_chart::{DotChart, DotRow, Mark};
pub use figure::ego_network::{Alter, EgoNetwork, Push, TieDirection};
pub use figure::heat_strip::{HeatStrip, HeatStripGroup, HeatStripRow};
pub use figure::influence_tree::{InfluenceTrees, TreeNode};
pub use figure::multiples::{Ground, MultipleNode, Multiples, Panel};
pub use figure::network_map::{MapNode, NetworkMap};
pub use figure::order_scatter::{OrderDot, OrderScatter, RankAxis};
pub use figure::process_outcome::{IndicatorLine, IndicatorPanel, ProcessOutcome};
pub use figure::region_strip::{RegionRow, RegionStrip};
pub use figure::sweep::{Sweep, SweepLine, SweepPoint};
pub use figure::tie_matrix::{MatrixNode, TieMatrix};
pub use figure::time_lines::{TimeLine, TimeLines, TimePoint};
pub use figure::wave_curve::{StageMark, WaveCurve, WaveSpan};
pub use number::{ABSENT, compact, fixed, percent, signed};
pub use page::prose::{Prose, Tone};
pub use page::section::{Block, FigureBlock, Section};
pub use page::table::{PageRow, PageTable};
pub use page::{Card, Page};
pub use palette::{OKABE_ITO, Positions};
#[cfg(feature = "png")]
pub use png::{PngError, Typeface, to_png};
pub use text_table::TextTable;
pub use time_axis::EventMark;
