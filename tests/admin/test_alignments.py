"""Alignments of the corpus in the admin: started on a page, watched in the list, cancelled by an action."""

import re

import pytest

from proposals.jobs import Asked, runs, start_run
from proposals.jobs.failing import note_failure
from proposals.models import AlignmentJob, AlignmentRun
from tests.factories import make_process, make_proposal
from tests.jobs.doing import do_jobs
from tests.roles import make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/proposals/alignmentrun/"


@pytest.fixture
def reviewer(client):
    client.force_login(make_user("reviewer", "rosa"))
    return client


@pytest.fixture
def plans():
    clauses = ["The Coastal Front opens the old harbour."]
    return [make_proposal(slug, clauses=clauses) for slug in ("council-plan", "front-answer", "mediators-bridge")]


def test_a_reviewer_starts_one_and_watches_it(reviewer, plans):
    answer = reviewer.post(f"{LIST}add/", {"scope": "all", "process": "", "proposals": ""}, follow=True)

    run = AlignmentRun.objects.get()
    assert (run.scope, run.state, run.started_by.username) == ("all", "queued", "rosa")
    assert f"{run.pk}: all public proposals, queued" in answer.content.decode()

    runs.begin(run.pk)
    do_jobs(run)
    page = reviewer.get(LIST).content.decode()
    assert '<progress max="100" value="100">' in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"scope": "process"}, "Name a process or proposals with the scope that takes them"),
        ({"scope": "all", "proposals": "council-plan"}, "Name a process or proposals with the scope that takes them"),
        ({"scope": "named", "proposals": "council-plan, front-anser"}, "front-anser"),
    ],
)
def test_what_does_not_go_together_is_refused_on_the_page(reviewer, plans, fields, told):
    answer = reviewer.post(f"{LIST}add/", {"process": "", "proposals": "", **fields})

    assert told in answer.content.decode()
    assert not AlignmentRun.objects.exists()


def test_a_second_one_is_refused_while_one_is_under_way(reviewer, plans):
    first = start_run(Asked())

    answer = reviewer.post(f"{LIST}add/", {"scope": "process", "process": make_process().pk}, follow=True)

    assert "An alignment is under way" in answer.content.decode()
    assert list(AlignmentRun.objects.all()) == [first]


def test_a_reviewer_cancels_one_and_an_editor_does_not(reviewer, client, plans):
    run = start_run(Asked())
    action = {"action": "cancel", "_selected_action": [run.pk]}

    client.force_login(make_user("editor"))
    client.post(LIST, action)
    run.refresh_from_db()
    assert run.state == "queued"

    client.force_login(make_user("reviewer", "rita"))
    told = [client.post(LIST, action, follow=True).content.decode() for _ in range(2)]
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert f"Alignment {run.pk} is cancelled." in told[0]
    assert f"Alignment {run.pk} has ended already." in told[1]


def test_its_page_has_a_button_to_cancel_it_for_reviewers_and_as_long_as_it_goes_on(client, plans):
    run = start_run(Asked())
    page = f"{LIST}{run.pk}/change/"
    button = "Cancel this alignment: what is aligned stays"

    client.force_login(make_user("editor"))
    assert button not in client.get(page).content.decode()

    client.force_login(make_user("reviewer", "rita"))
    form = client.get(page).content.decode().partition(f'<form method="post" action="{LIST}">')[2]
    assert button in form
    client.post(LIST, dict(re.findall(r'name="(action|_selected_action)" value="(\w+)"', form)))
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert button not in client.get(page).content.decode()


def test_its_page_tells_which_jobs_failed_and_why(reviewer, plans):
    run = start_run(Asked())
    runs.begin(run.pk)
    for job in AlignmentJob.objects.all():
        note_failure(job.pk, "ValueError: <too bitter>", last=True)

    page = reviewer.get(f"{LIST}{run.pk}/change/").content.decode()

    assert "failed in part" in page
    assert "1 attempts: ValueError: &lt;too bitter&gt;" in page
