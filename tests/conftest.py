"""What every test relies on."""

import hypothesis
import pytest
from django.core.cache import cache, caches
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from config.testing import made_template

pytest_plugins = ["tests.shipped", "tests.asking"]

# The same examples in every run, on a busy machine too: a red test is a fault of the change at hand.
hypothesis.settings.register_profile("project", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Lets the test database be copied from one with all migrations applied."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = made_template(connection.settings_dict)


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """A hash that protects nothing, since the real ones are slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """Throttles and what is remembered live in caches, which outlive a test."""
    cache.clear()
    caches["answers"].clear()
    caches["states"].clear()
