//! What must come out, with actors, positions and dates looked up.

use super::Context;
use crate::file::{ExpectFile, PatternKind, RangeFile};
use crate::{Expectation, ExpectedPattern, Range, ScenarioError};
use normwave_network_model::{ActorId, ActorKind, Network, Tick, parse_date};
use toml::Spanned;

pub(super) fn assemble(
    context: &Context<'_>,
    file: &ExpectFile,
    network: &Network,
) -> Result<Expectation, ScenarioError> {
    let mut expect = Expectation {
        adopters: file.adopters.as_ref().map(range),
        mean_adopters: file.mean_adopters.as_ref().map(range),
        ..Expectation::default()
    };
    for (date, adopters) in &file.adopters_by {
        expect.adopters_by.push((tick(context, date)?, range(adopters)));
    }
    for (id, position) in &file.holds {
        expect.holds.push((government(context, network, id)?, context.position(position)?));
    }
    for order in &file.order {
        let ids: Result<Vec<ActorId>, _> = order.iter().map(|id| government(context, network, id)).collect();
        expect.order.push(ids?);
    }
    for (id, share) in &file.probability {
        let within = share.get_ref().least <= 1.0 && share.get_ref().most >= 0.0;
        if !within {
            let problem = "a probability is from 0 to 1";
            return Err(context.error(share.span(), "[expect] probability", problem, ""));
        }
        expect.probability.push((government(context, network, id)?, range(share)));
    }
    expect.waves = file.waves.as_ref().map(range);
    if let Some(pattern) = &file.pattern {
        let key = "[expect] pattern";
        if let Some(power) = &pattern.power {
            let found = network.attribute(power.get_ref());
            found.map_err(|error| context.error(power.span(), key, error.to_string(), ""))?;
        }
        expect.pattern = Some(ExpectedPattern {
            is: match pattern.is {
                PatternKind::Hegemonic => "hegemonic",
                PatternKind::Peripheral => "peripheral",
                PatternKind::Mixed => "mixed",
                PatternKind::None => "none",
            },
            layer: pattern.layer.as_ref().map(|layer| layer.get_ref().clone()),
            power: pattern.power.as_ref().map(|power| power.get_ref().clone()),
        });
    }
    if let Some(replicates) = &file.replicates {
        expect.replicates = *replicates.get_ref();
        if !(1..=1_000_000).contains(&expect.replicates) {
            let problem = format!("{} replicates; give 1 to 1000000", expect.replicates);
            return Err(context.error(replicates.span(), "[expect] replicates", problem, ""));
        }
        if expect.n_over_replicates() == 0 {
            let remedy = "Give mean-adopters or probability, or leave replicates out.";
            let problem = "nothing is expected over replicates";
            return Err(context.error(replicates.span(), "[expect] replicates", problem, remedy));
        }
    }
    Ok(expect)
}

fn range(file: &Spanned<RangeFile>) -> Range {
    let RangeFile { least, most } = *file.get_ref();
    Range { least, most }
}

fn tick(context: &Context<'_>, date: &Spanned<String>) -> Result<Tick, ScenarioError> {
    let key = "[expect] adopters-by";
    let parsed = parse_date(date.get_ref());
    let day = parsed.map_err(|error| context.error(date.span(), key, error.to_string(), ""))?;
    context.calendar.tick_of(day).ok_or_else(|| {
        let (start, end) = (context.calendar.start(), context.calendar.end());
        let problem = format!("{day} lies outside the period, {start} to {end}");
        context.error(date.span(), key, problem, "Give a date inside [period].")
    })
}

fn government(
    context: &Context<'_>,
    network: &Network,
    id: &Spanned<String>,
) -> Result<ActorId, ScenarioError> {
    let actor = context.actor(network, id)?;
    if network.actor(actor).kind == ActorKind::Government {
        return Ok(actor);
    }
    let problem = format!("`{}` is no government, and so never holds a position", id.get_ref());
    Err(context.error(id.span(), "[expect]", problem, "Name a government."))
}
