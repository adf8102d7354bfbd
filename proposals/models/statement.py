"""What sources say that is neither a clause, nor a party's position, nor a rival value."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from parties.models import Party, Person
from parties.slugs import SlugRecord
from parties.tracking import tracked
from proposals.models.about import AboutRecord
from proposals.models.dates import DatedRecord, DatePrecision
from proposals.models.noting import STATEMENT
from proposals.models.source import Confidence, Evidence, Source
from proposals.models.versioning import StagedRecord, count_changes, counts_towards
from proposals.models.vocabulary import Topic
from proposals.querysets import StatementQuerySet

_PART = [
    *counts_towards("proposals_statement", "statement_id"),
    *STATEMENT.triggers_of_part("statement_id"),
]


@tracked()
class Statement(SlugRecord, DatedRecord, StagedRecord):
    """One claim of a source, told as the source's and not as a fact: why talks failed, how many came back."""

    class Kind(models.TextChoices):
        EVENT = "event", "what happened, or how things stand"
        FIGURE = "figure", "how many or how much"
        REPORT = "report", "what another outlet or institute reports, as this source relays it"
        ARGUMENT = "argument", "the ground that a party gives for what it wants or does"
        CAUSE = "cause", "why something happened or failed"
        JUDGEMENT = "judgement", "an assessment or expectation"
        OMISSION = "omission", "what was left out or not discussed"
        SLIP = "slip", "what the source prints wrongly, or against itself or others"

    kind = models.CharField(max_length=10, choices=Kind, help_text="What sort of claim it is.")
    subject = models.CharField(max_length=300, help_text="What it is about, in a few words: End of the harbour talks.")
    claim = models.TextField(
        help_text="One claim, in our words: The talks ended when the pier burned. Who claims it stands in the fields "
        "below; for a slip, what the source prints, and how we know better in the note."
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements")
    locator = models.CharField(max_length=300, help_text="Where in the source: line 14.")
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        help_text="Whom the source has say it: the party, where it names no person. Blank: the source says it itself.",
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        help_text="Whom the source has say it. Leave the party blank then: it is the person's.",
    )
    reported_by = models.CharField(
        max_length=200,
        blank=True,
        help_text="Outlet, institute or expert that the source names for it: Harbour Gazette. "
        "Blank where it names none.",
    )
    date = models.DateField(  # type: ignore[assignment]  # unlike that of other dated records, it may be unknown
        null=True,
        blank=True,
        help_text="When it was said or happened, first day of the period. Blank where the source only judges: the "
        "source has a date of its own.",
    )
    date_precision = models.CharField(
        max_length=5,
        choices=DatePrecision,
        blank=True,
        help_text="How much of the date is known; blank without a date.",
    )
    topics = models.ManyToManyField(Topic, through="StatementTopic", related_name="statements")
    evidence = models.CharField(max_length=20, choices=Evidence, help_text="How much of the source was seen.")
    confidence = models.CharField(
        max_length=10, choices=Confidence, help_text="That the source says it like this, not that it is so."
    )
    note = models.TextField(blank=True, help_text="What a reader must know: who contradicts it, and by which record.")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            *SlugRecord.Meta.constraints,
            *DatedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(date__isnull=False) | Q(date_end__isnull=True, date_text=""),
                name="proposals_statement_end_of_a_date",
                violation_error_message="A last day or a text for the date goes with a date.",
                violation_error_code="no_date",
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=True) | Q(person__isnull=True),
                name="proposals_statement_said_by_one",
                violation_error_message="Name the party or the person who says it, not both.",
                violation_error_code="said_by_two",
            ),
        ]
        indexes = [models.Index(fields=["date", "last_day", "slug"], name="proposals_statement_by_date")]
        triggers = [count_changes(), *STATEMENT.triggers()]

    def __str__(self) -> str:
        return f"{self.slug}: {self.subject}"

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.SLIP and not self.note:
            raise ValidationError({"note": "Say how we know that it is wrong, or what it stands against."})


@tracked(part_of="statement")
class StatementTopic(models.Model):
    """A topic of a statement, the most specific first."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="statement_links")
    order = models.PositiveIntegerField(default=0, help_text="Most specific first.")

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "topic"],
                name="proposals_statementtopic_once",
                violation_error_message="This topic is set already.",
                violation_error_code="topic_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.topic.slug}"


@tracked(part_of="statement")
class StatementAbout(AboutRecord):
    """One record that a statement is about."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="about")

    class Meta(AboutRecord.Meta):
        verbose_name = "subject of a statement"
        verbose_name_plural = "subjects of a statement"
        triggers = _PART
