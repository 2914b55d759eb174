//! `normwave explain`.

mod json;
mod text;

use crate::report::balance;
use crate::{ExplainArgs, Failure, GroupBy, Input, Moment, Prepared, Replay, Watch, output, words};
use normwave_analysis::{Flip, Grouping, Lever, Persuasion};
use normwave_engine::{Replicates, Sparse};
use normwave_network_model::{ActorId, ActorKind, Tick, parse_date};
use normwave_plan::{Draws, Position};
use normwave_scenario::{DecisionRule, Scenario};

/// Takes one decision apart and prints it.
///
/// # Errors
/// [`Failure::BadInput`] if the actor, the date or the position is wrong.
pub(crate) fn explain(args: &ExplainArgs) -> Result<(), Failure> {
    let input = Input::find(&args.changes.scenario)?;
    let prepared = Prepared::read(&input, &args.changes.overrides())?;
    let scenario = &prepared.scenario;
    // All that can be wrong is found before anything is run.
    let actor = government(scenario, &args.actor)?;
    let position = args.position.as_deref().map(|name| words::position(scenario, name)).transpose()?;
    let at = tick(scenario, "--at", &args.at, actor)?;
    let versus = args.versus.as_deref().map(|date| tick(scenario, "--versus", date, actor)).transpose()?;

    let plan = if args.replicate.is_some() { prepared.plan.clone() } else { prepared.noise_free_plan() };
    let replicate = args.replicate.unwrap_or(0);
    let what = Replicates { seed: args.seed, range: replicate..replicate + 1, threads: 1 };
    let run = Watch::silent().simulate(&Sparse, &plan, &what)?.remove(0);
    let draws = Draws::new(args.seed, replicate);
    let replay = Replay { prepared: &prepared, plan: &plan, trajectory: &run, draws };

    let k = position.unwrap_or(most_demanding(scenario));
    let explained = |tick| {
        let (moment, persuasions) = (replay.moment(tick, actor)?, replay.persuasions(tick, actor, k)?);
        Ok::<_, Failure>(Explained { scenario, moment, k, persuasions })
    };
    let now = explained(at)?;
    let then = versus.map(explained).transpose()?;
    if let Some(path) = &args.svg {
        let svg = balance(scenario, &now.moment, k).to_svg();
        std::fs::write(path, svg).map_err(|error| Failure::io(path, &error))?;
    }
    let by = grouping(args.by);
    if args.json {
        output::answer_json(&json::to_json(&now, then.as_ref(), by, args.replicate))
    } else {
        let run = prepared.shown_run().phrase().to_owned();
        let run = args.replicate.map_or(run, |no| format!("replicate {no}"));
        output::answer(&text::to_text(&now, then.as_ref(), by, &run))
    }
}

/// A moment, and the position that is weighed in it.
pub(crate) struct Explained<'s> {
    pub(crate) scenario: &'s Scenario,
    pub(crate) moment: Moment,
    pub(crate) k: Position,
    /// Where what is said toward `k` came from.
    pub(crate) persuasions: Vec<Persuasion>,
}

