//! What is wrong with a tie file is said, and nothing that is wrong is read.

use normwave_tie_file::{Direction, TieFileError, TieTable, VERSION};
use proptest::prelude::*;

const HEADER: usize = 64;

fn strings(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

// GBR -> USA 0.5, GBR -> ZAF 1, USA -> GBR 2.
fn table() -> TieTable {
    let ids = strings(&["GBR", "USA", "ZAF"]);
    let ties = vec![(1, 0, 2.0), (0, 2, 1.0), (0, 1, 0.5)];
    TieTable::new(3, Some(&ids), Direction::Directed, ties).unwrap()
}

fn bytes() -> Vec<u8> {
    table().as_bytes().to_vec()
}

// Puts checksums right after a change, as another program would write them.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let data = crc32fast::hash(&bytes[HEADER..]);
    bytes[40..44].copy_from_slice(&data.to_le_bytes());
    let header = crc32fast::hash(&bytes[..60]);
    bytes[60..64].copy_from_slice(&header.to_le_bytes());
    bytes
}

fn changed(change: impl FnOnce(&mut Vec<u8>)) -> TieFileError {
    let mut bytes = bytes();
    change(&mut bytes);
    TieTable::from_bytes(signed(bytes)).unwrap_err()
}

fn says(error: &TieFileError, problem: &str, remedy: &str) {
    assert_eq!(error.to_string(), problem);
    assert!(error.remedy().contains(remedy), "{}", error.remedy());
}

#[test]
fn the_file_has_the_layout_that_is_written_down() {
    let bytes = bytes();
    assert_eq!(bytes[..8], *b"\x8aties\r\n\x1a");
    assert_eq!(bytes[8..16], [1, 0, 0, 0, 9, 0, 0, 0], "version 1; strengths as f32, ids");
    assert_eq!(
        bytes[16..40],
        [[3, 0, 0, 0, 0, 0, 0, 0]; 2]
            .concat()
            .into_iter()
            .chain([9, 0, 0, 0, 0, 0, 0, 0])
            .collect::<Vec<_>>()
    );
    let words = |from: usize, n: usize| {
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        (0..n).map(|no| word(from + 4 * no)).collect::<Vec<_>>()
    };
    assert_eq!(words(64, 8), [0, 0, 2, 0, 3, 0, 3, 0], "starts");
    assert_eq!(words(96, 4), [1, 2, 0, 0], "targets, and zeros up to a multiple of 8");
    assert_eq!(words(112, 4), [0.5f32, 1.0, 2.0, 0.0].map(f32::to_bits), "strengths");
    assert_eq!(words(128, 6), [3, 0, 6, 0, 9, 0], "where ids end");
    assert_eq!(bytes[152..], *b"GBRUSAZAF");
}

#[test]
fn a_file_that_is_cut_short_is_refused_wherever_it_is_cut() {
    let bytes = bytes();
    for cut in 1..bytes.len() {
        let error = TieTable::from_bytes(bytes[..cut].to_vec()).unwrap_err();
        assert!(
            matches!(error, TieFileError::Truncated { found, .. } if found == cut as u64),
            "{cut}: {error}"
        );
    }
    let error = TieTable::from_bytes(bytes[..160].to_vec()).unwrap_err();
    says(&error, "the tie file is cut short: it has 160 of 161 bytes", "Copy it again, or make it anew");
    let mut longer = bytes;
    longer.push(0);
    says(
        &TieTable::from_bytes(longer).unwrap_err(),
        "the tie file has 162 bytes, where its header says 161",
        "make it anew",
    );
}

#[test]
fn a_foreign_file_is_called_what_it_is() {
    for (bytes, what) in [
        (&b""[..], "is empty"),
        (b"from,to\nUSA,GBR\n", "is text"),
        (b"PAR1\x15\0", "is a Parquet file"),
        (b"PK\x03\x04", "is a zip archive"),
        (b"\0\0\0\0\0\0\0\0", "begins otherwise"),
    ] {
        let error = TieTable::from_bytes(bytes.to_vec()).unwrap_err();
        says(&error, &format!("this is no tie file: it {what}"), "normwave network convert FROM.csv TO.ties");
    }
}

