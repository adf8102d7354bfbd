"""What of a page only some see, so that nobody takes a preview for what readers have."""

from collections.abc import Collection
from dataclasses import dataclass

from parties.readers import Reader, sees_all
from proposals.models import Clause, Proposal, Stage


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """A proposal that is not public, or one with clauses that are not; of these, `keys` by stage."""

    short_title: str
    stage: str
    clauses: tuple[tuple[str, tuple[str, ...]], ...]


def hidden_of(slugs: Collection[str], *, user: Reader | None) -> tuple[Hidden, ...]:
    """What readers do not see of these proposals; two queries, and none for the public."""
    if not sees_all(user):
        return ()
    known = [slug for slug in slugs if "\0" not in slug]
    proposals = Proposal.objects.filter(slug__in=known).in_date_order()
    waiting: dict[tuple[int, str], list[str]] = {}
    clauses = Clause.objects.filter(proposal__slug__in=known).exclude(stage=Stage.PUBLIC).in_reading_order()
    for proposal, key, stage in clauses.values_list("proposal", "key", "stage"):
        waiting.setdefault((proposal, stage), []).append(key)
    found = []
    for one in proposals:
        own = tuple((str(stage.label), tuple(waiting[one.pk, stage])) for stage in Stage if (one.pk, stage) in waiting)
        # All of a proposal that is not public is as hidden as itself.
        if one.stage != Stage.PUBLIC:
            found.append(Hidden(short_title=one.short_title, stage=one.get_stage_display(), clauses=()))
        elif own:
            found.append(Hidden(short_title=one.short_title, stage="", clauses=own))
    return tuple(found)
