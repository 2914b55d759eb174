//! What is refused, with which words, and where.

use normwave_network_file::{Format, Reading, read, read_text};

#[track_caller]
fn refused(format: Format, text: &str, problem: &str, remedy: &str) {
    let error = read_text(format, text, &Reading::default()).unwrap_err();
    assert_eq!(error.to_string(), problem, "{text}");
    assert!(error.remedy().contains(remedy), "{}", error.remedy());
}

fn graphml(inside: &str) -> String {
    format!("<graphml>\n<graph edgedefault=\"directed\">\n{inside}\n</graph>\n</graphml>")
}

#[test]
fn graphml_that_no_network_can_be_is_refused_with_its_place() {
    let two = "<node id=\"a\"/><node id=\"b\"/>";
    for (inside, problem, remedy) in [
        (
            "<node id=\"a\"/>\n<node id=\"a\"/>",
            "line 4, column 1: two nodes have the id `a`: also in line 3",
            "id of its own",
        ),
        ("<node/>", "line 3, column 1: a <node> has no id", ""),
        (
            "<node id=\"a\"><graph/></node>",
            "line 3, column 14: this graph is nested in a node",
            "beside the others",
        ),
        (
            "<hyperedge/>",
            "line 3, column 1: this is a hyperedge, which joins more than two nodes",
            "each pair",
        ),
        (
            "<node id=\"a\"><data key=\"d1\">x</data></node>",
            "line 3, column 14: the key `d1` is not declared",
            "Declare it before the graph",
        ),
        ("<node id=\"&b;\"/>", "line 3, column 1: in <node>: at 1..2: unrecognized entity `b`", "&amp;"),
        (
            "<node id=\"a\">&lol;</node>",
            "line 3, column 14: the entity `&lol;` is not declared in XML",
            "&amp;",
        ),
        ("<node id=\"a\">text</node>", "line 3, column 14: there is text between elements: `text`", ""),
        (
            "<node id=\"Öst\"/><edge source=\"Öst\" target=\"ost\"/>",
            "line 3, column 17: a tie joins `ost`, and there is no such node",
            "List every node",
        ),
        (
            "<node id=\"Ost\"/><edge source=\"Ost\" target=\"ost\"/>",
            "line 3, column 17: a tie joins `ost`, and there is no such node; did you mean `Ost`?",
            "",
        ),
        (
            "<node id=\"a\">",
            "line 4, column 1: ill-formed document: expected `</node>`, but `</graph>` was found",
            "cut short or damaged",
        ),
    ] {
        refused(Format::GraphMl, &graphml(inside), problem, remedy);
    }
    let weighted = |weight: &str| {
        let key = "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>";
        let edge = format!("{two}<edge source=\"a\" target=\"b\"><data key=\"w\">{weight}</data></edge>");
        graphml(&edge).replace("<graphml>", &format!("<graphml>{key}"))
    };
    refused(
        Format::GraphMl,
        &weighted("NaN"),
        "line 3, column 29: strength NaN is not a finite number",
        "Leave the tie out",
    );
    refused(
        Format::GraphMl,
        &weighted("-1"),
        "line 3, column 29: strength -1.0 is negative; strengths are 0 or more",
        "advocacy for position 0",
    );
    refused(
        Format::GraphMl,
        &weighted("much"),
        "line 3, column 57: `much` is not what the key `weight` declares: numbers",
        "another type",
    );
}

#[test]
fn entities_that_multiply_are_not_even_read() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE graphml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n\
                <graphml><graph edgedefault=\"directed\"><node id=\"&b;\"/></graph></graphml>";
    for format in [Format::GraphMl, Format::Gexf] {
        refused(format, bomb, "line 2, column 1: the file declares a document type of its own", "<!DOCTYPE");
    }
    let deep = format!("<graphml>{}", "<a>".repeat(10_000));
    refused(Format::GraphMl, &deep, "line 1, column 607: elements are nested more than 200 deep", "");
}

#[test]
fn files_that_promise_more_than_they_have_are_refused_before_memory_is_taken() {
    let most = "at most 10000000 are possible";
    for (format, text, problem) in [
        (
            Format::Pajek,
            "*Vertices 4000000000\n*Arcs\n1 2\n",
            format!("line 1, column 1: the file promises 4000000000 nodes; {most}"),
        ),
        (
            Format::Pajek,
            "*Vertices 9000000\n*Arcs\n1 2\n",
            "line 1, column 1: the file promises 9000000 nodes, and gives most of them no line".to_owned(),
        ),
        (
            Format::Dl,
            "DL n=4000000000\ndata:\n",
            format!("line 1, column 4: the file promises 4000000000 nodes; {most}"),
        ),
        (
            Format::Dl,
            "DL n=9000000\ndata:\n0 1\n",
            "line 1, column 1: the file promises 9000000 nodes, and gives them no labels".to_owned(),
        ),
        (
            Format::Gexf,
            "<gexf><graph>\n<nodes count=\"4000000000\"/></graph></gexf>",
            format!("line 2, column 1: the file promises 4000000000 nodes; {most}"),
        ),
    ] {
        refused(format, text, &problem, "");
    }
}

