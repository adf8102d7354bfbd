"""What records wait for: the questions behind the first page of the workshop, and behind the lists it leads to.

Each question is a condition on the rows of a model, so that all of a model are counted in one query. Of many rows it
asks by IN, which PostgreSQL answers by one pass over the other table; of few, such as drafts, by EXISTS. What was
withdrawn waits for nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

# Longer than this in review is long.
LONG = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Asker:
    """Who asks, and on which day: the domain reads no clock."""

    user_id: int
    day: datetime.date


Question = Callable[[Any, Asker], Q]


def _objects(model: str) -> Any:
    return apps.get_model("proposals", model)._default_manager


def _begun_by(model: Any, asker: Asker) -> Q:
    """Those that the user added, by whichever way."""
    added = model.pgh_event_model._default_manager.filter(id=OuterRef("pk"), pgh_label="insert")
    return Q(Exists(added.filter(pgh_context__user=asker.user_id)))


def _to_review(model: Any, asker: Asker) -> Q:
    return Q(stage="review") & ~_begun_by(model, asker)


def _my_drafts(model: Any, asker: Asker) -> Q:
    return Q(stage="draft") & _begun_by(model, asker)


def _long_in_review(model: Any, asker: Asker) -> Q:
    # Whatever is changed while it waits is looked at, so the last change counts and not when it came in.
    midnight = datetime.datetime.combine(asker.day - LONG, datetime.time(), datetime.UTC)
    return Q(stage="review", changed_at__lt=midnight)


def _never_compared(model: Any, asker: Asker) -> Q:
    """No verdict on any of its clauses, and no snapshot that it is in. A comparison alone leaves no trace."""
    decided = [_objects("Decision").values(f"{side}__proposal") for side in ("left", "right")]
    asked = _objects("Snapshot").annotate(
        slug=models.Func(F("asked__proposals"), function="jsonb_array_elements_text", output_field=models.TextField())
    )
    compared = Q(pk__in=decided[0]) | Q(pk__in=decided[1]) | Q(slug__in=asked.values("slug"))
    return ~Q(stage="withdrawn") & ~compared


def _incomplete(model: Any, asker: Asker) -> Q:
    return ~Q(stage="withdrawn") & ~Q(clauses_complete="yes")


def _no_topics(model: Any, asker: Asker) -> Q:
    # Nobody knows what a placeholder is on.
    return ~Q(stage="withdrawn") & ~Q(kind="placeholder") & ~Q(pk__in=_objects("ClauseTopic").values("clause"))


def _no_sources(model: Any, asker: Asker) -> Q:
    return ~Q(stage="withdrawn") & ~Q(pk__in=_objects("ClauseSource").values("clause"))


def _placeholders(model: Any, asker: Asker) -> Q:
    return ~Q(stage="withdrawn") & Q(kind="placeholder")


def _stale(model: Any, asker: Asker) -> Q:
    return ~Q(left_version=F("left__version"), right_version=F("right__version"))


def _disputed_figures(model: Any, asker: Asker) -> Q:
    """Two of the rival values, or more, have figures in them."""
    figures = _objects("DisputeClaim").filter(dispute=OuterRef("pk"), value__regex="[0-9]")
    # Without an order of its own, each dispute is one group.
    return Q(Exists(figures.order_by().values("dispute").annotate(several=Count("pk")).filter(several__gt=1)))


_STAGES: Mapping[str, Question] = {
    "to_review": _to_review,
    "my_drafts": _my_drafts,
    "long_in_review": _long_in_review,
}
QUESTIONS: Mapping[str, Mapping[str, Question]] = {
    "Proposal": {**_STAGES, "never_compared": _never_compared, "incomplete": _incomplete},
    "Clause": {**_STAGES, "no_topics": _no_topics, "no_sources": _no_sources, "placeholders": _placeholders},
    "Position": _STAGES,
    "Statement": _STAGES,
    "Decision": {"stale": _stale},
    "Dispute": {"figures": _disputed_figures},
}


class Needing(models.QuerySet[Any]):
    """Rows of a model of which something is asked; the codes of the questions are those of QUESTIONS."""

    def needing(self, code: str, asker: Asker) -> Any:
        """The rows to which the answer is yes."""
        return self.filter(self._condition(code, asker))

    def count_needs(self, codes: Iterable[str], asker: Asker) -> dict[str, int]:
        """How many rows each of the questions finds: one query."""
        asked = {code: Count("pk", filter=self._condition(code, asker)) for code in codes}
        return self.aggregate(**asked) if asked else {}

    def _condition(self, code: str, asker: Asker) -> Q:
        return QUESTIONS[self.model.__name__][code](self.model, asker)
