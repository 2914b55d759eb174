//! What the landmine ban adds to the report: the evidence, under its labels.

use crate::report::{CaseReport, NamedFigure, Part, Shows};
use crate::{Failure, RunResults, Watch};
use normwave_analysis::{BalanceSheet, Grouping};
use normwave_cases::ottawa::{Claim, Evidence, EvidenceError, EvidenceOptions, Label, Outcome, Score};
use normwave_network_model::parse_date;
use normwave_report::{
    AdoptionCurve, AdoptionPoint, AdoptionSeries, Calibration, CalibrationBin, Card, Column, DotChart,
    DotRow, HistorySeries, HistoryStyle, Mark, PageTable, Positions, Prose, Quantity, Section, Sweep,
    SweepLine, SweepPoint, Tone, fixed, signed,
};

/// Gathers the evidence and makes its part of the page.
///
/// # Errors
/// [`Failure`] if one of its runs fails or is stopped.
pub(super) fn case_report(results: &RunResults, watch: &Watch) -> Result<CaseReport, Failure> {
    let options = EvidenceOptions {
        replicates: results.settings.replicates,
        seed: results.settings.seed,
        threads: results.settings.threads,
        overrides: results.prepared.overrides.clone(),
    };
    let step = |what: &str| {
        watch.stage(what);
        watch.go_on().is_ok()
    };
    let evidence = Evidence::gather(&options, &step).map_err(|error| match error {
        EvidenceError::Stopped => Failure::Interrupted,
        other => Failure::Other(other.to_string()),
    })?;
    let figures = own_figures(&evidence);
    let svg = |file: &str| figures.iter().find(|figure| figure.file == file).map(|figure| figure.svg.clone());
    let mut sections = vec![labels(), claims(&evidence, Label::Tested)];
    sections.push(closed(svg("adoption-closed")));
    sections.push(forecasts(&evidence, svg("calibration"), svg("scores")));
    sections.push(claims(&evidence, Label::Coded));
    sections.push(opened(&evidence, svg("sweep-united-kingdom")));
    sections.push(event_parts(&evidence));
    sections.push(claims(&evidence, Label::Reported));
    sections.push(core_group(&evidence));
    sections.push(wrong(&evidence));
    sections.push(states(results, &evidence)?);
    Ok(CaseReport {
        shows: Shows { history: history(&evidence), ..shows()? },
        cards: cards(&evidence),
        sections,
        figures,
        summary: summary(&evidence),
    })
}

/// What the figures and tables show, but for what happened.
///
/// # Errors
/// [`Failure`] if a date is none.
pub(super) fn shows() -> Result<Shows, Failure> {
    let day = |text: &str| parse_date(text).map_err(|error| Failure::Other(error.to_string()));
    Ok(Shows {
        layer: Some("diplomatic".to_owned()),
        power: Some("capability".to_owned()),
        group: Some("region".to_owned()),
        network_on: Some(day("1997-12")?),
        balances: vec![
            ("USA".to_owned(), day("1997-11")?),
            ("GBR".to_owned(), day("1997-04")?),
            ("GBR".to_owned(), day("1997-11")?),
            ("POL".to_owned(), day("1997-06")?),
        ],
        events: MARKED.map(str::to_owned).to_vec(),
        history: Vec::new(),
    })
}

/// Events that are marked over time.
const MARKED: [&str; 5] = ["us-moratorium", "ccw-review-stalls", "ottawa", "brussels", "ottawa-signing"];

fn of(evidence: &Evidence, label: Label) -> impl Iterator<Item = &Claim> {
    evidence.claims.iter().filter(move |claim| claim.label == label)
}

fn tested(evidence: &Evidence) -> (usize, usize) {
    let holds = of(evidence, Label::Tested).filter(|claim| claim.holds == Some(true)).count();
    (holds, of(evidence, Label::Tested).count())
}

fn cards(evidence: &Evidence) -> Vec<Card> {
    let (holds, all) = tested(evidence);
    let tone = if holds == all { Tone::Good } else { Tone::Bad };
    let mut cards = vec![Card::new("tested outcomes that hold", format!("{holds} of {all}")).tone(tone)];
    if let Some(model) = evidence.scores.first() {
        let [auc, brier, log_loss] = model.values;
        let note = format!("Brier {}, log loss {}; held out by fold", fixed(brier, 3), fixed(log_loss, 3));
        cards.push(Card::new("AUC of who signs by 1997", fixed(auc, 3)).note(note));
    }
    let [mean, low, high] = evidence.share;
    let note = format!("model {}, 5–95 %: {} to {}", fixed(mean, 3), fixed(low, 3), fixed(high, 3));
    cards.push(Card::new("share of states that signed in 1997", fixed(evidence.observed, 3)).note(note));
    cards
}

