//! Pressure factors and moderators, through the registries.

use super::{Context, Registries};
use crate::error::{did_you_mean, known};
use crate::read::{MechanismTable, toml_error};
use crate::{ActiveModerator, Exposure, Factor, Scenario, ScenarioError};
use normwave_moderators::{Level, Moderator};
use normwave_network_model::{ActorId, ActorKind, Date, Network, Timeline, Value};
use normwave_pressure_factors::{Catalogue, Needs, Scope};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

pub(super) fn factors(
    context: &Context<'_>,
    registries: &Registries,
    tables: Vec<MechanismTable<'_>>,
) -> Result<Vec<Factor>, ScenarioError> {
    let mut factors = Vec::new();
    let mut places = Vec::new();
    for table in tables {
        let key = format!("[factor.{}]", table.name);
        let MechanismTable { name, name_span, table } = table;
        let span = table.span();
        let mut inner = table.into_inner();
        let kind =
            kind_of(context, &key, &name, &name_span, &mut inner, &registries.factors, "pressure factor")?;
        let kappa = match inner.remove("kappa") {
            None => 1.0,
            Some(value) => {
                let number = number(value.get_ref());
                number.filter(|kappa| *kappa >= 0.0 && kappa.is_finite()).ok_or_else(|| {
                    context.error(
                        value.span(),
                        key.as_str(),
                        "kappa must be a number, 0 or more",
                        "To model opposition, give senders advocacy for position 0.",
                    )
                })?
            }
        };
        let exposure = match inner.remove("exposure") {
            None => Exposure::Sum,
            Some(value) => match value.get_ref().as_str() {
                Some("sum") => Exposure::Sum,
                Some("mean") => Exposure::Mean,
                _ => {
                    return Err(context.error(value.span(), key, "exposure is \"sum\" or \"mean\"", ""));
                }
            },
        };
        let table = Spanned::new(span.clone(), inner);
        let mechanism =
            make(context, &key, &kind, table, &registries.factors, &["type", "kappa", "exposure"])?;
        if exposure == Exposure::Mean && mechanism.scope() == Scope::Actors {
            let problem = format!("`{kind}` has no senders, so exposure = \"mean\" means nothing");
            return Err(context.error(span, key, problem, "Leave exposure out."));
        }
        factors.push(Factor {
            name,
            kind,
            kappa: Timeline::constant(kappa),
            exposure,
            mechanism: Arc::from(mechanism),
        });
        places.push(span);
    }
    check_factors_read(context, &factors, &places)?;
    Ok(factors)
}

