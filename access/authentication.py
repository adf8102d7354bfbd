"""Who sends a request of the API, told by `Authorization: Bearer`; and how the OpenAPI document says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

if TYPE_CHECKING:
    # REST framework imports this module while it makes its views.
    from django.contrib.auth.models import User
    from rest_framework.request import Request

    from access.models import Token

_SCHEME = "bearer"
_CHALLENGE = 'Bearer realm="Concordance"'


class BearerAuthentication(BaseAuthentication):
    """The user of a token. One that is unknown, expired or revoked is told so, where nothing asks for a user too."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        secret = _secret(request)
        if secret is None:
            return None
        from access.models import Token

        # PostgreSQL is not asked about what cannot be a token.
        token = Token.objects.accepted(secret) if re.fullmatch(r"[!-~]{1,200}", secret) else None
        if token is None:
            raise AuthenticationFailed("This token is unknown, has expired or was revoked.", code="invalid_token")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return _CHALLENGE if _secret(request) is None else f'{_CHALLENGE}, error="invalid_token"'


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "access.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": _SCHEME, "description": "A token of `POST tokens/`. Only staff have any."}


def _secret(request: Request) -> str | None:
    """What follows the word Bearer; None where the header is missing or of another scheme, as proxies use them."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == _SCHEME else None
