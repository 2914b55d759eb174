//! The attributes.

use super::{Entry, PLAIN};

/// The attributes. `major_power`, region, capital and the like are of the year; what says "value
/// of the year before" is not used before it could be known.
pub const ATTRIBUTES: &[Entry] = &[
    Entry {
        name: "border",
        about: "Exposed border: the largest, over states joined by land, river or at most 24 miles of \
                water and without a defence pact, of their share in joint capability times the \
                distance of UN ideal points (at most 3). Value of the year before.",
        unit: "0 to 3",
        observed: (1980, 2015),
        sources: &["cow-contiguity", "cow-nmc", "un-ideal", "cow-alliances"],
        derived_by: "threat_terms",
        ..PLAIN
    },
    Entry {
        name: "candidate-EU",
        about: "1 while a candidate for accession to the EU, from the application on.",
        unit: "1",
        observed: (1980, 2016),
        sources: &["candidacies"],
        derived_by: "candidates_table",
        ..PLAIN
    },
    Entry {
        name: "candidate-NATO",
        about: "1 while invited to join NATO and not yet a member.",
        unit: "1",
        observed: (1980, 2016),
        sources: &["candidacies"],
        derived_by: "candidates_table",
        ..PLAIN
    },
    Entry {
        name: "capability",
        about: "Share in the world's material capability (CINC). Value of the year before.",
        unit: "share, 0 to 1",
        observed: (1980, 2016),
        sources: &["cow-nmc"],
        derived_by: "model_inputs",
        ..PLAIN
    },
    Entry {
        name: "capital",
        about: "The capital.",
        unit: "name",
        observed: (1980, 2016),
        sources: &["capitals"],
        derived_by: "states_table",
        ..PLAIN
    },
    Entry {
        name: "cinc",
        about: "Composite index of national capability: the share in the world's people, cities, \
                steel, energy, soldiers and military spending.",
        unit: "share, 0 to 1",
        observed: (1980, 2016),
        sources: &["cow-nmc"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "civil",
        about: "1 if the government fought an internal war in this year or the two before.",
        unit: "0 or 1",
        observed: (1980, 2014),
        sources: &["ucdp"],
        derived_by: "threat_terms",
        ..PLAIN
    },
    Entry {
        name: "democracy",
        about: "Electoral democracy (polyarchy); where V-Dem has no score, freedom put on its scale. \
                Value of the year before.",
        unit: "0 to 1",
        observed: (1980, 2016),
        sources: &["vdem", "freedom-house"],
        derived_by: "model_inputs",
        ..PLAIN
    },
    Entry {
        name: "exports_m",
        about: "Exports of the year.",
        unit: "million current US dollars",
        observed: (1980, 2014),
        sources: &["cow-trade"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "fh_cl",
        about: "Civil liberties after Freedom House, 1 the most free; none for 1981.",
        unit: "1 to 7",
        observed: (1980, 2016),
        sources: &["freedom-house"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "fh_pr",
        about: "Political rights after Freedom House, 1 the most free; none for 1981.",
        unit: "1 to 7",
        observed: (1980, 2016),
        sources: &["freedom-house"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "freedom",
        about: "Political rights and civil liberties after Freedom House, (14 − rights − liberties) / \
                12.",
        unit: "0 to 1",
        observed: (1980, 2016),
        sources: &["freedom-house"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "gdp_m",
        about: "Gross domestic product.",
        unit: "million international dollars of 2017",
        observed: (1980, 2016),
        sources: &["fariss"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "gdppc",
        about: "Gross domestic product per head.",
        unit: "international dollars of 2011",
        observed: (1980, 2016),
        sources: &["fariss"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "ideal",
        about: "Ideal point in votes of the UN General Assembly, all votes.",
        unit: "about −3 to 3",
        observed: (1980, 2016),
        sources: &["un-ideal"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "imports_m",
        about: "Imports of the year.",
        unit: "million current US dollars",
        observed: (1980, 2014),
        sources: &["cow-trade"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "lat",
        about: "Latitude of the capital.",
        unit: "degrees",
        observed: (1980, 2016),
        sources: &["capitals"],
        derived_by: "states_table",
        ..PLAIN
    },
    Entry {
        name: "leader_change",
        about: "1 if the effective leader changed in the year.",
        unit: "0 or 1",
        event: true,
        observed: (1980, 2015),
        sources: &["archigos"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "leader_irregular",
        about: "1 if a leader came to power irregularly in the year.",
        unit: "0 or 1",
        event: true,
        observed: (1980, 2015),
        sources: &["archigos"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "leader_tenure",
        about: "Years in power of the effective leader on 31 December.",
        unit: "years",
        observed: (1980, 2015),
        sources: &["archigos"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "libdem",
        about: "Liberal democracy index of V-Dem.",
        unit: "0 to 1",
        observed: (1980, 2016),
        sources: &["vdem"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "lng",
        about: "Longitude of the capital.",
        unit: "degrees",
        observed: (1980, 2016),
        sources: &["capitals"],
        derived_by: "states_table",
        ..PLAIN
    },
    Entry {
        name: "major_power",
        about: "1 for a major power.",
        unit: "0 or 1",
        observed: (1980, 2016),
        sources: &["cow-majors"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "mid_hostility",
        about: "Highest level of hostility in a militarized dispute of the year; 0 is none.",
        unit: "0 to 5",
        event: true,
        observed: (1980, 2014),
        sources: &["cow-mid"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "mid_ongoing",
        about: "Militarized interstate disputes in the year.",
        unit: "number",
        event: true,
        observed: (1980, 2014),
        sources: &["cow-mid"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "mid_onset",
        about: "Militarized interstate disputes that began in the year.",
        unit: "number",
        event: true,
        observed: (1980, 2014),
        sources: &["cow-mid"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "mids",
        about: "Militarized interstate disputes begun in this year and the three before.",
        unit: "number",
        observed: (1980, 2014),
        sources: &["cow-mid"],
        derived_by: "threat_terms",
        ..PLAIN
    },
    Entry {
        name: "milper_k",
        about: "Military personnel.",
        unit: "thousands",
        observed: (1980, 2016),
        sources: &["cow-nmc"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "n_igo",
        about: "Intergovernmental organisations of which the state is a full member.",
        unit: "number",
        observed: (1980, 2014),
        sources: &["cow-igo"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "own",
        about: "Its own threats: ln(1 + rivals) + ½ ln(1 + mids) + ½ civil. Value of the year before.",
        unit: "0 or more",
        observed: (1980, 2015),
        sources: &["tss", "cow-mid", "ucdp"],
        derived_by: "threat_terms",
        ..PLAIN
    },
    Entry {
        name: "patron",
        about: "Commitments to threatened allies: ln(1 + Σ ln(1 + rivals)) over the defence partners \
                of whose joint capability the state holds more than four fifths. Value of the year \
                before.",
        unit: "0 or more",
        observed: (1980, 2015),
        sources: &["cow-alliances", "cow-nmc", "tss"],
        derived_by: "threat_terms",
        ..PLAIN
    },
    Entry {
        name: "polity2",
        about: "Polity score, revised.",
        unit: "−10 to 10",
        observed: (1980, 2016),
        sources: &["polity5"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "polyarchy",
        about: "Electoral democracy index of V-Dem.",
        unit: "0 to 1",
        observed: (1980, 2016),
        sources: &["vdem"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "pop_m",
        about: "Population.",
        unit: "millions",
        observed: (1980, 2016),
        sources: &["fariss", "cow-nmc"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "record",
        about: "Treaties joined of those open: sixteen on disarmament, humanitarian, human-rights and \
                environmental law. Value of the year before.",
        unit: "share, 0 to 1",
        observed: (1980, 2015),
        sources: &["untc", "unoda"],
        derived_by: "treaty_record",
        ..PLAIN
    },
    Entry {
        name: "region",
        about: "Region of the UN's M49.",
        unit: "name",
        sources: &["m49"],
        derived_by: "states_table",
        ..PLAIN
    },
    Entry {
        name: "regional_power",
        about: "1 for a regional or major power.",
        unit: "0 or 1",
        observed: (1980, 2016),
        sources: &["maoz"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "rivals",
        about: "Strategic rivals.",
        unit: "number",
        observed: (1980, 2014),
        sources: &["tss"],
        derived_by: "threat_terms",
        ..PLAIN
    },
    Entry {
        name: "subregion",
        about: "Sub-region of the UN's M49.",
        unit: "name",
        sources: &["m49"],
        derived_by: "states_table",
        ..PLAIN
    },
    Entry {
        name: "treaties",
        about: "Of the sixteen treaties of `record`, those joined before the year.",
        unit: "number",
        observed: (1980, 2014),
        sources: &["untc", "unoda"],
        derived_by: "treaty_record",
        ..PLAIN
    },
    Entry {
        name: "treaties_open",
        about: "Of the sixteen treaties of `record`, those open before the year.",
        unit: "number",
        observed: (1980, 2014),
        sources: &["untc"],
        derived_by: "treaty_record",
        ..PLAIN
    },
    Entry {
        name: "ucdp_inter",
        about: "Intensity of wars between states in which the state is a primary party: 1 from 25, 2 \
                from 1000 battle deaths.",
        unit: "0 to 2",
        event: true,
        observed: (1980, 2016),
        sources: &["ucdp"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "ucdp_intra",
        about: "Intensity of internal wars that the government fought: 1 from 25, 2 from 1000 battle \
                deaths.",
        unit: "0 to 2",
        event: true,
        observed: (1980, 2016),
        sources: &["ucdp"],
        derived_by: "covariates",
        ..PLAIN
    },
    Entry {
        name: "wealth",
        about: "(ln gdppc − ln 500) / (ln 50000 − ln 500), clipped to 0 to 1. Value of the year before.",
        unit: "0 to 1",
        observed: (1980, 2016),
        sources: &["fariss"],
        derived_by: "model_inputs",
        ..PLAIN
    },
];
