//! Pressure factors, each in what theory says of it.

use crate::world::{assert_close, growing, n_adopters, of_factor, sheet, ten_costs, year_of, years};
use normwave_plan::{Persuaded, Position, Tick};
use normwave_scenario::lower;
use normwave_tests::run;

#[test]
fn a_larger_promise_never_delays_adoption_nor_lowers_its_hazard() {
    let promised = |amount: f64, rule: &str| {
        let text = format!(
            r#"
network.actor = [{{ id = "POOR" }}, {{ id = "DONOR" }}, {{ id = "CAMPAIGN", kind = "ngo" }}]
network.layer.aid.ties = [{{ from = "DONOR", to = "POOR", strength = {amount} }}]
network.layer.campaign.ties = [{{ from = "CAMPAIGN", to = "POOR" }}]
network.attribute.means.values = {{ DONOR = 9, POOR = 1 }}
first-adopters = [{{ who = "DONOR" }}]
factor.promise = {{ type = "material-incentive", layer = "aid", resource = "means" }}
factor.plea = {{ type = "moral", layer = "campaign" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.8 }}
{rule}
[advocacy]
{}
"#,
            growing(0.05)
        );
        years(&text)
    };
    let amounts: Vec<f64> = (0..=20).map(|step| f64::from(step) / 20.0).collect();
    let dates: Vec<Tick> =
        amounts.iter().map(|&amount| year_of(&promised(amount, ""), "POOR").unwrap_or(9999)).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    assert!(dates[0] > 2015 && dates[20] == 2000, "{dates:?}");
    let hazards: Vec<f64> = amounts
        .iter()
        .map(|&amount| {
            let scenario = promised(amount, "decision = { rule = \"hazard\", rate = 1 }");
            let (plan, _) = run(&scenario);
            let pressures = plan.pressures_of_state(4, &[0, 1, 0], &Persuaded::default());
            plan.hazard(0, &[pressures[0] / plan.unit(), pressures[1] / plan.unit()], &[true, true])
        })
        .collect();
    assert!(hazards.is_sorted() && hazards[20] > 2.0 * hazards[0], "{hazards:?}");
}

#[test]
fn nobody_confers_standing_on_an_isolate_nor_shames_or_praises_it() {
    let text = r#"
network.actor = [{ id = "KNOWN" }, { id = "ALONE" }, { id = "PEER" }]
network.layer.missions.ties = [{ from = "PEER", to = "KNOWN", strength = 0.5 }]
factor.standing = { type = "status", layer = "missions" }
factor.shame = { type = "reputation", layer = "missions", kappa = 3 }
factor.praise = { type = "naming-and-praising", layer = "missions", audience = "missions" }
[event.recognition]
type = "recognition"
date = 2010-01-01
who = "ALONE"
from = "PEER"
layer = "missions"
tie = 0.5
"#;
    let scenario = years(text);
    let [known, alone, later] =
        [("KNOWN", 0), ("ALONE", 0), ("ALONE", 10)].map(|(id, tick)| sheet(&scenario, id, tick, &["PEER"]));
    assert!(alone.rows.is_empty(), "{:?}", alone.rows);
    for factor in ["standing", "shame", "praise"] {
        assert!(of_factor(&known, factor, 1) > 0.0, "{factor}");
        assert_close(of_factor(&later, factor, 1), of_factor(&known, factor, 1), 1e-12);
    }
}

#[test]
fn the_less_a_treaty_binds_the_more_take_part() {
    let parties = |bindingness: f64| {
        let text = format!(
            "{}norm.position = [{{ name = \"none\" }}, {{ name = \"treaty\", bindingness = {bindingness} }}]\n\
             factor.cost.kappa = 2\n\
             advocacy = {{ vigour = [0, 0], schedule = [{{ who = \"CAMPAIGN\", position = 1, level = 0.9 }}] }}\n",
            ten_costs().replace(
                "factor.cost = { type = \"sovereignty-cost\", base = 0, attributes = { cost = 1 } }",
                "factor.cost.type = \"sovereignty-cost\"\nfactor.cost.base = 0\nfactor.cost.attributes.cost = 1"
            ),
        );
        n_adopters(&years(&text))
    };
    // Those whose cost times 2 times bindingness stays below 0.9.
    assert_eq!([1.0, 0.75, 0.5, 0.25, 0.0].map(parties), [4, 5, 8, 10, 10]);
}

#[test]
fn the_example_of_others_raises_the_hazard_though_nothing_is_gained_by_it() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "C" }]
network.attribute.faith.values = { A = "x", B = "x", C = "y" }
network.layer.alike.homophily = { faith = 1 }
network.attribute.gain = { values = { A = 0.25 }, default = 0 }
factor.payoff = { type = "own-interest", attributes = { gain = 1 } }
factor.example = { type = "emulation", layer = "alike" }
decision = { rule = "hazard", rate = 1 }
"#;
    let scenario = years(text);
    let plan = lower(&scenario, None).unwrap();
    let hazard = |state: [Position; 3]| {
        let pressures = plan.pressures_of_state(0, &state, &Persuaded::default());
        plan.hazard(0, &[pressures[0] / plan.unit(), pressures[1] / plan.unit()], &[true, true])
    };
    assert_close(hazard([0, 1, 0]) / hazard([0, 0, 0]), 5.0, 1e-9);
    assert_close(hazard([0, 0, 1]) / hazard([0, 0, 0]), 1.0, 1e-9);
    for holders in [&[][..], &["B"]] {
        assert_close(of_factor(&sheet(&scenario, "A", 0, holders), "payoff", 1), 0.25, 1e-12);
    }
}
