//! Lowering: from a scenario to the numbers of a plan.
//!
//! Static gains fold into the weights; gains that follow the adoption state become programs; what
//! fits neither goes through a hatch that asks the domain again at every tick.

mod hatch;
mod pressure;
mod quantum;
mod standing;

use crate::advocacy::Lead;
use crate::assemble::decision::MOST_REVIEWS;
use crate::{DecisionRule, Exposure, ForumRule, Scenario, ScenarioError, Schedule, ThresholdDraw};
use hatch::{Domain, FactorHatch};
use normwave_moderators::{AdoptionDriver, AdoptionProgram};
use normwave_network_model::{ActorId, Date, NetworkError, NetworkView, Tick, Timeline};
use normwave_plan as plan;
use normwave_plan::{
    Block, Driver, Plan, Position, Program, SIGNAL_ONE, STUBBORN_ONE, Source, Steps, Weights, key_of,
};
use normwave_pressure_factors::{NormState, Reads, Scope, Signal, SystemView};
use pressure::{Folded, Group, SignalError, fold};
use quantum::{Quantum, Sampled};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use quantum::denominator;

/// Lowers a scenario to a plan.
///
/// `quantum` is that of another plan, so that a counterfactual rounds as its base run does; left
/// out, it is chosen so that every weight is exact where the numbers allow it, and else as fine
/// as 53 bits let it be.
///
/// # Errors
/// [`ScenarioError::Whole`] if a derived layer cannot be computed or the pressures are too strong
/// for the quantum.
pub fn lower(scenario: &Arc<Scenario>, quantum: Option<f64>) -> Result<Plan, ScenarioError> {
    let epochs = epochs(scenario)?;
    let mut programs = Vec::new();
    let mut folded = fold(scenario, &epochs, &mut programs);
    let thresholds = per_tick(scenario, &scenario.decision.thresholds);
    let exits = per_tick(scenario, &scenario.decision.exits);
    let per_position: Vec<f64> = scenario.norm.positions.iter().map(|position| position.threshold).collect();
    let steps_of_stages = Steps::constant(per_position.clone());
    let sampled = samples(scenario, &epochs);
    let quantum = match quantum {
        Some(quantum) => Quantum::given(quantum),
        None => Quantum::choose(
            &folded,
            &sampled,
            &[&thresholds, &exits, &steps_of_stages],
            scenario.n_positions(),
        ),
    };
    let n = scenario.network.actors().len();
    let lowered_programs: Vec<(Program, f64)> =
        programs.iter().map(|spec| program(scenario, &epochs, spec)).collect();
    let mut blocks = Vec::new();
    let mut rounding = vec![0.0f64; n];
    // What all factors together may come to.
    let mut strongest = 0.0f64;
    folded.retain(|_, versions| versions.iter().any(|folded| !folded.is_empty()));
    for (group, versions) in &folded {
        let largest_gain = |&no: &usize| {
            let program: &AdoptionProgram = &programs[no];
            let (to_old, to_new) = (&program.toward_status_quo, &program.toward_new);
            to_old.largest_over_shares().max(to_new.largest_over_shares())
        };
        let gain_bound: f64 = group.programs.iter().map(largest_gain).product();
        strongest += gain_bound * versions.iter().map(Folded::strongest).fold(0.0, f64::max);
        // Of the product of the gains, what rounded shares can change.
        let gain_off = |no: &usize| {
            let (Program { toward_status_quo, toward_new, .. }, off) = &lowered_programs[*no];
            let change = toward_status_quo.change_over_shares(*off).max(toward_new.change_over_shares(*off));
            change / largest_gain(no).max(f64::MIN_POSITIVE)
        };
        let gain_off: f64 = group.programs.iter().map(gain_off).sum();
        let mut bound = vec![0.0f64; n];
        let signal = SignalError::of(scenario, group.source.into());
        for folded in versions {
            folded.bound_rounding(signal, |weight| quantum.error(weight) + gain_off * weight, &mut bound);
        }
        rounding.iter_mut().zip(&bound).for_each(|(all, one)| *all += gain_bound * one);
        blocks.extend(group_blocks(scenario, group, versions, &quantum)?);
    }
    for (&factor, samples) in &sampled.factors {
        strongest += samples.iter().map(Folded::strongest).fold(0.0, f64::max);
        let mut bound = vec![0.0f64; n];
        let signal = SignalError::of(scenario, source_of(scenario, factor));
        for sample in samples {
            let off = |weight: f64| quantum.half(weight) + signal.off * (sampled.least - weight).max(0.0);
            sample.bound_rounding(signal, off, &mut bound);
        }
        rounding.iter_mut().zip(&bound).for_each(|(all, one)| *all += one);
    }
    blocks.extend(hatched_blocks(scenario, &quantum));
    check_moves(scenario, strongest)?;
    let per_unit = 1.0 / quantum.unit();
    let scaled = |steps: &Steps<Vec<f64>>| {
        let mut out = Steps::default();
        for (tick, values) in steps.steps() {
            out.push(*tick, values.iter().map(|value| quantum.in_units(*value)).collect());
        }
        out
    };
    let lowered = Plan {
        n_positions: scenario.n_positions(),
        n_ticks: scenario.calendar.n_ticks(),
        years_per_tick: scenario.calendar.length().years(),
        keys: scenario.network.actors().iter().map(|actor| key_of(&actor.id)).collect(),
        graded: scenario.norm.graded,
        support: plan::Support::new(scenario.n_positions(), &scenario.norm.support),
        quantum: quantum.value(),
        rounding,
        blocks,
        programs: lowered_programs.into_iter().map(|(program, _)| program).collect(),
        present: present(scenario, &epochs),
        thresholds: scaled(&thresholds),
        threshold_draw: scenario.decision.threshold_draw.map(|law| match law {
            ThresholdDraw::Uniform { low, high } => {
                plan::ThresholdDraw::Uniform { low: quantum.in_units(low), high: quantum.in_units(high) }
            }
            ThresholdDraw::Normal { mean, sd } => {
                plan::ThresholdDraw::Normal { mean: quantum.in_units(mean), sd: quantum.in_units(sd) }
            }
        }),
        ensemble: plan::Ensemble::default(),
        position_thresholds: per_position.iter().map(|&threshold| quantum.in_units(threshold)).collect(),
        exits: scaled(&exits),
        stances: stances(scenario),
        heirs: heirs(scenario),
        forced: forced(scenario),
        offers: offers(scenario),
        forums: forums(scenario),
        acts_from: acts_from(scenario),
        in_force: scenario.norm.positions.iter().map(|position| position.in_force.clone()).collect(),
        rule: match scenario.decision.rule {
            DecisionRule::Strict => plan::Rule::Strict,
            DecisionRule::AtLeast => plan::Rule::AtLeast,
            DecisionRule::Noisy { rate, temperature, persistent } => plan::Rule::Noisy {
                rate,
                temperature: temperature * per_unit,
                noise: if persistent { plan::Noise::Persistent } else { plan::Noise::Fresh },
            },
            DecisionRule::Hazard { rate } => plan::Rule::Hazard { rate: rate * quantum.unit() },
            DecisionRule::Trials => plan::Rule::Trials,
        },
        reversal: match (scenario.decision.reversal, scenario.norm.graded) {
            (true, _) => plan::Reversal::On,
            (false, true) => plan::Reversal::OffGraded,
            (false, false) => plan::Reversal::OffRival,
        },
        schedule: match scenario.decision.schedule {
            Schedule::Synchronous => plan::Schedule::Synchronous,
            Schedule::RandomSequential => plan::Schedule::RandomSequential,
            Schedule::Continuous { .. } => plan::Schedule::Continuous,
        },
        reviews_per_year: match scenario.decision.schedule {
            Schedule::Continuous { rate } => rate,
            Schedule::Synchronous | Schedule::RandomSequential => plan::REVIEWS_PER_YEAR,
        },
    };
    lowered.check().map_err(|error| whole(&error.to_string()))?;
    Ok(lowered)
}

