//! How a norm spread in the run without noise: pattern, waves, stages, who moved whom, and what was
//! done for it beside what came of it.

use crate::report::Shows;
use crate::results::engine;
use crate::{Failure, RunResults, words};
use normwave_analysis::{
    Adoption, AdoptionCounts, Arrest, Attribution, Indicator, InfluenceForest, PatternInput, PatternReading,
    Plateau, Sender, Stage, TippingPoint, Wave, arrests, centrality, core_members, core_scores,
    first_adoptions, indicators, life_cycle, links, much_process_no_outcome, pattern, time_to_tip, waves,
};
use normwave_network_model::ActorId;
use normwave_plan::{Position, Tick};
use normwave_scenario::Scenario;
use serde_json::{Value, json};

/// Share of the governments that is the core.
const CORE: f64 = 0.2;
/// Numeric attributes that are power unless a case names one.
const POWER: [&str; 3] = ["power", "capabilities", "cinc"];

/// How the norm spread in the run without noise.
#[derive(Clone, Debug)]
pub struct Course {
    /// One entry per new position, in order.
    pub positions: Vec<PositionCourse>,
    /// The most demanding position that anybody adopts, else the most demanding.
    pub main: Position,
    /// Every decision that moved a government, taken apart.
    pub attributions: Vec<Attribution>,
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
        let attributions = attributions(results)?;
        let power = power(&results.prepared.scenario, shows);
        let mut positions = Vec::new();
        for k in (1u8..).take(results.prepared.scenario.n_positions() - 1) {
            positions.push(position_course(results, shows, k, &attributions, power.as_deref())?);
        }
        let adopts = |course: &&PositionCourse| course.adopted.iter().any(Option::is_some);
        let main =
            positions.iter().rev().find(adopts).or(positions.last()).map_or(1, |course| course.position);
        let main_course = &positions[usize::from(main) - 1];
        let adoptions = (0u32..).map(ActorId).zip(&main_course.adopted);
        let adoptions: Vec<_> = adoptions.filter_map(|(actor, when)| Some((actor, (*when)?))).collect();
        let forest = InfluenceForest::new(&adoptions, &attributions);
        let layer = shows.layer.as_ref().map_or("all layers".to_owned(), |layer| format!("layer {layer}"));
        let core_of = match &power {
            Some(power) => format!("ties in {layer} and {power}"),
            None => format!("ties in {layer}"),
        };
        let indicators = indicators(&results.noise_free_plan, &results.noise_free);
        Ok(Course { positions, main, attributions, forest, indicators, core_of, power })
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

/// A sender in words: its id, `own` or `system`.
pub(crate) fn sender_name(scenario: &Scenario, sender: Sender) -> String {
    match sender {
        Sender::Actor(actor) => scenario.network.actor(actor).id.clone(),
        Sender::Own => "own".to_owned(),
        Sender::System => "system".to_owned(),
    }
}

fn attributions(results: &RunResults) -> Result<Vec<Attribution>, Failure> {
    let mut attributions = Vec::new();
    results.replay().for_each_decision_and_before(|step, moment, before| {
        attributions.push(Attribution::new(&moment.sheet, before.as_ref(), step.to, false));
        Ok(())
    })?;
    Ok(attributions)
}

fn power(scenario: &Scenario, shows: &Shows) -> Option<String> {
    let known = |name: &str| scenario.network.attribute_names().any(|known| known == name);
    let usual = || POWER.into_iter().find(|name| known(name)).map(str::to_owned);
    shows.power.clone().or_else(usual)
}

fn position_course(
    results: &RunResults,
    shows: &Shows,
    k: Position,
    attributions: &[Attribution],
    power: Option<&str>,
) -> Result<PositionCourse, Failure> {
    let scenario = &results.prepared.scenario;
    let (plan, run) = (&results.noise_free_plan, &results.noise_free);
    let adopted = first_adoptions(plan, run, k);
    let first = adopted.iter().flatten().map(|adoption| adoption.tick).min().unwrap_or(0);
    let before = first.saturating_sub(1);
    let centrality = centrality(scenario, shows.layer.as_deref(), before)?;
    let date = scenario.calendar.as_of(before);
    let power = power.map(|name| {
        let all = (0u32..).map(ActorId).take(plan.n_actors());
        all.map(|actor| scenario.network.value(name, actor, date)?.number()).collect::<Vec<_>>()
    });
    let to_k: Vec<Attribution> =
        attributions.iter().filter(|moved| plan.adopts(moved.to, k)).cloned().collect();
    let links = links(&to_k);
    let input = PatternInput {
        adopted: &adopted,
        centrality: &centrality,
        power: power.as_deref(),
        links: &links,
        core: CORE,
    };
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
