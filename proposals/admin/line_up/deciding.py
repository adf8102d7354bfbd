"""What an editor does to a pair of clauses, held to the rules of the model and to what the editor saw."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q

from parties.turns import wait_for_turn
from proposals.models import Clause, Decision

_RELATIONS = {relation.value: relation for relation in Decision.Relation}
# What can be done to a pair: a verdict, a relation (which says that it is the same matter), or what stands already.
ACTS = ("confirm", "reject", *_RELATIONS, "open", "again", "note", "take_back")
_UNDECIDED = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """What came of an act, in words for the editor."""

    said: str
    moves_on: bool


class SeenOtherwise(Exception):
    """The pair is no longer as the editor saw it: somebody decided on it, or changed one of its clauses.

    `decision` is what stands now, None where the pair is undecided; `changed` are the clauses that changed.
    """

    def __init__(self, decision: Decision | None, changed: list[Clause], *, is_decision_new: bool) -> None:
        super().__init__("The pair has changed since.")
        self.decision, self.changed, self.is_decision_new = decision, changed, is_decision_new


class UnableToDecide(Exception):
    """What was asked for makes no sense for the pair as it stands."""


def state_of_pair(left_version: int, right_version: int, decision: Decision | None) -> str:
    """What an editor sees of a pair, for a form to bring back: the versions of its clauses and the decision on it."""
    return f"{left_version}-{right_version}-{_digest(decision)}"


def decide(
    left: Clause,
    right: Clause,
    *,
    act: str,
    by: User,
    at: datetime.datetime,
    seen: str,
    note: str | None = None,
) -> Deed:
    """Does one of ACTS to a pair, whichever way round its decision is stored; `note` None leaves the note alone.

    `seen` is the `state_of_pair` that the editor looked at; "" is that of a pair without a decision, whatever its
    clauses were. Raises SeenOtherwise, UnableToDecide, PermissionDenied, or ValidationError from the model's rules.
    """
    try:
        with transaction.atomic():
            wait_for_turn()
            return _decide(left, right, act=act, by=by, at=at, seen=seen, note=note)
    except IntegrityError:
        # Whoever writes without taking turns decides as well.
        raise SeenOtherwise(_stored(left, right), [], is_decision_new=True) from None


def _decide(
    left: Clause, right: Clause, *, act: str, by: User, at: datetime.datetime, seen: str, note: str | None
) -> Deed:
    # Whoever decides on the same pair, or edits one of its clauses, waits here.
    locked = Clause.objects.select_for_update(no_key=True, of=("self",)).select_related("proposal")
    fresh = {clause.pk: clause for clause in locked.filter(pk__in=[left.pk, right.pk]).order_by("pk")}
    left, right = fresh[left.pk], fresh[right.pk]
    decision = _stored(left, right, lock=True)
    _check_seen(left, right, decision, seen)
    if act == "take_back":
        return _take_back(decision, by=by)
    if act == "note":
        return _write_note(decision, note or "", by=by)
    return _give_verdict(left, right, decision, act=act, by=by, at=at, note=note)


def _stored(left: Clause, right: Clause, *, lock: bool = False) -> Decision | None:
    decisions = Decision.objects.with_parts()
    if lock:
        decisions = decisions.select_for_update(of=("self",))
    return decisions.filter(Q(left=left, right=right) | Q(left=right, right=left)).first()


def _check_seen(left: Clause, right: Clause, decision: Decision | None, seen: str) -> None:
    if not seen:
        seen = state_of_pair(left.version, right.version, None)
    if seen == state_of_pair(left.version, right.version, decision):
        return
    left_version, right_version, digest = (*seen.split("-", 2), "", "")[:3]
    changed = [
        clause for clause, version in ((left, left_version), (right, right_version)) if version != str(clause.version)
    ]
    raise SeenOtherwise(decision, changed, is_decision_new=digest != _digest(decision))


def _give_verdict(
    left: Clause,
    right: Clause,
    decision: Decision | None,
    *,
    act: str,
    by: User,
    at: datetime.datetime,
    note: str | None,
) -> Deed:
    _check_right(by, "change" if decision else "add")
    if act == "again" and decision is None:
        raise UnableToDecide("Nobody has decided on this pair yet.")
    if Clause.Kind.PLACEHOLDER in (left.kind, right.kind):
        raise UnableToDecide("The content of a placeholder is not known, so nothing can be decided about it.")
    is_new = decision is None
    decision = decision or Decision(left=left, right=right)
    before = (decision.verdict, decision.relation, decision.note)
    _VERDICTS[act](decision)
    decision.note = decision.note if note is None else note.strip()
    if (decision.verdict, decision.relation, decision.note) == before and not decision.stale:
        return Deed(said=f"This is decided so already: {_in_words(decision)}.", moves_on=True)
    decision.author, decision.decided_by = by, (by.get_full_name() or by.get_username())[:150]
    decision.decided_at = at
    decision.judged_as_they_stand()
    decision.full_clean()
    decision.save()
    said = f"Decided: {_in_words(decision)}"
    _log(decision, ADDITION if is_new else CHANGE, f"{said}, when lining up.", by=by)
    return Deed(said=f"{said}.", moves_on=True)


def _same(relation: str) -> Callable[[Decision], None]:
    def assign(decision: Decision) -> None:
        decision.verdict, decision.relation = Decision.Verdict.SAME_MATTER, relation

    return assign


def _confirm(decision: Decision) -> None:
    # A relation that somebody set stays; a pair that was refused has none.
    decision.verdict = Decision.Verdict.SAME_MATTER


def _reject(decision: Decision) -> None:
    decision.verdict, decision.relation = Decision.Verdict.NOT_SAME_MATTER, ""


_VERDICTS: dict[str, Callable[[Decision], None]] = {
    "confirm": _confirm,
    "reject": _reject,
    "open": _same(""),
    "again": lambda decision: None,
    **{code: _same(relation) for code, relation in _RELATIONS.items()},
}


def _write_note(decision: Decision | None, note: str, *, by: User) -> Deed:
    if decision is None:
        raise UnableToDecide("A note belongs to a decision: decide, and what you wrote is kept with it.")
    _check_right(by, "change")
    # As on the decision's own page, a note confirms nothing: it may be stale as before.
    decision.note, decision.author = note.strip(), by
    decision.full_clean()
    decision.save()
    _log(decision, CHANGE, "Note written when lining up.", by=by)
    return Deed(said="The note is saved.", moves_on=False)


def _take_back(decision: Decision | None, *, by: User) -> Deed:
    if decision is None:
        raise UnableToDecide("Nobody has decided on this pair, so there is nothing to take back.")
    _check_right(by, "delete")
    _log(decision, DELETION, "Taken back when lining up.", by=by)
    decision.delete()
    return Deed(said="The decision is taken back.", moves_on=False)


def _check_right(by: User, what: str) -> None:
    if not by.has_perm(f"proposals.{what}_decision"):
        raise PermissionDenied(f"You may not {what} decisions.")


def _digest(decision: Decision | None) -> str:
    if decision is None:
        return _UNDECIDED
    told = (decision.pk, decision.verdict, decision.relation, decision.note, decision.decided_by)
    versions = tuple(sorted(((decision.left_id, decision.left_version), (decision.right_id, decision.right_version))))
    return hashlib.sha256(repr((*told, decision.decided_at, versions)).encode()).hexdigest()[:16]


def _in_words(decision: Decision) -> str:
    relation = f", {decision.get_relation_display()}" if decision.relation else ""
    return f"{decision.get_verdict_display()}{relation}"


def _log(decision: Decision, flag: int, message: str, *, by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [decision], flag, message)
