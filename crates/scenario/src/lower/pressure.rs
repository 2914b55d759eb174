//! Folding: all factors with the same source and the same moving gains become one matrix.

use super::quantum::Quantum;
use super::standing::Standing;
use super::{Epoch, is_hatched, raw_values, source_of};
use crate::{ActiveModerator, Scenario};
use normwave_moderators::{AdoptionProgram, Pressure};
use normwave_network_model::Tick;
use normwave_plan::{SIGNAL_ONE, Source, Steps, Weights};
use normwave_pressure_factors::{Scope, SystemView};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What pressures must share to be folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) source: SourceKey,
    /// Indices of the programs that turn them.
    pub(super) programs: Vec<usize>,
}

/// The folded weights of a group toward one position, over time.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    // Only where something changed.
    epochs: Vec<(Tick, Arc<Values>)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Values {
    /// (sender, target, weight), sorted by target, then sender.
    Ties(Vec<(u32, u32, f64)>),
    /// Along all ties of a layer that stands.
    Standing(Standing),
    Internal(Vec<f64>),
}

/// Folds all factors that can be; fills the list of programs.
pub(super) fn fold(
    scenario: &Scenario,
    epochs: &[Epoch<'_>],
    programs: &mut Vec<AdoptionProgram>,
) -> BTreeMap<Group, Vec<Folded>> {
    let mut members: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for factor in (0..scenario.factors.len()).filter(|&factor| !is_hatched(scenario, factor)) {
        let moving = scenario.moderators_of(factor).filter_map(|active| active.moderator.program());
        let programs = moving.map(|program| index_of(programs, program)).collect();
        let group = Group { source: source_of(scenario, factor).into(), programs };
        members.entry(group).or_default().push(factor);
    }
    members.into_iter().map(|(group, factors)| (group, fold_group(scenario, epochs, &factors))).collect()
}

fn fold_group(scenario: &Scenario, epochs: &[Epoch<'_>], factors: &[usize]) -> Vec<Folded> {
    let n_k = scenario.n_positions();
    let mut folded = vec![Folded::default(); n_k];
    let mut last: Option<Vec<Moderated>> = None;
    for epoch in epochs {
        if let &[factor] = factors
            && let Some(standing) = Standing::of(scenario, factor, epoch)
        {
            last = None;
            for (k, folded) in folded.iter_mut().enumerate() {
                let values =
                    standing.toward(scenario, k, epoch).map_or(Values::Ties(Vec::new()), Values::Standing);
                if folded.epochs.last().is_none_or(|(_, held)| **held != values) {
                    folded.epochs.push((epoch.tick, Arc::new(values)));
                }
            }
            continue;
        }
        let now: Vec<Moderated> = factors.iter().map(|&factor| moderated(scenario, factor, epoch)).collect();
        if last.as_ref() == Some(&now) {
            continue;
        }
        let mut before: Option<Arc<Values>> = None;
        for (k, folded) in folded.iter_mut().enumerate() {
            let as_before = k > 0 && now.iter().all(|factor| factor.toward[k] == factor.toward[k - 1]);
            let values =
                before.take().filter(|_| as_before).unwrap_or_else(|| Arc::new(sum(&now, k, Ties::Pressing)));
            if folded.epochs.last().is_none_or(|(_, held)| *held != values) {
                folded.epochs.push((epoch.tick, Arc::clone(&values)));
            }
            before = Some(values);
        }
        last = Some(now);
    }
    folded
}

fn index_of(programs: &mut Vec<AdoptionProgram>, program: AdoptionProgram) -> usize {
    programs.iter().position(|known| *known == program).unwrap_or_else(|| {
        programs.push(program);
        programs.len() - 1
    })
}

/// One factor in one epoch: raw · Π static gains, toward each position.
#[derive(Debug, PartialEq)]
struct Moderated {
    // (sender, target) of each value; `None` where there is one value per actor.
    ties: Option<Vec<(u32, u32)>>,
    toward: Vec<Vec<f64>>,
}

// With the gains that stay the same between changes; those that move are programs.
fn moderated(scenario: &Scenario, factor: usize, epoch: &Epoch<'_>) -> Moderated {
    moderated_in(scenario, factor, &epoch.view(), &|active| active.moderator.program().is_none())
}

// Only governments under the norm are pressed.
fn moderated_in(
    scenario: &Scenario,
    factor: usize,
    view: &SystemView<'_>,
    counts: &dyn Fn(&ActiveModerator) -> bool,
) -> Moderated {
    let spec = &scenario.factors[factor];
    let n_k = scenario.n_positions();
    let raw = raw_values(scenario, factor, view);
    let ties = match spec.mechanism.scope() {
        Scope::Ties { layer, .. } => Some(view.ties(layer)),
        Scope::Actors => None,
    };
    let pressed = |idx: usize| view.norm.positions[ties.map_or(idx, |ties| ties[idx].to.idx())].is_some();
    let toward = (0u8..).take(n_k).map(|k| {
        let own: Vec<f64> = match ties {
            Some(_) => raw.clone(),
            None => raw.iter().skip(usize::from(k)).step_by(n_k).copied().collect(),
        };
        let pressure = Pressure { factor: &spec.name, toward: k, ties, raw: &own };
        let mut gain = vec![1.0; own.len()];
        let turning = scenario.moderators_of(factor).filter(|active| counts(active));
        turning.for_each(|active| active.moderator.moderate(&pressure, view, &mut gain));
        let turned = own.iter().zip(&gain).map(|(raw, gain)| raw * gain).enumerate();
        turned.map(|(idx, value)| if pressed(idx) { value } else { 0.0 }).collect()
    });
    Moderated {
        toward: toward.collect(),
        ties: ties.map(|ties| ties.iter().map(|tie| (tie.from.0, tie.to.0)).collect()),
    }
}

/// What a factor that cannot be folded exerts while nobody has moved and while all hold the same
/// new position: a sample of weights that may take any value in a run.
pub(super) fn sampled(scenario: &Scenario, epochs: &[Epoch<'_>], factor: usize) -> Vec<Folded> {
    let n_k = scenario.n_positions();
    let mut samples = vec![Folded::default(); n_k];
    for epoch in epochs {
        for held in (0u8..).take(n_k) {
            let mut norm = scenario.norm_state(epoch.tick, &vec![held; epoch.network.n_actors()]);
            scenario.expose(&epoch.network, &mut norm);
            let view = SystemView { network: &epoch.network, norm: &norm };
            let values = [moderated_in(scenario, factor, &view, &|_| true)];
            for (k, sample) in samples.iter_mut().enumerate() {
                sample.epochs.push((epoch.tick, Arc::new(sum(&values, k, Ties::All))));
            }
        }
    }
    samples
}

// Which ties are kept: a tie without pressure in a sample may press in a run.
#[derive(Clone, Copy)]
enum Ties {
    Pressing,
    All,
}

// Adds up factors toward one position, tie by tie, in order of the factors.
fn sum(factors: &[Moderated], k: usize, kept: Ties) -> Values {
    if factors.iter().all(|factor| factor.ties.is_none()) {
        let mut sums = factors.first().map_or_else(Vec::new, |factor| vec![0.0; factor.toward[k].len()]);
        for factor in factors {
            sums.iter_mut().zip(&factor.toward[k]).for_each(|(sum, value)| *sum += value);
        }
        return Values::Internal(sums);
    }
    let mut ties: Vec<(u32, u32, f64)> = Vec::new();
    for factor in factors {
        let pairs = factor.ties.iter().flatten().zip(&factor.toward[k]);
        let pairs = pairs.filter(|(_, value)| matches!(kept, Ties::All) || **value > 0.0);
        let own = pairs.map(|(&(from, to), &value)| (from, to, value));
        ties = if ties.is_empty() { own.collect() } else { merged(&ties, own) };
    }
    Values::Ties(ties)
}

// Both sorted by target, then sender; pairs that both have add up.
fn merged(ties: &[(u32, u32, f64)], others: impl Iterator<Item = (u32, u32, f64)>) -> Vec<(u32, u32, f64)> {
    let place = |tie: &(u32, u32, f64)| (tie.1, tie.0);
    let mut all = Vec::with_capacity(ties.len() + others.size_hint().0);
    let mut rest = ties.iter().peekable();
    for other in others {
        while let Some(&tie) = rest.next_if(|tie| place(tie) < place(&other)) {
            all.push(tie);
        }
        let same = rest.next_if(|tie| place(tie) == place(&other));
        all.push((other.0, other.1, same.map_or(other.2, |tie| tie.2 + other.2)));
    }
    all.extend(rest);
    all
}

impl Folded {
    pub(super) fn is_empty(&self) -> bool {
        self.all().all(|weight| weight <= 0.0)
    }

    /// Every weight at every time; what many ties have in common may come once.
    pub(super) fn all(&self) -> impl Iterator<Item = f64> + '_ {
        self.epochs.iter().flat_map(|(_, values)| {
            let (ties, standing, own) = match &**values {
                Values::Ties(ties) => (Some(ties.iter().map(|tie| tie.2)), None, None),
                Values::Standing(standing) => (None, Some(standing.different()), None),
                Values::Internal(own) => (None, None, Some(own.iter().copied())),
            };
            ties.into_iter().flatten().chain(standing.into_iter().flatten()).chain(own.into_iter().flatten())
        })
    }

    /// The most that all weights into one actor sum to at any time.
    pub(super) fn strongest(&self) -> f64 {
        let mut most = 0.0f64;
        for (_, values) in &self.epochs {
            match &**values {
                Values::Internal(own) => most = own.iter().copied().fold(most, f64::max),
                Values::Standing(standing) => {
                    most = standing.sums(|weight| weight).into_iter().fold(most, f64::max);
                }
                Values::Ties(ties) => {
                    // Sorted by target.
                    let into = ties.chunk_by(|a, b| a.1 == b.1);
                    most = into.map(|ties| ties.iter().map(|tie| tie.2).sum()).fold(most, f64::max);
                }
            }
        }
        most
    }

    /// Whether it was made from the same values as another; false where that is not known at once.
    pub(super) fn is_same(&self, other: &Folded) -> bool {
        let same = |ours: &Arc<Values>, theirs: &Arc<Values>| match (&**ours, &**theirs) {
            (Values::Standing(ours), Values::Standing(theirs)) => ours == theirs,
            _ => Arc::ptr_eq(ours, theirs),
        };
        let mut both = self.epochs.iter().zip(&other.epochs);
        self.epochs.len() == other.epochs.len()
            && both.all(|(ours, theirs)| ours.0 == theirs.0 && same(&ours.1, &theirs.1))
    }

    pub(super) fn quantised(&self, n_actors: usize, quantum: &Quantum) -> Result<Steps<Weights>, String> {
        let mut steps = Steps::default();
        for (tick, values) in &self.epochs {
            let weights = match &**values {
                Values::Ties(ties) => {
                    let mut triples = Vec::with_capacity(ties.len());
                    for &(from, to, weight) in ties {
                        triples.push((from, to, quantum.weight(weight)?));
                    }
                    Weights::from_ties(n_actors, triples)
                }
                Values::Standing(standing) => standing.quantised(n_actors, quantum)?,
                Values::Internal(own) => Weights::Internal(own.iter().map(|&own| quantum.own(own)).collect()),
            };
            steps.push_change(*tick, weights);
        }
        Ok(steps)
    }

    /// Raises `bound` to what rounding can change in the sum into each actor: what a weight is off
    /// at the largest signal, and what the signal is off at the weight.
    ///
    /// `off` says how far a weight is from what it stands for.
    pub(super) fn bound_rounding(&self, signal: SignalError, off: impl Fn(f64) -> f64, bound: &mut [f64]) {
        for (_, values) in &self.epochs {
            let mut now = vec![0.0; bound.len()];
            match &**values {
                Values::Ties(ties) => {
                    for &(_, to, weight) in ties {
                        now[to as usize] += off(weight) * signal.largest + weight * signal.off;
                    }
                }
                Values::Standing(standing) => {
                    let sums = standing.sums(|weight| off(weight) * signal.largest + weight * signal.off);
                    now.iter_mut().zip(sums).for_each(|(now, sum)| *now = sum);
                }
                Values::Internal(own) => now.iter_mut().zip(own).for_each(|(now, &own)| *now = off(own)),
            }
            bound.iter_mut().zip(now).for_each(|(bound, now)| *bound = bound.max(now));
        }
    }
}

/// How large what is heard can be, and how far rounding puts it off.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignalError {
    largest: f64,
    pub(super) off: f64,
}

impl SignalError {
    /// Support is rounded to 2⁻¹²; ŷ then once more where a product is no multiple of that.
    pub(super) fn of(scenario: &Scenario, source: Source) -> Self {
        let one = f64::from(SIGNAL_ONE);
        let off = |s: &f64| (s * one - (s * one).round()).abs() / one;
        let support = scenario.norm.support.iter().map(off).fold(0.0, f64::max);
        let fraction = scenario.norm.support.iter().any(|s| s.fract() > 0.0);
        #[expect(clippy::cast_precision_loss, reason = "at most 255 positions")]
        let n_k = scenario.n_positions() as f64;
        match source {
            Source::Internal => SignalError { largest: 1.0, off: 0.0 },
            // One position is held, all may be advocated.
            Source::Ties(normwave_plan::Signal::Adoption) => SignalError { largest: 1.0, off: support },
            Source::Ties(normwave_plan::Signal::Advocacy) => {
                SignalError { largest: n_k, off: n_k * support + if fraction { 0.5 / one } else { 0.0 } }
            }
        }
    }
}

/// [`Source`] with an order, so that blocks come in a fixed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SourceKey {
    Internal,
    Advocacy,
    Adoption,
}

impl From<Source> for SourceKey {
    fn from(source: Source) -> Self {
        match source {
            Source::Internal => SourceKey::Internal,
            Source::Ties(normwave_plan::Signal::Advocacy) => SourceKey::Advocacy,
            Source::Ties(normwave_plan::Signal::Adoption) => SourceKey::Adoption,
        }
    }
}

impl From<SourceKey> for Source {
    fn from(key: SourceKey) -> Self {
        match key {
            SourceKey::Internal => Source::Internal,
            SourceKey::Advocacy => Source::Ties(normwave_plan::Signal::Advocacy),
            SourceKey::Adoption => Source::Ties(normwave_plan::Signal::Adoption),
        }
    }
}
