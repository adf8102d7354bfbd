"""Alignments of the corpus as a program starts, watches and cancels them, and the proposals nearest to one."""

import pytest

from proposals.jobs import Asked, runs, start_run
from proposals.models import AlignmentRun, Stage
from tests.factories import make_clause, make_decision, make_process, make_proposal
from tests.jobs.doing import align_all, do_jobs, realign, take
from tests.roles import make_user

pytestmark = pytest.mark.django_db

RUNS = "/api/v1/alignment-runs/"


@pytest.fixture
def reviewer(client):
    client.force_login(make_user("reviewer", "rosa"))
    return client


@pytest.fixture
def plans():
    """Two that share both their matters, one that shares one of them, and one about something else."""
    harbour, prisoners = "The Coastal Front opens the old harbour.", "The Northern Council releases all prisoners."
    made = {
        slug: make_proposal(slug) for slug in ("council-plan", "front-answer", "mediators-bridge", "fishing-agreement")
    }
    for slug in ("council-plan", "front-answer", "mediators-bridge"):
        make_clause(made[slug], text=harbour, label="Old harbour")
    for slug in ("council-plan", "front-answer"):
        make_clause(made[slug], text=prisoners, label="Prisoners", topics=["prisoners"])
    make_clause(made["mediators-bridge"], text="A bridge is built over the river.", label="Bridge", topics=["bridge"])
    make_clause(made["fishing-agreement"], text="Nobody fishes in May.", label="Fishing", topics=["fishing"])
    return made


def post(client, address=RUNS, **body):
    return client.post(address, body, content_type="application/json")


def names(answer):
    assert answer.status_code == 200, answer.content
    return [one["proposal"]["slug"] for one in answer.json()["results"]]


class TestARun:
    def test_is_queued_by_whoever_may_and_tells_how_far_it_is(self, reviewer, plans):
        answer = post(reviewer)

        assert answer.status_code == 202
        told = reviewer.get(answer.headers["Location"]).json()
        assert told == answer.json()
        assert (told["scope"], told["state"], told["progress"], told["started_by"]) == ("all", "queued", 0, "rosa")

        run = AlignmentRun.objects.get()
        runs.begin(run.pk)
        assert reviewer.get(told["url"]).json()["state"] == "running"
        do_jobs(run)

        told = reviewer.get(told["url"]).json()
        assert (told["state"], told["progress"]) == ("done", 1)
        assert told["pairs"] == {"total": 6, "fresh": 0, "done": 6, "failed": 0, "left_out": 0}
        assert told["method"].startswith("concordance 1")
        assert [one["id"] for one in reviewer.get(RUNS).json()["results"]] == [run.pk]

    def test_asked_for_again_while_it_is_under_way_is_the_same(self, reviewer, plans):
        first = post(reviewer, proposals=["council-plan", "front-answer"])

        again = post(reviewer, proposals=["front-answer", "council-plan"])

        assert (first.status_code, again.status_code) == (202, 200)
        assert first.json()["id"] == again.json()["id"]

    def test_waits_for_nobody_else_s(self, reviewer, plans):
        post(reviewer)

        answer = post(reviewer, process="northern-coast")

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/already_running"
        assert AlignmentRun.objects.count() == 1

    def test_is_cancelled_once(self, reviewer, plans):
        address = post(reviewer).json()["url"]

        answers = [reviewer.post(f"{address}cancel/") for _ in range(2)]

        assert [answer.status_code for answer in answers] == [200, 409]
        assert answers[0].json()["state"] == "cancelled"
        assert answers[1].json()["type"] == "/problems/already_ended"

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({"process": "southern-coast"}, "southern-coast"),
            ({"proposals": ["council-plan", "council-plam"]}, "council-plam"),
            # One alone has nothing to be aligned with.
            ({"proposals": ["council-plan"]}, "proposals"),
            ({"proposals": ["council-plan", "council-plan"]}, "two different"),
            ({"proposals": ["council-plan", "secret-draft"]}, "secret-draft"),
            ({"process": "northern-coast", "proposals": ["council-plan", "front-answer"]}, "not both"),
            ({"slugs": []}, "slugs"),
        ],
    )
    def test_is_refused_by_name_and_place(self, reviewer, plans, body, named):
        make_proposal("secret-draft", stage=Stage.DRAFT)
        make_process()

        answer = post(reviewer, **body)

        assert answer.status_code == 400
        assert named in str(answer.json())
        assert not AlignmentRun.objects.exists()

    @pytest.mark.parametrize(
        ("role", "sees", "starts"), [("reader", 403, 403), ("editor", 200, 403), ("reviewer", 200, 202)]
    )
    def test_is_for_staff_to_see_and_for_reviewers_to_start(self, client, plans, role, sees, starts):
        client.force_login(make_user(role))

        assert (client.get(RUNS).status_code, post(client).status_code) == (sees, starts)
        assert AlignmentRun.objects.exists() is (starts == 202)


