//! A workload as files of little-endian numbers, for tools in other languages.

use super::Workload;
use normwave_plan::{Rule, SIGNAL_ONE, Weights};
use std::io::{self, BufWriter, Write};
use std::{fs::File, path::Path};

/// Writes what a run needs into a folder.
///
/// - `starts.u32`, `targets.u32`, `weights.i32`: ties in compressed rows, one row per sender;
/// - `thresholds.f64`: pressure that each actor needs, one row per actor and set of conditions;
/// - `own.f64`: each actor's own pressure toward the status quo, where there is any;
/// - `exits.f64`: what is added to the threshold of going back, one per actor;
/// - `firsts.u32`: who holds which position at first, in three columns: the row of conditions, the
///   actor, and the position; later lines override;
/// - `plan.txt`: numbers by name, one per line.
///
/// # Errors
/// If a file cannot be written.
///
/// # Panics
/// If the workload has no tie block.
pub fn dump(workload: &Workload, folder: &Path) -> io::Result<()> {
    let plan = &workload.plan;
    let n = plan.n_actors();
    let write = |name: &str, numbers: &[u32]| save(folder, name, numbers.iter().map(|x| x.to_le_bytes()));
    let Some(Weights::Ties { starts, targets, weights }) = plan.blocks[0].weights.at(0) else {
        panic!("a workload has ties")
    };
    write("starts.u32", starts)?;
    write("targets.u32", targets)?;
    save(folder, "weights.i32", weights.to_vec(targets.len()).iter().map(|x| x.to_le_bytes()))?;
    let n_rows = (plan.ensemble.thresholds.len() / n).max(1);
    let pressure = |units: f64| units / f64::from(SIGNAL_ONE);
    let own = plan.thresholds.at(0).map_or(&[][..], Vec::as_slice);
    let given = (0..n_rows as u64).map(|row| plan.ensemble.thresholds_of(row, n));
    let added = |given: &[f64], actor: usize| given.get(actor).copied().unwrap_or(0.0);
    let thresholds = given.flat_map(|given| (0..n).map(move |actor| own[actor] + added(given, actor)));
    save(folder, "thresholds.f64", thresholds.map(|units| pressure(units).to_le_bytes()))?;
    let exits = plan.exits.at(0).map_or(&[][..], Vec::as_slice);
    save(folder, "exits.f64", exits.iter().map(|&units| pressure(units).to_le_bytes()))?;
    for block in &plan.blocks {
        if let Some(Weights::Internal(own)) = block.weights.at(0) {
            #[expect(clippy::cast_precision_loss, reason = "below 2⁵³, as `Plan::check` proves")]
            save(folder, "own.f64", own.iter().map(|&own| (own as f64).to_le_bytes()))?;
        }
    }
    let mut firsts: Vec<u32> = Vec::new();
    for (row, row_idx) in (0u32..).zip(0..n_rows) {
        firsts.extend(plan.forced.iter().flat_map(|first| [row, first.actor, first.position.into()]));
        let adopters = plan.ensemble.adopters.get(row_idx).into_iter().flatten();
        firsts.extend(adopters.flat_map(|&actor| [row, actor, 1]));
    }
    write("firsts.u32", &firsts)?;
    let mut file = File::create(folder.join("plan.txt"))?;
    writeln!(file, "n_actors {n}\nn_rows {n_rows}\nn_runs {}", workload.n_runs)?;
    writeln!(file, "n_positions {}\nn_ticks {}", plan.n_positions, plan.n_ticks)?;
    writeln!(file, "quantum {}", plan.quantum)?;
    if let Rule::Noisy { temperature, .. } = plan.rule {
        writeln!(file, "review_probability {}", plan.review_probability())?;
        writeln!(file, "temperature {}", pressure(temperature))?;
    }
    Ok(())
}

fn save<const N: usize>(folder: &Path, name: &str, numbers: impl Iterator<Item = [u8; N]>) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(folder.join(name))?);
    for number in numbers {
        file.write_all(&number)?;
    }
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workload_can_be_read_back() {
        let folder = std::env::temp_dir().join(format!("normwave-workload-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let workload = Workload::named("graded").unwrap();
        dump(&workload, &folder).unwrap();
        let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
        let numbers = |name: &str| -> Vec<u32> {
            let numbers = read(name);
            numbers.chunks_exact(4).map(|x| u32::from_le_bytes(x.try_into().unwrap())).collect()
        };
        let starts = numbers("starts.u32");
        assert_eq!(starts.len(), 194);
        assert_eq!(starts[193] as usize, numbers("targets.u32").len());
        let firsts = numbers("firsts.u32");
        assert_eq!(firsts.len(), 10_000 * 10 * 3);
        assert_eq!(firsts[..3], [0, 20, 2]);
        assert_eq!(firsts[15..18], [0, workload.plan.ensemble.adopters[0][0], 1]);
        let thresholds = read("thresholds.f64");
        let second_row = f64::from_le_bytes(thresholds[193 * 8..][..8].try_into().unwrap());
        let expected = workload.plan.ensemble.thresholds[193] / 4096.0;
        assert_eq!(second_row.to_bits(), expected.to_bits());
        let plan = String::from_utf8(read("plan.txt")).unwrap();
        assert!(plan.contains("n_positions 3\nn_ticks 100\n"), "{plan}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
