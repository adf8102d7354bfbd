"""gunicorn's worker with threads, in which a request knows how long it waited for its thread. It loads no Django."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

_waited = threading.local()


class Worker(ThreadWorker):  # type: ignore[misc]
    def get_thread_pool(self) -> ThreadPoolExecutor:
        return Threads(max_workers=self.cfg.threads)


class Threads(ThreadPoolExecutor):
    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        since = time.monotonic()

        def timed() -> Any:
            _waited.seconds = time.monotonic() - since
            return work(*args, **kwargs)

        return super().submit(timed)


def seconds_waited() -> float:
    """How long the present request waited; nothing under another server."""
    return getattr(_waited, "seconds", 0.0)
