"""What programs write waits for its like: imports, freezing the vocabulary, and writes through the API."""

from django.db import connection

# Any number that nothing else uses for advisory locks on the database.
_LOCK = 1_648_514


def wait_for_turn() -> None:
    """Returns once no other such work is under way; the turn ends with the transaction, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
