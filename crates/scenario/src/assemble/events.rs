//! Events: dated changes of anything in the scenario.

use super::Context;
use crate::advocacy::Scheduled;
use crate::error::{did_you_mean, known};
use crate::file::{Change, EventFile, Names, Who};
use crate::{ActiveModerator, Adopter, Blocked, Event, Offer, Scenario, ScenarioError};
use normwave_moderators::{Level, Moderator, Pressure};
use normwave_network_model::{
    ActorId, Date, LayerId, Network, NetworkView, Spell, TieSpell, Timeline, Value,
};
use normwave_pressure_factors::{Reads, Scope, SystemView};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use toml::Spanned;

/// Applies the changes of attributes, in order of their dates.
pub(super) fn apply_to_attributes(
    context: &Context<'_>,
    file: &BTreeMap<String, EventFile>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    for (dated, event) in in_order(context, file)? {
        for change in &event.change {
            if let Some(name) = &change.get_ref().attribute {
                dated.check_keys(change)?;
                dated.check_aim(change, network)?;
                dated.attribute(change, name, network)?;
            }
        }
    }
    Ok(())
}

/// Applies everything else, in order of their dates.
pub(super) fn apply(
    context: &Context<'_>,
    file: &BTreeMap<String, EventFile>,
    scenario: &mut Scenario,
) -> Result<(), ScenarioError> {
    for (dated, event) in in_order(context, file)? {
        scenario.events.push(Event {
            name: dated.name.to_owned(),
            title: if event.title.is_empty() { dated.name.to_owned() } else { event.title.clone() },
            kind: event.kind.clone(),
            date: dated.date,
            until: dated.until,
            half_life: dated.half_life,
            source: event.source.clone(),
            cost: event.cost,
            changes: event.change.iter().map(|change| change.get_ref().clone()).collect(),
        });
        for change in &event.change {
            dated.check_keys(change)?;
            dated.check_aim(change, &scenario.network)?;
            dated.apply(change, scenario)?;
        }
    }
    Ok(())
}

// Most ticks over which the changes of an event decay; each is a change of its own.
const MOST_PIECES: usize = if cfg!(fuzzing) { 100 } else { 10_000 };

// By date, then name.
fn in_order<'a>(
    context: &'a Context<'a>,
    file: &'a BTreeMap<String, EventFile>,
) -> Result<Vec<(Dated<'a>, &'a EventFile)>, ScenarioError> {
    let mut events = Vec::new();
    for (name, event) in file {
        let key = format!("[event.{name}]");
        let date = context.date_within(&event.date, &key)?;
        let until = context.end_after(date, event.until.as_ref(), &key)?;
        let typed = event.kind.is_some();
        let half_life = half_life(context, event, name)?;
        events.push((Dated { context, name, typed, date, until, half_life, slowed: Vec::new() }, event));
    }
    events.sort_by_key(|(dated, _)| (dated.date, dated.name));
    slow_decays(context, file, &mut events)?;
    for (dated, event) in &events {
        if let Some(half_life) = event.half_life.as_ref().filter(|_| dated.pieces().len() > MOST_PIECES) {
            return Err(context.error(
                half_life.span(),
                dated.key(),
                format!("this decays over more than {MOST_PIECES} ticks"),
                "Give a shorter half-life, an earlier `until`, or a longer tick.",
            ));
        }
    }
    Ok(events)
}

