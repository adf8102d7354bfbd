"""Where statements come from, graded."""

from django.db import models

from parties.slugs import SlugRecord
from parties.tracking import tracked
from proposals.models.dates import DatePrecision, first_day_constraint
from proposals.models.noting import SOURCE, WITH_A_SOURCE
from proposals.querysets import SourceQuerySet


class Evidence(models.TextChoices):
    """How much of a source was seen when a record was made."""

    FULL_TEXT = "full_text", "read whole"
    PAGE_EXCERPT = "page_excerpt", "an excerpt of the page was read"
    UNVERIFIED = "unverified", "known, not opened again"


class Confidence(models.TextChoices):
    HIGH = "high", "high"
    MEDIUM = "medium", "medium"
    LOW = "low", "low"


@tracked()
class Source(SlugRecord):
    """A document or page that statements cite."""

    class Reliability(models.TextChoices):
        A = "A", "A: official or wire text"
        B = "B", "B: established outlet"
        C = "C", "C: aggregator, mirror or translated copy"
        D = "D", "D: partisan, anonymous or machine-written page"

    title = models.CharField(max_length=500, help_text="As the source gives it, or in our words in square brackets.")
    publisher = models.CharField(max_length=300, help_text="Outlet, ministry or archive: Harbour Gazette.")
    date = models.DateField(null=True, blank=True, help_text="First day of the period; blank where no date is known.")
    date_precision = models.CharField(
        max_length=5,
        choices=DatePrecision,
        blank=True,
        help_text="How much of the date is known; blank without a date.",
    )
    date_note = models.TextField(blank=True, help_text="How the date is known where the source does not give it.")
    url = models.URLField(max_length=1000, blank=True, help_text="Address of the page, as it was read.")
    file = models.CharField(max_length=200, blank=True, help_text="Name of the stored copy, if there is one.")
    access = models.CharField(max_length=20, choices=Evidence, help_text="How much of it was read.")
    reliability = models.CharField(
        max_length=1, choices=Reliability, help_text="Grade of the source, not of what it says."
    )
    stance_note = models.TextField(blank=True, help_text="What a reader must know of its standpoint.")
    covers = models.TextField(blank=True, help_text="Which part of a text it prints: points 1 to 5.")

    objects = SourceQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        triggers = SOURCE.triggers(also=WITH_A_SOURCE)
        constraints = [*SlugRecord.Meta.constraints, first_day_constraint("proposals_source_first_day")]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title} ({self.slug})"
