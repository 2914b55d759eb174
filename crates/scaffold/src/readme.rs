//! The folder's own `README.md`.

use crate::{Matched, Request, Setting};
use std::fmt::Write;

pub(crate) fn text(request: &Request<'_>, matched: &Matched, notes: &[String]) -> String {
    let mut out = String::new();
    let name = request.name;
    let who = match matched.setting {
        Setting::States => "states of the packaged world",
        Setting::UsStates => "states of the United States",
    };
    let _ = write!(
        out,
        "# {name}\n\nA scenario of normwave, begun from `{file}`.\n\n\
         ```sh\n\
         normwave run {path}            # simulate: tables, figures and a report in runs/\n\
         normwave describe {path}       # what the history itself shows\n\
         normwave check {path}          # is the scenario sound?\n\
         normwave world cite {path}     # what to cite\n```\n\n\
         | file | what it is |\n|---|---|\n\
         | `scenario.toml` | the model: who, the ties, the pressures, how governments decide; a reason beside each choice |\n\
         | `history.csv` | who adopted when in truth |\n",
        file = request.file,
        path = format_args!("{name}/scenario.toml"),
    );
    if !matched.left_out.is_empty() {
        out.push_str("| `left-out.csv` | every row of the source that is not in the history, and why |\n");
    }
    let _ = write!(
        out,
        "\n## The history\n\n- Units were taken for {who}, by {read_as}.\n- {n} adoptions, {inside} of them from {from} until before {until}; {governments} governments live in that period.\n",
        read_as = matched.read_as,
        n = matched.adoptions.len(),
        inside = matched.n_in_period,
        from = request.from,
        until = request.until,
        governments = matched.n_governments,
    );
    for taken in &request.history.taken {
        let _ = writeln!(out, "- Column `{}`: {}.", taken.column, taken.role);
    }
    for note in request.history.notes.iter().chain(notes) {
        let _ = writeln!(out, "- {note}");
    }
    if !matched.moved.is_empty() {
        let moved: Vec<String> =
            matched.moved.iter().map(|it| format!("{} ({})", it.actor, it.was)).collect();
        let _ = writeln!(
            out,
            "- Adopted before they were in the state system; counted from their first day in it: {}.",
            moved.join(", ")
        );
    }
    if !matched.left_out.is_empty() {
        let _ = write!(out, "\n## Left out\n\n| line | unit | why |\n|---|---|---|\n");
        for row in &matched.left_out {
            let line = if row.line == 0 { String::new() } else { row.line.to_string() };
            let _ = writeln!(out, "| {line} | {} | {} |", cell(&row.unit), cell(&row.why));
        }
    }
    out.push_str(
        "\n## What to change first\n\n\
         - `theory`, and the factors: what presses states to adopt *this* norm? `normwave catalogue` lists all.\n\
         - The layers: `normwave world` lists what is packaged.\n\
         - Events: conferences, campaigns, scandals, with their dates.\n\
         - The strengths are conventions. They say what the model does, and nothing yet about the world.\n",
    );
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
