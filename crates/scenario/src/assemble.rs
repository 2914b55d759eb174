//! From the keys of a file to a checked scenario.

mod advocacy;
pub(crate) mod decision;
mod events;
mod expect;
mod given;
mod history;
mod interventions;
mod mechanisms;
mod network;
mod norm;
mod persuasion;
mod who;

use crate::error::Source;
use crate::file::{DateValue, ExpectFile, NumberOr, PositionName, ScenarioFile, VariantFile};
use crate::intervention::InterventionRegistry;
use crate::read::{Overrides, Parsed, parse, with_overrides, with_preset};
use crate::text::{MAX_SCENARIO_BYTES, TextError, check_text};
use crate::{Adopter, Files, PresetRegistry, Scenario, ScenarioError, Variant};
use normwave_moderators::ModeratorRegistry;
use normwave_network_model::{ActorId, Calendar, Date, Network, NetworkError, Timeline, Value};
use normwave_pressure_factors::{FactorRegistry, Position};
use normwave_tie_file::TieTable;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};
use std::rc::Rc;
use toml::Spanned;

/// The mechanisms that scenario files can name.
#[derive(Clone, Debug, Default)]
pub struct Registries {
    /// Pressure factors.
    pub factors: FactorRegistry,
    /// Moderators.
    pub moderators: ModeratorRegistry,
    /// Presets.
    pub presets: PresetRegistry,
    /// Interventions.
    pub interventions: InterventionRegistry,
}

/// What assembling needs at hand.
pub(crate) struct Context<'a> {
    pub(crate) source: &'a Source,
    pub(crate) files: &'a dyn Files,
    pub(crate) calendar: Calendar,
    pub(crate) position_names: Vec<String>,
    /// Events of the file that are switched off.
    pub(crate) dropped: &'a [String],
    /// Attributes with `missing = "drop"`.
    pub(crate) dropping: BTreeSet<String>,
    /// Files of ties that were opened, by the path that the scenario gives.
    pub(crate) tie_tables: RefCell<BTreeMap<String, Rc<TieTable>>>,
}

impl Scenario {
    /// Reads a scenario from its text.
    ///
    /// `name` is the file's name in messages, `files` the place of the tables that it names.
    ///
    /// # Errors
    /// [`ScenarioError`]: what is wrong, where, and how to put it right.
    pub fn read(
        name: &str,
        text: &str,
        files: &dyn Files,
        registries: &Registries,
        overrides: &Overrides,
    ) -> Result<Self, ScenarioError> {
        check_text(text, MAX_SCENARIO_BYTES).map_err(|error| not_text(name, &error))?;
        // Without overrides first, so that a mistake in the file is not blamed on them.
        if !overrides.is_empty() {
            Scenario::read(name, text, files, registries, &Overrides::default())?;
        }
        let (overrides, expect) = match &overrides.variant {
            None => (overrides.clone(), None),
            Some(variant) => {
                let (overrides, expect) = of_variant(name, text, variant, overrides)?;
                (overrides, Some(expect))
            }
        };
        let source = with_preset(with_overrides(name, text, &overrides), &registries.presets)?;
        let mut parsed = parse(&source)?;
        interventions::expand(&source, registries, &mut parsed)?;
        drop_events(&source, &mut parsed.file, &overrides.without)?;
        if let Some(expect) = expect {
            parsed.file.expect = expect;
        }
        assemble(&source, files, registries, parsed, &overrides.without)
    }
}

// What a variant changes, followed by what the command line changes, and what it expects.
fn of_variant(
    name: &str,
    text: &str,
    variant: &str,
    overrides: &Overrides,
) -> Result<(Overrides, ExpectFile), ScenarioError> {
    let source = with_overrides(name, text, &Overrides::default());
    let mut variants = parse(&source)?.file.variant;
    let Some(VariantFile { mut set, mut without, expect, .. }) = variants.remove(variant) else {
        let known = || variants.keys().map(String::as_str);
        return Err(ScenarioError::Whole {
            problem: format!(
                "--variant {variant}: {name} has no variant `{variant}`{}",
                crate::error::did_you_mean(variant, known())
            ),
            remedy: crate::error::known(known()),
        });
    };
    set.extend(overrides.set.iter().cloned());
    without.extend(overrides.without.iter().cloned());
    Ok((Overrides { set, without, variant: None }, expect))
}

