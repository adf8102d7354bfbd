"""What of a topic's timeline a reader asks to see."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proposals.pages.numbered import NoSuchPage, page_of
from proposals.pages.topics.matter import PER_PAGE, Matter

KINDS: Mapping[str, str | Promise] = {"clause": _("clauses"), "position": _("positions")}
ORDERS: Mapping[str, str | Promise] = {"newest": _("newest first"), "oldest": _("oldest first")}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_SHOWN = 80

_T = TypeVar("_T")


class UnableToShow(Exception):
    """A parameter asks for what there is not; the message says which, and what there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Named as the parameters of the API are, but for `order` and the `measure` whose figures alone are shown.

    Blank means any.
    """

    kind: str = ""
    party: str = ""
    process: str = ""
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    as_of: datetime.date | None = None
    order: str = "newest"
    measure: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether entries of the timeline are left out."""
        return self != Asked(order=self.order, measure=self.measure)

    @property
    def narrows(self) -> dict[str, Any]:
        """What `timeline` takes of it, but for the kind."""
        return {
            "parties": [self.party] if self.party else (),
            "processes": [self.process] if self.process else (),
            "date_from": self.date_from,
            "date_to": self.date_to,
            "as_of": self.as_of,
        }

    def query(self, **changed: object) -> dict[str, str]:
        """The parameters of an address that asks for this, but for those changed."""
        values = {one.name: getattr(self, one.name) for one in fields(self)} | changed
        return {name: str(value) for name, value in values.items() if value and (name, value) != ("order", "newest")}


def read(query: QueryDict, *, matter: Matter) -> Asked:
    """What a request asks for; where a parameter stands several times the last one counts. Raises UnableToShow.

    Of what there are figures is known only once this is, so the measure is checked later (measures.one_of).
    """
    return Asked(
        kind=_one_of(query, "kind", KINDS, gettext("“%(value)s” is no kind of entry. There are: %(known)s.")),
        party=_one_of(
            query,
            "party",
            matter.parties,
            gettext("“%(value)s” is no party that speaks or proposes on this topic. There are: %(known)s."),
        ),
        process=_one_of(
            query,
            "process",
            matter.processes,
            gettext("“%(value)s” is no process with clauses on this topic. There are: %(known)s."),
        ),
        date_from=_day(query, "date_from"),
        date_to=_day(query, "date_to"),
        as_of=_day(query, "as_of"),
        order=_one_of(query, "order", ORDERS, gettext("“%(value)s” is no order. There are: %(known)s.")) or "newest",
        measure=query.get("measure") or "",
    )


def cut(rows: list[_T], query: QueryDict) -> Page:
    """The page asked for. Raises UnableToShow."""
    try:
        return page_of(Paginator(rows, PER_PAGE), query.get("page") or "")
    except NoSuchPage as fault:
        raise UnableToShow(str(fault)) from fault


def shown(value: str) -> str:
    """What a reader wrote, fit to be shown."""
    return value.replace("\0", "�")[:_MOST_SHOWN]


def _one_of(query: QueryDict, name: str, known: Mapping[str, Any], message: str) -> str:
    value = query.get(name) or ""
    if value and value not in known:
        raise UnableToShow(message % {"value": shown(value), "known": ", ".join(known) or "–"})
    return value


def _day(query: QueryDict, name: str) -> datetime.date | None:
    value = query.get(name) or ""
    if not value:
        return None
    read: Callable[[str], datetime.date] = datetime.date.fromisoformat
    try:
        if _DAY.fullmatch(value):
            return read(value)
    except ValueError:
        pass
    message = gettext("“%(value)s” is no day, for %(name)s. Write it like 2031-05-01.")
    raise UnableToShow(message % {"value": shown(value), "name": name})
