//! Pressures that are strengths of ties under one gain, along a layer that stands.
//!
//! Lowering asks every factor and moderator for a number per tie. Along millions of ties that takes
//! longer than a cascade does, so that where the answer is known beforehand the rows of the layer
//! become those of the plan as they are.

use super::Epoch;
use super::quantum::Quantum;
use crate::{Exposure, Scenario};
use normwave_memory::long_list;
use normwave_moderators::{Level, Pressure};
use normwave_network_model::{ActorId, StandingTies, Tie};
use normwave_plan::{TieWeights, Weights};
use normwave_pressure_factors::Scope;
use std::sync::{Arc, OnceLock};

/// The weights of a layer's ties, `gain · κ · w_ji / Σ_j w_ji`, the last only of exposures that are
/// means. All are above 0.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    ties: Arc<StandingTies>,
    n_actors: usize,
    factor: usize,
    kappa: f64,
    // Σ_j w_ji of each target, where exposure is a mean.
    in_strength: Option<Arc<Vec<f64>>>,
    gain: f64,
    // Counted when first asked for; the same for all positions.
    in_degrees: Arc<OnceLock<Vec<u32>>>,
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        let same_ties = Arc::ptr_eq(&self.ties, &other.ties);
        let same_exposure = self.in_strength.is_some() == other.in_strength.is_some();
        same_ties && same_exposure && self.kappa == other.kappa && self.gain == other.gain
    }
}

impl Standing {
    /// A factor before gains, if it is one of this kind: all actors are under the norm, its pressures
    /// are strengths, and its gains are the same for all.
    pub(super) fn of(scenario: &Scenario, factor: usize, epoch: &Epoch<'_>) -> Option<Self> {
        let spec = &scenario.factors[factor];
        let Scope::Ties { layer, .. } = spec.mechanism.scope() else { return None };
        let ties = epoch.network.standing(epoch.network.network().layer_id(layer).ok()?)?;
        let strong =
            ties.strengths().is_none_or(|strengths| strengths.iter().all(|&strength| strength > 0.0));
        let mut turning =
            scenario.moderators_of(factor).filter(|active| active.moderator.program().is_none());
        let pressed = epoch.norm.positions.iter().all(Option::is_some);
        let even = turning.all(|active| active.moderator.level() == Level::Systemic);
        if !(spec.mechanism.is_strength() && strong && pressed && even) || ties.is_empty() {
            return None;
        }
        let ties = Arc::clone(ties);
        let kappa = spec.kappa.at(epoch.network.date()).copied().unwrap_or(0.0);
        let mut standing = Standing {
            ties,
            n_actors: epoch.network.n_actors(),
            factor,
            kappa,
            in_strength: None,
            gain: 1.0,
            in_degrees: Arc::default(),
        };
        if spec.exposure == Exposure::Mean {
            standing.in_strength = Some(Arc::new(standing.sums_of_strengths()));
        }
        Some(standing)
    }

    /// Toward one position; `None` if nobody is pressed.
    pub(super) fn toward(&self, scenario: &Scenario, k: usize, epoch: &Epoch<'_>) -> Option<Self> {
        let spec = &scenario.factors[self.factor];
        // What is the same for all is asked of one.
        let one = [Tie { from: ActorId(0), to: ActorId(self.ties.targets()[0]), strength: 1.0 }];
        let toward = u8::try_from(k).unwrap_or(u8::MAX);
        let pressure = Pressure { factor: &spec.name, toward, ties: Some(&one), raw: &[self.kappa] };
        let mut gain = [1.0];
        let turning =
            scenario.moderators_of(self.factor).filter(|active| active.moderator.program().is_none());
        turning.for_each(|active| active.moderator.moderate(&pressure, &epoch.view(), &mut gain));
        Some(Standing { gain: gain[0], ..self.clone() }).filter(|all| all.kappa > 0.0 && all.gain > 0.0)
    }

    fn weight(&self, strength: f64, target: u32) -> f64 {
        let all = self.in_strength.as_ref().map_or(1.0, |all| all[target as usize]);
        self.kappa * strength / all * self.gain
    }

