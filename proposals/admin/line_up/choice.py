"""With which other proposal one is lined up: those tied to it by lineage first, then the latest."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from parties.readers import Reader
from proposals.models import Decision, Lineage, Proposal
from proposals.rendering.dates import in_words

_LATEST = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """`tie` says how the two are related, where lineage does; `decided` counts the pairs decided on so far."""

    proposal: Proposal
    date: str
    tie: str
    decided: int


def candidates(proposal: Proposal, *, user: Reader | None) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """Those tied to the proposal, and the latest others of its process. Four queries."""
    ties = {}
    for tie in Lineage.objects.filter(Q(proposal=proposal) | Q(earlier=proposal)).order_by("order", "pk"):
        words = tie.get_relation_display()
        if tie.proposal_id == proposal.pk:
            ties[tie.earlier_id] = f"this one {words} it"
        else:
            ties[tie.proposal_id] = f"it {words} this one"
    others = Proposal.objects.visible_to(user).exclude(pk=proposal.pk)
    tied = others.filter(pk__in=ties).in_date_order()
    latest = others.filter(process=proposal.process_id).exclude(pk__in=ties).in_date_order().reverse()[:_LATEST]
    decided = _decided(proposal)
    return tuple(
        [
            Candidate(
                proposal=one,
                date=_date(one),
                tie=ties.get(one.pk, ""),
                decided=decided.get(one.pk, 0),
            )
            for one in several
        ]
        for several in (tied, latest)
    )  # type: ignore[return-value]


def _decided(proposal: Proposal) -> dict[int, int]:
    found: dict[int, int] = {}
    for own, other in (("left", "right"), ("right", "left")):
        counted = Decision.objects.filter(**{f"{own}__proposal": proposal}).values(f"{other}__proposal")
        for row in counted.annotate(number=Count("pk")).order_by():
            found[row[f"{other}__proposal"]] = found.get(row[f"{other}__proposal"], 0) + row["number"]
    return found


def _date(proposal: Proposal) -> str:
    end = proposal.date_end.isoformat() if proposal.date_end else None
    return in_words(proposal.date.isoformat(), proposal.date_precision, last=end, text=proposal.date_text)
