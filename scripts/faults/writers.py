"""Who writes during a fault, and what must be true of it afterwards."""

import re
from collections.abc import Mapping
from typing import Any

from scripts.faults.load import API, Load

_CLAUSES = 20
_DRAFT = f"{API}proposals/northern-draft/"


def draft(slug: str, *, clauses: int) -> dict[str, Any]:
    """A document of the exchange format with one proposal."""
    return {
        "format": "concordance/1",
        "proposals": [
            {
                "id": slug,
                "process": "russia-ukraine",
                "title": f"Draft of the Northern Council ({slug})",
                "short_title": slug,
                "kind": "draft_treaty",
                "date": "2026-01-01",
                "date_precision": "day",
                "text_status": "reported",
                "clauses_complete": "yes",
                "summary": "The Coastal Front leaves the harbour.",
                "clauses": [
                    {
                        "id": f"c{number:03}",
                        "number": str(number),
                        "label": "Piers",
                        "text": f"The Coastal Front leaves pier {number}.",
                        "modality": "must",
                    }
                    for number in range(clauses)
                ],
            }
        ],
    }


class Editor:
    """Counts up in one clause, each time with the ETag that it read; notes what it was told."""

    def __init__(self, token: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}
        self.faults: list[str] = []
        self._address = f"{_DRAFT}clauses/c000/"
        self.stored = 0

    def __call__(self, load: Load) -> None:
        told, number = -1, -1
        while load.goes_on:
            status, headers, body = load.ask("GET", self._address, headers=self._headers)
            if status != 200:
                load.wait(0.2)
                continue
            found = _number(body)
            # A write of unknown outcome may be there or not; one that was told as done is.
            if told >= 0 and found not in (told, number):
                self.faults.append(f"clause: {found} is there after {told} was stored and {number} sent")
            told = found
            number = found + 1
            words = {"text": f"The Coastal Front leaves pier {number}."}
            sent = {**self._headers, "If-Match": headers["etag"]}
            status, _, body = load.ask("PATCH", self._address, body=words, headers=sent)
            if status == 200:
                told = number
                self.stored += 1
            elif status not in (0, 502, 503, 504):
                self.faults.append(f"clause: {status} {body[:200]!r}")
            load.wait(0.1)


class Importer:
    """Imports one proposal with clauses after the other; afterwards each is there whole or not at all."""

    def __init__(self, token: str, *, name: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}"}
        self._name = name
        self.told: list[str] = []
        self.sent: list[str] = []

    def __call__(self, load: Load) -> None:
        while load.goes_on:
            slug = f"{self._name}-{len(self.sent)}"
            self.sent.append(slug)
            body = draft(slug, clauses=_CLAUSES)
            status, _, _ = load.ask("POST", f"{API}imports/", body=body, headers=self._headers)
            if status == 200:
                self.told.append(slug)
            load.wait(0.5)

    def faults(self, clauses: Mapping[str, int]) -> list[str]:
        """What is wrong, given how many clauses each stored proposal has."""
        halves = [
            f"import: {slug} has {clauses[slug]} clauses" for slug in self.sent if clauses.get(slug, 20) != _CLAUSES
        ]
        return halves + [f"import: {slug} was told as stored" for slug in self.told if slug not in clauses]


def _number(body: bytes) -> int:
    found = re.search(rb"leaves pier ([0-9]+)", body)
    return int(found[1]) if found else -1
