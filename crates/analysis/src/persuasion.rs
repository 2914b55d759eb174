//! Where the advocacy of somebody who can be persuaded came from (MODEL §7): the boomerang is a
//! path, and here it gets its name.

use crate::TickLedger;
use normwave_network_model::ActorId;
use normwave_plan::{Position, Tick, Trajectory};
use normwave_pressure_factors::{Scope, Signal};
use normwave_scenario::{Hearing, Persuadable, Scenario};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What one sender says toward a position, taken back to those who say it of their own accord.
///
/// `x_jk(t) = s_j·x⁰_jk(t−1) + (1 − s_j)·Σ_l u_lj·x_lk(t−1)`, put into itself until only x⁰ and what was
/// said at the first tick are left, is a sum over chains of persuasion. Each chain is worth the
/// product of its shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Persuasion {
    /// Who says it.
    pub sender: ActorId,
    /// Toward which position.
    pub toward: Position,
    /// x_jk before rounding, in [0, 1], more than 0.
    pub level: f64,
    /// Whose own stances are behind it, the largest share first.
    pub origins: Vec<Origin>,
}

/// One whose own stance is behind what a sender says.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Who.
    pub actor: ActorId,
    /// Its share of x_jk over all chains; the shares of all origins sum to 1.
    pub share: f64,
    /// Its strongest chain, itself first, the sender last. Somebody who hears only itself for
    /// some ticks stands there once.
    pub route: Vec<ActorId>,
    /// The share of x_jk that came along this chain alone.
    pub route_share: f64,
}

impl TickLedger<'_> {
    /// Where what the persuadable say toward a position came from, of those who press `target` with
    /// it, those who press hardest first.
    ///
    /// Empty for a state without a past. Takes ticks times ties for each sender.
    #[must_use]
    pub fn persuasions(&self, target: ActorId, toward: Position) -> Vec<Persuasion> {
        let scenario = self.scenario();
        if scenario.advocacy.persuadable.is_empty() {
            return Vec::new();
        }
        let hears = |factor: &String| {
            let spec = scenario.factors.iter().find(|spec| spec.name == *factor);
            let scope = spec.map(|spec| spec.mechanism.scope());
            matches!(scope, Some(Scope::Ties { signal: Signal::Advocacy, .. }))
        };
        let mut senders: BTreeMap<ActorId, f64> = BTreeMap::new();
        for row in self.sheet(target).rows.iter().filter(|row| row.toward == toward && hears(&row.factor)) {
            if let Some(sender) = row.source {
                *senders.entry(sender).or_default() += row.pressure;
            }
        }
        let mut senders: Vec<_> = senders.into_iter().collect();
        senders.sort_by(|a, b| b.1.total_cmp(&a.1));
        let Some(past) = self.past() else { return Vec::new() };
        let said = History::of(scenario, past, self.tick(), toward);
        senders.into_iter().filter_map(|(sender, _)| said.trace(sender, self.tick())).collect()
    }
}

// What was said toward one position, tick by tick.
struct History<'s> {
    scenario: &'s Scenario,
    toward: Position,
    // x⁰ and x of all actors in every earlier tick.
    own: Vec<Vec<f64>>,
    said: Vec<Vec<f64>>,
}

// A chain of persuasion, seen from its beginning.
struct Link {
    actor: ActorId,
    next: Option<Rc<Link>>,
}

impl<'s> History<'s> {
    fn of(scenario: &'s Scenario, past: &Trajectory, tick: Tick, toward: Position) -> Self {
        let (n, n_k) = (scenario.network.actors().len(), scenario.n_positions());
        let mut history = History { scenario, toward, own: Vec::new(), said: Vec::new() };
        let mut persuaded = Vec::new();
        past.for_each_start(n, tick, |at, positions| {
            if at == 0 {
                persuaded = scenario.unpersuaded(positions);
            }
            let column = |x: Vec<f64>| x.into_iter().skip(usize::from(toward)).step_by(n_k).collect();
            history.own.push(column(scenario.norm_state(at, positions).advocacy));
            history.said.push(column(scenario.norm_state_with(at, positions, &persuaded).advocacy));
            persuaded = scenario.persuade(at, positions, &persuaded);
        });
        history
    }

    fn persuadable(&self, actor: ActorId) -> Option<&'s Persuadable> {
        let persuadable = &self.scenario.advocacy.persuadable;
        persuadable.binary_search_by_key(&actor, |one| one.actor).ok().map(|idx| &persuadable[idx])
    }

    // Back from the sender in `tick`, one tick at a time.
    fn trace(&self, sender: ActorId, tick: Tick) -> Option<Persuasion> {
        self.persuadable(sender)?;
        let mut found: BTreeMap<ActorId, Found> = BTreeMap::new();
        let start = Rc::new(Link { actor: sender, next: None });
        // Of those persuadable: what x_jk is worth of what each says, and the strongest chain from it.
        let mut open = BTreeMap::from([(sender, (1.0, 1.0, start))]);
        for tick in (0..tick).rev() {
            let at = tick as usize;
            let mut before: BTreeMap<ActorId, (f64, f64, Rc<Link>)> = BTreeMap::new();
            for (actor, (all, best, chain)) in open {
                let hearing = self.persuadable(actor).and_then(|one| one.hears.at(tick));
                let shares: Vec<_> = hearing.into_iter().flat_map(Hearing::shares).collect();
                let stubbornness = match hearing {
                    Some(hearing) if !shares.is_empty() => hearing.stubbornness,
                    _ => 1.0,
                };
                let own = stubbornness * self.own[at][actor.idx()];
                Found::add(&mut found, &chain, all * own, best * own);
                for (from, share) in shares {
                    let share = (1.0 - stubbornness) * share;
                    if share <= 0.0 {
                        continue;
                    }
                    let next = (from != actor).then(|| Link { actor: from, next: Some(Rc::clone(&chain)) });
                    let longer = next.map_or_else(|| Rc::clone(&chain), Rc::new);
                    if self.persuadable(from).is_none() || at == 0 {
                        let said = share * self.said[at][from.idx()];
                        Found::add(&mut found, &longer, all * said, best * said);
                        continue;
                    }
                    let entry = before.entry(from).or_insert_with(|| (0.0, 0.0, Rc::clone(&longer)));
                    entry.0 += all * share;
                    if best * share > entry.1 {
                        (entry.1, entry.2) = (best * share, longer);
                    }
                }
            }
            open = before;
        }
        let level: f64 = found.values().map(|found| found.all).sum();
        if level <= 0.0 {
            return None;
        }
        let mut origins: Vec<Origin> = found
            .into_iter()
            .filter(|(_, found)| found.all > 0.0)
            .map(|(actor, found)| Origin {
                actor,
                share: found.all / level,
                route: found.route,
                route_share: found.best / level,
            })
            .collect();
        origins.sort_by(|a, b| b.share.total_cmp(&a.share));
        Some(Persuasion { sender, toward: self.toward, level, origins })
    }
}

// What has been found of one origin so far.
#[derive(Default)]
struct Found {
    all: f64,
    best: f64,
    route: Vec<ActorId>,
}

impl Found {
    fn add(found: &mut BTreeMap<ActorId, Found>, chain: &Rc<Link>, all: f64, best: f64) {
        let found = found.entry(chain.actor).or_default();
        found.all += all;
        if best > found.best {
            found.best = best;
            let links = std::iter::successors(Some(&**chain), |link| link.next.as_deref());
            found.route = links.map(|link| link.actor).collect();
        }
    }
}
