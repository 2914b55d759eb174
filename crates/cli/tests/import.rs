//! `normwave import`: standard files become tables that a scenario reads. All values are invented.

mod common;

use common::Home;

const ALLIANCES: &str = "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,\
    dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,year,version\n\
    1,2,United States,20,Canada,1,1,1990,,,,0,1,1,0,0,0,1990,4.1\n\
    1,2,United States,20,Canada,1,1,1990,,,,0,1,1,0,0,0,1991,4.1\n\
    2,2,United States,200,United Kingdom,1,1,1990,,,,0,1,1,0,0,1,1991,4.1\n";

const STATES: &str = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n\
    USA,2,United States of America,1816,1,1,2016,12,31,2016\n\
    CAN,20,Canada,1920,1,10,2016,12,31,2016\n\
    UKG,200,United Kingdom,1816,1,1,2016,12,31,2016\n";

#[test]
fn what_was_imported_runs_as_a_scenario() {
    let home = Home::new();
    home.put("alliances.txt", ALLIANCES);
    home.put("states2016.csv", STATES);
    let said = home.answer(&["import", "alliances.txt", "states2016.csv", "-o", "world"]);
    assert!(said.contains("3 rows read, 3 kept, 1990 to 1991"), "{said}");
    assert!(said.contains("-> cow-defence.csv"), "{said}");
    let ties = home.read("world/cow-defence.csv");
    assert_eq!(
        ties,
        "from,to,strength,start,end\nCAN,USA,1,1990-01-01,1992-01-01\nGBR,USA,1,1991-01-01,1992-01-01\n"
    );
    let log = home.read("world/import.log");
    assert!(log.contains("cite: Gibler") && log.contains("read as: cow-states"), "{log}");
    home.put(
        "world/norm.toml",
        r#"
schema = 1
title = "A norm among allies"
period = { start = 1990, until = 1993, tick = "year" }
first-adopters = [{ who = ["USA"] }]

[network]
actors = ["cow-actors.csv"]
layer.cow-defence = { file = "cow-defence.csv", undirected = true }

[factor.moral]
layer = "cow-defence"
exposure = "mean"

[decision]
rule = "at-least"
threshold = 0.5
"#,
    );
    home.answer(&["run", "world/norm.toml", "--out", "run"]);
    let adoptions = home.read("run/adoptions.csv");
    assert!(adoptions.contains("CAN") && adoptions.contains("GBR"), "{adoptions}");
}

#[track_caller]
fn refused(home: &Home, arguments: &[&str], words: &[&str]) {
    let before = home.files();
    let output = home.normwave(arguments).output().expect("it runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
    for word in words {
        assert!(stderr.contains(word), "{arguments:?}: `{word}` in: {stderr}");
    }
    assert_eq!(home.files(), before, "{arguments:?} left something behind");
}

#[test]
fn what_cannot_be_imported_leaves_nothing_behind() {
    let home = Home::new();
    home.put("alliances.csv", ALLIANCES);
    home.put("again.csv", ALLIANCES);
    home.put("broken.csv", &ALLIANCES.replace("0,0,0,1991", "0,maybe,0,1991"));
    home.put("other.csv", "a,b\n1,2\n");
    refused(
        &home,
        &["import", "other.csv", "-o", "x"],
        &["none of the known files", "cow-alliances", "--as NAME"],
    );
    refused(
        &home,
        &["import", "alliances.csv", "broken.csv", "-o", "x"],
        &["broken.csv:3", "`maybe` is no number"],
    );
    refused(&home, &["import", "alliances.csv", "again.csv", "-o", "x"], &["both", "cow-defence.csv"]);
    refused(&home, &["import", "alliances.csv", "-o", "x", "--from", "2013"], &["nothing was kept"]);
    refused(
        &home,
        &["import", "alliances.csv", "-o", "x", "--from", "1990", "--until", "1990"],
        &["no year"],
    );
    refused(&home, &["import", "missing.csv", "-o", "x"], &["missing.csv"]);
    refused(
        &home,
        &["import", "alliances.csv", "-o", "x", "--as", "cow-aliances"],
        &["did you mean `cow-alliances`?"],
    );
    home.answer(&["import", "alliances.csv", "-o", "x"]);
    refused(&home, &["import", "alliances.csv", "-o", "x"], &["x exists"]);
}

#[test]
fn all_importers_are_listed() {
    let list = Home::new().answer(&["import", "--list"]);
    for name in ["cow-igo", "v-dem", "spid", "Gravity_V202211.csv"] {
        assert!(list.contains(name), "{name} in: {list}");
    }
}
