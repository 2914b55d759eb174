//! Every registered intervention, in one small world: it moves what it says and nothing else, it
//! decides something while it lasts, and what it expands into is the same scenario.

use normwave_engine::engines;
use normwave_moderators::Pressure;
use normwave_network_model::{ActorId, Tick};
use normwave_plan::Position;
use normwave_pressure_factors::{Scope, SystemView};
use normwave_scenario::{
    Change, InMemory, Overrides, Registries, Scenario, Spanned, Toward, Who, expanded,
    intervention::Intervention, lower,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

// T decides; S, Q, ORG and NGO press it along `talks`, S and ORG for the norm, Q against it. Each
// of six factors presses with 1 + ¼·½ toward adoption and 2·½ toward the status quo; the public
// adds ¼ and the army 1/10, the organisation's word adds ½·½ (ρ = ½ at equal credibility). So
// B = 6·1.125 + 0.25 + 0.25 − 6 − 0.1 − cost = 1.15 − cost.
const WORLD: &str = r#"schema = 1
title = "one target"
period = { start = 2000-01-01, until = 2010-01-01, tick = "year" }
norm.applies = "T"
network.actor = [
    { id = "T" }, { id = "S" }, { id = "Q" }, { id = "ORG", kind = "igo" }, { id = "NGO", kind = "ngo" },
]
network.layer.talks.ties = [
    { from = "S", to = "T" }, { from = "Q", to = "T", strength = 2 }, { from = "ORG", to = "T", strength = 0.25 },
]
network.layer.word.ties = [{ from = "ORG", to = "T" }]
network.attribute = { capacity.default = 0, threat.default = 1, credibility.default = 1 }
advocacy.schedule = [
    { who = "S", position = 1, level = 1 }, { who = "Q", position = 0, level = 0.5 },
    { who = "ORG", position = 1, level = 0.5 },
]
selectorate.group = [
    { government = "T", role = "public", weight = 0.5, stance = [{ position = 1, level = 0.5 }] },
    { government = "T", role = "army", weight = 0.1, stance = [{ position = 0, level = 1 }] },
]
decision = { reversal = true, threshold = 0.0 }
factor.reputation = { type = "reputation", layer = "talks" }
factor.moral = { type = "reputation", layer = "talks" }
factor.status = { type = "reputation", layer = "talks" }
factor.learning = { type = "reputation", layer = "talks" }
factor.material-incentive = { type = "reputation", layer = "talks" }
factor.material-sanction = { type = "reputation", layer = "talks" }
factor.word = { type = "reputation", layer = "word", resource = "credibility" }
factor.domestic-advocacy = {}
moderator.capacity = { type = "regime", acts-on = "moral", attribute = "capacity", toward-new = { linear = { at-zero = 1, slope = 1 } } }
moderator.threat = { type = "regime", acts-on = "reputation", attribute = "threat", toward-status-quo = { linear = { at-zero = 0, slope = 1 } } }
"#;

/// What T faces without the event: B = −0.01 or +0.01.
#[derive(Clone, Copy)]
enum Balance {
    Short,
    Enough,
}
use Balance::{Enough, Short};

/// One intervention from the start of `from` to that of 2005.
struct Row {
    kind: &'static str,
    keys: &'static str,
    balance: Balance,
    more: &'static str,
    from: i16,
    /// All that it may move.
    moves: &'static [&'static str],
    /// What T holds at the end of 2001, 2002 and 2009: without the event, and with it.
    without: [Position; 3],
    with: [Position; 3],
}

// From 2002 on, T adopts; from 2005 on, it goes back.
const fn lifts(kind: &'static str, keys: &'static str, moves: &'static [&'static str]) -> Row {
    Row { kind, keys, balance: Short, more: "", from: 2002, moves, without: [0, 0, 0], with: [0, 1, 0] }
}

