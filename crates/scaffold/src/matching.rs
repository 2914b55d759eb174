//! Which actors the units of a history are.

use crate::{Request, ScaffoldError};
use normwave_import::Precision;
use normwave_import::history::{RawAdoption, UnitCode};
use normwave_network_model::{ActorKind, Date, Network, Spell};
use normwave_world::{CodeError, CodeScheme, resolve, resolve_us_state};
use std::collections::{BTreeMap, BTreeSet};

/// Who the units of a history are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The states of the packaged world.
    States,
    /// The states of the United States.
    UsStates,
}

impl Setting {
    /// Its name in commands.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Setting::States => "states",
            Setting::UsStates => "us-states",
        }
    }
}

/// One adoption of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The actor's id.
    pub actor: String,
    /// The unit as it was written.
    pub unit: String,
    /// From when.
    pub from: Date,
    /// Until before when.
    pub until: Option<Date>,
}

/// A row that is not in the history, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Line or row of the file.
    pub line: u64,
    /// The unit as it was written.
    pub unit: String,
    /// The day, or the first of the month or year.
    pub from: Date,
    /// Why, and what may have been meant.
    pub why: String,
}

/// An adoption that was dated before the actor was there, and now stands on its first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The actor's id.
    pub actor: String,
    /// As the file has it.
    pub was: Date,
    /// The actor's first day.
    pub now: Date,
}

/// A history with actors for units.
#[derive(Clone, Debug, PartialEq)]
pub struct Matched {
    /// Who the units are.
    pub setting: Setting,
    /// How they are written.
    pub read_as: String,
    /// The adoptions, by date and actor.
    pub adoptions: Vec<Adoption>,
    /// Rows that are not in it.
    pub left_out: Vec<LeftOut>,
    /// Adoptions that were moved to the first day of their actor.
    pub moved: Vec<Moved>,
    /// Governments that live at some time of the period.
    pub n_governments: usize,
    /// Government-years of the period in which the norm was not yet held.
    pub years_at_risk: f64,
    /// Adoptions in the period.
    pub n_in_period: usize,
    // Who lives on the first day of the period.
    alive: BTreeSet<String>,
}

impl Matched {
    // Whether an actor lives on the first day of the period.
    pub(crate) fn alive(&self, actor: &str) -> bool {
        self.alive.contains(actor)
    }
}

pub(crate) fn matched(request: &Request<'_>) -> Result<Matched, ScaffoldError> {
    let rows = &request.history.rows;
    let setting = request.setting.unwrap_or_else(|| told_from(rows));
    let network = network_of(setting);
    let scheme = scheme_of(request, setting);
    let mut adoptions: Vec<Adoption> = Vec::new();
    let mut left_out = Vec::new();
    let mut moved = Vec::new();
    let mut strangers = Vec::new();
    for row in rows {
        let leave = |why: String| LeftOut { line: row.line, unit: row.unit.clone(), from: row.from, why };
        let id = match id_of(row, setting, scheme) {
            Ok(id) => id,
            Err(why) => {
                strangers.push(row.unit.clone());
                left_out.push(leave(why));
                continue;
            }
        };
        let Ok(actor) = network.actor_id(id) else {
            left_out.push(leave(format!("{id} is not in the packaged state system")));
            continue;
        };
        let lives = &network.actor(actor).lives;
        let Some(life) = life_at(lives, row.from) else {
            left_out.push(leave(format!("{id} was no state any more")));
            continue;
        };
        let from = row.from.max(life.from);
        if from > row.from {
            moved.push(Moved { actor: id.to_owned(), was: row.from, now: from });
        }
        if row.until.is_some_and(|until| until <= from) {
            left_out.push(leave(format!("it ended before {id} was a state")));
            continue;
        }
        adoptions.push(Adoption { actor: id.to_owned(), unit: row.unit.clone(), from, until: row.until });
    }
    for row in &request.history.passed_over {
        let (line, unit) = (row.line, row.unit.clone());
        left_out.push(LeftOut { line, unit, from: Date::MIN, why: format!("{}: {}", row.event, row.why) });
    }
    strangers.dedup();
    if 2 * strangers.len() > rows.len() {
        let examples =
            strangers.iter().take(5).map(|unit| format!("`{unit}`")).collect::<Vec<_>>().join(", ");
        let taken: Vec<String> = request
            .history
            .taken
            .iter()
            .map(|taken| format!("column `{}`: {}", taken.column, taken.role))
            .collect();
        return Err(ScaffoldError::Strangers {
            file: request.file.to_owned(),
            found: rows.len() - strangers.len(),
            all: rows.len(),
            examples,
            taken: taken.join("; "),
        });
    }
    once_each(&mut adoptions, &mut left_out);
    let (n_governments, years_at_risk) = at_risk(request, &network, &adoptions);
    let n_in_period =
        adoptions.iter().filter(|it| request.from <= it.from && it.from < request.until).count();
    let alive = |lives: &[Spell]| lives.is_empty() || lives.iter().any(|life| life.contains(request.from));
    let alive = network.actors().iter().filter(|it| alive(&it.lives)).map(|it| it.id.to_string()).collect();
    let read_as = match setting {
        Setting::UsStates => "postal codes, names or FIPS numbers".to_owned(),
        Setting::States => scheme.to_string(),
    };
    Ok(Matched {
        setting,
        read_as,
        adoptions,
        left_out,
        moved,
        n_governments,
        years_at_risk,
        n_in_period,
        alive,
    })
}

