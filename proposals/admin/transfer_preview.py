"""What an import would do, as the page tells it: record by record, field by field, in the notation of tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from proposals.exchange.cells import written
from proposals.exchange.format import KINDS
from proposals.exchange.importing import Report
from proposals.exchange.plan import Action, Change
from proposals.models import Stage

_SHOWN = 200
_LONGEST = 600
_HEADINGS = {
    Action.NEW: "New",
    Action.CHANGED: "Changed",
    Action.CONFLICT: "In conflict: left alone",
    Action.REMOVED: "Removed",
    Action.ABSENT: "Not in the file: left alone",
}


@dataclass(frozen=True)
class _Record:
    """A record of the preview; `fields` have a name, what it says now, and what it would say."""

    kind: str
    address: str
    reason: str
    stage: str
    fields: list[tuple[str, str, str]]


def preview(report: Report) -> dict[str, Any]:
    """The counts of all actions, and the records of each but those unchanged: the first 200, and how many follow."""
    groups = []
    for action, heading in _HEADINGS.items():
        changes = [change for change in report.changes if change.action is action]
        if changes:
            shown = [_record(change) for change in changes[:_SHOWN]]
            rest = len(changes) - len(shown)
            groups.append({"action": action.value, "heading": heading, "records": shown, "rest": rest})
    new = [change for change in report.changes if change.action is Action.NEW]
    return {
        "counts": [(action.value, report.count(action)) for action in Action],
        "groups": groups,
        "drafts": sum(getattr(change.instance, "stage", "") == Stage.DRAFT for change in new),
    }


def _record(change: Change) -> _Record:
    is_new = change.action is Action.NEW
    stage = Stage(change.instance.stage).label if is_new and hasattr(change.instance, "stage") else ""
    kind = KINDS[change.kind].model._meta.verbose_name
    return _Record(str(kind), change.address.replace(" ", " / "), change.reason, stage, list(_fields(change)))


def _fields(change: Change) -> Iterator[tuple[str, str, str]]:
    if change.entry is None:
        return
    data = change.entry.data
    known = {field.name: field for field in KINDS[change.kind].fields}
    for name in change.fields or (name for name in known if name in data):
        before, after = (_told(known.get(name), values.get(name)) for values in (change.before, data))
        yield name, before if change.fields else "", after


def _told(field: Any, value: Any) -> str:
    text = written(field, value) if field else "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"
