"""Who moved a record from stage to stage, when, and what they said."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from proposals.models.versioning import Stage


class StageMove(models.Model):
    """One move of one record; `kind` and `record` name it as in the log of changes. It outlives its record."""

    kind = models.CharField(max_length=20, editable=False)
    record = models.BigIntegerField(editable=False)
    from_stage = models.CharField("from", max_length=10, choices=Stage, editable=False)
    to_stage = models.CharField("to", max_length=10, choices=Stage, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    note = models.TextField(blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "record", "-at"], name="proposals_stagemove_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}: {self.get_from_stage_display()} to {self.get_to_stage_display()}"
