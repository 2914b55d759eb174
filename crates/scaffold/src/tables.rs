//! The tables of the folder.

use crate::Matched;
use normwave_network_model::Date;

/// `history.csv`, as scenario files read it.
pub(crate) fn history(matched: &Matched) -> String {
    let rows = matched.adoptions.iter().map(|it| {
        [it.actor.clone(), it.from.to_string(), it.until.map_or(String::new(), |until| until.to_string())]
    });
    written(["actor", "from", "until"], rows)
}

/// `left-out.csv`: every row that is not in the history, and why.
pub(crate) fn left_out(matched: &Matched) -> String {
    let rows = matched.left_out.iter().map(|it| {
        let line = if it.line == 0 { String::new() } else { it.line.to_string() };
        let from = if it.from == Date::MIN { String::new() } else { it.from.to_string() };
        [line, it.unit.clone(), from, it.why.clone()]
    });
    written(["line", "unit", "date", "why"], rows)
}

fn written<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("a row is written to memory");
    for row in rows {
        writer.write_record(&row).expect("a row is written to memory");
    }
    let bytes = writer.into_inner().expect("memory takes what is written");
    String::from_utf8(bytes).expect("what was text stays text")
}
