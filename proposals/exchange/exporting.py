"""Export: what the public sees, as files that an import reads back to the same records."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from parties.readers import Reader
from proposals.exchange.entries import ORDER
from proposals.exchange.faults import did_you_mean
from proposals.exchange.format import FORMAT, KINDS, LISTS
from proposals.exchange.stored import address_of, canonical, clause_address, later_clause, queryset
from proposals.exchange.yaml_text import yaml_text
from proposals.models import Clause, Decision, Proposal, Topic

# One file for each list, apart from the taxonomy, which is read as a whole, and proposals, which have one each.
_FILES = {
    "processes.yaml": ("process",),
    "parties.yaml": ("party",),
    "persons.yaml": ("person",),
    "topics.yaml": ("topic_group", "topic"),
    "territories.yaml": ("territory",),
    "measures.yaml": ("measure",),
    "sources.yaml": ("source",),
    "positions.yaml": ("position",),
    "disputes.yaml": ("dispute",),
    "statements.yaml": ("statement",),
}
_FOLDER = "proposals"
# Read at once with all their parts, so that memory does not grow with the collection: some 20 MB.
_PROPOSALS_AT_ONCE = 50
_ROWS_AT_ONCE = 500
# The records of a file by the name of their list.
_Lists = Mapping[str, Iterable[dict[str, Any]]]
# Who decided is told to nobody else.
SEE_DECISIONS = "proposals.view_decision"


class UnknownProposal(Exception):
    """A proposal was asked for that is not among the public ones."""


def export_proposals(folder: str | FilePath, *, slugs: Iterable[str] = ()) -> list[str]:
    """Write the public records into a folder and answer the names of the files; with `slugs` these proposals alone.

    Files are replaced one by one, each as a whole. Files of the folder that are not among the names are left alone.
    """
    target = FilePath(folder)
    written = []
    with one_state():
        for name, text in export_texts(slugs=slugs):
            _replace(target / name, text)
            written.append(name)
    return written


def export_texts(*, slugs: Iterable[str] = (), decisions: bool = True) -> Iterator[tuple[str, str]]:
    """Name and YAML of each file of an export: `export_documents` as text, one file and a few records at a time."""
    for name, lists in _files(slugs, decisions=decisions):
        found = []
        for plural, records in lists.items():
            texts = [yaml_text([record]) for record in records]
            found += [f"{plural}:\n", *texts] if texts else []
        if found:
            yield name, "".join([yaml_text({"format": FORMAT}), *found])


def export_documents(*, slugs: Iterable[str] = (), decisions: bool = True) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and content of each file of an export, in a fixed order; empty lists give none.

    Without `decisions` it tells nothing of what editors decided, and who did.
    """
    for name, lists in _files(slugs, decisions=decisions):
        found = {plural: list(records) for plural, records in lists.items()}
        if any(found.values()):
            yield name, {"format": FORMAT, **{plural: records for plural, records in found.items() if records}}


@contextmanager
def one_state() -> Iterator[None]:
    """All reads within see one state of the database, so that an edit meanwhile is in all of them or in none.

    Unless whoever calls has begun a transaction already.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _files(slugs: Iterable[str], *, decisions: bool) -> Iterator[tuple[str, _Lists]]:
    """Name and lists of each file; a list is read while it is gone through, and may turn out to be empty."""
    wanted = list(slugs)
    if not wanted:
        for name, kinds in _FILES.items():
            yield name, {KINDS[kind].plural: _vocabulary(kind, queryset(kind, None)) for kind in kinds}
    proposals = queryset("proposal", None)
    if wanted:
        proposals = proposals.filter(slug__in=wanted)
        _refuse_unknown(wanted, set(proposals.values_list("slug", flat=True)))
    yield from _proposals(proposals, reader=None, decisions=decisions)


def chosen_documents(kind: str, pks: Iterable[int], *, reader: Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and content of the files that hold these records, as far as the reader sees them.

    Clauses and decisions stand in the files of their proposals, which hold all of these; decisions are for staff.
    """
    rows = queryset(kind, reader).filter(pk__in=list(pks))
    if kind in ("proposal", "clause", "decision"):
        if kind == "decision":
            owners = {later_clause(decision)[0].proposal_id for decision in rows}
        else:
            owners = set(rows.values_list("pk" if kind == "proposal" else "proposal", flat=True))
        proposals = queryset("proposal", reader).filter(pk__in=owners)
        for name, lists in _proposals(proposals, reader=reader, decisions=reader.has_perm(SEE_DECISIONS)):
            yield name, {"format": FORMAT, **lists}
    else:
        plural = KINDS[kind].plural
        yield f"{plural}.yaml", {"format": FORMAT, plural: list(_vocabulary(kind, rows))}


