//! `normwave world`.

use crate::{Failure, Input, WorldArgs, WorldCommand, output, words};
use normwave_report::{Column, TextTable, fixed};
use normwave_scenario::packaged_tables;
use normwave_world::{
    AFFILIATIONS, ATTRIBUTES, Coverage, Entry, FACTS, FROM_MEMORY, Figures, LAYERS, NOT_PACKAGED, Source,
    UNITED_STATES, citations, entry, source, yearly_figures,
};
use serde_json::{Value, json};
use std::fmt::Write;

// The year that is shown unless one is given: that of the field's reference figures.
const YEAR: i16 = 1997;
// How many of the first states JSON has.
const TOP: usize = 10;
// What a bundled case uses beside the tables of its network.
const FACTS_OF: [(&str, [&str; 2]); 1] = [("ottawa", ["mine-ban", "mine-ban-timeline"])];

/// Lists what is packaged, shows one table, or cites.
///
/// # Errors
/// [`Failure::BadInput`] if there is no such table, year or scenario.
pub(crate) fn world(args: &WorldArgs) -> Result<(), Failure> {
    match (&args.command, &args.name) {
        (Some(WorldCommand::Cite(args)), _) => output::answer(&bibtex(&args.names)?),
        (None, None) => list(args.year.unwrap_or(YEAR), args.json),
        (None, Some(name)) => show(table(name)?, args.year, args.json),
    }
}

fn table(name: &str) -> Result<&'static Entry, Failure> {
    entry(name).map_err(|_| {
        let all = [LAYERS, AFFILIATIONS, ATTRIBUTES, FACTS, UNITED_STATES].concat();
        let near = words::did_you_mean(name, all.iter().map(|entry| entry.name));
        Failure::BadInput(format!(
            "the packaged world has no table `{name}`{near}\n`normwave world` lists all."
        ))
    })
}

fn figures_of(year: i16) -> Result<Vec<(String, Figures)>, Failure> {
    yearly_figures(year).map_err(|error| Failure::BadInput(format!("--year: {error}")))
}

// ---- The list.

fn list(year: i16, as_json: bool) -> Result<(), Failure> {
    let figures = figures_of(year)?;
    if as_json {
        let tables = |entries: &[Entry]| entries.iter().map(entry_json).collect::<Vec<_>>();
        let figures: serde_json::Map<String, Value> =
            figures.iter().map(|(name, figures)| (name.clone(), figures_json(figures))).collect();
        return output::answer_json(&json!({
            "year": year,
            "layers": tables(LAYERS),
            "affiliations": tables(AFFILIATIONS),
            "attributes": tables(ATTRIBUTES),
            "facts": tables(FACTS),
            "united-states": tables(UNITED_STATES),
            "not-packaged": NOT_PACKAGED
                .iter()
                .map(|absent| json!({ "name": absent.name, "about": absent.about, "why": absent.why }))
                .collect::<Vec<_>>(),
            "figures": figures,
        }));
    }
    let mut table = TextTable::new([
        Column::left("layer"),
        Column::left("years"),
        Column::right(format!("ties {year}")),
        Column::right("density"),
        Column::right("alone"),
        Column::left("source"),
    ]);
    for entry in LAYERS {
        let of_year = figures.iter().find(|(name, _)| name == entry.name).map(|(_, figures)| figures);
        let cell = |text: fn(&Figures) -> String| of_year.map_or_else(String::new, text);
        table.row([
            entry.name.to_owned(),
            entry.years(),
            cell(|figures| figures.n_ties.to_string()),
            cell(|figures| fixed(figures.density, 3)),
            cell(|figures| figures.n_isolates.to_string()),
            entry.sources.join(", "),
        ]);
    }
    let mut out = table.to_text();
    for (heading, entries) in [
        ("affiliation", AFFILIATIONS),
        ("attribute", ATTRIBUTES),
        ("facts", FACTS),
        ("second world", UNITED_STATES),
    ] {
        let mut table = TextTable::new([
            Column::left(heading),
            Column::left("years"),
            Column::left("unit"),
            Column::left("source"),
        ]);
        for entry in entries {
            table.row([
                entry.name.to_owned(),
                entry.years(),
                entry.unit.to_owned(),
                entry.sources.join(", "),
            ]);
        }
        let _ = write!(out, "\n{}", table.to_text());
    }
    out.push_str("\nNot packaged:\n");
    for absent in NOT_PACKAGED {
        out.push_str(&words::wrapped(
            &format!("{}: {}. {}", absent.name, absent.about, absent.why),
            "  ",
            80,
        ));
    }
    out.push_str(
        "\nTies are those of 1 July, read without direction. `normwave world NAME` shows one table,\n\
         `normwave world cite NAME` what to cite for it.\n",
    );
    output::answer(&out)
}

