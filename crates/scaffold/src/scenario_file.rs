//! `scenario.toml`, with a reason beside every choice.

use crate::matching::precision;
use crate::{Matched, Request, ScaffoldError, Setting};
use normwave_import::Precision;
use normwave_network_model::{Date, TickLength};
use std::collections::BTreeSet;
use std::fmt::Write;

// Strength of all layers together, in logits: when all partners have adopted, the odds of adoption
// are exp(2 · 1.5) = 20 times what they are when none has.
const PULL: f64 = 1.5;

/// Who has adopted when the story begins, and how fast it goes by itself.
pub(crate) struct Start {
    // (day, who); the day is left out at the period's start.
    adopters: Vec<(Option<Date>, Vec<String>)>,
    // Share of those at risk that adopted in a tick, and half of it.
    observed: f64,
    base: f64,
    cost: f64,
}

impl Start {
    pub(crate) fn of(request: &Request<'_>, matched: &Matched) -> Result<Self, ScaffoldError> {
        let before: BTreeSet<&str> = matched
            .adoptions
            .iter()
            .filter(|it| it.from < request.from && it.until.is_none_or(|until| request.from < until))
            .filter(|it| matched.alive(&it.actor))
            .map(|it| it.actor.as_str())
            .collect();
        let adopters = if before.is_empty() {
            // The first in the period, in the tick in which they did.
            let first =
                matched.adoptions.iter().find(|it| request.from <= it.from && it.from < request.until);
            let Some(first) = first else {
                let file = request.file.to_owned();
                return Err(ScaffoldError::Nobody { file, until: request.until });
            };
            let same = matched.adoptions.iter().filter(|it| it.from == first.from);
            vec![(Some(first.from), same.map(|it| it.actor.clone()).collect())]
        } else {
            vec![(None, before.into_iter().map(str::to_owned).collect())]
        };
        let ticks = (matched.years_at_risk / request.tick.years()).max(1.0);
        let observed = matched.n_in_period as f64 / ticks;
        // A review comes with probability 1 - 1/e in a tick; a thousandth at least, a half at most.
        let base = (observed / 2.0 / (1.0 - (-1.0_f64).exp())).clamp(0.001, 0.5);
        // Partners who stay press with PULL to stay, the cost of sovereignty does the rest.
        let cost = ((1.0 - base) / base).ln() - PULL;
        Ok(Start { adopters, observed, base, cost: (cost.max(0.0) * 100.0).round() / 100.0 })
    }
}

struct Layer {
    name: &'static str,
    given: &'static str,
    why: &'static str,
}

fn layers(setting: Setting) -> Vec<Layer> {
    match setting {
        Setting::States => vec![
            Layer {
                name: "contiguity",
                given: r#"{ world = "contiguity" }"#,
                why: "Neighbours see each other: land borders and up to 150 miles of water.",
            },
            Layer {
                name: "trade",
                given: r#"{ world = "trade" }"#,
                why: "Partners in trade: the sender's share of the target's trade.",
            },
            Layer {
                name: "igo",
                given: r#"{ projection = { affiliation = "igo", weighting = "size-discounted" } }"#,
                why: "Fellow members of organisations; small ones count for more than the United Nations.",
            },
        ],
        Setting::UsStates => vec![Layer {
            name: "contiguity",
            given: r#"{ world = "us-contiguity" }"#,
            why: "Neighbours see each other: states that share a border.",
        }],
    }
}