fn summary(evidence: &Evidence) -> Vec<String> {
    let (holds, all) = tested(evidence);
    let [mean, low, high] = evidence.share;
    let mut lines = vec![
        format!("tested: {holds} of {all} outcomes hold; strengths shared by all, held out by fold"),
        format!(
            "signed by the end of 1997: observed {}, model {} (5–95 %: {} to {}), all closed",
            fixed(evidence.observed, 3),
            fixed(mean, 3),
            fixed(low, 3),
            fixed(high, 3)
        ),
    ];
    if let Some(model) = evidence.scores.first() {
        let [auc, brier, log_loss] = model.values;
        lines.push(format!(
            "who signs, held out: AUC {}, Brier {}, log loss {}",
            fixed(auc, 3),
            fixed(brier, 3),
            fixed(log_loss, 3)
        ));
    }
    lines
}

// ---- Sections.

fn labels() -> Section {
    Section::new("How to read the evidence")
        .paragraph("Outcomes carry one of three labels.")
        .definitions([
            (
                "Tested",
                Prose::from(
                    "Could have come out otherwise. All governments are closed; strengths are shared by all states \
                     and were found by a committed search; every forecast shown for a state is made with strengths \
                     fitted without the fold of states to which it belongs.",
                ),
            ),
            (
                "Coded",
                Prose::from(
                    "True by the inputs: the United Kingdom, France and the United States are opened to view by a \
                     table of cited stances. It shows the mechanism and is no evidence of accuracy.",
                ),
            ),
            ("Reported", Prose::from("Whatever came out, also where it does not fit.")),
        ])
        .paragraph(
            "The folds are not untouched: the form of the model was chosen while looking at some held-out scores \
             (crates/cases/search says which). The curve of adoption and the balances below are those of the opened \
             scenario; the tested figures are those of the closed one.",
        )
}

fn claims(evidence: &Evidence, label: Label) -> Section {
    let title = match label {
        Label::Tested => "Tested outcomes",
        Label::Coded => "The coded case",
        Label::Reported => "Reported, not demanded",
    };
    let mut table =
        PageTable::new([Column::left("outcome"), Column::left("what came out"), Column::left("holds")]);
    for claim in of(evidence, label) {
        let (word, tone) = match claim.holds {
            Some(true) => ("yes", Tone::Good),
            Some(false) => ("no", Tone::Bad),
            None => ("–", Tone::Plain),
        };
        table.toned_row(tone, [claim.says.clone(), claim.found.clone(), word.to_owned()]);
    }
    Section::new(title).table(table)
}

fn closed(svg: Option<String>) -> Section {
    let words = "The tested run: no government is opened, all strengths are shared. It fits the level at the end of \
                 1997, to which the strengths were fitted; when states decided in between is not known, since they \
                 could sign only from December 1997.";
    let section = Section::new("With all governments closed").paragraph(words);
    let caption = "Share of states by decision, with what is known: signatures, and moratoria or consent to the \
                   amended protocol (dates before October 1995 are upper bounds).";
    match svg {
        Some(svg) => section.figure(svg, caption),
        None => section,
    }
}

fn history(evidence: &Evidence) -> Vec<HistorySeries> {
    let series = |position: usize, label: &str, of: &dyn Fn(&normwave_cases::ottawa::KnownShare) -> f64| {
        let points = evidence.history.iter().map(|known| (known.date, of(known)));
        HistorySeries {
            position,
            label: label.to_owned(),
            points: points.collect(),
            style: HistoryStyle::Step,
        }
    };
    vec![
        series(1, "known: moratorium or protocol", &|known| known.partial),
        series(2, "known: signed", &|known| known.signed),
    ]
}

