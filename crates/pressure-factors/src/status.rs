//! Status, and the wish to be let in.

use crate::{Mechanism, Needs, PressureFactor, Reads, Scope, Signal, SystemView, resource};
use schemars::JsonSchema;
use serde::Deserialize;

/// Status: a government adopts what those of higher standing advocate, to be seen among them or
/// to be let into their club.
///
/// `raw(j→i, k) = κ · w_ji · ρ_ji · c_ji · ŷ_jk`, with advocacy as the signal. ρ is the sender's
/// `resource` (standing) relative to the target's, 1 if none is named; c is 1, or with a `club` 1
/// only from members to candidates that are not yet in, so that the pressure ends at accession.
///
/// Source: Stuster 2023, §4.2.1, §6.2 (candidates for the European Union); Greenhill 2010;
/// Goddard 2018.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Status {
    /// The layer along which standing is conferred.
    pub layer: String,
    /// Numeric attribute (0 or more) that measures standing.
    #[serde(default)]
    pub resource: Option<String>,
    /// The club to which adoption is an entry ticket.
    #[serde(default)]
    pub club: Option<Club>,
}

/// A club with members and candidates.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Club {
    /// The affiliation that knows the members.
    pub affiliation: String,
    /// The organisation in it.
    pub organisation: String,
    /// Numeric attribute that is 1 while an actor is a candidate; an actor that lacks it is none.
    pub candidate: String,
}

impl PressureFactor for Status {
    fn scope(&self) -> Scope<'_> {
        Scope::Ties { layer: &self.layer, signal: Signal::Advocacy }
    }

    fn fill(&self, view: &SystemView<'_>, out: &mut [f64]) {
        let members = self.club.as_ref().map(|club| club.members(view));
        view.fill_ties(&self.layer, out, |tie| {
            let admits = match (&self.club, &members) {
                (Some(club), Some(members)) => {
                    let candidate = view.number(&club.candidate, tie.to) > 0.0;
                    members[tie.from.idx()] && !members[tie.to.idx()] && candidate
                }
                _ => true,
            };
            if admits { resource::weighed(view, self.resource.as_deref(), tie) } else { 0.0 }
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        let club = self.club.iter().map(|club| (club.affiliation.clone(), club.organisation.clone()));
        Needs {
            sender_attributes: self.resource.iter().cloned().collect(),
            known_attributes: self.club.iter().map(|club| club.candidate.clone()).collect(),
            organisations: club.collect(),
            ..Needs::default()
        }
    }

    fn mechanism(&self) -> Mechanism {
        Mechanism::Socialisation
    }
}

impl Club {
    fn members(&self, view: &SystemView<'_>) -> Vec<bool> {
        let mut members = vec![false; view.network.n_actors()];
        if let Some(affiliation) = view.network.network().affiliation(&self.affiliation) {
            for membership in &affiliation.memberships {
                let here = affiliation.organisations[membership.organisation as usize] == self.organisation;
                members[membership.actor.idx()] |= here && membership.spell.contains(view.network.date());
            }
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;
    use normwave_network_model::{Spell, parse_date};

    fn status(text: &str) -> Status {
        read(text)
    }

    #[test]
    fn standing_is_relative() {
        let mut network = network();
        give(&mut network, "power", &[(0, 3.0), (1, 1.0), (2, 0.0), (3, 0.0)]);
        let by_power = status("layer = \"ties\"\nresource = \"power\"");
        let norm = norm(&[0.0, 1.0]);
        let at = |pair| from_to(&by_power, &network, &norm, "1997", pair);
        assert_near(at([0, 1]), 0.75);
        assert_near(at([1, 0]), 2.0 * 0.25);
        assert_near(at([2, 0]), 0.0);
        assert_near(from_to(&status("layer = \"ties\""), &network, &norm, "1997", [1, 0]), 2.0);
    }

    #[test]
    fn a_club_presses_candidates_until_they_are_in() {
        let mut network = network();
        give(&mut network, "candidate", &[(0, 1.0), (1, 1.0), (2, 0.0)]);
        let since = |date| Spell::new(parse_date(date).unwrap(), None).unwrap();
        // B and N are members; A joins in 1995; C is no candidate.
        join(&mut network, "groups", "EU", &[(1, Spell::ALWAYS), (3, Spell::ALWAYS), (0, since("1995"))]);
        let club = status(
            "layer = \"ties\"\nclub = { affiliation = \"groups\", organisation = \"EU\", candidate = \"candidate\" }",
        );
        let norm = norm(&[0.0, 1.0]);
        let at = |date, pair| from_to(&club, &network, &norm, date, pair);
        assert_near(at("1994", [1, 0]), 2.0);
        assert_near(at("1994", [2, 0]), 0.0);
        assert_near(at("1995", [1, 0]), 0.0);
        assert_near(at("1994", [1, 2]), 0.0);
        assert_near(at("1994", [0, 1]), 0.0);
    }

    #[test]
    fn a_club_needs_its_organisation_and_its_candidates() {
        let club =
            Club { affiliation: "g".to_owned(), organisation: "EU".to_owned(), candidate: "c".to_owned() };
        let needs =
            Status { layer: "ties".to_owned(), resource: Some("power".to_owned()), club: Some(club) }.needs();
        assert_eq!(needs.organisations, [("g".to_owned(), "EU".to_owned())]);
        assert_eq!(needs.known_attributes, ["c"]);
        assert_eq!(needs.sender_attributes, ["power"]);
    }
}
