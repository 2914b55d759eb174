//! Held-out forecasts of who signs by the end of 1997, and what stands beside them.

use super::EvidenceError;
use super::variant::{Base, EnsembleOf, Fit, Variant, mean, quantile};
use normwave_analysis::{auc, brier, log_loss};
use normwave_network_model::{ActorId, Date, Value, parse_date};
use normwave_plan::{Draws, Position, Stream, key_of};
use normwave_world::mine_ban_facts;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The month in which the treaty was signed.
pub(super) const SIGNING: &str = "1997-12";

/// Forecasts for one state from several sources.
#[derive(Clone, Debug, PartialEq)]
pub struct StateForecast {
    /// The state.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its subregion.
    pub subregion: String,
    /// Its fold.
    pub fold: usize,
    /// Whether it signed by 31 December 1997.
    pub signed: bool,
    /// What else it did, by date: signatures later, consents, moratoria, votes.
    pub record: Vec<String>,
    /// The model's forecast, with strengths fitted without its fold and all governments closed.
    pub held_out: f64,
    /// The same with strengths fitted to all states.
    pub in_sample: f64,
    /// Forecasts that stand beside it, by name.
    pub others: BTreeMap<String, f64>,
}

/// How good one set of forecasts is.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Whose forecasts.
    pub forecast: Forecast,
    /// AUC, Brier score, log loss.
    pub values: [f64; 3],
    /// The model's value minus this one's: 95 % interval of each over resampled states. Where this one
    /// was made without the state's subregion, so was the model's.
    pub difference: [(f64, f64); 3],
}

/// Who holds a position at the end of one month over the replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosedShare {
    /// First day of the month.
    pub date: Date,
    /// The position.
    pub position: Position,
    /// Share of states: 5 %, median, 95 %.
    pub band: [f64; 3],
}

/// What is known of what states did by the end of one month, as shares of the states then living.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownShare {
    /// First day of the month.
    pub date: Date,
    /// Hold a moratorium, or have consented to the amended protocol, and have not signed the ban; a
    /// lower bound in 1996 and 1997.
    pub partial: f64,
    /// Have signed the ban.
    pub signed: f64,
}

/// The committed history.
///
/// # Panics
/// If the bundled table is not well formed.
pub(super) fn history() -> Vec<KnownShare> {
    let mut reader = csv::Reader::from_reader(include_str!("../../data/ottawa/history.csv").as_bytes());
    let known = |row: csv::StringRecord| {
        let number = |column: usize| row[column].parse::<f64>().expect("history is counts");
        let (states, signed) = (number(1), number(4));
        KnownShare {
            date: parse_date(&row[0]).expect("history is by month"),
            partial: (number(2) - signed).max(0.0) / states,
            signed: signed / states,
        }
    };
    reader.records().map(|row| known(row.expect("the bundled history is well formed"))).collect()
}

/// A set of forecasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Its column in the table of forecasts, `model` for ours.
    pub key: String,
    /// Its name for people.
    pub name: &'static str,
}

const FORECASTS: [(&str, &str); 8] = [
    ("model", "this model, held out by fold"),
    ("base_rate", "base rate"),
    ("region", "region only"),
    ("vote", "UN vote of December 1996 only"),
    ("logit", "logit on the same covariates"),
    ("model_without_network", "this model without the network, refitted"),
    ("model_subregion", "this model, a subregion left out"),
    ("logit_subregion", "logit, a subregion left out"),
];

/// Probabilities of every state by fit, and the share of signers.
pub(super) struct HeldOut {
    // By fit: state id -> probability.
    probabilities: Vec<(Option<usize>, BTreeMap<String, f64>)>,
    pub(super) share: [f64; 3],
    pub(super) closed: Vec<ClosedShare>,
}

pub(super) fn held_out(base: &Base, step: &(dyn Fn(&str) -> bool + Sync)) -> Result<HeldOut, EvidenceError> {
    let one = |fit: &Fit| {
        if !step("forecasts held out by fold") {
            return Err(EvidenceError::Stopped);
        }
        let ensemble = base.ensemble(&Variant { fit: Some(fit.clone()), ..Variant::default() })?;
        let calendar = &ensemble.scenario.calendar;
        let tick = calendar.tick_from(parse_date(SIGNING)?);
        let mut probabilities = BTreeMap::new();
        for (id, actor) in (0u32..).map(ActorId).zip(ensemble.scenario.network.actors()) {
            if ensemble.scenario.present(id, calendar.as_of(tick)) {
                probabilities.insert(actor.id.clone(), ensemble.probability(id, 2, tick));
            }
        }
        let full = fit.fold.is_none().then(|| (shares_of(&ensemble.shares(2, tick)), closed(&ensemble)));
        Ok((fit.fold, probabilities, full))
    };
    let all: Result<Vec<_>, EvidenceError> = Fit::all().par_iter().map(one).collect();
    let mut found = HeldOut { probabilities: Vec::new(), share: [f64::NAN; 3], closed: Vec::new() };
    for (fold, probabilities, full) in all? {
        found.probabilities.push((fold, probabilities));
        if let Some((share, closed)) = full {
            (found.share, found.closed) = (share, closed);
        }
    }
    Ok(found)
}

