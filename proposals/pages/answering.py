"""How every page is answered: what its head says, how long it may be kept, and when nothing has changed."""

import functools
import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from parties.api.conditional import NotModified, check_none_match, make_tag
from parties.api.records import PUBLIC_FOR_A_MINUTE
from parties.api.remembered import Remembered, check_remembered, remember
from parties.api.together import made_once
from parties.readers import sees_all
from parties.stamps import State

_ROOM = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a page says of itself to search engines, to who shares it, and to who reports an error in it.

    Addresses are paths of this site; all but the title may be blank. `picture` is a PNG, `record` the id of what the
    page is about (else its address) and `version` the state of it that the reader has seen.
    """

    title: str
    description: str = ""
    canonical: str = ""
    document: str = ""
    feed: str = ""
    picture: str = ""
    record: str = ""
    version: str = ""
    is_indexed: bool = True


def page(request: HttpRequest, template: str, *, head: Head, status: int = 200, **context: Any) -> HttpResponse:
    """The template with its head; what of it only some see is kept by no cache."""
    response = render(request, template, {"head": head, **context}, status=status)
    return _kept(request, response)


def answered(
    request: HttpRequest, make: Callable[[], HttpResponse], *, state: State | None, remembers: bool = True
) -> HttpResponse:
    """What `make` answers, under the ETag of the `state` that it depends on.

    A reader who has it is told so without making it, and it is remembered for the next, unless `remembers` says that
    hardly anybody else will ask for it. None gives no ETag.
    """
    # While pages are being written, each is made anew.
    if state is None or settings.DEBUG or sees_all(request.user):
        return make()
    tag = make_tag(settings.RELEASE, _made_of(), request.build_absolute_uri(), get_language(), state)
    response: HttpResponse
    try:
        check_none_match(request, tag)
        check_remembered(tag)
        with made_once(tag) if remembers else nullcontext():
            response = make()
            if response.status_code == 200 and remembers:
                remember(tag, response)
    except NotModified as known:
        response = HttpResponseNotModified(headers={"ETag": known.tag})
        patch_vary_headers(response, ["Accept-Encoding"])
        return _kept(request, response)
    except Remembered as known:
        response = _kept(request, known.answer)
    if response.status_code == 200:
        response.headers["ETag"] = tag
    return response


def picture(request: HttpRequest, content: str | bytes, *, content_type: str) -> HttpResponse:
    """A picture as a file of its own, which pages of any site may show."""
    return _kept(request, HttpResponse(content, content_type=content_type))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if sees_all(request.user):
        patch_cache_control(response, private=True, no_store=True)
    elif response.status_code < 400:
        response.headers["Cache-Control"] = PUBLIC_FOR_A_MINUTE
    # Who asks is known by the cookie.
    patch_vary_headers(response, ["Cookie"])
    return response


@functools.cache
def _made_of() -> str:
    """Changes with any file that pages are made of, so that a restyled page is not taken for the one before."""
    files = sorted(one for one in _ROOM.rglob("*") if one.is_file() and one.suffix != ".pyc")
    return hashlib.sha256(b"\0".join(one.read_bytes() for one in files)).hexdigest()
