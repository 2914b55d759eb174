//! What the formats can say in more than one way.

use normwave_network_file::{Format, Found, Reading, Value, read_text};

fn found(format: Format, text: &str) -> Found {
    read_text(format, text, &Reading::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

// The ties as `a>b 0.5` or `a-b 0.5`.
fn ties(found: &Found) -> Vec<String> {
    let graph = &found.graph;
    let between = if graph.is_directed() { '>' } else { '-' };
    let id = |place: usize| graph.nodes()[place].id.as_str();
    graph
        .ties()
        .iter()
        .map(|tie| format!("{}{between}{} {}", id(tie.from), id(tie.to), tie.strength))
        .collect()
}

fn passed(found: &Found) -> Vec<String> {
    found.passed_over.iter().map(ToString::to_string).collect()
}

#[test]
fn pajek_has_lists_matrices_and_vertices_without_lines() {
    let head = "% a comment\n*Vertices 4\n1 a\n2 \"b c\" 0.1 0.2 0.5 ellipse x_fact 2\n";
    for (rest, expected) in [
        ("*Arcslist\n1 2 3\n4 1\n", vec!["a>b c 1", "a>3 1", "4>a 1"]),
        ("*Edgeslist\n1 2 3\n", vec!["a-b c 1", "a-3 1"]),
        ("*Matrix\n0 1 0 0\n0 0 0.5 0\n0 0 0 0\n2 0 0 0\n", vec!["a>b c 1", "b c>3 0.5", "4>a 2"]),
        ("*arcs\n1 2 0.5 c Blue\n\n*edges\n", vec!["a>b c 0.5"]),
        ("*Edges\n1 2\n", vec!["a-b c 1"]),
        ("", vec![]),
    ] {
        let found = found(Format::Pajek, &format!("{head}{rest}"));
        assert_eq!(ties(&found), expected, "{rest}");
        let node = &found.graph.nodes()[1];
        assert_eq!(node.attributes["z"], Value::Number(0.5));
        assert_eq!(node.attributes["shape"], Value::Text("ellipse".to_owned()));
        assert_eq!(node.attributes["x_fact"], Value::Integer(2));
        assert_eq!(found.graph.nodes().len(), 4);
    }
}

#[test]
fn pajek_arcs_and_edges_together_become_directed_ties() {
    let found = found(Format::Pajek, "*Vertices 3\n1 a\n2 b\n3 c\n*Arcs\n1 2 [1-3]\n*Edges\n2 3 2\n");
    assert_eq!(ties(&found), ["a>b 1", "b>c 2", "c>b 2"]);
    assert_eq!(
        passed(&found),
        ["time in brackets", "an undirected tie among directed ones, now a tie each way"]
    );
}

#[test]
fn pajek_labels_that_are_the_same_are_labels_only() {
    let found = found(Format::Pajek, "*Vertices 2\n1 \"a\"\n2 \"a\"\n*Edges\n1 2\n");
    assert_eq!(ties(&found), ["1-2 1"]);
    assert_eq!(found.graph.nodes()[1].label.as_deref(), Some("a"));
    assert_eq!(found.passed_over.len(), 1);
}

#[test]
fn dl_has_matrices_halves_and_lists_with_labels_or_without() {
    for (text, expected) in [
        ("DL N = 3\nData:\n0 1 0.5\n0 0 2\n0 0 0\n", vec!["1>2 1", "1>3 0.5", "2>3 2"]),
        (
            "dl n=3 format = fullmatrix\nlabels:\na,\"b c\",d\ndata:\n0 1 0 0\n0 1 0 0 0\n",
            vec!["a>b c 1", "b c>d 1"],
        ),
        (
            "dl n=3 format = fullmatrix diagonal absent\nlabels:\na\nb\nc\ndata:\n1 0\n0 1\n0 2\n",
            vec!["a>b 1", "b>c 1", "c>b 2"],
        ),
        (
            "dl\nn = 2\nlabels embedded\nformat = fullmatrix\ndata:\nBill Jan\nBill 0 1\nJan 0 3\n",
            vec!["Bill>Jan 1", "Jan>Jan 3"],
        ),
        ("DL n=3, format=lowerhalf, diagonal=absent\ndata:\n1\n0 2\n", vec!["2-1 1", "3-2 2"]),
        ("DL n=3 format=upperhalf\ndata:\n0 1 0\n0 2\n0\n", vec!["1-2 1", "2-3 2"]),
        ("DL n=3\nformat = edgelist1\nlabels:\na, b, c\ndata:\n1 2\n3 1 0.5\n", vec!["a>b 1", "c>a 0.5"]),
        ("DL n=3\nformat = edgelist1\nlabels embedded:\ndata:\na b\na \"c d\" 2\n", vec!["a>b 1", "a>c d 2"]),
        (
            "DL n=3\nformat = nodelist1\nlabels embedded:\ndata:\na b c\nb a\n",
            vec!["a>b 1", "a>c 1", "b>a 1"],
        ),
        ("DL nr=2 nc=2 nm=1\nrow labels:\na b\ncolumn labels:\na b\ndata: 0 1 . 0\n", vec!["a>b 1"]),
    ] {
        assert_eq!(ties(&found(Format::Dl, text)), expected, "{text}");
    }
    let few = found(Format::Dl, "DL n=5\nformat = edgelist1\nlabels embedded:\ndata:\na b\n");
    assert_eq!(passed(&few), ["a node that n counts, but no label names (3 times)"]);
}

#[test]
fn gexf_tells_open_ends_from_closed_ones_and_years_from_dates() {
    let text = |time: &str| {
        format!(
            "<gexf xmlns:viz=\"v\"><graph mode=\"dynamic\"><nodes><node id=\"a\"><viz:size value=\"1\"/></node><node id=\"b\" label=\"B\"/></nodes>\
             <edges><edge source=\"a\" target=\"b\" {time}</edges></graph></gexf>"
        )
    };
    for (time, expected) in [
        ("start=\"1990-05-01\" end=\"1995-01-31\"/>", vec!["1990-05-01 1995-02-01"]),
        ("start=\"1990\" end=\"1995\"/>", vec!["1990-01-01 1996-01-01"]),
        ("start=\"1990.0\" endopen=\"1995.0\"/>", vec!["1990-01-01 1995-01-01"]),
        ("start=\"1990-01-01T00:00:00\"/>", vec!["1990-01-01 -"]),
        (
            "intervals=\"&lt;[1990-01-01, 1991-12-31]; ]1995-01-01, 1996-01-01[&gt;\"/>",
            vec!["1990-01-01 1992-01-01", "1995-01-02 1996-01-01"],
        ),
        (
            "><spells><spell start=\"1990-01-01\"/><spell end=\"1980-01-01\"/></spells></edge>",
            vec!["1990-01-01 -", "- 1980-01-02"],
        ),
    ] {
        let found = found(Format::Gexf, &text(time));
        let shown = |date: Option<_>| date.map_or("-".to_owned(), |date: jiff::civil::Date| date.to_string());
        let dates: Vec<String> =
            found.graph.ties().iter().map(|tie| format!("{} {}", shown(tie.start), shown(tie.end))).collect();
        assert_eq!(dates, expected, "{time}");
        assert_eq!(passed(&found), ["<size> of nodes"]);
        assert!(!found.graph.is_directed());
    }
    let strange = found(Format::Gexf, &text("start=\"5.5\" end=\"Tuesday\"/>"));
    assert!(passed(&strange).contains(&"times that are no dates and no years (2 times)".to_owned()));
}

#[test]
fn gexf_ties_can_be_mutual_and_attributes_have_defaults() {
    let found = found(
        Format::Gexf,
        "<gexf><graph defaultedgetype=\"directed\"><attributes class=\"node\"><attribute id=\"0\" title=\"major\" \
         type=\"boolean\"><default>false</default></attribute></attributes><nodes><node id=\"a\"><attvalues><attvalue \
         for=\"0\" value=\"true\"/></attvalues></node><node id=\"b\"/></nodes><edges><edge id=\"x\" source=\"a\" target=\"b\" \
         type=\"mutual\" weight=\"2\"/></edges></graph></gexf>",
    );
    assert_eq!(ties(&found), ["a>b 2", "b>a 2"]);
    let major: Vec<&Value> = found.graph.nodes().iter().map(|node| &node.attributes["major"]).collect();
    assert_eq!(major, [&Value::Flag(true), &Value::Flag(false)]);
    assert_eq!(passed(&found), ["ids of ties"]);
}

#[test]
fn graphml_of_other_programs_keeps_what_is_a_network() {
    let text = "<?xml version=\"1.0\"?><!DOCTYPE graphml SYSTEM \"graphml.dtd\"><!-- by hand --><graphml xmlns:y=\"y\">\
        <key id=\"d0\" for=\"node\" yfiles.type=\"nodegraphics\"/><key id=\"d1\" for=\"node\" attr.name=\"Name\"/>\
        <key id=\"d2\" for=\"edge\" attr.name=\"Weight\" attr.type=\"float\"><default>2.5</default></key>\
        <key id=\"d3\" for=\"edge\" attr.name=\"since\" attr.type=\"int\"/>\
        <key id=\"d4\" for=\"edge\" attr.name=\"start\" attr.type=\"string\"/><key id=\"d5\" for=\"edge\" attr.name=\"end\"/>\
        <graph edgedefault=\"undirected\"><edge source=\"a\" target=\"b\"><data key=\"d3\"> 1990 </data><data key=\"d4\">1990-05</data>\
        <data key=\"d5\">soon</data></edge><node id=\"a\"><desc>x</desc><data key=\"d0\"><y:ShapeNode/></data>\
        <data key=\"d1\"><![CDATA[Alpha & Co]]> &#233;</data><port name=\"p\"/></node><node id=\"b\"/></graph></graphml>";
    let found = found(Format::GraphMl, text);
    assert_eq!(ties(&found), ["a-b 2.5"]);
    assert_eq!(found.graph.nodes()[0].label.as_deref(), Some("Alpha & Co é"));
    let tie = &found.graph.ties()[0];
    assert_eq!(tie.attributes["since"], Value::Integer(1990));
    assert_eq!(tie.start, Some(jiff::civil::date(1990, 5, 1)));
    assert_eq!(tie.attributes["end_"], Value::Text("soon".to_owned()));
    assert_eq!(
        passed(&found),
        [
            "the name `end` of an attribute of ties, now `end_`",
            "data of the key `d0` that is XML itself",
            "<port>"
        ]
    );
}

#[test]
fn gml_takes_ids_from_labels_names_or_numbers() {
    let node = |inside: &str| {
        format!(
            "graph [ node [ id 7 {inside} ] node [ id 9 label \"b\" ] edge [ source 9 target 7 value 3 ] ]"
        )
    };
    for (inside, expected) in [
        ("label \"a\" name \"Alpha\" graphics [ x 1 fill [ ] ]", "b-a 1"),
        ("label \"b\"", "9-7 1"),
        ("name \"Alpha\"", "9-7 1"),
    ] {
        assert_eq!(ties(&found(Format::Gml, &node(inside))), [expected], "{inside}");
    }
    let reading = Reading { strength: Some("value".to_owned()), ..Reading::default() };
    let found =
        read_text(Format::Gml, &node("label \"a\" name \"Alpha\" graphics [ x 1 ]"), &reading).unwrap();
    assert_eq!(ties(&found), ["b-a 3"]);
    assert_eq!(found.graph.nodes()[0].label.as_deref(), Some("Alpha"));
    assert_eq!(passed(&found), ["the list `graphics` of nodes"]);
}

#[test]
fn json_of_d3_counts_nodes_or_names_them() {
    let counted = "{\"nodes\": [{\"name\": \"a\", \"group\": 1}, {\"name\": \"b\"}], \"links\": [{\"source\": 1, \"target\": 0, \"value\": 2, \"path\": [1]}]}";
    let named = "{\"directed\": true, \"nodes\": [{\"id\": 1}, {\"id\": \"b\"}], \"links\": [{\"source\": \"b\", \"target\": 1, \"weight\": 2}], \"graph\": {\"title\": \"x\"}}";
    let first = found(Format::NodeLink, counted);
    assert_eq!(ties(&first), ["b-a 1"]);
    assert_eq!(first.graph.ties()[0].attributes["value"], Value::Integer(2));
    assert_eq!(passed(&first), ["the list or object `path` of ties"]);
    let second = found(Format::NodeLink, named);
    assert_eq!(ties(&second), ["b>1 2"]);
    assert_eq!(passed(&second), ["`graph` beside the nodes"]);
}

#[test]
fn tables_and_matrices_may_have_other_separators() {
    let found_csv = found(
        Format::Csv,
        "\u{feff}From;TO;strength;kind;start\r\n A ; B ;0.5;aid;1990\r\nB;\"C; D\";;;\r\n",
    );
    assert_eq!(ties(&found_csv), ["A>B 0.5", "B>C; D 1"]);
    assert_eq!(found_csv.graph.ties()[0].attributes["kind"], Value::Text("aid".to_owned()));
    assert_eq!(found_csv.graph.ties()[0].start, Some(jiff::civil::date(1990, 1, 1)));
    let matrix = "\tA\tB\nB\t2\t0\nA\t\t1\n";
    assert_eq!(ties(&found(Format::Matrix, matrix)), ["A>B 1", "B>A 2"]);
    let both = Reading { undirected: true, ..Reading::default() };
    let symmetric = read_text(Format::Matrix, ",A,B\nA,0,2\nB,2,1\n", &both).unwrap();
    assert_eq!(ties(&symmetric), ["A-B 2", "B-B 1"]);
    let named = Reading {
        from: "a".to_owned(),
        to: "b".to_owned(),
        strength: Some("c".to_owned()),
        undirected: true,
    };
    assert_eq!(ties(&read_text(Format::Tsv, "c\tb\ta\n3\tX\tY\n", &named).unwrap()), ["Y-X 3"]);
}

#[test]
fn of_two_strengths_the_one_that_was_asked_for_counts_and_the_other_stays() {
    let csv = "from,to,weight,w\nA,B,2,3\n";
    assert_eq!(ties(&found(Format::Csv, csv)), ["A>B 2"]);
    let by = |name: &str| Reading { strength: Some(name.to_owned()), ..Reading::default() };
    let asked = read_text(Format::Csv, csv, &by("w")).unwrap();
    assert_eq!(ties(&asked), ["A>B 3"]);
    assert_eq!(asked.graph.ties()[0].attributes["weight_"], Value::Integer(2));
    let error = read_text(Format::Csv, csv, &by("v")).unwrap_err();
    assert_eq!(error.to_string(), "line 1, column 1: there is no column `v`");
    let json = "{\"nodes\": [{\"id\": 1}], \"links\": [{\"source\": 1, \"target\": 1, \"weight\": 2, \"value\": 3}]}";
    let asked = read_text(Format::NodeLink, json, &by("value")).unwrap();
    assert_eq!(ties(&asked), ["1-1 3"]);
    assert_eq!(asked.graph.ties()[0].attributes["former_strength"], Value::Number(2.0));
}
