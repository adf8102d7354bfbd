"""A proposal as somebody would type it."""

from tests.splitting.plain_text import STYLES, proposal_text

CLAUSES = [
    {"id": "plan/c1", "parent": None, "number": "1", "label": "Harbour", "text": "The harbour opens."},
    {"id": "plan/c1a", "parent": "plan/c1", "number": "a", "label": "Tolls", "text": "There are no tolls."},
    {"id": "plan/c2", "parent": None, "number": "unknown", "label": "Mines", "text": "The mines are cleared."},
]


def test_numbers_stand_before_the_words_and_what_is_nested_is_indented():
    assert proposal_text("Plan", CLAUSES) == (
        "Plan\n\n1. The harbour opens.\n\n   a. There are no tolls.\n\nThe mines are cleared.\n"
    )


def test_headings_stand_on_the_line_of_the_number():
    assert proposal_text("Plan", CLAUSES[:1], style=STYLES["headings"]) == "Plan\n\n1. Harbour\nThe harbour opens.\n"


def test_in_a_list_without_empty_lines_clauses_without_number_have_a_bullet():
    assert proposal_text("Plan", CLAUSES, style=STYLES["list"]) == (
        "Plan\n\n1) The harbour opens.\n   a) There are no tolls.\n- The mines are cleared.\n"
    )


def test_lines_are_broken_where_the_style_says():
    clause = {**CLAUSES[0], "text": "The harbour of Sel is open to the ships of all flags, in war and in peace alike."}

    assert proposal_text("Plan", [clause], style=STYLES["wrapped"]) == (
        "Plan\n\n1. The harbour of Sel is open to the ships of all flags, in war and in\npeace alike.\n"
    )