impl Explained<'_> {
    pub(crate) fn when(&self) -> String {
        self.scenario.calendar.label(self.moment.sheet.tick)
    }

    pub(crate) fn name(&self, position: Position) -> &str {
        words::position_name(self.scenario, position)
    }

    /// The position against which `k` is weighed.
    pub(crate) fn rival(&self) -> Position {
        self.moment.sheet.rival(self.k)
    }

    pub(crate) fn margin(&self) -> f64 {
        self.moment.sheet.margin(self.k)
    }

    /// θ with that of `k`, and the exit cost where `k` is a way back; 0 for the position held.
    pub(crate) fn barrier(&self) -> f64 {
        let sheet = &self.moment.sheet;
        sheet.balance(self.k) - if self.k == sheet.held { 0.0 } else { self.margin() }
    }

    /// What the margin leaves out of the pressures: 0 for the position held.
    pub(crate) fn balance(&self) -> f64 {
        let sheet = &self.moment.sheet;
        sheet.pressures[usize::from(self.k)] - sheet.pressures[usize::from(self.rival())]
    }

    /// λ · P_ik, where that is how the government moves: how often a year it would.
    pub(crate) fn moves_per_year(&self) -> Option<f64> {
        let sheet = &self.moment.sheet;
        match self.scenario.decision.rule {
            DecisionRule::Hazard { rate } if self.k != sheet.held => {
                Some(rate * sheet.pressures[usize::from(self.k)].max(0.0))
            }
            _ => None,
        }
    }

    /// Whether a balance of pressures decides, rather than a hazard or trials.
    pub(crate) fn weighs(&self) -> bool {
        !matches!(self.scenario.decision.rule, DecisionRule::Hazard { .. } | DecisionRule::Trials)
    }

    pub(crate) fn flip(&self) -> Option<Flip> {
        self.moment.sheet.smallest_flip(self.k)
    }

    /// A chain of persuasion from its origin to the government.
    pub(crate) fn route_words(&self, route: &[ActorId]) -> String {
        let ids = route.iter().chain([&self.moment.sheet.actor]);
        ids.map(|actor| self.scenario.network.actor(*actor).id.as_str()).collect::<Vec<_>>().join(" → ")
    }

    /// A change that would flip the decision, in words.
    pub(crate) fn flip_words(&self, flip: &Flip) -> String {
        let id = |actor: ActorId| &self.scenario.network.actor(actor).id;
        let factor = factor_words(flip.factor);
        match &flip.lever {
            Lever::Row(idx) => {
                let row = &self.moment.sheet.rows[*idx];
                let from = row.source.map_or(String::new(), |source| format!(" from {}", id(source)));
                format!("{}{from} for \"{}\" {factor}", row.factor, self.name(row.toward))
            }
            Lever::Gain { moderator, toward_new } => {
                let toward = if *toward_new { "new positions" } else { "the status quo" };
                format!("moderator {moderator} toward {toward} {factor}")
            }
            Lever::Weight { group } => format!("weight of {} {factor}", id(*group)),
        }
    }
}

fn factor_words(factor: f64) -> String {
    if (factor - 1.0).abs() < 5e-4 {
        let way = if factor > 1.0 { "a little more" } else { "a little less" };
        return format!("{way} than now");
    }
    format!("times {}", normwave_report::compact(factor))
}

pub(crate) fn grouping(by: GroupBy) -> Grouping {
    match by {
        GroupBy::Factor => Grouping::Factor,
        GroupBy::Source => Grouping::Source,
        GroupBy::Channel => Grouping::Channel,
        GroupBy::Mechanism => Grouping::Mechanism,
    }
}

fn most_demanding(scenario: &Scenario) -> Position {
    Position::try_from(scenario.n_positions() - 1).unwrap_or(Position::MAX)
}

// ---- What the command line names.

fn government(scenario: &Scenario, id: &str) -> Result<ActorId, Failure> {
    let network = &scenario.network;
    let actor = network.actor_id(id).map_err(|error| Failure::BadInput(format!("--actor {id}: {error}")))?;
    let found = network.actor(actor);
    if found.kind == ActorKind::Government {
        return Ok(actor);
    }
    let instead = found.home.map_or(String::new(), |home| {
        format!(
            "\nTo see how it presses, give its government: --actor {} --by source",
            network.actor(home).id
        )
    });
    Err(Failure::BadInput(format!(
        "--actor {id}: {} is no government, and only governments decide{instead}",
        found.name()
    )))
}

fn tick(scenario: &Scenario, flag: &str, text: &str, actor: ActorId) -> Result<Tick, Failure> {
    let calendar = &scenario.calendar;
    let date = parse_date(text).map_err(|error| Failure::BadInput(format!("{flag} {text}: {error}")))?;
    let Some(tick) = calendar.tick_of(date) else {
        return Err(Failure::BadInput(format!(
            "{flag} {text} lies outside the period, {} to {}\nGive a date inside it.",
            calendar.start(),
            calendar.end()
        )));
    };
    if scenario.present(actor, calendar.as_of(tick)) {
        return Ok(tick);
    }
    let found = scenario.network.actor(actor);
    let why = if found.lives_on(calendar.as_of(tick)) {
        format!("the norm does not apply to {}", found.name())
    } else {
        format!("{} is not a member of the state system then", found.name())
    };
    Err(Failure::BadInput(format!("{flag} {text}: {why}\nGive another date or another government.")))
}
