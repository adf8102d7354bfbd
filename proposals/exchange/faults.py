"""What is wrong with a file, told so that its author finds the place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
LISTED = 200
# A file with more faults than this is none of ours: it is not read any further.
MOST = 2_000
_SHOWN = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One reason why a record cannot be written; `line` counts from 1, 0 stands for the file as a whole.

    `pointer` is the place as an RFC 6901 JSON pointer, for those who sent JSON; `clash` says that it is other records
    that stand in the way.
    """

    file: str
    line: int
    place: str
    reason: str
    pointer: str = field(default="", compare=False)
    code: str = field(default="invalid", compare=False)
    clash: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.place}: {self.reason}" if self.place else f"{where}: {self.reason}"


class UnableToImport(Exception):
    """The files are not imported: nothing was written. `faults` holds every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(f"{len(self.faults)} faults")


def place_of(path: Path) -> str:
    """A path as it is written in faults: proposals[0].clauses[3].topics[1]."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{shortened(step)}" for step in path)
    return text.removeprefix(".")


def pointer_of(path: Path) -> str:
    """A path as an RFC 6901 JSON pointer: /clauses/3/topics/1."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def shortened(text: str) -> str:
    """A text as it is shown in a fault: its beginning, where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that names up to three near matches, or nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""
