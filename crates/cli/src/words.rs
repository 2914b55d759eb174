//! Words that several commands share.

use crate::Failure;
use normwave_network_model::ActorId;
use normwave_plan::Position;
use normwave_report::Positions;
use normwave_scenario::Scenario;

/// `; did you mean X?` if a known name is near, else nothing.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let lower = name.to_lowercase();
    let scored = known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate));
    match scored.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((score, near)) if score > 0.8 => format!("; did you mean `{near}`?"),
        _ => String::new(),
    }
}

/// The names of a scenario's positions.
pub(crate) fn positions(scenario: &Scenario) -> Positions {
    Positions::new(scenario.norm.positions.iter().map(|position| position.name.clone()))
}

/// The name of one position.
pub(crate) fn position_name(scenario: &Scenario, position: Position) -> &str {
    &scenario.norm.positions[usize::from(position)].name
}

/// The position that `--position` names, by its name or number.
///
/// # Errors
/// [`Failure::BadInput`] if there is none.
pub(crate) fn position(scenario: &Scenario, text: &str) -> Result<Position, Failure> {
    let names: Vec<&str> = scenario.norm.positions.iter().map(|position| position.name.as_str()).collect();
    let by_name = names.iter().position(|name| *name == text);
    let found = by_name.or_else(|| text.parse::<usize>().ok()).filter(|&k| k < names.len());
    found.and_then(|k| Position::try_from(k).ok()).ok_or_else(|| {
        let known = names.iter().enumerate().map(|(k, name)| format!("{k} \"{name}\""));
        Failure::BadInput(format!(
            "--position {text}: there is no such position{}\nPositions: {}.",
            did_you_mean(text, names.iter().copied()),
            known.collect::<Vec<_>>().join(", ")
        ))
    })
}

/// An actor's name, with its id where that says more.
pub(crate) fn full_name(scenario: &Scenario, actor: ActorId) -> String {
    let actor = scenario.network.actor(actor);
    if actor.name() == actor.id { actor.id.clone() } else { format!("{} ({})", actor.name(), actor.id) }
}

/// `1 tie`, `2 ties`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A sentence broken into lines of at most `width` characters, each after the indent.
pub(crate) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = indent.chars().count() + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && longer > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_wrapped_at_words() {
        assert_eq!(wrapped("one two three four", "  ", 11), "  one two\n  three\n  four\n");
        assert_eq!(wrapped("", "  ", 11), "  \n");
    }
}
