"""What is known of a record as a list of facts, each with values that may lead somewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext

from parties.models import Party
from parties.payloads import AliasPayload


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A value in words; `address` leads to its page, `note` says more of it. Either may be blank."""

    text: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    name: str
    values: tuple[Named, ...]


def fact(name: object, *values: Named | str | None) -> Fact:
    """The fact with those of the values that are there."""
    found = (Named(text=one) if isinstance(one, str) else one for one in values if one)
    return Fact(name=str(name), values=tuple(found))


def known(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those of the facts that have a value."""
    return tuple(one for one in facts if one.values)


def label_of(choices: type[TextChoices], code: str | None) -> str:
    return str(choices(code).label) if code else ""


def party_names(*aliases: Sequence[AliasPayload]) -> dict[str, str]:
    """By slug the names of those who use any of the aliases; one query, and none where nobody is named."""
    users = {user for several in aliases for alias in several for user in alias["used_by"]}
    return dict(Party.objects.filter(slug__in=users).values_list("slug", "name")) if users else {}


def also_called(aliases: Sequence[AliasPayload], *, names: Mapping[str, str]) -> str:
    """The other names, each with who uses it: "the Front (used by Northern Council); CF"."""
    return "; ".join(_alias(alias, names=names) for alias in aliases)


def _alias(alias: AliasPayload, *, names: Mapping[str, str]) -> str:
    if not alias["used_by"]:
        return alias["name"]
    users = ", ".join(names.get(slug, slug) for slug in alias["used_by"])
    return gettext("%(name)s (used by %(users)s)") % {"name": alias["name"], "users": users}
