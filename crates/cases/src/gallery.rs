//! The gallery: a page of the small cases, each with a figure that shows its point.

use crate::{Case, cases};
use std::fmt::Write;

/// The figure that stands for a case in the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The case.
    pub case: &'static str,
    /// The variant that is run for it, if any.
    pub variant: Option<&'static str>,
    /// The figure's name in the folder that a run writes, without `.svg`.
    pub figure: &'static str,
    /// What there is to be seen.
    pub caption: &'static str,
}

const fn of(case: &'static str, figure: &'static str, caption: &'static str) -> Picture {
    Picture { case, variant: None, figure, caption }
}

const fn variant(
    case: &'static str,
    variant: &'static str,
    figure: &'static str,
    caption: &'static str,
) -> Picture {
    Picture { case, variant: Some(variant), figure, caption }
}

/// One figure for each case but Ottawa, which has a page of its own, in the order of [`cases`].
pub const PICTURES: &[Picture] = &[
    of("ego", "ego-A-2002", "Two press each way with equal force, and A stays."),
    of("star", "forest", "The hub moves every leaf in the first year."),
    of(
        "core-and-periphery",
        "network",
        "The core in the middle, each with two states of the periphery that follow it.",
    ),
    of(
        "missions",
        "forest",
        "The norm runs down the ranks: who has most missions abroad moves most of those below.",
    ),
    of(
        "tie-qualities",
        "network",
        "Only the strong tie of esteem that points the right way in time moves its target.",
    ),
    of("islands", "adoption", "Bridge after bridge: island by island, at a steady pace."),
    of(
        "island-carry",
        "adoption",
        "A hundred islands, one after the other, where a random network carries nothing.",
    ),
    of("florentine", "network", "The Medici and the four families that they win."),
    of("powerful-minority", "ego-EGO-2000", "One strong tie against four weak ones."),
    of("density", "ego-A1-2000", "The great power outweighs all eleven others at once."),
    of(
        "dense-periphery",
        "network",
        "In a cluster apart it wins the fourth member; in a dense periphery it would win nobody.",
    ),
    of("insulation", "network", "Five who reach each other keep what the ten others do not hold."),
    of("isolates-first", "order", "Those with few ties move first, those with many later."),
    of("tie-growth", "adoption", "Late in the period the hub has the ties that it takes."),
    of("weak-ties", "forest", "The long tie from A1 to A30 starts a second front."),
    of("long-ties", "adoption", "One source is enough, and the wave runs round the ring at a steady pace."),
    of("hybrid", "network", "Two islands are won, which an alliance joins; at the other bridges it stops."),
    variant(
        "broker",
        "without-the-broker",
        "network",
        "Without the broker the norm never reaches the other group.",
    ),
    of("jump", "balance-FAR-2004", "The success of others, seen from afar, is not quite enough."),
    of("equivalents", "forest", "The suppliers of NORTH follow their equals, to whom they have no tie."),
    of("stall-and-restart", "waves", "Two waves, and a stall between them that only a shock ends."),
    of("groundswell", "adoption", "The periphery first, and the core once it is large enough."),
    of(
        "retention",
        "adoption",
        "Once the promoters are gone, the dense cluster and the convinced keep the norm.",
    ),
    of("agency", "adoption", "One voice that all can hear, and a wide band of luck."),
    of("riot", "adoption", "One more each day, until the square is full."),
    of("volume-dial", "balance-A-2001", "At a neutral gain the campaign is a fifth too weak."),
    of("learning-from-outcomes", "balance-NEAR1-2000", "What has gone well elsewhere speaks for the norm."),
    of(
        "competition-for-markets",
        "forest",
        "RIVAL follows FIRST, and THIRD follows RIVAL, without a word said.",
    ),
    of("chain-of-aid", "forest", "MIDDLE follows its donor, and NEAR follows MIDDLE."),
    of("boomerang", "ego-HOME-2000-07", "Unheard at home, the dissidents come back as pressure from abroad."),
    of("vetting", "adoption", "Nothing moves before the hub takes the issue up."),
    of("two-level", "balance-A-2000", "A agrees to the modest version, by little."),
    of(
        "conditional-proposal",
        "balance-USA-2001-12",
        "Too much stands against it for one of those on whom it waits.",
    ),
    of("reservation", "balance-USA-1997-09", "With the exception the balance just turns."),
    of("norm-stages", "adoption", "Many endorse, fewer ratify, and fewer still comply."),
    of("ngo-targets", "forest", "One government is won directly, two through groups at home."),
    of(
        "selectorate-shift",
        "adoption",
        "An election moves the first, a shock to opinion the second; a threat of veto holds up the third.",
    ),
    of("foreign-example", "forest", "One fall mobilises the youth of the next country."),
    of("refusal", "ego-FALLS-2011-02", "Where the army sides with the crowd, the regime falls."),
    of(
        "glocal",
        "balance-S1-2000-07",
        "Where brokers have made the campaign their own, the public outweighs the elders.",
    ),
    of("oscillation", "adoption", "Three administrations, three decisions."),
    of(
        "rights-backlash",
        "balance-PROUD-2004",
        "Shaming presses toward rights and raises more against them.",
    ),
    of("hegemon-h1a", "adoption", "A great power promotes: most follow, with a band of chance."),
    of("clusters-h1b", "adoption", "Clusters with strong ties inside win some of those outside."),
    of("shock-h2a", "adoption", "The shock starts a wave; before it nothing moved."),
    of("waves-h2b", "adoption", "It fills its cluster, and crosses the border about one time in four."),
    of("liberal-order", "forest", "Allies first, then clients, and by them those outside."),
    of("debt-collection", "waves", "Two waves: after the blockade, and at the Hague."),
    of("common-article-3", "order", "The great powers come last."),
    of("apartheid", "order", "The periphery begins, and South Africa itself comes last."),
    of("intervention", "waves", "One wave with decolonisation, one when the Council can give mandates."),
    of("eastern-europe-1989", "forest", "Poland and Hungary move by themselves, the rest by their example."),
    of(
        "sex-quotas",
        "network",
        "It crosses from Latin America to its like in Asia and Africa, and stops short of the top.",
    ),
    of("icc", "order", "Great powers, and those at odds with a neighbour, stay out."),
    of("cluster-munitions", "order", "Small states first, the greatest powers not at all."),
    of("arab-spring", "adoption", "Four openings, and two of them undone."),
    of(
        "accession",
        "balance-UKR-2011",
        "Aid and shaming without an offer of membership weigh less than power at home.",
    ),
    of(
        "neighbourhood-policy",
        "adoption",
        "About a quarter reform, within a wide band: too few cases to show that shaming did it.",
    ),
    of("policy-transfer", "adoption", "Half by example at once, the rest by the directive."),
    of(
        "free-the-20",
        "balance-F1-2017-04",
        "Demand, raised by the campaign, almost outweighs what detention is worth; chance does the rest.",
    ),
    variant(
        "advocacy-modes",
        "social-media",
        "process",
        "Everybody hears of it for a year, and no policy changes.",
    ),
];

