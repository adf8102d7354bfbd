"""GET topics/{slug}/timeline/."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_clause, make_position, make_proposal, make_topic


@pytest.fixture
def matter(db):
    """On the garrison: a plan of May with two clauses, a position of that very day, a later one, and an answer."""
    plan = make_proposal("council-plan")
    make_clause(plan, topics=["garrison"])
    make_clause(plan, topics=["fisheries"])
    make_clause(plan, topics=["ceasefire", "garrison"])
    topic = make_topic("garrison")
    make_position("same-day", topic=topic, date=plan.date)
    make_position("in-june", topic=topic, date=datetime.date(2031, 6, 1), date_precision="month")
    make_position("other-matter", topic=make_topic("fisheries"))
    make_clause(make_proposal("front-answer", date=datetime.date(2031, 6, 15)), topics=["garrison"])


def entries(api, **parameters):
    answer = api.get("topics/garrison/timeline/", **parameters)
    assert answer.status == 200, answer.body
    return [(one["date"], (one["clause"] or one["position"])["id"]) for one in answer.body["results"]]


WHOLE = [
    ("2031-05-01", "council-plan/c01"),
    ("2031-05-01", "council-plan/c03"),
    ("2031-05-01", "same-day"),
    ("2031-06-01", "in-june"),
    ("2031-06-15", "front-answer/c01"),
]


def test_clauses_and_positions_stand_in_the_order_of_their_dates(api, matter):
    assert entries(api) == WHOLE


def test_an_entry_carries_its_clause_or_its_position_whole(api, matter):
    results = api.get("topics/garrison/timeline/").body["results"]

    assert results[0]["clause"] == api.get("proposals/council-plan/clauses/c01/").body
    assert (results[0]["kind"], results[0]["proposal"], results[0]["position"]) == ("clause", "council-plan", None)
    assert results[2]["position"] == api.get("positions/same-day/").body
    assert (results[2]["kind"], results[2]["proposal"], results[2]["clause"]) == ("position", None, None)


def test_pages_of_a_timeline_follow_each_other(api, matter):
    paged = [entry for offset in (0, 2, 4) for entry in entries(api, limit=2, offset=offset)]

    assert paged == WHOLE
    assert api.get("topics/garrison/timeline/", limit=2).body["count"] == len(WHOLE)


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"kind": "clause"}, [WHOLE[0], WHOLE[1], WHOLE[4]]),
        ({"kind": "position"}, [WHOLE[2], WHOLE[3]]),
        ({"kind": "clause,position"}, WHOLE),
        ({"date_from": "2031-06-30"}, [WHOLE[3]]),  # the month of June reaches to its last day
        ({"date_to": "2031-05-01"}, WHOLE[:3]),
        ({"date_from": "2031-06-02", "date_to": "2031-06-15"}, WHOLE[3:]),
        ({"as_of": "2031-06-01"}, WHOLE[:4]),
        ({"party": "northern-council"}, [WHOLE[0], WHOLE[1], WHOLE[4]]),  # it proposed both texts
        ({"party": "coastal-front"}, WHOLE[2:4]),
        ({"proposal": "front-answer"}, [WHOLE[4]]),
        ({"process": "northern-coast"}, [WHOLE[0], WHOLE[1], WHOLE[4]]),  # the positions speak of the topic alone
    ],
)
def test_a_timeline_is_narrowed(api, matter, parameters, found):
    assert entries(api, **parameters) == found


def test_a_timeline_refuses_what_it_does_not_know(api, matter):
    answer = api.get("topics/garrison/timeline/", kind="speech", date_from="June")

    assert answer.faults == {"kind": ["unknown_code"], "date_from": ["not_a_day"]}
    assert api.get("topics/garrison/timeline/", q="men").faults == {"q": ["unknown_parameter"]}
    assert api.get("topics/garrison/timeline/", proposal="secret").faults == {"proposal": ["unknown_proposal"]}


def test_a_topic_that_nobody_speaks_of_has_an_empty_timeline(api, db):
    make_topic("garrison")

    assert entries(api) == []


def test_a_timeline_takes_as_many_queries_for_thirty_entries_as_for_three(api, db):
    plan = make_proposal("council-plan")
    for index in range(15):
        make_clause(plan, topics=["garrison"])
        make_position(f"p{index}", topic=make_topic("garrison"), date=datetime.date(2031, 5, 1))

    counts = []
    for limit in (30, 3):
        with CaptureQueriesContext(connection) as queries:
            api.get("topics/garrison/timeline/", limit=limit, offset=13 if limit == 3 else 0)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
