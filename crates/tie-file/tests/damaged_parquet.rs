//! A damaged Parquet file is refused with what is wrong, or read as what it has become; nothing
//! panics. (Pages have no checksums, so that not every change can be found.)
#![cfg(feature = "parquet")]

use normwave_tie_file::{Columns, Direction, TieFileError, TieTable, read, write};
use std::fs;
use std::path::Path;

fn go_on(_: u64, _: u64) -> bool {
    true
}

// With ids that are text, and with ids that are numbers; strengths.
fn written(home: &Path) -> Vec<Vec<u8>> {
    let ids = ["GBR", "USA", "ZAF", "JPN", "NOR"].map(str::to_owned);
    let ties = |n: u32| {
        (0..n).flat_map(move |a| {
            (0..n).filter(move |&b| a != b).map(move |b| (a, b, 0.25 * f64::from(1 + a + b)))
        })
    };
    let named = TieTable::new(5, Some(&ids), Direction::Directed, ties(5).collect()).unwrap();
    let numbered = TieTable::new(9, None, Direction::Directed, ties(9).collect()).unwrap();
    let bytes = [named, numbered].map(|table| {
        let path = home.join("sound.parquet");
        write(&path, &table, &Columns::default(), true, &mut go_on).unwrap();
        fs::read(&path).unwrap()
    });
    bytes.into()
}

fn read_bytes(home: &Path, bytes: &[u8]) -> Result<TieTable, TieFileError> {
    let path = home.join("damaged.parquet");
    fs::write(&path, bytes).unwrap();
    read(&path, &Columns::default(), Direction::Directed, &mut go_on)
}

#[track_caller]
fn is_said(error: &TieFileError, what: &str) {
    assert!(!error.to_string().is_empty() && !error.remedy().is_empty(), "{what}: {error:?}");
}

#[test]
fn a_parquet_file_that_is_cut_short_is_refused_wherever_it_is_cut() {
    let home = tempfile::tempdir().unwrap();
    for bytes in written(home.path()) {
        assert!(read_bytes(home.path(), &bytes).is_ok());
        for cut in 0..bytes.len() {
            let error = read_bytes(home.path(), &bytes[..cut]).expect_err("what is cut short");
            is_said(&error, &format!("cut to {cut} bytes"));
        }
    }
}

#[test]
fn a_parquet_file_with_a_byte_changed_never_panics() {
    let home = tempfile::tempdir().unwrap();
    let mut refused = 0;
    for bytes in written(home.path()) {
        for at in 0..bytes.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut bytes = bytes.clone();
                bytes[at] ^= change;
                if let Err(error) = read_bytes(home.path(), &bytes) {
                    is_said(&error, &format!("byte {at} changed by {change:#x}"));
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}
