"""A table out of a list, edited, and in again, in a real browser."""

import io
from pathlib import Path

import openpyxl

from proposals.models import Proposal, Stage
from tests.chromium import accessibility_faults
from tests.factories import make_process, make_proposal
from tests.workshop.conftest import SignIn, Stored

_LIST = "/admin/proposals/clause/?q=transfer-plan"


def _plan() -> None:
    if not Proposal.objects.filter(slug="transfer-plan").exists():
        process = make_process("transfer-talks", name="Talks on transfers")
        texts = ["The Front opens the harbour.", "The Council pays for the pier."]
        make_proposal("transfer-plan", clauses=texts, process=process, stage=Stage.DRAFT)


def test_a_table_is_exported_edited_and_imported_after_a_preview(
    sign_in: SignIn, stored: Stored, tmp_path: Path
) -> None:
    stored(_plan)
    page = sign_in(_LIST, name="transfer-editor")

    page.get_by_role("link", name="Export", exact=True).click()
    assert "2 clauses" in page.locator("#content").inner_text()
    assert accessibility_faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    file = tmp_path / "clauses.xlsx"
    download.value.save_as(file)

    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    sheet = book["clauses"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["label"]).value = "Opening of the harbour"
    sheet.cell(3, columns["condition"]).value = "once the pier is mended"
    book.save(file)

    page.goto(page.url.split("/admin")[0] + _LIST)
    page.get_by_role("link", name="Import", exact=True).click()
    assert accessibility_faults(page) == []
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()

    page.locator(".counts", has_text="2 changed").wait_for()
    told = page.locator("#content").inner_text()
    assert "Opening of the harbour" in told
    assert "once the pier is mended" in told
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Import these").click()

    page.locator(".messagelist", has_text="Imported: 2 changed.").wait_for()
    label = stored(lambda: Proposal.objects.get(slug="transfer-plan").clauses.get(key="c01").label)
    assert label == "Opening of the harbour"


def test_faults_are_listed_by_their_cells_on_a_narrow_screen(sign_in: SignIn, stored: Stored) -> None:
    stored(_plan)
    page = sign_in("/admin/proposals/clause/import/", name="transfer-narrow", width=768)

    page.get_by_label("Or paste it here").fill(
        "proposal\tid\tmodality\ttopics\ntransfer-plan\tc01\tshall\tcease-fire\ntransfer-plan\tc02\tmust\tno-such\n"
    )
    page.get_by_role("button", name="Show what it would change").press("Enter")

    told = page.locator(".faults").inner_text()
    assert "C2" in told
    assert "'shall' is not one of must" in told
    assert page.locator(".faults tbody tr").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert accessibility_faults(page) == []
