//! The figures of how a norm spread.

use crate::course::{Course, sender_name};
use crate::report::{NamedFigure, Part};
use crate::size::MOST_SHOWN;
use crate::{RunResults, words};
use normwave_analysis::{ForestNode, Pattern, Sender};
use normwave_network_model::ActorId;
use normwave_plan::Tick;
use normwave_report::{
    EventMark, IndicatorLine, IndicatorPanel, InfluenceTrees, OrderDot, OrderScatter, ProcessOutcome,
    RankAxis, StageMark, TreeNode, WaveCurve, WaveSpan, signed,
};
use normwave_scenario::Scenario;
use std::collections::BTreeMap;

/// Rows of the forest that are drawn; of more, those with most adopters.
const ROWS: usize = 50;
/// Names in the figure of order and centrality.
const NAMES: usize = 24;

/// The figures of how a norm spread.
#[must_use]
pub fn course_figures(results: &RunResults, course: &Course) -> Vec<NamedFigure> {
    let mut figures = vec![wave_curve(results, course)];
    if results.prepared.plan.n_actors() <= MOST_SHOWN {
        figures.push(order(results, course));
    }
    if course.is_taken_apart {
        figures.push(forest(results, course));
    }
    figures.push(process(results, course));
    figures
}

fn named(file: &str, svg: String, caption: String) -> NamedFigure {
    NamedFigure { file: file.to_owned(), svg, caption, part: Part::Course }
}

fn of_position(scenario: &Scenario, course: &Course) -> String {
    words::position_name(scenario, course.main).to_owned()
}

fn wave_curve(results: &RunResults, course: &Course) -> NamedFigure {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let main = course.of_main();
    let ever = |tick: Tick| {
        let present = results.noise_free_plan.present_at(tick);
        let (mut adopted, mut all) = (0u32, 0u32);
        for (when, _) in main.adopted.iter().zip(present).filter(|(_, present)| **present) {
            all += 1;
            adopted += u32::from(when.is_some_and(|adoption| adoption.tick <= tick));
        }
        if all == 0 { f64::NAN } else { f64::from(adopted) / f64::from(all) }
    };
    let span = |wave: &normwave_analysis::Wave| WaveSpan {
        from: calendar.date_of(wave.from),
        until: calendar.date_of(wave.until),
        adopters: wave.adopters,
    };
    let figure = WaveCurve {
        title: "Waves and stages".to_owned(),
        subtitle: format!("“{}”, without noise", of_position(scenario, course)),
        y_label: "share of governments that have adopted".to_owned(),
        points: (0..=results.last_tick()).map(|tick| (calendar.date_of(tick), ever(tick))).collect(),
        waves: main.waves.iter().map(span).collect(),
        stages: main
            .stages
            .iter()
            .map(|(stage, tick)| StageMark { date: calendar.date_of(*tick), name: stage.name().to_owned() })
            .collect(),
    };
    let caption = "Waves are stretches in which the rate of adoption is higher than before and after, found by \
                   change points; a cascade carries itself from the tipping point on.";
    named("waves", figure.to_svg(), caption.to_owned())
}

fn order(results: &RunResults, course: &Course) -> NamedFigure {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let main = course.of_main();
    let n = main.core_scores.iter().flatten().count();
    let count = f64::from(u32::try_from(n.max(1)).unwrap_or(u32::MAX));
    let dots = (0u32..).map(ActorId).zip(&main.core_scores).filter_map(|(actor, score)| {
        Some(OrderDot {
            label: scenario.network.actor(actor).id.clone(),
            adopted: main.adopted[actor.idx()].map(|adoption| calendar.date_of(adoption.tick)),
            rank: (*score)? / count,
            core: main.core[actor.idx()],
        })
    });
    let reading = &main.reading;
    let power = match (&course.power, reading.with_power) {
        (Some(name), Some(value)) => format!(", with {name} {}", signed(value, 2)),
        _ => String::new(),
    };
    let figure = OrderScatter {
        title: match reading.pattern {
            Pattern::None => "Who adopted first: no pattern".to_owned(),
            pattern => format!("Who adopted first: {pattern}"),
        },
        subtitle: format!(
            "“{}”; τ of early adoption with centrality {}{power}",
            of_position(scenario, course),
            signed(reading.with_centrality, 2)
        ),
        y_label: format!("rank by {}, before the first adoption", course.core_of),
        y_axis: RankAxis::Ends,
        first: calendar.date_of(0),
        last: calendar.date_of(results.last_tick()),
        dots: dots.collect(),
        switch: reading.switch.map(|tick| EventMark {
            date: calendar.date_of(tick),
            label: format!("The lead changes sides in {}.", calendar.label(tick)),
        }),
        n_labels: NAMES,
    };
    let caption = format!(
        "The core is the top fifth. Influence attributed to it in adoptions of the periphery: {}; the other way: \
         {} (in adoptions).",
        normwave_report::fixed(reading.core_to_periphery, 1),
        normwave_report::fixed(reading.periphery_to_core, 1)
    );
    named("order", figure.to_svg(), caption)
}

