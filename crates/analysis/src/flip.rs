//! The smallest single change that would reverse a decision (MODEL §9).

use crate::sheet::{BalanceSheet, Row};
use normwave_moderators::MAX_GAIN;
use normwave_network_model::ActorId;
use normwave_plan::Position;
use std::collections::BTreeSet;

/// What could be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Lever {
    /// One pressure: an index into [`BalanceSheet::rows`].
    Row(usize),
    /// One moderator's dial in one direction, over all pressures that it turns.
    Gain {
        /// The moderator.
        moderator: String,
        /// Whether toward new positions, or toward the status quo.
        toward_new: bool,
    },
    /// One group's weight in the selectorate, through what it advocates itself.
    Weight {
        /// The group.
        group: ActorId,
    },
}

/// A change that would bring a margin to 0; a little more reverses the decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// What is changed.
    pub lever: Lever,
    /// By which factor it is multiplied, more than 0.
    pub factor: f64,
}

impl BalanceSheet {
    /// The change of least |ln factor| that brings the margin of `k` to 0; `None` if no single
    /// change does.
    ///
    /// A lever multiplies pressures toward `k` and toward those positions that it is weighed
    /// against: the one held, or all others for the one held. So the lead over each is
    /// `lead(c) = lead + (c − 1) · (Σ_k − Σ_rival)`, with sums over the rows that the lever moves.
    /// Gains may not leave 0 to 11, nor weights 0 to 1 together.
    #[must_use]
    pub fn smallest_flip(&self, k: Position) -> Option<Flip> {
        let flips = self.levers().into_iter().filter_map(|lever| self.flip(k, lever));
        flips.min_by(|a, b| a.factor.ln().abs().total_cmp(&b.factor.ln().abs()))
    }

    fn levers(&self) -> Vec<Lever> {
        let mut levers: Vec<Lever> = (0..self.rows.len()).map(Lever::Row).collect();
        let mut dials = BTreeSet::new();
        let mut groups = BTreeSet::new();
        for row in &self.rows {
            dials.extend(row.gains.iter().map(|gain| (gain.moderator.clone(), row.toward > 0)));
            if let (crate::Channel::Domestic, Some(group)) = (row.channel, row.source) {
                groups.insert(group);
            }
        }
        levers.extend(dials.into_iter().map(|(moderator, toward_new)| Lever::Gain { moderator, toward_new }));
        levers.extend(groups.into_iter().map(|group| Lever::Weight { group }));
        levers
    }

    fn flip(&self, k: Position, lever: Lever) -> Option<Flip> {
        let moved = |idx: usize, row: &Row| match &lever {
            Lever::Row(only) => idx == *only,
            Lever::Gain { moderator, toward_new } => {
                (row.toward > 0) == *toward_new && row.gains.iter().any(|gain| gain.moderator == *moderator)
            }
            Lever::Weight { group } => row.source == Some(*group) && row.channel == crate::Channel::Domestic,
        };
        let rows = || self.rows.iter().enumerate().filter(|(idx, row)| moved(*idx, row)).map(|(_, row)| row);
        let toward =
            |position| rows().filter(move |row| row.toward == position).map(|row| row.pressure).sum::<f64>();
        let leads = self.leads(k);
        let slopes: Vec<f64> = leads.iter().map(|(rival, _)| toward(k) - toward(*rival)).collect();
        let margin = |c: f64| {
            let moved = leads.iter().zip(&slopes).map(|((_, lead), slope)| lead + (c - 1.0) * slope);
            moved.fold(f64::INFINITY, f64::min)
        };
        let scale: f64 = self.pressures.iter().sum();
        let zeros = leads.iter().zip(&slopes).filter(|(_, slope)| slope.abs() >= f64::EPSILON);
        let zeros = zeros.map(|((_, lead), slope)| 1.0 - lead / slope);
        let possible = zeros.filter(|c| *c > 0.0 && c.is_finite() && margin(*c).abs() <= 1e-9 * scale);
        let within = |c: &f64| match &lever {
            Lever::Gain { moderator, .. } => rows().all(|row| {
                let mut dials = row.gains.iter().filter(|gain| gain.moderator == *moderator);
                dials.all(|gain| gain.gain * c <= MAX_GAIN)
            }),
            Lever::Weight { group } => {
                let all: f64 = self.selectorate.iter().map(|(_, weight)| weight).sum();
                let own: f64 =
                    self.selectorate.iter().filter(|(id, _)| id == group).map(|(_, weight)| weight).sum();
                all - own + own * c <= 1.0 + 1e-9
            }
            Lever::Row(_) => true,
        };
        let least = possible.filter(within).min_by(|a, b| a.ln().abs().total_cmp(&b.ln().abs()));
        least.map(|factor| Flip { lever, factor })
    }

