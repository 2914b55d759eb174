//! How governments decide: the rule, its schedule and its costs.

use super::Context;
use crate::file::{DecisionFile, NoiseFile, NumberOr, RuleKind, ScenarioFile, ScheduleKind};
use crate::{Decision, DecisionRule, Factor, ScenarioError, Schedule};
use normwave_network_model::Network;
use normwave_plan::REVIEWS_PER_YEAR;
use normwave_pressure_factors::{Scope, Signal};
use toml::Spanned;

/// The most reviews or moves in a tick that are expected of each actor in continuous time.
pub(crate) const MOST_REVIEWS: f64 = if cfg!(fuzzing) { 16.0 } else { 4096.0 };

pub(super) fn assemble(
    context: &Context<'_>,
    file: &ScenarioFile,
    network: &Network,
    factors: &[Factor],
) -> Result<Decision, ScenarioError> {
    let decision = &file.decision;
    let kind = decision.rule.as_ref().map_or(RuleKind::Strict, |rule| *rule.get_ref());
    let schedule = schedule(context, decision, kind)?;
    let rate = rate(context, decision, kind, schedule)?;
    let temperature = positive(context, decision.temperature.as_ref(), "temperature")?;
    let of_noise = [("temperature", decision.temperature.as_ref().map(Spanned::span))];
    let of_noise = of_noise.into_iter().chain([("noise", decision.noise.as_ref().map(Spanned::span))]);
    for (name, span) in of_noise.filter(|_| kind != RuleKind::Noisy) {
        if let Some(span) = span {
            return Err(context.error(
                span,
                format!("[decision] {name}"),
                format!("`{name}` belongs to the noisy rule"),
                "Set rule = \"noisy\", or leave it out.",
            ));
        }
    }
    if matches!(kind, RuleKind::Hazard | RuleKind::Trials) {
        refuse_costs(context, file, kind)?;
    }
    if kind == RuleKind::Trials {
        refuse_what_is_not_tried(context, decision, factors)?;
    }
    Ok(Decision {
        rule: match kind {
            RuleKind::Strict => DecisionRule::Strict,
            RuleKind::AtLeast => DecisionRule::AtLeast,
            RuleKind::Noisy => DecisionRule::Noisy {
                rate: rate.unwrap_or(REVIEWS_PER_YEAR),
                temperature: temperature.unwrap_or(1.0),
                persistent: decision
                    .noise
                    .as_ref()
                    .is_none_or(|noise| *noise.get_ref() == NoiseFile::Persistent),
            },
            RuleKind::Hazard => DecisionRule::Hazard { rate: rate.unwrap_or(1.0) },
            RuleKind::Trials => DecisionRule::Trials,
        },
        thresholds: context.sum_per_actor(
            network,
            decision.threshold.number,
            &decision.threshold.attributes,
            "threshold",
        )?,
        threshold_draw: decision.threshold.draw,
        exits: context.per_actor(network, &decision.exit, "exit")?,
        reversal: decision.reversal,
        schedule: match schedule {
            ScheduleKind::Synchronous => Schedule::Synchronous,
            ScheduleKind::RandomSequential => Schedule::RandomSequential,
            ScheduleKind::Continuous => Schedule::Continuous { rate: rate.unwrap_or(REVIEWS_PER_YEAR) },
        },
    })
}

fn schedule(
    context: &Context<'_>,
    decision: &DecisionFile,
    kind: RuleKind,
) -> Result<ScheduleKind, ScenarioError> {
    let Some(given) = &decision.schedule else {
        let hazard = kind == RuleKind::Hazard;
        return Ok(if hazard { ScheduleKind::Continuous } else { ScheduleKind::Synchronous });
    };
    let (problem, remedy) = match (kind, *given.get_ref()) {
        (RuleKind::Hazard, ScheduleKind::Synchronous | ScheduleKind::RandomSequential) => (
            "the hazard rule moves governments in continuous time",
            "Set schedule = \"continuous\", or leave it out.",
        ),
        (RuleKind::Trials, ScheduleKind::RandomSequential | ScheduleKind::Continuous) => (
            "under trials all new adopters try their ties at once",
            "Set schedule = \"synchronous\", or leave it out.",
        ),
        (_, schedule) => return Ok(schedule),
    };
    Err(context.error(given.span(), "[decision] schedule", problem, remedy))
}

