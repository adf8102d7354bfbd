"""Addresses of all pages of public records, for search engines, each with the day of its last change."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet
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
# Addresses in a file: a tenth of what the protocol allows, so that none takes long to make.
MOST_IN_A_FILE = 5_000


class _Others(Sitemap):
    def items(self) -> tuple[str, ...]:
        return _OTHERS

    def location(self, item: str) -> str:
        return reverse(f"pages:{item}")


class _Topics(Sitemap):
    """Those that a public clause is on."""

    def items(self) -> QuerySet[Topic]:
        used = ClauseTopic.objects.filter(clause__in=Clause.objects.visible_to(None)).values("topic")
        return Topic.objects.filter(pk__in=used).order_by("slug")

    def location(self, item: Topic) -> str:
        return topic_address(item.slug)


class _Records(Sitemap):
    def __init__(self) -> None:
        self.limit = MOST_IN_A_FILE

    def items(self) -> QuerySet[Change]:
        # A place that no text names is a word of our vocabulary, and no find for anybody.
        touched = Territory.objects.filter(clause_links__clause__in=Clause.objects.visible_to(None)).values("slug")
        seen = Change.objects.filter(visible=True, kind__in=[*_ROUTES, "clause"])
        return seen.filter(~Q(kind="territory") | Q(address__in=touched)).order_by("kind", "address")

    def location(self, item: Change) -> str:
        if item.kind == "clause":
            return clause_address(item.address)
        return reverse(f"pages:{_ROUTES[item.kind]}", args=[item.address])

    def lastmod(self, item: Change) -> datetime.datetime:
        return item.changed_at

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """Without reading every record for it."""
        return self.items().aggregate(latest=Max("changed_at"))["latest"]


def fit_one_file() -> bool:
    return _Records().items().count() <= MOST_IN_A_FILE


def sections() -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    """Public records alone, whoever asks; a query or two each."""
    return {"pages": _Others(), "topics": _Topics(), "records": _Records()}