// A row of the forest as it is drawn.
struct Row {
    // Indices of the adopters in the forest; none for a sender that had not adopted.
    members: Vec<usize>,
    // The sender, if it is no adopter.
    sender: Option<Sender>,
    parent: Option<usize>,
}

fn forest(results: &RunResults, course: &Course) -> NamedFigure {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let nodes = &course.forest.nodes;
    let rows = rows(nodes, nodes.len() > ROWS);
    // How many adopters stand below each, itself included: parents come before their children.
    let mut below: Vec<usize> = rows.iter().map(|row| row.members.len()).collect();
    let mut root: Vec<usize> = (0..rows.len()).collect();
    for (i, row) in rows.iter().enumerate() {
        root[i] = row.parent.map_or(i, |parent| root[parent]);
    }
    for i in (0..rows.len()).rev() {
        if let Some(parent) = rows[i].parent {
            below[parent] += below[i];
        }
    }
    // Rows with most below them; a parent has more than its children and stays with them.
    let mut largest: Vec<usize> = (0..rows.len()).collect();
    largest.sort_by_key(|&i| (std::cmp::Reverse(below[i]), i));
    largest.truncate(ROWS);
    largest.sort_by_key(|&i| (std::cmp::Reverse(below[root[i]]), root[i], i));
    let place = |i: usize| largest.iter().position(|&kept| kept == i);
    let mut hidden = vec![0usize; largest.len()];
    let mut left_out = 0;
    for i in (0..rows.len()).filter(|&i| place(i).is_none()) {
        match kept_above(&rows, i, &place) {
            Some(kept) => hidden[kept] += rows[i].members.len(),
            None => left_out += rows[i].members.len(),
        }
    }
    let drawn = largest.iter().zip(&hidden).map(|(&i, &hidden)| {
        let row = &rows[i];
        let label = label(scenario, nodes, row);
        TreeNode {
            label: if hidden > 0 { format!("{label} +{hidden}") } else { label },
            date: calendar.date_of(first_tick(nodes, &rows, i)),
            parent: row.parent.and_then(place),
            share: mean_share(nodes, row),
            mover: row.members.first().map_or(String::new(), |&member| mover(scenario, &nodes[member])),
            adopters: row.members.len(),
        }
    });
    let figure = InfluenceTrees {
        title: "Who moved whom".to_owned(),
        subtitle: format!(
            "“{}”, without noise; {}",
            of_position(scenario, course),
            words::count(nodes.len(), "adopter", "adopters")
        ),
        positions: words::positions(scenario),
        position: usize::from(course.main),
        nodes: drawn.collect(),
        first: calendar.date_of(0),
        last: calendar.date_of(results.last_tick()),
    };
    let mut caption = "Every adopter hangs on the sender that pressed most when it moved; all are in \
                       influence.csv."
        .to_owned();
    if rows.iter().any(|row| row.members.len() > 1) {
        caption += " Those whom one sender moved at once, and who moved nobody, share a row.";
    }
    if hidden.iter().any(|&hidden| hidden > 0) {
        caption += " A number behind a name counts the adopters below it that are not drawn.";
    }
    if left_out > 0 {
        caption += &format!(" {left_out} in the smallest trees are left out.");
    }
    named("forest", figure.to_svg(), caption)
}

// The rows, parents before their children. A sender that had not adopted is a row if it moved several.
// If asked, those who moved nobody are merged by their tick and by who moved them.
fn rows(nodes: &[ForestNode], merge: bool) -> Vec<Row> {
    let outside = |node: &ForestNode| {
        let sender = node.strongest.filter(|_| node.parent.is_none() && node.adopted.decided);
        sender.filter(|sender| sender.actor().is_some())
    };
    let mut moved_by: BTreeMap<Sender, usize> = BTreeMap::new();
    nodes.iter().filter_map(outside).for_each(|sender| *moved_by.entry(sender).or_default() += 1);
    moved_by.retain(|_, count| *count > 1);
    let mut rows: Vec<Row> = Vec::new();
    let mut row_of_sender = BTreeMap::new();
    for &sender in moved_by.keys() {
        row_of_sender.insert(sender, rows.len());
        rows.push(Row { members: Vec::new(), sender: Some(sender), parent: None });
    }
    let mut moves_others = vec![false; nodes.len()];
    nodes.iter().filter_map(|node| node.parent).for_each(|parent| moves_others[parent] = true);
    let mut row_of = vec![0; nodes.len()];
    let mut merged: BTreeMap<_, usize> = BTreeMap::new();
    for (i, node) in nodes.iter().enumerate() {
        let above = node.parent.map(|parent| row_of[parent]);
        let parent = above.or_else(|| row_of_sender.get(&outside(node)?).copied());
        // Own gain and position given, too, make one row.
        let key = (parent, node.adopted, node.strongest.filter(|_| parent.is_none()));
        let known = merged.get(&key).copied().filter(|_| merge && !moves_others[i]);
        row_of[i] = known.unwrap_or(rows.len());
        match known {
            Some(row) => rows[row].members.push(i),
            None => rows.push(Row { members: vec![i], sender: None, parent }),
        }
        if !moves_others[i] {
            merged.insert(key, row_of[i]);
        }
    }
    rows
}

