"""Databases of a test's own: `scratch` has the tables and nothing in them, `bare` has nothing at all."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from pytest_django import DjangoDbBlocker

RELEASED = Path(__file__).parent / "released"
_PARAMETERS = ("user", "password", "host", "port")


def silent(line: str) -> None:
    """Progress that nobody reads."""


def server(name: str = "postgres") -> psycopg.Connection:
    """A connection of one's own to a database of the test server."""
    settings = {key: value for key, value in connection.get_connection_params().items() if key in _PARAMETERS}
    return psycopg.connect(**settings, dbname=name, autocommit=True)


def _forget() -> None:
    connection.close()
    ContentType.objects.clear_cache()
    for cache in caches.all():
        cache.clear()


@contextmanager
def _database(name: str, template: str) -> Iterator[None]:
    """Makes a database, in the place of the tests' own while it lasts."""
    own = connection.settings_dict["NAME"]
    connection.close()
    with server() as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.settings_dict["NAME"] = name
    _forget()
    try:
        yield
    finally:
        _forget()
        connection.settings_dict["NAME"] = own
        with server() as postgres:
            postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest-django's: no transaction around a test, and nothing to empty after it.

    The mark `django_db` is still what makes the database of the tests, from which `scratch` is copied.
    """
    with django_db_blocker.unblock():
        yield


# Names the database to copy, without which it has our tables.
Renew = Callable[..., str]


@pytest.fixture
def scratch(db: None) -> Iterator[Renew]:
    """Migrated and empty. Called, it is destroyed and made anew in the same place; the answer is its name."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_scratch"
    assert name.startswith("test_")
    with ExitStack() as made:
        made.enter_context(_database(name, own))

        def renew(template: str = own) -> str:
            made.close()
            made.enter_context(_database(name, template))
            return name

        yield renew


@pytest.fixture
def bare(db: None) -> Iterator[str]:
    """As `createdb` leaves it."""
    name = f"{connection.settings_dict['NAME']}_bare"
    assert name.startswith("test_")
    with _database(name, "template0"):
        yield name
