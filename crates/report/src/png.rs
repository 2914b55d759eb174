//! Figures as PNG pictures.
//!
//! A figure of this crate is made of a few kinds of elements, all drawn by the module `canvas`.
//! They are read back and painted with `tiny-skia`; letters are outlines of a typeface that the
//! caller gives, as this crate opens no file. A program for all of SVG would take three times as
//! long to build as all the rest that the picture needs (docs/ARCHITECTURE.md).

use std::fmt;

use roxmltree::{Document, Node};
use tiny_skia::{FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Widest and highest picture, in pixels.
const MOST: u32 = 20_000;

/// The letters of a PNG picture: a typeface in two weights.
///
/// Its metrics should be those of Helvetica (Arial and Liberation Sans have them), by which the
/// figures are laid out.
pub struct Typeface<'a> {
    regular: Face<'a>,
    bold: Face<'a>,
}

impl<'a> Typeface<'a> {
    /// Reads the two weights, each as the content of a font file and the number of the font in it,
    /// which is 0 unless the file is a collection.
    ///
    /// # Errors
    /// [`PngError::Font`] if one cannot be read.
    pub fn new(regular: (&'a [u8], u32), bold: (&'a [u8], u32)) -> Result<Self, PngError> {
        let face = |(data, index): (&'a [u8], u32)| {
            Face::parse(data, index).map_err(|error| PngError::Font(error.to_string()))
        };
        Ok(Self { regular: face(regular)?, bold: face(bold)? })
    }
}

impl fmt::Debug for Typeface<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typeface").finish_non_exhaustive()
    }
}

/// Why a figure was not turned into a PNG picture.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PngError {
    /// A font cannot be read.
    Font(String),
    /// It is not a figure of this crate: what is wrong, and where.
    NotAFigure(String),
    /// It would have no pixels, or more than 20,000 in a row.
    Size {
        /// The width that was asked for.
        width: u32,
    },
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font(why) => write!(f, "the font cannot be read: {why}"),
            Self::NotAFigure(why) => write!(f, "this is no figure of normwave: {why}"),
            Self::Size { width } => {
                write!(f, "a picture {width} pixels wide is not drawn\nGive a width from 1 to {MOST}.")
            }
        }
    }
}

impl std::error::Error for PngError {}

/// A figure, as a `to_svg` of this crate returns it, as a PNG picture of so many pixels in width.
///
/// The same figure, typeface and width give the same bytes.
///
/// # Errors
/// [`PngError`] if it is no figure of this crate, or the size is not possible.
pub fn to_png(svg: &str, typeface: &Typeface<'_>, width: u32) -> Result<Vec<u8>, PngError> {
    let document = Document::parse(svg).map_err(|error| PngError::NotAFigure(error.to_string()))?;
    let root = document.root_element();
    let (w, h) = (number(&root, "width")?, number(&root, "height")?);
    let size = PngError::Size { width };
    let scale = f64::from(width) / w;
    let height = (h * scale).ceil();
    if width == 0 || width > MOST || !(1.0..=f64::from(MOST)).contains(&height) {
        return Err(size);
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just above")]
    let mut sheet = Pixmap::new(width, height as u32).ok_or(size)?;
    // Corners of the panel are round; behind them is paper.
    sheet.fill(tiny_skia::Color::WHITE);
    let mut painter = Painter { sheet, scale: Transform::from_scale(scale as f32, scale as f32), typeface };
    painter.all(&root)?;
    painter.sheet.encode_png().map_err(|error| PngError::NotAFigure(error.to_string()))
}

struct Painter<'f> {
    sheet: Pixmap,
    scale: Transform,
    typeface: &'f Typeface<'f>,
}

