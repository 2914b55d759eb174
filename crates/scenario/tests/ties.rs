//! A CSV file of ties is read as a whole where it can be, and row by row where it has dates: to the
//! same network.

use normwave_network_model::Tie;
use normwave_scenario::{InMemory, Overrides, Registries, Scenario, ScenarioError};
use proptest::prelude::*;

fn read(undirected: bool, csv: String) -> Result<Scenario, ScenarioError> {
    let text = format!(
        "schema = 1\ntitle = \"Ties\"\nperiod = {{ start = 2000, until = 2001, tick = \"year\" }}\n\
         network.actors = [\"actors.csv\"]\nfactor.moral.layer = \"ties\"\n\
         network.layer.ties = {{ file = \"ties.csv\", undirected = {undirected} }}\n"
    );
    let actors = "id\nUSA\n7\n007\nCôte d'Ivoire\n\"a, b\"\n10\n".to_owned();
    let files = InMemory(vec![("actors.csv".to_owned(), actors), ("ties.csv".to_owned(), csv)]);
    Scenario::read("ties.toml", &text, &files, &Registries::default(), &Overrides::default())
}

fn ties(scenario: &Scenario) -> Vec<Tie> {
    scenario.network_at(0).unwrap().ties_of("ties").unwrap().to_vec()
}

fn ids() -> impl Strategy<Value = &'static str> {
    let usual =
        prop::sample::select(vec!["USA", "7", "007", "Côte d'Ivoire", "\"a, b\"", "10", " USA ", "\"7\""]);
    let odd = prop::sample::select(vec!["", "usa", "\u{a0}USA", "Atlantis", "\"7", "7\t"]);
    prop_oneof![60 => usual, 1 => odd]
}

fn strengths() -> impl Strategy<Value = &'static str> {
    let usual = prop::sample::select(vec!["", "1", "0.5", " 2 ", "1e3", "0", "\"3\""]);
    let odd = prop::sample::select(vec!["-1", "inf", "0;5", "x", "NaN", "-0"]);
    prop_oneof![60 => usual, 1 => odd]
}

proptest! {
    #[test]
    fn a_csv_file_means_the_same_as_a_whole_and_row_by_row(
        rows in prop::collection::vec((ids(), ids(), strengths()), 0..6),
        undirected in any::<bool>(),
        end in prop::sample::select(vec!["\n", "\r\n", "\n\n"]),
    ) {
        let table = |head: &str, more: &str| {
            let row = |(from, to, strength): &(&str, &str, &str)| format!("{from},{to},{strength}{more}{end}");
            format!("{head}{end}{}", rows.iter().map(row).collect::<String>())
        };
        let whole = read(undirected, table("from,to,strength", ""));
        let by_row = read(undirected, table("from,to,strength,start", ","));
        match (whole, by_row) {
            (Ok(whole), Ok(by_row)) => prop_assert_eq!(ties(&whole), ties(&by_row)),
            (Err(whole), Err(by_row)) => {
                // The same words about the same line, which itself has one column more.
                let words = |error: &ScenarioError| {
                    let text = error.to_string().replace(",start", "");
                    let kept = text.lines().filter(|line| !line.contains(" | "));
                    kept.map(str::to_owned)
                        .collect::<Vec<_>>()
                };
                prop_assert_eq!(words(&whole), words(&by_row));
            }
            (whole, by_row) => prop_assert!(false, "{:?} but {:?}", whole.map(|_| ()), by_row.map(|_| ())),
        }
    }
}

#[test]
fn actors_are_made_of_the_ids_of_a_csv_file_with_or_without_dates() {
    for csv in ["from,to\nb,10\n9,a\n", "from,to,start\nb,10,\n9,a,2000\n"] {
        let text = "schema = 1\ntitle = \"Ties\"\nperiod = { start = 2000, until = 2001, tick = \"year\" }\n\
                    factor.moral.layer = \"ties\"\nnetwork.layer.ties.file = \"ties.csv\"\n\
                    network.actors = { ties = \"ties.csv\" }\n";
        let files = InMemory(vec![("ties.csv".to_owned(), csv.to_owned())]);
        let scenario =
            Scenario::read("ties.toml", text, &files, &Registries::default(), &Overrides::default()).unwrap();
        let ids: Vec<&str> = scenario.network.actors().iter().map(|actor| actor.id.as_str()).collect();
        assert_eq!(ids, ["9", "10", "a", "b"]);
        assert_eq!(ties(&scenario).len(), 2);
    }
}

#[test]
fn a_tie_file_is_refused_where_only_text_is_at_hand() {
    let text = "schema = 1\ntitle = \"Ties\"\nperiod = { start = 2000, until = 2001, tick = \"year\" }\n\
                network.layer.ties.file = \"big.ties\"\nnetwork.actors = { ties = \"big.ties\" }\n";
    let error = Scenario::read(
        "ties.toml",
        text,
        &InMemory::default(),
        &Registries::default(),
        &Overrides::default(),
    );
    let text = error.unwrap_err().to_string();
    assert!(text.contains("`big.ties` cannot be read here: only text is at hand"), "{text}");
    assert!(text.contains("Give the ties as CSV."), "{text}");
}
