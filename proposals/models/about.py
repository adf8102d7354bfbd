"""What a dispute or a statement is about: any one record."""

from django.db import models
from django.db.models import Q

from parties.models import Person
from proposals.models.clause import Clause
from proposals.models.position import Position
from proposals.models.proposal import Proposal
from proposals.models.source import Source

ABOUT = ("proposal", "clause", "position", "source", "person")


class AboutRecord(models.Model):
    """One record that something is about: exactly one of its references is set."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(Q(**{f"{other}__isnull": other != kind for other in ABOUT}) for kind in ABOUT),
                    _connector=Q.OR,
                ),
                name="%(app_label)s_%(class)s_exactly_one",
                violation_error_message="Name exactly one proposal, clause, position, source or person.",
                violation_error_code="not_exactly_one",
            )
        ]

    def __str__(self) -> str:
        kind, record = next(((kind, getattr(self, kind)) for kind in ABOUT if getattr(self, f"{kind}_id")), ("", ""))
        return f"{kind} {record}".strip()
