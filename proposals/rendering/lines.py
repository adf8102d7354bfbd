"""One line of a concordance as readers are shown it: a cell for each column, and what stands below the cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from proposals.rendering import words
from proposals.rendering.clauses import ShownClause, ShownSource, name_in, shown_clause, shown_source
from proposals.rendering.dates import in_words
from proposals.rendering.headings import Heading

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """A recorded absence."""

    topic: str
    reason: str
    checked_by: str
    checked_on: str
    source: ShownSource | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one proposal says in a line, or why nothing stands there; `nearest` is the closest candidate of a gap."""

    column: Heading
    state: str
    state_name: str
    clauses: tuple[ShownClause, ...]
    explanation: str
    silence: Silence | None
    nearest: ShownClause | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one proposal says on one point, each statement in short words; empty where it is no part of it."""

    column: Heading
    words: tuple[str, ...]
    is_missing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A divergence, or an element that some columns lack, spread over the columns.

    `standing` is what it weighs: "diverge", "mild" (both sides can hold together), "hint", or "gaps" for an element.
    """

    standing: str
    name: str
    summary: str
    cells: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Why two clauses are held to regulate the same matter."""

    left: ShownClause
    right: ShownClause
    left_column: str
    right_column: str
    relation: str
    wider: str
    score: str
    is_editors: bool
    is_stale: bool
    reasons: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row of the document. `number` is its place among all rows, whatever is filtered."""

    id: str
    number: int
    kind: str
    kind_name: str
    relation: str
    extent: str
    topic: str
    other_topics: tuple[str, ...]
    cells: tuple[Cell, ...]
    divergences: tuple[Point, ...]
    missing_elements: tuple[Point, ...]
    links: tuple[Link, ...]


class Lookup:
    """A comparison document with its columns, gaps and clauses ready to be looked up."""

    def __init__(self, document: Document, *, headings: Sequence[Heading]) -> None:
        self.included = document["included"]
        self.headings = headings
        self.by_slug = {heading.slug: heading for heading in headings}
        self._nearest = {
            (gap["row"], slug): gap["nearest"]["clause"]
            for gap in document["gaps"]
            if gap["kind"] == "matter" and gap["nearest"]
            for slug in gap["absent_from"]
        }
        # All that the parties and places of the comparison are called.
        self.called = [
            name
            for one in (*self.included["parties"].values(), *self.included["territories"].values())
            for name in (one["name"], *(alias["name"] for alias in one.get("aliases", ())))
        ]
        # What stands in most cells of a point, and the names of what stands in most rows.
        self.nothing_said = {heading.slug: Said(column=heading, words=()) for heading in headings}
        self.states = words.told(words.STATES)
        self.absent_because = words.told(words.ABSENT_BECAUSE)
        self.unknown_because = words.told(words.UNKNOWN_BECAUSE)
        self.reasons = words.told(words.REASONS)
        self._clauses: dict[str, ShownClause] = {}
        self._sources: dict[str, ShownSource] = {}

    def clause(self, clause_id: str) -> ShownClause:
        if clause_id not in self._clauses:
            clause = self.included["clauses"][clause_id]
            self._clauses[clause_id] = shown_clause(clause, included=self.included, source=self.source)
        return self._clauses[clause_id]

    def source(self, slug: str) -> ShownSource:
        if slug not in self._sources:
            self._sources[slug] = shown_source(self.included["sources"][slug])
        return self._sources[slug]

    def nearest(self, row: str, slug: str) -> ShownClause | None:
        """The closest candidate of a proposal for a row that it does not regulate."""
        clause_id = self._nearest.get((row, slug))
        return self.clause(clause_id) if clause_id else None


def line_of(row: Document, *, number: int, lookup: Lookup, with_links: bool = True) -> Line:
    """`with_links` leaves out why clauses are linked, where many would not be read."""
    by_slug = {cell["proposal"]: cell for cell in row["cells"]}
    topics = [name_in(lookup.included["topics"], slug) for slug in row["topics"]]
    return Line(
        id=row["id"],
        number=number,
        kind=row["kind"],
        kind_name=words.name_of(row["kind"], words.ROW_KINDS),
        relation=words.name_of(row["relation"], words.RELATIONS) if row["relation"] else "",
        extent=_extent(row["cells"]),
        topic=topics[0] if topics else gettext("Without a topic"),
        other_topics=tuple(topics[1:]),
        cells=tuple(_cell(by_slug[heading.slug], heading, row=row, lookup=lookup) for heading in lookup.headings),
        divergences=tuple(
            divergence_point(one, is_conflict=row["kind"] == "diverge", lookup=lookup) for one in row["divergences"]
        ),
        missing_elements=tuple(_missing_elements(row["element_gaps"], lookup=lookup)),
        links=tuple(_link(link, lookup=lookup) for link in row["links"]) if with_links else (),
    )


