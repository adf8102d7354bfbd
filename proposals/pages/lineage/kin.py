"""Which texts come after which: those that later supersede, revise, answer or build on one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from parties.readers import Reader
from proposals.comparison import MAX_PROPOSALS
from proposals.models import Lineage, Process, Proposal
from proposals.rendering.dates import for_machines, in_words

_DESCENT = (
    Lineage.Relation.SUPERSEDES,
    Lineage.Relation.REVISES,
    Lineage.Relation.ANSWERS,
    Lineage.Relation.BUILDS_ON,
)
MAX_LATER = MAX_PROPOSALS - 1


class UnableToFollow(Exception):
    """The texts asked for cannot be followed to; the message says which and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text with those tied to it directly, later ones only, each with the word of its tie."""

    slug: str
    short_title: str
    date: str
    machine_date: str
    later: tuple[tuple[str, "Text"], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """`later` may be a text of another process."""

    earlier: str
    later: Proposal
    relation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """The texts of some processes as far as the reader sees them, in date order, and the ties of descent from them."""

    proposals: tuple[Proposal, ...]
    ties: tuple[Tie, ...]

    def find(self, slug: str) -> Proposal | None:
        return next((one for one in self.proposals if one.slug == slug), None)

    def after(self, slug: str) -> list[Proposal]:
        """Those of its process that stand later in date order."""
        place = next(place for place, one in enumerate(self.proposals) if one.slug == slug)
        process = self.proposals[place].process_id
        return [one for one in self.proposals[place + 1 :] if one.process_id == process]

    def descendants(self, slug: str) -> list[str]:
        """Tied to it directly or over others, by date; the nearest go first where there are too many."""
        later = {one.slug for one in self.after(slug)}
        found, edge = [], [slug]
        while edge:
            edge = [tie.later.slug for old in edge for tie in self.ties if tie.earlier == old]
            edge = [one for one in edge if one in later]
            edge = [one for one in dict.fromkeys(edge) if one not in found]
            found += edge
        chosen = set(found[:MAX_LATER])
        return [one.slug for one in self.proposals if one.slug in chosen]


def processes_with_ties(*, user: Reader | None) -> QuerySet[Process]:
    """Those with a text that has later ones, by name."""
    return Process.objects.filter(Exists(_ties(user).filter(earlier__process=OuterRef("pk")))).order_by("name", "pk")


def read_texts(processes: Collection[Process] | QuerySet[Process], *, user: Reader | None) -> Texts:
    """Two queries."""
    seen = Proposal.objects.visible_to(user).filter(process__in=processes)
    ties = _ties(user).filter(earlier__process__in=processes)
    ties = ties.order_by("proposal__date", "proposal__last_day", "proposal__slug", "pk").select_related(
        "proposal", "earlier"
    )
    return Texts(
        proposals=tuple(seen.in_date_order().select_related("process")),
        ties=tuple(
            Tie(earlier=tie.earlier.slug, later=tie.proposal, relation=str(tie.get_relation_display())) for tie in ties
        ),
    )


def _ties(user: Reader | None) -> QuerySet[Lineage]:
    seen = Proposal.objects.visible_to(user)
    return Lineage.objects.filter(relation__in=_DESCENT, proposal__in=seen, earlier__in=seen)


def chosen_later(texts: Texts, slug: str, asked: Sequence[str]) -> list[str]:
    """The texts to follow to, by date: those asked for, else the descendants. Raises UnableToFollow."""
    if not asked:
        return texts.descendants(slug)
    later = [one.slug for one in texts.after(slug)]
    for one in asked:
        if one not in later:
            raise UnableToFollow(
                gettext("“%(asked)s” is no text of the same process later than “%(slug)s”. There are: %(known)s.")
                % {"asked": one, "slug": slug, "known": ", ".join(later) or "–"}
            )
    if len(set(asked)) > MAX_LATER:
        raise UnableToFollow(
            gettext("At most %(most)d later texts fit beside one; these are %(count)d.")
            % {"most": MAX_LATER, "count": len(set(asked))}
        )
    return [one for one in later if one in asked]


def by_process(texts: Texts) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """The texts that have later ones, under their processes."""
    later: dict[str, list[tuple[str, Text]]] = {}
    for tie in texts.ties:
        later.setdefault(tie.earlier, []).append((tie.relation, text_of(tie.later)))
    ordered = sorted(texts.proposals, key=lambda one: (one.process.name, one.process_id))
    return tuple(
        (members[0].process.name, tuple(text_of(one, later=tuple(later[one.slug])) for one in members))
        for _, group in groupby(ordered, key=lambda one: one.process_id)
        if (members := [one for one in group if one.slug in later])
    )


def text_of(one: Proposal, *, later: tuple[tuple[str, Text], ...] = ()) -> Text:
    first, last = one.date.isoformat(), one.date_end.isoformat() if one.date_end else None
    return Text(
        slug=one.slug,
        short_title=one.short_title,
        date=in_words(first, one.date_precision, last=last, text=one.date_text),
        machine_date=for_machines(first, one.date_precision),
        later=later,
    )
