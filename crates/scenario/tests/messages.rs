//! What a user reads when a scenario is wrong: the whole text of each message.

use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};
use std::sync::Arc;

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

fn read(text: &str, tables: &[(&str, &str)], overrides: &Overrides) -> Result<Scenario, String> {
    let tables = tables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Scenario::read("ban.toml", text, &InMemory(tables), &Registries::default(), overrides)
        .map_err(|error| error.to_string())
}

#[track_caller]
fn says(text: &str, message: &str) {
    let found = read(text, &[], &Overrides::default()).expect_err("this scenario is wrong");
    assert_eq!(found, message, "\n--- found\n{found}\n--- expected\n{message}");
}

// With more at the end of the base.
#[track_caller]
fn base_and(more: &str, message: &str) {
    says(&format!("{BASE}{more}"), message);
}

// With a part of the base replaced.
#[track_caller]
fn base_with(old: &str, new: &str, message: &str) {
    assert!(BASE.contains(old), "{old}");
    says(&BASE.replace(old, new), message);
}

#[track_caller]
fn table_says(csv: &str, message: &str) {
    let text = BASE
        .replace("layer.ties.ties = [{ from = \"USA\", to = \"GBR\" }]", "layer.ties.file = \"ties.csv\"");
    let found = read(&text, &[("ties.csv", csv)], &Overrides::default()).expect_err("this table is wrong");
    assert_eq!(found, message, "\n--- found\n{found}\n--- expected\n{message}");
}

#[track_caller]
fn set_says(set: &[&str], message: &str) {
    let overrides =
        Overrides { set: set.iter().map(|&set| set.to_owned()).collect(), ..Overrides::default() };
    let found = read(BASE, &[], &overrides).expect_err("this override is wrong");
    assert_eq!(found, message, "\n--- found\n{found}\n--- expected\n{message}");
}

#[test]
fn the_base_is_right() {
    read(BASE, &[], &Overrides::default()).unwrap();
}

// ---- Mechanisms.

#[test]
fn a_misspelt_factor() {
    base_with(
        "\"emulation\"",
        "\"emulaton\"",
        "ban.toml:10: [factor.example]: unknown pressure factor `emulaton`; did you mean `emulation`?\n  \
         10 | type = \"emulaton\"\n     |        ^^^^^^^^^^\n\
         Known: backlash, capacity-support, competition, domestic-advocacy, emulation, \
         implicit-conditionality, learning, material-incentive, material-sanction, moral, \
         naming-and-praising, own-interest, reputation, rising-power, security-utility, sovereignty-cost, status. \
         Add your own with `register`.",
    );
}

#[test]
fn a_misspelt_key_in_a_factor() {
    base_with(
        "layer = \"ties\"\n",
        "layr = \"ties\"\n",
        "ban.toml:11: [factor.example]: unknown key `layr`; did you mean `layer`?\n  \
         11 | layr = \"ties\"\n     | ^^^^\n\
         Known: type, kappa, exposure, layer.",
    );
}

#[test]
fn a_negative_kappa() {
    base_and(
        "kappa = -1\n",
        "ban.toml:12: [factor.example]: kappa must be a number, 0 or more\n  \
         12 | kappa = -1\n     |         ^^\n\
         To model opposition, give senders advocacy for position 0.",
    );
}

#[test]
fn a_layer_that_is_not_there() {
    base_with(
        "layer = \"ties\"\n",
        "layer = \"aid\"\n",
        "ban.toml:11: [factor.example]: there is no layer `aid`\n  \
         11 | layer = \"aid\"\n     |         ^^^^^\n\
         Known: ties. Define it under [network.layer.aid], or name another.",
    );
}

#[test]
fn an_attribute_that_is_not_there() {
    base_and(
        "[moderator.openness]\ntype = \"regime\"\nacts-on = \"example\"\nattribute = \"democracy\"\n",
        "ban.toml:15: [moderator.openness]: there is no attribute `democracy`\n  \
         15 | attribute = \"democracy\"\n     |             ^^^^^^^^^^^\n\
         None is known. Define it under [network.attribute.democracy], or name another.",
    );
}

#[test]
fn an_attribute_that_some_lack() {
    base_and(
        "[network.attribute.democracy]\nvalues = { USA = 0.9 }\n\
         [moderator.openness]\ntype = \"regime\"\nacts-on = \"example\"\nattribute = \"democracy\"\n",
        "ban.toml:17: [moderator.openness]: 1 actor has no number for attribute `democracy`: GBR\n  \
         17 | attribute = \"democracy\"\n     |             ^^^^^^^^^^^\n\
         Give them one; or, under [network.attribute.democracy], set `default`, or missing = \"drop\", which leaves \
         governments without one out.",
    );
}

#[test]
fn an_attribute_of_thresholds_that_some_lack() {
    base_and(
        "[network.attribute.fear]\nvalues = { USA = 0.9 }\n[decision]\nthreshold = { fear = 1 }\n",
        "ban.toml:15: [decision] threshold: 1 actor has no number for attribute `fear`: GBR\n  \
         15 | threshold = { fear = 1 }\n     |               ^^^^\n\
         Give them one; or, under [network.attribute.fear], set `default`, or missing = \"drop\", which leaves \
         governments without one out.",
    );
}

#[test]
fn an_attribute_of_homophily_that_nobody_has() {
    base_and(
        "[network.attribute.region]\nvalues = { USA = \"west\" }\n\
         [moderator.culture]\ntype = \"cultural-homophily\"\nacts-on = \"example\"\nattributes = { regon = 1 }\n",
        "ban.toml:17: [moderator.culture]: there is no attribute `regon`; did you mean `region`?\n  \
         17 | attributes = { regon = 1 }\n     |                ^^^^^\n\
         Known: region. Define it under [network.attribute.regon], or name another.",
    );
}

#[test]
fn a_scale_of_nothing() {
    base_and(
        "[moderator.culture]\ntype = \"cultural-homophily\"\nacts-on = \"example\"\nattributes = { region = 0 }\n",
        "ban.toml:15: [moderator.culture]: `region` is 0; it must be more than 0\n  \
         15 | attributes = { region = 0 }\n     |              ^^^^^^^^^^^^^^",
    );
}

#[test]
fn an_embeddedness_beyond_one() {
    base_and(
        "[moderator.stickiness]\nacts-on = \"example\"\nembeddedness = 1.5\n",
        "ban.toml:14: [moderator.stickiness]: 1.5 is out of range; it must be 0 to 1\n  \
         14 | embeddedness = 1.5\n     |                ^^^",
    );
}

#[test]
fn a_moderator_on_an_unknown_factor() {
    base_and(
        "[moderator.stickiness]\nacts-on = [\"exmple\"]\nembeddedness = 0.5\n",
        "ban.toml:13: [moderator.stickiness]: there is no factor `exmple`; did you mean `example`?\n  \
         13 | acts-on = [\"exmple\"]\n     |            ^^^^^^^^\n\
         Known: example.",
    );
}

#[test]
fn a_moderator_that_acts_on_nothing() {
    base_and(
        "[moderator.stickiness]\nacts-on = []\nembeddedness = 0.5\n",
        "ban.toml:13: [moderator.stickiness]: `acts-on` names no factor, so that nothing is moderated\n  \
         13 | acts-on = []\n     |           ^^\n\
         Known: example.",
    );
}

#[test]
fn a_dyadic_moderator_on_a_factor_without_senders() {
    base_and(
        "[factor.cost]\ntype = \"sovereignty-cost\"\n[network.attribute.region]\ndefault = \"west\"\n\
         [moderator.culture]\ntype = \"cultural-homophily\"\nacts-on = \"cost\"\nattributes = { region = 1 }\n",
        "ban.toml:18: [moderator.culture]: `cultural-homophily` works between a sender and a target, but `cost` has no \
         senders\n  \
         18 | acts-on = \"cost\"\n     |           ^^^^^^\n\
         Leave this factor out of acts-on.",
    );
}

#[test]
fn a_gain_from_senders_on_a_factor_without_any() {
    base_and(
        "[factor.cost]\ntype = \"sovereignty-cost\"\n[event.e]\ndate = 1997-05-01\n\
         change = [{ gain = \"cost\", from = \"USA\", multiply = 2 }]\n",
        "ban.toml:16: [event.e]: `cost` has no senders, so that `from` means nothing\n  \
         16 | change = [{ gain = \"cost\", from = \"USA\", multiply = 2 }]\n     |                    ^^^^^^\n\
         Leave `from` out.",
    );
}

// ---- The network.

#[test]
fn an_unknown_actor_in_ties() {
    base_with(
        "to = \"GBR\" }]",
        "to = \"GBB\" }]",
        "ban.toml:7: there is no actor `GBB`; did you mean `GBR`?\n  \
         7 | layer.ties.ties = [{ from = \"USA\", to = \"GBB\" }]\n    |                                         ^^^^^\n\
         Actors are named by their id, as in the network's files.",
    );
}

#[test]
fn an_unknown_actor_in_a_table() {
    table_says(
        "from,to,strength\nUSA,GBR,1\nUSA,GB,1\n",
        "ties.csv:3: there is no actor `GB`; did you mean `GBR`?\n  \
         3 | USA,GB,1\n    |     ^^\n\
         Ties join actors of the network.",
    );
}

#[test]
fn a_ragged_row() {
    table_says(
        "from,to,strength\nUSA,GBR,1,2\n",
        "ties.csv:2: this row has 4 fields, the header has 3\n  \
         2 | USA,GBR,1,2\n    | ^^^^^^^^^^^\n\
         Give every row one field for each column; quote fields that hold a comma.",
    );
}

#[test]
fn a_negative_strength_in_a_table() {
    table_says(
        "from,to,strength\nUSA,GBR,-0.3\n",
        "ties.csv:2: strength -0.3 of USA -> GBR in layer `ties` is not 0 or more; to model opposition, give USA \
         advocacy for position 0\n  \
         2 | USA,GBR,-0.3\n    |         ^^^^",
    );
}

#[test]
fn a_negative_strength_in_the_file() {
    base_with(
        "to = \"GBR\" }]",
        "to = \"GBR\", strength = -2 }]",
        "ban.toml:7: [network.layer.ties]: strength -2 of USA -> GBR in layer `ties` is not 0 or more; to model \
         opposition, give USA advocacy for position 0\n  \
         7 | layer.ties.ties = [{ from = \"USA\", to = \"GBR\", strength = -2 }]\n    \
         |                                                           ^^",
    );
}

#[test]
fn a_strength_that_an_event_makes_negative() {
    base_and(
        "[event.e]\ndate = 1997-05-01\nchange = [{ layer = \"ties\", add = -3 }]\n",
        "ban.toml:14: [event.e]: this would make a strength -2; strengths are 0 or more\n  \
         14 | change = [{ layer = \"ties\", add = -3 }]\n     |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         To model opposition, give the sender advocacy for position 0.",
    );
}

#[test]
fn a_tie_given_twice_in_a_table() {
    table_says(
        "from,to,start,end\nUSA,GBR,,1997\nUSA,GBR,1996,\n",
        "ties.csv:3: the tie USA -> GBR is given twice for the same time: also by ties.csv:2\n  \
         3 | USA,GBR,1996,\n    | ^^^^^^^^^^^^^\n\
         Keep one, or end one spell before the other begins. An undirected tie is both directions.",
    );
}

#[test]
fn a_table_with_a_wrong_column() {
    table_says(
        "from,to,weight\nUSA,GBR,1\n",
        "ties.csv:1: unknown column `weight`\n  \
         1 | from,to,weight\n    |         ^^^^^^\n\
         The columns are from, to and, if you like, strength, start, end.",
    );
}

#[test]
fn a_number_that_is_none() {
    table_says(
        "from,to,strength\nUSA,GBR,\"0,5\"\n",
        "ties.csv:2: strength `0,5` is not a number\n  \
         2 | USA,GBR,\"0,5\"\n    |          ^^^\n\
         Write numbers with a decimal point.",
    );
}

#[test]
fn a_table_that_is_not_there() {
    base_with(
        "layer.ties.ties = [{ from = \"USA\", to = \"GBR\" }]",
        "layer.ties.file = \"tie.csv\"",
        "ban.toml:7: there is no file `tie.csv`\n  \
         7 | layer.ties.file = \"tie.csv\"\n    |                   ^^^^^^^^^\n\
         Paths are relative to the scenario file; tables are CSV in UTF-8.",
    );
}

// ---- Dates and positions.

#[test]
fn a_date_outside_of_the_period() {
    base_and(
        "[event.e]\ndate = 1999-05-01\n",
        "ban.toml:13: [event.e]: 1999-05-01 lies outside the period, 1997-01-01 to 1998-01-01\n  \
         13 | date = 1999-05-01\n     |        ^^^^^^^^^^\n\
         Widen [period], or give a date inside it.",
    );
}

#[test]
fn a_date_that_is_none() {
    base_and(
        "[event.e]\ndate = \"May 1997\"\n",
        "ban.toml:13: [event.e]: `May 1997` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY\n  \
         13 | date = \"May 1997\"\n     |        ^^^^^^^^^^",
    );
}

#[test]
fn an_event_that_would_never_hold() {
    base_and(
        "[event.e]\ndate = 1997-05-01\nuntil = 1997-05-09\n",
        "ban.toml:14: [event.e]: from 1997-05-01 until 1997-05-09 it begins and ends within the tick 1997-05, and so \
         would never hold\n  \
         14 | until = 1997-05-09\n     |         ^^^^^^^^^^\n\
         The world is looked at on the last day of each tick. Give a later `until`, or a shorter tick in [period].",
    );
}

#[test]
fn an_unknown_position() {
    base_and(
        "[[first-adopters]]\nwho = \"USA\"\nposition = \"adoptd\"\n",
        "ban.toml:14: there is no position `adoptd`; did you mean `adopted`?\n  \
         14 | position = \"adoptd\"\n     |            ^^^^^^^^\n\
         Positions: 0 `status quo`, 1 `adopted`.",
    );
}

#[test]
fn a_first_adopter_that_is_not_born() {
    let text = BASE.replace("{ id = \"GBR\" }", "{ id = \"GBR\", from = 1997-06-15 }");
    says(
        &format!("{text}[[first-adopters]]\nwho = \"GBR\"\n"),
        "ban.toml:13: [[first-adopters]]: `GBR` does not exist in 1997-01\n  \
         13 | who = \"GBR\"\n     |       ^^^^^\n\
         Give a date on which it does; a successor takes over its predecessor's position.",
    );
}

#[test]
fn a_table_that_is_there_already() {
    base_and(
        "[[network.actor]]\nid = \"X\"\n",
        "ban.toml:12: duplicate key\n  12 | [[network.actor]]\n     |           ^^^^^\n\
         It is set before; keep one of the two.",
    );
}

// ---- The file as a whole.

#[test]
fn an_unknown_key_at_the_top() {
    says(
        &BASE.replace("title = \"t\"", "title = \"t\"\ncolour = 3"),
        "ban.toml:3: unknown key `colour`\n  3 | colour = 3\n    | ^^^^^^\n\
         Known: factor, moderator, preset, schema, title, theory, source, period, network, norm, forum, \
         advocacy, selectorate, decision, first-adopters, history, event, expect, variant.",
    );
}

#[test]
fn an_empty_file() {
    says(
        "",
        "ban.toml:1: `schema` is missing: this is no scenario file\n  1 | \n    | ^\n\
         Begin with schema = 1, title and period; `normwave schema` prints all keys.",
    );
}

