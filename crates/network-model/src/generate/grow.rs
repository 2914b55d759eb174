//! Ties that form over time.

use crate::limits::check_size;
use crate::random::Random;
use crate::{Actor, ActorId, ActorKind, LayerId, Network, NetworkError, Spell, TieSpell};
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::Bound::{Excluded, Included};

/// How ties form over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// New ties on each date; each goes in both directions with strength 1.
    pub ties_per_date: usize,
    /// How much the well-tied are preferred: an actor of degree k is chosen in proportion to
    /// `(k + 1)^attachment`. 0 prefers nobody; 1, the default of scenario files, is preferential
    /// attachment. 0 or more.
    pub attachment: f64,
    /// Seed of the draws.
    pub seed: u64,
}

/// Adds ties to a stored layer that form on given dates and then last: on each date, again and
/// again, a living government drawn at random and one drawn in proportion to `(k + 1)^attachment`
/// are tied, k being the number of governments to which it is tied on that date. Pairs that are tied,
/// or will be, are passed over; where all are, nothing is added.
///
/// With attachment 1 centrality reinforces itself: those who have many ties gain more, and become
/// hubs over the period. With 0 all gain alike, which is the comparison to make.
///
/// Source: D. A. Lake and W. H. Wong, "The politics of networks", in M. Kahler (ed.), Networked
/// Politics (2009), for hubs that grow on their own; A.-L. Barabási and R. Albert, Science 286 (1999);
/// the exponent: P. L. Krapivsky, S. Redner and F. Leyvraz, Physical Review Letters 85 (2000).
///
/// ```
/// use normwave_network_model::generate::{Growth, erdos_renyi, grow};
/// use normwave_network_model::parse_date;
/// let mut network = erdos_renyi(20, 0.0, 1)?;
/// let layer = network.layer_id("ties")?;
/// let growth = Growth { ties_per_date: 2, attachment: 1.0, seed: 1 };
/// grow(&mut network, layer, &growth, &[parse_date("1990")?, parse_date("1991")?])?;
/// assert_eq!(network.at(parse_date("1990-06")?)?.ties(layer).len(), 2 * 2);
/// assert_eq!(network.at(parse_date("1991-06")?)?.ties(layer).len(), 2 * 4);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if `attachment` is negative or not finite; [`NetworkError::TooLarge`]
/// if there would be too many ties; [`NetworkError::Derivation`] if the layer is derived.
pub fn grow(
    network: &mut Network,
    layer: LayerId,
    growth: &Growth,
    dates: &[Date],
) -> Result<(), NetworkError> {
    let Growth { ties_per_date, attachment, seed } = *growth;
    if !(attachment >= 0.0 && attachment.is_finite()) {
        return Err(NetworkError::Argument(format!("attachment is {attachment}; give 0 or more, such as 1")));
    }
    check_size(network.actors().len(), 2.0 * ties_per_date as f64 * dates.len() as f64)?;
    let stored = &network.layers()[layer.idx()];
    let Some(ties) = stored.given() else {
        return Err(NetworkError::Derivation {
            layer: stored.name.clone(),
            reason: "its ties are computed; let a stored layer grow".to_owned(),
        });
    };
    let mut ties: Vec<TieSpell> = ties.collect();
    let changes = network.change_dates();
    let mut random = Random::new(seed);
    let mut standing: Option<(Date, Standing)> = None;
    for &date in dates {
        let unchanged = |(before, standing): (Date, Standing)| {
            let nothing =
                before <= date && changes.range((Excluded(before), Included(date))).next().is_none();
            nothing.then_some(standing)
        };
        let mut now =
            standing.take().and_then(unchanged).unwrap_or_else(|| Standing::on(date, network, &ties));
        for _ in 0..ties_per_date {
            if now.full {
                break;
            }
            let Some([a, b]) = now.draw(attachment, &mut random) else {
                now.full = true;
                break;
            };
            now.tie([a, b]);
            let spell = Spell { from: date, until: None };
            let tie = |from, to| TieSpell { from: id(from), to: id(to), strength: 1.0, spell };
            ties.extend([tie(a, b), tie(b, a)]);
        }
        standing = Some((date, now));
    }
    if let Some(kept) = network.ties_mut(layer) {
        *kept = ties;
    }
    Ok(())
}

