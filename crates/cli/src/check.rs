//! `normwave check`.

use crate::results::unmet;
use crate::{CheckArgs, Failure, Input, Prepared, Watch, output, words};
use normwave_analysis::TickLedger;
use normwave_engine::{Replicates, Sparse};
use normwave_network_model::ActorKind;
use normwave_plan::Trajectory;
use normwave_scenario::{
    DecisionRule, Dropped, Overrides, Scenario, Schedule, ThresholdDraw, Variant, expanded,
};
use serde_json::{Value, json};
use std::fmt::Write;

/// Reads scenarios, says what they hold, and tests what they and their variants expect.
///
/// # Errors
/// [`Failure::BadInput`] if one is wrong, [`Failure::NotMet`] if an expectation is not met.
pub(crate) fn check(args: &CheckArgs) -> Result<(), Failure> {
    if args.all {
        return check_all(args.json);
    }
    let input = Input::find(args.scenario.as_deref().unwrap_or_default())?;
    let overrides =
        Overrides { set: args.set.clone(), without: args.without.clone(), variant: args.variant.clone() };
    if args.expand {
        return output::answer(&expanded(&input.read(&overrides)?.0)?);
    }
    let checked = Checked::new(Prepared::read(&input, &overrides)?)?;
    if args.json {
        output::answer_json(&checked.to_json())?
    } else {
        output::answer(&checked.to_text()?)?
    }
    checked.verdict()
}

fn check_all(as_json: bool) -> Result<(), Failure> {
    let mut text = String::new();
    let mut all = Vec::new();
    let mut verdict = Ok(());
    let cases = normwave_cases::cases();
    let width = cases.iter().map(|case| case.name.len()).max().unwrap_or(0) + 2;
    for case in &cases {
        let checked = Checked::new(Prepared::read(&Input::bundled(case), &Overrides::default())?)?;
        let _ = writeln!(text, "{:width$}{}", case.name, checked.outcome.words());
        for line in checked.outcome.unmet() {
            let _ = writeln!(text, "{:width$}  {line}", "");
        }
        for (variant, outcome) in &checked.variants {
            let _ = writeln!(text, "{:width$}{}: {}", "", variant.name, outcome.words());
            for line in outcome.unmet() {
                let _ = writeln!(text, "{:width$}  {line}", "");
            }
        }
        verdict = verdict.and(checked.verdict());
        all.push(checked.to_json());
    }
    if as_json {
        output::answer_json(&Value::Array(all))?
    } else {
        output::answer(&text)?
    }
    verdict
}

// What is not met of what is expected; `None` if nothing is.
struct Outcome(Option<Vec<String>>);

impl Outcome {
    fn of(prepared: &Prepared, run: &Trajectory) -> Result<Self, Failure> {
        if prepared.overrides.beyond_variant() {
            return Ok(Outcome(None));
        }
        unmet(prepared, run, None, &Sparse).map(Outcome)
    }

    fn unmet(&self) -> &[String] {
        self.0.as_deref().unwrap_or_default()
    }

    fn words(&self) -> &'static str {
        match &self.0 {
            None => "expects nothing",
            Some(unmet) if unmet.is_empty() => "expected outcome: met",
            Some(_) => "expected outcome: NOT met",
        }
    }

    fn to_text(&self) -> String {
        let lines = self.unmet().iter().map(|line| format!("\n  {line}"));
        lines.fold(self.words().to_owned(), |text, line| text + &line)
    }

    fn to_json(&self) -> Value {
        self.0.as_ref().map_or(Value::Null, |unmet| json!({ "met": unmet.is_empty(), "unmet": unmet }))
    }
}

// A scenario that was read and run without noise.
struct Checked {
    prepared: Prepared,
    outcome: Outcome,
    variants: Vec<(Variant, Outcome)>,
    warnings: Vec<String>,
}

impl Checked {
    fn new(prepared: Prepared) -> Result<Self, Failure> {
        let run = run_without_noise(&prepared)?;
        let warnings = warnings(&prepared, &run)?;
        let mut variants = Vec::new();
        if prepared.overrides.is_empty() {
            for variant in &prepared.scenario.variants {
                let read =
                    Prepared::beside(&prepared.input, &variant.overrides(), Some(prepared.plan.quantum))?;
                variants.push((variant.clone(), Outcome::of(&read, &run_without_noise(&read)?)?));
            }
        }
        Ok(Checked { outcome: Outcome::of(&prepared, &run)?, prepared, variants, warnings })
    }

