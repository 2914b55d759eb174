//! A stretch of the globe on the sheet, with its graticule.

use crate::canvas::{Anchor, Canvas, Text};
use crate::label::LabelBox;
use crate::palette::{FAINT, MUTED};
use crate::projection::natural_earth;

/// The central meridian of world maps; its opposite runs through the Bering Strait.
const WORLD: f64 = 11.0;
/// The ground of a map.
const GROUND: &str = "#f6f8fa";

/// A projection of some latitudes and longitudes onto a part of the sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MapFrame {
    /// The central meridian.
    centre: f64,
    lat: (f64, f64),
    /// Longitudes, counted from the central meridian.
    lng: (f64, f64),
    scale: f64,
    /// Where the equator meets the central meridian.
    origin: (f64, f64),
}

impl MapFrame {
    /// The frame that holds all places (latitude, longitude), below and to the right of a corner:
    /// as wide as told, unless it were higher than told.
    ///
    /// Places on one half of the globe are shown around their own meridian, others on a world map.
    pub(crate) fn over(places: &[(f64, f64)], corner: (f64, f64), width: f64, most: f64) -> Self {
        let lats = places.iter().map(|place| place.0);
        let (south, north) = crate::scale::range(lats).unwrap_or((-30.0, 30.0));
        let arc = covering_arc(places);
        let pad = ((north - south).max(arc.map_or(360.0, |(_, span)| span) / 2.0) * 0.07).clamp(1.5, 7.0);
        let lat = ((south - pad).max(-90.0), (north + pad).min(90.0));
        match arc {
            Some((west, span)) => {
                let half = span / 2.0 + pad;
                Self::fitted(west + span / 2.0, lat, (-half, half), corner, width, most)
            }
            None => Self::fitted(WORLD, lat, (-180.0, 180.0), corner, width, most),
        }
    }

    /// The frame of a window of latitudes and longitudes.
    pub(crate) fn window(lat: (f64, f64), lng: (f64, f64), corner: (f64, f64), width: f64) -> Self {
        let half = (lng.1 - lng.0) / 2.0;
        Self::fitted(lng.0 + half, lat, (-half, half), corner, width, f64::INFINITY)
    }

    fn fitted(
        centre: f64,
        lat: (f64, f64),
        lng: (f64, f64),
        corner: (f64, f64),
        width: f64,
        most: f64,
    ) -> Self {
        // Parallels are longest toward the equator.
        let widest = 0f64.clamp(lat.0, lat.1);
        let (west, east) = (natural_earth(widest, lng.0).0, natural_earth(widest, lng.1).0);
        let (bottom, top) = (natural_earth(lat.0, 0.0).1, natural_earth(lat.1, 0.0).1);
        let scale = (width / (east - west)).min(most / (top - bottom));
        let spare = width - (east - west) * scale;
        let origin = (corner.0 + spare / 2.0 - west * scale, corner.1 + top * scale);
        Self { centre, lat, lng, scale, origin }
    }

    /// The same frame elsewhere on the sheet.
    pub(crate) fn moved_by(&self, by: (f64, f64)) -> Self {
        Self { origin: (self.origin.0 + by.0, self.origin.1 + by.1), ..*self }
    }

    /// Whether it shows the whole globe around.
    pub(crate) fn is_world(&self) -> bool {
        self.lng.1 - self.lng.0 >= 360.0
    }

    fn longitude(&self, lng: f64) -> f64 {
        let turned = (lng - self.centre).rem_euclid(360.0);
        if turned > 180.0 { turned - 360.0 } else { turned }
    }

    /// Where a place is on the sheet.
    pub(crate) fn at(&self, lat: f64, lng: f64) -> (f64, f64) {
        self.point(lat, self.longitude(lng))
    }

    fn point(&self, lat: f64, longitude: f64) -> (f64, f64) {
        let (x, y) = natural_earth(lat, longitude);
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }

    /// The rectangle around it: left, top, right, bottom.
    pub(crate) fn area(&self) -> [f64; 4] {
        let widest = 0f64.clamp(self.lat.0, self.lat.1);
        let (left, _) = self.point(widest, self.lng.0);
        let (right, _) = self.point(widest, self.lng.1);
        [left, self.point(self.lat.1, 0.0).1, right, self.point(self.lat.0, 0.0).1]
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.area()[3]
    }

