//! `normwave network`.

mod brokers;
mod convert;
mod convert_graph;
mod group;
mod measures;

use crate::{ChangeArgs, Failure, Input, NetworkArgs, NetworkCommand, Prepared, output, words};
use brokers::BrokerReport;
use group::GroupReport;
use measures::LayerReport;
use normwave_network_model::measure::{Direction, Reading, Strengths};
use normwave_network_model::{ActorId, LayerId, NetworkError, parse_date};
use normwave_report::{Column, TextTable, fixed};
use normwave_scenario::Scenario;
use serde_json::json;
use std::fmt::Write;

/// What is said of one layer.
struct Measured {
    layer: LayerReport,
    group: Option<GroupReport>,
    brokers: Option<BrokerReport>,
}

/// Measures a network, or converts a file of ties.
///
/// # Errors
/// [`Failure::BadInput`] if what is asked for, or a file, is wrong.
pub(crate) fn network(args: &NetworkArgs) -> Result<(), Failure> {
    match (&args.command, &args.changes, &args.at) {
        (Some(NetworkCommand::Convert(args)), _, _) => convert::convert(args),
        (None, Some(changes), Some(at)) => measured(args, changes, at),
        // clap has both unless there is a subcommand.
        (None, _, _) => Err(Failure::BadInput(
            "nothing to measure\nGive a case or a scenario file, and a date: --at DATE.".to_owned(),
        )),
    }
}

// Measures the network on a date and prints it.
fn measured(args: &NetworkArgs, changes: &ChangeArgs, at: &str) -> Result<(), Failure> {
    let input = Input::find(&changes.scenario)?;
    let prepared = Prepared::read(&input, &changes.overrides())?;
    let scenario = &prepared.scenario;
    let date = parse_date(at).map_err(|error| Failure::BadInput(format!("--at {at}: {error}")))?;
    let calendar = &scenario.calendar;
    let Some(tick) = calendar.tick_of(date) else {
        return Err(Failure::BadInput(format!(
            "--at {at} lies outside the period, {} to {}\nGive a date inside it.",
            calendar.start(),
            calendar.end()
        )));
    };
    let view = scenario.network_at(tick)?;
    let group = group_of(scenario, &args.group)?;
    let reading = Reading {
        direction: if args.directed { Direction::Directed } else { Direction::Undirected },
        strengths: if args.weighted { Strengths::Used } else { Strengths::Ignored },
        ..Reading::default()
    };
    let mut layers = Vec::new();
    for layer in layers_of(scenario, args.layer.as_deref())? {
        let measured = LayerReport::new(&view, layer, reading, args.seed);
        let brokers = args.by.as_ref().map(|by| BrokerReport::new(&view, layer, reading, by)).transpose();
        let brokers = brokers.map_err(|error| Failure::BadInput(format!("--by: {error}")))?;
        let group = if group.is_empty() {
            None
        } else {
            let report = GroupReport::new(&view, layer, reading, &group, args.seed);
            Some(report.map_err(|error| Failure::BadInput(format!("--group: {error}")))?)
        };
        layers.push(Measured { layer: measured, group, brokers });
    }
    let at = calendar.label(tick);
    if args.json {
        let layer = |Measured { layer, group, brokers }: &Measured| {
            let mut value = layer.to_json(scenario);
            value["group"] = json!(group.as_ref().map(|group| group.to_json(scenario)));
            value["brokerage"] = json!(brokers.as_ref().map(|brokers| brokers.to_json(scenario)));
            value
        };
        output::answer_json(&json!({
            "at": at,
            "directed": args.directed,
            "weighted": args.weighted,
            "layers": layers.iter().map(layer).collect::<Vec<_>>(),
        }))
    } else {
        output::answer(&to_text(scenario, &at, &layers))
    }
}

fn layers_of(scenario: &Scenario, name: Option<&str>) -> Result<Vec<LayerId>, Failure> {
    let network = &scenario.network;
    match name {
        None => Ok((0u32..).map(LayerId).take(network.layers().len()).collect()),
        Some(name) => match network.layer_id(name) {
            Ok(layer) => Ok(vec![layer]),
            Err(error) => {
                let known = network.layers().iter().map(|layer| layer.name.as_str());
                Err(Failure::BadInput(format!("--layer: {error}{}", words::did_you_mean(name, known))))
            }
        },
    }
}

fn group_of(scenario: &Scenario, ids: &[String]) -> Result<Vec<ActorId>, Failure> {
    let actors =
        ids.iter().map(|id| scenario.network.actor_id(id.trim())).collect::<Result<_, NetworkError>>();
    actors.map_err(|error| Failure::BadInput(format!("--group: {error}")))
}

fn to_text(scenario: &Scenario, at: &str, layers: &[Measured]) -> String {
    let mut table = TextTable::new([
        Column::left(format!("layer, {at}")).max_width(24),
        Column::right("actors"),
        Column::right("ties"),
        Column::right("density"),
        Column::right("transitivity"),
        Column::right("clustering"),
    ]);
    for Measured { layer, .. } in layers {
        table.row([
            layer.name.clone(),
            layer.n_actors.to_string(),
            layer.n_ties.to_string(),
            fixed(layer.density, 4),
            fixed(layer.transitivity, 4),
            fixed(layer.clustering, 4),
        ]);
    }
    let mut out = table.to_text();
    for Measured { layer, group, brokers } in layers {
        let _ = writeln!(out, "\n{}", layer.name);
        if layer.n_ties == 0 {
            out.push_str("  no ties among governments\n");
            continue;
        }
        for (measure, found) in layer.lines(scenario) {
            let first = format!("  {measure:13}");
            let wrapped = words::wrapped(&found, &" ".repeat(15), 80);
            let _ = write!(out, "{first}{}", wrapped.trim_start());
        }
        if let Some(brokers) = brokers {
            out.push_str("  brokers\n");
            for (role, top) in &brokers.roles {
                let wrapped = words::wrapped(&top.to_text(scenario), &" ".repeat(20), 80);
                let _ = write!(out, "    {role:16}{}", wrapped.trim_start());
            }
        }
        if let Some(group) = group {
            out.push_str(&group.to_text(scenario));
        }
    }
    out
}
