//! The page of a description.

use super::Told;
use super::figures::{Figure, Part};
use super::missing::missing;
use super::text::{lines, origin, threshold_summary};
use normwave_analysis::describe::{
    AdopterCategory, Lag, Onset, Summary, ThresholdCategory, cross_table, threshold_categories,
};
use normwave_report::{Card, Column, Page, PageTable, Section, Tone, fixed, percent, signed};

/// Governments that are listed one by one.
const MOST_LISTED: usize = 1000;

/// The page, with its figures.
pub(crate) fn page(told: &Told<'_>, figures: &[Figure]) -> Page {
    let found = &told.found;
    let diffusion = &found.diffusion;
    let adopters = diffusion.adopters().count();
    let mut page = Page::new(format!("{}: who adopted when", told.scenario.title))
        .subtitle(origin(told))
        .card(Card::new("adopted in the period", adopters.to_string()).note(format!("of {}", told.n())))
        .card(Card::new("before it", diffusion.count(Onset::Before).to_string()))
        .card(Card::new("not, or not yet", diffusion.count(Onset::Never).to_string()).note("censored"));
    if let Some(last) = found.survival.last() {
        let band = last.low.zip(last.high);
        let band =
            band.map_or(String::new(), |(low, high)| format!("{} to {}", percent(low, 0), percent(high, 0)));
        page = page.card(Card::new("Kaplan–Meier share at the end", percent(last.share, 0)).note(band));
    }
    let mut first = Section::new("In short").list(lines(told));
    let missing = missing(told);
    if !missing.is_empty() {
        first = first.heading("What is missing").list(missing);
    }
    page = page.section(first);
    page = page.section(with_figures(Section::new("Over time"), figures, Part::Course));
    page = page.section(with_figures(categories(told), figures, Part::Categories));
    if !found.layers.is_empty() {
        page = page.section(with_figures(layers(told), figures, Part::Exposure));
    }
    page = page.section(with_figures(network(told), figures, Part::Network));
    if !found.rates.is_empty() {
        page = page.section(with_figures(rates(told), figures, Part::Rates));
    }
    if told.n() <= MOST_LISTED {
        page = page.section(governments(told));
    }
    page.section(method(told)).footer(format!("normwave {}", env!("CARGO_PKG_VERSION")))
}

fn with_figures(section: Section, figures: &[Figure], part: Part) -> Section {
    let own = figures.iter().filter(|figure| figure.part == part);
    let own: Vec<(String, String)> = own.map(|figure| (figure.svg.clone(), figure.caption.clone())).collect();
    if own.is_empty() {
        return section;
    }
    // What is seen comes before what is read.
    let drawn = Section::new(section.title).figures(own);
    section.blocks.into_iter().fold(drawn, Section::block)
}

fn or_dash(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| fixed(value, digits))
}

fn categories(told: &Told<'_>) -> Section {
    let mut section = Section::new("Early and late");
    for layer in told.found.layers.iter().filter(|layer| !layer.is_empty()) {
        let categories = threshold_categories(&layer.cohesion.lagged_thresholds);
        let counts = cross_table(&told.found.categories.of, &categories);
        let columns = ThresholdCategory::ALL.iter().map(|category| Column::right(category.name()));
        let mut table = PageTable::new([Column::left("time \\ threshold")].into_iter().chain(columns));
        for (category, row) in AdopterCategory::ALL.iter().zip(counts) {
            let cells = row.iter().map(usize::to_string);
            table.row([category.name().to_owned()].into_iter().chain(cells));
        }
        section = section.folded_table(format!("Time by threshold in layer {}", layer.name), table);
    }
    section
}

