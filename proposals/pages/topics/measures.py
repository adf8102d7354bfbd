"""What the clauses of a topic set figures of, how many of each, and for which of them a page has room."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext

from proposals.models import Measure, Term
from proposals.pages.topics.asked import UnableToShow, shown
from proposals.pages.topics.figures import capital

# On a page with all measures; those that have no room are led to, each with its figures alone.
MOST_FIGURES = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A measure with the number of figures that clauses set of it; what sources give against them is not counted."""

    code: str
    name: str
    is_date: bool
    count: int


def count_figures(clauses: Sequence[int]) -> tuple[Counted, ...]:
    """Of these clauses (primary keys) by measure, the most told first and dates last; one query."""
    terms = Term.objects.filter(clause__in=clauses).order_by()
    named = terms.values_list("measure__code", "measure__name", "measure__kind")
    found = (
        Counted(code=code, name=capital(name), is_date=kind == Measure.Kind.DATE, count=count)
        for code, name, kind, count in named.annotate(count=Count("pk"))
    )
    return tuple(sorted(found, key=lambda one: (one.is_date, -one.count, one.name)))


def one_of(found: Sequence[Counted], code: str) -> Counted:
    """The measure of this code. Raises UnableToShow."""
    for one in found:
        if one.code == code:
            return one
    message = gettext("“%(measure)s” is no measure of this topic. There are: %(known)s.")
    raise UnableToShow(message % {"measure": shown(code), "known": ", ".join(one.code for one in found) or "–"})


def first_of(found: Sequence[Counted], *, most: int) -> tuple[Counted, ...]:
    """As many of them as a page with so many figures has room for, and one at least."""
    kept: list[Counted] = []
    for one in found:
        most -= one.count
        if kept and most < 0:
            break
        kept.append(one)
    return tuple(kept)
