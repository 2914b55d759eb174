//! What must come out of a scenario, and its variants.

use crate::Overrides;
use normwave_network_model::{ActorId, Tick};
use normwave_pressure_factors::Position;
use std::fmt;

/// The least and the most that a number may be; infinite where it has no bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Range {
    /// One number and no other.
    #[must_use]
    pub fn exactly(number: f64) -> Self {
        Range { least: number, most: number }
    }

    /// Whether a number lies in it, but for rounding.
    #[must_use]
    pub fn contains(self, number: f64) -> bool {
        let room = 1e-9 * number.abs();
        self.least - room <= number && number <= self.most + room
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { least, most } = self;
        match (least.is_finite(), most.is_finite()) {
            _ if least >= most => write!(f, "{least}"),
            (true, true) => write!(f, "{least} to {most}"),
            (true, false) => write!(f, "{least} or more"),
            (false, _) => write!(f, "{most} or less"),
        }
    }
}

/// What must come out.
///
/// All but the last two is judged on a run without noise, those over replicates with seed 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// How many hold position 1 or more at the end.
    pub adopters: Option<Range>,
    /// How many do so at the end of a tick.
    pub adopters_by: Vec<(Tick, Range)>,
    /// Who holds what at the end.
    pub holds: Vec<(ActorId, Position)>,
    /// Actors each of whom first takes a new position before the next.
    pub order: Vec<Vec<ActorId>>,
    /// The pattern in which position 1 spreads.
    pub pattern: Option<ExpectedPattern>,
    /// In how many waves it spreads.
    pub waves: Option<Range>,
    /// Over how many replicates the others are judged.
    pub replicates: u64,
    /// The mean over replicates of how many hold position 1 or more at the end.
    pub mean_adopters: Option<Range>,
    /// The share of replicates in which an actor holds position 1 or more at the end.
    pub probability: Vec<(ActorId, Range)>,
}

impl Default for Expectation {
    fn default() -> Self {
        Expectation {
            adopters: None,
            adopters_by: Vec::new(),
            holds: Vec::new(),
            order: Vec::new(),
            pattern: None,
            waves: None,
            replicates: 200,
            mean_adopters: None,
            probability: Vec::new(),
        }
    }
}

impl Expectation {
    /// How many things are expected of the run without noise.
    #[must_use]
    pub fn n_without_noise(&self) -> usize {
        let one = [self.adopters.is_some(), self.pattern.is_some(), self.waves.is_some()];
        let several = self.adopters_by.len() + self.holds.len() + self.order.len();
        one.into_iter().filter(|one| *one).count() + several
    }

    /// How many things are expected over replicates.
    #[must_use]
    pub fn n_over_replicates(&self) -> usize {
        usize::from(self.mean_adopters.is_some()) + self.probability.len()
    }

    /// How many things are expected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n_without_noise() + self.n_over_replicates()
    }

    /// Whether nothing is expected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A pattern, and by what core and periphery are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedPattern {
    /// hegemonic, peripheral, mixed or none.
    pub is: &'static str,
    /// The layer whose ties make central; all along which pressure runs if left out.
    pub layer: Option<String>,
    /// The attribute that makes powerful.
    pub power: Option<String>,
}

/// The scenario with some changes; what comes out then is said in the variant itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it shows; may be empty.
    pub title: String,
}

impl Variant {
    /// The overrides under which the scenario is read as this variant.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        Overrides { variant: Some(self.name.clone()), ..Overrides::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_says_what_it_holds() {
        let open = Range { least: 2.0, most: f64::INFINITY };
        assert_eq!(
            [Range::exactly(3.0), open, Range { least: f64::NEG_INFINITY, most: 4.5 }].map(|r| r.to_string()),
            ["3", "2 or more", "4.5 or less"]
        );
        assert!(open.contains(2.0) && !open.contains(1.9));
        assert!(Range::exactly(0.1 + 0.2).contains(0.3));
    }
}
