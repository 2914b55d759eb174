//! Pressure factors and moderators, through the registries.

use super::{Context, Registries};
use crate::error::{did_you_mean, known};
use crate::file::{MissingFile, NetworkFile};
use crate::read::{MechanismTable, toml_error};
use crate::{ActiveModerator, Dropped, Exposure, Factor, Scenario, ScenarioError};
use normwave_moderators::{Level, Moderator};
use normwave_network_model::{ActorId, ActorKind, Date, Network, Timeline, Value};
use normwave_pressure_factors::{Catalogue, Needs, Scope};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// Where mechanisms name what they need: names of layers, attributes and the like, by table.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<String, Vec<(String, Range<usize>)>>);

impl Places {
    /// Takes down the tables of a section, before they are turned into mechanisms.
    pub(super) fn add(&mut self, section: &str, tables: &[MechanismTable<'_>]) {
        for table in tables {
            let mut names = vec![(String::new(), table.name_span.clone())];
            collect_names(table.table.get_ref(), &mut names);
            self.0.insert(format!("[{section}.{}]", table.name), names);
        }
    }

    // Where a table says this name, or else where the table begins.
    fn of(&self, key: &str, name: &str) -> Range<usize> {
        let names = self.0.get(key).map_or(&[][..], Vec::as_slice);
        let found = names.iter().find(|(known, _)| known == name).or(names.first());
        found.map_or(0..0, |(_, place)| place.clone())
    }
}

// Keys and strings of a table, however deep.
fn collect_names(table: &DeTable<'_>, names: &mut Vec<(String, Range<usize>)>) {
    fn collect_value(value: &Spanned<DeValue<'_>>, names: &mut Vec<(String, Range<usize>)>) {
        match value.get_ref() {
            DeValue::String(text) => names.push((text.to_string(), value.span())),
            DeValue::Array(items) => items.iter().for_each(|item| collect_value(item, names)),
            DeValue::Table(table) => collect_names(table, names),
            _ => {}
        }
    }
    for (key, value) in table {
        // What the mechanism is, and on what it acts, is checked elsewhere.
        if !matches!(key.get_ref().as_ref(), "type" | "acts-on") {
            collect_value(value, names);
            names.push((key.get_ref().to_string(), key.span()));
        }
    }
}

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
pub(super) fn check_needs(
    context: &Context<'_>,
    scenario: &Scenario,
    places: &Places,
) -> Result<(), ScenarioError> {
    for factor in &scenario.factors {
        let mut needs = factor.mechanism.needs();
        if let Scope::Ties { layer, .. } = factor.mechanism.scope() {
            needs.layers.push(layer.to_owned());
            check_senders(context, scenario, factor, layer, &needs.sender_attributes, places)?;
        }
        needs.attributes.extend(needs.sender_attributes.iter().cloned());
        check(context, scenario, &format!("[factor.{}]", factor.name), &needs, places)?;
    }
    for active in &scenario.moderators {
        let key = format!("[moderator.{}]", active.name);
        check(context, scenario, &key, &active.moderator.needs(), places)?;
    }
    Ok(())
}

fn check(
    context: &Context<'_>,
    scenario: &Scenario,
    key: &str,
    needs: &Needs,
    places: &Places,
) -> Result<(), ScenarioError> {
    let network = &scenario.network;
    for layer in &needs.layers {
        let names = || network.layers().iter().map(|layer| layer.name.as_str());
        if !names().any(|name| name == layer) {
            let problem = format!("there is no layer `{layer}`{}", did_you_mean(layer, names()));
            let remedy =
                format!("{} Define it under [network.layer.{layer}], or name another.", known(names()));
            return Err(context.error(places.of(key, layer), key, problem, remedy));
        }
    }
    for (affiliation, organisation) in &needs.organisations {
        let found = network.affiliation(affiliation).map(|affiliation| &affiliation.organisations);
        if !found.is_some_and(|organisations| organisations.contains(organisation)) {
            let problem =
                format!("there is no organisation `{organisation}` in an affiliation `{affiliation}`");
            let remedy = "Define it under [network.affiliation.NAME].";
            return Err(context.error(places.of(key, organisation), key, problem, remedy));
        }
    }
    for forum in &needs.forums {
        if !scenario.forums.iter().any(|known| known.name == *forum) {
            let names = || scenario.forums.iter().map(|forum| forum.name.as_str());
            let problem = format!("there is no forum `{forum}`{}", did_you_mean(forum, names()));
            return Err(context.error(places.of(key, forum), key, problem, known(names())));
        }
    }
    for attribute in &needs.attributes {
        let at = (key, places.of(key, attribute));
        check_attribute(context, network, at, attribute, |id| scenario.norm.applies[id.idx()])?;
    }
    for attribute in &needs.known_attributes {
        known_attribute(context, network, (key, places.of(key, attribute)), attribute)?;
    }
    Ok(())
}

/// An attribute is there for every government that lives in the period and is concerned. `at` is
/// the table and the place that name it.
pub(super) fn check_attribute(
    context: &Context<'_>,
    network: &Network,
    at: (&str, Range<usize>),
    attribute: &str,
    concerned: impl Fn(ActorId) -> bool,
) -> Result<(), ScenarioError> {
    known_attribute(context, network, at.clone(), attribute)?;
    if context.dropping.contains(attribute) {
        return Ok(());
    }
    let every = (0u32..).map(ActorId).take(network.actors().len());
    let concerned = every.filter(|&id| network.actor(id).kind == ActorKind::Government && concerned(id));
    let lacking = concerned.filter(|&id| {
        let number = |date| network.value(attribute, id, date).and_then(Value::number);
        first_day(context, network, id).is_some_and(|date| number(date).is_none())
    });
    check_lacking(context, network, at, attribute, lacking.collect())
}

fn known_attribute(
    context: &Context<'_>,
    network: &Network,
    (key, place): (&str, Range<usize>),
    attribute: &str,
) -> Result<(), ScenarioError> {
    if network.attribute_names().any(|known| known == attribute) {
        return Ok(());
    }
    let near = did_you_mean(attribute, network.attribute_names());
    let problem = format!("there is no attribute `{attribute}`{near}");
    let remedy = format!(
        "{} Define it under [network.attribute.{attribute}], or name another.",
        known(network.attribute_names())
    );
    Err(context.error(place, key, problem, remedy))
}

/// Applies `missing = "drop"`: the norm does not apply to governments that have no value, or no
/// number where others have one, on their first day in the period.
pub(super) fn drop_lacking(
    context: &Context<'_>,
    file: &NetworkFile,
    network: &Network,
    applies: &mut [bool],
) -> Result<Vec<Dropped>, ScenarioError> {
    let mut all = Vec::new();
    let governs = |id: &ActorId| network.actor(*id).kind == ActorKind::Government;
    for (name, attribute) in &file.attribute {
        let missing = attribute.get_ref().missing.as_ref();
        let Some(missing) = missing.filter(|missing| *missing.get_ref() == MissingFile::Drop) else {
            continue;
        };
        let every = (0u32..).map(ActorId).take(network.actors().len()).filter(governs);
        let first_value = |id| first_day(context, network, id).map(|date| network.value(name, id, date));
        let values: Vec<_> = every.filter_map(|id| first_value(id).map(|value| (id, value))).collect();
        let numeric = values.iter().any(|(_, value)| value.and_then(Value::number).is_some());
        let lacks = |value: Option<&Value>| match value {
            None => true,
            Some(value) => numeric && value.number().is_none(),
        };
        let actors: Vec<ActorId> =
            values.iter().filter(|(_, value)| lacks(*value)).map(|(id, _)| *id).collect();
        actors.iter().for_each(|id| applies[id.idx()] = false);
        if !values.iter().any(|(id, _)| applies[id.idx()]) {
            let problem = "this leaves out every government";
            let remedy = format!("Give `{name}` to some of them, or set a `default`.");
            return Err(context.error(
                missing.span(),
                format!("[network.attribute.{name}]"),
                problem,
                remedy,
            ));
        }
        all.push(Dropped { attribute: name.clone(), actors });
    }
    Ok(all)
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
    places: &Places,
) -> Result<(), ScenarioError> {
    if attributes.is_empty() {
        return Ok(());
    }
    let network = &scenario.network;
    let Ok(view) = scenario.network_at(0) else { return Ok(()) };
    let Ok(ties) = view.ties_of(layer) else { return Ok(()) };
    for attribute in attributes {
        let lacking = ties.iter().map(|tie| tie.from).filter(|&id| view.number(attribute, id).is_none());
        let mut lacking: Vec<_> = lacking.collect();
        lacking.dedup();
        if context.dropping.contains(attribute) {
            lacking.retain(|&id| network.actor(id).kind != ActorKind::Government);
        }
        let key = format!("[factor.{}]", factor.name);
        check_lacking(context, network, (&key, places.of(&key, attribute)), attribute, lacking)?;
    }
    Ok(())
}

fn check_lacking(
    context: &Context<'_>,
    network: &Network,
    (key, place): (&str, Range<usize>),
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
    let remedy = format!(
        "Give them one; or, under [network.attribute.{attribute}], set `default`, or missing = \"drop\", which leaves \
         governments without one out."
    );
    Err(context.error(place, key, problem, remedy))
}
