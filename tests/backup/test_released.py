"""Each release left a small backup; what it told then is told still, once this release has restored it.

How a release adds its own is in docs/decisions/backup.md.
"""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from parties.changes import Change
from scripts import told
from tests.backup.conftest import RELEASED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("file", sorted(RELEASED.glob("*.backup")), ids=lambda file: file.stem)
def test_a_released_database_becomes_one_of_this_release(bare, file, capsys):
    before = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert file.stat().st_size < 300_000

    call_command("restore", file)

    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert told.exported() == before["exported"]
    records = json.loads(json.dumps(told.records()))
    # Later releases may grant more; they take nothing away.
    roles, then = records.pop("roles"), before["records"].pop("roles")
    assert all(set(then[name]) <= set(roles[name]) for name in then)
    assert records == before["records"]
    listed = told.changes()
    assert len(listed) == Change.objects.filter(public_number__isnull=False).exclude(kind="decision").count()
    assert (
        Client().get("/api/v1/comparisons/?proposals=istanbul-draft-2022-03-17,istanbul-draft-2022-04-15").status_code
        == 200
    )