/// The page `docs/gallery.md`.
#[must_use]
pub fn gallery_page() -> String {
    let mut page = "# Gallery\n\nThe bundled cases, from the smallest. Each is one scenario file with what must come out of it, in a folder of its own under [`crates/cases/data/`](../crates/cases/data/), to be read, copied and changed: `normwave check NAME` compares, `normwave run NAME` writes tables, figures and a report, `normwave explain NAME --actor A --at DATE` takes a decision apart. This page and its figures are written by `cargo run -p normwave-cli --example gallery`.\n".to_owned();
    for case in cases() {
        let Some(picture) = PICTURES.iter().find(|picture| picture.case == case.name) else {
            continue;
        };
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n```sh\n{}```\n",
            case.title,
            opening(&case.theory),
            commands(&case)
        );
        let caption = picture.caption;
        let _ = write!(page, "\n![{caption}](figures/cases/{}.svg)\n\n", case.name);
        let _ = match picture.variant {
            Some(variant) => writeln!(page, "*Variant `{variant}`. {caption}*"),
            None => writeln!(page, "*{caption}*"),
        };
    }
    page += "\n## The landmine ban\n\nThe large case, `normwave run ottawa`, has [a page of its own](cases/ottawa.md).\n";
    page
}

// How to run it and its variants.
fn commands(case: &Case) -> String {
    let table: toml::Table = case.text.parse().unwrap_or_default();
    let variants = table.get("variant").and_then(toml::Value::as_table);
    let lines: Vec<(String, &str)> = variants
        .into_iter()
        .flatten()
        .map(|(name, variant)| {
            let title = variant.get("title").and_then(toml::Value::as_str).unwrap_or_default();
            (format!("normwave run {} --variant {name}", case.name), title)
        })
        .collect();
    let width = lines.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    let mut text = format!("normwave run {}\n", case.name);
    for (command, title) in lines {
        let _ = writeln!(text, "{command:width$}  # {title}");
    }
    text
}

// The first sentence of a theory, and those after it while they are short together.
fn opening(theory: &str) -> String {
    let paragraph = theory.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let mut ends = paragraph
        .match_indices(". ")
        .filter(|(at, _)| paragraph[at + 2..].starts_with(char::is_uppercase))
        .map(|(at, _)| at + 1)
        .chain([paragraph.len()]);
    let first = ends.next().unwrap_or_default();
    let end = ends.take_while(|&end| end < 360 && !paragraph[..end].ends_with(':')).last().unwrap_or(first);
    paragraph[..end].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn docs() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs")
    }

    #[test]
    fn every_case_but_ottawa_has_one_picture_and_in_the_order_of_the_list() {
        let pictures: Vec<&str> = PICTURES.iter().map(|picture| picture.case).collect();
        let mut names: Vec<&str> = cases().iter().map(|case| case.name).collect();
        names.retain(|name| *name != "ottawa");
        assert_eq!(pictures, names);
    }

    #[test]
    fn the_gallery_in_the_documentation_is_up_to_date_and_names_every_case() {
        let kept = std::fs::read_to_string(docs().join("gallery.md")).unwrap_or_default();
        assert!(
            kept == gallery_page(),
            "docs/gallery.md is out of date: cargo run -p normwave-cli --example gallery"
        );
        for case in cases().iter().filter(|case| case.name != "ottawa") {
            assert!(kept.contains(&format!("\n## {}\n", case.title)), "{}", case.name);
            assert!(kept.contains(&format!("\nnormwave run {}\n", case.name)), "{}", case.name);
        }
    }

    #[test]
    fn every_figure_of_the_gallery_exists_and_is_small() {
        let page = gallery_page();
        let figures: Vec<&str> =
            page.split("](figures/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert_eq!(figures.len(), PICTURES.len());
        let mut total = 0;
        for figure in figures {
            let size = std::fs::metadata(docs().join("figures").join(figure)).map_or(0, |file| file.len());
            assert!(size > 0, "docs/figures/{figure} is missing");
            assert!(size < 60_000, "{figure} has {size} bytes");
            total += size;
        }
        assert!(total < 1_500_000, "{total} bytes");
    }

    #[test]
    fn an_opening_ends_with_a_sentence() {
        assert_eq!(
            opening("One holds. Two, e.g. three, hold.\n\nMore."),
            "One holds. Two, e.g. three, hold."
        );
        assert_eq!(opening("One holds. To try it:\n\n    run"), "One holds.");
    }
}
