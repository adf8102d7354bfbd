"""Addresses of all pages of public records, for search engines, each with the day of its last change."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from parties.models import Change
from proposals.models import Clause, ClauseTopic, Territory, Topic
from proposals.pages.addresses import clause_address, topic_address

# Kinds of records with a page, and the names of their routes; that of a clause takes two pieces.
_ROUTES = {
    "proposal": "proposal",
    "party": "party",
    "person": "person",
    "territory": "territory",
    "source": "source",
    "dispute": "dispute",
}
_OTHERS = ("home", "topics", "positions", "parties", "territories", "sources")
# What the protocol allows a file to hold.
MOST_ADDRESSES = 50_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    path: str
    changed_on: datetime.date | None = None


def places() -> list[Place]:
    """Public records alone, whoever asks; three queries."""
    others = (Place(path=reverse(f"pages:{name}")) for name in _OTHERS)
    return [*others, *_topics(), *_records()][:MOST_ADDRESSES]


def _topics() -> Iterable[Place]:
    """Those that a public clause is on."""
    used = ClauseTopic.objects.filter(clause__in=Clause.objects.visible_to(None)).values("topic")
    for slug in Topic.objects.filter(pk__in=used).order_by("slug").values_list("slug", flat=True):
        yield Place(path=topic_address(slug))


def _records() -> Iterable[Place]:
    # A place that no text names is a word of our vocabulary, and no find for anybody.
    touching = Clause.objects.visible_to(None)
    touched = set(Territory.objects.filter(clause_links__clause__in=touching).values_list("slug", flat=True))
    seen = Change.objects.filter(visible=True, kind__in=[*_ROUTES, "clause"]).order_by("kind", "address")
    for kind, address, changed_at in seen.values_list("kind", "address", "changed_at"):
        if kind == "territory" and address not in touched:
            continue
        own = clause_address(address) if kind == "clause" else reverse(f"pages:{_ROUTES[kind]}", args=[address])
        yield Place(path=own, changed_on=changed_at.date())
