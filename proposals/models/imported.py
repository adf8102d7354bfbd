"""What the last import wrote, so that the next one can tell an editor's work from its own."""

from django.db import models


class ImportedRecord(models.Model):
    """The digest of a record as the last import wrote it; `kind` and `address` are those of the exchange format."""

    kind = models.CharField(max_length=20)
    # A decision is addressed by its two clauses, each up to 121 characters long.
    address = models.CharField(max_length=250)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address"],
                name="proposals_importedrecord_once",
                violation_error_message="What the last import wrote at this address is recorded already.",
                violation_error_code="imported_twice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"
