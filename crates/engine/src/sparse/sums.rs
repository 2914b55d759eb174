//! Sums over senders, kept up to date.

use super::actor_set::ActorSet;
use super::rows::Rows;
use super::signals::Channel;
use normwave_plan::{SIGNAL_ONE, Steps, Weights};
use std::ops::Range;

// A_ik -> values[k * n_actors + i]. The sums are integers below 2⁵³, as `Plan::check` proves, so
// that f64 holds them and every partial sum exactly, whatever the order of summing; it is chosen
// because it needs no conversion in the pressures and has vector instructions everywhere.

// How many rows before its turn a row begins to load.
const AHEAD: usize = 4;

/// What all replicates share of one set of sums: its weights in each epoch.
#[derive(Debug)]
pub(super) struct Ledger<'p> {
    // First the epoch before any weights hold, then one for each step of the plan.
    epochs: Vec<Epoch<'p>>,
    // Who is reached at any time: all sums of others stay 0.
    reached: Range<usize>,
}

#[derive(Debug)]
struct Epoch<'p> {
    rows: Rows<'p>,
    /// Those who reach anybody.
    senders: ActorSet,
    /// The sums of those who are reached at the first landmarks of the channel, component after component,
    /// from which those of a state are reached by shifting the senders that differ.
    bases: Vec<Vec<f64>>,
    /// The change of the weights since the epoch before, where that is the shorter way to here.
    difference: Option<Difference>,
}

#[derive(Debug)]
struct Difference {
    rows: Rows<'static>,
    senders: Vec<usize>,
}

impl<'p> Epoch<'p> {
    fn new(rows: Rows<'p>, n_actors: usize, bases: Vec<Vec<f64>>, difference: Option<Difference>) -> Self {
        let mut senders = ActorSet::none(n_actors);
        (0..n_actors).filter(|&sender| rows.has_ties(sender)).for_each(|sender| senders.insert(sender));
        Epoch { rows, senders, bases, difference }
    }
}

impl<'p> Ledger<'p> {
    /// Sums of what is heard over ties. `largest` bounds the signal.
    pub(super) fn of_ties(steps: &'p Steps<Weights>, channel: &Channel, largest: u32) -> Self {
        Ledger::of_rows(steps.steps().iter().map(|step| Rows::borrowed(&step.1)), channel, largest)
    }

    /// The same with negative weights left out.
    pub(super) fn of_exposure(steps: &'p Steps<Weights>, channel: &Channel) -> Self {
        let rows = steps.steps().iter().map(|step| Rows::borrowed(&step.1).without_negative());
        Ledger::of_rows(rows, channel, 1)
    }

    /// Sums without senders.
    pub(super) fn internal(steps: &Steps<Weights>, n_actors: usize, n_positions: usize) -> Self {
        let mut epochs = vec![Epoch::new(Rows::Silent, n_actors, Vec::new(), None)];
        for (_, weights) in steps.steps() {
            let mut base = vec![0.0; n_actors * n_positions];
            internal(weights, &mut base);
            epochs.push(Epoch::new(Rows::Silent, n_actors, vec![base], None));
        }
        Ledger { epochs, reached: 0..n_actors }
    }

    fn of_rows(rows: impl Iterator<Item = Rows<'p>>, channel: &Channel, largest: u32) -> Self {
        let n_actors = channel.n_actors();
        let rows: Vec<Rows<'p>> = rows.collect();
        let spans = rows.iter().filter_map(Rows::span);
        let reached = spans.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..0);
        let mut epochs = vec![Epoch::new(Rows::Silent, n_actors, Vec::new(), None)];
        let mut before = Rows::Silent;
        for rows in rows {
            let difference = difference(n_actors, largest, &before, &rows);
            before = rows.clone();
            let rows = rows.fastest(n_actors);
            // Making anew is dear where rows are full, and there more landmarks cost little.
            let n_bases = if matches!(rows, Rows::Full { .. }) { channel.n_landmarks() } else { 1 };
            let base = |landmark| {
                let mut sums = Sums::new(n_actors, channel.width());
                sums.add_all(&rows, &channel.at_landmark(landmark), &mut ActorSet::none(n_actors));
                sums.planes().flat_map(|plane| &plane[reached.clone()]).copied().collect()
            };
            let bases = (0..n_bases).map(base).collect();
            epochs.push(Epoch::new(rows, n_actors, bases, difference));
        }
        Ledger { epochs, reached }
    }

    /// The ties of an epoch.
    pub(super) fn rows(&self, epoch: usize) -> &Rows<'p> {
        &self.epochs[epoch].rows
    }
}

