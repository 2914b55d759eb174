//! Mistakes in data: what a user reads when actors, attributes, dates, weights or tables are wrong.

use normwave_scenario::{Files, InMemory, Overrides, Registries, Scenario, text_of};
use std::io::{Error, ErrorKind};

const BASE: &str = r#"schema = 1
title = "t"
period = { start = 1997-01-01, until = 1998-01-01, tick = "month" }

[network]
actor = [{ id = "USA" }, { id = "GBR" }, { id = "ICBL", kind = "ngo" }]
layer.ties.ties = [{ from = "USA", to = "GBR" }]

[factor.example]
type = "emulation"
layer = "ties"
"#;

fn read_with(text: &str, files: &dyn Files) -> Result<Scenario, String> {
    Scenario::read("ban.toml", text, files, &Registries::default(), &Overrides::default())
        .map_err(|error| error.to_string())
}

fn in_memory(tables: &[(&str, &str)]) -> InMemory {
    InMemory(tables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

#[track_caller]
fn same(found: Result<Scenario, String>, message: &str) {
    let found = found.expect_err("this is wrong");
    assert_eq!(found, message, "\n--- found\n{found}\n--- expected\n{message}");
}

#[track_caller]
fn base_and(more: &str, message: &str) {
    same(read_with(&format!("{BASE}{more}"), &in_memory(&[])), message);
}

#[track_caller]
fn base_with(old: &str, new: &str, message: &str) {
    assert!(BASE.contains(old), "{old}");
    same(read_with(&BASE.replace(old, new), &in_memory(&[])), message);
}

// The ties of the base from a table.
fn with_ties(csv: &str) -> Result<Scenario, String> {
    let text = BASE
        .replace("layer.ties.ties = [{ from = \"USA\", to = \"GBR\" }]", "layer.ties.file = \"ties.csv\"");
    read_with(&text, &in_memory(&[("ties.csv", csv)]))
}

#[track_caller]
fn ties_say(csv: &str, message: &str) {
    same(with_ties(csv), message);
}

// Keys of [network], with tables.
#[track_caller]
fn network_says(keys: &str, tables: &[(&str, &str)], message: &str) {
    let text = BASE.replace("\n[factor.example]", &format!("{keys}\n\n[factor.example]"));
    same(read_with(&text, &in_memory(tables)), message);
}

fn strength(scenario: &Scenario) -> f64 {
    scenario.network_at(0).unwrap().ties_of("ties").unwrap()[0].strength
}

// ---- Actors.

#[test]
fn an_actor_that_a_table_names_twice() {
    network_says(
        "actors = [\"new.csv\"]",
        &[("new.csv", "id,name\nFRA,France\nNOR,Norway\nFRA,Frankreich\n")],
        "new.csv:4: actor `FRA` is named twice: also by new.csv:2\n  \
         4 | FRA,Frankreich\n    | ^^^\n\
         Keep one of the two, or give one another id.",
    );
}

#[test]
fn an_actor_that_two_tables_name() {
    network_says(
        "actors = [\"old.csv\", \"new.csv\"]",
        &[("old.csv", "id\nFRA\n"), ("new.csv", "id\nNOR\nFRA\n")],
        "new.csv:3: actor `FRA` is named twice: also by old.csv:2\n  \
         3 | FRA\n    | ^^^\n\
         Keep one of the two, or give one another id.",
    );
}

#[test]
fn an_actor_that_the_file_names_twice() {
    base_with(
        "actor = [",
        "actor = [{ id = \"GBR\" },\n",
        "ban.toml:7: [[network.actor]]: actor `GBR` is named twice: also by ban.toml:6\n  \
         7 | { id = \"USA\" }, { id = \"GBR\" }, { id = \"ICBL\", kind = \"ngo\" }]\n    |                        ^^^^^\n\
         Keep one of the two, or give one another id.",
    );
}

#[test]
fn an_actor_that_file_and_generator_name() {
    base_with(
        "actor = [",
        "generate.complete = { actors = 3 }\nactor = [{ id = \"A2\" }, ",
        "ban.toml:7: [[network.actor]]: actor `A2` is named twice: also by the generator\n  \
         7 | actor = [{ id = \"A2\" }, { id = \"USA\" }, { id = \"GBR\" }, { id = \"ICBL\", kind = \"ngo\" }]\n    \
         |                 ^^^^\n\
         Keep one of the two, or give one another id.",
    );
}

#[test]
fn ids_that_are_none() {
    let remedy = "Ids are short and plain, as `GBR`; put what people read into `name`.";
    base_with(
        "id = \"USA\"",
        "id = \"\"",
        &format!(
            "ban.toml:6: [[network.actor]]: this is no id: it is empty\n  \
             6 | actor = [{{ id = \"\" }}, {{ id = \"GBR\" }}, {{ id = \"ICBL\", kind = \"ngo\" }}]\n    \
             |                 ^^\n{remedy}"
        ),
    );
    network_says(
        "actors = [\"new.csv\"]",
        &[("new.csv", "id\nall\n")],
        &format!(
            "new.csv:2: `all` means every government, so that no actor can be called so\n  \
             2 | all\n    | ^^^\n{remedy}"
        ),
    );
}

#[test]
fn a_billion_actors() {
    base_with(
        "actor = [",
        "generate.complete = { actors = 1_000_000_000 }\nactor = [",
        "ban.toml:6: [network] generate: 1000000000 actors; at most 10000000 are possible\n  \
         6 | generate.complete = { actors = 1_000_000_000 }\n    | ^^^^^^^^\n\
         Give fewer actors or ties.",
    );
    base_with(
        "actor = [",
        "generate.island-chain = { islands = 4_000_000_000, size = 4_000_000_000, bridge = 1 }\nactor = [",
        "ban.toml:6: [network] generate: 16000000000000000000 actors; at most 10000000 are possible\n  \
         6 | generate.island-chain = { islands = 4_000_000_000, size = 4_000_000_000, bridge = 1 }\n    \
         | ^^^^^^^^\n\
         Give fewer actors or ties.",
    );
}

// ---- Attributes.

const GDP: &str = "[moderator.openness]\ntype = \"regime\"\nacts-on = \"example\"\nattribute = \"gdp\"\n";

#[test]
fn an_attribute_that_some_lack_is_refused_where_it_is_named() {
    base_and(
        &format!("[network.attribute.gdp]\nvalues = {{ USA = 0.9 }}\n{GDP}"),
        "ban.toml:17: [moderator.openness]: 1 actor has no number for attribute `gdp`: GBR\n  \
         17 | attribute = \"gdp\"\n     |             ^^^^^\n\
         Give them one; or, under [network.attribute.gdp], set `default`, or missing = \"drop\", which leaves \
         governments without one out.",
    );
    let same_policy =
        format!("{BASE}[network.attribute.gdp]\nvalues = {{ USA = 0.9 }}\nmissing = \"error\"\n{GDP}");
    assert!(read_with(&same_policy, &in_memory(&[])).unwrap_err().starts_with("ban.toml:18: "));
}

#[test]
fn a_default_gives_a_value_to_those_who_lack_it() {
    let text = format!("{BASE}[network.attribute.gdp]\nvalues = {{ USA = 0.9 }}\ndefault = 0.25\n{GDP}");
    let scenario = read_with(&text, &in_memory(&[])).unwrap();
    let gbr = scenario.network.actor_id("GBR").unwrap();
    let view = scenario.network_at(0).unwrap();
    assert_eq!(view.number("gdp", gbr), Some(0.25));
    assert!(scenario.dropped.is_empty());
}

#[test]
fn those_who_lack_a_value_are_dropped_on_demand_and_only_they() {
    let text = format!("{BASE}[network.attribute.gdp]\nvalues = {{ USA = 0.9 }}\nmissing = \"drop\"\n{GDP}");
    let scenario = read_with(&text, &in_memory(&[])).unwrap();
    let id = |name| scenario.network.actor_id(name).unwrap();
    assert_eq!(scenario.dropped.len(), 1);
    assert_eq!(scenario.dropped[0].attribute, "gdp");
    assert_eq!(scenario.dropped[0].actors, [id("GBR")], "an NGO decides nothing, and so needs nothing");
    let start = scenario.calendar.start();
    assert!(scenario.present(id("USA"), start) && !scenario.present(id("GBR"), start));
}

#[test]
fn who_comes_into_being_without_a_value_is_dropped_and_who_is_gone_does_not_count() {
    let actors = "id,from,until\nOLD,,1990\nNEW,1997-06,\nLATE,1997-06,\n";
    let gdp = "actor,value,from\nUSA,1,\nGBR,1,\nNEW,1,1997-05\nLATE,1,1997-08\n";
    let text = BASE.replace(
        "\n[factor.example]",
        "actors = [\"actors.csv\"]\nattribute.gdp = { file = \"gdp.csv\", missing = \"drop\" }\n\n[factor.example]",
    );
    let scenario = read_with(&text, &in_memory(&[("actors.csv", actors), ("gdp.csv", gdp)])).unwrap();
    assert_eq!(scenario.dropped[0].actors, [scenario.network.actor_id("LATE").unwrap()]);
}

#[test]
fn a_drop_that_leaves_nobody() {
    base_and(
        "[network.attribute.gdp]\nvalues = { ICBL = 1 }\nmissing = \"drop\"\n",
        "ban.toml:14: [network.attribute.gdp]: this leaves out every government\n  \
         14 | missing = \"drop\"\n     |           ^^^^^^\n\
         Give `gdp` to some of them, or set a `default`.",
    );
}

#[test]
fn a_drop_beside_a_default() {
    base_and(
        "[network.attribute.gdp]\ndefault = 1\nmissing = \"drop\"\n",
        "ban.toml:14: [network.attribute.gdp]: `missing` does not go with `default`\n  \
         14 | missing = \"drop\"\n     |           ^^^^^^\n\
         Keep one: `default` gives everybody a value, so that nobody lacks it.",
    );
}

#[test]
fn a_value_that_is_given_twice() {
    network_says(
        "attribute.gdp.file = \"gdp.csv\"",
        &[("gdp.csv", "actor,value,from\nUSA,1,\nUSA,2,1996\nUSA,3,1996-01-01\n")],
        "gdp.csv:4: the value of `USA` from 1996-01-01 is given twice: also by gdp.csv:3\n  \
         4 | USA,3,1996-01-01\n    | ^^^^^^^^^^^^^^^^\n\
         Keep one, or date them in the column `from`.",
    );
}

#[test]
fn values_that_are_neither_numbers_nor_categories() {
    let says = |value: &str, message: &str| {
        let csv = format!("actor;value\nUSA;{value}\n");
        network_says("attribute.gdp.file = \"gdp.csv\"", &[("gdp.csv", &csv)], message);
    };
    let decimal = "Write numbers with a decimal point, and nothing between thousands.";
    says(
        "1,5",
        &format!(
            "gdp.csv:2: value `1,5` is neither a number nor a category\n  2 | USA;1,5\n    |     ^^^\n{decimal}"
        ),
    );
    says(
        "-1.234.5",
        &format!(
            "gdp.csv:2: value `-1.234.5` is neither a number nor a category\n  \
             2 | USA;-1.234.5\n    |     ^^^^^^^^\n{decimal}"
        ),
    );
    says(
        "NaN",
        "gdp.csv:2: value `NaN` is not a finite number\n  2 | USA;NaN\n    |     ^^^\n\
         Leave the row out where the number is not known.",
    );
    says(
        "1e999",
        "gdp.csv:2: value `1e999` is too large; numbers go up to 1.8e308\n  2 | USA;1e999\n    |     ^^^^^",
    );
}

#[test]
fn values_in_the_file_that_are_not_finite() {
    base_and(
        "[network.attribute.gdp]\nvalues = { USA = nan }\n",
        "ban.toml:13: [network.attribute.gdp]: the number must be finite; leave out what is not known\n  \
         13 | values = { USA = nan }\n     |                  ^^^",
    );
    base_and(
        "[network.attribute.gdp]\nvalues = { USA = true }\n",
        "ban.toml:13: [network.attribute.gdp]: invalid type: boolean `true`, expected a number, or a category in quotes\n  \
         13 | values = { USA = true }\n     |                  ^^^^",
    );
    base_and(
        "[network.attribute.gdp]\ndefault = 1\n[decision]\nthreshold = { gdp = inf }\n",
        "ban.toml:15: [decision]: the weight of `gdp` must be finite\n  \
         15 | threshold = { gdp = inf }\n     |             ^^^^^^^^^^^^^",
    );
    base_and(
        "[event.e]\ndate = 1997-05-01\nchange = [{ kappa = \"example\", multiply = nan }]\n",
        "ban.toml:14: [event.e]: NaN is not a finite number\n  \
         14 | change = [{ kappa = \"example\", multiply = nan }]\n     |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    );
}

// ---- Time.

#[test]
fn ends_before_beginnings() {
    let until = "`until` is the first day after the end, and must be later than `from`.";
    let end = "`end` is the first day after the end, and must be later than `start`.";
    base_with(
        "id = \"GBR\"",
        "id = \"GBR\", from = 1997-06-01, until = \"1996\"",
        &format!(
            "ban.toml:6: [[network.actor]]: it would end on 1996-01-01, but begins on 1997-06-01\n  \
             6 | actor = [{{ id = \"USA\" }}, {{ id = \"GBR\", from = 1997-06-01, until = \"1996\" }}, {{ id = \"ICBL\", kind = \
             \"ngo\" }}]\n    \
             |                                                                   ^^^^^^\n{until}"
        ),
    );
    network_says(
        "actors = [\"new.csv\"]",
        &[("new.csv", "id,from,until\nFRA,1990,1990\n")],
        &format!(
            "new.csv:2: it would end on 1990-01-01, but begins on 1990-01-01\n  \
             2 | FRA,1990,1990\n    |     ^^^^\n{until}"
        ),
    );
    base_with(
        "to = \"GBR\" }]",
        "to = \"GBR\", start = 1997-03-01, end = 1997-02-01 }]",
        &format!(
            "ban.toml:7: [network.layer.ties]: it would end on 1997-02-01, but begins on 1997-03-01\n  \
             7 | layer.ties.ties = [{{ from = \"USA\", to = \"GBR\", start = 1997-03-01, end = 1997-02-01 }}]\n    \
             |                                                                          ^^^^^^^^^^\n{end}"
        ),
    );
    ties_say(
        "from,to,start,end\nUSA,GBR,1997-03,1997-02\n",
        &format!(
            "ties.csv:2: it would end on 1997-02-01, but begins on 1997-03-01\n  \
             2 | USA,GBR,1997-03,1997-02\n    |                 ^^^^^^^\n{end}"
        ),
    );
    network_says(
        "affiliation.club.file = \"club.csv\"",
        &[("club.csv", "actor,organisation,from,until\nUSA,UN,1946,1945\n")],
        &format!(
            "club.csv:2: it would end on 1945-01-01, but begins on 1946-01-01\n  \
             2 | USA,UN,1946,1945\n    |             ^^^^\n{until}"
        ),
    );
    base_and(
        "[event.e]\ndate = 1997-05-01\nuntil = 1997-04-01\n",
        "ban.toml:14: [event.e]: it would end on 1997-04-01, but begins on 1997-05-01\n  \
         14 | until = 1997-04-01\n     |         ^^^^^^^^^^\n\
         `until` is the first day after the end.",
    );
    base_and(
        "[[norm.position]]\nname = \"none\"\n[[norm.position]]\nname = \"all\"\n\
         offered = [{ from = 1997-05-01, until = 1997-04-01 }]\n",
        "ban.toml:16: [[norm.position]] offered: it would end on 1997-04-01, but begins on 1997-05-01\n  \
         16 | offered = [{ from = 1997-05-01, until = 1997-04-01 }]\n     |                                         ^^^^^^^^^^\n\
         `until` is the first day after the end.",
    );
    base_with(
        "until = 1998-01-01",
        "until = 1996-01-01",
        "ban.toml:3: [period]: it would end on 1996-01-01, but begins on 1997-01-01\n  \
         3 | period = { start = 1997-01-01, until = 1996-01-01, tick = \"month\" }\n    \
         |                                        ^^^^^^^^^^\n\
         `until` is the first day after the end, and must be later than `start`.",
    );
}

#[test]
fn dates_that_no_calendar_has() {
    ties_say(
        "from,to,start\nUSA,GBR,1997-02-30\n",
        "ties.csv:2: start: `1997-02-30` is not a date; the days of 1997-02 are 01 to 28\n  \
         2 | USA,GBR,1997-02-30\n    |         ^^^^^^^^^^",
    );
    ties_say(
        "from,to,start\nUSA,GBR,30/02/1997\n",
        "ties.csv:2: start: `30/02/1997` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY\n  \
         2 | USA,GBR,30/02/1997\n    |         ^^^^^^^^^^",
    );
    base_with(
        "start = 1997-01-01",
        "start = \"1997-02-30\"",
        "ban.toml:3: `1997-02-30` is not a date; the days of 1997-02 are 01 to 28\n  \
         3 | period = { start = \"1997-02-30\", until = 1998-01-01, tick = \"month\" }\n    |                    ^^^^^^^^^^^^",
    );
    base_with(
        "start = 1997-01-01",
        "start = 1997-02-30",
        "ban.toml:3: invalid date, expected day between 01 and 28\n  \
         3 | period = { start = 1997-02-30, until = 1998-01-01, tick = \"month\" }\n    |                    ^^^^^^^^^^",
    );
}

#[test]
fn a_period_of_millions_of_ticks() {
    base_with(
        "start = 1997-01-01, until = 1998-01-01, tick = \"month\"",
        "start = 0001-01-01, until = 9999-01-01, tick = \"day\"",
        "ban.toml:3: [period]: the period has 3651694 ticks; at most 10000000 are possible, so choose a longer tick or a \
         shorter period\n  \
         3 | period = { start = 0001-01-01, until = 9999-01-01, tick = \"day\" }\n    \
         |                                        ^^^^^^^^^^",
    );
}

#[test]
fn a_decay_over_too_many_ticks() {
    let text = BASE.replace(
        "start = 1997-01-01, until = 1998-01-01, tick = \"month\"",
        "start = 1000-01-01, until = 1998-01-01, tick = \"day\"",
    );
    same(
        read_with(
            &format!(
                "{text}[event.e]\ndate = 1100-01-01\nhalf-life = 100\nchange = [{{ kappa = \"example\", add = 1 }}]\n"
            ),
            &in_memory(&[]),
        ),
        "ban.toml:14: [event.e]: this decays over more than 10000 ticks\n  \
         14 | half-life = 100\n     |             ^^^\n\
         Give a shorter half-life, an earlier `until`, or a longer tick.",
    );
}

#[test]
fn memberships_that_overlap() {
    network_says(
        "affiliation.club.file = \"club.csv\"",
        &[(
            "club.csv",
            "actor,organisation,from,until\nUSA,UN,1945,1997\nUSA,EU,,\nGBR,UN,,\nUSA,UN,1996,\n",
        )],
        "club.csv:5: the membership of `USA` in `UN` is given twice for the same time: also by club.csv:2\n  \
         5 | USA,UN,1996,\n    | ^^^^^^^^^^^^\n\
         Keep one, or end one spell before the other begins.",
    );
    network_says(
        "affiliation.club.members = { UN = [\"USA\", \"GBR\", \"USA\"] }",
        &[],
        "ban.toml:8: [network.affiliation.club]: the membership of `USA` in `UN` is given twice for the same time: also \
         by ban.toml:8\n  \
         8 | affiliation.club.members = { UN = [\"USA\", \"GBR\", \"USA\"] }\n    \
         |                                                  ^^^^^\n\
         Keep one, or end one spell before the other begins.",
    );
}

#[test]
fn spells_that_follow_each_other_do_not_overlap() {
    let text = BASE.replace("\n[factor.example]", "affiliation.club.file = \"club.csv\"\n\n[factor.example]");
    let csv = "actor,organisation,from,until\nUSA,UN,1945,1996\nUSA,UN,1996,\n";
    assert!(read_with(&text, &in_memory(&[("club.csv", csv)])).is_ok());
    assert!(with_ties("from,to,start,end\nUSA,GBR,,1997-05\nUSA,GBR,1997-05,\n").is_ok());
}

#[test]
fn ties_that_the_file_gives_twice() {
    base_with(
        "{ from = \"USA\", to = \"GBR\" }]",
        "{ from = \"USA\", to = \"GBR\" },\n{ from = \"USA\", to = \"all\" }]",
        "ban.toml:8: [network.layer.ties]: the tie USA -> GBR is given twice for the same time: also by ban.toml:7\n  \
         8 | { from = \"USA\", to = \"all\" }]\n    |                      ^^^^^\n\
         Keep one, or end one spell before the other begins. An undirected tie is both directions.",
    );
}

// ---- Selectorates.

const INERT: &str = "Weights of one government's groups sum to at most 1; what is missing is an inert rest.";

#[test]
fn weights_above_one_at_their_last_group() {
    base_and(
        "[[selectorate.group]]\ngovernment = \"GBR\"\nrole = \"public\"\nweight = 0.7\n\
         [[selectorate.group]]\ngovernment = \"GBR\"\nrole = \"military\"\nweight = 0.4\n",
        &format!(
            "ban.toml:19: [[selectorate.group]]: the selectorate weights of GBR sum to 1.100 in 1997-01: GBR/public 0.7, \
             GBR/military 0.4\n  \
             19 | weight = 0.4\n     |          ^^^\n{INERT}"
        ),
    );
}

#[test]
fn weights_above_one_by_an_event() {
    base_and(
        "[selectorate]\ngroup = [{ government = \"GBR\", role = \"public\", weight = 0.5 }, { government = \"GBR\", role = \
         \"army\", weight = 0.5 }]\n\
         [event.coup]\ndate = 1997-06-15\nchange = [{ weights = { \"GBR/army\" = 0.75 } }]\n",
        &format!(
            "ban.toml:16: [event.coup]: the selectorate weights of GBR sum to 1.250 in 1997-06: GBR/public 0.5, GBR/army \
             0.75\n  \
             16 | change = [{{ weights = {{ \"GBR/army\" = 0.75 }} }}]\n     |                         ^^^^^^^^^^\n{INERT}"
        ),
    );
}

#[test]
fn weights_above_one_by_rubrics() {
    base_and(
        "[selectorate.rubric.army]\nweight = 0.6\n[selectorate.rubric.public]\nweight = 0.6\n",
        &format!(
            "ban.toml:14: [selectorate.rubric.public]: the selectorate weights of USA sum to 1.200 in 1997-01: USA/army 0.6, \
             USA/public 0.6\n  \
             14 | [selectorate.rubric.public]\n     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n{INERT}"
        ),
    );
}

#[test]
fn a_negative_weight() {
    base_and(
        "[[selectorate.group]]\ngovernment = \"GBR\"\nrole = \"public\"\nweight = -0.25\n",
        "ban.toml:15: [[selectorate.group]]: -0.25 is outside 0 to 1\n  \
         15 | weight = -0.25\n     |          ^^^^^",
    );
}

// ---- Names of what is not there.

#[test]
fn a_layer_that_is_misspelt() {
    base_with(
        "layer = \"ties\"\n",
        "layer = \"tie\"\n",
        "ban.toml:11: [factor.example]: there is no layer `tie`; did you mean `ties`?\n  \
         11 | layer = \"tie\"\n     |         ^^^^^\n\
         Known: ties. Define it under [network.layer.tie], or name another.",
    );
}

#[test]
fn a_forum_that_is_not_there() {
    base_and(
        "[moderator.talks]\ntype = \"forum\"\nacts-on = \"example\"\nforum = \"ottawa\"\n",
        "ban.toml:15: [moderator.talks]: there is no forum `ottawa`\n  \
         15 | forum = \"ottawa\"\n     |         ^^^^^^^^\n\
         None is known.",
    );
}

#[test]
fn events_aimed_at_nobody() {
    let region =
        "[network.attribute.region]\nvalues = { USA = \"west\", GBR = \"west\", ICBL = \"world\" }\n";
    let event = |who: &str| {
        format!(
            "{region}[event.e]\ndate = 1997-05-01\nchange = [{{ threshold = true, who = {who}, add = 1 }}]\n"
        )
    };
    base_and(
        &event("{ where = { region = \"wst\" } }"),
        "ban.toml:16: [event.e]: this names nobody: no `region` is `wst` on 1997-05-01; did you mean `west`?\n  \
         16 | change = [{ threshold = true, who = { where = { region = \"wst\" } }, add = 1 }]\n     \
         |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         `region` is one of: west.",
    );
    base_and(
        &event("{ where = { regon = \"west\" } }"),
        "ban.toml:16: [event.e]: there is no attribute `regon`; did you mean `region`?\n  \
         16 | change = [{ threshold = true, who = { where = { regon = \"west\" } }, add = 1 }]\n     \
         |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         Known: region.",
    );
    base_and(
        &event("{ kind = \"igo\" }"),
        "ban.toml:16: [event.e]: this names nobody: there is no actor of this kind\n  \
         16 | change = [{ threshold = true, who = { kind = \"igo\" }, add = 1 }]\n     \
         |                                     ^^^^^^^^^^^^^^^^\n\
         Kinds are government (if none is given), domestic-group, ngo, igo.",
    );
    base_and(
        &event("{ except = [\"USA\", \"GBR\"] }"),
        "ban.toml:16: [event.e]: this names nobody: on 1997-05-01 nobody meets all conditions together\n  \
         16 | change = [{ threshold = true, who = { except = [\"USA\", \"GBR\"] }, add = 1 }]\n     \
         |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         Name an actor, or leave a condition out.",
    );
    base_and(
        &event("[]"),
        "ban.toml:16: [event.e]: this names nobody: the list is empty\n  \
         16 | change = [{ threshold = true, who = [], add = 1 }]\n     \
         |                                     ^^\n\
         Name an actor.",
    );
}

#[test]
fn an_event_aimed_at_the_members_of_a_club_that_has_none_yet() {
    let text = BASE.replace("\n[factor.example]", "affiliation.club.file = \"club.csv\"\n\n[factor.example]");
    let event = "[event.e]\ndate = 1997-05-01\nchange = [{ threshold = true, add = 1, who = { member = { affiliation = \
                 \"club\", organisation = \"EU\" } } }]\n";
    same(
        read_with(
            &format!("{text}{event}"),
            &in_memory(&[("club.csv", "actor,organisation,from\nGBR,EU,1997-09\n")]),
        ),
        "ban.toml:15: [event.e]: this names nobody: the organisation has no such member on 1997-05-01\n  \
         15 | change = [{ threshold = true, add = 1, who = { member = { affiliation = \"club\", organisation = \"EU\" } } }]\n     \
         |                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         Memberships have dates; check that they hold on this one.",
    );
}

#[test]
fn an_event_aimed_at_those_whom_no_tie_reaches() {
    let text = BASE.replace("to = \"GBR\" }", "to = \"GBR\", start = 1997-09-01 }");
    let event = "[event.e]\ndate = 1997-05-01\n\
                 change = [{ threshold = true, who = { tied = \"ties\" }, add = 1 }]\n";
    same(
        read_with(&format!("{text}{event}"), &in_memory(&[])),
        "ban.toml:14: [event.e]: this names nobody: no tie of `ties` reaches such an actor on 1997-05-01\n  \
         14 | change = [{ threshold = true, who = { tied = \"ties\" }, add = 1 }]\n     \
         |                                     ^^^^^^^^^^^^^^^^^\n\
         Ties have dates; check that some hold on this one.",
    );
}

#[test]
fn a_decay_that_is_kept_up_over_too_many_ticks() {
    let text = BASE.replace(
        "start = 1997-01-01, until = 1998-01-01, tick = \"month\"",
        "start = 1000-01-01, until = 1998-01-01, tick = \"day\"",
    );
    let campaign = |more: &str| {
        format!(
            "{text}[event.campaign]\ndate = 1100-01-01\nhalf-life = 1\nchange = [{{ kappa = \"example\", add = 1 }}]\n{more}"
        )
    };
    assert!(read_with(&campaign(""), &in_memory(&[])).is_ok());
    same(
        read_with(
            &campaign("[event.funds]\ntype = \"funding\"\ndate = 1100-01-01\nsustains = \"campaign\"\n"),
            &in_memory(&[]),
        ),
        "ban.toml:14: [event.campaign]: this decays over more than 10000 ticks\n  \
         14 | half-life = 1\n     |             ^\n\
         Give a shorter half-life, an earlier `until`, or a longer tick.",
    );
    let lasting = campaign("").replace("half-life = 1", "half-life = inf");
    assert!(read_with(&lasting, &in_memory(&[])).is_ok(), "what does not decay is one change");
}

// ---- Presets and generators.

#[test]
fn a_preset_that_is_not_known() {
    base_and(
        "[preset.vooter]\n",
        "ban.toml:12: unknown preset `vooter`; did you mean `voter`?\n  \
         12 | [preset.vooter]\n     |         ^^^^^^\n\
         Known: bass, complex-contagion, degroot, friedkin-johnsen, granovetter, independent-cascade, linear-threshold, majority, si, voter, watts.",
    );
}

#[test]
fn a_preset_on_a_layer_that_is_not_there() {
    base_and(
        "[preset.voter]\nlayer = \"tyes\"\n",
        "[preset.voter]:3: [factor.partners]: there is no layer `tyes`; did you mean `ties`?\n  \
         3 | layer = \"tyes\"\n    |         ^^^^^^\n\
         Known: ties. Define it under [network.layer.tyes], or name another.",
    );
}

#[test]
fn a_preset_that_adds_up_in_a_way_that_is_not_known() {
    base_and(
        "[preset.si]\nrate = 1.0\nexposure = \"meen\"\n",
        "ban.toml:14: [preset.si]: unknown variant `meen`, expected `sum` or `mean`\n  \
         14 | exposure = \"meen\"\n     |            ^^^^^^\n\
         Did you mean `mean`?",
    );
}

#[test]
fn ties_that_are_exchanged_for_ever() {
    base_with(
        "actor = [",
        "generate.ring = { actors = 10, degree = 4 }\nrewired = { share = 1000 }\nactor = [",
        "ban.toml:7: [network] rewired: rewired is 1000; give a number from 0 to 100, such as 0.1\n  \
         7 | rewired = { share = 1000 }\n    |           ^^^^^^^^^^^^^^^^",
    );
}

#[test]
fn a_key_that_is_set_twice() {
    base_and(
        "kappa = 1\nexposure = \"mean\"\nkappa = 2\n",
        "ban.toml:14: [factor.example]: `kappa` stands here again: first on line 12\n  \
         14 | kappa = 2\n     | ^^^^^\n\
         Give one of the two another name, or make one of both.",
    );
}

// ---- Tables.

const TIES: &str = "The columns are from, to and, if you like, strength, start, end.";

#[test]
fn a_missing_column() {
    ties_say(
        "from,strength\nUSA,1\n",
        &format!("ties.csv:1: there is no column `to`\n  1 | from,strength\n    | ^^^^^^^^^^^^^\n{TIES}"),
    );
    ties_say(
        "form,to\nUSA,GBR\n",
        &format!(
            "ties.csv:1: unknown column `form`; did you mean `from`?\n  1 | form,to\n    | ^^^^\n{TIES}"
        ),
    );
    ties_say(
        "\nUSA,GBR,1\nGBR,USA,1\n",
        &format!(
            "ties.csv:2: there is no column `from`, nor any other that is known, in the first line\n  \
             2 | USA,GBR,1\n    | ^^^^^^^^^\n{TIES}"
        ),
    );
}

#[test]
fn columns_that_are_named_twice_or_not_at_all() {
    ties_say(
        "from,to,Strength,strength\nUSA,GBR,1,2\n",
        &format!(
            "ties.csv:1: there are two columns `strength`\n  \
             1 | from,to,Strength,strength\n    |                  ^^^^^^^^\n{TIES}"
        ),
    );
    ties_say(
        "from,to,\nUSA,GBR,\n",
        "ties.csv:1: column 3 has no name\n  1 | from,to,\n    | ^^^^^^^^\n\
         Name it, or remove the separator if the column is empty throughout.",
    );
}

#[test]
fn an_empty_table() {
    for empty in ["", "\n \n", "\u{feff}"] {
        ties_say(
            empty,
            "ban.toml:7: `ties.csv` is empty\n  7 | layer.ties.file = \"ties.csv\"\n    |                   ^^^^^^^^^^\n\
             Its first line names the columns: from, to and, if you like, strength, start, end.",
        );
    }
}

#[test]
fn a_table_that_is_only_a_header() {
    assert!(with_ties("from,to\n").is_ok(), "a layer may have no tie");
    network_says(
        "actors = [\"new.csv\"]",
        &[("new.csv", "id,name\n\n")],
        "new.csv:1: there is no row below the header\n  1 | id,name\n    | ^^^^^^^\n\
         Add rows, or leave the file out of the scenario.",
    );
    network_says(
        "attribute.gdp.file = \"gdp.csv\"",
        &[("gdp.csv", "actor,value")],
        "gdp.csv:1: there is no row below the header\n  1 | actor,value\n    | ^^^^^^^^^^^\n\
         Add rows, or leave the file out of the scenario.",
    );
}

#[test]
fn semicolons_and_tabs_separate_where_the_header_has_them() {
    for csv in [
        "from;to;strength\nUSA;GBR;0.5\n",
        "from\tto\tstrength\nUSA\tGBR\t0.5\n",
        "\u{feff}From ; \"To\" ; Strength\r\n\r\n USA ; \"GBR\" ; 0.5\r\n",
        "to,strength,from\nGBR,\" 0.5 \",USA",
    ] {
        assert!((strength(&with_ties(csv).unwrap()) - 0.5).abs() < 1e-15, "{csv}");
    }
}

#[test]
fn decimal_commas() {
    ties_say(
        "from;to;strength\nUSA;GBR;0,5\n",
        "ties.csv:2: strength `0,5` is not a number\n  2 | USA;GBR;0,5\n    |         ^^^\n\
         Write numbers with a decimal point.",
    );
}

#[test]
fn numbers_that_are_not_finite() {
    for text in ["NaN", "inf", "-Infinity"] {
        let carets = "^".repeat(text.len());
        ties_say(
            &format!("from,to,strength\nUSA,GBR,{text}\n"),
            &format!(
                "ties.csv:2: strength `{text}` is not a finite number\n  2 | USA,GBR,{text}\n    |         {carets}\n\
                 Leave the row out where the number is not known."
            ),
        );
    }
    ties_say(
        "from,to,strength\nUSA,GBR,1e999\n",
        "ties.csv:2: strength `1e999` is too large; numbers go up to 1.8e308\n  2 | USA,GBR,1e999\n    |         ^^^^^",
    );
}

#[test]
fn quotes_that_are_not_closed() {
    ties_say(
        "from,to,strength\nUSA,\"GBR,1\nGBR,USA,1\n",
        "ties.csv:2: a quote is opened on this line and not closed\n  2 | USA,\"GBR,1\n    | ^^^^^^^^^^\n\
         Close it on the same line; write \"\" for a quote inside of a quoted field.",
    );
    network_says(
        "actors = [\"new.csv\"]",
        &[("new.csv", "id,name\nFRA,\"The\nRepublic\"\n")],
        "new.csv:2: a quote is opened on this line and not closed\n  2 | FRA,\"The\n    | ^^^^^^^^\n\
         Close it on the same line; write \"\" for a quote inside of a quoted field.",
    );
    network_says(
        "actors = [\"new.csv\"]",
        &[("new.csv", "id,name\nFRA,\"La\" France\n")],
        "new.csv:2: there is text after a closing quote\n  2 | FRA,\"La\" France\n    | ^^^^^^^^^^^^^^^\n\
         Put the whole field in quotes; write \"\" for a quote inside of it.",
    );
}

#[test]
fn quotes_inside_of_quotes_are_read() {
    let text = BASE.replace("\n[factor.example]", "actors = [\"new.csv\"]\n\n[factor.example]");
    let csv = "id,name\nFRA,\"France, \"\"la\"\" République\"\nNOR,Nor\"way\nX,\"\"\n";
    let scenario = read_with(&text, &in_memory(&[("new.csv", csv)])).unwrap();
    let name = |id| scenario.network.actor(scenario.network.actor_id(id).unwrap()).name().to_owned();
    assert_eq!(name("FRA"), "France, \"la\" République");
    assert_eq!(name("NOR"), "Nor\"way");
    assert_eq!(name("X"), "X");
}

#[test]
fn line_ends_of_old_macintosh_systems() {
    ties_say(
        "from,to\rUSA,GBR\r",
        "ties.csv:1: there is a carriage return inside of this line\n  1 | from,to\u{fffd}USA,GBR\n    | ^^^^^^^^^^^^^^^\n\
         Save the file with line ends LF or CRLF; those of old Macintosh systems, CR alone, are not read.",
    );
}

#[test]
fn a_nul_byte() {
    let remedy = "If the file is text in UTF-16, save it as UTF-8; else remove the byte.";
    ties_say(
        "from,to\nUSA,GB\0R\n",
        &format!(
            "ties.csv:2: there is a NUL byte, so that this is no plain text\n  2 | USA,GB\u{fffd}R\n    |       ^\n{remedy}"
        ),
    );
    base_with(
        "title = \"t\"",
        "title = \"\0\"",
        &format!(
            "ban.toml:2: there is a NUL byte, so that this is no plain text\n  2 | title = \"\u{fffd}\"\n    |          ^\n{remedy}"
        ),
    );
}

#[test]
fn a_line_of_a_gigabyte_is_not_what_a_message_repeats() {
    let csv = format!("from,to\nUSA,{}\n", "x".repeat(2 << 20));
    ties_say(
        &csv,
        "ban.toml:7: `ties.csv`: line 2 is longer than 1 MiB\n  7 | layer.ties.file = \"ties.csv\"\n    \
         |                   ^^^^^^^^^^\n\
         Text files have short lines; check that this is the file you mean, and that its lines end with LF or CRLF.",
    );
    let csv = format!("from,to\nUSA,{}\n", "x".repeat(1_000_000));
    let message = with_ties(&csv).unwrap_err();
    assert!(message.starts_with("ties.csv:2: there is no actor `xxx"), "{}", &message[..100]);
    assert!(message.chars().count() < 1500, "{}", message.len());
}

#[test]
fn a_scenario_of_many_megabytes() {
    let text = format!("{BASE}{}", "# a comment\n".repeat(2_000_000));
    same(
        read_with(&text, &in_memory(&[])),
        "ban.toml: the file is too large: 22 MiB, where 16 MiB are read at most\n\
         Put ties and attributes of a scenario into tables of their own; keep only the rows and years of a table that the \
         scenario needs, or split a layer in two.",
    );
}

// Bytes as a file holds them.
struct Bytes(&'static [u8]);

impl Files for Bytes {
    fn read(&self, _: &str) -> std::io::Result<String> {
        text_of(self.0.to_vec()).map_err(|error| Error::new(ErrorKind::InvalidData, error))
    }
}

#[track_caller]
fn bytes_say(bytes: &'static [u8], message: &str) {
    let text = BASE
        .replace("layer.ties.ties = [{ from = \"USA\", to = \"GBR\" }]", "layer.ties.file = \"ties.csv\"");
    same(read_with(&text, &Bytes(bytes)), message);
}

#[test]
fn a_table_in_another_encoding() {
    bytes_say(
        b"from,to\r\nUSA,GBR\r\nC\xf4te,GBR\r\n",
        "ties.csv:3: byte 0xF4 is not UTF-8; probably the file is in Latin-1 or Windows-1252, where it is `ô`\n  \
         3 | C\u{fffd}te,GBR\n    |  ^\n\
         Save the file as UTF-8; a spreadsheet offers \"CSV UTF-8\".",
    );
    bytes_say(
        b"\xff\xfef\0r\0o\0m\0",
        "ban.toml:7: `ties.csv`: this is text in UTF-16, not plain text\n  \
         7 | layer.ties.file = \"ties.csv\"\n    |                   ^^^^^^^^^^\n\
         Save it as UTF-8; a spreadsheet offers \"CSV UTF-8\".",
    );
}

#[test]
fn a_spreadsheet_in_place_of_a_table() {
    bytes_say(
        b"PK\x03\x04\x14\0\x06\0",
        "ban.toml:7: `ties.csv`: this is a zip archive, such as an Excel or LibreOffice sheet, not plain text\n  \
         7 | layer.ties.file = \"ties.csv\"\n    |                   ^^^^^^^^^^\n\
         Open it in a spreadsheet and save the sheet as \"CSV UTF-8\".",
    );
}

#[test]
fn faults_far_along_a_line_are_shown_where_they_are() {
    let title = "t".repeat(100_000);
    let text = BASE.replace("title = \"t\"", &format!("title = \"{title}\"; colour = 3"));
    let message = read_with(&text, &in_memory(&[])).unwrap_err();
    let lines: Vec<&str> = message.lines().collect();
    let caret = lines[2].find('^').unwrap() - lines[2].find('|').unwrap();
    let shown: Vec<char> = lines[1].chars().skip(lines[1].find('|').unwrap()).collect();
    assert_eq!(shown[caret], ';', "{message}");
    assert!(message.chars().count() < 1000);
}

// ---- What is no TOML, or not all of it.

#[test]
fn a_decimal_comma_in_the_file() {
    base_with(
        "to = \"GBR\" }]",
        "to = \"GBR\", strength = 0,5 }]",
        "ban.toml:7: [network]: invalid literal string, expected `'`\n  \
         7 | layer.ties.ties = [{ from = \"USA\", to = \"GBR\", strength = 0,5 }]\n    \
         |                                                               ^\n\
         Numbers have a decimal point: 0.5, not 0,5.",
    );
}

#[test]
fn a_table_in_place_of_a_scenario() {
    same(
        read_with("from,to\nUSA,GBR\n", &in_memory(&[])),
        "ban.toml:1: key with no value, expected `=`\n  1 | from,to\n    |     ^\n\
         A scenario is a TOML file: `key = value` on each line, below headers such as [network].",
    );
}

#[test]
fn a_title_that_is_missing() {
    base_with(
        "title = \"t\"\n",
        "",
        "ban.toml:1: `title` is missing\n  1 | schema = 1\n    | ^\n`normwave schema` prints all keys.",
    );
}
