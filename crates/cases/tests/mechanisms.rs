//! What the smaller cases claim of ties, terms and promoters holds beyond the one network, the one
//! seed or the one setting that they show.

use normwave_analysis::{RankOrder, first_adoptions, retention};
use normwave_cases::case;
use normwave_engine::Sparse;
use normwave_network_model::measure::{Flow, LayerGraph, Reading, degree};
use normwave_network_model::parse_date;
use normwave_plan::{Engine, Plan, Position, Tick, Trajectory};
use normwave_scenario::{Overrides, Scenario, lower};
use std::sync::Arc;

struct Run {
    scenario: Arc<Scenario>,
    plan: Plan,
    trajectory: Trajectory,
}

impl Run {
    fn of(name: &str, variant: Option<&str>, set: &[&str]) -> Self {
        let set = set.iter().map(|&text| text.to_owned()).collect();
        let overrides = Overrides { set, variant: variant.map(str::to_owned), ..Overrides::default() };
        let scenario = Arc::new(case(name).unwrap().read(&overrides).unwrap());
        let plan = lower(&scenario, None).unwrap();
        let trajectory = Sparse.prepare(&plan).run(1, 0);
        Run { scenario, plan, trajectory }
    }

    fn positions(&self) -> Vec<Position> {
        self.trajectory.positions_before(self.plan.n_actors(), Tick::MAX, 0)
    }

    fn n_adopters(&self) -> usize {
        self.positions().iter().filter(|&&held| held > 0).count()
    }

    fn holds(&self, id: &str) -> Position {
        self.positions()[self.scenario.network.actor_id(id).unwrap().idx()]
    }

    // Ticks until the last move.
    fn length(&self) -> Tick {
        self.trajectory.moves.last().map_or(0, |step| step.tick + 1)
    }
}

#[test]
fn the_more_ties_the_later_among_equals() {
    let run = Run::of("isolates-first", None, &[]);
    let view = run.scenario.network.at(parse_date("1420").unwrap()).unwrap();
    let graph = LayerGraph::new(&view, run.scenario.network.layer_id("ties").unwrap(), Reading::default());
    let degrees = degree(&graph, Flow::Out);
    let mut score = vec![None; run.plan.n_actors()];
    for (actor, degree) in graph.actors().iter().zip(degrees) {
        score[actor.idx()] = Some(f64::from(u32::try_from(degree).unwrap()));
    }
    let adopted = first_adoptions(&run.plan, &run.trajectory, 1);
    let order = RankOrder::new(&adopted, &score, 0..run.plan.n_ticks);
    // τ of degree with adopting early.
    assert!(order.tau_b().unwrap() < -0.5 && order.z() < -2.0, "{:?} {}", order.tau_b(), order.z());
}

#[test]
fn long_ties_speed_up_news_and_stop_commitment_whichever_ties_they_are() {
    let run = |share: &str, threshold: u32, seed: u32| {
        let set = [
            format!("network.rewired.share={share}"),
            format!("network.rewired.seed={seed}"),
            format!("preset.complex-contagion.threshold={threshold}"),
        ];
        Run::of("long-ties", None, &[&set[0], &set[1], &set[2]])
    };
    for seed in 1..=10 {
        let news = ["0", "0.01", "0.1"].map(|share| run(share, 1, seed));
        assert!(news.iter().all(|run| run.n_adopters() == 400));
        assert!(news.windows(2).all(|pair| pair[0].length() > pair[1].length()), "seed {seed}");
        assert!(run("0.01", 3, seed).n_adopters() < 200, "seed {seed}");
        assert!(run("0.1", 3, seed).n_adopters() < 40, "seed {seed}");
        let two = run("0.1", 2, seed);
        assert!(two.n_adopters() < 400 || two.length() < 98, "seed {seed}: {} ticks", two.length());
    }
    assert_eq!([1, 2, 3].map(|threshold| run("0", threshold, 1).length()), [66, 98, 196]);
}

#[test]
fn islands_carry_over_long_chains_what_no_random_network_of_their_size_does() {
    for seed in 1..=10 {
        let set = format!("network.generate.erdos-renyi.seed={seed}");
        let n = Run::of("island-carry", Some("random"), &[&set]).n_adopters();
        assert!(n <= 8, "{n} in the random network of seed {seed}");
    }
    // The condition: from forty first adopters the random network carries it, too.
    let forty: Vec<String> = (1..=40).map(|i| format!("\"A{i}\"")).collect();
    let set = format!("first-adopters.0.who=[{}]", forty.join(", "));
    assert!(Run::of("island-carry", Some("random"), &[&set]).n_adopters() > 300);
}

#[test]
fn a_hub_reaches_further_late_and_where_ties_prefer_the_well_tied() {
    for seed in 1..=5 {
        let seed = format!("network.growth.seed={seed}");
        let n = |variant: Option<&str>| Run::of("tie-growth", variant, &[&seed]).n_adopters();
        let [early, late, nobody] = [Some("early"), None, Some("nobody-preferred")].map(n);
        assert!(early < nobody && nobody < late, "{seed}: {early}, {nobody}, {late}");
    }
}

