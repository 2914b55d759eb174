//! From a scenario and who holds what to a figure of the network.

use crate::report::Shows;
use crate::{Failure, words};
use normwave_network_model::measure::{Flow, LayerGraph, Reading, Strengths, communities, density, strength};
use normwave_network_model::{ActorId, Date, LayerId, NetworkView, Value};
use normwave_plan::{Position, Tick};
use normwave_pressure_factors::Scope;
use normwave_report::{
    CorePeriphery, EventMark, Ground, MapNode, MatrixNode, MultipleNode, Multiples, NetworkMap, NetworkNode,
    NetworkTie, Panel, RegionRow, RegionStrip, TieMatrix,
};
use normwave_scenario::Scenario;
use std::collections::{BTreeMap, BTreeSet};

/// Ties that are drawn between core and periphery, and on a map.
const TIES: usize = 300;
/// Names beside discs on rings.
const NAMES: usize = 24;
/// Columns of the figure of regions.
const COLUMNS: usize = 13;
/// Events that are marked over time; more would hide what they are marked in.
const EVENTS: usize = 12;
/// Attributes that are power, and those that group actors, unless others are asked for.
const POWER: [&str; 5] = ["power", "capabilities", "capability", "cinc", "size"];
const GROUPS: [&str; 2] = ["region", "island"];
/// Attributes of where an actor is.
const PLACE: [&str; 2] = ["lat", "lng"];
/// Asked for as a group, it means communities of the layer.
pub(crate) const COMMUNITIES: &str = "communities";

/// Draws a scenario's network with the positions that its actors hold.
pub(crate) struct Drawing<'s> {
    pub(crate) scenario: &'s Scenario,
    /// Layer, power and groups, where they are not to be chosen.
    pub(crate) shows: Shows,
    /// The positions of all actors at the end of a tick.
    pub(crate) held: Box<dyn Fn(Tick) -> Vec<Position> + 's>,
    /// Whose positions these are, such as `the run without noise`.
    pub(crate) of: String,
}

