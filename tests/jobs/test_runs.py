"""All pairs of the corpus aligned: what is stored, and that it is what a comparison says."""

import pytest
from django.core.exceptions import ValidationError

from proposals.comparison import compare
from proposals.jobs import AlreadyRunning, Asked, NotActive, cancel_run, progress_of, runs, start_run
from proposals.jobs.aligning import Stopped, align_job
from proposals.jobs.stored_links import unpacked
from proposals.models import AlignedPair, AlignmentJob, AlignmentRun, Stage
from tests.factories import make_decision, make_process, make_proposal
from tests.jobs.doing import align_all, do_jobs, pairs_of, queued, stored, take

pytestmark = pytest.mark.django_db


def links_of(one, two):
    """As a comparison of the two tells them."""
    document = compare(proposals=[one, two])
    return {
        (frozenset({link["left"], link["right"]}), link["relation"], round(link["score"], 4), link["decided_by"])
        for row in document["rows"]
        for link in row["links"]
    }


def stored_links_of(one, two):
    pair = AlignedPair.objects.get(left__slug__in=[one, two], right__slug__in=[one, two])
    return {
        (frozenset({f"{pair.left.slug}/{left}", f"{pair.right.slug}/{right}"}), relation, score, decided_by)
        for left, right, relation, score, decided_by in unpacked(pair.links)
    }


def test_a_run_stores_every_pair_once_with_the_links_of_a_comparison(corpus):
    make_decision(corpus["council-plan"].clauses.first(), corpus["front-answer"].clauses.last())

    run = align_all()

    assert (run.state, pairs_of(run)) == ("done", (6, 0, 6, 0))
    assert progress_of(run) == 1
    assert len(stored()) == AlignedPair.objects.count() == 6
    assert any(stored_links_of(*pair) for pair in stored())
    for one, two in stored():
        assert stored_links_of(one, two) == links_of(one, two)


def test_a_second_run_finds_all_fresh_and_writes_nothing(corpus):
    align_all()
    before = stored()

    run = align_all()

    assert pairs_of(run) == (6, 6, 0, 0)
    assert (run.state, progress_of(run)) == ("done", 1)
    assert stored() == before


def test_a_job_that_is_done_twice_counts_once_and_stores_once(corpus):
    run = start_run(Asked())
    runs.begin(run.pk)
    jobs = list(AlignmentJob.objects.order_by("pk"))

    align_job(jobs[0].pk)
    before = stored()
    align_job(jobs[0].pk)
    runs.begin(run.pk)

    assert stored() == before
    run.refresh_from_db()
    assert run.pairs_done == len(jobs[0].others)
    do_jobs(run)
    assert pairs_of(run) == (6, 0, 6, 0)


def test_what_is_not_public_is_not_aligned(corpus):
    make_proposal("secret-draft", clauses=["The Coastal Front opens the old harbour."], stage=Stage.DRAFT)
    corpus["council-plan"].clauses.filter(key="c01").update(stage=Stage.DRAFT)

    run = align_all()

    assert run.pairs_total == 6
    named = {(pair.left.slug, link[0]) for pair in AlignedPair.objects.all() for link in unpacked(pair.links)}
    named |= {(pair.right.slug, link[1]) for pair in AlignedPair.objects.all() for link in unpacked(pair.links)}
    assert ("council-plan", "c02") in named
    assert ("council-plan", "c01") not in named


def test_a_run_of_named_proposals_aligns_these_alone(corpus):
    run = align_all(proposals=["council-plan", "front-answer", "mediators-bridge"])

    assert pairs_of(run) == (3, 0, 3, 0)
    assert {slug for pair in stored() for slug in pair} == {"council-plan", "front-answer", "mediators-bridge"}


def test_a_run_of_a_process_aligns_its_proposals_alone(corpus):
    southern = make_process("southern-coast")
    corpus["council-plan"].process = corpus["front-answer"].process = southern
    for proposal in corpus.values():
        proposal.save()

    run = align_all(process=southern)

    assert pairs_of(run) == (1, 0, 1, 0)
    assert set(stored()) == {frozenset({"council-plan", "front-answer"})}


def test_one_run_is_active_at_a_time(corpus):
    first = start_run(Asked())

    with pytest.raises(AlreadyRunning, match="under way"):
        start_run(Asked())

    assert list(AlignmentRun.objects.all()) == [first]
    assert queued() == ["begin"]


def test_a_scope_names_what_it_takes_and_nothing_else(corpus):
    with pytest.raises(ValidationError, match="Name a process or proposals"):
        start_run(Asked(process=make_process("southern-coast"), proposals=["council-plan"]))


class TestACancelledRun:
    def test_takes_its_jobs_out_of_the_queue_and_keeps_what_is_aligned(self, corpus):
        run = start_run(Asked())
        take("begin")
        runs.begin(run.pk)
        first, *others = AlignmentJob.objects.order_by("pk")
        align_job(first.pk)
        assert queued().count("align") == len(others) + 1

        cancel_run(run)

        assert (run.state, run.pairs_done) == ("cancelled", len(first.others))
        assert "align" not in queued()
        assert AlignedPair.objects.count() == len(first.others)

    def test_is_not_gone_on_with_by_a_worker_that_comes_late(self, corpus):
        run = start_run(Asked())
        runs.begin(run.pk)
        jobs = list(AlignmentJob.objects.all())
        cancel_run(run)

        for job in jobs:
            align_job(job.pk)
        runs.begin(run.pk)

        run.refresh_from_db()
        assert (run.state, run.pairs_done, AlignedPair.objects.count()) == ("cancelled", 0, 0)

    def test_is_gone_on_with_by_the_next_one(self, corpus):
        run = start_run(Asked())
        runs.begin(run.pk)
        first = AlignmentJob.objects.order_by("pk").first()
        align_job(first.pk)
        cancel_run(run)

        again = align_all()

        assert pairs_of(again) == (6, len(first.others), 6 - len(first.others), 0)

    def test_cannot_be_cancelled_twice(self, corpus):
        run = align_all()

        with pytest.raises(NotActive):
            cancel_run(run)

        run.refresh_from_db()
        assert run.state == "done"


def test_a_worker_that_is_asked_to_stop_leaves_its_job_as_it_was(corpus):
    run = start_run(Asked())
    runs.begin(run.pk)
    job = AlignmentJob.objects.order_by("pk").first()

    with pytest.raises(Stopped):
        align_job(job.pk, stop=lambda: True)

    assert AlignedPair.objects.count() == 0
    do_jobs(run)
    assert pairs_of(run) == (6, 0, 6, 0)


def test_an_empty_corpus_is_aligned_at_once(db):
    run = align_all()

    assert (run.state, pairs_of(run), progress_of(run)) == ("done", (0, 0, 0, 0), 1)


def test_the_number_of_queries_of_a_job_does_not_grow_with_its_pairs(corpus, django_assert_max_num_queries):
    for number in range(20):
        make_proposal(f"further-plan-{number:02}", clauses=["The Coastal Front opens the old harbour."])
    run = start_run(Asked())
    runs.begin(run.pk)
    job = AlignmentJob.objects.order_by("pk").first()
    assert len(job.others) > 20

    with django_assert_max_num_queries(30):
        align_job(job.pk)
