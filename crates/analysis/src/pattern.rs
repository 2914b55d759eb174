//! Hegemonic, peripheral or mixed: who adopted first, and which way influence ran (MODEL §10).

use crate::flow::Link;
use crate::order::{Adoption, OrderStep, RankOrder};
use normwave_network_model::ActorId;
use normwave_plan::Tick;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// How a norm spread between core and periphery.
///
/// Source: Stuster 2023, §5.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// From the core outward.
    Hegemonic,
    /// From the periphery inward.
    Peripheral,
    /// First the one, then the other.
    Mixed,
    /// In no order that chance would not give; also if nobody adopts, or all at once.
    None,
}

impl Pattern {
    /// All patterns.
    pub const ALL: [Pattern; 4] = [Pattern::Hegemonic, Pattern::Peripheral, Pattern::Mixed, Pattern::None];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Pattern::Hegemonic => "hegemonic",
            Pattern::Peripheral => "peripheral",
            Pattern::Mixed => "mixed",
            Pattern::None => "none",
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A text that names no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPattern(String);

impl fmt::Display for UnknownPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown pattern `{}`; known: hegemonic, peripheral, mixed, none", self.0)
    }
}

impl std::error::Error for UnknownPattern {}

impl FromStr for Pattern {
    type Err = UnknownPattern;

    fn from_str(text: &str) -> Result<Self, UnknownPattern> {
        let found = Pattern::ALL.into_iter().find(|pattern| pattern.name() == text);
        found.ok_or_else(|| UnknownPattern(text.to_owned()))
    }
}

/// What a reading is made from; slices have one entry per actor.
#[derive(Clone, Copy, Debug)]
pub struct PatternInput<'a> {
    /// When each adopted.
    pub adopted: &'a [Option<Adoption>],
    /// Centrality before the first adoption; `None` takes no part.
    pub centrality: &'a [Option<f64>],
    /// Power, if an attribute is named; then actors without it take no part.
    pub power: Option<&'a [Option<f64>]>,
    /// Attributed influence; may be empty.
    pub links: &'a [Link],
    /// Share of the actors that is the core, 0 to 1; usually 0.2.
    pub core: f64,
}

/// How a norm spread, and by what that is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PatternReading {
    /// The pattern.
    pub pattern: Pattern,
    /// τ_b of early adoption with power, −1 to 1; `None` if none was named.
    pub with_power: Option<f64>,
    /// τ_b of early adoption with centrality, −1 to 1; 0 where there is nothing to compare.
    pub with_centrality: f64,
    /// How far the order of adoption by core score is from chance, in standard deviations;
    /// positive if the core leads.
    pub lead: f64,
    /// Influence of the core on the adoptions of the periphery: the sum of its shares in them.
    pub core_to_periphery: f64,
    /// Influence of the periphery on the adoptions of the core.
    pub periphery_to_core: f64,
    /// The tick from which the other side leads, if the pattern is mixed because the lead changed.
    pub switch: Option<Tick>,
}

/// |z| of the whole order from which it is no chance: 4 % of random orders reach it.
const ORDER: f64 = 2.054;
/// |z| on both sides of a switch: with the best of all switches, about 1 % of random orders reach
/// it with opposite signs (simulated for 10 to 200 moments), so that 5 % get any label at all.
const SWITCH: f64 = 2.3;
/// The lesser lead on the two sides of a switch, of the greater: the last to follow a cascade do not
/// make it mixed.
const BOTH: f64 = 0.2;
/// Influence against the order makes a pattern mixed from this share of all attributed influence.
const AGAINST: f64 = 0.1;