    /// The way between two places, in one or two pieces: straight in latitude and longitude and
    /// around the globe where that is shorter, over the edge if need be. Ends are moved to where
    /// the places are drawn.
    pub(crate) fn way(&self, places: [(f64, f64); 2], drawn: [(f64, f64); 2]) -> Vec<Vec<(f64, f64)>> {
        let [(from_lat, from), (to_lat, to)] = places.map(|(lat, lng)| (lat, self.longitude(lng)));
        let straight = to - from;
        if straight.abs() <= 180.0 || !self.is_world() {
            return vec![drawn.to_vec()];
        }
        // Over the edge: west of the western end, or east of the eastern one.
        let edge = if from > 0.0 { 180.0 } else { -180.0 };
        let share = (edge - from) / (straight - 360.0 * straight.signum());
        let lat = from_lat + share * (to_lat - from_lat);
        vec![vec![drawn[0], self.point(lat, edge)], vec![self.point(lat, -edge), drawn[1]]]
    }

    /// The outline of a window, as it lies on this map.
    pub(crate) fn outline(&self, lat: (f64, f64), lng: (f64, f64)) -> Vec<(f64, f64)> {
        self.border(lat, (self.longitude(lng.0), self.longitude(lng.1)))
    }

    fn border(&self, lat: (f64, f64), lng: (f64, f64)) -> Vec<(f64, f64)> {
        const STEPS: usize = 16;
        let lat_at = |i: usize| lat.0 + (lat.1 - lat.0) * i as f64 / STEPS as f64;
        let west = (0..=STEPS).map(|i| self.point(lat_at(i), lng.0));
        let east = (0..=STEPS).rev().map(|i| self.point(lat_at(i), lng.1));
        west.chain(east).collect()
    }

    /// The ground, meridians and parallels.
    pub(crate) fn draw_ground(&self, canvas: &mut Canvas) {
        let edge = format!("stroke=\"{FAINT}\" stroke-width=\"1\"");
        canvas.polygon(&self.border(self.lat, self.lng), GROUND, &edge);
        for lat in self.parallels() {
            let stroke = if lat == 0 { "#c3cad2" } else { FAINT };
            let lat = f64::from(lat);
            canvas.line(
                self.point(lat, self.lng.0),
                self.point(lat, self.lng.1),
                stroke,
                "stroke-width=\"0.8\"",
            );
        }
        for lng in self.meridians() {
            let longitude = self.longitude(f64::from(lng));
            let points = self.border(self.lat, (longitude, longitude));
            let stroke = if lng == 0 { "#c3cad2" } else { FAINT };
            canvas.polyline(&points[..points.len() / 2], stroke, "stroke-width=\"0.8\"");
        }
    }

    /// Degrees at the left and the lower edge.
    pub(crate) fn draw_degrees(&self, canvas: &mut Canvas, taken: &mut Vec<LabelBox>) {
        let mut write = |canvas: &mut Canvas, x: f64, y: f64, words: &str, anchor: Anchor| {
            let style = Text { fill: MUTED, ..Text::NOTE }.at(anchor);
            let spot = LabelBox::of(words, style, x, y);
            if spot.is_inside([2.0, 0.0, canvas.width() - 2.0, f64::INFINITY])
                && !taken.iter().any(|other| other.touches(&spot))
            {
                canvas.text(x, y, words, style);
                taken.push(spot);
            }
        };
        for lat in self.parallels() {
            let (x, y) = self.point(f64::from(lat), self.lng.0);
            let words = match lat {
                0 => "0°".to_owned(),
                lat if lat > 0 => format!("{lat}° N"),
                lat => format!("{}° S", -lat),
            };
            write(canvas, x + 4.0, y - 3.0, &words, Anchor::Start);
        }
        for lng in self.meridians() {
            let (x, y) = self.point(self.lat.0, self.longitude(f64::from(lng)));
            let words = match lng {
                0 => "0°".to_owned(),
                180 => "180°".to_owned(),
                lng if lng > 0 => format!("{lng}° E"),
                lng => format!("{}° W", -lng),
            };
            write(canvas, x, y + 13.0, &words, Anchor::Middle);
        }
    }

