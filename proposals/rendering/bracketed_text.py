"""Bracketed text as plain values: agreed wording plain, rival wording with the proposals that hold it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from proposals.rendering.clauses import ShownClause
from proposals.rendering.headings import Heading
from proposals.rendering.lines import Line

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """A text with those of its clauses whose wording stands in a matter."""

    short_title: str
    clauses: tuple[ShownClause, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """`holders` is empty where all texts hold the wording, which then stands without brackets.

    `language` is blank where clauses of several languages stand behind it.
    """

    text: str
    holders: str
    held_by: tuple[Holder, ...]
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BracketedMatter:
    """`texts` have the clauses that the wording comes from, each with its sources."""

    line: Line
    is_reconstruction: bool
    pieces: tuple[Piece, ...]
    texts: tuple[Holder, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BracketedText:
    """Matters by heading of the taxonomy; the remarks say how to read it and that it is no quotation, if it is none."""

    title: str
    texts: tuple[str, ...]
    remarks: tuple[str, ...]
    groups: tuple[tuple[str, tuple[BracketedMatter, ...]], ...]
    citation: str


def bracketed_text(
    document: Document,
    *,
    headings: Sequence[Heading],
    groups: Iterable[tuple[str, Sequence[Line]]],
    citation: str,
) -> BracketedText:
    """From a comparison document with readings, in the order of the lines given."""
    known = {one["row"]: one for one in document["readings"]["bracketed"]}
    by_slug = {heading.slug: heading for heading in headings}
    told = [
        (name, tuple(_matter(line, known[line.id], by_slug=by_slug) for line in lines if line.id in known))
        for name, lines in groups
    ]
    is_reconstruction = any(matter.is_reconstruction for _, matters in told for matter in matters)
    remarks = [gettext("What all texts hold stands plain; all else in brackets with the text that holds it.")]
    if is_reconstruction:
        remarks.append(
            gettext("Where a matter is marked as a reconstruction, paraphrases are in it, and it may not be quoted.")
        )
    return BracketedText(
        title=gettext("Bracketed text: a reconstruction, not a quotation")
        if is_reconstruction
        else gettext("Bracketed text"),
        texts=tuple(f"{one.short_title} ({one.date})" if one.date else one.short_title for one in headings),
        remarks=tuple(remarks),
        groups=tuple((name, matters) for name, matters in told if matters),
        citation=citation,
    )


def _matter(line: Line, told: Document, *, by_slug: Mapping[str, Heading]) -> BracketedMatter:
    texts = {
        cell.column.slug: Holder(short_title=cell.column.short_title, clauses=own)
        for cell in line.cells
        # What is struck out has no wording here.
        if (own := tuple(clause for clause in cell.clauses if not clause.is_deletion))
    }
    return BracketedMatter(
        line=line,
        is_reconstruction=told["reconstruction"],
        pieces=tuple(
            _piece(
                one["text"] or "–",
                [texts[slug] for slug in one["proposals"] if slug in texts],
                is_held_by_all=len(one["proposals"]) == len(by_slug),
            )
            for one in told["segments"]
        ),
        texts=tuple(texts.values()),
    )


def _piece(text: str, held_by: Sequence[Holder], *, is_held_by_all: bool) -> Piece:
    languages = {clause.language for holder in held_by for clause in holder.clauses}
    return Piece(
        text=text,
        holders="" if is_held_by_all else ", ".join(holder.short_title for holder in held_by),
        held_by=tuple(held_by),
        language=languages.pop() if len(languages) == 1 else "",
    )
