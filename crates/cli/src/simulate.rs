//! Running replicates while somebody watches, and may stop it.

use crate::{Failure, output};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use normwave_engine::{Replicates, run_replicates};
use normwave_plan::{Engine, Plan, Trajectory};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that stops a run, and a progress bar if a person is watching.
#[derive(Clone, Debug)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    bar: ProgressBar,
}

impl Watch {
    /// Nobody watches and nothing stops it.
    #[must_use]
    pub fn silent() -> Self {
        Watch { stop: Arc::default(), bar: ProgressBar::hidden() }
    }

    /// Stops on Ctrl-C and shows progress on a terminal; nothing in a pipe.
    ///
    /// # Errors
    /// [`Failure::Other`] if signals cannot be listened to.
    pub(crate) fn at_terminal() -> Result<Self, Failure> {
        let watch = Watch::silent();
        let stop = Arc::clone(&watch.stop);
        ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed))
            .map_err(|error| Failure::Other(format!("cannot listen for Ctrl-C: {error}")))?;
        if !output::watched() {
            return Ok(watch);
        }
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Ok(Watch { bar, ..watch })
    }

    /// Says what is being done now.
    pub fn stage(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`Failure::Interrupted`] once it was stopped.
    pub fn go_on(&self) -> Result<(), Failure> {
        if self.stop.load(Ordering::Relaxed) { Err(Failure::Interrupted) } else { Ok(()) }
    }

    /// Says how far the work is, and whether to go on.
    pub(crate) fn reached(&self, done: u64, all: u64) -> bool {
        self.bar.set_length(all);
        self.bar.set_position(done);
        !self.stop.load(Ordering::Relaxed)
    }

    /// Takes the progress bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Runs replicates of a plan.
    ///
    /// # Errors
    /// [`Failure::Interrupted`] once it was stopped.
    pub fn simulate(
        &self,
        engine: &dyn Engine,
        plan: &Plan,
        what: &Replicates,
    ) -> Result<Vec<Trajectory>, Failure> {
        self.bar.set_length(what.range.end - what.range.start);
        self.bar.set_position(0);
        let each = || {
            self.bar.inc(1);
            !self.stop.load(Ordering::Relaxed)
        };
        let trajectories = run_replicates(engine, plan, what, &each);
        self.go_on()?;
        trajectories.ok_or(Failure::Interrupted)
    }
}
