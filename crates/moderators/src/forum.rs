//! Public debate in a forum.

use crate::dial::UNTURNED;
use crate::{Level, Moderator, Pressure, Shape};
use normwave_network_model::{ActorId, ActorKind};
use normwave_pressure_factors::{Needs, Reads, SystemView};
use schemars::JsonSchema;
use serde::Deserialize;

/// Forum: while a forum is in session and debates in public, pressure among its members counts
/// for more; the weak then embarrass the strong.
///
/// Driver: 1 between two members of the forum while it is in session and public, else the gain is
/// neutral. Senders that are not governments (NGOs, organisations, groups at home) count as
/// present where their target is a member. That one state has one vote, so that resources do not
/// count, is said by the forum itself.
///
/// Source: Stuster 2023, §4.2.2; Mantilla 2018.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forum {
    /// Name of the forum.
    pub forum: String,
    /// Gain toward the status quo, at driver 1.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_status_quo: Shape,
    /// Gain toward new positions, at driver 1.
    #[serde(default)]
    #[schemars(extend("x-evidence" = UNTURNED))]
    pub toward_new: Shape,
}

impl Moderator for Forum {
    fn level(&self) -> Level {
        Level::Dyadic
    }

    fn moderate(&self, pressure: &Pressure<'_>, view: &SystemView<'_>, gain: &mut [f64]) {
        let sessions = view.norm.sessions.iter();
        let Some(session) = sessions.into_iter().find(|s| s.name == self.forum && s.public) else { return };
        let value = pressure.dial(&self.toward_status_quo, &self.toward_new).gain(1.0);
        let seated = |actor: ActorId| session.members[actor.idx()];
        let guest = |actor: ActorId| view.network.actors()[actor.idx()].kind != ActorKind::Government;
        pressure.turn_ties(gain, |tie| {
            if seated(tie.to) && (seated(tie.from) || guest(tie.from)) { value } else { 1.0 }
        });
    }

    fn reads(&self) -> Reads {
        Reads::Network
    }

    fn needs(&self) -> Needs {
        Needs { forums: vec![self.forum.clone()], ..Needs::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::*;

    #[test]
    fn debate_among_members_counts_and_that_of_guests_who_are_no_state() {
        let forum: Forum = read("forum = \"talks\"\ntoward-new = 2\ntoward-status-quo = 0.5");
        let network = network();
        let mut norm = held([0; 3], false);
        let members = [true, true, false, false];
        norm.sessions = vec![session(true, members)];
        let at = |norm: &_, pair, k| gain(&forum, &network, norm, pair, k);
        assert_near(at(&norm, [0, 1], 1), 2.0);
        assert_near(at(&norm, [0, 1], 0), 0.5);
        assert_near(at(&norm, [3, 0], 1), 2.0);
        assert_near(at(&norm, [2, 0], 1), 1.0);
        assert_near(at(&norm, [3, 2], 1), 1.0);
        norm.sessions = vec![session(false, members)];
        assert_near(at(&norm, [0, 1], 1), 1.0);
        norm.sessions = Vec::new();
        assert_near(at(&norm, [0, 1], 1), 1.0);
    }
}
