//! The classics as special cases (MODEL §11), against closed forms and an independent
//! implementation. Numbers without a citation were computed by programs that share no code with
//! these crates.

use normwave_plan::{Plan, Trajectory};
use normwave_scenario::{InMemory, Overrides, Registries};
use normwave_tests::{adopters, adopters_at_end, holds_at_end, read};

// Ties by (from, to, strength) among A0, A1, …; `ticks` years.
struct World {
    n: usize,
    ticks: u32,
    ties: Vec<(usize, usize, f64)>,
    seeds: Vec<usize>,
    thresholds: Vec<f64>,
    // Keys of the factor `peers`, of the decision, and whatever else.
    factor: String,
    decision: String,
    rest: String,
}

// What adopters exert, without what those do who have not adopted: g⁺ = 1, g⁻ = 0.
const ADOPTERS_ONLY: &str =
    r#"moderator.stickiness = { embeddedness = 0, acts-on = "peers", toward-status-quo = 0 }"#;

impl World {
    fn new(n: usize, ties: Vec<(usize, usize, f64)>) -> Self {
        World {
            n,
            ticks: 40,
            ties,
            seeds: Vec::new(),
            thresholds: vec![0.0; n],
            factor: String::new(),
            decision: r#"rule = "at-least""#.to_owned(),
            rest: String::new(),
        }
    }

    // Of pairs that reach each other with strength 1.
    fn undirected(n: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let ties = pairs.into_iter().flat_map(|(a, b)| [(a, b, 1.0), (b, a, 1.0)]).collect();
        World::new(n, ties)
    }

    fn gains(mut self, plus: f64, minus: f64) -> Self {
        self.rest = format!(
            r#"moderator.stickiness = {{ embeddedness = 0, acts-on = "peers", toward-new = {plus:?}, toward-status-quo = {minus:?} }}"#
        );
        self
    }

    fn run(&self) -> (std::sync::Arc<normwave_scenario::Scenario>, Plan, Trajectory) {
        let World { factor, decision, rest, .. } = self;
        let ids = |ids: &mut dyn Iterator<Item = usize>| {
            ids.map(|i| format!("\"A{i}\"")).collect::<Vec<_>>().join(", ")
        };
        let adopters = match self.seeds.as_slice() {
            [] => String::new(),
            seeds => format!("first-adopters = [{{ who = [{}] }}]", ids(&mut seeds.iter().copied())),
        };
        let until = 2000 + self.ticks;
        let text = format!(
            r#"
schema = 1
title = "a classic"
period = {{ start = "2000", until = "{until}", tick = "year" }}
{adopters}
{rest}
network.actors = ["actors.csv"]
network.layer.ties.file = "ties.csv"
network.attribute.threshold.file = "thresholds.csv"
factor.peers = {{ type = "emulation", layer = "ties", {factor} }}
decision = {{ threshold = {{ threshold = 1 }}, {decision} }}
"#
        );
        let mut actors = "id\n".to_owned();
        let mut thresholds = "actor,value\n".to_owned();
        for (i, threshold) in self.thresholds.iter().enumerate() {
            actors += &format!("A{i}\n");
            thresholds += &format!("A{i},{threshold:?}\n");
        }
        let mut ties = "from,to,strength\n".to_owned();
        self.ties.iter().for_each(|(from, to, strength)| ties += &format!("A{from},A{to},{strength:?}\n"));
        let tables = [("actors.csv", actors), ("ties.csv", ties), ("thresholds.csv", thresholds)];
        let tables = InMemory(tables.map(|(name, text)| (name.to_owned(), text)).to_vec());
        assert_eq!(self.thresholds.len(), self.n);
        let scenario = read(&text, &tables, &Registries::default(), &Overrides::default());
        let (plan, trajectory) = normwave_tests::run(&scenario);
        (scenario, plan, trajectory)
    }

    // How many hold the norm after each tick.
    fn adopters(&self) -> Vec<u32> {
        let (_, plan, trajectory) = self.run();
        adopters(&plan, &trajectory)
    }

