//! Rates of adoption by attribute.

use super::summary::quantile;
use super::{Diffusion, Onset};
use normwave_network_model::{ActorId, Value};
use normwave_scenario::Scenario;
use serde::Serialize;

/// Adoption among the actors of one quantile or category of an attribute.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RateOfGroup {
    /// The category, `quantile 1` and so on from the lowest values, or `missing`.
    pub group: String,
    /// The least and the greatest value, if it is a quantile.
    pub range: Option<(f64, f64)>,
    /// Actors in it.
    pub actors: usize,
    /// Those of them who adopted before the period.
    pub before: usize,
    /// Those who adopted in the period.
    pub adopters: usize,
    /// Share of the actors that adopted in the period, of those who had not before; `None` if there
    /// is nobody.
    pub share: Option<f64>,
    /// Ticks at risk, summed over actors.
    pub at_risk: usize,
    /// Adoptions per actor and year at risk; `None` if nobody was at risk.
    pub per_year: Option<f64>,
    /// Mean tick of adoption in the period, from 0; `None` if nobody adopted.
    pub mean_tick: Option<f64>,
}

/// Adoption by the quantiles or categories of one attribute.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttributeRates {
    /// The attribute.
    pub attribute: String,
    /// Its groups; the last is `missing` if some actors have no value.
    pub groups: Vec<RateOfGroup>,
}

/// More categories than this are no grouping.
const MOST_CATEGORIES: usize = 20;

/// Rates of adoption by attribute: numeric ones cut at their quantiles into `n_groups` groups (4 for
/// quartiles), categories each by itself. Values are those of the first tick in which an actor lives.
/// Equal values are in one group, so that groups differ in size and some may be empty; these are left
/// out. Attributes that nobody has, that are equal for all, or with more than 20 categories are left
/// out.
#[must_use]
pub fn attribute_rates(scenario: &Scenario, diffusion: &Diffusion, n_groups: usize) -> Vec<AttributeRates> {
    let names: Vec<&str> = scenario.network.attribute_names().collect();
    let of = |name: &&str| {
        let values: Vec<Option<Value>> =
            (0..diffusion.onsets.len()).map(|place| first_value(scenario, diffusion, name, place)).collect();
        let groups = groups(&values, n_groups)?;
        Some(AttributeRates {
            attribute: (*name).to_owned(),
            groups: groups.into_iter().map(|group| group.rate(scenario, diffusion)).collect(),
        })
    };
    names.iter().filter_map(of).collect()
}

fn first_value(scenario: &Scenario, diffusion: &Diffusion, name: &str, place: usize) -> Option<Value> {
    let actor: ActorId = diffusion.population.actors()[place];
    let tick = (0u32..).zip(&diffusion.present).find(|(_, present)| present[place])?.0;
    scenario.network.value(name, actor, scenario.calendar.as_of(tick)).cloned()
}

struct Group {
    name: String,
    range: Option<(f64, f64)>,
    places: Vec<usize>,
}

fn groups(values: &[Option<Value>], n_groups: usize) -> Option<Vec<Group>> {
    let numbers: Vec<Option<f64>> =
        values.iter().map(|value| value.as_ref().and_then(Value::number)).collect();
    let mut known: Vec<f64> = numbers.iter().copied().flatten().collect();
    known.sort_by(f64::total_cmp);
    let mut groups =
        if known.is_empty() { by_category(values)? } else { by_quantile(&numbers, &known, n_groups)? };
    let mut grouped = vec![false; values.len()];
    groups.iter().flat_map(|group| &group.places).for_each(|&place| grouped[place] = true);
    let missing: Vec<usize> = (0..values.len()).filter(|&place| !grouped[place]).collect();
    if !missing.is_empty() {
        groups.push(Group { name: "missing".to_owned(), range: None, places: missing });
    }
    Some(groups)
}

#[expect(clippy::cast_precision_loss, reason = "a number of groups")]
fn by_quantile(numbers: &[Option<f64>], sorted: &[f64], n_groups: usize) -> Option<Vec<Group>> {
    if sorted[0].total_cmp(&sorted[sorted.len() - 1]).is_eq() {
        return None;
    }
    let cuts: Vec<f64> = (1..n_groups).map(|k| quantile(sorted, k as f64 / n_groups as f64)).collect();
    let group_of = |value: f64| cuts.iter().filter(|cut| value > **cut).count();
    let groups = (0..n_groups).map(|group| {
        let members = numbers.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?)));
        let members: Vec<(usize, f64)> = members.filter(|(_, value)| group_of(*value) == group).collect();
        let low = members.iter().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
        let high = members.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
        Group {
            name: format!("quantile {}", group + 1),
            range: Some((low, high)),
            places: members.into_iter().map(|(place, _)| place).collect(),
        }
    });
    Some(groups.filter(|group| !group.places.is_empty()).collect())
}

fn by_category(values: &[Option<Value>]) -> Option<Vec<Group>> {
    let mut categories: Vec<&str> = values.iter().flatten().filter_map(Value::category).collect();
    categories.sort_unstable();
    categories.dedup();
    if !(2..=MOST_CATEGORIES).contains(&categories.len()) {
        return None;
    }
    let group = |category: &&str| {
        let own = |place: &usize| values[*place].as_ref().and_then(Value::category) == Some(*category);
        Group { name: (*category).to_owned(), range: None, places: (0..values.len()).filter(own).collect() }
    };
    Some(categories.iter().map(group).collect())
}

impl Group {
    #[expect(clippy::cast_precision_loss, reason = "counts of actors and ticks")]
    fn rate(self, scenario: &Scenario, diffusion: &Diffusion) -> RateOfGroup {
        let onsets = || self.places.iter().map(|&place| diffusion.onsets[place]);
        let ticks: Vec<f64> = onsets().filter_map(Onset::tick).map(f64::from).collect();
        let before = onsets().filter(|onset| *onset == Onset::Before).count();
        let at_risk = (0..diffusion.n_ticks())
            .map(|tick| self.places.iter().filter(|place| diffusion.is_at_risk(tick, **place)).count())
            .sum::<usize>();
        let years = at_risk as f64 * scenario.calendar.length().years();
        let could = self.places.len() - before;
        RateOfGroup {
            group: self.name,
            range: self.range,
            actors: self.places.len(),
            before,
            adopters: ticks.len(),
            share: (could > 0).then(|| ticks.len() as f64 / could as f64),
            at_risk,
            per_year: (at_risk > 0).then(|| ticks.len() as f64 / years),
            mean_tick: (!ticks.is_empty()).then(|| ticks.iter().sum::<f64>() / ticks.len() as f64),
        }
    }
}
