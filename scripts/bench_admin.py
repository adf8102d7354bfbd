"""What it costs to save a proposal's page with a hundred clauses, on a database of its own.

To save it takes under two seconds, however many of the clauses were changed: a slower one ends this with a fault.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from scripts.scratch import scratch_database

CLAUSES = 100
MOST = 2.0
_FIELD = re.compile(
    r'<input[^>]*?type="(?P<type>hidden|text|number|url)"[^>]*?name="(?P<input>[^"]+)"(?:[^>]*?value="(?P<value>[^"]*)")?'
    r'|<textarea[^>]*?name="(?P<area>[^"]+)"[^>]*>\n?(?P<text>[^<]*)</textarea>'
    r'|<select[^>]*?name="(?P<select>[^"]+)"[^>]*>(?P<options>.*?)</select>',
    re.DOTALL,
)
_CHOSEN = re.compile(r'<option value="([^"]*)"[^>]*\bselected\b')


def main() -> int:
    with scratch_database():
        figures = list(_figures())
    for what, seconds, queries in figures:
        print(f"{what:<48} {seconds * 1000:6.0f} ms {queries:5} queries")
    slow = [what for what, seconds, _ in figures if what.startswith("save") and seconds > MOST]
    if slow:
        print(f"Slower than {MOST:.0f} s: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def _figures() -> Iterator[tuple[str, float, int]]:
    """What is done, how long it takes at best of three, and how many queries."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    page = f"/admin/proposals/proposal/{_proposal()}/change/"
    yield "open the page", *_best(lambda turn, _: client.get(page))

    def opened() -> dict[str, str]:
        # A page that was saved meanwhile is not taken again.
        return _filled(client.get(page).content.decode())

    def save(change: Callable[[str, int], dict[str, str]], rows: int) -> Callable[[int, dict[str, str]], None]:
        def once(turn: int, form: dict[str, str]) -> None:
            changed = {name: value for row in range(rows) for name, value in change(f"clauses-{row}-", turn).items()}
            answer = client.post(page, form | changed)
            if answer.status_code != 302:
                raise RuntimeError(f"The page was not saved: {answer.status_code}")

        return once

    def another_text(row: str, turn: int) -> dict[str, str]:
        return {f"{row}text": f"Changed in turn {turn}."}

    def everything(row: str, turn: int) -> dict[str, str]:
        number = int(row.split("-")[1])
        place = str(1 + (number + turn) % CLAUSES)
        kinds = ["commitment", "declaration"]
        told = {"number": f"{turn}.{number}", "label": f"Label {turn}", "kind": kinds[turn % 2], "order": place}
        return {f"{row}{name}": value for name, value in told.items()} | another_text(row, turn + 10)

    yield "save it as it is", *_best(save(another_text, 0), opened)
    yield "save it with 1 of 100 clauses changed", *_best(save(another_text, 1), opened)
    yield "save it with 100 texts changed", *_best(save(another_text, CLAUSES), opened)
    yield "save it with 5 fields of 100 clauses changed", *_best(save(everything, CLAUSES), opened)


def _proposal() -> int:
    """A copy of a shipped proposal with a hundred clauses, each with a topic and a source."""
    from proposals.models import Clause, ClauseSource, ClauseTopic, Proposal, Source, Topic

    proposal = Proposal.objects.first()
    if proposal is None:
        raise RuntimeError("There are no proposals.")
    proposal.pk, proposal.slug, proposal._state.adding = None, "bench-plan", True
    proposal.save()
    clauses = Clause.objects.bulk_create(
        Clause(
            proposal=proposal,
            key=f"c{place:03}",
            number=str(place),
            label=f"Clause {place}",
            text="The parties withdraw their forces from the line of contact within thirty days of signing. " * 4,
            order=place,
            stage="public",
        )
        for place in range(1, CLAUSES + 1)
    )
    topic, source = Topic.objects.first(), Source.objects.first()
    ClauseTopic.objects.bulk_create(ClauseTopic(clause=clause, topic=topic, order=1) for clause in clauses)
    ClauseSource.objects.bulk_create(ClauseSource(clause=clause, source=source, order=1) for clause in clauses)
    return int(proposal.pk)


def _filled(page: str) -> dict[str, str]:
    """The fields of the page's form as a browser would send them."""
    found = {}
    for field in _FIELD.finditer(page):
        if field["input"]:
            found[field["input"]] = unescape(field["value"] or "")
        elif field["area"]:
            found[field["area"]] = unescape(field["text"])
        elif chosen := _CHOSEN.search(field["options"]):
            found[field["select"]] = unescape(chosen[1])
    return found


def _best(act: Callable[[int, dict[str, str]], Any], prepare: Callable[[], dict[str, str]] = dict) -> tuple[float, int]:
    """Seconds and queries of the quickest of three turns, each with what was prepared for it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    turns = []
    for turn in range(3):
        prepared = prepare()
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            act(turn, prepared)
            turns.append((time.perf_counter() - began, len(queries)))
    return min(turns)


if __name__ == "__main__":
    raise SystemExit(main())
