"""What parties said, when, and how firmly."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from parties.models import Party, Person
from parties.slugs import SlugRecord
from parties.tracking import tracked
from proposals.models.clause import Clause
from proposals.models.dates import DatedRecord
from proposals.models.noting import POSITION, WITH_A_POSITION
from proposals.models.proposal import Proposal
from proposals.models.source import Confidence, Evidence, Source
from proposals.models.versioning import StagedRecord, count_changes
from proposals.models.vocabulary import Topic
from proposals.querysets import PositionQuerySet


@tracked()
class Position(SlugRecord, DatedRecord, StagedRecord):
    """What a party (through a person) said on a topic, clause or proposal on a date."""

    class Stance(models.TextChoices):
        DEMANDS = "demands", "demands"
        REJECTS = "rejects", "rejects"
        OFFERS = "offers", "offers"
        SUPPORTS = "supports", "supports"
        ACCEPTS = "accepts", "accepts"
        OPEN_TO = "open_to", "is open to"
        STATES = "states", "states"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="positions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="positions", help_text="Who spoke."
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="positions")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="positions")
    clause = models.ForeignKey(
        Clause,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        help_text="Only where it plainly speaks of one clause.",
    )
    stance = models.CharField(max_length=10, choices=Stance, help_text="States is for what is none of the others.")
    red_line = models.BooleanField(default=False, help_text="Only where the source presents it as not negotiable.")
    statement = models.TextField(help_text="What was said, in our words.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="positions")
    locator = models.CharField(max_length=300, blank=True, help_text="Where in the source: line 14.")
    evidence = models.CharField(max_length=20, choices=Evidence, help_text="How much of the source was seen.")
    confidence = models.CharField(max_length=10, choices=Confidence, help_text="That it was said, and said like this.")
    note = models.TextField(blank=True, help_text="What a reader must know: a translation, a later correction.")

    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        help_text="A later position of the same party that replaces this one. Only where a source says so: to say "
        "something else later is not to take this back.",
    )
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="The day on which the party took it back, where a source says so."
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            *SlugRecord.Meta.constraints,
            *DatedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")),
                name="proposals_position_supersedes_another",
                violation_error_message="A position does not supersede itself.",
                violation_error_code="supersedes_itself",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("date")),
                name="proposals_position_withdrawn_after",
                violation_error_message="A position is not withdrawn before it was taken.",
                violation_error_code="withdrawn_before_taken",
            ),
        ]
        indexes = [models.Index(fields=["-date", "-last_day", "slug"], name="proposals_position_newest")]
        triggers = [count_changes(), *POSITION.triggers(also=WITH_A_POSITION)]

    def __str__(self) -> str:
        return f"{self.slug}: {self.party.name} {self.get_stance_display()}"

    def clean(self) -> None:
        super().clean()
        if self.clause_id and self.clause and self.clause.proposal_id != self.proposal_id:
            raise ValidationError({"clause": "The clause is one of the proposal named."})
        if self.superseded_by and self.superseded_by.pk != self.pk:
            self._check_superseding(self.superseded_by)

    def _check_superseding(self, later: "Position") -> None:
        """Dates that only ever grow also keep two positions from superseding each other."""
        if later.party_id != self.party_id:
            raise ValidationError({"superseded_by": "A party's position is superseded by one of the same party."})
        # In a form whose date is missing or no date, the position has none yet.
        if self.date and later.date <= self.date:
            raise ValidationError({"superseded_by": "A position is superseded by one of a later date."})
