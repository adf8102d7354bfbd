"""What comes before Django in every entry: settings that can be read, and in development a running database."""

import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from config.environment import UnableToStart

# What PostgreSQL calls a table and a column that are not there.
_NOT_THERE = {"42P01", "42703"}


def prepare() -> None:
    """Ends the process with a plain sentence where the service cannot start."""
    try:
        from config import settings
    except UnableToStart as fault:
        sys.exit(str(fault))
    if settings.EMBEDDED_POSTGRES is None:
        return
    from config.postgres import UnableToStartPostgres, start

    try:
        start(settings.EMBEDDED_POSTGRES)
    except UnableToStartPostgres as fault:
        sys.exit(str(fault))


def run(arguments: list[str]) -> None:
    """One of Django's commands; a sentence instead of a traceback where it meets no database, or one not yet migrated.

    `--traceback` has the traceback all the same.
    """
    try:
        execute_from_command_line(arguments)
    except (OperationalError, ProgrammingError) as error:
        sentence = _sentence(error)
        if sentence is None or "--traceback" in arguments:
            raise
        sys.exit(sentence)


def _sentence(error: OperationalError | ProgrammingError) -> str | None:
    state = getattr(error.__cause__, "sqlstate", None)
    if state in _NOT_THERE:
        return (
            f"The database is not as this version needs it; run first: python manage.py migrate\n({_first_line(error)})"
        )
    if isinstance(error, OperationalError) and state is None:
        return f"The database does not answer: {_first_line(error)}"
    return None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
