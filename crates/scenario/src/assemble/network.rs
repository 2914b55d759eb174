//! The network: actors, attributes, affiliations, layers.

mod generated;
mod large;

use super::Context;
use super::given::{Files, Given, Place, spell_between, spell_of};
use crate::ScenarioError;
use crate::error::{Source, did_you_mean, known};
use crate::file::{
    ActorFile, ActorsFile, AttributeFile, GrowthFile, LayerFile, MissingFile, NetworkFile, WorldFile,
    WorldName,
};
use crate::tables::CsvTable;
use normwave_network_model::{
    Actor, ActorId, ActorKind, Affiliation, Attribute, Date, Derivation, LayerId, LayerSource, Membership,
    Network, NetworkError, Spell, Tie, TieSpell, Timeline, Value, generate,
};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

pub(super) fn assemble(context: &Context<'_>, file: &NetworkFile) -> Result<Network, ScenarioError> {
    let mut network = match &file.generate {
        Some(generator) => generated::network(context, generator)?,
        None => Network::default(),
    };
    if let Some(rewired) = &file.rewired {
        generated::rewire(context, file.generate.is_some(), rewired, &mut network)?;
    }
    if let Some(world) = &file.world {
        let added = match world.get_ref() {
            WorldFile::Whether(true) => normwave_world::add_states(&mut network),
            WorldFile::Whether(false) => Ok(()),
            WorldFile::Named(WorldName::UsStates) => normwave_world::add_us_states(&mut network),
        };
        added.map_err(|error| context.error(world.span(), "[network]", error.to_string(), ""))?;
    }
    let mut roster = Roster::of(context, &network, file);
    match &file.actors {
        ActorsFile::Tables(paths) => {
            for path in paths {
                actors_from_csv(context, path, &mut network, &mut roster)?;
            }
        }
        ActorsFile::Ties(path) => actors_from_ties(context, path, &mut network, &mut roster)?,
    }
    for actor in &file.actor {
        add_actor(context, actor, &mut network, &mut roster)?;
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
            remedy:
                "Give actors = [\"actors.csv\"], actors = { ties = \"big.ties\" }, [[network.actor]] tables, \
                     generate, or world = true."
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
        .map_err(|error| context.error(file.span(), key, error.to_string(), generated::remedy(&error)))
}

// ---- Actors.

// Where each actor was named.
struct Roster<'s> {
    files: Files<'s>,
    places: Vec<Place>,
}

impl<'s> Roster<'s> {
    fn of(context: &Context<'s>, network: &Network, file: &NetworkFile) -> Self {
        let mut files = Files::new(context.source);
        let made = files.add(if file.generate.is_some() { "the generator" } else { "the packaged world" });
        Roster { files, places: vec![Place::new(made, 0); network.actors().len()] }
    }

    // Adds an actor; else what is wrong and what to do.
    fn add(
        &mut self,
        network: &mut Network,
        actor: Actor,
        place: Place,
    ) -> Result<ActorId, (String, &'static str)> {
        if let Some(problem) = bad_id(&actor.id) {
            return Err((problem, "Ids are short and plain, as `GBR`; put what people read into `name`."));
        }
        match network.add_actor(actor) {
            Ok(idx) => {
                self.places.push(place);
                Ok(idx)
            }
            Err(NetworkError::ActorTwice { id }) => {
                let before = network.actor_id(&id).ok().and_then(|idx| self.places.get(idx.idx()));
                let before = before.map_or(String::new(), |&place| self.files.name(place));
                Err((
                    format!("actor `{id}` is named twice: also by {before}"),
                    "Keep one of the two, or give one another id.",
                ))
            }
            Err(error) => Err((error.to_string(), "")),
        }
    }
}

