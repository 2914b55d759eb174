//! What is wrong is said with a message and status 2, and nothing is written.

mod common;

use common::{Home, SUMMIT};

/// The call fails with this status, says these words, and leaves the folder as it was.
#[track_caller]
fn refused(home: &Home, arguments: &[&str], words: &[&str]) {
    let before = home.files();
    let output = home.normwave(arguments).output().expect("it runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("error: "), "{stderr}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    for word in words {
        assert!(stderr.contains(word), "{arguments:?}: `{word}` in: {stderr}");
    }
    assert_eq!(home.files(), before, "{arguments:?} left something behind");
    assert!(!home.path("runs").exists(), "{arguments:?} left a folder behind");
}

/// A scenario with a mistake is refused by every command that reads it.
#[track_caller]
fn refused_by_all(home: &Home, words: &[&str]) {
    refused(home, &["run", "summit.toml"], words);
    refused(home, &["check", "summit.toml"], words);
    refused(home, &["explain", "summit.toml", "--actor", "G1", "--at", "2001"], words);
    refused(home, &["network", "summit.toml", "--at", "2001"], words);
}

#[track_caller]
fn with(find: &str, replace: &str, words: &[&str]) {
    let home = Home::with_summit();
    assert!(SUMMIT.contains(find), "{find}");
    home.put("summit.toml", &SUMMIT.replace(find, replace));
    refused_by_all(&home, words);
}

#[test]
fn a_misspelt_factor() {
    with(
        "[factor.moral]\n",
        "[factor.moral]\ntype = \"morall\"\n",
        &["summit.toml", "morall", "did you mean `moral`?"],
    );
}

#[test]
fn a_date_outside_the_period() {
    with("date = \"2004-04\"", "date = \"2014-04\"", &["2014-04-01", "outside the period", "2008-01-01"]);
}

#[test]
fn an_unknown_key() {
    with("kappa = 1.2", "kapa = 1.2", &["summit.toml:16", "kapa"]);
}

#[test]
fn a_tie_to_an_unknown_actor() {
    let home = Home::with_summit();
    home.put("ring.csv", "from,to,strength\nG0,G1,1.0\nG0,GX,1.0\n");
    refused_by_all(&home, &["ring.csv:3", "GX"]);
}

#[test]
fn a_ragged_row() {
    let home = Home::with_summit();
    home.put("ring.csv", "from,to,strength\nG0,G1,1.0\nG1,G2\n");
    refused_by_all(&home, &["ring.csv:3", "2 fields", "header has 3"]);
}

#[test]
fn a_negative_strength() {
    let home = Home::with_summit();
    home.put("ring.csv", "from,to,strength\nG0,G1,-0.3\n");
    refused_by_all(&home, &["ring.csv:2", "-0.3", "0 or more"]);
}

#[test]
fn a_case_or_file_that_is_not_there() {
    let home = Home::new();
    refused(&home, &["run", "stra"], &["no case `stra`", "did you mean `star`?", "Cases: ego, star"]);
    refused(&home, &["run", "./star.toml"], &["./star.toml", "no such file"]);
    refused(&home, &["run"], &["CASE|FILE"]);
}

#[test]
fn overrides_that_do_not_fit() {
    let home = Home::with_summit();
    let run = |more: &[&'static str]| [&["run", "summit.toml"], more].concat();
    refused(&home, &run(&["--without", "sumit"]), &["no event `sumit`", "did you mean `summit`?"]);
    refused(&home, &run(&["--set", "factor.moral.kappa"]), &["KEY=VALUE"]);
    refused(&home, &run(&["--set", "factor.moral.kapa=1"]), &["--set", "kapa"]);
    refused(&home, &run(&["--set", "factor.moral.kappa=-1"]), &["--set", "-1"]);
    refused(&home, &run(&["--set", "decision.rule=loud"]), &["--set", "loud"]);
    refused(&home, &run(&["--engine", "steam"]), &["steam", "sparse", "reference"]);
    refused(&home, &run(&["--replicates", "0"]), &["--replicates"]);
    refused(&home, &run(&["--force"]), &["--out"]);
}

#[test]
fn questions_about_what_is_not_there() {
    let home = Home::with_summit();
    let explain = |more: &[&'static str]| [&["explain", "summit.toml"], more].concat();
    refused(&home, &explain(&["--actor", "G11", "--at", "2001"]), &["--actor G11", "did you mean `G1`?"]);
    refused(&home, &explain(&["--actor", "G1", "--at", "1999-12"]), &["--at 1999-12", "outside the period"]);
    refused(
        &home,
        &explain(&["--actor", "G1", "--at", "2001", "--versus", "2008-01"]),
        &["--versus 2008-01"],
    );
    refused(&home, &explain(&["--actor", "G1", "--at", "soon"]), &["--at soon"]);
    refused(
        &home,
        &explain(&["--actor", "G1", "--at", "2001", "--position", "adoptd"]),
        &["did you mean `adopted`?"],
    );
    let network = |more: &[&'static str]| [&["network", "summit.toml", "--at", "2001"], more].concat();
    refused(&home, &network(&["--layer", "rink"]), &["rink", "ring"]);
    refused(&home, &network(&["--group", "G1,GX"]), &["--group", "GX"]);
    refused(&home, &network(&["--group", "G1,G1"]), &["--group", "named twice"]);
    refused(&home, &network(&["--by", "region"]), &["--by", "no attribute `region`"]);
}

#[test]
fn only_governments_of_that_time_decide() {
    let home = Home::with_summit();
    let actors = home
        .read("actors.csv")
        .replace("id,name", "id,name,kind,from")
        .lines()
        .enumerate()
        .map(|(no, line)| match no {
            0 => format!("{line}\n"),
            1 => format!("{line},,\n"),
            2 => format!("{line},,2003-01-01\n"),
            3 => format!("{line},ngo,\n"),
            _ => format!("{line},,\n"),
        })
        .collect::<String>();
    home.put("actors.csv", &actors);
    let explain = |actor| ["explain", "summit.toml", "--actor", actor, "--at", "2001"];
    refused(&home, &explain("G1"), &["not a member of the state system"]);
    refused(&home, &explain("G2"), &["is no government"]);
}

#[test]
fn files_that_are_no_scenario() {
    let home = Home::with_summit();
    let put = |name: &str, bytes: &[u8]| std::fs::write(home.path(name), bytes).expect("it is written");
    put("sheet.toml", b"PK\x03\x04\x14\0\x06\0");
    refused(
        &home,
        &["check", "sheet.toml"],
        &["sheet.toml: this is a zip archive, such as an Excel", "CSV UTF-8"],
    );
    put("latin.toml", b"schema = 1\ntitle = \"Entr\xe9e en vigueur\"\n");
    refused(
        &home,
        &["check", "latin.toml"],
        &[
            "latin.toml:2: byte 0xE9 is not UTF-8",
            "Latin-1",
            "it is `\u{e9}`, column 14",
            "Save the file as UTF-8",
        ],
    );
    put("zero.toml", &[0; 100]);
    refused(&home, &["check", "zero.toml"], &["zero.toml:1: there is a NUL byte"]);
    let huge = std::fs::File::create(home.path("huge.toml")).expect("it is made");
    huge.set_len(3 << 30).expect("it has holes");
    refused(
        &home,
        &["check", "huge.toml"],
        &["the file is too large: 3072 MiB, where 16 MiB are read at most"],
    );
}

#[test]
fn a_folder_is_answered_with_the_scenarios_in_it() {
    let home = Home::with_summit();
    refused(&home, &["check", "./"], &["./: it is a folder", "Scenario files in it: ./summit.toml."]);
    std::fs::create_dir(home.path("empty")).expect("it is made");
    refused(&home, &["check", "./empty"], &["./empty: it is a folder", "Give the path of a scenario file"]);
}

#[test]
fn a_mistyped_path_is_answered_with_the_file_that_is_meant() {
    let home = Home::with_summit();
    refused(
        &home,
        &["check", "sumit.toml"],
        &["sumit.toml: there is no such file", "Did you mean `summit.toml`?"],
    );
    refused(&home, &["check", "nowhere/a.toml"], &["no such file", "There is no folder `nowhere` either."]);
}

#[test]
fn tables_that_are_no_tables() {
    let home = Home::with_summit();
    std::fs::write(home.path("ring.csv"), b"from,to\nG0,G\xfc1\n").expect("it is written");
    refused_by_all(&home, &["ring.csv:2: byte 0xFC is not UTF-8", "it is `ü`", "2 | G0,G\u{fffd}1"]);
    home.put("ring.csv", "");
    refused_by_all(&home, &["`ring.csv` is empty", "from, to and, if you like, strength, start, end"]);
    std::fs::remove_file(home.path("ring.csv")).expect("it goes");
    std::fs::create_dir(home.path("ring.csv")).expect("it is made");
    refused_by_all(&home, &["summit.toml:", "`ring.csv` is a folder"]);
}

#[test]
fn a_picture_that_cannot_be_drawn() {
    let home = Home::with_summit();
    let picture = |kind: &str, more: &[&str], words: &[&str]| {
        let fixed = ["picture", "summit.toml", "--kind", kind, "-o", "x.svg"];
        refused(&home, &[&fixed[..], more].concat(), words);
    };
    picture("map", &[], &["no actor has coordinates", "`lat` and `lng`", "--kind rings"]);
    picture("rings", &["--layer", "rign"], &["--layer", "`rign`", "did you mean `ring`?"]);
    picture("rings", &["--size", "capability"], &["--size", "there is no attribute `capability`"]);
    picture("rings", &["--date", "1999"], &["--date 1999 lies outside the period, 2000-01-01 to 2008-01-01"]);
    picture("rings", &["--dates", "2001,2002"], &["--kind multiples", "--date"]);
    picture("multiples", &["--date", "2001"], &["--date 2001", "--dates"]);
    picture("regions", &["--position", "adpoted"], &["--position adpoted", "did you mean `adopted`?"]);
    picture("rings", &["--of", "history"], &["--of history", "key `history`"]);
    let many = ["2000"; 13].join(",");
    picture("multiples", &["--dates", &many], &["13 dates are more than the 12"]);
    for file in ["x", "x.pdf"] {
        refused(&home, &["picture", "summit.toml", "--kind", "rings", "-o", file], &[file, ".svg or .png"]);
    }
}
