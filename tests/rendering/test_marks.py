"""Marks stand exactly on the words that differ, or nowhere."""

import pytest

from proposals.rendering.marks import pieces, spans_of


def marked(text, *sides, names=()):
    """The text with its marks in brackets."""
    spans = spans_of(text, [(kind, {"text": words, "value": value}) for kind, words, value in sides], names=names)
    cut = pieces(text, spans)
    assert "".join(one.text for one in cut) == text
    return "".join(f"[{one.text}]" if one.mark else one.text for one in cut)


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("A garrison of 500 soldiers.", ("quantity", "at most 500 persons", 500), "A garrison of [500] soldiers."),
        ("At most 800,000 men.", ("quantity", "at most 800,000 persons, peacetime", 800_000), "At most [800,000] men."),
        # part of a longer number, another scale, a share
        ("Within 1,500 miles.", ("quantity", "at most 500 persons", 500), "Within 1,500 miles."),
        ("It costs 500 billion.", ("quantity", "at most 500 persons", 500), "It costs 500 billion."),
        ("It takes 50% of it.", ("quantity", "at most 50 persons", 50), "It takes 50% of it."),
        # twice: which is meant cannot be told
        ("500 men and 500 boats.", ("quantity", "at most 500 persons", 500), "500 men and 500 boats."),
        ("A 30-day truce.", ("duration", "at most 30 days", 720), "A [30-day] truce."),
        ("A truce of 30 ships.", ("duration", "at most 30 days", 720), "A truce of 30 ships."),
        ("The Front must leave.", ("modality", "must", None), "The Front [must] leave."),
        ("The Front must not leave.", ("modality", "must", None), "The Front must not leave."),
        ("The ban stands.", ("modality", "stands", None), "The ban stands."),
        (
            "The Coastal Front leaves.",
            ("actor", "Coastal Front; Northern Council", None),
            "The [Coastal Front] leaves.",
        ),
        ("Frontiers stay.", ("actor", "Front", None), "Frontiers stay."),
        ("It is put off.", ("legal_effect", "put off", None), "It is put off."),
        ("Words.", ("quantity", None, None), "Words."),  # withdrawn since
        ("A (b) [c] holds.", ("actor", "A (b) [c]", None), "[A (b) [c]] holds."),
    ],
)
def test_a_value_is_marked_where_it_stands_for_certain(text, side, expected):
    assert marked(text, side) == expected


def test_a_part_of_a_longer_name_is_not_that_name():
    text = "Friends of the Front keep watch."

    assert marked(text, ("actor", "Front", None), names=["Front", "Friends of the Front"]) == text


def test_changed_words_and_marks_may_overlap():
    text = "At most 500 soldiers."
    spans = spans_of(text, [("quantity", {"text": "at most 500 persons", "value": 500})])

    told = [(one.text, one.mark, one.is_changed) for one in pieces(text, spans, changed=[(3, 11)])]

    assert told == [
        ("At ", "", False),
        ("most ", "", True),
        ("500", "figure", True),
        (" soldiers.", "", False),
    ]
