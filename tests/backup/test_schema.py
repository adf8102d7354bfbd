"""The tables of a backup's release, made within one transaction."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import NotSupportedError, connection, models, transaction
from django.db.migrations.state import ModelState, ProjectState

from config.backup.schema import plain_indexes
from scripts import told

pytestmark = pytest.mark.django_db

NAME = "harbours_harbour_name"


def test_an_index_that_refuses_a_transaction_is_made_in_one_all_the_same(scratch):
    before = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
    before.add_model(ModelState("harbours", "Harbour", fields))
    add = AddIndexConcurrently("Harbour", models.Index(fields=["name"], name=NAME))
    after = before.clone()
    add.state_forwards("harbours", after)

    def indexes():
        with connection.cursor() as cursor:
            return connection.introspection.get_constraints(cursor, "harbours_harbour").keys()

    with transaction.atomic():
        with connection.schema_editor() as editor:
            editor.create_model(before.apps.get_model("harbours", "Harbour"))
            with plain_indexes():
                add.database_forwards("harbours", editor, before, after)
        assert NAME in indexes()
        with connection.schema_editor() as editor, plain_indexes():
            RemoveIndexConcurrently("Harbour", NAME).database_forwards("harbours", editor, after, before)
        assert NAME not in indexes()
        with connection.schema_editor() as editor, pytest.raises(NotSupportedError):
            add.database_forwards("harbours", editor, before, after)
        transaction.set_rollback(True)
    assert "harbours_harbour" not in told.rows()
