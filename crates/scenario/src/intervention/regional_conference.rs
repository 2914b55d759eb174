//! A regional conference.

use super::{Intervention, keys};
use crate::{Change, Who, WhoFilter};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// Regional conference: those who attend hear each other more, and those who stay away less.
///
/// Changes the ties of one layer while it lasts: among members `w · inside + meet`, into members
/// from other governments `w · outside`. Other senders (NGOs, organisations) are heard as before. A
/// session of a forum is declared beside it, under `[forum.NAME]` with the same members and dates.
///
/// Source: Stuster 2023, §6.1 (the conferences of 1997 shored up signatories and kept them from the
/// treaty's critics) and §5.2 (Costa Rica 2007, which isolated Brazil). The default is a
/// convention: no source gives a size.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RegionalConference {
    /// Who attends.
    #[schemars(with = "Who")]
    pub members: Spanned<Who>,
    /// The stored layer along which they meet.
    #[schemars(with = "String")]
    pub layer: Spanned<String>,
    /// What ties among members are multiplied by; 2 if left out.
    #[serde(default = "inside", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub inside: f64,
    /// Added to every tie among members; where there was none, one comes into being; 0 if left out.
    #[serde(default, deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub meet: f64,
    /// What ties into members from governments that stay away are multiplied by; 0.5 if left out.
    #[serde(default = "outside", deserialize_with = "keys::amount")]
    #[schemars(range(min = 0))]
    pub outside: f64,
}

fn inside() -> f64 {
    2.0
}

fn outside() -> f64 {
    0.5
}

impl Intervention for RegionalConference {
    fn changes(&self) -> Vec<Change> {
        let among = || Change::ties(&self.layer).on(&self.members).sent_by(&self.members);
        let absent =
            WhoFilter { not: Some(Box::new(self.members.get_ref().clone())), ..WhoFilter::default() };
        let absent = Spanned::new(self.members.span(), Who::Filter(absent));
        let mut changes = vec![among().times(self.inside)];
        if self.meet > 0.0 {
            changes.push(among().plus(self.meet));
        }
        if !keys::is_neutral(self.outside) {
            changes.push(Change::ties(&self.layer).on(&self.members).sent_by(&absent).times(self.outside));
        }
        changes
    }
}
