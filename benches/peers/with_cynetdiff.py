"""CyNetDiff (Robson, Reddy and Umrawal 2024): its models, called as its documentation shows.

Thresholds of one's own go in through a method that it keeps for itself. Weights and thresholds are
divided by a power of two, because it wants the weights into an actor to add up to 1 at most.
"""

import numpy as np
from cynetdiff.models import IndependentCascadeModel, LinearThresholdModel
from inputs import sums_of_set

SCALE = 2.0**-18


def rows(inputs):
    return np.ascontiguousarray(inputs.starts[:-1], np.uint32), np.ascontiguousarray(inputs.targets)


def model_of(inputs):
    influence = (inputs.weights * SCALE).astype(np.float32)
    return LinearThresholdModel(*rows(inputs), influence=influence)


def ensemble(inputs):
    model, needs = model_of(inputs), (inputs.needs * SCALE).astype(np.float32)
    firsts = inputs.firsts[:, 1].reshape(inputs.rows, -1).tolist()

    def once():
        adopters = 0
        for need, first in zip(needs, firsts):
            model.set_seeds(first)
            model._assign_thresholds(need)
            model.advance_until_completion()
            adopters += model.get_num_activated_nodes()
        return adopters

    return once, lambda adopters: dict(adopters=adopters)


def cascade(inputs):
    model, need = model_of(inputs), (inputs.needs[0] * SCALE).astype(np.float32)
    first = inputs.first_adopters().tolist()

    def once():
        model.set_seeds(first)
        model._assign_thresholds(need)
        model.advance_until_completion()

    return once, lambda _: sums_of_set(list(model.get_activated_nodes()))


def independent(inputs):
    chance = inputs.number["quantum"]
    model = IndependentCascadeModel(*rows(inputs), activation_prob=chance, rng=1)
    model.set_seeds(inputs.first_adopters().tolist())

    def once():
        adopters = 0
        for _ in range(inputs.runs):
            model.reset_model()
            model.advance_until_completion()
            adopters += model.get_num_activated_nodes()
        return adopters

    return once, lambda adopters: dict(adopters=adopters)


MAKES = {"W1": ensemble, "W2": cascade, "W2-share": cascade, "W3-LT": cascade, "W3-IC": independent}
