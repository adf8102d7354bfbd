"""JSON from anybody: at most a megabyte, not nested deeply, no endless lists, and characters that can be answered."""

import io
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MAX_BYTES = 1_000_000
_DEEPEST = 20
_LONGEST = 2_000


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = f"The body may have {MAX_BYTES:,} bytes at most."


class BoundedJSONParser(JSONParser):
    """Raises TooLarge or ParseError before anything is made of the body."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise TooLarge
        try:
            value = super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise ParseError(_TOO_DEEP) from None
        _check(value)
        return value


_TOO_DEEP = f"The body is nested more than {_DEEPEST} deep."


def _check(value: Any) -> None:
    # With a stack of its own: a document deep enough to break the interpreter's is what it looks for.
    waiting = [(value, 1)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, dict | list):
            if depth > _DEEPEST:
                raise ParseError(_TOO_DEEP)
            if isinstance(node, list) and len(node) > _LONGEST:
                raise ParseError(f"A list may have {_LONGEST:,} entries at most; one has {len(node):,}.")
            children = [*node, *node.values()] if isinstance(node, dict) else node
            waiting += [(child, depth + 1) for child in children]
        elif isinstance(node, str) and not _is_text(node):
            raise ParseError("The body holds a character that is none: half of a surrogate pair, or a NUL.")


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
