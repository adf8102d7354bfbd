"""Whoever writes records waits for its like: imports, freezing the vocabulary, the API, and pages of the admin.

One lock, taken before anything is read that a decision rests on, and before any row is locked: two who write never wait
for each other crosswise, so there are no deadlocks among them, and what was compared still stands when it is written.
"""

from django.db import connection
from django.db.models import Model

# Any number that nothing else uses for advisory locks on the database.
_LOCK = 1_648_514


def wait_for_turn() -> None:
    """Returns once no other such work is under way; the turn ends with the transaction, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def wait_for_record(model: type[Model], pk: int) -> bool:
    """Whether the record is still there, once nobody else is writing it; nobody does until the transaction ends."""
    wait_for_turn()
    return model._default_manager.select_for_update(no_key=True).filter(pk=pk).first() is not None
