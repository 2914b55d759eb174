//! Which actors are meant.

use super::Context;
use crate::ScenarioError;
use crate::error::{did_you_mean, known};
use crate::file::{Who, WhoFilter};
use normwave_network_model::{ActorId, ActorKind, Date, Layer, LayerSource, Network, Timeline};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

impl Context<'_> {
    /// The actors meant on a date; `"all"` is every government.
    pub(crate) fn actors(
        &self,
        network: &Network,
        who: &Spanned<Who>,
        date: Date,
        key: &str,
    ) -> Result<Vec<ActorId>, ScenarioError> {
        let every = (0u32..).map(ActorId).take(network.actors().len());
        let found: Vec<ActorId> = match who.get_ref() {
            Who::All => every.filter(|&id| network.actor(id).kind == ActorKind::Government).collect(),
            Who::Ids(ids) => {
                let place = |id: &Spanned<String>| if id.span().is_empty() { who.span() } else { id.span() };
                ids.iter()
                    .map(|id| self.actor_at(network, id.get_ref(), place(id)))
                    .collect::<Result<_, _>>()?
            }
            Who::Filter(filter) => {
                self.check_filter(network, filter, (&who.span(), key))?;
                filtered(network, filter, date)
            }
        };
        if found.is_empty() {
            let (problem, remedy) = match who.get_ref() {
                Who::Filter(filter) => nobody(network, filter, date),
                Who::All => ("this names nobody: there is no government".to_owned(), String::new()),
                Who::Ids(_) => {
                    ("this names nobody: the list is empty".to_owned(), "Name an actor.".to_owned())
                }
            };
            return Err(self.error(who.span(), key, problem, remedy));
        }
        Ok(found)
    }

    /// As [`Context::actors`], refusing what is not a government.
    pub(crate) fn governments(
        &self,
        network: &Network,
        who: &Spanned<Who>,
        date: Date,
        key: &str,
    ) -> Result<Vec<ActorId>, ScenarioError> {
        let found = self.actors(network, who, date, key)?;
        if let Some(&other) = found.iter().find(|&&id| network.actor(id).kind != ActorKind::Government) {
            let problem = format!("`{}` is not a government", network.actor(other).id);
            return Err(self.error(who.span(), key, problem, "Only governments hold positions."));
        }
        Ok(found)
    }

    /// As [`Context::governments`], of those that live in the tick of the date and to whom the norm
    /// applies. Those that are named one by one must; of others only those are meant that do.
    pub(crate) fn deciding(
        &self,
        network: &Network,
        applies: &[bool],
        who: &Spanned<Who>,
        date: Date,
        key: &str,
    ) -> Result<Vec<ActorId>, ScenarioError> {
        let mut found = self.governments(network, who, date, key)?;
        let tick = self.calendar.tick_from(date);
        let lives = |id: ActorId| network.actor(id).lives_on(self.calendar.as_of(tick));
        if let Who::Ids(_) = who.get_ref() {
            let refused = found.iter().find(|&&id| !lives(id) || !applies[id.idx()]);
            if let Some(&id) = refused {
                let name = &network.actor(id).id;
                let (problem, remedy) = if lives(id) {
                    (
                        format!("the norm does not apply to `{name}`"),
                        "See [norm] applies, and attributes with missing = \"drop\".",
                    )
                } else {
                    let problem = format!("`{name}` does not exist in {}", self.calendar.label(tick));
                    (
                        problem,
                        "Give a date on which it does; a successor takes over its predecessor's position.",
                    )
                };
                return Err(self.error(who.span(), key, problem, remedy));
            }
        }
        found.retain(|&id| lives(id) && applies[id.idx()]);
        if found.is_empty() {
            let problem = format!(
                "this names nobody in {}: no government that is meant lives then and has the norm apply to it",
                self.calendar.label(tick)
            );
            return Err(self.error(who.span(), key, problem, "Give another date, or see [norm] applies."));
        }
        Ok(found)
    }

    /// One flag per actor.
    pub(crate) fn mask(
        &self,
        network: &Network,
        who: &Spanned<Who>,
        date: Date,
        key: &str,
    ) -> Result<Vec<bool>, ScenarioError> {
        let mut mask = vec![false; network.actors().len()];
        self.actors(network, who, date, key)?.iter().for_each(|id| mask[id.idx()] = true);
        Ok(mask)
    }

    /// The actors meant over time: a filter by membership is asked anew whenever memberships change.
    pub(crate) fn actors_over_time(
        &self,
        network: &Network,
        who: &Spanned<Who>,
        from: Date,
        key: &str,
    ) -> Result<Timeline<Vec<ActorId>>, ScenarioError> {
        let mut line = Timeline::constant(self.actors(network, who, from, key)?);
        if asks_membership(who.get_ref()) {
            let spells = network.affiliations().iter().flat_map(|a| &a.memberships).map(|m| m.spell);
            let mut dates: Vec<Date> = spells.flat_map(|s| [Some(s.from), s.until]).flatten().collect();
            dates.retain(|&date| date > from && self.calendar.tick_of(date).is_some());
            dates.sort_unstable();
            dates.dedup();
            for date in dates {
                let now = all_meant(network, who.get_ref(), date);
                if line.at(date) != Some(&now) {
                    line.set(date, now);
                }
            }
        }
        Ok(line)
    }

    fn check_filter(
        &self,
        network: &Network,
        filter: &WhoFilter,
        (whole, key): (&Range<usize>, &str),
    ) -> Result<(), ScenarioError> {
        for name in filter.with.keys() {
            if !network.attribute_names().any(|known| known == name) {
                let near = did_you_mean(name, network.attribute_names());
                let problem = format!("there is no attribute `{name}`{near}");
                return Err(self.error(whole.clone(), key, problem, known(network.attribute_names())));
            }
        }
        for id in &filter.except {
            self.actor(network, id)?;
        }
        if let Some(layer) = &filter.tied {
            let found = network.layers().iter().find(|known| known.name == *layer.get_ref());
            if !found.is_some_and(|found| !matches!(found.source, LayerSource::Derived(_))) {
                let names = || network.layers().iter().map(|layer| layer.name.as_str());
                let near = did_you_mean(layer.get_ref(), names());
                let problem = format!("there is no stored layer `{}`{near}", layer.get_ref());
                return Err(self.error(layer.span(), "", problem, known(names())));
            }
        }
        match filter.not.as_deref() {
            Some(Who::Ids(ids)) => {
                for id in ids {
                    let place = if id.span().is_empty() { whole.clone() } else { id.span() };
                    self.actor_at(network, id.get_ref(), place)?;
                }
            }
            Some(Who::Filter(filter)) => self.check_filter(network, filter, (whole, key))?,
            Some(Who::All) | None => {}
        }
        let Some(member) = &filter.member else { return Ok(()) };
        let name = member.affiliation.get_ref();
        let Some(affiliation) = network.affiliation(name) else {
            let names = || network.affiliations().iter().map(|a| a.name.as_str());
            let problem = format!("there is no affiliation `{name}`{}", did_you_mean(name, names()));
            return Err(self.error(member.affiliation.span(), "", problem, known(names())));
        };
        let organisation = member.organisation.get_ref();
        if !affiliation.organisations.contains(organisation) {
            let names = || affiliation.organisations.iter().map(String::as_str);
            let problem = format!(
                "`{name}` has no organisation `{organisation}`{}",
                did_you_mean(organisation, names())
            );
            let remedy = if affiliation.organisations.len() <= 40 { known(names()) } else { String::new() };
            return Err(self.error(member.organisation.span(), "", problem, remedy));
        }
        Ok(())
    }
}

