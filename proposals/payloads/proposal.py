"""A proposal: the head that a comparison's column needs, and the whole record."""

from collections.abc import Collection
from functools import partial
from typing import Any, TypedDict, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Collate

from parties.as_json import BySlug, JsonObject, instant, known, owned
from parties.readers import Reader, sees_all
from proposals.models import Clause, Lineage, Proposal, ProposalParty, ProposalSource, Silence, TextVersion


class LineagePayload(TypedDict):
    relation: str
    proposal: str
    note: str | None


class PartyRolePayload(TypedDict):
    role: str
    party: str


class TextVersionPayload(TypedDict):
    name: str
    note: str | None
    source: str | None
    followed: bool


class SilencePayload(TypedDict):
    topic: str
    reason: str
    checked_by: str
    checked_on: str
    source: str | None


class ProposalHead(TypedDict):
    """Most fields are None for a pasted draft, of which nothing but its words is known."""

    slug: str
    title: str
    short_title: str
    kind: str | None
    date: str | None
    date_precision: str | None
    date_end: str | None
    date_text: str | None
    text_status: str | None
    clauses_complete: str
    outcome: str | None
    proposers: list[str]
    lineage: list[LineagePayload]
    reliability: str | None
    clause_count: int


class ProposalPayload(ProposalHead):
    process: str
    summary: str
    date_note: str | None
    outcome_note: str | None
    proposer_note: str | None
    verification: str | None
    verification_note: str | None
    parties: list[PartyRolePayload]
    text_versions: list[TextVersionPayload]
    silences: list[SilencePayload]
    sources: list[str]
    stage: str
    version: int
    changed_at: str


def proposal_head(proposal: ProposalPayload) -> ProposalHead:
    """What of it stands above its column. `reliability` is the best grade among the proposal's sources."""
    return cast(ProposalHead, {name: proposal[name] for name in ProposalHead.__annotations__})  # type: ignore[literal-required]


def proposal_payloads(slugs: Collection[str], *, user: Reader | None) -> dict[str, ProposalPayload]:
    """By slug, in the order of these, as far as the reader may see what they lead to; one query.

    Whether the reader may see the proposals themselves is up to the caller.
    """
    return (_EVERYTHING if sees_all(user) else _PUBLIC)(slugs)


def _shape(*, everything: bool) -> tuple[Any, JsonObject]:
    proposals, clauses = Proposal.objects.all(), Clause.objects.all()
    earlier = proposals if everything else proposals.visible_to(None)
    counted = clauses if everything else clauses.visible_to(None)

    def parts(rows: Any, one: Any, *order: Any) -> ArraySubquery:
        return owned(rows, owner="proposal", one=one, order=order or ("order", "pk"))

    sources = ProposalSource.objects.filter(proposal=OuterRef("pk"))
    roles = ProposalParty.objects.all()
    numbers = counted.filter(proposal=OuterRef("pk")).values("proposal").annotate(number=Count("pk"))
    return proposals, JsonObject(
        slug=F("slug"),
        title=F("title"),
        short_title=F("short_title"),
        kind=F("kind"),
        date=F("date"),
        date_precision=F("date_precision"),
        date_end=F("date_end"),
        date_text=known("date_text"),
        text_status=F("text_status"),
        clauses_complete=F("clauses_complete"),
        outcome=F("outcome"),
        proposers=parts(roles.filter(role=ProposalParty.Role.PROPOSER), F("party__slug")),
        lineage=parts(
            Lineage.objects.filter(earlier__in=earlier),
            JsonObject(relation=F("relation"), proposal=F("earlier__slug"), note=known("note")),
        ),
        reliability=Subquery(sources.order_by("source__reliability").values("source__reliability")[:1]),
        clause_count=Coalesce(Subquery(numbers.values("number")), 0),
        process=F("process__slug"),
        summary=F("summary"),
        date_note=known("date_note"),
        outcome_note=known("outcome_note"),
        proposer_note=known("proposer_note"),
        verification=known("verification"),
        verification_note=known("verification_note"),
        parties=parts(roles, JsonObject(role=F("role"), party=F("party__slug"))),
        text_versions=parts(
            TextVersion.objects.all(),
            JsonObject(name=F("name"), note=known("note"), source=F("source__slug"), followed=F("followed")),
        ),
        silences=parts(
            Silence.objects.all(),
            JsonObject(
                topic=F("topic__slug"),
                reason=F("reason"),
                checked_by=F("checked_by"),
                checked_on=F("checked_on"),
                source=F("source__slug"),
            ),
            # Ids alone: an order that other records give would change what this one says.
            *(Collate("topic__slug", "C"), "pk"),
        ),
        sources=parts(ProposalSource.objects.all(), F("source__slug")),
        stage=F("stage"),
        version=F("version"),
        changed_at=instant("changed_at"),
    )


_PUBLIC = BySlug(partial(_shape, everything=False))
_EVERYTHING = BySlug(partial(_shape, everything=True))
