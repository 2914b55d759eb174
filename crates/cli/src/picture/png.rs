//! The letters of PNG pictures: the fonts of this computer.

use crate::{Failure, output};
use fontdb::{Database, Family, ID, Query, Source, Weight};
use normwave_report::{Typeface, to_png};

/// Typefaces with the widths of Helvetica, by which figures are laid out.
const METRIC: [&str; 5] = ["Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "Arimo"];
/// Others that will do.
const OTHERS: [&str; 4] = ["DejaVu Sans", "Noto Sans", "Verdana", "Segoe UI"];

/// A figure as a PNG picture of so many pixels in width.
///
/// # Errors
/// [`Failure`] if there is no font.
pub(super) fn png(svg: &str, width: u32) -> Result<Vec<u8>, Failure> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let found = |families: &[&'static str]| {
        families.iter().find_map(|name| {
            let [regular, bold] = [Weight::NORMAL, Weight::BOLD].map(|weight| {
                fonts.query(&Query { families: &[Family::Name(name)], weight, ..Query::default() })
            });
            Some((*name, readable(&fonts, regular?)?, readable(&fonts, bold?)?))
        })
    };
    let (regular, bold) = match (found(&METRIC), found(&OTHERS)) {
        (Some((_, regular, bold)), _) => (regular, bold),
        (None, Some((name, regular, bold))) => {
            output::note(&format!(
                "set in {name}, which may run wider than the picture has room for; install Liberation Sans (in Debian \
                 and Ubuntu the package fonts-liberation)"
            ));
            (regular, bold)
        }
        (None, None) => {
            return Err(Failure::BadInput(
                "no font for the picture was found on this computer\nInstall one, such as Liberation Sans (in Debian and \
                 Ubuntu the package fonts-liberation), or write an .svg file."
                    .to_owned(),
            ));
        }
    };
    let typeface = Typeface::new((&regular.0, regular.1), (&bold.0, bold.1));
    let png = typeface.and_then(|typeface| to_png(svg, &typeface, width));
    png.map_err(|error| Failure::BadInput(error.to_string()))
}

// The content of a font's file, and its number in it.
fn readable(fonts: &Database, id: ID) -> Option<(Vec<u8>, u32)> {
    let face = fonts.face(id)?;
    match &face.source {
        Source::File(path) => Some((std::fs::read(path).ok()?, face.index)),
        Source::Binary(_) | Source::SharedFile(..) => {
            fonts.with_face_data(id, |data, index| (data.to_vec(), index))
        }
    }
}