impl Drawing<'_> {
    /// Whether a government has coordinates.
    pub(crate) fn has_places(&self) -> bool {
        let network = &self.scenario.network;
        let known = |name: &str| network.attribute_names().any(|known| known == name);
        PLACE.iter().all(|name| known(name))
    }

    /// From core to periphery; `None` if no layer has ties.
    pub(crate) fn rings(&self, tick: Tick) -> Result<Option<CorePeriphery>, Failure> {
        let scenario = self.scenario;
        let view = scenario.network_at(tick)?;
        let Some(layer) = self.layer(&view) else { return Ok(None) };
        let reading = Reading { strengths: Strengths::Used, ..Reading::default() };
        let graph = LayerGraph::new(&view, layer, reading);
        let centrality = strength(&graph, Flow::In);
        let power = self.power();
        let held = (self.held)(tick);
        let node = |(&actor, &centrality): (&ActorId, &f64)| NetworkNode {
            label: scenario.network.actor(actor).id.clone(),
            group: self.group(&view, actor),
            centrality,
            power: power.as_ref().map_or(centrality, |name| view.number(name, actor).unwrap_or(0.0)),
            position: self.position(&held, actor, view.date()),
        };
        let mut ties = Vec::new();
        for tie in view.ties(layer).iter().filter(|tie| tie.strength > 0.0) {
            if let (Some(from), Some(to)) = (graph.place(tie.from), graph.place(tie.to)) {
                ties.push(NetworkTie { from, to, strength: tie.strength });
            }
        }
        let n_ties = ties.len();
        ties.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        ties.truncate(TIES);
        let name = &scenario.network.layers()[layer.idx()].name;
        let when = scenario.calendar.label(tick);
        Ok(Some(CorePeriphery {
            title: format!("From core to periphery, {when}"),
            subtitle: if n_ties > TIES {
                format!("layer {name}; the {TIES} strongest of {n_ties} ties")
            } else {
                format!("layer {name}")
            },
            positions: words::positions(scenario),
            nodes: graph.actors().iter().zip(&centrality).map(node).collect(),
            ties,
            n_labels: NAMES,
            centrality_name: format!("in-strength in {name}"),
            power_name: power.unwrap_or_else(|| "the same".to_owned()),
        }))
    }

    /// The network on the map; actors without coordinates are counted in the figure.
    pub(crate) fn map(&self, tick: Tick) -> Result<NetworkMap, Failure> {
        let scenario = self.scenario;
        let view = scenario.network_at(tick)?;
        let layer = self.layer(&view);
        let actors: Vec<ActorId> = view.governments().collect();
        let (power_name, powers) = self.powers(&view, layer, &actors);
        let held = (self.held)(tick);
        let node = |(&actor, &power): (&ActorId, &f64)| {
            let (lat, lng) = place(&view, actor);
            MapNode {
                label: scenario.network.actor(actor).id.clone(),
                group: self.group(&view, actor),
                lat,
                lng,
                power,
                position: self.position(&held, actor, view.date()),
            }
        };
        Ok(NetworkMap {
            title: format!("{}: {}", scenario.title, scenario.calendar.label(tick)),
            subtitle: format!("positions in {}", self.of),
            positions: words::positions(scenario),
            nodes: actors.iter().zip(&powers).map(node).collect(),
            ties: layer.map_or_else(Vec::new, |layer| ties(&view, layer, &actors)),
            n_ties: TIES,
            layer_name: layer.map_or_else(String::new, |layer| self.layer_name(layer)),
            power_name,
        })
    }

    /// The same network at several times: on the map if there are coordinates, else on rings.
    pub(crate) fn multiples(&self, ticks: &[Tick]) -> Result<Multiples, Failure> {
        let scenario = self.scenario;
        let views = ticks.iter().map(|&tick| scenario.network_at(tick)).collect::<Result<Vec<_>, _>>()?;
        let living: BTreeSet<ActorId> = views.iter().flat_map(NetworkView::governments).collect();
        let actors: Vec<ActorId> = living.into_iter().collect();
        let last = views.last().ok_or_else(|| Failure::BadInput("no date to draw".to_owned()))?;
        let layer = self.layer(last);
        let (power_name, powers) = self.powers(last, layer, &actors);
        let ground = if self.has_places() {
            Ground::Map(actors.iter().map(|&actor| place(last, actor)).collect())
        } else {
            Ground::Rings {
                centrality: layer.map_or(vec![0.0; actors.len()], |layer| in_strength(last, layer, &actors)),
                groups: actors.iter().map(|&actor| self.group(last, actor)).collect(),
            }
        };
        let panel = |(&tick, view): (&Tick, &NetworkView<'_>)| {
            let held = (self.held)(tick);
            let position = |&actor: &ActorId| self.position(&held, actor, view.date());
            Panel { label: scenario.calendar.label(tick), positions: actors.iter().map(position).collect() }
        };
        let node = |(&actor, &power): (&ActorId, &f64)| MultipleNode {
            label: scenario.network.actor(actor).id.clone(),
            power,
        };
        Ok(Multiples {
            title: scenario.title.clone(),
            subtitle: format!("positions in {}; everybody always at the same place", self.of),
            positions: words::positions(scenario),
            ground,
            nodes: actors.iter().zip(&powers).map(node).collect(),
            panels: ticks.iter().zip(&views).map(panel).collect(),
            power_name,
        })
    }

    /// Who has adopted `k`, by region over time.
    pub(crate) fn regions(
        &self,
        k: Position,
        adopts: &dyn Fn(Position, Position) -> bool,
    ) -> Result<RegionStrip, Failure> {
        let scenario = self.scenario;
        let calendar = &scenario.calendar;
        let borders = self.borders();
        let mut rows: BTreeMap<String, RegionRow> = BTreeMap::new();
        let n_columns = borders.len() - 1;
        for (column, &next) in borders[1..].iter().enumerate() {
            let view = scenario.network_at(next - 1)?;
            let held = (self.held)(next - 1);
            for actor in view.governments().filter(|&actor| scenario.present(actor, view.date())) {
                let group = self.group(&view, actor);
                let name = if group.is_empty() { "no group".to_owned() } else { group };
                let row = rows.entry(name.clone()).or_insert_with(|| RegionRow {
                    name,
                    adopted: vec![0; n_columns],
                    present: vec![0; n_columns],
                });
                row.present[column] += 1;
                row.adopted[column] += usize::from(adopts(held[actor.idx()], k));
            }
        }
        let events = scenario.events.iter().filter(|event| {
            let shown = &self.shows.events;
            if shown.is_empty() { scenario.events.len() <= EVENTS } else { shown.contains(&event.name) }
        });
        let events = events.map(|event| EventMark { date: event.date, label: event.title.clone() });
        Ok(RegionStrip {
            title: format!("Who holds “{}”, by {}", words::position_name(scenario, k), self.group_name()),
            subtitle: format!("{}; positions in {}, at the end of each column", scenario.title, self.of),
            dates: borders.iter().map(|&tick| calendar.date_of(tick)).collect(),
            rows: rows.into_values().collect(),
            events: events.collect(),
        })
    }

    /// First ticks of the columns of the figure of regions, and the end: every tick if they are
    /// few, else years or several of them.
    fn borders(&self) -> Vec<Tick> {
        let calendar = &self.scenario.calendar;
        let n_ticks = calendar.n_ticks();
        let all: Vec<Tick> = (0..=n_ticks).collect();
        if all.len() <= COLUMNS + 1 {
            return all;
        }
        let years = |step: i16| {
            let begins = |tick: &Tick| {
                let year = calendar.date_of(*tick).year();
                *tick == 0
                    || *tick == n_ticks
                    || (year != calendar.date_of(tick - 1).year() && year.rem_euclid(step) == 0)
            };
            all.iter().copied().filter(begins).collect::<Vec<Tick>>()
        };
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].into_iter().map(years);
        let fits = |borders: &Vec<Tick>| (4..=COLUMNS + 1).contains(&borders.len());
        // Within one year, as many equal stretches as there is room for.
        steps.into_iter().find(fits).unwrap_or_else(|| {
            let n_columns = Tick::try_from(COLUMNS).unwrap_or(1);
            let step = n_ticks.div_ceil(n_columns).max(1);
            let mut borders: Vec<Tick> = (0..n_ticks).step_by(step as usize).collect();
            borders.push(n_ticks);
            borders
        })
    }

    /// Shared organisations or ties as a matrix; `None` if there are neither.
    pub(crate) fn matrix(&self, tick: Tick, seed: u64) -> Result<Option<TieMatrix>, Failure> {
        let scenario = self.scenario;
        let view = scenario.network_at(tick)?;
        let actors: Vec<ActorId> = view.governments().collect();
        let affiliations = scenario.network.affiliations();
        let by_community = self.shows.group.as_deref() == Some(COMMUNITIES);
        let layer = self.layer(&view);
        let affiliation = match &self.shows.layer {
            // Communities are those of a layer.
            _ if by_community && layer.is_some() => None,
            Some(name) => affiliations.iter().find(|affiliation| affiliation.name == *name),
            None => affiliations.iter().rev().max_by_key(|affiliation| affiliation.organisations.len()),
        };
        let (strength_name, drawn) = match (affiliation, layer) {
            (Some(affiliation), _) => {
                (format!("shared organisations ({})", affiliation.name), shared(affiliation, &view, &actors))
            }
            (None, Some(layer)) => {
                (format!("strength in {}", self.layer_name(layer)), ties(&view, layer, &actors))
            }
            (None, None) => return Ok(None),
        };
        let community: BTreeMap<ActorId, usize> = match layer.filter(|_| by_community) {
            Some(layer) => {
                let reading = Reading { strengths: Strengths::Used, ..Reading::default() };
                let graph = LayerGraph::new(&view, layer, reading);
                let of = communities(&graph, seed).of;
                graph.actors().iter().copied().zip(of).collect()
            }
            None => BTreeMap::new(),
        };
        let held = (self.held)(tick);
        let node = |&actor: &ActorId| MatrixNode {
            label: scenario.network.actor(actor).id.clone(),
            group: match community.get(&actor) {
                Some(no) => format!("community {}", no + 1),
                None => self.group(&view, actor),
            },
            position: self.position(&held, actor, view.date()),
        };
        Ok(Some(TieMatrix {
            title: format!("{}: {}", scenario.title, scenario.calendar.label(tick)),
            subtitle: format!("{strength_name}; stripes: positions in {}", self.of),
            positions: words::positions(scenario),
            nodes: actors.iter().map(node).collect(),
            ties: drawn,
            strength_name,
        }))
    }

    // ---- What is shown.

    /// The layer asked for, else the one with most ties among those that factors use; one that
    /// ties nearly all to all shows no core.
    fn layer(&self, view: &NetworkView<'_>) -> Option<LayerId> {
        let scenario = self.scenario;
        if let Some(name) = &self.shows.layer {
            return scenario.network.layer_id(name).ok();
        }
        let used = scenario.factors.iter().filter_map(|factor| match factor.mechanism.scope() {
            Scope::Ties { layer, .. } => scenario.network.layer_id(layer).ok(),
            Scope::Actors => None,
        });
        let rank = |layer: &LayerId| {
            let graph = LayerGraph::new(view, *layer, Reading::default());
            (density(&graph) <= 0.5, graph.n_ties(), u32::MAX - layer.0)
        };
        used.filter(|layer| rank(layer).1 > 0).max_by_key(rank)
    }

    fn layer_name(&self, layer: LayerId) -> String {
        self.scenario.network.layers()[layer.idx()].name.clone()
    }

    fn chosen(&self, asked: Option<&String>, usual: &[&str]) -> Option<String> {
        let known = |name: &str| self.scenario.network.attribute_names().any(|known| known == name);
        asked.cloned().or_else(|| usual.iter().find(|name| known(name)).map(|&name| name.to_owned()))
    }

    fn power(&self) -> Option<String> {
        self.chosen(self.shows.power.as_ref(), &POWER)
    }

    /// The power of actors and its name: an attribute, else in-strength in a layer, else all alike.
    fn powers(
        &self,
        view: &NetworkView<'_>,
        layer: Option<LayerId>,
        actors: &[ActorId],
    ) -> (String, Vec<f64>) {
        if let Some(name) = self.power() {
            let powers = actors.iter().map(|&actor| view.number(&name, actor).unwrap_or(0.0)).collect();
            return (name, powers);
        }
        match layer {
            Some(layer) => {
                (format!("in-strength in {}", self.layer_name(layer)), in_strength(view, layer, actors))
            }
            None => ("all alike".to_owned(), vec![1.0; actors.len()]),
        }
    }

    fn group_name(&self) -> String {
        self.chosen(self.shows.group.as_ref(), &GROUPS).unwrap_or_else(|| "group".to_owned())
    }

    fn group(&self, view: &NetworkView<'_>, actor: ActorId) -> String {
        let group = self.chosen(self.shows.group.as_ref(), &GROUPS);
        match group.and_then(|name| view.value(&name, actor)) {
            Some(Value::Category(name)) => name.clone(),
            _ => String::new(),
        }
    }

    fn position(&self, held: &[Position], actor: ActorId, date: Date) -> Option<usize> {
        self.scenario.present(actor, date).then(|| usize::from(held[actor.idx()]))
    }
}

