"""The stage of records: shown, filtered by and moved on."""

import pytest
from django.contrib.auth.models import Permission, User

from proposals.models import Clause, Position, Proposal, Stage
from tests.factories import make_clause, make_position, make_proposal

pytestmark = pytest.mark.django_db


def stage(record):
    return type(record).objects.get(pk=record.pk).stage


@pytest.mark.parametrize(
    "make",
    [make_proposal, lambda **fields: make_clause(make_proposal(), **fields), make_position],
    ids=["proposal", "clause", "position"],
)
@pytest.mark.parametrize(("action", "after"), [("make_public", Stage.PUBLIC), ("withdraw", Stage.WITHDRAWN)])
@pytest.mark.parametrize("before", [Stage.DRAFT, Stage.REVIEW])
def test_an_action_moves_a_record_on_and_counts_as_a_change(editor, make, action, after, before):
    record = make(stage=before)
    version = type(record).objects.get(pk=record.pk).version

    page = editor.act(action, record)

    assert f"1 record is {after} now." in page.content.decode()
    assert stage(record) == after
    assert type(record).objects.get(pk=record.pk).version > version


def test_a_record_in_that_stage_already_is_left_alone(editor):
    plan = make_proposal(stage=Stage.PUBLIC)
    version = Proposal.objects.get().version

    page = editor.act("make_public", plan)

    assert "0 records are public now." in page.content.decode()
    assert Proposal.objects.get().version == version


def test_with_a_proposal_go_its_clauses_but_those_withdrawn(editor):
    plan = make_proposal(stage=Stage.DRAFT)
    draft, withdrawn = make_clause(plan, stage=Stage.DRAFT), make_clause(plan, stage=Stage.WITHDRAWN)
    elsewhere = make_clause(make_proposal("front-answer"), stage=Stage.DRAFT)

    editor.act("make_public", plan)

    assert [stage(clause) for clause in (draft, withdrawn, elsewhere)] == ["public", "withdrawn", "draft"]
    assert set(Clause.objects.visible_to(None)) == {draft}


def test_a_proposal_withdrawn_and_made_public_again_has_the_clauses_it_had(editor):
    plan = make_proposal(clauses=["It opens.", "It stays open."])

    editor.act("withdraw", plan)
    hidden = Clause.objects.visible_to(None).count()
    editor.act("make_public", plan)

    assert (hidden, Clause.objects.visible_to(None).count()) == (0, 2)


def test_the_history_says_who_moved_it(editor):
    position = make_position(stage=Stage.DRAFT)

    editor.act("make_public", position)

    history = editor.client.get(f"/admin/proposals/position/{position.pk}/history/").content.decode()
    assert "<del>draft</del><ins>public</ins>" in history
    assert "Ida Northern" in history


def test_a_list_is_filtered_by_stage(editor):
    make_position("p001")
    draft = make_position("p002", stage=Stage.DRAFT)

    page = editor.client.get("/admin/proposals/position/", {"stage__exact": "draft"})

    assert list(page.context["cl"].queryset) == [draft]


def test_who_may_only_look_moves_nothing(client):
    position = make_position(stage=Stage.DRAFT)
    reader = User.objects.create_user("otto", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_position"))
    client.force_login(reader)

    page = client.post("/admin/proposals/position/", {"action": "make_public", "_selected_action": [position.pk]})

    assert page.status_code in (200, 302)
    assert Position.objects.get().stage == Stage.DRAFT
