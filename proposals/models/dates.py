"""Dates with honest precision: the first day of a period, and how much of it is known."""

import calendar
import datetime

from django.db import models
from django.db.models import Case, DateField, F, Func, Q, When


class DatePrecision(models.TextChoices):
    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class _LastDayOfPeriod(Func):
    template = "(%(expressions)s + interval '1 %(period)s' - interval '1 day')::date"
    output_field = DateField()

    def __init__(self, expression: str, *, period: str) -> None:
        super().__init__(F(expression), period=period)


LAST_DAY = Case(
    When(date_end__isnull=False, then=F("date_end")),
    When(date_precision=DatePrecision.MONTH, then=_LastDayOfPeriod("date", period="month")),
    When(date_precision=DatePrecision.YEAR, then=_LastDayOfPeriod("date", period="year")),
    default=F("date"),
    output_field=DateField(),
)


def last_day(first: str | None, precision: str | None, *, last: str | None) -> str:
    """`LAST_DAY` of a period in ISO strings, as payloads have them; empty without a date."""
    if last or not first:
        return last or ""
    day = datetime.date.fromisoformat(first)
    if precision == DatePrecision.YEAR:
        day = day.replace(month=12, day=31)
    elif precision == DatePrecision.MONTH:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.isoformat()


def first_day_constraint(name: str) -> models.CheckConstraint:
    """The date of a month or year is its first day, and a date goes with a precision."""
    return models.CheckConstraint(
        condition=(
            Q(date__isnull=True, date_precision="")
            | Q(date__isnull=False, date_precision=DatePrecision.DAY)
            | Q(date__isnull=False, date_precision=DatePrecision.MONTH, date__day=1)
            | Q(date__isnull=False, date_precision=DatePrecision.YEAR, date__day=1, date__month=1)
        ),
        name=name,
        violation_error_message="Write the first day of the period: the first of the month for a month, 1 January "
        "for a year. A date goes with a precision, and no date with none.",
        violation_error_code="not_first_day",
    )


class DatedRecord(models.Model):
    """Something that happened on a day or over a period, in the order (first day, last day)."""

    date = models.DateField(help_text="First day of the period: 2024-05-01 for May 2024.")
    date_precision = models.CharField(
        max_length=5, choices=DatePrecision, default=DatePrecision.DAY, help_text="How much of the date is known."
    )
    date_end = models.DateField(
        "last day", null=True, blank=True, help_text="Only for a period with a known end, such as a three-day meeting."
    )
    date_text = models.CharField(
        max_length=100, blank=True, help_text="For display where the date alone misleads: early May 2024."
    )
    last_day = models.GeneratedField(expression=LAST_DAY, output_field=DateField(), db_persist=True)

    class Meta:
        abstract = True
        constraints = [
            first_day_constraint("%(app_label)s_%(class)s_first_day"),
            models.CheckConstraint(
                condition=Q(date_end__isnull=True) | Q(date_end__gte=F("date")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="The last day is not before the first.",
                violation_error_code="ends_before_start",
            ),
        ]