    // By how much `k` leads each position that it is weighed against, thresholds included.
    fn leads(&self, k: Position) -> Vec<(Position, f64)> {
        if k != self.held {
            return vec![(self.held, self.margin(k))];
        }
        let held = self.pressures[usize::from(k)];
        (0u8..).zip(&self.pressures).filter(|(m, _)| *m != k).map(|(m, p)| (m, held - p)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Channel, Gain};
    use normwave_pressure_factors::Mechanism;

    fn row(toward: Position, source: u32, pressure: f64, gain: f64) -> Row {
        Row {
            toward,
            factor: "f".to_owned(),
            kind: "moral".to_owned(),
            mechanism: Mechanism::Socialisation,
            channel: if source >= 10 { Channel::Domestic } else { Channel::State },
            source: Some(ActorId(source)),
            layer: Some("ties".to_owned()),
            raw: pressure / gain,
            gains: vec![Gain { moderator: "dial".to_owned(), gain }],
            pressure,
        }
    }

    fn sheet(held: Position, rows: Vec<Row>) -> BalanceSheet {
        let mut pressures = vec![0.0; 3];
        rows.iter().for_each(|row| pressures[usize::from(row.toward)] += row.pressure);
        let selectorate = vec![(ActorId(10), 0.5), (ActorId(11), 0.3)];
        BalanceSheet {
            actor: ActorId(0),
            tick: 0,
            held,
            threshold: 0.0,
            exit: 0.0,
            steps: Vec::new(),
            pressures,
            rows,
            selectorate,
            blocked_by: Vec::new(),
        }
    }

    fn assert_flip(flip: Option<Flip>, lever: &Lever, factor: f64) {
        let flip = flip.unwrap();
        assert_eq!(flip.lever, *lever);
        assert!((flip.factor - factor).abs() < 1e-12, "{}", flip.factor);
    }

    #[test]
    fn the_smallest_flip_is_the_lever_of_least_log_ratio() {
        // 4 against 5: the dial toward new positions has both rows, 5/4 flips; the rival row 4/5 is
        // as far, and comes first.
        let sheet = sheet(0, vec![row(0, 1, 5.0, 1.0), row(1, 2, 3.0, 1.0), row(1, 3, 1.0, 1.0)]);
        assert_flip(sheet.smallest_flip(1), &Lever::Row(0), 0.8);
        let far = Lever::Row(1);
        assert_flip(sheet.flip(1, far.clone()), &far, 4.0 / 3.0);
    }

    #[test]
    fn a_gain_may_not_be_turned_beyond_eleven() {
        let sheet = sheet(0, vec![row(0, 1, 5.0, 1.0), row(1, 2, 4.0, 10.0)]);
        let dial = Lever::Gain { moderator: "dial".to_owned(), toward_new: true };
        assert_eq!(sheet.flip(1, dial), None);
    }

    #[test]
    fn a_weight_may_not_leave_its_selectorate() {
        // 0.5 may grow to 0.7, a factor of 1.4.
        let dial = Lever::Weight { group: ActorId(10) };
        let flip =
            |need: f64| sheet(0, vec![row(0, 1, need, 1.0), row(1, 10, 1.0, 1.0)]).flip(1, dial.clone());
        assert_eq!(flip(1.5), None);
        assert_flip(flip(1.3), &dial, 1.3);
    }

    #[test]
    fn what_is_held_is_lost_to_any_rival() {
        // Position 2 leads 1 by 1 and 0 by 2; raising what presses toward 0 by 3/2... flips, too.
        let rows = || vec![row(2, 1, 6.0, 1.0), row(1, 2, 5.0, 1.0), row(0, 3, 4.0, 1.0)];
        let raised = Lever::Row(2);
        assert_flip(sheet(2, rows()).flip(2, raised.clone()), &raised, 1.5);
        assert_flip(sheet(2, rows()).smallest_flip(2), &Lever::Row(0), 5.0 / 6.0);
    }

    #[test]
    fn a_flip_brings_the_margin_to_nothing() {
        let mut sheet = sheet(0, vec![row(0, 1, 5.0, 1.0), row(2, 2, 3.0, 1.0)]);
        sheet.threshold = 0.5;
        let Flip { factor, .. } = sheet.flip(2, Lever::Row(1)).unwrap();
        assert!((3.0 * factor - 5.0 - 0.5).abs() < 1e-12);
    }
}
