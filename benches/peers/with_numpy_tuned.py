"""What numpy gives to one who has thought about the machine.

The products of with_numpy, of batches of runs whose arrays stay in the cache. Runs that have ended
leave their batch when a third of it has.
"""

from functools import partial

import numpy as np
from inputs import sums
from with_numpy import DENSE

# The best of 100, 250, 500, 1000, 2000 and 10,000.
BATCH = 1000


def in_batches(needs, first, step, ticks, ended=None):
    """As `all_at_once`, batch by batch."""

    def once():
        final = np.empty_like(first)
        for start in range(0, len(first), BATCH):
            rows = np.arange(start, min(start + BATCH, len(first)))
            held, own = first[rows], [need[rows] for need in needs]
            for _ in range(ticks):
                after = step(held, *own)
                live = ~ended(after) if ended else (after != held).any(1)
                held = after
                n_live = np.count_nonzero(live)
                if n_live <= 0.67 * len(rows):
                    final[rows[~live]] = held[~live]
                    rows, held, own = rows[live], held[live], [need[live] for need in own]
                    if n_live == 0:
                        break
            final[rows] = held
        return final

    return once, sums


MAKES = {workload: partial(make, in_rounds=in_batches) for workload, make in DENSE.items()}
