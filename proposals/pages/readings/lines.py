"""The rows of a comparison in the order and with the numbers of the concordance page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from proposals.rendering.clauses import name_in
from proposals.rendering.headings import Heading, heading_of, in_date_order
from proposals.rendering.lines import Line, Lookup, line_of

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupOfLines:
    name: str
    lines: tuple[Line, ...]


def headings_of(document: Document) -> list[Heading]:
    """The proposals by date, as columns of the concordance stand."""
    names = {slug: party["name"] for slug, party in document["included"]["parties"].items()}
    return [heading_of(head, parties=names) for head in in_date_order(document["proposals"])]


def groups_of_lines(document: Document, *, headings: Sequence[Heading]) -> Iterable[GroupOfLines]:
    """Every row under its heading of the taxonomy, those without a topic last."""
    included, lookup = document["included"], Lookup(document, headings=headings)
    members: dict[str, list[Document]] = {slug: [] for slug in (*included["groups"], "")}
    for row in document["rows"]:
        topic = included["topics"].get(row["topics"][0]) if row["topics"] else None
        members[topic["group"] if topic else ""].append(row)
    number = 0
    for slug, rows in members.items():
        lines = tuple(line_of(row, number=number + place, lookup=lookup) for place, row in enumerate(rows, 1))
        number += len(rows)
        if lines:
            name = name_in(included["groups"], slug) if slug else gettext("Without a topic")
            yield GroupOfLines(name=name, lines=lines)
