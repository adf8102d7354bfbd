"""What a search can be narrowed down to, as links with counts, and the filters that are set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from proposals.models import Clause
from proposals.pages.records.facts import label_of
from proposals.pages.search.asked import Asked
from proposals.rendering.dates import in_words
from proposals.search import FacetPayload

_SHOWN = 8
_LABELS: Mapping[str, str | Promise] = {
    "topic": _("Topic"),
    "party": pgettext_lazy("to a clause, or whose position", "Party"),
    "territory": _("Place"),
    "proposal": _("Proposal"),
    "modality": _("Force of the wording"),
    "date": _("Year"),
    "date_from": _("From"),
    "date_to": _("Until"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value with how many it leaves; the address of one that is chosen is without it."""

    name: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFacet:
    """`others` stand folded; `rest` are beyond those that are counted."""

    name: str
    label: str
    values: tuple[Value, ...]
    others: tuple[Value, ...]
    rest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Removal:
    """A filter that is set, in words, and the search without it."""

    name: str
    value: str
    address: str


def shown_facets(facets: Mapping[str, FacetPayload], *, asked: Asked) -> tuple[ShownFacet, ...]:
    """Those that have a value."""
    return tuple(_shown(name, facet, asked=asked) for name, facet in facets.items() if facet["values"])


def removals(asked: Asked) -> tuple[Removal, ...]:
    return tuple(
        Removal(name=str(_LABELS[name]), value=_in_words(name, value, asked=asked), address=asked.address(**{name: ""}))
        for name, value in asked.filters.items()
    )


def _in_words(name: str, value: str, *, asked: Asked) -> str:
    if name in asked.names:
        return asked.names[name]
    return label_of(Clause.Modality, value) if name == "modality" else in_words(value, "day")


def _shown(name: str, facet: FacetPayload, *, asked: Asked) -> ShownFacet:
    values = sorted(_values(name, facet, asked=asked), key=lambda one: not one.is_chosen)
    return ShownFacet(
        name=name,
        label=str(_LABELS[name]),
        values=tuple(values[:_SHOWN]),
        others=tuple(values[_SHOWN:]),
        rest=facet["rest"],
    )


def _values(name: str, facet: FacetPayload, *, asked: Asked) -> Iterable[Value]:
    for one in facet["values"]:
        chosen = _parameters(name, one)
        is_chosen = all(getattr(asked, parameter) == value for parameter, value in chosen.items())
        # What is chosen anew goes on to the first page; what was chosen is taken off.
        changed = dict.fromkeys(chosen, "") if is_chosen else chosen
        yield Value(
            name=label_of(Clause.Modality, one["value"]) if name == "modality" else str(one["name"]),
            count=one["count"],
            address=asked.address(**changed),
            is_chosen=is_chosen,
        )


def _parameters(name: str, value: Mapping[str, Any]) -> dict[str, str]:
    if name == "date":
        return {"date_from": value["date_from"], "date_to": value["date_to"]}
    return {name: value["value"]}


def told_apart(values: Iterable[str]) -> str:
    """Several words as they stand in a sentence, each in quotation marks."""
    return ", ".join(gettext("“%(word)s”") % {"word": one} for one in values)
