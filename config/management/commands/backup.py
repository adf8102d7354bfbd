"""Writes everything that is stored into one file, or checks such a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.backup import UnableToBackUp, UnableToRestore, read_backup, write_backup
from config.backup.manifest import Manifest


class Command(BaseCommand):
    help = (
        "Write the database into FILE: everything as it stood at one moment, with the digest of each part. "
        "Others go on working meanwhile. FILE is there whole or not at all, and only its owner can read it."
    )
    # They ask the database, which --verify does without.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="Take the place of an older FILE.")
        parser.add_argument("--verify", action="store_true", help="Write nothing: check FILE, without a database.")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if options["verify"]:
                with read_backup(path) as backup:
                    backup.check()
                    manifest = backup.manifest
                said = "is whole"
            else:
                manifest = write_backup(path, connection=connection, replace=options["replace"], tell=self._tell)
                said = "is written"
        except (UnableToBackUp, UnableToRestore) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{path} {said}: {_summary(manifest)}.")

    def _tell(self, line: str) -> None:
        self.stderr.write(line, ending="\n", style_func=str)


def _summary(manifest: Manifest) -> str:
    return (
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables, made {manifest.made_at} by release "
        f"{manifest.release} on PostgreSQL {manifest.postgresql}"
    )
