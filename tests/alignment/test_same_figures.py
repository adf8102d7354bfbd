"""Figures, times and dates in the wording: equal ones do not differ, however written, and others are always told."""

from itertools import combinations, product

import pytest

from proposals.alignment import Divergence, Term, align
from proposals.alignment.divergence import divergences
from proposals.alignment.figures import stated
from tests.alignment.cast import VOCABULARY, a_clause, a_proposal

# What is said around a value, and groups of ways to say one value each. Any two of a group are equal, any two of
# different groups differ.
WAYS: dict[str, tuple[str, str, list[list[str]]]] = {
    "numbers": (
        "quantity",
        "The Coastal Front keeps at most {} soldiers.",
        [
            [
                *("1,5 million", "1.5 million", "1 500 000", "1,500,000", "1.500.000", "1'500'000", "1500000", "1.5m"),
                *("1\xa0500\xa0000", "1\u202f500\u202f000", "1.5 mln", "1½ million", "one and a half million"),
            ],
            ["600,000", "600 000", "600.000", "600 thousand", "600k", "six hundred thousand"],
            ["half a million", "500,000", "0.5 million", "½ million"],
            ["a hundred", "100", "one hundred", "100 (one hundred)", "one hundred (100)"],
            ["150", "one hundred and fifty", "one hundred fifty", "150 (one hundred and fifty)"],
            ["250,000", "two hundred and fifty thousand", "two hundred fifty thousand", "250 thousand"],
            ["12", "twelve", "a dozen"],
        ],
    ),
    "money": (
        "quantity",
        "The Coastal Front pays {} for the boats.",
        [
            [
                *("$100bn", "$100 bn", "$100 billion", "US$100 billion", "USD 100 billion", "100 billion USD"),
                *("100 billion dollars", "one hundred billion dollars", "$100,000,000,000", "$100B", "$100 bln"),
            ],
            ["€100 bn", "€100bn", "EUR 100 billion", "100 billion EUR", "100 billion euros"],
            ["$10-20bn", "10 to 20 billion dollars"],
            ["$1,234.56", "$1234.56", "$1.234,56", "1 234,56 dollars"],
            ["$50bn", "50 billion dollars", "USD 50 billion", "fifty billion dollars"],
        ],
    ),
    "shares": (
        "quantity",
        "The mediator takes {} of the catch.",
        [
            ["50 per cent", "50 percent", "50%", "50 %", "half", "one half"],
            ["two thirds", "two-thirds", "2/3"],
            ["a quarter", "25 per cent", "one-quarter", "25%"],
            ["three quarters", "three-quarters", "75%"],
        ],
    ),
    "splits": (
        "quantity",
        "The catch is split {} between the two.",
        [["50:50", "50-50", "50/50", "fifty-fifty", "evenly"], ["60:40", "60-40", "40:60"]],
    ),
    "lengths": (
        "quantity",
        "The zone is {} wide.",
        [
            ["30 km", "30 kilometres", "30,000 metres", "30 000 m", "thirty km"],
            ["30 miles"],
            ["20 km", "20,000 m"],
            ["300 m", "0.3 km"],
        ],
    ),
    "durations": (
        "duration",
        "The pause holds for a time of {} in all.",
        [
            ["15 years", "fifteen years", "15 (fifteen) years", "15 yrs"],
            ["six months", "6 months", "half a year"],
            ["two weeks", "14 days", "fourteen days"],
            ["30 days", "thirty days", "30 calendar days", "30 consecutive days"],
        ],
    ),
    "terms": ("duration", "A {} pause holds.", [["15-year", "fifteen-year"], ["30-day", "thirty-day"], ["72-hour"]]),
    "deadlines": (
        "deadline",
        "Elections are held {} the signing.",
        [
            [
                *("within 100 days of", "within one hundred days of", "within a hundred days of"),
                *(
                    "within 100 (one hundred) days of",
                    "within one hundred (100) days of",
                    "not later than 100 days after",
                ),
            ],
            ["within 90 days of", "within ninety days of", "no later than 90 days after"],
            ["as soon as possible after"],
        ],
    ),
    "dates": (
        "deadline",
        "The boats leave {}.",
        [
            [
                *("by 1 March 2031", "by March 1, 2031", "by March 1 2031", "by 1st March 2031"),
                *("by the 1st of March 2031", "by 2031-03-01", "by 01.03.2031", "by 1.3.2031"),
            ],
            ["by 15 March 2031", "by March 15th, 2031", "by 15.03.2031"],
            ["by 1 April 2031", "by April 1, 2031"],
        ],
    ),
    "days of any year": (
        "deadline",
        "The boats leave {}.",
        [["by 1 March", "by March 1", "by 1st March"], ["by 15 March"], ["by 1 May"]],
    ),
}