#[test]
fn gexf_pajek_and_gml_say_what_is_wrong_and_where() {
    for (format, text, problem, remedy) in [
        (
            Format::Gexf,
            "<gexf><graph>\n<nodes><node id=\"a\"><nodes/></node></nodes></graph></gexf>",
            "line 2, column 21: <nodes> is nested in a node",
            "beside the others",
        ),
        (
            Format::Gexf,
            "<gexf><graph><nodes><node id=\"a\"><attvalues><attvalue for=\"0\" value=\"1\"/></attvalues></node></nodes></graph></gexf>",
            "line 1, column 45: the attribute `0` is not declared",
            "Declare it",
        ),
        (
            Format::Gexf,
            "<gexf><graph><nodes><node id=\"a\"/></nodes><edges><edge source=\"a\" target=\"a\" weight=\"NaN\"/></edges></graph></gexf>",
            "line 1, column 50: strength NaN is not a finite number",
            "Leave the tie out",
        ),
        (
            Format::Gexf,
            "<graphml/>",
            "line 1, column 1: this is no GEXF: it begins with <graphml>, not with <gexf>",
            "format",
        ),
        (
            Format::Pajek,
            "1 2\n",
            "line 1, column 1: this is no Pajek network: it does not begin with *Vertices",
            "",
        ),
        (
            Format::Pajek,
            "*Vertices 2\n1 \"a\n",
            "line 2, column 3: a quote is opened on this line and not closed",
            "",
        ),
        (
            Format::Pajek,
            "*Vertices 2\n*Arcs\n1 3\n",
            "line 3, column 3: there is no vertex 3; there are 2, counted from 1",
            "",
        ),
        (
            Format::Pajek,
            "*Vertices 2\n1 a\n1 b\n",
            "line 3, column 1: vertex 1 is given twice: also in line 2",
            "",
        ),
        (
            Format::Pajek,
            "*Vertices 5 2\n",
            "line 1, column 13: this is a two-mode network: *Vertices has two numbers",
            "Project",
        ),
        (
            Format::Pajek,
            "*Vertices 2\n*Matrix\n0 1\n",
            "line 4, column 1: the matrix ends after 1 of 2 rows",
            "cut short",
        ),
        (
            Format::Pajek,
            "*Vertices 2\n*Arcs :1 \"a\"\n1 2\n*Arcs :2 \"b\"\n2 1\n",
            "line 4, column 1: the ties of this section are of relation 2, those before of 1",
            "file of its own",
        ),
        (
            Format::Pajek,
            "*Vertices 2\n*Arks\n",
            "line 2, column 1: `*arks` is no section of a Pajek network",
            "*Arcs",
        ),
        (
            Format::Gml,
            "graph [\n node [ id 1 ]\n node [ id 1 ]\n]",
            "line 3, column 2: two nodes have the id `1`: also in line 2",
            "",
        ),
        (
            Format::Gml,
            "graph [ node [ id 1 graph [ ] ] ]",
            "line 1, column 21: a graph is nested in this node",
            "beside",
        ),
        (
            Format::Gml,
            "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]",
            "line 1, column 23: a tie joins node 2, and there is no such node",
            "",
        ),
        (
            Format::Gml,
            "graph [ node [ id 1 ] edge [ source 1 target 1 weight NaN ] ]",
            "line 1, column 23: strength NaN is not a finite number",
            "",
        ),
        (
            Format::Gml,
            "graph [ node [ id 1 ",
            "line 1, column 21: the file ends before all lists are closed",
            "cut short",
        ),
        (
            Format::Gml,
            "graph [ node [ id \"a ] ]",
            "line 1, column 19: a text begins here and does not end",
            "",
        ),
    ] {
        refused(format, text, problem, remedy);
    }
}