// The states of the United States if most units are, and more of them than states of the world:
// CA, DE and IL are codes of both.
fn told_from(rows: &[RawAdoption]) -> Setting {
    let american = rows.iter().filter(|row| resolve_us_state(&row.unit).is_some()).count();
    let says_country =
        rows.iter().any(|row| !matches!(row.code, UnitCode::Unsaid | UnitCode::Name | UnitCode::Iso2));
    if !says_country && 2 * american > rows.len() { Setting::UsStates } else { Setting::States }
}

fn network_of(setting: Setting) -> Network {
    let mut network = Network::default();
    let added = match setting {
        Setting::States => normwave_world::add_states(&mut network),
        Setting::UsStates => normwave_world::add_us_states(&mut network),
    };
    added.expect("an empty network takes the packaged actors");
    network
}

// How units are written: as the header says, else as most of them are.
fn scheme_of(request: &Request<'_>, setting: Setting) -> CodeScheme {
    let said = match request.history.code {
        UnitCode::Iso3 => Some(CodeScheme::Iso3),
        UnitCode::Iso2 => Some(CodeScheme::Iso2),
        UnitCode::IsoNumeric => Some(CodeScheme::IsoNumeric),
        UnitCode::M49 => Some(CodeScheme::M49),
        UnitCode::Cow => Some(CodeScheme::Cow),
        UnitCode::CowAbbreviation => Some(CodeScheme::CowAbbreviation),
        UnitCode::GleditschWard => Some(CodeScheme::GleditschWard),
        UnitCode::VDem => Some(CodeScheme::VDem),
        UnitCode::WorldBank => Some(CodeScheme::WorldBank),
        UnitCode::Name => Some(CodeScheme::Name),
        _ => None,
    };
    let units = request.history.rows.iter().map(|row| row.unit.as_str());
    match said {
        Some(scheme) => scheme,
        None if setting == Setting::UsStates => CodeScheme::Name,
        None => CodeScheme::guess(units, request.from).map_or(CodeScheme::Name, |(scheme, _)| scheme),
    }
}

// The id of a row's unit, by its code and then by its name.
fn id_of(row: &RawAdoption, setting: Setting, scheme: CodeScheme) -> Result<&'static str, String> {
    if setting == Setting::UsStates {
        let found = resolve_us_state(&row.unit).or_else(|| row.name.as_deref().and_then(resolve_us_state));
        return found.ok_or_else(|| format!("`{}` is no state of the United States", row.unit));
    }
    let scheme = if row.code == UnitCode::Name { CodeScheme::Name } else { scheme };
    let mut problem = String::new();
    let given = [(scheme, Some(row.unit.as_str())), (CodeScheme::Name, row.name.as_deref())];
    for (scheme, text) in given {
        let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
        match resolve(scheme, text, row.from) {
            Ok(id) => return Ok(id),
            // A table that gives a successor's code for what its predecessor did: the successor
            // begins with it.
            Err(CodeError::NotThen { when, .. })
                if when.len() == 1 && when[0].1.is_some_and(|from| row.from < from) =>
            {
                return Ok(when[0].0);
            }
            Err(error) if problem.is_empty() => problem = error.to_string(),
            Err(_) => {}
        }
    }
    Err(problem)
}

// The life in which a day lies, or the next one after it.
fn life_at(lives: &[Spell], day: Date) -> Option<Spell> {
    if lives.is_empty() {
        return Some(Spell::ALWAYS);
    }
    lives.iter().copied().find(|life| life.until.is_none_or(|until| day < until))
}

// Two units that are one actor (East and West, a federation and its heir) may both have adopted:
// the first counts, a later one only after the former has ended.
fn once_each(adoptions: &mut Vec<Adoption>, left_out: &mut Vec<LeftOut>) {
    adoptions.sort_by(|a, b| (a.from, &a.actor).cmp(&(b.from, &b.actor)));
    let mut held: BTreeMap<String, (Option<Date>, String)> = BTreeMap::new();
    adoptions.retain(|it| {
        let before = held.get(&it.actor);
        if let Some((until, unit)) = before
            && until.is_none_or(|until| it.from < until)
        {
            let why = format!("{} held it already, as `{unit}`", it.actor);
            left_out.push(LeftOut { line: 0, unit: it.unit.clone(), from: it.from, why });
            return false;
        }
        held.insert(it.actor.clone(), (it.until, it.unit.clone()));
        true
    });
}

// Governments of the period, and their years before adoption.
fn at_risk(request: &Request<'_>, network: &Network, adoptions: &[Adoption]) -> (usize, f64) {
    let first: BTreeMap<&str, Date> = adoptions.iter().rev().map(|it| (it.actor.as_str(), it.from)).collect();
    let (mut n, mut days) = (0, 0.0);
    for actor in network.actors().iter().filter(|actor| actor.kind == ActorKind::Government) {
        let lives: Vec<Spell> =
            if actor.lives.is_empty() { vec![Spell::ALWAYS] } else { actor.lives.to_vec() };
        let mut lived = false;
        for life in lives {
            let from = life.from.max(request.from);
            let until = life.until.map_or(request.until, |until| until.min(request.until));
            lived |= from < until;
            let until = first.get(actor.id.as_str()).map_or(until, |adopted| until.min(*adopted));
            if from < until {
                days += f64::from((until - from).get_days());
            }
        }
        n += usize::from(lived);
    }
    (n, days / 365.25)
}

/// What is known of a date, in words.
pub(crate) fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "days",
        Precision::Month => "months",
        Precision::Year => "years",
    }
}