// Under the hazard rule, who can go back moves to and fro as often as the pressure lets it.
fn check_moves(scenario: &Scenario, strongest: f64) -> Result<(), ScenarioError> {
    let DecisionRule::Hazard { rate } = scenario.decision.rule else { return Ok(()) };
    let moves = rate * scenario.calendar.length().years() * strongest;
    if !scenario.decision.reversal || moves <= MOST_REVIEWS {
        return Ok(());
    }
    Err(ScenarioError::Whole {
        problem: format!(
            "[decision] rate: a government may move {moves:.0} times in a tick, at {rate} moves a year and unit of \
             pressure under pressures of up to {strongest}"
        ),
        remedy: format!(
            "Give a lower rate, weaker pressures or a shorter tick: at most {MOST_REVIEWS} moves in each."
        ),
    })
}

fn network_error(error: &NetworkError) -> ScenarioError {
    ScenarioError::Whole {
        problem: error.to_string(),
        remedy: "Change the layer in [network.layer].".to_owned(),
    }
}

fn whole(problem: &str) -> ScenarioError {
    ScenarioError::Whole {
        problem: format!("this scenario cannot be lowered to a plan: {problem}"),
        remedy: "Bring strengths, kappa and gains closer to 1.".to_owned(),
    }
}

// ---- Epochs: the ticks between which nothing on the domain side changes.

