"""Prints what answers of the API cost on this machine, each beside a floor measured in the same run: make bench

Everything runs in this process, against a database of its own that holds the shipped data and is dropped at the end.
The floor of an answer is a bare view, behind the same middleware, that reads the same records with SQL written by hand
and writes the same document with orjson; so is that of an answer which the API has at hand. Runs of both alternate;
times are the best ones, and a ratio is the median of those of each turn, since what else the machine does shows in
single runs. Nothing fails for being slow; it is only said whether what is wanted is met. Takes about a minute.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path

from scripts.bench_dump import dump_records
from scripts.bench_floor import clause_page, comparison_records

_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_API = "/api/v1/"
_LISTS = (
    *("disputes", "measures", "parties", "persons", "positions", "processes", "proposals", "sources", "statements"),
    *("territories", "topic-groups", "topics"),
)
_PAIR = ("istanbul-communique-2022", "us-28-point-2025-11")
_EMPTY = "/api/empty/"
_MOST_QUERIES = 12
_SECONDS = 1.5  # of measuring each thing; what is slow takes longer, since everything runs three times at least

Work = Callable[[], object]
Runs = list[float]  # seconds of each turn


def main() -> None:
    with _shipped_data():
        _line("what", "time", "floor", "ratio", "queries", wanted="wanted")
        for limit in (50, 500):
            _clauses(limit)
        for name in _LISTS:
            _list(name)
        for slugs in (_PAIR, _longest(8)):
            _comparison(slugs)
        _dump()
        _conditional("clauses/?limit=50")
        for slugs in (_PAIR, _longest(8)):
            _conditional(f"comparisons/?proposals={','.join(slugs)}", what=f"comparison of {len(slugs)}")


def _clauses(limit: int) -> None:
    """A page of clauses against one statement and orjson."""
    address = f"{_API}clauses/?limit={limit}"
    answer = orjson.loads(_get(address).content)

    def floor() -> bytes:
        number, records = clause_page(limit)
        links = {"next": answer["next"], "previous": answer["previous"]}
        results = [{**record, "match": None} for record in records]
        return orjson.dumps({"count": number, **links, "results": results, "facets": None})

    if orjson.loads(floor()) != answer:
        sys.exit(f"The floor of {address} does not say what the API says.")
    runs = _alternate(lambda: _get(address), _served(floor))
    _ratio(f"clauses/?limit={limit}", *runs, most=3, queries=_queries(address))


def _list(name: str) -> None:
    """A list against a view that has its bytes at hand, which no list can be as fast as."""
    address = f"{_API}{name}/?limit=50"
    content = _get(address).content
    took, floor = _alternate(lambda: _get(address), _served(lambda: content), seconds=0.3)
    number = _queries(address)
    wanted = _wanted(f"at most {_MOST_QUERIES} queries", number <= _MOST_QUERIES)
    ratio = f"{_median_ratio(took, floor):.1f}"
    _line(f"{name}/", _shown(took), _shown(floor), ratio, str(number), wanted=wanted)


def _comparison(slugs: tuple[str, ...]) -> None:
    """A comparison after an edit of one of its clauses, and the same one asked again."""
    from proposals import alignment
    from proposals.comparison import current_vocabulary
    from proposals.comparison.loading import load, load_decisions
    from proposals.models import Clause

    address = f"{_API}comparisons/?proposals={','.join(slugs)}"
    edited = Clause.objects.filter(proposal__slug=slugs[0]).order_by("order").first()
    assert edited  # noqa: S101  (the shipped data are known)
    number = count()
    given: list[alignment.Proposal] = []
    decisions: list[alignment.Decision] = []

    def edit() -> None:
        Clause.objects.filter(pk=edited.pk).update(text=f"{edited.text} {next(number)}")

    def prepare_engine() -> None:
        edit()
        given[:] = [one.for_engine() for one in load(slugs, user=None)]
        decisions[:] = load_decisions(slugs, user=None)

    def engine() -> None:
        alignment.concord(given, decisions=decisions, vocabulary=current_vocabulary())

    document = orjson.loads(_get(address).content)

    def floor() -> bytes:
        comparison_records(slugs)
        return orjson.dumps(document)

    # The more proposals, the longer a turn takes, and a few turns say little.
    took, alone, least = _alternate(
        lambda: _get(address), engine, _served(floor), prepare=(edit, prepare_engine, bytes), seconds=len(slugs)
    )
    what = f"comparison of {len(slugs)}"
    beyond = _median_ratio([all_of_it - judged for all_of_it, judged in zip(took, alone, strict=True)], least)
    _line(f"{what}, its engine alone", _shown(alone))
    _line(
        f"{what}, after an edit",
        *(_shown(took), _shown(least), f"{beyond:.1f}", str(_queries(address))),
        wanted=_wanted("(time - engine) / floor <= 3", beyond <= 3),
    )
    content = _get(address).content
    again, read, sent = _alternate(lambda: _get(address), _served(floor), _served(lambda: content))
    _ratio(f"{what}, asked again", again, read, most=1.3, queries=_queries(address))
    _line(f"{what}, asked again, to its bytes alone", _shown(again), _shown(sent), f"{_median_ratio(again, sent):.1f}")


def _dump() -> None:
    """Everything public as JSON: made anew, and asked again."""
    from proposals.models import Source

    address = f"{_API}dump/"
    some = Source.objects.order_by("slug")[:1].get()
    number = count()

    def edit() -> None:
        Source.objects.filter(pk=some.pk).update(title=f"{some.title} {next(number)}")

    def floor() -> bytes:
        return orjson.dumps(dump_records())

    if orjson.loads(floor()) != orjson.loads(_get(address).content)["records"]:
        sys.exit(f"The floor of {address} does not say what the API says.")
    edit()
    queries = _queries(address)
    runs = _alternate(lambda: _get(address), _served(floor), prepare=(edit, bytes))
    _ratio("dump, made anew", *runs, most=3, queries=queries)
    _get(address)
    runs = _alternate(lambda: _get(address), _served(floor))
    _ratio("dump, asked again", *runs, most=1.3, queries=_queries(address))


def _conditional(path: str, *, what: str = "") -> None:
    """A 304 against empty views; wanted is at least half the rate of one that asks the database one thing."""
    address = _API + path
    known = {"If-None-Match": _get(address).headers["ETag"]}
    works = (_served(_asking_one_thing), _served(bytes), lambda: _get(_EMPTY))
    took, asking, silent, framework = _alternate(lambda: _get(address, known), *works)
    what = f"304 of {what or path}"
    _ratio(what, took, asking, most=2, queries=_queries(address, known))
    _line(
        f"{what}, to an empty view without a query", _shown(took), _shown(silent), f"{_median_ratio(took, silent):.1f}"
    )
    _line(f"{what}, to REST framework's own", _shown(took), _shown(framework), f"{_median_ratio(took, framework):.1f}")


def _asking_one_thing() -> bytes:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return b""


@contextmanager
def _shipped_data() -> Iterator[None]:
    """A database with the records of fixtures/ and the vocabulary frozen from them; it is dropped at the end."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    settings.DATABASES["default"]["TEST"] = {"NAME": f"concordance_bench_{os.getpid()}"}
    django.setup()
    from config.urls import urlpatterns

    urlpatterns[:0] = [
        path(_Floor.address.lstrip("/"), _Floor.view),  # type: ignore[list-item]
        path(_EMPTY.lstrip("/"), _empty_view()),
    ]
    setup_test_environment(debug=False)
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("import_proposals", _FIXTURES, verbosity=0)
        call_command("freeze_vocabulary", verbosity=0)
        with connection.cursor() as cursor:
            # As a server does by itself after a while.
            cursor.execute("VACUUM ANALYZE")
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@cache
def _client() -> Any:
    """One for all: each would set up the middleware anew, which a service does once."""
    from django.test import Client

    return Client()


