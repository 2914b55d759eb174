//! One cascade through a large network.

use super::stream::Stream;
use super::{Known, Workload, adoption, hold_at_first, units};
use normwave_memory::long_list;
use normwave_plan::{Plan, Rule, TieWeights, Weights};

/// What an actor with so many neighbours needs: two adopters.
pub const WATTS_STROGATZ_NEED: fn(u32) -> u32 = |_| 2;
/// What an actor with so many neighbours needs: 18 % of them.
pub const WATTS_STROGATZ_SHARE: fn(u32) -> u32 = |neighbours| share_of(0.18, neighbours, 1e-9);

/// Chance that an independent cascade crosses a tie.
const CROSSES: f64 = 0.05;

// The least whole number, from 1, that is a share of the neighbours or more, but for `slack`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to `neighbours`")]
fn share_of(share: f64, neighbours: u32, slack: f64) -> u32 {
    ((share * f64::from(neighbours) - slack).ceil() as u32).max(1)
}

/// Neighbours of each actor, rising.
struct Neighbours {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Neighbours {
    /// From pairs in any order; loops and pairs that come again are dropped.
    fn new(n_actors: u32, pairs: impl Iterator<Item = (u32, u32)>) -> Self {
        let key = |(a, b): (u32, u32)| u64::from(a.min(b)) << 32 | u64::from(a.max(b));
        let mut pairs: Vec<u64> = pairs.filter(|(a, b)| a != b).map(key).collect();
        pairs.sort_unstable();
        pairs.dedup();
        #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
        let ends = |pair: u64| ((pair >> 32) as u32, pair as u32);
        let n_starts = n_actors as usize + 1;
        let mut starts = long_list(n_starts);
        starts.resize(n_starts, 0u32);
        for (low, high) in pairs.iter().map(|&pair| ends(pair)) {
            starts[low as usize + 1] += 1;
            starts[high as usize + 1] += 1;
        }
        for idx in 1..starts.len() {
            starts[idx] += starts[idx - 1];
        }
        let mut next = starts.clone();
        let mut targets = long_list(pairs.len() * 2);
        targets.resize(pairs.len() * 2, 0);
        let mut put = |from: u32, to: u32| {
            targets[next[from as usize] as usize] = to;
            next[from as usize] += 1;
        };
        // The pairs rise by their lower end, then by their higher: so do the rows, if every actor
        // gets its lower neighbours first.
        pairs.iter().map(|&pair| ends(pair)).for_each(|(low, high)| put(high, low));
        pairs.iter().map(|&pair| ends(pair)).for_each(|(low, high)| put(low, high));
        Neighbours { starts, targets }
    }

    fn number_of(&self, actor: usize) -> u32 {
        self.starts[actor + 1] - self.starts[actor]
    }

    fn of(&self, actor: usize) -> &[u32] {
        &self.targets[self.starts[actor] as usize..self.starts[actor + 1] as usize]
    }