/// The world from one change to the next.
pub(crate) struct Epoch<'s> {
    pub(crate) tick: Tick,
    pub(crate) date: Date,
    pub(crate) network: NetworkView<'s>,
    pub(crate) norm: NormState,
}

impl Epoch<'_> {
    pub(crate) fn view(&self) -> SystemView<'_> {
        SystemView { network: &self.network, norm: &self.norm }
    }
}

fn epochs(scenario: &Scenario) -> Result<Vec<Epoch<'_>>, ScenarioError> {
    // What is static does not read positions, so any will do.
    let positions = vec![0; scenario.network.actors().len()];
    let changes = scenario.network.change_dates();
    let mut epochs: Vec<Epoch<'_>> = Vec::new();
    for tick in scenario.change_ticks() {
        let date = scenario.calendar.as_of(tick);
        let unchanged = epochs.last().filter(|last| !changes.iter().any(|d| last.date < *d && *d <= date));
        let network = match unchanged {
            Some(last) => last.network.unchanged_on(date),
            None => scenario.network_at(tick).map_err(|error| network_error(&error))?,
        };
        epochs.push(Epoch { tick, date, network, norm: scenario.norm_state(tick, &positions) });
    }
    Ok(epochs)
}

// ---- Blocks.

// The blocks of one group: positions that share their weights at all times share a block.
fn group_blocks(
    scenario: &Scenario,
    group: &Group,
    versions: &[Folded],
    quantum: &Quantum,
) -> Result<Vec<Block>, ScenarioError> {
    let mut blocks: Vec<Block> = Vec::new();
    for (k, folded) in versions.iter().enumerate() {
        if k > 0 && folded.is_same(&versions[k - 1]) {
            blocks.iter_mut().filter(|block| block.toward[k - 1]).for_each(|block| block.toward[k] = true);
            continue;
        }
        let weights =
            folded.quantised(scenario.network.actors().len(), quantum).map_err(|problem| whole(&problem))?;
        let mut toward = vec![false; scenario.n_positions()];
        toward[k] = true;
        let twin = blocks.iter_mut().find(|block| block.weights == weights);
        match twin {
            Some(block) => block.toward[k] = true,
            None => blocks.push(Block {
                source: group.source.into(),
                toward,
                gains: group.programs.clone(),
                weights,
                hatch: None,
            }),
        }
    }
    blocks.retain(|block| block.weights.steps().iter().any(|(_, weights)| !is_empty(weights)));
    Ok(blocks)
}

fn is_empty(weights: &Weights) -> bool {
    match weights {
        Weights::Ties { targets, .. } => targets.is_empty(),
        Weights::Internal(own) => own.iter().all(|&own| own == 0),
    }
}

