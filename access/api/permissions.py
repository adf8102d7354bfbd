"""What the operations of the API take: permissions on models and on records, as in the admin."""

from typing import Any

from django.db.models import Model
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from access.permissions import missing_of, refusal

_ACTIONS = {"GET": "view", "HEAD": "view", "POST": "add", "PATCH": "change", "DELETE": "delete"}


class Needs(BasePermission):
    """All of these permissions. It is made for one request, and says in `message` which of them are missing."""

    def __init__(self, *permissions: str) -> None:
        self._permissions = permissions
        self.message = ""

    def has_permission(self, request: Request, view: APIView) -> bool:
        missing = missing_of(request.user, self._permissions)
        # Who is nobody is asked for a token instead.
        self.message = refusal(missing) if missing and request.user.is_authenticated else ""
        return not missing


def on_model(method: str | None, model: type[Model] | Any) -> str:
    """The permission that a method takes on records of the model."""
    return f"{model._meta.app_label}.{_ACTIONS.get(method or '', 'change')}_{model._meta.model_name}"
