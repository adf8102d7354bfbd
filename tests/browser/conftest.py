"""The pages in a real browser: Chromium, from `CHROMIUM` or the path, against a live server with the shipped data."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Page, Request, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.shipped import FIXTURES

# What keeps Chromium from asking anybody else, and lets it run as root in a container.
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database. Without this there is none, and the site would write into the developer's own.

    pytest-django makes it only for tests that it wraps in a transaction, and the server could not see into that.
    """
    made = None
    with django_db_blocker.unblock():
        if connection.settings_dict["NAME"] != connection.settings_dict["TEST"]["NAME"]:
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    if made is not None:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server with all of fixtures/; no test here writes, so they share it."""
    with django_db_blocker.unblock(), override_settings(ALLOWED_HOSTS=["localhost"]):
        call_command("import_proposals", FIXTURES, verbosity=0)
        call_command("freeze_vocabulary", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


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
