//! `history`: the table of who adopted when.

use normwave_scenario::{InMemory, Overrides, Registries, Scenario, lower};

const BASE: &str = r#"schema = 1
title = "t"
history = "history.csv"
period = { start = 1997-01-01, until = 1999-01-01, tick = "month" }

[network]
actor = [
  { id = "USA" }, { id = "GBR" }, { id = "ICBL", kind = "ngo" },
  { id = "YUG", until = 1997-06-01 }, { id = "NEW", from = 1997-06-15 },
]
layer.ties.ties = [{ from = "USA", to = "GBR" }]

[[norm.position]]
name = "none"
[[norm.position]]
name = "signed"
[[norm.position]]
name = "ratified"

[factor.example]
type = "emulation"
layer = "ties"
"#;

fn read(text: &str, csv: &str) -> Result<Scenario, String> {
    let files = InMemory(vec![("history.csv".to_owned(), csv.to_owned())]);
    Scenario::read("ban.toml", text, &files, &Registries::default(), &Overrides::default())
        .map_err(|error| error.to_string())
}

// Each adoption as a line of the table.
fn adoptions(csv: &str) -> Vec<String> {
    let scenario = read(BASE, csv).unwrap();
    let line = |adoption: &normwave_scenario::Adoption| {
        let until = adoption.spell.until.map_or(String::new(), |date| date.to_string());
        let id = &scenario.network.actor(adoption.actor).id;
        format!("{id},{},{until},{}", adoption.spell.from, adoption.position)
    };
    scenario.history.iter().map(line).collect()
}

#[track_caller]
fn says(csv: &str, message: &str) {
    let found = read(BASE, csv).expect_err("this history is wrong");
    assert_eq!(found, message, "\n--- found\n{found}\n--- expected\n{message}");
}

#[test]
fn an_adoption_without_a_position_is_of_the_last_one() {
    assert_eq!(adoptions("actor,from\nGBR,1997-12-03\n"), ["GBR,1997-12-03,,2"]);
}

#[test]
fn adoptions_come_by_date_whatever_the_order_of_rows_and_columns() {
    let csv =
        "Position;From;Until;Actor\nratified;1998;;GBR\n1;1997-12;1998-02;USA\nsigned;1996-10-05;1997;GBR\n";
    let sorted = ["GBR,1996-10-05,1997-01-01,1", "USA,1997-12-01,1998-02-01,1", "GBR,1998-01-01,,2"];
    assert_eq!(adoptions(csv), sorted);
}

#[test]
fn a_position_ends_where_the_next_one_begins() {
    let csv = "actor,from,position\nGBR,1998-07-31,ratified\nGBR,1997-12-03,signed\n";
    assert_eq!(adoptions(csv), ["GBR,1997-12-03,1998-07-31,1", "GBR,1998-07-31,,2"]);
}

#[test]
fn what_is_dated_before_the_period_or_within_the_tick_of_a_birth_is_taken() {
    let csv = "actor,from\nUSA,1950\nNEW,1997-06\nYUG,1997-05-31\nGBR,2020\n";
    let all = ["USA,1950-01-01,,2", "YUG,1997-05-31,,2", "NEW,1997-06-01,,2", "GBR,2020-01-01,,2"];
    assert_eq!(adoptions(csv), all);
}

#[test]
fn a_scenario_that_names_no_table_has_no_history() {
    let scenario = read(&BASE.replace("history = \"history.csv\"\n", ""), "").unwrap();
    assert!(scenario.history.is_empty());
}

#[test]
fn history_changes_nothing_in_the_plan() {
    let plan = |text: &str| {
        format!("{:?}", lower(&read(text, "actor,from\nGBR,1997-02\n").unwrap().into(), None).unwrap())
    };
    assert_eq!(plan(BASE), plan(&BASE.replace("history = \"history.csv\"\n", "")));
}

#[test]
fn a_table_that_is_not_there() {
    let found = read(&BASE.replace("history.csv", "histroy.csv"), "").unwrap_err();
    assert_eq!(
        found,
        "ban.toml:3: there is no file `histroy.csv`\n  3 | history = \"histroy.csv\"\n    |           ^^^^^^^^^^^^^\n\
         Paths are relative to the scenario file; tables are CSV in UTF-8."
    );
}

