//! Co-membership: two governments are tied by the organisations that they share.

use crate::derive::refused;
use crate::{NetworkError, NetworkView, Tie};
use serde::{Deserialize, Serialize};

/// What shared membership in organisations amounts to as a tie.
///
/// In files `"count"`, `"size-discounted"`, `{ thresholded = { at-least = 40 } }` or
/// `{ backbone = { significance = 0.05 } }`.
///
/// Co-membership in large organisations says little: in 1997 all but 16 pairs of states share one
/// at least, 28 on average. All but the first answer this.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum CoMembership {
    /// `w_ij = n_ij`, the number of organisations of which both are members.
    Count,
    /// `w_ij = Σ_o 1 / (n_o - 1)` over the shared organisations o with n_o living governments as
    /// members each: what one membership is worth, 1, is spread over the fellow members.
    ///
    /// Source: M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64
    /// (2001), 016132.
    SizeDiscounted,
    /// `w_ij = 1` if `n_ij ≥ at_least`, else there is no tie.
    Thresholded {
        /// The least number of shared organisations that makes a tie; 1 or more.
        at_least: u32,
    },
    /// `w_ij = n_ij` if i and j share more than chance would have it for one of the two, else there
    /// is no tie (disparity filter): with `p_ij = n_ij / Σ_k n_ik` and d_i the number of those with
    /// whom i shares any, the tie stays if `(1 − p_ij)^(d_i − 1) < significance` or the same holds
    /// for j. Nobody stands out for who has one partner only.
    ///
    /// Source: M. Á. Serrano, M. Boguñá and A. Vespignani, "Extracting the multiscale backbone of
    /// complex weighted networks", PNAS 106 (2009), 6483–6488, eq. 2.
    Backbone {
        /// How unlikely a tie must be if i's memberships were spread over its partners at random;
        /// above 0, at most 1.
        significance: f64,
    },
}

// Ties in both directions among living governments.
//
// Organisation by organisation into one dense n × n triangle: the number of additions is the sum
// of squared sizes, whatever the order of the memberships. Sums run in the order of organisations.
pub(super) fn ties(
    layer: &str,
    view: &NetworkView<'_>,
    affiliation: &str,
    weighting: CoMembership,
) -> Result<Vec<Tie>, NetworkError> {
    let network = view.network();
    let Some(found) = network.affiliation(affiliation) else {
        let known: Vec<_> = network.affiliations().iter().map(|a| a.name.as_str()).collect();
        let reason = format!("there is no affiliation `{affiliation}`; known: {}", known.join(", "));
        return Err(refused(layer, reason));
    };
    if weighting == (CoMembership::Thresholded { at_least: 0 }) {
        return Err(refused(layer, "at-least is 0, which would tie everybody; give 1 or more"));
    }
    if let CoMembership::Backbone { significance } = weighting
        && !(significance > 0.0 && significance <= 1.0)
    {
        let reason =
            format!("significance is {significance}; give a number above 0 and at most 1, such as 0.05");
        return Err(refused(layer, reason));
    }
    let governments: Vec<_> = view.governments().collect();
    let n = governments.len();
    let mut position = vec![None; view.n_actors()];
    for (idx, actor) in governments.iter().enumerate() {
        position[actor.idx()] = Some(idx);
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); found.organisations.len()];
    for membership in found.memberships.iter().filter(|m| m.spell.contains(view.date())) {
        let Some(roster) = members.get_mut(membership.organisation as usize) else {
            let (no, n) = (membership.organisation, found.organisations.len());
            let reason =
                format!("a membership in `{affiliation}` names organisation {no}, but there are {n}");
            return Err(refused(layer, reason));
        };
        roster.extend(position[membership.actor.idx()]);
    }
    let mut shared = vec![0.0_f64; n * n];
    for roster in &mut members {
        roster.sort_unstable();
        roster.dedup();
        if roster.len() < 2 {
            continue;
        }
        let worth = match weighting {
            CoMembership::SizeDiscounted => 1.0 / (roster.len() - 1) as f64,
            CoMembership::Count | CoMembership::Thresholded { .. } | CoMembership::Backbone { .. } => 1.0,
        };
        for (place, &i) in roster.iter().enumerate() {
            for &j in &roster[place + 1..] {
                shared[i * n + j] += worth;
            }
        }
    }
    let partners = match weighting {
        CoMembership::Backbone { .. } => partners(&shared, n),
        _ => Vec::new(),
    };
    let strength = |i: usize, j: usize| {
        let amount = shared[i * n + j];
        match weighting {
            CoMembership::Thresholded { at_least } => f64::from(u8::from(amount >= f64::from(at_least))),
            CoMembership::Count | CoMembership::SizeDiscounted => amount,
            CoMembership::Backbone { significance } => {
                let stands_out = |of: usize| disparity(amount, partners[of]) < significance;
                if amount > 0.0 && (stands_out(i) || stands_out(j)) { amount } else { 0.0 }
            }
        }
    };
    let mut ties = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            let strength = strength(i, j);
            if strength > 0.0 {
                ties.push(Tie { from: governments[i], to: governments[j], strength });
                ties.push(Tie { from: governments[j], to: governments[i], strength });
            }
        }
    }
    Ok(ties)
}

