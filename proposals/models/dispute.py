"""Rival values from sources, side by side, never averaged."""

from django.db import models

from parties.slugs import SlugRecord
from parties.tracking import tracked
from proposals.models.about import AboutRecord
from proposals.models.noting import DISPUTE
from proposals.models.source import Source
from proposals.models.vocabulary import Topic
from proposals.querysets import DisputeQuerySet


@tracked()
class Dispute(SlugRecord):
    """A point on which sources give different values for the same thing."""

    subject = models.CharField(max_length=300, help_text="What the values are of: Strength of the garrison.")
    topics = models.ManyToManyField(Topic, related_name="disputes")

    objects = DisputeQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        triggers = DISPUTE.triggers()

    def __str__(self) -> str:
        return f"{self.slug}: {self.subject}"


@tracked(part_of="dispute")
class DisputeAbout(AboutRecord):
    """One record that a dispute is about."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="about")

    class Meta(AboutRecord.Meta):
        verbose_name = "subject of a dispute"
        verbose_name_plural = "subjects of a dispute"
        triggers = DISPUTE.triggers_of_part("dispute_id")


@tracked(part_of="dispute")
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
@tracked(part_of="dispute")
class DisputeTopicLink(Dispute.topics.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = DISPUTE.triggers_of_part("dispute_id")
