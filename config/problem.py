"""The one shape of every error of the API: a problem document (RFC 9457)."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"

# The stable name of a problem that has no name of its own.
_CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    410: "gone",
    412: "precondition_failed",
    413: "too_large",
    415: "unsupported_media_type",
    428: "precondition_required",
    429: "throttled",
    503: "unavailable",
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fault:
    """One bad value: where it stands (in the body, as a JSON pointer, or in a query parameter) and what is wrong."""

    detail: str
    code: str = "invalid"
    pointer: str | None = None
    parameter: str | None = None

    def document(self) -> dict[str, str]:
        return {key: value for key, value in dataclasses.asdict(self).items() if value is not None}


def problem(
    *,
    status: int,
    code: str = "",
    detail: str = "",
    errors: Sequence[Fault] = (),
    members: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A response with the problem document, in its own media type whatever the request accepts.

    `code` makes the type `/problems/{code}`, which clients may rely on; without it the status names one.
    `members` are further members of this kind of problem, such as the successors of what is gone.
    """
    title = HTTPStatus(status).phrase
    document: dict[str, Any] = {
        "type": f"/problems/{code or _CODES.get(status, 'server_error' if status >= 500 else 'invalid')}",
        "title": title,
        "status": status,
        "detail": detail or f"{title}.",
        "errors": [fault.document() for fault in errors],
        **(members or {}),
    }
    return HttpResponse(
        json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )
