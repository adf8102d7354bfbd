"""One line of the page: what a table has of it, with the words marked that the texts differ in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from proposals.pages.addresses import topic_address
from proposals.pages.compare.filters import Address, Filter
from proposals.rendering.changed_words import changed_words
from proposals.rendering.lines import Line, Lookup, line_of
from proposals.rendering.marks import MARKED, Piece, Span, pieces, spans_of

Document = Mapping[str, Any]

# Beyond that the reasons of a row stand on the page of the row alone: they would be most of the whole page.
MOST_LINKS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """`marked` are the words of each clause by its id; `address` is that of the row alone.

    `topic_address` leads to the page of its first topic, blank where it has none that is recorded.
    `is_folded` says that its texts open on demand.
    """

    line: Line
    marked: Mapping[str, tuple[Piece, ...]]
    address: str
    topic_address: str
    link_count: int
    has_reasons: bool
    is_folded: bool


def entry_of(row: Document, *, number: int, lookup: Lookup, chosen: Filter, address: Address | None) -> Entry:
    """Without an address of the row alone, all is told here."""
    topic = row["topics"][0] if row["topics"] else ""
    has_reasons = len(row["links"]) <= MOST_LINKS or bool(chosen.row) or address is None
    line = line_of(row, number=number, lookup=lookup, with_links=has_reasons)
    return Entry(
        line=line,
        marked=_marked(row, line, lookup=lookup),
        address=address(row=line.id) if address else "",
        topic_address=topic_address(topic) if topic in lookup.included["topics"] else "",
        link_count=len(row["links"]),
        has_reasons=has_reasons,
        is_folded=line.kind == "agree" and chosen.show != "agree" and not chosen.row,
    )


def _marked(row: Document, line: Line, *, lookup: Lookup) -> dict[str, tuple[Piece, ...]]:
    """The text of each clause in pieces, by its id."""
    # By clause; a side stands in the divergences from each of the other clauses.
    sides: dict[str, dict[tuple[object, ...], tuple[str, Document]]] = defaultdict(dict)
    if row["kind"] == "diverge":
        for one in row["divergences"]:
            # What can hold together, or is only suggested by the wording, is told below the texts alone.
            if one["asserted"] and not one["compatible"] and one["kind"] in MARKED:
                for side in one["sides"]:
                    sides[side["clause"]][one["kind"], side["text"], side["value"]] = (one["kind"], side)
    changed = _changed(line)
    found = {}
    for clause in (clause for cell in line.cells for clause in cell.clauses):
        spans: Sequence[Span] = ()
        if clause.id in sides:
            named = lookup.included["clauses"][clause.id]
            spans = spans_of(clause.text, _clear(sides[clause.id].values(), named, lookup=lookup), names=lookup.called)
        found[clause.id] = pieces(clause.text, spans, changed=changed.get(clause.id, ()))
    return found


def _clear(
    sides: Iterable[tuple[str, Document]], clause: Document, *, lookup: Lookup
) -> Iterable[tuple[str, Document]]:
    """Without those names that the clause has both as a party and as a place: which is meant, no rule can tell."""
    included = lookup.included
    parties = {
        included["parties"][one["party"]]["name"] for one in clause["roles"] if one["party"] in included["parties"]
    }
    places = {included["territories"][one]["name"] for one in clause["territories"] if one in included["territories"]}
    for kind, side in sides:
        if kind in ("actor", "territory"):
            names = [name for name in (side["text"] or "").split("; ") if name not in parties & places]
            side = {**side, "text": "; ".join(names)}
        yield kind, side


def _changed(line: Line) -> dict[str, list[tuple[int, int]]]:
    """Where the words of two texts differ, if two clauses alone stand in the line, both in words of their own."""
    clauses = [clause for cell in line.cells for clause in cell.clauses]
    if len(clauses) != 2:
        return {}
    found = {}
    sides = changed_words(*clauses)
    # Of texts with little in common, marks all over would say nothing.
    if any(
        2 * sum(len(run.text) for run in runs if run.is_changed) > sum(len(run.text) for run in runs) for runs in sides
    ):
        return {}
    for clause, runs in zip(clauses, sides, strict=True):
        places, start = [], 0
        for run in runs:
            end = start + len(run.text)
            if run.is_changed and run.text.strip():
                places.append((start, end))
            start = end
        found[clause.id] = places
    return found
