"""Comparable data of a clause: quantities, durations with their deadlines, dates."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from parties.models import Party
from parties.tracking import tracked
from proposals.models.clause import Clause
from proposals.models.dates import DatePrecision, first_day_constraint
from proposals.models.versioning import counts_towards
from proposals.models.vocabulary import Measure


@tracked(part_of="clause")
class Term(models.Model):
    """A figure, a span of time or a day that a clause sets. One clause may hold rival figures of several parties."""

    class Comparator(models.TextChoices):
        AT_MOST = "at_most", "at most"
        AT_LEAST = "at_least", "at least"
        EXACTLY = "exactly", "exactly"
        ABOUT = "about", "about"
        BETWEEN = "between", "between"
        MORE_THAN = "more_than", "more than"
        UNLIMITED = "unlimited", "no limit (the text refuses one)"
        UNSPECIFIED = "unspecified", "a limit without a figure"

    class Unit(models.TextChoices):
        PERSONS = "persons", "persons"
        PIECES = "pieces", "pieces"
        STATES = "states", "states"
        PERCENT = "percent", "percent"
        KM = "km", "km"
        MILES = "miles", "miles"
        SQ_KM = "sq_km", "square km"
        BILLION_USD = "billion_usd", "billion US dollars"
        POINTS = "points", "points"
        HOURS = "hours", "hours"
        DAYS = "days", "days"
        MONTHS = "months", "months"
        YEARS = "years", "years"

    class Qualifier(models.TextChoices):
        PEACETIME = "peacetime", "in peacetime"
        ACTIVE_DUTY = "active_duty", "on active duty"

    class CountsFrom(models.TextChoices):
        ARMED_ATTACK = "armed_attack", "an armed attack"
        END_OF_MARTIAL_LAW = "end_of_martial_law", "the end of martial law"
        WITHDRAWAL_START = "withdrawal_start", "the start of withdrawal"
        SIGNING = "signing", "signing"
        ENTRY_INTO_FORCE = "entry_into_force", "entry into force"
        CEASEFIRE_START = "ceasefire_start", "the start of a ceasefire"

    TIME_UNITS = (Unit.HOURS, Unit.DAYS, Unit.MONTHS, Unit.YEARS)

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Measure.Kind)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="terms")
    subject = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Whose forces, share, land."
    )
    comparator = models.CharField(max_length=12, choices=Comparator, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value_max = models.DecimalField(
        "to", max_digits=18, decimal_places=4, null=True, blank=True, help_text="Only with between."
    )
    unit = models.CharField(max_length=12, choices=Unit, blank=True)
    qualifier = models.CharField(max_length=12, choices=Qualifier, blank=True)
    whose = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="whose figure",
        help_text="Only where a clause holds rival figures.",
    )
    counts_from = models.CharField(max_length=20, choices=CountsFrom, blank=True, help_text="What a span counts from.")
    renewable = models.BooleanField(
        null=True, blank=True, help_text="Whether the span can be prolonged, if it is said."
    )
    date = models.DateField(null=True, blank=True, help_text="First day of the period, for a date.")
    date_precision = models.CharField(max_length=5, choices=DatePrecision, blank=True)
    note = models.TextField(blank=True, help_text="The wording, where the codes are wider than the text.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = counts_towards("proposals_clause", "clause_id")
        constraints = [
            first_day_constraint("proposals_term_first_day"),
            models.CheckConstraint(
                condition=~Q(kind="date")
                | Q(
                    date__isnull=False,
                    comparator="",
                    value__isnull=True,
                    value_max__isnull=True,
                    unit="",
                    qualifier="",
                    counts_from="",
                ),
                name="proposals_term_date_alone",
                violation_error_message="A date has a day and its precision, no comparator, figure or unit.",
                violation_error_code="date_with_figure",
            ),
            models.CheckConstraint(
                condition=Q(kind="date") | (Q(date__isnull=True) & ~Q(comparator="")),
                name="proposals_term_comparator",
                violation_error_message="A quantity or duration has a comparator and no date.",
                violation_error_code="no_comparator",
            ),
            models.CheckConstraint(
                condition=Q(kind="date")
                | (Q(comparator__in=["unlimited", "unspecified"], value__isnull=True))
                | (~Q(comparator__in=["unlimited", "unspecified"]) & Q(value__isnull=False)),
                name="proposals_term_value",
                violation_error_message="No limit and a limit without a figure have no value; every other comparator "
                "has one.",
                violation_error_code="value_and_comparator",
            ),
            models.CheckConstraint(
                condition=(Q(comparator="between", value_max__isnull=False, value_max__gt=F("value")))
                | (~Q(comparator="between") & Q(value_max__isnull=True)),
                name="proposals_term_range",
                violation_error_message="Between has an upper value above the lower one; nothing else has it.",
                violation_error_code="range",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="proposals_term_not_negative",
                violation_error_message="A value is not negative.",
                violation_error_code="negative",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(unit=""),
                name="proposals_term_unit",
                violation_error_message="A value has a unit.",
                violation_error_code="no_unit",
            ),
            models.CheckConstraint(
                condition=~Q(kind="duration") | Q(unit__in=["", "hours", "days", "months", "years"]),
                name="proposals_term_time_unit",
                violation_error_message="A duration is told in hours, days, months or years.",
                violation_error_code="not_a_time_unit",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == Measure.Kind.DATE:
            return f"{self.measure}: {self.date}"
        value = "" if self.value is None else f"{self.value.normalize():f}"
        return " ".join(filter(None, [f"{self.measure}:", self.comparator, value, self.unit]))

    def clean(self) -> None:
        super().clean()
        if self.measure_id and self.measure.kind != self.kind:
            raise ValidationError({"measure": f"{self.measure.code} measures a {self.measure.get_kind_display()}."})
