"""A proposal's page: its clauses in reading order, saved with it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Clause, Lineage, Proposal, Stage, TextVersion
from tests.admin.conftest import faults
from tests.factories import make_clause, make_party, make_process, make_proposal, make_source, make_topic


def versions(*records):
    return [type(record).objects.get(pk=record.pk).version for record in records]


def new_proposal(editor, **fields):
    """The form of a proposal that is valid as it stands."""
    form = editor.open_new(Proposal)
    form |= {
        "process": make_process().pk,
        "title": "Twelve points of the Council",
        "short_title": "Twelve points",
        "slug": "council-12-points",
        "kind": "points_plan",
        "date": "2031-05-01",
        "text_status": "published",
        "clauses_complete": "yes",
        "summary": "An invented plan.",
    }
    return form | fields


def test_clauses_stand_in_reading_order(editor):
    plan = make_proposal()
    for key, order in (("c10", 2), ("c02", 3), ("c01", 1)):
        make_clause(plan, key=key, order=order)

    form = editor.open(plan)

    assert [form[f"clauses-{row}-key"] for row in range(3)] == ["c01", "c10", "c02"]


def test_each_clause_leads_to_its_own_page(editor):
    clause = make_clause(make_proposal())

    page = editor.client.get(f"/admin/proposals/proposal/{clause.proposal_id}/change/")

    assert f'href="/admin/proposals/clause/{clause.pk}/change/"' in page.content.decode()


def test_rows_that_are_claimed_and_not_sent_are_not_made(editor):
    form = new_proposal(editor)
    form |= {"summary": "", "clauses-TOTAL_FORMS": "999999999", "clauses-3-key": "c04"}

    page = editor.client.post("/admin/proposals/proposal/add/", form)

    formsets = {one.formset.prefix: one.formset for one in page.context["inline_admin_formsets"]}
    assert len(formsets["clauses"].forms) == 4


def test_dates_are_shown_and_typed_year_first(editor):
    plan = make_proposal(date=datetime.date(2031, 5, 6))
    form = editor.open(plan)
    assert form["date"] == "2031-05-06"

    assert faults(editor.save(plan, form | {"date": "06/05/2031"})) == ["Enter a valid date."]

    editor.save(plan, form | {"date": "2031-06-07"})
    assert Proposal.objects.get().date == datetime.date(2031, 6, 7)


def test_a_new_proposal_is_a_draft_with_its_clauses_in_the_order_they_were_typed(editor):
    form = new_proposal(editor)
    form.add_row("clauses", key="c01", number="1", label="Old harbour", text="It opens.", modality="must")
    form.add_row("clauses", key="c02", number="2", label="New harbour", text="It closes.", kind="declaration")
    form.add_row("roles", role="proposer", party=make_party().pk)

    editor.save_new(Proposal, form)

    proposal = Proposal.objects.get(slug="council-12-points")
    assert proposal.stage == Stage.DRAFT
    assert proposal.roles.get().party == make_party()
    clauses = Clause.objects.in_reading_order().values_list("key", "order", "stage", "kind")
    assert list(clauses) == [("c01", 1, "draft", "commitment"), ("c02", 2, "draft", "declaration")]


def test_a_clause_added_without_a_place_goes_last(editor):
    plan = make_proposal(clauses=["It opens.", "It stays open."])
    form = editor.open(plan)
    form.add_row("clauses", key="c03", number="3", label="Old harbour", text="It closes.")

    editor.save(plan, form)

    assert Clause.objects.get(key="c03").order == 3


def test_saving_untouched_moves_no_version(editor):
    plan = make_proposal()
    clause = make_clause(plan, text="The old harbour opens.\n\nIt stays open.")
    before = versions(plan, clause)

    editor.save(plan, editor.open(plan))

    assert versions(plan, clause) == before


def test_saving_one_changed_clause_moves_its_version_and_that_of_the_proposal_once(editor):
    plan = make_proposal()
    changed, untouched = make_clause(plan, text="It opens."), make_clause(plan, text="It stays open.")
    before = versions(plan, changed, untouched)
    form = editor.open(plan)

    form[form.row_of("clauses", key="c01") + "-text"] = "It opens\r\nat noon."
    editor.save(plan, form)

    assert versions(plan, changed, untouched) == [before[0] + 1, before[1] + 1, before[2]]
    assert Clause.objects.get(pk=changed.pk).text == "It opens\nat noon."


def test_the_version_is_shown_and_cannot_be_typed(editor):
    plan = make_proposal()
    before = versions(plan)
    form = editor.open(plan)

    editor.save(plan, form | {"version": 99, "changed_at": "2001-01-01"})

    assert "version" not in form
    assert versions(plan) == before


@pytest.mark.parametrize("clauses", [3, 40])
def test_the_number_of_queries_does_not_grow_with_the_clauses(editor, clauses):
    plan = make_proposal()
    for number in range(clauses):
        make_clause(plan, text=f"Sentence {number}.")
    # The first page of a run also loads content types.
    editor.open(make_proposal("front-answer"))

    with CaptureQueriesContext(connection) as opening:
        form = editor.open(plan)
    with CaptureQueriesContext(connection) as saving_untouched:
        editor.save(plan, form)
    form["clauses-2-text"] = "Another sentence."
    with CaptureQueriesContext(connection) as saving_one_change:
        editor.save(plan, form)
    form = editor.open(plan)
    for row in range(clauses):
        form[f"clauses-{row}-text"] = f"Yet another sentence {row}."
        form[f"clauses-{row}-kind"] = "declaration"
        form[f"clauses-{row}-order"] = clauses - row
    with CaptureQueriesContext(connection) as saving_all_changed:
        editor.save(plan, form)

    assert Clause.objects.filter(text__startswith="Yet another sentence").count() == clauses
    assert Clause.objects.in_reading_order().first().text == f"Yet another sentence {clauses - 1}."
    assert len(opening) <= 20
    assert len(saving_untouched) <= 60
    assert len(saving_one_change) <= 90
    assert len(saving_all_changed) <= 95


def test_a_long_proposal_is_saved_whole(editor):
    plan = make_proposal()
    Clause.objects.bulk_create(
        Clause(proposal=plan, key=f"c{place}", number=str(place), label="Harbour", text="It opens.", order=place)
        for place in range(1, 111)
    )
    form = editor.open(plan)
    assert len(form) > 1000  # more fields than Django takes unless told

    form["clauses-109-text"] = "It closes."
    saved = editor.save(plan, form)

    assert faults(saved) == []
    assert Clause.objects.get(key="c110").text == "It closes."


class TestLineage:
    def test_leads_to_the_comparison_with_the_earlier_proposal(self, editor):
        plan = make_proposal("council-plan")
        answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1))
        Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")

        page = editor.client.get(f"/admin/proposals/proposal/{answer.pk}/change/").content.decode()

        assert '<a href="/compare/?proposals=council-plan,front-answer">answers Council Plan</a>' in page

    def test_to_a_later_proposal_is_refused_beside_its_field(self, editor):
        later = make_proposal("front-answer", date=datetime.date(2031, 6, 1))
        plan = make_proposal("council-plan")
        form = editor.open(plan)
        form.add_row("lineage", relation="answers", earlier=later.pk)

        saved = editor.save(plan, form)

        assert faults(saved) == ["Lineage is stored on the later proposal, and this one is later still."]

    def test_of_a_new_proposal_whose_date_is_no_date_waits_for_the_date(self, editor):
        form = new_proposal(editor, date="in May")
        form.add_row("lineage", relation="answers", earlier=make_proposal("council-plan").pk)

        saved = editor.save_new(Proposal, form)

        assert faults(saved) == ["Enter a valid date."]


class TestTextVersions:
    @pytest.fixture
    def plan(self):
        plan = make_proposal()
        TextVersion.objects.create(proposal=plan, name="leaked scan", order=1)
        TextVersion.objects.create(proposal=plan, name="agency print", order=2, followed=True)
        return plan

    def followed(self):
        return list(TextVersion.objects.filter(followed=True).values_list("name", flat=True))

    def test_the_tick_moves_from_one_to_another_in_one_save(self, editor, plan):
        form = editor.open(plan)
        form[form.row_of("text_versions", name="leaked scan") + "-followed"] = "on"
        del form[form.row_of("text_versions", name="agency print") + "-followed"]

        saved = editor.save(plan, form)

        assert faults(saved) == []
        assert self.followed() == ["leaked scan"]

    def test_two_ticks_are_refused(self, editor, plan):
        form = editor.open(plan)
        form["text_versions-0-followed"] = "on"

        saved = editor.save(plan, form)

        assert faults(saved) == ["The clauses follow one text version only."]
        assert self.followed() == ["agency print"]

    def test_a_tick_on_a_copy_that_goes_does_not_count(self, editor, plan):
        form = editor.open(plan)
        form["text_versions-0-followed"] = "on"
        form[form.row_of("text_versions", name="agency print") + "-DELETE"] = "on"

        saved = editor.save(plan, form)

        assert faults(saved) == []
        assert self.followed() == ["leaked scan"]


def test_a_silence_is_recorded_with_who_checked(editor):
    plan = make_proposal()
    form = editor.open(plan)
    form.add_row(
        "silences",
        topic=make_topic("prisoners").pk,
        reason="Read for exchanges and releases.",
        checked_by="Ida",
        checked_on="2031-05-02",
        source=make_source().pk,
    )

    editor.save(plan, form)

    assert plan.silences.get().topic.slug == "prisoners"


def test_the_list_counts_clauses_of_every_stage_and_leads_to_them(editor):
    plan = make_proposal(clauses=["It opens."])
    make_clause(plan, stage=Stage.DRAFT)

    page = editor.client.get("/admin/proposals/proposal/").content.decode()

    assert f'<a href="/admin/proposals/clause/?proposal__id__exact={plan.pk}">2</a>' in page
