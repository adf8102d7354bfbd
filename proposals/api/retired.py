"""Addresses of clauses that were split, merged or deleted: gone, with those that stand in their place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import APIException, NotFound

from parties.readers import Reader
from proposals.models import RetiredKey

RETIRED = {
    410: OpenApiResponse(
        description="The clause was split, merged or deleted: `why` says which, and `successors` names the clauses "
        "that stand in its place. Its key is never used again."
    )
}


class ClauseRetired(APIException):
    """`successors` are ids of clauses that the reader sees, possibly none."""

    status_code = 410
    default_code = "clause_retired"

    def __init__(self, slug: str, retired: Any) -> None:
        successors = [f"{slug}/{key}" for key in retired.living]
        instead = f"; in its place: {', '.join(successors)}" if successors else ""
        super().__init__(f"Clause {slug}/{retired.key} was {retired.get_why_display()}{instead}.")
        self.members = {"why": retired.why, "successors": successors}


@contextmanager
def retired_clauses_told(slug: str, key: str, *, user: Reader | None) -> Iterator[None]:
    """Where no clause of this address is found within, and there once was one, the refusal says what became of it."""
    try:
        yield
    except NotFound:
        found = RetiredKey.objects.known_at(slug, key, user=user)
        if found is None:
            raise
        raise ClauseRetired(slug, found) from None
