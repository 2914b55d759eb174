"""Plain loops that numba compiles: a queue of adopters, each of whom tells its neighbours once."""

import numba
import numpy as np
from inputs import sums_of_set


@numba.njit
def run_queue(starts, targets, weights, needs, first, left, adopted, queue):
    """Adopters of one run, in the order in which they adopted, fill `queue`; returns their number."""
    left[:] = needs
    adopted[:] = False
    n_queued = 0
    for actor in first:
        adopted[actor] = True
        queue[n_queued] = actor
        n_queued += 1
    n_heard = 0
    while n_heard < n_queued:
        sender = queue[n_heard]
        n_heard += 1
        for tie in range(starts[sender], starts[sender + 1]):
            target = targets[tie]
            left[target] -= weights[tie]
            if left[target] <= 0 and not adopted[target]:
                adopted[target] = True
                queue[n_queued] = target
                n_queued += 1
    return n_queued


@numba.njit
def run_ensemble(starts, targets, weights, needs, firsts, counts, id_sums):
    n_runs, n = needs.shape
    left, adopted, queue = np.empty(n, np.int32), np.empty(n, np.bool_), np.empty(n, np.int32)
    for run in range(n_runs):
        counts[run] = run_queue(starts, targets, weights, needs[run], firsts[run], left, adopted, queue)
        id_sum = 0
        for place in range(counts[run]):
            id_sum += queue[place] + 1
        id_sums[run] = id_sum


@numba.njit
def run_cascade(starts, targets, needs, first, heard, queue):
    """One cascade over ties of weight 1, round by round; returns adopters, rounds and their sum.

    An actor adopts in the moment in which it has heard as many as it needs, which comes only once.
    """
    heard[:] = 0
    n_queued = 0
    for actor in first:
        heard[actor] = len(targets)
        queue[n_queued] = actor
        n_queued += 1
    n_heard, rounds, round_sum = 0, 0, 0
    while n_heard < n_queued:
        rounds += 1
        of_this_round = n_queued
        while n_heard < of_this_round:
            sender = queue[n_heard]
            n_heard += 1
            for tie in range(starts[sender], starts[sender + 1]):
                target = targets[tie]
                heard[target] += 1
                if heard[target] == needs[target]:
                    queue[n_queued] = target
                    n_queued += 1
        round_sum += rounds * (n_queued - of_this_round)
    return n_queued, rounds, round_sum


@numba.njit
def run_independent(starts, targets, chance, first, adopted, queue, state):
    """One independent cascade with a number for each tie (xorshift64*, Vigna 2016)."""
    adopted[:] = False
    below = np.uint64(chance * 2.0**64)
    n_queued = 0
    for actor in first:
        adopted[actor] = True
        queue[n_queued] = actor
        n_queued += 1
    n_heard = 0
    while n_heard < n_queued:
        sender = queue[n_heard]
        n_heard += 1
        for tie in range(starts[sender], starts[sender + 1]):
            state ^= state >> np.uint64(12)
            state ^= state << np.uint64(25)
            state ^= state >> np.uint64(27)
            if state * np.uint64(0x2545F4914F6CDD1D) < below:
                target = targets[tie]
                if not adopted[target]:
                    adopted[target] = True
                    queue[n_queued] = target
                    n_queued += 1
    return n_queued, state


def ensemble(inputs):
    needs, targets = inputs.needs.astype(np.int32), inputs.targets.astype(np.int32)
    firsts = inputs.firsts[:, 1].astype(np.int32).reshape(inputs.rows, -1)
    counts, id_sums = np.empty(inputs.rows, np.int64), np.empty(inputs.rows, np.int64)

    def once():
        run_ensemble(inputs.starts, targets, inputs.weights, needs, firsts, counts, id_sums)

    def answers(_):
        return dict(adopters=int(counts.sum()), id_check=int(id_sums.sum() % 1_000_003))

    return once, answers


def cascade(inputs):
    needs, first = inputs.needs[0].astype(np.int32), inputs.first_adopters()
    heard, queue = np.empty(inputs.n, np.int32), np.empty(inputs.n, np.int32)
    targets = inputs.targets.astype(np.int32)
    once = lambda: run_cascade(inputs.starts, targets, needs, first, heard, queue)

    def answers(state):
        adopters, rounds, round_sum = state
        return dict(sums_of_set(queue[:adopters]), rounds=rounds, round_sum=round_sum)

    return once, answers


def independent(inputs):
    first, chance = inputs.first_adopters(), inputs.number["quantum"]
    adopted, queue = np.empty(inputs.n, np.bool_), np.empty(inputs.n, np.int32)
    targets = inputs.targets.astype(np.int32)
    state = [np.uint64(0x1234_5678_9ABC_DEF1)]

    def once():
        adopters = 0
        for _ in range(inputs.runs):
            size, left_at = run_independent(
                inputs.starts, targets, chance, first, adopted, queue, state[0]
            )
            state[0] = np.uint64(left_at)
            adopters += size
        return adopters

    return once, lambda adopters: dict(adopters=int(adopters))


MAKES = {"W1": ensemble, "W2": cascade, "W2-share": cascade, "W3-LT": cascade, "W3-IC": independent}
