"""What readers ask, and how often for what: programs that read lists, people who read pages, copies kept current."""

import itertools
import json
import random
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

API = "/api/v1/"
EMPTY = "empty view"
# Of a hundred requests. The empty view is the floor of the same run: it passes the middleware in front and no more.
_WEIGHTS = {
    EMPTY: 5,
    "list": 18,
    "filtered list": 14,
    "search": 10,
    "record": 12,
    "comparison, warm": 8,
    "comparison, any": 3,
    "page": 14,
    "page of a comparison": 2,
    "not modified": 13,
    "posted draft": 1,
}
_WORDS = ("ceasefire", "withdrawal", "600,000", "Kyiv", "guarantees", "nuclear", "prisoners", "sanctions", "neutral")
_DRAFT = """1. A ceasefire begins 24 hours after signature along the line of contact.
2. All prisoners of war are exchanged, all for all, within 30 days.
3. Armed forces of Ukraine are limited to 600,000 in peacetime.
4. Sanctions are lifted in stages as obligations are met."""


@dataclass(frozen=True)
class Ask:
    kind: str
    path: str
    # Sent as JSON.
    body: str | None = None
    # The tag of the answer that the asker holds.
    tag: str | None = None


class Mix:
    """Asks in an order that depends on the seed alone."""

    def __init__(self, address: str, *, seed: int = 7) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self._slugs = [one["slug"] for one in _get(address, "proposals/?limit=100")["results"]]
        self._topics = [one["slug"] for one in _get(address, "topics/?limit=100")["results"]]
        self._parties = [one["slug"] for one in _get(address, "parties/?limit=100")["results"]]
        self._held = [(path, _tag(address, path)) for path in self._lists()]
        # What everybody reads this week.
        self._warm = [self._chance.sample(self._slugs, 2) for _ in range(4)]

    def __iter__(self) -> Iterator[Ask]:
        kinds, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        while True:
            yield self.ask(self._chance.choices(kinds, weights)[0])

    def ask(self, kind: str) -> Ask:
        pick = self._chance.choice
        match kind:
            case "list":
                return Ask(kind, pick(self._lists()))
            case "filtered list":
                filters = (
                    f"clauses/?topic={pick(self._topics)}&limit=50",
                    f"clauses/?proposal={pick(self._slugs)}&limit=100",
                    f"positions/?party={pick(self._parties)}",
                    f"proposals/?party={pick(self._parties)}",
                )
                return Ask(kind, API + pick(filters))
            case "search":
                return Ask(kind, f"{API}clauses/?q={pick(_WORDS)}&facets=topic,party&limit=20")
            case "record":
                return Ask(kind, f"{API}proposals/{pick(self._slugs)}/")
            case "comparison, warm":
                return Ask(kind, f"{API}comparisons/?proposals={','.join(pick(self._warm))}")
            case "comparison, any":
                return Ask(kind, f"{API}comparisons/?proposals={','.join(self._chance.sample(self._slugs, 2))}")
            case "page":
                pages = (
                    *("/", "/topics/", "/parties/", "/positions/", "/lineage/"),
                    f"/proposals/{pick(self._slugs)}/",
                    f"/topics/{pick(self._topics)}/",
                    f"/search/?q={pick(_WORDS)}",
                )
                return Ask(kind, pick(pages))
            case "page of a comparison":
                return Ask(kind, f"/compare/?proposals={','.join(pick(self._warm))}")
            case "not modified":
                path, tag = pick(self._held)
                return Ask(kind, path, tag=tag)
            case "posted draft":
                body = {"proposals": [{"text": _DRAFT}, {"slug": pick(self._slugs)}]}
                return Ask(kind, f"{API}comparisons/", body=json.dumps(body))
        return Ask(EMPTY, "/healthz")

    def every_kind(self) -> list[Ask]:
        """One of each, and each warm comparison twice for each worker or so."""
        return [self.ask(kind) for kind in _WEIGHTS for _ in range(12)]

    def every_pair(self) -> Iterator[Ask]:
        """Comparisons of any two, all of them in turn without end: so what workers remember of pairs fills up."""
        pairs = list(itertools.combinations(self._slugs, 2))
        self._chance.shuffle(pairs)
        for pair in itertools.cycle(pairs):
            yield Ask("comparison, any", f"{API}comparisons/?proposals={','.join(pair)}")

    def _lists(self) -> list[str]:
        names = ("proposals", "parties", "topics", "sources", "positions", "statements", "clauses", "territories")
        return [f"{API}{name}/?limit=50" for name in names]


def _get(address: str, path: str) -> dict[str, list[dict[str, str]]]:
    with urllib.request.urlopen(f"{address}{API}{path}", timeout=30) as answer:  # noqa: S310
        found: dict[str, list[dict[str, str]]] = json.load(answer)
        return found


def _tag(address: str, path: str) -> str:
    with urllib.request.urlopen(f"{address}{path}", timeout=30) as answer:  # noqa: S310
        return str(answer.headers["ETag"])
