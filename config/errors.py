"""Turns every error of the API into a problem document: those of views by the handler, all others by the middleware.

Views raise REST framework's exceptions. A subclass of APIException may also have `members` (further members of the
document) and `headers`; its code becomes the type of the problem.
"""

import json
import logging
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

import psycopg
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import IntegrityError, InterfaceError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error
from psycopg import errors
from psycopg_pool import PoolTimeout
from rest_framework import exceptions
from rest_framework.serializers import as_serializer_error
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from config.constraints import refused_by_database
from config.problem import Fault, problem

_API = "/api/"
# Seconds; a database that restarts is back within this time.
_RETRY_AFTER = {"Retry-After": "5"}
_NO_DATABASE = (OperationalError, InterfaceError)
# Where the database does answer, only not as it should; the last that fits counts.
_OTHER_REASONS: Sequence[tuple[tuple[type[Exception], ...], str, str]] = (
    (
        (errors.QueryCanceled, errors.LockNotAvailable, errors.DeadlockDetected),
        "database_busy",
        "The database took too long, perhaps since somebody else is writing the same. Nothing of this request was "
        "stored. Try again in a few seconds.",
    ),
    (
        (errors.DiskFull,),
        "database_full",
        "The database has no room to store anything. Nothing of this request was stored; reading goes on.",
    ),
)

logger = logging.getLogger(__name__)


def problem_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST framework's hook: the problem document of what a view raised; None leaves a defect to Django's logging."""
    request = context["request"]
    response = _problem_of(error, in_query=request.method in ("GET", "HEAD", "OPTIONS"))
    if response is not None:
        set_rollback()
    return response


def _problem_of(error: Exception, *, in_query: bool) -> HttpResponse | None:
    match error:
        case exceptions.ValidationError():
            return _invalid(error, in_query=getattr(error, "in_query", in_query))
        case ModelValidationError():
            return _invalid(exceptions.ValidationError(as_serializer_error(error)), in_query=in_query)
        case exceptions.APIException():
            return _of_framework(error)
        case Http404():
            return problem(status=404, detail=str(error) or "Nothing is here.")
        case PermissionDenied():
            return problem(status=403, detail=str(error) or "This is not allowed.")
        case ProtectedError() | RestrictedError():
            return problem(status=409, code="still_referred_to", detail="Other records refer to this one.")
        case IntegrityError():
            return refused_by_database(error)
        case OperationalError() | InterfaceError():
            return _unavailable(error)
    return None


def _invalid(error: exceptions.ValidationError, *, in_query: bool) -> HttpResponse:
    faults = list(_faults(error.get_full_details(), (), in_query=in_query))
    detail = faults[0].detail if len(faults) == 1 else f"{len(faults)} values are not valid."
    return problem(status=error.status_code, code="invalid", detail=detail, errors=faults)


def _faults(details: Any, path: tuple[str, ...], *, in_query: bool) -> Iterator[Fault]:
    """Every message in the nested lists and dicts of a validation error, each with the place it speaks of."""
    if _is_message(details):
        place = {"parameter": path[0]} if in_query and path else {} if in_query else {"pointer": _pointer(path)}
        yield Fault(detail=str(details["message"]), code=details["code"], **place)
    elif isinstance(details, dict):
        for key, value in details.items():
            own = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from _faults(value, path if own else (*path, str(key)), in_query=in_query)
    else:
        for index, value in enumerate(details):
            # A list of messages is about one place; a list of dicts of messages has one for each entry.
            entry = isinstance(value, dict) and not _is_message(value)
            yield from _faults(value, (*path, str(index)) if entry else path, in_query=in_query)


def _is_message(details: Any) -> bool:
    """Whether it is one message with its code; fields of these names would hold lists."""
    return isinstance(details, dict) and details.keys() == {"message", "code"} and isinstance(details["code"], str)


def _pointer(path: tuple[str, ...]) -> str:
    return "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)


def _of_framework(error: exceptions.APIException) -> HttpResponse:
    headers = dict(getattr(error, "headers", {}))
    codes = error.get_codes()
    if scheme := getattr(error, "auth_header", None):
        reason = ', error="invalid_token"' if codes == "invalid_token" else ""
        headers["WWW-Authenticate"] = f'{scheme} realm="Concordance"{reason}'
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(wait))
    own = codes if isinstance(codes, str) and codes != "error" else ""
    return problem(
        status=error.status_code,
        code=own,
        detail=str(error.detail) if isinstance(codes, str) else "",
        members=getattr(error, "members", None),
        headers=headers,
    )


def _unavailable(error: Exception) -> HttpResponse:
    logger.error("The database could not answer: %s", str(error).strip())
    cause = error.__cause__
    code, detail = "database_unavailable", "The database does not answer at the moment. Try again in a few seconds."
    for kinds, other_code, other in _OTHER_REASONS:
        if isinstance(cause, kinds):
            code, detail = other_code, other
    response = problem(status=503, code=code, detail=detail, headers=_RETRY_AFTER)
    response._database_error = error  # type: ignore[attr-defined]
    return response


def connection_lost(response: HttpResponse) -> bool:
    """Whether this is the answer to a connection that broke in the middle, so that another may do better."""
    error = getattr(response, "_database_error", None)
    cause = error.__cause__ if error else None
    if isinstance(cause, PoolTimeout) or not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    # Without a code it is not the server that speaks. 57P: it shuts down, has crashed, or ended the session.
    return cause.sqlstate is None or cause.sqlstate[:3] in ("57P", "080")


def page_unavailable(detail: str) -> HttpResponse:
    """The page that says so; it asks neither the database nor the list of static files."""
    content = render_to_string("503.html", {"detail": detail})
    return HttpResponse(content, status=503, headers={**_RETRY_AFTER, "Cache-Control": "no-store"})


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler of what nobody caught: where middleware could not ask the database, it is no defect either."""
    error = sys.exc_info()[1]
    if isinstance(error, _NO_DATABASE):
        return _refused(request, error)
    return server_error(request)


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    document = _unavailable(error)
    if request.path.startswith(_API):
        return document
    page = page_unavailable(json.loads(document.content)["detail"])
    page._database_error = error  # type: ignore[attr-defined]
    return page


class ProblemMiddleware:
    """Makes problem documents of the errors that no view of the API saw, and a 503 of a database that is down.

    Those are unknown addresses, bodies that cannot be read, and defects; in development too, where Django would answer
    with its own pages. The traceback is in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not request.path.startswith(_API) or response.status_code < HTTPStatus.BAD_REQUEST or not is_page:
            return response
        details = {
            404: f"There is nothing at {request.path}.",
            405: f"{request.method} is not possible here.",
            500: "The service has a defect; it has been logged.",
        }
        answer = problem(status=response.status_code, detail=details.get(response.status_code, ""))
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, exceptions.APIException) and error.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            return page_unavailable(str(error.detail))
        if not isinstance(error, _NO_DATABASE):
            return None
        return _refused(request, error)
