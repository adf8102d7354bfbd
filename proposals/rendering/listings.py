"""What stands below the table of a comparison: readings, what was said of the rows, and the clauses with sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext

from proposals.models import Position
from proposals.rendering import words
from proposals.rendering.clauses import ShownClause, ShownSource, name_in, shown_source
from proposals.rendering.dates import in_words
from proposals.rendering.headings import Heading
from proposals.rendering.lines import Line, Lookup

Document = Mapping[str, Any]
_KEPT = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A table with a name; `short` is the name of a sheet, which can have 31 characters."""

    name: str
    short: str
    remark: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def folded(self) -> Listing:
        """The same with at most four columns, for a page: what is left stands in the last one, a line each."""
        if len(self.head) <= _KEPT + 1:
            return self
        rows = tuple((*row[:_KEPT], "\n".join(told(self.head[_KEPT:], row[_KEPT:]))) for row in self.rows)
        return replace(self, head=(*self.head[:_KEPT], gettext("Details")), rows=rows)


def told(head: Sequence[str], values: Sequence[str]) -> Iterable[str]:
    """Each value after what it is: "Where: point 6"; empty ones are left out."""
    return (f"{label}: {value}" for label, value in zip(head, values, strict=True) if value)


def listings(document: Document, *, lines: Sequence[Line], lookup: Lookup) -> Iterable[Listing]:
    """Readings, positions and disputes, as far as the document includes them."""
    by_id = {line.id: line for line in lines}
    if "readings" in document:
        yield from _readings(document["readings"], lines=by_id)
        yield from _bracketed(document["readings"]["bracketed"], lines=by_id, lookup=lookup)
    if document["included"]["positions"]:
        yield _positions(document, lines=by_id)
    if document["included"]["disputes"]:
        yield _disputes(document, lines=by_id)


def clause_listing(clauses: Iterable[ShownClause], *, titles: Mapping[str, Heading]) -> Listing:
    """Every clause of the table by the number that marks it there: where it stands, and how we know."""
    head = (
        gettext("Note"),
        gettext("Text"),
        gettext("Clause"),
        gettext("Id"),
        gettext("Wording"),
        gettext("Language"),
        gettext("Where"),
        gettext("Sources"),
        gettext("Evidence"),
        gettext("Confidence"),
        gettext("Parties"),
        gettext("Condition"),
        gettext("Remarks"),
    )
    rows = (
        (
            str(number),
            titles[one.proposal].short_title,
            f"{one.number} {one.label}".strip(),
            one.id,
            one.wording,
            one.language,
            one.locator,
            "; ".join(source_in_words(source) for source in one.sources),
            one.evidence,
            one.confidence,
            "; ".join(f"{role}: {names}" for role, names in one.roles),
            one.condition,
            "; ".join(_remarks(one)),
        )
        for number, one in enumerate(clauses, 1)
    )
    return Listing(
        name=gettext("Clauses and their sources"), short=gettext("Clauses"), remark="", head=head, rows=tuple(rows)
    )


def source_in_words(source: ShownSource) -> str:
    known = ", ".join(filter(None, [source.publisher, source.date, gettext("grade %s") % source.grade]))
    return f"{source.title} ({known})" + (f" {source.url}" if source.url else "")


def _remarks(clause: ShownClause) -> Iterable[str]:
    yield from (f"{relation} {other}" for relation, other in clause.ties)
    for party, objection in clause.contests:
        yield gettext("contested by %(party)s: %(objection)s") % {"party": party, "objection": objection}
    if clause.note:
        yield clause.note


def _readings(readings: Document, *, lines: Mapping[str, Line]) -> Iterable[Listing]:
    matter = (gettext("Row"), gettext("Matter"))
    yield Listing(
        name=gettext("Common ground"),
        short=gettext("Common ground"),
        remark=gettext("Matters that all texts regulate, without a conflict."),
        head=matter,
        rows=tuple(_matter(lines[row]) for row in readings["common_ground"]),
    )
    yield Listing(
        name=gettext("Sticking points"),
        short=gettext("Sticking points"),
        remark=gettext("Matters on which the texts diverge, with the recorded positions that bear on them."),
        head=(*matter, gettext("Positions"), gettext("Red lines")),
        rows=tuple(
            (*_matter(lines[one["row"]]), ", ".join(one["positions"]), ", ".join(one["red_lines"]))
            for one in readings["sticking_points"]
        ),
    )
    yield Listing(
        name=gettext("Within reach"),
        short=gettext("Within reach"),
        remark=gettext("Matters on which the texts diverge and that cross no recorded red line."),
        head=matter,
        rows=tuple(_matter(lines[row]) for row in readings["within_reach"]),
    )


