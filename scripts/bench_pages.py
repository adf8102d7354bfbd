"""What the page of a comparison costs beside the API's answer of the same proposals, on a database of its own.

Both go through the whole stack of the service, in turns and in one process. Times are the best ones; a ratio is the
median of those of each turn. Nothing fails for being slow: it is only said whether what is wanted is met.
"""

import gzip
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from scripts.scratch import scratch_database

_PAIR = "us-28-point-2025-11,e3-counter-2025-11"
_EIGHT = (
    "istanbul-communique-2022,eu-ua-counter-2025-04,ukraine-memorandum-2025-06,russia-memorandum-2025-06,"
    "us-28-point-2025-11,e3-counter-2025-11,europe-24-point-2025-11,framework-20-point-2025-12"
)
_MOST = 2.0
_MOST_KILOBYTES = 150
_TURNS = 12

# Makes a state in which the next answer is asked.
Prepare = Callable[[], object]


def main() -> None:
    with scratch_database():
        ask = _asker()
        print(f"{'what':<56}{'page':>11}{'API':>11}{'ratio':>8}")
        for slugs in (_PAIR, _EIGHT):
            number = len(slugs.split(","))
            page, api = f"/compare/?proposals={slugs}", f"/api/v1/comparisons/?proposals={slugs}"
            for what, prepare, most in (
                # The engine has the links of these texts at hand, and neither answer is.
                ("made anew", _forget, _MOST),
                ("made anew and compressed", _forget, None),
                # The engine has to judge one text anew.
                ("after an edit of a clause", _editor(slugs), None),
                # Both answers are remembered.
                ("asked again", bytes, None),
            ):
                headers = {"accept-encoding": "gzip"} if "compressed" in what else {}
                runs = _in_turns(partial(ask, page, headers), partial(ask, api, headers), prepare=prepare)
                _print(f"comparison of {number}, {what}", *runs, most=most)
            weight = len(gzip.compress(ask(page, {}))) / 1000
            met = "met" if weight <= _MOST_KILOBYTES else "not met"
            print(f"comparison of {number}, its page compressed: {weight:.1f} kB   <= {_MOST_KILOBYTES} kB: {met}")


def _asker() -> Callable[[str, dict[str, str]], bytes]:
    """Django's test client would copy what each template was given, which no service does."""
    from django.core.handlers.base import BaseHandler
    from django.test import RequestFactory

    handler, requests = BaseHandler(), RequestFactory()
    handler.load_middleware()

    def ask(address: str, headers: dict[str, str]) -> bytes:
        answer: Any = handler.get_response(requests.get(address, headers=headers))
        if answer.status_code != 200:
            sys.exit(f"{address} answers {answer.status_code}.")
        return bytes(answer.content)

    return ask


def _forget() -> None:
    from django.core.cache import caches

    caches["answers"].clear()


def _editor(slugs: str) -> Prepare:
    from proposals.models import Clause

    clause = Clause.objects.filter(proposal__slug=slugs.split(",")[0]).order_by("order")[:1].get()
    number = count()
    return lambda: Clause.objects.filter(pk=clause.pk).update(text=f"{clause.text} {next(number)}")


def _in_turns(*works: Callable[[], object], prepare: Prepare) -> list[list[float]]:
    """The seconds that each of the works takes in each turn; the first turn, which warms up, does not count."""
    runs: list[list[float]] = [[] for _ in works]
    for turn in range(_TURNS + 1):
        for work, found in zip(works, runs, strict=True):
            prepare()
            start = time.perf_counter()
            work()
            if turn:
                found.append(time.perf_counter() - start)
    return runs


def _print(what: str, page: list[float], api: list[float], *, most: float | None) -> None:
    ratio = statistics.median(one / other for one, other in zip(page, api, strict=True))
    wanted = f"   ratio <= {most:g}: {'met' if ratio <= most else 'not met'}" if most else ""
    print(f"{what:<56}{min(page) * 1000:>8.3g} ms{min(api) * 1000:>8.3g} ms{ratio:>8.1f}{wanted}", flush=True)


if __name__ == "__main__":
    # Counted as ever, and never refused.
    os.environ.setdefault("RATE_ANONYMOUS", "999999999/min")
    main()
