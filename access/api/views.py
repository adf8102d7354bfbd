"""Tokens: made for a password or a session, listed and revoked by whose they are."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed, NotFound, PermissionDenied, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.permissions import Needs, on_model
from access.api.serializers import IssuedTokenSerializer, NewTokenSerializer, TokenSerializer
from access.lockout import LockedOut, is_locked_out
from access.permissions import require
from parties.api.records import ReadingView, refuse_unknown


class _OwnTokens(ReadingView, GenericAPIView):
    queryset = AuthToken.objects.order_by("-created", "-pk")
    serializer_class = TokenSerializer

    def get_permissions(self) -> Sequence[Any]:
        return [Needs(on_model(self.request.method, AuthToken))]

    def get_queryset(self) -> QuerySet[AuthToken]:
        return super().get_queryset().filter(user=self.request.user.pk)


class TokensView(ListModelMixin, _OwnTokens):
    http_method_names = ["get", "post", "delete", "head", "options"]

    @property
    def throttle_scope(self) -> str | None:
        return "tokens" if self.request.method == "POST" else None

    def get_permissions(self) -> Sequence[Any]:
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    @extend_schema(
        operation_id="tokens_list",
        summary="List your tokens",
        description="Your own tokens, the newest first. Their secrets are not stored.",
        responses=TokenSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, known={"limit": False, "offset": False})
        return self.list(request)

    @extend_schema(
        operation_id="tokens_create",
        summary="Make a token",
        description="A token for a member of staff, named by user name and password or by the session. Its secret "
        "is told this once; only a digest of it is stored. A token makes no other. Throttled hard; after some failures "
        "with a name the address is locked out for a while.",
        request=NewTokenSerializer,
        responses={
            201: IssuedTokenSerializer,
            413: OpenApiResponse(description="The body is too large."),
            401: OpenApiResponse(description="User name or password are wrong, or neither they nor a session came."),
            403: OpenApiResponse(description="Only staff have tokens, and a token makes no other."),
        },
    )
    def post(self, request: Request) -> Response:
        refuse_unknown(request.query_params, known={})
        if not isinstance(request.data, dict):
            raise ValidationError("must be a record", code="wrong_type")
        asked = NewTokenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = _whose(request, asked.validated_data)
        token, secret = AuthToken.objects.create(user, timedelta(days=asked.validated_data["expires_in_days"]))
        return Response({"token": secret, **TokenSerializer(token).data}, status=201)

    @extend_schema(
        operation_id="tokens_destroy_all",
        summary="Revoke all your tokens",
        description="None of your tokens works any longer.",
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        refuse_unknown(request.query_params, known={})
        self.get_queryset().delete()
        return Response(status=204)


class TokenView(_OwnTokens):
    http_method_names = ["delete", "options"]

    @extend_schema(
        operation_id="tokens_destroy",
        summary="Revoke a token",
        description="The token does not work any longer.",
        parameters=[OpenApiParameter("id", str, OpenApiParameter.PATH, description="How the token begins.")],
        responses={204: None},
    )
    def delete(self, request: Request, *, id: str) -> Response:  # noqa: A002 (the name in the address)
        refuse_unknown(request.query_params, known={})
        if not self.get_queryset().filter(token_key=id).delete()[0]:
            raise NotFound("You have no such token.")
        return Response(status=204)


def _whose(request: Request, asked: dict[str, Any]) -> User:
    """The active member of staff for whom a token is asked."""
    user: Any
    if "username" in asked:
        user = authenticate(request._request, username=asked["username"], password=asked["password"])
        if user is None and is_locked_out(request._request):
            raise LockedOut(request._request)
        if user is None:
            raise AuthenticationFailed("User name or password are wrong.", code="wrong_password")
    elif request.auth is not None:
        # Else a stolen token would never expire.
        raise PermissionDenied("A token makes no other: send user name and password.", code="permission_denied")
    elif request.user.is_authenticated:
        user = request.user
    else:
        raise AuthenticationFailed("Send user name and password.", code="not_authenticated")
    if not user.is_staff:
        raise PermissionDenied("Only staff have tokens.", code="permission_denied")
    require(user, on_model("POST", AuthToken))
    return user
