"""A connection that is given up when the server says nothing for too long, whatever lies in between."""

from typing import Any, ClassVar

import psycopg
from psycopg.errors import _WaitTimeout

# Seconds to wait for a connection while it is known that there is none.
BRIEFLY = 0.25


class PatientConnection(psycopg.Connection[Any]):
    """Waits a bounded time for the answer to each statement.

    The system's own bounds speak of packets that nobody acknowledges. A proxy in between, or a server that is stopped,
    acknowledges them and stays silent.
    """

    patience: ClassVar[float] = 8

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except _WaitTimeout:
            # Its state is unknown, so nobody may use it again.
            self.pgconn.finish()
            # Nor is it likely that another one is to be had soon.
            if self._pool is not None:
                self._pool.timeout = BRIEFLY
            raise psycopg.OperationalError(f"the server said nothing for {self.patience:g} seconds") from None
