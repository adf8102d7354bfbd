"""What is split is all there: in the pieces, or told as left out."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from proposals.splitting import divide
from proposals.splitting.markers import marker_at

_STARTS = [
    *(
        "",
        "",
        "1. ",
        "2) ",
        "(3) ",
        "a) ",
        "(ii) ",
        "IV. ",
        "B. ",
        "1.2 ",
        "2.1.3. ",
        "§ 4 ",
        "Article 5. ",
        "Article 6",
    ),
    *(
        "Part II – ",
        "Annex A. ",
        "- ",
        "• ",
        "* ",
        "## ",
        "**7.** ",
        "8\\. ",
        "[9] ",
        "Статья 3. ",
        "б) ",
        "第四条",
        "（二）",
        "三、",
    ),
    *("Page 3 of 9", "- 4 -", "12", "\f", "\t", "   ", "Signed at Sel ", "| 5 | ", "2014. ", "600,000 troops "),
]
_ENDS = ["", ".", ";", ":", ",", " and", "\r", "  "]
_WORDS = [
    "Ceasefire",
    "the harbour of Sel opens",
    "The Coastal Front withdraws",
    "of",
    "双方停火。",
    "Fire stops. 2. Mines go. 3. It ends",
]
_LINES = st.builds("".join, st.tuples(st.sampled_from(_STARTS), st.sampled_from(["", *_WORDS]), st.sampled_from(_ENDS)))
_TEXTS = st.lists(_LINES, max_size=25).map("\n".join) | st.text(max_size=200)


@given(_TEXTS)
def test_no_letter_is_lost_but_those_of_empty_numbers_and_of_the_page(text):
    division = divide(text)

    rest = _without(text, [(one.start, one.end) for one in (*division.pieces, *division.left_out)])
    lines = [line.strip() for line in rest.splitlines() if _letters(line)]

    assert all((marker := marker_at(line)) and not _letters(line[marker.end :]) for line in lines)


@given(_TEXTS)
def test_a_piece_says_what_stands_in_its_place(text):
    division = divide(text)

    for piece in division.pieces:
        there = [
            (one.start - piece.start, one.end - piece.start) for one in division.left_out if one.start > piece.start
        ]
        said = _letters(_without(text[piece.start : piece.end], there))
        # Where a heading or number is all there is, it is the text as well.
        alone = piece.text in (piece.title, piece.number) and said == _letters(piece.number + piece.title)
        assert alone or said == _letters(piece.number + piece.title + piece.text)


@given(_TEXTS)
def test_pieces_stand_one_behind_the_other(text):
    pieces = divide(text).pieces

    assert all(before.end <= after.start for before, after in itertools.pairwise(pieces))
    assert all(piece.text and piece.label and piece.depth >= 0 for piece in pieces)
    assert all(after.depth <= before.depth + 1 for before, after in itertools.pairwise(pieces))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (min(end, len(kept)) - start)
    return "".join(kept)
