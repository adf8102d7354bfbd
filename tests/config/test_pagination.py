import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from config.pagination import LimitOffset
from parties.models import Party
from tests.factories import make_party


def _page(query: str = "") -> tuple[list[str], LimitOffset]:
    pages = LimitOffset()
    request = Request(APIRequestFactory().get(f"/api/v1/parties/{query}"))
    found = pages.paginate_queryset(Party.objects.order_by("slug"), request)
    assert found is not None
    return [party.slug for party in found], pages


@pytest.mark.django_db
def test_a_page_holds_fifty_records_and_says_where_the_next_begins() -> None:
    for number in range(51):
        make_party(f"council-{number:02}")

    found, pages = _page()

    assert (len(found), found[-1], pages.count) == (50, "council-49", 51)
    assert pages.get_next_link() == "http://testserver/api/v1/parties/?limit=50&offset=50"


@pytest.mark.django_db
def test_limit_and_offset_choose_the_records() -> None:
    for slug in ("coastal-front", "mediator", "northern-council"):
        make_party(slug)

    assert _page("?limit=1&offset=1")[0] == ["mediator"]
    assert _page("?limit=500&offset=2")[0] == ["northern-council"]
    assert _page("?offset=9223372036854775807")[0] == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?limit=501", "limit must be a whole number from 1 to 500, not '501'."),  # above
        ("?limit=0", "limit must be a whole number from 1 to 500, not '0'."),  # below
        ("?limit=", "limit must be a whole number from 1 to 500, not ''."),  # blank
        ("?limit=-1", "limit must be a whole number from 1 to 500, not '-1'."),  # negative
        ("?limit=ten", "limit must be a whole number from 1 to 500, not 'ten'."),  # no number
        ("?limit=٣", "limit must be a whole number from 1 to 500, not '٣'."),  # digits of another script
        ("?offset=-1", "offset must be a whole number from 0 to 9223372036854775807, not '-1'."),
        (
            "?offset=9223372036854775808",
            "offset must be a whole number from 0 to 9223372036854775807, not '9223372036854775808'.",
        ),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_the_bounds(query: str, message: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        _page(query)

    assert [str(text) for texts in refusal.value.detail.values() for text in texts] == [message]
