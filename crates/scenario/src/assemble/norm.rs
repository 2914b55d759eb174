//! The norm, its offers, and forums.

use super::Context;
use crate::file::{ForumFile, ForumRuleFile, NormFile, OfferFile, QuotaFile, VersionsFile};
use crate::{Forum, ForumRule, Norm, Offer, PositionSpec, ScenarioError};
use normwave_network_model::{Date, Network, Timeline};
use normwave_plan::{Need, Quota};
use normwave_pressure_factors::Position;
use std::collections::BTreeMap;
use toml::Spanned;

/// Names of the positions; status quo and adoption if none are given.
pub(super) fn names(file: &NormFile) -> Vec<String> {
    if file.position.is_empty() {
        return vec!["status quo".to_owned(), "adopted".to_owned()];
    }
    file.position.iter().map(|position| position.get_ref().name.clone()).collect()
}

pub(super) fn assemble(
    context: &Context<'_>,
    file: &NormFile,
    network: &Network,
) -> Result<Norm, ScenarioError> {
    let n = context.position_names.len();
    if !(2..=255).contains(&n) {
        let span = file.position[0].span();
        let remedy = "List the status quo first, then each new position.";
        return Err(context.error(
            span,
            "[[norm.position]]",
            format!("{n} positions; there are 2 to 255"),
            remedy,
        ));
    }
    let mut positions = Vec::new();
    let mut offers = Vec::new();
    for (k, name) in (0u8..).zip(&context.position_names) {
        let spec = file.position.get(usize::from(k));
        let given = spec.map(Spanned::get_ref);
        let bindingness = given.and_then(|given| given.bindingness).unwrap_or_else(|| grade(k, n));
        if let (Some(spec), false) = (spec, (0.0..=1.0).contains(&bindingness)) {
            let problem = format!("bindingness {bindingness} is outside 0 to 1");
            return Err(context.error(spec.span(), "[[norm.position]]", problem, ""));
        }
        if let Some(spec) = spec.filter(|_| context.position_names[..usize::from(k)].contains(name)) {
            let problem = format!("two positions are called `{name}`");
            return Err(context.error(spec.span(), "[[norm.position]]", problem, "Give each its own name."));
        }
        let opens = given.and_then(|given| given.opens.as_ref());
        let opens = opens.map(|date| context.date_within(date, "[[norm.position]] opens")).transpose()?;
        let threshold = given.and_then(|given| given.threshold.as_ref());
        if let Some(threshold) = threshold.filter(|threshold| !threshold.get_ref().is_finite()) {
            let key = "[[norm.position]] threshold";
            return Err(context.error(threshold.span(), key, "the threshold must be finite", ""));
        }
        let quotas = given.map_or(&[][..], |given| given.in_force.as_slice());
        if let Some(quota) = quotas.first().filter(|_| k == 0) {
            let problem = "the status quo is in force from the start";
            let remedy = "Give `in-force` to a new position.";
            return Err(context.error(quota.span(), "[[norm.position]] in-force", problem, remedy));
        }
        let key = "[[norm.position]] in-force";
        positions.push(PositionSpec {
            name: name.clone(),
            bindingness,
            opens,
            threshold: threshold.map_or(0.0, |threshold| *threshold.get_ref()),
            in_force: quotas_of(context, k, quotas, context.calendar.start(), key, network)?,
        });
        match given.and_then(|given| given.offered.as_ref()) {
            _ if k == 0 => {}
            None => {
                let when = Vec::new();
                offers.push(Offer {
                    position: k,
                    from: context.calendar.start(),
                    until: None,
                    to: None,
                    when,
                });
            }
            Some(list) => {
                for offer in list {
                    offers.push(offer_of(context, k, offer, network)?);
                }
            }
        }
    }
    let (graded, support) = support(context, file, n)?;
    let applies = match &file.applies {
        None => network.actors().iter().map(|_| true).collect(),
        Some(who) => context.mask(network, who, context.calendar.start(), "[norm] applies")?,
    };
    Ok(Norm { positions, graded, support, applies, offers })
}

// k/(K − 1).
#[expect(clippy::cast_precision_loss, reason = "at most 255 positions")]
fn grade(k: Position, n: usize) -> f64 {
    f64::from(k) / (n - 1) as f64
}

