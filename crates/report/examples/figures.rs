//! Prints a page with every figure, filled with invented numbers, to look at.
//!
//! ```text
//! cargo run -p normwave-report --example figures > figures.html
//! ```
#![allow(clippy::print_stdout, reason = "the page is this program's output")]

use jiff::civil::{Date, date};
use normwave_report::*;

fn main() {
    print!("{}", page().to_html());
}

fn page() -> Page {
    Page::new("Gallery: every figure with invented numbers")
        .subtitle(
            Prose::from("A demonstration of the layout. ").strong("No number on this page is a result."),
        )
        .card(
            Card::new("signed by the end of 1997", "64.2 %").note("5–95 % band: 51 to 77 %").tone(Tone::Good),
        )
        .card(Card::new("AUC, out of fold", "0.828").note("region only 0.688"))
        .card(Card::new("margin of the UK", "+4.70").note("September 1997"))
        .card(Card::new("without Ottawa and Brussels", "9 %").note("share of signers").tone(Tone::Bad))
        .section(
            Section::new("Who presses on whom")
                .paragraph(
                    Prose::from(
                        "The paper's Figure 1, a star, and a government with many ties. The rows are in ",
                    )
                    .code("ledger.csv")
                    .text("; see ")
                    .link("the source", "https://example.org/")
                    .text(". ")
                    .badge("coded case", Tone::Quiet)
                    .text(" ")
                    .badge("tested", Tone::Good)
                    .text(" ")
                    .badge("did not come out", Tone::Bad),
                )
                .figures([
                    (figure_one().to_svg(), "Two push for the status quo, two for adoption."),
                    (star().to_svg(), "All push the same way."),
                ])
                .figure(many_alters().to_svg(), "Forty alters."),
        )
        .section(
            Section::new("The balance of pressure")
                .figures([
                    (balance_usa().to_svg(), "After the paper's Figure 3."),
                    (balance_gbr().to_svg(), "After the paper's Figure 4."),
                ])
                .note(Tone::Bad, "A remark that needs care stands out like this.")
                .note(Tone::Good, "And this is one that came out."),
        )
        .section(
            Section::new("Adoption over time")
                .figure(adoption().to_svg(), "The model's band and what happened.")
                .figure(core_periphery().to_svg(), "From core to periphery.")
                .folded("Who held what when", Section::new("").figure(heat_strip(12).to_svg(), "Named rows."))
                .figure(heat_strip(160).to_svg(), "All states."),
        )
        .section(
            Section::new("How it spread")
                .figures([
                    (waves().to_svg(), "Waves and stages."),
                    (order().to_svg(), "Order of adoption against centrality."),
                    (process().to_svg(), "Process beside outcome."),
                    (forest(18).to_svg(), "Who moved whom."),
                ])
                .figure(forest(110).to_svg(), "Many adopters."),
        )
        .section(
            Section::new("How good are the forecasts?")
                .figures([
                    (calibration().to_svg(), "Calibration."),
                    (sweep().to_svg(), "A sweep."),
                    (scores(Mark::Dot).to_svg(), "Scores with intervals."),
                    (scores(Mark::Bar).to_svg(), "The same as bars."),
                ])
                .table(short_table())
                .folded_table("All 190 states", long_table())
                .definitions([("replicates", "200"), ("seed", "1"), ("command", "normwave run ottawa")])
                .preformatted(terminal_table()),
        )
        .footer("normwave 0.1.0, gallery")
        .footer("Invented numbers")
}

fn bans() -> Positions {
    Positions::new(["status quo", "partial ban", "total ban"])
}

fn alter(label: &str, detail: &str, push: Push, strength: f64, position: Option<usize>) -> Alter {
    Alter {
        label: label.into(),
        detail: detail.into(),
        strength,
        push,
        position,
        direction: TieDirection::ToEgo,
    }
}

