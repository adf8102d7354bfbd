"""The data set of fixtures/, as `make run` loads it, for tests on real data: ask for `shipped`.

The first test of a run imports it and freezes the vocabulary, which takes seconds; each later one gets a copy of the
rows within its own transaction, which takes a tenth of one. No other test sees them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from parties.tracking import Event

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


@pytest.fixture(scope="session")
def _shipped_rows() -> dict[str, bytes]:
    """The rows of each table once they are imported, as COPY writes them."""
    return {}


@pytest.fixture
def shipped(db: None, _shipped_rows: dict[str, bytes]) -> None:
    """All of fixtures/ in the database, with the vocabulary frozen from it."""
    if not _shipped_rows:
        call_command("import_proposals", FIXTURES, verbosity=0)
        call_command("freeze_vocabulary", verbosity=0)
        _shipped_rows.update(_saved())
    else:
        _load(_shipped_rows)
    with connection.cursor() as cursor:
        # A vacuum between tests notes that the tables are empty; plans made for that take minutes on these rows.
        cursor.execute(f"ANALYZE {', '.join(table.split(' ')[0] for table in _shipped_rows)}")


def _saved() -> dict[str, bytes]:
    rows = {}
    for table in _tables():
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
            rows[table] = b"".join(bytes(data) for data in copy)
    return rows


def _load(rows: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        # The rows carry their versions; the triggers would count the copying as changes.
        for table in rows:
            cursor.execute(f"ALTER TABLE {table.split(' ')[0]} DISABLE TRIGGER USER")
        for table, content in rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
        # PostgreSQL alters no table whose foreign keys are still to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in rows:
            cursor.execute(f"ALTER TABLE {table.split(' ')[0]} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _tables() -> Iterator[str]:
    """Each table of the project with its columns, those apart that the database computes."""
    for label in ("parties", "proposals"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            # Their history is left behind: hardly a test asks for it.
            if model._meta.proxy or issubclass(model, Event):
                continue
            stored = [c for c in model._meta.local_concrete_fields if not isinstance(c, models.GeneratedField)]
            columns = ", ".join(connection.ops.quote_name(column.column) for column in stored)
            yield f"{model._meta.db_table} ({columns})"
