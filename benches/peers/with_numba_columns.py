"""W1 with numba, on a full matrix: what is left to gain for one who knows that half of all pairs are tied."""

from with_numba import columns

MAKES = {"W1": columns}