#[test]
fn a_table_without_rows_or_with_other_columns() {
    says(
        "actor,from\n",
        "history.csv:1: there is no row below the header\n  1 | actor,from\n    | ^^^^^^^^^^\n\
         Add rows, or leave the file out of the scenario.",
    );
    says(
        "actor,form\nGBR,1997\n",
        "history.csv:1: unknown column `form`; did you mean `from`?\n  1 | actor,form\n    |       ^^^^\n\
         The columns are actor, from and, if you like, until, position.",
    );
}

#[test]
fn an_actor_that_nobody_knows() {
    says(
        "actor,from\nGBR,1997\nUSE,1998\n",
        "history.csv:3: there is no actor `USE`; did you mean `USA`?\n  3 | USE,1998\n    | ^^^\n\
         Actors are named by their id, as in the network's files.",
    );
}

#[test]
fn an_actor_that_does_not_decide() {
    says(
        "actor,from\nICBL,1997\n",
        "history.csv:2: `ICBL` is not a government\n  2 | ICBL,1997\n    | ^^^^\nOnly governments hold positions.",
    );
}

#[test]
fn a_date_on_which_the_actor_does_not_live() {
    let remedy = "Give a date on which it does; what an earlier state adopted belongs to that state.";
    says(
        "actor,from\nNEW,1997-05-31\n",
        &format!(
            "history.csv:2: `NEW` does not exist on 1997-05-31\n  2 | NEW,1997-05-31\n    |     ^^^^^^^^^^\n{remedy}"
        ),
    );
    says(
        "actor,from\nNEW,1996\n",
        &format!(
            "history.csv:2: `NEW` does not exist on 1996-01-01\n  2 | NEW,1996\n    |     ^^^^\n{remedy}"
        ),
    );
    says(
        "actor,from\nYUG,1999-02\n",
        &format!(
            "history.csv:2: `YUG` does not exist on 1999-02-01\n  2 | YUG,1999-02\n    |     ^^^^^^^\n{remedy}"
        ),
    );
}

#[test]
fn a_date_that_is_missing_or_none() {
    says("actor,from\nGBR,\n", "history.csv:2: `from` is empty\n  2 | GBR,\n    | ^^^^\nEvery row needs it.");
    assert!(read(BASE, "actor,from\nGBR,1997-13-01\n").unwrap_err().starts_with("history.csv:2: from: "));
}

#[test]
fn a_withdrawal_that_is_not_after_the_adoption() {
    says(
        "actor,from,until\nGBR,1998,1997\n",
        "history.csv:2: it would end on 1997-01-01, but begins on 1998-01-01\n  2 | GBR,1998,1997\n    |          ^^^^\n\
         `until` is the first day after the end, and must be later than `from`.",
    );
}

#[test]
fn spells_that_overlap() {
    let says_of = |row: &str, line: usize| {
        format!(
            "history.csv:3: `GBR` holds two positions at the same time, or one twice: see also history.csv:{line}\n  \
             3 | {row}\n    | {}\nKeep one row, or end one spell (`until`) before the other begins.",
            "^".repeat(row.len())
        )
    };
    // One position twice, without a withdrawal between.
    says("actor,from,until,position\nGBR,1997,,\nGBR,1998,,\n", &says_of("GBR,1998,,", 2));
    // One that was said to last beyond the next.
    says("actor,from,until,position\nGBR,1997,1999,1\nGBR,1998,,2\n", &says_of("GBR,1998,,2", 2));
    // Two on one day.
    says("actor,from,until,position\nGBR,1997,,1\nGBR,1997,,2\n", &says_of("GBR,1997,,2", 2));
    assert_eq!(
        adoptions("actor,from,until\nGBR,1998,\nGBR,1997,1998\n"),
        ["GBR,1997-01-01,1998-01-01,2", "GBR,1998-01-01,,2"]
    );
}

#[test]
fn a_position_that_nobody_knows_or_that_is_the_status_quo() {
    says(
        "actor,from,position\nGBR,1997,singed\n",
        "history.csv:2: there is no position `singed`; did you mean `signed`?\n  2 | GBR,1997,singed\n    |          ^^^^^^\n\
         Positions: 0 `none`, 1 `signed`, 2 `ratified`.",
    );
    says(
        "actor,from,position\nGBR,1997,none\n",
        "history.csv:2: `none` is the status quo, which is not adopted\n  2 | GBR,1997,none\n    |          ^^^^\n\
         Leave the row out; a withdrawal is the date in the column `until`.",
    );
}
