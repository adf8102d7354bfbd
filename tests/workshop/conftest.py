"""The staff's workshop in a real browser, against a live server with the shipped data.

All tests share the server and its records: each makes the users and the records that it writes to, under names of its
own, and counts on nothing that another one may have added.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from tests import chromium, live

django_db_setup = live.django_db_setup
site = live.site
browser = chromium.browser

SignIn = Callable[..., Page]
Stored = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def stored(site: str, django_db_blocker: DjangoDbBlocker) -> Stored:
    """Runs a function that reads or writes the server's database, in a thread of its own.

    Playwright's loop runs in the test's thread, and Django refuses to touch the database beside a loop.
    """
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def run(work: Callable[[], Any]) -> Any:
        def in_thread() -> Any:
            with django_db_blocker.unblock():
                try:
                    return work()
                finally:
                    connection.close()

        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(in_thread).result()

    return run


@pytest.fixture
def sign_in(site: str, browser: Browser, stored: Stored) -> Iterator[SignIn]:
    """Opens an address of the site as a user of a role (None: a superuser), in a window of the user's own.

    At the end of the test nothing may have been asked of another host, and nothing complained about in the console.
    """
    faults: list[str] = []
    contexts = []

    def sign_in(address: str, *, name: str = "ida", role: str | None = None, width: int = 1280) -> Page:
        def session() -> str:
            user, _ = User.objects.get_or_create(
                username=name, defaults={"is_staff": True, "is_superuser": role is None, "first_name": name.title()}
            )
            if role:
                user.groups.add(Group.objects.get(name=role))
            client = Client()
            client.force_login(user)
            return str(client.cookies[settings.SESSION_COOKIE_NAME].value)

        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": stored(session), "url": site}])
        contexts.append(context)
        page = context.new_page()
        chromium.note_faults(page, site=site, faults=faults)
        page.goto(site + address)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert faults == []
