"""The stage of records: shown, filtered by, and moved under one set of rules."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parties.models import Change
from proposals.models import Clause, Position, Proposal, Stage, StageMove
from proposals.stages import UnableToMove, move
from tests.admin.conftest import Editor
from tests.factories import make_clause, make_position, make_proposal, make_source
from tests.roles import make_user

pytestmark = pytest.mark.django_db

MAKE = [make_proposal, lambda **fields: make_clause(make_proposal(), **fields), make_position]
DRAFT, REVIEW, PUBLIC, WITHDRAWN = Stage.DRAFT, Stage.REVIEW, Stage.PUBLIC, Stage.WITHDRAWN
ACTIONS = {
    (DRAFT, REVIEW): "submit_for_review",
    (REVIEW, DRAFT): "send_back",
    (DRAFT, PUBLIC): "make_public",
    (REVIEW, PUBLIC): "make_public",
    (PUBLIC, WITHDRAWN): "withdraw",
    (WITHDRAWN, DRAFT): "take_up_again",
    (WITHDRAWN, PUBLIC): "make_public",
}
NO_MOVES = [(a, b) for a in Stage for b in Stage if a != b and (a, b) not in ACTIONS]


def stage(record):
    return type(record).objects.get(pk=record.pk).stage


def working(role, name=""):
    """A user of a role at work in the admin."""
    client, user = Client(), make_user(role, name)
    client.force_login(user)
    return Editor(client, user)


def page_of_move(record, to):
    return f"/admin/proposals/{record._meta.model_name}/{record.pk}/move/{to}/"


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("make", MAKE, ids=["proposal", "clause", "position"])
@pytest.mark.parametrize(("before", "after"), ACTIONS)
def test_an_action_moves_a_record_on_and_counts_as_a_change(editor, make, before, after):
    record = make(stage=before)
    changed = Change.objects.get(kind=record._meta.model_name, record=record.pk).number

    page = editor.act(ACTIONS[before, after], record, confirmed="yes", note="Read against the print.")

    assert f"1 record is {after.label} now." in text_of(page)
    assert stage(record) == after
    assert Change.objects.get(kind=record._meta.model_name, record=record.pk).number > changed
    assert StageMove.objects.get().note == "Read against the print."


@pytest.mark.parametrize("make", MAKE, ids=["proposal", "clause", "position"])
@pytest.mark.parametrize(("before", "after"), NO_MOVES)
def test_there_are_no_other_moves(editor, make, before, after):
    record = make(stage=before)

    with pytest.raises(UnableToMove) as refused:
        move([record], to=after, by=editor.user, note="All the same.")

    assert [one.code for one in refused.value.hindrances] == ["not_a_move"]
    assert stage(record) == before


def test_an_action_asks_first_and_says_what_goes_along(editor):
    plan = make_proposal(stage=DRAFT)
    make_clause(plan, label="Opening of the harbour", stage=DRAFT)

    page = text_of(editor.act("make_public", plan))

    assert "1 clause that becomes public too" in page
    assert "Opening of the harbour" in page
    assert stage(plan) == DRAFT


def test_a_record_in_that_stage_already_is_left_alone(editor):
    plan = make_proposal(stage=PUBLIC)
    version = Proposal.objects.get().version

    page = editor.act("make_public", plan, confirmed="yes")

    assert "0 records are public now." in text_of(page)
    assert Proposal.objects.get().version == version


def test_with_a_proposal_go_its_clauses_but_those_withdrawn(editor):
    plan = make_proposal(stage=DRAFT)
    draft, withdrawn = make_clause(plan, stage=DRAFT), make_clause(plan, stage=WITHDRAWN)
    elsewhere = make_clause(make_proposal("front-answer"), stage=DRAFT)

    editor.act("make_public", plan, confirmed="yes")

    assert [stage(clause) for clause in (draft, withdrawn, elsewhere)] == ["public", "withdrawn", "draft"]
    assert set(Clause.objects.visible_to(None)) == {draft}
    assert set(StageMove.objects.values_list("kind", "record")) == {("proposal", plan.pk), ("clause", draft.pk)}


def test_a_proposal_withdrawn_and_made_public_again_has_the_clauses_it_had(editor):
    plan = make_proposal(clauses=["It opens.", "It stays open."])

    editor.act("withdraw", plan, confirmed="yes")
    hidden = Clause.objects.visible_to(None).count()
    editor.act("make_public", plan, confirmed="yes")

    assert (hidden, Clause.objects.visible_to(None).count()) == (0, 2)


def test_all_are_moved_or_none(editor):
    draft, public = make_position("p001", stage=DRAFT), make_position("p002")

    page = text_of(editor.act("submit_for_review", draft, public, confirmed="yes"))

    assert "p002 is public, and does not become in review." in page
    assert stage(draft) == DRAFT
    assert not StageMove.objects.exists()


class TestASource:
    @pytest.mark.parametrize("kind", [kind for kind in Clause.Kind if kind != Clause.Kind.DELETION])
    def test_is_missed_in_every_clause_that_goes_along_by_its_id(self, editor, kind):
        plan = make_proposal(stage=DRAFT)
        bare = [make_clause(plan, stage=DRAFT, kind=kind, modality="") for _ in range(2)]
        make_clause(plan, stage=DRAFT)
        withdrawn = make_clause(plan, stage=WITHDRAWN)
        for clause in (*bare, withdrawn):
            clause.citations.all().delete()

        page = text_of(editor.act("make_public", plan, confirmed="yes"))

        assert "council-plan/c01 has no source." in page
        assert "council-plan/c02 has no source." in page
        assert "c03 has no source" not in page
        assert "c04 has no source" not in page
        assert stage(plan) == DRAFT

    def test_is_missed_in_a_clause_that_strikes_out_another(self, editor):
        struck = make_clause(make_proposal("front-answer"))
        bare = make_clause(make_proposal(), kind="deletion", modality="", strikes=struck, stage=REVIEW)
        bare.citations.all().delete()

        editor.act("make_public", bare, confirmed="yes")

        assert stage(bare) == REVIEW

    def test_is_missed_in_a_public_clause_of_a_proposal_that_is_shown_again(self, editor):
        plan = make_proposal(stage=WITHDRAWN)
        make_clause(plan).citations.all().delete()

        assert "council-plan/c01 has no source." in text_of(editor.act("make_public", plan, confirmed="yes"))

    def test_opens_the_way_once_it_is_named(self, editor):
        clause = make_clause(make_proposal(), stage=REVIEW)
        clause.citations.all().delete()
        clause.citations.create(source=make_source())

        editor.act("make_public", clause, confirmed="yes")

        assert stage(clause) == PUBLIC


class TestFourEyes:
    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.FOUR_EYES = True

    @pytest.fixture
    def written(self):
        """A draft of Ida's, with a clause."""
        ida = working("editor", "ida")
        plan = make_proposal(stage=DRAFT)
        clause = make_clause(plan, stage=DRAFT)
        form = ida.open(plan)
        ida.save(plan, form | {"summary": "Ida's words."})
        return ida, plan, clause

    def test_keep_whoever_wrote_it_from_making_it_public(self, written):
        ida, plan, _ = written
        make_user("reviewer", "otto", first_name="Otto", last_name="Coast")
        make_user("reader", "rita")

        page = text_of(ida.act("make_public", plan, confirmed="yes"))

        assert "You changed council-plan yourself since it was last public. It takes another: Otto Coast." in page
        assert stage(plan) == DRAFT

    def test_let_a_colleague_make_it_public(self, written):
        _, plan, clause = written
        otto = working("editor", "otto")

        otto.act("make_public", plan, confirmed="yes")

        assert (stage(plan), stage(clause)) == (PUBLIC, PUBLIC)

    def test_see_who_changed_a_clause_of_it(self, written):
        _, plan, clause = written
        otto = working("editor", "otto")
        form = otto.open(clause)
        otto.save(clause, form | {"text": "Otto's words."})

        otto.act("make_public", plan, confirmed="yes")

        assert stage(plan) == DRAFT

    def test_see_who_changed_a_part_of_a_clause(self, written):
        _, plan, clause = written
        otto = working("editor", "otto")
        form = otto.open(clause)
        form.add_row("contests", party=make_position("p009").party_id, objection="It wants it closed.")
        otto.save(clause, form)

        otto.act("make_public", plan, confirmed="yes")

        assert stage(plan) == DRAFT

    def test_do_not_count_who_only_moved_it(self, written):
        _, plan, _ = written
        otto = working("editor", "otto")

        otto.act("submit_for_review", plan, confirmed="yes")
        otto.act("make_public", plan, confirmed="yes")

        assert stage(plan) == PUBLIC

    def test_forget_what_was_public_before(self, written):
        ida, plan, _ = written
        otto = working("reviewer", "otto")
        otto.act("make_public", plan, confirmed="yes")
        otto.act("withdraw", plan, confirmed="yes")
        nora = working("reviewer", "nora")

        ida_is_free = ida.act("make_public", plan, confirmed="yes")
        nora.act("make_public", plan, confirmed="yes")

        # Ida may not bring back what was withdrawn, but it is her role that keeps her from it.
        assert ida_is_free.status_code == 403
        assert stage(plan) == PUBLIC

    def test_hold_for_administrators_and_superusers_too(self, editor):
        plan = make_proposal(stage=DRAFT)
        editor.save(plan, editor.open(plan) | {"summary": "Her own words."})

        editor.act("make_public", plan, confirmed="yes")

        assert stage(plan) == DRAFT

    def test_are_no_matter_where_the_setting_is_off(self, written, settings):
        settings.FOUR_EYES = False
        ida, plan, _ = written

        ida.act("make_public", plan, confirmed="yes")

        assert stage(plan) == PUBLIC


