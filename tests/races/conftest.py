"""Writers who save at the very same moment, each in a thread with a connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from tests.admin.conftest import Editor, faults
from tests.admin.filled_form import FilledForm

# Seconds until writers that never meet are given up.
_PATIENCE = 240


@dataclass(frozen=True)
class Told:
    """What a writer was told: that it is saved, or else why not."""

    saved: bool
    why: str
    response: HttpResponse


class Writer(Editor):
    """Saves pages of the admin and records of the API; what it was told is an answer in few words."""

    def submit(self, record: Model, form: FilledForm) -> Told:
        response = self.save(record, form)
        told = " ".join(faults(response))
        return Told(response.status_code == 302, told or str(response.status_code), response)

    def patch(self, address: str, tag: str, **fields: Any) -> Told:
        response = self.client.patch(address, fields, content_type="application/json", headers={"If-Match": tag})
        return Told(response.status_code == 200, str(response.status_code), response)

    def tag(self, address: str) -> str:
        return str(self.client.get(address).headers["ETag"])


@pytest.fixture
def writers(transactional_db: None) -> list[Writer]:
    """Three who may write everything."""
    return [_writer(name) for name in ("ida", "otto", "una")]


def _writer(name: str) -> Writer:
    user = User.objects.create_superuser(name, first_name=name.title())
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return Writer(client, user)


Race = Callable[..., list[Any]]


@pytest.fixture
def race(transactional_db: None) -> Iterator[Race]:
    """Runs pieces of work at once; their results in their order."""
    with ThreadPoolExecutor(max_workers=8) as pool:

        def run(*work: Callable[[], Any]) -> list[Any]:
            start = Barrier(len(work))

            def one(piece: Callable[[], Any]) -> Any:
                try:
                    start.wait(_PATIENCE)
                    return piece()
                finally:
                    connection.close()

            return [future.result(_PATIENCE) for future in [pool.submit(one, piece) for piece in work]]

        yield run