fn layers(told: &Told<'_>) -> Section {
    let mut table = PageTable::new([
        Column::left("layer"),
        Column::left("by"),
        Column::right("lag"),
        Column::right("adopters"),
        Column::right("without a tie"),
        Column::right("mean"),
        Column::right("s.d."),
        Column::right("lower quartile"),
        Column::right("median"),
        Column::right("upper quartile"),
    ])
    .caption(format!(
        "Exposure at adoption (thresholds); with lag 1 in the {} before, with lag 0 in the same",
        told.unit()
    ));
    for layer in &told.found.layers {
        let kinds = [("cohesion", Some(&layer.cohesion)), ("equivalence", layer.equivalence.as_ref())];
        for (kind, exposed) in kinds {
            let Some(exposed) = exposed else { continue };
            for (lag, word) in [(Lag::One, "1"), (Lag::None, "0")] {
                let Some(summary) = threshold_summary(exposed, lag) else { continue };
                let adopters = told.found.diffusion.adopters();
                let unknown = adopters.filter(|&(place, _)| exposed.thresholds(lag)[place].is_none()).count();
                table.row([
                    layer.name.clone(),
                    kind.to_owned(),
                    word.to_owned(),
                    summary.n.to_string(),
                    unknown.to_string(),
                    fixed(summary.mean, 3),
                    fixed(summary.sd, 3),
                    fixed(summary.lower, 3),
                    fixed(summary.median, 3),
                    fixed(summary.upper, 3),
                ]);
            }
        }
    }
    let mut infecting = PageTable::new([
        Column::left("layer"),
        Column::right("infection, mean"),
        Column::left("most infecting"),
        Column::right("susceptibility, mean"),
        Column::left("most susceptible"),
    ])
    .caption(format!(
        "Infection and susceptibility within {} {}",
        told.settings.infecting.ticks,
        if told.settings.infecting.ticks == 1 { told.unit().to_owned() } else { format!("{}s", told.unit()) }
    ));
    for layer in told.found.layers.iter().filter(|layer| !layer.is_empty()) {
        let mean = |values: &[Option<f64>]| or_dash(Summary::of(values).map(|summary| summary.mean), 4);
        infecting.row([
            layer.name.clone(),
            mean(&layer.infection),
            highest(told, &layer.infection),
            mean(&layer.susceptibility),
            highest(told, &layer.susceptibility),
        ]);
    }
    Section::new("Exposure").table(table).table(infecting)
}

// The three with the highest positive values.
fn highest(told: &Told<'_>, values: &[Option<f64>]) -> String {
    let mut known: Vec<(usize, f64)> =
        values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?))).collect();
    known.retain(|(_, value)| *value > 0.0);
    known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let names =
        known.iter().take(3).map(|(place, value)| format!("{} {}", told.id(*place), fixed(*value, 3)));
    names.collect::<Vec<_>>().join(", ")
}

fn network(told: &Told<'_>) -> Section {
    let middle = told.middle();
    let mut table = PageTable::new([
        Column::left("layer"),
        Column::right("Moran's I"),
        Column::right("z"),
        Column::right("z, shuffled"),
        Column::right("p"),
        Column::right("ties among"),
        Column::right("across"),
        Column::right("among others"),
        Column::right("E–I"),
        Column::right("degree"),
        Column::right("of others"),
        Column::right("density"),
        Column::right("of others"),
        Column::right("betweenness"),
        Column::right("of others"),
    ])
    .caption(format!("Adopters in {}, when half of those who adopt in the period had", told.label(middle)));
    for layer in told.found.layers.iter().filter(|layer| !layer.is_empty()) {
        let now = &layer.ticks[middle as usize];
        let ties = &now.adopters;
        let moran = |of: fn(&normwave_analysis::describe::Moran) -> Option<f64>, digits: usize| {
            let value = now.moran.as_ref().and_then(of);
            value.map_or_else(|| "–".to_owned(), |value| signed(value, digits))
        };
        table.row([
            layer.name.clone(),
            moran(|moran| Some(moran.i), 3),
            moran(|moran| Some(moran.z), 2),
            moran(|moran| Some(moran.z_shuffled), 2),
            or_dash(now.moran.and_then(|moran| moran.p), 3),
            ties.ties_among.to_string(),
            ties.ties_across.to_string(),
            ties.ties_among_others.to_string(),
            ties.ei.map_or_else(|| "–".to_owned(), |ei| signed(ei, 2)),
            or_dash(ties.degree, 1),
            or_dash(ties.degree_of_others, 1),
            or_dash(ties.density, 3),
            or_dash(ties.density_of_others, 3),
            or_dash(ties.betweenness, 4),
            or_dash(ties.betweenness_of_others, 4),
        ]);
    }
    Section::new("Adopters in the network").table(table)
}

