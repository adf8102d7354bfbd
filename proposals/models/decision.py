"""An editor's verdict on a pair of clauses; it goes before the engine's."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now

from parties.tracking import tracked
from proposals.models.clause import Clause
from proposals.models.noting import DECISION
from proposals.models.realigning import realigns
from proposals.querysets import DecisionQuerySet


@tracked()
class Decision(models.Model):
    """Same matter (with relation) or not. Stale once a clause has moved on from the version it was judged by."""

    class Verdict(models.TextChoices):
        SAME_MATTER = "same_matter", "same matter"
        NOT_SAME_MATTER = "not_same_matter", "not the same matter"

    class Relation(models.TextChoices):
        EQUIVALENT = "equivalent", "equivalent"
        OVERLAP = "overlap", "overlap"
        CONFLICT = "conflict", "conflict"

    left = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="decisions_as_left")
    right = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="decisions_as_right")
    verdict = models.CharField(
        max_length=15,
        choices=Verdict,
        help_text="Whether the two regulate one matter, even if they say opposite things.",
    )
    relation = models.CharField(
        max_length=10, choices=Relation, blank=True, help_text="Leave blank to let the engine say how they relate."
    )
    note = models.TextField(blank=True, help_text="Why, where it is not plain from the two texts.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    decided_by = models.CharField(max_length=150, help_text="Who decided, as shown to readers: two readers.")
    decided_at = models.DateTimeField(db_default=Now(), editable=False)
    # 0 never equals a clause's version: a decision imported as stale stays stale.
    left_version = models.PositiveIntegerField(editable=False, default=0)
    right_version = models.PositiveIntegerField(editable=False, default=0)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        triggers = [*DECISION.triggers(), *realigns(on=("added", "changed", "removed"))]
        constraints = [
            models.UniqueConstraint(
                Least("left", "right"),
                Greatest("left", "right"),
                name="proposals_decision_once",
                violation_error_message="This pair has been decided already; change that decision.",
                violation_error_code="decided_twice",
            ),
            models.CheckConstraint(
                condition=~Q(left=F("right")),
                name="proposals_decision_two_clauses",
                violation_error_message="A decision is about two clauses.",
                violation_error_code="one_clause",
            ),
            models.CheckConstraint(
                condition=Q(relation="") | Q(verdict="same_matter"),
                name="proposals_decision_relation",
                violation_error_message="Only clauses on the same matter have a relation.",
                violation_error_code="relation_without_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} / {self.right}: {self.get_verdict_display()}"

    @property
    def stale(self) -> bool:
        """Whether a clause changed since; load `left` and `right` with the decision."""
        return (self.left_version, self.right_version) != (self.left.version, self.right.version)

    def judged_as_they_stand(self) -> None:
        """Note the versions of the two clauses as those that the verdict was given on."""
        self.left_version, self.right_version = self.left.version, self.right.version

    def clean(self) -> None:
        super().clean()
        if not (self.left_id and self.right_id) or self.left_id == self.right_id:
            return
        if self.left.proposal_id == self.right.proposal_id:
            raise ValidationError({"right": "A decision is about clauses of two proposals."})