class TestTheNearestProposals:
    def test_come_with_their_links_the_nearest_first(self, client, plans):
        make_decision(plans["council-plan"].clauses.first(), plans["fishing-agreement"].clauses.first())
        align_all()

        found = client.get("/api/v1/proposals/council-plan/nearest/").json()["results"]

        assert [(one["proposal"]["slug"], one["nearness"]) for one in found] == [
            ("front-answer", 1),
            ("fishing-agreement", 0.6667),
            ("mediators-bridge", 0.5),
        ]
        assert [(link["own"], link["other"], link["decided_by"]) for link in found[1]["links"]] == [
            ("council-plan/c01", "fishing-agreement/c01", "editor")
        ]

    def test_tell_each_link_from_the_side_that_is_asked(self, client, plans):
        align_all()

        found = client.get("/api/v1/proposals/mediators-bridge/nearest/").json()["results"]

        assert {(link["own"], link["other"]) for one in found for link in one["links"]} == {
            ("mediators-bridge/c01", "council-plan/c01"),
            ("mediators-bridge/c01", "front-answer/c01"),
        }

    def test_are_none_before_an_alignment(self, client, plans):
        assert names(client.get("/api/v1/proposals/council-plan/nearest/")) == []

    def test_leave_out_what_changed_since_until_it_is_aligned_again(self, client, plans):
        align_all()
        address = "/api/v1/proposals/council-plan/nearest/"
        tag = client.get(address).headers["ETag"]

        plans["front-answer"].clauses.filter(key="c02").update(text="Nobody fishes in May.")
        assert names(client.get(address)) == ["mediators-bridge"]
        plans["council-plan"].clauses.filter(key="c02").update(text="Nobody swims.")
        assert names(client.get(address)) == []

        realign()
        again = client.get(address, headers={"If-None-Match": tag})
        assert "front-answer" in names(again)

    def test_do_not_tell_what_is_no_longer_public(self, client, plans):
        align_all()
        plans["front-answer"].stage = Stage.WITHDRAWN
        plans["front-answer"].save()

        answer = client.get("/api/v1/proposals/council-plan/nearest/")

        assert names(answer) == ["mediators-bridge"]
        assert b"front-answer" not in answer.content
        assert client.get("/api/v1/proposals/front-answer/nearest/").status_code == 404

    def test_leave_out_a_pair_that_was_decided_since(self, client, plans):
        align_all()
        make_decision(
            plans["council-plan"].clauses.first(), plans["mediators-bridge"].clauses.first(), verdict="not_same_matter"
        )

        assert names(client.get("/api/v1/proposals/council-plan/nearest/")) == ["front-answer"]

    def test_cost_as_many_queries_however_many_they_are(self, client, plans, django_assert_num_queries):
        address = "/api/v1/proposals/council-plan/nearest/"
        align_all()
        with django_assert_num_queries(6) as few:
            client.get(address)
        for number in range(20):
            make_proposal(f"plan-{number:02}", clauses=["The Coastal Front opens the old harbour."])
        realign()

        with django_assert_num_queries(len(few)):
            assert len(names(client.get(address))) == 22


def test_a_run_in_the_queue_is_taken_out_when_it_is_cancelled(reviewer, plans):
    run = start_run(Asked())
    reviewer.post(f"{RUNS}{run.pk}/cancel/")

    take("begin")
    runs.begin(run.pk)

    run.refresh_from_db()
    assert run.state == "cancelled"
