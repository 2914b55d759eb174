//! Adoption histories in every shape, from every kind of file. All values in tables that are written
//! here are invented.

#![allow(clippy::print_stdout, reason = "tests against real data say what they compared")]

use normwave_import::history::{self, HistoryOptions, RawHistory, Shape, UnitCode};
use normwave_import::{ImportError, Precision};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

fn read_as(name: &str, text: &str, options: &HistoryOptions) -> Result<RawHistory, ImportError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    history::read(&path, options)
}

fn read(text: &str) -> RawHistory {
    read_as("t.csv", text, &HistoryOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

// `unit event from until`, a line each.
fn lines(history: &RawHistory) -> Vec<String> {
    let line = |row: &history::RawAdoption| {
        let until = row.until.map_or(String::new(), |until| format!(" {until}"));
        format!("{} {} {}{until}", row.unit, row.event, row.from)
    };
    history.rows.iter().map(line).collect()
}

#[track_caller]
fn refused(text: &str, words: &[&str]) {
    let error = read_as("t.csv", text, &HistoryOptions::default()).unwrap_err().to_string();
    for word in words {
        assert!(error.contains(word), "`{word}` in: {error}");
    }
}

#[test]
fn a_row_per_adoption_is_read_by_its_names() {
    let history = read("ISO3,Country,Date\nNOR,Norway,1998-07-09\nCAN,Canada,Dec 1997\nAUT,Austria,1998\n");
    assert_eq!(history.shape, Shape::Long);
    assert_eq!(history.code, UnitCode::Iso3);
    assert_eq!(
        lines(&history),
        ["CAN adoption 1997-12-01", "AUT adoption 1998-01-01", "NOR adoption 1998-07-09"]
    );
    let precisions: Vec<Precision> = history.rows.iter().map(|row| row.precision).collect();
    assert_eq!(precisions, [Precision::Month, Precision::Year, Precision::Day]);
    assert_eq!(history.rows[2].name.as_deref(), Some("Norway"));
    assert_eq!(history.rows[2].line, 2);
    assert!(history.log().contains(&"column `ISO3`: the unit, as ISO 3166 alpha-3 code".to_owned()));
}

#[test]
fn a_unit_without_a_code_goes_by_its_name() {
    let history = read("iso3,name,date\n,Baden,1868\nFRA,France,1944\n");
    assert_eq!((history.rows[0].unit.as_str(), history.rows[0].code), ("Baden", UnitCode::Name));
    assert_eq!(history.rows[1].code, UnitCode::Iso3);
    refused("iso3,date\n,1868\n", &["t.csv:2", "names no unit"]);
}

#[test]
fn namibia_is_a_unit_and_no_missing_value() {
    let history = read("iso2,year\nNA,1990\nZA,1994\n");
    assert_eq!(lines(&history), ["NA adoption 1990-01-01", "ZA adoption 1994-01-01"]);
}

#[test]
fn of_several_events_of_a_kind_the_first_counts_unless_it_was_withdrawn() {
    let history = read(
        "iso3,event,date\nA,ratification,1999\nA,ratification,2001\nA,signature,1997\nB,ratification,1990\n\
         B,withdrawal,1995\nB,withdrawal_effective,1996\nB,ratification,2000\nC,withdrawal,1999\n",
    );
    assert_eq!(
        lines(&history),
        [
            "B ratification 1990-01-01 1996-01-01",
            "A signature 1997-01-01",
            "A ratification 1999-01-01",
            "B ratification 2000-01-01"
        ]
    );
    let why: Vec<(u64, &str)> = history.passed_over.iter().map(|row| (row.line, row.why.as_str())).collect();
    assert_eq!(why.len(), 3, "{why:?}");
    assert!(why[0].0 == 3 && why[0].1.contains("already happened on 1999-01-01 (line 2)"), "{why:?}");
    assert!(why[1].0 == 6 && why[1].1.contains("taking effect"), "{why:?}");
    assert!(why[2].0 == 9 && why[2].1.contains("no adoption"), "{why:?}");
    assert_eq!(history.never, ["C"]);
}

#[test]
fn only_the_events_asked_for_count() {
    let text = "iso3,event,date\nA,signature,1997\nA,ratification,1999\nB,signature,1998\n";
    let mut options = HistoryOptions { events: vec!["ratification".to_owned()], ..Default::default() };
    let history = read_as("t.csv", text, &options).unwrap();
    assert_eq!(lines(&history), ["A ratification 1999-01-01"]);
    assert_eq!((history.passed_over.len(), &history.never[..]), (2, &["B".to_owned()][..]));
    options.events = vec!["ratificaton".to_owned()];
    let error = read_as("t.csv", text, &options).unwrap_err().to_string();
    assert!(error.contains("did you mean `ratification`?") && error.contains("signature"), "{error}");
}

#[test]
fn spells_end_on_the_day_that_is_given() {
    let history = read("state,from,until\nOhio,1990-05-01,2001\nIowa,1991,\n");
    assert_eq!(lines(&history), ["Ohio adoption 1990-05-01 2001-01-01", "Iowa adoption 1991-01-01"]);
    // A last year is one in which it held.
    let history = read("cow,start_year,end_year\n2,1990,1994\n20,1991,NA\n");
    assert_eq!(lines(&history), ["2 adoption 1990-01-01 1995-01-01", "20 adoption 1991-01-01"]);
    refused("unit,from,until\nA,1990,1990\n", &["t.csv:2", "would end on 1990-01-01"]);
}

#[test]
fn units_without_a_date_are_kept_as_never() {
    let history = read("country,year\nPeru,1990\nChad,\nMali,NA\nFiji,-9\n");
    assert_eq!(history.never, ["Chad", "Mali", "Fiji"]);
}

#[test]
fn a_panel_of_zero_and_one_turns_into_spells() {
    let history = read(
        "ccode,year,adopted\n2,1990,0\n2,1991,1\n2,1992,1\n20,1990,1\n20,1991,0\n20,1992,1\n40,1990,0\n40,1991,\n40,1992,0\n",
    );
    assert_eq!(history.shape, Shape::Panel);
    assert_eq!(
        lines(&history),
        ["20 adoption 1990-01-01 1991-01-01", "2 adoption 1991-01-01", "20 adoption 1992-01-01"]
    );
    assert_eq!(history.never, ["40"]);
    let notes = history.notes.join("\n");
    assert!(notes.contains("1 unit had adopted when the table begins, in 1990"), "{notes}");
    assert!(notes.contains("1 rows without a year or a value"), "{notes}");
    refused("ccode,year,adopted\n2,1990,0\n2,1990,1\n", &["t.csv:3", "line 2"]);
}

#[test]
fn a_panel_needs_no_usual_name_for_its_one_column_of_zero_and_one() {
    let history = read("iso3,year,landmines\nPER,1990,0\nPER,1991,1\nMLI,1990,0\nMLI,1991,0\n");
    assert_eq!((history.shape, lines(&history)), (Shape::Panel, vec!["PER adoption 1991-01-01".to_owned()]));
    refused("iso3,year,a,b\nPER,1990,0,0\nPER,1991,1,0\n", &["0 and 1", "a, b"]);
}

#[test]
fn years_may_be_columns() {
    for (header, tab) in [("country,1990,1991,1992", ','), ("country\tX1990\tX1991\tX1992", '\t')] {
        let text = format!("{header}\nPeru,0,1,1\nMali,0,0,0\nFiji,NA,1,0\n").replace(',', &tab.to_string());
        let history = read(&text);
        assert_eq!(history.shape, Shape::YearsAsColumns);
        assert_eq!(lines(&history), ["Fiji adoption 1991-01-01 1992-01-01", "Peru adoption 1991-01-01"]);
        assert_eq!(history.never, ["Mali"]);
    }
    refused("country,1990,1991\nPeru,0,2\n", &["t.csv:2", "`1991`", "`2` is neither 0 nor 1"]);
}

#[test]
fn units_may_be_columns() {
    let history = read("year,PER,MLI,FJI\n1990,0,0,1\n1991,1,0,1\n1992,1,0,0\n");
    assert_eq!((history.shape, history.code), (Shape::YearsAsRows, UnitCode::Unsaid));
    assert_eq!(lines(&history), ["FJI adoption 1990-01-01 1992-01-01", "PER adoption 1991-01-01"]);
    assert_eq!(history.never, ["MLI"]);
}

#[test]
fn policies_may_be_columns() {
    let history = read("state,lottery,seatbelt\nOhio,1974,1986\nIowa,1985,1986\nUtah,,1986\nIdaho,,\n");
    assert_eq!(history.shape, Shape::Policies);
    assert_eq!(
        lines(&history),
        [
            "Ohio lottery 1974-01-01",
            "Iowa lottery 1985-01-01",
            "Iowa seatbelt 1986-01-01",
            "Ohio seatbelt 1986-01-01",
            "Utah seatbelt 1986-01-01"
        ]
    );
    assert_eq!(history.never, ["Idaho"]);
}

#[test]
fn what_could_be_two_things_is_refused_with_their_names() {
    refused("iso3,signed,ratified\nPER,1997,1998\n", &["the dates", "signed, ratified"]);
    refused("iso3,iso3c,year\nPER,PER,1997\n", &["the units", "iso3, iso3c"]);
    refused("country,state,year\nUSA,Ohio,1997\nIND,Goa,1998\n", &["the units", "state", "country"]);
    refused("iso3,treaty,date\nPER,cat,1997\nPER,npt,1998\n", &["2 norms: cat, npt", "treaty=cat"]);
    refused("iso3,date\nPER,03/04/1997\n", &["t.csv:2", "day/month or month/day"]);
    refused("partner_a,partner_b,date\nPER,CHL,1997\n", &["no column is called as units are", "partner_a"]);
    refused("iso3,remark\nPER,soon\n", &["no column holds dates", "remark"]);
}

#[test]
fn what_was_refused_can_be_said() {
    let both = "iso3,signed,ratified,treaty\nPER,1997,1998,cat\nMLI,1996,1999,npt\n";
    let options = HistoryOptions {
        date: Some("Ratified".to_owned()),
        only: vec![("treaty".to_owned(), "npt".to_owned())],
        ..Default::default()
    };
    assert_eq!(lines(&read_as("t.csv", both, &options).unwrap()), ["MLI adoption 1999-01-01"]);
    let options = HistoryOptions { date: Some("rattified".to_owned()), ..Default::default() };
    let error = read_as("t.csv", both, &options).unwrap_err().to_string();
    assert!(error.contains("did you mean `ratified`?"), "{error}");
    let options =
        HistoryOptions { only: vec![("treaty".to_owned(), "nptt".to_owned())], ..Default::default() };
    let error = read_as("t.csv", both, &options).unwrap_err().to_string();
    assert!(error.contains("did you mean `npt`?") && error.contains("cat, npt"), "{error}");
    let options = HistoryOptions { unit: Some("partner_a".to_owned()), ..Default::default() };
    let history = read_as("t.csv", "partner_a,date\nPER,1997\n", &options).unwrap();
    assert_eq!(
        (lines(&history), history.code),
        (vec!["PER adoption 1997-01-01".to_owned()], UnitCode::Unsaid)
    );
}

// The smallest workbook: one sheet per (name, rows of XML).
fn workbook(path: &Path, sheets: &[(&str, &str)]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    let mut put = |name: &str, text: &str| {
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, stored).unwrap();
        zip.write_all(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}").as_bytes()).unwrap();
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut links) = (String::new(), String::new());
    for (no, (name, rows)) in (1..).zip(sheets) {
        list += &format!("<sheet name=\"{name}\" sheetId=\"{no}\" r:id=\"r{no}\"/>");
        links += &format!(
            "<Relationship Id=\"r{no}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{no}.xml\"/>"
        );
        put(
            &format!("xl/worksheets/sheet{no}.xml"),
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    links += &format!("<Relationship Id=\"s\" Type=\"{office}/styles\" Target=\"styles.xml\"/>");
    put(
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{list}</sheets></workbook>"),
    );
    put("xl/_rels/workbook.xml.rels", &format!("<Relationships xmlns=\"{package}\">{links}</Relationships>"));
    put(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"w\" Type=\"{office}/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    // The second format is the date of the standard.
    put(
        "xl/styles.xml",
        &format!(
            "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        ),
    );
    put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>",
    );
    zip.finish().unwrap();
}

fn text_cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_workbook_is_read_with_its_dates_below_its_title() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dates.xlsx");
    let rows = format!(
        "<row r=\"1\">{}</row><row r=\"3\">{}{}</row><row r=\"4\">{}<c r=\"B4\" s=\"1\"><v>35767</v></c></row>\
         <row r=\"5\">{}<c r=\"B5\"><v>1999</v></c></row><row r=\"6\">{}</row>",
        text_cell("A1", "Adoptions, invented"),
        text_cell("A3", "Country"),
        text_cell("B3", "Adopted"),
        text_cell("A4", "Peru"),
        text_cell("A5", "Mali"),
        text_cell("A6", "Fiji"),
    );
    workbook(&path, &[("data", &rows), ("notes", "")]);
    let history = history::read(&path, &HistoryOptions::default()).unwrap();
    assert_eq!(lines(&history), ["Peru adoption 1997-12-03", "Mali adoption 1999-01-01"]);
    assert_eq!(history.rows[0].line, 4);
    assert_eq!(history.never, ["Fiji"]);
    let notes = history.notes.join("\n");
    assert!(notes.contains("row 3 of the sheet was taken for the header"), "{notes}");

    workbook(&path, &[("old", &rows), ("new", &rows)]);
    let error = history::read(&path, &HistoryOptions::default()).unwrap_err().to_string();
    assert!(error.contains("2 sheets have rows: old, new"), "{error}");
    let options = HistoryOptions { sheet: Some("New".to_owned()), ..Default::default() };
    assert_eq!(history::read(&path, &options).unwrap().rows.len(), 2);
    std::fs::write(&path, "iso3,date\n").unwrap();
    let error = history::read(&path, &HistoryOptions::default()).unwrap_err().to_string();
    assert!(error.contains("this is no workbook"), "{error}");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_read_as_its_csv_would_be() {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dates.parquet");
    let schema = "message m { required binary iso3 (UTF8); optional int32 date (DATE); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::default())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<ByteArrayType>()
        .write_batch(&[ByteArray::from("PER"), ByteArray::from("MLI")], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[10198], Some(&[1, 0]), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    let history = history::read(&path, &HistoryOptions::default()).unwrap();
    assert_eq!(lines(&history), ["PER adoption 1997-12-03"]);
    assert_eq!(history.never, ["MLI"]);
}

// The folder of real histories, if it is there.
fn real() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("NORMWAVE_SHARED").map_or_else(beside, PathBuf::from).join("data/norms");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/data/norms is not there");
    None
}

#[test]
fn real_histories_are_read_and_agree_with_their_sources() {
    let Some(folder) = real() else { return };
    let read = |file: &str, options: &HistoryOptions| {
        history::read(&folder.join(file), options).unwrap_or_else(|error| panic!("{error}"))
    };
    let joined = ["ratification", "acceptance", "approval", "accession", "succession"].map(String::from);
    let options = HistoryOptions { events: joined.to_vec(), ..Default::default() };
    let ottawa = read("ottawa_apmbc.csv", &options);
    let left: Vec<&str> =
        ottawa.rows.iter().filter(|row| row.until.is_some()).map(|row| row.unit.as_str()).collect();
    assert_eq!((ottawa.rows.len(), left.len()), (166, 5), "{left:?}");
    assert!(ottawa.rows.iter().all(|row| row.until.is_none_or(|until| until.year() >= 2025)));
    println!("Mine Ban Convention: 166 states joined, 5 left: {left:?}");

    let error =
        history::read(&folder.join("treaties.csv"), &HistoryOptions::default()).unwrap_err().to_string();
    assert!(error.contains("26 norms"), "{error}");
    for (treaty, expected) in [("rome_statute", 127), ("cat", 173), ("paris_agreement", 194)] {
        let mut options =
            HistoryOptions { only: vec![("treaty".to_owned(), treaty.to_owned())], ..Default::default() };
        let all = read("treaties.csv", &options);
        // Not every treaty has every way of joining.
        options.events =
            all.events.into_iter().map(|event| event.0).filter(|event| joined.contains(event)).collect();
        let history = read("treaties.csv", &options);
        let units: BTreeSet<&str> = history.rows.iter().map(|row| row.unit.as_str()).collect();
        println!("{treaty}: {} joined, {} rows passed over", units.len(), history.passed_over.len());
        assert_eq!(units.len(), expected, "{treaty}");
    }
    let options =
        HistoryOptions { only: vec![("policy".to_owned(), "aboldeapen".to_owned())], ..Default::default() };
    let spid = read("us_state_policies.csv", &options);
    assert_eq!((spid.rows.len(), spid.code), (15, UnitCode::Unsaid));
    println!("SPID, abolition of the death penalty: 15 states, as its list says");
}
