"""What writes many records at once waits for its like: imports, and freezing the vocabulary."""

from django.db import connection

# Any number that nothing else uses for advisory locks on the database.
_LOCK = 1_648_514


def wait_for_turn(*, beside_others: bool = False) -> None:
    """Returns once no other such work is under way; the turn ends with the transaction, however it ends.

    Those who write one record go `beside_others` of their kind, and wait for the ones that write many alone.
    """
    function = "pg_advisory_xact_lock_shared" if beside_others else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])
