"""A comparison document laid out for a reader: one line a matter, one column a proposal, in date order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from proposals.pages.compare import filters
from proposals.pages.compare.filters import Choice, Filter
from proposals.rendering import words
from proposals.rendering.clauses import ShownClause, name_in, shown_clause
from proposals.rendering.headings import Heading, heading_of, in_date_order
from proposals.rendering.lines import Line, Lookup, line_of

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One proposal; `regulates` counts its rows and `coverage` is their share in percent."""

    heading: Heading
    regulates: int
    coverage: int
    placeholders: tuple[ShownClause, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Lines under one heading of the taxonomy, or those without a topic."""

    anchor: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicChoices:
    """Topics of one heading that lines can be narrowed down to, as (slug, name, number of lines)."""

    name: str
    topics: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcordancePage:
    columns: tuple[Column, ...]
    width: int
    row_count: int
    shown_count: int
    groups: tuple[Group, ...]
    kinds: tuple[Choice, ...]
    topics: tuple[TopicChoices, ...]
    topic: str
    topic_name: str
    relations: tuple[tuple[str, int], ...]
    absences: tuple[tuple[str, int], ...]
    method: Document


def lay_out(document: Document, *, chosen: Filter) -> ConcordancePage:
    """The whole page from the document that `compare` answers; no query is made."""
    rows, included = document["rows"], document["included"]
    names = {slug: party["name"] for slug, party in included["parties"].items()}
    headings = [heading_of(head, parties=names) for head in in_date_order(document["proposals"])]
    lookup = Lookup(document, headings=headings)
    slugs = [head["slug"] for head in document["proposals"]]
    groups = tuple(_groups(rows, chosen=chosen, lookup=lookup, included=included))
    return ConcordancePage(
        columns=tuple(_column(heading, document) for heading in headings),
        width=len(headings) + 1,
        row_count=len(rows),
        shown_count=sum(len(group.lines) for group in groups),
        groups=groups,
        kinds=tuple(filters.choices(rows, slugs=slugs, chosen=chosen)),
        topics=tuple(_topic_choices(rows, included=included)),
        topic=chosen.topic,
        topic_name=name_in(included["topics"], chosen.topic) if chosen.topic else "",
        relations=tuple(_counts(document["summary"]["links_by_relation"], words.RELATIONS)),
        absences=tuple(_counts(_absences(document["summary"]), words.ABSENCES)),
        method=document["method"],
    )


def _counts(numbers: Mapping[str, int], names: words.Words) -> Iterable[tuple[str, int]]:
    return ((words.name_of(code, names), number) for code, number in numbers.items() if number)


def _absences(summary: Document) -> dict[str, int]:
    """How often a matter is absent, by state, and how often only an element of it is."""
    by_state = {state: number for state, number in summary["gaps_by_state"].items() if state in words.ABSENCES}
    return by_state | {"element": summary["gaps_by_kind"]["element"]}


def _column(heading: Heading, document: Document) -> Column:
    included = document["included"]
    cells = (cell for row in document["rows"] for cell in row["cells"] if cell["proposal"] == heading.slug)
    own = (clause for clause in included["clauses"].values() if clause["proposal"] == heading.slug)
    shown = (shown_clause(clause, included=included) for clause in own if clause["kind"] == "placeholder")
    return Column(
        heading=heading,
        regulates=sum(cell["state"] == "regulated" for cell in cells),
        coverage=round(100 * document["summary"]["coverage"][heading.slug]),
        placeholders=tuple(shown),
    )


def _groups(rows: Sequence[Document], *, chosen: Filter, lookup: Lookup, included: Document) -> Iterable[Group]:
    """Groups in taxonomy order, rows without a topic last. Lines are numbered unfiltered, so that numbers last."""
    members: dict[str, list[Document]] = {slug: [] for slug in (*included["groups"], "")}
    for row in rows:
        members[_group_of(row, included=included)].append(row)
    number = 0
    for slug, of_group in members.items():
        lines = []
        for row in of_group:
            number += 1
            if chosen.lets_through(row):
                lines.append(line_of(row, number=number, lookup=lookup))
        if lines:
            anchor = f"group-{slug}" if slug else "without-a-topic"
            yield Group(anchor=anchor, name=_group_name(slug, included=included), lines=tuple(lines))


def _topic_choices(rows: Sequence[Document], *, included: Document) -> Iterable[TopicChoices]:
    topics = included["topics"]
    counts = {slug: sum(slug in row["topics"] for row in rows) for slug in topics}
    for group, members in groupby(topics.values(), key=lambda topic: topic["group"]):
        found = tuple((one["slug"], one["name"], counts[one["slug"]]) for one in members if counts[one["slug"]])
        if found:
            yield TopicChoices(name=_group_name(group, included=included), topics=found)


def _group_of(row: Document, *, included: Document) -> str:
    """The heading that a row stands under: that of its leading topic."""
    topic = included["topics"].get(row["topics"][0]) if row["topics"] else None
    return str(topic["group"]) if topic else ""


def _group_name(slug: str, *, included: Document) -> str:
    return name_in(included["groups"], slug) if slug else gettext("Without a topic")
