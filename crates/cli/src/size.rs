//! How large a run may be for what shows, or takes apart, each of its actors (docs/large-networks.md).

/// Most actors that are drawn or listed one by one on the page.
pub(crate) const MOST_SHOWN: usize = 5_000;

/// Most decisions that are taken apart, to find who moved whom.
pub(crate) const MOST_TAKEN_APART: usize = 100_000;

/// What a run of this size leaves out, in sentences.
pub(crate) fn left_out(n_actors: usize, n_decisions: usize) -> Vec<String> {
    let mut left_out = Vec::new();
    if n_actors > MOST_SHOWN {
        left_out.push(format!(
            "Of {n_actors} actors, more than {MOST_SHOWN}, figures and tables that show each one are left out; \
             adoptions.csv lists all."
        ));
    }
    if n_decisions > MOST_TAKEN_APART {
        left_out.push(format!(
            "Of {n_decisions} decisions, more than {MOST_TAKEN_APART}, it was not asked who moved whom: influence.csv is \
             empty, and the pattern is told by centrality and power alone."
        ));
    }
    left_out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_much_is_left_out() {
        assert_eq!(left_out(MOST_SHOWN, MOST_TAKEN_APART), Vec::<String>::new());
        let said = left_out(MOST_SHOWN + 1, MOST_TAKEN_APART + 1);
        assert!(
            said[0].starts_with("Of 5001 actors") && said[1].starts_with("Of 100001 decisions"),
            "{said:?}"
        );
    }
}
