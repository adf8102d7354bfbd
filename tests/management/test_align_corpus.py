"""Alignments started and cancelled from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from proposals.models import AlignmentRun
from tests.factories import make_process, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plans():
    for slug in ("council-plan", "front-answer"):
        make_proposal(slug, clauses=["The Coastal Front opens the old harbour."])


def align(*arguments, **options):
    said = io.StringIO()
    call_command("align_corpus", *arguments, stdout=said, **options)
    return said.getvalue()


def test_it_queues_an_alignment_of_what_is_named_and_says_its_number():
    said = align("council-plan", "front-answer")

    run = AlignmentRun.objects.get()
    assert said == f"Alignment {run.pk} is queued.\n"
    assert (run.scope, run.proposals, run.state) == ("named", ["council-plan", "front-answer"], "queued")


def test_it_queues_one_of_a_process():
    align(process=make_process().slug)

    assert AlignmentRun.objects.get().process.slug == "northern-coast"


@pytest.mark.parametrize(
    ("arguments", "options", "why"),
    [
        (["council-plan", "front-anser"], {}, "front-answer"),
        (["council-plan"], {}, "two proposals"),
        ([], {"process": "southern-coast"}, "no process southern-coast"),
        (["council-plan", "front-answer"], {"process": "northern-coast"}, "not both"),
        ([], {"cancel": True}, "No alignment is under way"),
    ],
)
def test_it_refuses_in_a_sentence(arguments, options, why):
    with pytest.raises(CommandError, match=why):
        align(*arguments, **options)

    assert not AlignmentRun.objects.exists()


def test_it_cancels_the_one_that_is_under_way_and_starts_no_second_beside_it():
    align()
    with pytest.raises(CommandError, match="under way"):
        align()

    said = align(cancel=True)

    assert AlignmentRun.objects.get().state == "cancelled"
    assert "what was aligned stays" in said
