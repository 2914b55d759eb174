//! V-Dem by country and year.

use super::states_by_year;
use crate::ImportError;
use crate::importer::{About, Importer, Reading};
use crate::table::Table;
use normwave_world::CodeScheme;

pub(crate) struct VDem;

impl Importer for VDem {
    fn about(&self) -> About {
        About {
            name: "v-dem",
            what: "V-Dem by country and year",
            usual: "V-Dem-CY-Core-v14.csv, V-Dem-CY-Full+Others-v14.csv",
            citation: "Coppedge, Michael, et al. V-Dem Country-Year Dataset. Varieties of Democracy (V-Dem) Project (CC BY-SA 4.0).",
            known_by: &[&["country_name", "country_text_id", "country_id", "year"]],
            makes: "an attribute per measure; if none is named: v2x_polyarchy, v2x_libdem, v2x_partipdem, v2x_egaldem, \
                    v2xcs_ccsi, v2csprtcpt, as far as they are there",
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Result<Vec<Table>, ImportError> {
        let places = (CodeScheme::VDem, reading.file.column("country_id")?, reading.file.column("year")?);
        let usual =
            ["v2x_polyarchy", "v2x_libdem", "v2x_partipdem", "v2x_egaldem", "v2xcs_ccsi", "v2csprtcpt"];
        let measures = reading.measures(&usual)?;
        let what = |name: &str| match name {
            "v2x_polyarchy" => "electoral democracy, 0 to 1".to_owned(),
            "v2x_libdem" => "liberal democracy, 0 to 1".to_owned(),
            "v2xcs_ccsi" => "core civil society, 0 to 1".to_owned(),
            _ => format!("V-Dem's {name}"),
        };
        states_by_year(reading, places, measures, |_| &[], ("", what))
    }
}
