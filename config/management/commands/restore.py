"""Puts back what `backup` wrote."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.backup import UnableToRestore, read_backup, restore


class Command(BaseCommand):
    help = (
        "Put back what backup wrote, into an empty database of this release or a later one than the backup's. "
        "All of it, or nothing; then the migrations that came since are applied."
    )
    # They would look for tables that are not there yet.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="Lose everything that is in the database now.")
        parser.add_argument(
            "--no-migrate", action="store_true", help="Stop before the migrations that came after the backup."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with read_backup(options["file"]) as backup:
                restore(backup, connection=connection, replace=options["replace"], tell=self._tell)
                manifest = backup.manifest
        except UnableToRestore as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Restored {manifest.rows:,} rows of {len(manifest.tables)} tables as of {manifest.made_at}, "
            f"release {manifest.release}. Restart the web processes and workers."
        )
        if not options["no_migrate"]:
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout, stderr=self.stderr)
            self.stdout.write("All migrations are applied.")

    def _tell(self, line: str) -> None:
        self.stderr.write(line, ending="\n", style_func=str)
