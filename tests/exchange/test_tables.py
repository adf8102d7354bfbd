"""Records as tables: out and in again without a loss, one cell changes one field, every fault is told by its cell."""

import csv
import datetime
import io
import threading
from typing import Any

import openpyxl
import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from parties.spreadsheet_text import guarded
from proposals.exchange import cells
from proposals.exchange.chosen import FORMATS
from proposals.exchange.csv_table import csv_table, read_csv
from proposals.exchange.exporting import export_documents
from proposals.exchange.faults import UnableToImport
from proposals.exchange.format import KINDS
from proposals.exchange.importing import Report, apply
from proposals.exchange.plan import Action
from proposals.exchange.reading import decoded
from proposals.exchange.stored import EVERYTHING
from proposals.exchange.tables import columns_of, letters
from proposals.exchange.uploads import read_upload
from proposals.exchange.workbook import UnableToExport, workbook
from proposals.exchange.workbook_reading import read_workbook
from proposals.models import (
    Clause,
    ClauseParty,
    ClauseTopic,
    Decision,
    Dependency,
    ImportedRecord,
    Proposal,
    Stage,
)
from tests.factories import COASTAL_FRONT, make_decision, make_party, make_proposal, make_term, make_topic

_EACH = [(kind, name) for kind in KINDS for name in FORMATS]
_IDS = [f"{kind}-{name}" for kind, name in _EACH]


def exported(kind: str, name: str) -> tuple[str, bytes]:
    pks = KINDS[kind].model._default_manager.values_list("pk", flat=True)
    file = FORMATS[name](kind, pks, reader=EVERYTHING)
    return file.name, file.content


def imported(kind: str, name: str, content: bytes, **options: Any) -> Report:
    upload = read_upload(name, content, kind=kind)
    return apply(upload.entries, faults=upload.faults, complete=upload.complete, **options)


