"""Lining two proposals up in a browser."""

from tests.workshop.conftest import SignIn, accessibility_faults

PAIR = "/admin/proposals/proposal/line-up/us-28-point-2025-11/e3-counter-2025-11/"


def test_shots(sign_in: SignIn) -> None:
    page = sign_in(PAIR, name="shooter")
    page.screenshot(path="/tmp/lineup/1280.png")
    print(accessibility_faults(page))
    page.screenshot(path="/tmp/lineup/1280full.png", full_page=True)