fn id(place: usize) -> ActorId {
    ActorId(u32::try_from(place).unwrap_or(u32::MAX))
}

// Who is there to be tied on a date, and how well tied.
struct Standing {
    living: Vec<usize>,
    // By place in the network: number of living governments to which an actor is tied.
    degrees: Vec<usize>,
    // Pairs that are tied or will be.
    taken: HashSet<[usize; 2]>,
    // Whether no pair was found free: to seek one among many takes long.
    full: bool,
}

impl Standing {
    fn on(date: Date, network: &Network, ties: &[TieSpell]) -> Self {
        let lives = |actor: &Actor| actor.kind == ActorKind::Government && actor.lives_on(date);
        let lives: Vec<bool> = network.actors().iter().map(lives).collect();
        let mut standing = Standing {
            living: (0..lives.len()).filter(|&place| lives[place]).collect(),
            degrees: vec![0; lives.len()],
            taken: HashSet::new(),
            full: false,
        };
        let mut counted = HashSet::new();
        for tie in ties.iter().filter(|tie| tie.spell.until.is_none_or(|end| end > date)) {
            let pair = in_order([tie.from.idx(), tie.to.idx()]);
            standing.taken.insert(pair);
            let counts = tie.spell.contains(date) && tie.strength > 0.0 && pair.iter().all(|&end| lives[end]);
            if counts && counted.insert(pair) {
                pair.iter().for_each(|&end| standing.degrees[end] += 1);
            }
        }
        standing
    }

    fn tie(&mut self, pair: [usize; 2]) {
        self.taken.insert(in_order(pair));
        pair.iter().for_each(|&end| self.degrees[end] += 1);
    }

    // A pair that is free, or none if all are taken.
    fn draw(&self, attachment: f64, random: &mut Random) -> Option<[usize; 2]> {
        let mut open = self.living.clone();
        while !open.is_empty() {
            let at = random.below(open.len());
            let one = open[at];
            let free = |&other: &usize| other != one && !self.taken.contains(&in_order([one, other]));
            let others: Vec<usize> = self.living.iter().copied().filter(free).collect();
            if others.is_empty() {
                open.swap_remove(at);
                continue;
            }
            let weight = |other: usize| libm::pow(self.degrees[other] as f64 + 1.0, attachment);
            let total: f64 = others.iter().map(|&other| weight(other)).sum();
            let mut left = random.uniform() * total;
            let chosen = others.iter().find(|&&other| {
                left -= weight(other);
                left < 0.0
            });
            return Some([one, *chosen.unwrap_or(&others[others.len() - 1])]);
        }
        None
    }
}

