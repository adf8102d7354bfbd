"""Figures, spans and dates as texts state them."""

import pytest

from proposals.alignment.figures import stated


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("at most 600,000 troops", 600_000, "persons"),
        ("600 000 soldiers", 600_000, "persons"),  # space between thousands
        ("1,5 million men", 1_500_000, ""),  # decimal comma
        ("$100bn is paid", 100e9, "usd"),
        ("100 billion dollars", 100e9, "usd"),
        ("one hundred billion euros", 100e9, "eur"),
        ("thirty-three hostages", 33, ""),
        ("50 per cent of the profit", 50, "percent"),
        ("power is split 50:50", 50, "percent"),
        ("a 50-50 split", 50, "percent"),
        ("half of the profit", 50, "percent"),
        ("two thirds of the seats", 66.6667, "percent"),
        ("a zone 30 km wide", 30, "km"),
        ("44 square kilometres", 44, "sq_km"),
        ("500 тысяч человек", 500_000, ""),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    (figure,) = stated(text).figures

    assert (figure.value, figure.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("at most 600 boats", "at_most"),
        ("capped at 600 boats", "at_most"),
        ("at least 600 boats", "at_least"),
        ("about 600 boats", "about"),
        ("more than 600 boats", "more_than"),
        ("600 boats", "exactly"),
        ("600 to 800 boats", "between"),
    ],
)
def test_the_words_before_a_figure_say_how_it_binds(text: str, comparator: str) -> None:
    (figure,) = stated(text).figures

    assert figure.comparator == comparator


@pytest.mark.parametrize(
    "text", ["there is no limit on the army", "the army faces no restrictions", "unlimited forces"]
)
def test_a_refused_limit_is_a_figure_without_a_value(text: str) -> None:
    (figure,) = stated(text).figures

    assert (figure.value, figure.comparator) == (None, "unlimited")


@pytest.mark.parametrize(
    "text",
    [
        "under Article 51 of the Charter",
        "an Article-5-like promise",
        "resolution 2202",
        "the two sides meet",
        "point 7 and option 2",
        "the G8",
    ],
)
def test_labels_and_small_words_are_not_figures(text: str) -> None:
    assert stated(text).figures == ()


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("within 72 hours", 72),
        ("a 30-day pause", 720),
        ("no later than the fifth day", 120),
        ("on the twenty-second day", 528),
        ("for two weeks", 336),
        ("over three to five years", 5 * 8760),
    ],
)
def test_a_span_is_read_in_hours(text: str, hours: float) -> None:
    (span,) = stated(text).spans

    assert span.hours == hours


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("as soon as possible", "as_soon_as_possible"),
        ("takes effect immediately", "immediate"),
        ("eased step by step", "gradual"),
        ("in the second phase", "phase"),
    ],
)
def test_a_time_without_a_figure_is_named(text: str, comparator: str) -> None:
    (span,) = stated(text).spans

    assert (span.hours, span.comparator) == (None, comparator)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on 15 February 2015", "2015-02-15"),
        ("on February 15, 2015", "2015-02-15"),
        ("in February 2015", "2015-02"),
        ("by the end of 2015", "2015"),
        ("on 2015-02-15", "2015-02-15"),
    ],
)
def test_a_date_is_as_exact_as_stated(text: str, iso: str) -> None:
    assert [date for date, _ in stated(text).dates] == [iso]
    assert stated(text).figures == ()


def test_the_past_is_not_a_deadline() -> None:
    assert stated("questions of the past thirty years are settled").spans == ()
