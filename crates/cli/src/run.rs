//! `normwave run`.

use crate::folder::{RunFolder, Target};
use crate::results::engine;
use crate::{
    Course, Failure, Input, Prepared, RunArgs, RunResults, Settings, Watch, manifest, output, report,
    summary, tables,
};
use std::path::PathBuf;
use std::time::Instant;

/// Replicates of a run in which chance plays a part, unless told.
const REPLICATES: u64 = 200;

/// Runs a scenario, writes its folder and prints a summary.
///
/// # Errors
/// [`Failure`].
pub(crate) fn run(args: &RunArgs) -> Result<(), Failure> {
    let begun = Instant::now();
    let input = Input::find(&args.changes.scenario)?;
    let prepared = Prepared::read(&input, &args.changes.overrides())?;
    let settings = Settings {
        seed: args.seed,
        replicates: args.replicates.unwrap_or(if prepared.has_chance() { REPLICATES } else { 1 }),
        engine: engine(args.engine.as_deref().unwrap_or_default())?.name().to_owned(),
        threads: args.threads,
        command: command_line(),
    };
    // Begun before the work, so that a folder that cannot be written is found at once.
    let folder = RunFolder::begin(target(args, &input))?;
    let watch = Watch::at_terminal()?;
    watch.begun("reading and lowering", begun);
    let done = in_folder(&folder, prepared, settings, !args.no_report, &watch);
    watch.finish();
    let (results, extra, course) = done?;
    let path = folder.finish()?;
    if args.timings {
        output::note(&timings(&watch.seconds()));
    }
    if args.json {
        output::answer_json(&summary::to_json(&results, &course, &path))
    } else {
        output::answer(&summary::to_text(&results, &extra, &course, &path))
    }
}

fn in_folder(
    folder: &RunFolder,
    prepared: Prepared,
    settings: Settings,
    with_report: bool,
    watch: &Watch,
) -> Result<(RunResults, report::CaseReport, Course), Failure> {
    let results = RunResults::simulate(prepared, settings, watch)?;
    watch.stage("tables and course");
    let manifest = format!("{:#}\n", manifest::manifest(&results));
    folder.write("manifest.json", &manifest)?;
    // The ledger takes about as long as all the rest.
    let (ledger, rest) = results.settings.side_by_side(
        || tables::ledger(&results),
        || {
            folder.write("adoptions.csv", &tables::adoptions(&results))?;
            folder.write("shares.csv", &tables::shares(&results))?;
            let shows = report::case_shows(&results)?;
            let course = Course::new(&results, &shows.shows)?;
            Ok::<_, Failure>((shows, course))
        },
    );
    folder.write("ledger.csv", &ledger?)?;
    watch.go_on()?;
    let (shows, course) = rest?;
    folder.write("waves.csv", &tables::waves(&results, &course))?;
    folder.write("influence.csv", &tables::influence(&results, &course))?;
    folder.write("indicators.csv", &tables::indicators(&results, &course))?;
    watch.go_on()?;
    if !with_report {
        return Ok((results, shows, course));
    }
    watch.stage("evidence");
    let extra = report::case_report(&results, watch)?;
    watch.stage("report");
    let mut figures = report::figures(&results, &extra)?;
    figures.extend(report::course_figures(&results, &course));
    for figure in figures.iter().chain(&extra.figures) {
        folder.write(&format!("figures/{}.svg", figure.file), &figure.svg)?;
    }
    folder.write("report.html", &report::page(&results, &figures, &extra).to_html())?;
    watch.go_on()?;
    Ok((results, extra, course))
}

// In one line, with the peak of memory where the system tells it.
fn timings(seconds: &[(String, f64)]) -> String {
    let parts: Vec<String> = seconds.iter().map(|(name, took)| format!("{name} {took:.2}")).collect();
    let all: f64 = seconds.iter().map(|stage| stage.1).sum();
    let memory =
        peak_memory().map_or(String::new(), |megabytes| format!("; {megabytes} MB of memory at most"));
    format!("seconds: {}; in all {all:.2}{memory}", parts.join(", "))
}

// In units of 2²⁰ bytes, as Linux counts it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn target(args: &RunArgs, input: &Input) -> Target {
    match &args.out {
        Some(path) => Target::Named { path: path.clone(), force: args.force },
        None => Target::Numbered { parent: PathBuf::from("runs"), stem: input.stem.clone() },
    }
}

// The command as it was given, with the program by its name rather than by its place.
fn command_line() -> Vec<String> {
    let given = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once("normwave".to_owned()).chain(given).collect()
}
