//! Structure: what the same pressure does in another network.

use crate::world::{case, correlation, n_adopters, ranks, sheet, tick_of, years};
use normwave_analysis::{AdoptionCounts, Plateau, arrests, first_adoptions, waves};
use normwave_network_model::measure::{Flow, LayerGraph, Reading, betweenness, degree};
use normwave_network_model::{ActorId, LayerSource, Network, parse_date};
use normwave_plan::Tick;
use normwave_scenario::{InMemory, Overrides, Registries};
use normwave_tests::{adopters_at_end, read, run, scenario};
use std::fmt::Write;

#[test]
fn the_powerful_have_more_missions_in_every_year() {
    let mut network = Network::default();
    normwave_world::add_states(&mut network).unwrap();
    for layer in ["diplomatic", "defence"] {
        let ties = normwave_world::layer(layer, &network, 1985..=2001).unwrap();
        network.add_layer(layer, LayerSource::Stored(ties)).unwrap();
    }
    let capability = normwave_world::attribute("cinc", &network, 1985..=2001).unwrap();
    *network.attribute_mut("cinc") = capability;
    for year in 1985..=2001 {
        let date = parse_date(&format!("{year}-07-01")).unwrap();
        let view = network.at(date).unwrap();
        let rank_correlation = |layer: &str| {
            let graph = LayerGraph::new(&view, network.layer_id(layer).unwrap(), Reading::default());
            let degrees = degree(&graph, Flow::In);
            let mut pairs = Vec::new();
            for idx in 0..network.actors().len() {
                let actor = ActorId(u32::try_from(idx).unwrap());
                if let (Some(place), Some(power)) = (graph.place(actor), view.number("cinc", actor)) {
                    pairs.push((f64::from(u32::try_from(degrees[place]).unwrap()), power));
                }
            }
            assert!(pairs.len() > 140, "{} states in {year}", pairs.len());
            let (degrees, power): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            correlation(&ranks(&degrees).into_iter().zip(ranks(&power)).collect::<Vec<_>>())
        };
        let (missions, pacts) = (rank_correlation("diplomatic"), rank_correlation("defence"));
        assert!((0.6..0.95).contains(&missions), "{year}: {missions:.3}");
        assert!(pacts < missions, "{year}: {pacts:.3} of pacts");
    }
}

#[test]
fn islands_carry_what_a_random_network_of_the_same_degrees_does_not() {
    let reach = |rewired: u32| {
        let mut first = String::new();
        (1..=6).for_each(|i| write!(first, "\"A{i}\", ").unwrap());
        let scenario = scenario(&format!(
            r#"
schema = 1
title = "t"
period = {{ start = 2000-01-01, until = 2030-01-01, tick = "month" }}
network.generate.island-chain = {{ islands = 100, size = 6, bridge = 2 }}
network.rewired = {{ share = {rewired}, seed = 3 }}
preset.complex-contagion.threshold = 2
first-adopters = [{{ who = [{first}] }}]
"#
        ));
        n_adopters(&scenario)
    };
    assert_eq!(reach(0), 600);
    assert!(reach(10) < 60, "{}", reach(10));
}

#[test]
fn among_equals_the_more_partners_the_later() {
    let scenario = case("isolates-first", &Overrides::default());
    let (plan, trajectory) = run(&scenario);
    let view = scenario.network_at(0).unwrap();
    let graph = LayerGraph::new(&view, scenario.network.layer_id("ties").unwrap(), Reading::default());
    let degrees = degree(&graph, Flow::In);
    let adopted = first_adoptions(&plan, &trajectory, 1);
    let pairs: Vec<(f64, f64)> = (0u32..)
        .zip(&adopted)
        .filter_map(|(idx, adoption)| {
            let n = degrees[graph.place(ActorId(idx))?];
            Some((f64::from(u32::try_from(n).unwrap()), f64::from((*adoption)?.tick)))
        })
        .collect();
    assert_eq!(pairs.len(), 16);
    assert!(correlation(&pairs) > 0.5, "{}", correlation(&pairs));
}