    fn into_ties(self) -> Weights {
        Weights::Ties { starts: self.starts, targets: self.targets, weights: TieWeights::Same(1) }
    }
}

/// A ring in which everybody knows the five on either side and one tie in twenty leads elsewhere;
/// actor 0 and all near it have adopted.
pub(super) fn watts_strogatz(name: &'static str, n: u32, need: fn(u32) -> u32) -> Workload {
    const SIDE: u32 = 5;
    let (rewired, elsewhere) = (Stream::new(202, 1), Stream::new(202, 2));
    let tie = |place: u64| {
        #[expect(clippy::cast_possible_truncation, reason = "an actor, and a distance up to 5")]
        let (from, distance) = ((place / u64::from(SIDE)) as u32, (place % u64::from(SIDE)) as u32 + 1);
        let leads_away = rewired.share(place) < 0.05;
        (from, if leads_away { elsewhere.below(place, n) } else { (from + distance) % n })
    };
    let neighbours = Neighbours::new(n, (0..u64::from(n * SIDE)).map(tie));
    let mut first: Vec<u32> = neighbours.of(0).to_vec();
    first.push(0);
    first.extend((1..=SIDE).flat_map(|distance| [distance, n - distance]));
    first.sort_unstable();
    first.dedup();
    let needs = (0..n as usize).map(|actor| units(f64::from(need(neighbours.number_of(actor))))).collect();
    let mut plan = adoption(n, 1000, neighbours.into_ties(), needs);
    plan.forced = hold_at_first(1, first);
    let one = |rounds, adopters, id_check, round_sum| Known {
        most_rounds: Some(rounds),
        rounds: Some(rounds),
        adopters: Some(adopters),
        id_check: Some(id_check),
        round_sum: Some(round_sum),
    };
    let known = match name {
        "W2" => one(402, 100_000, 35_000, 36_960_032),
        "W2-share" => one(861, 100_000, 35_000, 80_676_977),
        _ => one(155, 10_000, 4_850, 1_294_483),
    };
    Workload { name, plan, n_runs: 1, known }
}

const SCALE_FREE: u64 = 303;

/// A network that grows by actors with eight ties each, to earlier ones in proportion to their ties,
/// by the copying of Batagelj and Brandes (2005): of the list of all ends of ties, the end of tie e
/// repeats one at a random place up to 2e.
fn scale_free(n: u32) -> Neighbours {
    const TIES: u64 = 8;
    let repeats = Stream::new(SCALE_FREE, 7);
    let end = |tie: u64| {
        let mut tie = tie;
        // Even places hold the newcomer of a tie, odd ones repeat in their turn.
        loop {
            let place = repeats.bits(tie) % (2 * tie + 1);
            tie = place / 2;
            if place.is_multiple_of(2) {
                return tie / TIES;
            }
        }
    };
    #[expect(clippy::cast_possible_truncation, reason = "below `n`")]
    Neighbours::new(n, (0..u64::from(n) * TIES).map(|tie| ((tie / TIES) as u32, end(tie) as u32)))
}

fn first_of(n: u32, most: u32) -> Vec<u32> {
    let mut first = Stream::new(SCALE_FREE, 60).draw(0, n, most as usize);
    first.sort_unstable();
    first
}

/// Actors who need a share of their neighbours, drawn between 0 and 90 %; one in a hundred has
/// adopted.
pub(super) fn barabasi_albert(name: &'static str, n: u32) -> Workload {
    let neighbours = scale_free(n);
    let share = Stream::new(SCALE_FREE, 50);
    let need = |(place, actor)| share_of(0.9 * share.share(place), neighbours.number_of(actor), 0.0);
    let needs = (0u64..).zip(0..n as usize).map(|actor| units(f64::from(need(actor)))).collect();
    let mut plan = adoption(n, 100, neighbours.into_ties(), needs);
    plan.forced = hold_at_first(1, first_of(n, n / 100));
    let one = |rounds, adopters, id_check, round_sum| Known {
        most_rounds: Some(rounds),
        rounds: Some(rounds),
        adopters: Some(adopters),
        id_check,
        round_sum: Some(round_sum),
    };
    let known = match name {
        "W3-LT" => one(56, 999_712, Some(987_554), 26_759_863),
        "W3s" => one(54, 99_952, Some(625_230), 2_593_513),
        _ => one(55, 10_000, None, 250_112),
    };
    Workload { name, plan, n_runs: 1, known }
}

/// Each new adopter convinces each of its neighbours with a chance of 5 %; one in ten thousand has
/// adopted, ten at the least.
pub(super) fn independent_cascade(name: &'static str, n: u32) -> Workload {
    let mut plan: Plan = adoption(n, 100, scale_free(n).into_ties(), vec![0.0; n as usize]);
    plan.quantum = CROSSES;
    plan.rule = Rule::Trials;
    plan.forced = hold_at_first(1, first_of(n, (n / 10_000).max(10)));
    Workload { name, plan, n_runs: 10, known: Known::default() }
}
