"""Tokens with which programs act for a member of staff."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

DEFAULT_DAYS = 30
MOST_DAYS = 365
# Lets scanners of public code tell one of ours from other random text.
_MARK = "ccd_"
_SHOWN = 12


class TokenQuerySet(models.QuerySet["Token"]):
    def issue(self, *, user: AbstractUser, days: int = DEFAULT_DAYS, name: str = "") -> tuple[Token, str]:
        """A new token and its secret, which is told this once and not stored."""
        secret = _MARK + secrets.token_urlsafe(32)
        token = self.create(
            user=user,
            name=name,
            prefix=secret[:_SHOWN],
            digest=_digest(secret),
            expires_at=timezone.now() + datetime.timedelta(days=days),
        )
        token.refresh_from_db(fields=["created_at"])
        return token, secret

    def accepted(self, secret: str) -> Token | None:
        """The token of a secret while it has not expired and its user is active staff: one query."""
        return (
            self.select_related("user")
            .filter(digest=_digest(secret), expires_at__gt=timezone.now(), user__is_active=True, user__is_staff=True)
            .first()
        )

    def newest_first(self) -> TokenQuerySet:
        return self.order_by("-created_at", "-pk")


class Token(models.Model):
    """Lets whoever holds its secret do through the API what its user may, until it expires or is deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, blank=True, help_text="What it is for: nightly import.")
    prefix = models.CharField(max_length=_SHOWN, editable=False, help_text="How it begins, to tell it from others.")
    # A plain hash is enough: nobody guesses 256 random bits, so there is nothing to slow down.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="access_token_expires_later",
                violation_error_message="A token expires after it is made.",
                violation_error_code="expires_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