pub(crate) fn text(request: &Request<'_>, matched: &Matched, start: &Start) -> String {
    let mut out = String::new();
    let name = quoted(request.name);
    let known = request.history.rows.iter().map(|row| row.precision).min().unwrap_or(Precision::Year);
    let (tick, a_tick, rate) = match request.tick {
        TickLength::Day => ("day", "day", 365.25),
        TickLength::Week => ("week", "week", 52.18),
        TickLength::Month => ("month", "month", 12.0),
        TickLength::Quarter => ("quarter", "quarter", 4.0),
        TickLength::Year => ("year", "year", 1.0),
    };
    let _ = write!(
        out,
        "# {title}, {from} to {until}.\n#\n# Begun from {n} adoptions in {file}. Everything here is a proposal: each choice has its reason\n\
         # beside it, and nothing was fitted to who adopted when but one number, said below.\n\
         # All keys: `normwave catalogue` and `normwave schema`. Test this file: `normwave check`.\n\n\
         schema = 1\ntitle = {name}\n\
         # Say here why states adopt the norm, and what holds them back.\n\
         theory = \"States adopt what their partners hold, against what it costs them to bind themselves.\"\n\
         source = {source}\n\n\
         # Who adopted when, in truth; it does not influence the run. The dates are known by their {known}.\n\
         history = \"history.csv\"\n\n",
        title = comment(request.name),
        from = request.from,
        until = request.until,
        n = matched.adoptions.len(),
        file = comment(request.file),
        source = quoted(&format!("Adoption dates: {}", request.file)),
        known = precision(known),
    );
    for (date, who) in &start.adopters {
        let (why, when) = match date {
            None => ("Who had adopted when the period begins.".to_owned(), String::new()),
            Some(date) => {
                let why =
                    format!("Nobody had adopted on {}: the first are given on their day.", request.from);
                (why, format!(", date = {date}"))
            }
        };
        let _ = writeln!(out, "# {why}\nfirst-adopters = [{{ who = {}{when} }}]\n", list(who));
    }
    let _ = write!(
        out,
        "[period]\nstart = {}\nuntil = {}\ntick = \"{tick}\"\n\n{}",
        request.from,
        request.until,
        rule("Who, and the ties among them")
    );
    match matched.setting {
        Setting::States => {
            out.push_str(
                "# The states of the world with their births and ends, their capitals (for maps) and regions.\n\
                 # What else is packaged: `normwave world`; what to cite: `normwave world cite scenario.toml`.\n\
                 [network]\nworld = true\n\n[network.affiliation]\nigo = { world = \"igo\" }\n\n\
                 # Nothing depends on these yet; figures use the first. Factors and moderators can.\n\
                 [network.attribute]\ncapability = { world = \"capability\" }\ndemocracy = { world = \"democracy\" }\n\n",
            );
        }
        Setting::UsStates => {
            out.push_str(
                "# The fifty states, from the days of their admission.\n[network]\nworld = \"us-states\"\n\n",
            );
        }
    }
    out.push_str("[network.layer]\n");
    let layers = layers(matched.setting);
    for layer in &layers {
        let _ = writeln!(out, "# {}\n{} = {}", layer.why, layer.name, layer.given);
    }
    let _ = write!(out, "\n{}", rule("Pressures"));
    let _ = write!(
        out,
        "# What it costs a government to bind itself, the same for all. It stands for all that is not\n\
         # modelled, and is the one number taken from the history: {n} adoptions in {years:.0} state-years\n\
         # without the norm are {observed:.2} % a {a_tick}; half of that is put down to what comes from outside of\n\
         # the network, so that a government none of whose partners has adopted does so with {base:.2} % at a review.\n\
         [factor.sovereignty]\ntype = \"sovereignty-cost\"\nkappa = {cost}\n\n",
        n = matched.n_in_period,
        years = matched.years_at_risk,
        observed = 100.0 * start.observed,
        base = 100.0 * start.base,
        cost = start.cost,
    );
    let kappa = (100.0 * PULL / layers.len() as f64).round() / 100.0;
    let _ = write!(
        out,
        "# Partners who hold the norm pull toward it, those who do not pull back: the share of ties.{}\n\
         # The strength is a convention: with all partners the odds of adoption are some 20 times those with none.\n",
        if layers.len() == 1 { "" } else { " All layers pull alike." }
    );
    for layer in &layers {
        let _ = write!(
            out,
            "[factor.{name}]\ntype = \"emulation\"\nlayer = \"{name}\"\nexposure = \"mean\"\nkappa = {kappa}\n\n",
            name = layer.name
        );
    }
    let _ = write!(
        out,
        "{}# A government looks at the matter about once a {a_tick}, with luck drawn anew each time.\n\
         [decision]\nrule = \"noisy\"\nnoise = \"fresh\"\nrate = {rate:?}\ntemperature = 1.0\n",
        rule("How governments decide")
    );
    if matched.adoptions.iter().any(|it| it.until.is_some()) {
        out.push_str(
            "# Some have withdrawn. To let governments go back: reversal = true, and an `exit` cost.\n",
        );
    }
    let _ = write!(
        out,
        "\n{}# For instance: a conference after which everybody's reputation is at stake.\n\
         # [event.conference]\n# date = {}\n# change = [{{ kappa = \"{}\", multiply = 2.0 }}]\n",
        rule("Events"),
        request.from,
        layers[0].name
    );
    out
}

fn rule(title: &str) -> String {
    format!("# {} {title}\n\n", "-".repeat(64))
}

fn list(ids: &[String]) -> String {
    if let [id] = ids {
        return quoted(id);
    }
    let mut out = String::from("[");
    let mut width = 0;
    for id in ids {
        let id = quoted(id);
        if width == 0 || width + id.len() > 88 {
            out.push_str("\n    ");
            width = 4;
        } else {
            out.push(' ');
        }
        width += id.len() + 2;
        out.push_str(&id);
        out.push(',');
    }
    out.push_str("\n]");
    out
}

// As TOML has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

// On one line.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