#[test]
fn a_version_to_come() {
    base_with(
        "schema = 1",
        "schema = 2\nnovelty = true",
        "ban.toml:1: schema: this file is of schema version 2; this program reads version 1\n  \
         1 | schema = 2\n    |          ^\n\
         Use the release of normwave that wrote the file, or bring the file up to date with `normwave schema`.",
    );
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_do_not_matter() {
    let windows = format!("\u{feff}{}", BASE.replace('\n', "\r\n"));
    assert!(read(&windows, &[], &Overrides::default()).is_ok());
    let wrong = windows.replace("emulation", "emulaton");
    let message = read(&wrong, &[], &Overrides::default()).unwrap_err();
    assert!(message.starts_with("ban.toml:10: [factor.example]: unknown"), "{message}");
    assert!(message.contains("10 | type = \"emulaton\"\n"), "{message}");
}

#[test]
fn a_table_of_windows_is_read() {
    let text = BASE
        .replace("layer.ties.ties = [{ from = \"USA\", to = \"GBR\" }]", "layer.ties.file = \"ties.csv\"");
    let csv = "\u{feff}From,To,Strength\r\nUSA,GBR,2\r\n";
    let scenario = read(&text, &[("ties.csv", csv)], &Overrides::default()).unwrap();
    let view = scenario.network_at(0).unwrap();
    assert!((view.ties_of("ties").unwrap()[0].strength - 2.0).abs() < 1e-15);
    let found =
        read(&text, &[("ties.csv", &csv.replace("GBR,2", "GBR,2,3"))], &Overrides::default()).unwrap_err();
    assert!(
        found.starts_with("ties.csv:2: this row has 4 fields, the header has 3\n  2 | USA,GBR,2,3\n"),
        "{found}"
    );
}

// ---- Events.

#[test]
fn a_change_of_two_things() {
    base_and(
        "[event.e]\ndate = 1997-05-01\nchange = [{ kappa = \"example\", threshold = true, set = 2 }]\n",
        "ban.toml:14: [event.e]: a change names exactly one thing that changes\n  \
         14 | change = [{ kappa = \"example\", threshold = true, set = 2 }]\n     \
         |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         One of: attribute, layer, kappa, gain, weight, weights, blocked, threshold, advocacy, offer, position, \
         sustain.",
    );
}

#[test]
fn a_key_that_does_not_go_with_a_change() {
    base_and(
        "[event.e]\ndate = 1997-05-01\nchange = [{ kappa = \"example\", who = \"GBR\", set = 2 }]\n",
        "ban.toml:14: [event.e]: `who` does not go with `kappa`\n  \
         14 | change = [{ kappa = \"example\", who = \"GBR\", set = 2 }]\n     \
         |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         With `kappa` go: `set`, `add`, `multiply`.",
    );
}

#[test]
fn selectorates_above_one() {
    base_and(
        "[selectorate]\ngroup = [{ government = \"GBR\", role = \"public\", weight = 0.7 }, { government = \"GBR\", role = \
         \"military\", weight = 0.4 }]\n",
        "ban.toml:13: [[selectorate.group]]: the selectorate weights of GBR sum to 1.100 in 1997-01: GBR/public 0.7, \
         GBR/military 0.4\n  \
         13 | group = [{ government = \"GBR\", role = \"public\", weight = 0.7 }, { government = \"GBR\", role = \
         \"military\", weight = 0.4 }]\n     \
         |                                                                                                                   ^^^\n\
         Weights of one government's groups sum to at most 1; what is missing is an inert rest.",
    );
}

// ---- Interventions.

#[test]
fn an_intervention_that_is_not_known() {
    let registries = Registries::default();
    let names: Vec<&str> = registries.interventions.names().collect();
    base_and(
        "[event.e]\ntype = \"shamin\"\ndate = 1997-05-01\n",
        &format!(
            "ban.toml:13: [event.e]: unknown intervention `shamin`; did you mean `shaming`?\n  \
             13 | type = \"shamin\"\n     |        ^^^^^^^^\n\
             Known: {}. Add your own with `register`.",
            names.join(", ")
        ),
    );
}

#[test]
fn a_misspelt_key_in_an_intervention() {
    base_and(
        "[event.e]\ntype = \"shaming\"\ndate = 1997-05-01\nwhom = \"GBR\"\n",
        "ban.toml:15: [event.e]: unknown key `whom`; did you mean `who`?\n  \
         15 | whom = \"GBR\"\n     | ^^^^\n\
         Known: type, title, date, until, half-life, source, cost, who, from, factors, strength, provokes, resistance.",
    );
}

#[test]
fn an_intervention_without_a_date() {
    base_and(
        "[event.e]\ntype = \"shaming\"\nwho = \"GBR\"\n",
        "ban.toml:12: [event.e]: `date` is missing\n  12 | [event.e]\n     | ^^^^^^^^^\n`normwave schema` prints all keys.",
    );
}

#[test]
fn an_intervention_without_a_target() {
    base_and(
        "[event.e]\ntype = \"shaming\"\ndate = 1997-05-01\n",
        "ban.toml:12: [event.e]: `who` is missing\n  12 | [event.e]\n     | ^^^^^^^^^\n`normwave schema` prints all keys.",
    );
}

#[test]
fn an_intervention_aimed_at_nobody() {
    base_and(
        "[network.attribute.region]\nvalues = { USA = \"west\", GBR = \"west\" }\n\
         [event.e]\ntype = \"shaming\"\ndate = 1997-05-01\nwho = { where = { region = \"moon\" } }\nfactors = \"example\"\n",
        "ban.toml:17: [event.e]: this names nobody: no `region` is `moon` on 1997-05-01\n  \
         17 | who = { where = { region = \"moon\" } }\n     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         `region` is one of: west.",
    );
}

#[test]
fn an_intervention_aimed_at_nobody_who_lives() {
    let text = BASE.replace("{ id = \"GBR\" }", "{ id = \"GBR\", from = 1997-09-01 }");
    says(
        &format!(
            "{text}[event.e]\ntype = \"shaming\"\ndate = 1997-05-01\nwho = \"GBR\"\nfactors = \"example\"\n"
        ),
        "ban.toml:15: [event.e]: nobody whom this names exists in 1997-05\n  \
         15 | who = \"GBR\"\n     |       ^^^^^\n\
         Give a date on which one of them does, or name others.",
    );
}

#[test]
fn a_conference_that_everybody_attends_has_nobody_outside() {
    base_and(
        "[event.e]\ntype = \"regional-conference\"\ndate = 1997-05-01\nmembers = \"all\"\nlayer = \"ties\"\n",
        "ban.toml:15: [event.e]: this leaves nobody\n  \
         15 | members = \"all\"\n     |           ^^^^^\n\
         Everybody is meant by `not`; leave somebody out.",
    );
}

#[test]
fn an_unknown_actor_who_is_left_out() {
    base_and(
        "[event.e]\ndate = 1997-05-01\nchange = [{ layer = \"ties\", from = { not = \"GBB\" }, multiply = 2 }]\n",
        "ban.toml:14: there is no actor `GBB`; did you mean `GBR`?\n  \
         14 | change = [{ layer = \"ties\", from = { not = \"GBB\" }, multiply = 2 }]\n     \
         |                                    ^^^^^^^^^^^^^^^\n\
         Actors are named by their id, as in the network's files.",
    );
}

#[test]
fn an_intervention_on_a_factor_that_is_not_there() {
    base_and(
        "[event.e]\ntype = \"shaming\"\ndate = 1997-05-01\nwho = \"GBR\"\nfactors = [\"exmple\"]\n",
        "ban.toml:16: [event.e]: there is no factor `exmple`; did you mean `example`?\n  \
         16 | factors = [\"exmple\"]\n     |            ^^^^^^^^\n\
         Known: example. An intervention touches the factors that its keys name, or else its defaults.",
    );
}

#[test]
fn an_intervention_whose_default_is_not_there() {
    base_and(
        "[event.e]\ntype = \"shaming\"\ndate = 1997-05-01\nwho = \"GBR\"\n",
        "ban.toml:13: [event.e]: there is no factor `reputation`\n  \
         13 | type = \"shaming\"\n     |        ^^^^^^^^^\n\
         Known: example. An intervention touches the factors that its keys name, or else its defaults.",
    );
}

#[test]
fn a_gain_of_an_intervention_beyond_eleven() {
    base_and(
        "[event.e]\ntype = \"praise\"\ndate = 1997-05-01\nwho = \"GBR\"\nfactors = \"example\"\nstrength = 12\n",
        "ban.toml:17: [event.e]: 12 is out of range; a gain is 0 to 11, 1 changes nothing\n  \
         17 | strength = 12\n     |            ^^",
    );
}

#[test]
fn an_intervention_with_changes_of_its_own() {
    base_and(
        "[event.e]\ntype = \"praise\"\ndate = 1997-05-01\nwho = \"GBR\"\nchange = [{ kappa = \"example\", set = 2 }]\n",
        "ban.toml:16: [event.e]: an event with a type has the changes of `praise` and no others\n  \
         16 | change = [{ kappa = \"example\", set = 2 }]\n     |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         Make an event of its own for them; `normwave check --expand` shows those of the type.",
    );
}

#[test]
fn a_change_of_leadership_that_changes_no_weight() {
    base_and(
        "[event.e]\ntype = \"leadership-change\"\ndate = 1997-05-01\nweights = {}\n",
        "ban.toml:15: [event.e]: name at least one group, as GOV/role\n  \
         15 | weights = {}\n     |           ^^",
    );
}

#[test]
fn a_negative_cost() {
    base_and(
        "[event.e]\ndate = 1997-05-01\ncost = -2\n",
        "ban.toml:14: [event.e]: -2 is out of range; it must be 0 or more\n  \
         14 | cost = -2\n     |        ^^",
    );
}

#[test]
fn upkeep_of_an_event_that_is_not_there() {
    base_and(
        "[event.e]\ntype = \"funding\"\ndate = 1997-05-01\nsustains = \"campain\"\n[event.campaign]\ndate = 1997-02-01\n",
        "ban.toml:15: [event.e]: there is no event `campain`; did you mean `campaign`?\n  \
         15 | sustains = \"campain\"\n     |            ^^^^^^^^^\n\
         Known: campaign, e.",
    );
}

#[test]
fn upkeep_of_an_event_that_does_not_decay() {
    base_and(
        "[event.e]\ntype = \"funding\"\ndate = 1997-05-01\nsustains = \"campaign\"\n[event.campaign]\ndate = 1997-02-01\n",
        "ban.toml:15: [event.e]: the event `campaign` does not decay, so that it needs no upkeep\n  \
         15 | sustains = \"campaign\"\n     |            ^^^^^^^^^^\n\
         Give that event a half-life.",
    );
}

#[test]
fn two_events_of_one_name() {
    base_and(
        "[event.e]\ndate = 1997-05-01\n[event.e]\ndate = 1997-06-01\n",
        "ban.toml:14: two events are called `e`: the first on line 12\n  \
         14 | [event.e]\n     |        ^\n\
         Give each its own name, or make one of the two.",
    );
}

// ---- Overrides.

#[test]
fn an_override_of_what_is_not_there() {
    set_says(
        &["factor.exmple.kappa=2"],
        "--set:1: there is no factor `exmple`; did you mean `example`?\n  \
         1 | factor.exmple.kappa=2\n    | ^^^^^^^^^^^^^^^^^^^\n\
         Known: example. To add one, set all of it: factor.exmple={ … }.",
    );
}

#[test]
fn an_override_of_a_key_that_is_not_known() {
    set_says(
        &["title=still fine", "factor.example.kapa=2"],
        "--set:2: [factor.example]: unknown key `kapa`; did you mean `kappa`?\n  \
         2 | factor.example.kapa=2\n    | ^^^^^^^^^^^^^^^^^^^\n\
         Known: type, kappa, exposure, layer.",
    );
}

#[test]
fn an_override_with_a_wrong_value() {
    set_says(
        &["factor.example.kappa=much"],
        "--set:1: [factor.example]: kappa must be a number, 0 or more\n  \
         1 | factor.example.kappa=much\n    |                      ^^^^\n\
         To model opposition, give senders advocacy for position 0.",
    );
}

#[test]
fn an_override_without_a_value() {
    set_says(
        &["factor.example.kappa"],
        "--set:1: an override is written KEY=VALUE\n  \
         1 | factor.example.kappa\n    | ^^^^^^^^^^^^^^^^^^^^\n\
         For example: --set factor.moral.kappa=0.8",
    );
}

#[test]
fn an_override_beyond_the_end_of_a_list() {
    set_says(
        &["network.actor.7.id=FRA"],
        "--set:1: `actor` is a list of 3; name one by its number from 0\n  \
         1 | network.actor.7.id=FRA\n    | ^^^^^^^^^^^^^^^^^^\n\
         Keys are the dotted path of a value in the scenario file.",
    );
}

#[test]
fn overrides_change_numbers_words_lists_and_new_keys() {
    let set = [
        "factor.example.kappa=0.5",
        "title=A longer word",
        "network.actor.1.name=\"Britain\"",
        "network.layer.ties.ties.0.strength=3",
        "decision.rule=at-least",
        "first-adopters=[{ who = \"USA\" }]",
    ];
    let overrides = Overrides { set: set.map(str::to_owned).to_vec(), ..Overrides::default() };
    let scenario = read(BASE, &[], &overrides).unwrap();
    assert_eq!(scenario.title, "A longer word");
    assert_eq!(scenario.network.actors()[1].name(), "Britain");
    assert_eq!(scenario.factors[0].kappa.at(scenario.calendar.start()), Some(&0.5));
    assert!((scenario.network_at(0).unwrap().ties_of("ties").unwrap()[0].strength - 3.0).abs() < 1e-15);
    assert_eq!(scenario.adopters.len(), 1);
}

#[test]
fn an_event_that_is_not_there_cannot_be_left_out() {
    let overrides = Overrides { without: vec!["diane".to_owned()], ..Overrides::default() };
    let text = format!("{BASE}[event.diana]\ndate = 1997-01-15\n");
    assert_eq!(
        read(&text, &[], &overrides).unwrap_err(),
        "--without diane: ban.toml has no event `diane`; did you mean `diana`?\nKnown: diana."
    );
}

#[test]
fn first_adopters_are_a_list_in_either_form_but_not_in_both() {
    let tables = format!("{BASE}[[first-adopters]]\nwho = \"USA\"\n");
    let inline = BASE.replace("title = \"t\"", "title = \"t\"\nfirst-adopters = [{ who = \"USA\" }]");
    for text in [&tables, &inline] {
        assert_eq!(read(text, &[], &Overrides::default()).unwrap().adopters.len(), 1);
    }
    says(
        &format!("{inline}[[first-adopters]]\nwho = \"USA\"\n"),
        "ban.toml:13: duplicate key\n  13 | [[first-adopters]]\n     |   ^^^^^^^^^^^^^^\n\
         It is set before; keep one of the two.",
    );
}

#[test]
fn what_is_read_can_be_lowered() {
    let scenario = Arc::new(read(BASE, &[], &Overrides::default()).unwrap());
    assert_eq!(lower(&scenario, None).unwrap().n_actors(), 3);
}

#[test]
fn a_variant_is_the_scenario_with_its_changes_and_its_own_expectation() {
    let text = format!(
        "{BASE}[expect]\nadopters = 1\n[variant.firm]\nset = [\"decision.threshold=2\"]\nexpect.adopters = 0\n"
    );
    let firm = Overrides { variant: Some("firm".to_owned()), ..Overrides::default() };
    let threshold = |overrides: &Overrides| {
        let scenario = read(&text, &[], overrides).unwrap();
        (
            *scenario.decision.thresholds[0].at(scenario.calendar.start()).unwrap(),
            scenario.expect.adopters.unwrap().most,
        )
    };
    assert_eq!(threshold(&Overrides::default()), (0.0, 1.0));
    assert_eq!(threshold(&firm), (2.0, 0.0));
    // What the command line sets comes on top.
    let firmer = Overrides { set: vec!["decision.threshold=3".to_owned()], ..firm };
    assert_eq!(threshold(&firmer), (3.0, 0.0));
    let unknown = Overrides { variant: Some("frim".to_owned()), ..Overrides::default() };
    assert_eq!(
        read(&text, &[], &unknown).unwrap_err(),
        "--variant frim: ban.toml has no variant `frim`; did you mean `firm`?\nKnown: firm."
    );
}

#[test]
fn expectations_that_cannot_be_met_are_refused() {
    says(
        &format!("{BASE}[expect]\nadopters = {{ least = 3, most = 2 }}\n"),
        "ban.toml:13: [expect]: least 3 is more than most 2\n  13 | adopters = { least = 3, most = 2 }\n     |            ^^^^^^^^^^^^^^^^^^^^^^^",
    );
    says(
        &format!("{BASE}[expect]\nadopters-by = {{ 2050 = 1 }}\n"),
        "ban.toml:13: [expect] adopters-by: 2050-01-01 lies outside the period, 1997-01-01 to 1998-01-01\n  \
         13 | adopters-by = { 2050 = 1 }\n     |                 ^^^^\nGive a date inside [period].",
    );
    says(
        &format!("{BASE}[expect]\nreplicates = 10\n"),
        "ban.toml:13: [expect] replicates: nothing is expected over replicates\n  13 | replicates = 10\n     |              ^^\n\
         Give mean-adopters or probability, or leave replicates out.",
    );
}

#[test]
fn a_hazard_that_does_not_run_in_continuous_time() {
    base_and(
        "[decision]\nrule = \"hazard\"\nschedule = \"synchronous\"\n",
        "ban.toml:14: [decision] schedule: the hazard rule moves governments in continuous time\n  \
         14 | schedule = \"synchronous\"\n     |            ^^^^^^^^^^^^^\n\
         Set schedule = \"continuous\", or leave it out.",
    );
    let text = format!("{BASE}[decision]\nrule = \"hazard\"\n");
    let scenario = read(&text, &[], &Overrides::default()).unwrap();
    assert!(matches!(scenario.decision.schedule, normwave_scenario::Schedule::Continuous { .. }));
}

#[test]
fn trials_that_are_not_all_at_once() {
    base_and(
        "[decision]\nrule = \"trials\"\nschedule = \"continuous\"\n",
        "ban.toml:14: [decision] schedule: under trials all new adopters try their ties at once\n  \
         14 | schedule = \"continuous\"\n     |            ^^^^^^^^^^^^\n\
         Set schedule = \"synchronous\", or leave it out.",
    );
}

#[test]
fn trials_along_what_is_not_adoption() {
    base_and(
        "[factor.cost]\ntype = \"sovereignty-cost\"\n[decision]\nrule = \"trials\"\n",
        "ban.toml:15: [decision] rule: a trial follows adoption along a tie, but factor `cost` has no sender\n  \
         15 | rule = \"trials\"\n     |        ^^^^^^^^\n\
         Use factors that look at what others did, such as `emulation`, or choose another rule.",
    );
    base_and(
        "[factor.talk]\ntype = \"moral\"\nlayer = \"ties\"\n[decision]\nrule = \"trials\"\n",
        "ban.toml:16: [decision] rule: a trial follows adoption along a tie, but factor `talk` hears advocacy\n  \
         16 | rule = \"trials\"\n     |        ^^^^^^^^\n\
         Use factors that look at what others did, such as `emulation`, or choose another rule.",
    );
}

#[test]
fn a_threshold_where_none_counts() {
    base_and(
        "[decision]\nrule = \"hazard\"\nthreshold = { uniform = [0, 1] }\n",
        "ban.toml:13: [decision] rule: `threshold` plays no part under the rule `hazard`\n  \
         13 | rule = \"hazard\"\n     |        ^^^^^^^^\n\
         Leave it out, or choose a rule that weighs a balance: strict, at-least or noisy.",
    );
    base_and(
        "[decision]\nrule = \"trials\"\nexit = 0.5\n",
        "ban.toml:13: [decision] rule: `exit` plays no part under the rule `trials`\n  \
         13 | rule = \"trials\"\n     |        ^^^^^^^^\n\
         Leave it out, or choose a rule that weighs a balance: strict, at-least or noisy.",
    );
}

#[test]
fn a_rate_where_nobody_reviews() {
    base_and(
        "[decision]\nrate = 4.0\n",
        "ban.toml:13: [decision] rate: `rate` belongs to the noisy and the hazard rule and to continuous time\n  \
         13 | rate = 4.0\n     |        ^^^\n\
         Set rule = \"noisy\" or schedule = \"continuous\", or leave it out.",
    );
    base_and(
        "[decision]\nschedule = \"continuous\"\nrate = 1e9\n",
        "ban.toml:14: [decision] rate: 1000000000 reviews a year are 83333333 in a tick\n  \
         14 | rate = 1e9\n     |        ^^^\n\
         Give a lower rate, or a shorter tick: at most 4096 in each.",
    );
}

#[test]
fn a_quota_without_a_number() {
    base_and(
        "[[norm.position]]\nname = \"none\"\n[[norm.position]]\nname = \"ban\"\nin-force = [{ among = \"all\" }]\n",
        "ban.toml:16: [[norm.position]] in-force: this quota has neither a share nor a count\n  \
         16 | in-force = [{ among = \"all\" }]\n     |             ^^^^^^^^^^^^^^^^^\n\
         Give one: { among = WHO, share = 0.75 } or { count = 40 }.",
    );
}

#[test]
fn a_share_is_a_fraction_as_it_is_written() {
    let quotas = |share: &str| {
        let position = format!(
            "[[norm.position]]\nname = \"none\"\n[[norm.position]]\nname = \"ban\"\nin-force = [{{ share = {share} }}]\n"
        );
        let scenario = read(&format!("{BASE}{position}"), &[], &Overrides::default());
        scenario.map(|scenario| scenario.norm.positions[1].in_force[0].need)
    };
    let share = |of, out_of| Ok(normwave_plan::Need::Share { of, out_of });
    assert_eq!(quotas("0.75"), share(3, 4));
    assert_eq!(quotas("0.1"), share(1, 10));
    assert_eq!(quotas("1"), share(1, 1));
    assert_eq!(quotas("\"2/3\""), share(2, 3));
    assert!(quotas("1.5").is_err() && quotas("\"3/2\"").is_err() && quotas("0.3333333").is_err());
}
