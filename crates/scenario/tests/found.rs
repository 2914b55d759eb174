//! Inputs that once broke reading, or were made to: each is refused or read, and soon.

use normwave_scenario::{InMemory, Overrides, Registries, Scenario, ScenarioError, lower};
use std::sync::Arc;

fn read_with(text: &str, set: &[&str]) -> Result<Scenario, ScenarioError> {
    let overrides =
        Overrides { set: set.iter().map(|&set| set.to_owned()).collect(), ..Overrides::default() };
    Scenario::read("found.toml", text, &InMemory::default(), &Registries::default(), &overrides)
}

#[track_caller]
fn refused(text: &str, beginning: &str) {
    let message = read_with(text, &[]).expect_err("it is refused").to_string();
    assert!(message.starts_with(beginning), "{}", message.chars().take(400).collect::<String>());
}

const HEAD: &str =
    "schema = 1\ntitle = \"t\"\nperiod = { start = \"2000\", until = \"2002\", tick = \"year\" }\n";

#[test]
fn nesting_deeper_than_any_stack() {
    let deep = 100_000;
    refused(&format!("a = {}", "[".repeat(deep)), "found.toml:1: ");
    refused(&format!("a = {}", "{ a = ".repeat(deep)), "found.toml:1: ");
    refused(&format!("{}a = 1", "a.".repeat(deep)), "found.toml:1: ");
    refused(&format!("[{}a]", "a.".repeat(deep)), "found.toml:1: ");
    let many_headers: String = (1..70).map(|n| format!("[{}a]\n", "a.".repeat(n))).collect();
    refused(&many_headers, "found.toml:1: `schema` is missing");
}

#[test]
fn overrides_deeper_than_any_stack() {
    let text = format!("{HEAD}[network]\nactor = [{{ id = \"A\" }}]\n");
    let deep = format!("{}b=1", "theory.".repeat(20_000));
    let message = read_with(&text, &[&deep]).unwrap_err().to_string();
    assert!(
        message.starts_with("--set:1: the key has 20001 parts; 80 are possible\n"),
        "{}",
        &message[..200]
    );
    assert!(message.len() < 1000);
}

#[test]
fn overrides_with_line_ends_inside() {
    let text = format!("{HEAD}[network]\nactor = [{{ id = \"A\" }}]\n");
    let scenario = read_with(&text, &["theory=ä\r\nö\r", "source=ü"]).unwrap();
    assert_eq!((scenario.theory.as_str(), scenario.source.as_str()), ("ä  ö", "ü"));
}

#[test]
fn a_fault_beyond_the_widest_column_that_can_be_padded() {
    // Padding by more than 65535 columns panics in `format!`.
    let text = format!("{HEAD}theory = \"{}\" wrong", "x".repeat(70_000));
    refused(&text, "found.toml:4: ");
}

#[test]
fn strengths_whose_sums_are_infinite() {
    let text = format!(
        "{HEAD}[network]\nactor = [{{ id = \"A\" }}, {{ id = \"B\" }}, {{ id = \"C\" }}]\n\
         layer.ties.ties = [{{ from = \"A\", to = \"C\", strength = 1e308 }}, {{ from = \"B\", to = \"C\", strength = 1e308 }}]\n\
         [factor.emulation]\nlayer = \"ties\"\nkappa = 1e308\n"
    );
    let scenario = Arc::new(read_with(&text, &[]).unwrap());
    let message = lower(&scenario, None).unwrap_err().to_string();
    assert!(message.contains("Bring strengths, kappa and gains closer to 1."), "{message}");
}

#[test]
fn governments_that_would_move_to_and_fro_for_ever() {
    let text = |rate: &str| {
        format!(
            "{HEAD}[network]\ngenerate.complete = {{ actors = 3 }}\n[preset.voter]\nrate = {rate}\n\
             [[first-adopters]]\nwho = \"A1\"\n"
        )
    };
    let lowered = |rate: &str| lower(&Arc::new(read_with(&text(rate), &[]).unwrap()), None);
    assert!(lowered("4000").is_ok());
    let message = lowered("1e300").unwrap_err().to_string();
    assert!(message.starts_with("[decision] rate: a government may move 1000000000"), "{message}");
}

#[test]
fn an_id_as_long_as_a_line() {
    let long = "x".repeat(1_000_000);
    refused(
        &format!("{HEAD}[network]\nactor = [{{ id = \"{long}\" }}]\n"),
        "found.toml:5: [[network.actor]]: this is no id",
    );
    let unknown = format!(
        "{HEAD}[network]\nactor = [{{ id = \"A\" }}]\nlayer.l.ties = [{{ from = \"A\", to = \"{long}\" }}]\n"
    );
    refused(&unknown, "found.toml:6: there is no actor `xxx");
}
