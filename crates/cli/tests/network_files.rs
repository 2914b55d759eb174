//! Files of networks as other programs write them: converting them, and scenarios that name them.

mod common;

use common::Home;

// Alliances with dates, of states with names.
const GEXF: &str = r#"<gexf version="1.3"><graph defaultedgetype="undirected" mode="dynamic" timeformat="date">
<attributes class="node"><attribute id="0" title="gdp" type="double"/></attributes>
<nodes><node id="AUT" label="Österreich"><attvalues><attvalue for="0" value="1.5"/></attvalues></node>
<node id="CIV" label="Côte d'Ivoire"/><node id="JPN" label="日本"/><node id="NRU"/></nodes>
<edges><edge source="AUT" target="CIV" weight="0.5" start="1990-01-01" end="1995-12-31"/>
<edge source="CIV" target="JPN" weight="2"/></edges></graph></gexf>"#;

fn notes(home: &Home, arguments: &[&str]) -> String {
    let output = home.normwave(arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

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
fn a_network_goes_through_formats_that_say_all_of_it_and_comes_back() {
    let home = Home::new();
    home.put("a.gexf", GEXF);
    let way = ["a.gexf", "b.graphml", "c.json", "d.gml", "e.gexf"];
    for pair in way.windows(2) {
        assert_eq!(notes(&home, &["network", "convert", pair[0], pair[1]]), "", "{pair:?}");
    }
    home.answer(&["network", "convert", "a.gexf", "first.gexf"]);
    assert_eq!(home.read("first.gexf"), home.read("e.gexf"));
    let answer = home.answer(&["network", "convert", "e.gexf", "last.json"]);
    assert_eq!(answer, "last.json: 4 actors, 2 undirected ties\n");
}

#[test]
fn convert_lists_what_a_format_cannot_say() {
    let home = Home::new();
    home.put("a.gexf", GEXF);
    let note = notes(&home, &["network", "convert", "a.gexf", "a.csv"]);
    for word in [
        "note: left out in a.csv: that ties go both ways: there is a row for each direction",
        "a node without ties",
        "labels of nodes (3 times)",
        "the attribute `gdp` of nodes",
    ] {
        assert!(note.contains(word), "{word}: {note}");
    }
    assert_eq!(
        home.read("a.csv"),
        "from,to,strength,start,end\nAUT,CIV,0.5,1990-01-01,1996-01-01\nCIV,AUT,0.5,1990-01-01,1996-01-01\n\
         CIV,JPN,2,,\nJPN,CIV,2,,\n"
    );
    let json = home.json(&["network", "convert", "a.gexf", "a.ties", "--json"]);
    assert_eq!((&json["actors"], &json["ties"], &json["undirected"]), (&4.into(), &2.into(), &true.into()));
    assert_eq!(json["left_out"][0], "dates of ties");
    home.answer(&["network", "convert", "a.ties", "a.net"]);
    assert_eq!(
        home.read("a.net"),
        "*Vertices 4\n1 \"AUT\"\n2 \"CIV\"\n3 \"JPN\"\n4 \"NRU\"\n*Edges\n1 2 0.5\n2 3 2.0\n"
    );
    assert!(notes(&home, &["network", "convert", "a.ties", "a.parquet"]).contains("1 actor has no tie"));
    assert_eq!(notes(&home, &["network", "convert", "a.parquet", "a.dl"]), "");
    home.put(
        "serial.gml",
        "graph [ node [ id 0 name \"x\" ] node [ id 1 name \"x\" ] edge [ source 0 target 1 ] ]",
    );
    assert_eq!(
        notes(&home, &["network", "convert", "serial.gml", "serial.matrix.csv"]).matches("left out").count(),
        1
    );
}

#[test]
fn formats_ids_and_strengths_can_be_named() {
    let home = Home::new();
    home.put("net.txt", "a b 2\nb c 1\n");
    home.put(
        "net.gml",
        "graph [ node [ id 0 iso \"AUT\" ] node [ id 1 iso \"BEL\" ] edge [ source 0 target 1 value 3 ] ]",
    );
    home.answer(&[
        "network",
        "convert",
        "net.txt",
        "net.xml",
        "--from-format",
        "edgelist",
        "--to-format",
        "graphml",
    ]);
    assert!(home.read("net.xml").starts_with("<?xml"));
    let note = notes(
        &home,
        &["network", "convert", "net.gml", "net.edgelist", "--id", "iso", "--strength", "value"],
    );
    assert_eq!(note, "note: left out in net.edgelist: the attribute `former_id` of nodes (2 times)\n");
    assert_eq!(home.read("net.edgelist"), "# undirected\nAUT\tBEL\t3.0\n");
    home.put("who.csv", "a,b,w,kind\nX,Y,2,aid\n");
    home.answer(&[
        "network",
        "convert",
        "who.csv",
        "who.json",
        "--from",
        "a",
        "--to",
        "b",
        "--strength",
        "w",
    ]);
    assert!(home.read("who.json").contains("\"kind\": \"aid\""));
    home.put("n.graphml", "<graphml><key id=\"l\" for=\"node\" attr.name=\"name\"/><graph edgedefault=\"directed\"><node id=\"n0\">\
        <data key=\"l\">AUT</data></node><node id=\"n1\"><data key=\"l\">BEL</data></node><edge source=\"n0\" target=\"n1\"/></graph></graphml>");
    let note = notes(&home, &["network", "convert", "n.graphml", "n.csv"]);
    assert_eq!(note, "note: n.graphml only numbers its nodes; their labels are the ids\n");
    assert_eq!(home.read("n.csv"), "from,to\nAUT,BEL\n");
}

#[test]
fn convert_says_what_is_wrong_with_a_file_of_another_program() {
    let home = Home::new();
    home.put("a.gexf", GEXF);
    home.put("cut.gexf", &GEXF[..200]);
    home.put("two.net", "*Vertices 2\n1 a\n1 b\n");
    let convert = |from: &str, to: &str, more: &[&str], words: &[&str]| {
        refused(&home, &[&["network", "convert", from, to][..], more].concat(), words);
    };
    convert("cut.gexf", "x.gml", &[], &["cut.gexf: line 3, column 8: ", "cut short"]);
    convert("two.net", "x.gml", &[], &["two.net: line 3, column 1: vertex 1 is given twice: also in line 2"]);
    convert("none.gml", "x.csv", &[], &["none.gml: there is no such file"]);
    convert("a.gexf", "two.net", &[], &["two.net: the file exists", "--force"]);
    convert("a.gexf", "none/x.net", &[], &["there is no folder `none`"]);
    convert(
        "a.gexf",
        "x.net",
        &["--undirected"],
        &["--undirected does not go with a.gexf", "Leave --undirected out."],
    );
    convert("a.gexf", "x.net", &["--from", "a"], &["--from does not go with a.gexf: it has no columns"]);
    convert("a.gexf", "x.net", &["--id", "iso"], &["not every node has the attribute `iso`", "`gdp`"]);
    convert(
        "a.gexf",
        "x.net",
        &["--to-format", "pajec"],
        &["--to-format pajec: unknown format; did you mean `pajek`?"],
    );
    convert("a.gexf", "x.bin", &["--to-format", "ties"], &["x.bin", "Name it .ties"]);
}

const SCENARIO: &str = r#"
schema = 1
title = "A network from a file"
period = { start = 2000, until = 2020, tick = "year" }
first-adopters = [{ who = ["A"] }]

[network]
actors = { ties = "FILE" }
layer.ties.file = "FILE"

[factor.moral]
layer = "ties"
exposure = "mean"

[decision]
rule = "at-least"
threshold = 0.25
"#;

#[test]
fn a_scenario_ends_the_same_from_every_format() {
    let home = Home::new();
    home.put(
        "net.csv",
        "from,to,strength\nA,B,1\nA,C,0.5\nB,C,1\nC,D,2\nD,E,1\nB,E,0.25\nE,F,1\nF,A,1\nF,Z,1\n",
    );
    home.put("csv.toml", &SCENARIO.replace("FILE", "net.csv"));
    home.answer(&["run", "csv.toml", "--out", "csv", "--no-report"]);
    for extension in ["graphml", "gexf", "net", "gml", "dl", "json", "edgelist", "matrix.csv"] {
        home.answer(&["network", "convert", "net.csv", &format!("net.{extension}")]);
        home.put("other.toml", &SCENARIO.replace("FILE", &format!("net.{extension}")));
        home.answer(&["run", "other.toml", "--out", extension, "--no-report"]);
        for table in ["adoptions.csv", "ledger.csv"] {
            assert_eq!(
                home.read(&format!("csv/{table}")),
                home.read(&format!("{extension}/{table}")),
                "{extension}"
            );
        }
    }
    home.put("dated.gexf", GEXF);
    home.put("other.toml", &SCENARIO.replace("FILE", "dated.gexf"));
    refused(
        &home,
        &["check", "other.toml"],
        &["other.toml:8: [network] actors", "`dated.gexf`: its ties have dates", "convert FROM TO.csv"],
    );
    home.put("bad.net", "*Vertices 2\n1 A\n2 B\n*Arcs\n1 3\n");
    home.put("other.toml", &SCENARIO.replace("FILE", "bad.net"));
    refused(&home, &["check", "other.toml"], &["`bad.net`: line 5, column 3: there is no vertex 3"]);
}
