//! What each measure is, in one table for catalogues.

/// A measure, as a catalogue prints it. The documentation of the function of that name says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The function's name.
    pub name: &'static str,
    /// What it measures, in a sentence.
    pub about: &'static str,
    /// How it is computed: n actors, ties of strength w, shortest paths d.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

const fn measure(
    name: &'static str,
    about: &'static str,
    formula: &'static str,
    source: &'static str,
) -> Measure {
    Measure { name, about, formula, source }
}

/// Every measure of this module, those of actors first, then those of groups and of whole layers.
///
/// ```
/// use normwave_network_model::measure::MEASURES;
/// assert!(MEASURES.iter().any(|measure| measure.name == "constraint" && measure.source.contains("Burt")));
/// ```
pub const MEASURES: &[Measure] = &[
    measure(
        "degree",
        "Number of an actor's ties.",
        "`Σ_j 1[w_ij > 0]`, sent, received or both",
        "Freeman 1979",
    ),
    measure(
        "strength",
        "Summed strength of an actor's ties.",
        "`Σ_j w_ij`, sent, received or both",
        "Barrat et al. 2004",
    ),
    measure(
        "betweenness",
        "How often an actor lies on the shortest path between two others.",
        "`Σ_{s≠v≠t} σ_st(v) / σ_st`, with σ the number of shortest paths",
        "Freeman 1977; algorithm of Brandes 2001",
    ),
    measure(
        "normalised_betweenness",
        "Betweenness as a share of its maximum.",
        "`b_v / ((n − 1)(n − 2))`, or half of that divisor without direction",
        "Freeman 1977",
    ),
    measure(
        "closeness",
        "How near an actor is to those whom it reaches, times the share that it reaches.",
        "`(r_i / (n − 1)) · (r_i / Σ_j d_ij)`, with r_i the number reached",
        "Wasserman and Faust 1994, eq. 5.22; Freeman 1979",
    ),
    measure(
        "in_closeness",
        "How near an actor is to those who reach it.",
        "closeness along ties that lead to the actor",
        "Wasserman and Faust 1994, eq. 5.22; Freeman 1979",
    ),
    measure(
        "eigenvector_centrality",
        "Central is who has ties from the central.",
        "`λ x_i = Σ_j w_ji x_j` for the largest λ, with `Σ x_i² = 1`",
        "Bonacich 1987",
    ),
    measure(
        "core_numbers",
        "The deepest core to which an actor belongs.",
        "the largest k such that the actor has k ties within a set whose members all have k",
        "Seidman 1983",
    ),
    measure(
        "constraint",
        "How little room an actor has between its contacts: low where it spans structural holes.",
        "`Σ_j (p_ij + Σ_q p_iq p_qj)²`, with p_ij the share of i's ties that are with j",
        "Burt 1992, ch. 2",
    ),
    measure(
        "brokerage",
        "How often an actor stands between two who are not tied, by the groups of all three.",
        "triads a → b → c without a → c, as coordinator, itinerant, gatekeeper, representative or liaison",
        "Gould and Fernandez 1989",
    ),
    measure(
        "local_clustering",
        "Share of pairs of an actor's neighbours that are tied.",
        "`[(A + Aᵀ)³]_ii / 2 (d_i (d_i − 1) − 2 b_i)`, with b_i its mutual ties",
        "Watts and Strogatz 1998; Fagiolo 2007",
    ),
    measure(
        "structural_distances",
        "How different two actors' ties are.",
        "`d_ij² = (w_ij − w_ji)² + Σ_k (w_ik − w_jk)² + Σ_k (w_ki − w_kj)²`",
        "Burt 1987",
    ),
    measure(
        "structural_equivalence",
        "How much others count for an actor because they stand where it stands.",
        "`(dmax_i − d_ij)^v / Σ_k (dmax_i − d_ik)^v`, with d over numbers of steps",
        "Valente 1995; Burt 1987; as in netdiffuseR",
    ),
    measure(
        "group_degree",
        "How many outsiders are tied to a group.",
        "number of outsiders with a tie to a member, also as a share",
        "Everett and Borgatti 1999",
    ),
    measure(
        "group_betweenness",
        "How often a group lies between two outsiders.",
        "`Σ_{s,t∉C} σ_st(C) / σ_st`, also over the pairs outside",
        "Everett and Borgatti 1999",
    ),
    measure(
        "group_betweenness_of_each",
        "Betweenness of many groups at once.",
        "as `group_betweenness`",
        "Everett and Borgatti 1999",
    ),
    measure(
        "group_betweenness_rank",
        "Where a group's betweenness stands among other groups of its size.",
        "percentile among groups that the caller draws",
        "Everett and Borgatti 1999; the comparison is ours",
    ),
    measure(
        "communities",
        "Groups with more ties inside than chance would have it.",
        "the division of largest modularity found by moving actors, then communities",
        "Blondel et al. 2008 (Louvain)",
    ),
    measure(
        "modularity",
        "How much denser ties are inside given groups than by chance.",
        "`Σ_c [W_c / W − (S_c / 2W)²]`",
        "Newman and Girvan 2004",
    ),
    measure(
        "component_sizes",
        "Sizes of the sets of actors that ties join.",
        "number of actors in each, whichever way ties point",
        "Wasserman and Faust 1994, ch. 4",
    ),
    measure(
        "density",
        "Share of all possible ties that exist.",
        "ties / `n (n − 1)`, or half of that divisor without direction",
        "Wasserman and Faust 1994, ch. 4",
    ),
    measure(
        "mean_local_clustering",
        "Local clustering of the average actor.",
        "`Σ_i c_i / n`, with 0 for fewer than two neighbours",
        "Watts and Strogatz 1998",
    ),
    measure(
        "transitivity",
        "Share of paths of two ties whose ends are tied.",
        "3 · triangles / connected triples",
        "Newman 2003 (SIAM Review)",
    ),
    measure(
        "degree_assortativity",
        "Whether actors of many ties are tied to each other.",
        "correlation of the degrees at the two ends of ties",
        "Newman 2003 (Physical Review E)",
    ),
    measure(
        "degree_centralisation",
        "How far one actor has all the ties: 1 for a star.",
        "`Σ_i (max d − d_i)` over the same sum in a star",
        "Freeman 1979",
    ),
    measure(
        "betweenness_centralisation",
        "How far one actor lies between all others: 1 for a star.",
        "`Σ_i (max b − b_i) / (n − 1)`, with b the normalised betweenness",
        "Freeman 1977",
    ),
];

#[cfg(test)]
mod tests {
    use super::MEASURES;
    use std::collections::BTreeSet;

    #[test]
    fn every_measure_that_is_public_is_in_the_table_once() {
        // Functions have names in small letters, types do not.
        let exported = include_str!("../measure.rs").split("pub use ").skip(1);
        let exported: BTreeSet<&str> = exported
            .flat_map(|line| line.split(';').next().unwrap_or_default().split(['{', '}', ',', ':']).skip(1))
            .map(str::trim)
            .filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase()))
            .collect();
        let listed: BTreeSet<&str> = MEASURES.iter().map(|measure| measure.name).collect();
        assert_eq!(exported, listed);
        assert_eq!(listed.len(), MEASURES.len());
        for measure in MEASURES {
            assert!(measure.about.ends_with('.') && !measure.source.is_empty(), "{measure:?}");
        }
    }
}
