"""What parties said, when, and how firmly."""

from django.core.exceptions import ValidationError
from django.db import models

from parties.models import Party, Person
from parties.slugs import SlugRecord
from proposals.models.clause import Clause
from proposals.models.dates import DatedRecord
from proposals.models.noting import POSITION, WITH_A_POSITION
from proposals.models.proposal import Proposal
from proposals.models.source import Confidence, Evidence, Source
from proposals.models.versioning import StagedRecord, count_changes
from proposals.models.vocabulary import Topic
from proposals.querysets import PositionQuerySet


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

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [*SlugRecord.Meta.constraints, *DatedRecord.Meta.constraints]
        indexes = [models.Index(fields=["-date", "-last_day", "slug"], name="proposals_position_newest")]
        triggers = [count_changes(), *POSITION.triggers(also=WITH_A_POSITION)]

    def __str__(self) -> str:
        return f"{self.slug}: {self.party.name} {self.get_stance_display()}"

    def clean(self) -> None:
        super().clean()
        if self.clause_id and self.clause and self.clause.proposal_id != self.proposal_id:
            raise ValidationError({"clause": "The clause is one of the proposal named."})
