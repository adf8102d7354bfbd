"""What each party said on each topic as of a day: what it said last, what it said before, and what it took back."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from parties.as_json import in_order_of
from parties.readers import Reader
from proposals.models.dates import last_day
from proposals.payloads import PositionPayload, position_payloads
from proposals.querysets import PositionQuerySet


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """All that a party said on a topic, newest first.

    `latest` is what no other statement was certainly made after: several where their periods overlap, none where all
    was taken back. To say something else later is not to take back what was said before, which stays in `earlier`.
    """

    party: str
    topic: str
    latest: tuple[PositionPayload, ...]
    earlier: tuple[PositionPayload, ...]

    @property
    def said(self) -> tuple[PositionPayload, ...]:
        return self.latest + self.earlier

    @property
    def earlier_red_lines(self) -> tuple[PositionPayload, ...]:
        """Those that it drew before it said what it said last, and did not take back."""
        return tuple(one for one in self.earlier if is_standing_red_line(one))


def said_up_to(
    found: PositionQuerySet, *, user: Reader | None, as_of: datetime.date | None = None
) -> list[PositionPayload]:
    """Newest first, as the reader may see them and as they were known on the day: two or three queries."""
    positions = found.visible_to(user).as_of(as_of).newest_first()
    return in_order_of(positions, partial(position_payloads, user=user, as_of=as_of))


def stands(said: Iterable[PositionPayload]) -> dict[tuple[str, str], Stand]:
    """By party and topic, in the order of their newest statements; `said` are newest first."""
    together: dict[tuple[str, str], list[PositionPayload]] = {}
    for one in said:
        together.setdefault((one["party"], one["topic"]), []).append(one)
    return {(party, topic): _stand(party, topic, own) for (party, topic), own in together.items()}


def has_ended(position: PositionPayload) -> bool:
    """Whether it is recorded that the party took it back or replaced it."""
    return bool(position["superseded_by"] or position["withdrawn_on"])


def is_standing_red_line(position: PositionPayload) -> bool:
    """Nobody crosses a line that was taken back."""
    return position["red_line"] and not has_ended(position)


def _stand(party: str, topic: str, said: Sequence[PositionPayload]) -> Stand:
    standing = [one for one in said if not has_ended(one)]
    newest = max((one["date"] for one in standing), default="")
    # What may have gone on as long as the newest began may as well have been said after it.
    latest = [one for one in standing if last_day(one["date"], one["date_precision"], last=one["date_end"]) >= newest]
    kept = {one["id"] for one in latest}
    return Stand(
        party=party,
        topic=topic,
        latest=tuple(latest),
        earlier=tuple(one for one in said if one["id"] not in kept),
    )
