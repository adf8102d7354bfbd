"""Processes, topics, places, measures and sources."""

import datetime
from collections.abc import Callable, Collection
from typing import Any, TypedDict

from django.db.models import F

from parties.as_json import BySlug, JsonObject, alias_list, known
from parties.payloads import AliasPayload
from proposals.models import Measure, Process, Source, Territory, TerritoryAlias, Topic, TopicGroup


class ProcessPayload(TypedDict):
    slug: str
    name: str
    summary: str
    parties: list[str]


class GroupPayload(TypedDict):
    slug: str
    name: str
    definition: str


class TopicPayload(TypedDict):
    slug: str
    group: str
    name: str
    definition: str
    core: bool


class TerritoryPayload(TypedDict):
    slug: str
    name: str
    kind: str
    aliases: list[AliasPayload]
    note: str | None


class MeasurePayload(TypedDict):
    code: str
    kind: str
    name: str


class SourcePayload(TypedDict):
    slug: str
    title: str
    publisher: str
    date: str | None
    date_precision: str | None
    date_note: str | None
    url: str | None
    file: str | None
    access: str
    reliability: str
    stance_note: str | None
    covers: str | None


def process_payload(process: Process) -> ProcessPayload:
    return {
        "slug": process.slug,
        "name": process.name,
        "summary": process.summary,
        "parties": [party.slug for party in process.parties.all()],
    }


def group_payload(group: TopicGroup) -> GroupPayload:
    return {"slug": group.slug, "name": group.name, "definition": group.definition}


def topic_payload(topic: Topic) -> TopicPayload:
    return {
        "slug": topic.slug,
        "group": topic.group.slug,
        "name": topic.name,
        "definition": topic.definition,
        "core": topic.core,
    }


def _territories() -> tuple[Any, JsonObject]:
    return Territory.objects.all(), JsonObject(
        slug=F("slug"),
        name=F("name"),
        kind=F("kind"),
        aliases=alias_list(TerritoryAlias.objects.all(), owner="territory"),
        note=known("note"),
    )


# By slug, in the order of these; one query.
territory_payloads: Callable[[Collection[str]], dict[str, TerritoryPayload]] = BySlug(_territories)


def measure_payload(measure: Measure) -> MeasurePayload:
    return {"code": measure.code, "kind": measure.kind, "name": measure.name}


def source_payload(source: Source) -> SourcePayload:
    return {
        "slug": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "date": _day(source.date),
        "date_precision": source.date_precision or None,
        "date_note": source.date_note or None,
        "url": source.url or None,
        "file": source.file or None,
        "access": source.access,
        "reliability": source.reliability,
        "stance_note": source.stance_note or None,
        "covers": source.covers or None,
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
