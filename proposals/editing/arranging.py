"""The order of clauses in their text, and which encloses which. Neither changes what a clause says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from proposals.editing.faults import EditingFault, UnableToEdit
from proposals.models import Clause, Proposal


def arrange_clauses(proposal: Proposal, places: Sequence[tuple[int, int | None]]) -> list[Clause]:
    """Puts clauses in this order, each inside the one named beside it (keys of the database; None: inside none).

    Those that are not named follow in the order they have. Answers the clauses that moved; they are numbered from 1.
    For the inside of a transaction, whose caller notes it in the history. Raises UnableToEdit. Three queries.
    """
    clauses = {clause.pk: clause for clause in _in_order(proposal)}
    encloses = dict(places)
    faults = _faults(encloses, clauses)
    if faults:
        raise UnableToEdit(faults)
    order = [*encloses, *(pk for pk in clauses if pk not in encloses)]
    moved = []
    for place, pk in enumerate(order, start=1):
        clause = clauses[pk]
        parent = encloses.get(pk, clause.parent_id)
        if (clause.order, clause.parent_id) != (place, parent):
            clause.order, clause.parent_id = place, parent
            moved.append(clause)
    Clause.objects.bulk_update(moved, ["order", "parent"])
    return moved


def put_in_place_of(gone: Sequence[Clause], new: Sequence[Clause]) -> None:
    """Numbers the clauses of a proposal from 1, the new ones in the place of the first of those that go."""
    clauses = list(_in_order(gone[0].proposal))
    left_out = {clause.pk for clause in (*gone, *new)}
    first = next(place for place, clause in enumerate(clauses) if clause.pk == gone[0].pk)
    before = [clause for clause in clauses[:first] if clause.pk not in left_out]
    after = [clause for clause in clauses[first:] if clause.pk not in left_out]
    for place, clause in enumerate([*before, *new, *after], start=1):
        clause.order = place
    Clause.objects.bulk_update([*before, *new, *after], ["order"])


def enclosed_by_itself(encloses: Mapping[int, int | None]) -> set[int]:
    """Those that stand, through others or at once, in a clause that stands in them."""
    found = set()
    for pk in encloses:
        above, passed = encloses.get(pk), set[int]()
        while above is not None and above != pk and above not in passed:
            passed.add(above)
            above = encloses.get(above)
        if above == pk:
            found.add(pk)
    return found


def _in_order(proposal: Proposal) -> Iterable[Clause]:
    return proposal.clauses.order_by("order", "pk").select_for_update(no_key=True)


def _faults(encloses: Mapping[int, int | None], clauses: Mapping[int, Clause]) -> list[EditingFault]:
    whole = {pk: clause.parent_id for pk, clause in clauses.items()} | dict(encloses)
    named = {*encloses, *(parent for parent in encloses.values() if parent is not None)}
    faults = []
    if named - clauses.keys():
        faults.append(EditingFault("A clause that is not of this proposal cannot be arranged in it."))
    if enclosed_by_itself(whole):
        faults.append(EditingFault("A clause cannot stand inside one that it encloses."))
    return faults
