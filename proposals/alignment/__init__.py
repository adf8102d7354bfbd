"""The engine. Plain Python and numpy: frozen values in, frozen values out; no database, clock, settings or files.

The promise: equal input gives equal output, in the same order; no proposal is the base, so naming two the other way
round mirrors the answer and any order of n gives the same rows; the links of two proposals depend on these two, the
decisions about them, the vocabulary and the method, and on nothing else; every link, divergence and gap says why.
"""

from proposals.alignment.clause import Clause, Decision, Proposal, Silence, Term
from proposals.alignment.concordance import Cell, Concordance, Row, Summary, concord, on_topics
from proposals.alignment.counterparts import Counterparts, counterparts
from proposals.alignment.divergence import Divergence, Side
from proposals.alignment.elements import ElementGap
from proposals.alignment.gaps import Gap, MatrixCell, MatrixLine
from proposals.alignment.matching import Alignment, Link, Suggestion, align
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.readings import (
    PositionInput,
    Segment,
    bears_on,
    bracketed,
    common_ground,
    sticking_points,
    within_reach,
)
from proposals.alignment.reasons import Reason
from proposals.alignment.similarity import Scores, score_matrix
from proposals.alignment.vocabulary import EMPTY, TopicEntry, Vocabulary, build_vocabulary

__all__ = [
    "DEFAULT",
    "EMPTY",
    "Alignment",
    "Cell",
    "Clause",
    "Concordance",
    "Counterparts",
    "Decision",
    "Divergence",
    "ElementGap",
    "Gap",
    "Link",
    "MatrixCell",
    "MatrixLine",
    "Method",
    "PositionInput",
    "Proposal",
    "Reason",
    "Row",
    "Scores",
    "Segment",
    "Side",
    "Silence",
    "Suggestion",
    "Summary",
    "Term",
    "TopicEntry",
    "Vocabulary",
    "align",
    "bears_on",
    "bracketed",
    "build_vocabulary",
    "common_ground",
    "concord",
    "counterparts",
    "on_topics",
    "score_matrix",
    "sticking_points",
    "within_reach",
]
