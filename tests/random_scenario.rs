//! Scenarios made at random: every factor, moderator, kind of layer, stance, forum and change.

use normwave_scenario::InMemory;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Random choices; when they run out, each further one is 0, the simplest.
#[derive(Clone, Debug)]
pub struct Tape {
    numbers: Vec<u32>,
    next: usize,
}

impl Tape {
    /// A tape of these choices.
    #[must_use]
    pub fn new(numbers: Vec<u32>) -> Self {
        Tape { numbers, next: 0 }
    }

    fn next(&mut self) -> u32 {
        self.next += 1;
        self.numbers.get(self.next - 1).copied().unwrap_or(0)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        self.next() % n
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.next() % 100 >= 100 - percent
    }

    /// One of some things.
    pub fn of<'t, T: ?Sized>(&mut self, things: &[&'t T]) -> &'t T {
        things[self.below(u32::try_from(things.len()).unwrap_or(1)) as usize]
    }

    /// A number from 0 to about `most`: a round one, or one with no short fraction.
    pub fn number(&mut self, most: f64) -> f64 {
        let x = self.next();
        if x.is_multiple_of(3) { f64::from(x % 97) / 96.7 * most } else { f64::from(x % 21) / 20.0 * most }
    }
}

/// What a random scenario may have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Features {
    /// Noise in decisions.
    pub noise: bool,
    /// Numbers that are whole multiples of 1/64 and no derived layers, programs or halving, so
    /// that every sum is exact.
    pub exact: bool,
    /// Governments decide one after the other.
    pub sequential: bool,
}

/// A scenario made at random, as the tree of its file.
#[derive(Clone)]
pub struct RandomScenario {
    /// The keys of the file.
    pub file: Value,
    /// The tables that it names.
    pub tables: InMemory,
}

// As its text, which can be copied into a file.
impl std::fmt::Debug for RandomScenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "\n{}", self.text())?;
        self.tables.0.iter().try_for_each(|(name, text)| writeln!(f, "--- {name}\n{text}"))
    }
}

impl RandomScenario {
    /// The file's text.
    ///
    /// # Panics
    /// Never: the tree has no nulls.
    #[must_use]
    pub fn text(&self) -> String {
        toml::to_string(&self.file).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Names of its events.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        self.file["event"].as_object().map_or_else(Vec::new, |events| events.keys().cloned().collect())
    }
}

/// A scenario with the features, from a tape of choices.
pub fn any_scenario(features: Features) -> impl Strategy<Value = RandomScenario> {
    let tapes = prop::collection::vec(0u32..100_000, 0..900);
    tapes.prop_map(move |numbers| Maker { tape: Tape::new(numbers), features, k: 2, n: 3 }.make())
}

const MONTHS: [&str; 8] = [
    "1990-01-01",
    "1990-05-15",
    "1990-11-30",
    "1991-04-01",
    "1991-08-19",
    "1992-02-29",
    "1992-07-01",
    "1992-12-31",
];

const SHAPED_BY_STATE: [&str; 4] = ["regime", "security-environment", "selectorate-salience", "stickiness"];

// The first are exact where all numbers are.
const FACTORS: [&str; 16] = [
    "emulation",
    "moral",
    "status",
    "reputation",
    "material-incentive",
    "sovereignty-cost",
    "security-utility",
    "domestic-advocacy",
    "competition",
    "capacity-support",
    "implicit-conditionality",
    "rising-power",
    "material-sanction",
    "naming-and-praising",
    "learning",
    "backlash",
];
const EXACT_FACTORS: [&str; 12] = first(&FACTORS);

const MODERATORS: [&str; 20] = [
    "legitimacy",
    "stickiness",
    "regime",
    "security-environment",
    "selectorate-salience",
    "cultural-homophily",
    "institutional-homophily",
    "forum",
    "aid-dependence",
    "capacity",
    "bureaucratic-friction",
    "strategic-complementarity",
    "information",
    "proximity",
    "multivocal-brokerage",
    "credibility",
    "fit",
    "structural-equivalence",
    "grafting",
    "veto",
];
const EXACT_MODERATORS: [&str; 17] = first(&MODERATORS);

