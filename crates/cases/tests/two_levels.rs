//! What theory says of persuasion, and of the two levels on which governments play, comes out on
//! every engine.

use normwave_cases::case;
use normwave_engine::engines;
use normwave_plan::{Plan, Position, Tick, Trajectory};
use normwave_scenario::{Overrides, Scenario, lower};
use std::sync::Arc;

struct Run {
    scenario: Arc<Scenario>,
    plan: Plan,
    trajectory: Trajectory,
}

impl Run {
    fn of(name: &str, set: &[&str], without: &[&str]) -> Self {
        let strings = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
        let overrides = Overrides { set: strings(set), without: strings(without), ..Overrides::default() };
        let scenario = Arc::new(case(name).unwrap().read(&overrides).unwrap());
        let plan = lower(&scenario, None).unwrap();
        let mut runs: Vec<_> = engines().iter().map(|engine| engine.prepare(&plan).run(1, 0)).collect();
        assert!(runs.windows(2).all(|pair| pair[0] == pair[1]), "{name}: engines agree");
        let trajectory = runs.remove(0);
        Run { scenario, plan, trajectory }
    }

    fn holds(&self, id: &str) -> Position {
        let actor = self.scenario.network.actor_id(id).unwrap();
        self.trajectory.positions_before(self.plan.n_actors(), Tick::MAX, 0)[actor.idx()]
    }

    // When an actor came to hold position 1 or more, as its tick is called.
    fn when(&self, id: &str) -> Option<String> {
        let actor = self.scenario.network.actor_id(id).unwrap();
        let first = self.trajectory.first_at_least(self.plan.n_actors(), 1)[actor.idx()];
        first.map(|tick| self.scenario.calendar.label(tick))
    }
}

fn all(name: &str, ids: &[&str], set: &[&str], without: &[&str]) -> Vec<Position> {
    let run = Run::of(name, set, without);
    ids.iter().map(|id| run.holds(id)).collect()
}

#[test]
fn the_boomerang_needs_every_tie_of_its_path() {
    let home = |set: &[&str]| Run::of("boomerang", set, &[]).holds("HOME");
    assert_eq!(home(&[]), 1);
    for cut in ["persuasion.ties.0", "persuasion.ties.1", "relations.ties.0"] {
        assert_eq!(home(&[&format!("network.layer.{cut}.strength=0")]), 0, "without {cut}");
    }
    // At home the dissidents need nobody abroad.
    let open = "selectorate.group.1.blocked=false";
    assert_eq!(home(&[open, "network.layer.relations.ties.0.strength=0"]), 1);
    // Nor does it fly where nobody abroad can be moved.
    assert_eq!(home(&["advocacy.persuadable.1.stubbornness=1"]), 0);
}

#[test]
fn nothing_passes_a_hub_that_declines() {
    let when = |set: &[&str], without: &[&str]| {
        let run = Run::of("vetting", set, without);
        ["G1", "G2", "G3"].map(|id| run.when(id))
    };
    let third_quarter = || Some("2003-07".to_owned());
    assert_eq!(when(&[], &[]), [third_quarter(), third_quarter(), third_quarter()]);
    assert_eq!(when(&[], &["adoption-by-the-hub"]), [None, None, None]);
    // A hub that can be persuaded is no gate.
    let soft = "advocacy.persuadable.0.stubbornness=0.4";
    assert_eq!(when(&[soft], &["adoption-by-the-hub"])[0], Some("2000-07".to_owned()));
    // Who is not tied to the hub does not hear of it.
    assert_eq!(when(&["network.layer.organisations.ties.2.strength=0"], &[])[1], None);
}

#[test]
fn the_narrower_the_win_set_the_less_is_agreed() {
    let agreed = |weight: f64| {
        let weight = format!("selectorate.group.0.weight={weight}");
        let run = Run::of("two-level", &[&weight], &[]);
        // Between 0.4 and 0.6 A prefers the modest treaty and yet lets B conclude the ambitious one.
        run.holds("A").min(run.holds("B"))
    };
    let treaties: Vec<Position> = (0..=20u8).map(|step| agreed(f64::from(step) / 20.0)).collect();
    assert!(treaties.is_sorted_by(|a, b| a >= b), "{treaties:?}");
    // P_0 = ω, P_1 = ω/2 + 0.4, P_2 = 0.6: ambitious while P_2 > P_1, modest while P_1 > P_0.
    assert_eq!([agreed(0.2), agreed(0.39), agreed(0.41)], [2, 2, 1]);
    assert_eq!([agreed(0.79), agreed(0.81), agreed(1.0)], [1, 0, 0]);
}

#[test]
fn foreign_and_domestic_pressure_stand_in_one_sheet() {
    use normwave_analysis::{Channel, TickLedger, TickState};
    let run = Run::of("two-level", &[], &[]);
    let state = TickState::at_decisions(&run.trajectory, run.plan.n_actors(), 0);
    let a = run.scenario.network.actor_id("A").unwrap();
    let sheet = TickLedger::new(&run.scenario, 0, &state).unwrap().sheet(a);
    let from = |channel: Channel, toward: Position| {
        let rows = sheet.rows.iter().filter(|row| row.channel == channel && row.toward == toward);
        rows.map(|row| row.pressure).sum::<f64>()
    };
    let near = |x: f64, y: f64| assert!((x - y).abs() < 1e-3, "{x}, not {y}");
    near(from(Channel::Domestic, 0), 0.7);
    near(from(Channel::Domestic, 1), 0.35);
    near(from(Channel::State, 1), 0.4);
    near(from(Channel::State, 2), 0.6);
}