fn not_text(name: &str, error: &TextError) -> ScenarioError {
    match &error.place {
        None => ScenarioError::File {
            file: name.to_owned(),
            problem: error.problem.clone(),
            remedy: error.remedy.clone(),
        },
        Some(place) => place.error(name, error),
    }
}

fn drop_events(source: &Source, file: &mut ScenarioFile, without: &[String]) -> Result<(), ScenarioError> {
    let known: Vec<String> = file.event.keys().cloned().collect();
    for name in without {
        if !known.contains(name) {
            let known = || known.iter().map(String::as_str);
            return Err(ScenarioError::Whole {
                problem: format!(
                    "--without {name}: {} has no event `{name}`{}",
                    source.name,
                    crate::error::did_you_mean(name, known())
                ),
                remedy: crate::error::known(known()),
            });
        }
        file.event.remove(name);
    }
    Ok(())
}

fn assemble(
    source: &Source,
    files: &dyn Files,
    registries: &Registries,
    parsed: Parsed<'_>,
    dropped: &[String],
) -> Result<Scenario, ScenarioError> {
    let Parsed { file, factors, moderators, .. } = parsed;
    let calendar = calendar(source, &file)?;
    let position_names = norm::names(&file.norm);
    let dropping = network::dropping(source, &file.network)?;
    let context = Context {
        source,
        files,
        calendar,
        position_names,
        dropped,
        dropping,
        tie_tables: RefCell::default(),
    };
    let mut network = network::assemble(&context, &file.network)?;
    let groups = advocacy::add_groups(&context, &file.selectorate, &mut network)?;
    network::add_stored_layers(&context, &file.network, &mut network)?;
    // What is computed from attributes follows the events that change them.
    events::apply_to_attributes(&context, &file.event, &mut network)?;
    let group_stances = advocacy::add_weights(&context, groups, &mut network)?;
    let mut norm = norm::assemble(&context, &file.norm, &network)?;
    let dropped = mechanisms::drop_lacking(&context, &file.network, &network, &mut norm.applies)?;
    let forums = norm::forums(&context, &file.forum, &network)?;
    let mut places = mechanisms::Places::default();
    places.add("factor", &factors);
    places.add("moderator", &moderators);
    let factors = mechanisms::factors(&context, registries, factors)?;
    let moderators = mechanisms::moderators(&context, registries, moderators, &factors)?;
    let advocacy = advocacy::assemble(&context, &file.advocacy, group_stances, &network)?;
    let decision = decision::assemble(&context, &file, &network, &factors)?;
    let adopters = adopters(&context, &file, &network, &norm.applies)?;
    let history = history::assemble(&context, file.history.as_ref(), &network)?;
    let expect = expect::assemble(&context, &file.expect, &network)?;
    let variants =
        file.variant.iter().map(|(name, file)| Variant { name: name.clone(), title: file.title.clone() });
    let variants = variants.collect();
    let mut scenario = Scenario {
        title: file.title,
        theory: file.theory,
        source: file.source,
        calendar,
        network,
        norm,
        forums,
        factors,
        moderators,
        advocacy,
        decision,
        dropped,
        adopters,
        history,
        events: Vec::new(),
        expect,
        variants,
    };
    events::apply(&context, &file.event, &mut scenario)?;
    persuasion::block(&context, &file.selectorate, &mut scenario)?;
    network::add_derived_layers(&context, &file.network, &mut scenario.network)?;
    mechanisms::check_needs(&context, &scenario, &places)?;
    advocacy::check_selectorates(&context, &scenario, &file.selectorate, &file.event)?;
    scenario.advocacy.persuadable = persuasion::assemble(&context, &file.advocacy.persuadable, &scenario)?;
    Ok(scenario)
}

