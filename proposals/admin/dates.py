"""Dates in lists, no more precise than they are known."""

import datetime
from typing import Protocol

from django.utils.dateformat import format as format_date

from proposals.models import DatePrecision

_FORMATS = {DatePrecision.DAY: "j M Y", DatePrecision.MONTH: "M Y", DatePrecision.YEAR: "Y"}


class Dated(Protocol):
    @property
    def date(self) -> datetime.date | None: ...

    @property
    def date_precision(self) -> str: ...


def date_in_words(record: Dated) -> str:
    """`1 May 2031`, `May 2031` or `2031`; a dash where no date is known."""
    if record.date is None:
        return "-"
    return format_date(record.date, _FORMATS[DatePrecision(record.date_precision)])
