"""Align all pairs of the public proposals, or of some of them, by jobs on the queue."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from proposals.comparison import unknown_slugs
from proposals.jobs import AlreadyRunning, Asked, NotActive, cancel_run, progress_of, start_run
from proposals.models import AlignmentRun, Process


class Command(BaseCommand):
    help = (
        "Start an alignment of all pairs of the public proposals. Workers do it (`manage.py work`); pairs that are "
        "aligned already are left as they are, unless something that they were made from has changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("proposals", nargs="*", help="Only these (slugs), with each other.")
        parser.add_argument("--process", help="Only the proposals of this process (slug).")
        parser.add_argument("--wait", action="store_true", help="Stay, and show how far it is.")
        parser.add_argument("--cancel", action="store_true", help="Cancel the one that is under way instead.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["cancel"]:
            self._cancel()
            return
        try:
            run = start_run(self._asked(options["process"], options["proposals"]))
        except AlreadyRunning as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Alignment {run.pk} is queued.")
        if options["wait"]:
            self._wait(run)

    def _asked(self, process: str | None, proposals: list[str]) -> Asked:
        if process and proposals:
            raise CommandError("Name a process or proposals, not both.")
        found = Process.objects.filter(slug=process).first() if process else None
        if process and found is None:
            raise CommandError(f"There is no process {process}.")
        if len(set(proposals)) == 1:
            raise CommandError("Name two proposals at least.")
        if faults := unknown_slugs(list(enumerate(proposals)), user=None):
            raise CommandError("\n".join(fault.detail for fault in faults))
        return Asked(process=found, proposals=proposals)

    def _cancel(self) -> None:
        run = AlignmentRun.objects.filter(active=True).first()
        if run is None:
            raise CommandError("No alignment is under way.")
        try:
            cancel_run(run)
        except NotActive:
            raise CommandError("It ended a moment ago.") from None
        self.stdout.write(f"Alignment {run.pk} is cancelled; what was aligned stays.")

    def _wait(self, run: AlignmentRun) -> None:
        shown = ""
        while run.state in AlignmentRun.ACTIVE:
            time.sleep(0.5)
            try:
                run.refresh_from_db()
            except OperationalError:
                continue  # the workers wait for the database, and so does this
            line = f"{run.get_state_display()}: {progress_of(run):.0%} of {run.pairs_total:,} pairs"
            if line != shown:
                self.stdout.write(line)
                shown = line
        self.stdout.write(
            f"{run.get_state_display()}: {run.pairs_done:,} pairs aligned, {run.pairs_fresh:,} were fresh, "
            f"{run.pairs_failed:,} failed, {run.pairs_left_out:,} left out as too large."
        )
        if run.state == AlignmentRun.State.FAILED:
            raise CommandError(run.error or "Some jobs failed; the admin tells why, and a new alignment takes them up.")
