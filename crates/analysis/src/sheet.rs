//! The balance sheet of one government at one time.

use normwave_network_model::ActorId;
use normwave_plan::{Ballot, Position, Tick, margin};
use normwave_pressure_factors::Mechanism;
use std::collections::BTreeMap;

/// By which way pressure came (Stuster 2023, §4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// From a foreign government.
    State,
    /// From an international organisation.
    Organisation,
    /// From a non-governmental organisation.
    Transnational,
    /// From a group in the selectorate.
    Domestic,
    /// From within the government, or from the system as a whole.
    Own,
}

impl Channel {
    /// Its name in ledgers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Channel::State => "state",
            Channel::Organisation => "organisation",
            Channel::Transnational => "transnational",
            Channel::Domestic => "domestic",
            Channel::Own => "own",
        }
    }
}

/// One moderator's gain on one pressure.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// The moderator's name in the scenario.
    pub moderator: String,
    /// Its gain, 0 to 11.
    pub gain: f64,
}

/// One pressure.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Toward which position.
    pub toward: Position,
    /// The factor's name in the scenario.
    pub factor: String,
    /// The factor's type.
    pub kind: String,
    /// The factor's mechanism.
    pub mechanism: Mechanism,
    /// By which way it came.
    pub channel: Channel,
    /// The sender; `None` where there is none.
    pub source: Option<ActorId>,
    /// The layer along which it came.
    pub layer: Option<String>,
    /// Before moderation, more than 0.
    pub raw: f64,
    /// What turned it up or down.
    pub gains: Vec<Gain>,
    /// After moderation: raw · Π gains.
    pub pressure: f64,
}

/// By what rows are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// By the factor's name.
    Factor,
    /// By sender.
    Source,
    /// By channel.
    Channel,
    /// By the four mechanisms.
    Mechanism,
}

/// All pressures on one government when it decided.
#[derive(Clone, Debug, PartialEq)]
pub struct BalanceSheet {
    /// The government.
    pub actor: ActorId,
    /// When.
    pub tick: Tick,
    /// a_i: the position that it held.
    pub held: Position,
    /// θ_i.
    pub threshold: f64,
    /// What going back would cost on top.
    pub exit: f64,
    /// θ_k: what moving to each position needs on top.
    pub steps: Vec<f64>,
    /// P_ik: the sums of the rows toward each position.
    pub pressures: Vec<f64>,
    /// The pressures.
    pub rows: Vec<Row>,
    /// ω_ig: the groups of its selectorate with their weights, 0 to 1 together.
    pub selectorate: Vec<(ActorId, f64)>,
    /// The groups that block new positions ([`normwave_moderators::Moderator::blockers`]).
    pub blocked_by: Vec<ActorId>,
}

impl BalanceSheet {
    /// `B_ik = P_ik − P_i,a_i`.
    #[must_use]
    pub fn balance(&self, k: Position) -> f64 {
        self.pressures[usize::from(k)] - self.pressures[usize::from(self.held)]
    }

    /// The margin of a position: `B_ik − θ_i − θ_k − exit`; of the one held, its lead over the others.
    #[must_use]
    pub fn margin(&self, k: Position) -> f64 {
        let ballot = Ballot {
            held: self.held,
            pressure: &self.pressures,
            open: &[],
            threshold: self.threshold,
            exit: self.exit,
            steps: &self.steps,
        };
        margin(&ballot, k)
    }

    /// The position against which that of `k` is weighed: the one held, or, for the one held, the
    /// strongest of the others.
    #[must_use]
    pub fn rival(&self, k: Position) -> Position {
        if k != self.held {
            return self.held;
        }
        let others = (0u8..).zip(&self.pressures).filter(|(m, _)| *m != k);
        others.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map_or(0, |(m, _)| m)
    }

    /// The most demanding new position: the last.
    #[must_use]
    pub fn most_demanding(&self) -> Position {
        Position::try_from(self.pressures.len() - 1).unwrap_or(Position::MAX)
    }

    /// Pressure toward each position, added up; `name_of` names senders. The largest come first.
    #[must_use]
    pub fn grouped(&self, by: Grouping, name_of: &dyn Fn(ActorId) -> String) -> Vec<(String, Vec<f64>)> {
        let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for row in &self.rows {
            let name = match by {
                Grouping::Factor => row.factor.clone(),
                Grouping::Source => row.source.map_or_else(|| "own".to_owned(), name_of),
                Grouping::Channel => row.channel.name().to_owned(),
                Grouping::Mechanism => row.mechanism.name().to_owned(),
            };
            let sums = groups.entry(name).or_insert_with(|| vec![0.0; self.pressures.len()]);
            sums[usize::from(row.toward)] += row.pressure;
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        let largest = |sums: &[f64]| sums.iter().copied().fold(0.0, f64::max);
        groups.sort_by(|a, b| largest(&b.1).total_cmp(&largest(&a.1)).then_with(|| a.0.cmp(&b.0)));
        groups
    }
}
