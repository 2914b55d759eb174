//! Where actors stand between core and periphery.

use std::f64::consts::TAU;

use crate::spread::spread;

/// What the layout needs to know of one actor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disc {
    pub(crate) centrality: f64,
    pub(crate) radius: f64,
    /// Actors of one group are drawn into one sector.
    pub(crate) group: usize,
}

/// A layout around (0, 0).
#[derive(Debug)]
pub(crate) struct RingLayout {
    /// One place per disc, in the order given.
    pub(crate) places: Vec<(f64, f64)>,
    /// Radius of the outermost disc's far edge.
    pub(crate) radius: f64,
    /// Radius of each ring, from the inside out.
    pub(crate) rings: Vec<f64>,
    /// The middle of each group's sector, as an angle; absent for empty groups.
    pub(crate) sectors: Vec<Option<f64>>,
}

const GAP: f64 = 2.5;
/// Share of a ring that is filled before the next one begins; the rest lets
/// discs move toward their group's sector.
const FILL: f64 = 0.72;

/// Fills rings from the inside out in order of centrality, the most central
/// in the middle. What is not finite counts as least central. Equal
/// centralities keep the order given, so that the layout is deterministic.
pub(crate) fn ring_layout(discs: &[Disc]) -> RingLayout {
    let rank = |i: &usize| {
        let c = discs[*i].centrality;
        if c.is_finite() { c } else { f64::NEG_INFINITY }
    };
    let mut order: Vec<usize> = (0..discs.len()).collect();
    order.sort_by(|a, b| rank(b).total_cmp(&rank(a)));

    let sectors = sectors(discs);
    let mut layout =
        RingLayout { places: vec![(0.0, 0.0); discs.len()], radius: 0.0, rings: Vec::new(), sectors };
    let mut rest = order.as_slice();
    while !rest.is_empty() {
        let (radius, n_members) = next_ring(discs, rest, layout.radius);
        let (ring, outer) = rest.split_at(n_members);
        place_ring(discs, ring, radius, &mut layout);
        let widest = ring.iter().map(|&i| discs[i].radius).fold(0.0, f64::max);
        layout.radius = radius + widest;
        layout.rings.push(radius);
        rest = outer;
    }
    layout
}

/// Radius of the ring after `inner` and how many of `rest` it takes.
fn next_ring(discs: &[Disc], rest: &[usize], inner: f64) -> (f64, usize) {
    if inner <= 0.0 {
        return (0.0, 1);
    }
    // The radius depends on the largest member and the members on the radius: grow together.
    let mut widest: f64 = 0.0;
    let mut arc = 0.0;
    for (taken, &i) in rest.iter().enumerate() {
        let r = discs[i].radius;
        let radius = inner + GAP + widest.max(r);
        let longer = arc + 2.0 * r + GAP;
        // At least three on a ring, so that a big second actor does not stand alone.
        if taken >= 3 && longer > FILL * TAU * radius {
            return (inner + GAP + widest, taken);
        }
        widest = widest.max(r);
        arc = longer;
    }
    (inner + GAP + widest, rest.len())
}

fn place_ring(discs: &[Disc], ring: &[usize], radius: f64, layout: &mut RingLayout) {
    if radius <= 0.0 {
        return;
    }
    let angle_of = |i: usize| layout.sectors[discs[i].group].unwrap_or(0.0);
    let mut members = ring.to_vec();
    members.sort_by(|&a, &b| angle_of(a).total_cmp(&angle_of(b)));
    let targets: Vec<f64> = members.iter().map(|&i| angle_of(i)).collect();
    // A chord is shorter than its arc, so that sizes are taken at the chord's angle.
    let sizes: Vec<f64> = members
        .iter()
        .map(|&i| 2.0 * ((discs[i].radius + GAP / 2.0) / radius).clamp(0.0, 1.0).asin())
        .collect();
    // Members spread out over most of the ring; the rest lets them lean toward their sector.
    let evenness = if layout.sectors.iter().flatten().count() > 1 { 0.92 } else { 1.0 };
    let spare = (TAU - sizes.iter().sum::<f64>()).max(0.0) * evenness / members.len() as f64;
    let loose: Vec<f64> = sizes.iter().map(|&size| size + spare).collect();
    for (&i, angle) in members.iter().zip(spread(&targets, &loose, 0.0, TAU)) {
        layout.places[i] = (radius * angle.sin(), -radius * angle.cos());
    }
}

/// Divides the circle (clockwise from the top) among groups by their numbers.
fn sectors(discs: &[Disc]) -> Vec<Option<f64>> {
    let n_groups = discs.iter().map(|d| d.group + 1).max().unwrap_or(0);
    let mut sizes = vec![0usize; n_groups];
    for disc in discs {
        sizes[disc.group] += 1;
    }
    let mut before = 0;
    sizes
        .into_iter()
        .map(|size| {
            let middle = before as f64 + size as f64 / 2.0;
            before += size;
            (size > 0).then(|| middle / discs.len() as f64 * TAU)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn disc(centrality: f64, radius: f64, group: usize) -> Disc {
        Disc { centrality, radius, group }
    }

    #[test]
    fn the_most_central_stands_in_the_middle() {
        let layout = ring_layout(&[disc(0.1, 4.0, 0), disc(0.9, 9.0, 0), disc(f64::NAN, 4.0, 0)]);
        assert_eq!(layout.places[1], (0.0, 0.0));
        assert!(layout.places[0].0.hypot(layout.places[0].1) > 9.0);
    }

    proptest! {
        #[test]
        fn discs_never_overlap_and_lie_further_out_the_less_central(
            discs in prop::collection::vec((0.0..1.0f64, 2.0..14.0f64, 0usize..6), 1..200)
        ) {
            let discs: Vec<_> = discs.into_iter().map(|(c, r, g)| disc(c, r, g)).collect();
            let layout = ring_layout(&discs);
            for (i, a) in discs.iter().enumerate() {
                let (ax, ay) = layout.places[i];
                prop_assert!(ax.hypot(ay) + a.radius <= layout.radius + 1e-6);
                for (j, b) in discs.iter().enumerate().skip(i + 1) {
                    let (bx, by) = layout.places[j];
                    let apart = (ax - bx).hypot(ay - by);
                    prop_assert!(apart >= a.radius + b.radius - 1e-6, "{i} and {j}: {apart}");
                    if a.centrality > b.centrality {
                        prop_assert!(ax.hypot(ay) <= bx.hypot(by) + 1e-6);
                    }
                }
            }
        }
    }
}
