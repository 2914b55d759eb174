//! The page of a run, section by section.

use crate::course::n_decisions;
use crate::report::{CaseReport, NamedFigure, Part};
use crate::size::{MOST_SHOWN, left_out};
use crate::{ActorOutcome, RunResults, Stage, summary, words};
use normwave_analysis::adopters_at_end;
use normwave_network_model::Tick;
use normwave_plan::Position;
use normwave_report::{Card, Column, Page, PageTable, Prose, Section, Tone, fixed, percent, signed};

/// First moves that are listed.
const MOVES: usize = 25;

/// The page: what came out, what the case adds, and the general rest.
#[must_use]
pub fn page(results: &RunResults, figures: &[NamedFigure], extra: &CaseReport) -> Page {
    let scenario = &results.prepared.scenario;
    let mut page = Page::new(scenario.title.clone()).subtitle(summary::how(results));
    page.cards.extend(extra.cards.iter().cloned());
    page.cards.extend(cards(results));
    page = page.section(outcome(results));
    page.sections.extend(extra.sections.iter().cloned());
    let of = |part: Part| figures.iter().chain(&extra.figures).filter(move |figure| figure.part == part);
    let section = |title: &str, part: Part| {
        let shown = of(part).map(|figure| (figure.svg.clone(), figure.caption.clone()));
        Section::new(title).figures(shown)
    };
    page = page.section(section("Adoption over time", Part::Adoption));
    if of(Part::Course).next().is_some() {
        page = page.section(section("How it spread", Part::Course));
    }
    if of(Part::Network).next().is_some() {
        let title = if of(Part::Network).count() > 1 { "The network" } else { "From core to periphery" };
        page = page.section(section(title, Part::Network));
    }
    if of(Part::Balance).next().is_some() {
        page = page.section(section("Who presses", Part::Balance));
    }
    if results.prepared.plan.n_actors() <= MOST_SHOWN {
        page = page.section(governments(results));
    }
    page.section(moves(results))
        .section(scenario_section(results))
        .section(provenance(results))
        .footer(format!("normwave {}", env!("CARGO_PKG_VERSION")))
}

// ---- What came out.

fn cards(results: &RunResults) -> Vec<Card> {
    let scenario = &results.prepared.scenario;
    let last = results.last_tick();
    let several = results.replicates.len() > 1;
    let mut cards = Vec::new();
    for k in (1u8..).take(scenario.n_positions() - 1) {
        let band = results.shares.band(Stage::Decided, last, k);
        let card = Card::new(
            format!("hold “{}” at the end", words::position_name(scenario, k)),
            percent(band.mean, 1),
        );
        cards.push(if several {
            card.note(format!("5–95 %: {} to {}", percent(band.p05, 0), percent(band.p95, 0)))
        } else {
            card
        });
    }
    let adopters = adopters_at_end(&results.prepared.plan, &results.final_positions());
    cards.push(
        Card::new(format!("adopters {}", results.prepared.shown_run().phrase()), adopters.to_string()).note(
            format!(
                "of {}",
                results.prepared.plan.present_at(last).iter().filter(|present| **present).count()
            ),
        ),
    );
    if let Some(unmet) = results.unmet().filter(|_| !results.prepared.overrides.beyond_variant()) {
        cards.push(if unmet.is_empty() {
            Card::new("expected outcome", "met").tone(Tone::Good)
        } else {
            Card::new("expected outcome", "not met").note(unmet.join("; ")).tone(Tone::Bad)
        });
    }
    cards
}

fn outcome(results: &RunResults) -> Section {
    let scenario = &results.prepared.scenario;
    let mut section = Section::new("What came out");
    for paragraph in scenario.theory.split("\n\n") {
        section = if paragraph.starts_with("    ") {
            section.preformatted(paragraph.lines().map(str::trim_start).collect::<Vec<_>>().join("\n"))
        } else {
            section.paragraph(paragraph.trim())
        };
    }
    let changes = changes(results);
    if !changes.is_empty() {
        section = section
            .note(
                Tone::Quiet,
                "A counterfactual; the text above is about the scenario without these changes.",
            )
            .list(changes);
    }
    for left_out in left_out(results.prepared.plan.n_actors(), n_decisions(&results.noise_free)) {
        section = section.note(Tone::Quiet, left_out);
    }
    section.list(summary::key_dates(results).into_iter().chain(summary::expectations(results)))
}

fn changes(results: &RunResults) -> Vec<Prose> {
    let overrides = &results.prepared.overrides;
    let variant = overrides.variant.iter().map(|name| Prose::from("variant ").code(name.as_str()));
    let set = overrides.set.iter().map(|set| Prose::from("set ").code(set.as_str()));
    let without = overrides.without.iter().map(|event| Prose::from("without ").code(event.as_str()));
    variant.chain(set).chain(without).collect()
}

// ---- Tables.

fn governments(results: &RunResults) -> Section {
    let scenario = &results.prepared.scenario;
    let calendar = &scenario.calendar;
    let label = |tick: Option<Tick>| tick.map_or("–".to_owned(), |tick| calendar.label(tick));
    let new: Vec<Position> = (1u8..).take(scenario.n_positions() - 1).collect();
    let named = |what: &str, k: Position| {
        if new.len() == 1 {
            what.to_owned()
        } else {
            format!("{what}: {}", words::position_name(scenario, k))
        }
    };
    let mut columns = vec![
        Column::left("government"),
        Column::left(results.prepared.shown_run().column()),
        Column::left("since"),
    ];
    for &k in &new {
        columns.push(Column::right(named("probability", k)));
        columns.push(Column::left(named("decided", k)));
        columns.push(Column::left(named("acted", k)));
    }
    let mut table = PageTable::new(columns);
    let mut sorted: Vec<&ActorOutcome> = results.actors.iter().collect();
    let name = |outcome: &ActorOutcome| scenario.network.actor(outcome.actor).name().to_owned();
    let likely = |outcome: &ActorOutcome| outcome.probability.last().copied().unwrap_or(0.0);
    sorted.sort_by(|a, b| likely(b).total_cmp(&likely(a)).then_with(|| name(a).cmp(&name(b))));
    for outcome in sorted {
        let mut cells = vec![
            words::full_name(scenario, outcome.actor),
            words::position_name(scenario, outcome.noise_free).to_owned(),
            label(outcome.noise_free_moved),
        ];
        for k in new.iter().map(|&k| usize::from(k)) {
            cells.push(fixed(outcome.probability[k], 2));
            cells.push(label(outcome.decided[k]));
            cells.push(label(outcome.acted[k]));
        }
        table.row(cells);
    }
    let words = "Share of replicates in which a government has adopted a position at the end, and the median dates \
                 over those replicates.";
    Section::new("All governments").paragraph(words).table(table)
}

fn moves(results: &RunResults) -> Section {
    let scenario = &results.prepared.scenario;
    let section = Section::new(format!("Who moved when, {}", results.prepared.shown_run().phrase()));
    let first = summary::first_moves(results, MOVES).unwrap_or_default();
    if first.is_empty() {
        return section.paragraph("Nobody decided to move.");
    }
    let mut table = PageTable::new([
        Column::left("when"),
        Column::left("who"),
        Column::left("to"),
        Column::right("margin"),
        Column::left("pressed most by"),
    ]);
    for step in &first {
        table.row([
            scenario.calendar.label(step.tick),
            words::full_name(scenario, step.actor),
            words::position_name(scenario, step.to).to_owned(),
            signed(step.margin, 3),
            step.because.clone(),
        ]);
    }
    let all = Prose::from(format!("The first {}; all pressures at every move are in ", first.len()));
    section.paragraph(all.code("ledger.csv").text(".")).table(table)
}

// ---- The scenario and where it comes from.

fn scenario_section(results: &RunResults) -> Section {
    let scenario = &results.prepared.scenario;
    let mut section = Section::new("The scenario");
    if !scenario.source.is_empty() {
        section = section.paragraph(format!("Source: {}", scenario.source));
    }
    let mut factors = PageTable::new([
        Column::left("pressure factor"),
        Column::left("type"),
        Column::right("κ at the start"),
        Column::right("κ at the end"),
        Column::left("turned by"),
    ]);
    let (start, end) = (scenario.calendar.as_of(0), scenario.calendar.as_of(results.last_tick()));
    for (idx, factor) in scenario.factors.iter().enumerate() {
        let kappa = |date| fixed(factor.kappa.at(date).copied().unwrap_or(0.0), 3);
        let turned: Vec<&str> = scenario.moderators_of(idx).map(|active| active.name.as_str()).collect();
        let turned = if turned.is_empty() { "–".to_owned() } else { turned.join(", ") };
        factors.row([factor.name.clone(), factor.kind.clone(), kappa(start), kappa(end), turned]);
    }
    section = section.table(factors);
    if !scenario.events.is_empty() {
        let mut events = PageTable::new([
            Column::left("event"),
            Column::left("date"),
            Column::left("what"),
            Column::left("source"),
        ]);
        for event in &scenario.events {
            events.row([
                Prose::default().code(event.name.as_str()),
                event.date.to_string().into(),
                event.title.as_str().into(),
                event.source.as_str().into(),
            ]);
        }
        section = section.table(events);
    }
    section
}

fn provenance(results: &RunResults) -> Section {
    let prepared = &results.prepared;
    let settings = &results.settings;
    let mut items = vec![
        ("command", Prose::default().code(settings.command.join(" "))),
        ("normwave", env!("CARGO_PKG_VERSION").into()),
        ("seed", settings.seed.to_string().into()),
        ("replicates", settings.replicates.to_string().into()),
        ("engine", settings.engine.as_str().into()),
        ("quantum", format!("{:e}", prepared.plan.quantum).into()),
    ];
    for (file, hash) in &prepared.hashes {
        items.push(("BLAKE3", Prose::default().code(file.as_str()).text(" ").code(hash.as_str())));
    }
    Section::new("How this run was made").definitions(items).paragraph(
        Prose::from("The tables beside this page are described in ").code("manifest.json").text("."),
    )
}
