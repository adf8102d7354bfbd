"""The table that negotiators use, as plain values: a row a matter, a column a proposal, a last one for the relation.

Every format is written from these values, so that nothing is told twice. They hold no code and no mark-up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from proposals.licence import LICENCE, LICENCE_ADDRESS
from proposals.rendering.characters import printable_values
from proposals.rendering.citation import Frozen, citation
from proposals.rendering.clauses import ShownClause, name_in
from proposals.rendering.headings import Heading, heading_of
from proposals.rendering.lines import Cell, Line, Lookup, Point, Silence, line_of
from proposals.rendering.listings import Listing, clause_listing, listings

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One clause in a cell. `mark` says in words whose words they are; `note` is its number in the list of clauses."""

    label: str
    text: str
    language: str
    mark: str
    is_struck_out: bool
    note: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCell:
    """What one proposal says; `state` is empty where its clauses speak for themselves."""

    state: str
    passages: tuple[Passage, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One matter; `relation` has a line for the relation itself and one for each difference and missing element."""

    id: str
    number: int
    group: str
    matter: str
    kind: str
    cells: tuple[TableCell, ...]
    relation: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcordanceTable:
    """`facts` have a value for each column, `about` one for the whole; `listings` follow the table."""

    title: str
    columns: tuple[str, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    about: tuple[tuple[str, str], ...]
    rows: tuple[TableRow, ...]
    listings: tuple[Listing, ...]

    @property
    def head(self) -> tuple[str, ...]:
        return (gettext("Matter"), *self.columns, gettext("Relation"))


def table_of(document: Document, *, address: str = "", frozen: Frozen | None = None) -> ConcordanceTable:
    """The table of a comparison document, columns in the asked order. `address` is where the comparison is found."""
    document = printable_values(document)
    included = document["included"]
    parties = {slug: party["name"] for slug, party in included["parties"].items()}
    headings = _told_apart([heading_of(head, parties=parties) for head in document["proposals"]])
    lookup = Lookup(document, headings=headings)
    lines = [line_of(row, number=number, lookup=lookup) for number, row in enumerate(document["rows"], 1)]
    notes = {clause.id: number for number, clause in enumerate(_in_reading_order(lines), 1)}
    return ConcordanceTable(
        title=gettext("Concordance: %(names)s") % {"names": " · ".join(one.short_title for one in headings)},
        columns=tuple(one.short_title for one in headings),
        facts=tuple(_facts(headings, document=document, lookup=lookup)),
        about=tuple(_about(headings, document=document, address=address, frozen=frozen)),
        rows=tuple(
            _row(line, row, included=included, notes=notes) for line, row in zip(lines, document["rows"], strict=True)
        ),
        listings=(
            *listings(document, lines=lines, lookup=lookup),
            clause_listing([lookup.clause(clause_id) for clause_id in notes], titles=lookup.by_slug),
        ),
    )


def _in_reading_order(lines: Iterable[Line]) -> Iterable[ShownClause]:
    """Each clause once, where it is first met."""
    found = {clause.id: clause for line in lines for cell in line.cells for clause in cell.clauses}
    return found.values()


def _told_apart(headings: Sequence[Heading]) -> list[Heading]:
    """Short titles that are not unique get their ids."""
    titles = [one.short_title for one in headings]
    return [
        replace(one, short_title=f"{one.short_title} ({one.slug})") if titles.count(one.short_title) > 1 else one
        for one in headings
    ]


def _facts(headings: Sequence[Heading], *, document: Document, lookup: Lookup) -> Iterable[tuple[str, tuple[str, ...]]]:
    pasted = gettext("a text that was sent in and is not stored")
    rows, coverage = len(document["rows"]), document["summary"]["coverage"]
    regulated = {one.slug: round(coverage[one.slug] * rows) for one in headings}
    told = [
        (gettext("Title"), [one.title for one in headings]),
        (gettext("Id"), [one.slug for one in headings]),
        (gettext("Date"), [one.date for one in headings]),
        (gettext("Put forward by"), [one.proposers for one in headings]),
        (gettext("Kind"), [one.kind or pasted for one in headings]),
        (gettext("How the text is known"), [one.text_status for one in headings]),
        (gettext("Clause set"), [f"{one.clause_count}, {one.completeness}" for one in headings]),
        (gettext("Best source"), [one.reliability for one in headings]),
        (gettext("Outcome"), [one.outcome for one in headings]),
        (
            gettext("Matters regulated"),
            [gettext("%(held)d of %(all)d") % {"held": regulated[one.slug], "all": rows} for one in headings],
        ),
        (gettext("Content not known"), [_placeholders(one.slug, lookup) for one in headings]),
    ]
    return ((label, tuple(values)) for label, values in told if any(values))


def _placeholders(slug: str, lookup: Lookup) -> str:
    own = (one for one in lookup.included["clauses"].values() if one["proposal"] == slug)
    return "; ".join(one["label"] for one in own if one["kind"] == "placeholder")


def _about(
    headings: Sequence[Heading], *, document: Document, address: str, frozen: Frozen | None
) -> Iterable[tuple[str, str]]:
    if frozen:
        yield from frozen.remarks
    method, clauses = document["method"], document["included"]["clauses"].values()
    if any(clause["wording"] == "paraphrase" for clause in clauses):
        yield (
            gettext("Paraphrases"),
            gettext("A text marked as a paraphrase is told in the words of those who recorded it. It is no quotation."),
        )
    yield gettext("Method"), f"{method['name']} {method['version']} ({method['profile']}), {method['vocabulary']}"
    yield gettext("Inputs"), method["inputs_digest"]
    yield (
        gettext("Links and differences"),
        gettext("They are computed, and editors can overrule them. No side is taken."),
    )
    yield (
        gettext("Licence"),
        f"{LICENCE}, {LICENCE_ADDRESS}"
        + (gettext("; texts that were sent in are not covered") if not all(one.kind for one in headings) else ""),
    )
    cited = frozen.citation if frozen else citation(headings, method=method, address=address)
    yield gettext("To cite"), cited


def _row(line: Line, row: Document, *, included: Document, notes: Mapping[str, int]) -> TableRow:
    topic = included["topics"].get(row["topics"][0]) if row["topics"] else None
    return TableRow(
        id=line.id,
        number=line.number,
        group=name_in(included["groups"], topic["group"]) if topic else gettext("Without a topic"),
        matter=line.topic,
        kind=line.kind_name,
        cells=tuple(_cell(cell, notes=notes) for cell in line.cells),
        relation=tuple(_relation(line, row)),
    )


def _cell(cell: Cell, *, notes: Mapping[str, int]) -> TableCell:
    remarks = [cell.explanation] if cell.explanation else []
    if cell.silence:
        remarks.append(_silence(cell.silence))
    if cell.nearest:
        remarks.append(gettext("Nearest: %(clause)s") % {"clause": name_of_clause(cell.nearest)})
    return TableCell(
        state="" if cell.state == "regulated" else cell.state_name,
        passages=tuple(_passage(clause, note=notes[clause.id]) for clause in cell.clauses),
        remarks=tuple(remarks),
    )


def _passage(clause: ShownClause, *, note: int) -> Passage:
    label = name_of_clause(clause)
    if clause.kind:
        label = f"{label} ({clause.kind})"
    if clause.strikes:
        label = gettext("%(label)s, strikes out: %(struck)s") % {"label": label, "struck": clause.strikes}
    return Passage(
        label=label,
        text=clause.text,
        language=clause.language,
        mark=clause.wording,
        is_struck_out=clause.is_deletion,
        note=note,
    )


def _silence(silence: Silence) -> str:
    source = f" {silence.source.title}, {silence.source.publisher}." if silence.source else ""
    return gettext("%(reason)s Checked by %(by)s on %(on)s.%(source)s") % {
        "reason": silence.reason,
        "by": silence.checked_by,
        "on": silence.checked_on,
        "source": source,
    }


def _relation(line: Line, row: Document) -> Iterable[str]:
    relation = gettext("clauses %(relation)s") % {"relation": line.relation} if line.relation else ""
    yield "; ".join(filter(None, [line.kind_name, relation, line.extent]))
    for point in line.divergences:
        standing = {"mild": gettext("no conflict"), "hint": gettext("check this")}.get(point.standing, "")
        named = f"{point.name} ({standing})" if standing else point.name
        yield f"{named}: {_sides(point)}" + (f" ({point.summary})" if point.summary else "")
    for point in line.missing_elements:
        lacking = ", ".join(said.column.short_title for said in point.cells if said.is_missing)
        missing = gettext("%(element)s missing in %(lacking)s") % {"element": capfirst(point.name), "lacking": lacking}
        yield f"{missing}; {gettext('present in')} {_sides(point)}"
    if any(link.is_editors for link in line.links):
        stale = any(link.is_editors and link.is_stale for link in line.links)
        yield gettext("Decided by an editor, before a clause changed") if stale else gettext("Decided by an editor")
    if line.other_topics:
        yield gettext("Also: %(topics)s") % {"topics": ", ".join(line.other_topics)}
    for name, ids in ((gettext("Positions"), row["positions"]), (gettext("Disputes"), row["disputes"])):
        if ids:
            yield f"{name}: {', '.join(ids)}"


def _sides(point: Point) -> str:
    """The value of each side that has one: "US draft: at most 500 / Answer: at most 800"."""
    return " / ".join(f"{said.column.short_title}: {'; '.join(said.words)}" for said in point.cells if said.words)


def name_of_clause(clause: ShownClause) -> str:
    return f"{clause.number} {clause.label}".strip()
