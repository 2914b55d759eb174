//! How a norm spread in the run without noise: pattern, waves, stages, who moved whom, and what was
//! done for it beside what came of it.

use crate::report::Shows;
use crate::results::engine;
use crate::size::MOST_TAKEN_APART;
use crate::{Failure, RunResults, words};
use normwave_analysis::{
    Adoption, AdoptionCounts, Arrest, Attribution, Indicator, InfluenceForest, PatternReading, Plateau,
    Sender, Stage, Standing, TippingPoint, Wave, arrests, attributions, core_members, core_scores,
    first_adoptions, indicators, life_cycle, links, much_process_no_outcome, pattern, time_to_tip, waves,
};
use normwave_network_model::ActorId;
use normwave_plan::{Cause, Position, Tick, Trajectory};
use normwave_scenario::Scenario;
use serde_json::{Value, json};

/// Numeric attributes that are power unless a case names one.
const POWER: [&str; 3] = ["power", "capabilities", "cinc"];

/// How the norm spread in the run without noise.
#[derive(Clone, Debug)]
pub struct Course {
    /// One entry per new position, in order.
    pub positions: Vec<PositionCourse>,
    /// The most demanding position that anybody adopts, else the most demanding.
    pub main: Position,
    /// Every decision that moved a government, taken apart; none if they are too many.
    pub attributions: Vec<Attribution>,
    /// Whether decisions were taken apart.
    pub is_taken_apart: bool,
    /// Who moved whom to the main position.
    pub forest: InfluenceForest,
    /// Process and outcome by tick.
    pub indicators: Vec<Indicator>,
    /// What orders the core: the layer and, if there is one, the attribute of power.
    pub core_of: String,
    /// The attribute of power, if there is one.
    pub power: Option<String>,
}

/// How one position spread.
#[derive(Clone, Debug)]
pub struct PositionCourse {
    /// The position.
    pub position: Position,
    /// When each actor first adopted it.
    pub adopted: Vec<Option<Adoption>>,
    /// Hegemonic, peripheral, mixed or none.
    pub reading: PatternReading,
    /// By what core and periphery are told; see [`core_scores`].
    pub core_scores: Vec<Option<f64>>,
    /// Who is in the core.
    pub core: Vec<bool>,
    /// Periods of fast adoption.
    pub waves: Vec<Wave>,
    /// Stalls between and after them.
    pub arrests: Vec<Arrest>,
    /// The stages reached, with their first ticks.
    pub stages: Vec<(Stage, Tick)>,
    /// When the cascade carried itself.
    pub tipping: Option<TippingPoint>,
}

impl Course {
    /// Follows the run without noise.
    ///
    /// # Errors
    /// [`Failure`] if a derived layer cannot be computed.
    pub fn new(results: &RunResults, shows: &Shows) -> Result<Self, Failure> {
        let scenario = &results.prepared.scenario;
        let replay = results.replay();
        let is_taken_apart = n_decisions(&results.noise_free) <= MOST_TAKEN_APART;
        let attributions = if is_taken_apart {
            attributions(scenario, replay.plan, replay.trajectory, &replay.draws)?
        } else {
            Vec::new()
        };
        let (layer, power) = told_by(scenario, shows);
        let mut positions = Vec::new();
        for k in (1u8..).take(scenario.n_positions() - 1) {
            let told_by = (layer.as_deref(), power.as_deref());
            positions.push(position_course(results, told_by, k, &attributions)?);
        }
        let adopts = |course: &&PositionCourse| course.adopted.iter().any(Option::is_some);
        let main =
            positions.iter().rev().find(adopts).or(positions.last()).map_or(1, |course| course.position);
        let main_course = &positions[usize::from(main) - 1];
        let adoptions = (0u32..).map(ActorId).zip(&main_course.adopted);
        let adoptions: Vec<_> = adoptions.filter_map(|(actor, when)| Some((actor, (*when)?))).collect();
        let forest = InfluenceForest::new(&adoptions, &attributions);
        let layer = layer.map_or("all layers".to_owned(), |layer| format!("layer {layer}"));
        let core_of = match &power {
            Some(power) => format!("ties in {layer} and {power}"),
            None => format!("ties in {layer}"),
        };
        let indicators = indicators(&results.noise_free_plan, &results.noise_free);
        Ok(Course { positions, main, attributions, is_taken_apart, forest, indicators, core_of, power })
    }

