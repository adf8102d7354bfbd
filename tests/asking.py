"""Questions put to the public API as a reader of it would: three calls at most, and nothing else. Ask for `ask`."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.api.conftest import Api

MOST_CALLS = 3
CONVERSATION = "conversation-wolff-2025-05"
ALASKA = "alaska-explainer-2025-08"
POST = "wp-rendering-2025-02"
ARABIAN_POST = "arabian-post-2026-01"
GUANCHA = "guancha-nilman-2025-05"


class Found(dict[str, dict[str, Any]]):
    """The records of a list by their ids."""

    def where(self, **fields: Any) -> list[dict[str, Any]]:
        """Those whose fields have these values; a text matches where it is part of the field, in any case."""
        return [record for record in self.values() if all(_has(record[name], value) for name, value in fields.items())]

    def one(self, **fields: Any) -> dict[str, Any]:
        found = self.where(**fields)
        assert len(found) == 1, (fields, [record["id"] for record in found])
        return found[0]

    def values_of(self, name: str) -> set[Any]:
        return {record[name] for record in self.values()}


class Asker:
    """Calls below /api/v1/, counted; every answer is held against the published contract."""

    def __init__(self) -> None:
        self._api = Api(Client())
        self._calls = 0

    def __call__(self, path: str, **parameters: Any) -> Any:
        """The body of an answer."""
        self._calls += 1
        assert self._calls <= MOST_CALLS, "A reader is asked for more calls than that."
        answer = self._api.get(path, **parameters)
        assert answer.status == 200, answer.body
        return answer.body

    def all(self, path: str, **parameters: Any) -> Found:
        """All records of a list in one call."""
        body = self(path, **parameters, limit=500)
        assert body["next"] is None
        return Found({record.get("id") or record["slug"]: record for record in body["results"]})


@pytest.fixture
def ask(shipped: None) -> Asker:
    cache.clear()  # throttles count there
    return Asker()


def terms(clause: dict[str, Any]) -> dict[str, Any]:
    """The values of a clause's terms by measure; the last one where a measure stands twice."""
    return {term["measure"]: term["value"] for term in clause["terms"]}


def claims(dispute: dict[str, Any]) -> dict[str, str]:
    """The rival values of a dispute, each with its source."""
    return {claim["value"]: claim["source"] for claim in dispute["claims"]}


def named(record: dict[str, Any]) -> set[str]:
    """The ids of the records that a statement is about."""
    return {about["id"] for about in record["about"]}


def _has(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted.lower() in value.lower()
    return bool(value == wanted)
