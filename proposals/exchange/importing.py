"""Import: everything is checked, then everything is written, in one transaction, or nothing is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path as FilePath
from typing import Any

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from access.roles import PUBLISH
from parties.tracking import Event
from parties.turns import wait_for_turn
from proposals.exchange.entries import Entry, validate
from proposals.exchange.faults import Fault, UnableToImport
from proposals.exchange.format import KINDS
from proposals.exchange.plan import Action, Change, Plan, plan
from proposals.exchange.reading import read_files, read_text
from proposals.exchange.references import unknown_references
from proposals.exchange.storing import StageOf, Writer, always_public
from proposals.models import Stage


@dataclass(frozen=True)
class Report:
    """What an import did, or would have done: one change for every record of the files and every absent one."""

    changes: tuple[Change, ...]
    done: bool = True

    def count(self, action: Action) -> int:
        return sum(change.action is action for change in self.changes)

    @property
    def writes(self) -> int:
        return sum(self.count(action) for action in (Action.NEW, Action.CHANGED, Action.REMOVED))

    @property
    def digest(self) -> str:
        """Of all that it does and leaves alone: the same import of a database that says the same has the same one."""
        told = [
            (
                *(change.kind, change.address, change.action.value, change.reason, change.before),
                change.entry.data if change.entry else None,
                getattr(change.instance, "stage", "") if change.action is Action.NEW else "",
            )
            for change in self.changes
        ]
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def import_proposals(
    paths: Iterable[str | FilePath],
    *,
    dry_run: bool = False,
    overwrite: bool = False,
    prune: bool = False,
    within: bool = False,
    tidy: bool = True,
) -> Report:
    """Import files and folders. Raises UnableToImport with every fault found; then nothing was written.

    `within` a larger import, what the files lack may be in others. Without `tidy` the caller settles at the end.
    """
    reading = read_files(paths)
    entries, faults = validate(reading.documents)
    return apply(
        entries,
        faults=[*reading.faults, *faults],
        complete=not any(document.lost for document in reading.documents),
        folders=reading.folders and not within,
        tidy=tidy,
        dry_run=dry_run,
        overwrite=overwrite,
        prune=prune,
    )


def import_text(
    text: str, *, by: AbstractUser, dry_run: bool = False, overwrite: bool = False, prune: bool = False
) -> Report:
    """Import one JSON document, and enter it in the history of each record. Raises UnableToImport.

    New records wait in review where the user may not make them public, or not their own, or where they lack a source.
    """
    document, faults = read_text("document.json", text)
    entries, found = validate([document])
    return import_entries(
        entries,
        by=by,
        where="through the API",
        faults=[*faults, *found],
        # The database cannot even be asked about some characters that a document may hold.
        complete=not (document.lost or faults),
        dry_run=dry_run,
        overwrite=overwrite,
        prune=prune,
        stage_of=partial(_stage, waits=settings.FOUR_EYES or not by.has_perm(PUBLISH)),
    )


def import_entries(entries: list[Entry], *, by: AbstractUser, where: str, **options: Any) -> Report:
    """What `apply` does, entered in the history of each record as the user's."""
    # Beside who asks, which a request has noted already.
    with pghistory.context(source="import"), transaction.atomic():
        report = apply(entries, **options)
        if report.done:
            _log(report, by=by, where=where)
    return report


def apply(
    entries: list[Entry],
    *,
    faults: Iterable[Fault] = (),
    complete: bool = True,
    folders: bool = False,
    dry_run: bool = False,
    overwrite: bool = False,
    prune: bool = False,
    stage_of: StageOf = always_public,
    seen: str = "",
    tidy: bool = True,
) -> Report:
    """Write records that `validate` or `sheet_entries` read.

    `faults` are those found so far: with any, or where `complete` says that a file could not be read, the rest is still
    checked as far as it goes, and nothing is written. `stage_of` says the stage of a new record. A dry
    run writes and takes it back, so that it tells the truth.
    With the digest of a report that was `seen`, nothing is written unless it would be just that; see `Report.done`.
    """
    found = list(faults)
    with transaction.atomic():
        wait_for_turn()
        planned = Plan()
        if complete:
            found.extend(unknown_references(entries))
            planned = plan(entries, folders=folders, overwrite=overwrite, prune=prune)
        writer = Writer(planned, stage_of=stage_of)
        found.extend(writer.write())
        if found:
            raise UnableToImport(found)
        writer.note()
        report = Report(tuple(planned.changes))
        moved = bool(seen) and report.digest != seen
        if dry_run or moved:
            transaction.set_rollback(True)
            report = replace(report, done=False)
    if report.writes and report.done and tidy:
        settle()
    return report


def _stage(entry: Entry, *, waits: bool) -> Stage:
    is_bare = entry.kind == "clause" and not entry.data.get("sources")
    return Stage.REVIEW if waits or is_bare else Stage.PUBLIC


def _log(report: Report, *, by: AbstractUser, where: str) -> None:
    told = {
        Action.NEW: (ADDITION, f"Added by an import {where}."),
        Action.CHANGED: (CHANGE, f"Changed by an import {where}."),
        Action.REMOVED: (DELETION, f"Removed by an import {where}."),
    }
    for action, (flag, message) in told.items():
        for kind in KINDS:
            records = [one.instance for one in report.changes if one.action is action and one.kind == kind]
            LogEntry.objects.log_actions(by.pk, records, flag, message)


# PostgreSQL collects what is new for an index of words in a list, which each search reads whole until it is full. The
# planner knows how long it is, and would rather read every clause: after an import of thousands, searches took 40 times
# as long.
_TIDY = """
    SELECT gin_clean_pending_list(i.oid)
    FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid JOIN pg_am a ON a.oid = i.relam
    WHERE a.amname = 'gin' AND x.indrelid = 'proposals_clause'::regclass AND pg_has_role(i.relowner, 'USAGE')
"""


def settle() -> None:
    """Tidies the indexes of clauses, and tells the planner what is there now: on statistics of empty tables one
    reading can take minutes."""
    models = [model for label in ("parties", "proposals") for model in apps.get_app_config(label).get_models()]
    models = [model for model in models if not issubclass(model, Event)]
    with connection.cursor() as cursor:
        cursor.execute(_TIDY)
        cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(model._meta.db_table) for model in models)}")