// ---- One table.

fn show(entry: &Entry, year: Option<i16>, as_json: bool) -> Result<(), Failure> {
    let is_layer = LAYERS.iter().any(|layer| layer.name == entry.name);
    let of_year = match year {
        Some(year) if is_layer => figures_of(year)?.into_iter().find(|(name, _)| name == entry.name),
        _ => None,
    };
    let coverage = match FACTS.iter().chain(UNITED_STATES).any(|other| other.name == entry.name) {
        true => None,
        false => Some(Coverage::of(entry).map_err(|error| Failure::Other(error.to_string()))?),
    };
    let wanted = |of: i16| year.is_none_or(|year| of == year);
    if as_json {
        let mut value = entry_json(entry);
        if let Some(coverage) = &coverage {
            let years = coverage.years.iter().filter(|covered| wanted(covered.year)).map(|covered| {
                json!({
                    "year": covered.year,
                    "states": covered.n_states,
                    "covered": covered.n_covered,
                    "entries": covered.n_entries,
                    "observed": covered.observed,
                })
            });
            value["coverage"] = years.collect();
            value["missing"] = json!(coverage.missing);
        }
        value["figures"] = of_year.map_or(Value::Null, |(_, figures)| figures_json(&figures));
        return output::answer_json(&value);
    }
    let mut out = format!("{}\n", entry.name);
    out.push_str(&words::wrapped(entry.about, "  ", 80));
    let _ = writeln!(out, "  unit: {}", entry.unit);
    if is_layer {
        let _ = writeln!(out, "  direction: {}", entry.direction);
    }
    let _ = writeln!(out, "  years: {}", entry.years());
    for source in entry.sources.iter().filter_map(|key| source(key)) {
        let version = if source.version.is_empty() { String::new() } else { format!(", {}", source.version) };
        out.push_str(&words::wrapped(&format!("source: {}{version}", source.name), "  ", 80));
        out.push_str(&words::wrapped(source.terms, "    ", 80));
    }
    if let Some((_, figures)) = &of_year {
        out.push_str(&figures_text(figures));
    }
    if let Some(coverage) = &coverage {
        out.push_str(&coverage_text(coverage, is_layer, wanted));
    }
    output::answer(&out)
}

fn coverage_text(coverage: &Coverage, is_layer: bool, wanted: impl Fn(i16) -> bool) -> String {
    let entries = if is_layer { "ties" } else { "entries" };
    let columns =
        ["year", "states", "with", entries].map(Column::right).into_iter().chain([Column::left("")]);
    let mut table = TextTable::new(columns);
    for covered in coverage.years.iter().filter(|covered| wanted(covered.year)) {
        let note = if covered.observed { "" } else { "not observed; what is known holds on" };
        table.row([
            covered.year.to_string(),
            covered.n_states.to_string(),
            covered.n_covered.to_string(),
            covered.n_entries.to_string(),
            note.to_owned(),
        ]);
    }
    let mut out = format!("\nOn 1 July\n{}", table.to_text());
    let missing = coverage.missing.iter().filter_map(|(id, years)| {
        let years: Vec<i16> = years.iter().copied().filter(|&year| wanted(year)).collect();
        (!years.is_empty()).then(|| format!("{id} {}", spans(&years)))
    });
    let missing: Vec<String> = missing.collect();
    if !missing.is_empty() {
        let _ = writeln!(out, "\nStates without, and the years:");
        out.push_str(&words::wrapped(&missing.join("; "), "  ", 80));
    }
    out
}

