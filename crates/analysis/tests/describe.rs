//! Descriptives of whole scenarios: what is missing, who ends, who goes back.

use normwave_analysis::describe::{AdopterCategory, Description, Diffusion, Lag, NoBassFit, Onset, Settings};
use normwave_network_model::measure::Strengths;
use normwave_scenario::{InMemory, Overrides, Registries, Scenario};

// Seven states: NEW is born in the third year, OLD ends after the second; ISO has no tie. AAA, BBB and
// CCC form a triangle of equal ties; DDD hears of AAA with strength 3 and of BBB with 1.
const TEXT: &str = r#"
schema = 1
title = "Seven states"
history = "history.csv"
period = { start = 2000-01-01, until = 2006-01-01, tick = "year" }

[network]
actor = [
  { id = "AAA" }, { id = "BBB" }, { id = "CCC" }, { id = "DDD" }, { id = "ISO" },
  { id = "NEW", from = 2002-03-01 }, { id = "OLD", until = 2002-01-01 }, { id = "NGO", kind = "ngo" },
]
attribute.wealth = { values = { AAA = 4, BBB = 3, CCC = 2, DDD = 1, NEW = 2.5 } }
attribute.region = { values = { AAA = "east", BBB = "east", CCC = "west", DDD = "west", ISO = "west", NEW = "east", OLD = "west" } }

[[network.layer.ties.ties]]
from = "AAA"
to = "BBB"
[[network.layer.ties.ties]]
from = "BBB"
to = "CCC"
[[network.layer.ties.ties]]
from = "CCC"
to = "AAA"
[[network.layer.ties.ties]]
from = "BBB"
to = "AAA"
[[network.layer.ties.ties]]
from = "CCC"
to = "BBB"
[[network.layer.ties.ties]]
from = "AAA"
to = "CCC"
[[network.layer.ties.ties]]
from = "AAA"
to = "DDD"
strength = 3
[[network.layer.ties.ties]]
from = "BBB"
to = "DDD"
[[network.layer.ties.ties]]
from = "NEW"
to = "CCC"
[[network.layer.ties.ties]]
from = "OLD"
to = "CCC"
[[network.layer.ties.ties]]
from = "NGO"
to = "DDD"

[network.layer.empty]
ties = []
"#;

const HISTORY: &str = "actor,from,until\nAAA,1998,\nBBB,2001-06,\nCCC,2003,2005\nDDD,2004,\n";

fn scenario(history: &str) -> Scenario {
    let files = InMemory(vec![("history.csv".to_owned(), history.to_owned())]);
    Scenario::read("seven.toml", TEXT, &files, &Registries::default(), &Overrides::default()).unwrap()
}

fn described(history: &str, settings: &Settings) -> Description {
    let scenario = scenario(history);
    let diffusion = Diffusion::observed(&scenario, 1);
    Description::new(&scenario, diffusion, settings).unwrap()
}

fn unweighted() -> Settings {
    Settings { strengths: Strengths::Ignored, permutations: 19, ..Settings::default() }
}

#[test]
fn the_population_is_the_governments_that_live_in_the_period() {
    let found = described(HISTORY, &unweighted()).diffusion;
    assert_eq!(found.population.len(), 7);
    let expected =
        [Onset::Before, Onset::At(1), Onset::At(3), Onset::At(4), Onset::Never, Onset::Never, Onset::Never];
    assert_eq!(found.onsets, expected);
    assert_eq!((found.n_ended(), found.n_born(), found.n_withdrawn()), (1, 1, 1));
    assert!(found.outside.is_empty());
}

#[test]
fn who_goes_back_no_longer_holds_and_is_not_at_risk_again() {
    let found = described(HISTORY, &unweighted());
    let holding: Vec<usize> = found.hazards.iter().map(|point| point.holding).collect();
    assert_eq!(holding, [1, 2, 2, 3, 4, 3]);
    let ever: Vec<usize> = found.hazards.iter().map(|point| point.ever_adopted).collect();
    assert_eq!(ever, [1, 2, 2, 3, 4, 4]);
    // BBB, CCC, DDD, ISO, OLD; then NEW for OLD.
    let at_risk: Vec<usize> = found.hazards.iter().map(|point| point.at_risk).collect();
    assert_eq!(at_risk, [5, 5, 4, 4, 3, 2]);
}

#[test]
fn thresholds_are_exposure_at_adoption_by_strength_or_by_count() {
    let layer = |settings: &Settings| described(HISTORY, settings).layers[1].clone();
    let counted = layer(&unweighted());
    assert_eq!(counted.name, "ties");
    // When BBB adopts, AAA of AAA and CCC has. CCC is reached by NEW, too. DDD is reached by AAA and BBB.
    let third = 2.0 / 3.0;
    assert_eq!(counted.cohesion.thresholds, [None, Some(0.5), Some(third), Some(1.0), None, None, None]);
    // In 2003 CCC has adopted; the year before only AAA and BBB had, which changes nothing for DDD.
    assert_eq!(counted.cohesion.lagged_thresholds[3], Some(1.0));
    // In 2000, OLD reached CCC, and AAA alone had adopted.
    assert_eq!(counted.cohesion.exposures.of(0, 2, Lag::None), Some(1.0 / 3.0));
    let by_strength = layer(&Settings { permutations: 0, ..Settings::default() });
    assert_eq!(by_strength.cohesion.exposures.of(0, 3, Lag::None), Some(0.75));
    assert_eq!(counted.cohesion.exposures.of(0, 3, Lag::None), Some(0.5));
}