fn bad_id(id: &str) -> Option<String> {
    if id == "all" {
        return Some("`all` means every government, so that no actor can be called so".to_owned());
    }
    // As most ids are.
    if (1..=200).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let n = id.chars().count();
    let plain = (1..=200).contains(&n) && !id.chars().any(char::is_control) && id.trim() == id;
    (!plain).then(|| {
        let what = match n {
            0 => "it is empty",
            n if n > 200 => "it is longer than 200 characters",
            _ => "it has line ends, other control characters, or spaces around it",
        };
        format!("this is no id: {what}")
    })
}

fn new_actor(id: &str, name: Option<&str>, kind: ActorKind, life: Spell) -> Actor {
    let mut actor = Actor::new(id, kind);
    if let Some(name) = name {
        actor = actor.named(name);
    }
    if life != Spell::ALWAYS {
        actor.lives = vec![life].into();
    }
    actor
}

fn add_actor(
    context: &Context<'_>,
    file: &ActorFile,
    network: &mut Network,
    roster: &mut Roster<'_>,
) -> Result<(), ScenarioError> {
    let key = "[[network.actor]]";
    let from = file.from.map(|date| date.0);
    let life = spell_between(context.source, key, ("from", "until"), from, file.until.as_ref())?;
    let actor = new_actor(file.id.get_ref(), file.name.as_deref(), file.kind, life);
    let place = Place::new(Files::SOURCE, file.id.span().start);
    let actor = roster
        .add(network, actor, place)
        .map_err(|(problem, remedy)| context.error(file.id.span(), key, problem, remedy))?;
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
    roster: &mut Roster<'_>,
) -> Result<(), ScenarioError> {
    let own = roster.files.add(path.get_ref());
    let optional = ["name", "kind", "home", "role", "from", "until", "predecessor"];
    let table = CsvTable::read(context.files, path, context.source, &["id"], &optional)?.not_empty()?;
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
        let actor = new_actor(id, name, kind, spell_of(row, "from", "until")?);
        let actor = roster
            .add(network, actor, Place::new(own, row.line()))
            .map_err(|(problem, remedy)| row.error(id, problem, remedy))?;
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

// A government for every id of a file of ties.
fn actors_from_ties(
    context: &Context<'_>,
    path: &Spanned<String>,
    network: &mut Network,
    roster: &mut Roster<'_>,
) -> Result<(), ScenarioError> {
    let place = Place::new(roster.files.add(path.get_ref()), 0);
    let mut add = |id: String| match roster.add(network, Actor::new(id, ActorKind::Government), place) {
        Ok(_) => Ok(()),
        Err((problem, remedy)) => {
            let problem = format!("`{}`: {problem}", path.get_ref());
            Err(context.error(path.span(), "[network] actors", problem, remedy))
        }
    };
    if large::is_large(path.get_ref()) {
        let table = large::table(context, path, "[network] actors")?;
        (0..table.n_actors()).try_for_each(|actor| add(table.id(actor)))
    } else {
        large::ids_of_csv(context, path)?.into_iter().try_for_each(add)
    }
}

// ---- Attributes and affiliations.

fn add_attribute(
    context: &Context<'_>,
    name: &str,
    file: &Spanned<AttributeFile>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let key = format!("[network.attribute.{name}]");
    let AttributeFile { file: path, world, values, default, .. } = file.get_ref();
    let mut attribute = match world {
        Some(world) => normwave_world::attribute(world.get_ref(), network, context.years())
            .map_err(|error| context.error(world.span(), key, error.to_string(), ""))?,
        None => network.attribute(name).cloned().unwrap_or_default(),
    };
    if let Some(path) = path {
        let table = CsvTable::read(context.files, path, context.source, &["actor", "value"], &["from"])?;
        let table = table.not_empty()?;
        // The line that gave each value: by actor where it has no date, as all have in large tables.
        let mut undated = vec![0; network.actors().len()];
        let mut dated = HashMap::new();
        let mut next = 0;
        table.for_each(|row| {
            let id = row.required("actor")?;
            // Rows often come in the order of actors.
            if network.actors().get(next).is_none_or(|actor| actor.id != id) {
                next = network.actor_id(id).map_err(|error| row.error(id, error.to_string(), ""))?.idx();
            }
            let actor = ActorId(u32::try_from(next).unwrap_or(u32::MAX));
            next += 1;
            let from = row.date("from")?.unwrap_or(Date::MIN);
            let before = if from == Date::MIN {
                Some(std::mem::replace(&mut undated[actor.idx()], row.line())).filter(|&line| line > 0)
            } else {
                dated.insert((actor, from), row.line())
            };
            if let Some(before) = before {
                let when = if from == Date::MIN { String::new() } else { format!(" from {from}") };
                let problem =
                    format!("the value of `{id}`{when} is given twice: also by {}:{before}", path.get_ref());
                return Err(row.error("", problem, "Keep one, or date them in the column `from`."));
            }
            attribute.of_mut(actor).set(from, row.value("value")?);
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

/// The attributes whose lack drops a government.
pub(super) fn dropping(source: &Source, file: &NetworkFile) -> Result<BTreeSet<String>, ScenarioError> {
    let mut names = BTreeSet::new();
    for (name, attribute) in &file.attribute {
        let AttributeFile { default, missing, .. } = attribute.get_ref();
        let Some(missing) = missing else { continue };
        if default.is_some() {
            let remedy = "Keep one: `default` gives everybody a value, so that nobody lacks it.";
            let problem = "`missing` does not go with `default`";
            return Err(source.error(missing.span(), format!("[network.attribute.{name}]"), problem, remedy));
        }
        if *missing.get_ref() == MissingFile::Drop {
            names.insert(name.clone());
        }
    }
    Ok(names)
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
        Some(world) => normwave_world::affiliation(world.get_ref(), network, context.years())
            .map_err(|error| context.error(world.span(), key.as_str(), error.to_string(), ""))?,
        None => Affiliation::default(),
    };
    name.clone_into(&mut affiliation.name);
    let mut given = Given::default();
    let mut files = Files::new(context.source);
    if let Some(path) = &file.get_ref().file {
        let columns = (["actor", "organisation"], ["from", "until"]);
        let table = CsvTable::read(context.files, path, context.source, &columns.0, &columns.1)?;
        let own = files.add(path.get_ref());
        let known = affiliation.organisations.iter().cloned().zip(0u32..);
        let mut known: HashMap<String, u32> = known.collect();
        table.for_each(|row| {
            let id = row.required("actor")?;
            let actor = network.actor_id(id).map_err(|error| row.error(id, error.to_string(), ""))?;
            let name = row.required("organisation")?;
            let organisation = match known.get(name) {
                Some(&organisation) => organisation,
                None => {
                    let new = u32::try_from(affiliation.organisations.len()).unwrap_or(u32::MAX);
                    affiliation.organisations.push(name.to_owned());
                    known.insert(name.to_owned(), new);
                    new
                }
            };
            let spell = spell_of(row, "from", "until")?;
            given.add((actor, organisation), spell, Place::new(own, row.line())).map_err(|before| {
                let (problem, remedy) = member_twice(id, name, &files.name(before));
                row.error("", problem, remedy)
            })?;
            affiliation.memberships.push(Membership { actor, organisation, spell });
            Ok(())
        })?;
    }
    for (name, members) in &file.get_ref().members {
        let organisation = affiliation.organisation(name);
        for member in members {
            let actor = context.actor(network, member)?;
            let place = Place::new(Files::SOURCE, member.span().start);
            given.add((actor, organisation), Spell::ALWAYS, place).map_err(|before| {
                let (problem, remedy) = member_twice(member.get_ref(), name, &files.name(before));
                context.error(member.span(), key.as_str(), problem, remedy)
            })?;
            affiliation.memberships.push(Membership { actor, organisation, spell: Spell::ALWAYS });
        }
    }
    Ok(affiliation)
}

fn member_twice(actor: &str, organisation: &str, before: &str) -> (String, &'static str) {
    let problem = format!(
        "the membership of `{actor}` in `{organisation}` is given twice for the same time: also by {before}"
    );
    (problem, "Keep one, or end one spell before the other begins.")
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
    let large = layer.file.as_ref().filter(|path| large::is_large(path.get_ref()));
    let only_file = layer.world.is_none() && layer.ties.is_empty() && network.layer_id(name).is_err();
    if let Some(path) = layer.file.as_ref().filter(|_| only_file) {
        let standing = |ties| LayerSource::Standing(Arc::new(ties));
        if large.is_some() {
            let ties = large::ties(context, path, layer.undirected, &key, network)?;
            let added = network.add_layer(name, standing(ties));
            return added.map(|_| ()).map_err(|error| large::refused(context, path, &key, &error));
        }
        // Row by row below, so that a fault is named with its place.
        if let Some(table) = large::table_of_csv(context, path)?
            && let Ok(ties) = large::among(&table, network, layer.undirected)
            && network.add_layer(name, standing(ties)).is_ok()
        {
            return Ok(());
        }
    }
    let stored = match &layer.world {
        Some(world) => normwave_world::layer(world.get_ref(), network, context.years())
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
    let mut files = Files::new(context.source);
    let mut given = Given::default();
    let made = Place::new(files.add("the generator"), 0);
    let packaged = Place::new(files.add("the packaged world"), 0);
    for tie in network.ties_mut(id).into_iter().flatten() {
        given.add((tie.from, tie.to), tie.spell, made).unwrap_or_default();
    }
    for tie in stored {
        given.add((tie.from, tie.to), tie.spell, packaged).unwrap_or_default();
        network
            .add_tie(id, tie)
            .map_err(|error| context.error(file.span(), key.as_str(), error.to_string(), ""))?;
    }
    if let Some(path) = large {
        // Beside other ties of the layer.
        let own = Place::new(files.add(path.get_ref()), 0);
        for &tie in large::ties(context, path, layer.undirected, &key, network)?.by_target() {
            let Tie { from, to, strength } = tie;
            let tie = TieSpell { from, to, strength, spell: Spell::ALWAYS };
            network.add_tie(id, tie).map_err(|error| large::refused(context, path, &key, &error))?;
            given.add((from, to), tie.spell, own).map_err(|before| {
                let (problem, remedy) = twice(network, &tie, &files.name(before));
                context.error(path.span(), key.as_str(), problem, remedy)
            })?;
        }
    } else if let Some(path) = &layer.file {
        ties_from_csv(context, path, layer.undirected, id, network, (&mut files, &mut given))?;
    }
    for tie in &layer.ties {
        let from = context.actor(network, &tie.from)?;
        let strength = tie.strength.as_ref().map_or(1.0, |strength| *strength.get_ref());
        let at = |error: NetworkError, span: Range<usize>| {
            context.error(span, key.as_str(), error.to_string(), "")
        };
        let start = tie.start.map(|date| date.0);
        let spell = spell_between(context.source, &key, ("start", "end"), start, tie.end.as_ref())?;
        let place = Place::new(Files::SOURCE, tie.to.span().start);
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
                given.add((spell.from, spell.to), spell.spell, place).map_err(|before| {
                    let (problem, remedy) = twice(network, &spell, &files.name(before));
                    context.error(tie.to.span(), key.as_str(), problem, remedy)
                })?;
            }
        }
    }
    Ok(())
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
    (files, given): (&mut Files<'_>, &mut Given<(ActorId, ActorId)>),
) -> Result<(), ScenarioError> {
    let own = files.add(path.get_ref());
    let columns = large::COLUMNS;
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
        let spell = spell_of(row, "start", "end")?;
        for tie in both(TieSpell { from, to, strength, spell }, undirected) {
            network
                .add_tie(layer, tie)
                .map_err(|error| row.error(row.get("strength"), error.to_string(), ""))?;
            let place = Place::new(own, row.line());
            given.add((tie.from, tie.to), tie.spell, place).map_err(|before| {
                let (problem, remedy) = twice(network, &tie, &files.name(before));
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