// Tells the events that decay when others keep them up.
fn slow_decays<'a>(
    context: &Context<'_>,
    file: &BTreeMap<String, EventFile>,
    events: &mut [(Dated<'a>, &'a EventFile)],
) -> Result<(), ScenarioError> {
    let mut slowed: Vec<(usize, Spell, f64)> = Vec::new();
    for (dated, event) in events.iter() {
        for change in &event.change {
            let Some(names) = &change.get_ref().sustain else { continue };
            let speed = change.get_ref().multiply.unwrap_or(0.0);
            if !(0.0..=1.0).contains(&speed) {
                return Err(dated.error(
                    change,
                    "`multiply` of `sustain` is 0 to 1",
                    "0 lets nothing decay.",
                ));
            }
            for (name, span) in placed(names) {
                let refuse = |problem: String, remedy: &str| {
                    Err(context.error(span.clone(), dated.key(), problem, remedy))
                };
                match events.iter().position(|(other, _)| other.name == name) {
                    Some(idx) if events[idx].0.half_life.is_some() => {
                        slowed.push((idx, Spell { from: dated.date, until: dated.until }, speed));
                    }
                    Some(_) => {
                        let problem =
                            format!("the event `{name}` does not decay, so that it needs no upkeep");
                        return refuse(problem, "Give that event a half-life.");
                    }
                    // What is switched off needs no upkeep either.
                    None if context.dropped.iter().any(|dropped| dropped == name) => {}
                    None => {
                        let names = || file.keys().map(String::as_str);
                        let near = did_you_mean(name, names());
                        return refuse(format!("there is no event `{name}`{near}"), &known(names()));
                    }
                }
            }
        }
    }
    for (idx, spell, speed) in slowed {
        events[idx].0.slowed.push((spell, speed));
    }
    Ok(())
}

// Names with their places; that of the whole where one has none of its own.
fn placed(names: &Spanned<Names>) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    names.get_ref().0.iter().map(|name| {
        (name.get_ref().as_str(), if name.span().is_empty() { names.span() } else { name.span() })
    })
}

fn half_life(context: &Context<'_>, event: &EventFile, name: &str) -> Result<Option<f64>, ScenarioError> {
    let Some(half_life) = &event.half_life else { return Ok(None) };
    let years = *half_life.get_ref();
    if years > 0.0 {
        return Ok(Some(years).filter(|years| years.is_finite()));
    }
    Err(context.error(
        half_life.span(),
        format!("[event.{name}]"),
        "half-life is a number of years, more than 0",
        "inf: no decay.",
    ))
}

// An event's changes, from its date to its end.
struct Dated<'a> {
    context: &'a Context<'a>,
    name: &'a str,
    // Whether it was written as a named intervention.
    typed: bool,
    date: Date,
    until: Option<Date>,
    half_life: Option<f64>,
    // When its decay slows down, and to which share of its speed.
    slowed: Vec<(Spell, f64)>,
}

// What a change does to a number.
#[derive(Clone, Copy)]
enum Turn {
    Set(f64),
    Add(f64),
    Multiply(f64),
}

impl Turn {
    // At a fraction of its strength, as it decays.
    fn faded(self, by: f64) -> Turn {
        match self {
            Turn::Set(value) => Turn::Set(value),
            Turn::Add(value) => Turn::Add(value * by),
            Turn::Multiply(value) => Turn::Multiply(1.0 + (value - 1.0) * by),
        }
    }

    fn apply(self, value: f64) -> f64 {
        match self {
            Turn::Set(new) => new,
            Turn::Add(more) => value + more,
            Turn::Multiply(by) => value * by,
        }
    }
}