def _proposals(
    proposals: Any, *, reader: Reader | None, decisions: bool
) -> Iterator[tuple[str, dict[str, list[dict[str, Any]]]]]:
    places = _taxonomy()
    rows = proposals.order_by("slug").iterator(_PROPOSALS_AT_ONCE)
    while some := list(islice(rows, _PROPOSALS_AT_ONCE)):
        pks = [proposal.pk for proposal in some]
        clauses = _clauses(pks, reader)
        decided = _decisions(pks, reader) if decisions else {}
        for proposal in some:
            record = {"id": proposal.slug, **_written("proposal", proposal, places)}
            own = [{"id": clause.key, **_written("clause", clause, places)} for clause in clauses.get(proposal.pk, ())]
            record |= {"clauses": own} if own else {}
            record |= {"decisions": decided[proposal.pk]} if proposal.pk in decided else {}
            yield f"{_FOLDER}/{proposal.slug}.yaml", {LISTS["proposals"].plural: [record]}


def _refuse_unknown(wanted: list[str], found: set[str]) -> None:
    unknown = [slug for slug in wanted if slug not in found]
    if unknown:
        public = Proposal.objects.visible_to(None).values_list("slug", flat=True)
        raise UnknownProposal(f"There is no public proposal {unknown[0]}{did_you_mean(unknown[0], public)}")


def _vocabulary(kind: str, rows: Any) -> Iterator[dict[str, Any]]:
    record = KINDS[kind]
    places = _taxonomy()
    if kind == "topic":
        rows = rows.in_taxonomy_order()
    elif record.ordered:
        rows = rows.order_by("order", record.id_attr)
    else:
        rows = rows.order_by(record.id_attr)
    for row in rows.iterator(_ROWS_AT_ONCE):
        yield {"id": address_of(kind, row), **_written(kind, row, places)}


def _taxonomy() -> dict[str, int]:
    return {topic.slug: place for place, topic in enumerate(Topic.objects.in_taxonomy_order())}


def _written(kind: str, row: Any, taxonomy: dict[str, int]) -> dict[str, Any]:
    """A record as a file holds it: what has no order of its own is written in that of the taxonomy, or by name."""
    found = {name: value for name, value in canonical(kind, row).items() if name != ORDER}
    if kind == "dispute" and "topics" in found:
        found["topics"] = sorted(found["topics"], key=taxonomy.__getitem__)
    if "silences" in found:
        found["silences"] = sorted(found["silences"], key=lambda silence: taxonomy[silence["topic"]])
    return found


def _clauses(proposals: list[int], reader: Reader | None) -> dict[int, list[Clause]]:
    found: dict[int, list[Clause]] = {}
    for clause in queryset("clause", reader).filter(proposal__in=proposals).order_by("order", "key"):
        # Its text could not be read without the hidden clause that it strikes out.
        if clause.kind != Clause.Kind.DELETION or clause.strikes:
            found.setdefault(clause.proposal_id, []).append(clause)
    return found


def _decisions(proposals: list[int], reader: Reader | None) -> dict[int, list[dict[str, Any]]]:
    """The decisions on clauses that the reader sees, by which of these proposals they are written in."""
    found: dict[int, list[tuple[Any, dict[str, Any]]]] = {}
    decision: Decision
    theirs = Q(left__proposal__in=proposals) | Q(right__proposal__in=proposals)
    for decision in queryset("decision", reader).filter(theirs):
        own, other = later_clause(decision)
        if own.proposal_id not in proposals:
            continue
        named = {"clause": own.key, "other": clause_address(other)}
        place = (own.order, own.key, clause_address(other))
        found.setdefault(own.proposal_id, []).append((place, {**named, **canonical("decision", decision)}))
    return {
        proposal: [record for _place, record in sorted(several, key=lambda pair: pair[0])]
        for proposal, several in found.items()
    }


def _replace(file: FilePath, text: str) -> None:
    """Write a file as a whole: readers see the old one or the new one, never half of it."""
    content = text.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_file() and file.read_bytes() == content:
        return
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        FilePath(temporary).chmod(0o644)
        FilePath(temporary).replace(file)
    except BaseException:
        FilePath(temporary).unlink(missing_ok=True)
        raise