impl Painter<'_> {
    fn all(&mut self, parent: &Node<'_, '_>) -> Result<(), PngError> {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "title" | "desc" => {}
                "g" => self.all(&node)?,
                "text" => self.text(&node)?,
                name => {
                    let path = match name {
                        "rect" => rectangle(&node)?,
                        "circle" => {
                            let [x, y, r] = numbers(&node, ["cx", "cy", "r"])?;
                            PathBuilder::from_circle(x, y, r)
                        }
                        "line" => {
                            let [x1, y1, x2, y2] = numbers(&node, ["x1", "y1", "x2", "y2"])?;
                            corners(&[(x1, y1), (x2, y2)], false)
                        }
                        "polyline" => corners(&points(&node)?, false),
                        "polygon" => corners(&points(&node)?, true),
                        "path" => commands(&node)?,
                        other => return Err(odd(&node, &format!("<{other}>"))),
                    };
                    // What has no extent is no path.
                    if let Some(path) = path {
                        self.shape(&node, &path)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn shape(&mut self, node: &Node<'_, '_>, path: &Path) -> Result<(), PngError> {
        if let Some(paint) = paint(node, "fill", Some("#000000"))? {
            self.sheet.fill_path(path, &paint, FillRule::Winding, self.scale, None);
        }
        if let Some(paint) = paint(node, "stroke", None)? {
            self.sheet.stroke_path(path, &paint, &stroke(node)?, self.scale, None);
        }
        Ok(())
    }

    fn text(&mut self, node: &Node<'_, '_>) -> Result<(), PngError> {
        let [x, y, size] = numbers(node, ["x", "y", "font-size"])?;
        let face =
            if node.has_attribute("font-weight") { &self.typeface.bold } else { &self.typeface.regular };
        let em = size / f32::from(face.units_per_em());
        let words = node.text().unwrap_or("");
        let advance = |glyph: GlyphId| f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * em;
        let glyphs: Vec<GlyphId> = words.chars().map(|c| face.glyph_index(c).unwrap_or(GlyphId(0))).collect();
        let width: f32 = glyphs.iter().map(|&glyph| advance(glyph)).sum();
        let mut pen = match node.attribute("text-anchor") {
            Some("middle") => x - width / 2.0,
            Some("end") => x - width,
            _ => x,
        };
        let mut outline = Outline { path: PathBuilder::new(), em, x: 0.0, y };
        for glyph in glyphs {
            outline.x = pen;
            let _ = face.outline_glyph(glyph, &mut outline);
            pen += advance(glyph);
        }
        if let Some(path) = outline.path.finish() {
            // A halo lies below its letters (paint-order="stroke").
            if let Some(paint) = paint(node, "stroke", None)? {
                self.sheet.stroke_path(&path, &paint, &stroke(node)?, self.scale, None);
            }
            if let Some(paint) = paint(node, "fill", Some("#000000"))? {
                self.sheet.fill_path(&path, &paint, FillRule::Winding, self.scale, None);
            }
        }
        Ok(())
    }
}

/// Letters as a path on the sheet, on which y grows downward.
struct Outline {
    path: PathBuilder,
    em: f32,
    x: f32,
    y: f32,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.em, self.y - y * self.em)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

// ---- Elements and their attributes.

fn odd(node: &Node<'_, '_>, what: &str) -> PngError {
    let at = node.document().text_pos_at(node.range().start);
    PngError::NotAFigure(format!("line {}: {what} is not among what figures are made of", at.row))
}

fn parsed(node: &Node<'_, '_>, name: &str, text: &str) -> Result<f32, PngError> {
    let value = text.trim().parse::<f32>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| odd(node, &format!("{name}=\"{text}\"")))
}

fn number(node: &Node<'_, '_>, name: &str) -> Result<f64, PngError> {
    let text = node.attribute(name).ok_or_else(|| odd(node, &format!("an element without {name}")))?;
    parsed(node, name, text).map(f64::from)
}

fn number_or(node: &Node<'_, '_>, name: &str, default: f32) -> Result<f32, PngError> {
    node.attribute(name).map_or(Ok(default), |text| parsed(node, name, text))
}

fn numbers<const N: usize>(node: &Node<'_, '_>, names: [&str; N]) -> Result<[f32; N], PngError> {
    let mut found = [0.0; N];
    for (value, name) in found.iter_mut().zip(names) {
        let text = node.attribute(name).ok_or_else(|| odd(node, &format!("an element without {name}")))?;
        *value = parsed(node, name, text)?;
    }
    Ok(found)
}

fn points(node: &Node<'_, '_>) -> Result<Vec<(f32, f32)>, PngError> {
    let text = node.attribute("points").unwrap_or("");
    text.split(' ')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (x, y) = pair.split_once(',').ok_or_else(|| odd(node, &format!("the point {pair}")))?;
            Ok((parsed(node, "points", x)?, parsed(node, "points", y)?))
        })
        .collect()
}

