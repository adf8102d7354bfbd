"""The pages in a real browser, against a live server with the shipped data."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import chromium, live

django_db_setup = live.django_db_setup
site = live.site
browser = chromium.browser

Visit = Callable[..., Page]


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Visit]:
    """Opens an address of the site in a window of its own, with scripts switched off.

    At the end of the test nothing may have been asked of another host, and nothing complained about in the console.
    """
    faults: list[str] = []
    contexts = []

    def visit(address: str, *, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=False,
        )
        contexts.append(context)
        page = context.new_page()
        chromium.note_faults(page, site=site, faults=faults)
        page.goto(site + address)
        assert not context.cookies()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []
