"""Which texts come after which: those that later supersede, revise, answer or build on one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from parties.readers import Reader
from proposals.comparison import MAX_PROPOSALS
from proposals.models import Lineage, Proposal
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
class Texts:
    """Every text that the reader sees, in date order, and the ties of descent from earlier to later."""

    proposals: tuple[Proposal, ...]
    ties: tuple[tuple[str, str, str], ...]

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
            edge = [new for old in edge for earlier, new, _ in self.ties if earlier == old and new in later]
            edge = [one for one in dict.fromkeys(edge) if one not in found]
            found += edge
        chosen = set(found[:MAX_LATER])
        return [one.slug for one in self.proposals if one.slug in chosen]


def read_texts(*, user: Reader | None) -> Texts:
    """Two queries."""
    seen = Proposal.objects.visible_to(user)
    ties = Lineage.objects.filter(relation__in=_DESCENT, proposal__in=seen, earlier__in=seen)
    ties = ties.order_by("proposal__date", "proposal__last_day", "proposal__slug", "pk").select_related(
        "proposal", "earlier"
    )
    return Texts(
        proposals=tuple(seen.in_date_order().select_related("process")),
        ties=tuple((tie.earlier.slug, tie.proposal.slug, str(tie.get_relation_display())) for tie in ties),
    )


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
    entries = {one.slug: text_of(one) for one in texts.proposals}
    ordered = sorted(texts.proposals, key=lambda one: (one.process.name, one.process_id))
    return tuple(
        (name, found)
        for name, members in groupby(ordered, key=lambda one: one.process.name)
        if (found := tuple(_with_later(members, entries, texts)))
    )


def _with_later(members: Iterable[Proposal], entries: dict[str, Text], texts: Texts) -> Iterable[Text]:
    for one in members:
        later = tuple((relation, entries[new]) for old, new, relation in texts.ties if old == one.slug)
        if later:
            yield text_of(one, later=later)


def text_of(one: Proposal, *, later: tuple[tuple[str, Text], ...] = ()) -> Text:
    first, last = one.date.isoformat(), one.date_end.isoformat() if one.date_end else None
    return Text(
        slug=one.slug,
        short_title=one.short_title,
        date=in_words(first, one.date_precision, last=last, text=one.date_text),
        machine_date=for_machines(first, one.date_precision),
        later=later,
    )
