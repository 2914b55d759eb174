//! The command `normwave`: flags, files and words around the library.
//!
//! [`main`] is the whole program. The rest is here to be tested and to be built upon: a case that
//! wants sections of its own in the report gives a [`CaseReport`] (see [`report`]).

mod args;
mod cases;
mod catalogue;
mod check;
mod command;
mod course;
mod describe;
mod explain;
mod failure;
mod folder;
mod import;
mod input;
mod manifest;
mod moment;
mod network;
mod new;
mod output;
mod picture;
mod prepare;
pub mod report;
mod results;
mod run;
mod shares;
mod simulate;
mod size;
mod summary;
mod tables;
mod words;
mod world;

pub use args::{
    ChangeArgs, CheckArgs, CiteArgs, Cli, Command, ConvertArgs, DescribeArgs, ExplainArgs, GroupBy,
    ImportArgs, NetworkArgs, NetworkCommand, NewArgs, NewTick, NewWorld, PictureArgs, PictureKind, PictureOf,
    RunArgs, WorldArgs, WorldCommand,
};
pub use command::{execute, main};
pub use course::{Course, PositionCourse};
pub use failure::Failure;
pub use input::Input;
pub use moment::{Moment, Replay};
pub use prepare::{Prepared, Quantum, ShownRun};
pub use report::CaseReport;
pub use results::{ActorOutcome, RunResults, Settings};
pub use shares::{Band, ShareTable, Stage};
pub use simulate::Watch;
