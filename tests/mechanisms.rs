//! What mechanisms do in a scenario, beyond deciding one case each (`flips.rs`): closed forms, dose
//! and response, vetoes, and what is refused.

use normwave_analysis::{BalanceSheet, TickLedger, TickState};
use normwave_network_model::Tick;
use normwave_scenario::{InMemory, Overrides, Registries, Scenario};
use normwave_tests::{holds_at_end, ledger_is_plan, run, scenario};

const YEARS: &str =
    "schema = 1\ntitle = \"t\"\nperiod = { start = 2000-01-01, until = 2004-01-01, tick = \"year\" }\n";

// The balance sheet of A at a tick, while those hold a new position to whom one is given.
fn sheet(text: &str, tick: Tick) -> BalanceSheet {
    let scenario = scenario(&format!("{YEARS}{text}"));
    let mut positions = vec![0; scenario.network.actors().len()];
    scenario.adopters.iter().for_each(|first| positions[first.actor.idx()] = first.position);
    let ledger = TickLedger::new(&scenario, tick, &TickState::at_rest(positions)).unwrap();
    ledger.sheet(scenario.network.actor_id("A").unwrap())
}

#[track_caller]
fn assert_close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "found {found}, expected {expected}");
}

// ---- Strategic complementarity: fixed points of the mean field.

// A campaign of strength κ presses A, of whose partners a share s have adopted. With thresholds
// spread evenly over [0, 1], the share that adopts is the pressure: s is a fixed point where P(s) = s.
fn pressure(factors: &str, share: f64) -> f64 {
    let text = format!(
        r#"
network.actor = [{{ id = "A" }}, {{ id = "DONE" }}, {{ id = "NOT" }}, {{ id = "CAMPAIGN", kind = "ngo" }}]
network.layer.partners.ties = [
    {{ from = "DONE", to = "A", strength = {share} }},
    {{ from = "NOT", to = "A", strength = {} }},
]
network.layer.campaign.ties = [{{ from = "CAMPAIGN", to = "A" }}]
advocacy.schedule = [{{ who = "CAMPAIGN", position = 1, level = 1 }}]
first-adopters = [{{ who = "DONE" }}]
{factors}"#,
        1.0 - share
    );
    sheet(&text, 0).pressures[1]
}

fn fixed_point(factors: &str, [mut low, mut high]: [f64; 2]) -> f64 {
    let excess = |share| pressure(factors, share) - share;
    let rising = excess(high) > 0.0;
    assert_ne!(excess(low) > 0.0, rising, "no fixed point is bracketed");
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        *if (excess(middle) > 0.0) == rising { &mut high } else { &mut low } = middle;
    }
    f64::midpoint(low, high)
}

#[test]
fn a_linear_complement_settles_at_one_share() {
    // s = κ(1 + βs).
    for (kappa, beta) in [(0.25, 0.5), (0.3, 2.0), (0.1, 8.0)] {
        let factors = format!(
            "factor.plea = {{ type = \"moral\", layer = \"campaign\", kappa = {kappa} }}\n\
             moderator.strategic-complementarity = {{ acts-on = \"plea\", layer = \"partners\", \
             toward-new = {{ linear = {{ at-zero = 1, slope = {beta} }} }} }}"
        );
        assert_close(fixed_point(&factors, [0.0, 1.0]), kappa / (1.0 - kappa * beta), 1e-9);
    }
}