// λ, if it is given.
fn rate(
    context: &Context<'_>,
    decision: &DecisionFile,
    kind: RuleKind,
    schedule: ScheduleKind,
) -> Result<Option<f64>, ScenarioError> {
    let rate = positive(context, decision.rate.as_ref(), "rate")?;
    let Some(given) = &decision.rate else { return Ok(rate) };
    let continuous = schedule == ScheduleKind::Continuous;
    if kind == RuleKind::Trials || !(continuous || matches!(kind, RuleKind::Noisy | RuleKind::Hazard)) {
        let problem = "`rate` belongs to the noisy and the hazard rule and to continuous time";
        let remedy = if kind == RuleKind::Trials {
            "Leave it out: a new adopter tries its ties once."
        } else {
            "Set rule = \"noisy\" or schedule = \"continuous\", or leave it out."
        };
        return Err(context.error(given.span(), "[decision] rate", problem, remedy));
    }
    let in_a_tick = given.get_ref() * context.calendar.length().years();
    if continuous && kind != RuleKind::Hazard && in_a_tick > MOST_REVIEWS {
        let problem = format!("{} reviews a year are {in_a_tick:.0} in a tick", given.get_ref());
        let remedy = format!("Give a lower rate, or a shorter tick: at most {MOST_REVIEWS} in each.");
        return Err(context.error(given.span(), "[decision] rate", problem, remedy));
    }
    Ok(rate)
}

fn positive(
    context: &Context<'_>,
    value: Option<&Spanned<f64>>,
    name: &str,
) -> Result<Option<f64>, ScenarioError> {
    match value.map(|value| (*value.get_ref(), value.span())) {
        Some((number, span)) if !(number > 0.0 && number.is_finite()) => {
            Err(context.error(span, format!("[decision] {name}"), format!("{number} is not more than 0"), ""))
        }
        given => Ok(given.map(|given| given.0)),
    }
}

// Rules that know no threshold refuse one, lest it be thought to count.
fn refuse_costs(context: &Context<'_>, file: &ScenarioFile, kind: RuleKind) -> Result<(), ScenarioError> {
    let decision = &file.decision;
    let name = if kind == RuleKind::Hazard { "hazard" } else { "trials" };
    let span = || decision.rule.as_ref().map_or(0..0, Spanned::span);
    let exit = !matches!(decision.exit, NumberOr::Number(number) if number.abs() <= 0.0);
    let position = file.norm.position.iter().filter_map(|position| position.get_ref().threshold.as_ref());
    let position = position.filter(|threshold| threshold.get_ref().abs() > 0.0).map(Spanned::span).next();
    let (key, span) = match (decision.threshold.is_given(), exit, position) {
        (true, _, _) => ("threshold", span()),
        (_, true, _) => ("exit", span()),
        (_, _, Some(span)) => ("[[norm.position]] threshold", span),
        _ => return Ok(()),
    };
    Err(context.error(
        span,
        "[decision] rule",
        format!("`{key}` plays no part under the rule `{name}`"),
        "Leave it out, or choose a rule that weighs a balance: strict, at-least or noisy.",
    ))
}

// Only what adopters do can be tried once.
fn refuse_what_is_not_tried(
    context: &Context<'_>,
    decision: &DecisionFile,
    factors: &[Factor],
) -> Result<(), ScenarioError> {
    let why = |factor: &Factor| match factor.mechanism.scope() {
        Scope::Ties { signal: Signal::Adoption, .. } => None,
        Scope::Ties { signal: Signal::Advocacy, .. } => Some("hears advocacy"),
        Scope::Actors => Some("has no sender"),
    };
    let found = factors.iter().find_map(|factor| why(factor).map(|why| (factor, why)));
    let Some((factor, why)) = found else { return Ok(()) };
    Err(context.error(
        decision.rule.as_ref().map_or(0..0, Spanned::span),
        "[decision] rule",
        format!("a trial follows adoption along a tie, but factor `{}` {why}", factor.name),
        "Use factors that look at what others did, such as `emulation`, or choose another rule.",
    ))
}
