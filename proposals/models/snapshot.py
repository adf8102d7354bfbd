"""A comparison frozen under a permanent address."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Snapshot(models.Model):
    """What a comparison said when it was frozen, for good; what is withdrawn since is left out when it is shown."""

    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text="Of the content: the same comparison has the same one."
    )
    content = models.TextField(editable=False, help_text="The comparison as canonical JSON.")
    asked = models.JSONField(editable=False, help_text="The parameters of the comparison.")
    # Proposals, clauses, positions and disputes in the content: each as `kind address` and as `kind address number`,
    # the latter since release 1.1.
    named = ArrayField(models.CharField(max_length=280), editable=False)
    frozen_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        triggers = [pgtrigger.Protect(name="stays_as_it_is", operation=pgtrigger.Update)]
        indexes = [models.Index(fields=["-frozen_at", "-id"], name="proposals_snapshot_newest")]

    def __str__(self) -> str:
        return self.digest