fn adoption_closed(evidence: &Evidence) -> AdoptionCurve {
    let names = ["status quo", "partial", "total ban"];
    let series = (1..names.len()).map(|position| {
        let shares = evidence.closed.iter().filter(|share| usize::from(share.position) == position);
        let point = |share: &normwave_cases::ottawa::ClosedShare| {
            let [low, median, high] = share.band;
            AdoptionPoint { date: share.date, centre: median, band: Some((low, high)) }
        };
        let label = format!("{}: median, 5–95 % band", names[position]);
        AdoptionSeries { position, label, points: shares.map(point).collect() }
    });
    AdoptionCurve {
        title: "Who holds what over time, all governments closed".to_owned(),
        subtitle: "Strengths fitted to all states".to_owned(),
        y_label: "share of states, by decision".to_owned(),
        quantity: Quantity::Share,
        positions: Positions::new(names),
        series: series.collect(),
        history: history(evidence),
        events: Vec::new(),
    }
}

fn forecasts(evidence: &Evidence, calibration: Option<String>, scores: Option<String>) -> Section {
    let mut table = PageTable::new([
        Column::left("forecast"),
        Column::right("AUC"),
        Column::right("Brier"),
        Column::right("log loss"),
        Column::left("model minus this: AUC"),
        Column::left("Brier"),
        Column::left("log loss"),
    ]);
    for (idx, score) in evidence.scores.iter().enumerate() {
        let interval = |(low, high): (f64, f64)| match idx {
            0 => "–".to_owned(),
            _ => format!("{} to {}", signed(low, 3), signed(high, 3)),
        };
        let [a, b, c] = score.difference;
        let [auc, brier, log_loss] = score.values.map(|value| fixed(value, 3));
        let name = score.forecast.name.to_owned();
        table.row([name, auc, brier, log_loss, interval(a), interval(b), interval(c)]);
    }
    let words = "Who signs by 31 December 1997, for the 187 members of the state system. Differences are 95 % \
                 intervals over 2000 samples of states with replacement. An interval that contains 0 does not \
                 establish a difference.";
    let figures = [
        (calibration, "Held-out forecasts in ten bins, with 95 % Wilson intervals."),
        (scores, "Area under the curve of each forecast; 0.5 is chance."),
    ];
    let figures = figures.into_iter().filter_map(|(svg, caption)| svg.map(|svg| (svg, caption)));
    Section::new("Forecasts, held out").paragraph(words).table(table).figures(figures)
}

fn opened(evidence: &Evidence, sweep: Option<String>) -> Section {
    let mut columns = vec![Column::right("κ"), Column::left("without")];
    let months = evidence.sweep.first().map_or(&[][..], |path| &path.margins);
    columns.extend(months.iter().map(|(month, ..)| Column::right(*month)));
    let mut table = PageTable::new(columns);
    for path in &evidence.sweep {
        let without = if path.without.is_empty() { "–".to_owned() } else { path.without.join(", ") };
        let margins = path.margins.iter().map(|(_, margin, _)| signed(*margin, 2));
        table.row([fixed(path.kappa, 0), without].into_iter().chain(margins));
    }
    let words = "Margin of the United Kingdom for the total ban, without noise, over the strength κ of domestic \
                 advocacy that the three opened governments share. At κ = 0 its groups press with no weight: the \
                 government turns anyway, through the Brussels step and its peers. So Labour and Diana explain the \
                 turn only as far as the coded stances do.";
    let section = Section::new("The United Kingdom, opened").paragraph(words);
    let section = match sweep {
        Some(svg) => section.figure(svg, "Margin in three months over κ, with and without both events."),
        None => section,
    };
    section.folded_table("All margins", table)
}

fn event_parts(evidence: &Evidence) -> Section {
    let parts = &evidence.events;
    let mut table = PageTable::new([
        Column::left("event"),
        Column::right("lead in the United Kingdom"),
        Column::right("share of states"),
    ]);
    for (idx, event) in parts.events.iter().enumerate() {
        let part = |outcome: &Outcome, digits| signed(outcome.parts.parts[idx].value, digits);
        table.row([(*event).to_owned(), part(&parts.lead, 2), part(&parts.share, 3)]);
    }
    let row = |what: &str, lead: f64, share: f64| [what.to_owned(), signed(lead, 2), fixed(share, 3)];
    table.row(row("outcome with none of them", parts.lead.none, parts.share.none));
    table.row(row("outcome with all of them", parts.lead.all, parts.share.all));
    let together = |outcome: &Outcome, digits| {
        let strongest = outcome.parts.pairs.iter().max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()));
        strongest.map_or(String::new(), |&(i, j, value)| {
            format!("{} with {}, {}", parts.events[i], parts.events[j], signed(value, digits))
        })
    };
    let words = format!(
        "Shapley values: what an event adds, on average over all orders in which the five could be switched on, in \
         runs without noise of all 32 combinations, with three governments opened. The lead is that of the total \
         ban over the stronger of the other positions in November 1997, in pressure units; the share is of states \
         that have decided for the ban by the end of 1997. Values of a column sum to the difference of its last two \
         rows. Strongest interaction, more than 0 where two tip together what neither does alone: {} in the lead; {} in \
         the share.",
        together(&parts.lead, 2),
        together(&parts.share, 3)
    );
    Section::new("Which event did what").paragraph(words).table(table)
}