    fn verdict(&self) -> Result<(), Failure> {
        let outcomes = std::iter::once(&self.outcome).chain(self.variants.iter().map(|(_, outcome)| outcome));
        let all_met = outcomes.into_iter().all(|outcome| outcome.unmet().is_empty());
        if all_met { Ok(()) } else { Err(Failure::NotMet) }
    }

    fn rounding(&self) -> f64 {
        self.prepared.plan.rounding.iter().copied().fold(0.0, f64::max)
    }

    fn to_text(&self) -> Result<String, Failure> {
        let scenario = &self.prepared.scenario;
        let calendar = &scenario.calendar;
        let mut out = format!("{}\n", scenario.title);
        let mut line = |name: &str, words: String| {
            let wrapped = words::wrapped(&words, "", 66);
            for (no, words) in wrapped.lines().enumerate() {
                let _ = writeln!(out, "  {:12}{words}", if no == 0 { name } else { "" });
            }
        };
        line(
            "period",
            format!(
                "{} to {}, {} of a {}",
                calendar.start(),
                calendar.end(),
                words::count(calendar.n_ticks() as usize, "tick", "ticks"),
                format!("{:?}", calendar.length()).to_lowercase(),
            ),
        );
        line("actors", counted(&actors(scenario)));
        line("layers", counted(&layers(scenario)?));
        line("positions", listed(scenario.norm.positions.iter().map(|position| position.name.as_str())));
        line("factors", listed(scenario.factors.iter().map(|factor| factor.name.as_str())));
        line("moderators", listed(scenario.moderators.iter().map(|active| active.name.as_str())));
        line("events", listed(scenario.events.iter().map(|event| event.name.as_str())));
        line("forums", listed(scenario.forums.iter().map(|forum| forum.name.as_str())));
        line("decision", rule(scenario));
        line(
            "quantum",
            format!(
                "{:e}, rounding at most {:.1e} on any pressure",
                self.prepared.plan.quantum,
                self.rounding()
            ),
        );
        for dropped in scenario.dropped.iter().filter(|dropped| !dropped.actors.is_empty()) {
            line("left out", left_out(scenario, dropped));
        }
        for warning in &self.warnings {
            line("note", warning.clone());
        }
        let _ = writeln!(out, "{}", self.outcome.to_text());
        for (variant, outcome) in &self.variants {
            let title =
                if variant.title.is_empty() { String::new() } else { format!(" ({})", variant.title) };
            let _ = writeln!(out, "variant {}{title}: {}", variant.name, outcome.to_text());
        }
        Ok(out)
    }

    fn to_json(&self) -> Value {
        let scenario = &self.prepared.scenario;
        let names = |names: Vec<&str>| json!(names);
        json!({
            "title": scenario.title,
            "case": self.prepared.input.case,
            "file": self.prepared.input.file,
            "start": scenario.calendar.start().to_string(),
            "until": scenario.calendar.end().to_string(),
            "ticks": scenario.calendar.n_ticks(),
            "actors": pairs(&actors(scenario)),
            "layers": pairs(&layers(scenario).unwrap_or_default()),
            "positions": names(scenario.norm.positions.iter().map(|position| position.name.as_str()).collect()),
            "factors": names(scenario.factors.iter().map(|factor| factor.name.as_str()).collect()),
            "moderators": names(scenario.moderators.iter().map(|active| active.name.as_str()).collect()),
            "events": names(scenario.events.iter().map(|event| event.name.as_str()).collect()),
            "quantum": self.prepared.plan.quantum,
            "rounding": self.rounding(),
            "left-out": scenario.dropped.iter().map(|dropped| {
                let ids: Vec<&str> =
                    dropped.actors.iter().map(|&actor| scenario.network.actor(actor).id.as_str()).collect();
                (dropped.attribute.clone(), json!(ids))
            }).collect::<serde_json::Map<_, _>>(),
            "warnings": self.warnings,
            "expectations": self.outcome.to_json(),
            "variants": self.variants.iter().map(|(variant, outcome)| json!({
                "name": variant.name, "title": variant.title, "expectations": outcome.to_json(),
            })).collect::<Vec<_>>(),
        })
    }
}

fn run_without_noise(prepared: &Prepared) -> Result<Trajectory, Failure> {
    let what = Replicates { seed: 1, range: 0..1, threads: 1 };
    Ok(Watch::silent().simulate(&Sparse, &prepared.noise_free_plan(), &what)?.remove(0))
}

