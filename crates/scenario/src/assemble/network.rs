//! The network: actors, attributes, affiliations, layers.

mod generated;

use super::Context;
use crate::ScenarioError;
use crate::error::{did_you_mean, known};
use crate::file::{ActorFile, AttributeFile, GrowthFile, LayerFile, NetworkFile};
use crate::tables::CsvTable;
use normwave_network_model::{
    Actor, ActorId, ActorKind, Affiliation, Attribute, Date, Derivation, LayerId, LayerSource, Membership,
    Network, NetworkError, Spell, TieSpell, Timeline, Value, generate,
};
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;

pub(super) fn assemble(context: &Context<'_>, file: &NetworkFile) -> Result<Network, ScenarioError> {
    let mut network = match &file.generate {
        Some(generator) => generated::network(context, generator)?,
        None => Network::default(),
    };
    if let Some(rewired) = &file.rewired {
        generated::rewire(context, file.generate.is_some(), rewired, &mut network)?;
    }
    if let Some(world) = file.world.as_ref().filter(|world| *world.get_ref()) {
        normwave_world::add_states(&mut network)
            .map_err(|error| context.error(world.span(), "[network]", error.to_string(), ""))?;
    }
    for path in &file.actors {
        actors_from_csv(context, path, &mut network)?;
    }
    for actor in &file.actor {
        add_actor(context, actor, &mut network)?;
    }
    for actor in &file.actor {
        link_actor(context, actor, &mut network)?;
    }
    for (name, attribute) in &file.attribute {
        add_attribute(context, name, attribute, &mut network)?;
    }
    for (name, affiliation) in &file.affiliation {
        let affiliation = affiliation_of(context, name, affiliation, &network)?;
        network.add_affiliation(affiliation);
    }
    if network.actors().is_empty() {
        return Err(ScenarioError::Whole {
            problem: format!("{}: [network] has no actors", context.source.name),
            remedy: "Give actors = [\"actors.csv\"], [[network.actor]] tables, generate, or world = true."
                .to_owned(),
        });
    }
    Ok(network)
}

/// Adds the layers whose ties are given; all actors are there, groups included.
pub(super) fn add_stored_layers(
    context: &Context<'_>,
    file: &NetworkFile,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    for (name, layer) in file.layer.iter().filter(|(_, layer)| !is_derived(layer.get_ref())) {
        add_stored_layer(context, name, layer, network)?;
    }
    if let Some(growth) = &file.growth {
        grow(context, growth, network)?;
    }
    Ok(())
}

// Ties that form at the start of every tick but the first.
fn grow(
    context: &Context<'_>,
    file: &Spanned<GrowthFile>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let key = "[network] growth";
    let growth = file.get_ref();
    let name = growth.layer.as_ref().map_or(generate::TIES, |layer| layer.get_ref().as_str());
    let span = growth.layer.as_ref().map_or_else(|| file.span(), Spanned::span);
    let layer = network
        .layer_id(name)
        .map_err(|error| context.error(span, key, error.to_string(), "Only stored layers grow."))?;
    let settings = generate::Growth {
        ties_per_date: usize::try_from(growth.ties).unwrap_or(usize::MAX),
        attachment: growth.attachment,
        seed: growth.seed,
    };
    let dates: Vec<Date> =
        (1..context.calendar.n_ticks()).map(|tick| context.calendar.date_of(tick)).collect();
    generate::grow(network, layer, &settings, &dates)
        .map_err(|error| context.error(file.span(), key, error.to_string(), ""))
}

// ---- Actors.

