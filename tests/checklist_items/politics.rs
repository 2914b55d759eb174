//! Domestic politics, instruments and loops.

use crate::world::{assert_close, n_adopters, sheet, years};
use normwave_tests::{adopters, holds_at_end, run};
use std::fmt::Write;

#[test]
fn likeness_and_momentum_cross_into_another_region_only_where_little_stands_against_it() {
    let outside = |likeness: bool, momentum: bool, little: bool| {
        let text = format!(
            r#"
network.actor = [{{ id = "N1" }}, {{ id = "N2" }}, {{ id = "N3" }}, {{ id = "N4" }}, {{ id = "S1" }}, {{ id = "S2" }}]
network.attribute.region.values = {{ N1 = "n", N2 = "n", N3 = "n", N4 = "n", S1 = "s", S2 = "s" }}
network.attribute.rank.values = {{ N1 = "low", N2 = "low", N3 = "high", N4 = "high", S1 = "low", S2 = "low" }}
network.layer.neighbours.homophily = {{ region = 1 }}
network.layer.likeness.homophily = {{ rank = 1 }}
advocacy.vigour = [0, 1]
first-adopters = [{{ who = ["N1", "N2"] }}]
factor.neighbours = {{ type = "moral", layer = "neighbours", kappa = 2 }}
factor.peers = {{ type = "moral", layer = "likeness", kappa = {} }}
factor.habit = {{ type = "sovereignty-cost", base = {} }}
moderator.legitimacy = {{ acts-on = "peers", toward-new = {{ linear = {{ at-zero = 1, slope = {} }} }} }}
"#,
            if likeness { 1 } else { 0 },
            if little { 2.5 } else { 3.9 },
            if momentum { 1 } else { 0 },
        );
        let scenario = years(&text);
        let (_, trajectory) = run(&scenario);
        assert_eq!(holds_at_end(&scenario, &trajectory, "N4"), 1, "the region of origin follows");
        holds_at_end(&scenario, &trajectory, "S1")
    };
    // P = 2·(1 + 4/6) = 3.3 with momentum, 2 without.
    for (likeness, momentum, little) in [
        (true, true, true),
        (true, true, false),
        (true, false, true),
        (false, true, true),
        (true, false, false),
    ] {
        let expected = u8::from(likeness && momentum && little);
        assert_eq!(outside(likeness, momentum, little), expected, "{likeness} {momentum} {little}");
    }
}

#[test]
fn between_praise_and_critique_the_best_balance_lies_inside() {
    // One effort, of which a part s shames: shaming is the sharper tool and provokes beyond 0.5.
    let margin = |part: f64| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "ORG", kind = "igo" }}, {{ id = "PEER" }}]
network.layer.blame.ties = [{{ from = "ORG", to = "A", strength = {part} }}]
network.layer.credit.ties = [{{ from = "ORG", to = "A", strength = {} }}]
network.layer.audience.ties = [{{ from = "PEER", to = "A" }}]
advocacy = {{ vigour = [0, 0], schedule = [{{ who = "ORG", position = 1, level = 1 }}] }}
factor.shaming = {{ type = "reputation", layer = "blame" }}
factor.praise = {{ type = "naming-and-praising", layer = "credit", audience = "audience" }}
factor.backlash = {{ against = ["shaming"], tolerance = 0.5, kappa = 2 }}
"#,
            1.0 - part
        );
        sheet(&years(&text), "A", 0, &[]).margin(1)
    };
    let margins: Vec<f64> = (0..=8).map(|step| margin(f64::from(step) / 8.0)).collect();
    let best = margins.iter().copied().fold(f64::MIN, f64::max);
    assert_close(margins[4], best, 0.0);
    assert!(margins[0] < best && margins[8] < best, "{margins:?}");
    assert_close(margins[4], 0.5 + 0.25, 1e-12);
}

#[test]
fn public_shaming_and_private_clearing_of_the_way_are_worth_more_together() {
    let margin = |shaming: f64, cleared: bool| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "CRITIC" }}]
network.layer.opinion.ties = [{{ from = "CRITIC", to = "A", strength = {shaming} }}]
network.attribute.friction = {{ values = {{ A = {} }}, default = 0 }}
factor.shaming = {{ type = "reputation", layer = "opinion" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.bureaucratic-friction = {{ acts-on = "shaming", attribute = "friction" }}
"#,
            if cleared { 0.0 } else { 0.75 }
        );
        sheet(&years(&text), "A", 0, &["CRITIC"]).margin(1)
    };
    let together = margin(1.0, true) - margin(0.0, true);
    let alone = margin(1.0, false) - margin(0.0, false);
    assert_close(margin(0.0, true), margin(0.0, false), 0.0);
    assert_close(together - alone, 0.75, 1e-12);
    assert!(margin(1.0, true) > 0.0 && margin(1.0, false) < 0.0);
}

