"""Real requests and answers on the shipped data, one JSON file for each operation of the API, named by its id.

`make examples` writes the answers anew, and a first file for an operation that has none. The request in a file is
written by people where another than the first records of a list tells more; `problem_{status}.json` are the errors.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is sent: an address below the host, with its query, and a body or None; by a visitor, or by an editor."""

    path: str
    method: str = "get"
    reader: str = "visitor"
    body: Any = None


@dataclass(frozen=True, kw_only=True)
class Example:
    """A request and what the service answers on the shipped data, varying values settled."""

    summary: str
    request: Request
    status: int
    answer: Any


@cache
def examples() -> dict[str, Example]:
    """Every example by the id of its operation, or `problem_{status}`."""
    return {file.stem: read(file) for file in sorted(_FOLDER.glob("*.json"))}


def read(file: Path) -> Example:
    document = {"status": 0, "answer": None} | json.loads(file.read_text(encoding="utf-8"))
    return Example(**{**document, "request": Request(**document["request"])})


def write(name: str, example: Example) -> None:
    """Stores an example under its name."""
    request = {key: value for key, value in vars(example.request).items() if value is not None}
    document = {**vars(example), "request": request}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    (_FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