fn new_actor(
    id: &str,
    name: Option<&str>,
    kind: ActorKind,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<Actor, NetworkError> {
    let mut actor = Actor::new(id, kind);
    if let Some(name) = name {
        name.clone_into(&mut actor.name);
    }
    actor.lives = vec![Spell::new(from.unwrap_or(Date::MIN), until)?];
    Ok(actor)
}

fn add_actor(context: &Context<'_>, file: &ActorFile, network: &mut Network) -> Result<(), ScenarioError> {
    let (from, until) = (file.from.map(|date| date.0), file.until.map(|date| date.0));
    let made = new_actor(file.id.get_ref(), file.name.as_deref(), file.kind, from, until);
    let actor = made
        .and_then(|actor| network.add_actor(actor))
        .map_err(|error| context.error(file.id.span(), "[[network.actor]]", error.to_string(), ""))?;
    if let Some(role) = &file.role {
        *network.attribute_mut("role").of_mut(actor) = Timeline::constant(Value::Category(role.clone()));
    }
    Ok(())
}

fn link_actor(context: &Context<'_>, file: &ActorFile, network: &mut Network) -> Result<(), ScenarioError> {
    let actor = context.actor(network, &file.id)?;
    if let Some(home) = &file.home {
        let home_id = context.actor(network, home)?;
        if network.actor(home_id).kind != ActorKind::Government {
            let problem = format!("the home of `{}` must be a government", file.id.get_ref());
            return Err(context.error(home.span(), "[[network.actor]]", problem, ""));
        }
        network.actor_mut(actor).home = Some(home_id);
    } else if file.kind == ActorKind::DomesticGroup {
        let problem = format!("the domestic group `{}` has no home", file.id.get_ref());
        return Err(context.error(
            file.id.span(),
            "[[network.actor]]",
            problem,
            "Give home = \"GOVERNMENT\".",
        ));
    }
    if let Some(predecessor) = &file.predecessor {
        network.actor_mut(actor).predecessor = Some(context.actor(network, predecessor)?);
    }
    Ok(())
}

fn actors_from_csv(
    context: &Context<'_>,
    path: &Spanned<String>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let optional = ["name", "kind", "home", "role", "from", "until", "predecessor"];
    let table = CsvTable::read(context.files, path, context.source, &["id"], &optional)?;
    table.for_each(|row| {
        let id = row.required("id")?;
        let kind = match row.get("kind") {
            "" | "government" => ActorKind::Government,
            "domestic-group" => ActorKind::DomesticGroup,
            "ngo" => ActorKind::Ngo,
            "igo" => ActorKind::Igo,
            other => {
                let kinds = ["government", "domestic-group", "ngo", "igo"];
                return Err(row.error(
                    other,
                    format!("unknown kind `{other}`{}", did_you_mean(other, kinds)),
                    known(kinds),
                ));
            }
        };
        let name = Some(row.get("name")).filter(|name| !name.is_empty());
        let made = new_actor(id, name, kind, row.date("from")?, row.date("until")?);
        let actor = made
            .and_then(|actor| network.add_actor(actor))
            .map_err(|error| row.error(id, error.to_string(), "Every actor stands in one row."))?;
        if !row.get("role").is_empty() {
            let role = Value::Category(row.get("role").to_owned());
            *network.attribute_mut("role").of_mut(actor) = Timeline::constant(role);
        }
        Ok(())
    })?;
    // Homes and predecessors may stand further down.
    table.for_each(|row| {
        let actor = |id: &str| network.actor_id(id).map_err(|error| row.error(id, error.to_string(), ""));
        let this = actor(row.get("id"))?;
        let home = if row.get("home").is_empty() { None } else { Some(actor(row.get("home"))?) };
        if network.actor(this).kind == ActorKind::DomesticGroup && home.is_none() {
            let problem = format!("the domestic group `{}` has no home", row.get("id"));
            return Err(row.error(row.get("id"), problem, "Name its government in the column `home`."));
        }
        if home.is_some_and(|home| network.actor(home).kind != ActorKind::Government) {
            let problem = format!("the home of `{}` must be a government", row.get("id"));
            return Err(row.error(row.get("home"), problem, "Name its government in the column `home`."));
        }
        let before =
            if row.get("predecessor").is_empty() { None } else { Some(actor(row.get("predecessor"))?) };
        network.actor_mut(this).home = home;
        network.actor_mut(this).predecessor = before;
        Ok(())
    })
}

// ---- Attributes and affiliations.

fn add_attribute(
    context: &Context<'_>,
    name: &str,
    file: &Spanned<AttributeFile>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let key = format!("[network.attribute.{name}]");
    let AttributeFile { file: path, world, values, default } = file.get_ref();
    let mut attribute = match world {
        Some(world) => normwave_world::attribute(world.get_ref(), network)
            .map_err(|error| context.error(world.span(), key, error.to_string(), ""))?,
        None => network.attribute(name).cloned().unwrap_or_default(),
    };
    if let Some(path) = path {
        let table = CsvTable::read(context.files, path, context.source, &["actor", "value"], &["from"])?;
        table.for_each(|row| {
            let id = row.required("actor")?;
            let actor = network.actor_id(id).map_err(|error| row.error(id, error.to_string(), ""))?;
            let text = row.required("value")?;
            let value = match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number),
                _ => Value::Category(text.to_owned()),
            };
            attribute.of_mut(actor).set(row.date("from")?.unwrap_or(Date::MIN), value);
            Ok(())
        })?;
    }
    for (id, value) in values {
        let actor = context.actor(network, id)?;
        *attribute.of_mut(actor) = Timeline::constant(value_of(value));
    }
    if let Some(default) = default {
        fill_default(&mut attribute, network, &value_of(default));
    }
    *network.attribute_mut(name) = attribute;
    Ok(())
}

