"""PDF files that hold text: pages in order, words whole."""

import pytest

from proposals.documents import UnreadableDocument, read_document
from proposals.documents.pdf_lines import running_text
from proposals.splitting import split
from tests.documents.pdf_files import pdf


def test_pages_are_read_in_order_and_their_numbers_are_no_words() -> None:
    content = pdf(
        ["1. The Northern Council withdraws its gar-", "rison from the bridge within ten days of signing.", "Page 1"],
        ["2. The Coastal Front opens the old harbour.", "Page 2"],
        ["3. Both sign.", "Page 3"],
    )

    text = read_document("plan.pdf", content)

    assert text == (
        "1. The Northern Council withdraws its garrison from the bridge within ten days of signing.\nPage 1\n"
        "\f2. The Coastal Front opens the old harbour.\nPage 2\n\f3. Both sign.\nPage 3"
    )
    assert [piece.text for piece in split(text)] == [
        "The Northern Council withdraws its garrison from the bridge within ten days of signing.",
        "The Coastal Front opens the old harbour.",
        "Both sign.",
    ]


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
    assert running_text([lines]) == text


def test_a_scan_is_told_from_a_text() -> None:
    with pytest.raises(UnreadableDocument, match="holds no text: scanned pages need OCR first"):
        read_document("scan.pdf", pdf([], []))