def told(ours: str, theirs: str) -> dict[str, Divergence]:
    found = divergences(a_clause("north/1", ours), a_clause("coast/1", theirs), likeness=0.9, vocabulary=VOCABULARY)
    return {
        divergence.kind: divergence for divergence in found if divergence.kind in ("quantity", "duration", "deadline")
    }


@pytest.mark.parametrize("name", WAYS)
def test_one_value_in_two_ways_is_no_difference(name: str) -> None:
    _, sentence, groups = WAYS[name]

    found = {
        (one, two): {kind: [side.text for side in divergence.sides] for kind, divergence in differing.items()}
        for group in groups
        for one, two in combinations(group, 2)
        if (differing := told(sentence.format(one), sentence.format(two)))
    }

    assert found == {}


@pytest.mark.parametrize("name", WAYS)
def test_two_values_are_told_however_they_are_written(name: str) -> None:
    kind, sentence, groups = WAYS[name]
    rivals = [pair for ours, theirs in combinations(groups, 2) for pair in product(ours, theirs)]

    untold = [(one, two) for one, two in rivals if kind not in told(sentence.format(one), sentence.format(two))]
    unasserted = [
        (one, two)
        for one, two in rivals
        if (found := told(sentence.format(one), sentence.format(two)).get(kind)) and not found.asserted
    ]

    assert untold == []
    assert unasserted == []


def test_two_thousand_of_a_thing_are_no_year() -> None:
    found = told("2000 captives are freed.", "1500 captives are freed.")

    assert [side.value for side in found["quantity"].sides] == [2000, 1500]


@pytest.mark.parametrize(
    ("ours", "theirs", "values"),
    [
        ("1.5 million soldiers stay.", "2 million soldiers stay.", [1_500_000, 2_000_000]),
        ("0.5 per cent is paid.", "0.7 per cent is paid.", [0.5, 0.7]),
        ("12.5 km are mined.", "15 km are mined.", [12.5, 15]),
    ],
)
def test_a_figure_that_opens_a_clause_is_no_numbering(ours: str, theirs: str, values: list[float]) -> None:
    assert [side.value for side in told(ours, theirs)["quantity"].sides] == values


def test_a_day_of_any_year_is_that_day_in_a_named_year() -> None:
    assert told("The boats leave by 1 March.", "The boats leave by 1 March 2031.") == {}
    assert "deadline" in told("The boats leave by 1 March.", "The boats leave by 2 March 2031.")


@pytest.mark.parametrize(
    "text",
    [
        "IV. Captives are released.",
        "(iv) Captives are released.",
        "(a) Captives are released.",
        "A. Captives are released.",
        "1. Captives are released.",
        "2) Captives are released.",
        "(3) Captives are released.",
        "4.2. Captives are released.",
        "Under § 4 of the treaty",
        "Under paras 3-5 of the treaty",
        "Resolution 2202 (2015) holds.",
        "A third state may join.",
        "Under Art. 5 of the Charter",
        "Under Article 4(2) of the treaty",
        "Under Articles 4 and 5 of the treaty",
        "Points 4, 5 and 6 are dropped.",
        "Annex No. 7 is dropped.",
        "The 28-point plan is dropped.",
        "A 17th list of goods follows.",
        "The boats leave by 1 March.",
        "The guns rest from 8 to 10 May 2031.",
        "The guns rest from 18:00 on 19 April 2031.",
        "The boats leave by the 1st of March 2031.",
        "The boats leave on 01/03/2031.",
        "The boats leave on 12/31/2031.",
        "The guns rest until 1 March.",
        "The guns rest from 1 March to 5 April.",
        "Damage done from 2014 to 2022 is repaired.",
        "The 1949 Conventions hold.",
        "The borders of 1991 hold.",
        "Damage done between 2014 and 2022 is repaired.",
        "The mediator watches 24/7.",
        "Both languages are treated equally.",
    ],
)
def test_numbering_dates_and_names_are_no_quantities(text: str) -> None:
    assert [figure.text for figure in stated(text).figures] == []


