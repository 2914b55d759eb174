//! Figures of one network in one year, as the field's reference tables have them.

use crate::{LAYERS, WorldError, YEARS, add_states, affiliation, layer};
use normwave_network_model::measure::{
    Flow, LayerGraph, Reading, component_sizes, degree, degree_assortativity, density, mean_local_clustering,
    normalised_betweenness, transitivity,
};
use normwave_network_model::{CoMembership, Date, Derivation, LayerId, LayerSource, Network, NetworkView};

/// Figures of a layer among the living states on a date. Strengths do not enter.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Number of states.
    pub n_actors: usize,
    /// Number of ties; an undirected one counts once.
    pub n_ties: usize,
    /// Ties over pairs, 0 to 1.
    pub density: f64,
    /// Number of states without a tie.
    pub n_isolates: usize,
    /// Number of states in the largest component.
    pub giant: usize,
    /// Share of paths of two ties that are closed.
    pub transitivity: f64,
    /// Mean of local clustering over all states.
    pub mean_local_clustering: f64,
    /// Correlation of degrees at the ends of ties; `None` where it is not defined.
    pub degree_assortativity: Option<f64>,
    /// Degree of each state, the highest first, then by id; of ties received if direction counts.
    pub degree: Vec<(String, usize)>,
    /// Betweenness of each state as a share of its maximum, the highest first, then by id.
    pub betweenness: Vec<(String, f64)>,
}

impl Figures {
    /// Measures a layer on the date of a view.
    ///
    /// ```
    /// use normwave_network_model::{LayerSource, Network, measure::Reading, parse_date};
    /// use normwave_world::{Figures, add_states, layer};
    /// let mut network = Network::default();
    /// add_states(&mut network)?;
    /// let defence = layer("defence", &network, 1997..=1997)?;
    /// let defence = network.add_layer("defence", LayerSource::Stored(defence))?;
    /// let figures = Figures::of(&network.at(parse_date("1997-07")?)?, defence, Reading::default());
    /// assert_eq!((figures.n_actors, figures.n_ties, figures.n_isolates), (187, 1017, 80));
    /// assert_eq!(figures.degree[0], ("USA".to_owned(), 52));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(view: &NetworkView<'_>, layer: LayerId, reading: Reading) -> Self {
        let graph = LayerGraph::new(view, layer, reading);
        Figures {
            n_actors: graph.n_actors(),
            n_ties: graph.n_ties(),
            density: density(&graph),
            n_isolates: graph.n_isolates(),
            giant: component_sizes(&graph).into_iter().max().unwrap_or(0),
            transitivity: transitivity(&graph),
            mean_local_clustering: mean_local_clustering(&graph),
            degree_assortativity: degree_assortativity(&graph),
            degree: ranked(view.network(), &graph, degree(&graph, Flow::In), |a, b| b.cmp(a)),
            betweenness: ranked(view.network(), &graph, normalised_betweenness(&graph), |a, b| {
                b.total_cmp(a)
            }),
        }
    }
}

/// How many organisations two states share at least to be tied, in the networks of
/// [`yearly_figures`].
const SHARED: [u32; 4] = [1, 30, 40, 50];

/// Figures of every packaged network on 1 July of a year, each read without direction: the layers,
/// and states that share at least 1, 30, 40 or 50 organisations (`igo >= 30`).
///
/// # Errors
/// [`WorldError::Year`] for a year that is not packaged.
pub fn yearly_figures(year: i16) -> Result<Vec<(String, Figures)>, WorldError> {
    let first_of_july = Date::new(year, 7, 1).ok().filter(|_| YEARS.contains(&year));
    let first_of_july = first_of_july.ok_or(WorldError::Year { year })?;
    let mut network = Network::default();
    add_states(&mut network)?;
    for entry in LAYERS {
        let ties = layer(entry.name, &network, year..=year)?;
        network.add_layer(entry.name, LayerSource::Stored(ties))?;
    }
    network.add_affiliation(affiliation("igo", &network, year..=year)?);
    for at_least in SHARED {
        let weighting = CoMembership::Thresholded { at_least };
        let shared = Derivation::Projection { affiliation: "igo".to_owned(), weighting };
        network.add_layer(&format!("igo >= {at_least}"), LayerSource::Derived(shared))?;
    }
    let view = network.at(first_of_july)?;
    let mut figures = Vec::new();
    for (no, layer) in (0..).zip(network.layers()) {
        figures.push((layer.name.clone(), Figures::of(&view, LayerId(no), Reading::default())));
    }
    figures.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(figures)
}

fn ranked<T>(
    network: &Network,
    graph: &LayerGraph<'_>,
    values: Vec<T>,
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
) -> Vec<(String, T)> {
    let ids = graph.actors().iter().map(|&actor| network.actor(actor).id.clone());
    let mut ranked: Vec<(String, T)> = ids.zip(values).collect();
    ranked.sort_by(|a, b| order(&a.1, &b.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}
