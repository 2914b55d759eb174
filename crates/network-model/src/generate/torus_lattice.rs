//! Neighbours on a plane without edges.

use super::joined;
use crate::limits::check_size;
use crate::{Network, NetworkError};

/// Who counts as near on a torus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Neighbourhood {
    /// Those within `radius` steps along rows and columns: 2r(r + 1) actors.
    VonNeumann,
    /// Those within `radius` rows and `radius` columns: (2r + 1)² − 1 actors.
    #[default]
    Moore,
}

/// A torus: actors in rows and columns, of which the last is next to the first, each tied to
/// those near it. Actors are `A1`, `A2`, … row by row.
///
/// A fractional norm started by a large enough block spreads over the whole lattice for thresholds up
/// to 1/4 (von Neumann, radius 1), 3/8 (Moore, radius 1), and r(2r + 1) / ((2r + 1)² − 1) (Moore,
/// radius r).
///
/// - `rows`, `columns`: 2 `radius` + 1 or more, so that nobody is a neighbour twice.
/// - `radius`: 1 or more.
///
/// Source: S. Morris, "Contagion", Review of Economic Studies 67 (2000), for the thresholds;
/// D. Centola and M. Macy, American Journal of Sociology 113 (2007), for norms on it.
///
/// ```
/// use normwave_network_model::generate::{Neighbourhood, torus_lattice};
/// assert_eq!(torus_lattice(20, 30, Neighbourhood::Moore, 1)?.actors().len(), 600);
/// # Ok::<(), normwave_network_model::NetworkError>(())
/// ```
///
/// # Errors
/// [`NetworkError::Argument`] if the radius is 0 or does not fit;
/// [`NetworkError::TooLarge`] if the network would be too large.
pub fn torus_lattice(
    rows: usize,
    columns: usize,
    neighbourhood: Neighbourhood,
    radius: usize,
) -> Result<Network, NetworkError> {
    if radius == 0 || radius > (rows.min(columns).saturating_sub(1)) / 2 {
        let why = format!(
            "radius {radius} on a torus of {rows} by {columns}; give 1 or more, and at least twice the radius plus 1 \
             rows and columns"
        );
        return Err(NetworkError::Argument(why));
    }
    let r = radius as f64;
    let near = match neighbourhood {
        Neighbourhood::VonNeumann => 2.0 * r * (r + 1.0),
        Neighbourhood::Moore => (2.0 * r + 1.0) * (2.0 * r + 1.0) - 1.0,
    };
    let n = rows.saturating_mul(columns);
    check_size(n, n as f64 * near)?;
    let mut pairs = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            // Half of the neighbours: those ahead in the same row, and all in the rows below.
            for down in 0..=radius {
                let reach = match neighbourhood {
                    Neighbourhood::VonNeumann => radius - down,
                    Neighbourhood::Moore => radius,
                };
                let first = if down == 0 { reach + 1 } else { 0 };
                for across in first..=2 * reach {
                    let to_column = (column + columns + across - reach) % columns;
                    pairs.push([row * columns + column, (row + down) % rows * columns + to_column]);
                }
            }
        }
    }
    Ok(joined(n, pairs)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Flow, degree, local_clustering};
    use crate::support::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_have_as_many_neighbours_as_the_radius_says() {
        for (neighbourhood, radius, near) in [
            (Neighbourhood::VonNeumann, 1, 4),
            (Neighbourhood::VonNeumann, 2, 12),
            (Neighbourhood::Moore, 1, 8),
            (Neighbourhood::Moore, 2, 24),
            (Neighbourhood::Moore, 3, 48),
        ] {
            let network = torus_lattice(7, 9, neighbourhood, radius).unwrap();
            let degrees = in_ties(&network, undirected(), |graph| degree(graph, Flow::Both));
            assert_eq!(degrees, [near; 63], "{neighbourhood:?} {radius}");
        }
    }

    #[test]
    fn neighbours_are_those_within_reach_across_the_edges() {
        let network = torus_lattice(5, 6, Neighbourhood::VonNeumann, 2).unwrap();
        let near: BTreeSet<usize> =
            in_ties(&network, undirected(), |graph| graph.sent(0).map(|tie| tie.0).collect());
        // Row and column of each within two steps of the corner.
        let expected: BTreeSet<usize> =
            [(0, 1), (0, 2), (0, 4), (0, 5), (1, 0), (2, 0), (3, 0), (4, 0), (1, 1), (1, 5), (4, 1), (4, 5)]
                .map(|(row, column)| row * 6 + column)
                .into();
        assert_eq!(near, expected);
        // Moore: 12 of the 28 pairs of neighbours are tied.
        let moore = torus_lattice(6, 6, Neighbourhood::Moore, 1).unwrap();
        assert_all_close(&in_ties(&moore, undirected(), local_clustering), &[12.0 / 28.0; 36]);
    }

    #[test]
    fn nobody_is_a_neighbour_twice() {
        let text = "radius 1 on a torus of 2 by 9; give 1 or more, and at least twice the radius plus 1 rows and \
                    columns";
        let refused =
            |rows, radius| torus_lattice(rows, 9, Neighbourhood::Moore, radius).unwrap_err().to_string();
        assert_eq!(refused(2, 1), text);
        assert!(refused(9, 0).starts_with("radius 0"));
        assert!(refused(0, 1).starts_with("radius 1"));
        assert!(torus_lattice(3, 3, Neighbourhood::Moore, 1).is_ok());
    }
}