#[test]
fn a_quadratic_complement_has_a_tipping_point_between_few_and_many() {
    // s = κ(1 + βs²): a plea that nobody's adoption strengthens, and one that it does.
    for (kappa, beta) in [(0.2f64, 4.5f64), (0.15, 6.0)] {
        let factors = format!(
            "factor.plea = {{ type = \"moral\", layer = \"campaign\", kappa = {kappa} }}\n\
             factor.echo = {{ type = \"moral\", layer = \"campaign\", kappa = {kappa} }}\n\
             moderator.strategic-complementarity = {{ acts-on = \"echo\", layer = \"partners\", \
             toward-new = {{ power = {{ scale = {beta}, exponent = 2 }} }} }}"
        );
        let root = (1.0 - 4.0 * kappa * kappa * beta).sqrt();
        let [few, many] = [-1.0, 1.0].map(|sign| (1.0 + sign * root) / (2.0 * kappa * beta));
        let turn = 1.0 / (2.0 * kappa * beta);
        assert_close(fixed_point(&factors, [0.0, turn]), few, 1e-9);
        assert_close(fixed_point(&factors, [turn, 1.0]), many, 1e-9);
    }
}

// ---- Backlash.

// Shaming of strength `dose` meets backlash of slope 2 above a tolerance of 1.
fn shamed(dose: f64) -> String {
    format!(
        r#"
network.actor = [{{ id = "A" }}, {{ id = "CRITIC" }}]
network.layer.opinion.ties = [{{ from = "CRITIC", to = "A", strength = {dose} }}]
first-adopters = [{{ who = "CRITIC" }}]
factor.shaming = {{ type = "reputation", layer = "opinion", kappa = 1.25 }}
factor.backlash = {{ against = ["shaming"], tolerance = 1, kappa = 2 }}
factor.sovereignty = {{ type = "sovereignty-cost", base = 0.25 }}
"#
    )
}

#[test]
fn more_shaming_helps_up_to_what_is_borne_and_harms_beyond() {
    let doses: Vec<f64> = (0..=16).map(|step| f64::from(step) / 8.0).collect();
    let margins: Vec<f64> = doses.iter().map(|&dose| sheet(&shamed(dose), 0).margin(1)).collect();
    for (dose, margin) in doses.iter().zip(&margins) {
        let pressure = 1.25 * dose;
        assert_close(*margin, pressure - 0.25 - 2.0 * (pressure - 1.0f64).max(0.0), 1e-12);
    }
    // 0.8 · 1.25 is what is borne: the best dose lies between nothing and all.
    let best = margins.iter().copied().fold(f64::MIN, f64::max);
    assert!(margins[0] < 0.0 && best > 0.5 && *margins.last().unwrap() < 0.0, "{margins:?}");
}

#[test]
fn what_backlash_decides_in_a_run_is_what_its_ledger_says() {
    for (dose, adopts) in [(0.1, 0), (0.75, 1), (1.5, 0)] {
        let scenario = scenario(&format!("{YEARS}{}", shamed(dose)));
        let (plan, trajectory) = run(&scenario);
        assert_eq!(holds_at_end(&scenario, &trajectory, "A"), adopts, "at a dose of {dose}");
        for tick in 0..plan.n_ticks {
            ledger_is_plan(&scenario, &plan, &trajectory, tick).unwrap();
        }
    }
}

#[test]
fn backlash_answers_to_pressure_before_it_is_moderated() {
    let dialled = |gain: f64| {
        let text = format!(
            "{}moderator.stickiness = {{ embeddedness = 0, acts-on = \"shaming\", toward-new = {gain} }}",
            shamed(2.0)
        );
        sheet(&text, 0)
    };
    for gain in [0.0, 1.0, 3.0] {
        let sheet = dialled(gain);
        assert_close(sheet.pressures[1], 2.5 * gain, 1e-12);
        assert_close(sheet.pressures[0], 0.25 + 2.0 * 1.5, 1e-12);
    }
}

fn refusal(text: &str) -> String {
    let (files, registries) = (InMemory::default(), Registries::default());
    let read =
        Scenario::read("t.toml", &format!("{YEARS}{text}"), &files, &registries, &Overrides::default());
    read.expect_err("this scenario is wrong").to_string()
}

