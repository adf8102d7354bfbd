"""PDF files that hold text: pages in order, words whole, paragraphs apart."""

import pytest

from proposals.documents import UnreadableDocument, read_document
from proposals.documents.pdf_lines import running_text
from tests.documents.pdf_files import pdf


def test_pages_are_read_in_order_without_their_numbers() -> None:
    content = pdf(
        ["1. The Northern Council withdraws its gar-", "rison from the bridge within ten days of signing.", "1"],
        ["2. The Coastal Front opens the old harbour.", "2"],
        ["3. Both sign.", "3"],
    )

    assert read_document("plan.pdf", content) == (
        "1. The Northern Council withdraws its garrison from the bridge within ten days of signing.\n"
        "2. The Coastal Front opens the old harbour.\n3. Both sign."
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("the with-\ndrawal of", "the withdrawal of"),
        ("a non-\nnuclear zone", "a non-nuclear zone"),
        # The word stands elsewhere with its hyphen.
        ("a cease-fire; the cease-\nfire holds", "a cease-fire; the cease-fire holds"),
        ("Donetsk-\nLuhansk", "Donetsk-Luhansk"),
        ("600-\n800 men", "600-800 men"),
        ("twenty-\nfive", "twenty-five"),
        ("war\u00ad\nships and sol\u00addiers", "warships and soldiers"),
        # A dash is no hyphen.
        ("the harbour -\nold and new", "the harbour -\nold and new"),
        ("ends.\n- first\n- second", "ends.\n- first\n- second"),
    ],
)
def test_words_broken_at_the_end_of_a_line(lines: str, text: str) -> None:
    assert running_text([lines]).replace(".\n\n", ".\n") == text


def test_a_short_line_that_ends_a_sentence_ends_its_paragraph() -> None:
    page = (
        "The Northern Council and the Coastal Front agree\nto cease fire.\n"
        "The Council withdraws from the bridge at once and\nthe Front follows."
    )

    assert running_text([page]).rstrip().split("\n\n") == [
        "The Northern Council and the Coastal Front agree\nto cease fire.",
        "The Council withdraws from the bridge at once and\nthe Front follows.",
    ]


def test_figures_that_do_not_count_the_pages_stay() -> None:
    assert running_text(["up to\n600", "and then\n90"]) == "up to\n600\nand then\n90"


def test_a_scan_is_told_from_a_text() -> None:
    with pytest.raises(UnreadableDocument, match="holds no text: scanned pages need OCR first"):
        read_document("scan.pdf", pdf([], []))
