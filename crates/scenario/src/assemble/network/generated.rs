//! Networks from generators.

use crate::ScenarioError;
use crate::assemble::Context;
use crate::file::{BridgesFile, GeneratorFile, NeighbourhoodFile, RewiringFile};
use normwave_network_model::generate::{
    self, Bridges, CorePeriphery, IslandChain, Neighbourhood, barabasi_albert, configuration, core_periphery,
    erdos_renyi, island_chain, ring_lattice, stochastic_block, torus_lattice, watts_strogatz,
};
use normwave_network_model::{Network, NetworkError};
use toml::Spanned;

pub(super) fn network(
    context: &Context<'_>,
    generator: &Spanned<GeneratorFile>,
) -> Result<Network, ScenarioError> {
    made(generator.get_ref()).map_err(|error| {
        context.error(generator.span(), "[network] generate", error.to_string(), remedy(&error))
    })
}

/// What to do about a network that cannot be made.
pub(super) fn remedy(error: &NetworkError) -> &'static str {
    if matches!(error, NetworkError::TooLarge { .. }) { "Give fewer actors or ties." } else { "" }
}

fn made(generator: &GeneratorFile) -> Result<Network, NetworkError> {
    match generator {
        GeneratorFile::Star { leaves } => generate::star("HUB", (1..=*leaves).map(|leaf| format!("L{leaf}"))),
        GeneratorFile::Complete { actors } => generate::complete(generate::names(size(*actors))),
        GeneratorFile::IslandChain { islands, size: n, bridge, bridges } => island_chain(&IslandChain {
            n_islands: size(*islands),
            size: size(*n),
            bridge_width: size(*bridge),
            bridges: match bridges {
                BridgesFile::Wide => Bridges::Wide,
                BridgesFile::Disjoint => Bridges::Disjoint,
            },
            inside: 1.0,
            between: 1.0,
        }),
        GeneratorFile::Ring { actors, degree } => ring_lattice(size(*actors), size(*degree)),
        GeneratorFile::Torus { rows, columns, neighbourhood, radius } => {
            let neighbourhood = match neighbourhood {
                NeighbourhoodFile::Moore => Neighbourhood::Moore,
                NeighbourhoodFile::VonNeumann => Neighbourhood::VonNeumann,
            };
            torus_lattice(size(*rows), size(*columns), neighbourhood, size(*radius))
        }
        GeneratorFile::WattsStrogatz { actors, degree, rewired, seed } => {
            watts_strogatz(size(*actors), size(*degree), *rewired, *seed)
        }
        GeneratorFile::BarabasiAlbert { actors, ties, seed } => {
            barabasi_albert(size(*actors), size(*ties), *seed)
        }
        GeneratorFile::ErdosRenyi { actors, probability, seed } => {
            erdos_renyi(size(*actors), *probability, *seed)
        }
        GeneratorFile::Configuration { degrees, seed } => configuration(&sizes(degrees), *seed),
        GeneratorFile::StochasticBlock { sizes: of, probability, seed } => {
            stochastic_block(&sizes(of), probability, *seed)
        }
        GeneratorFile::CorePeriphery {
            core,
            periphery,
            core_core,
            core_periphery: across,
            periphery_periphery,
            seed,
        } => {
            let shape = CorePeriphery {
                core: size(*core),
                periphery: size(*periphery),
                inside: *core_core,
                across: *across,
                outside: *periphery_periphery,
            };
            core_periphery(&shape, *seed)
        }
        GeneratorFile::Florentine {} => generate::florentine(),
    }
}

fn size(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn sizes(all: &[u32]) -> Vec<usize> {
    all.iter().map(|&n| size(n)).collect()
}

/// Rewires what was generated.
pub(super) fn rewire(
    context: &Context<'_>,
    generated: bool,
    file: &Spanned<RewiringFile>,
    network: &mut Network,
) -> Result<(), ScenarioError> {
    let key = "[network] rewired";
    if !generated {
        let remedy =
            "Give generate, such as generate.ring = { actors = 100, degree = 6 }, or leave rewired out.";
        return Err(context.error(file.span(), key, "only generated ties can be rewired", remedy));
    }
    let RewiringFile { share, seed } = *file.get_ref();
    generate::swap_ties(network, share, seed)
        .map_err(|error| context.error(file.span(), key, error.to_string(), ""))
}