#[test]
#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn without_its_broker_less_crosses_between_two_groups_than_without_another_of_as_many_ties() {
    let network = |seed: u64| {
        format!(
            "network.generate.stochastic-block = {{ sizes = [15, 15], probability = [[0.35, 0.008], [0.008, 0.35]], seed = {seed} }}\n\
             preset.complex-contagion.threshold = 1\nfirst-adopters = [{{ who = \"A1\" }}]\n"
        )
    };
    let crossed = |seed: u64, without: usize| {
        let scenario =
            years(&format!("{}norm.applies = {{ except = [\"A{}\"] }}", network(seed), without + 1));
        let (plan, trajectory) = run(&scenario);
        let held = trajectory.positions_before(plan.n_actors(), Tick::MAX, 0);
        held[15..].iter().filter(|&&held| held > 0).count() as f64
    };
    let lost = |seed: u64| {
        let scenario = years(&network(seed));
        let view = scenario.network_at(0).unwrap();
        let graph = LayerGraph::new(&view, scenario.network.layer_id("ties").unwrap(), Reading::default());
        let (between, degrees) = (betweenness(&graph), degree(&graph, Flow::In));
        let place = |idx: usize| graph.place(ActorId(u32::try_from(idx).unwrap())).unwrap();
        // The first adopter cannot be taken out.
        let top = (1..30).max_by(|&a, &b| between[place(a)].total_cmp(&between[place(b)])).unwrap();
        let others = (1..30).filter(|&idx| idx != top && (idx < 15) == (top < 15));
        let like = others.min_by_key(|&idx| degrees[place(idx)].abs_diff(degrees[place(top)])).unwrap();
        crossed(seed, like) - crossed(seed, top)
    };
    let lost: Vec<f64> = (1..=60).map(lost).collect();
    let mean = lost.iter().sum::<f64>() / 60.0;
    let variance = lost.iter().map(|lost| (lost - mean).powi(2)).sum::<f64>() / 59.0;
    let error = (variance / 60.0).sqrt();
    assert!(mean > 3.0 * error && mean > 1.0, "{mean:.2} more, standard error {error:.2}");
}

#[test]
fn a_creditor_gives_way_once_enough_of_the_others_have_moved() {
    let scenario = case("debt-collection", &Overrides::default());
    let (plan, trajectory) = run(&scenario);
    let gives_way = tick_of(&scenario, &trajectory, "GBR").unwrap();
    let mut order: Vec<(Tick, &str)> = Vec::new();
    for actor in scenario.network.actors().iter().filter(|actor| actor.id != "GBR") {
        order.push((tick_of(&scenario, &trajectory, &actor.id).unwrap(), &actor.id));
    }
    order.sort_unstable();
    // How Britain's balance stands at that moment, had only the first n of the others moved.
    let margins: Vec<f64> = (0..=order.len())
        .map(|n| {
            let holders: Vec<&str> = order[..n].iter().map(|(_, id)| *id).collect();
            sheet(&scenario, "GBR", gives_way, &holders).margin(1)
        })
        .collect();
    assert!(margins.is_sorted(), "{margins:?}");
    let level = margins.iter().position(|margin| *margin > 0.0).unwrap();
    assert!((4..=8).contains(&level), "{level} of 11: {margins:?}");
    let moved = order.iter().filter(|(tick, _)| *tick < gives_way).count();
    assert!(moved >= level, "{moved} had moved, and {level} are enough");
    assert_eq!(adopters_at_end(&plan, &trajectory), 12);
}

#[test]
fn a_spread_that_stalls_at_a_narrow_bridge_restarts_with_a_shock_and_not_without() {
    // Of twenty islands the first ten hang together, by wide bridges but for a single tie to the
    // sixth.
    let mut ties = String::new();
    let mut tie = |a: u32, b: u32| write!(ties, "{{ from = \"A{a}\", to = \"A{b}\" }}, ").unwrap();
    for island in 1..10 {
        let last = 6 * island;
        tie(last, last + 1);
        if island != 5 {
            tie(last, last + 2);
            tie(last - 1, last + 1);
        }
    }
    let stalls = |without: &[&str]| {
        let text = format!(
            r#"
schema = 1
title = "t"
period = {{ start = 2000-01-01, until = 2010-01-01, tick = "month" }}
network.generate.island-chain = {{ islands = 20, size = 6, bridge = 0 }}
network.layer.ties = {{ undirected = true, ties = [{ties}] }}
advocacy.vigour = [0, 1]
factor.partners = {{ type = "moral", layer = "ties" }}
decision = {{ rule = "at-least", threshold = 2 }}
first-adopters = [{{ who = ["A1", "A2", "A3", "A4", "A5", "A6"] }}]
event.shock = {{ date = 2005-01-01, until = 2005-07-01, change = [{{ kappa = "partners", multiply = 2 }}] }}
"#
        );
        let without = without.iter().map(|&name| name.to_owned()).collect();
        let overrides = Overrides { without, ..Overrides::default() };
        let scenario = read(&text, &InMemory::default(), &Registries::default(), &overrides);
        let (plan, trajectory) = run(&scenario);
        let counts = AdoptionCounts::new(&plan, &first_adoptions(&plan, &trajectory, 1));
        let waves = waves(&counts.new, &counts.at_risk);
        (arrests(&waves, &counts.at_risk, &Plateau::of(24)), adopters_at_end(&plan, &trajectory))
    };
    let (with, all) = stalls(&[]);
    let (without, some) = stalls(&["shock"]);
    assert_eq!((all, some), (60, 30));
    assert_eq!(without.len(), 1, "{without:?}");
    assert_eq!((with[0].from, with[0].waiting), (without[0].from, 90));
    assert_eq!((with[0].restart, without[0].restart), (Some(60), None));
}
