"""What stands above the clauses of a proposal: its dates, its standing and who put it forward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from proposals.models import Proposal, Source
from proposals.models.dates import last_day
from proposals.payloads import ProposalHead
from proposals.rendering import words
from proposals.rendering.dates import for_machines, in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A proposal's head in words; empty where nothing is known, as with a pasted text."""

    slug: str
    title: str
    short_title: str
    date: str
    machine_date: str
    year: str
    kind: str
    text_status: str
    completeness: str
    clauses_complete: str
    outcome: str
    reliability: str
    proposers: str
    clause_count: int

    @property
    def has_long_title(self) -> bool:
        return self.title != self.short_title


def heading_of(head: ProposalHead, *, parties: Mapping[str, str]) -> Heading:
    """`parties` are names by slug."""
    return Heading(
        slug=head["slug"],
        title=head["title"],
        short_title=head["short_title"],
        date=in_words(head["date"], head["date_precision"], last=head["date_end"], text=head["date_text"]),
        machine_date=for_machines(head["date"], head["date_precision"]),
        year=(head["date"] or "")[:4],
        kind=_label(Proposal.Kind, head["kind"]),
        text_status=_label(Proposal.TextStatus, head["text_status"]),
        completeness=words.name_of(head["clauses_complete"], words.COMPLETENESS),
        clauses_complete=head["clauses_complete"],
        outcome=_label(Proposal.Outcome, head["outcome"]),
        reliability=_label(Source.Reliability, head["reliability"]),
        proposers=", ".join(parties.get(slug, slug) for slug in head["proposers"]),
        clause_count=head["clause_count"],
    )


def in_date_order(heads: Sequence[ProposalHead]) -> list[ProposalHead]:
    """Oldest first whatever was asked first; texts without a date stand last."""
    return sorted(heads, key=_date_order)


def _date_order(head: ProposalHead) -> tuple[str, str, str]:
    last = last_day(head["date"], head["date_precision"], last=head["date_end"])
    return head["date"] or "9999", last, head["slug"]


def _label(choices: type[TextChoices], code: str | None) -> str:
    return str(choices(code).label) if code else ""
