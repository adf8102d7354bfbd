"""The public shape of parties and persons.

They are read by their slugs, in the order of these, in one query. Absent values are None, codes are those of the
models, ids are slugs. An alias that everybody uses has nobody under `used_by`.
"""

from collections.abc import Callable, Collection
from typing import Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F

from parties.as_json import BySlug, JsonObject, alias_list, known, owned
from parties.models import Membership, Party, PartyAlias, Person, PersonAlias


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


def _parties() -> tuple[Any, JsonObject]:
    def memberships(own: str, other: str) -> ArraySubquery:
        one = JsonObject(party=F(f"{other}__slug"), starts_on=F("starts_on"), ends_on=F("ends_on"))
        return owned(Membership.objects.all(), owner=own, one=one)

    return Party.objects.all(), JsonObject(
        slug=F("slug"),
        name=F("name"),
        kind=F("kind"),
        aliases=alias_list(PartyAlias.objects.all(), owner="party"),
        members=memberships("bloc", "member"),
        member_of=memberships("member", "bloc"),
        note=known("note"),
    )


def _persons() -> tuple[Any, JsonObject]:
    return Person.objects.all(), JsonObject(
        slug=F("slug"),
        name=F("name"),
        party=F("party__slug"),
        role=F("role"),
        aliases=alias_list(PersonAlias.objects.all(), owner="person"),
        note=known("note"),
    )


party_payloads: Callable[[Collection[str]], dict[str, PartyPayload]] = BySlug(_parties)
person_payloads: Callable[[Collection[str]], dict[str, PersonPayload]] = BySlug(_persons)
