"""Questions about parties, in the domain's words."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from parties.models import Membership, Party, Person  # noqa: F401  (names in the annotations below)


class PartyQuerySet(models.QuerySet["Party"]):
    def in_name_order(self) -> PartyQuerySet:
        return self.order_by("name", "pk")

    def with_parts(self) -> PartyQuerySet:
        """Aliases with who uses them and dated memberships, in a constant number of queries."""
        return self.prefetch_related("aliases__used_by", "memberships_as_bloc__member", "memberships_as_member__bloc")


class PersonQuerySet(models.QuerySet["Person"]):
    def in_name_order(self) -> PersonQuerySet:
        return self.order_by("name", "pk")

    def with_parts(self) -> PersonQuerySet:
        return self.select_related("party").prefetch_related("aliases__used_by")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, *, on: datetime.date) -> MembershipQuerySet:
        """Memberships that hold on a day."""
        return self.filter(
            # NULL starts_on: not known when it began, so it counts as begun.
            models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=on),
            # NULL ends_on: open-ended. ends_on itself no longer counts.
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=on),
        )
