"""Answers compressed for readers who take that, each under an ETag of its own.

Django's own middleware would make the ETags weak, and a weak one is no condition for a write. The admin is left alone:
its pages hold a secret beside text that others may choose, and compressing the two together can give the secret away.
"""

import re
from collections.abc import Callable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

from parties.api.conditional import encoded_tag
from parties.api.formats import repr_digest

_LEFT_ALONE = "/admin/"
# Bytes; below, the headers of compression cost more than it saves.
_LEAST = 400
_TEXT = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|yaml)\b|image/svg")
_GZIP = re.compile(
    r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.\d{0,3})?))?\s*(?:,|$)", re.ASCII | re.I
)


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if request.path.startswith(_LEFT_ALONE) or not _is_compressible(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if len(response.content) < _LEAST or not takes_gzip(request.headers.get("Accept-Encoding", "")):
            return response
        tag = response.headers.get("ETag", "")
        if tag:
            tag = response.headers["ETag"] = encoded_tag(tag, "gzip")
        response.content = _compressed(tag, response.content)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "gzip"
        if "Repr-Digest" in response.headers:
            # A digest is of what is sent, and each encoding is something else.
            response.headers["Repr-Digest"] = repr_digest(response.content)
        return response


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header lets an answer be gzipped."""
    found = _GZIP.search(accepted)
    return bool(found and float(found["weight"] or 1) > 0)


def _is_compressible(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and "Content-Encoding" not in response.headers
        and bool(_TEXT.match(response.headers.get("Content-Type", "")))
    )


def _compressed(tag: str, content: bytes) -> bytes:
    """Large answers that have a tag are compressed once; the tag names the bytes."""
    if not tag or len(content) < 100_000:
        return compress_string(content)
    kept = caches["answers"].get(tag)
    if kept is None:
        kept = compress_string(content)
        caches["answers"].set(tag, kept)
    return kept
