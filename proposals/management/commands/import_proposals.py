"""Import files of the exchange format."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from proposals.exchange.faults import LISTED, UnableToImport
from proposals.exchange.importing import Report, import_proposals
from proposals.exchange.plan import Action
from proposals.rendering.characters import one_line


class Command(BaseCommand):
    help = (
        "Import files or folders of the exchange format (docs/data-format.md). Everything is checked before anything "
        "is written; records that were edited here since the last import are reported and left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A .yaml or .json file, or a folder of them.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")
        parser.add_argument("--overwrite", action="store_true", help="Let the files win over what was edited here.")
        parser.add_argument(
            "--prune", action="store_true", help="Remove records that an import once wrote and the files lack."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with pghistory.context(source="manage.py import_proposals"):
                report = import_proposals(
                    options["paths"],
                    dry_run=options["dry_run"],
                    overwrite=options["overwrite"],
                    prune=options["prune"],
                )
        except UnableToImport as refusal:
            for fault in refusal.faults[:LISTED]:
                self.stderr.write(one_line(str(fault)))
            raise CommandError(_summary_of_faults(len(refusal.faults))) from None
        except (OperationalError, InterfaceError) as broken:
            # All is one transaction; only whether its end was reached, nobody can say who heard no answer.
            raise CommandError(
                f"The database broke off: {str(broken).strip()} Either all of it was imported or nothing: import the "
                "same again, and what is there is left as it is."
            ) from broken
        self._tell(report, everything=options["dry_run"])

    def _tell(self, report: Report, *, everything: bool) -> None:
        shown = [change for change in report.changes if change.action is not Action.UNCHANGED]
        if not everything:
            shown = [change for change in shown if change.action is Action.CONFLICT]
        for change in shown:
            self.stdout.write(str(change))
        if not report.writes:
            self.stdout.write("Nothing to change.")
        for action in Action:
            counted = Counter(change.kind for change in report.changes if change.action is action)
            if counted:
                kinds = ", ".join(f"{count} {kind}" for kind, count in counted.items())
                self.stdout.write(f"{action.value}: {counted.total()} ({kinds})")
        if report.count(Action.ABSENT):
            self.stdout.write("Absent records were imported once and are not in these files; --prune removes them.")
        if report.count(Action.CONFLICT):
            self.stdout.write("Conflicts were left alone; --overwrite lets the files win.")


def _summary_of_faults(count: int) -> str:
    rest = f" The first {LISTED} are listed." if count > LISTED else ""
    return f"{count} fault{'s' if count != 1 else ''}; nothing was written.{rest}"
