"""Turns every error of the API into a problem document: those of views by the handler, all others by the middleware.

Views raise REST framework's exceptions. A subclass of APIException may also have `members` (further members of the
document) and `headers`; its code becomes the type of the problem.
"""

import logging
import math
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import IntegrityError, InterfaceError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse
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
            return _database_unavailable(error)
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


def _database_unavailable(error: Exception) -> HttpResponse:
    logger.error("The database does not answer: %s", error)
    return problem(
        status=503,
        code="database_unavailable",
        detail="The database does not answer at the moment. Try again in a few seconds.",
        headers=_RETRY_AFTER,
    )


class ProblemMiddleware:
    """Makes problem documents of the errors that no view of the API saw, and a plain 503 of a database that is down.

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
        if not isinstance(error, _NO_DATABASE):
            return None
        response = _database_unavailable(error)
        if request.path.startswith(_API):
            return response
        return HttpResponse(
            "The database does not answer at the moment. Try again in a few seconds.\n",
            status=response.status_code,
            content_type="text/plain; charset=utf-8",
            headers=_RETRY_AFTER,
        )
