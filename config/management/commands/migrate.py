"""Django's `migrate`, which rather gives up than keeps everybody waiting."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

_SECONDS = 5


class Command(migrate.Command):
    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]
        parser.add_argument(
            "--lock-timeout",
            type=int,
            default=_SECONDS,
            metavar="SECONDS",
            help=f"How long a statement waits for others, who wait behind it meanwhile; {_SECONDS} unless said.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        seconds: int = options["lock_timeout"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds}s"])
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            raise CommandError(
                f"A migration waited {seconds} s for a table that others use, and gave up so that they need not wait "
                "for it. What it did is undone; migrations before it are applied. Run migrate again, or end what is "
                "running for long."
            ) from error
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