def _get(address: str, headers: dict[str, str] | None = None) -> Any:
    answer = _client().get(address, headers=headers)
    if answer.status_code not in (200, 304):
        sys.exit(f"{address} answers {answer.status_code}: {answer.content[:300]!r}")
    return answer


def _served(content: Callable[[], bytes]) -> Work:
    """Asks the bare view for this content."""

    def ask() -> object:
        _Floor.content = content
        return _get(_Floor.address)

    return ask


def _empty_view() -> Any:
    """REST framework's, with all that the settings of this service give each of its views."""
    from rest_framework.response import Response
    from rest_framework.views import APIView

    class Empty(APIView):
        def get(self, request: Any) -> Response:
            return Response()

    return Empty.as_view()


class _Floor:
    """The bare view, and what it answers next."""

    address = "/api/floor/"
    content: ClassVar[Callable[[], bytes]]

    @classmethod
    def view(cls, request: HttpRequest) -> HttpResponse:
        return HttpResponse(cls.content(), content_type="application/json")


def _queries(address: str, headers: dict[str, str] | None = None) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        _get(address, headers)
    return len(queries)


def _longest(number: int) -> tuple[str, ...]:
    """The proposals with the most clauses."""
    from django.db.models import Count

    from proposals.models import Proposal

    longest = Proposal.objects.visible_to(None).annotate(length=Count("clauses")).order_by("-length", "slug")
    return tuple(longest.values_list("slug", flat=True)[:number])


def _alternate(*works: Work, prepare: tuple[Work, ...] = (), seconds: float = _SECONDS, turns: int = 3) -> list[Runs]:
    """The wall times of each of the works, which take turns; before each run its own preparation, not counted."""
    runs: list[Runs] = [[] for _ in works]
    preparations = prepare or tuple(bytes for _ in works)
    end = time.perf_counter() + seconds
    while len(runs[0]) < turns or time.perf_counter() < end:
        for work, before, found in zip(works, preparations, runs, strict=True):
            before()
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
    return runs


def _median_ratio(took: Runs, floor: Runs) -> float:
    return statistics.median(one / least for one, least in zip(took, floor, strict=True))


def _ratio(what: str, took: Runs, floor: Runs, *, most: float, queries: int) -> None:
    ratio = _median_ratio(took, floor)
    figures = _shown(took), _shown(floor), f"{ratio:.1f}", str(queries)
    _line(what, *figures, wanted=_wanted(f"ratio <= {most:g}", ratio <= most))


def _line(what: str, *figures: str, wanted: str = "") -> None:
    print(f"{what:<64}" + "".join(f"{figure:>11}" for figure in figures).ljust(55) + f"   {wanted}", flush=True)


def _wanted(what: str, met: bool) -> str:
    return f"{what}: {'met' if met else 'not met'}"


def _shown(runs: Runs) -> str:
    seconds = min(runs)
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Counted as ever, and never refused.
    os.environ.setdefault("RATE_ANONYMOUS", "999999999/min")
    from config.entry import prepare as prepare_database

    prepare_database()
    main()