fn label(scenario: &Scenario, nodes: &[ForestNode], row: &Row) -> String {
    let name = |actor: ActorId| scenario.network.actor(actor).name().to_owned();
    if let Some(sender) = row.sender {
        let own = nodes.iter().any(|node| Some(node.actor) == sender.actor());
        let later = if own { " before it adopts" } else { "" };
        return format!("{}{later}", sender.actor().map_or_else(|| sender_name(scenario, sender), name));
    }
    let names: Vec<String> = row.members.iter().map(|&member| name(nodes[member].actor)).collect();
    if names.len() == 1 { names.concat() } else { format!("{}: {}", names.len(), names.join(", ")) }
}

// What is said in brackets of those who hang on no row.
fn mover(scenario: &Scenario, node: &ForestNode) -> String {
    match node.strongest {
        _ if !node.adopted.decided => "given".to_owned(),
        Some(sender) => sender_name(scenario, sender),
        None => String::new(),
    }
}

fn mean_share(nodes: &[ForestNode], row: &Row) -> f64 {
    let count = f64::from(u32::try_from(row.members.len().max(1)).unwrap_or(u32::MAX));
    row.members.iter().map(|&member| nodes[member].share).sum::<f64>() / count
}

// When a row adopted, or first moved somebody.
fn first_tick(nodes: &[ForestNode], rows: &[Row], i: usize) -> Tick {
    let own = rows[i].members.first().map(|&member| nodes[member].adopted.tick);
    own.unwrap_or_else(|| {
        let below = rows.iter().filter(|row| row.parent == Some(i)).flat_map(|row| &row.members);
        below.map(|&member| nodes[member].adopted.tick).min().unwrap_or(0)
    })
}

// The nearest row above that is drawn.
fn kept_above(rows: &[Row], from: usize, place: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let mut next = rows[from].parent;
    while let Some(i) = next {
        if let Some(kept) = place(i) {
            return Some(kept);
        }
        next = rows[i].parent;
    }
    None
}

fn process(results: &RunResults, course: &Course) -> NamedFigure {
    let calendar = &results.prepared.scenario.calendar;
    let values =
        |of: &dyn Fn(&normwave_analysis::Indicator) -> f64| course.indicators.iter().map(of).collect();
    let line = |label: &str, outcome, values| IndicatorLine { label: label.to_owned(), values, outcome };
    let panel = |title: &str, share, lines| IndicatorPanel { title: title.to_owned(), share, lines };
    let decided: Vec<f64> = values(&|now| now.decided);
    let acted: Vec<f64> = values(&|now| now.acted);
    let mut outcome = vec![line("decided", true, decided.clone())];
    if decided.iter().zip(&acted).any(|(a, b)| (a - b).abs() > 1e-12) {
        outcome.push(line("acted on", true, acted));
    }
    let figure = ProcessOutcome {
        title: "Process beside outcome".to_owned(),
        subtitle: if normwave_analysis::much_process_no_outcome(&course.indicators) {
            "much process, no outcome".to_owned()
        } else {
            String::new()
        },
        dates: course.indicators.iter().map(|now| calendar.date_of(now.tick)).collect(),
        panels: vec![
            panel(
                "aware: share of governments pressed by anybody toward a new position",
                true,
                vec![line("aware", false, values(&|now| now.awareness))],
            ),
            panel(
                "advocacy: effort for new positions, summed over all actors",
                false,
                vec![line("advocacy", false, values(&|now| now.advocacy))],
            ),
            panel(
                "exposure: mean pressure from senders toward a new position",
                false,
                vec![line("exposure", false, values(&|now| now.exposure))],
            ),
            panel("outcome: share of governments that hold a new position", true, outcome),
        ],
    };
    let caption = "Engagement is not policy change: what is said and heard above, what is decided below.";
    named("process", figure.to_svg(), caption.to_owned())
}