@pytest.mark.parametrize("number", ["1.", "1)", "(1)", "12.3."])
def test_the_same_numbering_does_not_hide_another_figure(number: str) -> None:
    left = f"{number} The garrison of the old harbour has at most 900 soldiers."
    right = f"{number} The garrison of the old harbour has at most 500 soldiers."

    (link,) = align(a_proposal("north", a_clause("1", left)), a_proposal("coast", a_clause("1", right))).links

    (quantity,) = [divergence for divergence in link.divergences if divergence.kind == "quantity"]
    assert [side.value for side in quantity.sides] == [900, 500]
    assert link.relation == "conflict"


@pytest.mark.parametrize(
    ("ours", "theirs", "kind", "values"),
    [
        ("600 soldiers and 20 tanks stay.", "600 soldiers and 50 tanks stay.", "quantity", [20, 50]),
        ("$5bn and 30 per cent are paid.", "$5bn and 40 per cent are paid.", "quantity", [30, 40]),
        ("They meet in 3 days, vote in 10 days.", "They meet in 3 days, vote in 20 days.", "duration", [240, 480]),
    ],
)
def test_a_figure_that_is_shared_does_not_hide_another_one(
    ours: str, theirs: str, kind: str, values: list[float]
) -> None:
    assert [side.value for side in told(ours, theirs)[kind].sides] == values


def test_a_date_that_is_shared_does_not_hide_another_one() -> None:
    found = told("It holds from 1 March 2031 to 1 May 2031.", "It holds from 1 March 2031 to 1 June 2031.")

    assert [side.date for side in found["deadline"].sides] == ["2031-05-01", "2031-06-01"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("20 of the boats leave.", "30 of the captives leave."),
        ("20 boats and crews leave.", "30 captives and guards leave."),
        ("20 captives of the north stay.", "30 boats of the south stay."),
        ("Safety comes first of all at the plant.", "500 at the plant stay."),
    ],
)
def test_small_words_after_figures_do_not_make_them_count_the_same(ours: str, theirs: str) -> None:
    assert told(ours, theirs) == {}


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("At most 600 soldiers stay.", "At least 600 soldiers stay.", "quantity"),
        ("Up to 600 soldiers stay.", "More than 600 soldiers stay.", "quantity"),
        ("The pause lasts at least 30 days.", "The pause lasts at most 30 days.", "deadline"),
    ],
)
def test_a_ceiling_and_a_floor_of_one_value_differ(ours: str, theirs: str, kind: str) -> None:
    assert told(ours, theirs)[kind].asserted


def test_a_coded_time_of_at_least_is_not_one_of_at_most() -> None:
    least, most = (
        a_clause(
            f"{slug}/1", "A pause.", terms=(Term(kind="duration", measure="pause", value=30.0, unit="days", **told),)
        )
        for slug, told in (("north", {"comparator": "at_least"}), ("coast", {"comparator": "at_most"}))
    )

    (found,) = divergences(least, most, likeness=0.9, vocabulary=VOCABULARY)

    assert [side.text for side in found.sides] == ["at least 30 days", "at most 30 days"]


def test_a_coded_length_stands_with_its_cap_beside_one_of_a_pasted_text() -> None:
    reach = Term(kind="quantity", measure="missile_range", comparator="at_most", value=40.0, unit="km")
    coded = a_clause("north/1", "Missiles reach 40 km.", terms=(reach,))

    (found,) = divergences(coded, a_clause("coast/1", "Missiles reach 280 km."), likeness=0.9, vocabulary=VOCABULARY)

    assert [side.text for side in found.sides] == ["at most 40 km", "280 km"]


def test_digits_between_characters_that_are_set_without_spaces_are_read() -> None:
    assert [figure.value for figure in stated("军队不超过600人").figures] == [600]
    assert [figure.value for figure in stated("軍隊は1,500人まで").figures] == [1500]
