//! Who advocates what, on the domain side (MODEL §4).

use crate::{Blocked, Persuadable};
use normwave_network_model::{ActorId, Date, Timeline};
use normwave_pressure_factors::Position;
use std::sync::Arc;

/// Whose position an actor follows.
#[derive(Clone, Debug, PartialEq)]
pub enum Lead {
    /// Nobody's.
    Nobody,
    /// One government's; for a government, its own.
    One(ActorId),
    /// The shares of several governments, over time.
    Many(Timeline<Vec<ActorId>>),
}

/// How an actor advocates the position that it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Follow {
    /// Whom it follows.
    pub lead: Lead,
    /// v_jk: how hard it advocates each position while that is held, in [0, 1].
    pub vigour: Arc<[f64]>,
}

/// A stance set by dates; it beats following.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled {
    /// Who.
    pub actor: ActorId,
    /// Toward which position.
    pub position: Position,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Option<Date>,
    /// x_jk, in [0, 1].
    pub level: f64,
}

/// The advocacy rules of all actors.
#[derive(Clone, Debug, Default)]
pub struct Advocacy {
    /// What each actor follows.
    pub follows: Vec<Follow>,
    /// Scheduled stances; where two hold for one actor and position, the later wins.
    pub scheduled: Vec<Scheduled>,
    /// Those whom others can persuade, by rising id; what the two rules above say is their x⁰.
    pub persuadable: Vec<Persuadable>,
    /// Groups whose way to their own government is closed.
    pub blocked: Vec<Blocked>,
}

impl Advocacy {
    /// x⁰_jk, what they say of their own accord, of all actors at `j * K + k`, rounded to 2⁻¹² as the model says.
    ///
    /// `held` has the position of each actor that is a living government under the norm.
    #[must_use]
    pub fn levels(&self, date: Date, held: &[Option<Position>], n_positions: usize) -> Vec<f64> {
        let mut x = vec![0.0; held.len() * n_positions];
        for (follow, x) in self.follows.iter().zip(x.chunks_exact_mut(n_positions)) {
            match &follow.lead {
                Lead::Nobody => {}
                Lead::One(leader) => {
                    if let Some(k) = held[leader.idx()].map(usize::from) {
                        x[k] = rounded(follow.vigour[k]);
                    }
                }
                Lead::Many(leaders) => {
                    let leaders = leaders.at(date).map_or(&[][..], Vec::as_slice);
                    let held: Vec<Position> =
                        leaders.iter().filter_map(|leader| held[leader.idx()]).collect();
                    for (k, x) in (0u8..).zip(x) {
                        let holders = held.iter().filter(|&&m| m == k).count();
                        *x = rounded(share(rounded(follow.vigour[usize::from(k)]), holders, held.len()));
                    }
                }
            }
        }
        for stance in &self.scheduled {
            if stance.from <= date && stance.until.is_none_or(|end| date < end) {
                x[stance.actor.idx() * n_positions + usize::from(stance.position)] = rounded(stance.level);
            }
        }
        x
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn share(vigour: f64, holders: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { vigour * holders as f64 / all as f64 }
}

/// To the nearest multiple of 2⁻¹².
pub(crate) fn rounded(x: f64) -> f64 {
    (x.clamp(0.0, 1.0) * 4096.0).round() / 4096.0
}