fn figure_one() -> EgoNetwork {
    EgoNetwork {
        title: "Pressure on Government A".into(),
        subtitle: "four strong ties of equal strength".into(),
        ego: "Government A".into(),
        ego_position: Some(0),
        positions: Positions::new(["status quo", "new norm"]),
        sides: [0, 1],
        alters: vec![
            alter("Country B", "ally", Push::StatusQuo, 1.0, Some(0)),
            alter("Country C", "trade partner", Push::StatusQuo, 1.0, Some(0)),
            alter("Country D", "neighbour", Push::Adoption, 1.0, Some(1)),
            alter("Country E", "ally", Push::Adoption, 1.0, Some(1)),
        ],
    }
}

fn star() -> EgoNetwork {
    let mut alters: Vec<_> =
        (1..=7).map(|i| alter(&format!("Leaf {i}"), "", Push::Adoption, f64::from(i), Some(1))).collect();
    alters[2].direction = TieDirection::Both;
    alters[5].direction = TieDirection::FromEgo;
    alters[0].strength = 0.0;
    EgoNetwork {
        title: "A hub and its leaves".into(),
        subtitle: "one tie both ways, one outward, one of strength zero".into(),
        ego: "HUB".into(),
        ego_position: Some(1),
        positions: Positions::new(["status quo", "adopted"]),
        sides: [0, 1],
        alters,
    }
}

fn many_alters() -> EgoNetwork {
    let alters = (0..40).map(|i| {
        let push = [Push::StatusQuo, Push::Adoption, Push::Adoption, Push::None][i % 4];
        let label = format!("{} {}", COUNTRIES[i % COUNTRIES.len()], i + 1);
        alter(&label, "diplomatic exchange", push, 1.0 + (i * 7 % 11) as f64, Some(i % 3))
    });
    EgoNetwork {
        title: "Pressure on the United Kingdom, September 1997".into(),
        subtitle: "the forty strongest ties".into(),
        ego: "GBR".into(),
        ego_position: Some(1),
        positions: bans(),
        sides: [1, 2],
        alters: alters.collect(),
    }
}

fn row(side: Side, label: &str, group: &str, value: f64, gains: &[(&str, f64)]) -> BalanceRow {
    BalanceRow {
        side,
        label: label.into(),
        group: group.into(),
        value,
        gains: gains.iter().map(|(name, gain)| ((*name).into(), *gain)).collect(),
    }
}

fn balance_usa() -> Balance {
    use Side::{Adoption, StatusQuo};
    Balance {
        title: "United States, December 1997".into(),
        subtitle: "moderated pressure toward a total ban, units of one noise draw".into(),
        status_quo: "status quo".into(),
        adoption: "total ban".into(),
        rows: vec![
            row(StatusQuo, "Joint Chiefs of Staff", "domestic", 2.4, &[("salience", 1.5)]),
            row(StatusQuo, "Defence of South Korea", "security utility", 2.1, &[("threat", 1.8)]),
            row(StatusQuo, "Republicans in Congress and the Department of Defense", "domestic", 1.2, &[]),
            row(StatusQuo, "Great-power rivals without the ban", "status", 0.7, &[]),
            row(StatusQuo, "other (12)", "", 0.3, &[]),
            row(Adoption, "NGOs of the campaign", "domestic", 1.6, &[("salience", 0.7)]),
            row(Adoption, "Canada, Norway and the core group", "emulation", 1.1, &[("legitimacy", 1.4)]),
            row(Adoption, "Senator Leahy", "domestic", 0.8, &[]),
            row(Adoption, "Secretary of State Albright", "domestic", 0.5, &[]),
            row(Adoption, "other (31)", "", 0.9, &[]),
        ],
        threshold: 0.5,
        verdict: "stays with the partial ban".into(),
    }
}

