//! `normwave picture`: the network of a scenario as a figure.

mod drawing;
#[cfg(feature = "png")]
mod png;

use crate::report::{Shows, shows_of};
use crate::size::MOST_SHOWN;
use crate::{Failure, Input, PictureArgs, PictureKind, PictureOf, Prepared, Watch, output, words};
pub(crate) use drawing::Drawing;
use normwave_engine::{Replicates, Sparse};
use normwave_network_model::{Tick, parse_date};
use normwave_plan::{Position, Trajectory};
use normwave_scenario::Scenario;
use std::path::Path;

/// Most dates side by side.
const MOST_DATES: usize = 12;
/// Most rows of a matrix.
const MOST_ROWS: usize = 600;

/// Draws a picture and writes it.
///
/// # Errors
/// [`Failure::BadInput`] if what is asked for cannot be drawn.
pub(crate) fn picture(args: &PictureArgs) -> Result<(), Failure> {
    let format = Format::of(&args.out)?;
    let input = Input::find(&args.changes.scenario)?;
    let prepared = Prepared::read(&input, &args.changes.overrides())?;
    let scenario = &prepared.scenario;
    // All that can be wrong is found before anything is run.
    let ticks = ticks(scenario, args)?;
    let mut shows = shows_of(&prepared)?;
    asked(scenario, args, &mut shows)?;
    let position = args.position.as_deref().map(|name| words::position(scenario, name)).transpose()?;
    let n_governments = scenario.network_at(ticks[ticks.len() - 1])?.governments().count();
    let most = if args.kind == PictureKind::Matrix { MOST_ROWS } else { MOST_SHOWN };
    if n_governments > most {
        return Err(Failure::BadInput(format!(
            "{n_governments} governments are more than the {most} for which this picture has room"
        )));
    }
    if let (PictureOf::History, Some(no)) = (args.of, args.replicate) {
        return Err(Failure::BadInput(format!(
            "--replicate {no}: a history has no replicates\nLeave it out, or leave out --of history."
        )));
    }
    let plan = if args.replicate.is_some() { prepared.plan.clone() } else { prepared.noise_free_plan() };
    let drawing = match args.of {
        PictureOf::Run => {
            let no = args.replicate.unwrap_or(0);
            let what = Replicates { seed: args.seed, range: no..no + 1, threads: 1 };
            let run = Watch::silent().simulate(&Sparse, &plan, &what)?.remove(0);
            let of =
                args.replicate.map_or(prepared.shown_run().noun().to_owned(), |no| format!("replicate {no}"));
            of_run(scenario, shows, run, plan.n_actors(), of)
        }
        PictureOf::History => of_history(scenario, shows)?,
    };
    if args.kind == PictureKind::Map && !drawing.has_places() {
        return Err(Failure::BadInput(
            "no actor has coordinates, so that there is no map\nGive actors the attributes `lat` and `lng` \
             (degrees; north and east are positive), or draw --kind rings."
                .to_owned(),
        ));
    }
    let tick = ticks[ticks.len() - 1];
    let no_ties = || Failure::BadInput("no layer has ties on that date\nGive one with --layer.".to_owned());
    let svg = match args.kind {
        PictureKind::Map => drawing.map(tick)?.to_svg(),
        PictureKind::Rings => drawing.rings(tick)?.ok_or_else(no_ties)?.to_svg(),
        PictureKind::Multiples => drawing.multiples(&ticks)?.to_svg(),
        PictureKind::Regions => {
            let k = position.unwrap_or_else(|| furthest(scenario, &(drawing.held)(tick)));
            drawing.regions(k, &|held, k| plan.adopts(held, k))?.to_svg()
        }
        PictureKind::Matrix => drawing.matrix(tick, args.seed)?.ok_or_else(no_ties)?.to_svg(),
    };
    let bytes = match format {
        Format::Svg => svg.into_bytes(),
        Format::Png => png(&svg, args.width)?,
    };
    std::fs::write(&args.out, bytes).map_err(|error| Failure::io(&args.out, &error))?;
    output::answer(&format!("{}", args.out.display()))
}