#[test]
fn a_file_that_passed_through_a_text_conversion_is_foreign() {
    let text: Vec<u8> = bytes().into_iter().filter(|&byte| byte != b'\r').collect();
    assert!(matches!(TieTable::from_bytes(text), Err(TieFileError::Foreign { .. })));
}

#[test]
fn a_later_version_is_refused_with_both_versions() {
    let later = changed(|bytes| bytes[8] = 2);
    says(
        &later,
        &format!("this tie file has version 2, and this program reads {VERSION} at most"),
        "Use a later normwave",
    );
    says(
        &changed(|bytes| bytes[8] = 0),
        "the header of the tie file makes no sense: there is no version 0",
        "The program that wrote it",
    );
}

#[test]
fn flags_and_sizes_that_make_no_sense_are_refused() {
    says(
        &changed(|bytes| bytes[12] = 16),
        "the header of the tie file makes no sense: its flags are 0x10",
        "",
    );
    says(&changed(|bytes| bytes[12] = 2), "the header of the tie file makes no sense: its flags are 0x2", "");
    says(
        &changed(|bytes| bytes[50] = 1),
        "the header of the tie file makes no sense: bytes 44 to 59 are not zero",
        "",
    );
    says(
        &changed(|bytes| bytes[32..40].copy_from_slice(&u64::MAX.to_le_bytes())),
        "the header of the tie file makes no sense: the ids of 3 actors take 18446744073709551615 bytes",
        "",
    );
    says(
        &changed(|bytes| bytes[16..24].copy_from_slice(&u64::MAX.to_le_bytes())),
        "18446744073709551615 actors; at most 10000000 are possible",
        "Keep only the actors",
    );
    says(
        &changed(|bytes| bytes[24..32].copy_from_slice(&100_000_001u64.to_le_bytes())),
        "100000001 ties; at most 100000000 are possible",
        "",
    );
}

#[test]
fn a_damaged_byte_is_noticed_in_header_and_data() {
    let flip = |at: usize| {
        let mut bytes = bytes();
        bytes[at] ^= 4;
        TieTable::from_bytes(bytes).unwrap_err()
    };
    let header = flip(20);
    assert!(
        header.to_string().starts_with("the header of the tie file is damaged: its checksum is "),
        "{header}"
    );
    for at in [64, 100, 115, 130, 155] {
        let data = flip(at);
        assert!(data.to_string().starts_with("the data of the tie file is damaged"), "{at}: {data}");
        assert!(data.remedy().starts_with("Copy it again"));
    }
}

#[test]
fn a_target_that_is_no_actor_is_refused() {
    let error = changed(|bytes| bytes[96] = 7);
    says(
        &error,
        "row 0 of the tie file has the target 7, and there are 3 actors",
        "The program that wrote it",
    );
}

#[test]
fn rows_that_do_not_rise_or_do_not_follow_each_other_are_refused() {
    let error = changed(|bytes| (bytes[96], bytes[100]) = (2, 1));
    says(
        &error,
        "the targets in row 0 of the tie file do not rise: 2 comes before 1",
        "The program that wrote it",
    );
    says(&changed(|bytes| bytes[100] = 1), "the tie GBR -> USA is given twice", "Keep one.");
    let no_row = "row 1 of the tie file ends before it begins, or beyond the last tie";
    says(&changed(|bytes| bytes[80] = 1), no_row, "");
    says(&changed(|bytes| bytes[80] = 9), no_row, "");
    says(&changed(|bytes| bytes[64] = 1), &no_row.replace('1', "0"), "");
    // Ties that belong to no row.
    says(
        &changed(|bytes| bytes[80..].iter_mut().step_by(8).take(2).for_each(|end| *end = 2)),
        &no_row.replace('1', "3"),
        "",
    );
}

