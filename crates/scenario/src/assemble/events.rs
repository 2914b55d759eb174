//! Events: dated changes of anything in the scenario.

use super::Context;
use crate::advocacy::Scheduled;
use crate::error::{did_you_mean, known};
use crate::file::{ChangeFile, EventFile, Who};
use crate::{ActiveModerator, Adopter, Event, Offer, Scenario, ScenarioError};
use normwave_moderators::{Level, Moderator, Pressure};
use normwave_network_model::{ActorId, Date, Network, NetworkView, TieSpell, Timeline, Value};
use normwave_pressure_factors::{Reads, Scope, SystemView};
use std::collections::BTreeMap;
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
            date: dated.date,
            until: dated.until,
            source: event.source.clone(),
        });
        for change in &event.change {
            dated.check_keys(change)?;
            dated.apply(change, scenario)?;
        }
    }
    Ok(())
}

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
        events
            .push((Dated { context, name, date, until, half_life: half_life(context, event, name)? }, event));
    }
    events.sort_by_key(|(dated, _)| (dated.date, dated.name));
    Ok(events)
}

fn half_life(context: &Context<'_>, event: &EventFile, name: &str) -> Result<Option<f64>, ScenarioError> {
    let Some(half_life) = &event.half_life else { return Ok(None) };
    let years = *half_life.get_ref();
    if years > 0.0 && years.is_finite() {
        return Ok(Some(years));
    }
    Err(context.error(
        half_life.span(),
        format!("[event.{name}]"),
        "half-life is a number of years, more than 0",
        "",
    ))
}

