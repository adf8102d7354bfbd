"""A comparison document laid out for a reader: one line a matter, one column a proposal, in date order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from proposals.pages.compare.filters import Address, Choice, Facets, Filter, Option, Removal
from proposals.pages.compare.texts import Entry, entry_of
from proposals.rendering import words
from proposals.rendering.clauses import ShownClause, name_in, shown_clause
from proposals.rendering.headings import Heading, heading_of, in_date_order
from proposals.rendering.lines import Lookup

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
    lines: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcordancePage:
    """`kinds`, `topics`, `topic_groups` and `parties` are what the rows can be narrowed down by, with counts."""

    columns: tuple[Column, ...]
    width: int
    row_count: int
    shown_count: int
    groups: tuple[Group, ...]
    kinds: tuple[Choice, ...]
    topics: tuple[tuple[str, list[Option]], ...]
    topic_groups: tuple[Option, ...]
    parties: tuple[Option, ...]
    set_filters: tuple[Removal, ...]
    relations: tuple[tuple[str, int], ...]
    absences: tuple[tuple[str, int], ...]
    method: Document


def lay_out(document: Document, *, facets: Facets, chosen: Filter, address: Address | None) -> ConcordancePage:
    """The whole page from the document that `compare` answers; no query is made.

    `address` makes the address of the page with other filters; None where there is no such page.
    """
    rows, included = document["rows"], document["included"]
    names = {slug: party["name"] for slug, party in included["parties"].items()}
    headings = [heading_of(head, parties=names) for head in in_date_order(document["proposals"])]
    lookup = Lookup(document, headings=headings)
    filtered = address or (lambda **_: "")
    groups = tuple(_groups(rows, facets=facets, chosen=chosen, lookup=lookup, address=address))
    return ConcordancePage(
        columns=tuple(_column(heading, document) for heading in headings),
        width=len(headings) + 1,
        row_count=len(rows),
        shown_count=sum(len(group.lines) for group in groups),
        groups=groups,
        kinds=tuple(facets.kinds(address=filtered, chosen=chosen)),
        topics=tuple(facets.topic_options(chosen)),
        topic_groups=tuple(facets.group_options(chosen)),
        parties=tuple(facets.party_options(chosen)),
        set_filters=tuple(facets.removals(address=filtered, chosen=chosen)),
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


def _groups(
    rows: Sequence[Document], *, facets: Facets, chosen: Filter, lookup: Lookup, address: Address | None
) -> Iterable[Group]:
    """Groups in taxonomy order, rows without a topic last. Lines are numbered unfiltered, so that numbers last."""
    included = lookup.included
    members: dict[str, list[Document]] = {slug: [] for slug in (*included["groups"], "")}
    for row in rows:
        members[_group_of(row, included=included)].append(row)
    number = 0
    for slug, of_group in members.items():
        lines = []
        for row in of_group:
            number += 1
            if facets.passes(row, chosen):
                lines.append(entry_of(row, number=number, lookup=lookup, chosen=chosen, address=address))
        if lines:
            anchor = f"group-{slug}" if slug else "without-a-topic"
            yield Group(anchor=anchor, name=_group_name(slug, included=included), lines=tuple(lines))


def _group_of(row: Document, *, included: Document) -> str:
    """The heading that a row stands under: that of its leading topic."""
    topic = included["topics"].get(row["topics"][0]) if row["topics"] else None
    return str(topic["group"]) if topic else ""


def _group_name(slug: str, *, included: Document) -> str:
    return name_in(included["groups"], slug) if slug else gettext("Without a topic")
