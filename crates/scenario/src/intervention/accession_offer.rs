//! An offer of accession.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Accession offer: a club holds out membership to those who meet its terms.
///
/// Changes one gain: toward new positions `factors × strength` on the candidates, from the members.
///
/// Source: Stuster 2023, §4.2.1 (club admission as status); J. Kelley, "International actors on the
/// domestic scene", International Organization 58 (2004); F. Schimmelfennig and U. Sedelmeier,
/// "Governance by conditionality", Journal of European Public Policy 11 (2004). The default is a
/// convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AccessionOffer {
    /// The candidates.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The members of the club.
    #[schemars(with = "Who")]
    pub from: Spanned<Who>,
    /// The factors that it turns; `status` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Gain on their pressures, 0 to 11; 1 changes nothing; 3 if left out.
    #[serde(default = "strength", deserialize_with = "keys::gain")]
    #[schemars(range(min = 0, max = 11))]
    pub strength: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("status")
}

fn strength() -> f64 {
    3.0
}

impl Intervention for AccessionOffer {
    fn changes(&self) -> Vec<Change> {
        vec![Change::gain(&self.factors, self.strength).on(&self.who).sent_by(&self.from).toward(Toward::New)]
    }
}
