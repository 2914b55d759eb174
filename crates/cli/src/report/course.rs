//! The figures of how a norm spread.

use crate::course::{Course, sender_name};
use crate::report::{NamedFigure, Part};
use crate::{RunResults, words};
use normwave_analysis::Pattern;
use normwave_network_model::ActorId;
use normwave_plan::Tick;
use normwave_report::{
    EventMark, IndicatorLine, IndicatorPanel, InfluenceTrees, OrderDot, OrderScatter, ProcessOutcome,
    StageMark, TreeNode, WaveCurve, WaveSpan, signed,
};
use normwave_scenario::Scenario;

/// Adopters that are drawn in the forest; of more, those who moved most.
const ADOPTERS: usize = 50;
/// Names in the figure of order and centrality.
const NAMES: usize = 24;

/// The figures of how a norm spread.
#[must_use]
pub fn course_figures(results: &RunResults, course: &Course) -> Vec<NamedFigure> {
    vec![
        wave_curve(results, course),
        order(results, course),
        forest(results, course),
        process(results, course),
    ]
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

fn forest(results: &RunResults, course: &Course) -> NamedFigure {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let nodes = &course.forest.nodes;
    // How many adopters stand below each, itself included: parents come before their children.
    let mut below = vec![1usize; nodes.len()];
    for (i, node) in nodes.iter().enumerate().rev() {
        if let Some(parent) = node.parent {
            below[parent] += below[i];
        }
    }
    let mut largest: Vec<usize> = (0..nodes.len()).collect();
    largest.sort_by_key(|&i| (std::cmp::Reverse(below[i]), i));
    largest.truncate(ADOPTERS);
    largest.sort_by_key(|&i| (std::cmp::Reverse(below[nodes[i].root]), nodes[i].root, i));
    let place = |i: usize| largest.iter().position(|&kept| kept == i);
    let mut hidden = vec![0usize; largest.len()];
    let mut left_out = 0;
    for i in (0..nodes.len()).filter(|&i| place(i).is_none()) {
        match nodes[i].parent.and_then(|parent| kept_above(nodes, parent, &place)) {
            Some(kept) => hidden[kept] += 1,
            None => left_out += 1,
        }
    }
    let drawn = largest.iter().zip(&hidden).map(|(&i, &hidden)| {
        let node = &nodes[i];
        let name = &scenario.network.actor(node.actor).name;
        TreeNode {
            label: if hidden > 0 { format!("{name} +{hidden}") } else { name.clone() },
            date: calendar.date_of(node.adopted.tick),
            parent: node.parent.and_then(place),
            share: node.share,
            mover: match node.strongest {
                _ if !node.adopted.decided => "given".to_owned(),
                Some(sender) => sender_name(scenario, sender),
                None => String::new(),
            },
        }
    });
    let all = nodes.len() <= ADOPTERS;
    let figure = InfluenceTrees {
        title: "Who moved whom".to_owned(),
        subtitle: if all {
            format!("“{}”, without noise", of_position(scenario, course))
        } else {
            format!(
                "“{}”, without noise; the {ADOPTERS} of {} adopters who moved most others",
                of_position(scenario, course),
                nodes.len()
            )
        },
        positions: words::positions(scenario),
        position: usize::from(course.main),
        nodes: drawn.collect(),
        first: calendar.date_of(0),
        last: calendar.date_of(results.last_tick()),
    };
    let mut caption = "Every adopter hangs on the sender that pressed most when it moved; all are in \
                       influence.csv."
        .to_owned();
    if !all {
        caption += " A number behind a name counts the adopters below it that are not drawn.";
        if left_out > 0 {
            caption += &format!(" {left_out} in smaller trees are left out.");
        }
    }
    named("forest", figure.to_svg(), caption)
}

// The nearest adopter above, itself included, that is drawn.
fn kept_above(
    nodes: &[normwave_analysis::ForestNode],
    from: usize,
    place: &dyn Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let mut next = Some(from);
    while let Some(i) = next {
        if let Some(kept) = place(i) {
            return Some(kept);
        }
        next = nodes[i].parent;
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
