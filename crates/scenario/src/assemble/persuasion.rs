//! Who can be persuaded, and groups whose way home is blocked.

use super::Context;
use crate::file::{NumberOr, PersuadableFile, SelectorateFile};
use crate::{Blocked, Hearing, Persuadable, Scenario, ScenarioError};
use normwave_network_model::{ActorId, Date, LayerId, NetworkView, Spell, TieSpell, Value};
use normwave_plan::Steps;
use std::collections::BTreeMap;
use toml::Spanned;

const KEY: &str = "[[advocacy.persuadable]]";

/// Takes their weights at home from groups while they are blocked, whatever events do to them.
pub(super) fn block(
    context: &Context<'_>,
    file: &SelectorateFile,
    scenario: &mut Scenario,
) -> Result<(), ScenarioError> {
    for group in file.group.iter().map(Spanned::get_ref).filter(|group| group.blocked) {
        let id = format!("{}/{}", group.government.get_ref(), group.role);
        let group = context.actor_at(&scenario.network, &id, group.government.span())?;
        scenario.advocacy.blocked.push(Blocked { group, from: Date::MIN, until: None });
    }
    let Ok(layer) = scenario.network.layer_id(super::advocacy::DOMESTIC) else { return Ok(()) };
    let Some(ties) = scenario.network.ties_mut(layer) else { return Ok(()) };
    for blocked in &scenario.advocacy.blocked {
        let named = |tie: &TieSpell| tie.from == blocked.group;
        super::events::turn_ties(ties, &named, blocked.from, blocked.until, |_| 0.0);
    }
    Ok(())
}

/// To whom the persuadable listen, whenever that changes.
pub(super) fn assemble(
    context: &Context<'_>,
    file: &[Spanned<PersuadableFile>],
    scenario: &Scenario,
) -> Result<Vec<Persuadable>, ScenarioError> {
    let network = &scenario.network;
    let mut specs: BTreeMap<ActorId, (LayerId, &PersuadableFile)> = BTreeMap::new();
    for spec in file.iter().map(Spanned::get_ref) {
        let layer = network
            .layer_id(spec.layer.get_ref())
            .map_err(|error| context.error(spec.layer.span(), KEY, error.to_string(), ""))?;
        if let Some(own) = spec.self_weight.as_ref().filter(|own| !(0.0..f64::MAX).contains(own.get_ref())) {
            let problem = format!("self-weight {} is negative or not finite", own.get_ref());
            return Err(context.error(own.span(), KEY, problem, "It is the strength of a tie, 0 or more."));
        }
        if let NumberOr::Attributes(weights) = spec.stubbornness.get_ref() {
            for name in weights.keys() {
                network
                    .attribute(name.get_ref())
                    .map_err(|error| context.error(name.span(), KEY, error.to_string(), ""))?;
            }
        }
        for id in context.actors(network, &spec.who, context.calendar.start(), KEY)? {
            specs.insert(id, (layer, spec));
        }
    }
    let nobody = |&actor| Persuadable { actor, hears: Steps::default() };
    let mut persuadable: Vec<Persuadable> = specs.keys().map(nobody).collect();
    if persuadable.is_empty() {
        return Ok(persuadable);
    }
    for tick in scenario.change_ticks() {
        let view = scenario.network_at(tick).map_err(|error| ScenarioError::Whole {
            problem: error.to_string(),
            remedy: "Change the layer in [network.layer].".to_owned(),
        })?;
        for (one, &(layer, spec)) in persuadable.iter_mut().zip(specs.values()) {
            let stubbornness = stubbornness(context, &view, one.actor, &spec.stubbornness)?;
            let mut heard: Vec<(ActorId, f64)> = Vec::new();
            for tie in view.ties_into(layer, one.actor) {
                heard.push((tie.from, tie.strength * voice(scenario, &view, layer, tie.from, tie.to)));
            }
            heard.extend(spec.self_weight.as_ref().map(|own| (one.actor, *own.get_ref())));
            let sources = whole_strengths(&heard);
            one.hears.push_change(tick, Hearing { stubbornness, sources });
        }
    }
    Ok(persuadable)
}