#[test]
fn the_more_a_norm_rests_on_groups_at_home_the_longer_it_outlives_its_promoter() {
    let years_kept = |at_home: f64| {
        let mut steps = String::from("[\"2000\", 1.0], ");
        for year in 1..20 {
            write!(steps, "[\"{}\", {}], ", 2000 + year, 1.0 - f64::from(year) / 20.0).unwrap();
        }
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "PROMOTER", kind = "ngo" }}]
network.layer.aid.ties = [{{ from = "PROMOTER", to = "A", strength = {} }}]
selectorate.group = [{{ government = "A", role = "public", weight = {at_home}, stance = [{{ position = 1, level = 1 }}] }}]
advocacy.schedule = [{{ who = "PROMOTER", position = 1, steps = [{steps}] }}]
factor.aid = {{ type = "moral", layer = "aid" }}
factor.home = {{ type = "domestic-advocacy" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
decision.reversal = true
"#,
            1.0 - at_home
        );
        let scenario = years(&text);
        let (plan, trajectory) = run(&scenario);
        adopters(&plan, &trajectory).iter().sum::<u32>()
    };
    let kept: Vec<u32> = [0.0, 0.125, 0.25, 0.375, 0.5, 0.625].into_iter().map(years_kept).collect();
    assert!(kept.is_sorted() && kept[0] < kept[3], "{kept:?}");
    assert_eq!(kept[5], 20, "for good");
}

#[test]
fn citizens_who_trust_what_spreads_make_a_circle_with_a_point_of_no_return() {
    // Publics side with the norm as far as others have adopted: A's is worth 1 · share, against a
    // cost of 0.45. Below that share every adopter goes back, above it everybody follows.
    let spread = |first: u32| {
        let (mut groups, mut publics, mut who) = (String::new(), String::new(), String::new());
        for i in 1..=20 {
            write!(groups, "{{ government = \"A{i}\", role = \"public\", weight = 1 }}, ").unwrap();
            write!(publics, "\"A{i}/public\", ").unwrap();
            if i <= first {
                write!(who, "\"A{i}\", ").unwrap();
            }
        }
        let text = format!(
            r#"
network.generate.complete.actors = 20
selectorate.group = [{groups}]
factor.home = {{ type = "domestic-advocacy" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.475 }}
decision.reversal = true
first-adopters = [{{ who = [{who}] }}]
[[advocacy.rule]]
who = [{publics}]
follows = {{ members = "all" }}
vigour = [0, 1]
"#
        );
        n_adopters(&years(&text))
    };
    assert_eq!([2, 8, 9].map(spread), [0, 0, 0]);
    assert_eq!([10, 12, 19].map(spread), [20, 20, 20]);
}

#[test]
fn those_who_can_live_by_their_work_can_ask_for_their_rights() {
    let adopts = |livelihood: f64| {
        let scenario = years(&format!(
            r#"
network.actor = [{{ id = "A" }}]
network.attribute.livelihood.values = {{ A = {livelihood} }}
selectorate.group = [{{ government = "A", role = "public", weight = 0.8, stance = [{{ position = 1, level = 1 }}] }}]
factor.rights = {{ type = "domestic-advocacy" }}
factor.power = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.security = {{ type = "regime", acts-on = "rights", attribute = "livelihood", toward-new = {{ linear = {{ at-zero = 0, slope = 1 }} }} }}
"#
        ));
        holds_at_end(&scenario, &run(&scenario).1, "A")
    };
    // 0.8 times the livelihood against 0.5.
    assert_eq!([0.2, 0.6, 0.65, 1.0].map(adopts), [0, 0, 1, 1]);
}

#[test]
fn where_means_are_lacking_help_moves_what_no_punishment_does() {
    let adopts = |sanction: f64, means: f64| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "POWER" }}]
network.layer.threats.ties = [{{ from = "POWER", to = "A", strength = {sanction} }}]
network.attribute.arms.values = {{ A = 1, POWER = 9 }}
network.attribute.means = {{ values = {{ A = 0.05 }}, default = 1 }}
first-adopters = [{{ who = "POWER" }}]
factor.sanction = {{ type = "material-sanction", layer = "threats", capability = "arms" }}
factor.cost = {{ type = "sovereignty-cost", base = 0.5 }}
moderator.capacity = {{ acts-on = "sanction", attribute = "means" }}
event.help = {{ type = "capacity-building", date = 2002-01-01, who = "A", raise = {means}, attribute = "means" }}
"#
        );
        let scenario = years(&text);
        holds_at_end(&scenario, &run(&scenario).1, "A")
    };
    assert_eq!([1.0, 4.0, 10.0].map(|sanction| adopts(sanction, 0.0)), [0, 0, 0]);
    assert_eq!([0.5, 1.0].map(|sanction| adopts(sanction, 0.8)), [0, 1]);
}