def test_what_is_sent_back_says_why(editor):
    plan = make_proposal(stage=REVIEW)

    refused = editor.act("send_back", plan, confirmed="yes", note="  ")
    page = text_of(editor.act("send_back", plan, confirmed="yes", note="Name the copy."))

    assert "Say why it is sent back." in text_of(refused)
    assert "1 record is draft now." in page
    assert "by ida" in text_of(editor.client.get(f"/admin/proposals/proposal/{plan.pk}/change/")).lower()
    assert "Name the copy." in text_of(editor.client.get(f"/admin/proposals/proposal/{plan.pk}/change/"))


class TestThePageOfARecord:
    def test_shows_the_stage_and_takes_none(self, editor):
        plan = make_proposal(stage=DRAFT)
        form = editor.open(plan)

        editor.save(plan, form | {"stage": "public"})

        assert "stage" not in form
        assert stage(plan) == DRAFT

    def test_takes_no_stage_of_a_clause_in_a_row(self, editor):
        plan = make_proposal(stage=DRAFT)
        clause = make_clause(plan, stage=DRAFT)
        form = editor.open(plan)

        editor.save(plan, form | {"clauses-0-stage": "public"})

        assert "clauses-0-stage" not in form
        assert stage(clause) == DRAFT

    @pytest.mark.parametrize(
        ("before", "role", "offered"),
        [
            (DRAFT, "editor", ["review", "public"]),
            (REVIEW, "editor", ["draft", "public"]),
            (PUBLIC, "editor", []),
            (WITHDRAWN, "editor", []),
            (PUBLIC, "reviewer", ["withdrawn"]),
            (WITHDRAWN, "reviewer", ["draft", "public"]),
            (PUBLIC, "reader", []),
        ],
    )
    def test_offers_the_moves_that_the_user_may_make(self, before, role, offered):
        plan = make_proposal(stage=before)

        page = text_of(working(role).client.get(f"/admin/proposals/proposal/{plan.pk}/change/"))

        assert [to for to in Stage.values if page_of_move(plan, to) in page] == offered

    def test_asks_before_it_moves_and_comes_back(self, editor):
        plan = make_proposal(stage=DRAFT)

        asked = editor.client.get(page_of_move(plan, "review"))
        answer = editor.client.post(page_of_move(plan, "review"), {"confirmed": "yes", "note": "Ready."})

        assert stage(plan) == REVIEW
        assert asked.status_code == 200
        assert answer.headers["Location"] == f"/admin/proposals/proposal/{plan.pk}/change/"
        page = text_of(editor.client.get(answer.headers["Location"]))
        assert "In review since" in page
        assert "by Ida Northern: Ready." in page

    @pytest.mark.parametrize(("to", "status"), [("nowhere", 404), ("public", 403), ("review", 200), ("draft", 200)])
    def test_refuses_what_may_not_be(self, to, status):
        plan = make_proposal(stage=WITHDRAWN if to == "public" else DRAFT)

        assert working("editor").client.get(page_of_move(plan, to)).status_code == status

    def test_leads_to_a_preview_that_says_so(self, editor):
        plan = make_proposal(stage=DRAFT)
        page = text_of(editor.client.get(f"/admin/proposals/proposal/{plan.pk}/change/"))

        preview = editor.client.get("/proposals/council-plan/")

        assert ">Preview</a>" in page
        assert "Council Plan is not public: draft." in text_of(preview)
        assert preview.headers["Cache-Control"] == "private, no-store"

    def test_of_a_public_proposal_leads_to_the_page_that_names_hidden_clauses(self, editor):
        plan = make_proposal(clauses=["It opens."])
        make_clause(plan, stage=REVIEW)

        assert "Clauses of Council Plan that are not public (in review):" in text_of(
            editor.client.get("/proposals/council-plan/")
        )


def test_the_history_says_who_moved_it(editor):
    position = make_position(stage=DRAFT)

    editor.act("make_public", position, confirmed="yes")

    history = editor.client.get(f"/admin/proposals/position/{position.pk}/history/").content.decode()
    assert "<del>draft</del><ins>public</ins>" in history
    assert "Ida Northern" in history


def test_a_list_is_filtered_by_stage(editor):
    make_position("p001")
    draft = make_position("p002", stage=DRAFT)

    page = editor.client.get("/admin/proposals/position/", {"stage__exact": "draft"})

    assert list(page.context["cl"].queryset) == [draft]


@pytest.mark.parametrize("role", ["reader", "editor"])
@pytest.mark.parametrize("action", ["withdraw", "make_public"])
def test_who_may_not_move_it_moves_nothing(role, action):
    position = make_position(stage=PUBLIC if action == "withdraw" else WITHDRAWN)

    refused = working(role).act(action, position, confirmed="yes")

    assert refused.status_code in (200, 403)
    assert Position.objects.get().stage != (WITHDRAWN if action == "withdraw" else PUBLIC)
    assert User.objects.get().username == role
