"""Which pairs of clauses are links: a cut, and bounds on repeated wording."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from proposals.alignment.similarity import Scores
from proposals.alignment.text import fold


def choose(scores: Scores) -> list[tuple[int, int]]:
    """The pairs (row, column) that are links, best first.

    Names, numbers and the words of headings and signatures alone make no link. Clauses that have their word-for-word
    twin on the other side are not tied to each other's twins as well, and no clause has more links than
    `links_per_clause`, so that repeated wording stays bounded.
    """
    limit = int(scores.method.thresholds["links_per_clause"])
    twins = _twins(scores)
    rows, columns = np.nonzero(scores.chance >= scores.method.thresholds["link"])
    ranked = sorted(
        zip(rows.tolist(), columns.tolist(), strict=True),
        key=lambda pair: (-scores.chance[pair], abs(pair[0] - pair[1]), pair),
    )
    twin_rows, twin_columns = {i for i, _ in twins}, {j for _, j in twins}
    taken_rows = Counter(i for i, _ in twins)
    taken_columns = Counter(j for _, j in twins)
    found = sorted(twins)
    for i, j in ranked:
        settled = (i in twin_rows and j in twin_columns) or taken_rows[i] >= limit or taken_columns[j] >= limit
        if not settled and scores.shares_content(i, j):
            taken_rows[i] += 1
            taken_columns[j] += 1
            found.append((i, j))
    return found


def _twins(scores: Scores) -> set[tuple[int, int]]:
    """Pairs with the same wording; the k-th copy goes with the k-th copy, spare copies with the last.

    Wording without content (a heading, a signature, nothing) has a twin only where the two texts are the same
    throughout.
    """
    wordings = [[fold(clause.text) for clause in side] for side in (scores.left, scores.right)]
    same_text = wordings[0] == wordings[1]
    ours, theirs = (_places(side) for side in wordings)
    pairs = set()
    for wording in sorted(ours.keys() & theirs.keys()):
        a, b = ours[wording], theirs[wording]
        for n in range(max(len(a), len(b))):
            i, j = a[min(n, len(a) - 1)], b[min(n, len(b) - 1)]
            if scores.chance[i, j] > 0 and (same_text or scores.shares_content(i, j)):
                pairs.add((i, j))
    return pairs


def _places(wordings: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for n, wording in enumerate(wordings):
        found.setdefault(wording, []).append(n)
    return found
