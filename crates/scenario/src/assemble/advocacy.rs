//! Advocacy, and the selectorates whose groups advocate at home.

use super::Context;
use crate::advocacy::{Advocacy, Follow, Lead, Scheduled};
use crate::file::{
    AdvocacyFile, EventFile, FollowsFile, GroupFile, RubricFile, ScheduleFile, SelectorateFile, StanceFile,
};
use crate::{Scenario, ScenarioError};
use normwave_network_model::{
    Actor, ActorId, ActorKind, Date, Layer, LayerId, LayerSource, Network, Spell, TieSpell, Timeline, Value,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

/// The layer of ties from groups to their governments.
pub(crate) const DOMESTIC: &str = "domestic";

/// Groups that are in the network, whose weights are still to come.
#[derive(Debug, Default)]
pub(super) struct Groups<'f> {
    opened: Vec<(ActorId, &'f GroupFile)>,
    // (group, role, rubric).
    closed: Vec<(ActorId, &'f str, &'f Spanned<RubricFile>)>,
}

/// Adds the groups: those that are given, and one of each rubric for every government without any.
pub(super) fn add_groups<'f>(
    context: &Context<'_>,
    file: &'f SelectorateFile,
    network: &mut Network,
) -> Result<Groups<'f>, ScenarioError> {
    let mut groups = Groups::default();
    let mut opened = BTreeSet::new();
    for group in &file.group {
        let key = "[[selectorate.group]]";
        let spec = group.get_ref();
        let home = context.actor(network, &spec.government)?;
        if network.actor(home).kind != ActorKind::Government {
            let problem = format!("`{}` is not a government", spec.government.get_ref());
            return Err(context.error(spec.government.span(), key, problem, "Only governments have groups."));
        }
        opened.insert(home);
        let name = spec.name.clone().unwrap_or_else(|| spec.role.clone());
        let id = add_group(network, home, &spec.role, name).map_err(|problem| {
            context.error(group.span(), key, problem, "Give each group of a government its own role.")
        })?;
        groups.opened.push((id, spec));
    }
    let every = (0u32..).map(ActorId).take(network.actors().len());
    let closed = every.filter(|id| network.actor(*id).kind == ActorKind::Government && !opened.contains(id));
    let closed: BTreeSet<ActorId> = closed.collect();
    for (role, rubric) in &file.rubric {
        let key = format!("[selectorate.rubric.{role}]");
        if let Some(name) = &rubric.get_ref().attribute {
            let concerned = |id: ActorId| closed.contains(&id);
            let at = (&*key, name.span());
            super::mechanisms::check_attribute(context, network, at, name.get_ref(), concerned)?;
        }
        for &home in &closed {
            let id = add_group(network, home, role, role.clone())
                .map_err(|problem| context.error(rubric.span(), key.as_str(), problem, ""))?;
            groups.closed.push((id, role, rubric));
        }
    }
    Ok(groups)
}

/// Adds the weights of the groups; returns their stances.
pub(super) fn add_weights(
    context: &Context<'_>,
    groups: Groups<'_>,
    network: &mut Network,
) -> Result<Vec<Scheduled>, ScenarioError> {
    let mut stances = Vec::new();
    if groups.opened.is_empty() && groups.closed.is_empty() {
        return Ok(stances);
    }
    let layer = match network.layer_id(DOMESTIC) {
        Ok(layer) => layer,
        Err(_) => network.add_layer(DOMESTIC, LayerSource::Stored(Vec::new())).unwrap_or(LayerId(0)),
    };
    for (id, spec) in groups.opened {
        let key = "[[selectorate.group]]";
        let weight = context.unit(&spec.weight, key)?;
        if let Some(to) = network.actor(id).home {
            let tie = TieSpell { from: id, to, strength: weight, spell: Spell::ALWAYS };
            network
                .add_tie(layer, tie)
                .map_err(|error| context.error(spec.weight.span(), key, error.to_string(), ""))?;
        }
        add_stances(context, id, &spec.stance, &mut stances)?;
    }
    for (id, role, rubric) in groups.closed {
        add_rubric_weight(context, id, role, rubric, layer, network)?;
        add_stances(context, id, &rubric.get_ref().stance, &mut stances)?;
    }
    Ok(stances)
}

fn add_group(network: &mut Network, home: ActorId, role: &str, name: String) -> Result<ActorId, String> {
    let id = format!("{}/{role}", network.actor(home).id);
    let mut group = Actor::new(id, ActorKind::DomesticGroup).named(&name);
    group.home = Some(home);
    let id = network.add_actor(group).map_err(|error| error.to_string())?;
    *network.attribute_mut("role").of_mut(id) = Timeline::constant(Value::Category(role.to_owned()));
    Ok(id)
}