@pytest.mark.parametrize(("kind", "name"), _EACH, ids=_IDS)
def test_what_was_exported_changes_nothing_when_it_is_imported(shipped: None, kind: str, name: str) -> None:
    add_a_decision()

    report = imported(kind, *exported(kind, name))

    assert len(report.changes) >= KINDS[kind].model._default_manager.count()
    assert [str(change) for change in report.changes if change.action is not Action.UNCHANGED] == []


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_database_gets_the_same_records_from_each_format(shipped: None, name: str) -> None:
    add_a_decision()
    before = list(export_documents())
    files = {kind: exported(kind, name) for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = [*(record.model._meta.db_table for record in KINDS.values()), ImportedRecord._meta.db_table]
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert not list(export_documents())

    for kind, (file, content) in files.items():
        imported(kind, file, content)

    assert list(export_documents()) == before


def test_an_exported_table_has_a_column_for_every_field(shipped: None) -> None:
    name, content = exported("clause", "csv")
    head = content.decode("utf-8-sig").splitlines()[0].replace('"', "").split(",")

    assert name == "clauses.csv"
    assert head == columns_of("clause")
    assert head[:3] == ["proposal", "id", "order"]
    assert {each.name for each in KINDS["clause"].fields} < set(head)


def test_the_same_records_give_the_same_bytes(shipped: None) -> None:
    for name in FORMATS:
        assert exported("territory", name) == exported("territory", name)


@pytest.fixture
def plan(db: None) -> Proposal:
    """A plan of the Northern Council with three clauses, the first with everything that a row can say."""
    plan = make_proposal(clauses=["The Front opens the harbour.", "The Council pays.", "Both sign."])
    first = plan.clauses.get(key="c01")
    ClauseParty.objects.create(clause=first, party=make_party(COASTAL_FRONT), role="obligated", order=1)
    ClauseParty.objects.create(clause=first, party=make_party(), role="beneficiary", order=2)
    ClauseTopic.objects.create(clause=first, topic=make_topic("navigation"), order=2)
    make_term(first, note="On land: at peace; no more.\nAt sea: none.")
    make_term(first, measure="guards", value=12.5, comparator="exactly")
    Dependency.objects.create(clause=first, target=plan.clauses.get(key="c02"), relation="after", order=1)
    return plan


def csv_of(kind: str, *rows: dict[str, str]) -> bytes:
    """A table as somebody would write it by hand."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def table_of(kind: str) -> list[dict[str, str]]:
    """The rows of an exported table."""
    _, content = exported(kind, "csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_says_everything_in_words_that_people_can_edit(plan: Proposal) -> None:
    row = table_of("clause")[0]

    assert row["parties"] == "obligated: coastal-front; beneficiary: northern-council"
    assert row["topics"] == "ceasefire; navigation"
    assert row["wording"] == "paraphrase"
    assert row["depends_on"] == "{clause: c02, relation: after}"
    assert row["terms"].splitlines() == [
        "{kind: quantity, measure: garrison_strength, comparator: at_most, value: 500, unit: persons, "
        'note: "On land: at peace; no more.\\nAt sea: none."}',
        "{kind: quantity, measure: guards, comparator: exactly, value: 12.5, unit: persons}",
    ]


@pytest.mark.parametrize(
    ("column", "cell", "field"),
    [
        ("label", "Harbour opened", "label"),
        ("number", "007", "number"),
        ("topics", "navigation; ceasefire", "topics"),  # their order counts
        ("topics", "", "topics"),
        ("parties", "obligated: northern-council, coastal-front", "parties"),
        ("terms", "{kind: quantity, measure: guards, comparator: exactly, value: 13, unit: persons}", "terms"),
        ("depends_on", "", "depends_on"),
        ("order", "9", "order"),
        ("scope", "extent: part; permanence: temporary", "scope"),
        ("text", "=1+1", "text"),
        ("text", "'tis\r\n\topen", "text"),
    ],
)
def test_one_edited_cell_changes_just_that_field(plan: Proposal, column: str, cell: str, field: str) -> None:
    rows = table_of("clause")
    rows[0][column] = guarded(cell)

    report = imported("clause", "clauses.csv", csv_of("clause", *rows))

    assert [change.fields for change in report.changes] == [(field,), (), ()]
    assert {row["id"]: row for row in table_of("clause")}["c01"][column] == guarded(cell)


def test_columns_that_are_left_out_stay_as_they_are(plan: Proposal) -> None:
    before = table_of("clause")[0]
    Clause.objects.filter(key="c01").update(label="Edited here")
    state = table_of("clause")[0]["state"]

    row = {"proposal": "council-plan", "id": "c01", "number": "1a", "state": state}
    report = imported("clause", "clauses.csv", csv_of("clause", row))

    after = table_of("clause")[0]
    assert [(change.action, change.fields) for change in report.changes] == [(Action.CHANGED, ("number",))]
    assert {name for name in after if after[name] != before[name]} == {"number", "label", "state"}


def test_a_new_row_becomes_a_clause_at_the_end(plan: Proposal) -> None:
    row = {"proposal": "council-plan", "id": "c04", "number": "4", "label": "Amnesty", "text": "All are pardoned."}

    imported("clause", "clauses.csv", csv_of("clause", row), stage_of=lambda _entry: Stage.DRAFT)

    clause = Clause.objects.get(key="c04")
    assert (clause.order, clause.stage, clause.text) == (4, Stage.DRAFT, "All are pardoned.")
    assert Clause.objects.filter(stage=Stage.PUBLIC).count() == 3


def test_what_was_edited_since_it_was_exported_is_left_alone(plan: Proposal) -> None:
    rows = table_of("clause")
    rows[0]["label"] = "From the table"
    Clause.objects.filter(key="c01").update(label="Edited here")

    (change, *_) = imported("clause", "clauses.csv", csv_of("clause", *rows)).changes

    assert (change.action, change.reason) == (Action.CONFLICT, "was edited here since it was exported")
    assert change.before == {"label": "Edited here"}
    assert Clause.objects.get(key="c01").label == "Edited here"

    imported("clause", "clauses.csv", csv_of("clause", *rows), overwrite=True)

    assert Clause.objects.get(key="c01").label == "From the table"


def test_without_its_state_a_record_that_no_import_wrote_is_left_alone(plan: Proposal) -> None:
    row = {"proposal": "council-plan", "id": "c01", "label": "From the table"}

    (change,) = imported("clause", "clauses.csv", csv_of("clause", row)).changes

    assert (change.action, change.reason) == (Action.CONFLICT, "is here already, not by an import")


def test_a_table_says_nothing_about_the_records_that_it_lacks(shipped: None) -> None:
    row = table_of("proposal")[0]

    report = imported("proposal", "proposals.csv", csv_of("proposal", row), prune=True, overwrite=True)

    assert [change.action for change in report.changes] == [Action.UNCHANGED]


def test_a_workbook_of_a_proposal_holds_its_clauses_too(plan: Proposal) -> None:
    name, content = exported("proposal", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["proposals", "clauses", "decisions"]

    sheet = book["clauses"]
    sheet["F2"], sheet["D3"] = "The Front opens the harbour at once.", 7
    saved = io.BytesIO()
    book.save(saved)
    report = imported("proposal", name, saved.getvalue())

    assert [(change.address, change.fields) for change in report.changes if change.fields] == [
        ("council-plan/c01", ("text",)),
        ("council-plan/c02", ("number",)),
    ]
    assert Clause.objects.get(key="c02").number == "7"


def test_days_and_truths_are_read_as_spreadsheets_save_them(plan: Proposal) -> None:
    name, content = exported("proposal", "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["proposals"]
    column = 1 + columns_of("proposal").index("date")
    sheet.cell(2, column).value = datetime.datetime.fromisoformat("2031-05-07")
    sheet.cell(2, column).number_format = "dd/mm/yyyy"
    saved = io.BytesIO()
    book.save(saved)

    imported("proposal", name, saved.getvalue())

    assert Proposal.objects.get().date == datetime.date(2031, 5, 7)


def test_every_fault_is_told_at_once_by_its_cell_and_nothing_is_written(plan: Proposal) -> None:
    rows = table_of("clause")
    rows[0]["topics"] = "ceasefire; navigaton"
    rows[1]["modality"] = "shall"
    rows[1]["terms"] = "{kind: quantity, measure: guards"
    rows[2]["id"] = "C 3"
    rows[2]["parties"] = "obliged: coastal-front"

    with pytest.raises(UnableToImport) as refusal:
        imported("clause", "clauses.csv", csv_of("clause", *rows))

    told = {fault.place.split(" ")[0]: fault.reason for fault in refusal.value.faults}
    at = {name: letters(place) for place, name in enumerate(columns_of("clause"))}
    assert told.keys() == {f"{at['topics']}2", f"{at['modality']}3", f"{at['terms']}3", "B4", f"{at['parties']}4"}
    assert told[f"{at['topics']}2"] == "there is no topic 'navigaton'; did you mean navigation?"
    assert "'shall' is not one of must" in told[f"{at['modality']}3"]
    assert told[f"{at['terms']}3"].startswith("line 1 of the cell is not YAML")
    assert {fault.file for fault in refusal.value.faults} == {"clauses.csv"}
    assert not Clause.objects.filter(label="From the table").exists()


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("proposal,id,txt", "C1: there is no column 'txt'; did you mean text?"),
        ("proposal,id,text,text", "D1: the column 'text' stands twice"),
        ("id,text", "A1: the column 'proposal' is missing: it says which record a row is"),
        ("", "has no head: the first row names the columns"),
    ],
)
def test_a_head_that_is_not_understood_is_a_fault(plan: Proposal, head: str, told: str) -> None:
    upload = read_upload("clauses.csv", f"{head}\ncouncil-plan,c01,Other,Other".encode(), kind="clause")

    assert any(str(fault).endswith(told) for fault in upload.faults)
    assert (upload.entries, upload.complete) == ([], False)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_with_each_separator(plan: Proposal, separator: str) -> None:
    rows = [["proposal", "id", "label", "state"], ["council-plan", "c01", "a,b;c", table_of("clause")[0]["state"]]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)

    (change,) = imported("clause", "clauses.csv", stream.getvalue().encode()).changes

    assert change.fields == ("label",)
    assert Clause.objects.get(key="c01").label == "a,b;c"


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | st.text(
    st.sampled_from("'=+-@_x005Fu{}\\\r\n\t,;\"\x1b\x85\u2028\ufeff\ufffe"), max_size=25
)


@given(_TEXTS)
def test_any_text_survives_csv_and_xlsx(text: str) -> None:
    row = ["a", text, *[""] * (len(columns_of("measure")) - 2)]
    as_csv = read_csv("m.csv", decoded(csv_table("measure", [row])), "measure")
    (as_xlsx,), faults = read_workbook("m.xlsx", workbook({"measure": [row]}), "measure")

    assert as_csv.rows == [(2, row)]
    assert [cell or "" for cell in as_xlsx.rows[0][1]] == row[: len(as_xlsx.rows[0][1])]
    assert (text == "") == (len(as_xlsx.rows[0][1]) == 1)
    assert faults == []


_ENTRIES = st.lists(
    st.fixed_dictionaries({"kind": st.just("quantity")}, optional={"note": _TEXTS, "value": st.integers(-5, 5)}),
    min_size=1,
)


@given(_ENTRIES)
def test_any_list_of_records_survives_a_cell(entries: list[dict[str, Any]]) -> None:
    terms = next(each for each in KINDS["clause"].fields if each.name == "terms")

    assert cells.read(terms, cells.written(terms, entries)) == entries


@given(st.lists(_TEXTS.filter(bool), min_size=1))
def test_any_list_of_aliases_survives_a_cell(names: list[str]) -> None:
    aliases = next(each for each in KINDS["party"].fields if each.name == "aliases")

    assert cells.read(aliases, cells.written(aliases, names)) == names


def test_a_text_too_long_for_a_cell_is_refused_by_name(plan: Proposal) -> None:
    Clause.objects.filter(key="c02").update(text="x" * 40_000)

    with pytest.raises(UnableToExport, match=r"text of council-plan / c02 has 40,000 characters"):
        exported("clause", "xlsx")


def add_a_decision() -> None:
    if not Decision.objects.exists():
        left, right = (proposal.clauses.order_by("order")[0] for proposal in Proposal.objects.order_by("date")[:2])
        make_decision(left, right, relation="overlap", note="Both open it: one at once.")


@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_an_editor_who_has_not_finished() -> None:
    make_proposal(clauses=["The Front opens the harbour."])
    rows = [row | {"label": "From the table"} for row in table_of("clause")]
    told: list[Action] = []

    def bring_in() -> None:
        try:
            told.extend(change.action for change in imported("clause", "c.csv", csv_of("clause", *rows)).changes)
        finally:
            connection.close()

    importer = threading.Thread(target=bring_in)
    with transaction.atomic():
        Clause.objects.update(label="Of the editor")
        importer.start()
        importer.join(timeout=0.5)
        waiting = importer.is_alive()
    importer.join()

    assert waiting
    assert told == [Action.CONFLICT]
    assert Clause.objects.get().label == "Of the editor"