def _extent(cells: Sequence[Document]) -> str:
    """How many of the texts regulate the matter, where that is not plain from two columns."""
    if len(cells) == 2:
        return ""
    held = sum(cell["state"] == "regulated" for cell in cells)
    return ngettext("%(held)d of %(all)d text", "%(held)d of %(all)d texts", len(cells)) % {
        "held": held,
        "all": len(cells),
    }


def _cell(cell: Document, heading: Heading, *, row: Document, lookup: Lookup) -> Cell:
    is_absent = cell["state"] in ("silent", "unknown", "not_found")
    return Cell(
        column=heading,
        state=cell["state"],
        state_name=words.name_of(cell["state"], lookup.states),
        clauses=tuple(lookup.clause(clause) for clause in cell["clauses"]),
        explanation=_explanation(cell, heading, lookup=lookup) if is_absent else "",
        silence=shown_silence(cell["silence"], lookup=lookup) if cell["silence"] else None,
        nearest=lookup.nearest(row["id"], heading.slug) if is_absent else None,
    )


def _explanation(cell: Document, heading: Heading, *, lookup: Lookup) -> str:
    if cell["state"] == "unknown":
        sentence = words.name_of(heading.clauses_complete, lookup.unknown_because)
    else:
        sentence = words.name_of(cell["state"], lookup.absent_because)
    if not cell["topic_regulated"]:
        return sentence
    return f"{sentence} {words.name_of('elsewhere', lookup.absent_because)}"


def shown_silence(silence: Document, *, lookup: Lookup) -> Silence:
    source = silence["source"]
    return Silence(
        topic=name_in(lookup.included["topics"], silence["topic"]),
        reason=silence["reason"],
        checked_by=silence["checked_by"],
        checked_on=in_words(silence["checked_on"], "day"),
        source=lookup.source(source) if source else None,
    )


def divergence_point(divergence: Document, *, is_conflict: bool, lookup: Lookup) -> Point:
    """A divergence of a row, or of a pair of clauses; `is_conflict` says what the row or the pair is."""
    said: dict[str, list[str]] = defaultdict(list)
    for side in divergence["sides"]:
        said[side["proposal"]].append(side["text"])
    return Point(
        standing=_standing(divergence, is_conflict=is_conflict),
        name=words.name_of(divergence["kind"], words.DIVERGENCES),
        summary=divergence["summary"],
        cells=tuple(
            Said(column=heading, words=tuple(dict.fromkeys(said[heading.slug])))
            if heading.slug in said
            else lookup.nothing_said[heading.slug]
            for heading in lookup.headings
        ),
    )


def _standing(divergence: Document, *, is_conflict: bool) -> str:
    if not divergence["asserted"]:
        return "hint"
    # An editor may have said of two clauses that they do not conflict, whatever the engine sees in them.
    return "mild" if divergence["compatible"] or not is_conflict else "diverge"


def _missing_elements(gaps: Sequence[Document], *, lookup: Lookup) -> Iterable[Point]:
    """One line for each element that a column lacks, with the clauses of the others that have it."""
    lacking: dict[str, set[str]] = defaultdict(set)
    held_by: dict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        lacking[gap["element"]].add(gap["proposal"])
        held_by[gap["element"]] += [one for one in gap["held_by"] if one not in held_by[gap["element"]]]
    for element, slugs in lacking.items():
        held: dict[str, list[str]] = defaultdict(list)
        for clause_id in held_by[element]:
            clause = lookup.clause(clause_id)
            held[clause.proposal].append(f"{clause.number} {clause.label}".strip())
        yield Point(
            standing="gaps",
            name=words.name_of(element, words.ELEMENTS),
            summary="",
            cells=tuple(
                Said(column=heading, words=tuple(held[heading.slug]), is_missing=heading.slug in slugs)
                if heading.slug in held or heading.slug in slugs
                else lookup.nothing_said[heading.slug]
                for heading in lookup.headings
            ),
        )


def _link(link: Document, *, lookup: Lookup) -> Link:
    left, right = lookup.clause(link["left"]), lookup.clause(link["right"])
    wider = {"left": left.label, "right": right.label}.get(link["wider"] or "", "")
    return Link(
        left=left,
        right=right,
        left_column=lookup.by_slug[left.proposal].short_title,
        right_column=lookup.by_slug[right.proposal].short_title,
        relation=words.name_of(link["relation"], words.RELATIONS),
        wider=wider,
        score=f"{link['score']:.2f}",
        is_editors=link["decided_by"] == "editor",
        is_stale=link["stale"],
        reasons=tuple(reason_in_words(one, names=lookup.reasons) for one in link["reasons"]),
    )


def reason_in_words(reason: Document, *, names: words.Words = words.REASONS) -> tuple[str, str, str]:
    """What one part of a score is called, what it adds, and what was shared."""
    return (
        words.name_of(reason["part"], names),
        f"{reason['weight']:+.2f}".replace("-", "−"),
        reason["detail"],
    )
