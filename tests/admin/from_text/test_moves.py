"""What can be done to clauses before they are saved, and undone."""

import pytest

from proposals.admin.from_text.moves import levelled, move
from proposals.admin.from_text.past import undone, with_step
from proposals.admin.from_text.rows import Row, rows_of
from proposals.splitting import divide


def outline(*told: str) -> tuple[Row, ...]:
    """Rows named for their texts; each blank before one is a level, and a cross after it leaves it out."""
    return tuple(
        Row(
            id=f"r{place}",
            number="",
            label=one.strip(" x"),
            text=one.strip(" x"),
            depth=len(one) - len(one.lstrip()),
            out=one.endswith("x"),
        )
        for place, one in enumerate(told, start=1)
    )


def told(rows: tuple[Row, ...]) -> list[str]:
    return [" " * row.depth + row.text + ("x" if row.out else "") for row in rows]


SIX = outline("A", " B", "  C", " D", "E", "F")


@pytest.mark.parametrize(
    ("command", "after"),
    [
        ("up r1", ["A", " B", "  C", " D", "E", "F"]),
        # A clause takes along what stands in it.
        ("down r1", ["E", "A", " B", "  C", " D", "F"]),
        ("up r5", ["E", "A", " B", "  C", " D", "F"]),
        ("up r4", ["A", " D", " B", "  C", "E", "F"]),
        ("down r2", ["A", " D", " B", "  C", "E", "F"]),
        # The first of its level goes before the one that it stands in, the last one after it.
        ("up r2", ["B", " C", "A", " D", "E", "F"]),
        ("down r4", ["A", " B", "  C", "D", "E", "F"]),
        ("down r6", ["A", " B", "  C", " D", "E", "F"]),
        ("indent r5", ["A", " B", "  C", " D", " E", "F"]),
        ("indent r2", ["A", " B", "  C", " D", "E", "F"]),
        ("indent r1", ["A", " B", "  C", " D", "E", "F"]),
        ("outdent r2", ["A", "B", " C", " D", "E", "F"]),
        ("outdent r1", ["A", " B", "  C", " D", "E", "F"]),
        ("place r6 r2", ["A", " F", " B", "  C", " D", "E"]),
        ("place r2 r6", ["A", " D", "E", "B", " C", "F"]),
        ("place r1", ["E", "F", "A", " B", "  C", " D"]),
        ("place r3", ["A", " B", " D", "E", "F", "C"]),
        # Into itself is nowhere.
        ("place r1 r3", ["A", " B", "  C", " D", "E", "F"]),
        ("out r2", ["A", " Bx", "  C", " D", "E", "F"]),
        ("back r2", ["A", " B", "  C", " D", "E", "F"]),
        ("merge r6", ["A", " B", "  C", " D", "E", "F"]),
        ("merge r2", ["A", " B\nC", " D", "E", "F"]),
    ],
)
def test_every_move(command: str, after: list[str]) -> None:
    moved = move(SIX, command)

    assert moved is not None
    assert told(moved.rows) == after
    assert bool(moved.said)


@pytest.mark.parametrize("command", ["", "up", "up r9", "drop r1", "save r1", "up r1 r9", "tick topic", "place r1 r9"])
def test_what_is_no_move_does_nothing(command: str) -> None:
    assert move(SIX, command) is None


def test_a_merge_brings_back_the_number_and_heading_that_were_cut_off() -> None:
    text = "1. Forces\nThe Council keeps 600 men.\n2. Harbour\nThe Front opens it.\n3. Toll\nNobody pays."
    rows = rows_of(text, divide(text))
    place = next(place for place, row in enumerate(rows) if row.text.startswith("Nobody"))

    moved = move(rows, f"merge {rows[place - 1].id}")

    assert moved is not None
    assert moved.rows[place - 1].text.endswith("The Front opens it.\n3. Toll Nobody pays.")


