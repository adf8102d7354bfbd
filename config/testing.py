"""The pytest plugin that gives a test run its environment and its database, before Django is set up.

Runs may go on side by side: each takes the first free name of test database, and holds it through an advisory lock of
the server, which is freed when the run ends, however it ends. The migrations run once for all of them, into a template
that stays on the server as long as the code that they come from; each process of a run gets a copy.
"""

import hashlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from config.entry import prepare
from config.environment import SWITCH

_NAME_VARIABLE = "CONCORDANCE_TEST_DATABASE"
# Any number that nobody else uses for advisory locks on the server.
_LOCKS = 1_648_512
_MAKING_A_TEMPLATE = 0
_TEMPLATES = "concordance_migrated_"
_ROOT = Path(__file__).resolve().parent.parent
# What the tables and the rows of a new database come from, beside the packages that are locked.
_MIGRATED_FROM = ("access", "parties", "proposals/models", "proposals/migrations")
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


def made_template(database: dict[str, Any]) -> str:
    """The name of a database with all migrations applied, made if there is none of today's code."""
    name = f"{_TEMPLATES}{_code_digest()}"
    with _connected(database) as server:
        # Whoever comes second waits until it is there.
        server.execute("select pg_advisory_lock(%s, %s)", [_LOCKS, _MAKING_A_TEMPLATE])
        names = {row[0] for row in server.execute("select datname from pg_database")}
        if name not in names:
            for old in sorted(one for one in names if one.startswith(_TEMPLATES)):
                server.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
            _migrate_into(f"{name}_unfinished", server=server)
            server.execute(
                sql.SQL("alter database {} rename to {}").format(
                    sql.Identifier(f"{name}_unfinished"), sql.Identifier(name)
                )
            )
    return name


def _code_digest() -> str:
    files = [path for part in _MIGRATED_FROM for path in (_ROOT / part).rglob("*.py")]
    digest = hashlib.sha256()
    for path in sorted([*files, *_ROOT.glob("requirements*.lock")]):
        digest.update(f"{path.relative_to(_ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _migrate_into(name: str, *, server: psycopg.Connection) -> None:
    from django.core.management import call_command
    from django.db import connection

    server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    connection.close()
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def take_name(database: dict[str, Any]) -> str:
    """The first name of a test database that nobody uses; it stays taken until this process ends."""
    connection = _connected(database)
    _held.append(connection)
    for number in count(1):
        row = connection.execute("select pg_try_advisory_lock(%s, %s)", [_LOCKS, number]).fetchone()
        if row == (True,):
            break
    return f"test_{database['NAME']}_{number}"


def _connected(database: dict[str, Any]) -> psycopg.Connection:
    """A connection to the server, outside of the test databases."""
    try:
        return psycopg.connect(os.environ.get("DATABASE_URL") or _conninfo(database), autocommit=True)
    except psycopg.OperationalError as error:
        raise pytest.UsageError(f"The database for the tests does not answer: {error}") from error


def _conninfo(database: dict[str, Any]) -> str:
    return psycopg.conninfo.make_conninfo(
        host=database["HOST"], port=database["PORT"], user=database["USER"], dbname=database["NAME"]
    )
