//! What can be said on the command line.

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use normwave_scenario::Overrides;
use std::path::PathBuf;

/// How international norms spread: run a scenario, and take its decisions apart.
#[derive(Debug, Parser)]
#[command(name = "normwave", version, propagate_version = true, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  normwave cases                                  what is bundled
  normwave run star                               run a case, write runs/star-1
  normwave new my-norm --history dates.csv --from 1985 --to 2010
                                                  a scenario from a table of who adopted when
  normwave explain ego --actor A --at 2000        why A stays as it is
  normwave network florentine --at 1430           who stands in the middle
  normwave check my.toml                          is my scenario sound?
  normwave describe my.toml -o described          who adopted when, and how exposed

A case is named by its name, a scenario of your own by its path (with a / or ending in .toml).
Exit status: 0 done; 1 something failed; 2 the command line or a scenario is wrong; 130 stopped.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a scenario from a table of who adopted when.
    New(NewArgs),
    /// Run a scenario many times and write a folder with tables, figures and a report.
    Run(RunArgs),
    /// Take one decision apart: every pressure, its sender, its gains, and what would flip it.
    Explain(ExplainArgs),
    /// Describe who adopted when in a scenario's history, or in its run: exposure, thresholds, adopter
    /// categories, hazard, Bass model, Moran's I, how adopters stand in each layer.
    Describe(DescribeArgs),
    /// Measure the network on a date: density, clustering, who is central, and how a group stands;
    /// or convert files of ties.
    Network(NetworkArgs),
    /// Draw the network as a map, on rings, at several dates, by region over time, or as a matrix.
    Picture(PictureArgs),
    /// Read a scenario without writing anything, say what it holds, and test what it expects.
    Check(CheckArgs),
    /// Turn standard files of international relations (Correlates of War, ATOP, V-Dem, CEPII …) into
    /// tables that scenarios read.
    Import(ImportArgs),
    /// List the bundled cases and what each shows.
    Cases {
        /// Print JSON, with the outcome that each expects.
        #[arg(long)]
        json: bool,
    },
    /// List the packaged international system, 1980 to 2016: layers, attributes and affiliations with
    /// years, sources, ties and what is missing; or print what to cite.
    World(WorldArgs),
    /// Print what scenario files can name: every factor, moderator, event, preset, layer, generator
    /// and measure with its formula, keys and source.
    Catalogue {
        /// Only what has this name.
        name: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of scenario files.
    Schema {
        /// The schema is JSON in any case.
        #[arg(long, hide = true)]
        json: bool,
    },
}

/// Which scenario, and what is changed in it.
#[derive(Clone, Debug, Args)]
pub struct ChangeArgs {
    /// A bundled case (see `normwave cases`) or the path of a scenario file.
    #[arg(value_name = "CASE|FILE")]
    pub scenario: String,
    /// Set a value of the scenario file by its dotted path, lists by number from 0, such as
    /// decision.threshold=0.5 or first-adopters.0.who=L1; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Switch an event of the scenario off; may be repeated.
    #[arg(long, value_name = "EVENT")]
    pub without: Vec<String>,
    /// Take a variant of the scenario, as `normwave check` lists them.
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
}

impl ChangeArgs {
    /// The changes as the scenario crate takes them.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        Overrides { set: self.set.clone(), without: self.without.clone(), variant: self.variant.clone() }
    }
}

/// `normwave new`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave new my-norm --history dates.csv --from 1985 --to 2010
  normwave new torture --history treaties.csv --only treaty=cat --event ratification --event accession \\
      --from 1985 --to 2010
  normwave new lotteries --history policies.csv --only policy=lottery --from 1960 --to 2000

