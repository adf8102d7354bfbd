"""What the clauses of a new text might be coded with, each with the words that say so. Plain Python, no Django."""

from proposals.suggesting.knowledge import Knowledge, Measure
from proposals.suggesting.suggest import suggest
from proposals.suggesting.suggestion import KINDS, TERMS, Suggestion

__all__ = ["KINDS", "TERMS", "Knowledge", "Measure", "Suggestion", "suggest"]
