//! The figures, one file each.

pub(crate) mod adoption_curve;
pub(crate) mod balance;
pub(crate) mod calibration;
pub(crate) mod core_periphery;
pub(crate) mod dot_chart;
pub(crate) mod ego_network;
pub(crate) mod heat_strip;
pub(crate) mod influence_tree;
pub(crate) mod multiples;
pub(crate) mod network_map;
pub(crate) mod order_scatter;
pub(crate) mod process_outcome;
pub(crate) mod region_strip;
pub(crate) mod ring_layout;
pub(crate) mod sweep;
pub(crate) mod tie_matrix;
pub(crate) mod time_lines;
pub(crate) mod wave_curve;
