"""A server killed, a database that breaks off, a client that hangs up, in the middle of work: all or nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import DEVNULL
from typing import IO, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from proposals.models import Clause, ClauseSource, Proposal, Stage
from tests.everything import everything
from tests.exchange.harbour import harbour, write
from tests.factories import make_proposal, make_source
from tests.races.conftest import Writer
from tests.races.server import Process, Server, middle_at

IMPORTS = "/api/v1/imports/"
TABLE = "proposals_clause"


def stored() -> tuple[Any, ...]:
    return everything(), LogEntry.objects.count()


@pytest.fixture
def server(writers: list[Writer]) -> Iterator[Server]:
    server = Server(User.objects.get(username="ida"))
    yield server
    server.close()


@pytest.fixture
def plan(transactional_db: None) -> Proposal:
    """A draft of a hundred clauses."""
    plan = make_proposal(stage="draft")
    Clause.objects.bulk_create(
        Clause(proposal=plan, key=f"c{place:03}", number=str(place), label="Harbour", text="It opens.", order=place)
        for place in range(1, 101)
    )
    # What has no source does not go public.
    source = make_source()
    ClauseSource.objects.bulk_create(ClauseSource(clause=clause, source=source) for clause in plan.clauses.all())
    return plan


def document() -> bytes:
    whole: dict[str, Any] = {"format": "concordance/1"}
    for content in harbour().values():
        for name, records in content.items():
            if name != "format":
                whole.setdefault(name, []).extend(records)
    return json.dumps(whole).encode()


def imported(server: Server, writer: Writer, plan: Proposal) -> Any:
    return server.send(IMPORTS, document(), "application/json")


def saved(server: Server, writer: Writer, plan: Proposal) -> Any:
    form = writer.open(plan)
    form |= {f"clauses-{place}-text": f"It opens at {place}." for place in range(100)}
    form |= {"title": "Plan of May"}
    return server.send_form(f"/admin/proposals/proposal/{plan.pk}/change/", form)


def published(server: Server, writer: Writer, plan: Proposal) -> Any:
    chosen = list(plan.clauses.values_list("pk", flat=True))
    action = {"action": "make_public", "_selected_action": chosen, "confirmed": "yes"}
    return server.send_form("/admin/proposals/clause/", action)


# For each kind of work the clause that it stops at, and how many clauses have what it wrote once it is done.
WORK = {
    "an import": (
        imported,
        "NEW.label = 'No opening'",
        lambda: Proposal.objects.filter(slug="front-answer").count(),
        1,
    ),
    "a page of a hundred clauses": (
        saved,
        "NEW.key = 'c050'",
        lambda: Clause.objects.filter(text__startswith="It opens at").count(),
        100,
    ),
    "an action on a hundred clauses": (
        published,
        "NEW.key = 'c050'",
        lambda: Clause.objects.filter(stage=Stage.PUBLIC).count(),
        100,
    ),
}
each = pytest.mark.parametrize(("work", "condition", "done", "all_of_it"), WORK.values(), ids=WORK)
Work = Callable[[Server, Writer, Proposal], Any]


@each
class TestInTheMiddle:
    def test_a_killed_server_leaves_nothing(
        self,
        server: Server,
        writers: list[Writer],
        plan: Proposal,
        work: Work,
        condition: str,
        done: Callable[[], int],
        all_of_it: int,
    ) -> None:
        before = stored()
        with middle_at(TABLE, condition) as middle:
            work(server, writers[0], plan)
            pid = middle.reached_by()

            server.process.kill()
            middle.go_on()
            middle.wait_until_gone(pid)

        assert stored() == before

    def test_a_lost_connection_to_the_database_leaves_nothing(
        self,
        server: Server,
        writers: list[Writer],
        plan: Proposal,
        work: Work,
        condition: str,
        done: Callable[[], int],
        all_of_it: int,
    ) -> None:
        before = stored()
        with middle_at(TABLE, condition) as middle:
            asking = work(server, writers[0], plan)
            pid = middle.reached_by()

            middle.terminate(pid)
            middle.wait_until_gone(pid)
            answer = asking.getresponse()
            told = answer.read().decode()

        assert stored() == before
        assert answer.status in (200, 503)
        assert "database" in told

    def test_it_is_done_whole_once_it_may_go_on(
        self,
        server: Server,
        writers: list[Writer],
        plan: Proposal,
        work: Work,
        condition: str,
        done: Callable[[], int],
        all_of_it: int,
    ) -> None:
        with middle_at(TABLE, condition) as middle:
            asking = work(server, writers[0], plan)
            middle.reached_by()
            assert done() == 0

            middle.go_on()
            status = asking.getresponse().status

        assert status in (200, 302)
        assert done() == all_of_it


@pytest.mark.parametrize("how", ["killed", "cut off from the database"])
def test_an_import_from_the_command_line_leaves_nothing(transactional_db: None, tmp_path: Path, how: str) -> None:
    folder = write(tmp_path / "case", harbour())
    before = stored()
    told = tmp_path / "told"
    with middle_at(TABLE, "NEW.label = 'No opening'") as middle, told.open("w") as errors:
        process = _import(folder, told=errors)
        pid = middle.reached_by()
        assert not Clause.objects.exists()

        if how == "killed":
            process.kill()
            middle.go_on()
        else:
            middle.terminate(pid)
            assert process.end() == 1
            assert "The database broke off" in told.read_text()
        middle.wait_until_gone(pid)

    assert stored() == before
    assert _import(folder).end() == 0
    assert Clause.objects.count() == 5


def _import(folder: Path, *, told: IO[str] | int = DEVNULL) -> Process:
    return Process("manage.py", "import_proposals", str(folder), stdout=DEVNULL, stderr=told)


@pytest.mark.parametrize("what", ["a document", "a page"])
def test_a_client_that_hangs_up_while_it_sends_writes_nothing(
    server: Server, writers: list[Writer], plan: Proposal, what: str
) -> None:
    before = stored()
    if what == "a document":
        whole = document()
        asking = server.send(IMPORTS, whole[:-40], "application/json", announced=len(whole))
    else:
        half = b"csrfmiddlewaretoken=" + b"c" * 32 + b"&title=Plan+of+May&clauses-TOTAL_FORMS=1"
        address = f"/admin/proposals/proposal/{plan.pk}/change/"
        asking = server.send(address, half, "application/x-www-form-urlencoded", announced=len(half) + 100)
    asking.close()
    # The worker has two threads: once both have answered a later request, the first is over.
    for _ in range(2):
        assert server.send("/admin/login/", b"", "text/plain").getresponse().status < 500

    assert stored() == before


def test_a_page_of_the_admin_comes_back_with_what_was_typed(
    server: Server, writers: list[Writer], plan: Proposal
) -> None:
    with middle_at(TABLE, "NEW.key = 'c050'") as middle:
        asking = saved(server, writers[0], plan)
        pid = middle.reached_by()
        middle.terminate(pid)
        told = asking.getresponse().read().decode()

    assert "The connection to the database was lost, and nothing was saved. Save again." in told
    assert "It opens at 99." in told
