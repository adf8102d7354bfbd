"""An edit makes exactly those pairs stale that depend on what was edited; the rows of all others stay as they are."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from proposals.jobs import Asked, runs, start_run
from proposals.jobs.stored_links import unpacked
from proposals.models import AlignedPair, AlignmentJob, Clause, Decision, Stage
from tests.factories import make_clause, make_decision, make_proposal, make_source
from tests.jobs.conftest import PLANS
from tests.jobs.doing import align_all, do_jobs, pairs_of, queued, realign, stored, take, written_since

pytestmark = pytest.mark.django_db


@pytest.fixture
def aligned(corpus):
    align_all()
    assert queued() == []
    return corpus


def with_(slug):
    return sorted(sorted([slug, other]) for other in PLANS if other != slug)


def test_editing_a_clause_aligns_the_pairs_of_its_proposal_again_and_no_other(aligned):
    before = stored()
    clause = aligned["front-answer"].clauses.get(key="c01")
    clause.text = "The Coastal Front opens the old harbour within 9 weeks, and the quay."
    clause.save()

    run = realign()

    assert written_since(before) == with_("front-answer")
    assert (run.after_edits, run.state, pairs_of(run)) == (True, "done", (6, 3, 3, 0))


def test_an_edit_is_cut_into_jobs_of_the_edited_proposal(aligned):
    aligned["front-answer"].clauses.filter(key="c01").update(text="The Coastal Front opens the quay.")
    take("realign")

    runs.realign()

    (job,) = AlignmentJob.objects.all()
    assert job.proposal == aligned["front-answer"].pk
    assert job.others == sorted(aligned[slug].pk for slug in PLANS if slug != "front-answer")


def test_what_was_edited_and_set_back_is_aligned_no_more(aligned):
    before = stored()
    aligned["front-answer"].clauses.filter(key="c01").update(label="Harbour")
    aligned["front-answer"].clauses.filter(key="c01").update(label="Old harbour")

    assert realign() is None
    assert stored() == before


@pytest.mark.parametrize(
    "edit",
    [
        # Shown beside links, and not what they are made from.
        lambda plan: plan.clauses.filter(key="c01").update(note="Read twice."),
        lambda plan: type(plan).objects.filter(pk=plan.pk).update(summary="Another summary."),
        lambda plan: make_source("another-gazette"),
    ],
    ids=["a note", "a summary", "a source"],
)
def test_what_links_are_not_made_from_restales_nothing(aligned, edit):
    before = stored()
    edit(aligned["front-answer"])

    assert realign() is None
    assert stored() == before


def test_a_decision_restales_its_pair_alone_when_made_changed_and_deleted(aligned):
    one, two = aligned["council-plan"].clauses.first(), aligned["mediators-bridge"].clauses.last()
    before = stored()
    pair = [["council-plan", "mediators-bridge"]]

    decision = make_decision(one, two)
    assert realign().pairs_done == 1
    assert written_since(before) == pair
    links = AlignedPair.objects.get(left=one.proposal, right=two.proposal).links
    assert ("c01", "c03", "editor") in {(link.left, link.right, link.decided_by) for link in unpacked(links)}

    before = stored()
    decision.verdict = Decision.Verdict.NOT_SAME_MATTER
    decision.save()
    assert realign().pairs_done == 1
    assert written_since(before) == pair

    before = stored()
    decision.delete()
    assert realign().pairs_done == 1
    assert written_since(before) == pair


def test_a_new_proposal_is_aligned_with_all_others_and_restales_none(aligned):
    before = stored()
    make_proposal("fifth-plan", clauses=["The Coastal Front opens the old harbour."])

    run = realign()

    assert written_since(before) == sorted(sorted(["fifth-plan", slug]) for slug in PLANS)
    assert pairs_of(run) == (10, 6, 4, 0)


def test_a_withdrawn_proposal_leaves_nothing_behind(aligned):
    aligned["front-answer"].stage = Stage.WITHDRAWN
    aligned["front-answer"].save()

    assert realign() is None
    assert {slug for pair in stored() for slug in pair} == set(PLANS) - {"front-answer"}


def test_a_deleted_proposal_takes_its_pairs_along(aligned):
    aligned["front-answer"].delete()

    assert {slug for pair in stored() for slug in pair} == set(PLANS) - {"front-answer"}


def test_another_vocabulary_makes_all_pairs_stale(aligned):
    call_command("freeze_vocabulary", verbosity=0)

    assert realign().pairs_done == 6


class TestAnEditQueues:
    def test_one_job_however_many_edits_there_are(self, aligned):
        for clause in Clause.objects.filter(proposal=aligned["front-answer"]):
            clause.text += " And more."
            clause.save()
        make_clause(aligned["council-plan"], text="The Coastal Front leaves.")

        assert queued() == ["realign"]

    def test_its_job_with_its_own_transaction(self, aligned):
        with transaction.atomic():
            aligned["front-answer"].clauses.update(text="Nothing.")
            assert queued() == ["realign"]
            transaction.set_rollback(True)

        assert queued() == []

    def test_its_job_by_plain_sql_too(self, aligned):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE proposals_clause SET text = 'All leave.' WHERE key = 'c01'")

        assert queued() == ["realign"]

    def test_nothing_before_anybody_asked_for_an_alignment(self, corpus):
        corpus["front-answer"].clauses.update(text="Nothing.")

        assert queued() == []


def test_edits_during_a_run_are_followed_when_it_ends(corpus):
    run = start_run(Asked())
    take("begin")
    runs.begin(run.pk)
    corpus["front-answer"].clauses.filter(key="c01").update(text="The Coastal Front opens the quay.")
    take("realign")
    assert runs.realign() is None

    do_jobs(run)

    assert queued() == ["realign"]
    # The jobs read what was there when they began.
    assert realign() is None


def test_what_people_asked_for_bounds_what_edits_align(corpus):
    align_all(proposals=["council-plan", "front-answer"])
    corpus["mediators-bridge"].clauses.update(text="Nothing.")
    assert realign() is None

    corpus["council-plan"].clauses.update(text="Nothing.")
    assert realign().pairs_done == 1
    assert set(stored()) == {frozenset({"council-plan", "front-answer"})}
