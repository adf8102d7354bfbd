"""Several clauses become one, and nothing that was on them or referred to them is lost."""

import pytest

from proposals.editing import Part, UnableToEdit, codings_of, merge_clauses, merged_columns, merged_key, referrers_of
from proposals.models import Clause, Decision, Dispute, RetiredKey
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_proposal,
    make_source,
)

INTO = Part("c01-c02", "1; 2", "The harbour", "It opens.\n\nIt stays open.")


@pytest.fixture
def plan(db):
    return make_proposal("council-plan", clauses=["It opens.", "It stays open.", "It ends."])


@pytest.fixture
def pair(plan):
    """Two clauses with one topic and source in common, a role, and a tie between them."""
    first, second, _ = plan.clauses.order_by("order")
    second.roles.create(role="obligated", party=make_party(COASTAL_FRONT), order=1)
    second.citations.create(source=make_source("coast-radio"), order=2)
    second.dependencies.create(target=first, relation="after", order=1)
    return [first, second]


def test_the_merged_clause_stands_in_the_place_of_the_first_with_what_was_coded_on_any(pair, admin_user):
    merged = merge_clauses(pair, INTO, by=admin_user)

    stored = Clause.objects.in_reading_order().values_list("key", "order", "text", "modality", "stage")
    assert list(stored) == [
        ("c01-c02", 1, "It opens.\n\nIt stays open.", "must", "public"),
        ("c03", 2, "It ends.", "must", "public"),
    ]
    told = [coding.words for coding in codings_of(merged)]
    assert told == [
        "topic: Ceasefire (ceasefire)",
        "party: Coastal Front (coastal-front) as obligated",
        f"source: {make_source()}",
        f"source: {make_source('coast-radio')}",
    ]


def test_all_keys_are_retired_and_lead_to_it(pair, admin_user):
    merge_clauses(pair, INTO, by=admin_user)

    told = RetiredKey.objects.order_by("key").values_list("key", "why", "successors", "public")
    assert list(told) == [("c01", "merged", ["c01-c02"], True), ("c02", "merged", ["c01-c02"], True)]


def test_conditions_and_notes_are_put_together_and_it_is_as_sure_as_the_least_sure(pair, admin_user):
    Clause.objects.filter(key="c01").update(condition="after both have signed", confidence="high", locator="point 1")
    Clause.objects.filter(key="c02").update(
        condition="at noon", confidence="low", evidence="unverified", locator="p. 2"
    )

    merged = merge_clauses(pair, INTO, by=admin_user)

    assert merged.condition == "after both have signed\nat noon"
    assert (merged.locator, merged.confidence, merged.evidence) == ("point 1; p. 2", "low", "unverified")


def test_what_referred_to_any_refers_to_it(pair, plan, admin_user):
    answer = make_proposal("front-answer", clauses=["It stays closed."])
    make_decision(pair[0], answer.clauses.get())
    make_position(proposal=plan, clause=pair[1])
    make_clause(plan, key="c09", parent=pair[1])

    merged = merge_clauses(pair, INTO, by=admin_user)

    assert [referrer.kind for referrer in referrers_of(merged)] == ["decision", "position", "enclosed clause"]
    assert Decision.objects.with_parts().get().stale


def test_of_two_verdicts_on_what_is_one_pair_now_the_second_is_kept_in_words(pair, admin_user):
    other = make_proposal("front-answer", clauses=["It stays closed."]).clauses.get()
    make_decision(pair[0], other, note="Plain.")
    make_decision(other, pair[1], verdict="not_same_matter", note="Another day.")

    merge_clauses(pair, INTO, by=admin_user)

    decision = Decision.objects.get()
    assert (decision.verdict, decision.left.key) == ("same_matter", "c01-c02")
    assert decision.note.splitlines()[0] == "Plain."
    assert "not the same matter, decided by two readers. Another day." in decision.note


def test_of_what_comes_to_say_the_same_one_row_stays(pair, plan, admin_user):
    dispute = Dispute.objects.create(slug="opening", subject="Day of the opening")
    later = plan.clauses.get(key="c03")
    for clause in pair:
        dispute.about.create(clause=clause)
        later.dependencies.create(target=clause, relation="after", note=f"On {clause.key}.")

    merged = merge_clauses(pair, INTO, by=admin_user)

    assert dispute.about.get().clause == merged
    assert (later.dependencies.get().target, later.dependencies.get().note) == (merged, "On c01.\nOn c02.")


def test_a_clause_is_merged_with_the_one_that_encloses_it(pair, admin_user):
    Clause.objects.filter(key="c02").update(parent=pair[0])

    merged = merge_clauses(pair, INTO, by=admin_user)

    assert merged.parent is None
    assert Clause.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stage": "draft"}, "Clauses at different stages are not merged: bring them to one stage first."),
        (
            {"wording": "verbatim"},
            "Clauses of different wording or language are not merged: one text has one of each.",
        ),
    ],
)
def test_clauses_that_do_not_go_together_are_refused(pair, admin_user, change, told):
    Clause.objects.filter(key="c02").update(**change)

    with pytest.raises(UnableToEdit) as refused:
        merge_clauses(pair, INTO, by=admin_user)

    assert [fault.reason for fault in refused.value.faults] == [told]
    assert Clause.objects.count() == 3


def test_one_alone_and_those_of_two_proposals_are_refused(pair, admin_user):
    foreign = make_clause(make_proposal("front-answer"))

    for clauses in (pair[:1], [pair[0], foreign]):
        with pytest.raises(UnableToEdit):
            merge_clauses(clauses, INTO, by=admin_user)


def test_what_is_proposed_is_joined_in_the_order_of_the_text(pair):
    assert merged_columns(pair) == {
        "number": "1; 2",
        "label": "It opens.; It stays open.",
        "text": "It opens.\n\nIt stays open.",
    }
    assert merged_key(pair) == "c01-c02"