    // How many in the end, and the number of ticks in which somebody moved. What is given stands
    // before the first tick's decisions.
    fn reach(&self) -> (u32, u32) {
        let adopters = self.adopters();
        let mut grew = u32::from(adopters[0] > u32::try_from(self.seeds.len()).unwrap());
        grew += u32::try_from(adopters.windows(2).filter(|pair| pair[1] > pair[0]).count()).unwrap();
        assert!(adopters[adopters.len() - 1] == adopters[adopters.len() - 2], "still moving");
        (adopters[adopters.len() - 1], grew)
    }
}

// ---- Granovetter 1978.

fn crowd(thresholds: impl Iterator<Item = usize>) -> World {
    let complete = (0..100).flat_map(|a| (0..a).map(move |b| (a, b)));
    let mut world = World::undirected(100, complete);
    world.thresholds = thresholds.map(|t| f64::from(u32::try_from(t).unwrap())).collect();
    world.rest = ADOPTERS_ONLY.to_owned();
    world.ticks = 102;
    world
}

#[test]
fn a_crowd_with_thresholds_from_0_to_99_riots_one_by_one() {
    let adopters = crowd(0..100).adopters();
    assert_eq!(adopters[..100], (1..=100).collect::<Vec<u32>>());
}

#[test]
fn one_threshold_more_than_it_was_stops_the_riot_there() {
    for k in [0, 1, 17, 50, 98, 99] {
        let thresholds = (0..100).map(|t| if t == k { k + 1 } else { t });
        assert_eq!(crowd(thresholds).adopters().last(), Some(&u32::try_from(k).unwrap()), "{k}");
    }
}

// ---- Watts 2002: fractional thresholds.

#[test]
fn one_adopter_of_k_partners_suffices_exactly_at_a_threshold_of_one_kth() {
    for k in 2..=20usize {
        let star = || {
            let mut world = World::new(k + 1, (1..=k).map(|j| (j, 0, 1.0)).collect());
            world.seeds = vec![1];
            world
        };
        #[expect(clippy::cast_precision_loss, reason = "at most 20")]
        let phi = 1.0 / k as f64;
        for (phi, expected) in [(phi, 1), (phi + 1e-6, 0), (phi - 1e-6, 1)] {
            let mut balanced = star().gains(1.0 - phi, phi);
            // The others have no ties into them and are not eligible.
            balanced.thresholds[1..].fill(1.0);
            let (scenario, _, trajectory) = balanced.run();
            assert_eq!(holds_at_end(&scenario, &trajectory, "A0"), expected, "gains, φ = {phi}, k = {k}");
            let mut shares = star();
            shares.rest = ADOPTERS_ONLY.to_owned();
            shares.factor = r#"exposure = "mean""#.to_owned();
            shares.thresholds = vec![phi; k + 1];
            let (scenario, _, trajectory) = shares.run();
            assert_eq!(holds_at_end(&scenario, &trajectory, "A0"), expected, "mean, φ = {phi}, k = {k}");
        }
    }
}

// SplitMix64 (Steele, Lea and Flood 2014), from which the random graphs are made.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

#[test]
fn a_random_graph_of_a_thousand_cascades_tick_by_tick_as_it_does_elsewhere() {
    // G(n, p): one draw per pair in row order. Synchronous, φ = 0.18, actors 0 to 9 begin.
    for (z, expected) in [(4.0, &[10u32, 25, 45, 70, 148, 275, 308, 91, 11][..]), (8.0, &[10, 3, 1])] {
        let n = 1000;
        let mut random = SplitMix64(2024);
        let mut pairs = Vec::new();
        for i in 0..n {
            for j in i + 1..n {
                if random.uniform() < z / 999.0 {
                    pairs.push((i, j));
                }
            }
        }
        let phi = if z < 8.0 { 0.18 } else { 0.25 };
        assert_eq!(pairs.len(), if z < 8.0 { 2099 } else { 4117 });
        let mut world = World::undirected(n, pairs.iter().copied()).gains(1.0 - phi, phi);
        let tied = |i: usize| pairs.iter().any(|&(a, b)| a == i || b == i);
        world.thresholds = (0..n).map(|i| if tied(i) { 0.0 } else { 1.0 }).collect();
        world.seeds = (0..10).collect();
        world.ticks = 12;
        let adopters = world.adopters();
        let mut new = vec![10, adopters[0] - 10];
        new.extend(adopters.windows(2).map(|pair| pair[1] - pair[0]));
        new.retain(|&n| n > 0);
        assert_eq!(new, expected, "z = {z}");
    }
}

