"""The page for lining two proposals up: what it shows, in which order, and at what cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.models import Clause, Decision, Lineage, Proposal
from tests.admin.lining_up import ANSWER, PLAN, address, laid_out, make_plans, pair, words
from tests.api.conftest import Api
from tests.factories import make_clause, make_decision, make_proposal

pytestmark = pytest.mark.django_db

US_28, E3 = "us-28-point-2025-11", "e3-counter-2025-11"


@pytest.fixture
def plans(db):
    return make_plans()


def clause(proposal, key):
    return Clause.objects.get(proposal=proposal, key=key)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("slugs", [(US_28, E3), (E3, US_28), ("istanbul-communique-2022", US_28)])
def test_links_scores_and_relations_are_those_of_the_api(editor, slugs):
    document = Api(Client()).get("comparisons/", proposals=",".join(slugs)).body
    links = {(one["left"], one["right"]): one for row in document["rows"] for one in row["links"]}

    found = laid_out(editor.user, *slugs)

    linked = {(one.left.clause.id, one.right.clause.id): one for one in found.pairs if one.is_linked}
    assert linked.keys() == links.keys()
    for ids, link in links.items():
        told = linked[ids]
        assert told.relation == {"equivalent": "say the same"}.get(link["relation"], link["relation"])
        if link["decided_by"] == "engine":
            assert told.score == f"{link['score']:.2f}"
            assert [detail for _, _, detail in told.reasons] == [one["detail"] for one in link["reasons"]]
        assert (told.standing == "undecided") == (link["decided_by"] == "engine")


@pytest.mark.usefixtures("shipped")
def test_suggestions_are_those_of_the_api(editor):
    found = laid_out(editor.user, US_28, E3)
    suggested = [one for one in found.pairs if not one.is_linked]
    key = suggested[0].left.clause.key

    (answer,) = Api(Client()).get(f"proposals/{US_28}/clauses/{key}/counterparts/", proposal=E3).body["results"]

    told = {one["clause"]["id"]: f"{one['score']:.2f}" for one in answer["counterparts"] if not one["linked"]}
    assert told == {one.right.clause.id: one.score for one in suggested if one.left.clause.key == key}


@pytest.mark.usefixtures("shipped")
def test_every_clause_of_both_texts_and_every_difference_of_a_pair_is_on_the_page(editor):
    found = laid_out(editor.user, US_28, E3)
    page = words(editor.client.get(address(left=US_28, right=E3)))

    for stored in Clause.objects.filter(proposal__slug__in=[US_28, E3]):
        assert stored.text in page
    points = [point for one in found.pairs for point in one.points]
    assert len(points) > 20
    assert [point.summary for point in points if point.summary not in page] == []
    assert page.count(">paraphrase<") >= 2 * len(found.pairs)
    assert "<mark>" not in page


def test_words_are_marked_between_two_texts_of_one_language_alone(editor, plans):
    assert "<mark>" not in words(editor.client.get(address()))

    Clause.objects.update(wording="verbatim")

    page = words(editor.client.get(address()))
    assert "at most <mark>500</mark> soldiers" in page
    assert "at most <mark>800</mark> soldiers" in page


def test_stale_pairs_come_first_then_those_nearest_to_the_cut_then_the_decided(editor, plans):
    plan, answer = plans
    make_decision(clause(plan, "c02"), clause(answer, "c02"))
    make_decision(clause(plan, "c03"), clause(answer, "c03"), verdict="not_same_matter")
    Clause.objects.filter(pk=clause(answer, "c03").pk).update(text="Pilots guide ferries.")

    found = laid_out(editor.user).pairs

    standings = [one.standing for one in found]
    assert standings == sorted(standings, key=["stale", "undecided", "decided"].index)
    assert (found[0].left.clause.key, found[0].right.clause.key) == ("c03", "c03")
    margins = [one.margin for one in found if one.standing == "undecided"]
    assert margins == sorted(margins)
    assert margins


@pytest.mark.usefixtures("shipped")
def test_margins_rise_through_the_undecided(editor):
    margins = [one.margin for one in laid_out(editor.user, US_28, E3).pairs if one.standing == "undecided"]

    assert len(margins) > 10
    assert margins == sorted(margins)


def test_progress_counts_what_holds_as_done(editor, plans):
    plan, answer = plans
    make_decision(clause(plan, "c01"), clause(answer, "c01"))
    make_decision(clause(plan, "c03"), clause(answer, "c03"), verdict="not_same_matter")
    Clause.objects.filter(pk=clause(answer, "c03").pk).update(text="Pilots guide ferries.")

    progress = laid_out(editor.user).progress

    assert (progress.decided, progress.stale, progress.is_done) == (1, 1, False)
    assert progress.total == progress.decided + progress.stale + progress.undecided
    assert f"1 of {progress.total} pairs decided</b>, 1 stale" in words(editor.client.get(address()))


def test_when_all_is_decided_the_page_says_so_and_leads_to_the_comparison(editor, plans):
    for one in laid_out(editor.user).pairs:
        make_decision(clause(plans[0], one.left.clause.key), clause(plans[1], one.right.clause.key))

    page = words(editor.client.get(address()))

    assert "All is decided." in page
    assert f'/compare/?proposals={PLAN},{ANSWER}">Open the public comparison' in page


@pytest.mark.parametrize("show", ["stale", "undecided", "decided", "all", "nonsense"])
def test_the_queue_is_filtered(editor, plans, show):
    make_decision(clause(plans[0], "c01"), clause(plans[1], "c01"))

    page = words(editor.client.get(address(show=show)))

    shown = re.findall(r'class="pair is-(\w+)', page)
    every = [one.standing for one in laid_out(editor.user).pairs]
    assert shown == [one for one in every if show in ("all", "nonsense", one)]


def test_a_pair_that_was_refused_says_what_the_engine_would_make_of_it(editor, plans):
    make_decision(clause(plans[0], "c01"), clause(plans[1], "c01"), verdict="not_same_matter")

    found = pair(editor.user, "c01", "c01")

    assert (found.is_linked, found.relation, found.engine_relation) == (False, "", "conflict")
    assert [point.name for point in found.points] == ["Figure"]
    assert found.reasons


def test_a_decision_of_others_and_ones_own_are_told_apart(editor, plans):
    make_decision(clause(plans[0], "c01"), clause(plans[1], "c01"))
    make_decision(clause(plans[0], "c02"), clause(plans[1], "c02"), author=editor.user, decided_by="Ida Northern")

    page = words(editor.client.get(address()))

    assert "Take back the decision of two readers" in page
    assert "by you, as Ida Northern" in page


def test_a_placeholder_is_shown_and_offered_for_nothing(editor, plans):
    make_clause(plans[0], text="Not known.", label="Annex", kind="placeholder", modality="", topics=[])

    (entry,) = [one for one in laid_out(editor.user).entries[0] if one.clause.is_placeholder]

    assert entry.partners == ()
    assert "Its content is not known, so it is in no pair." in words(editor.client.get(address()))


def test_texts_with_scripts_in_them_are_shown_as_text(editor, plans):
    hostile = "</textarea><script>alert(1)</script>"
    Clause.objects.update(text=hostile, label=hostile, locator=hostile)
    make_decision(clause(plans[0], "c01"), clause(plans[1], "c01"), note=hostile, decided_by=hostile)

    page = editor.client.get(address()).content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("left", "right"),
    [(PLAN, "no-such-plan"), ("no-such-plan", ANSWER), (PLAN, PLAN)],  # unknown, unknown, one text with itself
)
def test_what_cannot_be_lined_up_is_not_found(editor, plans, left, right):
    assert editor.client.get(address(left=left, right=right)).status_code == 404
    assert editor.client.post(address("decide", left, right)).status_code == 404
    assert editor.client.post(address("silence", left, right)).status_code == 404


def test_the_page_is_kept_by_nobody(editor, plans):
    assert "no-store" in editor.client.get(address()).headers["Cache-Control"]


def queries(editor, get):
    get()
    with CaptureQueriesContext(connection) as found:
        assert get().status_code == 200
    return len(found)


def test_the_number_of_queries_does_not_grow_with_clauses_and_decisions(editor, plans):
    few = queries(editor, lambda: editor.client.get(address()))
    for number in range(12):
        left = make_clause(plans[0], text=f"Ferry {number} sails to the old harbour.", topics=["ferries"])
        right = make_clause(plans[1], text=f"Ferry {number} sails from the old harbour.", topics=["ferries"])
        make_decision(left, right)

    assert queries(editor, lambda: editor.client.get(address())) == few <= 30


@pytest.mark.usefixtures("shipped")
def test_the_largest_shipped_pair_opens_and_is_decided_on(editor):
    body = {"act": "reject", "left": "c29", "right": "c21"}

    opened = editor.client.get(address(left=US_28, right=E3))
    decided = editor.client.post(address("decide", US_28, E3), body, headers={"Accept": "application/json"})

    assert (opened.status_code, decided.status_code) == (200, 200)
    assert Decision.objects.get(left__key="c29", right__key="c21").verdict == "not_same_matter"


def test_the_page_of_a_proposal_leads_to_the_choice_of_another(editor, plans):
    page = words(editor.client.get(reverse("admin:proposals_proposal_change", args=[plans[0].pk])))

    choice = reverse("admin:proposals_proposal_line_up_with", args=[plans[0].pk])
    assert f'<a href="{choice}">Line up with…</a>' in page


def test_the_choice_suggests_lineage_first_and_then_the_latest(editor, plans):
    plan, answer = plans
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")
    make_proposal("late-plan", stage="draft")
    make_decision(clause(plan, "c01"), clause(answer, "c01"))

    page = words(editor.client.get(reverse("admin:proposals_proposal_line_up_with", args=[plan.pk])))

    assert "it answers this one · 1 pair decided" in page
    assert page.index(address()) < page.index(address(right="late-plan"))
    assert " · draft" in page
    assert address(right=PLAN) not in page


def test_any_other_proposal_is_chosen_by_searching(editor, plans):
    choice = reverse("admin:proposals_proposal_line_up_with", args=[plans[0].pk])

    found = editor.client.get(choice, {"other": plans[1].pk})
    itself = editor.client.get(choice, {"other": plans[0].pk})
    unknown = editor.client.get(choice, {"other": "x"})

    assert (found.status_code, found.url) == (302, address())
    assert "Choose another proposal than this one." in words(itself)
    assert unknown.status_code == 200


def test_the_choice_costs_as_many_queries_for_many_proposals(editor, plans):
    choice = reverse("admin:proposals_proposal_line_up_with", args=[plans[0].pk])
    few = queries(editor, lambda: editor.client.get(choice))
    for number in range(8):
        make_proposal(f"plan-{number}")

    assert Proposal.objects.count() == 10
    assert queries(editor, lambda: editor.client.get(choice)) == few
    assert not Decision.objects.exists()