/// Reads the pattern of a whole run.
///
/// Core and periphery are told by the mean of each actor's rank in centrality and, if named, in
/// power; the core is the top share of it, and a group of equals that does not fit stays outside.
///
/// - *mixed* with a switch: there is a tick before and after which the order of adoption leans to
///   opposite sides (|z| ≥ 2.3 each, see [`RankOrder`]), in which the lesser lead in pairs is at
///   least a fifth of the greater; the switch is where the lesser |z| is largest;
/// - otherwise *hegemonic* if the core leads (z ≥ 2.054), *peripheral* if the periphery does;
///   but *mixed* if influence ran the other way by a tenth or more of all that is attributed;
/// - otherwise *none*: 5 % of runs in random order get another label.
///
/// With fewer than ten moments of adoption the error rate is rough. A core that adopts first and a
/// periphery that follows in the order of its centrality are hegemonic, however long the stall
/// between them.
///
/// Source: Stuster 2023, §5.1; our reading of it in ranks.
///
/// ```
/// use normwave_analysis::{Adoption, Pattern, PatternInput, pattern};
/// let adopted: Vec<_> = (0..12).map(|tick| Some(Adoption { tick, decided: true })).collect();
/// let centrality: Vec<_> = (0..12).map(|i| Some(12.0 - f64::from(i))).collect();
/// let input =
///     PatternInput { adopted: &adopted, centrality: &centrality, power: None, links: &[], core: 0.2 };
/// let reading = pattern(&input);
/// assert_eq!((reading.pattern, reading.with_centrality), (Pattern::Hegemonic, 1.0));
/// ```
#[must_use]
pub fn pattern(input: &PatternInput<'_>) -> PatternReading {
    pattern_in(input, 0..Tick::MAX)
}

/// Reads the pattern within a window: who adopted before it is left out, who adopts after it comes
/// after everybody, and only influence within it counts. See [`pattern`].
#[must_use]
pub fn pattern_in(input: &PatternInput<'_>, window: Range<Tick>) -> PatternReading {
    let score = core_scores(input);
    let order = RankOrder::new(input.adopted, &score, window.clone());
    let core = members(&score, input.core);
    let within = input.links.iter().filter(|link| window.contains(&link.tick));
    let (mut outward, mut inward, mut all) = (0.0, 0.0, 0.0);
    for link in within {
        all += link.share;
        let side = |actor: ActorId| score[actor.idx()].map(|_| core[actor.idx()]);
        match (link.sender.actor().and_then(side), side(link.target)) {
            (Some(true), Some(false)) => outward += link.share,
            (Some(false), Some(true)) => inward += link.share,
            _ => {}
        }
    }
    let lead = order.z();
    let switch = switch(order.steps());
    let against = |flow: f64| all > 0.0 && flow >= AGAINST * all;
    let pattern = if switch.is_some() {
        Pattern::Mixed
    } else if lead >= ORDER {
        if against(inward - outward) { Pattern::Mixed } else { Pattern::Hegemonic }
    } else if lead <= -ORDER {
        if against(outward - inward) { Pattern::Mixed } else { Pattern::Peripheral }
    } else {
        Pattern::None
    };
    let with = |score: &[Option<f64>]| RankOrder::new(input.adopted, score, window.clone()).tau_b();
    PatternReading {
        pattern,
        with_power: input.power.and_then(with),
        with_centrality: with(input.centrality).unwrap_or(0.0),
        lead,
        core_to_periphery: outward,
        periphery_to_core: inward,
        switch,
    }
}

/// Who is in the core, one flag per actor; see [`pattern`].
#[must_use]
pub fn core_members(input: &PatternInput<'_>) -> Vec<bool> {
    members(&core_scores(input), input.core)
}

/// By what core and periphery are told: the mean of an actor's ranks in centrality and power, more
/// than 0 for the lowest and less than the number of actors for the highest; see [`pattern`].
#[must_use]
pub fn core_scores(input: &PatternInput<'_>) -> Vec<Option<f64>> {
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let power = |i: usize| input.power.map(|power| finite(power[i]));
    let part = |i: usize| finite(input.centrality[i]).filter(|_| power(i).is_none_or(|own| own.is_some()));
    let centrality: Vec<Option<f64>> = (0..input.centrality.len()).map(part).collect();
    let by_centrality = mid_ranks(&centrality);
    let Some(values) = input.power else { return by_centrality };
    let shown = centrality.iter().zip(values).map(|(part, power)| part.and(*power)).collect::<Vec<_>>();
    let by_power = mid_ranks(&shown);
    by_centrality.iter().zip(&by_power).map(|(a, b)| Some(a.as_ref()? / 2.0 + b.as_ref()? / 2.0)).collect()
}

