"""Which rows of a concordance a reader asks to see."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proposals.rendering.clauses import name_in

Document = Mapping[str, Any]
# The address of the page with the filters given by name.
Address = Callable[..., str]

SHOW_ALL = "all"
_SHOWN: Mapping[str, Callable[[Document], bool]] = {
    SHOW_ALL: lambda row: True,
    "agree": lambda row: row["kind"] == "agree",
    "diverge": lambda row: row["kind"] == "diverge",
    "alone": lambda row: row["kind"] == "alone",
    "gaps": lambda row: bool(row["absent_from"] or row["element_gaps"]),
}
_NAMES: Mapping[str, str | Promise] = {
    SHOW_ALL: _("all rows"),
    "agree": _("agree"),
    "diverge": _("diverge"),
    "alone": _("in one text only"),
    "gaps": _("with a gap"),
}


class UnknownFilter(Exception):
    """A filter names what this comparison has not; the message says what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """`show` is one of the kinds of rows, the others are slugs or the id of one row; empty means any."""

    show: str = SHOW_ALL
    group: str = ""
    topic: str = ""
    party: str = ""
    row: str = ""

    @property
    def is_set(self) -> bool:
        return self != Filter()

    def query(self, **changed: str) -> dict[str, str]:
        """The parameters of an address with these filters, but for those changed; “all” needs none."""
        values = {one.name: getattr(self, one.name) for one in fields(self)} | changed
        return {name: value for name, value in values.items() if value and (name, value) != ("show", SHOW_ALL)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One way to narrow the rows down, with how many there are of it."""

    address: str
    show: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    slug: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Removal:
    """One filter that is set, in words, with the address without it."""

    name: str
    value: str
    address: str


class Facets:
    """The rows of a comparison by what they can be narrowed down by; made once for a page."""

    def __init__(self, document: Document) -> None:
        included = document["included"]
        self.rows: Sequence[Document] = document["rows"]
        self.topics, self.groups, self.parties = included["topics"], included["groups"], included["parties"]
        self._parties_of = {row["id"]: _parties(row, included["clauses"]) for row in self.rows}

    def read(self, query: QueryDict) -> Filter:
        """The filter of a request; raises UnknownFilter."""
        given = {one.name: str(query[one.name]) for one in fields(Filter) if query.get(one.name)}
        asked = Filter(**given)
        if asked.show not in _SHOWN:
            message = gettext("“%(show)s” is no kind of rows. There are: %(known)s.")
            raise UnknownFilter(message % {"show": asked.show, "known": ", ".join(_SHOWN)})
        for value, known, message in (
            (asked.topic, self.topics, gettext("“%(value)s” is no topic of these texts.")),
            (asked.group, self.groups, gettext("“%(value)s” is no group of topics of these texts.")),
            (asked.party, self.parties, gettext("“%(value)s” is no party that these texts name.")),
            (asked.row, self._parties_of, gettext("There is no row “%(value)s” in this comparison.")),
        ):
            if value and value not in known:
                raise UnknownFilter(message % {"value": value.replace("\0", "�")[:80]})
        return asked

    def passes(self, row: Document, chosen: Filter) -> bool:
        return (
            _SHOWN[chosen.show](row)
            and (not chosen.topic or chosen.topic in row["topics"])
            and (not chosen.group or any(self.topics[one]["group"] == chosen.group for one in self._known(row)))
            and (not chosen.party or chosen.party in self._parties_of[row["id"]])
            and (not chosen.row or chosen.row == row["id"])
        )

    def kinds(self, *, address: Address, chosen: Filter) -> list[Choice]:
        """Every kind of rows with its number within the other filters."""
        rest = self._within(replace(chosen, show=SHOW_ALL))
        return [
            Choice(
                address=address(**chosen.query(show=show)),
                show=show,
                name=str(_NAMES[show]),
                count=sum(map(test, rest)),
                is_chosen=show == chosen.show,
            )
            for show, test in _SHOWN.items()
        ]

    def topic_options(self, chosen: Filter) -> list[tuple[str, list[Option]]]:
        """Topics under their groups."""
        rest = self._within(replace(chosen, topic=""))
        found = []
        for group, members in groupby(self.topics.values(), key=lambda topic: topic["group"]):
            counts = [(one["slug"], one["name"], sum(one["slug"] in row["topics"] for row in rest)) for one in members]
            if options := _options(counts, chosen.topic):
                found.append((name_in(self.groups, group), options))
        return found

    def group_options(self, chosen: Filter) -> list[Option]:
        rest = self._within(replace(chosen, group=""))
        of_row = [{self.topics[one]["group"] for one in self._known(row)} for row in rest]
        return _options(
            [(slug, one["name"], sum(slug in groups for groups in of_row)) for slug, one in self.groups.items()],
            chosen.group,
        )

    def party_options(self, chosen: Filter) -> list[Option]:
        rest = self._within(replace(chosen, party=""))
        counts = [
            (slug, one["name"], sum(slug in self._parties_of[row["id"]] for row in rest))
            for slug, one in self.parties.items()
        ]
        return _options(sorted(counts, key=lambda one: one[1].casefold()), chosen.party)

    def removals(self, *, address: Address, chosen: Filter) -> list[Removal]:
        """What is set, each with the way back."""
        told = {
            "show": (gettext("Rows"), "" if chosen.show == SHOW_ALL else str(_NAMES[chosen.show])),
            "group": (gettext("Group of topics"), chosen.group and name_in(self.groups, chosen.group)),
            "topic": (gettext("Topic"), chosen.topic and name_in(self.topics, chosen.topic)),
            "party": (gettext("Party named"), chosen.party and name_in(self.parties, chosen.party)),
            "row": (gettext("Row"), chosen.row and gettext("one only")),
        }
        return [
            Removal(name=name, value=value, address=address(**chosen.query(**{key: ""})))
            for key, (name, value) in told.items()
            if value
        ]

    def _within(self, chosen: Filter) -> list[Document]:
        return [row for row in self.rows if self.passes(row, chosen)]

    def _known(self, row: Document) -> list[str]:
        """A pasted text may name topics that are not recorded."""
        return [slug for slug in row["topics"] if slug in self.topics]


def _options(counts: Sequence[tuple[str, str, int]], chosen: str) -> list[Option]:
    """What is chosen stays in the list, whatever is left of it."""
    return [
        Option(slug=slug, name=name, count=count, is_chosen=slug == chosen)
        for slug, name, count in counts
        if count or slug == chosen
    ]


def _parties(row: Document, clauses: Mapping[str, Document]) -> Collection[str]:
    """Whom the clauses of a row name: in a role, in a term or as contesting them."""
    found: set[str] = set()
    for cell in row["cells"]:
        for clause in (clauses[one] for one in cell["clauses"]):
            found.update(one["party"] for one in (*clause["roles"], *clause["contested"]))
            found.update(party for term in clause["terms"] for party in (term["subject"], term["whose"]) if party)
    return found
