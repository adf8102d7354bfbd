"""System checks of the installation."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

_OLDEST = 18


@register(Tags.database)
def check_postgres_version(databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each database that is older than PostgreSQL 18, which the tests run on."""
    faults: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("show server_version_num")
            (number,) = cursor.fetchone()
        if int(number) // 10_000 < _OLDEST:
            faults.append(
                Error(
                    f"The database is PostgreSQL {int(number) // 10_000}.",
                    hint=f"Concordance needs PostgreSQL {_OLDEST} or newer.",
                    obj=alias,
                    id="concordance.E001",
                )
            )
    return faults
