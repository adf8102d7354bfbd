"""A clause goes, and others stand in its place."""

from __future__ import annotations

from collections.abc import Sequence

from proposals.models import Clause, RetiredKey


def retire(clause: Clause, why: RetiredKey.Why, *, successors: Sequence[str]) -> None:
    """Deletes a clause that nothing refers to any more. Where it was a successor itself, its own take its place."""
    proposal, key, pk = clause.proposal, clause.key, clause.pk
    clause.delete()
    told = {"why": why, "successors": list(successors), "record": pk}
    # The database has retired the key already where readers ever saw the clause.
    RetiredKey.objects.update_or_create(
        proposal=proposal, key=key, defaults=told, create_defaults={**told, "public": False}
    )
    for earlier in RetiredKey.objects.filter(proposal=proposal, successors__contains=[key]):
        replaced = (each for one in earlier.successors for each in (successors if one == key else [one]))
        earlier.successors = list(dict.fromkeys(replaced))
        earlier.save(update_fields=["successors"])