// From 2002 on, T goes back; from 2005 on, it adopts again.
const fn weighs(kind: &'static str, keys: &'static str, moves: &'static [&'static str]) -> Row {
    Row { balance: Enough, without: [1, 1, 1], with: [1, 0, 1], ..lifts(kind, keys, moves) }
}

const ON_OFFER_BY_EVENTS: &str =
    r#"norm.position = [{ name = "status quo" }, { name = "adopted", offered = [] }]"#;
const CAMPAIGN: &str =
    r#"event.campaign = { type = "shaming", date = 2001-01-01, half-life = 0.5, who = "T", from = "S" }"#;

#[rustfmt::skip]
static ROWS: [Row; 39] = [
    lifts("accession-offer", r#"who = "T", from = "S""#, &["gain status toward 1"]),
    lifts("benchmarks", "", &["gain moral toward 1", "gain status toward 0", "gain status toward 1"]),
    Row { more: ON_OFFER_BY_EVENTS, ..lifts("benchmarks", r#"who = "T", milestone = "adopted""#,
        &["gain moral toward 1", "gain status toward 0", "gain status toward 1", "offer"]) },
    lifts("capacity-building", r#"who = "T", raise = 0.5"#, &["attribute capacity"]),
    lifts("civic-education", r#"who = "T""#, &["gain domestic-advocacy toward 0", "gain domestic-advocacy toward 1"]),
    lifts("conditionality", r#"who = "T", from = "S""#, &["gain material-incentive toward 1"]),
    weighs("conditionality", r#"who = "T", from = "S", misuse = 1"#, &["gain sovereignty-cost toward 0"]),
    lifts("coordination", r#"regional = "ORG", global = "NGO""#, &["gain moral toward 1"]),
    lifts("coordination", r#"regional = "ORG", global = "NGO", spoilers = "Q""#,
        &["gain moral toward 0", "gain moral toward 1"]),
    lifts("early-warning", r#"members = ["T", "S"]"#, &["gain learning toward 0", "gain learning toward 1"]),
    lifts("election-observation", r#"who = "T""#, &["gain reputation toward 1"]),
    // What has been decided for on offer stays.
    Row { more: ON_OFFER_BY_EVENTS, balance: Enough, with: [0, 1, 1], ..lifts("entry-into-force", "", &["offer"]) },
    lifts("fact-finding", r#"by = "ORG""#, &["advocacy"]),
    // Without the money T goes back in 2005, with it in 2008.
    Row { more: CAMPAIGN, without: [1, 1, 0], with: [1, 1, 0], ..lifts("funding", r#"sustains = "campaign""#, &["gain reputation toward 1"]) },
    lifts("leadership-change", r#"weights = { "T/public" = 0.7, "T/army" = 0.05 }"#, &["layer domestic"]),
    lifts("mediation", r#"who = "T""#, &["attribute threat"]),
    lifts("monitoring", r#"who = "T""#, &["gain reputation toward 1"]),
    lifts("officials-network", r#"members = ["T", "S"], layer = "talks""#, &["layer talks"]),
    lifts("participation-templates", r#"who = "T", from = "S", fit = 0.5"#,
        &["gain learning toward 0", "gain learning toward 1"]),
    lifts("praise", r#"who = "T", from = "S""#, &["gain reputation toward 1"]),
    // A lower threshold is no reason to go back.
    Row { more: "decision.threshold = 0.05", balance: Enough, with: [0, 1, 1],
        ..lifts("private-diplomacy", r#"who = "T", ease = 0.05"#, &["threshold"]) },
    lifts("protection-of-defenders", r#"who = "T", groups = "T/public""#, &["gain domestic-advocacy toward 1"]),
    lifts("public-opinion-shock", r#"who = "T/public""#, &["advocacy"]),
    lifts("rapid-response", r#"who = "T", from = "S""#, &["gain reputation toward 1"]),
    lifts("recognition", r#"who = "T", from = "S", layer = "talks""#, &["layer talks"]),
    lifts("redress", r#"who = "T""#, &["gain domestic-advocacy toward 1"]),
    lifts("regional-conference", r#"members = ["T", "S"], layer = "talks""#, &["layer talks"]),
    lifts("regional-conference", r#"members = ["T", "ORG"], layer = "talks", inside = 1, meet = 1, outside = 1"#, &["layer talks"]),
    lifts("reservation", r#"who = "T""#, &["gain sovereignty-cost toward 0"]),
    lifts("sanctions", r#"who = "T", from = "S""#, &["gain material-sanction toward 1"]),
    weighs("scandal", r#"who = "ORG""#, &["attribute credibility"]),
    lifts("shaming", r#"who = "T", from = "S""#, &["gain reputation toward 1"]),
    weighs("shaming", r#"who = "T", from = "S", provokes = "sovereignty-cost", resistance = 4"#,
        &["gain reputation toward 1", "gain sovereignty-cost toward 0"]),
    lifts("social-media-campaign", r#"by = "NGO", layer = "talks""#, &["advocacy", "layer talks"]),
    weighs("spoiling", r#"by = "Q""#, &["advocacy"]),
    lifts("standards", "", &["gain moral toward 1"]),
    lifts("targeted-campaign", r#"who = "T", from = "S""#, &["gain reputation toward 1"]),
    lifts("targeted-campaign", r#"who = "T", from = "S", ease = 0.1"#, &["gain reputation toward 1", "threshold"]),
    // A threat that stands from the start, before T has moved.
    Row { from: 2000, with: [0, 0, 1], ..weighs("veto-threat", r#"who = "T", height = 1"#, &["threshold"]) },
];

impl Row {
    fn world(&self) -> String {
        let cost = match self.balance {
            Short => 1.16,
            Enough => 1.14,
        };
        let world = match self.more.split_once(" = ") {
            Some(("decision.threshold", theta)) => {
                WORLD.replace("threshold = 0.0", &format!("threshold = {theta}"))
            }
            _ => format!("{WORLD}{}\n", self.more),
        };
        format!("{world}factor.sovereignty-cost.kappa = {cost}\n")
    }

    fn event(&self) -> String {
        let Row { kind, keys, from, .. } = self;
        let comma = if keys.is_empty() { "" } else { "," };
        format!("event.e = {{ type = \"{kind}\", date = {from}-01-01, until = 2005-01-01{comma} {keys} }}\n")
    }

    fn read(&self) -> [Arc<Scenario>; 2] {
        [scenario(&self.world()), scenario(&(self.world() + &self.event()))]
    }
}

// What an event can move, at every tick.
fn parts(scenario: &Scenario) -> Vec<BTreeMap<String, String>> {
    let held = vec![0; scenario.network.actors().len()];
    let events: Vec<&str> = scenario.events.iter().map(|event| event.name.as_str()).collect();
    let of_tick = |tick: Tick| {
        let date = scenario.calendar.as_of(tick);
        let network = scenario.network_at(tick).unwrap();
        let norm = scenario.norm_state(tick, &held);
        let view = SystemView { network: &network, norm: &norm };
        let mut parts = BTreeMap::new();
        for layer in network_layers(scenario) {
            parts.insert(format!("layer {layer}"), format!("{:?}", network.ties_of(&layer).unwrap()));
        }
        for name in scenario.network.attribute_names() {
            let of = |idx| scenario.network.value(name, ActorId(idx), date);
            let values: Vec<_> = (0..u32::try_from(held.len()).unwrap()).map(of).collect();
            parts.insert(format!("attribute {name}"), format!("{values:?}"));
        }
        for (idx, factor) in scenario.factors.iter().enumerate() {
            parts.insert(format!("kappa {}", factor.name), format!("{:?}", factor.kappa.at(date)));
            let ties = match factor.mechanism.scope() {
                Scope::Ties { layer, .. } => Some(view.ties(layer)),
                Scope::Actors => None,
            };
            let n = ties.map_or(held.len(), <[_]>::len);
            for toward in 0..2 {
                let mut gains = vec![1.0_f64; n];
                let raw = gains.clone();
                let pressure = Pressure { factor: &factor.name, toward, ties, raw: &raw };
                for active in
                    scenario.moderators_of(idx).filter(|active| events.contains(&active.name.as_str()))
                {
                    active.moderator.moderate(&pressure, &view, &mut gains);
                }
                let turned = gains.iter().enumerate().filter(|(_, gain)| (*gain - 1.0).abs() > 1e-12);
                let turned: Vec<_> = turned.map(|(at, gain)| (ties.map(|ties| ties[at]), at, gain)).collect();
                parts.insert(format!("gain {} toward {toward}", factor.name), format!("{turned:?}"));
            }
        }
        let thresholds: Vec<_> = scenario.decision.thresholds.iter().map(|line| line.at(date)).collect();
        parts.insert("threshold".to_owned(), format!("{thresholds:?}"));
        let exits: Vec<_> = scenario.decision.exits.iter().map(|line| line.at(date)).collect();
        parts.insert("exit".to_owned(), format!("{exits:?}"));
        parts.insert("advocacy".to_owned(), format!("{:?}", norm.advocacy));
        let on = |offer: &&normwave_scenario::Offer| {
            offer.from <= date && offer.until.is_none_or(|end| date < end)
        };
        let offers: Vec<_> =
            scenario.norm.offers.iter().filter(on).map(|offer| (offer.position, &offer.to)).collect();
        parts.insert("offer".to_owned(), format!("{offers:?}"));
        parts.insert("position".to_owned(), format!("{:?}", scenario.adopters));
        parts.insert("forum".to_owned(), format!("{:?}", scenario.forums));
        parts.insert("follows".to_owned(), format!("{:?}", scenario.advocacy.follows));
        parts
    };
    (0..scenario.calendar.n_ticks()).map(of_tick).collect()
}

fn network_layers(scenario: &Scenario) -> Vec<String> {
    scenario.network.layers().iter().map(|layer| layer.name.clone()).collect()
}

fn moved(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> BTreeSet<String> {
    assert!(a.keys().eq(b.keys()), "the same parts");
    a.iter().filter(|(name, part)| b[*name] != **part).map(|(name, _)| name.clone()).collect()
}

#[track_caller]
fn read(text: &str, overrides: &Overrides) -> Arc<Scenario> {
    match Scenario::read("test.toml", text, &InMemory::default(), &Registries::default(), overrides) {
        Ok(scenario) => Arc::new(scenario),
        Err(error) => panic!("{error}\n{text}"),
    }
}

#[track_caller]
fn scenario(text: &str) -> Arc<Scenario> {
    read(text, &Overrides::default())
}

// At the end of each tick, on every engine alike.
fn held_by_t(scenario: &Arc<Scenario>) -> Vec<Position> {
    let plan = lower(scenario, None).unwrap();
    let on_each: Vec<_> = engines().iter().map(|engine| engine.prepare(&plan).run(1, 0)).collect();
    assert!(on_each.windows(2).all(|pair| pair[0] == pair[1]), "engines differ");
    let trajectory = &on_each[0];
    (1..=plan.n_ticks).map(|tick| trajectory.positions_before(plan.n_actors(), tick, 0)[0]).collect()
}

#[test]
fn every_registered_intervention_stands_in_the_table() {
    let registries = Registries::default();
    let tested: BTreeSet<&str> = ROWS.iter().map(|row| row.kind).collect();
    assert_eq!(registries.interventions.names().collect::<BTreeSet<_>>(), tested);
}

#[test]
fn each_moves_what_it_says_while_it_lasts_and_nothing_else() {
    for row in &ROWS {
        let [without, with] = row.read();
        let (before, after) = (parts(&without), parts(&with));
        let year = |tick: usize| 2000 + i16::try_from(tick).unwrap();
        let mut all = BTreeSet::new();
        for (tick, (a, b)) in before.iter().zip(&after).enumerate() {
            let moved = moved(a, b);
            let lasts = row.from <= year(tick) && (year(tick) < 2005 || row.kind == "funding");
            assert!(lasts || moved.is_empty(), "{} in {}: {moved:?}", row.kind, year(tick));
            all.extend(moved);
        }
        let said: BTreeSet<String> = row.moves.iter().map(|part| (*part).to_owned()).collect();
        assert_eq!(all, said, "{} {}", row.kind, row.keys);
    }
}

#[test]
fn each_decides_something_while_it_lasts() {
    for row in &ROWS {
        let [without, with] = row.read().map(|scenario| held_by_t(&scenario));
        let at = |held: &[Position]| [held[1], held[2], held[9]];
        assert_eq!(at(&without), row.without, "{} {}: without: {without:?}", row.kind, row.keys);
        assert_eq!(at(&with), row.with, "{} {}: with: {with:?}", row.kind, row.keys);
        assert_ne!(without, with, "{} {}", row.kind, row.keys);
    }
}

#[test]
fn what_it_expands_into_is_the_same_scenario() {
    for row in &ROWS {
        let [_, with] = row.read();
        let text = expanded(&with).unwrap();
        assert!(!text.contains("type ="), "{text}");
        let plain = row.world().replace(CAMPAIGN, "");
        // Tables come after the keys of the root.
        let again = scenario(&format!("{plain}\n{text}"));
        assert_eq!(parts(&with), parts(&again), "{text}");
        let [a, b] = [&with, &again].map(|scenario| format!("{:?}", lower(scenario, None).unwrap()));
        assert_eq!(a, b, "{text}");
        for (a, b) in with.events.iter().zip(&again.events) {
            assert_eq!(&normwave_scenario::Event { kind: None, ..a.clone() }, b, "{text}");
        }
        assert_eq!(
            expanded(&again).unwrap(),
            text.lines()
                .filter(|line| !line.starts_with('#'))
                .fold(String::new(), |text, line| text + line + "\n",)
        );
    }
}

// With half-life ¼ the gain of 2 on S's 1.0 adds 2^(−4n) in year n: above 0.01 for n = 0 and 1.
#[test]
fn what_shaming_adds_halves_and_halves_again() {
    let row = lifts("shaming", r#"who = "T", from = "S", half-life = 0.25"#, &[]);
    let text = row.world() + &row.event().replace(", until = 2005-01-01", "");
    assert_eq!(held_by_t(&scenario(&text)), [0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
    let lasting = text.replace("half-life = 0.25", "half-life = inf");
    assert_eq!(held_by_t(&scenario(&lasting)), [0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
}

// Half a year of half-life: 2⁻² in 2002. Three years of money at speed 0 move 2⁻⁴ from 2003 to
// 2006; at speed ½ the clock stands at 1 + 3/2 years in 2005, so that 2⁻⁵ is left.
#[test]
fn money_stops_the_clock_of_decay_and_does_not_turn_it_back() {
    let row = lifts("funding", r#"sustains = "campaign""#, &[]);
    let gain = |scenario: &Scenario, year: usize| {
        let tick = Tick::try_from(year - 2000).unwrap();
        let network = scenario.network_at(tick).unwrap();
        let norm = scenario.norm_state(tick, &vec![0; scenario.network.actors().len()]);
        let view = SystemView { network: &network, norm: &norm };
        let factor = scenario.factors.iter().position(|factor| factor.name == "reputation").unwrap();
        let ties = view.ties("talks");
        let mut gains = vec![1.0; ties.len()];
        let raw = gains.clone();
        let pressure = Pressure { factor: "reputation", toward: 1, ties: Some(ties), raw: &raw };
        let campaign = scenario.moderators_of(factor).find(|active| active.name == "campaign").unwrap();
        campaign.moderator.moderate(&pressure, &view, &mut gains);
        let of_s = ties.iter().position(|tie| tie.from == scenario.network.actor_id("S").unwrap()).unwrap();
        gains[of_s] - 1.0
    };
    let world = format!("{}{CAMPAIGN}\n", row.world());
    let [alone, funded, slowed] = [
        scenario(&world),
        scenario(&(world.clone() + &row.event())),
        scenario(&(world.clone() + &row.event().replace(" }", ", speed = 0.5 }"))),
    ];
    let near =
        |found: f64, exponent: f64| assert!((found - exponent.exp2()).abs() < 1e-12, "{found} {exponent}");
    for (year, exponent) in [(2001, 0.0), (2002, -2.0), (2003, -4.0), (2005, -8.0)] {
        near(gain(&alone, year), exponent);
    }
    for (year, exponent) in [(2002, -2.0), (2003, -2.0), (2004, -2.0), (2005, -2.0), (2006, -4.0)] {
        near(gain(&funded, year), exponent);
    }
    for (year, exponent) in [(2002, -2.0), (2003, -3.0), (2005, -5.0), (2006, -7.0)] {
        near(gain(&slowed, year), exponent);
    }
    let without = Overrides { without: vec!["campaign".to_owned()], ..Overrides::default() };
    let text = world + &row.event();
    assert_eq!(read(&text, &without).events.len(), 1);
}

// Those outside are the governments that do not attend: Q, and not the organisation.
#[test]
fn a_conference_raises_ties_inside_and_mutes_governments_outside() {
    let row = lifts("regional-conference", r#"members = ["T", "S"], layer = "talks", meet = 0.5"#, &[]);
    let [_, scenario] = row.read();
    let ties = |tick| {
        let view = scenario.network_at(tick).unwrap();
        let name = |id| scenario.network.actor(id).id.clone();
        let ties = view.ties_of("talks").unwrap().iter();
        ties.map(|tie| format!("{}-{} {}", name(tie.from), name(tie.to), tie.strength))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(ties(1), BTreeSet::from(["S-T 1", "Q-T 2", "ORG-T 0.25"].map(str::to_owned)));
    assert_eq!(ties(2), BTreeSet::from(["S-T 2.5", "T-S 0.5", "Q-T 1", "ORG-T 0.25"].map(str::to_owned)));
    assert_eq!(ties(5), ties(1));
}

// ---- An outsider's own.

/// A boycott: everybody holds back what would benefit a government.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Boycott {
    /// Who is boycotted.
    who: String,
}

impl Intervention for Boycott {
    fn changes(&self) -> Vec<Change> {
        let nowhere = 0..0;
        let who = Spanned::new(nowhere.clone(), Who::from(self.who.as_str()));
        let factors = Spanned::new(nowhere, "material-incentive".into());
        vec![Change::gain(&factors, 3.0).on(&who).toward(Toward::New)]
    }
}

#[test]
fn an_outsiders_intervention_runs_from_a_scenario_file() {
    let mut registries = Registries::default();
    registries.interventions.register::<Boycott>("boycott");
    let row = lifts("boycott", r#"who = "T""#, &[]);
    let read = |text: &str| {
        Scenario::read("test.toml", text, &InMemory::default(), &registries, &Overrides::default())
            .map_err(|error| error.to_string())
    };
    let text = row.world() + &row.event();
    assert_eq!(held_by_t(&Arc::new(read(&text).unwrap()))[1..6], [0, 1, 1, 1, 0]);
    // Without a place of its own, what is wrong is wrong with the type.
    let wrong = read(&text.replace("who = \"T\" }\n", "who = \"X\" }\n")).unwrap_err();
    assert!(wrong.contains("there is no actor `X`") && wrong.contains("\"boycott\""), "{wrong}");
}
