"""Takes out of a line of the log what must not stand there, whoever wrote it."""

import re
from collections.abc import Collection
from typing import Any

_HIDDEN = "[hidden]"
# Values shorter than this could be part of any word.
_LEAST = 6
# Made by us, of a form that can hold nothing else; each request has them, and looking takes time.
_OURS = frozenset({"timestamp", "level", "logger", "request_id", "method"})
_RULES = (
    # Addresses with a password: of the database, of a cache, of a Sentry server.
    (re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]*://)[^\s/@\"']*@", re.I), rf"\g<before>{_HIDDEN}@"),
    (
        re.compile(r"(?P<before>\b(?:password|passwd|secret|secret_key|api_key|token)\W{1,6})[^\s,;&\"']+", re.I),
        None,
    ),
    (re.compile(r"(?P<before>\b(?:bearer|basic|token) +)[^\s,;\"']+", re.I), None),
    (re.compile(r"(?P<before>\b(?:sessionid|csrftoken|csrfmiddlewaretoken)\W{1,6})[^\s,;&\"']+", re.I), None),
    # A token of ours, as config/settings.py lets it begin.
    (re.compile(r"(?P<before>\bccd_)\w+"), None),
    # What was asked of an address; texts and searches stand there.
    (re.compile(r"(?P<before>/[^\s?\"']*\?)[^\s\"']+"), None),
    # PostgreSQL's further lines repeat the row, or the statement with its values.
    (re.compile(r"(?P<before>^(?:DETAIL|CONTEXT|LINE \d+|STATEMENT|QUERY):)[^\n]*", re.M), rf"\g<before> {_HIDDEN}"),
)

# One look that most lines pass: without any of these no rule has anything to hide.
_SUSPECT = re.compile(r"[@?:=]|pass|secret|token|key|bearer|basic|session|csrf|ccd_", re.I)


class Redaction:
    """A processor of structlog. `secrets` are values of this installation, hidden wherever they stand."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= _LEAST}, key=lambda one: (-len(one), one))
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
        for name, value in event.items():
            if name not in _OURS and isinstance(value, str):
                event[name] = self.hide(value)
        return event

    def hide(self, text: str) -> str:
        if self._known:
            text = self._known.sub(_HIDDEN, text)
        if not _SUSPECT.search(text):
            return text
        for pattern, instead in _RULES:
            text = pattern.sub(instead or rf"\g<before>{_HIDDEN}", text)
        return text
