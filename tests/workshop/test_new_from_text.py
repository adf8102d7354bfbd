"""From a pasted or uploaded text to a draft with clauses, in a browser."""

from playwright.sync_api import Page, expect

from tests.workshop.conftest import SignIn, Stored, accessibility_faults

ADDRESS = "/admin/proposals/proposal/from-text/"
TEXT = """Plan of the Northern Council for the harbour

1. Ceasefire
The Northern Council and the Coastal Front shall cease fire within 10 days of signing.
a) on land, along the line of contact;
b) at sea.
2. Forces
The Coastal Front will keep no more than 600 troops at the old harbour.
3. Ukraine will hold elections within 100 days.
"""


def test_try(sign_in: SignIn, stored: Stored) -> None:
    for width in (1280, 768):
        page = sign_in(ADDRESS, name="paster", width=width)
        page.screenshot(path=f"/tmp/uploads/step1-{width}.png", full_page=True)
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_role("button", name="Cut into clauses").click()
        expect(page.get_by_role("heading", name="Its clauses")).to_be_visible()
        page.locator("input[type=checkbox]").first.check()
        page.screenshot(path=f"/tmp/uploads/step2-{width}.png", full_page=True)
        print(accessibility_faults(page))
