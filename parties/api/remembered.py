"""Answers kept in memory under their ETag, for those that take long to make and are asked for again."""

from typing import Any

from django.core.cache import caches
from django.http import HttpResponse

# What an answer says beside its content; all else is set anew for each request.
_HEADERS = ("Content-Type", "Content-Disposition", "Content-Security-Policy", "Repr-Digest")


class Remembered(Exception):
    """The answer is at hand."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer
        # For whoever counts.
        answer.was_remembered = True  # type: ignore[attr-defined]


def check_remembered(tag: str) -> None:
    """Raises Remembered where the answer of this tag was kept, by this process or by another one of the host."""
    kept = caches["answers"].get(tag)
    if not kept and (kept := caches["shared_answers"].get(tag)):
        caches["answers"].set(tag, kept)
    if kept:
        headers, content = kept
        raise Remembered(HttpResponse(content, headers=headers))


def remember(tag: str, answer: Any) -> None:
    """Keep an answer, once it is rendered."""
    headers = {name: answer.headers[name] for name in _HEADERS if name in answer.headers}
    for cache in ("answers", "shared_answers"):
        caches[cache].set(tag, (headers, answer.content))