#[test]
fn dl_json_tables_and_matrices_say_what_is_wrong_and_where() {
    for (format, text, problem, remedy) in [
        (
            Format::Dl,
            "n=2 data:\n",
            "line 1, column 1: this is no UCINET DL: it does not begin with `dl`",
            "",
        ),
        (
            Format::Dl,
            "DL n=2\nformat=edgelist2\ndata:\n",
            "line 2, column 1: the format `edgelist2` is not read",
            "edgelist1",
        ),
        (
            Format::Dl,
            "DL nr=2 nc=3\ndata:\n",
            "line 1, column 9: rows and columns differ: this is two-mode data",
            "Project",
        ),
        (
            Format::Dl,
            "DL n=2 nm=2\ndata:\n",
            "line 1, column 8: there are 2 matrices in this file",
            "file of its own",
        ),
        (
            Format::Dl,
            "DL n=2\ndata:\n0 1\n1\n",
            "line 5, column 1: the matrix ends in row 2 of 2",
            "cut short",
        ),
        (
            Format::Dl,
            "DL n=2\ndata:\n0 1\n1 0 1\n",
            "line 4, column 5: the matrix goes on after row 2",
            "diagonal",
        ),
        (
            Format::Dl,
            "DL n=2\nlabels:\na\ndata:\n0 1\n1 0\n",
            "line 3, column 1: there are 1 labels, and n = 2",
            "one label",
        ),
        (
            Format::Dl,
            "DL n=2 format=edgelist1\nlabels:\na b\ndata:\na b\n",
            "line 5, column 1: `a` is none of the 2 nodes",
            "labels embedded",
        ),
        (
            Format::Dl,
            "DL n=2 format=edgelist1\ndata:\n1 2 much\n",
            "line 3, column 5: strength `much` is not a number",
            "decimal point",
        ),
        (
            Format::NodeLink,
            "{\"nodes\": [}",
            "line 1, column 12: this is no JSON: expected value",
            "cut short",
        ),
        (
            Format::NodeLink,
            "{\"a\": 1}",
            "line 1, column 1: this is no node-link JSON: it has no `nodes`",
            "links",
        ),
        (
            Format::NodeLink,
            "{\"nodes\": [{\"id\": 1},\n {\"id\": \"1\"}], \"links\": []}",
            "line 2, column 2: two nodes have the id `1`: also in line 1",
            "",
        ),
        (
            Format::NodeLink,
            "{\"nodes\": [{\"id\": 1}], \"links\": [\n{\"source\": 1, \"target\": 2}]}",
            "line 2, column 1: a tie joins `2`, and there is no such node",
            "",
        ),
        (
            Format::NodeLink,
            "{\"nodes\": [{\"id\": 1}], \"links\": [\n{\"source\": 1, \"target\": 1, \"weight\": -1}]}",
            "line 2, column 1: strength -1 is negative; strengths are 0 or more",
            "",
        ),
        (Format::Csv, "source,target\nA,B\n", "line 1, column 1: there is no column `from`", "--from"),
        (Format::Csv, "from,to,strength\nA,B,x\n", "line 2, column 5: strength `x` is not a number", ""),
        (Format::Csv, "from,to,kind\nA,B\n", "line 2, column 1: this row has 2 fields, the header has 3", ""),
        (Format::Csv, "from,to,a,A\nA,B,1,2\n", "line 1, column 11: there are two columns `A`", "Rename"),
        (
            Format::Csv,
            "from,to,start,end\nA,B,1990,1989\n",
            "line 2, column 1: the tie A -> B ends before it starts",
            "first day without",
        ),
        (Format::Matrix, ",A,B\nA,0,1\n", "line 3, column 1: there is no row `B`", "cut short"),
        (Format::Matrix, ",A,B\nA,0,1\nC,0,1\n", "line 3, column 1: the row `C` has no column", "same ids"),
        (
            Format::Matrix,
            ",A,B\nA,0,nan\nB,0,1\n",
            "line 2, column 5: strength nan is not a finite number",
            "",
        ),
    ] {
        refused(format, text, problem, remedy);
    }
    let both = Reading { undirected: true, ..Reading::default() };
    let error = read_text(Format::Matrix, ",A,B\nA,0,1\nB,2,0\n", &both).unwrap_err();
    assert!(error.to_string().starts_with("line 2, column 5: the matrix is not symmetric"), "{error}");
}

#[test]
fn what_is_no_text_is_named_for_what_it_is() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("net.gml");
    for (bytes, problem) in [
        (&b"PK\x03\x04..."[..], "this is a zip archive"),
        (b"\x1f\x8b\x08", "this is compressed with gzip"),
        (b"\xff\xfeg\0", "this is text in UTF-16"),
        (b"graph [\n label \"C\xf4te\" ]", "line 2, column 10: this is not UTF-8"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let error = read(&path, Format::Gml, &Reading::default()).unwrap_err();
        assert_eq!(error.to_string(), problem);
        assert!(!error.remedy().is_empty());
    }
    let error = read(&home.path().join("none.gml"), Format::Gml, &Reading::default()).unwrap_err();
    assert_eq!(error.to_string(), "there is no such file");
}
