//! What presses, and who: from groups to the system.

use crate::world::{assert_close, growing, sheet, ten_costs, year_of, years};
use normwave_analysis::{Channel, TickLedger, TickState};
use normwave_plan::{Draws, Stream};
use normwave_tests::{adopters, adopters_at_end, holds_at_end, run};
use std::fmt::Write;

#[test]
fn an_indifferent_partner_counts_for_nothing_and_one_that_adopts_changes_sides() {
    let pressures = |vigour: &str, holders: &[&str]| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "B" }}]
network.layer.ties.ties = [{{ from = "B", to = "A", strength = 0.75 }}]
advocacy.vigour = {vigour}
factor.peers = {{ type = "moral", layer = "ties" }}
"#
        );
        sheet(&years(&text), "A", 0, holders).pressures
    };
    assert_eq!(pressures("[1, 1]", &[]), [0.75, 0.0]);
    assert_eq!(pressures("[1, 1]", &["B"]), [0.0, 0.75]);
    for holders in [&[][..], &["B"]] {
        assert_eq!(pressures("[0, 0]", holders), [0.0, 0.0]);
    }
}

const FIVE_LEVELS: &str = r#"
network.actor = [
    { id = "A" }, { id = "B" }, { id = "ORG", kind = "igo" }, { id = "NGO", kind = "ngo" },
]
network.layer.talks.ties = [
    { from = "B", to = "A" }, { from = "ORG", to = "A", strength = 0.5 }, { from = "NGO", to = "A", strength = 0.25 },
]
network.layer.streets.ties = [{ from = "NGO", to = "A/public" }]
network.layer.sight.visibility = { base = 1 }
network.attribute.result = { values = { B = 0.9 }, default = 0.5 }
selectorate.group = [
    { government = "A", role = "public", weight = 0.5 },
    { government = "A", role = "army", weight = 0.25, stance = [{ position = 0, level = 1 }] },
]
advocacy.schedule = [{ who = ["ORG", "NGO"], position = 1, level = 1 }]
advocacy.persuadable = [{ who = "A/public", layer = "streets", stubbornness = 0 }]
factor.word = { type = "moral", layer = "talks" }
factor.home = { type = "domestic-advocacy" }
factor.evidence = { type = "learning", layer = "sight", outcome = "result" }
factor.sovereignty = { type = "sovereignty-cost", base = 0.5 }
moderator.legitimacy = { acts-on = "word" }
first-adopters = [{ who = "B" }]
"#;

#[test]
fn groups_organisations_states_and_the_system_press_in_one_sheet_row_by_row() {
    let scenario = years(FIVE_LEVELS);
    let (plan, trajectory) = run(&scenario);
    // The public has heard the NGO after a year.
    let state = TickState::at_decisions(&trajectory, plan.n_actors(), 1);
    let a = scenario.network.actor_id("A").unwrap();
    let sheet = TickLedger::new(&scenario, 1, &state).unwrap().sheet(a);
    for (channel, sender, layer) in [
        (Channel::State, Some("B"), Some("talks")),
        (Channel::Organisation, Some("ORG"), Some("talks")),
        (Channel::Transnational, Some("NGO"), Some("talks")),
        (Channel::Domestic, Some("A/public"), Some("domestic")),
        (Channel::Own, None, None),
    ] {
        let row = sheet.rows.iter().find(|row| row.channel == channel && row.toward == 1);
        let row = row.unwrap_or_else(|| panic!("{channel:?} presses for the norm"));
        let source = row.source.map(|source| scenario.network.actor(source).id.as_str());
        assert_eq!((source, row.layer.as_deref()), (sender, layer), "{channel:?}");
    }
    for row in &sheet.rows {
        let gain: f64 = row.gains.iter().map(|gain| gain.gain).product();
        assert_close(row.pressure, row.raw * gain, 1e-12);
        assert_eq!(row.gains.len(), usize::from(row.factor == "word"), "{}", row.factor);
    }
    assert_eq!(holds_at_end(&scenario, &trajectory, "A"), 1);
}

#[test]
fn what_all_others_made_of_it_presses_without_a_sender() {
    let scenario = years(FIVE_LEVELS);
    let evidence = |holders: &[&str]| {
        let sheet = sheet(&scenario, "A", 0, holders);
        let rows: Vec<_> = sheet.rows.iter().filter(|row| row.factor == "evidence").cloned().collect();
        assert!(rows.iter().all(|row| row.source.is_none() && row.toward == 1));
        rows.iter().map(|row| row.pressure).sum::<f64>()
    };
    // (1/2 + 0.9)/2 is 0.2 above even.
    assert_close(evidence(&[]), 0.0, 0.0);
    assert_close(evidence(&["B"]), 0.2, 1e-12);
}

