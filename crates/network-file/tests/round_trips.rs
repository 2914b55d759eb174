//! What is written comes back, and what does not is said.

mod common;

use common::{TEXTS, graph, sorted};
use normwave_network_file::{Format, Graph, Reading, Written, read_text, write_text};
use proptest::prelude::*;

fn again(format: Format, written: &Written) -> Graph {
    let found = read_text(format, &written.text, &Reading::default())
        .unwrap_or_else(|error| panic!("{format:?}: {error}\n{}", written.text));
    assert_eq!(found.passed_over, [], "{format:?}\n{}", written.text);
    found.graph
}

fn comes_back(format: Format, graph: &Graph) -> Result<(), TestCaseError> {
    let written = match write_text(format, graph) {
        Ok(written) => written,
        Err(error) => {
            prop_assert_eq!(format, Format::Dl);
            prop_assert!(graph.nodes().iter().any(|node| node.id.contains('"')), "{}", error);
            return Ok(());
        }
    };
    let first = again(format, &written);
    prop_assert_eq!(
        sorted(&first) == sorted(graph),
        written.left_out.is_empty(),
        "{:?} {:?}\n{}\n{:?}\n{:?}",
        format,
        written.left_out,
        &written.text,
        sorted(graph),
        sorted(&first)
    );
    // What came back can be said in whole.
    let second = write_text(format, &first).unwrap();
    prop_assert_eq!(&second.left_out, &[], "{:?}\n{}", format, second.text);
    prop_assert_eq!(sorted(&again(format, &second)), sorted(&first), "{:?}\n{}", format, second.text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_comes_back_unless_it_is_listed(graph in graph()) {
        for format in TEXTS {
            comes_back(format, &graph)?;
        }
    }

    #[test]
    fn a_tie_file_keeps_the_ties_that_a_network_has(graph in graph()) {
        let (table, left_out) = graph.to_table(Format::Ties).unwrap();
        let first = Graph::from_table(&table).unwrap();
        prop_assert_eq!(sorted(&first) == sorted(&graph), left_out.is_empty(), "{:?}", left_out);
        let (again, left_out) = first.to_table(Format::Ties).unwrap();
        prop_assert_eq!(left_out, []);
        prop_assert_eq!(again.as_bytes(), table.as_bytes());
    }
}
