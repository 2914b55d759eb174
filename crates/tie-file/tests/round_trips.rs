//! What is written is what is read, in every format.

use normwave_network_model::ActorId;
use normwave_tie_file::{Columns, Direction, TieFileError, TieTable, read, write};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

fn go_on(_: u64, _: u64) -> bool {
    true
}

fn read_as(path: &Path, direction: Direction) -> Result<TieTable, TieFileError> {
    read(path, &Columns::default(), direction, &mut go_on)
}

fn write_to(path: &Path, table: &TieTable) -> Result<(), TieFileError> {
    write(path, table, &Columns::default(), false, &mut go_on)
}

fn id(no: usize) -> String {
    match no % 4 {
        0 => no.to_string(),
        1 => format!("A{no}"),
        2 => format!("Côte, \"{no}\""),
        _ => format!("{no}000000000000000000000"),
    }
}

// A table with or without ids, strengths and direction.
fn tables() -> impl Strategy<Value = TieTable> {
    let strength =
        prop_oneof![Just(1.0), Just(0.0), (0..1000u32).prop_map(|x| f64::from(x) / 8.0), 0.0..1e12];
    let ties = prop::collection::btree_map((0..12u32, 0..12u32), strength, 0..40);
    (ties, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(ties, named, unit, undirected)| {
        let kept = ties.into_iter().filter(|((a, b), _)| if undirected { a < b } else { a != b });
        let ties: Vec<_> = kept.map(|((a, b), w)| (a, b, if unit { 1.0 } else { w })).collect();
        let mut ids: Vec<String> = (0..12).map(id).collect();
        ids.sort_by_key(|id| {
            (id.parse::<f64>().is_err(), id.parse::<f64>().map_or(0, |x| x as u128), id.clone())
        });
        let direction = if undirected { Direction::Undirected } else { Direction::Directed };
        TieTable::new(12, named.then_some(&ids[..]), direction, ties).unwrap()
    })
}

type ByIds = BTreeMap<(String, String), f64>;

fn by_ids(table: &TieTable) -> ByIds {
    let id = |actor: u32| table.id(actor as usize);
    table.directed_ties().map(|(from, to, strength)| ((id(from), id(to)), strength)).collect()
}

proptest! {
    #[test]
    fn an_actor_is_called_by_its_id_alone(table in tables(), other in "[0-9]{0,3}|0[0-9]|[+-]?[0-9]|A[0-9]+") {
        for actor in 0..table.n_actors() {
            prop_assert!(table.is_called(actor, &table.id(actor)));
            prop_assert_eq!(table.is_called(actor, &other), table.id(actor) == other);
        }
    }

    #[test]
    fn a_tie_file_is_read_as_it_was_written(table in tables()) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("net.ties");
        write_to(&path, &table).unwrap();
        prop_assert!(read_as(&path, Direction::Directed).unwrap() == table);
        prop_assert!(TieTable::from_bytes(table.as_bytes().to_vec()).unwrap() == table);
    }

    #[test]
    fn text_keeps_every_tie_and_strength_and_leads_back_to_the_same_bytes(table in tables()) {
        let home = tempfile::tempdir().unwrap();
        for name in ["net.csv", "net.tsv"] {
            let path = home.path().join(name);
            write_to(&path, &table).unwrap();
            let again = read_as(&path, Direction::Directed).unwrap();
            prop_assert_eq!(by_ids(&again), by_ids(&table));
            let twice = home.path().join(format!("again-{name}"));
            write_to(&twice, &again).unwrap();
            prop_assert!(read_as(&twice, Direction::Directed).unwrap() == again);
        }
    }

    #[cfg(feature = "parquet")]
    #[test]
    fn parquet_gives_the_same_table_as_text(table in tables()) {
        let home = tempfile::tempdir().unwrap();
        let [text, parquet] = ["net.csv", "net.parquet"].map(|name| home.path().join(name));
        write_to(&text, &table).unwrap();
        write_to(&parquet, &table).unwrap();
        prop_assert!(read_as(&text, Direction::Directed).unwrap() == read_as(&parquet, Direction::Directed).unwrap());
    }

    #[test]
    fn standing_ties_are_those_of_the_table_in_both_directions_if_undirected(
        table in tables(), turned in any::<bool>(), both in any::<bool>(),
    ) {
        let actors: Vec<ActorId> = (0..12).map(|no| ActorId(if turned { 12 - no } else { no })).collect();
        let mut expected: Vec<(u32, u32, u64)> = Vec::new();
        for (from, to, strength) in table.ties() {
            let (from, to) = (actors[from as usize].0, actors[to as usize].0);
            expected.push((to, from, strength.to_bits()));
            if both || table.direction() == Direction::Undirected {
                expected.push((from, to, strength.to_bits()));
            }
        }
        expected.sort_unstable();
        let standing = table.standing_ties(&actors, 13, both);
        let row = |bounds: &[u32]| &standing.targets()[bounds[0] as usize..bounds[1] as usize];
        let rise = standing.starts().windows(2).all(|bounds| row(bounds).is_sorted());
        prop_assert!(rise);
        let found: Vec<_> = standing.by_target().iter().map(|tie| (tie.to.0, tie.from.0, tie.strength.to_bits())).collect();
        let places = |ties: &[(u32, u32, u64)]| ties.iter().map(|tie| (tie.0, tie.1)).collect::<Vec<_>>();
        prop_assert_eq!(places(&found), places(&expected));
        let mut sorted = found;
        sorted.sort_unstable();
        prop_assert_eq!(sorted, expected);
    }
}