// By the attribute of the group's government, over time.
fn add_rubric_weight(
    context: &Context<'_>,
    group: ActorId,
    role: &str,
    rubric: &Spanned<RubricFile>,
    layer: LayerId,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let Some(to) = network.actor(group).home else { return Ok(()) };
    let spec = rubric.get_ref();
    let attribute = spec.attribute.as_ref().and_then(|name| network.attribute(name.get_ref()).ok());
    let values = attribute.and_then(|attribute| attribute.of(to)).cloned().unwrap_or_default();
    let mut dates: Vec<Date> = values.dates().collect();
    if dates.first() != Some(&Date::MIN) {
        dates.insert(0, Date::MIN);
    }
    for (idx, &from) in dates.iter().enumerate() {
        let number = values.at(from).and_then(Value::number).unwrap_or(0.0);
        let spell = Spell { from, until: dates.get(idx + 1).copied() };
        let tie = TieSpell { from: group, to, strength: spec.weight.gain(number).min(1.0), spell };
        let key = || format!("[selectorate.rubric.{role}]");
        network
            .add_tie(layer, tie)
            .map_err(|error| context.error(rubric.span(), key(), error.to_string(), ""))?;
    }
    Ok(())
}

fn add_stances(
    context: &Context<'_>,
    actor: ActorId,
    file: &[Spanned<StanceFile>],
    stances: &mut Vec<Scheduled>,
) -> Result<(), ScenarioError> {
    for stance in file {
        let stance = stance.get_ref();
        let key = "stance";
        let start = context.calendar.start();
        let from = stance.from.as_ref().map_or(Ok(start), |date| context.date_within(date, key))?;
        stances.push(Scheduled {
            actor,
            position: context.position(&stance.position)?,
            from,
            until: context.end_after(from, stance.until.as_ref(), key)?,
            level: context.unit(&stance.level, key)?,
        });
    }
    Ok(())
}

pub(super) fn assemble(
    context: &Context<'_>,
    file: &AdvocacyFile,
    group_stances: Vec<Scheduled>,
    network: &Network,
) -> Result<Advocacy, ScenarioError> {
    let n_positions = context.position_names.len();
    let vigour = match &file.vigour {
        Some(vigour) => levels(context, vigour, n_positions, "[advocacy] vigour")?,
        None => vec![1.0; n_positions].into(),
    };
    let own = |id: ActorId| {
        let governs = network.actor(id).kind == ActorKind::Government;
        Follow { lead: if governs { Lead::One(id) } else { Lead::Nobody }, vigour: Arc::clone(&vigour) }
    };
    let mut follows: Vec<Follow> = (0u32..).map(ActorId).take(network.actors().len()).map(own).collect();
    let start = context.calendar.start();
    for rule in &file.rule {
        let rule = rule.get_ref();
        let key = "[[advocacy.rule]]";
        let vigour =
            rule.vigour.as_ref().map(|vigour| levels(context, vigour, n_positions, key)).transpose()?;
        for id in context.actors(network, &rule.who, start, key)? {
            if let Some(vigour) = &vigour {
                follows[id.idx()].vigour = Arc::clone(vigour);
            }
            match &rule.follows {
                None => {}
                Some(FollowsFile::Own) => follows[id.idx()].lead = Lead::One(id),
                Some(FollowsFile::Nobody) => follows[id.idx()].lead = Lead::Nobody,
                Some(FollowsFile::Actor(leader)) => {
                    follows[id.idx()].lead = Lead::One(context.actor(network, leader)?);
                }
                Some(FollowsFile::Members(who)) => {
                    follows[id.idx()].lead = Lead::Many(context.actors_over_time(network, who, start, key)?);
                }
            }
        }
    }
    let mut scheduled = group_stances;
    for schedule in &file.schedule {
        add_schedule(context, schedule, network, &mut scheduled)?;
    }
    Ok(Advocacy { follows, scheduled, ..Advocacy::default() })
}

fn levels(
    context: &Context<'_>,
    vigour: &Spanned<Vec<f64>>,
    n_positions: usize,
    key: &str,
) -> Result<Arc<[f64]>, ScenarioError> {
    let levels = vigour.get_ref();
    if levels.len() != n_positions || levels.iter().any(|level| !(0.0..=1.0).contains(level)) {
        let problem = format!("vigour is {n_positions} numbers from 0 to 1, one for each position");
        return Err(context.error(vigour.span(), key, problem, "The status quo comes first."));
    }
    Ok(levels.as_slice().into())
}

