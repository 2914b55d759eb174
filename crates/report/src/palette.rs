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
