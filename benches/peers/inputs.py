"""The inputs of a workload, as normwave-workload writes them, and the sums that answers are compared by."""

from pathlib import Path

import numpy as np


class Inputs:
    """Ties in compressed rows by sender; needs and first positions, one row per set of conditions."""

    def __init__(self, folder):
        folder = Path(folder)
        numbers = dict(line.split() for line in (folder / "plan.txt").read_text().splitlines())
        self.number = {name: float(value) for name, value in numbers.items()}
        whole = lambda name: int(self.number[name])
        self.n, self.rows, self.runs = whole("n_actors"), whole("n_rows"), whole("n_runs")
        self.ticks = whole("n_ticks")
        read = lambda name, kind: np.fromfile(folder / name, kind)
        self.starts = read("starts.u32", "<u4").astype(np.int64)
        self.targets = read("targets.u32", "<u4")
        self.weights = read("weights.i32", "<i4")
        self.needs = read("thresholds.f64", "<f8").reshape(self.rows, self.n)
        self.own = read("own.f64", "<f8") if (folder / "own.f64").exists() else np.zeros(self.n)
        self.exits = read("exits.f64", "<f8")
        self.firsts = read("firsts.u32", "<u4").astype(np.int64).reshape(-1, 3)

    def matrix(self):
        """What row j says to column i."""
        matrix = np.zeros((self.n, self.n), np.float32)
        matrix[np.repeat(np.arange(self.n), np.diff(self.starts)), self.targets] = self.weights
        return matrix

    def first_positions(self, kind):
        """Positions at first, one row per set of conditions; later lines override."""
        positions = np.zeros((self.rows, self.n), kind)
        for position in (2, 1):
            row, actor, held = self.firsts[self.firsts[:, 2] == position].T
            positions[row, actor] = held
        return positions

    def first_adopters(self):
        """Those who hold position 1 at first, if there is one row of conditions."""
        return self.firsts[:, 1].astype(np.int32)


def sums(positions):
    """Of final positions, one row per run."""
    positions = positions.astype(np.int64)
    ids = np.arange(1, positions.shape[1] + 1)
    adopters = (positions > 0).sum(1)
    return dict(
        adopters=int(adopters.sum()),
        squares=int((adopters**2).sum()),
        position_sum=int(positions.sum()),
        id_check=int((positions @ ids).sum() % 1_000_003),
    )


def sums_of_set(adopters):
    """Of the actors that have adopted in one run."""
    ids = np.asarray(adopters, np.int64) + 1
    return dict(adopters=len(ids), id_check=int(ids.sum() % 1_000_003))