The table may be CSV, TSV, Excel or Parquet, with a row per adoption, a panel, or years or policies as
columns; states are known by name or by any usual code. The folder holds scenario.toml, history.csv,
README.md and, where a row could not be used, left-out.csv with the reason.")]
pub struct NewArgs {
    /// The folder to write; its name is the norm's.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Table of who adopted when.
    #[arg(long, value_name = "FILE")]
    pub history: PathBuf,
    /// First year (or month, or day) of the period.
    #[arg(long, value_name = "DATE")]
    pub from: String,
    /// Last year (or month, or day) of the period.
    #[arg(long, value_name = "DATE")]
    pub to: String,
    /// Length of a tick.
    #[arg(long, value_enum, default_value_t = NewTick::Year)]
    pub tick: NewTick,
    /// Who the units are; told from them if left out.
    #[arg(long, value_enum)]
    pub world: Option<NewWorld>,
    /// Column of the units, if the header does not tell.
    #[arg(long, value_name = "COLUMN")]
    pub unit: Option<String>,
    /// Column of the dates, if the header does not tell.
    #[arg(long, value_name = "COLUMN")]
    pub date: Option<String>,
    /// Only events of this name count as adoption; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub event: Vec<String>,
    /// Only rows with this value in that column; may be repeated.
    #[arg(long, value_name = "COLUMN=VALUE")]
    pub only: Vec<String>,
    /// Sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// Ticks of a new scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewTick {
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

/// Worlds of a new scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewWorld {
    /// The states of the international system.
    States,
    /// The states of the United States.
    UsStates,
}

/// `normwave run`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave run islands
  normwave run star --set first-adopters.0.who=L1 --out leaf-first
  normwave run my.toml --replicates 1000 --seed 7 --without summit

The folder holds manifest.json, adoptions.csv, shares.csv, ledger.csv, waves.csv, influence.csv,
indicators.csv, figures/ and report.html. It is written whole or not at all. The tables are the same for any engine and number of threads.")]
pub struct RunArgs {
    /// The scenario.
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Replicates, 1 or more; by default 200 if chance plays a part, else 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub replicates: Option<u64>,
    /// Seed of all random numbers.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Engine; all give the same results.
    #[arg(long, value_name = "NAME", value_parser = engine_names())]
    pub engine: Option<String>,
    /// Threads; 0 is one per core.
    #[arg(long, value_name = "T", default_value_t = 0)]
    pub threads: usize,
    /// Folder to write; by default runs/NAME-1, runs/NAME-2 and so on.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the folder of an earlier run.
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Write the tables alone, without figures and report.html.
    #[arg(long)]
    pub no_report: bool,
    /// Say on stderr how many seconds each part of the run took, and how much memory.
    #[arg(long)]
    pub timings: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
}

fn engine_names() -> PossibleValuesParser {
    PossibleValuesParser::new(normwave_engine::engines().iter().map(|engine| engine.name()))
}

/// `normwave explain`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave explain ego --actor A --at 2000
  normwave explain ego --actor A --at 2000 --by source --svg balance.svg
  normwave explain my.toml --actor GBR --at 1997-11 --versus 1997-04 --json

The sheet is that of the run without noise (where all is chance, of the first replicate), at the start of the decisions of that time.")]
pub struct ExplainArgs {
    /// The scenario.
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// The government, by its id.
    #[arg(long, value_name = "ID")]
    pub actor: String,
    /// When: 1997-11-30, 1997-11 or 1997.
    #[arg(long, value_name = "DATE")]
    pub at: String,
    /// Another time to set beside it.
    #[arg(long, value_name = "DATE")]
    pub versus: Option<String>,
    /// Position that is weighed, by name or number; the most demanding one by default.
    #[arg(long, value_name = "K")]
    pub position: Option<String>,
    /// By what pressures are added up.
    #[arg(long, value_enum, default_value_t = GroupBy::Factor)]
    pub by: GroupBy,
    /// Follow this replicate and its noise rather than the run without noise.
    #[arg(long, value_name = "N")]
    pub replicate: Option<u64>,
    /// Seed of the replicate.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Also write the balance as a figure.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Print JSON, with every single pressure.
    #[arg(long)]
    pub json: bool,
}

