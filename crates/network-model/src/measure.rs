//! Measures of one layer on one date: degree, strength, density, clustering, centrality of actors
//! and of groups, communities, brokerage, equivalence.
//!
//! A [`LayerGraph`] is built once from a view and a layer; a [`Reading`] says whether direction
//! and strength count, and who takes part. Measures of actors come back in the order of
//! [`LayerGraph::actors`].
//!
//! ```
//! use normwave_network_model::{generate, measure, parse_date};
//! use normwave_network_model::measure::{LayerGraph, Reading};
//! let network = generate::star("USA", generate::names(8))?;
//! let view = network.at(parse_date("1997")?)?;
//! let graph = LayerGraph::new(&view, network.layer_id("ties")?, Reading::default());
//! // All 8 · 7 / 2 pairs of leaves meet through the hub.
//! assert_eq!(measure::betweenness(&graph)[0], 28.0);
//! # Ok::<(), normwave_network_model::NetworkError>(())
//! ```

mod assortativity;
mod betweenness;
mod brokerage;
mod catalogue;
mod centralisation;
mod closeness;
mod clustering;
mod communities;
mod components;
mod constraint;
mod core_numbers;
mod degree;
mod density;
mod eigenvector;
mod group;
mod group_betweenness;
mod group_degree;
mod layer_graph;
mod shortest_paths;
mod structural_distance;
mod structural_equivalence;

pub use assortativity::degree_assortativity;
pub use betweenness::{betweenness, normalised_betweenness};
pub use brokerage::{Brokerage, brokerage};
pub use catalogue::{MEASURES, Measure};
pub use centralisation::{betweenness_centralisation, degree_centralisation};
pub use closeness::{closeness, in_closeness};
pub use clustering::{local_clustering, mean_local_clustering, transitivity};
pub use communities::{Communities, communities, modularity};
pub use components::component_sizes;
pub use constraint::constraint;
pub use core_numbers::core_numbers;
pub use degree::{Flow, degree, strength};
pub use density::density;
pub use eigenvector::eigenvector_centrality;
pub use group_betweenness::{
    GroupBetweenness, GroupRank, group_betweenness, group_betweenness_of_each, group_betweenness_rank,
};
pub use group_degree::{GroupDegree, group_degree};
pub use layer_graph::{Among, Direction, LayerGraph, Reading, Strengths};
pub use structural_distance::structural_distances;
pub use structural_equivalence::{StructuralEquivalence, structural_equivalence};
