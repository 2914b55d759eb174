//! Moderators, each in what theory says of it.

use crate::world::{
    assert_close, case, changed, growing, n_adopters, of_factor, setting, share_of, sheet, sheet_at_move,
    ten_costs, text, years,
};
use normwave_analysis::{TickLedger, TickState};
use normwave_network_model::parse_date;
use normwave_plan::Tick;
use normwave_scenario::{InMemory, Overrides, Registries};
use normwave_tests::{adopters, holds_at_end, read, run};
use std::fmt::Write;

#[test]
fn the_stickier_the_status_quo_the_fewer_adopt_in_the_end() {
    let adopt = |embeddedness: f64| {
        let text = format!(
            "{}advocacy = {{ vigour = [0, 0], schedule = [{{ who = \"CAMPAIGN\", position = 1, level = 1 }}] }}\n\
             moderator.stickiness = {{ acts-on = [\"plea\", \"cost\"], embeddedness = {embeddedness} }}\n",
            ten_costs()
        );
        n_adopters(&years(&text))
    };
    let found: Vec<u32> = (0..=10).map(|step| adopt(f64::from(step) / 10.0)).collect();
    assert!(found.is_sorted_by(|a, b| a >= b), "{found:?}");
    assert_eq!((found[0], found[10]), (9, 0));
}

#[test]
fn in_open_debate_with_equal_votes_the_weak_shame_a_great_power_five_times_as_much() {
    let shame = |variant: Option<&str>| {
        let overrides = Overrides { variant: variant.map(str::to_owned), ..Overrides::default() };
        let scenario = case("common-article-3", &overrides);
        let may = scenario.calendar.tick_of(parse_date("1949-05-15").unwrap()).unwrap();
        of_factor(&sheet(&scenario, "FRA", may, &["NOR", "MEX"]), "opinion", 1)
    };
    // ρ = 1/2 and a gain of 2, against ρ = 1/5 and none.
    assert_close(shame(None), 2.0, 1e-12);
    assert_close(shame(Some("behind-closed-doors")), 0.4, 1e-12);
}

#[test]
fn where_legitimacy_does_not_grow_the_first_is_the_last() {
    let adopt = |slope: u32| {
        let text = format!(
            "{}advocacy = {{ vigour = [0, 0], schedule = [{{ who = \"CAMPAIGN\", position = 1, level = 0.15 }}] }}\n\
             moderator.legitimacy = {{ acts-on = \"plea\", toward-new = {{ linear = {{ at-zero = 1, slope = {slope} }} }} }}\n",
            ten_costs()
        );
        n_adopters(&years(&text))
    };
    assert_eq!([adopt(0), adopt(8)], [1, 10]);
}

#[test]
fn without_growing_legitimacy_the_last_of_each_case_stay_out() {
    for (name, last) in [("debt-collection", "GBR"), ("cluster-munitions", "GBR"), ("apartheid", "ZAF")] {
        let still = setting(&["moderator.legitimacy.toward-new.linear.slope=0"]);
        let [growing, still] = [Overrides::default(), still].map(|overrides| {
            let scenario = case(name, &overrides);
            holds_at_end(&scenario, &run(&scenario).1, last)
        });
        assert_eq!((growing, still), (1, 0), "{name}: {last}");
    }
}

#[test]
fn first_movers_go_by_conviction_or_interest_while_legitimacy_is_least() {
    for (name, own, seconded, late) in
        [("cluster-munitions", "plea", "opinion", "GBR"), ("debt-collection", "relief", "opinion", "GBR")]
    {
        let scenario = case(name, &Overrides::default());
        let (_, trajectory) = run(&scenario);
        let first = trajectory.moves[0];
        let movers = trajectory.moves.iter().take_while(|step| step.tick == first.tick);
        for step in movers {
            let id = &scenario.network.actors()[step.actor as usize].id;
            let sheet = sheet_at_move(&scenario, &trajectory, id);
            assert!(share_of(&sheet, own) > 0.9, "{name}: {id} {}", share_of(&sheet, own));
            assert_close(of_factor(&sheet, seconded, 1), 0.0, 0.0);
        }
        let last = sheet_at_move(&scenario, &trajectory, late);
        assert!(share_of(&last, own) < 0.5, "{name}: {}", share_of(&last, own));
        assert!(share_of(&last, seconded) > 0.5, "{name}: {}", share_of(&last, seconded));
    }
}

#[test]
fn a_graft_before_the_cascade_brings_it_forward_and_one_after_it_does_nothing() {
    let when_half = |graft: &str| {
        let text = format!(
            "{}factor.peers = {{ type = \"moral\", layer = \"ties\", exposure = \"mean\" }}\n{graft}\
             [advocacy]\nvigour = [0, 0.9]\n{}",
            ten_costs(),
            growing(0.03125)
        );
        let scenario = years(&text);
        let (plan, trajectory) = run(&scenario);
        adopters(&plan, &trajectory).iter().position(|&n| n >= 5).unwrap()
    };
    let in_year = |year: usize| {
        format!(
            "event.graft = {{ date = {}-01-01, until = {}-01-01, change = [{{ gain = \"plea\", toward = \"new\", multiply = 4 }}] }}\n",
            2000 + year,
            2001 + year
        )
    };
    let plain = when_half("");
    assert!(plain > 3, "{plain}");
    assert!(when_half(&in_year(2)) < plain);
    assert_eq!(when_half(&in_year(plain + 1)), plain);
}

