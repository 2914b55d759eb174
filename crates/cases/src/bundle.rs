//! The files of the cases.

/// A scenario's text, and the tables that it names: (path, text).
pub(crate) struct Bundle {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) files: &'static [(&'static str, &'static str)],
}

// Includes `data/NAME/scenario.toml` and the tables named after it.
macro_rules! bundle {
    ($name:literal $(, $file:literal)*) => {
        Bundle {
            name: $name,
            text: include_str!(concat!("../data/", $name, "/scenario.toml")),
            files: &[$(($file, include_str!(concat!("../data/", $name, "/", $file)))),*],
        }
    };
}

/// All cases, in the order in which they are listed: structure, decisions, politics at two levels,
/// the paper's hypotheses, norms in history, campaigns, and Ottawa.
pub(crate) const BUNDLES: &[Bundle] = &[
    bundle!("ego"),
    bundle!("star"),
    bundle!("core-and-periphery"),
    bundle!("missions"),
    bundle!("tie-qualities"),
    bundle!("islands"),
    bundle!("island-carry"),
    bundle!("florentine"),
    bundle!("powerful-minority"),
    bundle!("density"),
    bundle!("dense-periphery"),
    bundle!("insulation"),
    bundle!("isolates-first"),
    bundle!("tie-growth"),
    bundle!("weak-ties"),
    bundle!("long-ties"),
    bundle!("hybrid"),
    bundle!("broker"),
    bundle!("jump"),
    bundle!("equivalents"),
    bundle!("stall-and-restart"),
    bundle!("groundswell"),
    bundle!("retention"),
    bundle!("agency"),
    bundle!("riot", "thresholds.csv"),
    bundle!("volume-dial"),
    bundle!("learning-from-outcomes"),
    bundle!("competition-for-markets"),
    bundle!("chain-of-aid"),
    bundle!("boomerang"),
    bundle!("vetting"),
    bundle!("two-level"),
    bundle!("conditional-proposal"),
    bundle!("reservation"),
    bundle!("norm-stages"),
    bundle!("ngo-targets"),
    bundle!("selectorate-shift"),
    bundle!("foreign-example"),
    bundle!("refusal"),
    bundle!("glocal"),
    bundle!("oscillation"),
    bundle!("rights-backlash"),
    bundle!("hegemon-h1a"),
    bundle!("clusters-h1b"),
    bundle!("shock-h2a"),
    bundle!("waves-h2b"),
    bundle!("liberal-order"),
    bundle!("debt-collection"),
    bundle!("common-article-3"),
    bundle!("apartheid"),
    bundle!("intervention"),
    bundle!("eastern-europe-1989"),
    bundle!("sex-quotas"),
    bundle!("icc"),
    bundle!("cluster-munitions"),
    bundle!("arab-spring"),
    bundle!("accession"),
    bundle!("neighbourhood-policy"),
    bundle!("policy-transfer"),
    bundle!("free-the-20", "prisoners.csv", "groups.csv"),
    bundle!("advocacy-modes"),
    bundle!("ottawa"),
];
