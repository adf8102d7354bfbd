"""A database of one's own with the shipped data in it, for scripts that ask the real service and leave nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import django

from config.entry import prepare

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@contextmanager
def scratch_database(*, fixtures: bool = True) -> Iterator[None]:
    """Sets Django up on a new test database that holds fixtures/ as `make run` loads them; it is dropped at the end.

    Without `fixtures` it is empty.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    prepare()
    from config.settings import DATABASES
    from config.testing import take_name

    DATABASES["default"]["TEST"] = {"NAME": take_name(DATABASES["default"])}
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment(debug=False)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost", "127.0.0.1"]
    made = setup_databases(verbosity=0, interactive=False, aliases={"default": True})
    try:
        if fixtures:
            call_command("import_proposals", FIXTURES, stdout=StringIO())
            call_command("freeze_vocabulary", stdout=StringIO())
        yield
    finally:
        # Threads that asked the service may have left their connections open.
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        teardown_databases(made, verbosity=0)