#[test]
fn news_sharpens_what_is_material_and_what_is_moral_apart() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "B" }]
network.layer.ties.ties = [{ from = "B", to = "A" }]
network.layer.news.ties = [{ from = "B", to = "A", strength = 0.5 }]
factor.trade = { type = "material-incentive", layer = "ties" }
factor.plea = { type = "moral", layer = "ties" }
moderator.facts = { type = "information", layer = "news", acts-on = "trade", toward-new = { linear = { at-zero = 1, slope = 1 } } }
moderator.images = { type = "information", layer = "news", acts-on = "plea", toward-new = { linear = { at-zero = 1, slope = 4 } } }
"#;
    let sheet = sheet(&years(text), "A", 0, &["B"]);
    assert_close(of_factor(&sheet, "plea", 1) / of_factor(&sheet, "trade", 1), 3.0 / 1.5, 1e-12);
}

#[test]
fn the_more_culture_divides_the_more_a_norm_stays_among_its_own() {
    let outside = |scale: f64| {
        let mut culture = String::new();
        for i in 1..=12 {
            write!(culture, "A{i} = {}, ", u8::from(i > 6)).unwrap();
        }
        let scenario = years(&format!(
            r#"
network.generate.complete.actors = 12
network.attribute.culture.values = {{ {culture} }}
network.attribute.cost.values = {{ A1 = 0, A2 = 0, A3 = 1.5, A4 = 2, A5 = 3, A6 = 4, A7 = 1.5, A8 = 2.7, A9 = 4.5, A10 = 6, A11 = 8, A12 = 10 }}
advocacy.vigour = [0, 1]
factor.plea = {{ type = "moral", layer = "ties" }}
factor.cost = {{ type = "sovereignty-cost", base = 0, attributes = {{ cost = 1 }} }}
first-adopters = [{{ who = ["A1", "A2"] }}]
moderator.cultural-homophily = {{ acts-on = "plea", attributes = {{ culture = {scale} }} }}
"#
        ));
        let (_, trajectory) = run(&scenario);
        let n = |range: std::ops::RangeInclusive<u32>| {
            range.filter(|i| holds_at_end(&scenario, &trajectory, &format!("A{i}")) == 1).count()
        };
        assert_eq!(n(1..=6), 6, "at home all follow");
        n(7..=12)
    };
    let found = [100.0, 2.0, 1.0, 0.7, 0.3].map(outside);
    assert!(found.is_sorted_by(|a, b| a >= b) && found[0] == 6 && found[4] == 0, "{found:?}");
    assert!(found.iter().any(|&n| n > 0 && n < 6), "{found:?}");
}

#[test]
fn preferences_of_those_who_share_an_organisation_converge_at_the_rate_of_their_tie() {
    // A and B, one for and one against, join an organisation in 2003; D belongs to none. Each
    // hears itself three times as much as its fellow: what they differ by halves every year.
    let text = text(
        r#"
network.actor = [{ id = "A" }, { id = "B" }, { id = "D" }, { id = "HEARER" }]
network.affiliation.union.file = "members.csv"
network.layer.fellows.projection = { affiliation = "union", weighting = "count" }
network.layer.ties.ties = [
    { from = "A", to = "HEARER" }, { from = "B", to = "HEARER" }, { from = "D", to = "HEARER" },
]
factor.words = { type = "moral", layer = "ties" }
[advocacy]
rule = [{ who = ["A", "B", "D"], follows = "nobody" }]
schedule = [{ who = ["A", "D"], position = 1, level = 1 }]
persuadable = [{ who = ["A", "B", "D"], layer = "fellows", stubbornness = 0, self-weight = 3 }]
"#,
    );
    let members = "actor,organisation,from\nA,UNION,2003-01-01\nB,UNION,2003-01-01\n";
    let files = InMemory([("members.csv".to_owned(), members.to_owned())].into_iter().collect());
    let scenario = read(&text, &files, &Registries::default(), &Overrides::default());
    let (plan, trajectory) = run(&scenario);
    let said = |tick: Tick| {
        let state = TickState::at_decisions(&trajectory, plan.n_actors(), tick);
        let hearer = scenario.network.actor_id("HEARER").unwrap();
        let sheet = TickLedger::new(&scenario, tick, &state).unwrap().sheet(hearer);
        ["A", "B", "D"].map(|id| {
            let sender = scenario.network.actor_id(id).unwrap();
            let rows = sheet.rows.iter().filter(|row| row.source == Some(sender) && row.toward == 1);
            rows.map(|row| row.pressure).sum::<f64>()
        })
    };
    for tick in 0..10 {
        let [a, b, d] = said(tick);
        let together = i32::try_from(tick).unwrap() - 3;
        assert_close(a - b, 0.5f64.powi(together.max(0)), 1e-3);
        assert_close(d, 1.0, 0.0);
    }
}

#[test]
fn threat_turns_up_what_a_weapon_is_good_for_and_nothing_else() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "B" }]
network.layer.ties.ties = [{ from = "B", to = "A" }]
network.attribute.rivals = { values = { A = 2 }, default = 0 }
factor.utility = { type = "security-utility", base = 0.5 }
factor.honour = { type = "sovereignty-cost", base = 0.5 }
factor.plea = { type = "moral", layer = "ties" }
[moderator.threat]
type = "security-environment"
acts-on = "utility"
threat = { rivals = 1 }
toward-status-quo = { linear = { at-zero = 1, slope = 1 } }
"#;
    let scenario = years(text);
    let at_peace = changed(text, &["network.attribute.rivals.values.A=0"]);
    let [threatened, safe] = [&scenario, &at_peace].map(|world| sheet(world, "A", 0, &["B"]));
    assert_close(of_factor(&threatened, "utility", 0), 1.5, 1e-12);
    assert_close(of_factor(&safe, "utility", 0), 0.5, 1e-12);
    for factor in ["honour", "plea"] {
        for k in [0, 1] {
            assert_close(of_factor(&threatened, factor, k), of_factor(&safe, factor, k), 0.0);
        }
    }
}