// Of each, the sum of what it shares and with how many.
fn partners(shared: &[f64], n: usize) -> Vec<(f64, u32)> {
    let mut partners = vec![(0.0, 0); n];
    for i in 0..n {
        for j in i + 1..n {
            let amount = shared[i * n + j];
            for of in [i, j] {
                partners[of].0 += amount;
                partners[of].1 += u32::from(amount > 0.0);
            }
        }
    }
    partners
}

// How likely a tie at least as strong is if the sum is cut at random into as many pieces as there are
// partners; 1 where there is one partner only.
fn disparity(amount: f64, (sum, n_partners): (f64, u32)) -> f64 {
    (1.0 - amount / sum).powi(n_partners.cast_signed() - 1)
}

#[cfg(test)]
mod tests {
    use crate::support::*;
    use crate::*;

    // Organisations: UN = {A, B, C, NGO}, pact = {A, B}, club = {A, C} until 1995; D died in 1992.
    fn network() -> Network {
        let mut network = Network::default();
        let spell = |from: &str, until: Option<&str>| Spell::new(day(from), until.map(day)).unwrap();
        let mut affiliation = Affiliation { name: "igo".to_owned(), ..Affiliation::default() };
        for (id, kind) in [
            ("A", ActorKind::Government),
            ("B", ActorKind::Government),
            ("C", ActorKind::Government),
            ("D", ActorKind::Government),
            ("ICBL", ActorKind::Ngo),
        ] {
            network.add_actor(Actor::new(id, kind)).unwrap();
        }
        for (id, organisation, until) in [
            ("ICBL", "UN", None),
            ("C", "UN", None),
            ("B", "UN", None),
            ("A", "UN", None),
            ("A", "pact", None),
            ("B", "pact", None),
            ("A", "club", None),
            ("C", "club", Some("1995")),
            ("D", "UN", None),
        ] {
            let organisation = affiliation.organisation(organisation);
            let actor = network.actor_id(id).unwrap();
            affiliation.memberships.push(Membership { actor, organisation, spell: spell("1945", until) });
        }
        // The same membership twice, as overlapping records have it.
        let again = affiliation.memberships[4];
        affiliation.memberships.push(again);
        network.actor_mut(ActorId(3)).lives = vec![spell("1945", Some("1992"))].into();
        network.add_affiliation(affiliation);
        network
    }

    fn strengths(weighting: CoMembership, date: &str) -> Vec<(u32, u32, f64)> {
        let mut network = network();
        let affiliation = "igo".to_owned();
        let source = LayerSource::Derived(Derivation::Projection { affiliation, weighting });
        let layer = network.add_layer("co-membership", source).unwrap();
        let view = network.at(day(date)).unwrap();
        view.ties(layer).iter().map(|tie| (tie.from.0, tie.to.0, tie.strength)).collect()
    }

    #[test]
    fn living_governments_are_tied_by_the_organisations_that_they_share() {
        let both_ways = [(1, 0, 2.0), (2, 0, 1.0), (0, 1, 2.0), (2, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)];
        assert_eq!(strengths(CoMembership::Count, "1997"), both_ways);
    }

    #[test]
    fn memberships_end() {
        assert!(strengths(CoMembership::Count, "1994").contains(&(2, 0, 2.0)));
        assert!(strengths(CoMembership::Count, "1995").contains(&(2, 0, 1.0)));
    }

