"""Which words of two clauses differ; told only where both sides are the words of their texts, in one language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from proposals.models import Clause
from proposals.rendering.clauses import ShownClause

# Beyond that, finding what changed takes too long for a page, and marks would help nobody.
MOST_WORDS = 1_500
_PARTS = re.compile(r"\s+|\w+|[^\w\s]")
_OWN_WORDS = {str(Clause.Wording.VERBATIM.label), str(Clause.Wording.TRANSLATION.label)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Words in a row that all stand on the other side as well, or all do not."""

    text: str
    is_changed: bool = False


def changed_words(left: ShownClause, right: ShownClause) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts in runs. A paraphrase has none but our own words, so nothing is marked beside one."""
    are_own = left.language == right.language and {left.wording, right.wording} <= _OWN_WORDS
    parts = [_PARTS.findall(clause.text) if are_own else [] for clause in (left, right)]
    if not are_own or max(map(len, parts)) > MOST_WORDS:
        return (Run(text=left.text),), (Run(text=right.text),)
    marks = [[True] * len(side) for side in parts]
    one, two = ([part.casefold() for part in side] for side in parts)
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for block in matcher.get_matching_blocks():
        for mark, start in zip(marks, (block.a, block.b), strict=True):
            mark[start : start + block.size] = [False] * block.size
    return _runs(parts[0], marks[0]), _runs(parts[1], marks[1])


def _runs(parts: Sequence[str], marks: Sequence[bool]) -> tuple[Run, ...]:
    told = zip(parts, marks, strict=True)
    # A space on its own is no difference, but it belongs to the words it stands between.
    return tuple(
        Run(text="".join(part for part, _ in run), is_changed=is_changed)
        for is_changed, run in groupby(told, key=lambda one: one[1])
    )
