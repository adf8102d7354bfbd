"""Shown, stored and sent, compared: what is saved as sent, what stays as stored, and what somebody must decide."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parties.meanwhile.opened import ORDER, RECORD, Opened, Pending, Row, Sent
from parties.meanwhile.posted import Posted

# Stands for a row's tick that removes it, among the names of fields.
REMOVAL = "DELETE"


@dataclass(frozen=True)
class Difference:
    """A field that somebody changed: the sender, if it is `mine`, or others, or `both`."""

    field: str
    # None where it is not known what the page showed.
    shown: list[str] | None
    stored: list[str]
    sent: list[str]
    mine: bool = True
    both: bool = False


@dataclass(frozen=True)
class Clash:
    """A row that others changed and the sender, too; `gone` says that others deleted it."""

    key: str
    differences: tuple[Difference, ...]
    gone: bool = False
    removing: bool = False

    @property
    def pending(self) -> list[Pending]:
        """The choices that it asks for."""
        if self.gone:
            return [Pending(self.key, "", typed={one.field: one.sent for one in self.differences})]
        asked = [Pending(self.key, one.field, one.shown) for one in self.differences if one.both]
        return [*asked, Pending(self.key, REMOVAL)] if self.removing else asked


@dataclass(frozen=True)
class Change:
    """What others did to a row: the fields of it that the page shows, or that it is there, or gone."""

    key: str
    fields: tuple[str, ...] = ()
    gone: bool = False
    new: bool = False


@dataclass(frozen=True)
class Outcome:
    clashes: tuple[Clash, ...]
    changes: tuple[Change, ...]

    @property
    def pending(self) -> list[Pending]:
        return [one for clash in self.clashes for one in clash.pending]


def settle(*, opened: Opened | None, present: Opened, posted: Posted) -> Outcome:
    """Brings what was sent up to what is stored now, and tells what others changed and what is to be decided.

    Where nothing clashes, saving what is sent then loses nothing. Without `opened` it is not known what the page
    showed, so every difference is for the sender to decide.
    """
    before = opened.rows if opened else {}
    open_choices, left_gone = _decided(opened, posted)
    clashes = [*left_gone]
    for key in [RECORD, *posted.rows]:
        was, now = before.get(key), present.rows.get(key)
        if now is None:
            clashes += _of_gone(key, was, posted)
        else:
            clashes += _of_row(key, was, now, posted, open_choices)
    changes = _changes(opened, present)
    for change in changes:
        if change.new:
            posted.put_in(change.key, present.rows[change.key].fields)
    return Outcome(tuple(clashes), tuple(changes))


def _decided(opened: Opened | None, posted: Posted) -> tuple[dict[tuple[str, str], Pending], list[Clash]]:
    """Applies the choices made; answers with those not made: about fields, and about rows that are gone."""
    fields: dict[tuple[str, str], Pending] = {}
    gone = []
    for one in opened.pending if opened else ():
        choice = posted.choice(one.name)
        if not one.field:
            if choice == "mine":
                posted.add_again(one.key, one.typed)
            elif not choice:
                typed = [Difference(name, None, [], values) for name, values in one.typed.items()]
                gone.append(Clash(one.key, tuple(typed), gone=True))
        elif one.key == RECORD or one.key in posted.rows:
            if not choice:
                fields[one.key, one.field] = one
            elif choice == "theirs" and one.field == REMOVAL:
                posted.keep(one.key)
            elif choice == "theirs" and opened:
                posted.put(one.key, one.field, opened.rows[one.key].fields[one.field])
    return fields, gone


def _of_gone(key: str, was: Row | None, posted: Posted) -> list[Clash]:
    names = list(was.fields if was else posted.rows[key])
    sent = posted.sent(key, names)
    removed = posted.removes(key)
    posted.take_out(key)
    if removed or (was and not _changed(sent, was.fields) - {ORDER}):
        return []
    found = [Difference(name, was.fields[name] if was else None, [], sent[name]) for name in names]
    return [Clash(key, tuple(found), gone=True)]


def _of_row(
    key: str, was: Row | None, now: Row, posted: Posted, open_choices: dict[tuple[str, str], Pending]
) -> list[Clash]:
    sent = posted.sent(key, list(now.fields))
    mine = _changed(sent, was.fields if was else now.fields)
    theirs = _changed(now.fields, was.fields) if was else set()
    found = []
    for name, stored in now.fields.items():
        pending = open_choices.get((key, name))
        shown = pending.shown if pending else was.fields.get(name) if was else None
        differs = sent[name] != stored
        both = differs and (pending is not None or was is None or (name in mine and name in theirs))
        if name not in mine and (name in theirs or (was and name not in was.fields)):
            posted.put(key, name, stored)
        if name in theirs or (name in mine and differs) or both:
            own = both or name in mine
            found.append(Difference(name, shown, stored, sent[name] if own else stored, own, both))
    moved = was is None or was.state != now.state or bool(theirs - {ORDER})
    removes = posted.removes(key)
    if removes:
        if moved or was.version != now.version or (key, REMOVAL) in open_choices:  # type: ignore[union-attr]
            return [Clash(key, tuple(replace(one, both=False) for one in found), removing=True)]
        return []
    if any(one.both for one in found) or (
        moved and was and any(sent[name] != now.fields[name] for name in mine - {ORDER})
    ):
        return [Clash(key, tuple(found))]
    return []


def _changes(opened: Opened | None, present: Opened) -> list[Change]:
    if opened is None:
        return []
    found = []
    for key, was in opened.rows.items():
        now = present.rows.get(key)
        if now is None:
            found.append(Change(key, gone=True))
        else:
            fields = tuple(name for name in now.fields if name in _changed(now.fields, was.fields))
            parts = key != RECORD and was.version != now.version
            if fields or was.state != now.state or parts:
                found.append(Change(key, fields))
    return found + [Change(key, new=True) for key in present.rows if key not in opened.rows]


def _changed(to: Sent, since: Sent) -> set[str]:
    return {name for name, values in to.items() if name in since and values != since[name]}
