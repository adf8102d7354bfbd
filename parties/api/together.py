"""What many ask for at once is made once on each host: one of them makes it, the others wait for it."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.db import connection

from parties.api.remembered import check_remembered
from parties.busy import TooBusy

# Seconds: at first as long as a usual comparison takes, then a while longer.
_PATIENCE = 8.0
_STEP = 0.02
# Two that share a file wait for each other in vain, so there are many; they are empty.
_FILES = 4096


@contextmanager
def made_once(tag: str) -> Iterator[None]:
    """Goes on for one of those who ask for this ETag; for the others raises Remembered as soon as it is there.

    Raises TooBusy for whoever has waited long. The system frees the lock of a process that dies, and the next in the
    row makes the answer. Where the processes of the host share no folder, everybody makes their own.
    """
    if settings.ANSWERS_FOLDER is None:
        yield
        return
    name = f"{int(tag.strip(chr(34))[:8], 16) % _FILES:03x}.lock"
    with (settings.ANSWERS_FOLDER / name).open("a") as file:
        if not _locked(file):
            _wait(file)
        # It may have come between the first look and the lock.
        check_remembered(tag)
        yield


def _wait(file: IO[str]) -> None:
    # Who waits needs no connection to the database. In a transaction it has to be kept.
    if not connection.in_atomic_block:
        connection.close()
    until = time.monotonic() + _PATIENCE
    while not _locked(file):
        if time.monotonic() > until:
            raise TooBusy
        time.sleep(_STEP)


def _locked(file: IO[str]) -> bool:
    """Each opened file has a lock of its own, so that threads of one process exclude each other too."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