#[test]
fn each_takes_the_version_that_presses_most_and_shares_sum_to_one() {
    // Three campaigns with strengths at random plead with forty governments each for its version.
    let draws = Draws::new(9, 0);
    let (mut actors, mut ties) = (String::new(), String::new());
    for i in 0..40 {
        write!(actors, "{{ id = \"G{i}\" }}, ").unwrap();
        for (what, sender) in (0..).zip(["OLD", "PARTIAL", "BAN"]) {
            let strength = draws.uniform(what, i, Stream::Noise, 0);
            write!(ties, "{{ from = \"{sender}\", to = \"G{i}\", strength = {strength:.4} }}, ").unwrap();
        }
    }
    let ngos = ["OLD", "PARTIAL", "BAN"].map(|id| format!("{{ id = \"{id}\", kind = \"ngo\" }}")).join(", ");
    let scenario = years(&format!(
        r#"
norm = {{ versions = "rival", position = [{{ name = "none" }}, {{ name = "partial" }}, {{ name = "ban" }}] }}
network.actor = [{actors} {ngos}]
network.layer.pleas.ties = [{ties}]
advocacy.vigour = [0, 0, 0]
advocacy.schedule = [
    {{ who = "OLD", position = "none", level = 1 }}, {{ who = "PARTIAL", position = "partial", level = 1 }},
    {{ who = "BAN", position = "ban", level = 1 }},
]
factor.plea = {{ type = "moral", layer = "pleas" }}
"#
    ));
    let (plan, trajectory) = run(&scenario);
    let mut taken = [0; 3];
    for i in 0..40 {
        let id = format!("G{i}");
        let held = usize::from(holds_at_end(&scenario, &trajectory, &id));
        let pressures = sheet(&scenario, &id, 0, &[]).pressures;
        assert!(pressures.iter().all(|pressure| *pressure <= pressures[held]), "{id}: {pressures:?}");
        taken[held] += 1;
    }
    assert!(taken.iter().all(|&n| n > 5), "{taken:?}");
    let shares = plan.shares(&trajectory);
    for tick in 0..plan.n_ticks {
        assert_close((0..3).map(|k| shares.share(tick, k)).sum(), 1.0, 1e-12);
    }
}

#[test]
fn whom_a_norm_does_not_concern_neither_adopts_nor_counts_nor_sets_an_example() {
    let text = r#"
network.actor = [{ id = "COAST" }, { id = "INLAND" }, { id = "NEXT" }, { id = "NGO", kind = "ngo" }]
network.attribute.sea = { values = { COAST = "yes", NEXT = "yes" }, default = "no" }
network.layer.pleas.ties = [{ from = "NGO", to = "COAST", strength = 2 }, { from = "NGO", to = "INLAND", strength = 2 }]
network.layer.ties.ties = [{ from = "INLAND", to = "NEXT" }]
advocacy.schedule = [{ who = "NGO", position = 1, level = 1 }]
factor.plea = { type = "moral", layer = "pleas" }
factor.example = { type = "emulation", layer = "ties" }
factor.words = { type = "moral", layer = "ties" }
"#;
    let concerns = "norm.applies = { where = { sea = \"yes\" } }\n";
    for (applies, adopters, counted, rows) in [("", 3, 3, true), (concerns, 1, 2, false)] {
        let scenario = years(&format!("{applies}{text}"));
        let (plan, trajectory) = run(&scenario);
        assert_eq!(adopters_at_end(&plan, &trajectory), adopters);
        assert_eq!(plan.shares(&trajectory).present(0), counted);
        assert_eq!(!sheet(&scenario, "NEXT", 0, &[]).rows.is_empty(), rows);
    }
}

#[test]
fn the_more_adopters_promote_the_sooner_others_follow() {
    let years_until_all = |vigour: f64| {
        let text = format!(
            "{}factor.peers = {{ type = \"moral\", layer = \"ties\", exposure = \"mean\" }}\n\
             [advocacy]\nvigour = [0, {vigour}]\n{}",
            ten_costs(),
            growing(0.0625)
        );
        let scenario = years(&text);
        let (plan, trajectory) = run(&scenario);
        let waited = adopters(&plan, &trajectory).iter().map(|n| 10 - n).sum::<u32>();
        (year_of(&scenario, "A10"), waited)
    };
    let [mute, soft, loud] = [0.0, 0.25, 1.0].map(years_until_all);
    assert_eq!(mute.0, None, "a campaign of 1 does not exceed a cost of 1");
    assert!(soft.0.is_some() && loud.0 < soft.0, "{soft:?} {loud:?}");
    assert!(loud.1 < soft.1 && soft.1 < mute.1, "{mute:?} {soft:?} {loud:?}");
}