#[test]
fn actors_are_not_tied_to_themselves_and_strengths_are_numbers() {
    says(
        &changed(|bytes| bytes[104] = 1),
        "USA is tied to itself; ties join two actors",
        "Leave that tie out.",
    );
    for (strength, shown) in [(-0.5f32, "-0.5"), (f32::NAN, "NaN"), (f32::INFINITY, "inf")] {
        let error = changed(|bytes| bytes[112..116].copy_from_slice(&strength.to_le_bytes()));
        says(
            &error,
            &format!("the strength of GBR -> USA is {shown}; strengths are finite numbers, 0 or more"),
            "give the sender advocacy for position 0",
        );
    }
}

#[test]
fn ids_are_text_and_differ() {
    says(&changed(|bytes| bytes[155] = 0xff), "the ids of the tie file are no text: actor 1", "");
    says(&changed(|bytes| bytes[136] = 2), "the ids of the tie file are no text: actor 1", "");
    says(&changed(|bytes| bytes[144] = 8), "the ids of the tie file are no text: actor 3", "");
    says(&changed(|bytes| bytes[155..158].copy_from_slice(b"GBR")), "two actors have the id `GBR`", "");
    let line = changed(|bytes| bytes[153] = b'\n');
    says(
        &line,
        "`G\\nR` is no id: it has line ends or other control characters",
        "Ids have 1 to 200 characters",
    );
}

#[test]
fn undirected_ties_stand_in_the_row_of_their_lower_end() {
    let error = changed(|bytes| bytes[12] |= 4);
    assert_eq!(
        error.to_string(),
        "row 1 of the tie file has the target 0; undirected ties stand in the row of the lower end"
    );
}

#[test]
fn what_cannot_be_a_table_is_refused_before_it_is_written() {
    let ids = strings(&["A", "B"]);
    let new = |direction, ties: &[(u32, u32, f64)]| {
        TieTable::new(2, Some(&ids), direction, ties.to_vec()).unwrap_err().to_string()
    };
    let directed = |ties| new(Direction::Directed, ties);
    assert_eq!(directed(&[(0, 1, 1.0), (0, 1, 2.0)]), "the tie A -> B is given twice");
    assert_eq!(directed(&[(1, 1, 1.0)]), "B is tied to itself; ties join two actors");
    assert_eq!(directed(&[(0, 2, 1.0)]), "row 0 of the tie file has the target 2, and there are 2 actors");
    assert!(directed(&[(0, 1, f64::NAN)]).starts_with("the strength of A -> B is NaN"));
    assert_eq!(new(Direction::Undirected, &[(0, 1, 1.0), (1, 0, 1.0)]), "the tie A - B is given twice");
}

#[derive(Clone, Debug)]
enum Damage {
    Flip(usize, u8),
    Cut(usize),
    Grow(Vec<u8>),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let damage = prop_oneof![
        4 => (any::<usize>(), 1..=255u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        1 => any::<usize>().prop_map(Damage::Cut),
        1 => prop::collection::vec(any::<u8>(), 1..20).prop_map(Damage::Grow),
    ];
    prop::collection::vec(damage, 1..6)
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        match damage {
            Damage::Flip(at, bits) if !bytes.is_empty() => {
                let at = at % bytes.len();
                bytes[at] ^= bits;
            }
            Damage::Cut(at) => bytes.truncate(at % (bytes.len() + 1)),
            Damage::Grow(more) => bytes.extend_from_slice(more),
            Damage::Flip(..) => {}
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_damage_is_read_as_if_nothing_were_wrong(damages in damages()) {
        let whole = bytes();
        let damaged = damaged(whole.clone(), &damages);
        let read = TieTable::from_bytes(damaged.clone());
        prop_assert_eq!(read.is_ok(), damaged == whole);
    }

    // Where checksums fit what was damaged, only the checks of the structure are left.
    #[test]
    fn what_passes_with_false_checksums_can_be_asked_anything(damages in damages()) {
        let damaged = damaged(bytes(), &damages);
        let damaged = if damaged.len() >= HEADER { signed(damaged) } else { damaged };
        if let Ok(table) = TieTable::from_bytes(damaged) {
            for (from, to, strength) in table.ties() {
                prop_assert!(from != to && strength >= 0.0);
                prop_assert!(!table.id(from as usize).is_empty() && !table.id(to as usize).is_empty());
            }
            prop_assert_eq!(table.ties().count(), table.n_ties());
        }
    }
}
