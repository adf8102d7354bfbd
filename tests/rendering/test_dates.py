"""Dates in words."""

import pytest

from proposals.models.dates import last_day
from proposals.rendering.dates import for_machines, in_words


@pytest.mark.parametrize(
    ("first", "precision", "last", "text", "words"),
    [
        (None, None, None, None, ""),  # no date is known
        ("2031-05-03", "day", None, None, "3 May 2031"),
        ("2031-05-01", "month", None, None, "May 2031"),  # the first of the month stands for the month
        ("2031-01-01", "year", None, None, "2031"),
        ("2031-05-15", "day", "2031-05-16", None, "15–16 May 2031"),
        ("2031-05-15", "day", "2031-05-15", None, "15 May 2031"),  # a period of one day
        ("2031-04-28", "day", "2031-05-03", None, "28 April – 3 May 2031"),
        ("2031-12-30", "day", "2032-01-02", None, "30 December 2031 – 2 January 2032"),
        ("2031-04-01", "month", "2031-05-03", None, "April 2031 – 3 May 2031"),  # the day of the start is not known
        ("2031-05-15", "day", "2031-05-16", "mid-May 2031", "mid-May 2031"),  # an editor knows better
    ],
)
def test_a_date_says_no_more_than_is_known(
    first: str | None, precision: str | None, last: str | None, text: str | None, words: str
) -> None:
    assert in_words(first, precision, last=last, text=text) == words


@pytest.mark.parametrize(
    ("first", "precision", "cut"),
    [("2031-05-03", "day", "2031-05-03"), ("2031-05-01", "month", "2031-05"), ("2031-01-01", "year", "2031")],
)
def test_machines_are_told_no_more_than_readers(first: str, precision: str, cut: str) -> None:
    assert for_machines(first, precision) == cut


@pytest.mark.parametrize(
    ("first", "precision", "last", "day"),
    [
        (None, None, None, ""),
        ("2031-05-03", "day", None, "2031-05-03"),
        ("2031-05-03", "day", "2031-05-05", "2031-05-05"),
        ("2032-02-01", "month", None, "2032-02-29"),  # a leap year
        ("2031-01-01", "year", None, "2031-12-31"),
    ],
)
def test_a_period_ends_with_its_last_day(first: str | None, precision: str | None, last: str | None, day: str) -> None:
    assert last_day(first, precision, last=last) == day
