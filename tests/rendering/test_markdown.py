"""Markdown that reads well as plain text."""

from proposals.rendering.markdown import WIDTH, paragraphs, table


def test_columns_stand_below_each_other() -> None:
    assert table(["", "figure"], [["links", "1.00"], ["x", ".5"]]).splitlines() == [
        "|       | figure |",
        "| ----- | ------ |",
        "| links | 1.00   |",
        "| x     | .5     |",
    ]


def test_a_long_line_is_broken_and_an_entry_of_a_list_goes_on_below_its_words() -> None:
    text = paragraphs("- " + "word " * 40, "1. " + "word " * 40, "   - " + "word " * 40)

    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert [line[:6] for line in lines if line] == ["- word", "  word", "1. wor", "   wor", "   - w", "     w"]


def test_headings_and_tables_are_never_broken() -> None:
    heading = "# " + "word " * 40

    assert paragraphs(heading, "| " + "x" * 200 + " |").splitlines() == [heading, "", "| " + "x" * 200 + " |"]


def test_parts_stand_apart_empty_ones_are_left_out_and_filling_twice_changes_nothing() -> None:
    text = paragraphs("One.", "", "- two\n- three")

    assert text == "One.\n\n- two\n- three"
    assert paragraphs(text) == text
