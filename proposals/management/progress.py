"""How far a long command is: a bar where somebody watches, else a line now and then."""

from collections.abc import Callable
from time import monotonic
from typing import TextIO

_WIDTH = 30
_EVERY = 10.0  # seconds between lines where nobody watches


class Progress:
    """Told how much is done of how much; writes to a stream, such as stderr. `end` leaves the bar and goes on below."""

    def __init__(self, stream: TextIO, *, what: str, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._what = what
        self._clock = clock
        self._watched = stream.isatty()
        self._begun = self._told = clock()
        # What was done before it began says nothing of how quick it is.
        self._before: int | None = None

    def tell(self, done: int, total: int) -> None:
        now = self._clock()
        if self._before is None:
            self._before = done
        if not self._watched and now - self._told < _EVERY and done < total:
            return
        self._told = now
        text = f"{done:,} of {total:,} {self._what}{self._left(done, total, now)}"
        if self._watched:
            full = _WIDTH * done // total if total else _WIDTH
            self._stream.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {text}\x1b[K")
        else:
            self._stream.write(f"{text}\n")
        self._stream.flush()

    def end(self) -> None:
        if self._watched:
            self._stream.write("\n")

    def _left(self, done: int, total: int, now: float) -> str:
        new = done - (self._before or 0)
        if not new or done >= total:
            return ""
        return f", about {round((now - self._begun) * (total - done) / new):,} s left"