fn balance_gbr() -> Balance {
    use Side::{Adoption, StatusQuo};
    Balance {
        title: "United Kingdom, September 1997".into(),
        subtitle: "moderated pressure toward a total ban, units of one noise draw".into(),
        status_quo: "partial ban".into(),
        adoption: "total ban".into(),
        rows: vec![
            row(StatusQuo, "Ministry of Defence", "domestic", 1.4, &[("salience", 0.6)]),
            row(StatusQuo, "United States", "reputation", 1.0, &[]),
            row(StatusQuo, "Sovereignty cost", "internal", 0.3, &[]),
            row(StatusQuo, "other (8)", "", 0.2, &[]),
            row(Adoption, "Public after the death of Princess Diana", "domestic", 2.6, &[("salience", 1.9)]),
            row(Adoption, "Labour party", "domestic", 1.7, &[("salience", 1.4)]),
            row(Adoption, "France", "emulation", 1.2, &[("legitimacy", 1.4), ("homophily", 1.2)]),
            row(Adoption, "ICBL", "moral", 1.1, &[]),
            row(Adoption, "Learning from others", "learning", -0.2, &[]),
            row(Adoption, "other (27)", "", 1.5, &[]),
        ],
        threshold: 0.5,
        verdict: String::new(),
    }
}

