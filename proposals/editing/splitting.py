"""One clause becomes several."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import transaction

from parties.turns import wait_for_record
from proposals.editing.arranging import put_in_place_of
from proposals.editing.codings import Coding, codings_of, write_codings
from proposals.editing.faults import EditingFault, UnableToEdit, changed_since, faults_of
from proposals.editing.referring import lead_to, referrers_of
from proposals.editing.retiring import retire
from proposals.models import Clause, RetiredKey, Stage

# What a part does not have from the whole.
_OWN = ("id", "key", "number", "label", "text", "search", "version", "changed_at")


@dataclass(frozen=True)
class Part:
    """A clause that a part of another one becomes; `keeps` are ids of codings, or all of them (None)."""

    key: str
    number: str
    label: str
    text: str
    keeps: Collection[str] | None = None


def split_clause(
    clause: Clause,
    parts: Sequence[Part],
    *,
    leads: Mapping[str, int] | None = None,
    seen: Mapping[int, int] | None = None,
    by: AbstractUser,
) -> list[Clause]:
    """The clauses that the parts become, in the place of the whole, at its stage and with what they keep of it.

    `leads` says of referrers, by their ids, to which part each is led from now on; the others to the first. Decisions
    ask to be judged again. The key of the whole is retired. `seen` is the version that the parts were made of, by
    primary key: a later one is refused. Raises UnableToEdit.
    """
    with transaction.atomic():
        if not wait_for_record(Clause, clause.pk):
            raise UnableToEdit([EditingFault("This clause was deleted, split or merged a moment ago.")])
        whole = Clause.objects.select_related("proposal").get(pk=clause.pk)
        if faults := changed_since([whole], seen):
            raise UnableToEdit(faults)
        codings = codings_of(whole)
        new = [_part(whole, part) for part in parts]
        if faults := [*_faults(parts), *_without_source(whole, parts, codings), *_broken(new)]:
            raise UnableToEdit(faults)
        for one in new:
            one.save()
        write_codings(codings, [(one, part.keeps) for one, part in zip(new, parts, strict=True)])
        to = leads or {}
        lead_to((referrer, new[to.get(referrer.id, 0)]) for referrer in referrers_of(whole))
        put_in_place_of([whole], new)
        keys = [one.key for one in new]
        LogEntry.objects.log_actions(by.pk, [whole], DELETION, f"Split into {', '.join(keys)}.", single_object=True)
        retire(whole, RetiredKey.Why.SPLIT, successors=keys)
        LogEntry.objects.log_actions(by.pk, new, ADDITION, f"Split from {whole.proposal.slug}/{whole.key}.")
    return new


def _part(whole: Clause, part: Part) -> Clause:
    columns = {column.attname for column in Clause._meta.concrete_fields if column.name not in _OWN}
    told = {"key": part.key, "number": part.number, "label": part.label, "text": part.text}
    return Clause(**{name: getattr(whole, name) for name in columns}, **told)


def _faults(parts: Sequence[Part]) -> list[EditingFault]:
    if len(parts) < 2:
        return [EditingFault("To split a clause takes two parts or more.")]
    keys = [part.key for part in parts]
    return [
        EditingFault("Another part has this key.", place, "key")
        for place, key in enumerate(keys)
        if key in keys[:place]
    ]


def _without_source(whole: Clause, parts: Sequence[Part], codings: Sequence[Coding]) -> list[EditingFault]:
    sources = {coding.id for coding in codings if coding.kind == "citations"}
    if whole.stage != Stage.PUBLIC or not sources:
        return []
    return [
        EditingFault("A public clause names a source.", place, "keeps")
        for place, part in enumerate(parts)
        if part.keeps is not None and not sources & set(part.keeps)
    ]


def _broken(new: Sequence[Clause]) -> list[EditingFault]:
    return [fault for place, clause in enumerate(new) for fault in faults_of(clause, place)]
