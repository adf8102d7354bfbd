"""The one place that knows how records move from stage to stage: who may, and what hinders it.

Draft, review, public, withdrawn. The admin's pages and lists and the API all move records by `move`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from access.permissions import missing_of, refusal
from access.roles import PUBLISH, WITHDRAW
from parties.history import changes_of, last_public
from parties.turns import wait_for_turn
from proposals.models import Clause, Proposal, Stage, StageMove

# How the entry of a move in the admin's log begins.
MOVED = "Stage: "
_CHANGE = "change"
# What each move takes: a permission on records, or one on the model of the record.
_MOVES: dict[tuple[str, str], tuple[str, ...]] = {
    (Stage.DRAFT, Stage.REVIEW): (_CHANGE,),
    (Stage.REVIEW, Stage.DRAFT): (_CHANGE,),
    (Stage.DRAFT, Stage.PUBLIC): (PUBLISH,),
    (Stage.REVIEW, Stage.PUBLIC): (PUBLISH,),
    (Stage.PUBLIC, Stage.WITHDRAWN): (WITHDRAW,),
    (Stage.WITHDRAWN, Stage.DRAFT): (WITHDRAW,),
    (Stage.WITHDRAWN, Stage.PUBLIC): (WITHDRAW, PUBLISH),
}
# More names than that help nobody.
_NAMED = 8
# Sets of changes since a record was last public; what is older than that many does not count.
_LOOKED_BACK = 1000


@dataclass(frozen=True)
class Hindrance:
    """Why a record does not move: `not_a_move`, `not_allowed`, `no_note`, `no_source` or `four_eyes`."""

    code: str
    reason: str


class UnableToMove(Exception):
    """No record was moved; `hindrances` says everything that stands in the way."""

    def __init__(self, hindrances: Sequence[Hindrance]) -> None:
        self.hindrances = tuple(hindrances)
        super().__init__(" ".join(one.reason for one in hindrances))

    @property
    def forbidden(self) -> bool:
        """Whether it is the permissions of the user that are missing."""
        return any(one.code == "not_allowed" for one in self.hindrances)


def stages_open(record: Any, user: Any) -> list[Stage]:
    """The stages that the user may move the record to, as far as permissions say."""
    found = [to for before, to in _MOVES if before == record.stage and not _missing(record, before, to, user)]
    return [Stage(to) for to in sorted(found, key=[str(one) for one in Stage].index)]


def going_along(records: Iterable[Any], to: Stage) -> list[Clause]:
    """The clauses that become public with proposals that do: all but those withdrawn."""
    if to != Stage.PUBLIC:
        return []
    proposals = [record for record in records if isinstance(record, Proposal)]
    clauses = Clause.objects.filter(proposal__in=proposals, stage__in=[Stage.DRAFT, Stage.REVIEW])
    return list(clauses.select_related("proposal").in_reading_order())


def move(records: Iterable[Any], *, to: Stage, by: Any, note: str = "") -> list[Any]:
    """Moves the records of one kind to a stage, with the clauses that go along, and notes who did it: all, or none.

    Those that are there already are left alone; what moved is returned. Raises UnableToMove.
    """
    with transaction.atomic():
        wait_for_turn()
        taken = _locked(records)
        moving = [record for record in taken if record.stage != to]
        along = _locked(going_along(moving, to))
        if found := hindrances(moving, to=to, by=by, note=note):
            raise UnableToMove(found)
        note_moves([*moving, *along], to=to, by=by, note=note)
        for model in {type(record) for record in (*moving, *along)}:
            keys = [record.pk for record in (*moving, *along) if type(record) is model]
            model._default_manager.filter(pk__in=keys).update(stage=to)
        for record in (*moving, *along):
            record.stage = to
    return moving


def hindrances(records: Sequence[Any], *, to: Stage, by: Any, note: str | None = None) -> list[Hindrance]:
    """Everything that keeps the records from moving; None where the note is still to be written."""
    found = []
    for record in records:
        before = Stage(record.stage)
        if (before, to) not in _MOVES:
            found.append(Hindrance("not_a_move", f"{_name(record)} is {before.label}, and does not become {to.label}."))
        elif missing := _missing(record, before, to, by):
            found.append(Hindrance("not_allowed", refusal(missing)))
    if note is not None and not note.strip() and any((one.stage, to) == (Stage.REVIEW, Stage.DRAFT) for one in records):
        found.append(Hindrance("no_note", "Say why it is sent back."))
    if to == Stage.PUBLIC and records:
        found += _without_source(records)
        if settings.FOUR_EYES:
            found += _own_work(records, by=by)
    return list(dict.fromkeys(found))


def may_be_deleted(record: Any, user: Any) -> bool:
    """Drafts may, by whoever may delete; what is further takes the permission to withdraw."""
    if not hasattr(record, "stage") or user.has_perm(WITHDRAW):
        return True
    is_further = isinstance(record, Proposal) and record.clauses.exclude(stage=Stage.DRAFT).exists()
    return record.stage == Stage.DRAFT and not is_further


def note_moves(records: Sequence[Any], *, to: Stage, by: Any, note: str = "") -> None:
    """Notes who moved the records; each holds the stage that it comes from."""
    StageMove.objects.bulk_create(
        StageMove(kind=kind_of(one), record=one.pk, from_stage=one.stage, to_stage=to, by=by, note=note)
        for one in records
    )


def last_moves(record: Any) -> list[StageMove]:
    """The moves of a record that tell how it came to its stage: into review and into the public, the newest first."""
    moves = StageMove.objects.filter(kind=kind_of(record), record=record.pk).select_related("by")
    return list(moves.order_by("-at", "-pk"))


def kind_of(record: Any) -> str:
    return str(record._meta.model_name)


def _locked(records: Iterable[Any]) -> list[Any]:
    """The records as they stand, which nobody else writes until the transaction ends."""
    given = list(records)
    if not given:
        return []
    rows = type(given[0])._default_manager.select_for_update(no_key=True).order_by("pk")
    stored = {row.pk: row for row in rows.filter(pk__in=[record.pk for record in given])}
    return [stored[record.pk] for record in given if record.pk in stored]


def _missing(record: Any, before: str, to: str, user: Any) -> list[str]:
    own = f"{record._meta.app_label}.change_{record._meta.model_name}"
    return missing_of(user, [own if one == _CHANGE else one for one in _MOVES[before, to]])


def _without_source(records: Sequence[Any]) -> list[Hindrance]:
    """Clauses that would be public and name no source. Of positions and statements the database asks for one."""
    shown = Clause.objects.exclude(stage=Stage.WITHDRAWN).filter(proposal__in=_of(Proposal, records))
    clauses = shown | Clause.objects.filter(pk__in=[record.pk for record in _of(Clause, records)])
    bare = clauses.filter(citations__isnull=True).select_related("proposal").in_reading_order().distinct()
    return [Hindrance("no_source", f"{_name(clause)} has no source.") for clause in bare]


def _own_work(records: Sequence[Any], *, by: Any) -> list[Hindrance]:
    """Four eyes: whoever changed it since it was last public leaves it to another."""
    found = []
    for record in records:
        authors = _authors(record)
        if by.pk in authors:
            others = _names_of_others(authors)
            who = f"It takes another: {others}." if others else "It takes another, and there is nobody who may."
            reason = f"You changed {_name(record)} yourself since it was last public. {who}"
            found.append(Hindrance("four_eyes", reason))
    return found


def _authors(record: Any) -> set[int]:
    """Who changed the record or any part of it since it was last public; of a proposal, its clauses too."""
    authors = _changers(record, since=last_public(record))
    for clause in going_along([record], Stage.PUBLIC):
        # It may be older than the last time that the proposal was public, and was not public with it.
        authors |= _changers(clause, since=last_public(clause))
    return authors


def _changers(record: Any, *, since: datetime.datetime | None) -> set[int]:
    sets = changes_of(record, since=since, limit=_LOOKED_BACK)
    # To move a record on is not to change it.
    return {one.user_id for one in sets if one.user_id and any(item.field != "stage" for item in one.items)}


def _names_of_others(authors: set[int]) -> str:
    """Who may make records public and has no part in it."""
    backend = "django.contrib.auth.backends.ModelBackend"
    others = User.objects.with_perm(PUBLISH, backend=backend).exclude(pk__in=authors).order_by("username")
    names = [user.get_full_name() or user.get_username() for user in others[: _NAMED + 1]]
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _of(model: type[Any], records: Sequence[Any]) -> list[Any]:
    return [record for record in records if isinstance(record, model)]


def _name(record: Any) -> str:
    if isinstance(record, Clause):
        return f"{record.proposal.slug}/{record.key}"
    return str(record.slug)