/// Latitude and longitude of an actor; not a number where it has none.
fn place(view: &NetworkView<'_>, actor: ActorId) -> (f64, f64) {
    // An actor that has died by now was where it was.
    let at = |name: &str| {
        let network = view.network();
        let now = view.number(name, actor);
        let ever = || {
            let timeline = network.attribute(name).ok()?.of(actor)?;
            timeline.dates().filter_map(|date| timeline.at(date)?.number()).last()
        };
        now.or_else(ever).unwrap_or(f64::NAN)
    };
    (at(PLACE[0]), at(PLACE[1]))
}

fn in_strength(view: &NetworkView<'_>, layer: LayerId, actors: &[ActorId]) -> Vec<f64> {
    let reading = Reading { strengths: Strengths::Used, ..Reading::default() };
    let graph = LayerGraph::new(view, layer, reading);
    let strengths = strength(&graph, Flow::In);
    actors.iter().map(|&actor| graph.place(actor).map_or(0.0, |place| strengths[place])).collect()
}

/// The ties of a layer among some actors, as places in their list.
fn ties(view: &NetworkView<'_>, layer: LayerId, actors: &[ActorId]) -> Vec<NetworkTie> {
    let place: BTreeMap<ActorId, usize> = actors.iter().enumerate().map(|(i, &actor)| (actor, i)).collect();
    let ties = view.ties(layer).iter().filter(|tie| tie.strength > 0.0);
    ties.filter_map(|tie| {
        let (from, to) = (*place.get(&tie.from)?, *place.get(&tie.to)?);
        Some(NetworkTie { from, to, strength: tie.strength })
    })
    .collect()
}

/// How many organisations each two actors share, as ties in both directions.
fn shared(
    affiliation: &normwave_network_model::Affiliation,
    view: &NetworkView<'_>,
    actors: &[ActorId],
) -> Vec<NetworkTie> {
    let place: BTreeMap<ActorId, usize> = actors.iter().enumerate().map(|(i, &actor)| (actor, i)).collect();
    let mut members: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for membership in affiliation.memberships.iter().filter(|one| one.spell.contains(view.date())) {
        if let Some(&at) = place.get(&membership.actor) {
            members.entry(membership.organisation).or_default().insert(at);
        }
    }
    let mut counts: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for organisation in members.values() {
        for &from in organisation {
            for &to in organisation.iter().filter(|&&to| to != from) {
                *counts.entry((from, to)).or_insert(0.0) += 1.0;
            }
        }
    }
    counts.into_iter().map(|((from, to), strength)| NetworkTie { from, to, strength }).collect()
}
