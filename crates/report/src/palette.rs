//! The colours of all figures, safe for colour-blind readers.
//!
//! One idea has one hue everywhere: the status quo is orange, adoption is blue,
//! and the further a position goes, the deeper its blue.

/// The eight colours of Okabe and Ito (2008), for lines and bars without an order.
///
/// ```
/// assert_eq!(normwave_report::OKABE_ITO[0], "#0072b2");
/// ```
pub const OKABE_ITO: [&str; 8] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#8a8a8a"];

/// Pressure to keep the status quo.
pub(crate) const STATUS_QUO: &str = "#d98200";
/// Pressure to adopt.
pub(crate) const ADOPTION: &str = "#0072b2";
/// Pressure on neither side.
pub(crate) const NEUTRAL: &str = "#9a9a9a";
/// Text and axes.
pub(crate) const INK: &str = "#1f2328";
/// Secondary text.
pub(crate) const MUTED: &str = "#59636e";
/// Grid lines and frames.
pub(crate) const FAINT: &str = "#dfe3e8";
/// The panel on which a figure is drawn, in the dark too.
pub(crate) const PANEL: &str = "#ffffff";

/// Colour of a share, from nearly white for none to deep blue for all.
pub(crate) fn share_fill(share: f64) -> String {
    const NONE: (f64, f64, f64) = (238.0, 243.0, 248.0);
    const ALL: (f64, f64, f64) = (0.0, 70.0, 130.0);
    let t = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let mix = |a: f64, b: f64| (a + t * (b - a)).round() as u8;
    hex((mix(NONE.0, ALL.0), mix(NONE.1, ALL.1), mix(NONE.2, ALL.2)))
}

/// Colour of text on [`share_fill`].
pub(crate) fn share_ink(share: f64) -> &'static str {
    if share > 0.7 { PANEL } else { "#000000" }
}

/// Light end of the ramp of new positions.
const PARTIAL: (u8, u8, u8) = (0x86, 0xc5, 0xee);
/// Deep end of the ramp of new positions.
const TOTAL: (u8, u8, u8) = (0x00, 0x5a, 0x9c);
const POSITION_ZERO: (u8, u8, u8) = (0xf3, 0xcd, 0x8f);

/// The positions of a norm, by name, from the status quo (index 0) to the most demanding.
///
/// Every figure that shows positions takes them, so that a position has the
/// same colour in all figures of a report.
///
/// ```
/// use normwave_report::Positions;
/// let ban = Positions::new(["status quo", "moratorium", "total ban"]);
/// assert_eq!(ban.name(2), "total ban");
/// assert_eq!(ban.len(), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Positions {
    names: Vec<String>,
}

impl Positions {
    /// Positions with these names; the first is the status quo.
    pub fn new<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self { names: names.into_iter().map(Into::into).collect() }
    }

    /// Number of positions.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no position at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Name of position `k`; `position k` if the list is shorter.
    pub fn name(&self, k: usize) -> String {
        self.names.get(k).cloned().unwrap_or_else(|| format!("position {k}"))
    }

    /// Colour of areas and nodes that hold `k`, as `#rrggbb`.
    ///
    /// Orange for the status quo, then from light to deep blue.
    pub fn fill(&self, k: usize) -> String {
        hex(self.colour(k))
    }

    /// Colour of lines and outlines of `k`, dark enough on white, as `#rrggbb`.
    pub fn stroke(&self, k: usize) -> String {
        let (r, g, b) = self.colour(k);
        if k == 0 {
            return "#a86200".into();
        }
        let darker = |c: u8| (f64::from(c) * 0.78) as u8;
        hex((darker(r), darker(g), darker(b)))
    }

    fn colour(&self, k: usize) -> (u8, u8, u8) {
        if k == 0 {
            return POSITION_ZERO;
        }
        let steps = self.len().saturating_sub(2);
        let t = if steps == 0 { 1.0 } else { (k.min(steps + 1) - 1) as f64 / steps as f64 };
        let mix = |a: u8, b: u8| (f64::from(a) + t * (f64::from(b) - f64::from(a))).round() as u8;
        (mix(PARTIAL.0, TOTAL.0), mix(PARTIAL.1, TOTAL.1), mix(PARTIAL.2, TOTAL.2))
    }
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_further_position_is_darker() {
        let positions = Positions::new(["0", "1", "2", "3", "4"]);
        let light = |k| {
            let (r, g, b) = positions.colour(k);
            u32::from(r) + u32::from(g) + u32::from(b)
        };
        assert!((1..4).all(|k| light(k) > light(k + 1)));
    }

    /// Red, green and blue from `#rrggbb`.
    fn parts(colour: &str) -> [f64; 3] {
        [1, 3, 5].map(|from| f64::from(u8::from_str_radix(&colour[from..from + 2], 16).unwrap()) / 255.0)
    }

    /// Relative luminance as in the Web Content Accessibility Guidelines 2.1.
    fn luminance(colour: &str) -> f64 {
        let [r, g, b] = linear(colour);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn linear(colour: &str) -> [f64; 3] {
        parts(colour).map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) })
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// What a person without green cones sees: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes,
    /// IEEE Transactions on Visualization and Computer Graphics 15(6) (2009), severity 1.
    fn deuteranope(colour: &str) -> [f64; 3] {
        const SEEN: [[f64; 3]; 3] = [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ];
        let colour = linear(colour);
        SEEN.map(|row| row.iter().zip(colour).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
    }

    /// CIE 1976 lightness and opponents of linear red, green and blue under daylight.
    fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
        let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
    }

    #[test]
    fn positions_differ_for_those_who_do_not_see_green() {
        for names in [&["no", "yes"][..], &["no", "partly", "wholly"][..]] {
            let positions = Positions::new(names.iter().copied());
            for a in 0..names.len() {
                for b in 0..a {
                    let [x, y] = [a, b].map(|k| lab(deuteranope(&positions.fill(k))));
                    let apart = x.iter().zip(y).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt();
                    // 2.3 is just noticeable side by side.
                    assert!(apart > 25.0, "{a} and {b}: {apart}");
                }
            }
        }
    }

    #[test]
    fn the_last_position_differs_from_the_first_in_greyscale() {
        let positions = Positions::new(["no", "partly", "wholly"]);
        assert!(contrast(&positions.fill(0), &positions.fill(2)) > 4.0);
    }

    #[test]
    fn words_on_shares_are_read_easily() {
        for percent in 0..=100 {
            let share = f64::from(percent) / 100.0;
            let found = contrast(&share_fill(share), share_ink(share));
            assert!(found >= 4.5, "{percent} %: {found}");
        }
    }

    #[test]
    fn a_larger_share_is_darker() {
        for percent in 0..100 {
            let at = |percent: u32| luminance(&share_fill(f64::from(percent) / 100.0));
            assert!(at(percent) > at(percent + 1), "{percent}");
        }
    }

    #[test]
    fn the_only_new_position_is_the_deep_blue() {
        assert_eq!(Positions::new(["no", "yes"]).fill(1), "#005a9c");
    }

    #[test]
    fn an_unknown_position_still_has_a_name_and_a_colour() {
        let positions = Positions::new(["no", "yes"]);
        assert_eq!(positions.name(7), "position 7");
        assert_eq!(positions.fill(7), positions.fill(1));
        assert_eq!(Positions::new(Vec::<String>::new()).fill(3), "#005a9c");
    }
}
