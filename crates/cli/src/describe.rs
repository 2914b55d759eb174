//! `normwave describe`.

mod figures;
mod json;
mod missing;
mod page;
mod tables;
mod text;

use crate::folder::{RunFolder, Target};
use crate::words::position;
use crate::{DescribeArgs, Failure, Input, Prepared, Watch, output, words};
use normwave_analysis::describe::{Description, Diffusion, Infecting, Onset, Settings};
use normwave_engine::{Replicates, Sparse};
use normwave_network_model::Tick;
use normwave_network_model::measure::Strengths;
use normwave_plan::Position;
use normwave_scenario::{SCHEMA_VERSION, Scenario};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Describes who adopted when: prints a summary, and writes a folder if one is asked for.
///
/// # Errors
/// [`Failure`].
pub(crate) fn describe(args: &DescribeArgs) -> Result<(), Failure> {
    let input = Input::find(&args.changes.scenario)?;
    let overrides = args.changes.overrides();
    let (scenario, hashes) = input.read(&overrides)?;
    let scenario = Arc::new(scenario);
    let asked = args.position.as_deref().map(|name| position(&scenario, name)).transpose()?;
    for name in &args.layer {
        scenario.network.layer_id(name)?;
    }
    let folder = args
        .out
        .as_ref()
        .map(|path| RunFolder::begin(Target::Named { path: path.clone(), force: args.force }));
    let folder = folder.transpose()?;
    let settings = Settings {
        layers: args.layer.clone(),
        strengths: if args.unweighted { Strengths::Ignored } else { Strengths::Used },
        permutations: args.permutations,
        seed: args.seed,
        infecting: Infecting { ticks: args.within, ..Infecting::default() },
        ..Settings::default()
    };
    let (origin, position, diffusion) = if args.simulated || scenario.history.is_empty() {
        let prepared = Prepared::read(&input, &overrides)?;
        let plan = prepared.noise_free_plan();
        let what = Replicates { seed: args.seed, range: 0..1, threads: 1 };
        let run = Watch::silent().simulate(&Sparse, &plan, &what)?.remove(0);
        let taken = run.moves.iter().map(|step| step.to()).max();
        let position = asked.unwrap_or_else(|| taken.unwrap_or(0).max(1));
        let diffusion = Diffusion::simulated(&scenario, &plan, &run, position);
        (Origin::Simulated(prepared.shown_run().noun()), position, diffusion)
    } else {
        let taken = scenario.history.iter().map(|adoption| adoption.position).max();
        let position = asked.unwrap_or_else(|| taken.unwrap_or(1));
        (Origin::Observed, position, Diffusion::observed(&scenario, position))
    };
    let found = Description::new(&scenario, diffusion, &settings)?;
    let told = Told { scenario: &scenario, found, settings, origin, position };
    let path = match folder {
        Some(folder) => {
            write(&folder, &told, args, &hashes)?;
            Some(folder.finish()?)
        }
        None => None,
    };
    if args.json {
        output::answer_json(&json::to_json(&told))
    } else {
        output::answer(&text::to_text(&told, path.as_deref()))
    }
}

/// Where a description comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The scenario's history.
    Observed,
    /// A run: which.
    Simulated(&'static str),
}

/// A description, and what it is of.
pub(crate) struct Told<'s> {
    pub(crate) scenario: &'s Scenario,
    pub(crate) found: Description,
    pub(crate) settings: Settings,
    pub(crate) origin: Origin,
    pub(crate) position: Position,
}

impl Told<'_> {
    /// Name of a tick.
    pub(crate) fn label(&self, tick: Tick) -> String {
        self.scenario.calendar.label(tick)
    }

    /// The position that is adopted, in words.
    pub(crate) fn what(&self) -> String {
        if self.position == 0 {
            return "any new position".to_owned();
        }
        let name = words::position_name(self.scenario, self.position);
        let last = usize::from(self.position) + 1 == self.scenario.n_positions();
        if self.scenario.norm.graded && !last { format!("{name} or more") } else { name.to_owned() }
    }

    /// A government's id.
    pub(crate) fn id(&self, place: usize) -> &str {
        &self.scenario.network.actor(self.found.diffusion.population.actors()[place]).id
    }

    /// A government's name.
    pub(crate) fn name(&self, place: usize) -> &str {
        self.scenario.network.actor(self.found.diffusion.population.actors()[place]).name()
    }

    /// Number of governments.
    pub(crate) fn n(&self) -> usize {
        self.found.diffusion.population.len()
    }

    /// A tick of the calendar's length, as `month`.
    pub(crate) fn unit(&self) -> &'static str {
        use normwave_network_model::TickLength;
        match self.scenario.calendar.length() {
            TickLength::Day => "day",
            TickLength::Week => "week",
            TickLength::Month => "month",
            TickLength::Quarter => "quarter",
            TickLength::Year => "year",
        }
    }

    /// The first tick by whose end half of those who adopt in the period had done so; the last tick if
    /// nobody does. Layers are summed up there.
    pub(crate) fn middle(&self) -> Tick {
        let diffusion = &self.found.diffusion;
        let all = diffusion.adopters().count();
        let before = diffusion.count(Onset::Before);
        let half = |point: &&normwave_analysis::describe::HazardPoint| {
            all > 0 && 2 * (point.ever_adopted - before) >= all
        };
        let last = diffusion.n_ticks().saturating_sub(1);
        self.found.hazards.iter().find(half).map_or(last, |point| point.tick)
    }
}

fn write(
    folder: &RunFolder,
    told: &Told<'_>,
    args: &DescribeArgs,
    hashes: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let manifest = json!({
        "normwave": env!("CARGO_PKG_VERSION"),
        "schema": SCHEMA_VERSION,
        "describes": json::origin(told),
        "scenario": { "title": told.scenario.title, "argument": args.changes.scenario },
        "blake3": hashes,
        "variant": args.changes.variant,
        "set": args.changes.set,
        "without": args.changes.without,
        "settings": json::settings(told),
        "files": tables::about(),
    });
    folder.write("manifest.json", &format!("{manifest:#}\n"))?;
    for (name, table) in tables::tables(told) {
        folder.write(name, &table)?;
    }
    let figures = figures::figures(told);
    for figure in &figures {
        folder.write(&format!("figures/{}.svg", figure.file), &figure.svg)?;
    }
    folder.write("report.html", &page::page(told, &figures).to_html())
}
