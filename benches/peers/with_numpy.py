"""Many runs side by side as products of 32-bit matrices; single cascades by their newest adopters.

What one writes first: all runs are one matrix, and a round is its product with the matrix of ties.
Sums of weights are whole and small, so that no order of summing changes them.
"""

import numpy as np
from inputs import sums, sums_of_set


def all_at_once(needs, first, step, ticks, ended=None):
    """Runs all rows until nobody moves, or until `ended` says so of all positions.

    `step(positions, *needs)` returns the next positions.
    """

    def once():
        held = first
        for _ in range(ticks):
            after = step(held, *needs)
            if ended(after).all() if ended else (after == held).all():
                return after
            held = after
        return held

    return once, sums


def thresholds(inputs, in_rounds=all_at_once):
    """Adopters press, and nobody goes back."""
    matrix, needs = inputs.matrix(), inputs.needs.astype(np.float32)
    step = lambda held, need: np.maximum(held, held @ matrix >= need)
    return in_rounds([needs], inputs.first_positions(np.float32), step, inputs.ticks)


def reversal(inputs, in_rounds=all_at_once):
    """One adopts when the pressure beyond one's own interest reaches the need, and goes back when the
    interest exceeds the pressure by the need and the cost of exit.
    """
    matrix, needs = inputs.matrix(), (inputs.own + inputs.needs).astype(np.float32)
    # Pressures are whole, so that "above −c" is "1 − c or more".
    less = (2 * inputs.needs + inputs.exits - 1).astype(np.float32)
    step = lambda held, need, less: (held @ matrix >= need - held * less).astype(np.float32)
    return in_rounds([needs, less], inputs.first_positions(np.float32), step, inputs.ticks)


def moving_gain(inputs, in_rounds=all_at_once):
    """The pressure to adopt grows with the number of adopters."""
    matrix, needs = inputs.matrix() / 128, inputs.needs.astype(np.float32)

    def step(held, need):
        gain = 64 + held.sum(1, keepdims=True)
        return np.maximum(held, (held @ matrix) * gain >= need)

    return in_rounds([needs], inputs.first_positions(np.float32), step, inputs.ticks)


def graded(inputs, in_rounds=all_at_once):
    """A weak and a strong version, each half a step toward the other; nobody goes down."""
    matrix, needs = inputs.matrix(), inputs.needs.astype(np.float32)

    def step(held, need):
        # Of whole and half pressure: what is said for the weak and for the strong version.
        weak, strong = held == 1, held == 2
        said = np.concatenate([weak + np.float32(0.5) * strong, strong + np.float32(0.5) * weak])
        weak_pressure, strong_pressure = np.split(said @ matrix, 2)
        from_weak = weak & (strong_pressure - weak_pressure >= need)
        free = held == 0
        to_strong = free & (strong_pressure > weak_pressure) & (strong_pressure >= need)
        to_weak = free & (strong_pressure <= weak_pressure) & (weak_pressure >= need)
        return held + from_weak + np.float32(2) * to_strong + to_weak

    return in_rounds([needs], inputs.first_positions(np.float32), step, inputs.ticks)


def noisy(inputs, in_rounds=all_at_once):
    """One who has not adopted reviews now and then, and adopts with a logistic chance.

    The difference of two Gumbel draws is logistic, so that one number decides about review and
    adoption: it has to be below their joint probability.
    """
    temperature, review = inputs.number["temperature"], np.float32(inputs.number["review_probability"])
    matrix = (inputs.matrix() / -temperature).astype(np.float32)
    needs = (inputs.needs / temperature).astype(np.float32)
    draws = np.random.Generator(np.random.SFC64(1))

    def step(held, need):
        odds_against = held @ matrix
        odds_against += need
        np.exp(odds_against, out=odds_against)
        odds_against += 1
        odds_against *= draws.random(held.shape, np.float32)
        return np.maximum(held, odds_against < review)

    all_adopt = lambda held: held.all(1)
    first = inputs.first_positions(np.float32)
    with_ends = in_rounds([needs], first, step, inputs.ticks, all_adopt)

    def once():
        with np.errstate(over="ignore"):
            return with_ends[0]()

    return once, sums


def neighbours(inputs, actors):
    """The neighbours of all of these, end to end."""
    lengths = inputs.starts[actors + 1] - inputs.starts[actors]
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(inputs.starts[actors] - ends + lengths, lengths)
    return inputs.targets[places]


def cascade(inputs):
    """Adds up what the newest adopters say to their neighbours, round by round."""
    needs, first = inputs.needs[0].astype(np.int32), inputs.first_adopters()

    def once():
        left, adopted = needs.copy(), np.zeros(inputs.n, bool)
        newest, rounds, round_sum = first, 0, 0
        adopted[newest] = True
        while len(newest):
            rounds += 1
            told, times = np.unique(neighbours(inputs, newest), return_counts=True)
            left[told] -= times.astype(np.int32)
            newest = told[(left[told] <= 0) & ~adopted[told]]
            adopted[newest] = True
            round_sum += rounds * len(newest)
        return adopted, rounds, round_sum

    def answers(state):
        return dict(sums_of_set(np.flatnonzero(state[0])), rounds=state[1], round_sum=state[2])

    return once, answers


def independent(inputs):
    """Draws a number for each tie of the newest adopters."""
    first, chance = inputs.first_adopters(), np.float32(inputs.number["quantum"])
    draws = np.random.Generator(np.random.SFC64(1))

    def once():
        sizes = []
        for _ in range(inputs.runs):
            adopted, newest = np.zeros(inputs.n, bool), first
            adopted[newest] = True
            while len(newest):
                told = neighbours(inputs, newest)
                told = told[draws.random(len(told), np.float32) < chance]
                newest = np.unique(told[~adopted[told]])
                adopted[newest] = True
            sizes.append(np.count_nonzero(adopted))
        return sizes

    return once, lambda sizes: dict(adopters=int(sum(sizes)))


# Of the many runs of small systems.
DENSE = {
    "W1": thresholds,
    "reversal": reversal,
    "moving-gain": moving_gain,
    "graded": graded,
    "noisy": noisy,
}
MAKES = DENSE | {
    "W2": cascade,
    "W2-share": cascade,
    "W3-LT": cascade,
    "W3-IC": independent,
}
