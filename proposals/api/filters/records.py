"""Query parameters that name proposals, clauses and the vocabulary they are coded with."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from parties.api.parameters import DayFilter, RecordsFilter
from parties.models import Party, Person
from proposals.models import Clause, Measure, Position, Process, Proposal, Source, Territory, Topic, TopicGroup


def by_process(
    field: str, *, also: Sequence[str] = (), across: bool = False, help_text: str = "Processes (slugs)."
) -> RecordsFilter:
    return RecordsFilter(
        field,
        also=also,
        queryset=lambda request: Process.objects.all(),
        noun="process",
        across=across,
        help_text=help_text,
    )


def by_proposal(field: str, *, also: Sequence[str] = (), across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field,
        also=also,
        queryset=lambda request: Proposal.objects.visible_to(request.user),
        noun="proposal",
        across=across,
        help_text="Proposals (slugs).",
    )


def by_topic(field: str, *, across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field, queryset=lambda request: Topic.objects.all(), noun="topic", across=across, help_text="Topics (slugs)."
    )


def by_group(field: str, *, across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field,
        queryset=lambda request: TopicGroup.objects.all(),
        noun="topic group",
        across=across,
        help_text="Groups of topics (slugs).",
    )


def by_party(field: str, *, help_text: str, also: Sequence[str] = (), across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field,
        also=also,
        queryset=lambda request: Party.objects.all(),
        noun="party",
        across=across,
        help_text=help_text,
    )


def by_person(
    field: str, *, also: Sequence[str] = (), across: bool = False, help_text: str = "Persons (slugs)."
) -> RecordsFilter:
    return RecordsFilter(
        field,
        also=also,
        queryset=lambda request: Person.objects.all(),
        noun="person",
        across=across,
        help_text=help_text,
    )


def by_position(field: str, *, across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field,
        queryset=lambda request: Position.objects.visible_to(request.user),
        noun="position",
        across=across,
        help_text="Positions (ids).",
    )


def by_territory(field: str, *, across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field,
        queryset=lambda request: Territory.objects.all(),
        noun="territory",
        across=across,
        help_text="Territories (slugs).",
    )


def by_measure(field: str, *, across: bool = False) -> RecordsFilter:
    return RecordsFilter(
        field,
        queryset=lambda request: Measure.objects.all(),
        key="code",
        noun="measure",
        across=across,
        help_text="Measures (codes) that a term of the clause has.",
    )


def by_source(
    field: str, *, also: Sequence[str] = (), across: bool = False, help_text: str = "Sources (slugs)."
) -> RecordsFilter:
    return RecordsFilter(
        field,
        also=also,
        queryset=lambda request: Source.objects.all(),
        noun="source",
        across=across,
        help_text=help_text,
    )


class SpeakersFilter(RecordsFilter):
    """One or several parties or persons by their slugs, in whichever of the two fields they stand."""

    def __init__(self, party_field: str, person_field: str, *, help_text: str) -> None:
        super().__init__(
            person_field,
            also=[party_field],
            queryset=lambda request: Person.objects.all(),
            noun="party or person",
            help_text=help_text,
        )

    def condition(self, values: list[str]) -> Q:
        matching = Q()
        for field in self._fields:
            matching |= Q(**{f"{field}__slug__in": values})
        return matching

    def find(self, records: QuerySet[Any], values: Sequence[str]) -> dict[str, int]:
        return super().find(Party.objects.all(), values) | super().find(records, values)

    def names(self, records: QuerySet[Any]) -> list[str]:
        return sorted({*super().names(Party.objects.all()), *super().names(records)})


class ClausesFilter(RecordsFilter):
    """One or several clauses by their id, `{proposal}/{key}`."""

    pattern = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

    def __init__(self, field_name: str, *, also: Sequence[str] = (), across: bool = False) -> None:
        super().__init__(
            field_name,
            also=also,
            queryset=lambda request: Clause.objects.visible_to(request.user),
            noun="clause",
            across=across,
            help_text="Clauses (`{proposal}/{key}`).",
        )

    def find(self, records: QuerySet[Any], values: Sequence[str]) -> dict[str, int]:
        named = Q(pk__in=[])
        for slug, key in (value.split("/") for value in values):
            named |= Q(proposal__slug=slug, key=key)
        found = records.filter(named).values_list("proposal__slug", "key", "pk")
        return {f"{slug}/{key}": pk for slug, key, pk in found}

    def names(self, records: QuerySet[Any]) -> list[str]:
        address = Concat(F("proposal__slug"), Value("/"), F("key"))
        return list(records.order_by("proposal__slug", "order", "pk").values_list(address, flat=True))


class AsOfFilter(DayFilter):
    """Statements up to a day, told as they were known then. The records have an `as_of`."""

    def __init__(self) -> None:
        help_text = (
            "Statements up to this day; that one was superseded or withdrawn later is not told. "
            "Left out: everything recorded."
        )
        super().__init__("date", "lte", help_text=help_text)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.as_of(value)  # type: ignore[attr-defined]


def since(field: str) -> DayFilter:
    return DayFilter(field, "gte", help_text="From this day on: periods that end earlier are left out.")


def until(field: str) -> DayFilter:
    return DayFilter(field, "lte", help_text="Up to this day: periods that begin later are left out.")
