"""Who sends a request of the API, told by `Authorization: Bearer`: knox's tokens, of active staff alone."""

import re
from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class BearerAuthentication(TokenAuthentication):
    """The user of a token. One that is unknown, expired or revoked is told so, where nothing asks for a user too."""

    def authenticate(self, request: Request) -> tuple[User, AuthToken] | None:
        try:
            return super().authenticate(request)
        except AuthenticationFailed as error:
            detail = "This token is unknown, has expired or was revoked."
            raise AuthenticationFailed(detail, code="invalid_token") from error

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        # Knox would decode anything, and ask PostgreSQL about it: bytes that are no text, and NUL, were a 500.
        if not re.fullmatch(rb"\w+", token):
            raise AuthenticationFailed
        return super().authenticate_credentials(token)

    def validate_user(self, auth_token: AuthToken) -> tuple[User, AuthToken]:
        if not auth_token.user.is_staff:
            raise AuthenticationFailed
        return super().validate_user(auth_token)


class BearerScheme(KnoxTokenScheme):
    target_class = "access.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        description = "A token of `POST tokens/`. Only staff have any."
        return {**super().get_security_definition(auto_schema), "description": description}
