"""What is refused while too much of it goes on, so that everything else stays quick."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.conf import settings
from rest_framework.exceptions import APIException

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
# Seconds that work waits for its turn.
_PATIENCE = 1.0


class TooBusy(APIException):
    """Nothing is wrong with the request; it may come again."""

    status_code = 503
    default_code = "busy"
    default_detail = "Too many others ask for what takes long. Try again in a few seconds."
    wait = 2


class Turns:
    """Lets `number` pieces of work go on at once in this process, and half as many wait for a moment.

    A thread that waits answers nobody else, so whoever comes on top of that is refused at once. Work within work of the
    same thread counts once. A semaphore with a count of those who wait, under one lock.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._most_waiting = max(1, number // 2)
        self._free = threading.Condition()
        self._going_on = self._waiting = 0
        self._own = threading.local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises TooBusy where there is none."""
        if getattr(self._own, "has_one", False):
            yield
            return
        self._take()
        self._own.has_one = True
        try:
            yield
        finally:
            self._own.has_one = False
            with self._free:
                self._going_on -= 1
                self._free.notify()

    def _take(self) -> None:
        with self._free:
            if self._going_on >= self._number:
                if self._waiting >= self._most_waiting:
                    raise TooBusy
                self._waiting += 1
                try:
                    if not self._free.wait_for(lambda: self._going_on < self._number, _PATIENCE):
                        raise TooBusy
                finally:
                    self._waiting -= 1
            self._going_on += 1


@functools.cache
def _turns() -> Turns:
    return Turns(settings.COSTLY_AT_ONCE)


def a_few_at_once(work: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """Decorates what takes the engine's time. Raises TooBusy where too many do it already."""

    @functools.wraps(work)
    def in_turn(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Answer:
        with _turns().turn():
            return work(*args, **kwargs)

    return in_turn
