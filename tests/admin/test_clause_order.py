"""Clauses are arranged and nested on their proposal's page, as a browser without scripts sends it."""

import pytest

from proposals.models import Clause
from tests.admin.conftest import faults
from tests.factories import make_clause, make_decision, make_proposal


@pytest.fixture
def plan(db):
    return make_proposal("council-plan", clauses=["It opens.", "It stays open.", "It ends."])


def order(plan):
    rows = plan.clauses.order_by("order").values_list("key", "order", "parent__key")
    return list(rows)


def test_a_clause_moves_to_the_place_that_is_typed_and_all_are_numbered_anew(editor, plan):
    form = editor.open(plan)

    saved = editor.save(plan, form | {"clauses-2-order": "1"})

    assert faults(saved) == []
    assert order(plan) == [("c03", 1, None), ("c01", 2, None), ("c02", 3, None)]


def test_a_clause_stands_inside_the_one_whose_key_is_typed(editor, plan):
    form = editor.open(plan)
    assert form["clauses-1-inside"] == ""

    editor.save(plan, form | {"clauses-1-inside": "c01"})

    assert order(plan) == [("c01", 1, None), ("c02", 2, "c01"), ("c03", 3, None)]
    assert editor.open(plan)["clauses-1-inside"] == "c01"


def test_a_new_clause_stands_inside_another_new_one(editor, plan):
    form = editor.open(plan)
    form.add_row("clauses", key="c04", number="4", label="Guards", text="It is guarded.")
    form.add_row("clauses", key="c05", number="4a", label="Their pay", text="They are paid.", inside="c04")

    saved = editor.save(plan, form)

    assert faults(saved) == []
    assert order(plan)[3:] == [("c04", 4, None), ("c05", 5, "c04")]


def test_a_nested_clause_is_taken_out(editor, plan):
    Clause.objects.filter(key="c02").update(parent=plan.clauses.get(key="c01"))

    editor.save(plan, editor.open(plan) | {"clauses-1-inside": ""})

    assert order(plan) == [("c01", 1, None), ("c02", 2, None), ("c03", 3, None)]


def test_what_encloses_a_clause_may_take_another_key_in_the_same_save(editor):
    plan = make_proposal(stage="draft", clauses=["It opens.", "It stays open."])
    Clause.objects.filter(key="c02").update(parent=plan.clauses.get(key="c01"))

    saved = editor.save(plan, editor.open(plan) | {"clauses-0-key": "c09"})

    assert faults(saved) == []
    assert order(plan) == [("c09", 1, None), ("c02", 2, "c09")]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ({"clauses-0-inside": "c99"}, ["There is no clause of this key in the proposal."]),
        ({"clauses-0-inside": "c01"}, ["A clause cannot stand inside one that it encloses."]),
        (
            {"clauses-0-inside": "c02", "clauses-1-inside": "c01"},
            ["A clause cannot stand inside one that it encloses."] * 2,
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(editor, plan, inside, told):
    saved = editor.save(plan, editor.open(plan) | inside)

    assert faults(saved) == told
    assert order(plan) == [("c01", 1, None), ("c02", 2, None), ("c03", 3, None)]


def test_moving_leaves_decisions_fresh_and_versions_as_they_were(editor, plan):
    decision = make_decision(plan.clauses.get(key="c01"), make_clause(make_proposal("front-answer")))
    before = dict(plan.clauses.values_list("key", "version"))

    editor.save(plan, editor.open(plan) | {"clauses-0-order": "9", "clauses-1-inside": "c03"})

    decision = type(decision).objects.with_parts().get()
    assert dict(plan.clauses.values_list("key", "version")) == before
    assert not decision.stale


def test_saving_untouched_moves_no_clause_even_where_places_have_gaps(editor, plan):
    Clause.objects.filter(key="c03").update(order=7)

    editor.save(plan, editor.open(plan) | {"clauses-0-text": "It closes."})

    assert [place for _, place, _ in order(plan)] == [1, 2, 7]


def test_indentation_shows_how_deep_a_clause_stands(editor, plan):
    first, second, third = plan.clauses.order_by("order")
    Clause.objects.filter(pk=second.pk).update(parent=first)
    Clause.objects.filter(pk=third.pk).update(parent=second)

    page = editor.client.get(f"/admin/proposals/proposal/{plan.pk}/change/").content.decode()

    for depth in range(3):
        assert f'class="form-row depth-{depth} has_original' in page


def test_who_may_only_look_sees_the_clauses_in_a_plain_table(editor, plan):
    from django.contrib.auth.models import Permission, User

    reader = User.objects.create_user("reader", is_staff=True)
    for name in ("view_proposal", "view_clause"):
        reader.user_permissions.add(Permission.objects.get(codename=name))
    editor.client.force_login(reader)

    page = editor.client.get(f"/admin/proposals/proposal/{plan.pk}/change/").content.decode()

    assert "It stays open." in page
    assert "clause-handle" not in page
    assert 'name="clauses-0-text"' not in page
