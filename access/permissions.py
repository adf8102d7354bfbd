"""What a user may do, and what is told to who may not."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied


def missing_of(user: Any, permissions: Sequence[str]) -> list[str]:
    return [one for one in permissions if not user.has_perm(one)]


def require(user: Any, *permissions: str) -> None:
    """Raises PermissionDenied, which names those of the permissions that the user lacks."""
    if missing := missing_of(user, permissions):
        raise PermissionDenied(refusal(missing))


def refusal(missing: Sequence[str]) -> str:
    """`You lack the permission “Can change clause” (proposals.change_clause).`"""
    codes = {one.split(".")[1] for one in missing}
    names = dict(Permission.objects.filter(codename__in=codes).values_list("codename", "name"))
    told = [f"“{names.get(one.split('.')[1], one)}” ({one})" for one in missing]
    return f"You lack the permission{'s' if len(told) > 1 else ''} {', '.join(told)}."