fn value_of(value: &crate::file::AttributeValue) -> Value {
    match value {
        crate::file::AttributeValue::Number(number) => Value::Number(*number),
        crate::file::AttributeValue::Category(category) => Value::Category(category.clone()),
    }
}

// The default holds wherever an actor has no value.
fn fill_default(attribute: &mut Attribute, network: &Network, default: &Value) {
    for actor in (0u32..).map(ActorId).take(network.actors().len()) {
        let values = attribute.of_mut(actor);
        let mut filled = Timeline::constant(default.clone());
        for date in values.dates().collect::<Vec<_>>() {
            filled.set(date, values.at(date).unwrap_or(default).clone());
        }
        *values = filled;
    }
}

fn affiliation_of(
    context: &Context<'_>,
    name: &str,
    file: &Spanned<crate::file::AffiliationFile>,
    network: &Network,
) -> Result<Affiliation, ScenarioError> {
    let key = format!("[network.affiliation.{name}]");
    let mut affiliation = match &file.get_ref().world {
        Some(world) => normwave_world::affiliation(world.get_ref(), network)
            .map_err(|error| context.error(world.span(), key, error.to_string(), ""))?,
        None => Affiliation::default(),
    };
    name.clone_into(&mut affiliation.name);
    if let Some(path) = &file.get_ref().file {
        let columns = (["actor", "organisation"], ["from", "until"]);
        let table = CsvTable::read(context.files, path, context.source, &columns.0, &columns.1)?;
        table.for_each(|row| {
            let id = row.required("actor")?;
            let actor = network.actor_id(id).map_err(|error| row.error(id, error.to_string(), ""))?;
            let organisation = affiliation.organisation(row.required("organisation")?);
            let spell = Spell::new(row.date("from")?.unwrap_or(Date::MIN), row.date("until")?)
                .map_err(|error| row.error("", error.to_string(), ""))?;
            affiliation.memberships.push(Membership { actor, organisation, spell });
            Ok(())
        })?;
    }
    for (organisation, members) in &file.get_ref().members {
        let organisation = affiliation.organisation(organisation);
        for member in members {
            let actor = context.actor(network, member)?;
            affiliation.memberships.push(Membership { actor, organisation, spell: Spell::ALWAYS });
        }
    }
    Ok(affiliation)
}

// ---- Layers.

// In how many ways a layer is derived.
fn n_ways(layer: &LayerFile) -> usize {
    let ways = [
        layer.projection.is_some(),
        layer.homophily.is_some(),
        layer.equivalence.is_some(),
        layer.visibility.is_some(),
        layer.interdependence.is_some(),
        layer.common_fate.is_some(),
        layer.self_restraint.is_some(),
    ];
    ways.into_iter().filter(|way| *way).count()
}

fn is_derived(layer: &LayerFile) -> bool {
    n_ways(layer) > 0
}

