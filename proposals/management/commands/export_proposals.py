"""Export the public records in the exchange format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.exchange.exporting import UnknownProposal, export_proposals


class Command(BaseCommand):
    help = "Write the public records into a folder, in the exchange format that import_proposals reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="TARGET_FOLDER", help="Made where it does not exist.")
        parser.add_argument(
            "--proposal", action="append", default=[], metavar="SLUG", help="Only this proposal; may be repeated."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        try:
            written = export_proposals(folder, slugs=options["proposal"])
        except UnknownProposal as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}") from None
        self.stdout.write(f"{len(written)} files in {folder}.")
        others = [] if options["proposal"] else _others(folder, written)
        if others:
            self.stdout.write("Not written by this export, and left alone: " + ", ".join(others))


def _others(folder: Path, written: list[str]) -> list[str]:
    found = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.yaml"))
    return [name for name in found if name not in written]
