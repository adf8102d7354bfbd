"""What a party said last on a topic, what before that, and what it took back."""

import datetime

import pytest

from proposals.comparison import Stand, said_up_to, stands
from proposals.models import Position, Stage
from tests.factories import COASTAL_FRONT, NORTHERN_COUNCIL, make_party, make_position, make_topic

FRONT = COASTAL_FRONT, "ceasefire"


def found(**asked) -> dict[tuple[str, str], Stand]:
    return stands(said_up_to(Position.objects.all(), user=None, **asked))


def ids(positions) -> list[str]:
    return [one["id"] for one in positions]


@pytest.mark.django_db
def test_parties_and_topics_are_kept_apart() -> None:
    make_position("p001")
    make_position("p002", topic=make_topic("harbour"))
    make_position("p003", party=make_party(NORTHERN_COUNCIL))

    assert {key: ids(stand.latest) for key, stand in found().items()} == {
        FRONT: ["p001"],
        (COASTAL_FRONT, "harbour"): ["p002"],
        (NORTHERN_COUNCIL, "ceasefire"): ["p003"],
    }


@pytest.mark.django_db
def test_what_was_taken_back_is_never_last_and_is_kept() -> None:
    make_position("p001", date=datetime.date(2031, 5, 1), red_line=True)
    make_position("p002", date=datetime.date(2031, 6, 1), red_line=True, withdrawn_on=datetime.date(2031, 7, 1))

    stand = found()[FRONT]

    assert ids(stand.latest) == ["p001"]
    assert ids(stand.earlier) == ["p002"]
    assert stand.earlier_red_lines == ()


@pytest.mark.django_db
def test_on_a_day_before_it_was_taken_back_it_stood() -> None:
    make_position("p001", date=datetime.date(2031, 5, 1), red_line=True)
    make_position("p002", date=datetime.date(2031, 6, 1), withdrawn_on=datetime.date(2031, 7, 1))

    stand = found(as_of=datetime.date(2031, 6, 30))[FRONT]

    assert ids(stand.latest) == ["p002"]
    assert ids(stand.earlier_red_lines) == ["p001"]


@pytest.mark.django_db
def test_what_a_hidden_statement_replaces_still_stands_for_the_public() -> None:
    later = make_position("p002", date=datetime.date(2031, 7, 1), stage=Stage.DRAFT)
    make_position("p001", superseded_by=later)

    stand = found()[FRONT]

    assert ids(stand.said) == ["p001"]
    assert ids(stand.latest) == ["p001"]


# First day, precision and last day of two statements; which of them may have been the last.
@pytest.mark.parametrize(
    ("first", "second", "latest"),
    [
        (("2031-06-01", "day", None), ("2031-06-02", "day", None), ["p002"]),  # plain days
        (("2031-06-01", "day", "2031-06-03"), ("2031-06-03", "day", None), ["p002", "p001"]),  # touching periods
        (("2031-06-01", "month", None), ("2031-06-30", "day", None), ["p002", "p001"]),  # the last day of the month
        (("2031-06-01", "month", None), ("2031-07-01", "day", None), ["p002"]),  # the day after it
        (("2031-01-01", "year", None), ("2031-12-31", "day", None), ["p002", "p001"]),  # some day of the year
    ],
)
@pytest.mark.django_db
def test_several_are_last_where_their_dates_do_not_tell(first, second, latest) -> None:
    for slug, (date, precision, last) in (("p001", first), ("p002", second)):
        end = datetime.date.fromisoformat(last) if last else None
        make_position(slug, date=datetime.date.fromisoformat(date), date_precision=precision, date_end=end)

    assert ids(found()[FRONT].latest) == latest
