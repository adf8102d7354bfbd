"""What a clause might be coded with, and the words that say so."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.alignment import Clause, Term, TopicEntry
from proposals.suggesting import KINDS, Knowledge, Measure, suggest

KNOWN = Knowledge(
    clauses=[
        Clause(
            id="first-plan/c1",
            order=1,
            label="Withdrawal",
            text="The Coastal Front withdraws its garrison from the delta.",
            topics=("withdrawal",),
            roles=(("obligated", "coastal-front"), ("beneficiary", "northern-council")),
            territories=("delta",),
        ),
        Clause(
            id="first-plan/c2",
            order=2,
            label="Prisoners",
            text="All prisoners are released within 20 days.",
            topics=("prisoners",),
            terms=(Term(kind="duration", measure="release", comparator="at_most", value=20, unit="days"),),
        ),
        Clause(
            id="first-plan/c3",
            order=3,
            label="Limit of forces",
            text="The Northern Council keeps at most 60,000 troops.",
            topics=("forces",),
            terms=(Term(kind="quantity", measure="troops", comparator="at_most", value=60000, unit="persons"),),
        ),
    ],
    topics=[
        TopicEntry(slug="withdrawal", group="war", name="Withdrawal", definition="Forces leave a place."),
        TopicEntry(slug="prisoners", group="people", name="Prisoners", definition="Exchange and release of prisoners."),
        TopicEntry(slug="forces", group="war", name="Limits of forces", definition="How many troops a side may have."),
    ],
    parties={
        "northern-council": ("Northern Council", "NC", "Северный совет", "北方委员会"),
        "coastal-front": ("Coastal Front", "Front"),
        "mediator": ("the mediator",),
        "us": ("United States", "US"),
    },
    territories={"delta": ("Delta of the Arn", "delta"), "orm": ("Orm oblast",), "sel": ("Sel oblast",)},
    measures=[
        Measure(code="troops", kind="quantity", name="strength of the armed forces"),
        Measure(code="tanks", kind="quantity", name="tanks"),
        Measure(code="release", kind="duration", name="release of prisoners"),
        Measure(code="ceasefire", kind="duration", name="length of a ceasefire"),
        Measure(code="ceasefire_start", kind="date", name="first day of a ceasefire"),
    ],
)


def _suggested(text: str, kind: str, label: str = "") -> list[dict[str, object]]:
    (found,) = suggest([text], knowledge=KNOWN, labels=[label])
    return [one.fields for one in found if one.kind == kind]


def _words(text: str, kind: str) -> list[str]:
    (found,) = suggest([text], knowledge=KNOWN)
    return [one.words for one in found if one.kind == kind]


def test_the_topic_of_clauses_with_such_words_comes_first():
    assert _suggested("The garrison of the harbour goes.", "topic")[0] == {"topic": "withdrawal"}
    assert _words("The garrison of the harbour goes.", "topic")[0] == "garrison"


def test_a_heading_helps_to_find_the_topic():
    assert _suggested("All for all.", "topic", label="Exchange of prisoners")[0] == {"topic": "prisoners"}


PARTIES = [
    ("The Northern Council opens the harbour.", "northern-council", "obligated"),
    ("The NC opens the harbour.", "northern-council", "obligated"),
    ("The harbour is opened by the Coastal Front.", "coastal-front", "obligated"),
    ("Aid is given to the Northern Council.", "northern-council", "beneficiary"),
    ("The United States guarantees the line.", "us", "guarantor"),
    ("The line is monitored by the mediator.", "mediator", "monitor"),
    ("Северный совет открывает порт.", "northern-council", "obligated"),
    ("北方委员会开放港口。", "northern-council", "obligated"),
]


@pytest.mark.parametrize(("text", "party", "role"), PARTIES)
def test_a_party_is_found_by_its_names_and_its_role_by_the_words_around(text, party, role):
    assert {"party": party, "role": role} in _suggested(text, "party")


def test_an_abbreviation_is_not_found_in_a_word_of_its_letters():
    assert "us" not in {one["party"] for one in _suggested("They told us that the Frontier is open.", "party")}
    assert "coastal-front" not in {one["party"] for one in _suggested("The Frontier is open.", "party")}


def test_the_longest_name_hides_those_inside_it():
    assert _words("Fire stops in the Delta of the Arn.", "territory") == ["Delta of the Arn"]


def test_a_place_is_found_without_the_word_for_what_kind_of_place_it_is():
    assert _suggested("Fire stops in Orm.", "territory") == [{"territory": "orm"}]


MODALITIES = [
    ("The Coastal Front shall leave.", "must", "shall"),
    ("The Coastal Front may stay.", "may", "may"),
    ("The Coastal Front shall not return.", "must_not", "shall not"),
    ("The Coastal Front refrains from attacks.", "must_not", "refrains"),
    ("The Coastal Front leaves on 9 May 2031.", "must", ""),  # a month is no permission
    ("Fire stops no later than Monday.", "must", ""),  # a deadline is no ban
    ("Both sides aim at peace.", "aims", "aim"),
]


@pytest.mark.parametrize(("text", "modality", "words"), MODALITIES)
def test_the_force_of_a_clause_is_read_from_its_wording(text, modality, words):
    assert _suggested(text, "modality") == [{"modality": modality}]
    assert _words(text, "modality") == [words]


def test_a_figure_is_told_with_its_comparator_unit_qualifier_and_likeliest_measure():
    text = "In peacetime the Northern Council has at most 80,000 troops and 300 tanks."

    assert _suggested(text, "quantity") == [
        {
            "kind": "quantity",
            "measure": "troops",
            "comparator": "at_most",
            "value": Decimal(80000),
            "unit": "persons",
            "qualifier": "peacetime",
        },
        {
            "kind": "quantity",
            "measure": "tanks",
            "comparator": "exactly",
            "value": Decimal(300),
            "qualifier": "peacetime",
        },
    ]
    assert _words(text, "quantity") == ["80,000 troops", "300"]


def test_a_span_is_told_with_what_it_counts_from_and_whether_it_can_be_prolonged():
    (span,) = _suggested("The ceasefire lasts two weeks from signing and can be extended.", "duration")

    assert span == {
        "kind": "duration",
        "measure": "ceasefire",
        "comparator": "exactly",
        "value": Decimal(14),
        "unit": "days",
        "counts_from": "signing",
        "renewable": True,
    }


def test_both_days_of_a_stretch_are_told_and_days_long_past_are_not():
    found = _suggested("Fire stops from 9 to 11 May 2031, as was asked since 2014.", "date")

    assert [(one["date"], one["date_precision"]) for one in found] == [("2031-05-09", "day"), ("2031-05-11", "day")]


def test_nothing_known_gives_no_measure_and_no_fault():
    (found,) = suggest(["At most 30 tanks within 20 days."], knowledge=Knowledge(parties={}, territories={}))

    assert [(one.kind, "measure" in one.fields) for one in found] == [
        ("modality", False),
        ("quantity", False),
        ("duration", False),
    ]


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from("The NC , 30 days 1½ ﬁve ß İ may 9 2031 delta\n".split(" "))).map(" ".join)
)
def test_the_words_of_a_suggestion_stand_where_it_says(text):
    (found,) = suggest([text], knowledge=KNOWN)

    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(0 <= start < end <= len(text) for one in found for start, end in one.places)
    assert len({one.key for one in found}) == len(found)
    assert [KINDS.index(one.kind) for one in found] == sorted(KINDS.index(one.kind) for one in found)
    assert all(0 <= one.score <= 1 for one in found)
