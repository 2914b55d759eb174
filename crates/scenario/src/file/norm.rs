//! `[norm]` and `[forum.NAME]`: the positions, and where they are negotiated.

use super::{DateValue, PositionName, ShareValue, Who};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// The norm. Left out: status quo and adoption, on offer to all governments from the start.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NormFile {
    /// How versions count toward each other: "rival" (default), "graded", or { support = [[…], …] }
    /// with s_mk in [0, 1], row by row.
    #[serde(default)]
    #[schemars(with = "VersionsFile")]
    pub(crate) versions: Option<Spanned<VersionsFile>>,
    /// The positions, the status quo first.
    #[serde(default)]
    #[schemars(with = "Vec<PositionFile>")]
    pub(crate) position: Vec<Spanned<PositionFile>>,
    /// To whom the norm applies; all governments if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub(crate) applies: Option<Spanned<Who>>,
}

/// How versions count toward each other.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VersionsFile {
    /// Each supports only itself.
    Rival,
    /// `s_mk = 1 − |m − k| / (K − 1)`, and holding more than k counts as adopting k.
    Graded,
    /// Given; versions are graded.
    Support(Vec<Vec<f64>>),
}

/// A position.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PositionFile {
    /// What it is called.
    pub(crate) name: String,
    /// How strongly it binds, in [0, 1]; k/(K − 1) if left out.
    #[serde(default)]
    pub(crate) bindingness: Option<f64>,
    /// When it is on offer, and to whom; left out: to all from the start. An empty list: only
    /// through forums and events.
    #[serde(default)]
    pub(crate) offered: Option<Vec<OfferFile>>,
    /// From when it can be acted on; it may be decided for earlier.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) opens: Option<Spanned<DateValue>>,
    /// θ_k: added to each actor's threshold for moves to this position, in pressure units; 0 if left
    /// out. So ordered stages (signature, ratification) are as hard to take as each is.
    #[serde(default)]
    #[schemars(with = "Option<f64>")]
    pub(crate) threshold: Option<Spanned<f64>>,
    /// It can be acted on only once all of these have been met, at the end of the same tick, by
    /// those who have decided for it; from then on it stays in force. Such as
    /// [{ among = WHO, share = 0.75 }, { count = 40 }].
    #[serde(default, rename = "in-force")]
    #[schemars(with = "Vec<QuotaFile>")]
    pub(crate) in_force: Vec<Spanned<QuotaFile>>,
}

/// How many must have decided for a position.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuotaFile {
    /// Among whom; everybody to whom the norm applies if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub(crate) among: Option<Spanned<Who>>,
    /// This share of them or more, compared exactly: a number from 0 to 1, or a fraction "2/3".
    #[serde(default)]
    pub(crate) share: Option<ShareValue>,
    /// This many of them or more.
    #[serde(default)]
    pub(crate) count: Option<u32>,
    /// For which position they must have decided; the one that has the quota if left out.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub(crate) position: Option<Spanned<PositionName>>,
}

/// When a position is on offer, and to whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferFile {
    /// First day; the period's start if left out.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) from: Option<Spanned<DateValue>>,
    /// First day after.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) until: Option<Spanned<DateValue>>,
    /// To whom; everybody if left out.
    #[serde(default)]
    #[schemars(with = "Option<Who>")]
    pub(crate) to: Option<Spanned<Who>>,
    /// On offer only while all of these are met: governments that adopt on condition that others do.
    #[serde(default)]
    #[schemars(with = "Vec<QuotaFile>")]
    pub(crate) when: Vec<Spanned<QuotaFile>>,
}

/// A forum.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForumFile {
    /// Who sits in it.
    #[schemars(with = "Who")]
    pub(crate) members: Spanned<Who>,
    /// First day in session; the period's start if left out.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) from: Option<Spanned<DateValue>>,
    /// First day no longer in session.
    #[serde(default)]
    #[schemars(with = "Option<DateValue>")]
    pub(crate) until: Option<Spanned<DateValue>>,
    /// The position that it puts on offer; none if left out.
    #[serde(default)]
    #[schemars(with = "Option<PositionName>")]
    pub(crate) offers: Option<Spanned<PositionName>>,
    /// consensus, majority or coalition (default).
    #[serde(default)]
    pub(crate) rule: ForumRuleFile,
    /// Whether debate is public.
    #[serde(default)]
    pub(crate) public: bool,
    /// Whether one state has one vote, so that resources do not count among members.
    #[serde(default, rename = "one-vote")]
    pub(crate) one_vote: bool,
}

/// How a forum puts a position on offer.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ForumRuleFile {
    /// To members, while none has a negative margin for it.
    Consensus,
    /// To members, while more than half would take it or hold it.
    Majority,
    /// To every member.
    #[default]
    Coalition,
}