/// `normwave describe`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave describe my.toml
  normwave describe my.toml --layer alliances --layer trade -o described
  normwave describe islands --json

A scenario names its history: history = \"history.csv\", with the columns actor and from, and if you
like until and position. Without one, the run without noise is described.
With --out, the folder holds manifest.json, report.html, figures/ and tables: governments.csv,
course.csv, layers.csv, exposure.csv, thresholds.csv, categories.csv and rates.csv (docs/describe.md).")]
pub struct DescribeArgs {
    /// The scenario.
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Position that is adopted, by name or number, with those above it where versions are graded; the
    /// most demanding one that anybody adopts by default.
    #[arg(long, value_name = "K")]
    pub position: Option<String>,
    /// Only this layer; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub layer: Vec<String>,
    /// Ties count 1 whatever their strength, as in netdiffuseR unless told otherwise.
    #[arg(long)]
    pub unweighted: bool,
    /// Describe the run without noise though there is a history.
    #[arg(long)]
    pub simulated: bool,
    /// Ticks within which an adoption counts as infected by one before it.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub within: u32,
    /// Permutations with which each Moran's I is compared; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 199, value_parser = clap::value_parser!(u32).range(0..=99_999))]
    pub permutations: u32,
    /// Seed of the permutations, and of the run if one is described.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder to write.
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace an earlier folder.
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print JSON, with everything.
    #[arg(long)]
    pub json: bool,
}

/// By what pressures are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// By factor.
    Factor,
    /// By sender.
    Source,
    /// By the way it came: state, organisation, transnational, domestic, own.
    Channel,
    /// By mechanism: coercion, competition, learning, socialisation, domestic.
    Mechanism,
}

/// `normwave network`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave network florentine --at 1430
  normwave network florentine --at 1430 --group Medici,Guadagni
  normwave network islands --at 2000 --by island
  normwave network convert big.csv big.ties

Layers are read without direction or strength unless told; `strength` always counts strength.
Closeness follows ties away from the actor; constraint is Burt's, low for those who bridge
holes. A group is compared with 200 random groups of its size among the governments of that date.")]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct NetworkArgs {
    /// Something else than to measure.
    #[command(subcommand)]
    pub command: Option<NetworkCommand>,
    /// The scenario; there is one unless a subcommand is given.
    #[command(flatten)]
    pub changes: Option<ChangeArgs>,
    /// When: 1997-06-30, 1997-06 or 1997.
    #[arg(long, value_name = "DATE", required = true)]
    pub at: Option<String>,
    /// Only this layer.
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Governments that are measured as one, by id.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub group: Vec<String>,
    /// Count brokerage between the groups of this attribute, such as region.
    #[arg(long, value_name = "ATTRIBUTE")]
    pub by: Option<String>,
    /// Let direction count.
    #[arg(long)]
    pub directed: bool,
    /// Let strength count on shortest paths and in eigenvectors.
    #[arg(long)]
    pub weighted: bool,
    /// Seed of the random groups, and of the search for communities.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `normwave world`.
#[derive(Clone, Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  normwave world
  normwave world trade --year 1997
  normwave world --json
  normwave world cite ottawa"
)]
pub struct WorldArgs {
    /// Something else than to list.
    #[command(subcommand)]
    pub command: Option<WorldCommand>,
    /// Only this layer, attribute or affiliation: coverage by year, missing values by state.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Figures of this year; 1997 in the list if left out.
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i16>,
    /// Print JSON, with figures of every network of the year.
    #[arg(long)]
    pub json: bool,
}

/// What `normwave world` can do beside listing.
#[derive(Clone, Debug, Subcommand)]
pub enum WorldCommand {
    /// Print `BibTeX` entries of the data sets behind scenarios and tables, each once.
    Cite(CiteArgs),
}

