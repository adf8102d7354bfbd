"""Questions about proposals and their parts, in the domain's words.

Everything a reader sees passes through `visible_to`: the API, the pages, search, exports and the engine's load plan.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Concat

from parties.readers import Reader, sees_all
from proposals.needs import Needing

if TYPE_CHECKING:
    from proposals.models import (  # noqa: F401  (names in the annotations below)
        Clause,
        Decision,
        Dispute,
        Position,
        Proposal,
        RetiredKey,
        Source,
        Statement,
        Territory,
        Topic,
    )

PUBLIC = "public"


def _public(user: Reader | None, *paths: str) -> Q:
    """What the reader may see of the records at these paths, such as `clause__`."""
    return Q() if sees_all(user) else Q(**{f"{path}stage": PUBLIC for path in paths})


def _objects(model: str) -> Any:
    return apps.get_model("proposals", model)._default_manager


class ProposalQuerySet(Needing, models.QuerySet["Proposal"]):
    def visible_to(self, user: Reader | None) -> ProposalQuerySet:
        return self.filter(_public(user, ""))

    def in_date_order(self) -> ProposalQuerySet:
        return self.order_by("date", "last_day", "slug", "pk")

    def with_parts(self, user: Reader | None) -> ProposalQuerySet:
        """Everything about the proposals but their clauses, as far as the reader may see it: 6 queries."""
        earlier = _objects("Lineage").filter(_public(user, "earlier__"))
        return self.select_related("process").prefetch_related(
            Prefetch("roles", _objects("ProposalParty").select_related("party").order_by("order", "pk")),
            Prefetch("citations", _objects("ProposalSource").select_related("source").order_by("order", "pk")),
            Prefetch("text_versions", _objects("TextVersion").select_related("source").order_by("order", "pk")),
            Prefetch("silences", _objects("Silence").select_related("topic", "source").order_by("topic__slug", "pk")),
            Prefetch("lineage", earlier.select_related("earlier").order_by("order", "pk")),
        )

    def with_retired_keys(self, user: Reader | None) -> ProposalQuerySet:
        """Adds the keys that are not used again, which only files tell: one query."""
        return self.prefetch_related(
            Prefetch("retired_keys", _objects("RetiredKey").visible_to(user).with_successors(user))
        )

    def with_clause_count(self, user: Reader | None) -> ProposalQuerySet:
        """Adds `clause_count`: the clauses that the reader sees, placeholders included."""
        seen = _public(user, "clauses__")
        return self.annotate(clause_count=models.Count("clauses", filter=seen, distinct=True))


class ClauseQuerySet(Needing, models.QuerySet["Clause"]):
    def visible_to(self, user: Reader | None) -> ClauseQuerySet:
        return self.filter(_public(user, "", "proposal__"))

    def in_reading_order(self) -> ClauseQuerySet:
        """Proposals by date, and within each the order of its text."""
        return self.order_by("proposal__date", "proposal__last_day", "proposal__slug", "order", "pk")

    def with_parts(self, user: Reader | None) -> ClauseQuerySet:
        """Everything coded on the clauses, as far as the reader may see it: 11 queries, however many clauses."""
        visible = _objects("Clause").visible_to(user).select_related("proposal")
        ties = _objects("Dependency").filter(_public(user, "target__", "target__proposal__"))
        return (
            self._told_of_originals(user)
            .select_related("proposal")
            .prefetch_related(
                Prefetch("parent", visible),
                Prefetch("strikes", visible),
                Prefetch("copied_from", visible),
                Prefetch("roles", _objects("ClauseParty").select_related("party").order_by("order", "pk")),
                Prefetch("topic_links", _objects("ClauseTopic").select_related("topic__group").order_by("order", "pk")),
                Prefetch(
                    "territory_links", _objects("ClauseTerritory").select_related("territory").order_by("order", "pk")
                ),
                Prefetch("citations", _objects("ClauseSource").select_related("source").order_by("order", "pk")),
                Prefetch(
                    "terms", _objects("Term").select_related("measure", "subject", "whose").order_by("order", "pk")
                ),
                Prefetch("dependencies", ties.select_related("target__proposal").order_by("order", "pk")),
                Prefetch("contests", _objects("Contest").select_related("party").order_by("order", "pk")),
            )
        )

    def _told_of_originals(self, user: Reader | None) -> ClauseQuerySet:
        """Adds `original_was_public`: of an original that is gone only those are told who knew it."""
        if sees_all(user):
            return self
        known = _objects("RetiredKey").visible_to(user)
        address = Concat("proposal__slug", models.Value("/"), "key")
        gone = known.annotate(address=address).filter(address=models.OuterRef("copied_address"))
        return self.annotate(original_was_public=models.Exists(gone))


class ClauseManager(models.Manager.from_queryset(ClauseQuerySet)):  # type: ignore[misc]
    """Leaves the search vector in the database: it is as long as the text, and nobody reads it."""

    def get_queryset(self) -> ClauseQuerySet:
        return super().get_queryset().defer("search")


class RetiredKeyQuerySet(models.QuerySet["RetiredKey"]):
    def visible_to(self, user: Reader | None) -> RetiredKeyQuerySet:
        """Those that readers knew, of proposals that they see; staff are told of all."""
        return self if sees_all(user) else self.filter(_public(user, "proposal__"), public=True)

    def with_successors(self, user: Reader | None) -> RetiredKeyQuerySet:
        """Adds `living`: the keys of those successors that are there and that the reader sees, in their order."""
        place = models.Func(
            models.OuterRef("successors"),
            models.F("key"),
            function="array_position",
            output_field=models.IntegerField(),
        )
        clauses = _objects("Clause").visible_to(user).filter(proposal=models.OuterRef("proposal"))
        living = clauses.annotate(place=place).filter(place__isnull=False).order_by("place").values("key")
        return self.annotate(living=ArraySubquery(living))

    def known_at(self, slug: str, key: str, *, user: Reader | None) -> Any:
        """What became of the clause that once had this address, with its successors; None if readers knew none."""
        if "\0" in slug + key:
            return None  # PostgreSQL cannot even compare with it
        return self.visible_to(user).filter(proposal__slug=slug, key=key).with_successors(user).first()


class PositionQuerySet(Needing, models.QuerySet["Position"]):
    def visible_to(self, user: Reader | None) -> PositionQuerySet:
        """Public positions; one that speaks of a proposal or clause only while that is public too."""
        if sees_all(user):
            return self
        return self.filter(
            # NULL proposal or clause: the position speaks of a topic alone and hides nothing.
            Q(proposal__isnull=True) | Q(proposal__stage=PUBLIC),
            Q(clause__isnull=True) | Q(clause__stage=PUBLIC, clause__proposal__stage=PUBLIC),
            stage=PUBLIC,
        )

    def as_of(self, day: datetime.date | None) -> PositionQuerySet:
        """Statements up to a day: those whose first day is not after it. None leaves everything in."""
        return self if day is None else self.filter(date__lte=day)

    def standing(self, wanted: bool, *, user: Reader | None, day: datetime.date | None) -> PositionQuerySet:
        """Those of which the reader is told no end up to the day (None: no end at all), or else those with one."""
        later = _objects("Position").visible_to(user).as_of(day).values("pk")
        withdrawn = Q(withdrawn_on__isnull=False) if day is None else Q(withdrawn_on__lte=day)
        ended = withdrawn | Q(superseded_by__in=later)
        return self.filter(ended) if not wanted else self.exclude(ended)

    def newest_first(self) -> PositionQuerySet:
        return self.order_by("-date", "-last_day", "slug", "pk")

    def with_parts(self, user: Reader | None) -> PositionQuerySet:
        """All that the positions name; what supersedes them only where the reader may see it. Two queries."""
        later = Prefetch("superseded_by", _objects("Position").visible_to(user))
        named = self.select_related("party", "person", "topic", "proposal", "clause__proposal", "source")
        return named.prefetch_related(later)


def _about(model: str) -> models.QuerySet[Any]:
    """What disputes or statements are about, with the records named."""
    records = _objects(model).select_related("proposal", "clause__proposal", "position", "source", "person")
    return records.order_by("order", "pk")


def _about_hidden(model: str, user: Reader | None) -> models.QuerySet[Any]:
    """Those of them that name a record hidden from the reader."""
    return _objects(model).filter(
        Q(proposal__isnull=False) & ~Q(proposal__stage=PUBLIC)
        | Q(clause__isnull=False) & ~Q(clause__stage=PUBLIC, clause__proposal__stage=PUBLIC)
        | Q(position__isnull=False) & ~Q(position__in=_objects("Position").visible_to(user))
    )


class DisputeQuerySet(Needing, models.QuerySet["Dispute"]):
    def visible_to(self, user: Reader | None) -> DisputeQuerySet:
        """Disputes none of whose subjects is hidden from the reader."""
        if sees_all(user):
            return self
        return self.exclude(pk__in=_about_hidden("DisputeAbout", user).values("dispute"))

    def in_order(self) -> DisputeQuerySet:
        return self.order_by("slug", "pk")

    def with_parts(self) -> DisputeQuerySet:
        """Subjects, topics and claims with their sources: 4 queries."""
        return self.prefetch_related(
            Prefetch("about", _about("DisputeAbout")),
            Prefetch("topics", _objects("Topic").order_by("slug")),
            Prefetch("claims", _objects("DisputeClaim").select_related("source").order_by("order", "pk")),
        )


class StatementQuerySet(Needing, models.QuerySet["Statement"]):
    def visible_to(self, user: Reader | None) -> StatementQuerySet:
        """Public statements none of whose subjects is hidden from the reader."""
        if sees_all(user):
            return self
        return self.filter(stage=PUBLIC).exclude(pk__in=_about_hidden("StatementAbout", user).values("statement"))

    def in_order(self) -> StatementQuerySet:
        return self.order_by("slug", "pk")

    def with_parts(self) -> StatementQuerySet:
        """Subjects, topics, source and who says it: 3 queries."""
        return self.select_related("source", "party", "person").prefetch_related(
            Prefetch("about", _about("StatementAbout")),
            Prefetch("topic_links", _objects("StatementTopic").select_related("topic").order_by("order", "pk")),
        )


class DecisionQuerySet(Needing, models.QuerySet["Decision"]):
    def visible_to(self, user: Reader | None) -> DecisionQuerySet:
        """Decisions on pairs of clauses that the reader sees."""
        return self.filter(_public(user, "left__", "left__proposal__", "right__", "right__proposal__"))

    def between(self, slugs: list[str]) -> DecisionQuerySet:
        """Decisions whose clauses both belong to the proposals named."""
        return self.filter(left__proposal__slug__in=slugs, right__proposal__slug__in=slugs)

    def up_to_date(self) -> DecisionQuerySet:
        """Decisions given on the clauses as they stand."""
        return self.filter(left_version=models.F("left__version"), right_version=models.F("right__version"))

    def stale(self) -> DecisionQuerySet:
        """Decisions one of whose clauses changed since."""
        return self.exclude(left_version=models.F("left__version"), right_version=models.F("right__version"))

    def with_parts(self) -> DecisionQuerySet:
        return self.select_related("left__proposal", "right__proposal")

    def in_order(self) -> DecisionQuerySet:
        return self.order_by("left__proposal__slug", "left__order", "right__proposal__slug", "right__order", "pk")


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_taxonomy_order(self) -> TopicQuerySet:
        return self.order_by("group__order", "order", "slug", "pk").select_related("group")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def in_name_order(self) -> TerritoryQuerySet:
        return self.order_by("name", "pk")

    def with_parts(self) -> TerritoryQuerySet:
        return self.prefetch_related("aliases__used_by")


class SourceQuerySet(models.QuerySet["Source"]):
    def in_order(self) -> SourceQuerySet:
        return self.order_by("slug", "pk")
