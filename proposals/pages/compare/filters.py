"""Which rows of a concordance a reader asks to see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proposals.pages.addresses import comparison_address

Document = Mapping[str, Any]

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
    """`show` names no kind of rows; the message says which there are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """`show` is one of the kinds of rows, `topic` a slug; empty means any."""

    show: str = SHOW_ALL
    topic: str = ""

    @property
    def is_set(self) -> bool:
        return self.show != SHOW_ALL or bool(self.topic)

    def lets_through(self, row: Document) -> bool:
        return _SHOWN[self.show](row) and (not self.topic or self.topic in row["topics"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One way to narrow the rows down, with how many there are of it."""

    address: str
    show: str
    name: str
    count: int
    is_chosen: bool


def read_filter(query: QueryDict) -> Filter:
    """The filter of a request; raises UnknownFilter."""
    show = query.get("show") or SHOW_ALL
    if show not in _SHOWN:
        raise UnknownFilter(
            gettext("“%(show)s” is no kind of rows. There are: %(known)s.") % {"show": show, "known": ", ".join(_SHOWN)}
        )
    return Filter(show=show, topic=query.get("topic", ""))


def choices(rows: Sequence[Document], *, slugs: Sequence[str], chosen: Filter) -> list[Choice]:
    """Every kind of rows of this comparison with its number, within the topic chosen."""
    on_topic = [row for row in rows if not chosen.topic or chosen.topic in row["topics"]]
    return [
        Choice(
            address=comparison_address(slugs, show="" if show == SHOW_ALL else show, topic=chosen.topic),
            show=show,
            name=str(_NAMES[show]),
            count=sum(map(test, on_topic)),
            is_chosen=show == chosen.show,
        )
        for show, test in _SHOWN.items()
    ]
