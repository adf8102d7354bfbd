"""The clauses of the page as they stand in its form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from proposals.documents import tidy
from proposals.splitting import Division, Piece

DEEPEST = 8
_LABEL = 60
_LONGEST_ID = 8


@dataclass(frozen=True, kw_only=True)
class Row:
    """A clause to be. `head` is what was taken off its words when the text was cut: the marker and a heading.

    `ticks` are the suggestions that were ticked, each as the value of its tick box; `chosen` is what was put in the
    place of a suggested role or measure, by the name of the suggestion. `seen` tells for which words the page shows
    suggestions.
    """

    id: str
    number: str
    label: str
    text: str
    head: str = ""
    depth: int = 0
    out: bool = False
    ticks: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""

    @property
    def digest(self) -> str:
        """Changes with the words that suggestions rest on."""
        return hashlib.sha256(f"{self.label}\0{self.text}".encode()).hexdigest()[:12]

    @property
    def words_label(self) -> bool:
        """Whether the label is only the first words of the text."""
        return self.label in ("", first_words(self.text))


@dataclass(frozen=True)
class Tick:
    """What a ticked suggestion says: its kind, what it stores in the terms of the exchange format, and its words."""

    kind: str
    fields: Mapping[str, Any]
    words: str

    @property
    def value(self) -> str:
        return json.dumps([self.kind, self.fields, self.words], ensure_ascii=False, sort_keys=True, default=_number)

    @property
    def name(self) -> str:
        return name_of(self.value)

    @classmethod
    def read(cls, value: str) -> Tick | None:
        """None for what no tick box of ours has sent."""
        try:
            kind, fields, words = json.loads(value)
        except (ValueError, TypeError, RecursionError):
            return None
        if not (isinstance(kind, str) and isinstance(fields, dict) and isinstance(words, str)):
            return None
        tick = cls(kind, fields, words)
        return tick if tick.value == value and "\\u0000" not in value else None


def name_of(value: str) -> str:
    """A short name for a suggestion; it stays the same wherever in a text its words stand."""
    return hashlib.sha256(value.encode()).hexdigest()[:10]


def rows_of(text: str, division: Division) -> tuple[Row, ...]:
    """A text as it was cut."""
    return tuple(_row(f"r{place}", text, piece) for place, piece in enumerate(division.pieces, start=1))


def posted_rows(data: QueryDict) -> tuple[Row, ...]:
    """The clauses in the order in which the form holds them; the same clause twice counts once."""
    ids = dict.fromkeys(one for one in data.getlist("row") if _is_id(one))
    return tuple(_posted(data, one) for one in ids)


def new_id(rows: tuple[Row, ...]) -> str:
    return f"r{1 + max((int(row.id[1:]) for row in rows), default=0)}"


def first_words(text: str) -> str:
    """A label for a text that has no heading, as the splitter makes it."""
    words = " ".join(text.split())
    return words if len(words) <= _LABEL else words[:_LABEL].rsplit(" ", 1)[0] + " …"


def _row(key: str, text: str, piece: Piece) -> Row:
    written = " ".join(text[piece.start : piece.end].split())
    head = written.removesuffix(piece.text).strip() if written.endswith(piece.text) else piece.number
    return Row(
        id=key,
        number=piece.number,
        label=piece.label,
        text=piece.text,
        head=head,
        depth=min(piece.depth, DEEPEST),
    )


def _posted(data: QueryDict, key: str) -> Row:
    chosen = f"{key}-as-"
    return Row(
        id=key,
        number=_line(data.get(f"{key}-number", "")),
        label=_line(data.get(f"{key}-label", "")),
        text=tidy(data.get(f"{key}-text", "")).strip(),
        head=_line(data.get(f"{key}-head", "")),
        depth=_depth(data.get(f"{key}-depth", "")),
        out=data.get(f"{key}-out", "") == "1",
        ticks=tuple(dict.fromkeys(data.getlist(f"{key}-tick"))),
        chosen={name.removeprefix(chosen): data.get(name, "") for name in data if name.startswith(chosen)},
        seen=data.get(f"{key}-seen", ""),
    )


def _is_id(text: str) -> bool:
    return text[:1] == "r" and len(text) <= _LONGEST_ID and text[1:].isascii() and text[1:].isdecimal()


def _depth(text: str) -> int:
    return min(int(text), DEEPEST) if text.isascii() and text.isdecimal() and len(text) < 3 else 0


def _line(text: str) -> str:
    return " ".join(tidy(text).split())


def _number(value: Any) -> Any:
    """Decimals and days as JSON has them."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return int(value) if value == value.to_integral_value() else float(value)