// `1980–1989, 1993`.
fn spans(years: &[i16]) -> String {
    let runs = years.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [only] => only.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn figures_text(figures: &Figures) -> String {
    let mut out = format!(
        "\n{} states, {} ties, density {}, {} alone, {} in the largest component,\ntransitivity {}, mean local \
         clustering {}",
        figures.n_actors,
        figures.n_ties,
        fixed(figures.density, 5),
        figures.n_isolates,
        figures.giant,
        fixed(figures.transitivity, 5),
        fixed(figures.mean_local_clustering, 5),
    );
    if let Some(mixing) = figures.degree_assortativity {
        let _ = write!(out, ", degree assortativity {}", fixed(mixing, 4));
    }
    let degree = figures.degree.iter().take(6).map(|(id, n)| format!("{id} {n}"));
    let between = figures.betweenness.iter().take(6).map(|(id, share)| format!("{id} {}", fixed(*share, 4)));
    let _ = write!(
        out,
        "\ntop degree: {}\ntop betweenness: {}\n",
        degree.collect::<Vec<_>>().join(", "),
        between.collect::<Vec<_>>().join(", ")
    );
    out
}

fn entry_json(entry: &Entry) -> Value {
    let observed = (entry.observed != (0, 0)).then_some([entry.observed.0, entry.observed.1]);
    let sources = entry.sources.iter().filter_map(|key| source(key)).map(source_json);
    json!({
        "name": entry.name,
        "about": entry.about,
        "unit": entry.unit,
        "direction": (!entry.direction.is_empty()).then_some(entry.direction),
        "observed": observed,
        "derived-by": entry.derived_by,
        "sources": sources.collect::<Vec<_>>(),
    })
}

fn source_json(source: &Source) -> Value {
    json!({
        "key": source.key,
        "name": source.name,
        "version": source.version,
        "citation": source.citation,
        "terms": source.terms,
        "read-through": source.read_through,
    })
}

fn figures_json(figures: &Figures) -> Value {
    fn top<T: Clone + Into<Value>>(ranked: &[(String, T)]) -> Vec<Value> {
        let value = |(id, value): &(String, T)| json!([id, Into::<Value>::into(value.clone())]);
        ranked.iter().take(TOP).map(value).collect()
    }
    json!({
        "states": figures.n_actors,
        "ties": figures.n_ties,
        "density": figures.density,
        "isolates": figures.n_isolates,
        "giant": figures.giant,
        "transitivity": figures.transitivity,
        "mean-local-clustering": figures.mean_local_clustering,
        "degree-assortativity": figures.degree_assortativity,
        "degree": top(&figures.degree),
        "betweenness": top(&figures.betweenness),
    })
}

// ---- Citations.

fn bibtex(names: &[String]) -> Result<String, Failure> {
    let mut tables: Vec<String> = Vec::new();
    for name in names {
        if entry(name).is_ok() {
            tables.push(name.clone());
            continue;
        }
        let input = Input::find(name).map_err(|failure| neither(name, failure))?;
        let Some(used) = packaged_tables(&input.text) else {
            output::note(&format!("{name} uses nothing of the packaged world"));
            continue;
        };
        // The states have their regions, whatever else is used.
        tables.extend(if used.is_empty() { vec!["region".to_owned()] } else { used });
        let facts = FACTS_OF.iter().filter(|(case, _)| input.case == Some(case));
        tables.extend(facts.flat_map(|(_, facts)| facts.map(str::to_owned)));
    }
    if tables.is_empty() {
        return Ok(String::new());
    }
    let sources = citations(tables.iter().map(String::as_str));
    let sources = sources.map_err(|error| Failure::BadInput(error.to_string()))?;
    let mut out = format!("% {FROM_MEMORY}\n");
    for source in sources {
        let _ = write!(out, "\n% {}\n% Terms: {}\n{}", source.citation, source.terms, source.bibtex());
    }
    Ok(out)
}

// A word that is neither a table nor a scenario.
fn neither(name: &str, failure: Failure) -> Failure {
    if name.contains(['/', '\\', '.']) {
        return failure;
    }
    match table(name) {
        Err(Failure::BadInput(problem)) => Failure::BadInput(format!(
            "{}, nor is it a case or a scenario file\n`normwave world` and `normwave cases` list what there is.",
            problem.lines().next().unwrap_or_default()
        )),
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_row_are_a_span() {
        assert_eq!(spans(&[1980, 1981, 1982, 1985, 1990, 1991]), "1980–1982, 1985, 1990–1991");
    }

    #[test]
    fn what_ottawa_uses_is_cited_once() {
        let cited = bibtex(&["ottawa".to_owned(), "trade".to_owned()]).unwrap();
        for key in
            ["cow-states", "cow-trade", "cow-alliances", "cow-igo", "vdem", "untc", "stuster", "fariss"]
        {
            assert_eq!(cited.matches(&format!("{{{key},")).count(), 1, "{key}");
        }
        assert!(!cited.contains("{geodist,"), "{cited}");
        let refused = bibtex(&["ottowa".to_owned()]).unwrap_err().to_string();
        assert!(refused.contains("nor is it a case"), "{refused}");
    }
}