def test_a_merge_skips_what_is_left_out() -> None:
    moved = move(outline("A", "Bx", "C"), "merge r1")

    assert moved is not None
    assert told(moved.rows) == ["A\nC", "Bx"]


@pytest.mark.parametrize(
    ("text", "cut", "parts"),
    [
        ("One side leaves. The other stays.", 17, [("", "One side leaves."), ("", "The other stays.")]),
        ("One side leaves:\n\nb) the bridge", None, [("", "One side leaves:"), ("b", "the bridge")]),
        ("Both sign. 3. Ten days later", 11, [("", "Both sign."), ("3", "Ten days later")]),
        # A place counted in characters, not in the units of a browser.
        ("😀😀 Council. Front.", 12, [("", "😀😀 Council."), ("", "Front.")]),
        ("Nothing to cut", 0, [("", "Nothing to cut")]),
        ("Nothing to cut", 999, [("", "Nothing to cut")]),
        ("Nothing to cut", None, [("", "Nothing to cut")]),
        ("A text ends on 5.", 15, [("", "A text ends on"), ("", "5.")]),
    ],
)
def test_a_split_reads_the_number_of_the_second_part(text: str, cut: int | None, parts: list[tuple[str, str]]) -> None:
    moved = move((Row(id="r7", number="", label="", text=text, depth=0),), "split r7", cut=cut)

    assert moved is not None
    assert [(row.number, row.text) for row in moved.rows] == parts


def test_labels_of_first_words_follow_their_text_and_others_stay() -> None:
    rows = (
        Row(id="r1", number="", label="One side leaves. The other stays.", text="One side leaves. The other stays."),
        Row(id="r2", number="", label="Bridge", text="It opens. It closes."),
    )

    first, second = move(rows, "split r1", cut=16), move(rows, "split r2", cut=9)

    assert first is not None
    assert [row.label for row in first.rows[:2]] == ["One side leaves.", "The other stays."]
    assert second is not None
    assert [row.label for row in second.rows[1:]] == ["Bridge", "It closes."]


def test_no_clause_is_two_levels_deeper_than_the_one_before() -> None:
    assert told(levelled(outline("   A", "   B", " C", "   D"))) == ["A", " B", " C", "  D"]


def test_steps_are_undone_one_by_one_and_later_typing_stays() -> None:
    past = ""
    rows = SIX
    seen = [rows]
    for command in ("merge r2", "down r1", "out r5", "split r6"):
        moved = move(rows, command, cut=1)
        assert moved is not None
        past = with_step(past, rows, moved.rows)
        rows = moved.rows
        seen.append(rows)
    typed = tuple(Row(**{**_fields(row), "label": "typed later"}) if row.id == "r4" else row for row in rows)

    back = typed
    for before in reversed(seen[:-2]):
        back, past = undone(past, back)
        assert told(back) == told(before)

    assert past == ""
    assert next(row.label for row in back if row.id == "r4") == "typed later"
    assert undone(past, back) == (back, "")


def _fields(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("id", "number", "label", "text", "depth", "out")}


@pytest.mark.parametrize(
    "past",
    ["no json", "[" * 100_000, "{}", "[1]", "[null]", '[{"order": [["r1"]], "rows": {}}]', '[{"order": 1, "rows": 2}]',
     '[{"order": [["r9", 0, false]], "rows": {}}]', '[{"order": [["r1", 0, false]], "rows": {"r1": {"text": 1}}}]'],
)  # fmt: skip
def test_a_past_that_nobody_had_is_no_past(past: str) -> None:
    assert undone(past, SIX) == (SIX, "")


def test_the_past_stays_small() -> None:
    rows = outline(*("x" * 100_000 + str(place) for place in range(12)))
    past = ""
    while len(rows) > 1:
        moved = move(rows, "merge r1")
        assert moved is not None
        past, rows = with_step(past, rows, moved.rows), moved.rows

    assert len(past) < 2_500_000
