"""Positions and disputes as readers are shown them, each with where it comes from."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from parties.readers import Reader
from proposals.comparison import Stand, said_up_to
from proposals.models import Dispute, DisputeAbout, Position, Proposal, Stage
from proposals.models.dates import last_day
from proposals.pages.addresses import clause_address, topic_address
from proposals.pages.records.facts import Named
from proposals.payloads import DisputePayload, PositionPayload
from proposals.querysets import DisputeQuerySet, PositionQuerySet
from proposals.rendering import words
from proposals.rendering.clauses import ShownSource, name_in, shown_source
from proposals.rendering.dates import for_machines, in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPosition:
    """`ended` says that it no longer stands, and since when or through what; `stage` is told where it is not public.

    Both are blank elsewhere.
    """

    slug: str
    party: Named
    person: Named | None
    topic: Named
    on: Named | None
    date: str
    machine_date: str
    code: str
    stance: str
    is_red_line: bool
    statement: str
    source: ShownSource
    locator: str
    evidence: str
    confidence: str
    note: str
    ended: str
    stage: str
    disputes: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownStand:
    """What a party said on a topic last, and before that; `remark` says what their dates leave open."""

    latest: tuple[ShownPosition, ...]
    earlier: tuple[ShownPosition, ...]
    remark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownClaim:
    value: str
    locator: str
    source: ShownSource


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDispute:
    slug: str
    subject: str
    claims: tuple[ShownClaim, ...]


def positions_of(found: PositionQuerySet, *, user: Reader | None) -> dict[str, PositionPayload]:
    """Newest first, as far as the reader may see them: two or three queries."""
    return {one["id"]: one for one in said_up_to(found, user=user)}


def slugs_of_disputes(found: DisputeQuerySet, *, user: Reader | None) -> list[str]:
    return list(found.visible_to(user).in_order().values_list("slug", flat=True).distinct())


def disputes_about(user: Reader | None, **record: Any) -> list[str]:
    """Slugs of the disputes about a record, such as `clause=…`; one query."""
    return slugs_of_disputes(
        Dispute.objects.filter(**{f"about__{kind}": one for kind, one in record.items()}), user=user
    )


def short_titles(positions: Collection[PositionPayload]) -> dict[str, str]:
    """By slug the names of the proposals that the positions speak of, which they let the reader know; one query."""
    slugs = {one["proposal"] for one in positions if one["proposal"]}
    return dict(Proposal.objects.filter(slug__in=slugs).values_list("slug", "short_title")) if slugs else {}


def disputes_on(positions: Collection[PositionPayload], *, user: Reader | None) -> dict[str, tuple[Named, ...]]:
    """By the id of a position the disputes about it; one query."""
    slugs = [one["id"] for one in positions]
    about = DisputeAbout.objects.filter(position__slug__in=slugs, dispute__in=Dispute.objects.visible_to(user))
    found: dict[str, list[Named]] = {}
    for slug, dispute, subject in about.order_by("dispute__slug", "pk").values_list(
        "position__slug", "dispute__slug", "dispute__subject"
    ):
        found.setdefault(slug, []).append(Named(text=subject, address=reverse("pages:dispute", args=[dispute])))
    return {slug: tuple(dict.fromkeys(named)) for slug, named in found.items()}


def shown_stand(
    stand: Stand, *, show: Callable[[PositionPayload], ShownPosition], as_of: datetime.date | None = None
) -> ShownStand:
    return ShownStand(
        latest=tuple(show(one) for one in stand.latest),
        earlier=tuple(show(one) for one in stand.earlier),
        remark=" ".join(_left_open(stand, as_of=as_of)),
    )


def _left_open(stand: Stand, *, as_of: datetime.date | None) -> Iterable[str]:
    if len({(one["date"], one["date_end"], one["date_precision"]) for one in stand.latest}) > 1:
        yield gettext("Which of these came last cannot be told from their dates.")
    ends = [last_day(one["date"], one["date_precision"], last=one["date_end"]) for one in stand.latest]
    if as_of and any(end > as_of.isoformat() for end in ends):
        yield gettext("By its date, it may have been said after the day asked for.")


def shown_position(
    position: PositionPayload,
    *,
    included: Mapping[str, Any],
    titles: Mapping[str, str],
    disputes: Mapping[str, tuple[Named, ...]] = MappingProxyType({}),
) -> ShownPosition:
    """`included` holds what it names, as in a comparison document, and `titles` those of its proposals.

    `disputes` are those about positions, by their ids.
    """
    person = position["person"]
    return ShownPosition(
        slug=position["id"],
        party=Named(
            text=name_in(included["parties"], position["party"]),
            address=reverse("pages:party", args=[position["party"]]),
        ),
        person=Named(
            text=name_in(included["persons"], person),
            address=reverse("pages:person", args=[person]),
            note=included["persons"][person]["role"] if person in included["persons"] else "",
        )
        if person
        else None,
        topic=Named(text=name_in(included["topics"], position["topic"]), address=topic_address(position["topic"])),
        on=_spoken_of(position, titles=titles),
        date=in_words(
            position["date"], position["date_precision"], last=position["date_end"], text=position["date_text"]
        ),
        machine_date=for_machines(position["date"], position["date_precision"]),
        code=position["stance"],
        stance=str(Position.Stance(position["stance"]).label),
        is_red_line=position["red_line"],
        statement=position["statement"],
        source=shown_source(included["sources"][position["source"]]),
        locator=position["locator"] or "",
        evidence=words.name_of(position["evidence"], words.EVIDENCE),
        confidence=words.name_of(position["confidence"], words.CONFIDENCE),
        note=position["note"] or "",
        ended=_ended(position),
        stage="" if position["stage"] == Stage.PUBLIC else str(Stage(position["stage"]).label),
        disputes=disputes.get(position["id"], ()),
    )


def shown_dispute(dispute: DisputePayload, *, included: Mapping[str, Any]) -> ShownDispute:
    return ShownDispute(
        slug=dispute["id"],
        subject=dispute["subject"],
        claims=tuple(
            ShownClaim(
                value=claim["value"],
                locator=claim["locator"] or "",
                source=shown_source(included["sources"][claim["source"]]),
            )
            for claim in dispute["claims"]
        ),
    )


def _spoken_of(position: PositionPayload, *, titles: Mapping[str, str]) -> Named | None:
    slug = position["proposal"]
    if not slug:
        return None
    if position["clause"]:
        key = position["clause"].partition("/")[2]
        return Named(text=f"{titles.get(slug, slug)}, {key}", address=clause_address(position["clause"]))
    return Named(text=titles.get(slug, slug), address=reverse("pages:proposal", args=[slug]))


def _ended(position: PositionPayload) -> str:
    if position["withdrawn_on"]:
        return gettext("withdrawn on %(day)s") % {"day": in_words(position["withdrawn_on"], "day")}
    if position["superseded_by"]:
        return gettext("replaced by a later position (%(id)s)") % {"id": position["superseded_by"]}
    return ""
