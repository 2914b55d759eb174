//! What text of ties may look like, and how a fault in it is named.

use normwave_tie_file::{Columns, Direction, TieFileError, TieTable, read};

fn read_text(
    name: &str,
    text: &[u8],
    columns: &Columns,
    direction: Direction,
) -> Result<TieTable, TieFileError> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(name);
    std::fs::write(&path, text).unwrap();
    read(&path, columns, direction, &mut |_, _| true)
}

fn csv(text: &str) -> Result<TieTable, TieFileError> {
    read_text("net.csv", text.as_bytes(), &Columns::default(), Direction::Directed)
}

fn refused(text: &str, problem: &str, remedy: &str) {
    let error = csv(text).unwrap_err();
    assert_eq!(error.to_string(), problem);
    assert!(error.remedy().contains(remedy), "{}", error.remedy());
}

fn named(table: &TieTable) -> Vec<String> {
    let id = |actor: u32| table.id(actor as usize);
    table.ties().map(|(from, to, strength)| format!("{} {} {strength}", id(from), id(to))).collect()
}

#[test]
fn separators_quotes_marks_and_blank_lines_are_understood() {
    let expected = ["A B 0.5", "B C, D 1"];
    for text in [
        "from,to,strength\nA,B,0.5\nB,\"C, D\",\n",
        "\u{feff}From;TO;strength\r\n A ; B ; 5e-1\r\n\r\nB;C, D;1\r\n",
        "strength\tto\tfrom\n0.5\tB\tA\n\n1\t\"C, D\"\tB",
    ] {
        assert_eq!(named(&csv(text).unwrap()), expected, "{text}");
    }
    assert_eq!(named(&csv("from,to\n\"a \"\"b\"\"\",c\n").unwrap()), ["a \"b\" c 1"]);
}

#[test]
fn columns_go_by_the_names_that_are_given() {
    let columns = Columns {
        from: "source".to_owned(),
        to: "target".to_owned(),
        strength: Some("weight".to_owned()),
        ignore_others: true,
    };
    let text = b"year,target,weight,source\n1990,B,2,A\n";
    assert_eq!(named(&read_text("net.csv", text, &columns, Direction::Directed).unwrap()), ["A B 2"]);
    let strict = Columns { ignore_others: false, ..columns };
    let error = read_text("net.csv", text, &strict, Direction::Directed).unwrap_err();
    assert_eq!(error.to_string(), "the column `year` is not used");
}

#[test]
fn wrong_columns_are_named_with_those_that_are_there() {
    refused("", "the file is empty", "from, to");
    refused("source,to\nA,B\n", "there is no column `from`", "The columns are `source`, `to`");
    refused("from,to,strenght\nA,B,2\n", "the column `strenght` is not used", "--strength \"strenght\"");
    refused("from,to,from\nA,B,C\n", "there are two columns `from`", "Rename");
}

#[test]
fn a_fault_is_named_with_its_line() {
    let head = "from,to,strength\nA,B,1\n";
    for (line, problem, remedy) in [
        ("A,C,-0.3", "strength -0.3 is negative; strengths are 0 or more", "advocacy for position 0"),
        ("A,C,inf", "strength inf is not a finite number", "Leave the row out"),
        ("A,C,0;5", "strength `0;5` is not a number", "decimal point"),
        ("A,C", "this row has 2 fields, the header has 3", "quote fields"),
        ("A,A,1", "A is tied to itself; ties join two actors", "Leave that tie out"),
        (",B,1", "`` is no id: it is empty", "1 to 200 characters"),
        ("\"A,C,1", "a quote is opened on this line and not closed", "Close each quote"),
        ("\"A\"x,C,1", "there is text after a closing quote", ""),
    ] {
        refused(&format!("{head}\n{line}\nA,D,1\n"), &format!("line 4: {problem}"), remedy);
    }
    refused(&format!("{head}A,B,2\n"), "the tie A -> B is given twice", "Keep one.");
}

#[test]
fn pairs_that_are_listed_both_ways_are_not_undirected() {
    let text = b"from,to\nA,B\nB,A\n";
    assert_eq!(read_text("net.csv", text, &Columns::default(), Direction::Directed).unwrap().n_ties(), 2);
    let error = read_text("net.csv", text, &Columns::default(), Direction::Undirected).unwrap_err();
    assert_eq!(error.to_string(), "the tie A - B is given twice");
    assert!(error.remedy().contains("both directions are listed"));
}

#[test]
fn other_formats_are_called_what_they_are() {
    for (bytes, what) in [
        (&b"PAR1...."[..], "this is a Parquet file, not plain text"),
        (b"\x1f\x8b\x08", "this is compressed with gzip, not plain text"),
        (b"\x8aties\r\n\x1a", "this is a tie file, not plain text"),
    ] {
        let error = read_text("net.csv", bytes, &Columns::default(), Direction::Directed).unwrap_err();
        assert_eq!(error.to_string(), what);
    }
    let latin = read_text("net.csv", b"from,to\nC\xf4te,B\n", &Columns::default(), Direction::Directed);
    assert!(latin.unwrap_err().to_string().ends_with("is no id: it is not UTF-8"));
}

#[test]
fn a_line_that_does_not_end_is_refused() {
    let mut text = b"from,to\nA,B\n".to_vec();
    text.resize(6 << 20, b'x');
    let error = read_text("net.csv", &text, &Columns::default(), Direction::Directed).unwrap_err();
    assert!(error.to_string().ends_with("this line is longer than 1 MiB"), "{error}");
}

#[test]
fn lines_are_cut_right_where_one_buffer_ends_and_the_next_begins() {
    // About 9 MiB, so that lines of many lengths lie across two ends of buffers.
    let mut text = String::from("from,to\n");
    let n = 700_000u32;
    for no in 0..n {
        text += &format!("{no},x{}\n", no.wrapping_mul(2_654_435_761) >> (no % 20));
    }
    assert!(text.len() > 9 << 20);
    let table = csv(&text).unwrap();
    assert_eq!(table.n_ties(), n as usize);
    let id = |actor: u32| table.id(actor as usize);
    for (from, to, _) in table.ties() {
        let no: u32 = id(from).parse().unwrap();
        assert_eq!(id(to), format!("x{}", no.wrapping_mul(2_654_435_761) >> (no % 20)));
    }
}
