"""Links of a pair as they are stored: a line each, since there are millions of them.

`c01 c03 c 0.8123` is a conflict of the left c01 with the right c03; a star after the letter: an editor decided so.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from proposals import alignment

_LETTERS = {"equivalent": "e", "overlap": "o", "conflict": "c"}
_RELATIONS = {letter: relation for relation, letter in _LETTERS.items()}


class StoredLink(NamedTuple):
    """The keys of two clauses, and what a comparison says of them, the score to four decimals."""

    left: str
    right: str
    relation: str
    score: float
    decided_by: str


def packed(links: Iterable[alignment.Link]) -> str:
    return "\n".join(
        f"{_key(link.left)} {_key(link.right)} {_LETTERS[link.relation]}{'*' if link.decided_by == 'editor' else ''}"
        f" {round(link.score, 4)}"
        for link in links
    )


def unpacked(stored: str) -> Iterator[StoredLink]:
    for line in stored.splitlines():
        left, right, relation, score = line.split(" ")
        decided_by = "editor" if relation.endswith("*") else "engine"
        yield StoredLink(left, right, _RELATIONS[relation[0]], float(score), decided_by)


def _key(clause_id: str) -> str:
    return clause_id.rpartition("/")[2]