/// `normwave world cite`.
#[derive(Clone, Debug, Args)]
pub struct CiteArgs {
    /// Cases, scenario files, or names of layers, attributes and affiliations.
    #[arg(value_name = "SCENARIO|TABLE", required = true)]
    pub names: Vec<String>,
}

/// What `normwave network` can do beside measuring.
#[derive(Clone, Debug, Subcommand)]
pub enum NetworkCommand {
    /// Convert a file of a network between the formats that programs use.
    Convert(ConvertArgs),
}

/// `normwave network convert`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave network convert alliances.gexf alliances.graphml
  normwave network convert trade.net trade.csv
  normwave network convert network.xml network.ties --from-format graphml --id iso3
  normwave network convert big.csv big.ties
  normwave network convert friends.parquet friends.ties --from user --to friend --undirected

The extensions tell the formats: .graphml, .gexf, .net (Pajek), .gml, .dl (UCINET), .json (node-link),
.edgelist, .csv, .tsv, .matrix.csv, .parquet, .ties. What TO cannot say is listed. Tables have the columns
from, to and, unless all strengths are 1, strength; start and end where ties have dates; and attributes.
They and Parquet have a row for each direction of an undirected tie. A scenario takes any of these files as
network.layer.NAME.file, and its actors from it with network.actors = { ties = \"big.ties\" }.")]
pub struct ConvertArgs {
    /// The file to read.
    #[arg(value_name = "FROM")]
    pub from: PathBuf,
    /// The file to write.
    #[arg(value_name = "TO")]
    pub to: PathBuf,
    /// Format of FROM, where its extension does not say it.
    #[arg(long, value_name = "FORMAT")]
    pub from_format: Option<String>,
    /// Format of TO, where its extension does not say it.
    #[arg(long, value_name = "FORMAT")]
    pub to_format: Option<String>,
    /// Column of the sender in FROM, a table; `from` if left out.
    #[arg(long = "from", value_name = "COLUMN")]
    pub from_column: Option<String>,
    /// Column of the target in FROM, a table; `to` if left out.
    #[arg(long = "to", value_name = "COLUMN")]
    pub to_column: Option<String>,
    /// Column or attribute of ties that holds the strength; if left out, `strength` or `weight` if there is
    /// one, else all are 1.
    #[arg(long, value_name = "COLUMN")]
    pub strength: Option<String>,
    /// Attribute of nodes that holds their ids, or `label`; if left out, the ids of FROM, or the labels if
    /// FROM only numbers its nodes.
    #[arg(long, value_name = "ATTRIBUTE")]
    pub id: Option<String>,
    /// Pass over all other columns of a large table; else they are refused.
    #[arg(long)]
    pub ignore_others: bool,
    /// Ties go both ways, where FROM has no word for it: tables, matrices, edge lists.
    #[arg(long)]
    pub undirected: bool,
    /// Replace TO if it exists.
    #[arg(long)]
    pub force: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `normwave picture`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave picture ottawa --kind map --date 1997-12 -o map.svg
  normwave picture ottawa --kind multiples --dates 1993,1996,1997-12,2000 -o dates.png
  normwave picture ottawa --kind matrix --date 1997-12 --by communities -o matrix.svg
  normwave picture florentine --kind rings -o rings.svg

A map needs the attributes `lat` and `lng` (degrees) of actors; multiples stand on rings without them.")]
pub struct PictureArgs {
    /// The scenario.
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// What is drawn.
    #[arg(long, value_enum)]
    pub kind: PictureKind,
    /// File to write; its end, .svg or .png, tells the format.
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// When: 1997-12-31, 1997-12 or 1997; the last date by default.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Dates of multiples, 12 at most; by default the start, a quarter, half, three quarters and the end.
    #[arg(long, value_name = "DATES", value_delimiter = ',')]
    pub dates: Vec<String>,
    /// Layer whose ties are drawn; of a matrix also an affiliation, whose shared organisations are counted.
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// Numeric attribute that sizes actors, such as capability.
    #[arg(long, value_name = "ATTRIBUTE")]
    pub size: Option<String>,
    /// Attribute that groups actors, such as region; of a matrix also `communities`.
    #[arg(long, value_name = "ATTRIBUTE")]
    pub by: Option<String>,
    /// Position that regions are judged by, by name or number; by default the furthest that is held.
    #[arg(long, value_name = "K")]
    pub position: Option<String>,
    /// Whose positions.
    #[arg(long, value_enum, default_value_t = PictureOf::Run)]
    pub of: PictureOf,
    /// Follow this replicate and its noise rather than the run without noise.
    #[arg(long, value_name = "N")]
    pub replicate: Option<u64>,
    /// Seed of the replicate, and of the search for communities.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Pixels of a PNG picture from left to right.
    #[arg(long, value_name = "PIXELS", default_value_t = 1440)]
    pub width: u32,
}

/// What `normwave picture` draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureKind {
    /// Actors at their capitals, with the strongest ties of a layer.
    Map,
    /// Actors from core to periphery.
    Rings,
    /// Maps, else rings, of several dates; who is new in its position is marked.
    Multiples,
    /// The share that has adopted, by region over time.
    Regions,
    /// Shared organisations or ties, groups together.
    Matrix,
}

