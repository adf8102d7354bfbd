"""The proposal of a page, saved as a draft with all its clauses, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from proposals.admin.from_text.facts import Facts
from proposals.admin.from_text.rows import Row, Tick, first_words
from proposals.exchange.editing import UnableToWrite, create
from proposals.exchange.faults import Fault
from proposals.models import Process, Proposal

UNKNOWN = "unknown"  # the number of what has none in the text
_FACTS = ("title", "short_title", "kind", "date_precision", "text_status", "clauses_complete", "summary")
_SHARED = ("wording", "language", "evidence")
_ON_ROW = ("number", "label", "text")
# In the place of facts that are missing, so that the faults of the clauses are found too; never saved.
_STAND_INS = {
    "title": "-",
    "short_title": "-",
    "kind": Proposal.Kind.DECLARATION,
    "date": "2000-01-01",
    "date_precision": "day",
    "text_status": Proposal.TextStatus.REPORTED,
    "clauses_complete": Proposal.Completeness.NO,
    "summary": "-",
    "id": "in-place-of-a-missing-id",
}
_SENTENCE_STARTS = ("is ", "has ", "must ", "holds ")


class NotSaved(Exception):
    """Nothing is saved. `of_rows` holds the faults of each clause by field, "" for all of it; the form has its own."""

    def __init__(self) -> None:
        super().__init__("not saved")
        self.of_rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))


def save(form: Facts, rows: Sequence[Row], *, by: AbstractUser) -> Proposal:
    """The new draft. Raises NotSaved with every fault; those of the facts are added to the form."""
    kept = [row for row in rows if not row.out]
    refusal = NotSaved()
    if form.is_valid() and not kept:
        form.add_error(None, "Every clause is left out: bring one back, or cut another text.")
    for row in kept:
        _check_ticks(row, refusal)
    try:
        with transaction.atomic():
            body = _body(form, kept)
            record = create(kind="proposal", body=body, by=by, thorough=False, told="Made from a text.")
            if form.errors or refusal.of_rows:
                raise refusal
    except UnableToWrite as error:
        for fault in error.faults:
            _enter(fault, form, kept, refusal)
        raise refusal from error
    assert isinstance(record, Proposal)  # noqa: S101 (that is the kind that was asked for)
    return record


def _check_ticks(row: Row, refusal: NotSaved) -> None:
    for tick in filter(None, map(Tick.read, row.ticks)):
        if tick.words and tick.words not in row.text:
            said = f"“{tick.words}” was ticked, but the text no longer says so: untick it, or put the words back."
            refusal.of_rows[row.id][""].append(said)


def _body(form: Facts, rows: Sequence[Row]) -> dict[str, Any]:
    facts = form.cleaned_data
    source, process = facts.get("source"), facts.get("process") or Process.objects.first()
    body: dict[str, Any] = {**_STAND_INS, **{name: facts[name] for name in _FACTS if facts.get(name)}}
    if process:
        body["process"] = process.slug
    if facts.get("date"):
        body["date"] = facts["date"].isoformat()
    if facts.get("slug"):
        body["id"] = facts["slug"]
    shared = {name: facts[name] for name in _SHARED if facts.get(name)}
    if source:
        body["sources"] = shared["sources"] = [source.slug]
    return body | {"clauses": _clauses(rows, shared)}


def _clauses(rows: Sequence[Row], shared: dict[str, Any]) -> list[dict[str, Any]]:
    """Keys are padded so that they sort as the text reads; a clause stands in the nearest one that is less deep."""
    digits = max(2, len(str(len(rows))))
    found = []
    around: list[tuple[int, str]] = []  # the clauses that enclose the present one, with their depths
    for place, row in enumerate(rows, start=1):
        key = f"c{place:0{digits}}"
        while around and around[-1][0] >= row.depth:
            around.pop()
        parent = {"parent": around[-1][1]} if around else {}
        around.append((row.depth, key))
        words = {
            "id": key,
            "number": row.number or UNKNOWN,
            "label": row.label or first_words(row.text),
            "text": row.text,
        }
        found.append({**words, **parent, **shared, **_codings(row)})
    return found


def _codings(row: Row) -> dict[str, Any]:
    """What was ticked, in the terms of the exchange format; the same thing ticked twice is stored once."""
    found: dict[str, Any] = {}
    parties: dict[str, list[str]] = defaultdict(list)
    for tick in filter(None, map(Tick.read, row.ticks)):
        fields, chosen = dict(tick.fields), row.chosen.get(tick.name, "").strip()
        if tick.kind == "topic":
            _add(found.setdefault("topics", []), fields.get("topic"))
        elif tick.kind == "territory":
            _add(found.setdefault("territories", []), fields.get("territory"))
        elif tick.kind == "party":
            _add(parties[chosen or fields.get("role", "")], fields.get("party"))
        elif tick.kind == "modality":
            found["modality"] = fields.get("modality")
        else:
            _add(found.setdefault("terms", []), fields | ({"measure": chosen} if chosen else {}))
    return found | ({"parties": dict(parties)} if parties else {})


def _add(several: list[Any], one: Any) -> None:
    if one not in several:
        several.append(one)


def _enter(fault: Fault, form: Facts, rows: Sequence[Row], refusal: NotSaved) -> None:
    """Puts a fault where the page shows it."""
    steps = fault.pointer.split("/")[1:]
    if steps[:1] == ["clauses"] and len(steps) > 1:
        row, field = rows[int(steps[1])], steps[2] if len(steps) > 2 else ""
        if field in _ON_ROW:
            refusal.of_rows[row.id][field].append(_sentence(fault.reason))
        else:
            where = " ".join(step for step in steps[2:] if not step.isdecimal())
            refusal.of_rows[row.id][""].append(f"{where}: {fault.reason}" if where else _sentence(fault.reason))
        return
    name = {"id": "slug", "sources": "source"}.get(steps[0], steps[0]) if steps else ""
    if name in form.errors:
        return
    form.add_error(name if name in form.fields else None, _sentence(fault.reason))


def _sentence(reason: str) -> str:
    text = f"This {reason}" if reason.startswith(_SENTENCE_STARTS) else reason[:1].upper() + reason[1:]
    return text if text.endswith((".", "?")) else f"{text}."
