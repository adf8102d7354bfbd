"""Answers a request anew, once, where the connection to the database broke and nothing of it can have been stored."""

import re
import time
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

from config.errors import connection_lost
from config.web_database.base import DatabaseWrapper

_READING = ("GET", "HEAD")
# Seconds; whoever waited longer for what broke has waited long enough. A transaction that breaks ends by waiting for a
# new connection, as long as a restart takes.
_SOON = 6
# Bytes of a body that are kept for a second time: as much as the API takes.
_BODY = 1_000_000
_WRITES = re.compile(r"\b(insert|update|delete|merge|truncate|create|alter|drop|call)\b", re.IGNORECASE)


class AgainMiddleware:
    """Stands outside of everything that asks the database. Answers are whole before they leave, so none is half sent.

    What reads is always asked again. What writes is, too, if no statement could have stored anything outside of a
    transaction and no transaction was to be committed: then all of it was undone with the connection.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        if request.method in _READING:
            response = self._get_response(request)
            stored = False
        else:
            response, stored = self._watched(request)
        if stored or not connection_lost(response) or time.monotonic() - began > _SOON:
            return response
        connection.close()
        # Counted once.
        request.__dict__.pop("limits", None)
        return self._get_response(request)

    def _watched(self, request: HttpRequest) -> tuple[HttpResponse, bool]:
        """The answer to what may write, and whether something of it can have been stored."""
        database = connections[DEFAULT_DB_ALIAS]
        # Only the backend of web processes tells.
        if not isinstance(database, DatabaseWrapper) or not _keep_body(request):
            return self._get_response(request), True
        database.may_have_stored = False
        with database.execute_wrapper(_watch):
            response = self._get_response(request)
        return response, database.may_have_stored


def _keep_body(request: HttpRequest) -> bool:
    """Whether the request can be read a second time."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != "application/json" or not length.isdigit() or int(length) > _BODY:
        return length == "0"
    try:
        return request.body is not None
    except UnreadablePostError:
        return False


def _watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    database = context["connection"]
    if not database.in_atomic_block and _WRITES.search(str(sql)):
        database.may_have_stored = True
    return execute(sql, params, many, context)
