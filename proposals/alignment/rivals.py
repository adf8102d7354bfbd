"""How far a pair of clauses is ahead of the other candidates on its matter."""

from collections.abc import Sequence

import numpy as np

from proposals.alignment.clause import Clause
from proposals.alignment.features import Matrix
from proposals.alignment.topics import holders

FEW = 24  # pairs


def rivals(
    own: Matrix, bias: Matrix | float, bound: float, left: Sequence[Clause] = (), right: Sequence[Clause] = ()
) -> Matrix:
    """How far each pair is ahead of (or behind) the best other pair of its row and of its column, averaged, bounded.

    `own` are the sums of the evidence of each pair. A pair without evidence (`bias`) is always among the rivals, so
    that a clause alone in its text has one too. Where the two clauses share topics only pairs on one of these compete,
    on the topic where this pair does best: a clause on three matters may answer three others.
    """
    bias = np.broadcast_to(bias, own.shape)
    found = _leads(own, bias, bound)
    ours, theirs = holders(left), holders(right)
    on_matter = np.full(own.shape, -np.inf)
    for topic in sorted(ours.keys() & theirs.keys()):
        rows, columns = ours[topic], theirs[topic]
        if len(rows) * len(columns) <= FEW:
            _few(own, bias, bound, rows, columns, on_matter)
            continue
        block = np.ix_(rows, columns)
        on_matter[block] = np.maximum(on_matter[block], _leads(own[block], bias[block], bound))
    return np.where(np.isfinite(on_matter), on_matter, found).round(4)


def _leads(own: Matrix, bias: Matrix, bound: float) -> Matrix:
    return (_lead(own, bias, bound) + _lead(own.T, bias.T, bound).T) / 2


def _lead(own: Matrix, bias: Matrix, bound: float) -> Matrix:
    """How far each entry is ahead of the others of its row."""
    other = np.full(own.shape, -np.inf)
    if own.shape[1] > 1:
        top = np.partition(own, -2, axis=1)[:, -2:]
        other = np.where(own == top[:, 1:], top[:, :1], top[:, 1:])
    lead: Matrix = np.clip(np.maximum(own, -1e6) - np.maximum(other, bias), -bound, bound)
    return lead


def _few(own: Matrix, bias: Matrix, bound: float, rows: Sequence[int], columns: Sequence[int], best: Matrix) -> None:
    """What `_leads` does, put into `best` where greater, in plain numbers: faster for the few clauses on a topic."""
    values = {(i, j): max(float(own[i, j]), -1e6) for i in rows for j in columns}
    for (i, j), value in values.items():
        start = float(bias[i, j])
        in_row = max([start, *(values[i, k] for k in columns if k != j)])
        in_column = max([start, *(values[k, j] for k in rows if k != i)])
        lead = (min(bound, max(-bound, value - in_row)) + min(bound, max(-bound, value - in_column))) / 2
        best[i, j] = max(best[i, j], lead)
