"""Several clauses become one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import transaction

from parties.turns import wait_for_record
from proposals.editing.arranging import put_in_place_of
from proposals.editing.codings import Coding, codings_of, write_codings
from proposals.editing.faults import EditingFault, UnableToEdit, changed_since, faults_of
from proposals.editing.referring import lead_to, referrers_of
from proposals.editing.retiring import retire
from proposals.editing.splitting import Part
from proposals.models import Clause, Dependency, RetiredKey, Stage

# What the merged clause has from the first of them; the rest is asked for, or is coded on all alike.
_OF_THE_FIRST = ("kind", "strikes_id", "wording", "language", "modality", "legal_effect", "extent", "permanence")
_LEAST_SURE = ("evidence", "confidence")


def codings_of_merged(clauses: Sequence[Clause]) -> list[Coding]:
    """What is coded on any of the clauses, but ties among themselves."""
    pks = {clause.pk for clause in clauses}
    return [one for one in codings_of(*clauses) if one.kind != "dependencies" or one.row.target_id not in pks]


def merge_clauses(
    clauses: Sequence[Clause], into: Part, *, seen: Mapping[int, int] | None = None, by: AbstractUser
) -> Clause:
    """The one clause that several of a proposal become, in the place of the first, with what `into` keeps of all.

    What is coded on it alone, such as its force, is as on the first of them; conditions, notes and locators are put
    together, and it is no surer than the least sure. All that referred to any of them refers to it, and decisions ask
    to be judged again. Their keys are retired. `seen` are the versions that the texts were read at, by primary key:
    later ones are refused. Raises UnableToEdit.
    """
    with transaction.atomic():
        there = [wait_for_record(Clause, clause.pk) for clause in clauses]
        if not all(there):
            raise UnableToEdit([EditingFault("One of these clauses was deleted, split or merged a moment ago.")])
        rows = Clause.objects.filter(pk__in=[clause.pk for clause in clauses]).select_related("proposal")
        several = list(rows.order_by("order", "pk"))
        if faults := [*_faults(several), *changed_since(several, seen)]:
            raise UnableToEdit(faults)
        codings = codings_of_merged(several)
        merged = _merged(several, into)
        if faults := [*_without_source(several, into.keeps, codings), *faults_of(merged, 0)]:
            raise UnableToEdit(faults)
        merged.save()
        write_codings(codings, [(merged, into.keeps)])
        lead_to((referrer, merged) for referrer in referrers_of(*several))
        put_in_place_of(several, [merged])
        slug = merged.proposal.slug
        LogEntry.objects.log_actions(by.pk, several, DELETION, f"Merged into {slug}/{merged.key}.")
        # No clause goes while another one hangs on it, those included that go with it.
        Clause.objects.filter(pk__in=[clause.pk for clause in several]).update(parent=None)
        Dependency.objects.filter(clause__in=several, target__in=several).delete()
        for clause in several:
            retire(clause, RetiredKey.Why.MERGED, successors=[merged.key])
        keys = ", ".join(clause.key for clause in several)
        LogEntry.objects.log_actions(by.pk, [merged], ADDITION, f"Merged from {keys} of {slug}.", single_object=True)
    return merged


def merged_columns(clauses: Sequence[Clause]) -> dict[str, str]:
    """Texts of the clauses put together: what is proposed, in the order of the text."""
    return {
        "number": "; ".join(dict.fromkeys(clause.number for clause in clauses))[:40],
        "label": "; ".join(dict.fromkeys(clause.label for clause in clauses))[:200],
        "text": "\n\n".join(clause.text for clause in clauses),
    }


def _merged(clauses: Sequence[Clause], into: Part) -> Clause:
    first = clauses[0]
    told = {name: getattr(first, name) for name in _OF_THE_FIRST}
    for name in _LEAST_SURE:
        column: Any = Clause._meta.get_field(name)
        codes = [str(code) for code, _ in column.flatchoices]
        told[name] = max((getattr(clause, name) for clause in clauses), key=codes.index)
    joined = {name: [getattr(clause, name) for clause in clauses] for name in ("condition", "note", "locator")}
    told |= {name: "\n".join(dict.fromkeys(filter(None, texts))) for name, texts in joined.items()}
    told["locator"] = told["locator"].replace("\n", "; ")[:300]
    parent = next((clause.parent for clause in clauses if clause.parent and clause.parent not in clauses), None)
    return Clause(
        proposal=first.proposal,
        key=into.key,
        number=into.number,
        label=into.label,
        text=into.text,
        stage=first.stage,
        parent=parent,
        copied_from_id=first.copied_from_id,
        copied_address=first.copied_address,
        **told,
    )


def _faults(clauses: Sequence[Clause]) -> list[EditingFault]:
    if len(clauses) < 2:
        return [EditingFault("To merge takes two clauses or more.")]
    if len({clause.proposal_id for clause in clauses}) > 1:
        return [EditingFault("Clauses of one proposal are merged, not of several.")]
    if len({clause.stage for clause in clauses}) > 1:
        # Or readers would see what nobody made public, or lose what somebody had.
        return [EditingFault("Clauses at different stages are not merged: bring them to one stage first.")]
    if len({clause.wording for clause in clauses}) > 1 or len({clause.language for clause in clauses}) > 1:
        # Or a paraphrase would pass for a quotation.
        return [EditingFault("Clauses of different wording or language are not merged: one text has one of each.")]
    return []


def _without_source(
    clauses: Sequence[Clause], keeps: Collection[str] | None, codings: Sequence[Coding]
) -> list[EditingFault]:
    sources = {coding.id for coding in codings if coding.kind == "citations"}
    if clauses[0].stage != Stage.PUBLIC or not sources or keeps is None or sources & set(keeps):
        return []
    return [EditingFault("A public clause names a source.", 0, "keeps")]