#[test]
fn backlash_against_backlash_is_refused() {
    let message = refusal(&format!(
        "{}factor.spite = {{ type = \"backlash\", against = [\"backlash\"] }}",
        shamed(1.0)
    ));
    assert!(message.contains("[factor.spite]: `backlash` answers to other factors itself"), "{message}");
    assert!(message.contains("Name the factors that press in the first place."), "{message}");
    let itself = refusal(&shamed(1.0).replace("against = [\"shaming\"]", "against = [\"backlash\"]"));
    assert!(itself.contains("`backlash` answers to other factors itself"), "{itself}");
}

#[test]
fn backlash_against_nothing_is_refused() {
    let message = refusal(&shamed(1.0).replace("against = [\"shaming\"]", "against = [\"shamin\"]"));
    assert!(message.contains("there is no factor `shamin`; did you mean `shaming`?"), "{message}");
}

// ---- Both sides.

#[test]
fn a_moral_case_for_the_status_quo_weighs_as_one_against_it() {
    let pleading = |position: u8| {
        let text = format!(
            r#"
network.actor = [{{ id = "A" }}, {{ id = "CHURCH", kind = "ngo" }}]
network.layer.sermons.ties = [{{ from = "CHURCH", to = "A", strength = 0.75 }}]
advocacy.schedule = [{{ who = "CHURCH", position = {position}, level = 0.5 }}]
factor.plea = {{ type = "moral", layer = "sermons" }}
"#
        );
        sheet(&text, 0)
    };
    let (old, new) = (pleading(0), pleading(1));
    assert_close(old.pressures[0], 0.375, 1e-15);
    assert_close(old.margin(1), -0.375, 1e-15);
    assert_eq!(
        (new.pressures[0].to_bits(), new.pressures[1]),
        (old.pressures[1].to_bits(), old.pressures[0])
    );
}

#[test]
fn a_factor_can_be_strongest_early() {
    // Moral pressure that halves each year, by an event on its strength.
    let text = r#"
network.actor = [{ id = "A" }, { id = "CAMPAIGN", kind = "ngo" }]
network.layer.campaign.ties = [{ from = "CAMPAIGN", to = "A" }]
advocacy.schedule = [{ who = "CAMPAIGN", position = 1, level = 1 }]
factor.plea = { type = "moral", layer = "campaign", kappa = 0.5 }
event.outrage = { date = 2000-01-01, half-life = 1, change = [{ kappa = "plea", add = 4 }] }
"#;
    for (tick, expected) in [(0, 4.5), (1, 2.5), (2, 1.5), (3, 1.0)] {
        assert_close(sheet(text, tick).pressures[1], expected, 1e-12);
    }
}

// ---- Vetoes.

#[test]
fn a_sheet_names_the_group_that_blocks_until_it_gives_way() {
    let text = r#"
network.actor = [{ id = "A" }, { id = "FIRST" }]
network.layer.missions.ties = [{ from = "FIRST", to = "A" }]
first-adopters = [{ who = "FIRST" }]
factor.example = { type = "emulation", layer = "missions" }
factor.home = { type = "domestic-advocacy" }
moderator.chiefs = { type = "veto", role = "military", weight = 0.25, acts-on = ["example", "home"] }

[[selectorate.group]]
government = "A"
role = "military"
weight = 0.3
stance = [{ position = 0, level = 1, until = 2002-01-01 }]

[[selectorate.group]]
government = "A"
role = "public"
weight = 0.6
stance = [{ position = 0, level = 1 }]
"#;
    let scenario = scenario(&format!("{YEARS}{text}"));
    let blocked = |tick| {
        let groups = sheet(text, tick).blocked_by;
        groups.iter().map(|group| scenario.network.actor(*group).id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(blocked(1), ["A/military"]);
    assert_eq!(blocked(2), [""; 0]);
    let (plan, trajectory) = run(&scenario);
    let moved = trajectory.moves.iter().find(|step| step.actor == 0).unwrap();
    assert_eq!((moved.tick, moved.to()), (2, 1));
    for tick in 0..plan.n_ticks {
        ledger_is_plan(&scenario, &plan, &trajectory, tick).unwrap();
    }
}
