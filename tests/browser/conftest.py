"""The pages in a real browser: Chromium, from `CHROMIUM` or the path, against a live server with the shipped data."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests import live

django_db_setup = live.django_db_setup
site = live.site

# What keeps Chromium from asking anybody else, and lets it run as root in a container.
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def browser(site: str) -> Iterator[Browser]:
    """Starts after the site and ends before it: beside Playwright's loop, Django would open a second connection."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert executable, "Chromium is missing: apt install chromium, or name it in CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Visit]:
    """Opens an address of the site in a window of its own, with scripts switched off.

    At the end of the test nothing may have been asked of another host, and nothing complained about in the console.
    """
    faults: list[str] = []
    contexts = []

    def check(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(site).netloc:
            faults.append(f"asked another host: {request.url}")

    def visit(address: str, *, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=False,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", check)
        page.on("console", lambda message: faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.goto(site + address)
        assert not context.cookies()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []
