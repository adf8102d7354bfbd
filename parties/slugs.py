"""The one form that public ids of records take: lower-case words joined by hyphens."""

from django.core.validators import RegexValidator
from django.db import models

PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_MESSAGE = "Write lower-case letters and digits in words joined by hyphens, such as northern-council."


class SlugRecord(models.Model):
    """A record with a public id that addresses, exports and citations use."""

    slug = models.CharField(
        "id",
        max_length=80,
        unique=True,
        validators=[RegexValidator(PATTERN, _MESSAGE, code="not_a_slug")],
        help_text="Stands in addresses and citations, so choose it to last: northern-council.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug__regex=PATTERN),
                name="%(app_label)s_%(class)s_slug_form",
                violation_error_message=_MESSAGE,
                violation_error_code="not_a_slug",
            )
        ]
