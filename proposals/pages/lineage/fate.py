"""What became of each clause of a text in later ones, from the comparison document; no query is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.pages.addresses import comparison_address
from proposals.rendering.headings import Heading, heading_of

Document = Mapping[str, Any]
Link = tuple[str, str, str]

FATES: Mapping[str, str | Promise] = {
    "equivalent": _("says the same"),
    "overlap": _("overlaps"),
    "conflict": _("conflicts"),
    "struck_out": _("struck out"),
    "silent": _("silent, as checked"),
    "not_found": _("not answered"),
    "unknown": _("unknown"),
    "new": _("new"),
    # Where the text itself is not known whole, nobody can say what is new.
    "perhaps_new": _("answers nothing known of it"),
}
_WEAKEST_FIRST = ("conflict", "overlap", "equivalent")


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A clause by number and label, with the word of its link if it answers one."""

    id: str
    number: str
    label: str
    address: str
    word: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """What one later text makes of one clause; `answers` are bare where nothing is linked."""

    code: str
    word: str
    answers: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    clause: Named
    fates: tuple[Fate, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many clauses of one fate, which they are, each with its answers."""

    code: str
    word: str
    anchor: str
    members: tuple[tuple[Named, tuple[Named, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    heading: Heading
    address: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LineagePage:
    heading: Heading
    lines: tuple[Line, ...]
    later: tuple[Later, ...]
    # Short titles of those of which no clause is known.
    without_clauses: tuple[str, ...]
    method: Document


def links_of(document: Document) -> list[Link]:
    """Every link once, as (left, right, relation)."""
    found = {(link["left"], link["right"]): link["relation"] for row in document["rows"] for link in row["links"]}
    return sorted((left, right, relation) for (left, right), relation in found.items())


def clauses_of(document: Document, slug: str) -> list[Document]:
    """Those that hold content, in reading order."""
    clauses = document["included"]["clauses"].values()
    own = [one for one in clauses if one["proposal"] == slug and one["kind"] != "placeholder"]
    return sorted(own, key=lambda one: (one["order"], one["id"]))


def lay_out(document: Document) -> LineagePage:
    """The first proposal of the document is the text, the others the later ones."""
    heads = document["proposals"]
    names = {slug: party["name"] for slug, party in document["included"]["parties"].items()}
    first, *others = [heading_of(head, parties=names) for head in heads]
    answers = _answers(document)
    silent = {
        (clause, cell["proposal"])
        for row in document["rows"]
        for cell in row["cells"]
        if cell["state"] == "silent"
        for own in row["cells"]
        for clause in own["clauses"]
    }
    lines = tuple(
        Line(
            clause=named(clause),
            fates=tuple(_fate(clause, other, answers=answers, silent=silent, document=document) for other in others),
        )
        for clause in clauses_of(document, first.slug)
    )
    return LineagePage(
        heading=first,
        lines=lines,
        later=tuple(
            Later(
                heading=other,
                address=comparison_address([first.slug, other.slug]),
                counts=tuple(_counts(place, other, first, lines, answers=answers, document=document)),
            )
            for place, other in enumerate(others)
        ),
        without_clauses=tuple(one.short_title for one in (first, *others) if not clauses_of(document, one.slug)),
        method=document["method"],
    )


def named(clause: Document, *, word: str = "") -> Named:
    number = "" if clause["number"] in (None, "unknown") else str(clause["number"])
    address = f"{reverse('pages:proposal', args=[clause['proposal']])}#{clause['key']}"
    return Named(id=clause["id"], number=number, label=clause["label"], address=address, word=word)


def _answers(document: Document) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By clause and other proposal: the linked clauses, each with the relation."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for left, right, relation in links_of(document):
        for one, other in ((left, right), (right, left)):
            found.setdefault((one, other.rpartition("/")[0]), []).append((other, relation))
    return found


def _fate(
    clause: Document,
    other: Heading,
    *,
    answers: Mapping[tuple[str, str], Sequence[tuple[str, str]]],
    silent: set[tuple[str, str]],
    document: Document,
) -> Fate:
    """Of several answers the one farthest from the clause decides, as in a row; to strike out is no answer."""
    linked, clauses = answers.get((clause["id"], other.slug), []), document["included"]["clauses"]
    relations = {relation for one, relation in linked if clauses[one]["kind"] != "deletion"}
    if relations:
        code = next(one for one in _WEAKEST_FIRST if one in relations)
    elif linked:
        code = "struck_out"
    elif (clause["id"], other.slug) in silent:
        code = "silent"
    else:
        code = "not_found" if other.clauses_complete == "yes" else "unknown"
    found = (named(clauses[one], word=_word(clauses[one], relation)) for one, relation in linked)
    return Fate(code=code, word=str(FATES[code]), answers=tuple(found))


def _word(clause: Document, relation: str) -> str:
    return str(FATES["struck_out" if clause["kind"] == "deletion" else relation])


def _counts(
    place: int,
    other: Heading,
    first: Heading,
    lines: Sequence[Line],
    *,
    answers: Mapping[tuple[str, str], Sequence[tuple[str, str]]],
    document: Document,
) -> Iterable[Count]:
    for code, word in FATES.items():
        members: list[tuple[Named, tuple[Named, ...]]]
        if code in ("new", "perhaps_new"):
            if (code == "new") != (first.clauses_complete == "yes"):
                continue
            own = clauses_of(document, other.slug)
            members = [(named(one), ()) for one in own if (one["id"], first.slug) not in answers]
        else:
            members = [(one.clause, one.fates[place].answers) for one in lines if one.fates[place].code == code]
        if members:
            yield Count(code=code, word=str(word), anchor=f"{other.slug}-{code}", members=tuple(members))