#[test]
fn weighted_directed_balances_agree_with_an_independent_program() {
    let mut random = SplitMix64(77);
    let mut ties = Vec::new();
    for i in 0..60 {
        for j in (0..60).filter(|j| *j != i) {
            if random.uniform() < 0.1 {
                ties.push((j, i, random.uniform()));
            }
        }
    }
    assert_eq!(ties.len(), 345);
    assert!((ties.iter().map(|tie| tie.2).sum::<f64>() - 163.866_213_820_603_72).abs() < 1e-9);
    for (plus, minus, theta, seeds, expected) in [
        (1.0, 0.2, 0.1, 4, &[4u32, 14, 34, 56, 60][..]),
        (0.75, 0.25, 0.0, 6, &[6, 17, 34, 51, 60]),
        (1.0, 1.0, 0.0, 15, &[15, 22, 33, 42, 47, 53, 60]),
        (0.7, 0.3, 0.2, 10, &[10, 19, 33, 50, 56, 58]),
    ] {
        let mut world = World::new(60, ties.clone()).gains(plus, minus);
        world.decision = r#"rule = "strict""#.to_owned();
        world.thresholds = vec![theta; 60];
        world.seeds = (0..seeds).collect();
        let mut found = vec![u32::try_from(seeds).unwrap()];
        found.extend(world.adopters());
        found.dedup();
        assert_eq!(found, expected, "g+ = {plus}, g- = {minus}, θ = {theta}");
    }
}

// ---- Stars (Stuster 2023, §3).

fn star(leaves: usize) -> World {
    World::undirected(leaves + 1, (1..=leaves).map(|leaf| (0, leaf)))
}

#[test]
fn a_hub_reaches_all_and_leaves_must_be_enough() {
    for (q, needed) in [(0.25, 3), (0.5, 5), (1.0, 10)] {
        let reach = |seeds: Vec<usize>| {
            let mut world = star(10).gains(1.0 - q, q);
            world.seeds = seeds;
            world.reach().0
        };
        assert_eq!(reach(vec![0]), 11, "hub, q = {q}");
        assert_eq!(reach((1..=needed).collect()), 11, "{needed} leaves, q = {q}");
        let few = u32::try_from(needed - 1).unwrap();
        assert_eq!(reach((1..needed).collect()), few, "{few} leaves, q = {q}");
    }
}

#[test]
fn a_strict_majority_of_leaves_moves_the_hub() {
    for (leaves, seeds, expected) in [(4, 2, 2), (4, 3, 5), (5, 3, 6)] {
        let mut world = star(leaves);
        world.decision = r#"rule = "strict""#.to_owned();
        world.seeds = (1..=seeds).collect();
        assert_eq!(world.reach().0, expected, "{seeds} of {leaves}");
    }
}

#[test]
fn what_a_government_would_lose_at_home_raises_the_number_that_it_takes() {
    let hub = |own: f64, seeds: usize| {
        let mut world = star(10);
        world.decision = r#"rule = "strict""#.to_owned();
        world.rest = format!(
            "factor.cost = {{ type = \"sovereignty-cost\", base = 0, attributes = {{ own = 1 }} }}\n\
             network.attribute.own = {{ values = {{ A0 = {own:?} }}, default = 0 }}"
        );
        world.seeds = (1..=seeds).collect();
        let (scenario, _, trajectory) = world.run();
        holds_at_end(&scenario, &trajectory, "A0")
    };
    assert_eq!((hub(0.0, 5), hub(0.0, 6)), (0, 1));
    assert_eq!((hub(4.0, 7), hub(4.0, 8)), (0, 1));
    let leaf = |own: f64, weight: f64| {
        let mut world = World::new(2, vec![(0, 1, weight)]);
        world.decision = r#"rule = "strict""#.to_owned();
        world.rest = format!("factor.cost = {{ type = \"sovereignty-cost\", base = {own:?} }}");
        world.seeds = vec![0];
        let (_, plan, trajectory) = world.run();
        adopters_at_end(&plan, &trajectory)
    };
    assert_eq!((leaf(1.0, 1.0), leaf(2.0, 3.0)), (1, 2));
}

// ---- Complex contagion (Centola and Macy 2007).

