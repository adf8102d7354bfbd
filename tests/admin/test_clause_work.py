"""The pages on which clauses are split, merged and copied: each shows what will be before anything is saved."""

import pytest
from django.contrib.auth.models import Permission, User

from proposals.models import Clause, RetiredKey
from tests.admin.filled_form import FilledForm
from tests.factories import make_clause, make_decision, make_proposal


@pytest.fixture
def plan(db):
    return make_proposal("council-plan", clauses=["It opens. It stays open.", "It is guarded.", "It ends."])


@pytest.fixture
def answer(db):
    return make_proposal("front-answer", clauses=["It stays closed."])


def keys(proposal):
    return list(proposal.clauses.order_by("order").values_list("key", flat=True))


def page_of(record, what):
    return f"/admin/proposals/{record._meta.model_name}/{record.pk}/{what}/"


class Ticked(dict):
    """What a browser would send of a page on which every box is left as it is; names that stand twice are lists."""

    @classmethod
    def on(cls, response):
        boxes = {}
        for line in response.content.decode().split("<input")[1:]:
            tag = line.partition(">")[0]
            if ('type="checkbox"' in tag and " checked" in tag) or 'name="seen"' in tag:
                name = tag.partition('name="')[2].partition('"')[0]
                boxes.setdefault(name, []).append(tag.partition('value="')[2].partition('"')[0])
        return cls({**FilledForm.on(response), **boxes})


class TestSplitting:
    def parts(self, editor, clause, text="It opens.\n---\nIt stays open."):
        return editor.client.post(page_of(clause, "split"), {"_cut": "1", "text": text})

    def test_shows_the_parts_and_saves_nothing_yet(self, editor, plan, answer):
        clause = plan.clauses.get(key="c01")
        make_decision(clause, answer.clauses.get())

        form = Ticked.on(self.parts(editor, clause))

        assert [form[f"form-{part}-key"] for part in range(2)] == ["c01a", "c01b"]
        assert [form[f"form-{part}-text"] for part in range(2)] == ["It opens.", "It stays open."]
        assert len(form["form-0-keeps"]) == 2
        assert [form[name] for name in form if name.startswith("to-")] == ["0"]
        assert keys(plan) == ["c01", "c02", "c03"]

    def test_saves_what_was_edited_and_leads_what_refers_to_it_to_the_part_named(self, editor, plan, answer):
        clause = plan.clauses.get(key="c01")
        decision = make_decision(clause, answer.clauses.get())
        form = Ticked.on(self.parts(editor, clause))

        form |= {"form-1-key": "c04", "form-1-label": "Staying open", "_save": "1"}
        form |= {f"to-decision-left-{decision.pk}": "1"}
        saved = editor.client.post(page_of(clause, "split"), form)

        assert saved.url == f"/admin/proposals/proposal/{plan.pk}/change/"
        assert keys(plan) == ["c01a", "c04", "c02", "c03"]
        decision.refresh_from_db()
        assert decision.left.label == "Staying open"
        assert RetiredKey.objects.get().successors == ["c01a", "c04"]

    def test_a_text_without_a_cut_is_asked_for_one(self, editor, plan):
        page = self.parts(editor, plan.clauses.get(key="c01"), text="It opens.\n----\n").content.decode()

        assert "Put at least one line of three hyphens between two parts of the text." in page

    def test_faults_stand_beside_their_fields_and_everything_typed_stays(self, editor, plan):
        clause = plan.clauses.get(key="c01")
        form = Ticked.on(self.parts(editor, clause))

        form |= {"form-0-key": "C 1", "form-1-label": "", "form-1-text": "It is kept.", "_save": "1"}
        page = editor.client.post(page_of(clause, "split"), form).content.decode()
        form |= {"form-0-key": "c02", "form-1-label": "Kept", "form-1-keeps": []}
        again = editor.client.post(page_of(clause, "split"), form).content.decode()

        assert "Write a key such as c07 or article-4." in page
        assert "This field is required." in page
        assert "It is kept." in page
        assert "This key is in use in the proposal." in again
        assert "A public clause names a source." in again
        assert keys(plan) == ["c01", "c02", "c03"]

    def test_what_was_changed_meanwhile_is_looked_at_again(self, editor, plan):
        clause = plan.clauses.get(key="c01")
        form = Ticked.on(self.parts(editor, clause)) | {"_save": "1"}
        Clause.objects.filter(pk=clause.pk).update(text="It opens at noon.")

        page = editor.client.post(page_of(clause, "split"), form).content.decode()

        assert "Somebody changed c01 meanwhile." in page
        assert keys(plan) == ["c01", "c02", "c03"]

    def test_script_in_a_text_is_shown_as_text(self, editor, plan):
        page = self.parts(editor, plan.clauses.get(key="c01"), "<script>alert(1)</script>\n---\nB").content.decode()

        assert "<script>alert" not in page