fn add_stored_layer(
    context: &Context<'_>,
    name: &str,
    file: &Spanned<LayerFile>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let key = format!("[network.layer.{name}]");
    let layer = file.get_ref();
    let stored = match &layer.world {
        Some(world) => normwave_world::layer(world.get_ref(), network)
            .map_err(|error| context.error(world.span(), key.as_str(), error.to_string(), ""))?,
        None => Vec::new(),
    };
    // A generated network's own layer is added to, not made anew.
    let id = match network.layer_id(name) {
        Ok(id) => id,
        Err(_) => network
            .add_layer(name, LayerSource::Stored(Vec::new()))
            .map_err(|error| context.error(file.span(), key.as_str(), error.to_string(), ""))?,
    };
    let mut given = Given::default();
    for tie in network.ties_mut(id).into_iter().flatten() {
        given.check(tie, "the generated network").unwrap_or_default();
    }
    for tie in stored {
        given.check(&tie, "the packaged world").unwrap_or_default();
        network
            .add_tie(id, tie)
            .map_err(|error| context.error(file.span(), key.as_str(), error.to_string(), ""))?;
    }
    if let Some(path) = &layer.file {
        ties_from_csv(context, path, layer.undirected, id, network, &mut given)?;
    }
    for tie in &layer.ties {
        let from = context.actor(network, &tie.from)?;
        let strength = tie.strength.as_ref().map_or(1.0, |strength| *strength.get_ref());
        let at = |error: NetworkError, span: Range<usize>| {
            context.error(span, key.as_str(), error.to_string(), "")
        };
        let start = tie.start.map_or(Date::MIN, |date| date.0);
        let spell =
            Spell::new(start, tie.end.map(|date| date.0)).map_err(|error| at(error, tie.to.span()))?;
        let targets = if tie.to.get_ref() == "all" {
            let every = (0u32..).map(ActorId).take(network.actors().len());
            every.filter(|&to| to != from && network.actor(to).kind == ActorKind::Government).collect()
        } else {
            vec![context.actor(network, &tie.to)?]
        };
        for to in targets {
            let span = tie.strength.as_ref().map_or_else(|| tie.to.span(), Spanned::span);
            let spells = both(TieSpell { from, to, strength, spell }, layer.undirected);
            for spell in spells {
                network.add_tie(id, spell).map_err(|error| at(error, span.clone()))?;
                given.check(&spell, "another entry of `ties`").map_err(|before| {
                    let (problem, remedy) = twice(network, &spell, &before);
                    context.error(tie.to.span(), key.as_str(), problem, remedy)
                })?;
            }
        }
    }
    Ok(())
}

/// The ties that were given so far, by pair, and where: a pair has one tie at a time.
#[derive(Default)]
struct Given {
    spells: HashMap<(ActorId, ActorId), Vec<(Spell, String)>>,
}

impl Given {
    // Takes a tie down; where it was given before if the pair is tied at the same time.
    fn check(&mut self, tie: &TieSpell, place: &str) -> Result<(), String> {
        let known = self.spells.entry((tie.from, tie.to)).or_default();
        if let Some((_, before)) = known.iter().find(|(spell, _)| spell.overlaps(&tie.spell)) {
            return Err(before.clone());
        }
        known.push((tie.spell, place.to_owned()));
        Ok(())
    }
}

fn twice(network: &Network, tie: &TieSpell, before: &str) -> (String, &'static str) {
    let (from, to) = (&network.actor(tie.from).id, &network.actor(tie.to).id);
    let problem = format!("the tie {from} -> {to} is given twice for the same time: also by {before}");
    (problem, "Keep one, or end one spell before the other begins. An undirected tie is both directions.")
}

fn both(tie: TieSpell, undirected: bool) -> impl Iterator<Item = TieSpell> {
    let back = undirected.then_some(TieSpell { from: tie.to, to: tie.from, ..tie });
    std::iter::once(tie).chain(back)
}

fn ties_from_csv(
    context: &Context<'_>,
    path: &Spanned<String>,
    undirected: bool,
    layer: LayerId,
    network: &mut Network,
    given: &mut Given,
) -> Result<(), ScenarioError> {
    let columns = (["from", "to"], ["strength", "start", "end"]);
    let table = CsvTable::read(context.files, path, context.source, &columns.0, &columns.1)?;
    table.for_each(|row| {
        let actor = |column: &str| {
            let id = row.required(column)?;
            network
                .actor_id(id)
                .map_err(|error| row.error(id, error.to_string(), "Ties join actors of the network."))
        };
        let (from, to) = (actor("from")?, actor("to")?);
        let strength = row.number("strength", 1.0)?;
        let spell = Spell::new(row.date("start")?.unwrap_or(Date::MIN), row.date("end")?)
            .map_err(|error| row.error("", error.to_string(), ""))?;
        for tie in both(TieSpell { from, to, strength, spell }, undirected) {
            network
                .add_tie(layer, tie)
                .map_err(|error| row.error(row.get("strength"), error.to_string(), ""))?;
            given.check(&tie, &row.place()).map_err(|before| {
                let (problem, remedy) = twice(network, &tie, &before);
                row.error("", problem, remedy)
            })?;
        }
        Ok(())
    })
}

/// Adds the derived layers, once events have changed what they are derived from; those that name
/// other layers come last.
pub(super) fn add_derived_layers(
    context: &Context<'_>,
    file: &NetworkFile,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let rank = |layer: &LayerFile| match layer {
        LayerFile { visibility: Some(_), .. } => 2,
        LayerFile { projection: Some(_), .. } | LayerFile { homophily: Some(_), .. } => 0,
        _ => 1,
    };
    let mut derived: Vec<_> = file.layer.iter().filter(|(_, layer)| is_derived(layer.get_ref())).collect();
    derived.sort_by_key(|(_, layer)| rank(layer.get_ref()));
    for (name, layer) in derived {
        let key = format!("[network.layer.{name}]");
        let derivation = derivation(context, &key, layer)?;
        network
            .add_layer(name, LayerSource::Derived(derivation))
            .and_then(|_| network.at(context.calendar.as_of(0)).map(|_| ()))
            .map_err(|error| context.error(layer.span(), key, error.to_string(), ""))?;
    }
    Ok(())
}

fn derivation(
    context: &Context<'_>,
    key: &str,
    file: &Spanned<LayerFile>,
) -> Result<Derivation, ScenarioError> {
    let layer = file.get_ref();
    let stored = layer.file.is_some() || layer.world.is_some() || !layer.ties.is_empty();
    if n_ways(layer) > 1 || stored {
        return Err(context.error(
            file.span(),
            key,
            "a layer is either given (file, world, ties) or derived in one way",
            "Make two layers of it.",
        ));
    }
    Ok(match layer {
        LayerFile { projection: Some(projection), .. } => Derivation::Projection {
            affiliation: projection.get_ref().affiliation.get_ref().clone(),
            weighting: projection.get_ref().weighting,
        },
        LayerFile { homophily: Some(attributes), .. } => {
            Derivation::Homophily { attributes: attributes.clone().into_iter().collect() }
        }
        LayerFile { equivalence: Some(of), .. } => {
            Derivation::StructuralEquivalence { layer: of.get_ref().clone() }
        }
        LayerFile { visibility: Some(visibility), .. } => {
            let visibility = visibility.get_ref();
            Derivation::Visibility {
                base: visibility.base,
                raise: visibility.raise,
                contact: visibility.contact.as_ref().map(|contact| contact.get_ref().clone()),
            }
        }
        LayerFile { interdependence: Some(of), .. } => {
            Derivation::Interdependence { layer: of.get_ref().clone() }
        }
        LayerFile { common_fate: Some(of), .. } => Derivation::CommonFate { layer: of.get_ref().clone() },
        LayerFile { self_restraint: Some(restraint), .. } => {
            let restraint = restraint.get_ref();
            Derivation::SelfRestraint {
                hostility: restraint.hostility.get_ref().clone(),
                contact: restraint.contact.as_ref().map(|contact| contact.get_ref().clone()),
            }
        }
        _ => {
            return Err(context.error(
                file.span(),
                key,
                "this layer has no ties",
                "Give file, world or ties.",
            ));
        }
    })
}
