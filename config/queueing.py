"""gunicorn's worker with threads, in which a request knows how long it waited for its thread. It loads no Django."""

import select
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

# Seconds that a request may wait, and for how long all may wait longer before it is no passing jam; that one may wait
# from then on, until for as long nobody waited longer.
_LONGEST, _PASSING, _SHORT = 1.0, 2.0, 0.25
# Seconds from which on a request did not just pass from hand to hand: no thread was free.
_WAITED = 0.01
_waited = threading.local()


class Worker(ThreadWorker):
    def get_thread_pool(self) -> ThreadPoolExecutor:
        return Threads(max_workers=self.cfg.threads)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Keeps no connection whose request had to wait: the next one then goes to whichever worker is free.

        A connection in use stays with its worker, so that one may have a line at the door while others idle.
        """
        if _seconds_waited() >= _WAITED:
            req.force_close()
        return super().handle_request(req, conn)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Leaving, it answers who is at the door and closes it, so that a proxy sends whoever comes later elsewhere.

        gunicorn holds it until the last answer is given: who comes meanwhile is let in by the kernel, and cut off then.
        """
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                while self.nr_conns < self.worker_connections and _is_somebody_at(listener):
                    self.accept(listener)
                listener.close()


def _is_somebody_at(listener: Any) -> bool:
    door = select.poll()
    door.register(listener, select.POLLIN)
    return bool(door.poll(0))


def _seconds_waited() -> float:
    """Of the request that this thread answers; none under another server, which does not tell."""
    return getattr(_waited, "seconds", 0.0)


class Threads(ThreadPoolExecutor):
    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        since = time.monotonic()

        def timed() -> Any:
            _waited.seconds = time.monotonic() - since
            return work(*args, **kwargs)

        return super().submit(timed)


class Queue:
    """Whether requests wait too long, each and for a while: a restart of the database makes all wait once, a crowd on.

    Once a crowd is there, whoever had to wait at all is refused: else the line would only grow again, and refusals come
    as late as answers. Between threads it may be off by a request.
    """

    def __init__(self) -> None:
        self._since: float | None = None
        self._crowded_until = 0.0

    def is_overlong(self) -> bool:
        """Of the present request."""
        now, waited = time.monotonic(), _seconds_waited()
        is_crowded = now < self._crowded_until
        if waited < (_SHORT if is_crowded else _LONGEST):
            self._since = None
            return False
        since = self._since = self._since or now
        if not is_crowded and now - since < _PASSING:
            return False
        self._crowded_until = now + _PASSING
        return True
