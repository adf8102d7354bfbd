"""A clause as it stands in a cell: its name, its words, and its apparatus, which opens on demand."""

from collections.abc import Callable, Iterable
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from proposals.pages.addresses import record_address
from proposals.pages.parts.markup import filled, joined
from proposals.pages.parts.sources import source_item
from proposals.rendering.clauses import ShownClause, ShownSource
from proposals.rendering.marks import Piece
from proposals.rendering.words import Words, told

_WORDS: Words = {
    "strikes": _("Strikes out:"),
    "places": _("places"),
    "also called": _("also called %(names)s"),
    "condition": _("condition"),
    "contested": _("contested by %(party)s"),
    "note": _("note"),
    "where": _("where"),
    "id": _("id"),
}
_CLAUSE = '<div class="clause{}">\n{}<p class="wording" lang="{}">{}</p>\n{}</div>\n'
_STRIKES = '<p class="strikes">{} <a href="{}#{}">{}</a></p>\n'


def clause_part(
    clause: ShownClause, *, name: SafeString, wording: SafeString | str, apparatus: SafeString
) -> SafeString:
    """`wording` are its words, marked or bare; the other parts are those that the functions below make."""
    return filled(_CLAUSE, " deletion" if clause.is_deletion else "", name, clause.language, wording, apparatus)


def name_part(clause: ShownClause, *, draft: str = "") -> SafeString:
    """What it is called and what it strikes out; a pasted text, which `draft` names, has no page to lead to."""
    name: str = clause.label
    if clause.proposal != draft:
        name = filled('<a href="{}#{}">{}</a>', record_address("proposal", clause.proposal), clause.key, name)
    strikes = ""
    if clause.strikes:
        address = record_address("proposal", clause.strikes_proposal)
        strikes = filled(_STRIKES, told(_WORDS)["strikes"], address, clause.strikes_key, clause.strikes)
    return filled(
        '<p class="label">{number}{name}{kind}</p>\n{strikes}',
        number=filled('<span class="number">{}</span> ', clause.number) if clause.number else "",
        name=name,
        kind=filled(' <span class="quiet">({})</span>', clause.kind) if clause.kind else "",
        strikes=strikes,
    )


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Words with marks where the texts differ."""
    return joined(_piece(one) if one.mark or one.is_changed else one.text for one in pieces)


def _piece(piece: Piece) -> SafeString:
    classes = [f"is-{piece.mark}"] * bool(piece.mark) + ["changed"] * piece.is_changed
    return filled('<mark class="{}">{}</mark>', " ".join(classes), piece.text)


class Place(Protocol):
    """A place with a page of its own; `note` are its other names, blank where it has none."""

    @property
    def address(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def note(self) -> str: ...


def apparatus_part(
    clause: ShownClause,
    *,
    draft: str = "",
    item: Callable[[ShownSource], SafeString] = source_item,
    places: Iterable[Place] = (),
) -> SafeString:
    """How sure the clause is and where it comes from; `item` makes the line of a source.

    `places` are told with their other names and pages; else the clause's own names of them stand there.
    """
    sources = joined(map(item, clause.sources), between="\n")
    return filled(
        '<details class="apparatus">\n<summary><span class="mark">{wording}</span>{standing}</summary>\n'
        "<dl>\n{facts}\n</dl>\n{sources}</details>\n",
        wording=clause.wording,
        standing=joined(f" · {one}" for one in _standing(clause)),
        facts=joined((_fact(name, value) for name, value in _facts(clause, draft=draft, places=places)), between="\n"),
        sources=filled('<ul class="sources">\n{}</ul>\n', sources) if sources else "",
    )


def _standing(clause: ShownClause) -> Iterable[str]:
    yield from (one for one in (clause.evidence, clause.confidence) if one)
    yield from (f"{source.publisher} {source.grade}" for source in clause.sources)


def _fact(name: str, value: str) -> SafeString:
    return filled("<div><dt>{}</dt><dd>{}</dd></div>", name, value)


def _facts(clause: ShownClause, *, draft: str, places: Iterable[Place]) -> Iterable[tuple[str, str]]:
    words = told(_WORDS)
    yield from clause.roles
    if places:
        yield words["places"], joined(map(_place, places), between="; ")
    elif clause.territories:
        yield words["places"], ", ".join(clause.territories)
    if clause.condition:
        yield words["condition"], clause.condition
    yield from clause.ties
    for party, objection in clause.contests:
        yield words["contested"] % {"party": party}, objection
    if clause.note:
        yield words["note"], clause.note
    if clause.locator:
        yield words["where"], clause.locator
    address = record_address("clause", clause.proposal, clause.key)
    yield words["id"], clause.id if clause.proposal == draft else filled('<a href="{}">{}</a>', address, clause.id)


def _place(place: Place) -> SafeString:
    names = told(_WORDS)["also called"] % {"names": place.note} if place.note else ""
    return filled('<a href="{}">{}</a>{}', place.address, place.text, f", {names}" if names else "")