fn core_group(evidence: &Evidence) -> Section {
    let mut table = PageTable::new([
        Column::left("layer"),
        Column::right("core group"),
        Column::left("best single state"),
        Column::right("percentile among random groups of eleven"),
    ]);
    for standing in &evidence.core_group {
        table.row([
            standing.layer.to_owned(),
            fixed(standing.group, 3),
            format!("{} {}", standing.best.0, fixed(standing.best.1, 3)),
            fixed(standing.percentile, 1),
        ]);
    }
    let words = "Group betweenness (Everett and Borgatti 1999) in October 1996, beside that of the best single state. \
                 The paper reports, after Bower 2016, that the core group's collective centrality exceeds that of the \
                 United States in the network of mine-ban politics; these layers are general, not that network. A \
                 group of eleven often exceeds any single state, which is why the percentile stands beside it.";
    Section::new("The core group in the network").paragraph(words).table(table)
}

fn wrong(evidence: &Evidence) -> Section {
    let mut misses: Vec<_> = evidence.states.iter().collect();
    let miss = |signed: bool, p: f64| if signed { 1.0 - p } else { p };
    misses.sort_by(|a, b| miss(b.signed, b.held_out).total_cmp(&miss(a.signed, a.held_out)));
    let name = |signed: bool| {
        let of = misses.iter().filter(|state| state.signed == signed).take(8);
        of.map(|state| format!("{} {}", state.name, fixed(state.held_out, 2))).collect::<Vec<_>>().join(", ")
    };
    Section::new("What did not come out, and why it may be so").list([
        Prose::default().strong("Predicted to sign, and did not: ").text(name(false)),
        Prose::default().strong("Predicted not to, and did: ").text(name(true)),
        Prose::from(
            "Finland has no rival, dispute or war in the data: its exposed border to Russia is all that the model \
             knows of the reason which the paper names. India's record of treaties and its democracy speak for it; \
             its arsenal is not in data from before 1997.",
        ),
        Prose::from(
            "Status did not carry the candidates for the European Union: its strength was fitted at 0. What the \
             paper reads as status is, in these data, not told apart from treaty record, democracy and peers.",
        ),
        Prose::from(
            "Nothing in the model ends adoption, so that it runs on after 1997 further than history did; and most \
             decisions fall right after Brussels, because a step was put there.",
        ),
        Prose::from(
            "The two steps are not fixed apart by the data: there are no dated observations between October 1996 \
             and December 1997. A prior keeps both at a size of about 2.",
        ),
        Prose::from(
            "The end of the Cold War is hardly in the covariates: rivalries and civil wars fall little between 1988 \
             and 1996.",
        ),
    ])
}

