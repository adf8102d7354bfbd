"""How `make coverage` sees the lines that run in the reader's own process."""

import contextlib
import sys

import pytest

from proposals.documents import __main__ as reader
from proposals.documents import reading
from proposals.documents.apart import read_apart
from proposals.documents.faults import UnreadableDocument

# What the limits of the process, or its refusal to run anything, must have stopped is not tried here.
_STOPPED = {"too_heavy", "active"}


@pytest.fixture(autouse=True)
def _read_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under coverage each file is read once more, in this process: the other may write nothing, so it cannot tell."""
    coverage = sys.modules.get("coverage")
    if coverage is None or coverage.Coverage.current() is None:
        return

    def read(kind: str, content: bytes) -> str:
        try:
            text = read_apart(kind, content)
        except UnreadableDocument as refusal:
            if refusal.code not in _STOPPED:
                with contextlib.suppress(Exception, SystemExit):
                    reader._answer(kind, content)
            raise
        assert reader._answer(kind, content) == {"text": text}
        return text

    monkeypatch.setattr(reading, "read_apart", read)
