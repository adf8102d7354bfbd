"""Positions of parties, disputes between sources, and statements of sources."""

import datetime
from collections.abc import Callable, Collection
from functools import partial
from typing import Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from parties.as_json import BySlug, JsonObject, known, owned
from parties.readers import Reader, sees_all
from proposals.models import (
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Position,
    Statement,
    StatementAbout,
    StatementTopic,
)
from proposals.models.about import ABOUT


class PositionPayload(TypedDict):
    id: str
    party: str
    person: str | None
    topic: str
    proposal: str | None
    clause: str | None
    date: str
    date_precision: str
    date_end: str | None
    date_text: str | None
    stance: str
    red_line: bool
    statement: str
    source: str
    locator: str | None
    evidence: str
    confidence: str
    note: str | None
    stage: str
    superseded_by: str | None
    withdrawn_on: str | None


class AboutPayload(TypedDict):
    kind: str
    id: str


class ClaimPayload(TypedDict):
    value: str
    source: str
    locator: str | None


class DisputePayload(TypedDict):
    id: str
    subject: str
    about: list[AboutPayload]
    topics: list[str]
    claims: list[ClaimPayload]


class SaidByPayload(TypedDict):
    kind: str
    id: str


class StatementPayload(TypedDict):
    id: str
    kind: str
    subject: str
    claim: str
    said_by: SaidByPayload | None
    reported_by: str | None
    date: str | None
    date_precision: str | None
    date_end: str | None
    date_text: str | None
    topics: list[str]
    about: list[AboutPayload]
    source: str
    locator: str
    evidence: str
    confidence: str
    note: str | None


def position_payloads(
    slugs: Collection[str], *, user: Reader | None, as_of: datetime.date | None = None
) -> dict[str, PositionPayload]:
    """By slug, in the order of these; what supersedes them only where the reader may see it. One or two queries.

    With `as_of`, what was known of them on that day: that they ended later is left out. Whether the reader may see the
    positions themselves is up to the caller.
    """
    found: dict[str, PositionPayload] = (_ALL_POSITIONS if sees_all(user) else _PUBLIC_POSITIONS)(slugs)
    return found if as_of is None else _as_known_on(as_of, found)


def _as_known_on(day: datetime.date, positions: dict[str, PositionPayload]) -> dict[str, PositionPayload]:
    superseding = {one["superseded_by"] for one in positions.values()} - {None}
    known_then = (
        set(Position.objects.filter(slug__in=superseding).as_of(day).values_list("slug", flat=True))
        if superseding
        else set()
    )
    for one in positions.values():
        if one["superseded_by"] not in known_then:
            one["superseded_by"] = None
        if one["withdrawn_on"] and one["withdrawn_on"] > day.isoformat():
            one["withdrawn_on"] = None
    return positions


def _clause_id() -> Case:
    named = Concat("clause__proposal__slug", Value("/"), "clause__key", output_field=TextField())
    return Case(When(clause__isnull=False, then=named))


def _position(*, everything: bool) -> tuple[Any, JsonObject]:
    positions = Position.objects.all()
    seen = positions if everything else positions.visible_to(None)
    return positions, JsonObject(
        id=F("slug"),
        party=F("party__slug"),
        person=F("person__slug"),
        topic=F("topic__slug"),
        proposal=F("proposal__slug"),
        clause=_clause_id(),
        date=F("date"),
        date_precision=F("date_precision"),
        date_end=F("date_end"),
        date_text=known("date_text"),
        stance=F("stance"),
        red_line=F("red_line"),
        statement=F("statement"),
        source=F("source__slug"),
        locator=known("locator"),
        evidence=F("evidence"),
        confidence=F("confidence"),
        note=known("note"),
        stage=F("stage"),
        superseded_by=Subquery(seen.filter(pk=OuterRef("superseded_by")).values("slug")),
        withdrawn_on=F("withdrawn_on"),
    )


_PUBLIC_POSITIONS = BySlug(partial(_position, everything=False))
_ALL_POSITIONS = BySlug(partial(_position, everything=True))


def _dispute() -> tuple[Any, JsonObject]:
    topics = owned(
        Dispute.topics.through._default_manager.all(),
        owner="dispute",
        one=F("topic__slug"),
        order=("topic__slug",),
    )
    claim = JsonObject(value=F("value"), source=F("source__slug"), locator=known("locator"))
    return Dispute.objects.all(), JsonObject(
        id=F("slug"),
        subject=F("subject"),
        about=_about(DisputeAbout, "dispute"),
        topics=topics,
        claims=owned(DisputeClaim.objects.all(), owner="dispute", one=claim, order=("order", "pk")),
    )


def _statement() -> tuple[Any, JsonObject]:
    topics = owned(StatementTopic.objects.all(), owner="statement", one=F("topic__slug"), order=("order", "pk"))
    return Statement.objects.all(), JsonObject(
        id=F("slug"),
        kind=F("kind"),
        subject=F("subject"),
        claim=F("claim"),
        said_by=Case(
            When(person__isnull=False, then=JsonObject(kind=Value("person"), id=F("person__slug"))),
            When(party__isnull=False, then=JsonObject(kind=Value("party"), id=F("party__slug"))),
        ),
        reported_by=known("reported_by"),
        date=F("date"),
        date_precision=known("date_precision"),
        date_end=F("date_end"),
        date_text=known("date_text"),
        topics=topics,
        about=_about(StatementAbout, "statement"),
        source=F("source__slug"),
        locator=F("locator"),
        evidence=F("evidence"),
        confidence=F("confidence"),
        note=known("note"),
    )


def _about(model: type[DisputeAbout | StatementAbout], owner: str) -> ArraySubquery:
    """What the outer record is about."""
    # The database holds exactly one of the five references.
    kind = Case(*(When(**{f"{kind}__isnull": False}, then=Value(kind)) for kind in ABOUT), output_field=TextField())
    slugs = (f"{kind}__slug" for kind in ABOUT if kind != "clause")
    one = JsonObject(kind=kind, id=Coalesce(_clause_id(), *slugs, output_field=TextField()))
    return owned(model._default_manager.all(), owner=owner, one=one, order=("order", "pk"))


# By slug, in the order of these; one query.
dispute_payloads: Callable[[Collection[str]], dict[str, DisputePayload]] = BySlug(_dispute)
statement_payloads: Callable[[Collection[str]], dict[str, StatementPayload]] = BySlug(_statement)