fn months(from: i16, n_months: i32) -> Vec<Date> {
    (0..n_months).map(|m| date(from + (m / 12) as i16, (m % 12 + 1) as i8, 1)).collect()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn events() -> Vec<EventMark> {
    let event = |day, label: &str| EventMark { date: day, label: label.into() };
    vec![
        event(date(1991, 12, 26), "Dissolution of the Soviet Union"),
        event(date(1992, 10, 23), "US export moratorium (Leahy)"),
        event(date(1993, 5, 24), "First conference of the campaign"),
        event(date(1995, 10, 13), "Review of the CCW ends without a ban"),
        event(date(1996, 10, 5), "Ottawa conference: Canada calls for a treaty within a year"),
        event(date(1997, 5, 1), "Labour wins the British election"),
        event(date(1997, 6, 27), "Brussels declaration"),
        event(date(1997, 8, 31), "Death of Princess Diana"),
        event(date(1997, 9, 18), "Oslo: text of the treaty"),
        event(date(1997, 12, 3), "Opened for signature"),
    ]
}

fn adoption() -> AdoptionCurve {
    let line = |position: usize, label: &str, height: f64, middle: f64| AdoptionSeries {
        position,
        label: label.into(),
        points: months(1990, 132)
            .into_iter()
            .enumerate()
            .map(|(m, date)| {
                let centre = height * logistic((m as f64 - middle) / 4.0);
                let width = 0.35 * centre * (1.0 - centre / (height * 1.6));
                AdoptionPoint { date, centre, band: Some((centre - width, centre + width)) }
            })
            .collect(),
    };
    let history = [(1994, 6, 0.0), (1996, 10, 0.06), (1997, 12, 0.642), (1999, 3, 0.70), (2000, 9, 0.73)];
    AdoptionCurve {
        title: "Governments for a ban of landmines, 1990 to 2000".into(),
        subtitle: "200 noisy replicates".into(),
        y_label: "share of living states".into(),
        quantity: Quantity::Share,
        positions: bans(),
        series: vec![
            line(1, "partial ban: median, 5–95 % band", 0.28, 66.0),
            line(2, "total ban: median, 5–95 % band", 0.66, 90.0),
        ],
        history: vec![
            HistorySeries {
                position: 2,
                label: "total ban: history".into(),
                points: history.iter().map(|&(y, m, share)| (date(y, m, 3), share)).collect(),
                style: HistoryStyle::Points,
            },
            HistorySeries {
                position: 1,
                label: "moratoria: history".into(),
                points: vec![
                    (date(1992, 10, 1), 0.01),
                    (date(1994, 1, 1), 0.07),
                    (date(1995, 10, 1), 0.17),
                    (date(1997, 1, 1), 0.24),
                ],
                style: HistoryStyle::Step,
            },
        ],
        events: events(),
    }
}

const REGIONS: [&str; 5] = ["Africa", "Americas", "Asia and the Pacific", "Europe", "Middle East"];
const COUNTRIES: [&str; 16] = [
    "Canada",
    "Norway",
    "South Africa",
    "United States of America",
    "France",
    "Bosnia and Herzegovina",
    "Mexico",
    "Saint Vincent and the Grenadines",
    "Germany",
    "Japan",
    "Democratic Republic of the Congo",
    "Austria",
    "Belgium",
    "New Zealand",
    "Switzerland",
    "Trinidad and Tobago",
];

/// Numbers that look like chance and are the same each time.
fn scatter(i: usize) -> f64 {
    let x = (i as f64 * 12.9898 + 4.1).sin() * 43_758.547;
    x - x.floor()
}

fn core_periphery() -> CorePeriphery {
    let codes = [
        "USA", "CHN", "RUS", "JPN", "IND", "GBR", "FRA", "DEU", "BRA", "ITA", "CAN", "KOR", "IRN", "TUR",
        "ZAF", "MEX", "NOR", "AUS",
    ];
    let nodes: Vec<_> = (0..187)
        .map(|i| {
            let power = 1.0 / (1.0 + i as f64).powf(0.9);
            let fast = scatter(i) < if i < 6 { 0.3 } else { 0.62 };
            NetworkNode {
                label: codes.get(i).map_or_else(|| format!("S{i}"), |c| (*c).into()),
                group: REGIONS[(scatter(i + 500) * 5.0) as usize].into(),
                centrality: power * (0.4 + scatter(i + 900)),
                power,
                position: Some(if fast { 2 } else { usize::from(scatter(i + 77) < 0.4) }),
            }
        })
        .collect();
    let ties = (0..320)
        .map(|i| NetworkTie {
            from: (scatter(i * 3) * 24.0) as usize,
            to: (scatter(i * 3 + 1) * 187.0) as usize,
            strength: scatter(i * 3 + 2),
        })
        .collect();
    CorePeriphery {
        title: "The network of states in December 1997".into(),
        subtitle: "diplomatic exchange; the 320 strongest ties".into(),
        positions: bans(),
        nodes,
        ties,
        n_labels: 24,
        centrality_name: "in-strength".into(),
        power_name: "material capabilities".into(),
    }
}

fn heat_strip(n_states: usize) -> HeatStrip {
    let dates = months(1990, 132);
    let row = |i: usize| {
        let (partial, total) = (50.0 + scatter(i) * 80.0, 80.0 + scatter(i + 40) * 60.0);
        let from = if scatter(i + 9) < 0.1 { 24 } else { 0 };
        let held = |m: usize| {
            (m >= from).then(|| if m as f64 > total { 2 } else { usize::from(m as f64 > partial) })
        };
        HeatStripRow { label: COUNTRIES[i % COUNTRIES.len()].into(), positions: (0..131).map(held).collect() }
    };
    let groups = REGIONS.iter().enumerate().map(|(g, name)| HeatStripGroup {
        name: (*name).into(),
        rows: (0..n_states).filter(|i| i % REGIONS.len() == g).map(row).collect(),
    });
    HeatStrip {
        title: "Who held which position when".into(),
        subtitle: "noise-free run".into(),
        positions: bans(),
        dates,
        groups: groups.collect(),
        events: events().split_off(4),
    }
}

fn calibration() -> Calibration {
    let bin = |forecast: f64, observed: f64, n: usize| {
        let half = 1.6 * (observed * (1.0 - observed) / n as f64).sqrt().max(0.02);
        CalibrationBin {
            forecast,
            observed,
            interval: Some(((observed - half).max(0.0), (observed + half).min(1.0))),
            n,
        }
    };
    Calibration {
        title: "Calibration: signed by the end of 1997".into(),
        subtitle: "187 states, each forecast without its fold".into(),
        bins: vec![
            bin(0.06, 0.0, 7),
            bin(0.11, 0.29, 17),
            bin(0.26, 0.31, 22),
            bin(0.45, 0.40, 25),
            bin(0.56, 0.62, 21),
            bin(0.74, 0.77, 30),
            bin(0.86, 0.81, 31),
            bin(0.95, 0.97, 34),
        ],
    }
}

fn sweep() -> Sweep {
    let line = |name: &str, shift: f64, slope: f64| SweepLine {
        name: name.into(),
        points: (0..=8)
            .map(|k| {
                let y = logistic(shift + slope * f64::from(k));
                SweepPoint { x: f64::from(k), y, band: Some(((y - 0.06).max(0.0), (y + 0.06).min(1.0))) }
            })
            .collect(),
    };
    Sweep {
        title: "Strength of domestic advocacy".into(),
        subtitle: "every other strength as fitted".into(),
        x_label: "κ of domestic advocacy".into(),
        y_label: "probability of signing by the end of 1997".into(),
        lines: vec![
            line("United Kingdom", 1.2, 0.35),
            line("France", 0.3, 0.4),
            line("United States", -0.2, -0.5),
        ],
        x_mark: Some((4.0, "chosen".into())),
        y_mark: Some((0.5, "even odds".into())),
    }
}

fn scores(mark: Mark) -> DotChart {
    let rows = [
        ("forward model", 0.164, true),
        ("static logit on the same covariates", 0.169, false),
        ("region only", 0.181, false),
        ("vote in the General Assembly only", 0.190, false),
        ("without its data", f64::NAN, false),
    ];
    DotChart {
        title: "Brier score, out of fold".into(),
        subtitle: "lower is better; bootstrap intervals".into(),
        x_label: "Brier score".into(),
        rows: rows
            .into_iter()
            .map(|(label, value, highlight)| DotRow {
                label: label.into(),
                value,
                interval: Some((value - 0.022, value + 0.025)),
                highlight,
            })
            .collect(),
        mark,
        digits: Some(3),
        reference: Some((0.23, "base rate".into())),
    }
}

fn short_table() -> PageTable {
    let mut table = PageTable::new([
        Column::left("claim"),
        Column::left("label"),
        Column::right("model"),
        Column::right("asked for"),
    ])
    .caption("What was claimed before the run");
    table.toned_row(
        Tone::Good,
        [
            Prose::from("UK signs"),
            Prose::default().badge("tested", Tone::Good),
            "95.0 %".into(),
            "> 70 %".into(),
        ],
    );
    table.toned_row(
        Tone::Bad,
        [
            Prose::from("Finland does not sign"),
            Prose::default().badge("reported", Tone::Quiet),
            "91.0 %".into(),
            "–".into(),
        ],
    );
    table
}

fn long_table() -> PageTable {
    let mut table = PageTable::new([
        Column::left("state"),
        Column::left("region"),
        Column::right("probability"),
        Column::left("did"),
        Column::right("margin"),
        Column::left("largest rows of its sheet"),
    ]);
    for i in 0..190 {
        let p = scatter(i);
        let tone = if (p - 0.5).abs() > 0.45 { Tone::Good } else { Tone::Plain };
        table.toned_row(
            tone,
            [
                format!("{} {i}", COUNTRIES[i % COUNTRIES.len()]),
                REGIONS[i % 5].to_owned(),
                percent(p, 0),
                if p > 0.4 { "signed" } else { "did not sign" }.to_owned(),
                signed(6.0 * (p - 0.4), 2),
                "emulation from neighbours +1.2, moral +0.9, threat −0.7".to_owned(),
            ],
        );
    }
    table
}

fn terminal_table() -> String {
    let mut table = TextTable::new([
        Column::left("who presses").max_width(28),
        Column::left("factor"),
        Column::right("pressure"),
    ]);
    table.row(["Public after the death of Princess Diana", "domestic", "+2.60"]);
    table.row(["Ministry of Defence", "domestic", "-1.40"]);
    table.rule().row(["balance", "", "+1.20"]);
    table.to_text()
}

fn month(i: usize) -> Date {
    date(1990 + (i / 12) as i16, (i % 12) as i8 + 1, 1)
}

fn waves() -> WaveCurve {
    let share = |i: usize| match i {
        0..=30 => 0.01 + i as f64 * 0.0004,
        31..=45 => 0.022 + (i - 30) as f64 * 0.02,
        46..=80 => 0.322 + (i - 45) as f64 * 0.0005,
        81..=92 => 0.34 + (i - 80) as f64 * 0.04,
        _ => 0.82,
    };
    let span = |from, until, adopters| WaveSpan { from: month(from), until: month(until), adopters };
    let stage = |at, name: &str| StageMark { date: month(at), name: name.into() };
    WaveCurve {
        title: "Waves and stages".into(),
        subtitle: "“total ban”, without noise".into(),
        y_label: "share of governments that have adopted".into(),
        points: (0..120).map(|i| (month(i), share(i))).collect(),
        waves: vec![span(31, 46, 58), span(81, 93, 92)],
        stages: vec![
            stage(0, "emergence"),
            stage(79, "tipping"),
            stage(81, "cascade"),
            stage(93, "internalisation"),
        ],
    }
}

fn order() -> OrderScatter {
    let dot = |i: usize| {
        let scatter = (i * 7919 % 101) as f64 / 101.0;
        let rank = 1.0 - (i as f64 + 0.5) / 120.0;
        let at = if i < 12 { 4.0 + 14.0 * scatter } else { 60.0 + 50.0 * (rank * 0.7 + scatter * 0.5) };
        OrderDot {
            label: format!("{}{}", ["NOR", "CAN", "FRA", "ZAF", "USA"][i % 5], i / 5),
            adopted: (i % 9 != 5).then(|| month(at as usize)),
            rank,
            core: i < 24,
        }
    };
    OrderScatter {
        title: "Who adopted first: mixed".into(),
        subtitle: "“total ban”; τ of early adoption with centrality +0.21, with capability +0.18".into(),
        y_label: "rank by ties in all layers and capability, before the first adoption".into(),
        y_axis: RankAxis::Ends,
        first: month(0),
        last: month(119),
        dots: (0..120).map(dot).collect(),
        switch: Some(EventMark { date: month(60), label: "The lead changes sides in 1995-01.".into() }),
        n_labels: 24,
    }
}

fn process() -> ProcessOutcome {
    let values = |of: &dyn Fn(f64) -> f64| (0..120).map(|i| of(f64::from(i) / 119.0)).collect::<Vec<f64>>();
    let line = |label: &str, outcome, values| IndicatorLine { label: label.into(), values, outcome };
    let panel = |title: &str, share, lines| IndicatorPanel { title: title.into(), share, lines };
    ProcessOutcome {
        title: "Process beside outcome".into(),
        subtitle: "much process, no outcome".into(),
        dates: (0..120).map(month).collect(),
        panels: vec![
            panel("aware: share of governments", true, vec![line("aware", false, values(&|t| t.sqrt()))]),
            panel("advocacy", false, vec![line("advocacy", false, values(&|t| 31.0 * t * t))]),
            panel("exposure", false, vec![line("exposure", false, values(&|t| 0.4 * t))]),
            panel(
                "outcome: share of governments that hold a new position",
                true,
                vec![
                    line("decided", true, values(&|t| 0.04 * t)),
                    line("acted on", true, values(&|t| if t > 0.6 { 0.04 * t } else { 0.0 })),
                ],
            ),
        ],
    }
}

fn forest(n_nodes: usize) -> InfluenceTrees {
    let node = |i: usize| {
        let parent = match i {
            0 | 5 | 9 => None,
            _ => Some((i - 1) / 3).filter(|_| i < 14).or((i >= 14).then(|| i * 31 % 14)),
        };
        TreeNode {
            label: if i % 11 == 3 { "Bosnia and Herzegovina".into() } else { format!("State {i}") },
            date: month(8 + i * 100 / n_nodes),
            parent,
            share: 0.15 + (i * 37 % 50) as f64 / 100.0,
            mover: ["given", "own", "ICBL"][i % 3].into(),
            adopters: [1, 1, 4, 1, 1][i % 5] * usize::from(i != 9),
        }
    };
    InfluenceTrees {
        title: "Who moved whom".into(),
        subtitle: "“total ban”, without noise".into(),
        positions: Positions::new(["status quo", "total ban"]),
        position: 1,
        nodes: (0..n_nodes).map(node).collect(),
        first: month(0),
        last: month(119),
    }
}
