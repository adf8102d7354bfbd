"""Which clause somebody means who types its key, its number or some of its words."""

from collections.abc import Sequence

from proposals.models import Clause

_SHOWN = 5


class NotOneClause(Exception):
    """No clause of the text is meant, or several may be."""


def find_clause(typed: str, *, among: Sequence[Clause], title: str) -> Clause:
    """The clause of this key, id or number, or else the only one whose label or text has all the words."""
    asked = typed.strip().casefold()
    if not asked:
        raise NotOneClause(f"Name a clause of {title}, by its key or some of its words.")
    for names in (lambda one: (one.key, f"{one.proposal.slug}/{one.key}"), lambda one: (one.number,)):
        exact = [clause for clause in among if asked in {name.casefold() for name in names(clause)}]
        if len(exact) == 1:
            return exact[0]
    found = [
        clause
        for clause in among
        if all(
            word in f"{clause.key} {clause.number} {clause.label} {clause.text}".casefold() for word in asked.split()
        )
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotOneClause(f"No clause of {title} has “{typed.strip()}”.")
    some = "; ".join(f"{clause.key} {clause.label}" for clause in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise NotOneClause(f"Several clauses of {title} have “{typed.strip()}”: {some}{more}.")
