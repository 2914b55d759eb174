//! Workloads as scenario files, so that what lies between a file and an engine can be measured.

use crate::workloads::Workload;
use normwave_plan::{Plan, SIGNAL_ONE, Weights};
use normwave_scenario::{Folder, Overrides, Registries, Scenario, ScenarioError};
use normwave_tie_file::{Direction, TieTable};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::{error::Error, fs};

/// How many layers the ties of W1 stand in; their pressures add up to those of the workload.
const LAYERS: i32 = 4;

/// Writes the scenario of a workload into a folder, as `scenario.toml` and the files that it names.
///
/// Ties are in tie files. Thresholds that are the same for all stand in the scenario, others in a
/// table `need.csv`. What differs between replicates of W1 has no place in a scenario file: whoever
/// drew it adds it to the plan ([`normwave_plan::Ensemble`]).
///
/// # Errors
/// If a file cannot be written.
///
/// # Panics
/// If the workload is no cascade along one block of ties.
pub fn write_scenario(workload: &Workload, folder: &Path) -> Result<(), Box<dyn Error>> {
    let plan = &workload.plan;
    let n = plan.n_actors();
    let ties = match &plan.blocks[..] {
        [block] => block.weights.at(0).expect("ties from the beginning"),
        _ => panic!("a workload with one block"),
    };
    let rows = (0u32..).take(n).flat_map(|from| ties.row(from).map(move |(to, weight)| (from, to, weight)));
    let save = |name: &str, ties: Vec<(u32, u32, f64)>| -> Result<(), Box<dyn Error>> {
        let table = TieTable::new(n, None, Direction::Directed, ties)?;
        Ok(fs::write(folder.join(name), table.as_bytes())?)
    };
    let mut text = format!(
        "schema = 1\ntitle = \"{}\"\n\n[period]\nstart = 2000-01-01\nuntil = {}\ntick = \"day\"\n\n",
        workload.name,
        last_day(plan.n_ticks)
    );
    if !plan.forced.is_empty() {
        let ids: Vec<String> = plan.forced.iter().map(|first| format!("\"{}\"", first.actor)).collect();
        writeln!(text, "[[first-adopters]]\nwho = [{}]\n", ids.join(", "))?;
    }
    let layers: Vec<String> = if plan.ensemble.adopters.is_empty() {
        save("ties.ties", rows.map(|(from, to, weight)| (from, to, f64::from(weight))).collect())?;
        vec!["ties".to_owned()]
    } else {
        let all: Vec<(u32, u32, i32)> = rows.collect();
        for layer in 0..LAYERS {
            let part = |weight: i32| weight / LAYERS + i32::from(layer < weight % LAYERS);
            let parts = all.iter().map(|&(from, to, weight)| (from, to, part(weight)));
            let parts = parts.filter(|tie| tie.2 > 0).map(|(from, to, part)| (from, to, f64::from(part)));
            save(&format!("layer-{layer}.ties"), parts.collect())?;
        }
        (0..LAYERS).map(|layer| format!("layer-{layer}")).collect()
    };
    writeln!(text, "[network]\nactors = {{ ties = \"{}.ties\" }}", layers[0])?;
    for layer in &layers {
        writeln!(text, "layer.{layer}.file = \"{layer}.ties\"")?;
    }
    let thresholds = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
    let pressure = |units: f64| units / f64::from(SIGNAL_ONE);
    let same = thresholds.iter().all(|threshold| threshold.to_bits() == thresholds[0].to_bits());
    if !same {
        let mut table = "actor,value\n".to_owned();
        for (actor, threshold) in thresholds.iter().enumerate() {
            writeln!(table, "{actor},{}", pressure(*threshold))?;
        }
        fs::write(folder.join("need.csv"), table)?;
        writeln!(text, "attribute.need.file = \"need.csv\"")?;
    }
    // As the preset `complex-contagion` of one layer.
    for layer in &layers {
        writeln!(text, "\n[factor.{layer}]\ntype = \"emulation\"\nlayer = \"{layer}\"\nexposure = \"sum\"")?;
    }
    let factors: Vec<String> = layers.iter().map(|layer| format!("\"{layer}\"")).collect();
    writeln!(text, "\n[moderator.bystanders]\ntype = \"stickiness\"\nacts-on = [{}]", factors.join(", "))?;
    writeln!(text, "embeddedness = 0")?;
    writeln!(text, "toward-new = 1\ntoward-status-quo = 0\n\n[decision]\nrule = \"at-least\"")?;
    if same {
        writeln!(text, "threshold = {}", pressure(thresholds[0]))?;
    } else {
        writeln!(text, "threshold = {{ need = 1 }}")?;
    }
    fs::write(folder.join("scenario.toml"), text)?;
    Ok(())
}

// The day after so many, from the first of January 2000.
fn last_day(n_ticks: u32) -> String {
    let mut left = n_ticks;
    for year in 2000u32.. {
        let leap = year.is_multiple_of(4);
        for (month, days) in
            (1..).zip([31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
        {
            if left < days {
                return format!("{year}-{month:02}-{:02}", left + 1);
            }
            left -= days;
        }
    }
    unreachable!("years without end")
}

/// Reads the scenario in a folder: parsing and assembling.
///
/// # Errors
/// What is wrong with it.
pub fn read_scenario(folder: &Path) -> Result<Arc<Scenario>, ScenarioError> {
    let text = fs::read_to_string(folder.join("scenario.toml"))
        .map_err(|error| ScenarioError::Whole { problem: error.to_string(), remedy: String::new() })?;
    let files = Folder(folder.to_owned());
    Scenario::read("scenario.toml", &text, &files, &Registries::default(), &Overrides::default())
        .map(Arc::new)
}

/// Whether two plans have the same ties in their only block.
#[must_use]
pub fn same_ties(a: &Plan, b: &Plan) -> bool {
    let ties = |plan: &Plan| -> Option<Weights> { plan.blocks.first()?.weights.at(0).cloned() };
    a.blocks.len() == 1 && b.blocks.len() == 1 && ties(a) == ties(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::Answers;
    use normwave_engine::Sparse;
    use normwave_scenario::lower;

    #[test]
    fn a_workload_read_from_its_scenario_file_has_the_same_ties_and_answers() {
        for (name, n_runs) in [("W2s", 1), ("W3t", 1), ("W1", 20)] {
            let workload = Workload::named(name).unwrap();
            let folder = tempfile::tempdir().unwrap();
            write_scenario(&workload, folder.path()).unwrap();
            let scenario = read_scenario(folder.path()).unwrap();
            let ensemble = workload.plan.ensemble.clone();
            let plan = Plan { ensemble, ..lower(&scenario, None).unwrap() };
            assert!(same_ties(&plan, &workload.plan), "{name}");
            assert_eq!((plan.n_ticks, plan.n_actors()), (workload.plan.n_ticks, workload.plan.n_actors()));
            let read = Workload { plan, ..workload.clone() };
            let answers: Answers = read.answers(&Sparse, n_runs);
            assert_eq!(answers, workload.answers(&Sparse, n_runs), "{name}");
        }
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(
            [0, 59, 60, 366, 366 + 59].map(last_day),
            ["2000-01-01", "2000-02-29", "2000-03-01", "2001-01-01", "2001-03-01"]
        );
    }
}
