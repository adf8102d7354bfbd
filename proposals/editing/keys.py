"""Keys for new clauses: in use in the proposal by none, and left behind by none."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from itertools import count, islice

from proposals.models import Clause, Proposal, RetiredKey

_LONGEST = Clause._meta.get_field("key").max_length or 0


def taken_keys(proposal: Proposal) -> set[str]:
    """Keys that are in use, and those that are retired."""
    keys = Clause.objects.filter(proposal=proposal).values_list("key", flat=True)
    return {*keys, *RetiredKey.objects.filter(proposal=proposal).values_list("key", flat=True)}


def part_keys(clause: Clause, number: int) -> list[str]:
    """Keys for the parts of a clause: c05a and c05b of c05, c05a1 and c05a2 of c05a."""
    ends = string.ascii_lowercase if clause.key[-1:].isdigit() else map(str, count(1))
    names = (f"{clause.key}{end}" for end in ends)
    return _first_free([*islice(names, 26), *_numbered(clause.key)], taken_keys(clause.proposal), number)


def merged_key(clauses: Iterable[Clause]) -> str:
    """A key for the clause that several become: c05-c06."""
    several = list(clauses)
    ends = [several[0].key, several[-1].key]
    return _first_free(["-".join(ends), *_numbered("-".join(ends))], taken_keys(several[0].proposal), 1)[0]


def free_keys(wanted: Iterable[str], proposal: Proposal) -> list[str]:
    """For each key itself where it is free in the proposal, else one like it."""
    taken = taken_keys(proposal)
    found = []
    for key in wanted:
        found += _first_free([key, *_numbered(key)], taken, 1)
        taken.add(found[-1])
    return found


def _numbered(key: str) -> list[str]:
    return [f"{key[: _LONGEST - 5].rstrip('-')}-{number}" for number in range(2, 1000)]


def _first_free(names: Iterable[str], taken: set[str], number: int) -> list[str]:
    free: Iterator[str] = (name for name in names if name not in taken and len(name) <= _LONGEST)
    return list(islice(free, number))