def _bracketed(bracketed: Sequence[Document], *, lines: Mapping[str, Line], lookup: Lookup) -> Iterable[Listing]:
    """Two lists, so that what is no quotation stands under a heading that says so."""
    head = (gettext("Row"), gettext("Matter"), gettext("Text"))
    told: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}
    for one in bracketed:
        told[one["reconstruction"]].append((*_matter(lines[one["row"]]), _in_brackets(one["segments"], lookup)))
    remark = gettext("What all texts hold stands plain; all else in brackets with the text that holds it.")
    if told[True]:
        yield Listing(
            name=gettext("Bracketed text: a reconstruction, not a quotation"),
            short=gettext("Bracketed, reconstruction"),
            remark=f"{remark} {gettext('Paraphrases are in it, so none of this may be quoted.')}",
            head=head,
            rows=tuple(told[True]),
        )
    if told[False]:
        yield Listing(
            name=gettext("Bracketed text"),
            short=gettext("Bracketed text"),
            remark=remark,
            head=head,
            rows=tuple(told[False]),
        )


def _in_brackets(segments: Sequence[Document], lookup: Lookup) -> str:
    pieces = []
    for one in segments:
        if len(one["proposals"]) == len(lookup.headings):
            pieces.append(one["text"])
        else:
            holders = ", ".join(lookup.by_slug[slug].short_title for slug in one["proposals"])
            pieces.append(f"[{holders}: {one['text'] or '–'}]")
    return " ".join(pieces)


def _positions(document: Document, *, lines: Mapping[str, Line]) -> Listing:
    included = document["included"]
    rows_of = _rows_of(document["rows"], "positions", lines=lines)
    head = (
        gettext("Id"),
        gettext("Date"),
        gettext("Party"),
        gettext("Person"),
        gettext("Topic"),
        gettext("Stance"),
        gettext("Red line"),
        gettext("Statement"),
        gettext("Source"),
        gettext("Where"),
        gettext("Evidence"),
        gettext("Confidence"),
        gettext("Rows"),
    )
    rows = (
        (
            one["id"],
            in_words(one["date"], one["date_precision"], last=one["date_end"], text=one["date_text"]),
            name_in(included["parties"], one["party"]),
            name_in(included["persons"], one["person"]) if one["person"] else "",
            name_in(included["topics"], one["topic"]),
            str(Position.Stance(one["stance"]).label),
            gettext("red line") if one["red_line"] else "",
            one["statement"],
            source_in_words(shown_source(included["sources"][one["source"]])),
            one["locator"] or "",
            words.name_of(one["evidence"], words.EVIDENCE),
            words.name_of(one["confidence"], words.CONFIDENCE),
            rows_of[one["id"]],
        )
        for one in included["positions"].values()
    )
    return Listing(
        name=gettext("Positions"),
        short=gettext("Positions"),
        remark=gettext("What parties said that bears on a row, in the words of those who recorded it. No quotations."),
        head=head,
        rows=tuple(rows),
    )


def _disputes(document: Document, *, lines: Mapping[str, Line]) -> Listing:
    included = document["included"]
    rows_of = _rows_of(document["rows"], "disputes", lines=lines)
    rows = (
        (
            one["id"],
            one["subject"],
            claim["value"],
            source_in_words(shown_source(included["sources"][claim["source"]])),
            claim["locator"] or "",
            rows_of[one["id"]],
        )
        for one in included["disputes"].values()
        for claim in one["claims"]
    )
    head = (gettext("Id"), gettext("Of what"), gettext("Value"), gettext("Source"), gettext("Where"), gettext("Rows"))
    return Listing(
        name=gettext("Disputes"),
        short=gettext("Disputes"),
        remark=gettext("Rival values of sources, side by side."),
        head=head,
        rows=tuple(rows),
    )


def _rows_of(rows: Sequence[Document], kind: str, *, lines: Mapping[str, Line]) -> dict[str, str]:
    """The numbers of the rows that name each statement."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for one in row[kind]:
            found[one].append(str(lines[row["id"]].number))
    return defaultdict(str, {one: ", ".join(numbers) for one, numbers in found.items()})


def _matter(line: Line) -> tuple[str, str]:
    return str(line.number), line.topic