impl Dated<'_> {
    // A change names one thing, and what goes with it.
    fn check_keys(&self, change: &Spanned<Change>) -> Result<(), ScenarioError> {
        let c = change.get_ref();
        let value: &[&str] = &["set", "add", "multiply"];
        let things: [(&str, bool, &[&str], &[&str]); 12] = [
            ("attribute", c.attribute.is_some(), &["who"], value),
            ("layer", c.layer.is_some(), &["who", "from"], value),
            ("kappa", c.kappa.is_some(), &[], value),
            ("gain", c.gain.is_some(), &["who", "from", "toward"], &["multiply"]),
            ("weight", c.weight.is_some(), &[], value),
            ("weights", !c.weights.is_empty(), &[], &[]),
            ("blocked", c.blocked.is_some(), &[], &[]),
            ("threshold", c.threshold, &["who"], value),
            ("advocacy", c.advocacy.is_some(), &["who"], &["set"]),
            ("offer", c.offer.is_some(), &["who"], &[]),
            ("position", c.position.is_some(), &["who"], &[]),
            ("sustain", c.sustain.is_some(), &[], &["multiply"]),
        ];
        let mut named = things.iter().filter(|thing| thing.1);
        let (Some((thing, _, whom, how)), None) = (named.next(), named.next()) else {
            let all: Vec<&str> = things.iter().map(|thing| thing.0).collect();
            let remedy = format!("One of: {}.", all.join(", "));
            return Err(self.error(change, "a change names exactly one thing that changes", &remedy));
        };
        let given = [
            ("who", c.who.is_some()),
            ("from", c.from.is_some()),
            ("toward", c.toward.is_some()),
            ("set", c.set.is_some()),
            ("add", c.add.is_some()),
            ("multiply", c.multiply.is_some()),
        ];
        let stray = given.iter().find(|(key, given)| *given && !whom.contains(key) && !how.contains(key));
        if let Some((key, _)) = stray {
            let fitting: Vec<String> = whom.iter().chain(*how).map(|key| format!("`{key}`")).collect();
            let remedy = match fitting.as_slice() {
                [] => format!("`{thing}` takes no other key."),
                _ => format!("With `{thing}` go: {}.", fitting.join(", ")),
            };
            return Err(self.error(change, format!("`{key}` does not go with `{thing}`"), &remedy));
        }
        Ok(())
    }

    // An intervention is aimed at somebody who exists.
    fn check_aim(&self, change: &Spanned<Change>, network: &Network) -> Result<(), ScenarioError> {
        let tick = self.context.calendar.tick_from(self.date);
        let c = change.get_ref();
        for who in [&c.who, &c.from].into_iter().flatten().filter(|_| self.typed) {
            let meant = self.context.actors(network, who, self.date, &self.key())?;
            if !meant.iter().any(|&id| network.actor(id).lives_on(self.context.calendar.as_of(tick))) {
                let label = self.context.calendar.label(tick);
                let problem = format!("nobody whom this names exists in {label}");
                let remedy = "Give a date on which one of them does, or name others.";
                return Err(self.context.error(who.span(), self.key(), problem, remedy));
            }
        }
        Ok(())
    }

    fn apply(&self, change: &Spanned<Change>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
        let c = change.get_ref();
        match c {
            // Applied before, so that what is computed from attributes follows.
            Change { attribute: Some(_), .. } => Ok(()),
            // Heeded before, by those that are kept up.
            Change { sustain: Some(_), .. } => Ok(()),
            Change { layer: Some(name), .. } => self.layer(change, name, scenario),
            Change { kappa: Some(name), .. } => self.kappa(change, name, scenario),
            Change { gain: Some(names), .. } => self.gain(change, names, scenario),
            Change { blocked: Some(group), .. } => self.blocked(change, group, scenario),
            Change { threshold: true, .. } => self.threshold(change, scenario),
            Change { advocacy: Some(position), .. } => {
                let position = self.context.position(position)?;
                self.advocacy(change, position, scenario)
            }
            Change { offer: Some(position), .. } => {
                let position = self.context.position(position)?;
                let to = match &c.who {
                    None => None,
                    Some(who) => Some(self.context.mask(&scenario.network, who, self.date, &self.key())?),
                };
                let when = Vec::new();
                scenario.norm.offers.push(Offer { position, from: self.date, until: self.until, to, when });
                Ok(())
            }
            Change { position: Some(position), .. } => {
                let position = self.context.position(position)?;
                let who = self.who(change)?;
                let applies = &scenario.norm.applies;
                let made = self.context.deciding(&scenario.network, applies, who, self.date, &self.key())?;
                for actor in made {
                    let event = Some(self.name.to_owned());
                    scenario.adopters.push(Adopter { date: self.date, actor, position, event });
                }
                Ok(())
            }
            _ => self.weights(change, scenario),
        }
    }

    fn key(&self) -> String {
        format!("[event.{}]", self.name)
    }

    fn error(&self, change: &Spanned<Change>, problem: impl Into<String>, remedy: &str) -> ScenarioError {
        self.context.error(change.span(), self.key(), problem, remedy)
    }

    fn who<'c>(&self, change: &'c Spanned<Change>) -> Result<&'c Spanned<Who>, ScenarioError> {
        let who = change.get_ref().who.as_ref();
        who.ok_or_else(|| {
            self.error(change, "`who` is missing", "Say on whom, as who = \"GBR\" or who = \"all\".")
        })
    }

    fn turn(&self, change: &Spanned<Change>) -> Result<Turn, ScenarioError> {
        let c = change.get_ref();
        let turn = match (c.set, c.add, c.multiply) {
            (Some(value), None, None) => Turn::Set(value),
            (None, Some(value), None) => Turn::Add(value),
            (None, None, Some(value)) => Turn::Multiply(value),
            _ => {
                return Err(self.error(change, "give exactly one of set, add and multiply", ""));
            }
        };
        let (Turn::Set(value) | Turn::Add(value) | Turn::Multiply(value)) = turn;
        if !value.is_finite() {
            return Err(self.error(change, format!("{value} is not a finite number"), ""));
        }
        if self.half_life.is_some() && matches!(turn, Turn::Set(_)) {
            return Err(self.cannot_set(change));
        }
        Ok(turn)
    }

    fn cannot_set(&self, change: &Spanned<Change>) -> ScenarioError {
        let remedy = "Use add or multiply, or leave half-life out.";
        self.error(change, "a change that decays cannot set a value", remedy)
    }

    // The pieces of time in which the turn holds at a given strength: one, or a tick each as it decays.
    // One more than are possible is never followed by another.
    fn pieces(&self) -> Vec<(Date, Option<Date>, f64)> {
        let Some(half_life) = self.half_life else { return vec![(self.date, self.until, 1.0)] };
        let calendar = &self.context.calendar;
        let first = calendar.tick_from(self.date);
        let mut pieces = Vec::new();
        let mut ticks = 0.0;
        for tick in first..calendar.n_ticks() {
            let strength = (-ticks * calendar.length().years() / half_life).exp2();
            let now = calendar.as_of(tick);
            let slowed = self.slowed.iter().filter(|(spell, _)| spell.contains(now));
            ticks += slowed.map(|(_, speed)| speed).product::<f64>();
            let from = calendar.date_of(tick).max(self.date);
            let ended = self.until.is_some_and(|end| from >= end);
            if strength < 1e-3 || ended || pieces.len() > MOST_PIECES {
                break;
            }
            let next = calendar.date_of(tick + 1);
            pieces.push((from, Some(self.until.map_or(next, |end| end.min(next))), strength));
        }
        pieces
    }

    fn turn_line(&self, turn: Turn, line: &mut Timeline<f64>) {
        for (from, until, strength) in self.pieces() {
            let turn = turn.faded(strength);
            line.change(from, until, |value| value.map(|value| turn.apply(*value)));
        }
    }

    fn attribute(
        &self,
        change: &Spanned<Change>,
        name: &Spanned<String>,
        network: &mut Network,
    ) -> Result<(), ScenarioError> {
        let turn = self.turn(change)?;
        network
            .attribute(name.get_ref())
            .map_err(|error| self.context.error(name.span(), self.key(), error.to_string(), ""))?;
        let who = self.context.actors(network, self.who(change)?, self.date, &self.key())?;
        for actor in who {
            let values = network.attribute_mut(name.get_ref()).of_mut(actor);
            for (from, until, strength) in self.pieces() {
                let turn = turn.faded(strength);
                values.change(from, until, |value| match (value, turn) {
                    (Some(Value::Number(number)), turn) => Some(Value::Number(turn.apply(*number))),
                    (_, Turn::Set(new)) => Some(Value::Number(new)),
                    (other, _) => other.cloned(),
                });
            }
        }
        Ok(())
    }

    fn layer(
        &self,
        change: &Spanned<Change>,
        name: &Spanned<String>,
        scenario: &mut Scenario,
    ) -> Result<(), ScenarioError> {
        let turn = self.turn(change)?;
        let key = self.key();
        let network = &mut scenario.network;
        let c = change.get_ref();
        let id = network.layer_id(name.get_ref()).map_err(|error| {
            self.context.error(
                name.span(),
                key.as_str(),
                error.to_string(),
                "Derived layers follow what they are derived from; change that.",
            )
        })?;
        let mask = |who: &Option<Spanned<Who>>| match who {
            None => Ok(vec![true; network.actors().len()]),
            Some(who) => self.context.mask(network, who, self.date, &key),
        };
        let (to, from) = (mask(&c.who)?, mask(&c.from)?);
        let pieces = self.pieces();
        let Some(ties) = network.ties_mut(id) else {
            return Err(self.error(change, "this layer is derived", "Change what it is derived from."));
        };
        let named = |tie: &TieSpell| to[tie.to.idx()] && from[tie.from.idx()];
        for (start, until, strength) in pieces {
            let turn = turn.faded(strength);
            let least = turn_ties(ties, &named, start, until, |strength| turn.apply(strength)).0;
            if least < 0.0 {
                let problem = format!("this would make a strength {least}; strengths are 0 or more");
                let remedy = "To model opposition, give the sender advocacy for position 0.";
                return Err(self.error(change, problem, remedy));
            }
        }
        match turn {
            Turn::Set(strength) | Turn::Add(strength) => self.new_ties(change, id, strength, scenario),
            Turn::Multiply(_) => Ok(()),
        }
    }

    // A tie that is set, or added to, where there was none comes into being.
    fn new_ties(
        &self,
        change: &Spanned<Change>,
        layer: LayerId,
        strength: f64,
        scenario: &mut Scenario,
    ) -> Result<(), ScenarioError> {
        let Change { who: Some(to), from: Some(from), .. } = change.get_ref() else { return Ok(()) };
        let network = &mut scenario.network;
        let targets = self.context.actors(network, to, self.date, &self.key())?;
        let senders = self.context.actors(network, from, self.date, &self.key())?;
        let mut tied: HashMap<(ActorId, ActorId), Vec<Spell>> = HashMap::new();
        for tie in network.ties_mut(layer).into_iter().flatten() {
            tied.entry((tie.from, tie.to)).or_default().push(tie.spell);
        }
        for (&from, &to) in senders.iter().flat_map(|from| targets.iter().map(move |to| (from, to))) {
            let before = tied.get(&(from, to)).map_or(&[][..], Vec::as_slice);
            for (start, until, by) in self.pieces() {
                let spell = Spell { from: start, until };
                if from != to && !before.iter().any(|before| before.overlaps(&spell)) {
                    let tie = TieSpell { from, to, strength: strength * by, spell };
                    network.add_tie(layer, tie).map_err(|error| self.error(change, error.to_string(), ""))?;
                }
            }
        }
        Ok(())
    }

    fn factor(
        &self,
        name: &str,
        span: std::ops::Range<usize>,
        scenario: &Scenario,
    ) -> Result<usize, ScenarioError> {
        scenario.factors.iter().position(|factor| factor.name == name).ok_or_else(|| {
            let names = || scenario.factors.iter().map(|factor| factor.name.as_str());
            let problem = format!("there is no factor `{name}`{}", did_you_mean(name, names()));
            let mut remedy = known(names());
            if self.typed {
                remedy.push_str(
                    " An intervention touches the factors that its keys name, or else its defaults.",
                );
            }
            self.context.error(span, self.key(), problem, remedy)
        })
    }

    fn kappa(
        &self,
        change: &Spanned<Change>,
        name: &Spanned<String>,
        scenario: &mut Scenario,
    ) -> Result<(), ScenarioError> {
        let turn = self.turn(change)?;
        let factor = self.factor(name.get_ref(), name.span(), scenario)?;
        let kappa = &mut scenario.factors[factor].kappa;
        self.turn_line(turn, kappa);
        let negative = kappa.dates().any(|date| kappa.at(date).is_some_and(|kappa| *kappa < 0.0));
        if negative {
            return Err(self.error(change, "this would make kappa negative", "kappa is 0 or more."));
        }
        Ok(())
    }

    fn gain(
        &self,
        change: &Spanned<Change>,
        names: &Spanned<crate::file::Names>,
        scenario: &mut Scenario,
    ) -> Result<(), ScenarioError> {
        let c = change.get_ref();
        let Some(by) = c.multiply.filter(|by| (0.0..=normwave_moderators::MAX_GAIN).contains(by)) else {
            return Err(self.error(
                change,
                "a gain needs `multiply`, from 0 to 11",
                "1 is neutral, 0 mutes.",
            ));
        };
        let mut acts_on = Vec::new();
        for (name, span) in placed(names) {
            let factor = self.factor(name, span.clone(), scenario)?;
            if c.from.is_some() && scenario.factors[factor].mechanism.scope() == Scope::Actors {
                let problem = format!("`{name}` has no senders, so that `from` means nothing");
                return Err(self.context.error(span, self.key(), problem, "Leave `from` out."));
            }
            acts_on.push(factor);
        }
        let mask = |who: &Option<Spanned<Who>>| {
            who.as_ref()
                .map(|who| self.context.mask(&scenario.network, who, self.date, &self.key()))
                .transpose()
        };
        let (to, from) = (mask(&c.who)?, mask(&c.from)?);
        let mut line = Timeline::constant(1.0);
        self.turn_line(Turn::Multiply(by), &mut line);
        let changes = line.dates().filter(|date| *date > Date::MIN).collect();
        let toward = c.toward.map(|toward| toward == crate::file::Toward::New);
        let gain = EventGain { to, from, toward_new: toward, line };
        let moderator =
            ActiveModerator { name: self.name.to_owned(), acts_on, moderator: Arc::new(gain), changes };
        scenario.moderators.push(moderator);
        Ok(())
    }

    fn threshold(&self, change: &Spanned<Change>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
        let turn = self.turn(change)?;
        let everybody: Vec<ActorId> = (0u32..).map(ActorId).take(scenario.network.actors().len()).collect();
        let who = match &change.get_ref().who {
            None => everybody,
            Some(who) => self.context.actors(&scenario.network, who, self.date, &self.key())?,
        };
        for actor in who {
            self.turn_line(turn, &mut scenario.decision.thresholds[actor.idx()]);
        }
        Ok(())
    }

    fn advocacy(
        &self,
        change: &Spanned<Change>,
        position: u8,
        scenario: &mut Scenario,
    ) -> Result<(), ScenarioError> {
        let Some(level) = change.get_ref().set.filter(|level| (0.0..=1.0).contains(level)) else {
            return Err(self.error(change, "advocacy needs `set`, from 0 to 1", ""));
        };
        let who = self.who(change)?;
        for actor in self.context.actors(&scenario.network, who, self.date, &self.key())? {
            for (from, until, strength) in self.pieces() {
                let level = level * strength;
                scenario.advocacy.scheduled.push(Scheduled { actor, position, from, until, level });
            }
        }
        Ok(())
    }

    fn blocked(
        &self,
        change: &Spanned<Change>,
        group: &Spanned<String>,
        scenario: &mut Scenario,
    ) -> Result<(), ScenarioError> {
        let id = self.context.actor(&scenario.network, group)?;
        if scenario.network.actor(id).home.is_none() {
            let problem = format!("`{}` is no group of a selectorate", group.get_ref());
            let remedy = "Groups are named GOVERNMENT/role.";
            return Err(self.context.error(group.span(), self.key(), problem, remedy));
        }
        if self.half_life.is_some() {
            return Err(self.cannot_set(change));
        }
        scenario.advocacy.blocked.push(Blocked { group: id, from: self.date, until: self.until });
        Ok(())
    }

    // Weights of groups in their selectorates.
    fn weights(&self, change: &Spanned<Change>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
        let c = change.get_ref();
        let mut turns: Vec<(&Spanned<String>, Turn)> = Vec::new();
        if let Some(group) = &c.weight {
            turns.push((group, self.turn(change)?));
        }
        if self.half_life.is_some() && !c.weights.is_empty() {
            return Err(self.cannot_set(change));
        }
        turns.extend(c.weights.iter().map(|(group, weight)| (group, Turn::Set(*weight))));
        let layer = scenario.network.layer_id(super::advocacy::DOMESTIC).map_err(|_| {
            self.error(change, "there are no selectorates", "Add [[selectorate.group]] tables.")
        })?;
        for (group, turn) in turns {
            let id = self.context.actor(&scenario.network, group)?;
            let pieces = self.pieces();
            let Some(ties) = scenario.network.ties_mut(layer) else { continue };
            if !ties.iter().any(|tie| tie.from == id) {
                let problem = format!("`{}` is no group of a selectorate", group.get_ref());
                return Err(self.context.error(
                    group.span(),
                    self.key(),
                    problem,
                    "Groups are named GOVERNMENT/role.",
                ));
            }
            for (from, until, strength) in pieces {
                let turn = turn.faded(strength);
                let named = |tie: &TieSpell| tie.from == id;
                let (least, most) = turn_ties(ties, &named, from, until, |weight| turn.apply(weight));
                if least < 0.0 || most > 1.0 {
                    let wrong = if least < 0.0 { least } else { most };
                    let problem = format!("this would give `{}` the weight {wrong}", group.get_ref());
                    return Err(self.error(change, problem, "Weights are 0 to 1."));
                }
            }
        }
        Ok(())
    }
}