fn states(results: &RunResults, evidence: &Evidence) -> Result<Section, Failure> {
    let scenario = &results.prepared.scenario;
    let tick = scenario.calendar.tick_from(parse_date("1997-12").map_err(|e| Failure::Other(e.to_string()))?);
    let replay = results.replay();
    let mut table = PageTable::new([
        Column::left("state"),
        Column::right("fold"),
        Column::right("held out"),
        Column::right("in sample"),
        Column::left("signed"),
        Column::left("what it did"),
        Column::left("largest pressures for the ban"),
        Column::left("largest for what it holds"),
    ]);
    let mut sorted: Vec<_> = evidence.states.iter().collect();
    sorted.sort_by(|a, b| b.held_out.total_cmp(&a.held_out).then_with(|| a.id.cmp(&b.id)));
    for state in sorted {
        let actor =
            scenario.network.actor_id(&state.id).map_err(|error| Failure::Other(error.to_string()))?;
        let sheet = replay.moment(tick, actor)?.sheet;
        let rival = if sheet.held == 2 { sheet.rival(2) } else { sheet.held };
        let wrong = state.signed != (state.held_out > 0.5);
        table.toned_row(
            if wrong { Tone::Quiet } else { Tone::Plain },
            [
                format!("{} ({})", state.name, state.id),
                state.fold.to_string(),
                fixed(state.held_out, 2),
                fixed(state.in_sample, 2),
                if state.signed { "yes" } else { "no" }.to_owned(),
                state.record.join("; "),
                largest(&sheet, 2),
                largest(&sheet, rival),
            ],
        );
    }
    let words = "Held out: the share of replicates in which the state decides for the ban by December 1997, with \
                 strengths fitted without its fold and all governments closed. Pressures are those of the opened \
                 scenario in December 1997, without noise. Rows in another tone: the forecast was on the wrong side \
                 of one half.";
    Ok(Section::new("All states")
        .paragraph(words)
        .folded_table("Forecast and record of all 187 states", table))
}

fn largest(sheet: &BalanceSheet, k: u8) -> String {
    let mut groups = sheet.grouped(Grouping::Factor, &|_| String::new());
    groups.sort_by(|a, b| b.1[usize::from(k)].total_cmp(&a.1[usize::from(k)]));
    let shown = groups.iter().filter(|(_, sums)| sums[usize::from(k)] > 0.0).take(3);
    shown
        .map(|(name, sums)| format!("{name} {}", fixed(sums[usize::from(k)], 1)))
        .collect::<Vec<_>>()
        .join(", ")
}

// ---- Figures.

fn own_figures(evidence: &Evidence) -> Vec<NamedFigure> {
    let own = |file: &str, svg: String| NamedFigure {
        file: file.to_owned(),
        svg,
        caption: String::new(),
        part: Part::Own,
    };
    vec![
        own("calibration", calibration(evidence).to_svg()),
        own("adoption-closed", adoption_closed(evidence).to_svg()),
        own("scores", scores(&evidence.scores).to_svg()),
        own("sweep-united-kingdom", sweep(evidence).to_svg()),
    ]
}

fn calibration(evidence: &Evidence) -> Calibration {
    let bins = evidence.calibration.iter().map(|bin| CalibrationBin {
        forecast: bin.forecast,
        observed: bin.observed,
        interval: Some(bin.interval),
        n: bin.n,
    });
    Calibration {
        title: "Forecast and outcome".to_owned(),
        subtitle: "Share that signed by the end of 1997, by held-out forecast".to_owned(),
        bins: bins.collect(),
    }
}

fn scores(scores: &[Score]) -> DotChart {
    let rows = scores.iter().enumerate().map(|(idx, score)| DotRow {
        label: score.forecast.name.to_owned(),
        value: score.values[0],
        interval: None,
        highlight: idx == 0,
    });
    DotChart {
        title: "Who signs by the end of 1997".to_owned(),
        subtitle: "Area under the curve of held-out forecasts".to_owned(),
        x_label: "AUC".to_owned(),
        rows: rows.collect(),
        mark: Mark::Dot,
        digits: Some(3),
        reference: Some((0.5, "chance".to_owned())),
    }
}

fn sweep(evidence: &Evidence) -> Sweep {
    let mut lines = Vec::new();
    for (without, words) in [(0, "all events"), (2, "without Labour and Diana")] {
        for month in ["1997-04", "1997-06", "1997-11"] {
            let paths = evidence.sweep.iter().filter(|path| path.without.len() == without);
            let at = |path: &normwave_cases::ottawa::MarginPath| {
                let margin =
                    path.margins.iter().find(|(of, ..)| *of == month).map(|(_, margin, _)| *margin)?;
                Some(SweepPoint { x: path.kappa, y: margin, band: None })
            };
            lines.push(SweepLine {
                name: format!("{month}, {words}"),
                points: paths.filter_map(at).collect(),
            });
        }
    }
    Sweep {
        title: "Margin of the United Kingdom for the total ban".to_owned(),
        subtitle: "Without noise, over the strength of domestic advocacy".to_owned(),
        x_label: "κ of domestic advocacy".to_owned(),
        y_label: "margin".to_owned(),
        lines,
        x_mark: Some((16.0, "as run".to_owned())),
        y_mark: Some((0.0, "adopts above".to_owned())),
    }
}
