"""In which format an answer is given: what `format=` names, else what the Accept header prefers, else JSON.

Errors are problem documents whatever is asked.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.http.request import MediaType
from django.utils.http import content_disposition_header
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.request import Request

from parties.api.parameters import UnreadableParameters

PARAMETER = "format"
_LONGEST_NAME = 150  # characters; file systems take 255 bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """One form of an answer. `name` is the value of `format=` and what its files end in, unless `ending` says another.

    `only_asked` keeps it from whoever takes anything: browsers send text/html ahead of everything, also where they
    are pointed at data.
    """

    name: str
    media_type: str
    is_text: bool = True
    ending: str = ""
    only_asked: bool = False
    is_shown: bool = False

    @property
    def content_type(self) -> str:
        # JSON and YAML are UTF-8 by themselves, and XML says what it is.
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


JSON = Format(name="json", media_type="application/json", is_shown=True)
CSV = Format(name="csv", media_type="text/csv")
HTML = Format(name="html", media_type="text/html", only_asked=True, is_shown=True)
MARKDOWN = Format(name="markdown", media_type="text/markdown", ending="md")
SSSOM = Format(name="sssom", media_type="text/tab-separated-values", ending="sssom.tsv")
XLSX = Format(
    name="xlsx", media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_text=False
)
DOCX = Format(
    name="docx", media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_text=False
)
YAML = Format(name="yaml", media_type="application/yaml")
AKOMA_NTOSO = Format(name="akn", media_type="application/akn+xml", ending="akn.xml")
ATOM = Format(name="atom", media_type="application/atom+xml", is_shown=True)
ZIP = Format(name="zip", media_type="application/zip", is_text=False)


class NotAcceptable(APIException):
    status_code = 406
    default_code = "not_acceptable"

    def __init__(self, formats: Sequence[Format]) -> None:
        listed = ", ".join(one.media_type for one in formats)
        super().__init__(f"Nothing that Accept names can be given here; this can: {listed}.")
        self.members = {"formats": {one.name: one.media_type for one in formats}}


def asked_format(request: Request, formats: Sequence[Format]) -> Format:
    """The format of the answer among `formats`, of which the first is given to whoever takes anything.

    Raises UnreadableParameters for an unknown `format=`, and NotAcceptable.
    """
    if len(formats) > 1 and (named := request.query_params.getlist(PARAMETER)):
        # An empty or a repeated one is refused with the other parameters.
        return _named(named[0], formats) if len(named) == 1 and named[0].strip() else formats[0]
    accepted = request.META.get("HTTP_ACCEPT", "").strip()
    if accepted in ("", "*/*", formats[0].media_type):
        return formats[0]
    return _preferred(accepted, tuple(formats))


def _named(name: str, formats: Sequence[Format]) -> Format:
    for one in formats:
        if one.name == name:
            return one
    detail = f"{name!r} is no format of this resource; known: {', '.join(one.name for one in formats)}."
    raise UnreadableParameters({PARAMETER: [ErrorDetail(detail, code="unknown_format")]})


@lru_cache(maxsize=64)
def _preferred(accepted: str, formats: tuple[Format, ...]) -> Format:
    """The one that is liked best, at a tie the first; what is `only_asked` where the first is not taken at all."""
    ranges = [MediaType(part) for part in accepted.split(",") if part.strip()]
    liked = {one: _quality(one.media_type, ranges) for one in formats}
    taken = [one for one in formats if liked[one]]
    if liked[formats[0]]:
        taken = [one for one in taken if not one.only_asked]
    if not taken:
        raise NotAcceptable(formats)
    return max(taken, key=lambda one: liked[one])


def _quality(media_type: str, ranges: Sequence[MediaType]) -> float:
    """What the most specific range that covers it says; 0 refuses it. Parameters such as a charset change nothing."""
    main, _, sub = media_type.partition("/")
    covering = [one for one in ranges if one.main_type.lower() in (main, "*") and one.sub_type.lower() in (sub, "*")]
    covering.sort(key=lambda one: (one.main_type != "*", one.sub_type != "*", one.quality))
    return float(covering[-1].quality) if covering else 0.0


def file_answer(
    given: Format, content: bytes | str, *, name: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The content in its media type under a file name made of `name`; to be saved, unless a browser can show it."""
    file_name = f"{name[:_LONGEST_NAME]}.{given.ending or given.name}"
    disposition = content_disposition_header(not given.is_shown, file_name)
    return HttpResponse(
        content,
        content_type=given.content_type,
        headers={"Content-Disposition": str(disposition), **(headers or {})},
    )


def repr_digest(content: bytes) -> str:
    """The value of Repr-Digest (RFC 9530) for an answer of these bytes, as they are sent."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


class FormatSchema(AutoSchema):
    """Declares `format` and the media types of a view's formats beside its JSON: as text, or as bytes."""

    def get_override_parameters(self) -> list[Any]:
        declared = super().get_override_parameters()
        formats = self._formats()
        if len(formats) < 2:
            return declared
        names = [one.name for one in formats]
        schema = {"type": "string", "enum": names, "default": names[0]}
        described = "The format of the answer. Left out: what the Accept header prefers, else the first."
        return [*declared, OpenApiParameter(PARAMETER, schema, OpenApiParameter.QUERY, description=described)]

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        if direction == "response" and "200" in bodies:
            for one in self._formats()[1:]:
                schema = {"type": "string"} if one.is_text else {"type": "string", "format": "binary"}
                bodies["200"].setdefault("content", {})[one.media_type] = {"schema": schema}
        if direction == "response" and len(self._formats()) > 1:
            bodies.setdefault("406", {"description": "Nothing that Accept names; `formats` lists what can be given."})
        return bodies

    def _formats(self) -> Sequence[Format]:
        return getattr(self.view, "formats", (JSON,))
