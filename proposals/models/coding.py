"""What a clause is coded with: parties in their roles, topics in order, places, sources."""

from django.db import models

from parties.models import Party
from parties.tracking import tracked
from proposals.models.clause import Clause
from proposals.models.source import Source
from proposals.models.versioning import counts_towards
from proposals.models.vocabulary import Territory, Topic

_PART = counts_towards("proposals_clause", "clause_id")


@tracked(part_of="clause")
class ClauseParty(models.Model):
    """The part a party has in a clause."""

    class Role(models.TextChoices):
        OBLIGATED = "obligated", "obligated"
        BENEFICIARY = "beneficiary", "beneficiary"
        GUARANTOR = "guarantor", "guarantor"
        MONITOR = "monitor", "monitor"

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=12, choices=Role)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="clause_roles")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "clause parties"
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "role", "party"],
                name="proposals_clauseparty_once",
                violation_error_message="This party has this role already.",
                violation_error_code="role_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} as {self.role}"


@tracked(part_of="clause")
class ClauseTopic(models.Model):
    """A topic of a clause, the most specific first."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="clause_links")
    order = models.PositiveIntegerField(default=0, help_text="Most specific first.")

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "topic"],
                name="proposals_clausetopic_once",
                violation_error_message="This topic is set already.",
                violation_error_code="topic_twice",
            )
        ]

    def __str__(self) -> str:
        return str(self.topic)


@tracked(part_of="clause")
class ClauseTerritory(models.Model):
    """A place or line that a clause touches."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="territory_links")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="clause_links")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "clause territories"
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "territory"],
                name="proposals_clauseterritory_once",
                violation_error_message="This territory is set already.",
                violation_error_code="territory_twice",
            )
        ]

    def __str__(self) -> str:
        return str(self.territory)


@tracked(part_of="clause")
class ClauseSource(models.Model):
    """A source of a clause, the main one first."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="clause_citations")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = _PART
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "source"],
                name="proposals_clausesource_once",
                violation_error_message="This source is cited already.",
                violation_error_code="source_twice",
            )
        ]

    def __str__(self) -> str:
        return str(self.source)