/// The drawing of a run.
pub(crate) fn of_run(
    scenario: &Scenario,
    shows: Shows,
    run: Trajectory,
    n_actors: usize,
    of: String,
) -> Drawing<'_> {
    let held = move |tick: Tick| run.positions_before(n_actors, tick + 1, 0);
    Drawing { scenario, shows, held: Box::new(held), of }
}

// The drawing of what was adopted in truth.
fn of_history(scenario: &Scenario, shows: Shows) -> Result<Drawing<'_>, Failure> {
    if scenario.history.is_empty() {
        return Err(Failure::BadInput(
            "--of history: the scenario has none\nName its dates of adoption with the key `history`, or leave --of out \
             to draw a run."
                .to_owned(),
        ));
    }
    let held = |tick: Tick| {
        let day = scenario.calendar.as_of(tick);
        let mut held = vec![0; scenario.network.actors().len()];
        for adoption in scenario.history.iter().filter(|adoption| adoption.spell.contains(day)) {
            held[adoption.actor.idx()] = adoption.position;
        }
        held
    };
    Ok(Drawing { scenario, shows, held: Box::new(held), of: "truth".to_owned() })
}

/// Start, quarter, half, three quarters and end of a period, each once.
pub(crate) fn quarters(n_ticks: u32) -> Vec<Tick> {
    let last = n_ticks.saturating_sub(1);
    let mut ticks: Vec<Tick> = (0..=4u64).map(|quarter| (u64::from(last) * quarter / 4) as Tick).collect();
    ticks.dedup();
    ticks
}

// The most demanding position that anybody holds, else the most demanding.
fn furthest(scenario: &Scenario, held: &[Position]) -> Position {
    let last = Position::try_from(scenario.n_positions() - 1).unwrap_or(Position::MAX);
    held.iter().copied().max().filter(|&k| k > 0).unwrap_or(last)
}

enum Format {
    Svg,
    Png,
}

impl Format {
    fn of(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("svg") => Ok(Format::Svg),
            Some("png") if cfg!(feature = "png") => Ok(Format::Png),
            Some("png") => Err(Failure::BadInput(format!(
                "{}: this normwave was built without PNG pictures\nGive a name that ends in .svg, or build it with the \
                 feature `png`.",
                path.display()
            ))),
            _ => Err(Failure::BadInput(format!(
                "{}: the picture is an SVG or a PNG file\nGive a name that ends in .svg or .png.",
                path.display()
            ))),
        }
    }
}

#[cfg(feature = "png")]
fn png(svg: &str, width: u32) -> Result<Vec<u8>, Failure> {
    png::png(svg, width)
}

#[cfg(not(feature = "png"))]
fn png(_: &str, _: u32) -> Result<Vec<u8>, Failure> {
    Err(Failure::BadInput("this normwave was built without PNG pictures".to_owned()))
}

// ---- What the command line names.