// Changes the strengths of some ties in [from, until), cutting their spells where needed. Returns
// the least and the largest of the new strengths.
pub(super) fn turn_ties(
    ties: &mut Vec<TieSpell>,
    named: &dyn Fn(&TieSpell) -> bool,
    from: Date,
    until: Option<Date>,
    turn: impl Fn(f64) -> f64,
) -> (f64, f64) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let window = Spell { from, until };
    let mut pieces = Vec::new();
    for tie in ties.iter_mut().filter(|tie| named(tie) && tie.spell.overlaps(&window)) {
        let old = *tie;
        if old.spell.from < from {
            let mut before = old;
            before.spell.until = Some(from);
            pieces.push(before);
        }
        if let Some(end) = until.filter(|end| old.spell.until.is_none_or(|last| *end < last)) {
            let mut after = old;
            after.spell.from = end;
            pieces.push(after);
        }
        tie.spell.from = old.spell.from.max(from);
        tie.spell.until = match (old.spell.until, until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        tie.strength = turn(old.strength);
        (least, most) = (least.min(tie.strength), most.max(tie.strength));
    }
    ties.extend(pieces);
    (least, most)
}

/// A gain that an event sets on some pressures.
#[derive(Debug)]
struct EventGain {
    // On whom and from whom; None is everybody.
    to: Option<Vec<bool>>,
    from: Option<Vec<bool>>,
    // In one direction only.
    toward_new: Option<bool>,
    line: Timeline<f64>,
}

impl Moderator for EventGain {
    fn level(&self) -> Level {
        if self.from.is_some() { Level::Dyadic } else { Level::State }
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let network: &NetworkView<'_> = view.network;
        let value = self.line.at(network.date()).copied().unwrap_or(1.0);
        if self.toward_new.is_some_and(|new| new != (pressure.toward > 0)) {
            return;
        }
        let hits =
            |mask: &Option<Vec<bool>>, actor: ActorId| mask.as_ref().is_none_or(|mask| mask[actor.idx()]);
        match &self.from {
            None => pressure.turn_targets(gain, |target| if hits(&self.to, target) { value } else { 1.0 }),
            Some(_) => pressure.turn_ties(gain, |tie| {
                if hits(&self.to, tie.to) && hits(&self.from, tie.from) { value } else { 1.0 }
            }),
        }
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }
}
