"""Import files of the exchange format."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from proposals.exchange.batches import import_in_batches
from proposals.exchange.faults import LISTED, UnableToImport
from proposals.exchange.importing import Report, import_proposals
from proposals.exchange.plan import Action
from proposals.management.progress import Progress
from proposals.rendering.characters import one_line


class Command(BaseCommand):
    help = (
        "Import files or folders of the exchange format (docs/data-format.md). Everything is checked before anything "
        "is written; records that were edited here since the last import are reported and left alone. With "
        "--batch-size this holds of each batch: for corpora, and for going on where an import was ended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A .yaml or .json file, or a folder of them.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")
        parser.add_argument("--overwrite", action="store_true", help="Let the files win over what was edited here.")
        parser.add_argument(
            "--prune", action="store_true", help="Remove records that an import once wrote and the files lack."
        )

        parser.add_argument(
            "--batch-size",
            type=_some,
            metavar="RECORDS",
            help="Import about so many records at a time, 2000 for instance. Each batch is written whole or not at "
            "all, and what was written stays; the same command goes on where an earlier one was ended.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["batch_size"] and (options["dry_run"] or options["prune"]):
            raise CommandError("--dry-run and --prune look at all files at once; they do not go with --batch-size.")
        written = "nothing was written"
        try:
            with pghistory.context(source="manage.py import_proposals"):
                if options["batch_size"]:
                    written = "nothing of this batch was written; earlier ones were, and are passed over next time"
                    self._in_batches(options)
                    return
                report = import_proposals(
                    options["paths"],
                    dry_run=options["dry_run"],
                    overwrite=options["overwrite"],
                    prune=options["prune"],
                )
        except UnableToImport as refusal:
            for fault in refusal.faults[:LISTED]:
                self.stderr.write(one_line(str(fault)))
            raise CommandError(_summary_of_faults(len(refusal.faults), written)) from None
        except (OperationalError, InterfaceError) as broken:
            # Each batch is one transaction; only whether its end was reached, nobody can say who heard no answer.
            raise CommandError(
                f"The database broke off: {str(broken).strip()} Either all of it was imported or nothing: import the "
                "same again, and what is there is left as it is."
            ) from broken
        self._tell(report, everything=options["dry_run"])

    def _in_batches(self, options: dict[str, Any]) -> None:
        progress = Progress(self.stderr, what="records")  # type: ignore[arg-type]
        try:
            total = import_in_batches(
                options["paths"],
                records=options["batch_size"],
                overwrite=options["overwrite"],
                tell=lambda so_far: progress.tell(so_far.done, so_far.records),
            )
        finally:
            progress.end()
        for change in total.conflicts:
            self.stdout.write(str(change))
        if total.passed:
            self.stdout.write(f"passed over, as imported before: {total.passed}")
        self._sum_up({action: total.of(action) for action in Action})

    def _tell(self, report: Report, *, everything: bool) -> None:
        shown = [change for change in report.changes if change.action is not Action.UNCHANGED]
        if not everything:
            shown = [change for change in shown if change.action is Action.CONFLICT]
        for change in shown:
            self.stdout.write(str(change))
        if not report.writes:
            self.stdout.write("Nothing to change.")
        self._sum_up(
            {action: Counter(change.kind for change in report.changes if change.action is action) for action in Action}
        )

    def _sum_up(self, counts: dict[Action, Counter[str]]) -> None:
        for action, counted in counts.items():
            if counted:
                kinds = ", ".join(f"{count} {kind}" for kind, count in counted.items())
                self.stdout.write(f"{action.value}: {counted.total()} ({kinds})")
        if counts[Action.ABSENT]:
            self.stdout.write("Absent records were imported once and are not in these files; --prune removes them.")
        if counts[Action.CONFLICT]:
            self.stdout.write("Conflicts were left alone; --overwrite lets the files win.")


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _summary_of_faults(count: int, written: str) -> str:
    rest = f" The first {LISTED} are listed." if count > LISTED else ""
    return f"{count} fault{'s' if count != 1 else ''}; {written}.{rest}"
