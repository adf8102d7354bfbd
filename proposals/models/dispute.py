"""Rival values from sources, side by side, never averaged."""

from django.db import models
from django.db.models import Q

from parties.models import Person
from parties.slugs import SlugRecord
from proposals.models.clause import Clause
from proposals.models.noting import DISPUTE
from proposals.models.position import Position
from proposals.models.proposal import Proposal
from proposals.models.source import Source
from proposals.models.vocabulary import Topic
from proposals.querysets import DisputeQuerySet

ABOUT = ("proposal", "clause", "position", "source", "person")


class Dispute(SlugRecord):
    """A point on which sources give different values for the same thing."""

    subject = models.CharField(max_length=300, help_text="What the values are of: Strength of the garrison.")
    topics = models.ManyToManyField(Topic, related_name="disputes")

    objects = DisputeQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        triggers = DISPUTE.triggers()

    def __str__(self) -> str:
        return f"{self.slug}: {self.subject}"


class DisputeAbout(models.Model):
    """One record that a dispute is about: exactly one of its references is set."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="about")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="dispute_links"
    )
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="dispute_links")
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="dispute_links"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="dispute_links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "subject of a dispute"
        verbose_name_plural = "subjects of a dispute"
        triggers = DISPUTE.triggers_of_part("dispute_id")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(Q(**{f"{other}__isnull": other != kind for other in ABOUT}) for kind in ABOUT),
                    _connector=Q.OR,
                ),
                name="proposals_disputeabout_exactly_one",
                violation_error_message="Name exactly one proposal, clause, position, source or person.",
                violation_error_code="not_exactly_one",
            )
        ]

    def __str__(self) -> str:
        kind, record = next(((kind, getattr(self, kind)) for kind in ABOUT if getattr(self, f"{kind}_id")), ("", ""))
        return f"{kind} {record}".strip()


class DisputeClaim(models.Model):
    """One of the rival values, with where it stands."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="claims")
    value = models.CharField(max_length=300, help_text="What this source gives: 400 men.")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="dispute_claims")
    locator = models.CharField(max_length=300, blank=True, help_text="Where in the source: line 14.")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = DISPUTE.triggers_of_part("dispute_id")

    def __str__(self) -> str:
        return self.value


# A proxy of the table behind `topics`, for its triggers alone.
class DisputeTopicLink(Dispute.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = DISPUTE.triggers_of_part("dispute_id")
