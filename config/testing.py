"""The pytest plugin that gives a test run its environment and its database, before Django is set up.

Runs may go on side by side: each takes the first free name of test database, and holds it through an advisory lock of
the server, which is freed when the run ends, however it ends.
"""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest

from config.entry import prepare
from config.environment import SWITCH

_NAME_VARIABLE = "CONCORDANCE_TEST_DATABASE"
# Any number that nobody else uses for advisory locks on the server.
_LOCKS = 1_648_512
_held: list[psycopg.Connection] = []


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    os.environ.setdefault(SWITCH, "development")
    # A worker of pytest-xdist inherits the name from the run that it belongs to.
    if _NAME_VARIABLE not in os.environ:
        prepare()
    from config.settings import DATABASES

    database = DATABASES["default"]
    if _NAME_VARIABLE not in os.environ:
        os.environ[_NAME_VARIABLE] = take_name(database)
    database["TEST"] = {"NAME": os.environ[_NAME_VARIABLE]}
    return (yield)


def pytest_unconfigure() -> None:
    while _held:
        _held.pop().close()


def take_name(database: dict[str, Any]) -> str:
    """The first name of a test database that nobody uses; it stays taken until this process ends."""
    try:
        connection = psycopg.connect(os.environ.get("DATABASE_URL") or _conninfo(database), autocommit=True)
    except psycopg.OperationalError as error:
        raise pytest.UsageError(f"The database for the tests does not answer: {error}") from error
    _held.append(connection)
    for number in count(1):
        row = connection.execute("select pg_try_advisory_lock(%s, %s)", [_LOCKS, number]).fetchone()
        if row == (True,):
            break
    return f"test_{database['NAME']}_{number}"


def _conninfo(database: dict[str, Any]) -> str:
    return psycopg.conninfo.make_conninfo(
        host=database["HOST"], port=database["PORT"], user=database["USER"], dbname=database["NAME"]
    )
