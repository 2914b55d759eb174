"""What numba gives to one who has thought about the machine.

Dense systems are added row by row, so that the compiler adds several targets at a time. Cascades keep
one number per actor, what it still needs. Independent cascades draw gaps. Indices are unsigned: for
signed ones numba checks whether they count from the end.
"""

import numba
import numpy as np
from inputs import sums_of_set


@numba.njit
def run_columns(matrix, needs, firsts, counts, id_sums):
    """Adopters of many runs, and the sums of their numbers."""
    n_runs, n = needs.shape
    left, adopted, queue = np.empty(n, np.int32), np.empty(n, np.bool_), np.empty(n, np.uint32)
    for run in range(n_runs):
        left[:] = needs[run]
        adopted[:] = False
        n_queued = 0
        for actor in firsts[run]:
            adopted[actor] = True
            queue[n_queued] = actor
            n_queued += 1
        n_heard = 0
        while n_heard < n_queued:
            while n_heard < n_queued:
                sender = queue[n_heard]
                n_heard += 1
                for target in range(n):
                    left[target] -= matrix[sender, target]
            for target in range(n):
                if left[target] <= 0 and not adopted[target]:
                    adopted[target] = True
                    queue[n_queued] = target
                    n_queued += 1
        counts[run] = n_queued
        id_sum = 0
        for place in range(n_queued):
            id_sum += queue[place] + 1
        id_sums[run] = id_sum


@numba.njit
def run_cascade(starts, targets, needs, first, left, queue):
    """One cascade over ties of weight 1, round by round; returns adopters, rounds and their sum.

    An actor adopts in the moment in which it needs exactly none any more, which comes only once.
    """
    left[:] = needs
    n_queued = 0
    for actor in first:
        left[actor] = 0
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
                need = left[target] - 1
                left[target] = need
                if need == 0:
                    queue[n_queued] = target
                    n_queued += 1
        round_sum += rounds * (n_queued - of_this_round)
    return n_queued, rounds, round_sum


@numba.njit
def run_gaps(starts, targets, chance, first, adopted, queue, state):
    """One independent cascade with a number for each tie that convinces: the gap before it.

    Ties are counted through from one adopter's row to the next.
    """
    adopted[:] = False
    scale = 1 / np.log1p(-chance)
    n_queued = 0
    for actor in first:
        adopted[actor] = True
        queue[n_queued] = actor
        n_queued += 1
    n_heard, gap = 0, -1
    while n_heard < n_queued:
        sender = queue[n_heard]
        n_heard += 1
        tie, end = starts[sender], starts[sender + 1]
        while True:
            if gap < 0:
                state ^= state >> np.uint64(12)
                state ^= state << np.uint64(25)
                state ^= state >> np.uint64(27)
                bits = state * np.uint64(0x2545F4914F6CDD1D)
                gap = int(np.log((np.int64(bits >> np.uint64(11)) + 0.5) * 2.0**-53) * scale)
            if gap >= end - tie:
                gap -= end - tie
                break
            tie += gap
            gap = -1
            target = targets[tie]
            tie += 1
            if not adopted[target]:
                adopted[target] = True
                queue[n_queued] = target
                n_queued += 1
    return n_queued, state


def columns(inputs):
    matrix, needs = inputs.matrix().astype(np.int32), inputs.needs.astype(np.int32)
    firsts = inputs.firsts[:, 1].astype(np.uint32).reshape(inputs.rows, -1)
    counts, id_sums = np.empty(inputs.rows, np.int64), np.empty(inputs.rows, np.int64)
    once = lambda: run_columns(matrix, needs, firsts, counts, id_sums)

    def answers(_):
        return dict(adopters=int(counts.sum()), id_check=int(id_sums.sum() % 1_000_003))

    return once, answers


def cascade(inputs):
    needs, first = inputs.needs[0].astype(np.int32), inputs.first_adopters()
    left, queue = np.empty(inputs.n, np.int32), np.empty(inputs.n, np.uint32)
    once = lambda: run_cascade(inputs.starts, inputs.targets, needs, first, left, queue)

    def answers(state):
        adopters, rounds, round_sum = state
        return dict(sums_of_set(queue[:adopters]), rounds=rounds, round_sum=round_sum)

    return once, answers


def independent(inputs):
    first, chance = inputs.first_adopters(), inputs.number["quantum"]
    adopted, queue = np.empty(inputs.n, np.bool_), np.empty(inputs.n, np.uint32)
    state = [np.uint64(0x1234_5678_9ABC_DEF1)]

    def once():
        adopters = 0
        for _ in range(inputs.runs):
            size, left_at = run_gaps(
                inputs.starts, inputs.targets, chance, first, adopted, queue, state[0]
            )
            state[0] = np.uint64(left_at)
            adopters += size
        return adopters

    return once, lambda adopters: dict(adopters=int(adopters))


MAKES = {"W1": columns, "W2": cascade, "W2-share": cascade, "W3-LT": cascade, "W3-IC": independent}
