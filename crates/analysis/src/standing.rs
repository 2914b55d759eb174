//! Where governments stand between core and periphery before a norm spreads.

use crate::centrality::centrality;
use crate::flow::Link;
use crate::order::Adoption;
use crate::pattern::PatternInput;
use normwave_network_model::{ActorId, NetworkError, Spell};
use normwave_scenario::Scenario;

/// Centrality and power of all actors in the tick before the first adoption, or in the first.
///
/// ```
/// use normwave_analysis::{Adoption, Standing, pattern};
/// use normwave_scenario::{InMemory, Overrides, Registries, Scenario};
/// let text = r#"
/// schema = 1
/// title = "A hub"
/// period = { start = 2000-01-01, until = 2002-01-01, tick = "year" }
/// network.generate.star = { leaves = 3 }
/// factor.peers = { type = "emulation", layer = "ties" }
/// "#;
/// let files = InMemory::default();
/// let hub = Scenario::read("hub.toml", text, &files, &Registries::default(), &Overrides::default())?;
/// let first = |tick| Some(Adoption { tick, decided: true });
/// let adopted = [first(0), first(1), first(1), first(1)];
/// let standing = Standing::before(&hub, &adopted, None, None)?;
/// assert!((pattern(&standing.input(&adopted, &[])).with_centrality - 1.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// See [`centrality`].
    pub centrality: Vec<Option<f64>>,
    /// The attribute of power, if one is named.
    pub power: Option<Vec<Option<f64>>>,
}

impl Standing {
    /// Share of the actors that is the core.
    pub const CORE: f64 = 0.2;

    /// Reads the network before the first of some adoptions: the centrality in a layer, or in all
    /// along which pressure runs, and the numeric attribute that is power, if one is named. Who does not
    /// live in the period has neither.
    ///
    /// # Errors
    /// [`NetworkError`] if the layer is unknown or a derived layer cannot be computed.
    pub fn before(
        scenario: &Scenario,
        adopted: &[Option<Adoption>],
        layer: Option<&str>,
        power: Option<&str>,
    ) -> Result<Self, NetworkError> {
        let first = adopted.iter().flatten().map(|adoption| adoption.tick).min().unwrap_or(0);
        let before = first.saturating_sub(1);
        let date = scenario.calendar.as_of(before);
        let value = |name: &str| {
            let all = (0u32..).map(ActorId).take(adopted.len());
            let power = |actor| scenario.network.value(name, actor, date)?.number();
            all.map(|actor| power(actor).filter(|_| lives_in_the_period(scenario, actor))).collect()
        };
        Ok(Standing { centrality: centrality(scenario, layer, before)?, power: power.map(value) })
    }

    /// What [`crate::pattern`] is read from, with the usual core.
    #[must_use]
    pub fn input<'a>(&'a self, adopted: &'a [Option<Adoption>], links: &'a [Link]) -> PatternInput<'a> {
        PatternInput {
            adopted,
            centrality: &self.centrality,
            power: self.power.as_deref(),
            links,
            core: Standing::CORE,
        }
    }
}

// A packaged world has states that were born after a run, or had ended before it.
fn lives_in_the_period(scenario: &Scenario, actor: ActorId) -> bool {
    let period = Spell { from: scenario.calendar.start(), until: Some(scenario.calendar.end()) };
    scenario.network.actor(actor).lives.iter().any(|life| life.overlaps(&period))
}

#[cfg(test)]
mod tests {
    use super::*;
    use normwave_scenario::{InMemory, Overrides, Registries};

    #[test]
    fn who_does_not_live_in_the_period_has_no_power() {
        let text = r#"
            schema = 1
            title = "Two who live and one who is born later"
            period = { start = 2000-01-01, until = 2002-01-01, tick = "year" }
            [network]
            world = true
            [network.attribute]
            cinc = { world = "cinc" }
            [network.layer]
            ties = { world = "defence" }
            [factor.peers]
            type = "emulation"
            layer = "ties"
        "#;
        let files = InMemory::default();
        let scenario =
            Scenario::read("world.toml", text, &files, &Registries::default(), &Overrides::default())
                .unwrap();
        let n = scenario.network.actors().len();
        let power = Standing::before(&scenario, &vec![None; n], None, Some("cinc")).unwrap().power.unwrap();
        let of = |id: &str| power[scenario.network.actor_id(id).unwrap().idx()];
        assert!(of("USA").is_some() && of("YUG").is_some());
        assert_eq!([of("SSD"), of("SRB"), of("CSK"), of("DDR")], [None; 4]);
    }
}
