//! Writes the gallery: runs every small case and keeps one figure of each under
//! `docs/figures/cases/`, and the page `docs/gallery.md`.
//!
//! ```text
//! cargo run -p normwave-cli --example gallery
//! ```

use normwave_cases::{PICTURES, gallery_page};
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    // It calls itself as the command, of which a process runs one scenario.
    if std::env::args_os().len() > 1 {
        return Ok(normwave_cli::main());
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let figures = docs.join("figures/cases");
    std::fs::create_dir_all(&figures)?;
    let folder = tempfile::tempdir()?;
    for picture in PICTURES {
        let run = folder.path().join(picture.case);
        let mut normwave = Command::new(std::env::current_exe()?);
        normwave.args(["run", picture.case, "--out"]).arg(&run).stdout(Stdio::null());
        normwave.args(picture.variant.iter().flat_map(|variant| ["--variant", variant]));
        if !normwave.status()?.success() {
            return Err(format!("normwave run {} failed", picture.case).into());
        }
        let figure = run.join("figures").join(format!("{}.svg", picture.figure));
        std::fs::copy(&figure, figures.join(format!("{}.svg", picture.case)))
            .map_err(|problem| format!("{}: {problem}", figure.display()))?;
    }
    std::fs::write(docs.join("gallery.md"), gallery_page())?;
    Ok(ExitCode::SUCCESS)
}