// What the factors that cannot be folded exert in a few states.
fn samples(scenario: &Scenario, epochs: &[Epoch<'_>]) -> Sampled {
    let mut sampled = Sampled::default();
    for factor in (0..scenario.factors.len()).filter(|&factor| is_hatched(scenario, factor)) {
        sampled.factors.insert(factor, pressure::sampled(scenario, epochs, factor));
        let kappa = &scenario.factors[factor].kappa;
        let kappas = kappa.dates().filter_map(|date| kappa.at(date)).copied();
        sampled.least = kappas.fold(sampled.least, f64::max);
    }
    sampled
}

// A block per position for every factor that cannot be folded.
fn hatched_blocks(scenario: &Arc<Scenario>, quantum: &Quantum) -> Vec<Block> {
    let slow: Vec<usize> = (0..scenario.factors.len()).filter(|&f| is_hatched(scenario, f)).collect();
    let domain = Arc::new(Domain::new(scenario, quantum, slow.clone()));
    let blocks = slow.iter().enumerate().flat_map(|(place, &factor)| {
        let domain = &domain;
        (0u8..).take(scenario.n_positions()).map(move |position| {
            let mut toward = vec![false; scenario.n_positions()];
            toward[usize::from(position)] = true;
            Block {
                source: source_of(scenario, factor),
                toward,
                gains: Vec::new(),
                weights: Steps::default(),
                hatch: Some(Arc::new(FactorHatch::new(domain, place, position))),
            }
        })
    });
    blocks.collect()
}

pub(crate) fn source_of(scenario: &Scenario, factor: usize) -> Source {
    match scenario.factors[factor].mechanism.scope() {
        Scope::Actors => Source::Internal,
        Scope::Ties { signal: Signal::Adoption, .. } => Source::Ties(plan::Signal::Adoption),
        Scope::Ties { signal: Signal::Advocacy, .. } => Source::Ties(plan::Signal::Advocacy),
    }
}

/// Whether a factor, or a moderator on it, may read anything at any time.
pub(crate) fn is_hatched(scenario: &Scenario, factor: usize) -> bool {
    let slow = |reads: Reads, program: bool| match reads {
        Reads::Network => false,
        Reads::NetworkAndProgram => !program,
        _ => true,
    };
    let mechanism = &scenario.factors[factor].mechanism;
    slow(mechanism.reads(), false)
        || !mechanism.reads_factors().is_empty()
        || scenario
            .moderators_of(factor)
            .any(|active| slow(active.moderator.reads(), active.moderator.program().is_some()))
}

/// Pressures of one factor at κ and exposure, before gains: one per tie or per actor and position.
pub(crate) fn raw_values(scenario: &Scenario, factor: usize, view: &SystemView<'_>) -> Vec<f64> {
    let spec = &scenario.factors[factor];
    let kappa = spec.kappa.at(view.network.date()).copied().unwrap_or(0.0);
    match spec.mechanism.scope() {
        Scope::Actors => {
            let mut values = vec![0.0; view.network.n_actors() * scenario.n_positions()];
            spec.mechanism.fill(view, &mut values);
            values.iter_mut().for_each(|value| *value = kappa * value.max(0.0));
            values
        }
        Scope::Ties { layer, .. } => {
            let ties = view.ties(layer);
            let mut values = vec![0.0; ties.len()];
            spec.mechanism.fill(view, &mut values);
            let mut in_strength = vec![1.0; view.network.n_actors()];
            if spec.exposure == Exposure::Mean {
                in_strength.fill(0.0);
                ties.iter().for_each(|tie| in_strength[tie.to.idx()] += tie.strength);
            }
            for (value, tie) in values.iter_mut().zip(ties) {
                let all = in_strength[tie.to.idx()];
                *value = if all > 0.0 { kappa * value.max(0.0) / all } else { 0.0 };
            }
            values
        }
    }
}

// ---- Programs.

// With how far rounding can put its share off.
fn program(scenario: &Scenario, epochs: &[Epoch<'_>], spec: &AdoptionProgram) -> (Program, f64) {
    let n = scenario.network.actors().len();
    let mut off = 0.0f64;
    let driver = match &spec.driver {
        AdoptionDriver::Share { weight } => {
            let mut weights = Steps::default();
            for epoch in epochs {
                let numbers: Vec<f64> = match weight {
                    None => vec![1.0; n],
                    Some(name) => epoch.network.numbers(name, 0.0),
                };
                weights.push_change(epoch.tick, quantum::shares(&numbers));
            }
            Driver::Share { weights }
        }
        AdoptionDriver::Exposure { layer } => {
            let mut ties = Steps::default();
            for epoch in epochs {
                let in_layer = epoch.view().ties(layer);
                let into: Vec<(u32, f64)> = in_layer.iter().map(|tie| (tie.to.0, tie.strength)).collect();
                let (weights, lost) = quantum::tie_shares(n, &into);
                off = off.max(lost);
                let triples =
                    in_layer.iter().zip(weights).map(|(tie, weight)| (tie.from.0, tie.to.0, weight));
                ties.push_change(epoch.tick, Weights::from_ties(n, triples.collect()));
            }
            Driver::Exposure { ties }
        }
    };
    let (toward_status_quo, toward_new) = (spec.toward_status_quo.clone(), spec.toward_new.clone());
    (Program { driver, toward_status_quo, toward_new }, off)
}

// ---- Everything else is a change of units: dates to ticks.

fn present(scenario: &Scenario, epochs: &[Epoch<'_>]) -> Steps<Vec<bool>> {
    let mut steps = Steps::default();
    let everybody = (0u32..).map(ActorId).take(scenario.network.actors().len());
    for epoch in epochs {
        steps.push_change(epoch.tick, everybody.clone().map(|id| scenario.present(id, epoch.date)).collect());
    }
    steps
}

// Values of all actors at every tick at which one changes.
fn per_tick(scenario: &Scenario, lines: &[Timeline<f64>]) -> Steps<Vec<f64>> {
    let calendar = &scenario.calendar;
    let mut ticks: Vec<Tick> =
        lines.iter().flat_map(Timeline::dates).map(|date| calendar.tick_from(date)).collect();
    ticks.push(0);
    ticks.sort_unstable();
    ticks.dedup();
    let mut steps = Steps::default();
    for tick in ticks.into_iter().filter(|&tick| tick < calendar.n_ticks()) {
        let date = calendar.as_of(tick);
        steps.push_change(tick, lines.iter().map(|line| line.at(date).copied().unwrap_or(0.0)).collect());
    }
    steps
}

fn level(x: f64) -> u32 {
    in_steps(crate::advocacy::rounded(x), SIGNAL_ONE)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "x is in [0, 1]")]
fn in_steps(x: f64, one: u32) -> u32 {
    (x * f64::from(one)) as u32
}

fn stances(scenario: &Scenario) -> plan::Stances {
    let calendar = &scenario.calendar;
    let follow = |follow: &crate::advocacy::Follow| {
        let vigour: Vec<u32> = follow.vigour.iter().map(|&v| level(v)).collect();
        let with = |lead| plan::Follow { lead, vigour: vigour.clone() };
        match &follow.lead {
            Lead::Nobody => Steps::constant(with(plan::Lead::Nobody)),
            Lead::One(leader) => Steps::constant(with(plan::Lead::One(leader.0))),
            Lead::Many(leaders) => {
                let mut ticks: BTreeMap<Tick, Date> = BTreeMap::new();
                for date in leaders.dates() {
                    let tick = calendar.tick_from(date);
                    ticks.insert(tick, calendar.as_of(tick));
                }
                let mut steps = Steps::default();
                for (tick, date) in ticks.into_iter().filter(|(tick, _)| *tick < calendar.n_ticks()) {
                    let leaders =
                        leaders.at(date).map_or(Vec::new(), |ids| ids.iter().map(|id| id.0).collect());
                    steps.push_change(tick, with(plan::Lead::Many(leaders)));
                }
                steps
            }
        }
    };
    // As most do in a network of a million: nothing need be made that would be left out again.
    let obvious = scenario.advocacy.follows.iter().zip(0u32..).all(|(follow, actor)| {
        follow.lead == Lead::One(ActorId(actor)) && follow.vigour.iter().all(|&v| level(v) == SIGNAL_ONE)
    });
    let follows = if obvious { Vec::new() } else { scenario.advocacy.follows.iter().map(follow).collect() };
    let scheduled = scenario.advocacy.scheduled.iter().map(|stance| plan::Scheduled {
        from: calendar.tick_from(stance.from),
        until: stance.until.map_or(Tick::MAX, |end| calendar.tick_from(end)),
        actor: stance.actor.0,
        position: stance.position,
        level: level(stance.level),
    });
    let persuadable = scenario.advocacy.persuadable.iter().map(|one| {
        let mut hears = Steps::default();
        for (tick, hearing) in one.hears.steps() {
            let sources = hearing.sources.iter().map(|(from, strength)| (from.0, *strength)).collect();
            let stubbornness = in_steps(hearing.stubbornness, STUBBORN_ONE);
            hears.push(*tick, plan::Hearing { stubbornness, sources });
        }
        plan::Persuadable { actor: one.actor.0, hears }
    });
    plan::Stances {
        follows,
        scheduled: scheduled.filter(|stance| stance.from < stance.until).collect(),
        persuadable: persuadable.collect(),
    }
}

fn heirs(scenario: &Scenario) -> Vec<plan::Heir> {
    let calendar = &scenario.calendar;
    let mut heirs = Vec::new();
    for (id, actor) in (0u32..).zip(scenario.network.actors()) {
        if let Some(before) = actor.predecessor {
            let births = actor.lives.iter().filter_map(|spell| calendar.tick_of(spell.from));
            heirs.extend(births.map(|tick| plan::Heir { tick, actor: id, of: before.0 }));
        }
    }
    heirs
}

fn forced(scenario: &Scenario) -> Vec<plan::Forced> {
    let forced = scenario.adopters.iter().map(|adopter| plan::Forced {
        tick: scenario.calendar.tick_from(adopter.date),
        actor: adopter.actor.0,
        position: adopter.position,
    });
    forced.collect()
}

fn offers(scenario: &Scenario) -> Vec<plan::Offer> {
    let calendar = &scenario.calendar;
    let offers = scenario.norm.offers.iter().map(|offer| plan::Offer {
        position: offer.position,
        from: calendar.tick_from(offer.from),
        until: offer.until.map_or(Tick::MAX, |end| calendar.tick_from(end)),
        to: offer.to.clone(),
        when: offer.when.clone(),
    });
    offers.collect()
}

fn forums(scenario: &Scenario) -> Vec<plan::Forum> {
    let calendar = &scenario.calendar;
    let forum = |forum: &crate::Forum| {
        let position: Position = forum.offers?;
        let mut members = Steps::default();
        let mut ticks: Vec<Tick> = forum.members.dates().map(|date| calendar.tick_from(date)).collect();
        ticks.dedup();
        for tick in ticks.into_iter().filter(|&tick| tick < calendar.n_ticks()) {
            members.push_change(tick, forum.members.at(calendar.as_of(tick)).cloned().unwrap_or_default());
        }
        Some(plan::Forum {
            from: calendar.tick_from(forum.from),
            until: forum.until.map_or(Tick::MAX, |end| calendar.tick_from(end)),
            position,
            rule: match forum.rule {
                ForumRule::Consensus => plan::ForumRule::Consensus,
                ForumRule::Majority => plan::ForumRule::Majority,
                ForumRule::Coalition => plan::ForumRule::Coalition,
            },
            members,
        })
    };
    scenario.forums.iter().filter_map(forum).collect()
}

fn acts_from(scenario: &Scenario) -> Vec<Tick> {
    let opens = scenario.norm.positions.iter().map(|position| position.opens);
    opens.map(|date| date.map_or(0, |date| scenario.calendar.tick_from(date))).collect()
}