fn calendar(source: &Source, file: &ScenarioFile) -> Result<Calendar, ScenarioError> {
    let period = &file.period;
    let (start, until) = (period.start.get_ref().0, period.until.get_ref().0);
    Calendar::new(start, until, period.tick).map_err(|error| {
        let span = if matches!(error, NetworkError::TickStart { .. }) {
            period.start.span()
        } else {
            period.until.span()
        };
        let (problem, remedy) = match error {
            NetworkError::EmptySpell { from, until } => (
                format!("it would end on {until}, but begins on {from}"),
                "`until` is the first day after the end, and must be later than `start`.",
            ),
            other => (other.to_string(), ""),
        };
        source.error(span, "[period]", problem, remedy)
    })
}

fn adopters(
    context: &Context<'_>,
    file: &ScenarioFile,
    network: &Network,
    applies: &[bool],
) -> Result<Vec<Adopter>, ScenarioError> {
    let mut adopters = Vec::new();
    for entry in &file.first_adopters {
        let date = match &entry.date {
            Some(date) => context.date_within(date, "[[first-adopters]]")?,
            None => context.calendar.start(),
        };
        let position = entry.position.as_ref().map_or(Ok(1), |position| context.position(position))?;
        for actor in context.deciding(network, applies, &entry.who, date, "[[first-adopters]]")? {
            adopters.push(Adopter { date, actor, position, event: None });
        }
    }
    Ok(adopters)
}

