"""Records whose own name, alias or title is searched for: the pages that a reader may be looking for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from parties.as_json import in_order_of
from parties.models import Party, Person
from parties.payloads import party_payloads, person_payloads
from parties.readers import Reader
from proposals.models import Proposal, Territory, Topic
from proposals.pages.addresses import territory_address, topic_address
from proposals.pages.records.facts import Named, also_called, party_names
from proposals.payloads import territory_payloads
from proposals.rendering.dates import in_words
from proposals.search import ClauseSearch, persons_named

_MOST = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedRecords:
    """Records of one kind; `more` are left out."""

    kind: str
    records: tuple[Named, ...]
    more: int


def named_records(search: ClauseSearch, *, user: Reader | None) -> tuple[NamedRecords, ...]:
    """Those that a name of theirs leads to by every word, under their kinds; at most two queries for each kind."""
    if not search.clues:
        return ()
    named = [
        (gettext("Proposals"), _proposals(_of(search, "proposal"), user=user)),
        (
            gettext("Places"),
            _with_aliases(_of(search, "territory"), Territory.objects.all(), territory_payloads, territory_address),
        ),
        (
            gettext("Parties"),
            _with_aliases(_of(search, "party"), Party.objects.all(), party_payloads, _page_of("party")),
        ),
        (
            gettext("Persons"),
            _with_aliases(_persons(search), Person.objects.all(), person_payloads, _page_of("person")),
        ),
        (gettext("Topics"), _topics(_of(search, "topic"))),
    ]
    return tuple(
        NamedRecords(kind=kind, records=tuple(records[:_MOST]), more=len(records[_MOST:]))
        for kind, records in named
        if records
    )


def _of(search: ClauseSearch, kind: str) -> set[int]:
    first, *others = [clue.records(kind) for clue in search.clues]
    return first.intersection(*others)


def _proposals(keys: set[int], *, user: Reader | None) -> list[Named]:
    found = Proposal.objects.visible_to(user).filter(pk__in=keys).in_date_order().reverse() if keys else ()
    return [
        Named(
            text=one.short_title,
            address=reverse("pages:proposal", args=[one.slug]),
            note=in_words(
                one.date.isoformat(),
                one.date_precision,
                last=one.date_end.isoformat() if one.date_end else None,
                text=one.date_text,
            ),
        )
        for one in found
    ]


def _topics(keys: set[int]) -> list[Named]:
    found = Topic.objects.filter(pk__in=keys).in_taxonomy_order() if keys else ()
    return [Named(text=one.name, address=topic_address(one.slug), note=one.group.name) for one in found]


def _with_aliases(
    keys: set[int], records: Any, payloads: Callable[[Sequence[str]], Any], address: Callable[[str], str]
) -> list[Named]:
    """By name, each with its other names and who uses them."""
    found = in_order_of(records.filter(pk__in=keys).in_name_order(), payloads) if keys else []
    names = party_names(*(one["aliases"] for one in found))
    return [
        Named(text=one["name"], address=address(one["slug"]), note=_note(also_called(one["aliases"], names=names)))
        for one in found
    ]


def _note(names: str) -> str:
    return gettext("also called %(names)s") % {"names": names} if names else ""


def _page_of(route: str) -> Callable[[str], str]:
    return lambda slug: reverse(f"pages:{route}", args=[slug])


def _persons(search: ClauseSearch) -> set[int]:
    found = Person.objects.all()
    for clue in search.clues:
        found = found.filter(pk__in=persons_named(clue.term).values("pk"))
    return set(found.values_list("pk", flat=True))