// Whether the answer follows who is a member of what.
fn asks_membership(who: &Who) -> bool {
    matches!(who, Who::Filter(filter) if filter.member.is_some() || filter.not.as_deref().is_some_and(asks_membership))
}

// All whom this means on a date.
fn all_meant(network: &Network, who: &Who, date: Date) -> Vec<ActorId> {
    let every = (0u32..).map(ActorId).take(network.actors().len());
    match who {
        Who::All => every.filter(|&id| network.actor(id).kind == ActorKind::Government).collect(),
        Who::Ids(ids) => ids.iter().filter_map(|id| network.actor_id(id.get_ref()).ok()).collect(),
        Who::Filter(filter) => filtered(network, filter, date),
    }
}

fn filtered(network: &Network, filter: &WhoFilter, date: Date) -> Vec<ActorId> {
    let every = (0u32..).map(ActorId).take(network.actors().len());
    let mut found: Vec<ActorId> = every.filter(|&id| passes(network, filter, id, date)).collect();
    if let Some(name) = &filter.tied {
        let mut tied = vec![false; network.actors().len()];
        let layer = network.layers().iter().find(|layer| layer.name == *name.get_ref());
        if let Some(ties) = layer.and_then(Layer::given) {
            let reaching = ties.filter(|tie| tie.strength > 0.0 && tie.spell.contains(date));
            reaching.for_each(|tie| tied[tie.to.idx()] = true);
        }
        found.retain(|id| tied[id.idx()]);
    }
    if let Some(not) = filter.not.as_deref() {
        let mut excluded = vec![false; network.actors().len()];
        all_meant(network, not, date).iter().for_each(|id| excluded[id.idx()] = true);
        found.retain(|id| !excluded[id.idx()]);
    }
    found
}