fn offer_of(
    context: &Context<'_>,
    position: Position,
    file: &OfferFile,
    network: &Network,
) -> Result<Offer, ScenarioError> {
    let key = "[[norm.position]] offered";
    let start = context.calendar.start();
    let from = file.from.as_ref().map_or(Ok(start), |date| context.date_within(date, key))?;
    let until = context.end_after(from, file.until.as_ref(), key)?;
    let to = file.to.as_ref().map(|who| context.mask(network, who, from, key)).transpose()?;
    let when = quotas_of(context, position, &file.when, from, key, network)?;
    Ok(Offer { position, from, until, to, when })
}

fn quotas_of(
    context: &Context<'_>,
    position: Position,
    files: &[Spanned<QuotaFile>],
    date: Date,
    key: &str,
    network: &Network,
) -> Result<Vec<Quota>, ScenarioError> {
    let mut quotas = Vec::new();
    for file in files {
        let QuotaFile { among, share, count, position: of } = file.get_ref();
        let need = match (share, count) {
            (Some(share), None) => Need::Share { of: share.of, out_of: share.out_of },
            (None, Some(count)) => Need::Count(*count),
            (given, _) => {
                let how =
                    if given.is_some() { "both a share and a count" } else { "neither a share nor a count" };
                let problem = format!("this quota has {how}");
                let remedy = "Give one: { among = WHO, share = 0.75 } or { count = 40 }.";
                return Err(context.error(file.span(), key, problem, remedy));
            }
        };
        let among = among.as_ref().map(|who| context.mask(network, who, date, key)).transpose()?;
        let position = of.as_ref().map_or(Ok(position), |position| context.position(position))?;
        quotas.push(Quota { position, among, need });
    }
    Ok(quotas)
}

fn support(context: &Context<'_>, file: &NormFile, n: usize) -> Result<(bool, Vec<f64>), ScenarioError> {
    let each = |of: &dyn Fn(u8, u8) -> f64| -> Vec<f64> {
        (0u8..).take(n).flat_map(|m| (0u8..).take(n).map(move |k| (m, k))).map(|(m, k)| of(m, k)).collect()
    };
    let Some(versions) = &file.versions else {
        return Ok((false, each(&|m, k| f64::from(u8::from(m == k)))));
    };
    match versions.get_ref() {
        VersionsFile::Rival => Ok((false, each(&|m, k| f64::from(u8::from(m == k))))),
        VersionsFile::Graded => Ok((true, each(&|m, k| 1.0 - grade(m.abs_diff(k), n)))),
        VersionsFile::Support(rows) => {
            let square = rows.len() == n && rows.iter().all(|row| row.len() == n);
            let support: Vec<f64> = rows.concat();
            if !square || support.iter().any(|s| !(0.0..=1.0).contains(s)) {
                return Err(context.error(
                    versions.span(),
                    "[norm] versions",
                    format!("support is {n} rows of {n} numbers from 0 to 1"),
                    "Row m, column k: how far effort at position m counts toward k.",
                ));
            }
            Ok((true, support))
        }
    }
}

pub(super) fn forums(
    context: &Context<'_>,
    file: &BTreeMap<String, ForumFile>,
    network: &Network,
) -> Result<Vec<Forum>, ScenarioError> {
    let mut forums = Vec::new();
    for (name, forum) in file {
        let key = format!("[forum.{name}]");
        let start = context.calendar.start();
        let from = forum.from.as_ref().map_or(Ok(start), |date| context.date_within(date, &key))?;
        let until = context.end_after(from, forum.until.as_ref(), &key)?;
        let over_time = context.actors_over_time(network, &forum.members, from, &key)?;
        let mut members = Timeline::default();
        for date in over_time.dates().collect::<Vec<_>>() {
            let mut mask = vec![false; network.actors().len()];
            over_time.at(date).into_iter().flatten().for_each(|id| mask[id.idx()] = true);
            members.set(date, mask);
        }
        let offers = forum.offers.as_ref().map(|position| context.position(position)).transpose()?;
        forums.push(Forum {
            name: name.clone(),
            from,
            until,
            members,
            offers,
            rule: match forum.rule {
                ForumRuleFile::Consensus => ForumRule::Consensus,
                ForumRuleFile::Majority => ForumRule::Majority,
                ForumRuleFile::Coalition => ForumRule::Coalition,
            },
            public: forum.public,
            one_vote: forum.one_vote,
        });
    }
    Ok(forums)
}