    /// The course of the main position.
    #[must_use]
    pub fn of_main(&self) -> &PositionCourse {
        &self.positions[usize::from(self.main) - 1]
    }

    /// The pattern and the waves, each in a line.
    pub(crate) fn lines(&self, scenario: &Scenario) -> Vec<String> {
        let label = |tick: Tick| scenario.calendar.label(tick);
        let main = self.of_main();
        let patterns = self.positions.iter().map(|course| {
            let name = words::position_name(scenario, course.position);
            let switch = course.reading.switch.map_or(String::new(), |tick| format!(" from {}", label(tick)));
            let name = if self.positions.len() > 1 { format!("{name} ") } else { String::new() };
            format!("{name}{}{switch}", course.reading.pattern)
        });
        let mut first = format!("Pattern: {}", patterns.collect::<Vec<_>>().join(", "));
        if self.positions.len() == 1 {
            let tau = |value| normwave_report::signed(value, 2);
            first += &format!("; τ of early adoption with centrality {}", tau(main.reading.with_centrality));
            if let (Some(power), Some(value)) = (&self.power, main.reading.with_power) {
                first += &format!(", {power} {}", tau(value));
            }
        }
        vec![first, self.waves_line(scenario)]
    }

    fn waves_line(&self, scenario: &Scenario) -> String {
        let label = |tick: Tick| scenario.calendar.label(tick.min(scenario.calendar.n_ticks() - 1));
        if let Some(last) = self.indicators.last().filter(|_| much_process_no_outcome(&self.indicators)) {
            let percent = |share| normwave_report::percent(share, 0);
            let (aware, decided) = (percent(last.awareness), percent(last.decided));
            return format!("Much process, no outcome: {aware} hear of it, {decided} hold it.");
        }
        let main = self.of_main();
        let of = if self.positions.len() > 1 {
            format!(" of {}", words::position_name(scenario, main.position))
        } else {
            String::new()
        };
        let waves = main.waves.iter().map(|wave| {
            let (from, last) = (label(wave.from), label(wave.until - 1));
            let when = if from == last { from } else { format!("{from} to {last}") };
            format!("{when} (+{})", wave.adopters)
        });
        let waves: Vec<String> = waves.collect();
        if waves.is_empty() { format!("Waves{of}: none") } else { format!("Waves{of}: {}", waves.join(", ")) }
    }

    /// For a program.
    pub(crate) fn to_json(&self, scenario: &Scenario) -> Value {
        let label = |tick: Tick| scenario.calendar.label(tick);
        let of = |course: &PositionCourse| {
            let reading = &course.reading;
            let wave = |wave: &Wave| {
                json!({
                    "from": label(wave.from), "until": label(wave.until),
                    "adopters": wave.adopters, "rate": wave.rate,
                })
            };
            let arrest = |stall: &Arrest| json!({ "from": label(stall.from), "restart": stall.restart.map(label), "waiting": stall.waiting });
            let stages =
                course.stages.iter().map(|(stage, tick)| (stage.name().to_owned(), label(*tick).into()));
            json!({
                "position": course.position,
                "label": words::position_name(scenario, course.position),
                "pattern": reading.pattern.name(),
                "with_centrality": reading.with_centrality,
                "with_power": reading.with_power,
                "core_to_periphery": reading.core_to_periphery,
                "periphery_to_core": reading.periphery_to_core,
                "switch": reading.switch.map(label),
                "waves": course.waves.iter().map(wave).collect::<Vec<_>>(),
                "arrests": course.arrests.iter().map(arrest).collect::<Vec<_>>(),
                "stages": stages.collect::<serde_json::Map<_, _>>(),
                "tipping_share": course.tipping.map(|point| point.share),
            })
        };
        json!({
            "much_process_no_outcome": much_process_no_outcome(&self.indicators),
            "positions": self.positions.iter().map(of).collect::<Vec<_>>(),
        })
    }
}

