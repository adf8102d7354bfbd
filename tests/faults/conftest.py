"""A second connection to the test's database, past Django, from which others are ended."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from tests.races.server import environment


@pytest.fixture
def watching(transactional_db: None) -> Iterator[psycopg.Connection]:
    with psycopg.connect(environment()["DATABASE_URL"], autocommit=True) as second:
        yield second
        # Whatever was broken is not for the next test.
        connection.close()
