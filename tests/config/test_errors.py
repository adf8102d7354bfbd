"""Every error of the API is a problem document, whoever makes it."""

import json
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from config.errors import problem_handler
from parties.models import Party
from tests.factories import COASTAL_FRONT, make_party


class _Offer(serializers.Serializer):
    slug = serializers.SlugField()
    days = serializers.IntegerField(min_value=1)


class _Proposals(serializers.Serializer):
    proposals = _Offer(many=True)


class _Gone(exceptions.APIException):
    status_code = 410
    default_code = "clause_split"
    default_detail = "This clause was split."
    members = {"successors": ["northern-draft/c02"]}


class _View(APIView):
    authentication_classes = ()
    permission_classes = ()

    def post(self, request: Any) -> Response:
        _Proposals(data=request.data).is_valid(raise_exception=True)
        return Response({})


def _defect(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def _outage(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost")


urlpatterns = [
    path("api/offers/", _View.as_view()),
    path("api/defect/", _defect),
    path("api/outage/", _outage),
    path("outage/", _outage),
    path("", include("config.urls")),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def _handled(error: Exception, method: str = "GET") -> dict[str, Any]:
    request = HttpRequest()
    request.method = method
    response = problem_handler(error, {"request": request})
    assert response is not None
    assert response.headers["Content-Type"] == "application/problem+json"
    document = json.loads(response.content)
    assert document["status"] == response.status_code
    return document


@pytest.mark.parametrize(
    ("error", "status", "name", "detail"),
    [
        (exceptions.NotFound("No proposal 'x'."), 404, "not_found", "No proposal 'x'."),
        (Http404("No such clause."), 404, "not_found", "No such clause."),
        (PermissionDenied(), 403, "permission_denied", "This is not allowed."),
        (exceptions.NotAuthenticated(), 401, "not_authenticated", "Authentication credentials were not provided."),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed", 'Method "PUT" not allowed.'),
        (
            exceptions.UnsupportedMediaType("a/b"),
            415,
            "unsupported_media_type",
            'Unsupported media type "a/b" in request.',
        ),
        (_Gone(), 410, "clause_split", "This clause was split."),
        (ProtectedError("", set()), 409, "still_referred_to", "Other records refer to this one."),
    ],
)
def test_each_kind_of_error_has_a_stable_type(error: Exception, status: int, name: str, detail: str) -> None:
    document = _handled(error)

    assert (document["status"], document["type"], document["detail"]) == (status, f"/problems/{name}", detail)


def test_a_problem_may_have_members_of_its_own() -> None:
    assert _handled(_Gone())["successors"] == ["northern-draft/c02"]


def test_a_defect_is_left_to_the_log() -> None:
    assert problem_handler(ZeroDivisionError(), {"request": HttpRequest()}) is None


def test_a_wait_is_told_to_clients() -> None:
    response = problem_handler(exceptions.Throttled(wait=6.2), {"request": HttpRequest()})

    assert response is not None
    assert response.headers["Retry-After"] == "7"


def test_bad_parameters_are_each_named() -> None:
    error = exceptions.ValidationError({"stage": ["No such stage."], "date": ["Not a date.", "Too early."]})

    document = _handled(error)

    assert document["detail"] == "3 values are not valid."
    assert document["errors"] == [
        {"detail": "No such stage.", "code": "invalid", "parameter": "stage"},
        {"detail": "Not a date.", "code": "invalid", "parameter": "date"},
        {"detail": "Too early.", "code": "invalid", "parameter": "date"},
    ]


def test_the_rules_of_a_model_are_told_by_field() -> None:
    error = ModelValidationError({"ends_on": ModelValidationError("It ends before it starts.", code="ends_first")})

    document = _handled(error, method="PATCH")

    assert document["errors"] == [{"detail": "It ends before it starts.", "code": "ends_first", "pointer": "#/ends_on"}]


def test_bad_values_of_a_body_are_each_pointed_at(visitor: Client) -> None:
    body = {"proposals": [{"slug": "northern-draft", "days": 3}, {"slug": "the front", "days": 0}]}

    response = visitor.post("/api/offers/", body, content_type="application/json")

    assert [(fault["pointer"], fault["code"]) for fault in response.json()["errors"]] == [
        ("#/proposals/1/slug", "invalid"),
        ("#/proposals/1/days", "min_value"),
    ]


@pytest.mark.parametrize(
    ("method", "address", "options", "status", "name"),
    [
        ("get", "/api/nowhere/", {}, 404, "not_found"),  # no such address
        ("get", "/api/offers/", {}, 405, "method_not_allowed"),
        ("post", "/api/offers/", {"data": "{", "content_type": "application/json"}, 400, "parse_error"),
        ("post", "/api/offers/", {"data": "a=1", "content_type": "text/plain"}, 415, "unsupported_media_type"),
        ("post", "/api/offers/", {"data": "[]", "content_type": "application/json"}, 400, "invalid"),
        ("post", "/api/offers/", {"headers": {"Accept": "text/csv"}}, 406, "not_acceptable"),
        ("get", "/api/defect/", {}, 500, "server_error"),
        ("get", "/api/outage/", {}, 503, "database_unavailable"),
    ],
)
@pytest.mark.parametrize("debug", [False, True])
def test_what_no_view_has_seen_is_a_problem_too(
    visitor: Client, debug: bool, method: str, address: str, options: dict[str, Any], status: int, name: str
) -> None:
    with override_settings(DEBUG=debug):
        response = getattr(visitor, method)(address, **options)

    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()["type"]) == (status, f"/problems/{name}")


def test_a_database_that_is_down_asks_for_patience(visitor: Client) -> None:
    assert visitor.get("/api/outage/").headers["Retry-After"] == "5"


def test_pages_have_pages_as_errors(visitor: Client) -> None:
    nowhere, outage = visitor.get("/nowhere/"), visitor.get("/outage/")

    assert nowhere.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (outage.status_code, outage.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert outage.headers["Retry-After"] == "5"
    assert "The database does not answer at the moment." in outage.content.decode()


@pytest.mark.django_db
def test_the_message_of_a_named_constraint_reaches_the_client() -> None:
    with pytest.raises(IntegrityError) as refusal:
        Party.objects.create(slug="Coastal Front", name="Coastal Front", kind=Party.Kind.GROUP)

    document = _handled(refusal.value, method="POST")

    assert (document["status"], document["type"]) == (400, "/problems/invalid")
    assert [fault["code"] for fault in document["errors"]] == ["not_a_slug"]
    assert document["detail"].startswith("Write lower-case letters")


@pytest.mark.django_db
def test_a_clash_of_two_writers_is_a_conflict() -> None:
    make_party(COASTAL_FRONT)

    with pytest.raises(IntegrityError) as refusal:
        Party.objects.create(slug=COASTAL_FRONT, name="Coastal Front", kind=Party.Kind.GROUP)

    assert isinstance(refusal.value.__cause__, psycopg.errors.UniqueViolation)
    assert _handled(refusal.value, method="POST")["status"] == 409
