//! From results to figures and the page `report.html`.
//!
//! Every run has the figures and sections of this module. A bundled case can add its own: it gives
//! a [`CaseReport`], made by a function that is entered in `CASES` with the case's name.

mod course;
mod figures;
mod ottawa;
mod sections;

use crate::{Course, Failure, Prepared, RunResults, Watch, words};
use normwave_network_model::Date;
use normwave_plan::Position;
use normwave_report::{Card, HistorySeries, HistoryStyle, Page, Section};
use normwave_scenario::{Adoption, Scenario};

pub use course::course_figures;
pub use figures::{balance, figures};
pub use sections::page;

/// What a case adds to a run: to the page, the figures and the summary.
#[derive(Clone, Debug, Default)]
pub struct CaseReport {
    /// What the general figures show.
    pub shows: Shows,
    /// Cards at the head of the page, before the general ones.
    pub cards: Vec<Card>,
    /// Sections, after what came out and before the general rest.
    pub sections: Vec<Section>,
    /// Figures that are written beside the general ones.
    pub figures: Vec<NamedFigure>,
    /// Lines of the summary, of which the first four are shown.
    pub summary: Vec<String>,
}

/// What the general figures show; what is left out is chosen from what the scenario has.
#[derive(Clone, Debug, Default)]
pub struct Shows {
    /// Layer whose centrality places actors between core and periphery.
    pub layer: Option<String>,
    /// Numeric attribute that sizes them.
    pub power: Option<String>,
    /// Categorical attribute that groups them.
    pub group: Option<String>,
    /// The day on which the network is drawn; the last if left out.
    pub network_on: Option<Date>,
    /// Names of the events that are marked over time; all if they are few.
    pub events: Vec<String>,
    /// Whose balance is drawn, and on which day; the closest calls if left out.
    pub balances: Vec<(String, Date)>,
    /// What happened, drawn beside adoption over time.
    pub history: Vec<HistorySeries>,
}

/// A figure with the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFigure {
    /// The file's name, without `.svg`.
    pub file: String,
    /// The figure, as a `to_svg` of `normwave-report` returns it.
    pub svg: String,
    /// Words below it on the page.
    pub caption: String,
    /// In which section it stands.
    pub part: Part,
}

/// A section of the page that holds figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Adoption over time.
    Adoption,
    /// How it spread: waves, order, influence, process beside outcome.
    Course,
    /// The network from core to periphery.
    Network,
    /// Balances of pressure and ego networks.
    Balance,
    /// A section of the case's own, which holds the figure already.
    Own,
}

/// Makes a case's part of the report; it may run counterfactuals of the results.
pub type MakeCaseReport = fn(&RunResults, &Watch) -> Result<CaseReport, Failure>;

/// What the figures and tables of a case show, where nothing need be run for it.
pub type CaseShows = fn() -> Result<Shows, Failure>;

/// The cases that have sections of their own.
const CASES: &[(&str, CaseShows, MakeCaseReport)] = &[("ottawa", ottawa::shows, ottawa::case_report)];

/// What the case of a run adds; nothing for other scenarios, nor for counterfactuals of the case,
/// about which its words would be wrong.
///
/// # Errors
/// [`Failure`] if one of its own runs fails or is stopped.
pub fn case_report(results: &RunResults, watch: &Watch) -> Result<CaseReport, Failure> {
    match found(&results.prepared) {
        Some((_, _, make)) => make(results, watch),
        None => case_shows(results),
    }
}

/// As [`case_report`], of which only what tables are made by is filled: what takes no run.
///
/// # Errors
/// [`Failure`] if the case is not what it should be.
pub fn case_shows(results: &RunResults) -> Result<CaseReport, Failure> {
    Ok(CaseReport { shows: shows_of(&results.prepared)?, ..CaseReport::default() })
}

/// What the figures of a scenario show: what its case says, else the history that it names.
///
/// # Errors
/// [`Failure`] if the case is not what it should be.
pub fn shows_of(prepared: &Prepared) -> Result<Shows, Failure> {
    match found(prepared) {
        Some((_, shows, _)) => shows(),
        None => Ok(Shows { history: observed(&prepared.scenario)?, ..Shows::default() }),
    }
}

// The share of governments that held each position in truth, at the end of each tick.
#[expect(clippy::cast_precision_loss, reason = "numbers of governments")]
fn observed(scenario: &Scenario) -> Result<Vec<HistorySeries>, Failure> {
    let mut series: Vec<HistorySeries> = Vec::new();
    if scenario.history.is_empty() {
        return Ok(series);
    }
    for position in (1..scenario.norm.positions.len()).filter_map(|k| Position::try_from(k).ok()) {
        if scenario.history.iter().any(|adoption| adoption.position == position) {
            let label = format!("{}: observed", words::position_name(scenario, position));
            let position = usize::from(position);
            series.push(HistorySeries { position, label, points: Vec::new(), style: HistoryStyle::Step });
        }
    }
    for tick in 0..scenario.calendar.n_ticks() {
        let (date, day) = (scenario.calendar.date_of(tick), scenario.calendar.as_of(tick));
        let view = scenario.network_at(tick)?;
        let governments: Vec<_> = view.governments().filter(|&actor| scenario.present(actor, day)).collect();
        for line in &mut series {
            let holds = |adoption: &&Adoption| {
                usize::from(adoption.position) == line.position
                    && adoption.spell.contains(day)
                    && governments.contains(&adoption.actor)
            };
            let n = scenario.history.iter().filter(holds).count();
            line.points.push((date, n as f64 / governments.len().max(1) as f64));
        }
    }
    Ok(series)
}

fn found(prepared: &Prepared) -> Option<&'static (&'static str, CaseShows, MakeCaseReport)> {
    let case = prepared.input.case.filter(|_| prepared.overrides.is_empty());
    CASES.iter().find(|(name, _, _)| Some(*name) == case)
}

/// The whole page as a document, without a case's own part: for tests and library users.
///
/// # Errors
/// [`Failure`] if a derived layer cannot be computed.
pub fn plain_page(results: &RunResults) -> Result<Page, Failure> {
    let extra = CaseReport::default();
    let course = Course::new(results, &extra.shows)?;
    let mut all = figures(results, &extra)?;
    all.extend(course_figures(results, &course));
    Ok(page(results, &all, &extra))
}
