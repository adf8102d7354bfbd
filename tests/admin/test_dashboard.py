"""The first page of the workshop: what waits, counted, each count on the list of just these records."""

import datetime
import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.admin.dashboard import NEEDS
from proposals.models import Clause, Dispute, DisputeClaim, Position, Proposal, Snapshot, Stage
from proposals.needs import Asker
from tests.admin.conftest import Editor, faults
from tests.factories import (
    make_clause,
    make_decision,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_statement,
)

_INDEX = reverse("admin:index")


def waiting(response: HttpResponse) -> dict[str, tuple[int, str]]:
    """The tiles of the page: what is told, with the count and the address."""
    tile = r'<a href="([^"]+)"><strong>(\d+)</strong> <span><b>([^<]+)</b> ([^<]+)</span>'
    found = re.findall(tile, response.content.decode())
    return {html.unescape(f"{what} {told}"): (int(count), html.unescape(url)) for url, count, what, told in found}


def shown(client: Client, url: str) -> list[Any]:
    return list(client.get(url).context_data["cl"].queryset)  # type: ignore[attr-defined]


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("sam", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def dispute(slug: str, *values: str) -> Dispute:
    found = Dispute.objects.create(slug=slug, subject="Strength of the garrison")
    for order, value in enumerate(values):
        DisputeClaim.objects.create(dispute=found, value=value, source=make_source(), order=order)
    return found


@pytest.fixture
def case(editor: Editor) -> dict[str, Any]:
    """One record, at least, to which each of the questions says yes, and one to which it says no."""
    plan = make_proposal(clauses=["The Front opens the harbour."], stage=Stage.REVIEW, clauses_complete="partly")
    answer = make_proposal("front-answer", clauses=["The harbour stays closed."])
    make_decision(plan.clauses.get(), answer.clauses.get())
    make_clause(plan, text="No topic.", topics=())
    make_clause(plan, text="Not known.", topics=(), kind=Clause.Kind.PLACEHOLDER, modality="")
    make_clause(plan, text="No source.", stage=Stage.DRAFT).citations.all().delete()
    make_clause(plan, text="Gone.", topics=(), stage=Stage.WITHDRAWN)
    Clause.objects.filter(proposal=answer).update(text="The harbour stays closed for good.")
    alone = make_proposal("alone", stage=Stage.DRAFT)
    make_position(stage=Stage.REVIEW)
    make_statement(stage=Stage.REVIEW)
    dispute("strength", "400 men", "600 men", "many")
    dispute("colour", "red", "blue in 2031")
    return {"plan": plan, "answer": answer, "alone": alone}


def test_every_count_leads_to_the_list_of_just_these_records(editor: Editor, case: dict[str, Any]) -> None:
    tiles = waiting(editor.client.get(_INDEX))

    assert {told: count for told, (count, _) in tiles.items()} == {
        "proposal waiting for review, begun by others": 1,
        "proposal never compared: no decision, no snapshot": 1,
        "proposal clause set not complete": 1,
        "clause without a topic": 1,
        "clause without a source": 1,
        "clause placeholders: content not known": 1,
        "position waiting for review, begun by others": 1,
        "statement waiting for review, begun by others": 1,
        "decision stale: a clause changed since": 1,
        "dispute rival values in figures": 1,
    }
    for count, url in tiles.values():
        assert len(shown(editor.client, url)) == count


def test_the_shipped_data_has_the_same_counts_on_its_lists(editor: Editor, shipped: None) -> None:
    tiles = waiting(editor.client.get(_INDEX))

    assert len(tiles) >= 4
    for count, url in tiles.values():
        assert editor.client.get(url).context_data["cl"].result_count == count  # type: ignore[attr-defined]


def test_drafts_that_i_began_are_mine_and_not_for_me_to_review(editor: Editor) -> None:
    form = editor.open_new(Proposal) | {
        "process": make_process().pk,
        "title": "Plan",
        "short_title": "Plan",
        "slug": "plan",
        "kind": "points_plan",
        "date": "2031-05-01",
        "date_precision": "day",
        "text_status": "published",
        "clauses_complete": "yes",
        "summary": "A plan.",
        "stage": "draft",
    }
    assert faults(editor.save_new(Proposal, form)) == []
    assert list(waiting(editor.client.get(_INDEX))) == [
        "proposal my drafts",
        "proposal never compared: no decision, no snapshot",
    ]

    Proposal.objects.update(stage=Stage.REVIEW)

    assert "proposal my drafts" not in waiting(editor.client.get(_INDEX))
    assert "proposal waiting for review, begun by others" not in waiting(editor.client.get(_INDEX))


def test_what_is_long_in_review_is_told_by_the_day(editor: Editor) -> None:
    make_position(stage=Stage.REVIEW)

    def told(days: int) -> bool:
        day = timezone.localdate() + datetime.timedelta(days=days)
        return Position.objects.needing("long_in_review", Asker(editor.user.pk, day)).exists()

    assert not told(0)
    assert not told(14)
    assert told(15)


def test_a_snapshot_counts_as_a_comparison(editor: Editor, case: dict[str, Any]) -> None:
    Snapshot.objects.create(digest="d", content="{}", asked={"proposals": ["alone", "front-answer"]}, named=[])

    assert "proposal never compared: no decision, no snapshot" not in waiting(editor.client.get(_INDEX))


def test_only_what_the_user_can_act_on_is_told(case: dict[str, Any]) -> None:
    assert waiting(staff("view_clause", "view_proposal", "view_decision").get(_INDEX)) == {}


def test_reviewing_is_for_those_who_may_publish(case: dict[str, Any]) -> None:
    page = staff("change_clause", "change_position", "preview_records").get(_INDEX)

    assert [told for told in waiting(page) if not told.startswith("clause")] == []
    assert "clause without a topic" in waiting(page)


def test_what_the_user_does_not_see_is_not_counted(case: dict[str, Any]) -> None:
    client = staff("change_proposal", "change_clause", "change_decision", "change_dispute")
    Clause.objects.filter(proposal=case["answer"], key="c01").get().topic_links.all().delete()

    tiles = waiting(client.get(_INDEX))

    assert {told: count for told, (count, _) in tiles.items()} == {
        "clause without a topic": 1,
        "dispute rival values in figures": 1,
    }
    for count, url in tiles.values():
        assert len(shown(client, url)) == count


def test_the_page_asks_as_many_questions_for_many_records_as_for_few(
    editor: Editor, case: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    editor.client.get(_INDEX)
    with CaptureQueriesContext(connection) as few:
        editor.client.get(_INDEX)
    for number in range(30):
        make_proposal(f"plan-{number}", clauses=["One.", "Two."], stage=Stage.REVIEW)

    with django_assert_num_queries(len(few)):
        editor.client.get(_INDEX)


def test_every_question_is_a_filter_of_its_list(editor: Editor, case: dict[str, Any]) -> None:
    for model, needs in NEEDS.items():
        page = editor.client.get(reverse(f"admin:proposals_{model._meta.model_name}_changelist"))
        for need in needs:
            assert f"needs={need.code}" in page.content.decode()


def test_an_unknown_question_shows_the_whole_list(editor: Editor, case: dict[str, Any]) -> None:
    assert len(shown(editor.client, reverse("admin:proposals_proposal_changelist") + "?needs=rest")) == 3


def test_below_stand_the_lists_and_the_recent_actions(editor: Editor, case: dict[str, Any]) -> None:
    page = editor.client.get(_INDEX).content.decode()

    assert page.index("What needs me") < page.index("app-parties") < page.index("Recent actions")