fn corners(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (no, &(x, y)) in points.iter().enumerate() {
        if no == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn rectangle(node: &Node<'_, '_>) -> Result<Option<Path>, PngError> {
    let [width, height] = numbers(node, ["width", "height"])?;
    let (x, y) = (number_or(node, "x", 0.0)?, number_or(node, "y", 0.0)?);
    let r = number_or(node, "rx", 0.0)?.min(width / 2.0).min(height / 2.0);
    if r <= 0.0 {
        return Ok(Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect));
    }
    // Control points of a quarter of a circle.
    let k = r * (1.0 - 0.552_284_8);
    let (right, bottom) = (x + width, y + height);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.line_to(right - r, y);
    path.cubic_to(right - k, y, right, y + k, right, y + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
    path.line_to(x + r, bottom);
    path.cubic_to(x + k, bottom, x, bottom - k, x, bottom - r);
    path.line_to(x, y + r);
    path.cubic_to(x, y + k, x + k, y, x + r, y);
    path.close();
    Ok(path.finish())
}

/// The commands of a path: `M` to a place, `h` to the right.
fn commands(node: &Node<'_, '_>) -> Result<Option<Path>, PngError> {
    let mut path = PathBuilder::new();
    for part in node.attribute("d").unwrap_or("").split('M').filter(|part| !part.is_empty()) {
        let wrong = || odd(node, &format!("the path M{part}"));
        let (place, right) = part.split_once('h').ok_or_else(wrong)?;
        let (x, y) = place.split_once(' ').ok_or_else(wrong)?;
        let (x, y, right) = (parsed(node, "d", x)?, parsed(node, "d", y)?, parsed(node, "d", right)?);
        path.move_to(x, y);
        path.line_to(x + right, y);
    }
    Ok(path.finish())
}

/// The paint of a fill or a stroke; `None` for none.
fn paint(node: &Node<'_, '_>, name: &str, default: Option<&str>) -> Result<Option<Paint<'static>>, PngError> {
    let Some(colour) = node.attribute(name).or(default).filter(|colour| *colour != "none") else {
        return Ok(None);
    };
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii());
    let part = |from: usize| hex.and_then(|hex| u8::from_str_radix(&hex[from..from + 2], 16).ok());
    let (Some(red), Some(green), Some(blue)) = (part(0), part(2), part(4)) else {
        return Err(odd(node, &format!("{name}=\"{colour}\"")));
    };
    let opacity = number_or(node, &format!("{name}-opacity"), 1.0)?.clamp(0.0, 1.0);
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, (opacity * 255.0).round() as u8);
    paint.anti_alias = true;
    Ok(Some(paint))
}