fn in_order([a, b]: [usize; 2]) -> [usize; 2] {
    [a.min(b), a.max(b)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LayerSource;
    use crate::generate::{complete, erdos_renyi, names, star};
    use crate::measure::{Flow, LayerGraph, degree, degree_centralisation};
    use crate::support::*;

    fn years(first: i16, n: i16) -> Vec<Date> {
        (0..n).map(|no| Date::constant(first + no, 1, 1)).collect()
    }

    fn grown(mut network: Network, ties_per_date: usize, attachment: f64, seed: u64) -> Network {
        let layer = network.layer_id("ties").unwrap();
        grow(&mut network, layer, &Growth { ties_per_date, attachment, seed }, &years(1950, 40)).unwrap();
        network
    }

    fn on<T>(network: &Network, date: &str, measure: impl Fn(&LayerGraph<'_>) -> T) -> T {
        let view = network.at(day(date)).unwrap();
        measure(&LayerGraph::new(&view, network.layer_id("ties").unwrap(), undirected()))
    }

    #[test]
    fn ties_form_on_their_dates_and_last() {
        let network = grown(erdos_renyi(30, 0.0, 1).unwrap(), 3, 1.0, 1);
        let counts =
            ["1949", "1950", "1959-12-31", "1989", "2020"].map(|date| on(&network, date, |g| g.n_ties()));
        assert_eq!(counts, [0, 3, 30, 120, 120]);
    }

    #[test]
    fn centrality_reinforces_itself_only_where_the_well_tied_are_preferred() {
        // Degree centralisation of 60 actors with 120 ties, mean of 20 seeds.
        let mean = |attachment, date| {
            let of = |seed| {
                let network = grown(erdos_renyi(60, 0.0, 1).unwrap(), 3, attachment, seed);
                on(&network, date, |graph| degree_centralisation(graph, Flow::Both))
            };
            (1..=20).map(of).sum::<f64>() / 20.0
        };
        let (early, late) = (mean(1.0, "1959"), mean(1.0, "1989"));
        assert!(late > early + 0.05, "{early} to {late}");
        assert!(late > mean(0.0, "1989") + 0.05, "{late} against {}", mean(0.0, "1989"));
        assert!(mean(2.0, "1989") > late + 0.2, "{} against {late}", mean(2.0, "1989"));
    }

    #[test]
    fn an_early_hub_becomes_more_central() {
        let hub = |attachment, date: &str| {
            let degrees = |seed| {
                let mut small = star("hub", names(9)).unwrap();
                for no in 0..50 {
                    small.add_actor(Actor::new(format!("B{no}"), ActorKind::Government)).unwrap();
                }
                on(&grown(small, 2, attachment, seed), date, |graph| degree(graph, Flow::Both))
            };
            (1..=20).map(|seed| degrees(seed)[0]).sum::<usize>()
        };
        // In 20 seeds 80 ties form, with two ends each for 60 actors: 53 ends are an even share, less
        // those ties that the hub has already, and 7 their standard deviation.
        assert_eq!((hub(0.0, "1949"), hub(1.0, "1949")), (180, 180));
        assert!((25..=75).contains(&(hub(0.0, "1989") - 180)), "{}", hub(0.0, "1989"));
        assert!(hub(1.0, "1989") - 180 > 2 * 53, "{}", hub(1.0, "1989"));
    }

    #[test]
    fn the_unborn_and_those_tied_already_are_passed_over() {
        let mut network = erdos_renyi(4, 0.0, 1).unwrap();
        network.actor_mut(ActorId(3)).lives = vec![Spell::new(day("1970"), None).unwrap()].into();
        let later = Spell::new(day("1980"), None).unwrap();
        let layer = network.layer_id("ties").unwrap();
        let tie = TieSpell { from: ActorId(0), to: ActorId(1), strength: 1.0, spell: later };
        network.add_tie(layer, tie).unwrap();
        let network = grown(network, 9, 1.0, 1);
        let counts = ["1950", "1969", "1970", "1980"].map(|date| on(&network, date, |graph| graph.n_ties()));
        assert_eq!(counts, [2, 2, 5, 6]);
        let full = grown(complete(names(4)).unwrap(), 2, 1.0, 1);
        assert_eq!(on(&full, "1989", |graph| graph.n_ties()), 6);
    }

    #[test]
    fn a_seed_is_one_history() {
        let ties = |seed| {
            let network = grown(erdos_renyi(20, 0.1, 1).unwrap(), 1, 1.0, seed);
            let view = network.at(day("1990")).unwrap();
            view.ties_of("ties").unwrap().to_vec()
        };
        assert_eq!(ties(1), ties(1));
        assert_ne!(ties(1), ties(2));
    }

    #[test]
    fn impossible_growth_is_refused() {
        let mut network = erdos_renyi(4, 0.0, 1).unwrap();
        let layer = network.layer_id("ties").unwrap();
        let growth = Growth { ties_per_date: 1, attachment: -1.0, seed: 1 };
        let refused = grow(&mut network, layer, &growth, &[]).unwrap_err().to_string();
        assert_eq!(refused, "attachment is -1; give 0 or more, such as 1");
        let growth = Growth { ties_per_date: 1_000_000_000, attachment: 1.0, seed: 1 };
        let refused = grow(&mut network, layer, &growth, &years(1950, 1)).unwrap_err().to_string();
        assert!(refused.contains("at most 100000000 are possible"), "{refused}");
        let derived = crate::Derivation::Visibility { base: 1.0, raise: 0.0, contact: None };
        let sight = network.add_layer("sight", LayerSource::Derived(derived)).unwrap();
        let growth = Growth { ties_per_date: 1, attachment: 1.0, seed: 1 };
        let refused = grow(&mut network, sight, &growth, &[]).unwrap_err().to_string();
        assert_eq!(refused, "derived layer `sight`: its ties are computed; let a stored layer grow");
    }
}