// An event's changes, from its date to its end.
struct Dated<'a> {
    context: &'a Context<'a>,
    name: &'a str,
    date: Date,
    until: Option<Date>,
    half_life: Option<f64>,
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
    fn check_keys(&self, change: &Spanned<ChangeFile>) -> Result<(), ScenarioError> {
        let c = change.get_ref();
        let value: &[&str] = &["set", "add", "multiply"];
        let things: [(&str, bool, &[&str], &[&str]); 10] = [
            ("attribute", c.attribute.is_some(), &["who"], value),
            ("layer", c.layer.is_some(), &["who", "from"], value),
            ("kappa", c.kappa.is_some(), &[], value),
            ("gain", c.gain.is_some(), &["who", "from", "toward"], &["multiply"]),
            ("weight", c.weight.is_some(), &[], value),
            ("weights", !c.weights.is_empty(), &[], &[]),
            ("threshold", c.threshold, &["who"], value),
            ("advocacy", c.advocacy.is_some(), &["who"], &["set"]),
            ("offer", c.offer.is_some(), &["who"], &[]),
            ("position", c.position.is_some(), &["who"], &[]),
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

    fn apply(&self, change: &Spanned<ChangeFile>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
        let c = change.get_ref();
        match c {
            // Applied before, so that what is computed from attributes follows.
            ChangeFile { attribute: Some(_), .. } => Ok(()),
            ChangeFile { layer: Some(name), .. } => self.layer(change, name, scenario),
            ChangeFile { kappa: Some(name), .. } => self.kappa(change, name, scenario),
            ChangeFile { gain: Some(names), .. } => self.gain(change, names, scenario),
            ChangeFile { threshold: true, .. } => self.threshold(change, scenario),
            ChangeFile { advocacy: Some(position), .. } => {
                let position = self.context.position(position)?;
                self.advocacy(change, position, scenario)
            }
            ChangeFile { offer: Some(position), .. } => {
                let position = self.context.position(position)?;
                let to = match &c.who {
                    None => None,
                    Some(who) => Some(self.context.mask(&scenario.network, who, self.date, &self.key())?),
                };
                let when = Vec::new();
                scenario.norm.offers.push(Offer { position, from: self.date, until: self.until, to, when });
                Ok(())
            }
            ChangeFile { position: Some(position), .. } => {
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

    fn error(&self, change: &Spanned<ChangeFile>, problem: impl Into<String>, remedy: &str) -> ScenarioError {
        self.context.error(change.span(), self.key(), problem, remedy)
    }

    fn who<'c>(&self, change: &'c Spanned<ChangeFile>) -> Result<&'c Spanned<Who>, ScenarioError> {
        let who = change.get_ref().who.as_ref();
        who.ok_or_else(|| {
            self.error(change, "`who` is missing", "Say on whom, as who = \"GBR\" or who = \"all\".")
        })
    }

    fn turn(&self, change: &Spanned<ChangeFile>) -> Result<Turn, ScenarioError> {
        let c = change.get_ref();
        let turn = match (c.set, c.add, c.multiply) {
            (Some(value), None, None) => Turn::Set(value),
            (None, Some(value), None) => Turn::Add(value),
            (None, None, Some(value)) => Turn::Multiply(value),
            _ => {
                return Err(self.error(change, "give exactly one of set, add and multiply", ""));
            }
        };
        if self.half_life.is_some() && matches!(turn, Turn::Set(_)) {
            return Err(self.cannot_set(change));
        }
        Ok(turn)
    }

    fn cannot_set(&self, change: &Spanned<ChangeFile>) -> ScenarioError {
        let remedy = "Use add or multiply, or leave half-life out.";
        self.error(change, "a change that decays cannot set a value", remedy)
    }

    // The pieces of time in which the turn holds at a given strength: one, or a tick each as it decays.
    fn pieces(&self) -> Vec<(Date, Option<Date>, f64)> {
        let Some(half_life) = self.half_life else { return vec![(self.date, self.until, 1.0)] };
        let calendar = &self.context.calendar;
        let first = calendar.tick_from(self.date);
        let mut pieces = Vec::new();
        for tick in first..calendar.n_ticks() {
            let years = f64::from(tick - first) * calendar.length().years();
            let strength = (-years / half_life).exp2();
            let from = calendar.date_of(tick).max(self.date);
            if strength < 1e-3 || self.until.is_some_and(|end| from >= end) {
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
        change: &Spanned<ChangeFile>,
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
        change: &Spanned<ChangeFile>,
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
        // A tie that is set where there was none comes into being.
        if let (Turn::Set(strength), Some(to), Some(from)) = (turn, &c.who, &c.from) {
            let targets = self.context.actors(&scenario.network, to, self.date, &key)?;
            let senders = self.context.actors(&scenario.network, from, self.date, &key)?;
            let spell = normwave_network_model::Spell { from: self.date, until: self.until };
            for (&from, &to) in senders.iter().flat_map(|from| targets.iter().map(move |to| (from, to))) {
                let ties = scenario.network.ties_mut(id).map_or(&[][..], |ties| ties);
                let there = ties.iter().any(|t| (t.from, t.to) == (from, to) && t.spell.overlaps(&spell));
                if from != to && !there {
                    let tie = TieSpell { from, to, strength, spell };
                    scenario
                        .network
                        .add_tie(id, tie)
                        .map_err(|error| self.error(change, error.to_string(), ""))?;
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
            self.context.error(span, self.key(), problem, known(names()))
        })
    }

    fn kappa(
        &self,
        change: &Spanned<ChangeFile>,
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
        change: &Spanned<ChangeFile>,
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
        for name in &names.get_ref().0 {
            let span = if name.span().is_empty() { names.span() } else { name.span() };
            let factor = self.factor(name.get_ref(), span.clone(), scenario)?;
            if c.from.is_some() && scenario.factors[factor].mechanism.scope() == Scope::Actors {
                let problem = format!("`{}` has no senders, so that `from` means nothing", name.get_ref());
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
        let toward = c.toward.map(|toward| toward == crate::file::TowardFile::New);
        let gain = EventGain { to, from, toward_new: toward, line };
        let moderator =
            ActiveModerator { name: self.name.to_owned(), acts_on, moderator: Arc::new(gain), changes };
        scenario.moderators.push(moderator);
        Ok(())
    }

    fn threshold(&self, change: &Spanned<ChangeFile>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
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
        change: &Spanned<ChangeFile>,
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

    // Weights of groups in their selectorates.
    fn weights(&self, change: &Spanned<ChangeFile>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
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
fn turn_ties(
    ties: &mut Vec<TieSpell>,
    named: &dyn Fn(&TieSpell) -> bool,
    from: Date,
    until: Option<Date>,
    turn: impl Fn(f64) -> f64,
) -> (f64, f64) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let window = normwave_network_model::Spell { from, until };
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