const fn first<const N: usize, const M: usize>(of: &[&'static str; M]) -> [&'static str; N] {
    let mut some = [""; N];
    let mut i = 0;
    while i < N {
        some[i] = of[i];
        i += 1;
    }
    some
}

// Of factors, those that can weigh by a resource; of moderators, those that need senders.
const RESOURCED: [&str; 4] = ["status", "reputation", "material-incentive", "rising-power"];
const DYADIC: [&str; 7] = [
    "forum",
    "cultural-homophily",
    "institutional-homophily",
    "proximity",
    "multivocal-brokerage",
    "credibility",
    "structural-equivalence",
];

// By its name, which holds its type.
fn has_senders(factor: &str) -> bool {
    !["sovereignty", "security", "learning", "backlash"].iter().any(|internal| factor.contains(internal))
}

struct Maker {
    tape: Tape,
    features: Features,
    // K, and the number of governments.
    k: u32,
    n: u32,
}

impl Maker {
    fn make(mut self) -> RandomScenario {
        self.k = 2 + self.tape.below(3);
        self.n = 3 + self.tape.below(5);
        let mut file = json!({
            "schema": 1,
            "title": "random",
            "period": { "start": "1990-01-01", "until": "1993-01-01", "tick": self.tape.of(&["quarter", "month", "year"]) },
        });
        file["network"] = self.network();
        file["norm"] = self.norm();
        if self.tape.chance(30) {
            file["forum"] = self.forums();
        }
        file["advocacy"] = self.advocacy();
        file["selectorate"] = self.selectorate();
        file["factor"] = self.factors();
        let factors: Vec<String> = keys(&file["factor"]);
        file["moderator"] = self.moderators(&factors, file.get("forum").is_some());
        file["decision"] = self.decision();
        file["first-adopters"] = self.adopters();
        file["event"] = self.events(&factors);
        RandomScenario { tables: self.tables(), file }
    }

    fn number(&mut self, most: f64) -> f64 {
        let x = self.tape.number(most);
        if self.features.exact { (x * 64.0).round() / 64.0 } else { x }
    }

    fn government(&mut self) -> String {
        format!("G{}", self.tape.below(self.n))
    }

    fn sender(&mut self) -> String {
        match self.tape.below(5) {
            0 => "NGO".to_owned(),
            1 => "IGO".to_owned(),
            _ => self.government(),
        }
    }

    fn who(&mut self) -> Value {
        match self.tape.below(5) {
            0 => json!("all"),
            1 => json!({ "member": { "affiliation": "club", "organisation": "EU" } }),
            2 => json!({ "where": { "region": "north" } }),
            _ => {
                let (a, b) = (self.government(), self.government());
                if a == b { json!(a) } else { json!([a, b]) }
            }
        }
    }

    fn position(&mut self) -> Value {
        json!(self.tape.below(self.k))
    }

    fn new_position(&mut self) -> Value {
        json!(1 + self.tape.below(self.k - 1))
    }

    fn network(&mut self) -> Value {
        let mut actors = Vec::new();
        for i in 0..self.n {
            let mut actor = json!({ "id": format!("G{i}") });
            if i == 1 && self.tape.chance(40) {
                actor["until"] = json!(self.tape.of(&MONTHS[2..]));
            }
            if i == 2 && self.tape.chance(50) {
                actor["from"] = json!(self.tape.of(&MONTHS[2..]));
                if self.tape.chance(60) {
                    actor["predecessor"] = json!(self.tape.of(&["G0", "G1"]));
                }
            }
            actors.push(actor);
        }
        actors.push(json!({ "id": "NGO", "kind": "ngo" }));
        actors.push(json!({ "id": "IGO", "kind": "igo" }));
        let mut network = json!({ "actor": actors });
        for (name, most) in [("power", 9.0), ("threat", 2.0), ("regime", 1.0), ("own", 1.0)] {
            let mut values = Map::new();
            for i in 0..self.n {
                values.insert(format!("G{i}"), json!(self.number(most)));
            }
            network["attribute"][name] = json!({ "values": values, "default": 0.5 });
        }
        let region = |i| (format!("G{i}"), json!(if i % 2 == 0 { "north" } else { "south" }));
        network["attribute"]["region"] = json!({ "values": (0..self.n).map(region).collect::<Map<_, _>>() });
        network["attribute"]["candidate"] = json!({ "values": { "G0": 1, "G2": 1 } });
        network["affiliation"]["club"] = json!({ "file": "club.csv" });
        network["layer"]["ties"] = json!({ "file": "ties.csv" });
        network["layer"]["inline"] = json!({ "ties": self.ties(), "undirected": false });
        network["layer"]["voices"] = json!({ "ties": self.voices() });
        if !self.features.exact {
            let weighting = self.tape.below(3);
            let weighting =
                [json!("count"), json!("size-discounted"), json!({ "thresholded": { "at-least": 1 } })]
                    [weighting as usize]
                    .clone();
            network["layer"]["shared"] =
                json!({ "projection": { "affiliation": "club", "weighting": weighting } });
            network["layer"]["alike"] = json!({ "homophily": { "regime": 0.4, "region": 1.0 } });
            network["layer"]["equal"] = json!({ "equivalence": "ties" });
            network["layer"]["visibility"] =
                json!({ "visibility": { "base": self.number(0.3), "raise": 1.0, "contact": "ties" } });
        }
        network
    }

    fn ties(&mut self) -> Vec<Value> {
        let mut ties = Vec::new();
        for to in 0..self.n {
            for from in ["G0", "G1", "G2", "NGO", "IGO"] {
                if from != format!("G{to}") && self.tape.chance(45) {
                    ties.push(json!({ "from": from, "to": format!("G{to}"), "strength": self.number(1.5) }));
                }
            }
        }
        ties
    }

    // Ties of persuasion, which reach organisations and groups, too.
    fn voices(&mut self) -> Vec<Value> {
        let all = ["G0", "G1", "G2", "NGO", "IGO", "G0/military", "G0/public"];
        let mut ties = Vec::new();
        for to in all {
            for from in all {
                if from != to && self.tape.chance(30) {
                    ties.push(json!({ "from": from, "to": to, "strength": self.number(1.5) }));
                }
            }
        }
        ties
    }

    fn tables(&mut self) -> InMemory {
        let mut ties = "from,to,strength,start,end\n".to_owned();
        for from in 0..self.n {
            for to in (0..self.n).filter(|to| *to != from) {
                match self.tape.below(4) {
                    0 => {}
                    1 => ties += &format!("G{from},G{to},{},1990-08-08,1992-02\n", self.number(2.0)),
                    2 => {
                        ties += &format!(
                            "G{from},G{to},{},,1991\nG{from},G{to},0.5,1991-06-01,\n",
                            self.number(2.0)
                        )
                    }
                    _ => ties += &format!("G{from},G{to},{},,\n", self.number(2.0)),
                }
            }
        }
        let mut club = "actor,organisation,from,until\nG0,EU,,\nG0,UN,,\nG1,UN,,\n".to_owned();
        for i in 1..self.n {
            match self.tape.below(4) {
                0 => club += &format!("G{i},EU,1991-03-01,\n"),
                1 => club += &format!("G{i},EU,,1992-01-01\nG{i},NAM,,\n"),
                2 => club += &format!("G{i},NAM,1990-09-01,1991-09-01\n"),
                _ => {}
            }
        }
        InMemory(vec![("ties.csv".to_owned(), ties), ("club.csv".to_owned(), club)])
    }

    fn norm(&mut self) -> Value {
        let mut positions = vec![json!({ "name": "status quo" })];
        for k in 1..self.k {
            let mut position = json!({ "name": format!("version {k}") });
            if self.tape.chance(30) {
                position["bindingness"] = json!(self.number(1.0).min(1.0));
            }
            match self.tape.below(5) {
                1 => position["offered"] = json!([]),
                2 => position["offered"] = json!([{ "from": "1990-10-10", "to": self.who() }]),
                3 => position["opens"] = json!("1991-12-03"),
                _ => {}
            }
            if self.tape.chance(30) {
                position["threshold"] = json!(self.number(1.0));
            }
            positions.push(position);
        }
        let mut norm = json!({ "position": positions });
        match self.tape.below(3) {
            0 => norm["versions"] = json!("rival"),
            1 => norm["versions"] = json!("graded"),
            _ => {
                let mut rows = Vec::new();
                for m in 0..self.k {
                    let mut row = Vec::new();
                    for k in 0..self.k {
                        row.push(if m == k { 1.0 } else { self.number(1.0).min(1.0) });
                    }
                    rows.push(row);
                }
                norm["versions"] = json!({ "support": rows });
            }
        }
        if self.tape.chance(20) {
            norm["applies"] = json!({ "kind": "government", "except": ["G1"] });
        }
        norm
    }

    fn forums(&mut self) -> Value {
        let mut talks = json!({
            "members": self.who(),
            "rule": self.tape.of(&["consensus", "majority", "coalition"]),
            "public": self.tape.chance(60),
            "one-vote": self.tape.chance(50),
        });
        if self.tape.chance(70) {
            talks["offers"] = self.new_position();
        }
        if self.tape.chance(50) {
            talks["from"] = json!("1990-04-20");
            talks["until"] = json!("1992-04-20");
        }
        json!({ "talks": talks })
    }

    fn vigour(&mut self) -> Value {
        let mut vigour = Vec::new();
        for _ in 0..self.k {
            vigour.push(self.number(1.0).min(1.0));
        }
        json!(vigour)
    }

    fn advocacy(&mut self) -> Value {
        let mut rules =
            vec![json!({ "who": "NGO", "follows": { "actor": self.government() }, "vigour": self.vigour() })];
        let members = json!({ "member": { "affiliation": "club", "organisation": "UN" } });
        rules.push(json!({ "who": "IGO", "follows": { "members": members }, "vigour": self.vigour() }));
        if self.tape.chance(30) {
            rules.push(json!({ "who": self.government(), "follows": self.tape.of(&["self", "nobody"]) }));
        }
        let mut schedule = Vec::new();
        for _ in 0..self.tape.below(3) {
            let mut stance = json!({ "who": self.sender(), "position": self.position() });
            if self.tape.chance(50) {
                stance["level"] = json!(self.number(1.0).min(1.0));
            }
            stance["steps"] =
                json!([["1990-12-01", self.number(1.0).min(1.0)], ["1992-03-09", self.number(1.0).min(1.0)]]);
            schedule.push(stance);
        }
        let mut advocacy = json!({ "rule": rules, "schedule": schedule });
        if self.tape.chance(50) {
            advocacy["persuadable"] = self.persuadable();
        }
        if self.tape.chance(50) {
            advocacy["vigour"] = self.vigour();
        }
        advocacy
    }

    // Organisations, governments and groups, over any layer.
    fn persuadable(&mut self) -> Value {
        let mut persuadable = Vec::new();
        for _ in 0..1 + self.tape.below(4) {
            let who = match self.tape.below(4) {
                0 => json!("NGO"),
                1 => json!(["G0/military", "IGO"]),
                2 => self.who(),
                _ => json!({ "kind": "domestic-group" }),
            };
            let layer = if self.tape.chance(70) { "voices" } else { self.layer() };
            let mut one = json!({ "who": who, "layer": layer });
            one["stubbornness"] = if self.tape.chance(20) && who == json!("all") {
                json!({ "own": 0.0625 })
            } else {
                json!(self.number(1.0).min(1.0))
            };
            if self.tape.chance(40) {
                one["self-weight"] = json!(self.number(2.0));
            }
            persuadable.push(one);
        }
        json!(persuadable)
    }

    // Weights of at most 0.4 each, so that events can raise them.
    fn selectorate(&mut self) -> Value {
        let mut groups = Vec::new();
        for role in ["military", "public"] {
            let stance =
                json!([{ "position": self.position(), "level": self.number(1.0).min(1.0), "until": "1992" }]);
            let weight = self.number(0.4).min(0.4);
            let blocked = self.tape.chance(15);
            groups.push(
                json!({ "government": "G0", "role": role, "weight": weight, "stance": stance, "blocked": blocked }),
            );
        }
        let stance = json!([{ "position": self.position(), "level": 0.75, "from": "1991" }]);
        let shape = json!({ "linear": { "at-zero": 0.0, "slope": 0.25 } });
        let rubric = json!({ "public": { "attribute": "regime", "weight": shape, "stance": stance } });
        json!({ "group": groups, "rubric": rubric })
    }

    fn layer(&mut self) -> &'static str {
        let all = ["ties", "inline", "shared", "alike", "equal", "visibility"];
        if self.features.exact { self.tape.of(&all[..2]) } else { self.tape.of(&all) }
    }

    // A layer of stored ties, whose numbers are exact where all must be.
    fn stored(&mut self) -> &'static str {
        self.tape.of(&["ties", "inline"])
    }

    fn factors(&mut self) -> Value {
        let mut factors = Map::new();
        for no in 0..1 + self.tape.below(5) {
            let mut kind =
                if self.features.exact { self.tape.of(&EXACT_FACTORS) } else { self.tape.of(&FACTORS) };
            let provokers: Vec<&String> = factors.keys().filter(|name| !name.contains("backlash")).collect();
            if kind == "backlash" && provokers.is_empty() {
                kind = "moral";
            }
            let mut factor = json!({ "type": kind, "kappa": self.number(2.0) });
            match kind {
                "sovereignty-cost" | "security-utility" => {
                    factor["base"] = json!(self.number(1.0));
                    if self.tape.chance(60) {
                        factor["attributes"] = json!({ "own": self.number(1.0), "regime": -0.5 });
                    }
                }
                "domestic-advocacy" => {}
                "learning" => {
                    factor["layer"] = json!(self.layer());
                    factor["outcome"] = json!("regime");
                    factor["prior-strength"] = json!(0.5 + self.number(2.0));
                }
                "backlash" => {
                    let provoked_by = self.tape.below(u32::try_from(provokers.len()).unwrap_or(1)) as usize;
                    factor["against"] = json!([provokers[provoked_by]]);
                    factor["tolerance"] =
                        if self.tape.chance(50) { json!("own") } else { json!(self.number(1.0)) };
                    if self.tape.chance(50) {
                        factor["sensitivity"] = json!("regime");
                    }
                }
                _ => {
                    match kind {
                        "material-sanction" => factor["capability"] = json!("power"),
                        "competition" => factor["market-exposure"] = json!("own"),
                        "capacity-support" => factor["capacity"] = json!("regime"),
                        "implicit-conditionality" => factor["dependence"] = json!("own"),
                        "rising-power" => factor["growth"] = json!("threat"),
                        "naming-and-praising" => factor["audience"] = json!(self.stored()),
                        _ => {}
                    }
                    factor["layer"] = json!(self.layer());
                    if self.tape.chance(40) {
                        factor["exposure"] = json!("mean");
                    }
                    if RESOURCED.contains(&kind) && self.tape.chance(50) && !self.features.exact {
                        factor["resource"] = json!("power");
                    }
                    if kind == "status" && self.tape.chance(50) {
                        factor["club"] =
                            json!({ "affiliation": "club", "organisation": "EU", "candidate": "candidate" });
                    }
                }
            }
            if self.features.exact {
                factor["exposure"] = json!("sum");
                if !kind.contains('-') || kind == "material-incentive" {
                    factor["exposure"] = json!("sum");
                } else {
                    factor.as_object_mut().map(|factor| factor.remove("exposure"));
                }
            }
            factors.insert(format!("f{no}-{kind}"), factor);
        }
        Value::Object(factors)
    }

    fn shape(&mut self) -> Value {
        match self.tape.below(if self.features.exact { 1 } else { 5 }) {
            1 => json!({ "linear": { "at-zero": self.number(1.0), "slope": self.number(2.0) } }),
            2 => json!({ "power": { "scale": self.number(2.0), "exponent": 2.0 } }),
            3 => {
                json!({ "logistic": { "low": 0.0, "high": self.number(3.0), "midpoint": 0.4, "steepness": 9.0 } })
            }
            4 => json!({ "table": [[0.0, 1.0], [0.5, self.number(2.0)], [1.0, 0.25]] }),
            _ => json!((self.number(2.0) * 4.0).round() / 4.0),
        }
    }

    fn moderators(&mut self, factors: &[String], forum: bool) -> Value {
        let mut moderators = Map::new();
        for no in 0..self.tape.below(5) {
            let kind =
                if self.features.exact { self.tape.of(&EXACT_MODERATORS) } else { self.tape.of(&MODERATORS) };
            let domestic = |name: &&String| name.contains("domestic");
            let fits = |name: &&String| match kind {
                "selectorate-salience" => !domestic(name),
                _ if DYADIC.contains(&kind) => has_senders(name),
                _ => true,
            };
            let acts_on: Vec<&String> = factors.iter().filter(fits).collect();
            if acts_on.is_empty() || (kind == "forum" && !forum) {
                continue;
            }
            let first = self.tape.below(u32::try_from(acts_on.len()).unwrap_or(1)) as usize;
            let mut moderator = json!({ "type": kind, "acts-on": acts_on[first..] });
            if kind == "veto" {
                moderator["level"] = json!(self.number(1.0).min(1.0));
            } else if kind == "grafting" {
                moderator["toward-status-quo"] = self.shape();
            } else if self.tape.chance(80) || !SHAPED_BY_STATE.contains(&kind) {
                moderator["toward-new"] = self.shape();
                moderator["toward-status-quo"] = self.shape();
            }
            match kind {
                "legitimacy" if self.tape.chance(50) => moderator["weight"] = json!("power"),
                "stickiness" => moderator["embeddedness"] = json!(self.number(1.0).min(1.0)),
                "regime" => moderator["attribute"] = json!("regime"),
                "security-environment" => moderator["threat"] = json!({ "threat": 0.5, "own": 0.25 }),
                "selectorate-salience" => moderator["salience"] = json!({ "military": self.number(2.0) }),
                "cultural-homophily" | "institutional-homophily" => {
                    moderator["attributes"] = json!({ "region": 1.0, "regime": 0.5 });
                }
                "forum" => moderator["forum"] = json!("talks"),
                "aid-dependence" | "capacity" | "bureaucratic-friction" => {
                    moderator["attribute"] = json!("own");
                }
                "strategic-complementarity" | "information" | "proximity" => {
                    moderator["layer"] = json!(self.stored());
                }
                "structural-equivalence" => moderator["layer"] = json!("equal"),
                "multivocal-brokerage" => {
                    moderator["culture"] = json!("region");
                    moderator["layer"] = json!(self.stored());
                }
                "credibility" => {
                    moderator["enforcement"] = json!("regime");
                    moderator["selectivity"] = json!("own");
                }
                "fit" => moderator["template"] = json!({ "regime": { "value": 0.5, "scale": 0.5 } }),
                "grafting" => moderator["boost"] = json!(self.number(2.0)),
                "veto" => moderator["role"] = json!(self.tape.of(&["military", "public"])),
                _ => {}
            }
            moderators.insert(format!("m{no}-{kind}"), moderator);
        }
        Value::Object(moderators)
    }

    fn decision(&mut self) -> Value {
        let mut decision = json!({ "rule": self.tape.of(&["strict", "at-least"]) });
        if self.features.noise {
            decision = json!({
                "rule": "noisy",
                "rate": 1.0 + self.number(6.0),
                "temperature": 0.25 + self.number(1.0),
                "noise": self.tape.of(&["persistent", "fresh"]),
            });
        }
        decision["threshold"] = match self.tape.below(3) {
            0 => json!(0),
            1 => json!(self.number(1.0)),
            _ => json!({ "regime": 0.5 }),
        };
        decision["reversal"] = json!(self.tape.chance(50));
        decision["exit"] = json!(self.number(0.5));
        if self.features.sequential {
            decision["schedule"] = json!(self.tape.of(&["random-sequential", "continuous"]));
        }
        decision
    }

    fn adopters(&mut self) -> Value {
        let mut adopters = vec![json!({ "who": "G0", "position": self.new_position() })];
        if self.tape.chance(40) {
            adopters.push(json!({ "who": { "where": { "region": "north" } }, "date": "1991-05-05" }));
        }
        json!(adopters)
    }

    fn turn(&mut self, change: &mut Value, decays: bool) {
        match self.tape.below(if decays { 2 } else { 3 }) {
            0 => change["add"] = json!(self.number(1.0)),
            1 => change["multiply"] = json!(self.number(2.0)),
            _ => change["set"] = json!(self.number(1.5)),
        }
    }

    fn events(&mut self, factors: &[String]) -> Value {
        let mut events = Map::new();
        for no in 0..self.tape.below(4) {
            let date = self.tape.of(&MONTHS);
            let mut event = json!({ "date": date });
            let lasting = self.tape.below(3);
            if lasting == 1 {
                event["until"] = json!("1994-02-03");
            }
            let decays = lasting == 2 && !self.features.exact;
            if decays {
                event["half-life"] = json!(0.7);
            }
            let mut changes = Vec::new();
            for _ in 0..1 + self.tape.below(2) {
                changes.push(self.change(factors, decays));
            }
            event["change"] = json!(changes);
            events.insert(format!("e{no}"), event);
        }
        Value::Object(events)
    }

    fn change(&mut self, factors: &[String], decays: bool) -> Value {
        let factor = &factors[self.tape.below(u32::try_from(factors.len()).unwrap_or(1)) as usize];
        let sent = has_senders(factor);
        let kind = self.tape.below(if decays { 7 } else { 10 });
        let mut change = match kind {
            0 => json!({ "kappa": factor }),
            1 => json!({ "attribute": self.tape.of(&["power", "regime", "own"]), "who": self.who() }),
            2 => json!({ "layer": "ties", "who": self.who(), "from": self.government() }),
            3 => json!({ "threshold": true, "who": self.who() }),
            4 => {
                let mut change = json!({ "gain": factor, "multiply": self.number(2.0) });
                if self.tape.chance(50) {
                    change["toward"] = json!(self.tape.of(&["new", "status-quo"]));
                }
                if self.tape.chance(50) {
                    change["who"] = self.who();
                }
                if sent && self.tape.chance(50) {
                    change["from"] = json!([self.government(), "NGO"]);
                }
                return change;
            }
            5 => {
                return json!({ "advocacy": self.position(), "who": self.sender(), "set": self.number(1.0).min(1.0) });
            }
            6 => return json!({ "weight": "G0/military", "multiply": self.number(1.2).min(1.2) }),
            8 => return json!({ "blocked": self.tape.of(&["G0/military", "G0/public"]) }),
            7 => return json!({ "offer": self.new_position(), "who": self.who() }),
            _ => {
                // G1 may die, and G2 may be unborn.
                let who = if self.n > 3 {
                    format!("G{}", 3 + self.tape.below(self.n - 3))
                } else {
                    "G0".to_owned()
                };
                return json!({ "position": self.position(), "who": who });
            }
        };
        if kind == 1 {
            // Attributes keep within bounds that thresholds and rubrics can bear.
            change["multiply"] = json!(self.number(1.5));
        } else {
            self.turn(&mut change, decays);
        }
        change
    }
}

fn keys(value: &Value) -> Vec<String> {
    value.as_object().map_or_else(Vec::new, |map| map.keys().cloned().collect())
}