/// Whose positions `normwave picture` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureOf {
    /// Those of a run, as `explain` shows it.
    Run,
    /// Those that were taken in truth, of a scenario that has a history.
    History,
}

/// `normwave import`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave import alliance_v4.1_by_dyad_yearly.csv -o alliances
  normwave import V-Dem-CY-Core-v14.csv --measure v2x_polyarchy --from 1980 --until 2011 -o regimes
  normwave import --list

A file is told by its header, whatever its name; commas and tabs are both read. Missing codes make no
ties and no values. Actors are ISO alpha-3 codes, unique over time. The folder holds a table per layer or
attribute and import.log, which accounts for every row and says how a scenario reads each table. It is
written whole or not at all.")]
pub struct ImportArgs {
    /// The files.
    #[arg(value_name = "FILE", required_unless_present = "list")]
    pub files: Vec<PathBuf>,
    /// Take the files for this kind (see --list), whatever their headers say.
    #[arg(long = "as", value_name = "NAME")]
    pub kind: Option<String>,
    /// Turn only this column into a table; may be repeated. See --list for what is usual.
    #[arg(long, value_name = "COLUMN")]
    pub measure: Vec<String>,
    /// First year that is read.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1000..=2999))]
    pub from: Option<i16>,
    /// First year that is no longer read.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1000..=2999))]
    pub until: Option<i16>,
    /// Folder to be written; it must not exist.
    #[arg(long, short, value_name = "FOLDER", required_unless_present = "list")]
    pub out: Option<PathBuf>,
    /// List the files that are known and what is made of them.
    #[arg(long, conflicts_with_all = ["files", "out"])]
    pub list: bool,
}

/// `normwave check`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  normwave check my.toml
  normwave check ego --set network.layer.ties.ties.2.strength=1.001
  normwave check my.toml --expand
  normwave check --all")]
pub struct CheckArgs {
    /// A scenario file or a case.
    #[arg(value_name = "CASE|FILE", required_unless_present = "all")]
    pub scenario: Option<String>,
    /// All bundled cases and their variants against what they expect.
    #[arg(long, conflicts_with_all = ["scenario", "set", "without", "variant"])]
    pub all: bool,
    /// Only read it, and print its events as the primitive changes for which they stand.
    #[arg(long, conflicts_with_all = ["all", "json"])]
    pub expand: bool,
    /// Set a value of the scenario file by its dotted path; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Switch an event of the scenario off; may be repeated.
    #[arg(long, value_name = "EVENT")]
    pub without: Vec<String>,
    /// Take one variant of the scenario; all are checked if nothing is changed.
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_fits_the_screen() {
        for line in EXAMPLES.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
