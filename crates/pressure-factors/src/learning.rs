//! Learning from how others fared.

use crate::{Confidence, Design, Mechanism, Needs, PressureFactor, Scope, SystemView, evidence};
use schemars::JsonSchema;
use serde::Deserialize;

/// Learning: a government believes of a position what those who hold it have made of it.
///
/// Its belief that position k ≥ 1 succeeds is the mean of a Beta distribution: `prior-strength`
/// cases of mean `prior-mean`, and each observed adopter j as w_ji cases of mean o_j,
///
/// `b_ik = (n·m + Σ_j w_ji · o_j) / (n + Σ_j w_ji)`.
///
/// Toward k it presses with `κ · max(0, b_ik − break-even)`. Toward the status quo it presses with
/// what the most promising version falls short, `κ · max(0, break-even − max_k b_ik)`. So good news
/// speeds adoption and bad news slows it. Over a layer of similarity the cases that count first are
/// those most like one's own. An adopter without an outcome tells nothing; where versions are
/// graded, one who holds more than k counts for k, too. A government's own outcome is not among
/// what it observes.
///
/// Source: Stuster 2023, §2 (learning) and §5.2 (success elsewhere as evidence); Elkins and Simmons
/// 2005. The Beta form is ours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Learning {
    /// The layer along which others are observed.
    pub layer: String,
    /// Numeric attribute, in [0, 1], of how an adopter has fared: 1 is success.
    pub outcome: String,
    /// m: the success expected before anything is observed, in [0, 1].
    #[serde(default = "half", deserialize_with = "crate::checked::unit")]
    #[schemars(range(min = 0, max = 1))]
    #[schemars(extend("x-evidence" = evidence(
        "even odds before any evidence", Design::Convention, Confidence::Low)))]
    pub prior_mean: f64,
    /// n: how many cases that expectation is worth, more than 0.
    #[serde(default = "one", deserialize_with = "crate::checked::positive")]
    #[schemars(range(min = 0))]
    #[schemars(extend("x-evidence" = evidence(
        "with even odds, the Jeffreys prior Beta(1/2, 1/2)", Design::Convention, Confidence::Low)))]
    pub prior_strength: f64,
    /// The success at which a position is worth as much as the status quo, in [0, 1].
    #[serde(default = "half", deserialize_with = "crate::checked::unit")]
    #[schemars(range(min = 0, max = 1))]
    #[schemars(extend("x-evidence" = evidence(
        "the prior mean, so that no news is no pressure", Design::Convention, Confidence::Low)))]
    pub break_even: f64,
}

fn half() -> f64 {
    0.5
}

fn one() -> f64 {
    1.0
}

impl PressureFactor for Learning {
    fn scope(&self) -> Scope<'_> {
        Scope::Actors
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let n_k = view.norm.n_positions.max(1);
        // n + Σ w and n·m + Σ w·o, at actor * n_k + position.
        let mut cases = vec![self.prior_strength; out.len()];
        let mut successes = vec![self.prior_strength * self.prior_mean; out.len()];
        for tie in view.ties(&self.layer) {
            let held = view.norm.positions[tie.from.idx()];
            let (Some(held), Some(outcome)) = (held, view.network.number(&self.outcome, tie.from)) else {
                continue;
            };
            for k in (1u8..).take(n_k - 1).filter(|&k| view.norm.adopts(held, k)) {
                let at = tie.to.idx() * n_k + usize::from(k);
                cases[at] += tie.strength;
                successes[at] += tie.strength * outcome.clamp(0.0, 1.0);
            }
        }
        let beliefs: Vec<f64> = successes.iter().zip(&cases).map(|(good, all)| good / all).collect();
        for (row, beliefs) in out.chunks_exact_mut(n_k).zip(beliefs.chunks_exact(n_k)) {
            let promise = beliefs.iter().map(|belief| belief - self.break_even);
            row.iter_mut().zip(promise.clone()).for_each(|(out, promise)| *out = promise.max(0.0));
            row[0] = promise.skip(1).reduce(f64::max).map_or(0.0, |best| (-best).max(0.0));
        }
    }

    fn needs(&self) -> Needs {
        Needs {
            layers: vec![self.layer.clone()],
            known_attributes: vec![self.outcome.clone()],
            ..Needs::default()
        }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Learning
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NormState;
    use crate::support::*;

    // What C learns toward each position of three, while A and B hold some and N tells nothing.
    fn learned(text: &str, held: [u8; 2], graded: bool, outcomes: &[(u32, f64)]) -> Vec<f64> {
        let mut network = network();
        give(&mut network, "result", outcomes);
        let learning: Learning = read(&format!("layer = \"ties\"\noutcome = \"result\"\n{text}"));
        let positions = vec![Some(held[0]), Some(held[1]), Some(0), None];
        let norm = NormState { positions, graded, ..norm(&[0.0, 1.0, 1.0]) };
        filled(&learning, &network, &norm, "1997")[6..9].to_vec()
    }

    fn assert_learned(found: &[f64], expected: [f64; 3]) {
        found.iter().zip(expected).for_each(|(found, expected)| assert_near(*found, expected));
    }

    #[test]
    fn belief_is_the_mean_of_the_beta_posterior() {
        // A, of weight 1, did well; B, of weight 2, fairly: (1·½ + 1·0.9 + 2·0.6) / (1 + 3) = 0.65.
        assert_learned(&learned("", [1, 1], false, &[(0, 0.9), (1, 0.6)]), [0.0, 0.15, 0.0]);
        // (4·0.25 + 0.9 + 1.2) / (4 + 3), less 0.4.
        let text = "prior-mean = 0.25\nprior-strength = 4\nbreak-even = 0.4";
        assert_learned(&learned(text, [1, 1], false, &[(0, 0.9), (1, 0.6)]), [0.0, 3.1 / 7.0 - 0.4, 0.0]);
    }

    #[test]
    fn no_news_is_no_pressure() {
        assert_learned(&learned("", [0, 0], false, &[(0, 0.9)]), [0.0; 3]);
        assert_learned(&learned("", [1, 1], false, &[]), [0.0; 3]);
    }

    #[test]
    fn bad_news_presses_toward_the_status_quo_unless_another_version_promises_more() {
        // A did badly with 1: (½ + 0) / 2, while 2 stays at even odds.
        assert_learned(&learned("", [1, 0], false, &[(0, 0.0)]), [0.0; 3]);
        // B did badly with 2 as well: (½ + 0) / 3.
        assert_learned(&learned("", [1, 2], false, &[(0, 0.0), (1, 0.0)]), [0.25, 0.0, 0.0]);
        assert_learned(&learned("", [1, 2], false, &[(0, 0.0), (1, 1.0)]), [0.0, 0.0, 2.5 / 3.0 - 0.5]);
    }

    #[test]
    fn who_holds_more_tells_of_less_where_versions_are_graded() {
        assert_learned(&learned("", [2, 0], true, &[(0, 1.0)]), [0.0, 0.25, 0.25]);
        assert_learned(&learned("", [2, 0], false, &[(0, 1.0)]), [0.0, 0.0, 0.25]);
    }

    #[test]
    fn a_prior_worth_nothing_is_refused() {
        let text = "layer = \"t\"\noutcome = \"o\"\nprior-strength = 0";
        let refused = toml::from_str::<Learning>(text).unwrap_err();
        assert!(refused.message().contains("0 is out of range; it must be more than 0"), "{refused}");
    }
}
