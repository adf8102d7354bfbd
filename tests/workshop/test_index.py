"""The first page of the workshop."""

from tests.chromium import accessibility_faults
from tests.workshop.conftest import SignIn


def test_the_index_opens_without_a_fault_and_is_accessible(sign_in: SignIn) -> None:
    page = sign_in("/admin/", name="index-reader")

    assert page.locator("h1").first.is_visible()
    assert accessibility_faults(page) == []