fn stroke(node: &Node<'_, '_>) -> Result<Stroke, PngError> {
    let mut stroke = Stroke { width: number_or(node, "stroke-width", 1.0)?, ..Stroke::default() };
    if node.attribute("stroke-linejoin") == Some("round") {
        stroke.line_join = LineJoin::Round;
    }
    if let Some(dashes) = node.attribute("stroke-dasharray") {
        let dashes = dashes.split([' ', ',']).filter(|dash| !dash.is_empty());
        let dashes: Vec<f32> =
            dashes.map(|dash| parsed(node, "stroke-dasharray", dash)).collect::<Result<_, _>>()?;
        stroke.dash = StrokeDash::new(dashes, 0.0);
    }
    Ok(stroke)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Liberation Sans or DejaVu Sans, where Linux distributions put them.
    fn fonts() -> Option<[Vec<u8>; 2]> {
        let folder = std::path::Path::new("/usr/share/fonts/truetype");
        let read = |name: &str| std::fs::read(folder.join(name)).ok();
        let pairs = [
            ["liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"],
            ["liberation2/LiberationSans-Regular.ttf", "liberation2/LiberationSans-Bold.ttf"],
            ["dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"],
        ];
        let found = pairs.into_iter().find_map(|[regular, bold]| Some([read(regular)?, read(bold)?]));
        if found.is_none() {
            #[allow(clippy::print_stderr, reason = "who runs the tests has to know")]
            {
                eprintln!("skipped: neither Liberation Sans nor DejaVu Sans is installed");
            }
        }
        found
    }

    fn with_typeface(check: impl FnOnce(&Typeface<'_>)) {
        if let Some([regular, bold]) = fonts() {
            check(&Typeface::new((&regular, 0), (&bold, 0)).unwrap());
        }
    }

    fn sheet(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">{inside}</svg>")
    }

    fn pixel(png: &[u8], x: u32, y: u32) -> [u8; 3] {
        let picture = Pixmap::decode_png(png).unwrap();
        let pixel = picture.pixel(x, y).unwrap();
        [pixel.red(), pixel.green(), pixel.blue()]
    }

    #[test]
    fn shapes_are_where_they_should_be() {
        with_typeface(|typeface| {
            let svg = sheet(
                "<rect x=\"0\" y=\"0\" width=\"5\" height=\"10\" fill=\"#ff0000\"/>\
                 <g><title>t</title><circle cx=\"15\" cy=\"5\" r=\"4\" fill=\"#0000ff\" fill-opacity=\"0.5\"/></g>\
                 <path d=\"M6 5h3\" fill=\"none\" stroke=\"#00ff00\" stroke-width=\"4\"/>",
            );
            let png = to_png(&svg, typeface, 40).unwrap();
            assert_eq!(pixel(&png, 4, 10), [255, 0, 0]);
            assert_eq!(pixel(&png, 15, 10), [0, 255, 0]);
            assert_eq!(pixel(&png, 30, 10), [127, 127, 255]);
            assert_eq!(pixel(&png, 21, 1), [255, 255, 255]);
        });
    }

    #[test]
    fn text_is_drawn_from_its_anchor() {
        with_typeface(|typeface| {
            let inked = |anchor: &str| {
                let svg = sheet(&format!(
                    "<text x=\"10\" y=\"9\" font-size=\"10\" fill=\"#000000\" text-anchor=\"{anchor}\">M</text>"
                ));
                let picture = Pixmap::decode_png(&to_png(&svg, typeface, 200).unwrap()).unwrap();
                let dark = |x: u32| (0..100).any(|y| picture.pixel(x, y).is_some_and(|p| p.red() < 99));
                let left = (0..200).find(|&x| dark(x)).unwrap();
                let right = (0..200).rev().find(|&x| dark(x)).unwrap();
                (left, right)
            };
            assert!(inked("start").0 >= 100);
            assert!(inked("end").1 <= 100);
            assert!(inked("middle").0 < 90 && inked("middle").1 > 110);
        });
    }

    #[test]
    fn the_same_figure_gives_the_same_bytes() {
        with_typeface(|typeface| {
            let svg = sheet("<text x=\"1\" y=\"9\" font-size=\"8\" fill=\"#123456\">Norm</text>");
            assert_eq!(to_png(&svg, typeface, 300), to_png(&svg, typeface, 300));
        });
    }

    #[test]
    fn what_is_no_figure_is_refused_with_its_place() {
        with_typeface(|typeface| {
            let refused = |svg: &str| to_png(svg, typeface, 100).unwrap_err().to_string();
            assert_eq!(
                refused(&sheet("\n<image/>")),
                "this is no figure of normwave: line 2: <image> is not among what figures are made of"
            );
            assert!(
                refused(&sheet("<rect width=\"1\" height=\"1\" fill=\"red\"/>")).contains("fill=\"red\"")
            );
            assert!(refused("no svg").starts_with("this is no figure of normwave"));
            let size = to_png(&sheet(""), typeface, 0).unwrap_err().to_string();
            assert_eq!(size, "a picture 0 pixels wide is not drawn\nGive a width from 1 to 20000.");
        });
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        let error = Typeface::new((b"no font", 0), (b"", 0)).unwrap_err();
        assert!(error.to_string().starts_with("the font cannot be read"), "{error}");
    }
}