// A factor that answers to others names some that are there, and do not answer themselves.
fn check_factors_read(
    context: &Context<'_>,
    factors: &[Factor],
    places: &[std::ops::Range<usize>],
) -> Result<(), ScenarioError> {
    for (factor, place) in factors.iter().zip(places) {
        for name in factor.mechanism.reads_factors() {
            let known_names = || factor_names(factors).filter(|known| *known != factor.name);
            let refused = |problem, remedy| {
                Err(context.error(place.clone(), format!("[factor.{}]", factor.name), problem, remedy))
            };
            match factors.iter().find(|known| known.name == *name) {
                None => {
                    let problem = format!("there is no factor `{name}`{}", did_you_mean(name, known_names()));
                    return refused(problem, known(known_names()));
                }
                Some(named) if !named.mechanism.reads_factors().is_empty() => {
                    let problem = format!(
                        "`{name}` answers to other factors itself, so that `{}` cannot answer to it",
                        factor.name
                    );
                    let remedy = "Name the factors that press in the first place.".to_owned();
                    return refused(problem, remedy);
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}

pub(super) fn moderators(
    context: &Context<'_>,
    registries: &Registries,
    tables: Vec<MechanismTable<'_>>,
    factors: &[Factor],
) -> Result<Vec<ActiveModerator>, ScenarioError> {
    let mut moderators = Vec::new();
    for table in tables {
        let key = format!("[moderator.{}]", table.name);
        let MechanismTable { name, name_span, table } = table;
        let span = table.span();
        let mut inner = table.into_inner();
        let kind =
            kind_of(context, &key, &name, &name_span, &mut inner, &registries.moderators, "moderator")?;
        let Some(targets) = inner.remove("acts-on") else {
            let remedy = format!(
                "Name the factors that it turns, as acts-on = [\"NAME\"]. {}",
                known(factor_names(factors))
            );
            return Err(context.error(span, key, "`acts-on` is missing", remedy));
        };
        let table = Spanned::new(span, inner);
        let moderator = make(context, &key, &kind, table, &registries.moderators, &["type", "acts-on"])?;
        let mut acts_on = Vec::new();
        if names(&targets).is_empty() {
            let problem = "`acts-on` names no factor, so that nothing is moderated";
            return Err(context.error(targets.span(), key, problem, known(factor_names(factors))));
        }
        for (place, name) in names(&targets) {
            let Some(factor) = name.and_then(|name| factors.iter().position(|factor| factor.name == name))
            else {
                let problem = match name {
                    Some(name) => {
                        format!("there is no factor `{name}`{}", did_you_mean(name, factor_names(factors)))
                    }
                    None => "acts-on is a list of names of factors".to_owned(),
                };
                return Err(context.error(place, key, problem, known(factor_names(factors))));
            };
            check_level(context, &key, place, &*moderator, &kind, &factors[factor])?;
            acts_on.push(factor);
        }
        moderators.push(ActiveModerator {
            name,
            acts_on,
            moderator: Arc::from(moderator),
            changes: Vec::new(),
        });
    }
    Ok(moderators)
}

fn factor_names(factors: &[Factor]) -> impl Iterator<Item = &str> {
    factors.iter().map(|factor| factor.name.as_str())
}

// A dyadic moderator needs senders; selectorate salience may not count ω twice.
fn check_level(
    context: &Context<'_>,
    key: &str,
    place: std::ops::Range<usize>,
    moderator: &dyn Moderator,
    kind: &str,
    factor: &Factor,
) -> Result<(), ScenarioError> {
    let remedy = "Leave this factor out of acts-on.";
    match factor.mechanism.scope() {
        Scope::Actors if moderator.level() == Level::Dyadic => {
            let problem =
                format!("`{kind}` works between a sender and a target, but `{}` has no senders", factor.name);
            Err(context.error(place, key, problem, remedy))
        }
        Scope::Ties { layer, .. }
            if kind == "selectorate-salience" && moderator.needs().layers.iter().any(|own| own == layer) =>
        {
            let problem = format!(
                "`{}` runs over the selectorate itself, whose weights would count twice",
                factor.name
            );
            Err(context.error(place, key, problem, remedy))
        }
        _ => Ok(()),
    }
}

// One name or a list of names, each with its place.
fn names<'v>(value: &'v Spanned<DeValue<'_>>) -> Vec<(std::ops::Range<usize>, Option<&'v str>)> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| (item.span(), item.get_ref().as_str())).collect(),
        other => vec![(value.span(), other.as_str())],
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().replace('_', "").parse().ok(),
        DeValue::Integer(integer) => integer.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}

// The registered name: `type`, or else the table's own name.
fn kind_of<T: ?Sized>(
    context: &Context<'_>,
    key: &str,
    name: &str,
    name_span: &std::ops::Range<usize>,
    table: &mut DeTable<'_>,
    catalogue: &Catalogue<T>,
    what: &str,
) -> Result<String, ScenarioError> {
    let (kind, span) = match table.remove("type") {
        None => (name.to_owned(), name_span.clone()),
        Some(value) => match value.get_ref().as_str() {
            Some(kind) => (kind.to_owned(), value.span()),
            None => {
                return Err(context.error(value.span(), key, "`type` is the name of a registered type", ""));
            }
        },
    };
    if catalogue.get(&kind).is_none() {
        return Err(context.error(
            span,
            key,
            format!("unknown {what} `{kind}`{}", did_you_mean(&kind, catalogue.names())),
            format!("{} Add your own with `register`.", known(catalogue.names())),
        ));
    }
    Ok(kind)
}

fn make<T: ?Sized>(
    context: &Context<'_>,
    key: &str,
    kind: &str,
    table: Spanned<DeTable<'_>>,
    catalogue: &Catalogue<T>,
    shared: &[&str],
) -> Result<Box<T>, ScenarioError> {
    let span = table.span();
    let value = Spanned::new(span.clone(), DeValue::Table(table.into_inner()));
    let Some(entry) = catalogue.get(kind) else {
        return Err(context.error(span, key, format!("unknown type `{kind}`"), ""));
    };
    (entry.make)(ValueDeserializer::from(value))
        .map_err(|error| toml_error(context.source, &error, key, shared))
}

/// What mechanisms must find in the network is there, for every government that lives in the period.
pub(super) fn check_needs(context: &Context<'_>, scenario: &Scenario) -> Result<(), ScenarioError> {
    for factor in &scenario.factors {
        let mut needs = factor.mechanism.needs();
        if let Scope::Ties { layer, .. } = factor.mechanism.scope() {
            needs.layers.push(layer.to_owned());
            check_senders(context, scenario, factor, layer, &needs.sender_attributes)?;
        }
        needs.attributes.extend(needs.sender_attributes.iter().cloned());
        check(context, scenario, &format!("[factor.{}]", factor.name), &needs)?;
    }
    for active in &scenario.moderators {
        check(context, scenario, &format!("[moderator.{}]", active.name), &active.moderator.needs())?;
    }
    Ok(())
}

fn refuse(context: &Context<'_>, key: &str, problem: &str, remedy: &str) -> ScenarioError {
    ScenarioError::Whole {
        problem: format!("{}: {key}: {problem}", context.source.name),
        remedy: remedy.to_owned(),
    }
}

fn check(context: &Context<'_>, scenario: &Scenario, key: &str, needs: &Needs) -> Result<(), ScenarioError> {
    let network = &scenario.network;
    for layer in &needs.layers {
        let remedy = "Define it under [network.layer.NAME], or name another.";
        network.layer_id(layer).map_err(|error| refuse(context, key, &error.to_string(), remedy))?;
    }
    for (affiliation, organisation) in &needs.organisations {
        let found = network.affiliation(affiliation).map(|affiliation| &affiliation.organisations);
        if !found.is_some_and(|organisations| organisations.contains(organisation)) {
            let problem =
                format!("there is no organisation `{organisation}` in an affiliation `{affiliation}`");
            return Err(refuse(context, key, &problem, "Define it under [network.affiliation.NAME]."));
        }
    }
    for forum in &needs.forums {
        if !scenario.forums.iter().any(|known| known.name == *forum) {
            let names = scenario.forums.iter().map(|forum| forum.name.as_str());
            return Err(refuse(context, key, &format!("there is no forum `{forum}`"), &known(names)));
        }
    }
    for attribute in &needs.attributes {
        check_attribute(context, network, key, attribute, |id| scenario.norm.applies[id.idx()])?;
    }
    for attribute in &needs.known_attributes {
        known_attribute(context, network, key, attribute)?;
    }
    Ok(())
}

/// An attribute is there for every government that lives in the period and is concerned.
pub(super) fn check_attribute(
    context: &Context<'_>,
    network: &Network,
    key: &str,
    attribute: &str,
    concerned: impl Fn(ActorId) -> bool,
) -> Result<(), ScenarioError> {
    known_attribute(context, network, key, attribute)?;
    let every = (0u32..).map(ActorId).take(network.actors().len());
    let concerned = every.filter(|&id| network.actor(id).kind == ActorKind::Government && concerned(id));
    let lacking = concerned.filter(|&id| {
        let number = |date| network.value(attribute, id, date).and_then(Value::number);
        first_day(context, network, id).is_some_and(|date| number(date).is_none())
    });
    check_lacking(context, network, key, attribute, lacking.collect())
}

fn known_attribute(
    context: &Context<'_>,
    network: &Network,
    key: &str,
    attribute: &str,
) -> Result<(), ScenarioError> {
    let remedy = "Define it under [network.attribute.NAME].";
    let found = network.attribute(attribute).map(|_| ());
    found.map_err(|error| {
        let near = did_you_mean(attribute, network.attribute_names());
        refuse(context, key, &format!("{error}{near}"), remedy)
    })
}

// The first day in the period on which an actor lives.
fn first_day(context: &Context<'_>, network: &Network, id: ActorId) -> Option<Date> {
    let calendar = &context.calendar;
    let spells = network.actor(id).lives.iter();
    let days = spells
        .filter(|spell| spell.until.is_none_or(|end| end > calendar.start()) && spell.from < calendar.end());
    days.map(|spell| spell.from.max(calendar.start())).min()
}

fn check_senders(
    context: &Context<'_>,
    scenario: &Scenario,
    factor: &Factor,
    layer: &str,
    attributes: &[String],
) -> Result<(), ScenarioError> {
    let Ok(view) = scenario.network_at(0) else { return Ok(()) };
    let Ok(ties) = view.ties_of(layer) else { return Ok(()) };
    for attribute in attributes {
        let lacking = ties.iter().map(|tie| tie.from).filter(|&id| view.number(attribute, id).is_none());
        let mut lacking: Vec<_> = lacking.collect();
        lacking.dedup();
        check_lacking(context, &scenario.network, &format!("[factor.{}]", factor.name), attribute, lacking)?;
    }
    Ok(())
}

fn check_lacking(
    context: &Context<'_>,
    network: &Network,
    key: &str,
    attribute: &str,
    mut lacking: Vec<ActorId>,
) -> Result<(), ScenarioError> {
    lacking.sort_unstable();
    lacking.dedup();
    if lacking.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = lacking.iter().take(8).map(|&id| network.actor(id).id.as_str()).collect();
    let more = if lacking.len() > shown.len() { ", …" } else { "" };
    let problem = format!(
        "{} no number for attribute `{attribute}`: {}{more}",
        if lacking.len() == 1 { "1 actor has".to_owned() } else { format!("{} actors have", lacking.len()) },
        shown.join(", ")
    );
    let remedy = format!("Give them one, or set `default` under [network.attribute.{attribute}].");
    Err(refuse(context, key, &problem, &remedy))
}
