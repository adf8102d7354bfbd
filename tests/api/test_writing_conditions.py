"""If-Match: nobody's change is lost, and of two writers one wins."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from knox.models import AuthToken

from proposals.models import Clause
from tests.api.conftest import Api
from tests.api.writing import tag
from tests.factories import make_clause, make_decision, make_position, make_proposal
from tests.roles import make_user

PATHS = ["proposals/council-plan/", "proposals/council-plan/clauses/c01/", "positions/p001/", "decisions/{}/"]
PATCHES = [{"title": "Another"}, {"label": "Another"}, {"statement": "Another."}, {"note": "Another."}]


@pytest.fixture
def records(db):
    clause = make_clause(make_proposal("council-plan"))
    make_position()
    decision = make_decision(clause, make_clause(make_proposal("front-answer")))
    return [path.format(decision.pk) for path in PATHS]


@pytest.mark.parametrize("place", range(4))
def test_without_if_match_nothing_is_written(staff_api, records, place):
    before = staff_api.get(records[place]).body

    changed = staff_api.patch(records[place], PATCHES[place])
    gone = staff_api.delete(records[place])

    assert (changed.status, gone.status) == (428, 428)
    assert changed.body["type"] == "/problems/precondition_required"
    assert staff_api.get(records[place]).body == before


@pytest.mark.parametrize("place", range(4))
def test_a_stale_tag_writes_nothing_and_the_present_one_is_told(staff_api, records, place):
    path, patch = records[place], PATCHES[place]
    read = {"If-Match": tag(staff_api, path)}
    first = staff_api.patch(path, patch, **read)

    second = staff_api.patch(path, patch | {"note" if place else "summary": "Later."}, **read)
    gone = staff_api.delete(path, **read)

    assert (first.status, second.status, gone.status) == (200, 412, 412)
    assert second.headers["ETag"] == first.headers["ETag"] == tag(staff_api, path)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("{}", 200),
        ('"another", {}', 200),
        ("*", 200),
        ("W/{}", 412),  # a weak tag promises too little
        ('"another"', 412),
        ("another", 412),
    ],
)
def test_what_if_match_may_say(staff_api, records, written, status):
    said = written.format(tag(staff_api, records[0]))

    assert staff_api.patch(records[0], PATCHES[0], **{"If-Match": said}).status == status


def test_the_tag_of_a_compressed_answer_will_do(staff_api, records):
    compressed = tag(staff_api, records[0])[:-1] + '-gzip"'

    assert staff_api.patch(records[0], PATCHES[0], **{"If-Match": compressed}).status == 200


def test_the_tag_of_the_public_is_not_that_of_staff(staff_api, api, records):
    refused = staff_api.patch(records[0], PATCHES[0], **{"If-Match": tag(api, records[0])})

    assert refused.status == 412


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_wins():
    editor = make_user("editor")
    known = {"Authorization": f"Bearer {AuthToken.objects.create(editor)[1]}"}
    make_clause(make_proposal("council-plan"))
    path = "proposals/council-plan/clauses/c01/"
    read = {"If-Match": tag(Api(Client(headers=known)), path)}
    together = threading.Barrier(4)
    statuses = []

    def write(number):
        try:
            api = Api(Client(headers=known))
            together.wait()
            statuses.append(api.patch(path, {"label": f"Of writer {number}"}, **read).status)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(statuses) == [200, 412, 412, 412]
    # The factory adds a topic and a source to the clause, and each of them moves its version on.
    assert Clause.objects.get().version == 1 + 2 + 1


@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_an_editor_who_has_not_finished():
    editor = make_user("editor")
    known = {"Authorization": f"Bearer {AuthToken.objects.create(editor)[1]}"}
    clause = make_clause(make_proposal("council-plan"))
    path = "proposals/council-plan/clauses/c01/"
    read = {"If-Match": tag(Api(Client(headers=known)), path)}
    statuses = []

    def write():
        try:
            statuses.append(Api(Client(headers=known)).patch(path, {"label": "Of the program"}, **read).status)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    with transaction.atomic():
        Clause.objects.filter(pk=clause.pk).update(label="Of the editor")
        writer.start()
        writer.join(timeout=0.5)
        waiting = writer.is_alive()
    writer.join()

    assert waiting
    assert statuses == [412]
    assert Clause.objects.get().label == "Of the editor"
