"""Dates in words, with no more precision than is known."""

import datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext

from proposals.models import DatePrecision


def in_words(first: str | None, precision: str | None, *, last: str | None = None, text: str | None = None) -> str:
    """A date or period for readers: "3 May 2031", "May 2031", "15–16 May 2031"; `text` goes before all figures.

    Days are ISO strings, as in the payloads. Empty where no date is known.
    """
    if text:
        return text
    if not first:
        return ""
    start = datetime.date.fromisoformat(first)
    if not last or last == first:
        return _one(start, precision)
    end = datetime.date.fromisoformat(last)
    if precision != DatePrecision.DAY or start.year != end.year:
        return _range(_one(start, precision), _one(end, DatePrecision.DAY), spaced=True)
    if start.month != end.month:
        return _range(_format(start, pgettext("day of a year", "j F")), _one(end, DatePrecision.DAY), spaced=True)
    return _range(_format(start, pgettext("day of a month", "j")), _one(end, DatePrecision.DAY), spaced=False)


def for_machines(first: str | None, precision: str | None) -> str:
    """The value of a `datetime` attribute, cut to what is known: 2031-05-03, 2031-05, 2031."""
    length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(DatePrecision(precision), 10) if precision else 0
    return (first or "")[:length]


def _one(day: datetime.date, precision: str | None) -> str:
    if precision == DatePrecision.YEAR:
        return _format(day, pgettext("a year", "Y"))
    if precision == DatePrecision.MONTH:
        return _format(day, pgettext("a month of a year", "F Y"))
    return _format(day, pgettext("a day", "j F Y"))


def _format(day: datetime.date, pattern: str) -> str:
    return _formatted(day, pattern, get_language())


# A page has hundreds of dates, of which few differ, and each is put together sign by sign.
@lru_cache(maxsize=4_096)
def _formatted(day: datetime.date, pattern: str, _language: str | None) -> str:
    return date_format(day, pattern)


def _range(first: str, last: str, *, spaced: bool) -> str:
    pattern = gettext("%(first)s – %(last)s") if spaced else gettext("%(first)s–%(last)s")
    return pattern % {"first": first, "last": last}