#[test]
fn what_waits_for_all_five_is_decided_and_not_acted_on() {
    // How many decided, and how many of them could act.
    let counts = |variant: Option<&str>| {
        let run = Run::of("conditional-proposal", variant, &[]);
        let acted = run.plan.acted(&run.trajectory);
        (run.n_adopters(), acted.iter().flatten().count())
    };
    assert_eq!(counts(None), (47, 0));
    assert_eq!(counts(Some("forty")), (47, 47));
    assert_eq!(counts(Some("producers-alone")), (47, 47));
    assert_eq!(counts(Some("all-five-willing")), (50, 50));
    let forty_eight = ["norm.position.1.in-force=[{ count = 48 }]"];
    let run = Run::of("conditional-proposal", None, &forty_eight);
    assert_eq!(run.plan.acted(&run.trajectory).iter().flatten().count(), 0, "one more than decide");
}

#[test]
fn the_careful_wait_for_as_many_as_they_said() {
    let careful = |n: u32| {
        let offer = format!("norm.position.1.offered.1.when=[{{ count = {n} }}]");
        Run::of("conditional-proposal", None, &[&offer]).holds("CAREFUL")
    };
    // Forty-six others decide.
    assert_eq!([30, 46, 47].map(careful), [1, 1, 0]);
}

#[test]
fn a_norm_leaves_the_circle_of_equals_only_with_likeness_momentum_and_little_against_it() {
    let outside = |likeness: bool, momentum: bool, little: bool| {
        let mut set = Vec::new();
        if !likeness {
            set.push("moderator.equivalence.toward-new=0");
        }
        if !momentum {
            set.push("moderator.momentum.toward-new=1");
        }
        if !little {
            set.push(
                "network.attribute.cost.values={ NORTH = 9, SOUTH = 9, Q1 = 0.6, Q2 = 0.6, Q3 = 0.6, Q4 = 0.6, Q5 = 0.6 }",
            );
        }
        Run::of("equivalents", None, &set).holds("Q1") == 1
    };
    for corner in 0..8 {
        let [likeness, momentum, little] = [1, 2, 4].map(|bit| corner & bit != 0);
        assert_eq!(
            outside(likeness, momentum, little),
            corner == 7,
            "likeness {likeness}, momentum {momentum}, little against it {little}"
        );
    }
}

#[test]
fn the_core_follows_once_the_share_of_the_periphery_has_passed_four_fifths() {
    for level in 0..=20 {
        let level = format!("advocacy.schedule.0.steps=[[\"1990\", {}]]", f64::from(level) / 20.0);
        let run = Run::of("groundswell", None, &[&level]);
        let first = first_adoptions(&run.plan, &run.trajectory, 1);
        let at = |id: &str| first[run.scenario.network.actor_id(id).unwrap().idx()].map(|a| a.tick);
        // Of the 22 others 17.6 are four fifths.
        match at("C1") {
            Some(tick) => {
                let before = first.iter().flatten().filter(|adoption| adoption.tick < tick).count();
                assert!(before >= 18, "{level}: after {before}");
            }
            None => assert!(run.n_adopters() <= 17, "{level}: {}", run.n_adopters()),
        }
    }
}

#[test]
fn retention_rises_with_the_partners_one_has_and_with_what_one_gains() {
    let run = Run::of("retention", Some("campaign-goes-on"), &[]);
    let idx = |id: &str| u32::try_from(run.scenario.network.actor_id(id).unwrap().idx()).unwrap();
    let kept = retention(&run.plan, &Sparse, 1, &[idx("CAMPAIGN")], 5, 1);
    assert_eq!(kept.holders, 16);
    // The six of the ring and the two who were only pressed give it up.
    assert!((kept.at_the_end() - 0.5).abs() < 1e-12, "{kept:?}");
    // Without one of the six, the five others have four partners each: 1 against 1 moves nobody.
    let fewer = retention(&run.plan, &Sparse, 1, &[idx("CAMPAIGN"), idx("D1")], 5, 1);
    assert!((fewer.at_the_end() - 7.0 / 15.0).abs() < 1e-12, "{fewer:?}");
    let two_fewer = retention(&run.plan, &Sparse, 1, &[idx("CAMPAIGN"), idx("D1"), idx("D2")], 5, 1);
    assert!((two_fewer.at_the_end() - 2.0 / 14.0).abs() < 1e-12, "{two_fewer:?}");
}

#[test]
fn the_volume_at_which_a_decision_flips_is_five_quarters() {
    let adopts = |gain: f64| {
        Run::of("volume-dial", None, &[&format!("moderator.dial.toward-new={gain}")]).holds("A") == 1
    };
    let (mut stays, mut moves) = (0.0, 11.0);
    assert!(!adopts(stays) && adopts(moves));
    while moves - stays > 1e-6 {
        let middle = 0.5 * (stays + moves);
        if adopts(middle) { moves = middle } else { stays = middle }
    }
    assert!((stays - 1.25).abs() < 1e-3, "{stays}");
}

#[test]
fn the_worse_it_turns_out_the_fewer_follow() {
    let followers = |outcome: f64| {
        Run::of("learning-from-outcomes", None, &[&format!("event.crisis.change.0.set={outcome}")])
            .n_adopters()
    };
    let all: Vec<usize> = [0.0, 0.2, 0.5, 0.8, 0.9, 1.0].map(followers).to_vec();
    assert!(all.is_sorted() && all[0] == 3 && all[5] == 5, "{all:?}");
}
