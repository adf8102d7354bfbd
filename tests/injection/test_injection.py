"""Whatever somebody wrote, no output takes it for more than words: each text in each field, and every way out."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parties.models import Change
from proposals.comparison import freeze
from tests.injection.judges import alive
from tests.injection.outputs import of_the_admin, of_the_api, of_the_pages
from tests.injection.records import make_hostile_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def records() -> None:
    make_hostile_records()
    freeze(proposals=["plan-1", "plan-2", "plan-3"])
    # A test is one transaction, and changes are told once theirs has ended.
    Change.objects.update(xact=1)


@pytest.fixture
def staff(records: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ida"))
    return client


def _all_of(client: Client, addresses: list[str]) -> tuple[dict[str, list[str]], set[str]]:
    """What came alive by the address where it did, and the media types that were looked at."""
    found, seen = {}, set()
    for address in addresses:
        answer = client.get(address, headers={"Accept": "*/*"})
        assert answer.status_code == 200, (address, answer)
        seen.add(answer.headers["Content-Type"].partition(";")[0])
        if told := alive(answer):
            found[address] = told[:3]
    return found, seen


def test_nothing_comes_alive_in_any_format_of_the_api(staff: Client) -> None:
    found, seen = _all_of(staff, list(of_the_api()))

    assert found == {}
    assert len(seen) >= 10


def test_nothing_comes_alive_on_any_page_or_in_any_file(records: None) -> None:
    found, seen = _all_of(Client(), list(of_the_pages()))

    assert found == {}
    assert seen >= {"text/html", "image/svg+xml", "image/png", "application/atom+xml", "application/xml", "text/plain"}


def test_nothing_comes_alive_in_the_admin(staff: Client) -> None:
    found, _ = _all_of(staff, list(of_the_admin()))

    assert found == {}
