"""A text that is not stored: a pasted leak, or a file on somebody's disk."""

from dataclasses import dataclass, field

from proposals.payloads import ClausePayload, ProposalHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Clauses in the shape of the payloads, with ids `{slug}/{id}`.

    Its slug is none of a stored proposal, unless it stands in for that one (a file of it, changed or not).
    """

    slug: str
    clauses: list[ClausePayload] = field(default_factory=list)
    title: str = ""
    stands_in: bool = False

    def head(self) -> ProposalHead:
        """The head of its column: nothing but its words is known, and all of its words are here."""
        return {
            "slug": self.slug,
            "title": self.title or self.slug,
            "short_title": self.title or self.slug,
            "kind": None,
            "date": None,
            "date_precision": None,
            "date_end": None,
            "date_text": None,
            "text_status": None,
            "clauses_complete": "yes",
            "outcome": None,
            "proposers": [],
            "lineage": [],
            "reliability": None,
            "clause_count": len(self.clauses),
        }
