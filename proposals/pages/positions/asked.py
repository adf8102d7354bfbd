"""What a reader asks to see of the positions, out of what there is."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy

from parties.readers import Reader
from proposals.comparison import Stand, is_standing_red_line
from proposals.models import Position, Topic
from proposals.pages.days import NoDay, day_in
from proposals.pages.positions.signs import RED_LINE
from proposals.querysets import PositionQuerySet

_REFUSED = {
    "party": gettext_lazy("There is no party “%(given)s” with a statement. There are: %(known)s."),
    "group": gettext_lazy("There is no group of topics “%(given)s” with a statement. There are: %(known)s."),
    "topic": gettext_lazy("There is no topic “%(given)s” with a statement. There are: %(known)s."),
    "process": gettext_lazy("There is no process “%(given)s” with a statement on a text. There are: %(known)s."),
    "stance": gettext_lazy("There is no stance “%(given)s”. There are: %(known)s."),
}


class UnableToShow(Exception):
    """Says in a sentence which value is not there, and what is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Names by slug of all that the reader sees statements of; parties with the most statements first."""

    parties: Mapping[str, str]
    groups: Mapping[str, str]
    topics: Mapping[str, str]
    group_of: Mapping[str, str]
    processes: Mapping[str, str]

    def grouped_topics(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return tuple(
            (name, tuple((one, self.topics[one]) for one in self.topics if self.group_of[one] == slug))
            for slug, name in self.groups.items()
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Empty where nothing was asked, which leaves everything in."""

    as_of: datetime.date | None = None
    parties: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    process: str = ""
    stance: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any((self.as_of, self.parties, self.groups, self.topics, self.process, self.stance))

    def address(self, route: str) -> str:
        """In one form, whatever the order of what was asked."""
        own = (
            ("as_of", self.as_of.isoformat() if self.as_of else ""),
            *(("party", one) for one in self.parties),
            *(("group", one) for one in self.groups),
            *(("topic", one) for one in self.topics),
            ("process", self.process),
            ("stance", self.stance),
        )
        return _with_query(reverse(route), own)

    def document(self) -> str:
        """The same statements as the API answers them.

        A stance is left out: a line that is shown for its stance tells the earlier statements too, whatever theirs.
        """
        own = (
            ("as_of", self.as_of.isoformat() if self.as_of else ""),
            ("party", ",".join(self.parties)),
            ("topic_group", ",".join(self.groups)),
            ("topic", ",".join(self.topics)),
            ("process", self.process),
        )
        return _with_query(reverse("positions-list"), own)

    def found(self) -> PositionQuerySet:
        """The positions asked for, whoever may see them and whenever they were made."""
        found = Position.objects.all()
        if self.parties:
            found = found.filter(party__slug__in=self.parties)
        if self.groups:
            found = found.filter(topic__group__slug__in=self.groups)
        if self.topics:
            found = found.filter(topic__slug__in=self.topics)
        if self.process:
            # NULL proposal: what was said on a topic alone belongs to no process.
            found = found.filter(proposal__process__slug=self.process)
        return found

    def wants(self, stand: Stand) -> bool:
        """Whether what the party said last is of the stance asked for, or a red line of it stands."""
        if self.stance == RED_LINE:
            return any(is_standing_red_line(one) for one in stand.said)
        return not self.stance or any(one["stance"] == self.stance for one in stand.latest)


def choices_for(user: Reader | None) -> Choices:
    """Two queries."""
    said = Position.objects.visible_to(user).order_by()
    named = ("party__slug", "party__name", "topic__slug", "proposal__process__slug", "proposal__process__name")
    counts: dict[tuple[str, str], int] = {}
    spoken_of, processes = set(), {}
    for party, name, topic, process, title, count in said.values_list(*named).annotate(Count("pk")):
        counts[party, name] = counts.get((party, name), 0) + count
        spoken_of.add(topic)
        if process:
            processes[process] = title
    topics = [one for one in Topic.objects.in_taxonomy_order() if one.slug in spoken_of]
    return Choices(
        parties=dict(sorted(counts, key=lambda one: (-counts[one], one[1], one[0]))),
        groups={one.group.slug: one.group.name for one in topics},
        topics={one.slug: one.name for one in topics},
        group_of={one.slug: one.group.slug for one in topics},
        processes=dict(sorted(processes.items(), key=lambda one: (one[1], one[0]))),
    )


def read(query: QueryDict, choices: Choices) -> Asked:
    """Raises UnableToShow."""
    try:
        as_of = day_in(query.get("as_of", ""))
    except NoDay as fault:
        raise UnableToShow(str(fault)) from fault
    return Asked(
        as_of=as_of,
        parties=_several("party", query, choices.parties),
        groups=_several("group", query, choices.groups),
        topics=_several("topic", query, choices.topics),
        process=_one("process", query, choices.processes),
        stance=_one("stance", query, (*Position.Stance.values, RED_LINE)),
    )


def _several(name: str, query: QueryDict, known: Collection[str]) -> tuple[str, ...]:
    """Those named, whether separated by commas or in parameters of their own, in the order of what there is."""
    given = {part.strip() for value in query.getlist(name) for part in value.split(",")} - {""}
    for one in sorted(given):
        _check(name, one, known)
    return tuple(one for one in known if one in given)


def _one(name: str, query: QueryDict, known: Collection[str]) -> str:
    given = query.get(name, "")
    if given:
        _check(name, given, known)
    return given


def _check(name: str, given: str, known: Collection[str]) -> None:
    if given not in known:
        there_are = ", ".join(known) or gettext("none")
        raise UnableToShow(str(_REFUSED[name]) % {"given": given, "known": there_are})


def _with_query(path: str, pairs: Collection[tuple[str, str]]) -> str:
    query = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{query}" if query else path