class TestMerging:
    def test_shows_what_comes_of_a_clause_and_the_next_and_saves_it(self, editor, plan):
        clause = plan.clauses.get(key="c02")
        shown = editor.client.get(page_of(clause, "merge"))
        form = Ticked.on(shown)
        assert form["text"] == "It is guarded.\r\n\r\nIt ends."

        saved = editor.client.post(page_of(clause, "merge"), form | {"_save": "1"})

        assert saved.url == f"/admin/proposals/proposal/{plan.pk}/change/"
        assert keys(plan) == ["c01", "c02-c03"]

    def test_another_clause_can_be_chosen(self, editor, plan):
        other = plan.clauses.get(key="c01")

        form = Ticked.on(editor.client.get(page_of(plan.clauses.get(key="c03"), "merge"), {"with": other.pk}))

        assert form["key"] == "c01-c03"

    def test_what_does_not_go_together_is_told(self, editor, plan):
        Clause.objects.filter(key="c03").update(wording="verbatim")
        clause = plan.clauses.get(key="c02")
        form = Ticked.on(editor.client.get(page_of(clause, "merge")))

        page = editor.client.post(page_of(clause, "merge"), form | {"_save": "1"}).content.decode()

        assert "Clauses of different wording or language are not merged" in page
        assert keys(plan) == ["c01", "c02", "c03"]

    def test_the_only_clause_has_none_to_be_merged_with(self, editor, answer):
        page = editor.client.get(page_of(answer.clauses.get(), "merge")).content.decode()

        assert "There is no other clause in this proposal." in page


class TestCopying:
    def test_shows_the_copies_and_saves_them(self, editor, plan, answer):
        chosen = plan.clauses.get(key="c02")
        form = Ticked.on(editor.client.get(page_of(plan, "copy"), {"clause": chosen.pk}))
        assert form["clauses"] == [str(chosen.pk)]

        shown = editor.client.post(page_of(plan, "copy"), form | {"to": answer.pk, "_preview": "1"})
        assert "council-plan/c02" in shown.content.decode()
        assert answer.clauses.count() == 1
        saved = editor.client.post(page_of(plan, "copy"), form | {"to": answer.pk, "_save": "1"})

        assert saved.url == f"/admin/proposals/proposal/{answer.pk}/change/"
        assert answer.clauses.get(key="c02").copied_from == chosen

    def test_nothing_chosen_and_nowhere_to_are_told(self, editor, plan):
        page = editor.client.post(page_of(plan, "copy"), {"_save": "1"}).content.decode()

        assert page.count("This field is required.") == 2

    def test_chosen_rows_of_the_list_lead_to_the_page(self, editor, plan, answer):
        led = editor.act("copy_to_another", *plan.clauses.order_by("order")[:2])
        refused = editor.act("copy_to_another", plan.clauses.first(), answer.clauses.get())

        assert led.redirect_chain[0][0].startswith(f"/admin/proposals/proposal/{plan.pk}/copy/?clause=")
        assert "Choose clauses of one proposal." in refused.content.decode()

    def test_the_page_of_a_copy_says_where_it_came_from(self, editor, plan, answer):
        original = plan.clauses.get(key="c02")
        copy = make_clause(answer, copied_from=original, copied_address="council-plan/c02")

        page = editor.client.get(page_of(copy, "change")).content.decode()
        assert f'<a href="/admin/proposals/clause/{original.pk}/change/">council-plan/c02</a>' in page

        original.delete()
        assert "council-plan/c02, which is gone" in editor.client.get(page_of(copy, "change")).content.decode()


class TestWhoMay:
    @pytest.fixture
    def reader(self, editor):
        user = User.objects.create_user("reader", is_staff=True)
        for name in ("view_proposal", "view_clause"):
            user.user_permissions.add(Permission.objects.get(codename=name))
        editor.client.force_login(user)
        return editor.client

    @pytest.mark.parametrize("what", ["split", "merge", "copy"])
    def test_nobody_who_may_only_look(self, reader, plan, what):
        record = plan if what == "copy" else plan.clauses.first()

        assert reader.get(page_of(record, what)).status_code == 403
        assert reader.post(page_of(record, what), {"_save": "1"}).status_code == 403

    def test_and_no_button_leads_there(self, reader, plan):
        page = reader.get(page_of(plan.clauses.first(), "change")).content.decode()

        assert "/split/" not in page
        assert "/copy/" not in page


def test_the_page_of_a_clause_leads_to_its_neighbours(editor, plan):
    first, second, third = plan.clauses.order_by("order")

    page = editor.client.get(page_of(second, "change")).content.decode()

    assert f'href="/admin/proposals/clause/{first.pk}/change/" data-shortcut="Alt+P"' in page
    assert f'href="/admin/proposals/clause/{third.pk}/change/" data-shortcut="Alt+N"' in page
    assert 'href="/proposals/council-plan/#c02"' in page or "/admin/r/" in page