fn add_schedule(
    context: &Context<'_>,
    schedule: &Spanned<ScheduleFile>,
    network: &Network,
    scheduled: &mut Vec<Scheduled>,
) -> Result<(), ScenarioError> {
    let key = "[[advocacy.schedule]]";
    let spec = schedule.get_ref();
    let mut steps: Vec<(Date, f64)> = Vec::new();
    if let Some(level) = &spec.level {
        steps.push((context.calendar.start(), context.unit(level, key)?));
    }
    for (date, level) in &spec.steps {
        let from = context.date_within(date, key)?;
        if steps.last().is_some_and(|last| last.0 > from || (last.0 == from && spec.level.is_none())) {
            return Err(context.error(date.span(), key, "steps must be in order of their dates", ""));
        }
        steps.push((from, context.unit(level, key)?));
    }
    if steps.is_empty() {
        let remedy = "Give level = 0.5, or steps = [[\"1991-11\", 0.3]].";
        return Err(context.error(schedule.span(), key, "no level is given", remedy));
    }
    let position = context.position(&spec.position)?;
    for actor in context.actors(network, &spec.who, steps[0].0, key)? {
        for (idx, &(from, level)) in steps.iter().enumerate() {
            let until = steps.get(idx + 1).map(|next| next.0);
            if until != Some(from) {
                scheduled.push(Scheduled { actor, position, from, until, level });
            }
        }
    }
    Ok(())
}

/// Weights of one government's groups must never sum to more than 1.
pub(super) fn check_selectorates(
    context: &Context<'_>,
    scenario: &Scenario,
    file: &SelectorateFile,
    events: &BTreeMap<String, EventFile>,
) -> Result<(), ScenarioError> {
    let network = &scenario.network;
    let layer = network.layers().iter().find(|layer| layer.name == DOMESTIC);
    let Some(ties) = layer.and_then(Layer::given) else { return Ok(()) };
    let mut ties: Vec<TieSpell> = ties.collect();
    ties.sort_by_key(|tie| tie.to);
    for groups in ties.chunk_by(|a, b| a.to == b.to) {
        // Sums can only rise where a spell begins.
        for start in groups.iter().map(|tie| tie.spell.from.max(context.calendar.start())) {
            let now: Vec<_> = groups.iter().filter(|tie| tie.spell.contains(start)).collect();
            let sum: f64 = now.iter().map(|tie| tie.strength).sum();
            if sum > 1.0 + 1e-9 && start < context.calendar.end() {
                let id = &network.actor(groups[0].to).id;
                let month = context.calendar.label(context.calendar.tick_from(start));
                let list = now.iter().map(|tie| format!("{} {}", network.actor(tie.from).id, tie.strength));
                let list = list.collect::<Vec<_>>().join(", ");
                let problem = format!("the selectorate weights of {id} sum to {sum:.3} in {month}: {list}");
                let names: Vec<&str> = now.iter().map(|tie| network.actor(tie.from).id.as_str()).collect();
                let (place, key) = place_of_weights(file, events, &names, start);
                let remedy =
                    "Weights of one government's groups sum to at most 1; what is missing is an inert rest.";
                return Err(context.error(place, key, problem, remedy));
            }
        }
    }
    Ok(())
}

// Where the last of some groups got its weight: from an event on that date, by itself, or by a rubric.
fn place_of_weights(
    file: &SelectorateFile,
    events: &BTreeMap<String, EventFile>,
    groups: &[&str],
    start: Date,
) -> (Range<usize>, String) {
    for (name, event) in events.iter().filter(|(_, event)| event.date.get_ref().0 == start) {
        let named = event.change.iter().flat_map(|change| {
            let change = change.get_ref();
            change.weight.iter().chain(change.weights.keys())
        });
        if let Some(group) = named.rev().find(|group| groups.contains(&group.get_ref().as_str())) {
            return (group.span(), format!("[event.{name}]"));
        }
    }
    let id = |group: &GroupFile| format!("{}/{}", group.government.get_ref(), group.role);
    let opened = file.group.iter().rfind(|group| groups.contains(&id(group.get_ref()).as_str()));
    if let Some(group) = opened {
        return (group.get_ref().weight.span(), "[[selectorate.group]]".to_owned());
    }
    let role = |group: &str| group.rsplit_once('/').map(|(_, role)| role.to_owned());
    let rubric =
        groups.iter().rev().filter_map(|group| role(group)).find_map(|role| file.rubric.get_key_value(&role));
    match rubric {
        Some((role, rubric)) => (rubric.span(), format!("[selectorate.rubric.{role}]")),
        None => (0..0, "[selectorate]".to_owned()),
    }
}