// When: one tick, or those that stand side by side.
fn ticks(scenario: &Scenario, args: &PictureArgs) -> Result<Vec<Tick>, Failure> {
    let calendar = &scenario.calendar;
    let several = args.kind == PictureKind::Multiples;
    let over_time = several || args.kind == PictureKind::Regions;
    if !args.dates.is_empty() && !several {
        return Err(Failure::BadInput(
            "--dates: only --kind multiples shows several dates\nGive one with --date.".to_owned(),
        ));
    }
    if let Some(date) = args.date.as_deref().filter(|_| over_time) {
        let instead = if several { "Give them with --dates." } else { "Leave it out." };
        return Err(Failure::BadInput(format!(
            "--date {date}: this picture shows more than one date\n{instead}"
        )));
    }
    if args.dates.len() > MOST_DATES {
        return Err(Failure::BadInput(format!(
            "--dates: {} dates are more than the {MOST_DATES} for which there is room",
            args.dates.len()
        )));
    }
    let tick = |flag: &str, text: &str| {
        let date = parse_date(text).map_err(|error| Failure::BadInput(format!("{flag} {text}: {error}")))?;
        calendar.tick_of(date).ok_or_else(|| {
            Failure::BadInput(format!(
                "{flag} {text} lies outside the period, {} to {}\nGive a date inside it.",
                calendar.start(),
                calendar.end()
            ))
        })
    };
    let last = calendar.n_ticks() - 1;
    match (&args.date, several) {
        (Some(date), _) => Ok(vec![tick("--date", date)?]),
        (None, true) if args.dates.is_empty() => Ok(quarters(calendar.n_ticks())),
        (None, true) => {
            let mut ticks: Vec<Tick> =
                args.dates.iter().map(|date| tick("--dates", date.trim())).collect::<Result<_, _>>()?;
            ticks.sort_unstable();
            ticks.dedup();
            Ok(ticks)
        }
        (None, false) => Ok(vec![last]),
    }
}

// Layer, size and groups, in place of what the case shows.
fn asked(scenario: &Scenario, args: &PictureArgs, shows: &mut Shows) -> Result<(), Failure> {
    let network = &scenario.network;
    if let Some(name) = &args.layer {
        let layers = network.layers().iter().map(|layer| layer.name.as_str());
        let affiliations = network.affiliations().iter().map(|affiliation| affiliation.name.as_str());
        let is_affiliation = args.kind == PictureKind::Matrix && network.affiliation(name).is_some();
        if let Err(error) = network.layer_id(name).map(|_| ())
            && !is_affiliation
        {
            let near = words::did_you_mean(name, layers.chain(affiliations));
            return Err(Failure::BadInput(format!("--layer: {error}{near}")));
        }
        shows.layer = Some(name.clone());
    } else if args.kind == PictureKind::Matrix && args.by.as_deref() != Some(drawing::COMMUNITIES) {
        // What two states share says more of a pair than the layer by which a core is told.
        shows.layer = None;
    }
    let attribute = |flag: &str, name: &str| {
        network.attribute(name).map_err(|error| {
            let near = words::did_you_mean(name, network.attribute_names());
            Failure::BadInput(format!("{flag}: {error}{near}"))
        })
    };
    let values = |name: &str| {
        let dates = [scenario.calendar.as_of(0), scenario.calendar.as_of(scenario.calendar.n_ticks() - 1)];
        let actors = (0u32..).map(normwave_network_model::ActorId).take(network.actors().len());
        let name = name.to_owned();
        actors
            .flat_map(move |actor| dates.map(|date| (actor, date)))
            .filter_map(move |(actor, date)| network.value(&name, actor, date))
    };
    if let Some(name) = &args.size {
        attribute("--size", name)?;
        if let Some(category) = values(name).find_map(|value| value.category().map(str::to_owned)) {
            return Err(Failure::BadInput(format!(
                "--size {name}: its values are words, such as {category}, and have no size\nGive an attribute whose \
                 values are numbers."
            )));
        }
        shows.power = Some(name.clone());
    }
    if let Some(name) = &args.by {
        if name == drawing::COMMUNITIES && args.kind == PictureKind::Matrix {
            shows.group = Some(name.clone());
            return Ok(());
        }
        attribute("--by", name)?;
        if let Some(number) = values(name).find_map(|value| value.number()) {
            return Err(Failure::BadInput(format!(
                "--by {name}: its values are numbers, such as {number}, and name no groups\nGive an attribute whose \
                 values are words."
            )));
        }
        shows.group = Some(name.clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_five_quarters_unless_it_is_too_short() {
        assert_eq!(quarters(132), [0, 32, 65, 98, 131]);
        assert_eq!(quarters(5), [0, 1, 2, 3, 4]);
        assert_eq!(quarters(2), [0, 1]);
        assert_eq!(quarters(1), [0]);
    }
}