    /// Every weight that there is.
    pub(super) fn different(&self) -> Box<dyn Iterator<Item = f64> + '_> {
        match (self.ties.strengths(), &self.in_strength) {
            (None, None) => Box::new(std::iter::once(self.weight(1.0, 0))),
            (None, Some(all)) => {
                let pressed = all.iter().zip(0u32..).filter(|(all, _)| **all > 0.0);
                Box::new(pressed.map(|(_, target)| self.weight(1.0, target)))
            }
            (Some(_), _) => Box::new(self.weights()),
        }
    }

    // Of all ties, in order of the rows.
    fn weights(&self) -> impl Iterator<Item = f64> + '_ {
        let strengths = self.ties.strengths();
        let strength = move |no: usize| strengths.map_or(1.0, |strengths| strengths[no]);
        self.ties.targets().iter().enumerate().map(move |(no, &target)| self.weight(strength(no), target))
    }

    /// What a function of the weights comes to, summed over the ties into each target, in order of
    /// senders; empty if all are 0.
    pub(super) fn sums(&self, of: impl Fn(f64) -> f64) -> Vec<f64> {
        match (self.ties.strengths(), &self.in_strength) {
            (None, None) => {
                let each = of(self.weight(1.0, 0));
                if each <= 0.0 {
                    return Vec::new();
                }
                self.in_degrees().iter().map(|&n| f64::from(n) * each).collect()
            }
            (None, Some(all)) => {
                let sum = |(&all, target): (&f64, u32)| {
                    if all > 0.0 { all * of(self.weight(1.0, target)) } else { 0.0 }
                };
                all.iter().zip(0u32..).map(sum).collect()
            }
            (Some(_), _) => {
                let mut sums = vec![0.0; self.n_actors];
                let pairs = self.ties.targets().iter().zip(self.weights());
                pairs.for_each(|(&target, weight)| sums[target as usize] += of(weight));
                sums
            }
        }
    }

    fn sums_of_strengths(&self) -> Vec<f64> {
        match self.ties.strengths() {
            None => self.in_degrees().iter().copied().map(f64::from).collect(),
            Some(strengths) => {
                let mut sums = vec![0.0; self.n_actors];
                let pairs = self.ties.targets().iter().zip(strengths);
                pairs.for_each(|(&target, strength)| sums[target as usize] += strength);
                sums
            }
        }
    }

    fn in_degrees(&self) -> &[u32] {
        self.in_degrees.get_or_init(|| {
            let mut degrees = vec![0u32; self.n_actors];
            self.ties.targets().iter().for_each(|&target| degrees[target as usize] += 1);
            degrees
        })
    }

    /// The rows of a plan.
    pub(super) fn quantised(&self, n_actors: usize, quantum: &Quantum) -> Result<Weights, String> {
        let ties = &self.ties;
        let rows = |weights| {
            let mut starts = long_list(n_actors + 1);
            starts.extend_from_slice(ties.starts());
            starts.resize(n_actors + 1, starts.last().copied().unwrap_or(0));
            let mut targets = long_list(ties.targets().len());
            targets.extend_from_slice(ties.targets());
            Weights::Ties { starts, targets, weights }
        };
        let weights = match (ties.strengths(), &self.in_strength) {
            (None, None) => {
                return Ok(match quantum.weight(self.weight(1.0, 0))? {
                    0 => Weights::from_ties(n_actors, Vec::new()),
                    weight => rows(TieWeights::Same(weight)),
                });
            }
            (None, Some(all)) => {
                let of = |(&all, target): (&f64, u32)| {
                    if all > 0.0 { quantum.weight(self.weight(1.0, target)) } else { Ok(0) }
                };
                let each: Vec<i32> = all.iter().zip(0u32..).map(of).collect::<Result<_, _>>()?;
                ties.targets().iter().map(|&target| each[target as usize]).collect()
            }
            (Some(_), _) => {
                self.weights().map(|weight| quantum.weight(weight)).collect::<Result<Vec<_>, _>>()?
            }
        };
        if weights.contains(&0) {
            let all = ties.ties().zip(weights).map(|(tie, weight)| (tie.from.0, tie.to.0, weight));
            return Ok(Weights::from_ties(n_actors, all.collect()));
        }
        Ok(rows(TieWeights::new(weights)))
    }
}

