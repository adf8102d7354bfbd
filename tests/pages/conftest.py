"""A reader without an account, and one of the staff."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.pages.reading import Page
from tests.roles import make_user

Read = Callable[..., Page]


@pytest.fixture
def read(client: Client, db: None) -> Read:
    """Opens an address and returns the page."""
    return lambda address, **query: Page(client.get(address, query))


@pytest.fixture
def read_as_staff(db: None) -> Read:
    client = Client()
    client.force_login(make_user("editor"))
    return lambda address, **query: Page(client.get(address, query))