    fn step(&self) -> i32 {
        let span = (self.lat.1 - self.lat.0).max((self.lng.1 - self.lng.0) / 2.0);
        [1, 2, 5, 10, 15, 30].into_iter().find(|step| span / f64::from(*step) <= 6.0).unwrap_or(30)
    }

    fn parallels(&self) -> impl Iterator<Item = i32> {
        let (south, north) = self.lat;
        multiples(self.step(), south, north)
    }

    fn meridians(&self) -> impl Iterator<Item = i32> {
        let (west, east) = (self.centre + self.lng.0, self.centre + self.lng.1);
        let step = if self.is_world() { 2 * self.step() } else { self.step() };
        multiples(step, west, east).map(|lng| match (lng + 180).rem_euclid(360) - 180 {
            -180 => 180,
            lng => lng,
        })
    }
}

fn multiples(step: i32, from: f64, to: f64) -> impl Iterator<Item = i32> {
    #[allow(clippy::cast_possible_truncation, reason = "degrees")]
    let (first, last) = ((from / f64::from(step)).ceil() as i32, (to / f64::from(step)).floor() as i32);
    (first..=last).map(move |i| i * step)
}

/// The shortest arc of longitudes that holds all places, as its western end and its length; `None`
/// if it is longer than half a turn.
fn covering_arc(places: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut lngs: Vec<f64> = places.iter().map(|place| place.1.rem_euclid(360.0)).collect();
    lngs.sort_by(f64::total_cmp);
    let (&first, &last) = (lngs.first()?, lngs.last()?);
    let mut best = (first, last - first);
    for pair in lngs.windows(2) {
        let span = 360.0 - (pair[1] - pair[0]);
        if span < best.1 {
            best = (pair[1], span);
        }
    }
    (best.1 <= 180.0).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_pacific_is_not_torn_apart_where_all_places_lie_in_it() {
        let (fiji, samoa) = ((-18.1, 178.4), (-13.8, -171.8));
        let frame = MapFrame::over(&[fiji, samoa], (0.0, 0.0), 100.0, 100.0);
        assert!(!frame.is_world());
        assert!(frame.at(fiji.0, fiji.1).0 < frame.at(samoa.0, samoa.1).0);
    }

    #[test]
    fn a_world_map_is_cut_in_the_bering_strait() {
        let world = [(38.9, -77.0), (35.7, 139.7), (-13.8, -171.8), (51.5, 0.0)];
        let frame = MapFrame::over(&world, (0.0, 0.0), 500.0, 500.0);
        assert!(frame.is_world());
        assert!(frame.at(66.0, 172.0).0 > 400.0 && frame.at(-13.8, -171.8).0 > 400.0);
        assert!(frame.at(66.0, -167.0).0 < 100.0);
    }

    #[test]
    fn a_tie_over_the_pacific_leaves_at_one_edge_and_comes_back_at_the_other() {
        let (tokyo, washington) = ((35.7, 139.7), (38.9, -77.0));
        let frame = MapFrame::over(&[tokyo, washington, (51.5, 0.0)], (0.0, 0.0), 500.0, 500.0);
        let drawn = [tokyo, washington].map(|(lat, lng)| frame.at(lat, lng));
        let way = frame.way([tokyo, washington], drawn);
        assert_eq!(way.len(), 2);
        assert!(way[0][1].0 > drawn[0].0 && way[1][0].0 < drawn[1].0);
        let london = (51.5, 0.0);
        assert_eq!(frame.way([london, washington], drawn).len(), 1);
    }

    proptest! {
        #[test]
        fn every_place_lies_in_the_frame(
            places in prop::collection::vec((-80.0..80.0f64, -180.0..180.0f64), 1..60)
        ) {
            let frame = MapFrame::over(&places, (10.0, 20.0), 400.0, 250.0);
            let [left, top, right, bottom] = frame.area();
            prop_assert!(left >= 10.0 - 1e-9 && right <= 410.0 + 1e-9 && top >= 20.0 - 1e-9);
            prop_assert!(bottom <= 270.0 + 1e-9);
            for (lat, lng) in places {
                let (x, y) = frame.at(lat, lng);
                prop_assert!((left..=right).contains(&x) && (top..=bottom).contains(&y));
            }
        }
    }
}
