//! Discs that make room for each other and stay near where they belong.

/// Rounds in which discs are drawn back to where they belong.
const DRAWN: usize = 160;
/// Further rounds, in which they only make room.
const APART: usize = 240;

/// Places near `anchors` such that no two discs overlap (with a gap between them) and all lie in
/// `area` (left, top, right, bottom), as far as there is room.
///
/// Each round, every pair that is too near moves apart along the line between the two, half of the
/// way each, so that who stood to the left of a neighbour goes on standing there. Nothing is random.
pub(crate) fn repel(anchors: &[(f64, f64)], radii: &[f64], gap: f64, area: [f64; 4]) -> Vec<(f64, f64)> {
    let mut places = anchors.to_vec();
    for round in 0..DRAWN + APART {
        if round < DRAWN {
            for (place, anchor) in places.iter_mut().zip(anchors) {
                place.0 += 0.06 * (anchor.0 - place.0);
                place.1 += 0.06 * (anchor.1 - place.1);
            }
        }
        let moved = push_apart(&mut places, radii, gap);
        for (place, radius) in places.iter_mut().zip(radii) {
            place.0 = inside(place.0, area[0] + radius, area[2] - radius);
            place.1 = inside(place.1, area[1] + radius, area[3] - radius);
        }
        if round >= DRAWN && !moved {
            break;
        }
    }
    places
}

fn push_apart(places: &mut [(f64, f64)], radii: &[f64], gap: f64) -> bool {
    let mut moved = false;
    for i in 0..places.len() {
        for j in i + 1..places.len() {
            let need = radii[i] + radii[j] + gap;
            let (mut dx, mut dy) = (places[j].0 - places[i].0, places[j].1 - places[i].1);
            if dx.abs() >= need || dy.abs() >= need {
                continue;
            }
            let apart = dx.hypot(dy);
            if apart >= need - 1e-9 {
                continue;
            }
            // Two at one spot part sideways, in the order given.
            if apart < 1e-9 {
                (dx, dy) = (1.0, 0.0);
            } else {
                (dx, dy) = (dx / apart, dy / apart);
            }
            let step = (need - apart) / 2.0;
            places[i] = (places[i].0 - step * dx, places[i].1 - step * dy);
            places[j] = (places[j].0 + step * dx, places[j].1 + step * dy);
            moved = true;
        }
    }
    moved
}

fn inside(value: f64, lo: f64, hi: f64) -> f64 {
    if lo <= hi { value.clamp(lo, hi) } else { (lo + hi) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AREA: [f64; 4] = [0.0, 0.0, 200.0, 100.0];

    #[test]
    fn who_has_room_stays() {
        let anchors = [(20.0, 20.0), (60.0, 20.0), (100.0, 90.0)];
        assert_eq!(repel(&anchors, &[5.0, 5.0, 5.0], 1.0, AREA), anchors);
    }

    #[test]
    fn neighbours_keep_their_order() {
        let places = repel(&[(50.0, 50.0), (51.0, 50.0), (52.0, 50.5)], &[4.0, 4.0, 4.0], 1.0, AREA);
        assert!(places[0].0 < places[1].0 && places[1].0 < places[2].0, "{places:?}");
    }

    proptest! {
        #[test]
        fn discs_do_not_overlap_and_stay_in_the_area(
            discs in prop::collection::vec(((0.0..200.0f64, 0.0..100.0f64), 1.0..5.0f64), 1..60)
        ) {
            let (anchors, radii): (Vec<_>, Vec<_>) = discs.into_iter().unzip();
            let places = repel(&anchors, &radii, 0.5, AREA);
            for (i, &(x, y)) in places.iter().enumerate() {
                prop_assert!(x - radii[i] >= -1e-9 && x + radii[i] <= 200.0 + 1e-9);
                prop_assert!(y - radii[i] >= -1e-9 && y + radii[i] <= 100.0 + 1e-9);
                for j in 0..i {
                    let apart = (x - places[j].0).hypot(y - places[j].1);
                    prop_assert!(apart >= radii[i] + radii[j] - 0.3, "{i} and {j}: {apart}");
                }
            }
        }
    }
}
