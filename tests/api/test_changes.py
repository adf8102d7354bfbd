"""What changed since a cursor: enough to keep a copy current."""

import psycopg
import pytest
from django.db import connection
from lxml import etree

from parties.changes import Change
from proposals.models import Clause, Position, Stage
from tests.factories import make_clause, make_party, make_position, make_proposal

PARAMETERS = ("dbname", "user", "password", "host", "port")

# Changes become known with their commit, so each test commits.
pytestmark = pytest.mark.django_db(transaction=True)


def changes(api, **parameters):
    answer = api.get("changes/", **parameters)
    assert answer.status == 200, answer.body
    return answer.body


def told(body):
    return [(one["kind"], one["id"], one["action"]) for one in body["results"]]


def test_without_a_cursor_every_public_record_is_told_once(api):
    make_proposal("council-plan", clauses=["The harbour opens."])
    make_proposal("secret-plan", clauses=["A secret."], stage=Stage.DRAFT)

    body = changes(api)

    assert not body["more"]
    assert set(told(body)) >= {
        ("proposal", "council-plan", "changed"),
        ("clause", "council-plan/c01", "changed"),
        ("party", "northern-council", "changed"),
    }
    assert "secret" not in str(body)
    assert len(told(body)) == len(set(told(body)))


def test_from_a_cursor_on_only_what_changed_is_told(api):
    plan = make_proposal("council-plan", clauses=["The harbour opens.", "The pier is free."])
    make_position("p001")
    cursor = changes(api)["cursor"]

    nothing = changes(api, since=cursor)
    Clause.objects.filter(proposal=plan, key="c01").update(text="The harbour stays closed.")
    edited = changes(api, since=cursor)
    Position.objects.all().delete()
    removed = changes(api, since=edited["cursor"])

    assert (nothing["results"], nothing["cursor"]) == ([], cursor)
    assert set(told(edited)) == {("clause", "council-plan/c01", "changed"), ("proposal", "council-plan", "changed")}
    assert told(removed) == [("position", "p001", "removed")]
    assert removed["results"][0]["url"] is None


def test_a_record_can_be_read_again_where_its_change_says(api):
    make_proposal("council-plan", clauses=["The harbour opens."])

    for change in changes(api)["results"]:
        path = change["url"].removeprefix("http://testserver/api/v1/")
        assert api.get(path).status == 200, change


def test_a_copy_kept_by_cursor_and_pages_is_the_same_as_one_taken_whole(api):
    make_proposal("council-plan", clauses=[f"The pier {n} opens." for n in range(7)])
    copy, cursor = {}, None
    for step in range(6):
        more = True
        while more:
            body = changes(api, limit=3, **({"since": cursor} if cursor else {}))
            for one in body["results"]:
                copy[one["kind"], one["id"]] = one["action"]
            cursor, more = body["cursor"], body["more"]
        make_party(f"member-{step}")
        Clause.objects.filter(key=f"c{step + 1:02}").delete()

    copy |= {(one["kind"], one["id"]): one["action"] for one in changes(api, since=cursor)["results"]}

    whole = {(one["kind"], one["id"]): one["action"] for one in changes(api, limit=1000)["results"]}
    assert copy == whole


def test_a_change_that_commits_late_is_not_missed(api):
    make_party("council")
    settings = {key: value for key, value in connection.get_connection_params().items() if key in PARAMETERS}
    with psycopg.connect(**settings) as slow:
        slow.execute("UPDATE parties_party SET note = 'Slow.' WHERE slug = 'council'")
        make_party("quick")
        during = changes(api)
        slow.commit()

    after = changes(api, since=during["cursor"])

    assert ("party", "quick", "changed") not in told(during)
    assert {("party", "quick", "changed"), ("party", "council", "changed")} <= set(told(after))


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"since": "yesterday"}, {"since": ["not_a_cursor"]}),
        ({"since": "1-" + "9" * 40}, {"since": ["not_a_cursor"]}),
        ({"limit": "0"}, {"limit": ["out_of_range"]}),
        ({"limit": "1001"}, {"limit": ["out_of_range"]}),
        ({"kind": "decision"}, {"kind": ["unknown_code"]}),
        ({"offset": "1"}, {"offset": ["unknown_parameter"]}),
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused(api, parameters, faults):
    answer = api.get("changes/", **parameters)

    assert (answer.status, answer.faults) == (400, faults)


def test_only_the_kinds_asked_for_are_told(api):
    make_clause(make_proposal("council-plan"))

    assert {kind for kind, _, _ in told(changes(api, kind="clause,proposal"))} == {"clause", "proposal"}


def test_the_feed_names_the_newest_change_first(client):
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    Clause.objects.filter(proposal=plan).delete()

    answer = client.get("/api/v1/changes/feed/")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    titles = [title.text for title in etree.fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}title")]
    assert "clause council-plan/c01: removed" in titles[1:3]


def test_two_states_with_one_sum_of_numbers_have_two_tags(api):
    def state(*rows):
        Change.objects.all().delete()
        for record, number, xact in rows:
            Change.objects.create(
                kind="party",
                record=record,
                address=f"member-{record}",
                number=number,
                public_number=number,
                visible=True,
                xact=xact,
            )
        return api.get("changes/").headers["ETag"]

    unsettled = 2**60

    assert state((1, 5, 10), (2, 10, 10)) != state((1, 16, unsettled), (2, 15, 11))
