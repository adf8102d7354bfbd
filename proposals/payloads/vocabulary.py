"""Processes, topics, places, measures and sources."""

from collections.abc import Callable, Collection
from typing import Any, TypedDict

from django.db.models import F

from parties.as_json import BySlug, JsonObject, alias_list, known, owned
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


def _processes() -> tuple[Any, JsonObject]:
    parties = owned(
        Process.parties.through._default_manager.all(),
        owner="process",
        one=F("party__slug"),
        # By their ids, which are fixed: a name that changes is no change of the process.
        order=("party__slug",),
    )
    return Process.objects.all(), JsonObject(slug=F("slug"), name=F("name"), summary=F("summary"), parties=parties)


def _groups() -> tuple[Any, JsonObject]:
    return TopicGroup.objects.order_by("order", "slug"), JsonObject(
        slug=F("slug"), name=F("name"), definition=F("definition")
    )


def _topics() -> tuple[Any, JsonObject]:
    return Topic.objects.in_taxonomy_order(), JsonObject(
        slug=F("slug"), group=F("group__slug"), name=F("name"), definition=F("definition"), core=F("core")
    )


def _territories() -> tuple[Any, JsonObject]:
    return Territory.objects.all(), JsonObject(
        slug=F("slug"),
        name=F("name"),
        kind=F("kind"),
        aliases=alias_list(TerritoryAlias.objects.all(), owner="territory"),
        note=known("note"),
    )


def _measures() -> tuple[Any, JsonObject]:
    return Measure.objects.all(), JsonObject(code=F("code"), kind=F("kind"), name=F("name"))


def _sources() -> tuple[Any, JsonObject]:
    return Source.objects.all(), JsonObject(
        slug=F("slug"),
        title=F("title"),
        publisher=F("publisher"),
        date=F("date"),
        date_precision=known("date_precision"),
        date_note=known("date_note"),
        url=known("url"),
        file=known("file"),
        access=F("access"),
        reliability=F("reliability"),
        stance_note=known("stance_note"),
        covers=known("covers"),
    )


# By slug or code, in the order of these, groups and topics in that of the taxonomy; one query each.
process_payloads: Callable[[Collection[str]], dict[str, ProcessPayload]] = BySlug(_processes)
group_payloads: Callable[[Collection[str]], dict[str, GroupPayload]] = BySlug(_groups)
topic_payloads: Callable[[Collection[str]], dict[str, TopicPayload]] = BySlug(_topics)
territory_payloads: Callable[[Collection[str]], dict[str, TerritoryPayload]] = BySlug(_territories)
measure_payloads: Callable[[Collection[str]], dict[str, MeasurePayload]] = BySlug(_measures, key="code")
source_payloads: Callable[[Collection[str]], dict[str, SourcePayload]] = BySlug(_sources)
