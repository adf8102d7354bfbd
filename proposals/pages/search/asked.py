"""What a reader searches for, read from the address."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parties.api.parameters import MAX_WORDS, day
from parties.models import Party
from parties.readers import Reader
from proposals.models import Clause, Proposal, Territory, Topic
from proposals.pages.addresses import search_address
from proposals.search import MAX_TERMS, TooManyWords, terms_of

_MOST_DIGITS = 6
_MOST_SHOWN = 80
_NEAR = 3


class Kind(TextChoices):
    """What is searched."""

    CLAUSE = "clause", _("clauses")
    POSITION = "position", _("positions")


# The filters that positions have too; they are coded with no place and have no modality.
OF_POSITIONS = ("topic", "party", "proposal", "date_from", "date_to")


class UnableToSearch(Exception):
    """A parameter that cannot be searched for; the message says which, and what can be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Words, filters and the page; empty where nothing is asked. `names` are those of the records chosen, by filter."""

    q: str = ""
    kind: str = Kind.CLAUSE.value
    topic: str = ""
    party: str = ""
    territory: str = ""
    proposal: str = ""
    modality: str = ""
    date_from: str = ""
    date_to: str = ""
    page: int = 1
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def of_positions(self) -> bool:
        return self.kind == Kind.POSITION

    @property
    def filters(self) -> dict[str, str]:
        """Those that are set."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form for other words and days keeps of it."""
        own = [("kind", self.kind)] if self.of_positions else []
        return [*own, *((name, value) for name, value in self.filters.items() if name not in ("date_from", "date_to"))]

    @property
    def is_blank(self) -> bool:
        return not self.q and not self.filters

    def address(self, **changed: str | int) -> str:
        """The same search but for what is changed, from its first page on unless another is named."""
        asked = {"q": self.q, "kind": self.kind, **self.filters} | changed
        if asked["kind"] == Kind.POSITION:
            asked = {name: value for name, value in asked.items() if name in ("q", "kind", "page", *OF_POSITIONS)}
        implied = {"kind": Kind.CLAUSE.value, "page": 1}
        return search_address(**{name: value for name, value in asked.items() if implied.get(name) != value})


FILTERS = tuple(one.name for one in fields(Asked) if one.name not in ("q", "kind", "page", "names"))
# The records that a filter chooses among, the column of their names, and what is said of a slug that none of them has.
_RECORDS: Mapping[str, tuple[Callable[[Reader | None], QuerySet[Any]], str, Any]] = {
    "topic": (lambda user: Topic.objects.all(), "name", _("There is no topic “%(value)s”.")),
    "party": (lambda user: Party.objects.all(), "name", _("There is no party “%(value)s”.")),
    "territory": (lambda user: Territory.objects.all(), "name", _("There is no place “%(value)s”.")),
    "proposal": (Proposal.objects.visible_to, "short_title", _("There is no proposal “%(value)s”.")),
}


def read(query: QueryDict, *, user: Reader | None) -> Asked:
    """Raises UnableToSearch. One query for each record that a filter names, and another where there is none."""
    given = {one: query.get(one, "").strip() for one in ("q", "kind", *FILTERS)}
    _check_words(given["q"])
    given["kind"] = _code(
        given["kind"] or Kind.CLAUSE.value, Kind, _("“%(value)s” cannot be searched; there are %(known)s.")
    )
    if given["modality"]:
        _code(given["modality"], Clause.Modality, _("“%(value)s” is no force of a wording; there are %(known)s."))
    names = {name: _name(name, given[name], user=user) for name in _RECORDS if given[name]}
    for name in ("date_from", "date_to"):
        _check_day(given[name])
    if given["date_from"] and given["date_to"] and given["date_to"] < given["date_from"]:
        raise UnableToSearch(
            gettext("The last day, %(last)s, is before the first, %(first)s.")
            % {"last": given["date_to"], "first": given["date_from"]}
        )
    asked = Asked(**given, page=_number(query.get("page", "1")), names=names)
    if asked.of_positions and (foreign := [name for name in asked.filters if name not in OF_POSITIONS]):
        raise UnableToSearch(
            gettext("Positions cannot be narrowed down by “%(filters)s”; clauses can.")
            % {"filters": ", ".join(foreign)}
        )
    return asked


def no_page(number: object, *, last: int) -> UnableToSearch:
    return UnableToSearch(
        gettext("There is no page “%(page)s”; there are 1 to %(last)d.") % {"page": _shown(str(number)), "last": last}
    )


def _check_words(words: str) -> None:
    if "\0" in words:
        raise UnableToSearch(gettext("The words hold a NUL character, which no text has."))
    if len(words) > MAX_WORDS:
        raise UnableToSearch(
            gettext("At most %(most)d characters can be searched for, not %(count)d.")
            % {"most": MAX_WORDS, "count": len(words)}
        )
    try:
        terms_of(words)
    except TooManyWords as fault:
        raise UnableToSearch(
            gettext("At most %(most)d words and phrases can be searched for at once.") % {"most": MAX_TERMS}
        ) from fault


def _code(value: str, choices: type[TextChoices], sentence: Any) -> str:
    if value not in choices.values:
        raise UnableToSearch(sentence % {"value": _shown(value), "known": ", ".join(choices.values)})
    return value


def _name(name: str, slug: str, *, user: Reader | None) -> str:
    records, column, sentence = _RECORDS[name]
    known = records(user)
    found = None if "\0" in slug else known.filter(slug=slug).values_list(column, flat=True).first()
    if found is None:
        said = sentence % {"value": _shown(slug)}
        near = difflib.get_close_matches(slug[:_MOST_SHOWN], known.values_list("slug", flat=True), n=_NEAR)
        if near:
            said = f"{said} {gettext('Like it are: %(near)s.') % {'near': ', '.join(near)}}"
        raise UnableToSearch(said)
    return str(found)


def _check_day(text: str) -> None:
    try:
        if text:
            day(text)
    except ValidationError as fault:
        raise UnableToSearch(
            gettext("“%(value)s” is not a day of the calendar; write one as 2031-05-01.") % {"value": _shown(text)}
        ) from fault


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) >= 1:
        return int(text)
    raise UnableToSearch(gettext("“%(page)s” is not the number of a page.") % {"page": _shown(text)})


def _shown(value: str) -> str:
    return value.replace("\0", "�")[:_MOST_SHOWN]
