"""Export and import from the lists of the admin: what is shown comes out, and what was previewed goes in."""

import csv
import html
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import yaml
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from parties.models import Party
from proposals.exchange.format import KINDS
from proposals.models import Clause, Proposal, Stage
from tests.admin.conftest import Editor
from tests.admin.filled_form import FilledForm
from tests.factories import COASTAL_FRONT, make_clause, make_decision, make_party, make_proposal

_EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


def address(kind: str, page: str) -> str:
    return reverse(f"admin:{KINDS[kind].model._meta.label_lower.replace('.', '_')}_{page}")


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def table(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def upload(client: Client, kind: str, text: str, *, name: str = "plan.csv", **fields: Any) -> HttpResponse:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(address(kind, "import"), {"file": file, "text": "", **fields})


def confirmed(client: Client, kind: str, preview: HttpResponse) -> HttpResponse:
    """Presses the button of a preview."""
    return client.post(address(kind, "import"), FilledForm.on(preview), follow=True)


@pytest.fixture
def plan(db: None) -> Proposal:
    return make_proposal(clauses=["The Front opens the harbour.", "The Council pays."])


def edited(client: Client, **cells: str) -> str:
    """The table of clauses with other cells in its first row."""
    rows = table(client.get(address("clause", "export"), {"as": "csv"}))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows([rows[0] | cells, *rows[1:]])
    return stream.getvalue()


def staff(*permissions: str) -> Client:
    """Signed in as somebody who has these permissions only."""
    user = User.objects.create_user("sam", is_staff=True)
    codes = [permission.split(".")[1] for permission in permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    return client


@_EVERY_KIND
def test_every_list_offers_both(editor: Editor, kind: str) -> None:
    page = words(editor.client.get(address(kind, "changelist")))

    assert "Export Import" in page
    assert "Nothing is changed yet" in words(editor.client.get(address(kind, "import")))
    assert "all that you may see" in words(editor.client.get(address(kind, "export")))


def test_an_export_holds_what_the_list_shows(editor: Editor, plan: Proposal) -> None:
    make_clause(plan, text="Draft of a third.", stage=Stage.DRAFT)
    shown = {"stage__exact": "public", "q": "harbour"}

    page = editor.client.get(address("clause", "changelist"), shown)
    link = re.search(r'href="([^"]*/export/[^"]*)"', page.content.decode())
    assert link
    offers = editor.client.get(link[1].replace("&amp;", "&"))
    answer = editor.client.get(address("clause", "export"), shown | {"as": "csv"})

    assert "1 clause" in words(offers)
    assert [row["id"] for row in table(answer)] == ["c01"]
    assert answer["Content-Disposition"] == 'attachment; filename="clauses.csv"'


@pytest.mark.parametrize("query", ["no_such_field=1", "pk__in=a,b", "q=%00&date__gte=x"])
def test_filters_that_no_list_has_lead_to_an_export_of_all(editor: Editor, plan: Proposal, query: str) -> None:
    answer = editor.client.get(f"{address('clause', 'export')}?{query}", follow=True)

    assert answer.redirect_chain == [(address("clause", "export"), 302)]
    assert "There is no such filter of this list" in words(answer)


def test_selected_rows_are_exported_by_an_action(editor: Editor, plan: Proposal) -> None:
    answer = editor.act("export_csv", plan.clauses.get(key="c02"))

    assert [row["id"] for row in table(answer)] == ["c02"]


def test_an_action_without_a_selection_exports_what_the_list_shows(editor: Editor, plan: Proposal) -> None:
    answer = editor.client.post(address("clause", "changelist") + "?q=pays", {"action": "export_csv"})

    assert [row["id"] for row in table(answer)] == ["c02"]


def test_one_proposal_is_a_file_and_several_are_an_archive(editor: Editor, plan: Proposal) -> None:
    answer = editor.act("export_yaml", plan)
    (record,) = yaml.safe_load(answer.content)["proposals"]
    assert [clause["id"] for clause in record["clauses"]] == ["c01", "c02"]

    make_proposal("front-answer", proposers=[COASTAL_FRONT])
    archive = zipfile.ZipFile(io.BytesIO(editor.client.get(address("proposal", "export"), {"as": "yaml"}).content))

    assert archive.namelist() == ["proposals/council-plan.yaml", "proposals/front-answer.yaml"]


def test_a_preview_tells_each_change_and_changes_nothing(editor: Editor, plan: Proposal) -> None:
    new = "council-plan,c09,,9,Amnesty,All are pardoned.\r\n"
    text = edited(editor.client, label="=Opening") + new.replace("\r\n", "," * 20 + "\r\n")

    page = words(upload(editor.client, "clause", text))

    assert "1 new 1 changed 1 unchanged 0 conflict" in page
    assert "clause council-plan/c01" in page
    assert "label The Front opens the harbour. =Opening" in page
    assert "1 new record comes in as a draft" in page
    assert Clause.objects.get(key="c01").label == "The Front opens the harbour."
    assert LogEntry.objects.count() == 0


def test_what_was_previewed_is_what_is_imported(editor: Editor, plan: Proposal) -> None:
    preview = upload(editor.client, "clause", edited(editor.client, label="Opening"))

    page = confirmed(editor.client, "clause", preview)

    assert "Imported: 1 changed, 1 unchanged." in words(page)
    assert Clause.objects.get(key="c01").label == "Opening"
    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.get_change_message()) == (editor.user, "Changed by an import in the admin.")


def test_what_changed_after_the_preview_is_shown_anew(editor: Editor, plan: Proposal) -> None:
    preview = upload(editor.client, "clause", edited(editor.client, label="Opening"))
    Clause.objects.filter(key="c01").update(label="Edited meanwhile")

    page = confirmed(editor.client, "clause", preview)

    assert "Records were changed here while you looked" in words(page)
    assert "was edited here since it was exported" in words(page)
    assert Clause.objects.get(key="c01").label == "Edited meanwhile"


def test_new_records_are_drafts_unless_they_are_to_be_public(editor: Editor, plan: Proposal) -> None:
    row = "proposal,id,number,label,text,sources\ncouncil-plan,c09,9,Amnesty,All are pardoned.,harbour-gazette\n"

    confirmed(editor.client, "clause", upload(editor.client, "clause", row))
    assert Clause.objects.get(key="c09").stage == Stage.DRAFT

    other = row.replace("c09", "c10")
    confirmed(editor.client, "clause", upload(editor.client, "clause", other, publish="on"))
    assert Clause.objects.get(key="c10").stage == Stage.PUBLIC

    bare = other.replace("c10", "c11").replace("harbour-gazette", "")
    confirmed(editor.client, "clause", upload(editor.client, "clause", bare, publish="on"))
    assert Clause.objects.get(key="c11").stage == Stage.DRAFT


def test_nobody_publishes_by_an_import_without_the_permission(db: None, plan: Proposal) -> None:
    client = staff(
        "proposals.import_records", "proposals.preview_records", "proposals.add_clause", "proposals.view_clause"
    )
    row = "proposal,id,number,label,text,sources\ncouncil-plan,c09,9,Amnesty,All are pardoned.,harbour-gazette\n"

    form = words(client.get(address("clause", "import")))
    confirmed(client, "clause", upload(client, "clause", row, publish="on", overwrite="on"))

    assert "Make new records public" not in form
    assert "Replace what was edited" not in form
    assert Clause.objects.get(key="c09").stage == Stage.DRAFT


def test_where_four_eyes_are_asked_for_an_import_publishes_nothing(editor: Editor, settings: Settings) -> None:
    settings.FOUR_EYES = True

    assert "Make new records public" not in words(editor.client.get(address("clause", "import")))


def test_an_import_does_nothing_that_the_user_may_not_do_by_hand(db: None, plan: Proposal) -> None:
    client = staff(
        "proposals.import_records", "proposals.preview_records", "proposals.view_clause", "proposals.change_clause"
    )

    page = words(upload(client, "clause", "id,name,kind\nthe-league,League,group\n", name="p.csv"))
    parties = upload(client, "party", "id,name,kind\nthe-league,League,group\n", name="p.csv")

    assert "there is no column" in page
    assert "you may not add parties" in words(parties)
    assert not Party.objects.filter(slug="the-league").exists()


@pytest.mark.parametrize(
    ("permissions", "offers"),
    [
        ((), []),
        (("proposals.view_clause",), ["Export"]),
        (("proposals.view_clause", "proposals.import_records"), ["Export"]),
        (("proposals.view_clause", "proposals.import_records", "proposals.preview_records"), ["Export", "Import"]),
    ],
)
def test_only_what_the_user_may_do_is_offered_and_open(db: None, permissions: Any, offers: list[str]) -> None:
    client = staff(*permissions)

    page = client.get(address("clause", "changelist"))

    tools = page.context_data["tools"] if page.status_code == 200 else []  # type: ignore[attr-defined]
    assert [tool.label for tool in tools if tool.label in ("Export", "Import")] == offers
    assert (client.get(address("clause", "export")).status_code == 200) == ("Export" in offers)
    assert (client.get(address("clause", "import")).status_code == 200) == ("Import" in offers)


def test_rows_that_somebody_pastes_are_a_table(editor: Editor, db: None) -> None:
    text = "id\tname\tkind\nthe-league\tLeague\tgroup\n"

    preview = editor.client.post(address("party", "import"), {"text": text})
    confirmed(editor.client, "party", preview)

    assert Party.objects.get().name == "League"


def test_pasted_yaml_may_hold_records_of_every_kind(editor: Editor, db: None) -> None:
    text = "format: concordance/1\nparties:\n- {id: the-league, name: League, kind: group}\n"

    confirmed(editor.client, "clause", editor.client.post(address("clause", "import"), {"text": text}))

    assert Party.objects.get().slug == "the-league"


def test_all_faults_are_listed_by_their_cells(editor: Editor, plan: Proposal) -> None:
    text = edited(editor.client, modality="shall", topics="cease-fire", evidence="seen")

    page = words(upload(editor.client, "clause", text, name="clauses.csv"))

    assert "clauses.csv has 3 faults. Nothing was changed." in page
    assert "clauses.csv 2 L2 modality 'shall' is not one of must" in page
    assert "there is no topic 'cease-fire'; did you mean ceasefire?" in page


def test_two_hundred_faults_are_listed_and_the_rest_counted(editor: Editor, plan: Proposal) -> None:
    rows = "".join(f"council-plan,c{number},shall\n" for number in range(100, 350))

    page = words(upload(editor.client, "clause", f"proposal,id,modality\n{rows}"))

    assert "has 1,000 faults" in page.replace("has 1000", "has 1,000")
    assert "… and 800 more." in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose a file or paste a text, one of the two."),
        ({"text": " \n"}, "Choose a file or paste a text, one of the two."),
        ({"text": "format: concordance/1", "file": b"x"}, "Choose a file or paste a text, one of the two."),
        ({"file": b"x" * 5_000_001}, "The file has 5,000,001 bytes; 5,000,000 are allowed."),
        ({"text": "a: [1"}, "is not YAML"),
        ({"text": "{"}, "is not JSON"),
        ({"file": b"\xff\xfe"}, "is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told(editor: Editor, fields: dict[str, Any], told: str) -> None:
    given = {
        name: SimpleUploadedFile("plan.yaml", value) if isinstance(value, bytes) else value
        for name, value in fields.items()
    }

    page = editor.client.post(address("party", "import"), given)

    assert page.status_code == 200
    assert told in words(page)


@pytest.mark.parametrize("content", ["no base64", "bm8gemxpYg=="])
def test_a_preview_that_was_tampered_with_starts_anew(editor: Editor, content: str) -> None:
    page = editor.client.post(address("party", "import"), {"content": content, "name": "a.yaml", "seen": ""})

    assert page.status_code == 302


def test_a_forged_digest_imports_nothing(editor: Editor, plan: Proposal) -> None:
    form = FilledForm.on(upload(editor.client, "clause", edited(editor.client, label="Opening")))

    page = editor.client.post(address("clause", "import"), form | {"seen": ""})

    assert "Records were changed here" in words(page)
    assert Clause.objects.get(key="c01").label == "The Front opens the harbour."


def test_text_of_a_file_is_shown_as_text(editor: Editor, db: None) -> None:
    text = "id,name,kind\nthe-league,<script>alert(1)</script>,group\n"

    page = upload(editor.client, "party", text, name="<b>.csv").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>.csv" not in page


def test_parties_come_and_go_like_everything_else(editor: Editor, db: None) -> None:
    make_party(COASTAL_FRONT)
    rows = table(editor.client.get(address("party", "export"), {"as": "csv"}))
    row = rows[0] | {"name": "Front of the Coast"}
    text = f"{','.join(row)}\n{','.join(row.values())}\n"

    confirmed(editor.client, "party", upload(editor.client, "party", text))

    assert Party.objects.get().name == "Front of the Coast"


def test_who_may_not_see_decisions_or_drafts_exports_none(editor: Editor, plan: Proposal) -> None:
    answer = make_proposal("front-answer", clauses=["It stays closed."], proposers=[COASTAL_FRONT])
    make_decision(plan.clauses.get(key="c01"), answer.clauses.get(), decided_by="Ida Northern")
    make_clause(plan, text="Secret draft.", stage=Stage.DRAFT)
    client = staff("proposals.view_proposal", "proposals.view_clause")

    def exported(who: Client) -> tuple[str, list[str]]:
        archive = who.get(address("proposal", "export"), {"as": "yaml"}).content
        files = zipfile.ZipFile(io.BytesIO(archive))
        text = "".join(files.read(name).decode() for name in files.namelist())
        book = openpyxl.load_workbook(io.BytesIO(who.get(address("proposal", "export"), {"as": "xlsx"}).content))
        return text, book.sheetnames

    text, sheets = exported(client)

    assert "It stays closed." in text
    assert "Ida Northern" not in text
    assert "Secret draft." not in text
    assert sheets == ["proposals", "clauses"]
    assert "Ida Northern" in exported(editor.client)[0]
