"""The public shape of parties and persons.

Each function turns a record, loaded with its queryset's `with_parts`, into a dictionary of plain values and makes no
query. Absent values are None, codes are those of the models, ids are slugs.
"""

import datetime
from collections.abc import Iterable
from typing import Any, Protocol, TypedDict

from parties.models import Party, Person


class AliasPayload(TypedDict):
    name: str
    used_by: list[str]


class MembershipPayload(TypedDict):
    party: str
    starts_on: str | None
    ends_on: str | None


class PartyPayload(TypedDict):
    slug: str
    name: str
    kind: str
    aliases: list[AliasPayload]
    members: list[MembershipPayload]
    member_of: list[MembershipPayload]
    note: str | None


class PersonPayload(TypedDict):
    slug: str
    name: str
    party: str
    role: str
    aliases: list[AliasPayload]
    note: str | None


class Alias(Protocol):
    """What the aliases of parties, persons and places have in common."""

    pk: int
    name: str

    @property
    def used_by(self) -> Any: ...


def alias_payloads(aliases: Iterable[Alias]) -> list[AliasPayload]:
    """Aliases in the order they were recorded; `used_by` is empty where everybody uses the form."""
    return [
        {"name": alias.name, "used_by": sorted(party.slug for party in alias.used_by.all())}
        for alias in sorted(aliases, key=lambda alias: alias.pk)
    ]


def party_payload(party: Party) -> PartyPayload:
    return {
        "slug": party.slug,
        "name": party.name,
        "kind": party.kind,
        "aliases": alias_payloads(party.aliases.all()),
        "members": [
            {"party": one.member.slug, "starts_on": _day(one.starts_on), "ends_on": _day(one.ends_on)}
            for one in sorted(party.memberships_as_bloc.all(), key=lambda one: one.pk)
        ],
        "member_of": [
            {"party": one.bloc.slug, "starts_on": _day(one.starts_on), "ends_on": _day(one.ends_on)}
            for one in sorted(party.memberships_as_member.all(), key=lambda one: one.pk)
        ],
        "note": party.note or None,
    }


def person_payload(person: Person) -> PersonPayload:
    return {
        "slug": person.slug,
        "name": person.name,
        "party": person.party.slug,
        "role": person.role,
        "aliases": alias_payloads(person.aliases.all()),
        "note": person.note or None,
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
