"""The API as its users meet it; every answer, and every body that it takes, is held against the published contract."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.api import contract
from tests.roles import make_user

ROOT = "/api/v1/"


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Any

    @property
    def faults(self) -> dict[str, list[str]]:
        """The codes of a problem by parameter or pointer."""
        found: dict[str, list[str]] = {}
        for fault in self.body["errors"]:
            found.setdefault(fault.get("parameter") or fault.get("pointer") or "", []).append(fault["code"])
        return found


class Api:
    """Requests below /api/v1/. Parameters with several values are lists, and are repeated in the address."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, path: str, **parameters: Any) -> Answer:
        return self.request("get", path, query=urlencode(parameters, doseq=True))

    def post(self, path: str, body: Any, **parameters: Any) -> Answer:
        query = urlencode(parameters, doseq=True)
        return self.request("post", path, query=query, data=body, content_type="application/json")

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self.request("patch", path, data=body, content_type="application/json", headers=headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.request("delete", path, headers=headers)

    def request(self, method: str, path: str, *, query: str = "", **extra: Any) -> Answer:
        address = ROOT + path
        response = getattr(self._client, method)(f"{address}?{query}" if query else address, **extra)
        answer = Answer(response.status_code, _body(response), response.headers)
        contract.check(
            method=method,
            path=address,
            status=answer.status,
            media_type=answer.headers.get("Content-Type", ""),
            body=answer.body,
        )
        if answer.status < 300 and isinstance(extra.get("data"), (dict, list)):
            contract.check_taken(method=method, path=address, body=extra["data"])
        return answer

    def ids(self, path: str, **parameters: Any) -> list[str]:
        """The public ids of the records on the first page of a list."""
        answer = self.get(path, **parameters)
        assert answer.status == 200, answer.body
        return [one.get("id") or one.get("slug") or one["code"] for one in answer.body["results"]]


def _body(response: Any) -> Any:
    """JSON decoded, other texts as text, what is neither as bytes; None where there is none."""
    if not response.content:
        return None
    kind = response.headers["Content-Type"].partition(";")[0]
    if kind.endswith("json"):
        return response.json()
    is_text = kind.startswith("text/") or kind.endswith(("yaml", "xml"))
    # A byte order mark that no longer came first would be of no use to a spreadsheet.
    return response.content.decode() if is_text and not kind.startswith("application/vnd") else response.content


@pytest.fixture
def api(db: None) -> Api:
    return Api(Client())


@pytest.fixture
def staff_api(db: None) -> Api:
    client = Client()
    client.force_login(make_user("administrator", "editor"))
    return Api(client)
