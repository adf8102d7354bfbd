"""Clauses in different languages, which share no words: compared by their meaning, where there is an embedder."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.embedding import Embedder, centred_cosines
from proposals.alignment.features import Matrix

BUDGET = 100_000  # characters of one side that are embedded, some four seconds' worth; clauses beyond are not
LOOKED_AT = 1_000  # characters that tell the script of a text


def in_other_tongues(left: Sequence[Clause], right: Sequence[Clause]) -> npt.NDArray[np.bool_]:
    """Which pairs are in two languages, by what is recorded or by their script."""
    tongues = [np.array([f"{clause.language} {script(clause.text)}" for clause in side]) for side in (left, right)]
    return np.not_equal.outer(*tongues)


def meaning_cosines(
    left: Sequence[Clause], right: Sequence[Clause], embedder: Embedder
) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """How near each pair is in meaning, 0..1, and for which pairs the embedder could tell."""
    vectors = [embedder.embed(_within_budget(side)) for side in (left, right)]
    told = np.logical_and.outer(*(side.any(axis=1) for side in vectors))
    return centred_cosines(*vectors), told


@lru_cache(maxsize=32_768)
def script(text: str) -> str:
    """The script of most letters: LATIN, CYRILLIC, ARABIC, CJK …; "" without letters."""
    letters = (character for character in text[:LOOKED_AT] if character.isalpha())
    met = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    return min(met, key=lambda name: (-met[name], name)) if met else ""


def _within_budget(clauses: Sequence[Clause]) -> list[str]:
    """The texts in their order; those beyond the budget are left empty."""
    spent = np.cumsum([len(clause.text) for clause in clauses])
    return [clause.text if upto <= BUDGET else "" for clause, upto in zip(clauses, spent, strict=True)]
