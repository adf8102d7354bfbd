"""Strong ETags, and what requests say about them.

A tag names a state of everything that an answer may depend on. Each encoding of an answer has a tag of its own, the
plain one with a suffix such as `-gzip`; a condition holds for all of them alike.
"""

import hashlib
import re

from django.http import HttpRequest
from django.utils.http import parse_etags
from rest_framework.exceptions import APIException

_SUFFIX = re.compile(r'-(?:gzip)"$')


class NotModified(Exception):
    """What the reader holds is what an answer would say."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        # As the reader wrote it, since each encoding has its own.
        self.tag = tag


class PreconditionRequired(APIException):
    status_code = 428
    default_code = "precondition_required"
    default_detail = "Send If-Match with the ETag of the record as you read it, so that nobody's change is lost."


class PreconditionFailed(APIException):
    status_code = 412
    default_code = "precondition_failed"
    default_detail = "The record has changed since you read it. Read it again, and decide anew."

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.headers = {"ETag": tag}


def make_tag(*parts: object) -> str:
    """A strong tag that changes with any of the parts, whose text must tell them apart."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
    return f'"{digest[:32]}"'


def encoded_tag(tag: str, encoding: str) -> str:
    return f'{tag[:-1]}-{encoding}"'


def check_none_match(request: HttpRequest, tag: str) -> None:
    """Raises NotModified where the reader named the tag in If-None-Match."""
    for named in parse_etags(request.headers.get("If-None-Match", "")):
        if _bare(named.removeprefix("W/")) == tag:
            raise NotModified(named.removeprefix("W/"))


def require_match(request: HttpRequest, tag: str) -> None:
    """Raises PreconditionRequired without If-Match, PreconditionFailed where it does not name the tag."""
    header = request.headers.get("If-Match", "")
    if not header.strip():
        raise PreconditionRequired
    # A weak tag promises less than a writer needs, so it equals none.
    if not any(named == "*" or _bare(named) == tag for named in parse_etags(header)):
        raise PreconditionFailed(tag)


def _bare(tag: str) -> str:
    return _SUFFIX.sub('"', tag)