fn rates(told: &Told<'_>) -> Section {
    let mut table = PageTable::new([
        Column::left("attribute"),
        Column::left("group"),
        Column::left("values"),
        Column::right("governments"),
        Column::right("before"),
        Column::right("adopted"),
        Column::right("share"),
        Column::right("per year at risk"),
    ]);
    for rate in &told.found.rates {
        for group in &rate.groups {
            let compact = normwave_report::compact;
            let range = group.range.map(|(low, high)| format!("{} to {}", compact(low), compact(high)));
            table.row([
                rate.attribute.clone(),
                group.group.clone(),
                range.unwrap_or_default(),
                group.actors.to_string(),
                group.before.to_string(),
                group.adopters.to_string(),
                group.share.map_or_else(|| "–".to_owned(), |share| percent(share, 0)),
                or_dash(group.per_year, 4),
            ]);
        }
    }
    Section::new("Attributes").folded_table("All rates", table)
}

fn governments(told: &Told<'_>) -> Section {
    let found = &told.found;
    let layers: Vec<_> = found.layers.iter().filter(|layer| !layer.is_empty()).take(6).collect();
    let columns = layers.iter().map(|layer| Column::right(layer.name.clone()));
    let heads =
        [Column::left("government"), Column::left("adopted"), Column::left("category"), Column::left("core")];
    let mut table = PageTable::new(heads.into_iter().chain(columns))
        .caption(format!("Thresholds: exposure by cohesion in the {} before adoption", told.unit()));
    let mut places: Vec<usize> = (0..told.n()).collect();
    places.sort_by_key(|&place| (found.diffusion.onsets[place], place));
    for place in places {
        let adopted = match found.diffusion.onsets[place] {
            Onset::Before => "before".to_owned(),
            Onset::At(tick) => told.label(tick),
            Onset::Never => "–".to_owned(),
        };
        let actor = found.diffusion.population.actors()[place];
        let core = if found.core[place] { "core" } else { "" };
        let head = [
            crate::words::full_name(told.scenario, actor),
            adopted,
            found.categories.of[place].name().to_owned(),
            core.to_owned(),
        ];
        let cells = layers.iter().map(|layer| or_dash(layer.cohesion.lagged_thresholds[place], 2));
        table.row(head.into_iter().chain(cells));
    }
    Section::new("Governments").folded_table(format!("All {}", told.n()), table)
}

fn method(told: &Told<'_>) -> Section {
    let unit = told.unit();
    let weights = match told.settings.strengths {
        normwave_network_model::measure::Strengths::Used => "weighted by the strengths of ties",
        normwave_network_model::measure::Strengths::Ignored => "each tie counting 1",
    };
    let permutations = told.settings.permutations;
    let terms = [
        (
            "exposure",
            format!(
                "The share of adopters among those whose ties reach a government, {weights} (cohesion), or \
          among those who stand alike in the layer, by geodesics of up to six steps (structural equivalence; Burt \
          1987, Valente 1995)."
            ),
        ),
        (
            "threshold",
            format!(
                "Exposure at adoption (Valente 1996): in the {unit} before, which is what a government \
          could have seen, or in the same {unit}, as netdiffuseR has it unless told otherwise."
            ),
        ),
        (
            "categories",
            "Time of adoption below, around and above its mean by standard deviations (Rogers), and \
          thresholds likewise."
                .to_owned(),
        ),
        (
            "infection, susceptibility",
            "Of those tied to an adopter, the share that followed it, or that it followed, \
          over the number of all who adopted then (Myers 2000; Valente and others 2015)."
                .to_owned(),
        ),
        (
            "hazard, Kaplan–Meier",
            "Adoptions over those at risk; the band is symmetric in ln(−ln S).".to_owned(),
        ),
        (
            "Bass model",
            "Cumulative adopters fitted by non-linear least squares. Standard errors take the errors for \
          independent, which those of a cumulative curve are not."
                .to_owned(),
        ),
        (
            "Moran's I",
            format!(
                "z for normal values and for values in random order; p, two-sided, from {permutations} \
          permutations of the governments, seed {}.",
                told.settings.seed
            ),
        ),
        (
            "E–I index",
            "Ties between adopters and others less those within the two sides, over all (Krackhardt and \
          Stern 1988)."
                .to_owned(),
        ),
    ];
    let mut section = Section::new("Method");
    if told.origin != super::Origin::Observed {
        section = section.note(Tone::Quiet, "What is described was simulated, not observed.");
    }
    section.definitions(terms)
}
