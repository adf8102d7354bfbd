"""The only bridge from rows of the database to the engine: `compare` lays proposals side by side.

Plain values come out, ready to be answered as JSON or shown on a page.
"""

from proposals.comparison.choice import MOST_NEAREST, Choice, likeliest
from proposals.comparison.compare import INCLUDES, compare
from proposals.comparison.counterparts import TooManyPairs, counterparts
from proposals.comparison.coverage import Coverage, CoverageCell, NotCovered, coverage
from proposals.comparison.draft import Draft
from proposals.comparison.earlier_clauses import LOOKED_BACK, ClauseChange, told_clauses
from proposals.comparison.earlier_positions import PositionChange, position_changes
from proposals.comparison.embedder import current_embedder
from proposals.comparison.faults import (
    MAX_CLAUSES,
    MAX_PROPOSALS,
    MIN_PROPOSALS,
    Fault,
    UnableToCompare,
    UnknownProposals,
)
from proposals.comparison.loading import load_decisions, unknown_slugs
from proposals.comparison.nearest import nearest_proposals
from proposals.comparison.review import Review, ReviewedPair, review
from proposals.comparison.snapshot import citation, freeze, shown, state_of_snapshot
from proposals.comparison.stands import Stand, has_ended, is_standing_red_line, said_up_to, stands
from proposals.comparison.state import current_method, state_of_all_links, state_of_comparison
from proposals.comparison.stored import stored_proposals
from proposals.comparison.vocabulary import current_vocabulary, vocabulary_of_public_records

__all__ = [
    "INCLUDES",
    "LOOKED_BACK",
    "MAX_CLAUSES",
    "MAX_PROPOSALS",
    "MIN_PROPOSALS",
    "MOST_NEAREST",
    "Choice",
    "ClauseChange",
    "Coverage",
    "CoverageCell",
    "Draft",
    "Fault",
    "NotCovered",
    "PositionChange",
    "Review",
    "ReviewedPair",
    "Stand",
    "TooManyPairs",
    "UnableToCompare",
    "UnknownProposals",
    "citation",
    "compare",
    "counterparts",
    "coverage",
    "current_embedder",
    "current_method",
    "current_vocabulary",
    "freeze",
    "has_ended",
    "is_standing_red_line",
    "likeliest",
    "load_decisions",
    "nearest_proposals",
    "position_changes",
    "review",
    "said_up_to",
    "shown",
    "stands",
    "state_of_all_links",
    "state_of_comparison",
    "state_of_snapshot",
    "stored_proposals",
    "told_clauses",
    "unknown_slugs",
    "vocabulary_of_public_records",
]
