//! A reservation.

use super::{Intervention, keys};
use crate::{Change, Names, Toward, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Reservation: a government may join without some of the obligations.
///
/// Changes one gain: toward the status quo `factors × (1 − scope)` on those who may.
///
/// Source: Stuster 2023, §6.2 (the exception sought for Korea, 1997); Vienna Convention on the Law
/// of Treaties, article 19. The default is a convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reservation {
    /// The governments that may reserve.
    #[schemars(with = "Who")]
    pub who: Spanned<Who>,
    /// The status-quo pressures that the reservation relieves; `sovereignty-cost` if left out.
    #[serde(default = "factors")]
    #[schemars(with = "Names")]
    pub factors: Spanned<Names>,
    /// Share of the obligation from which they are exempt, 0 to 1; 0.5 if left out.
    #[serde(default = "scope", deserialize_with = "keys::share")]
    #[schemars(range(min = 0, max = 1))]
    pub scope: f64,
}

fn factors() -> Spanned<Names> {
    keys::factor("sovereignty-cost")
}

fn scope() -> f64 {
    0.5
}

impl Intervention for Reservation {
    fn changes(&self) -> Vec<Change> {
        vec![Change::gain(&self.factors, 1.0 - self.scope).on(&self.who).toward(Toward::StatusQuo)]
    }
}
