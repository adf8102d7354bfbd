"""One thing that a clause might be coded with, and the words that say so."""

from dataclasses import dataclass, field
from typing import Any

KINDS = ("topic", "party", "territory", "modality", "quantity", "duration", "date")
"""The kinds of suggestions, in the order in which they are given."""
TERMS = ("quantity", "duration", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggestion for one clause. Nobody has to take it.

    `fields` is what would be stored, in the terms of the exchange format; what is not known is left out. `words` is
    what it rests on, `text[start:end]`; they are empty where no single place says it. `places` are all stretches of the
    text that speak for it. `score` is between 0 and 1 and orders suggestions of one kind. `reason` is half a sentence.
    """

    kind: str
    fields: dict[str, Any] = field(hash=False)
    words: str = ""
    start: int = 0
    end: int = 0
    places: tuple[tuple[int, int], ...] = ()
    score: float = 0.0
    reason: str = ""

    @property
    def key(self) -> str:
        """A name for the suggestion, one of a kind in its clause, and the same for the same text and knowledge."""
        if self.kind in TERMS:
            return f"{self.kind}:{self.start}-{self.end}:{self.fields.get('date', '')}"
        return ":".join([self.kind, *(str(self.fields[name]) for name in sorted(self.fields, reverse=True))])