// How many have less, and half of those who have as much.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn mid_ranks(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut sorted: Vec<f64> = values.iter().copied().flatten().collect();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: f64| {
        let below = sorted.partition_point(|other| other.total_cmp(&value).is_lt());
        let upto = sorted.partition_point(|other| other.total_cmp(&value).is_le());
        (below + upto) as f64 / 2.0
    };
    values.iter().map(|value| value.map(rank)).collect()
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of actors"
)]
fn members(score: &[Option<f64>], share: f64) -> Vec<bool> {
    let mut known: Vec<f64> = score.iter().copied().flatten().collect();
    known.sort_by(|a, b| b.total_cmp(a));
    let room = (share.clamp(0.0, 1.0) * known.len() as f64).ceil() as usize;
    // The first who is outside takes all equals along.
    let limit = known.get(room).copied();
    score.iter().map(|own| own.is_some_and(|own| limit.is_none_or(|limit| own > limit))).collect()
}

// Where the lead changes sides, if it does on both sides beyond chance.
fn switch(steps: &[OrderStep]) -> Option<Tick> {
    let mut before = (0.0, 0.0);
    let mut after = steps.iter().fold((0.0, 0.0), |(s, v), step| (s + step.lead, v + step.variance));
    let z = |(lead, variance): (f64, f64)| if variance > 0.0 { lead / variance.sqrt() } else { 0.0 };
    let mut best: Option<(f64, usize)> = None;
    for (idx, step) in steps.iter().enumerate() {
        if idx > 0 {
            let (early, late) = (z(before), z(after));
            let lesser = early.abs().min(late.abs());
            let (lead, rest) = (f64::abs(before.0), f64::abs(after.0));
            let both = lead.min(rest) >= BOTH * lead.max(rest);
            if both && early * late < 0.0 && lesser >= SWITCH && best.is_none_or(|(known, _)| lesser > known)
            {
                best = Some((lesser, idx));
            }
        }
        before = (before.0 + step.lead, before.1 + step.variance);
        after = (after.0 - step.lead, after.1 - step.variance);
    }
    best.map(|(_, idx)| steps[idx].tick)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first_adoptions;
    use crate::flow::links;
    use crate::score::wilson;
    use crate::sender::Sender;
    use crate::support::{complete, contagion, lot, shuffled, star};
    use normwave_engine::Sparse;
    use normwave_plan::Engine;

    // Degrees of a network as centrality.
    fn degrees(ties: &[(u32, u32)], n: usize) -> Vec<Option<f64>> {
        let mut degrees = vec![Some(0.0); n];
        for &(a, b) in ties {
            for actor in [a, b] {
                degrees[actor as usize] = degrees[actor as usize].map(|degree| degree + 1.0);
            }
        }
        degrees
    }

    fn reading(adopted: &[Option<Adoption>], centrality: &[Option<f64>]) -> PatternReading {
        pattern(&PatternInput { adopted, centrality, power: None, links: &[], core: 0.2 })
    }

    fn run(ties: &[(u32, u32)], thresholds: &[f64], first: &[u32]) -> PatternReading {
        let plan = contagion(ties, thresholds, first, 200);
        let adopted = first_adoptions(&plan, &Sparse.prepare(&plan).run(1, 0), 1);
        reading(&adopted, &degrees(ties, thresholds.len()))
    }

    // A clique of `core`, each of whom is tied to its share of a ring of `rim` others.
    fn core_periphery(core: u32, rim: u32) -> Vec<(u32, u32)> {
        let ring = (0..rim).flat_map(|i| [(core + i, core + (i + 1) % rim), (core + i, i % core)]);
        complete(core).into_iter().chain(ring).collect()
    }

    // Each newcomer is tied to two who are there, one of them the better tied of two drawn by lot.
    fn preferential(n: u32, seed: u64) -> Vec<(u32, u32)> {
        let mut ties = complete(3);
        for new in 3..n {
            let degrees = degrees(&ties, n as usize);
            let drawn = |what| (lot(seed, what, new as usize) * f64::from(new)) as u32;
            let (a, b) = (drawn(0), drawn(1));
            let chosen = if degrees[a as usize] >= degrees[b as usize] { a } else { b };
            let other = if chosen == drawn(2) { (chosen + 1) % new } else { drawn(2) };
            ties.extend([(chosen, new), (other, new)]);
        }
        ties
    }

    #[test]
    fn what_the_hub_starts_is_hegemonic() {
        for leaves in [8, 20, 60] {
            let found = run(&star(leaves), &vec![1.0; leaves as usize + 1], &[0]);
            assert_eq!((found.pattern, found.with_centrality), (Pattern::Hegemonic, 1.0), "{leaves} leaves");
        }
        for (core, rim) in [(4, 20), (6, 30), (10, 90)] {
            // The periphery waits until its patron and one neighbour, or only its patron, has adopted.
            let thresholds = vec![1.0; (core + rim) as usize];
            let ties: Vec<_> =
                core_periphery(core, rim).into_iter().filter(|&(a, b)| a < core || b < core).collect();
            assert_eq!(run(&ties, &thresholds, &[0]).pattern, Pattern::Hegemonic, "{core} and {rim}");
        }
    }

    #[test]
    fn what_goes_round_the_rim_before_it_reaches_the_core_is_peripheral() {
        for (core, rim) in [(4, 20), (6, 30), (10, 90)] {
            // The core gives in once nearly all its clients have adopted.
            let clients = f64::from(rim / core);
            let threshold = |i| if i < core { clients } else { 1.0 };
            let thresholds: Vec<f64> = (0..core + rim).map(threshold).collect();
            let found = run(&core_periphery(core, rim), &thresholds, &[core]);
            assert_eq!(found.pattern, Pattern::Peripheral, "{core} and {rim}: {found:?}");
            assert!(found.with_centrality < 0.0, "{found:?}");
        }
    }

    // Adoption times that go up with `place` (0 is the most central), with noise of a given size.
    fn ordered(n: usize, seed: u64, noise: f64, time: impl Fn(f64) -> f64) -> Vec<Option<Adoption>> {
        let when = |i: usize| time((i as f64 + 0.5) / n as f64) + noise * (lot(seed, 7, i) - 0.5);
        (0..n).map(|i| Some(Adoption { tick: (when(i).max(0.0) * 100.0) as Tick, decided: true })).collect()
    }

    // The share of runs that get the label that they were built to have, over seeds and networks.
    fn share(label: Pattern, n: u32, time: impl Fn(f64) -> f64 + Copy) -> f64 {
        let hits = (0..100).filter(|&seed| {
            let ties = preferential(n, seed);
            let mut centrality = degrees(&ties, n as usize);
            centrality.sort_by(|a, b| b.unwrap().total_cmp(&a.unwrap()));
            reading(&ordered(n as usize, seed, 0.4, time), &centrality).pattern == label
        });
        hits.count() as f64 / 100.0
    }

    #[test]
    fn known_labels_are_found_through_noise() {
        for n in [40, 190] {
            assert!(share(Pattern::Hegemonic, n, |place| place) >= 0.95, "{n}");
            assert!(share(Pattern::Peripheral, n, |place| 1.0 - place) >= 0.95, "{n}");
            // A third of the core, a stall, then inward from the outermost; the rest of the core last.
            let mixed = |place| if place < 0.15 { place } else { 3.0 - place };
            assert!(share(Pattern::Mixed, n, mixed) >= 0.95, "{n}");
        }
    }

    #[test]
    fn the_switch_is_the_stall_and_windows_show_both_sides() {
        let centrality: Vec<_> = (0..60).map(|i| Some(f64::from(100 - i))).collect();
        let time = |i: u32| if i < 9 { i } else { 200 - i };
        let adopted: Vec<_> = (0..60).map(|i| Some(Adoption { tick: time(i), decided: true })).collect();
        let input =
            PatternInput { adopted: &adopted, centrality: &centrality, power: None, links: &[], core: 0.2 };
        let found = pattern(&input);
        assert_eq!((found.pattern, found.switch), (Pattern::Mixed, Some(200 - 59)));
        assert_eq!(pattern_in(&input, 0..100).pattern, Pattern::Hegemonic);
        assert_eq!(pattern_in(&input, 100..300).pattern, Pattern::Peripheral);
    }

    #[test]
    fn nobody_and_everybody_at_once_have_no_pattern() {
        let centrality: Vec<_> = (0..30).map(|i| Some(f64::from(i))).collect();
        let at = Some(Adoption { tick: 3, decided: true });
        for adopted in [vec![None; 30], vec![at; 30]] {
            let found = reading(&adopted, &centrality);
            assert_eq!((found.pattern, found.switch), (Pattern::None, None));
            assert!(found.with_centrality.abs() < 1e-12 && found.lead.abs() < 1e-12);
        }
    }

    #[test]
    fn chance_is_given_a_label_in_one_run_of_twenty() {
        for n in [12, 40, 190] {
            let centrality: Vec<_> = (0..n).map(|i| Some(f64::from(i))).collect();
            let n_runs = 1500;
            let (mut labelled, mut sizes) = (0, 0.0);
            for seed in 0..n_runs {
                // A fifth never adopts.
                let places = shuffled(n as usize, seed).into_iter();
                let adopted: Vec<_> = places
                    .map(|place| {
                        let tick = place as Tick;
                        (5 * tick < 4 * n).then_some(Adoption { tick, decided: true })
                    })
                    .collect();
                let found = reading(&adopted, &centrality);
                labelled += u32::from(found.pattern != Pattern::None);
                sizes += found.with_centrality.abs() / n_runs as f64;
            }
            let (low, high) = wilson(f64::from(labelled) / n_runs as f64, n_runs as f64);
            assert!(low <= 0.05 && high >= 0.03, "{n}: {low} to {high}");
            // E|τ| = √(2 (2n + 5) / (9 π n (n − 1)))·…, about 0.5/√n.
            assert!(sizes < 0.75 / f64::from(n).sqrt(), "{n}: {sizes}");
        }
    }

    #[test]
    fn influence_that_runs_inward_takes_the_label_from_a_core_that_led() {
        let centrality: Vec<_> = (0..20).map(|i| Some(f64::from(20 - i))).collect();
        let adopted: Vec<_> = (0..20).map(|i| Some(Adoption { tick: i, decided: true })).collect();
        let link = |sender, target| Link {
            tick: 5,
            target: ActorId(target),
            sender: Sender::Actor(ActorId(sender)),
            share: 1.0,
        };
        let read = |links: &[Link]| {
            let core =
                PatternInput { adopted: &adopted, centrality: &centrality, power: None, links, core: 0.2 };
            pattern(&core)
        };
        let outward = read(&[link(0, 9), link(1, 12), link(15, 2)]);
        assert_eq!(outward.pattern, Pattern::Hegemonic);
        assert_eq!((outward.core_to_periphery, outward.periphery_to_core), (2.0, 1.0));
        assert_eq!(read(&[link(0, 9), link(14, 1), link(15, 2)]).pattern, Pattern::Mixed);
        assert_eq!(read(&links(&[])).pattern, Pattern::Hegemonic);
    }

    #[test]
    fn power_counts_beside_centrality_and_those_without_it_stay_out() {
        let centrality = [Some(3.0), Some(2.0), Some(1.0), Some(0.0), Some(9.0)];
        let power = [Some(4.0), Some(3.0), Some(2.0), Some(1.0), None];
        let adopted = [0, 1, 2, 3, 4].map(|tick| Some(Adoption { tick, decided: true }));
        let input = PatternInput {
            adopted: &adopted,
            centrality: &centrality,
            power: Some(&power),
            links: &[],
            core: 0.25,
        };
        assert_eq!(pattern(&input).with_power, Some(1.0));
        assert_eq!(core_members(&input), [true, false, false, false, false]);
    }

    #[test]
    fn equals_who_do_not_fit_stay_outside_the_core() {
        let adopted = [None; 9];
        let star: Vec<_> = (0..9).map(|i| Some(if i == 0 { 8.0 } else { 1.0 })).collect();
        let of = |centrality: &[Option<f64>]| {
            let input = PatternInput { adopted: &adopted, centrality, power: None, links: &[], core: 0.25 };
            core_members(&input).iter().filter(|inside| **inside).count()
        };
        assert_eq!([of(&star), of(&[Some(1.0); 9])], [1, 0]);
    }

    #[test]
    fn names_are_read_back() {
        for pattern in Pattern::ALL {
            assert_eq!(pattern.to_string().parse(), Ok(pattern));
        }
        let refused = "central".parse::<Pattern>().unwrap_err().to_string();
        assert_eq!(refused, "unknown pattern `central`; known: hegemonic, peripheral, mixed, none");
    }
}
