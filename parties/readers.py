"""Who asks, and whether they see more than the public does."""

from __future__ import annotations

from typing import Protocol

# Declared on the model of proposals; what it opens is records of every kind.
PREVIEW = "proposals.preview_records"


class Reader(Protocol):
    """Who asks: a user, an anonymous user; None stands for the public."""

    @property
    def is_active(self) -> bool: ...

    def has_perm(self, perm: str) -> bool: ...


def sees_all(user: Reader | None) -> bool:
    """Whether records of every stage are shown; everybody else sees public ones.

    Of a user who is no superuser, the first question costs two queries, and the later ones of the request none.
    """
    return user is not None and user.is_active and user.has_perm(PREVIEW)
