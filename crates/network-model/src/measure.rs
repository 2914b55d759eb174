//! Measures of one layer on one date: degree, strength, density, clustering, centrality of actors
//! and of groups.
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

mod betweenness;
mod clustering;
mod components;
mod degree;
mod density;
mod eigenvector;
mod group;
mod group_betweenness;
mod group_degree;
mod layer_graph;
mod shortest_paths;
mod structural_distance;

pub use betweenness::{betweenness, normalised_betweenness};
pub use clustering::{local_clustering, mean_local_clustering, transitivity};
pub use components::component_sizes;
pub use degree::{Flow, degree, strength};
pub use density::density;
pub use eigenvector::eigenvector_centrality;
pub use group_betweenness::{
    GroupBetweenness, GroupRank, group_betweenness, group_betweenness_of_each, group_betweenness_rank,
};
pub use group_degree::{GroupDegree, group_degree};
pub use layer_graph::{Among, Direction, LayerGraph, Reading, Strengths};
pub use structural_distance::structural_distances;