// Why a filter names nobody, and what there is instead.
fn nobody(network: &Network, filter: &WhoFilter, date: Date) -> (String, String) {
    let every = || (0u32..).map(ActorId).take(network.actors().len());
    let kind = filter.kind.unwrap_or(ActorKind::Government);
    let of_kind = || every().filter(|&id| network.actor(id).kind == kind);
    if of_kind().next().is_none() {
        let problem = "this names nobody: there is no actor of this kind";
        return (
            problem.to_owned(),
            "Kinds are government (if none is given), domestic-group, ngo, igo.".to_owned(),
        );
    }
    for (name, wanted) in &filter.with {
        let values: BTreeSet<&str> =
            of_kind().filter_map(|id| network.value(name, id, date)?.category()).collect();
        if values.is_empty() {
            let problem = format!("this names nobody: `{name}` has no categories, only numbers or nothing");
            return (problem, "`where` chooses by category; name actors one by one instead.".to_owned());
        }
        if !values.contains(wanted.as_str()) {
            let near = did_you_mean(wanted, values.iter().copied());
            let problem = format!("this names nobody: no `{name}` is `{wanted}` on {date}{near}");
            let some: Vec<&str> = values.iter().copied().take(20).collect();
            let more = if values.len() > some.len() { ", …" } else { "" };
            return (problem, format!("`{name}` is one of: {}{more}.", some.join(", ")));
        }
    }
    let of_these = || WhoFilter { kind: filter.kind, ..WhoFilter::default() };
    let members = WhoFilter { member: filter.member.clone(), ..of_these() };
    if filtered(network, &members, date).is_empty() {
        let problem = format!("this names nobody: the organisation has no such member on {date}");
        return (problem, "Memberships have dates; check that they hold on this one.".to_owned());
    }
    let tied = WhoFilter { tied: filter.tied.clone(), ..of_these() };
    if let Some(layer) = filter.tied.as_ref().filter(|_| filtered(network, &tied, date).is_empty()) {
        let layer = layer.get_ref();
        let problem = format!("this names nobody: no tie of `{layer}` reaches such an actor on {date}");
        return (problem, "Ties have dates; check that some hold on this one.".to_owned());
    }
    let others = WhoFilter { not: None, ..filter.clone() };
    if filter.not.is_some() && !filtered(network, &others, date).is_empty() {
        return (
            "this leaves nobody".to_owned(),
            "Everybody is meant by `not`; leave somebody out.".to_owned(),
        );
    }
    let problem = format!("this names nobody: on {date} nobody meets all conditions together");
    (problem, "Name an actor, or leave a condition out.".to_owned())
}

// Whether an actor passes what can be said of it alone.
fn passes(network: &Network, filter: &WhoFilter, id: ActorId, date: Date) -> bool {
    let actor = network.actor(id);
    let kind = filter.kind.unwrap_or(ActorKind::Government) == actor.kind;
    let attributes = filter.with.iter().all(|(name, category)| {
        network.value(name, id, date).and_then(|value| value.category()) == Some(category.as_str())
    });
    let member = filter.member.as_ref().is_none_or(|member| {
        network.affiliation(member.affiliation.get_ref()).is_some_and(|affiliation| {
            affiliation.memberships.iter().any(|m| {
                m.actor == id
                    && m.spell.contains(date)
                    && affiliation.organisations[m.organisation as usize] == *member.organisation.get_ref()
            })
        })
    });
    kind && attributes && member && !filter.except.iter().any(|except| *except.get_ref() == actor.id)
}