fn ring(n: usize, z: usize) -> World {
    let mut world = World::undirected(n, (0..n).flat_map(|i| (1..=z / 2).map(move |d| (i, (i + d) % n))));
    world.rest = ADOPTERS_ONLY.to_owned();
    world
}

#[test]
fn fronts_run_round_a_ring_at_the_speed_of_its_overlap() {
    // A front advances z/2 − a + 1 actors per tick and stops at a > z/2.
    for (n, z, a, seeds, expected) in [
        (100, 4, 1, 2, (100, 25)),
        (100, 4, 2, 2, (100, 49)),
        (100, 4, 3, 3, (3, 0)),
        (100, 6, 1, 3, (100, 17)),
        (100, 6, 2, 3, (100, 24)),
        (100, 6, 3, 3, (100, 48)),
        (100, 6, 4, 6, (6, 0)),
        (101, 8, 3, 4, (101, 24)),
    ] {
        let mut world = ring(n, z);
        world.thresholds = vec![f64::from(a); n];
        world.seeds = (0..seeds).collect();
        world.ticks = 60;
        assert_eq!(world.reach(), expected, "n = {n}, z = {z}, a = {a}");
    }
}

#[test]
fn half_of_the_partners_is_the_most_that_a_ring_can_ask() {
    for z in [2, 4, 6] {
        for (q, carries) in [(0.5, true), (0.51, false)] {
            let mut world = ring(40, z).gains(1.0 - q, q);
            world.seeds = (0..10).collect();
            world.ticks = 60;
            assert_eq!(world.reach().0 == 40, carries, "z = {z}, q = {q}");
        }
    }
}

#[test]
fn islands_need_bridges_as_wide_as_the_threshold() {
    for (bridge, a, expected) in
        [(1, 1, (60, 18)), (1, 2, (6, 0)), (2, 2, (60, 18)), (2, 3, (6, 0)), (3, 3, (60, 18))]
    {
        let islands = |i: usize| (0..6usize).flat_map(move |a| (0..a).map(move |b| (6 * i + a, 6 * i + b)));
        let inside = (0..10).flat_map(islands);
        // The last of an island to the first of the next, all with all.
        let bridges = (0..9).flat_map(|i| {
            (0..bridge).flat_map(move |a| (0..bridge).map(move |b| (6 * i + 5 - a, 6 * i + 6 + b)))
        });
        let mut world = World::undirected(60, inside.chain(bridges));
        world.rest = ADOPTERS_ONLY.to_owned();
        world.thresholds = vec![f64::from(a); 60];
        world.seeds = (0..6).collect();
        assert_eq!(world.reach(), expected, "bridges {bridge} wide, threshold {a}");
    }
}

// ---- Majority with reversal.

fn majority(mut world: World, seeds: Vec<usize>) -> (Plan, Trajectory) {
    world.decision = r#"rule = "strict", reversal = true"#.to_owned();
    world.seeds = seeds;
    world.ticks = 12;
    let (_, plan, trajectory) = world.run();
    (plan, trajectory)
}

#[test]
fn a_hub_and_its_leaves_change_sides_for_ever() {
    let (plan, trajectory) = majority(star(4), vec![0]);
    assert_eq!(trajectory.cycle.unwrap().period, 2);
    assert_eq!(adopters(&plan, &trajectory)[..4], [4, 1, 4, 1]);
}

#[test]
fn an_alternating_ring_blinks() {
    let (plan, trajectory) = majority(ring(6, 2).gains(1.0, 1.0), vec![0, 2, 4]);
    assert_eq!(trajectory.cycle.unwrap().period, 2);
    assert_eq!(adopters(&plan, &trajectory)[..3], [3, 3, 3]);
}

#[test]
fn a_divided_path_is_at_rest() {
    let (plan, trajectory) = majority(World::undirected(4, [(0, 1), (1, 2), (2, 3)]), vec![2, 3]);
    assert_eq!(trajectory.cycle, None);
    assert!(adopters(&plan, &trajectory).iter().all(|&n| n == 2));
}

#[test]
fn without_reversal_nothing_cycles() {
    let mut world = star(4);
    world.decision = r#"rule = "strict""#.to_owned();
    world.seeds = vec![0];
    let (_, _, trajectory) = world.run();
    assert_eq!(trajectory.cycle, None);
}
