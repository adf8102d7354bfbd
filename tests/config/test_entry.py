"""What a command says of a database that is not there, or not yet migrated."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection

from config.entry import run

_ROOT = Path(__file__).resolve().parents[2]
_COMPARE = ["manage.py", "compare", "istanbul-communique-2022", "us-28-point-2025-11"]


@pytest.fixture
def unmigrated(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE proposals_proposal RENAME TO proposals_of_a_later_version")


@pytest.mark.usefixtures("unmigrated")
def test_a_command_names_the_migration_that_comes_first() -> None:
    with pytest.raises(SystemExit) as ended:
        run(_COMPARE)

    said = str(ended.value)
    assert "python manage.py migrate" in said
    assert 'relation "proposals_proposal" does not exist' in said


@pytest.mark.usefixtures("unmigrated")
def test_the_traceback_is_there_for_those_who_ask() -> None:
    with pytest.raises(ProgrammingError):
        run([*_COMPARE, "--traceback"])


def test_a_command_without_a_database_ends_with_a_sentence_that_holds_no_password() -> None:
    environment = {**os.environ, "DATABASE_URL": "postgresql://council:secret@127.0.0.1:1/concordance"}

    process = subprocess.run(
        [sys.executable, *_COMPARE], cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=60
    )

    assert process.returncode == 1
    assert process.stderr.startswith("The database does not answer: connection failed")
    assert "Traceback" not in process.stderr
    assert "secret" not in process.stderr
