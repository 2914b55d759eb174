//! What comes out of a workload, in numbers that any tool can report.

use normwave_plan::{Cause, Tick, Trajectory};

/// Sums over the runs of a workload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Runs.
    pub runs: u64,
    /// Actors that hold a position other than 0 in the end.
    pub adopters: u64,
    /// Positions held in the end, added up.
    pub position_sum: u64,
    /// Index + 1 of each actor times the position that it holds in the end, added up.
    pub id_sum: u64,
    /// Decisions for a higher position.
    pub adoptions: u64,
    /// Decisions for a lower position.
    pub returns: u64,
    /// The rounds of decisions for a higher position, counted from 1, added up.
    pub round_sum: u64,
    /// Rounds of each run up to the first in which nobody moves, added up.
    pub rounds: u64,
    /// The most rounds of any run.
    pub most_rounds: u64,
    /// The squares of the runs' numbers of adopters, added up.
    pub squares: u64,
}

/// What id sums are compared by: their remainder.
pub(super) const MODULUS: u64 = 1_000_003;

impl Answers {
    /// Adds a run.
    pub fn add(&mut self, n_actors: usize, trajectory: &Trajectory) {
        let positions = trajectory.positions_before(n_actors, Tick::MAX, 0);
        let adopters = positions.iter().map(|&held| u64::from(held > 0)).sum::<u64>();
        self.runs += 1;
        self.adopters += adopters;
        self.squares += adopters * adopters;
        self.position_sum += positions.iter().map(|&held| u64::from(held)).sum::<u64>();
        self.id_sum += (1..).zip(&positions).map(|(id, &held)| id * u64::from(held)).sum::<u64>();
        let mut rounds = 1;
        for step in trajectory.moves.iter().filter(|step| step.cause() == Cause::Decided) {
            let round = u64::from(step.tick) + 1;
            rounds = rounds.max(round + 1);
            if step.to() > step.from() {
                self.adoptions += 1;
                self.round_sum += round;
            } else {
                self.returns += 1;
            }
        }
        self.rounds += rounds;
        self.most_rounds = self.most_rounds.max(rounds);
    }

    /// The id sum as tables give it, modulo 1,000,003.
    #[must_use]
    pub fn id_check(&self) -> u64 {
        self.id_sum % MODULUS
    }
}

/// What is known of a workload's answers because other tools agree on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// [`Answers::adopters`].
    pub adopters: Option<u64>,
    /// [`Answers::id_check`].
    pub id_check: Option<u64>,
    /// [`Answers::round_sum`].
    pub round_sum: Option<u64>,
    /// [`Answers::most_rounds`].
    pub most_rounds: Option<u64>,
    /// [`Answers::rounds`].
    pub rounds: Option<u64>,
}

impl Known {
    /// The first number in which the answers are not what is known, with the known one.
    #[must_use]
    pub fn differs(&self, answers: &Answers) -> Option<(&'static str, u64)> {
        let pairs = [
            ("adopters", self.adopters, answers.adopters),
            ("id_check", self.id_check, answers.id_check()),
            ("round_sum", self.round_sum, answers.round_sum),
            ("most_rounds", self.most_rounds, answers.most_rounds),
            ("rounds", self.rounds, answers.rounds),
        ];
        let wrong = |(name, known, found): (&'static str, Option<u64>, u64)| {
            known.filter(|&known| known != found).map(|known| (name, known))
        };
        pairs.into_iter().find_map(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_count_decisions_and_the_round_in_which_nobody_moves() {
        let mut run = Trajectory::default();
        run.record(0, 4, 0, 1, Cause::Set);
        run.record(0, 2, 0, 1, Cause::Decided);
        run.record(3, 0, 0, 2, Cause::Decided);
        run.record(5, 2, 1, 0, Cause::Decided);
        let mut answers = Answers::default();
        answers.add(6, &run);
        answers.add(6, &Trajectory::default());
        let expected = Answers {
            runs: 2,
            adopters: 2,
            position_sum: 3,
            id_sum: 2 + 5,
            adoptions: 2,
            returns: 1,
            round_sum: 1 + 4,
            rounds: 7 + 1,
            most_rounds: 7,
            squares: 4,
        };
        assert_eq!(answers, expected);
    }

    #[test]
    fn what_is_not_known_does_not_differ() {
        let answers = Answers { id_sum: 2 * MODULUS + 7, adopters: 3, ..Answers::default() };
        assert_eq!(Known::default().differs(&answers), None);
        let known = Known { id_check: Some(7), adopters: Some(4), ..Known::default() };
        assert_eq!(known.differs(&answers), Some(("adopters", 4)));
        assert_eq!(Known { adopters: Some(3), ..known }.differs(&answers), None);
    }
}
