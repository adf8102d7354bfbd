"""Word documents: words as they read with all changes accepted, with the numbers that Word counts."""

import io

import docx
import pytest

from proposals.documents import read_document
from tests.documents.word_files import W, numbered, outline, paragraph, word


def test_lists_that_word_counts_have_their_numbers_in_the_text() -> None:
    numbering = outline(0, ("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "(%3)")) + numbered(1, 0)
    body = "".join(
        paragraph(text, number=(1, level))
        for text, level in [
            ("Ceasefire", 0),
            ("on land", 1),
            ("at sea", 1),
            ("in the harbour", 2),
            ("on the river", 2),
            ("Withdrawal", 0),
            ("of the Council", 1),
        ]
    )

    text = read_document("plan.docx", word(body, numbering=numbering))

    assert text.split("\n") == [
        "1. Ceasefire",
        "  a) on land",
        "  b) at sea",
        "    (i) in the harbour",
        "    (ii) on the river",
        "2. Withdrawal",
        "  a) of the Council",
    ]


@pytest.mark.parametrize(
    ("levels", "places", "numbers"),
    [
        ([("decimal", "Article %1"), ("decimal", "%1.%2.")], [0, 1, 1, 0, 1], "Article 1|1.1.|1.2.|Article 2|2.1."),
        ([("upperRoman", "%1."), ("upperLetter", "%2.")], [0, 1, 1, 0], "I.|A.|B.|II."),
        # A figure alone would read as a word of the text.
        ([("decimal", "%1"), ("lowerLetter", "%2")], [0, 1], "1.|a)"),
        ([("bullet", "\uf0b7"), ("bullet", "o")], [0, 1], "•|•"),
        ([("russianLower", "%1)")], [0, 0, 0], "а)|б)|в)"),
        ([("decimalZero", "§ %1")], [0, 0], "§ 01|§ 02"),
        ([("none", "%1"), ("decimal", "%2.")], [1, 1], "1.|2."),
    ],
)
def test_every_form_of_number(levels: list[tuple[str, str]], places: list[int], numbers: str) -> None:
    body = "".join(paragraph("The parties sign.", number=(1, place)) for place in places)

    text = read_document("plan.docx", word(body, numbering=outline(0, *levels) + numbered(1, 0)))

    assert [line.replace("The parties sign.", "").strip() for line in text.split("\n")] == numbers.split("|")


def test_two_lists_count_for_themselves_and_one_may_begin_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = outline(0, ("decimal", "%1.")) + outline(1, ("lowerLetter", "%1)"), start=3)
    numbering += numbered(1, 0) + numbered(2, 1) + numbered(3, 0, anew)
    body = "".join(paragraph("x", number=(own, 0)) for own in (1, 1, 2, 1, 3, 3, 2))

    text = read_document("plan.docx", word(body, numbering=numbering))

    assert text.split("\n") == ["1. x", "2. x", "c) x", "3. x", "5. x", "6. x", "d) x"]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        f'<w:style w:styleId="Point" xmlns:w="{W}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Later"><w:basedOn w:val="Point"/></w:style>'
        '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    )
    body = paragraph("one", style="Point") + paragraph("two", style="Later") + paragraph("three", style="Round")
    body += paragraph("four", style="Point", number=(0, 0))

    text = read_document(
        "plan.docx", word(body, numbering=outline(0, ("decimal", "%1.")) + numbered(1, 0), styles=styles)
    )

    assert text == "1. one\n2. two\n\nthree\n\nfour"


def test_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>The Council </w:t></w:r><w:del><w:r><w:delText>leaves</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>keeps</w:t></w:r></w:ins><w:r><w:t> the bridge.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>It opens </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>the harbour.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly</w:t></w:r></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>moved here</w:t></w:r></w:moveTo></w:p>"
    )

    assert read_document("plan.docx", word(body)) == (
        "The Council keeps the bridge.\n\nIt opens the harbour.\n\nmoved here"
    )


def test_a_deleted_paragraph_takes_no_number() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    body = paragraph("one", number=(1, 0)) + gone + paragraph("two", number=(1, 0))

    text = read_document("plan.docx", word(body, numbering=outline(0, ("decimal", "%1.")) + numbered(1, 0)))

    assert text == "1. one\n2. two"


def test_footnotes_stand_at_the_end() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>As of May.</w:t></w:r></w:p></w:footnote>'
    )
    body = (
        '<w:p><w:r><w:t>The line of contact</w:t><w:footnoteReference w:id="1"/></w:r>'
        "<w:r><w:t> holds.</w:t></w:r></w:p>"
    )

    assert read_document("plan.docx", word(body, footnotes=notes)) == (
        "The line of contact [1] holds.\n\n[1] As of May."
    )


def test_text_boxes_are_read_once_and_signs_are_words() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f"<w:p><w:r><w:t>Before</w:t><w:tab/><w:t>after</w:t><w:br/><w:t>below</w:t></w:r><w:r>"
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert read_document("plan.docx", word(body)) == "Before after\nbelow\n\nIn a box."


def test_what_python_docx_writes_is_read_with_its_tables_headings_and_lists() -> None:
    document = docx.Document()
    document.add_heading("Plan of the Council", 1)
    document.add_paragraph("The parties,")
    for text in ("cease fire;", "withdraw."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("on land", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for place, words in enumerate(["Council", "600 men", "Front", "800 men"]):
        table.cell(*divmod(place, 2)).text = words
    target = io.BytesIO()
    document.save(target)

    assert read_document("plan.docx", target.getvalue()) == (
        "Plan of the Council\n\nThe parties,\n\n1. cease fire;\n2. withdraw.\n• on land\n\n"
        "Council\t600 men\nFront\t800 men"
    )
