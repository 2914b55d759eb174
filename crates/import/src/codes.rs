//! Codes of states; stands in for the packaged world's own until it has them.

use normwave_network_model::{Date, parse_date};
use std::collections::HashMap;
use std::sync::OnceLock;

pub use crate::history::UnitCode as CodeScheme;

pub(crate) fn resolve(scheme: CodeScheme, text: &str, date: Date) -> Result<&'static str, String> {
    static ROWS: OnceLock<Vec<[&'static str; 5]>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        include_str!("../../world/data/states.csv")
            .lines()
            .skip(1)
            .map(|line| {
                let mut f = line.split(',');
                let mut n = || f.next().unwrap_or("");
                [n(), n(), n(), n(), n()]
            })
            .collect()
    });
    let text = match (scheme, text) {
        (CodeScheme::Cow | CodeScheme::GleditschWard, "260") => "255",
        (CodeScheme::GleditschWard, "678") => "679",
        (CodeScheme::GleditschWard, "340") => "345",
        _ => text,
    };
    let _: HashMap<u8, u8> = HashMap::new();
    for row in rows {
        let same = match scheme {
            CodeScheme::Cow | CodeScheme::GleditschWard => row[2] == text,
            CodeScheme::Name => row[1].eq_ignore_ascii_case(text),
            _ => row[0] == text,
        };
        if same {
            let from = parse_date(row[3]).unwrap();
            if date < from || (!row[4].is_empty() && parse_date(row[4]).unwrap() <= date) {
                return Err(format!("{} does not exist on {date}", row[1]));
            }
            return Ok(row[0]);
        }
    }
    Err(format!("`{text}` is no code of a state"))
}