fn shares_of(sorted: &[f64]) -> [f64; 3] {
    [mean(sorted), quantile(sorted, 0.05), quantile(sorted, 0.95)]
}

// Shares at the end of every month.
fn closed(ensemble: &EnsembleOf) -> Vec<ClosedShare> {
    let calendar = &ensemble.scenario.calendar;
    let runs: Vec<_> = ensemble.trajectories.iter().map(|run| ensemble.plan.shares(run)).collect();
    let mut closed = Vec::new();
    for tick in 0..calendar.n_ticks() {
        for position in [1, 2] {
            let mut shares: Vec<f64> = runs.iter().map(|shares| shares.share(tick, position)).collect();
            shares.sort_by(f64::total_cmp);
            let band = [0.05, 0.5, 0.95].map(|q| quantile(&shares, q));
            closed.push(ClosedShare { date: calendar.date_of(tick), position, band });
        }
    }
    closed
}

/// Joins the model's forecasts with what states did and with the committed forecasts.
pub(super) fn states(base: &Base, held_out: &HeldOut) -> Result<Vec<StateForecast>, EvidenceError> {
    let scenario = base.model(&Variant::default(), true)?.scenario;
    let mut records: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fact in mine_ban_facts().unwrap_or_default() {
        records.entry(fact.state).or_default().push(format!(
            "{} {}",
            fact.event.replace('_', " "),
            fact.date
        ));
    }
    let by = |fold: Option<usize>, id: &str| {
        let found = held_out.probabilities.iter().find(|(of, _)| *of == fold);
        found.and_then(|(_, p)| p.get(id)).copied().unwrap_or(f64::NAN)
    };
    let mut reader = csv::Reader::from_reader(include_str!("../../data/ottawa/forecasts.csv").as_bytes());
    let header = reader.headers().expect("the bundled forecasts have a header").clone();
    let mut states = Vec::new();
    for row in reader.records() {
        let row = row.expect("the bundled forecasts are well formed");
        let get =
            |name: &str| header.iter().position(|column| column == name).map_or("", |column| &row[column]);
        let id = get("id").to_owned();
        let actor = scenario.network.actor_id(&id)?;
        let fold: usize = get("fold").parse().unwrap_or(0);
        let date = scenario.calendar.start();
        let subregion = scenario.network.value("subregion", actor, date).and_then(Value::category);
        let others =
            FORECASTS.iter().skip(1).filter_map(|(key, _)| Some(((*key).to_owned(), get(key).parse().ok()?)));
        states.push(StateForecast {
            name: scenario.network.actor(actor).name().to_owned(),
            subregion: subregion.unwrap_or_default().to_owned(),
            fold,
            signed: get("signed") == "1",
            record: records.get(&id).cloned().unwrap_or_default(),
            held_out: by(Some(fold), &id),
            in_sample: by(None, &id),
            others: others.collect(),
            id,
        });
    }
    Ok(states)
}

/// Scores of all forecasts, with intervals of the model's lead over resampled states.
pub(super) fn scores(states: &[StateForecast], seed: u64) -> Vec<Score> {
    let of = |key: &str, state: &StateForecast| {
        let p = if key == "model" { Some(state.held_out) } else { state.others.get(key).copied() };
        p.filter(|p| p.is_finite()).map(|p| (p, state.signed))
    };
    let resamples = resamples(states.len(), seed);
    let mut scores = Vec::new();
    for (key, name) in FORECASTS {
        let Some(forecasts) = states.iter().map(|state| of(key, state)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        // Like with like: a forecast for whole subregions beside ours for whole subregions.
        let rival = if key == "logit_subregion" { "model_subregion" } else { "model" };
        let Some(ours) = states.iter().map(|state| of(rival, state)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let mut differences = [const { Vec::new() }; 3];
        for sample in &resamples {
            let pick = |from: &[(f64, bool)]| sample.iter().map(|&idx| from[idx]).collect::<Vec<_>>();
            let (mine, other) = (three(&pick(&ours)), three(&pick(&forecasts)));
            for (differences, (mine, other)) in differences.iter_mut().zip(mine.iter().zip(other)) {
                differences.push(mine - other);
            }
        }
        let interval = |mut values: Vec<f64>| {
            values.retain(|value| value.is_finite());
            values.sort_by(f64::total_cmp);
            (quantile(&values, 0.025), quantile(&values, 0.975))
        };
        scores.push(Score {
            forecast: Forecast { key: key.to_owned(), name },
            values: three(&forecasts),
            difference: differences.map(interval),
        });
    }
    scores
}

fn three(forecasts: &[(f64, bool)]) -> [f64; 3] {
    [auc(forecasts).unwrap_or(f64::NAN), brier(forecasts), log_loss(forecasts)]
}

// 2000 samples of states with replacement.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "indices"
)]
fn resamples(n: usize, seed: u64) -> Vec<Vec<usize>> {
    let key = key_of("bootstrap");
    let sample = |replicate| {
        let draws = Draws::new(seed, replicate);
        let index = |idx: u32| (draws.uniform(idx, key, Stream::Order, 0) * n as f64) as usize;
        (0u32..).take(n).map(index).collect()
    };
    (0..2000).map(sample).collect()
}