// To the nearest 2⁻²⁴.
fn stubbornness(
    context: &Context<'_>,
    view: &NetworkView<'_>,
    actor: ActorId,
    number: &Spanned<NumberOr>,
) -> Result<f64, ScenarioError> {
    let value = match number.get_ref() {
        NumberOr::Number(number) => *number,
        // Those who do not live are not heard.
        NumberOr::Attributes(_) if !view.living(actor) => 1.0,
        NumberOr::Attributes(weights) => {
            let mut sum = 0.0;
            for (name, weight) in weights {
                let Some(value) = view.value(name.get_ref(), actor).and_then(Value::number) else {
                    let id = &view.network().actor(actor).id;
                    let problem = format!("`{id}` has no number `{}` on {}", name.get_ref(), view.date());
                    let remedy = "Give it a value or a default in [network.attribute.NAME].";
                    return Err(context.error(name.span(), KEY, problem, remedy));
                };
                sum += weight * value;
            }
            sum
        }
    };
    if !(0.0..=1.0).contains(&value) {
        let id = &view.network().actor(actor).id;
        let problem = format!("the stubbornness of `{id}` is {value} on {}", view.date());
        return Err(context.error(number.span(), KEY, problem, "It is a number from 0 to 1."));
    }
    let steps = f64::from(normwave_plan::STUBBORN_ONE);
    Ok((value * steps).round() / steps)
}

// What the strength of a tie is multiplied by: more than 1 from a blocked group to those abroad,
// onto whom it turns what strength it has at home; 0 to those at home.
fn voice(scenario: &Scenario, view: &NetworkView<'_>, layer: LayerId, from: ActorId, to: ActorId) -> f64 {
    let on = |blocked: &&Blocked| Spell { from: blocked.from, until: blocked.until }.contains(view.date());
    let mut blocked = scenario.advocacy.blocked.iter().filter(on);
    if !blocked.any(|blocked| blocked.group == from) {
        return 1.0;
    }
    let network = view.network();
    let home = network.actor(from).home;
    let at_home = |other: ActorId| Some(other) == home || network.actor(other).home == home;
    if at_home(to) {
        return 0.0;
    }
    let (mut inside, mut outside) = (0.0, 0.0);
    for tie in view.ties(layer).iter().filter(|tie| tie.from == from) {
        *(if at_home(tie.to) { &mut inside } else { &mut outside }) += tie.strength;
    }
    if outside > 0.0 { 1.0 + inside / outside } else { 1.0 }
}

// As they are if all are whole, else in steps of 2⁻³⁰ of the largest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 2³⁰")]
fn whole_strengths(heard: &[(ActorId, f64)]) -> Vec<(ActorId, u32)> {
    let most = f64::from(1u32 << 30);
    let largest = heard.iter().map(|source| source.1).fold(0.0, f64::max);
    let whole = heard.iter().all(|source| source.1.fract() <= 0.0) && largest < most;
    let scale = if whole || largest <= 0.0 { 1.0 } else { most / largest };
    heard.iter().map(|&(from, strength)| (from, (strength * scale).round() as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(strengths: &[f64]) -> Vec<u32> {
        let heard: Vec<_> = strengths.iter().map(|&strength| (ActorId(0), strength)).collect();
        whole_strengths(&heard).into_iter().map(|source| source.1).collect()
    }

    #[test]
    fn whole_strengths_stay_and_others_keep_their_ratios() {
        assert_eq!(whole(&[3.0, 0.0, 7.0]), [3, 0, 7]);
        assert_eq!(whole(&[0.5, 0.25, 0.0]), [1 << 30, 1 << 29, 0]);
        assert_eq!(whole(&[0.0, 0.0]), [0, 0]);
        let [a, b] = whole(&[0.1, 0.3])[..] else { unreachable!() };
        assert!((f64::from(b) / f64::from(a) - 3.0).abs() < 1e-8);
    }
}
