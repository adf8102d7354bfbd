"""How a party's statement on a topic stands to the one that it made before."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypedDict

from parties.readers import Reader
from proposals.models import Position, Topic


class PositionChange(TypedDict):
    against: str
    order_certain: bool
    same_person: bool
    same_subject: bool
    stance_before: str
    stance_after: str
    same_stance: bool
    red_line_before: bool
    red_line_after: bool
    supersedes: bool


class _Said(NamedTuple):
    """One statement on the topic, with no more than what tells it from another."""

    date: datetime.date
    last_day: datetime.date
    slug: str
    pk: int
    party_id: int
    person_id: int | None
    proposal_id: int | None
    clause_id: int | None
    stance: str
    red_line: bool
    superseded_by_id: int | None


def position_changes(pks: Collection[int], *, topic: Topic, user: Reader | None) -> Mapping[int, PositionChange | None]:
    """These positions on a topic, each set against the party's previous one on it that the reader sees.

    Previous is what was said in a period that began earlier, or ended earlier where both began on one day; where the
    person is known, the previous statement of that person, if there is one. None is there where nothing is earlier.
    One query.
    """
    if not pks:
        return {}
    stored = Position.objects.visible_to(user).filter(topic=topic).order_by("date", "last_day", "slug", "pk")
    said = [_Said(*row) for row in stored.values_list(*_Said._fields)]
    return {one.pk: _change(one, said) for one in said if one.pk in pks}


def _change(one: _Said, said: Sequence[_Said]) -> PositionChange | None:
    earlier = [
        other
        for other in said
        if other.party_id == one.party_id and (other.date, other.last_day) < (one.date, one.last_day)
    ]
    own = [other for other in earlier if one.person_id and other.person_id == one.person_id]
    if not earlier:
        return None
    before = (own or earlier)[-1]
    return {
        "against": before.slug,
        "order_certain": before.last_day < one.date,
        "same_person": one.person_id is not None and before.person_id == one.person_id,
        "same_subject": (before.proposal_id, before.clause_id) == (one.proposal_id, one.clause_id),
        "stance_before": before.stance,
        "stance_after": one.stance,
        "same_stance": before.stance == one.stance,
        "red_line_before": before.red_line,
        "red_line_after": one.red_line,
        "supersedes": before.superseded_by_id == one.pk,
    }