#[test]
fn the_state_without_a_tie_is_counted_and_has_no_exposure() {
    let found = described(HISTORY, &unweighted());
    let layer = &found.layers[1];
    assert_eq!(layer.cohesion.exposures.of(2, 4, Lag::None), None);
    let isolates: Vec<usize> = layer.ticks.iter().map(|tick| tick.isolates).collect();
    assert_eq!(isolates, [1; 6]);
    assert!(!layer.is_empty() && found.layers[0].is_empty());
    assert_eq!(found.layers[0].ticks[3].moran, None);
    assert_eq!(found.layers[0].ticks[3].isolates, 6);
}

#[test]
fn adopters_among_themselves_and_with_others_are_counted_without_direction() {
    let found = described(HISTORY, &unweighted());
    let of_2003 = found.layers[1].ticks[3].adopters;
    // AAA, BBB and CCC are a triangle; AAA and BBB reach DDD, NEW reaches CCC.
    assert_eq!((of_2003.adopters, of_2003.others), (3, 3));
    assert_eq!((of_2003.ties_among, of_2003.ties_across, of_2003.ties_among_others), (3, 3, 0));
    assert_eq!((of_2003.density, of_2003.density_of_others, of_2003.ei), (Some(1.0), Some(0.0), Some(0.0)));
    assert_eq!((of_2003.degree, of_2003.degree_of_others), (Some(3.0), Some(1.0)));
    // Through CCC run the paths of NEW to AAA, BBB and DDD; DDD is reached by AAA or BBB. Of ten pairs
    // each: CCC 3, AAA and BBB ½ (CCC–DDD) + ½ (NEW–DDD).
    let mean = (0.3 + 0.1 + 0.1) / 3.0;
    assert!((of_2003.betweenness.unwrap() - mean).abs() < 1e-12);
}

#[test]
fn rates_are_adoptions_by_years_at_risk_and_the_missing_are_a_group() {
    let found = described(HISTORY, &Settings { quantiles: 2, ..unweighted() });
    let [region, wealth] = &found.rates[..] else { panic!("{:?}", found.rates) };
    assert_eq!(wealth.attribute, "wealth");
    let names: Vec<&str> = wealth.groups.iter().map(|group| group.group.as_str()).collect();
    assert_eq!(names, ["quantile 1", "quantile 2", "missing"]);
    // The median is 2.5: CCC, DDD and NEW are below or at it, AAA and BBB above; ISO and OLD have none.
    let lower = &wealth.groups[0];
    assert_eq!((lower.actors, lower.adopters, lower.before), (3, 2, 0));
    // CCC four years, DDD five, NEW four.
    assert_eq!((lower.at_risk, lower.per_year), (13, Some(2.0 / 13.0)));
    assert_eq!((wealth.groups[1].before, wealth.groups[1].share), (1, Some(1.0)));
    assert_eq!((wealth.groups[2].actors, wealth.groups[2].at_risk), (2, 8));
    assert_eq!(region.groups[0].group, "east");
    assert_eq!(region.groups.iter().map(|group| group.actors).sum::<usize>(), 7);
}

#[test]
fn the_core_is_told_without_factors_from_all_layers() {
    let found = described(HISTORY, &unweighted());
    // A fifth of six is two; AAA has most (strengths 7), then BBB, CCC and DDD alike with 5, 5 and 4.
    let core: Vec<usize> = (0..7).filter(|&place| found.core[place]).collect();
    assert_eq!(core, [0]);
    let last = found.core_shares[5];
    assert_eq!((last.core, last.core_adopters, last.periphery, last.periphery_adopters), (1, 1, 5, 2));
}

#[test]
fn too_short_a_curve_has_no_bass_fit_and_says_so() {
    let found = described("actor,from\nBBB,2001\n", &unweighted());
    assert_eq!(found.bass.unwrap_err(), NoBassFit::TooFew(2));
}

#[test]
fn only_the_layers_that_are_named_are_described() {
    let settings = Settings { layers: vec!["ties".to_owned()], ..unweighted() };
    let names: Vec<String> =
        described(HISTORY, &settings).layers.into_iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["ties"]);
    let scenario = scenario(HISTORY);
    let unknown = Settings { layers: vec!["tiez".to_owned()], ..unweighted() };
    let refused = Description::new(&scenario, Diffusion::observed(&scenario, 1), &unknown).unwrap_err();
    assert!(refused.to_string().starts_with("there is no layer `tiez`"), "{refused}");
}

#[test]
fn the_same_settings_give_the_same_p_values_and_another_seed_others() {
    let p = |seed| {
        let settings = Settings { seed, permutations: 99, ..unweighted() };
        let found = described(HISTORY, &settings);
        found.layers[1].ticks.iter().map(|tick| tick.moran.and_then(|moran| moran.p)).collect::<Vec<_>>()
    };
    assert_eq!(p(1), p(1));
    assert_ne!(p(1), p(2));
}

#[test]
fn adoptions_after_the_period_are_none_and_those_of_others_are_listed() {
    let scenario = scenario("actor,from\nBBB,2001\nCCC,2010\n");
    let diffusion = Diffusion::observed(&scenario, 1);
    assert_eq!(diffusion.onsets[2], Onset::Never);
    let found = Description::new(&scenario, diffusion, &unweighted()).unwrap();
    assert_eq!(found.categories.of[2], AdopterCategory::NonAdopter);
    let mut excluded = scenario.clone();
    excluded.norm.applies[1] = false;
    let diffusion = Diffusion::observed(&excluded, 1);
    let outside: Vec<&str> =
        diffusion.outside.iter().map(|&actor| excluded.network.actor(actor).id.as_str()).collect();
    assert_eq!((outside, diffusion.population.len()), (vec!["BBB"], 6));
}
