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

/// All cases, in the order in which they are listed: structure, politics at two levels, decisions,
/// norms in history, campaigns, and Ottawa.
pub(crate) const BUNDLES: &[Bundle] = &[
    bundle!("ego"),
    bundle!("star"),
    bundle!("islands"),
    bundle!("florentine"),
    bundle!("powerful-minority"),
    bundle!("density"),
    bundle!("dense-periphery"),
    bundle!("insulation"),
    bundle!("isolates-first"),
    bundle!("weak-ties"),
    bundle!("hybrid"),
    bundle!("broker"),
    bundle!("jump"),
    bundle!("riot", "thresholds.csv"),
    bundle!("boomerang"),
    bundle!("vetting"),
    bundle!("two-level"),
    bundle!("ngo-targets"),
    bundle!("selectorate-shift"),
    bundle!("foreign-example"),
    bundle!("refusal"),
    bundle!("glocal"),
    bundle!("oscillation"),
    bundle!("rights-backlash"),
    bundle!("liberal-order"),
    bundle!("debt-collection"),
    bundle!("common-article-3"),
    bundle!("apartheid"),
    bundle!("eastern-europe-1989"),
    bundle!("sex-quotas"),
    bundle!("icc"),
    bundle!("cluster-munitions"),
    bundle!("arab-spring"),
    bundle!("accession"),
    bundle!("neighbourhood-policy"),
    bundle!("free-the-20", "prisoners.csv", "groups.csv"),
    bundle!("advocacy-modes"),
    bundle!("ottawa"),
];