#[test]
fn strengths_take_no_more_room_than_they_need() {
    let size = |strength: f64| {
        let ties = vec![(0, 1, strength), (1, 0, 1.0)];
        let table = TieTable::new(2, None, Direction::Directed, ties).unwrap();
        assert_eq!(table.ties().next().unwrap().2.to_bits(), strength.to_bits());
        table.as_bytes().len()
    };
    assert_eq!([1.0, 0.5, 0.1].map(size), [96, 104, 112]);
}

#[test]
fn the_order_of_rows_makes_no_difference() {
    let home = tempfile::tempdir().unwrap();
    let read = |text: &str| {
        let path = home.path().join("net.csv");
        std::fs::write(&path, text).unwrap();
        read_as(&path, Direction::Directed).unwrap()
    };
    let one = read("from,to\n10,9\nUSA,10\n9,USA\n");
    assert!(one == read("to,from\r\nUSA,9\r\n\r\n10,\"USA\"\r\n9,10"));
    assert_eq!((0..3).map(|actor| one.id(actor)).collect::<Vec<_>>(), ["9", "10", "USA"]);
}

#[test]
fn nothing_half_written_stays_behind_and_nothing_is_replaced_unasked() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("net.ties");
    let table = TieTable::new(2, None, Direction::Directed, vec![(0, 1, 1.0)]).unwrap();
    let columns = Columns::default();
    let stopped = write(&path, &table, &columns, false, &mut |_, _| false);
    assert_eq!(stopped, Err(TieFileError::Stopped));
    assert_eq!(home.path().read_dir().unwrap().count(), 0);
    write_to(&path, &table).unwrap();
    assert_eq!(write_to(&path, &table), Err(TieFileError::Exists));
    let other = TieTable::new(3, None, Direction::Directed, vec![(0, 2, 1.0)]).unwrap();
    write(&path, &other, &columns, true, &mut go_on).unwrap();
    assert_eq!(read_as(&path, Direction::Directed).unwrap().n_actors(), 3);
    assert_eq!(home.path().read_dir().unwrap().count(), 1);
    assert!(
        write_to(&home.path().join("none/net.ties"), &table)
            .unwrap_err()
            .to_string()
            .starts_with("there is no folder")
    );
    assert!(matches!(write_to(&home.path().join("net.xlsx"), &table), Err(TieFileError::Extension { .. })));
}
