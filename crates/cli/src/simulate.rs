//! Running replicates while somebody watches, and may stop it.

use crate::{Failure, output};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use normwave_engine::{Replicates, run_replicates};
use normwave_plan::{Engine, Plan, Trajectory};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// A flag that stops a run, and a progress bar if a person is watching.
#[derive(Clone, Debug)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    bar: ProgressBar,
    // What was begun, and when.
    stages: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl Watch {
    /// Nobody watches and nothing stops it.
    #[must_use]
    pub fn silent() -> Self {
        Watch { stop: Arc::default(), bar: ProgressBar::hidden(), stages: Arc::default() }
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
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((what.to_owned(), Instant::now()));
        }
    }

    /// The seconds that each stage so far took, the last until now. Stages of the same name are one.
    pub(crate) fn seconds(&self) -> Vec<(String, f64)> {
        let stages = self.stages.lock().map_or_else(|_| Vec::new(), |stages| stages.clone());
        let ends = stages.iter().skip(1).map(|stage| stage.1).chain([Instant::now()]);
        let mut seconds: Vec<(String, f64)> = Vec::new();
        for ((name, begun), end) in stages.iter().zip(ends) {
            let took = end.duration_since(*begun).as_secs_f64();
            match seconds.iter_mut().find(|known| known.0 == *name) {
                Some(known) => known.1 += took,
                None => seconds.push((name.clone(), took)),
            }
        }
        seconds
    }

    /// Says that something was begun before anybody watched.
    pub(crate) fn begun(&self, what: &str, when: Instant) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((what.to_owned(), when));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_of_stages_of_one_name_add_up_in_the_order_of_their_beginning() {
        let watch = Watch::silent();
        watch.begun("reading", Instant::now());
        ["tables", "report", "tables"].iter().for_each(|stage| watch.stage(stage));
        let names: Vec<String> = watch.seconds().into_iter().map(|stage| stage.0).collect();
        assert_eq!(names, ["reading", "tables", "report"]);
        assert!(watch.seconds().iter().all(|stage| stage.1 >= 0.0));
    }
}