/// How many moves were decided.
pub(crate) fn n_decisions(run: &Trajectory) -> usize {
    run.moves.iter().filter(|step| step.cause() == Cause::Decided).count()
}

/// A sender in words: its id, `own` or `system`.
pub(crate) fn sender_name(scenario: &Scenario, sender: Sender) -> String {
    match sender {
        Sender::Actor(actor) => scenario.network.actor(actor).id.clone(),
        Sender::Own => "own".to_owned(),
        Sender::System => "system".to_owned(),
    }
}

// The layer and the attribute by which core and periphery are told: those of the case, else those of
// its expectation, else all layers and an attribute with a usual name.
fn told_by(scenario: &Scenario, shows: &Shows) -> (Option<String>, Option<String>) {
    let expected = scenario.expect.pattern.as_ref();
    let known = |name: &str| scenario.network.attribute_names().any(|known| known == name);
    let usual = || POWER.into_iter().find(|name| known(name)).map(str::to_owned);
    let layer = shows.layer.clone().or_else(|| expected?.layer.clone());
    let power = shows.power.clone().or_else(|| match expected {
        Some(expected) => expected.power.clone(),
        None => usual(),
    });
    (layer, power)
}

fn position_course(
    results: &RunResults,
    (layer, power): (Option<&str>, Option<&str>),
    k: Position,
    attributions: &[Attribution],
) -> Result<PositionCourse, Failure> {
    let scenario = &results.prepared.scenario;
    let (plan, run) = (&results.noise_free_plan, &results.noise_free);
    let adopted = first_adoptions(plan, run, k);
    let standing = Standing::before(scenario, &adopted, layer, power)?;
    let to_k: Vec<Attribution> =
        attributions.iter().filter(|moved| plan.adopts(moved.to, k)).cloned().collect();
    let links = links(&to_k);
    let input = standing.input(&adopted, &links);
    let counts = AdoptionCounts::new(plan, &adopted);
    let waves = waves(&counts.new, &counts.at_risk);
    // A stall is an arrest from a year on, and from two ticks at least.
    let mut year = 2;
    while f64::from(year) * plan.years_per_tick < 1.0 {
        year += 1;
    }
    let arrests = arrests(&waves, &counts.at_risk, &Plateau::of(year));
    let engine = engine(&results.settings.engine)?;
    let tipping = time_to_tip(plan, run, engine.as_ref(), results.settings.seed, k);
    let stages = life_cycle(&counts, &waves, tipping.map(|point| point.tick));
    Ok(PositionCourse {
        position: k,
        reading: pattern(&input),
        core_scores: core_scores(&input),
        core: core_members(&input),
        waves,
        arrests,
        stages,
        tipping,
        adopted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Prepared, Settings, Watch};
    use normwave_scenario::Overrides;

    #[test]
    fn a_run_prints_the_pattern_by_which_its_case_is_judged() {
        let mut seen = 0;
        for case in normwave_cases::cases() {
            let prepared = Prepared::read(&Input::bundled(&case), &Overrides::default()).unwrap();
            let Some(expected) = prepared.scenario.expect.pattern.clone() else { continue };
            let engine = String::new();
            let settings = Settings { seed: 1, replicates: 1, engine, threads: 1, command: Vec::new() };
            let results = RunResults::simulate(prepared, settings, &Watch::silent()).unwrap();
            let course = Course::new(&results, &Shows::default()).unwrap();
            let met = !results.unmet().unwrap_or_default().iter().any(|line| line.contains("pattern"));
            assert_eq!(course.positions[0].reading.pattern.name() == expected.is, met, "{}", case.name);
            seen += 1;
        }
        assert!(seen > 0);
    }
}