fn left_out(scenario: &Scenario, dropped: &Dropped) -> String {
    let ids = dropped.actors.iter().map(|&actor| scenario.network.actor(actor).id.as_str());
    format!(
        "{} without a value of `{}`, so that the norm does not apply: {}",
        words::count(dropped.actors.len(), "government", "governments"),
        dropped.attribute,
        listed(ids)
    )
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn counted(counts: &[(String, usize)]) -> String {
    let words: Vec<String> = counts.iter().map(|(name, n)| format!("{name} {n}")).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

fn pairs(counts: &[(String, usize)]) -> Value {
    counts.iter().map(|(name, n)| (name.clone(), json!(n))).collect::<serde_json::Map<_, _>>().into()
}

fn actors(scenario: &Scenario) -> Vec<(String, usize)> {
    let kinds = [
        (ActorKind::Government, "governments"),
        (ActorKind::DomesticGroup, "domestic groups"),
        (ActorKind::Ngo, "NGOs"),
        (ActorKind::Igo, "IGOs"),
    ];
    let n = |kind| scenario.network.actors().iter().filter(|actor| actor.kind == kind).count();
    kinds.into_iter().map(|(kind, name)| (name.to_owned(), n(kind))).filter(|(_, n)| *n > 0).collect()
}

// Layers with their ties at the start.
fn layers(scenario: &Scenario) -> Result<Vec<(String, usize)>, Failure> {
    let view = scenario.network_at(0)?;
    let mut layers = Vec::new();
    for layer in scenario.network.layers() {
        layers.push((layer.name.clone(), view.ties_of(&layer.name)?.len()));
    }
    Ok(layers)
}

fn rule(scenario: &Scenario) -> String {
    let decision = &scenario.decision;
    let rule = match decision.rule {
        DecisionRule::Strict => "strict".to_owned(),
        DecisionRule::AtLeast => "at least".to_owned(),
        DecisionRule::Noisy { rate, temperature, persistent } => format!(
            "noisy, {rate} reviews a year, temperature {temperature}, {} noise",
            if persistent { "persistent" } else { "fresh" }
        ),
        DecisionRule::Hazard { rate } => format!("hazard, {rate} moves a year per unit of pressure"),
        DecisionRule::Trials => "trials, one per tie of a new adopter".to_owned(),
    };
    let rule = match decision.threshold_draw {
        None => rule,
        Some(ThresholdDraw::Uniform { low, high }) => {
            format!("{rule}, thresholds drawn from {low} to {high}")
        }
        Some(ThresholdDraw::Normal { mean, sd }) => {
            format!("{rule}, thresholds drawn around {mean} with a spread of {sd}")
        }
    };
    let schedule = match (decision.schedule, decision.rule) {
        (Schedule::Synchronous, _) => "all at once".to_owned(),
        (Schedule::RandomSequential, _) => "one by one".to_owned(),
        (Schedule::Continuous { rate }, DecisionRule::Strict | DecisionRule::AtLeast) => {
            format!("in continuous time, {rate} reviews a year")
        }
        (Schedule::Continuous { .. }, _) => "in continuous time".to_owned(),
    };
    let reversal = if decision.reversal { "with reversal" } else { "no way back" };
    format!("{rule}, {schedule}, {reversal}")
}

// What is allowed, but probably not meant.
fn warnings(prepared: &Prepared, run: &Trajectory) -> Result<Vec<String>, Failure> {
    let (scenario, plan) = (&prepared.scenario, &prepared.plan);
    let mut warnings = Vec::new();
    let last = plan.n_ticks - 1;
    let state = normwave_analysis::TickState::after_decisions(run, plan.n_actors(), last);
    let ledger = TickLedger::new(scenario, last, &state)?;
    let mut pressing = std::collections::BTreeSet::new();
    let mut alone = 0;
    for actor in ledger.governments() {
        let sheet = ledger.sheet(actor);
        alone += usize::from(sheet.rows.is_empty());
        pressing.extend(sheet.rows.into_iter().map(|row| row.factor));
    }
    for factor in scenario.factors.iter().filter(|factor| !pressing.contains(&factor.name)) {
        warnings.push(format!("factor `{}` presses on nobody at the end of the run", factor.name));
    }
    if alone > 0 {
        let who = words::count(alone, "government feels", "governments feel");
        warnings.push(format!("{who} no pressure at all at the end of the run"));
    }
    for active in scenario.moderators.iter().filter(|active| active.acts_on.is_empty()) {
        warnings.push(format!("moderator `{}` acts on no factor", active.name));
    }
    if scenario.factors.is_empty() {
        warnings.push("there is no pressure factor, so nobody will ever move".to_owned());
    }
    if run.moves.is_empty() {
        warnings.push(format!("nobody moves in {}", prepared.shown_run().noun()));
    }
    if let Some(cycle) = run.cycle {
        warnings.push(format!(
            "the run without noise goes round in circles of {} ticks from {}",
            cycle.period,
            scenario.calendar.label(cycle.first)
        ));
    }
    Ok(warnings)
}