impl Context<'_> {
    /// The years of the period, for which packaged tables are read.
    pub(crate) fn years(&self) -> RangeInclusive<i16> {
        self.calendar.start().year()..=self.calendar.as_of(self.calendar.n_ticks() - 1).year()
    }

    pub(crate) fn error(
        &self,
        span: Range<usize>,
        key: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> ScenarioError {
        self.source.error(span, key, problem, remedy)
    }

    pub(crate) fn actor(&self, network: &Network, id: &Spanned<String>) -> Result<ActorId, ScenarioError> {
        self.actor_at(network, id.get_ref(), id.span())
    }

    pub(crate) fn actor_at(
        &self,
        network: &Network,
        id: &str,
        span: Range<usize>,
    ) -> Result<ActorId, ScenarioError> {
        network.actor_id(id).map_err(|error| {
            self.error(
                span,
                "",
                error.to_string(),
                "Actors are named by their id, as in the network's files.",
            )
        })
    }

    /// A date that must lie inside the period.
    pub(crate) fn date_within(&self, date: &Spanned<DateValue>, key: &str) -> Result<Date, ScenarioError> {
        let value = date.get_ref().0;
        if self.calendar.tick_of(value).is_none() {
            return Err(self.error(
                date.span(),
                key,
                format!(
                    "{value} lies outside the period, {} to {}",
                    self.calendar.start(),
                    self.calendar.end()
                ),
                "Widen [period], or give a date inside it.",
            ));
        }
        Ok(value)
    }

    /// The end of something that began on `from`; it may lie beyond the period.
    pub(crate) fn end_after(
        &self,
        from: Date,
        until: Option<&Spanned<DateValue>>,
        key: &str,
    ) -> Result<Option<Date>, ScenarioError> {
        let Some(until) = until else { return Ok(None) };
        let end = until.get_ref().0;
        if end <= from {
            let problem = format!("it would end on {end}, but begins on {from}");
            return Err(self.error(until.span(), key, problem, "`until` is the first day after the end."));
        }
        let tick = self.calendar.tick_from(from);
        if tick == self.calendar.tick_from(end) && tick < self.calendar.n_ticks() {
            let problem = format!(
                "from {from} until {end} it begins and ends within the tick {}, and so would never hold",
                self.calendar.label(tick)
            );
            let remedy = "The world is looked at on the last day of each tick. Give a later `until`, or a shorter \
                          tick in [period].";
            return Err(self.error(until.span(), key, problem, remedy));
        }
        Ok(Some(end))
    }

    /// A position by name or number.
    pub(crate) fn position(&self, position: &Spanned<PositionName>) -> Result<Position, ScenarioError> {
        let names = &self.position_names;
        let found = match position.get_ref() {
            PositionName::Number(number) => Some(usize::from(*number)).filter(|&number| number < names.len()),
            PositionName::Name(name) => names.iter().position(|known| known == name),
        };
        found.and_then(|idx| Position::try_from(idx).ok()).ok_or_else(|| {
            let (what, near) = match position.get_ref() {
                PositionName::Number(number) => (number.to_string(), String::new()),
                PositionName::Name(name) => {
                    (name.clone(), crate::error::did_you_mean(name, names.iter().map(String::as_str)))
                }
            };
            let list = names.iter().enumerate().map(|(idx, name)| format!("{idx} `{name}`"));
            self.error(
                position.span(),
                "",
                format!("there is no position `{what}`{near}"),
                format!("Positions: {}.", list.collect::<Vec<_>>().join(", ")),
            )
        })
    }

    /// A level in [0, 1].
    pub(crate) fn unit(&self, value: &Spanned<f64>, key: &str) -> Result<f64, ScenarioError> {
        let level = *value.get_ref();
        if (0.0..=1.0).contains(&level) {
            return Ok(level);
        }
        Err(self.error(value.span(), key, format!("{level} is outside 0 to 1"), ""))
    }

    /// A number for all actors, or each one's own attributes.
    fn per_actor(
        &self,
        network: &Network,
        value: &NumberOr,
        key: &str,
    ) -> Result<Vec<Timeline<f64>>, ScenarioError> {
        match value {
            NumberOr::Number(number) => self.sum_per_actor(network, *number, &BTreeMap::new(), key),
            NumberOr::Attributes(weights) => self.sum_per_actor(network, 0.0, weights, key),
        }
    }

    /// A number for all actors and each one's own weighted attributes, added up.
    fn sum_per_actor(
        &self,
        network: &Network,
        number: f64,
        weights: &BTreeMap<Spanned<String>, f64>,
        key: &str,
    ) -> Result<Vec<Timeline<f64>>, ScenarioError> {
        for name in weights.keys() {
            let at = (&*format!("[decision] {key}"), name.span());
            mechanisms::check_attribute(self, network, at, name.get_ref(), |_| true)?;
        }
        let weighted = weights.iter().map(|(name, weight)| (network.attribute(name.get_ref()).ok(), weight));
        let weighted: Vec<_> = weighted.collect();
        let sum = |actor| {
            let values =
                || weighted.iter().map(|(attribute, weight)| (attribute.and_then(|a| a.of(actor)), *weight));
            // As in most networks of millions, where nothing has a date.
            let lasting =
                |values: Option<&Timeline<Value>>| values.is_some_and(|v| v.dates().eq([Date::MIN]));
            if values().all(|(values, _)| lasting(values)) {
                let at = |values: &Timeline<Value>| values.at(Date::MIN).and_then(Value::number);
                let add = |sum, (values, weight): (Option<&Timeline<Value>>, &f64)| {
                    sum + weight * values.and_then(at).unwrap_or(0.0)
                };
                return Timeline::constant(values().fold(number, add));
            }
            let mut line = Timeline::constant(number);
            for (values, weight) in values() {
                let mut dates: Vec<Date> = values.iter().flat_map(|values| values.dates()).collect();
                dates.push(Date::MAX);
                for pair in dates.windows(2) {
                    let value = values.and_then(|v| v.at(pair[0])).and_then(|v| v.number()).unwrap_or(0.0);
                    line.change(pair[0], Some(pair[1]), |sum| {
                        Some(sum.copied().unwrap_or(0.0) + weight * value)
                    });
                }
            }
            line
        };
        Ok((0u32..).map(ActorId).take(network.actors().len()).map(sum).collect())
    }
}