    #[test]
    fn small_organisations_tie_more_closely() {
        // The UN has three living governments as members, the pact two.
        let pairs = [(1, 0, 1.5), (2, 0, 0.5), (0, 1, 1.5), (2, 1, 0.5), (0, 2, 0.5), (1, 2, 0.5)];
        assert_eq!(strengths(CoMembership::SizeDiscounted, "1997"), pairs);
        // With D four.
        let with_d = strengths(CoMembership::SizeDiscounted, "1991");
        assert!(with_d.iter().any(|&(from, to, w)| (from, to) == (1, 0) && (w - 4.0 / 3.0).abs() < 1e-12));
    }

    #[test]
    fn a_threshold_keeps_pairs_that_share_enough() {
        assert_eq!(strengths(CoMembership::Thresholded { at_least: 2 }, "1997"), [(1, 0, 1.0), (0, 1, 1.0)]);
        assert!(strengths(CoMembership::Thresholded { at_least: 3 }, "1997").is_empty());
    }

    #[test]
    fn a_backbone_keeps_what_is_unlikely_for_one_of_the_two() {
        // Shared: A-B 2, A-C 1, B-C 1. For A and B alike p = 2/3 of two partners: 1 - 2/3 = 0.33; to C
        // 0.67, and for C each is half of two: 0.5.
        let kept = |significance| strengths(CoMembership::Backbone { significance }, "1997");
        assert!(kept(0.3).is_empty());
        assert_eq!(kept(0.34), [(1, 0, 2.0), (0, 1, 2.0)]);
        assert_eq!(kept(0.4999), kept(0.34));
        assert_eq!(kept(0.51), strengths(CoMembership::Count, "1997"));
    }

    #[test]
    fn a_backbone_is_that_of_the_published_formula() {
        // Serrano, Boguñá and Vespignani 2009: α = 1 − (k − 1) ∫_0^p (1 − x)^(k − 2) dx, here by
        // the trapezoidal rule.
        for (p, k) in [(0.1, 10_u32), (0.3, 5), (0.5, 2), (0.02, 150)] {
            let steps = 20_000;
            let density = |x: f64| f64::from(k - 1) * (1.0 - x).powi(k.cast_signed() - 2);
            let at = |no: i32| density(p * f64::from(no) / f64::from(steps));
            let inner: f64 = (1..steps).map(at).sum();
            let integral = p / f64::from(steps) * (inner + (at(0) + at(steps)) / 2.0);
            assert!((super::disparity(p * 7.0, (7.0, k)) - (1.0 - integral)).abs() < 1e-6, "{p} {k}");
        }
    }

    #[test]
    fn what_the_network_lacks_is_named() {
        let refused = |affiliation: &str, weighting| {
            let affiliation = affiliation.to_owned();
            let mut network = network();
            let source = LayerSource::Derived(Derivation::Projection { affiliation, weighting });
            network.add_layer("shared", source).unwrap();
            network.at(day("1997")).unwrap_err().to_string()
        };
        let missing = "derived layer `shared`: there is no affiliation `clubs`; known: igo";
        assert_eq!(refused("clubs", CoMembership::Count), missing);
        let zero = "derived layer `shared`: at-least is 0, which would tie everybody; give 1 or more";
        assert_eq!(refused("igo", CoMembership::Thresholded { at_least: 0 }), zero);
        let five =
            "derived layer `shared`: significance is 5; give a number above 0 and at most 1, such as 0.05";
        assert_eq!(refused("igo", CoMembership::Backbone { significance: 5.0 }), five);
        let nan = CoMembership::Backbone { significance: f64::NAN };
        assert!(refused("igo", nan).contains("significance is NaN"));
    }

    #[test]
    fn weightings_are_read_by_their_names_in_files() {
        use serde::de::value::{Error, MapAccessDeserializer, MapDeserializer};
        use serde::de::{Deserialize, IntoDeserializer};
        use std::collections::BTreeMap;
        let named = |name: &'static str| {
            CoMembership::deserialize(IntoDeserializer::<Error>::into_deserializer(name))
        };
        assert_eq!(named("count"), Ok(CoMembership::Count));
        assert_eq!(named("size-discounted"), Ok(CoMembership::SizeDiscounted));
        assert!(named("size_discounted").is_err());
        let table = |key: &'static str| {
            let inner = BTreeMap::from([(key, 40_u32)]);
            let outer = MapDeserializer::<_, Error>::new([("thresholded", inner)].into_iter());
            CoMembership::deserialize(MapAccessDeserializer::new(outer))
        };
        assert_eq!(table("at-least"), Ok(CoMembership::Thresholded { at_least: 40 }));
        assert!(table("at_least").is_err());
    }
}
