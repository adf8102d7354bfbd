"""The backend itself: Django imports a module of this name."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg_pool import PoolTimeout

from config.web_database.connection import BRIEFLY

# Seconds to wait for a connection: as long as a restart of the server takes; briefly once that was in vain.
PATIENCE = 5


class DatabaseWrapper(base.DatabaseWrapper):
    """Refuses at once while the server is known to be away, so that threads are free for what needs no database.

    The pool goes on trying meanwhile, and the first connection that it gets ends this.
    """

    # Whether something of the present request can have been stored; `config/again.py` starts it anew.
    may_have_stored = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            connection = super().get_new_connection(conn_params)
        except PoolTimeout:
            self.pool.timeout = BRIEFLY
            raise
        if self.pool:
            self.pool.timeout = PATIENCE
        return connection

    def _commit(self) -> None:
        # Whoever hears no answer to this cannot know.
        self.may_have_stored = True
        super()._commit()  # type: ignore[misc]