#[cfg(test)]
mod tests {
    use crate::{InMemory, Overrides, Registries, Scenario, lower};
    use normwave_plan::{Plan, Weights};
    use std::sync::Arc;

    const TIES: [(&str, &str, &str); 7] = [
        ("A", "B", "1"),
        ("A", "C", "0.5"),
        ("B", "C", "1"),
        ("C", "A", "2"),
        ("D", "C", "0.25"),
        ("D", "A", "3"),
        ("B", "A", "1"),
    ];

    // With a date before the period, the ties do not stand, and every one is asked for.
    fn plan(rest: &str, strengths: bool, dated: bool) -> Plan {
        let mut table = "from,to".to_owned();
        table += if strengths { ",strength" } else { "" };
        table += if dated { ",start\n" } else { "\n" };
        for (from, to, strength) in TIES {
            table += &format!("{from},{to}");
            table += &if strengths { format!(",{strength}") } else { String::new() };
            table += if dated { ",1900-01-01\n" } else { "\n" };
        }
        let text = format!(
            "schema = 1\ntitle = \"T\"\nperiod = {{ start = 2000, until = 2010, tick = \"year\" }}\n[network]\n\
             actors = {{ ties = \"ties.csv\" }}\nlayer.ties.file = \"ties.csv\"\n{rest}"
        );
        let files = InMemory(vec![("ties.csv".to_owned(), table)]);
        let (registries, overrides) = (Registries::default(), Overrides::default());
        let scenario = Scenario::read("t.toml", &text, &files, &registries, &overrides).unwrap();
        let view = scenario.network_at(0).unwrap();
        let layer = scenario.network.layer_id("ties").unwrap();
        assert_eq!(view.standing(layer).is_none(), dated);
        lower(&Arc::new(scenario), None).unwrap()
    }

    #[test]
    fn ties_that_stand_are_lowered_as_those_that_are_asked_for_one_by_one() {
        let sticky = "[moderator.m]\ntype = \"stickiness\"\nacts-on = \"f\"\nembeddedness = 0.3\n";
        let adopters = "[moderator.m]\ntype = \"stickiness\"\nacts-on = \"f\"\nembeddedness = 0\n\
                        toward-new = 1\ntoward-status-quo = 0\n";
        let legitimate = "[moderator.m]\ntype = \"legitimacy\"\nacts-on = \"f\"\n";
        let later = "[event.e]\ndate = 2004-01-01\nchange = [{ kappa = \"f\", set = 2.5 }]\n";
        for factor in ["emulation", "moral"] {
            for exposure in ["sum", "mean"] {
                for (kappa, event) in [("1", ""), ("0.7", ""), ("0", ""), ("1", later)] {
                    for moderator in ["", sticky, adopters, legitimate] {
                        for strengths in [false, true] {
                            let rest = format!(
                                "[factor.f]\ntype = \"{factor}\"\nlayer = \"ties\"\nexposure = \"{exposure}\"\n\
                                 kappa = {kappa}\n{moderator}[decision]\nthreshold = 0.4\n{event}"
                            );
                            same(&plan(&rest, strengths, false), &plan(&rest, strengths, true), &rest);
                        }
                    }
                }
            }
        }
    }

    fn same(standing: &Plan, asked: &Plan, rest: &str) {
        assert_eq!(standing.quantum.to_bits(), asked.quantum.to_bits(), "{rest}");
        let blocks = |plan: &Plan| {
            let of = |block: &normwave_plan::Block| {
                (block.toward.clone(), block.gains.clone(), block.weights.clone())
            };
            plan.blocks.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(blocks(standing), blocks(asked), "{rest}");
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * b.abs();
        assert!(standing.rounding.iter().zip(&asked.rounding).all(near), "{rest}");
        assert_eq!(standing.thresholds, asked.thresholds, "{rest}");
    }

    #[test]
    fn equal_ties_share_one_weight() {
        let plan = plan("[factor.f]\ntype = \"moral\"\nlayer = \"ties\"\nkappa = 3\n", false, false);
        let Some(Weights::Ties { weights, .. }) = plan.blocks[0].weights.at(0) else { panic!("ties") };
        assert_eq!(*weights, normwave_plan::TieWeights::Same(3));
    }
}