// The ties that change from one epoch to the next, if they are few and taking them one by one
// cannot leave 53 bits on the way.
fn difference(n_actors: usize, largest: u32, from: &Rows<'_>, to: &Rows<'_>) -> Option<Difference> {
    let few = |changed: usize| changed * 4 < to.n_ties();
    let mut ties = Vec::new();
    let mut strength = vec![0u64; n_actors];
    for sender in 0..n_actors {
        let (from, to) = (from.row(sender), to.row(sender));
        for (target, weight) in from.iter().chain(&to) {
            strength[*target as usize] += u64::from(weight.unsigned_abs());
        }
        let sender = u32::try_from(sender).ok()?;
        let (mut from, mut to) = (from.into_iter().peekable(), to.into_iter().peekable());
        while let Some(target) = from.peek().into_iter().chain(to.peek()).map(|tie| tie.0).min() {
            let old = from.next_if(|tie| tie.0 == target).map_or(0, |tie| tie.1);
            let new = to.next_if(|tie| tie.0 == target).map_or(0, |tie| tie.1);
            if old != new {
                if !few(ties.len() + 1) {
                    return None;
                }
                ties.push((sender, target, new.checked_sub(old)?));
            }
        }
    }
    let exact = strength.iter().all(|&strength| u128::from(strength) * u128::from(largest) < 1 << 53);
    exact.then(|| {
        let mut senders: Vec<usize> = ties.iter().map(|tie| tie.0 as usize).collect();
        senders.dedup();
        Difference { rows: Rows::owned(Weights::from_ties(n_actors, ties)), senders }
    })
}

/// The sums of one replicate.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    n_actors: usize,
    values: Vec<f64>,
    epoch: usize,
}

impl Sums {
    /// All sums 0, before any weights hold.
    pub(super) fn new(n_actors: usize, width: usize) -> Self {
        Sums { n_actors, values: vec![0.0; n_actors * width], epoch: 0 }
    }

    /// One sum.
    pub(super) fn at(&self, component: usize, target: usize) -> f64 {
        self.values[component * self.n_actors + target]
    }

    /// The sums of all actors for one component.
    pub(super) fn plane(&self, component: usize) -> &[f64] {
        &self.values[component * self.n_actors..(component + 1) * self.n_actors]
    }

    /// A sender's signal has changed.
    pub(super) fn shift(&mut self, rows: &Rows<'_>, sender: usize, change: &[f64], touched: &mut ActorSet) {
        rows.shift(sender, change, &mut self.values, touched);
    }

    /// The epoch whose weights hold.
    pub(super) fn epoch(&self) -> usize {
        self.epoch
    }

    /// The weights have changed: those of `epoch` hold from now on.
    pub(super) fn enter(
        &mut self,
        ledger: &Ledger<'_>,
        epoch: usize,
        channel: &Channel,
        touched: &mut ActorSet,
    ) {
        if epoch == self.epoch {
            return;
        }
        let next = &ledger.epochs[epoch];
        let mut says = vec![0.0; channel.width()];
        match next.difference.as_ref().filter(|_| epoch == self.epoch + 1) {
            Some(difference) => {
                for &sender in &difference.senders {
                    if channel.says(sender, &mut says) {
                        self.shift(&difference.rows, sender, &says, touched);
                    }
                }
            }
            None => {
                let landmark = channel.nearest_landmark(next.bases.len());
                let reached = &ledger.reached;
                let planes = self
                    .values
                    .chunks_exact_mut(self.n_actors.max(1))
                    .map(|plane| &mut plane[reached.clone()]);
                match next.bases.get(landmark) {
                    Some(base) => {
                        let bases = base.chunks_exact(reached.len().max(1));
                        planes.zip(bases).for_each(|(plane, base)| plane.copy_from_slice(base));
                    }
                    None => planes.for_each(|plane| plane.fill(0.0)),
                }
                let senders: Vec<usize> = next.senders.shared_with(channel.differ(landmark)).collect();
                for (place, &sender) in senders.iter().enumerate() {
                    if let Some(&later) = senders.get(place + 2 * AHEAD) {
                        next.rows.begin_to_find(later);
                    }
                    if let Some(&soon) = senders.get(place + AHEAD) {
                        next.rows.begin_to_load(soon);
                    }
                    channel.says_beside(landmark, sender, &mut says);
                    self.shift(&next.rows, sender, &says, touched);
                }
                touched.fill();
            }
        }
        self.epoch = epoch;
    }

    fn planes(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.n_actors.max(1))
    }

    // Adds what every sender says.
    fn add_all(&mut self, rows: &Rows<'_>, channel: &Channel, touched: &mut ActorSet) {
        let mut says = vec![0.0; channel.width()];
        for sender in 0..self.n_actors {
            if channel.says(sender, &mut says) {
                self.shift(rows, sender, &says, touched);
            }
        }
    }

    /// Weights that hold for one tick: all sums are made anew.
    pub(super) fn replace(&mut self, weights: &Weights, channel: Option<&Channel>, touched: &mut ActorSet) {
        match (channel, weights) {
            (None, Weights::Internal(_)) => internal(weights, &mut self.values),
            (None, Weights::Ties { .. }) => self.values.fill(0.0),
            (Some(channel), weights) => {
                self.values.fill(0.0);
                self.add_all(&Rows::borrowed(weights), channel, touched);
            }
        }
        touched.fill();
    }
}

// Sums without senders: the same toward every position.
#[expect(clippy::cast_precision_loss, reason = "below 2⁵³, as `Plan::check` proves")]
fn internal(weights: &Weights, sums: &mut [f64]) {
    let Weights::Internal(own) = weights else { return sums.fill(0.0) };
    for plane in sums.chunks_exact_mut(own.len().max(1)) {
        for (sum, own) in plane.iter_mut().zip(own) {
            *sum = (own * i64::from(SIGNAL_ONE)) as f64;
        }
    }
}