#[test]
fn each_way_of_pressing_reaches_its_own_target() {
    let targets = |cut: &str| {
        let cut = format!("network.layer.{cut}.strength=0");
        all("ngo-targets", &["X", "Y", "Z"], &[&cut], &[])
    };
    assert_eq!(all("ngo-targets", &["X", "Y", "Z"], &[], &[]), [1, 1, 1]);
    assert_eq!(targets("lobby.ties.0"), [0, 1, 1], "the organisation on the government");
    assert_eq!(targets("campaign.ties.0"), [1, 0, 1], "the organisation on the public");
    assert_eq!(targets("campaign.ties.2"), [1, 1, 0], "the foreign government on business");
}

// Goddard and Nexon 2016: P_1 = 0.8 · 0.8 · c/(c + 1) against 0.2 + 0.64/(c + 1), which is 0.1 less
// from c = 2.76 on.
#[test]
fn a_public_presses_harder_the_better_it_is_organised() {
    let y = |strength: f64| {
        let strength = format!("network.layer.campaign.ties.0.strength={strength}");
        Run::of("ngo-targets", &[&strength], &[]).holds("Y")
    };
    assert_eq!([1.0, 2.6, 2.9, 9.0].map(y), [0, 0, 1, 1]);
}

#[test]
fn governments_move_when_their_event_comes_and_not_without_it() {
    let when = |without: &[&str]| {
        let run = Run::of("selectorate-shift", &[], without);
        ["VOTE", "SHOCK", "VETO"].map(|id| run.when(id).unwrap_or_default())
    };
    assert_eq!(when(&[]), ["2002", "2003", "2004"]);
    assert_eq!(when(&["election"]), ["", "2003", "2004"]);
    assert_eq!(when(&["opinion"]), ["2002", "", "2004"]);
    assert_eq!(when(&["veto"]), ["2002", "2003", "2000"]);
}

#[test]
fn an_election_moves_weights_a_shock_a_stance_and_a_threat_a_veto_and_nothing_else() {
    let with = Run::of("selectorate-shift", &[], &[]).scenario;
    let without = |event: &str| Run::of("selectorate-shift", &[], &[event]).scenario;
    let layers = |scenario: &Scenario| {
        scenario.network.layers().iter().map(|layer| format!("{layer:?}")).collect::<Vec<_>>()
    };
    let stances = |scenario: &Scenario| scenario.advocacy.scheduled.clone();
    let gains = |scenario: &Scenario| scenario.moderators.len();
    for (event, weights, stance, veto) in
        [("election", true, false, false), ("opinion", false, true, false), ("veto", false, false, true)]
    {
        let without = without(event);
        assert_eq!(layers(&with) != layers(&without), weights, "{event}: weights");
        assert_eq!(stances(&with) != stances(&without), stance, "{event}: stances");
        assert_eq!(gains(&with) != gains(&without), veto, "{event}: vetoes");
        assert_eq!(with.decision.thresholds, without.decision.thresholds);
        assert_eq!(with.advocacy.follows, without.advocacy.follows);
    }
}

#[test]
fn protest_spreads_among_those_who_see_themselves_in_each_other() {
    let run = Run::of("foreign-example", &[], &[]);
    let months = ["S1", "S2", "S3", "S4", "S5"].map(|id| run.when(id).unwrap_or_default());
    assert_eq!(months, ["2011-01", "2011-01", "2011-02", "2011-03", ""]);
    // A northern example moves nobody in the south.
    assert_eq!(all("foreign-example", &["S2", "N1"], &["first-adopters.0.who=N1"], &[]), [0, 1]);
    assert_eq!(all("foreign-example", &["N2", "S2"], &["first-adopters.0.who=N1"], &[]), [1, 0]);
}

#[test]
fn the_regime_stands_as_long_as_its_army_does() {
    let falls = |stubbornness: f64| {
        let set = format!("advocacy.persuadable.0.stubbornness={stubbornness}");
        Run::of("refusal", &[&set], &[]).when("FALLS")
    };
    // 0.6 s against 0.4 + 0.6 (1 − s): even at s = 5/6.
    assert_eq!(falls(0.84), None);
    assert_eq!(falls(0.82), Some("2011-02".to_owned()));
    assert_eq!(falls(0.0), Some("2011-02".to_owned()));
}

#[test]
fn a_global_campaign_moves_those_who_have_a_broker() {
    let states = |set: &[&str]| all("glocal", &["S1", "S2"], set, &[]);
    assert_eq!(states(&[]), [1, 0]);
    assert_eq!(states(&["network.layer.voices.ties.1.strength=0"]), [0, 0]);
    assert_eq!(states(&["network.layer.voices.ties.1.to=S2/public"]), [0, 1]);
    assert_eq!(states(&["network.layer.voices.ties.0.strength=0"]), [0, 0], "a broker without a campaign");
}
