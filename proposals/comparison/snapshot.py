"""Comparisons frozen under the digest of what they say, and shown later without what was withdrawn since."""

import datetime
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypedDict

from django.db import connection

from parties.stamps import State
from proposals.comparison.compare import compare
from proposals.models import Snapshot

# Of an included record: what is said of it, and what stands in its place. All other fields but its ids become empty.
_SAID = {"clauses": ("text", "label"), "positions": ("statement",), "disputes": ("subject",)}
_KEPT = {
    "clauses": set("id proposal key order number wording language kind stage evidence confidence".split()),
    "positions": set("id party topic date date_precision stance red_line source evidence confidence stage".split()),
    "disputes": {"id"},
}
_LISTS = {"clauses": "clause", "positions": "position", "disputes": "dispute"}

# A record that has another id by now is told by its number; where that is not known, by the id that readers had last.
_HIDDEN = """
    WITH named AS (
        SELECT split_part(one, ' ', 1) AS kind, split_part(one, ' ', 2) AS address,
            max(nullif(split_part(one, ' ', 3), '')::bigint) AS record
        FROM unnest(%s::text[]) AS one GROUP BY 1, 2
    ), found AS (
        SELECT n.kind, n.address, visible, changed_at, public_number
        FROM named n JOIN parties_change c ON c.kind = n.kind AND c.address = n.address
        UNION ALL
        SELECT n.kind, n.address, visible, changed_at, public_number
        FROM named n JOIN parties_change c ON c.kind = n.kind AND c.record = n.record
        UNION ALL
        SELECT n.kind, n.address, visible, changed_at, public_number
        FROM named n JOIN parties_change c ON c.kind = n.kind AND c.public_address = n.address AND n.record IS NULL
    )
    SELECT kind, address, max(changed_at), max(public_number)
    FROM found GROUP BY kind, address HAVING NOT bool_or(visible) ORDER BY kind, address
"""

_NUMBERED = """
    SELECT concat_ws(' ', one, c.record) FROM unnest(%s::text[]) AS one
    JOIN parties_change c ON c.kind = split_part(one, ' ', 1) AND c.address = split_part(one, ' ', 2) AND c.visible
"""


class NoticePayload(TypedDict):
    kind: str
    id: str
    withdrawn_on: str


def freeze(
    *,
    proposals: Sequence[str],
    topics: Collection[str] = (),
    include: Collection[str] = (),
    as_of: datetime.date | None = None,
) -> tuple[Snapshot, bool]:
    """The snapshot of a comparison of public proposals, and whether it is new: the same content has the same one.

    Raises UnknownProposals or UnableToCompare, naming every fault.
    """
    document = compare(proposals=proposals, topics=topics, include=include, as_of=as_of)
    content = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Snapshot.objects.get_or_create(
        digest=hashlib.sha256(content.encode()).hexdigest(),
        defaults={
            "content": content,
            "asked": {
                "proposals": list(proposals),
                "topics": sorted(topics),
                "include": sorted(include),
                "as_of": as_of.isoformat() if as_of else None,
            },
            "named": _with_numbers(_named(document)),
        },
    )


def state_of_snapshot(digest: str) -> State | None:
    """Changes only when something in the snapshot is withdrawn or comes back; None where there is no such snapshot."""
    if "\0" in digest:
        return None  # PostgreSQL cannot even compare with it
    named = Snapshot.objects.filter(digest=digest).values_list("named", flat=True).first()
    return None if named is None else (digest, *hidden_since(named))


def hidden_since(named: Sequence[str]) -> list[tuple[str, str, datetime.datetime, int]]:
    """The named records that the public no longer sees: kind, id, since when, and the number of that change."""
    with connection.cursor() as cursor:
        cursor.execute(_HIDDEN, [list(named)])
        return cursor.fetchall()


def shown(snapshot: Snapshot) -> tuple[dict[str, Any], list[NoticePayload]]:
    """The frozen comparison as it may be shown today, and a dated notice for each record that was withdrawn since.

    Nothing that a withdrawn record said is left in it: neither its own words nor those quoted in reasons, divergences
    and bracketed text.
    """
    document = json.loads(snapshot.content)
    days = {(kind, address): moment.date() for kind, address, moment, _ in hidden_since(snapshot.named)}
    withdrawn = {address: day for (kind, address), day in days.items() if kind == "clause"}
    for place, kind in _LISTS.items():
        for address, record in document["included"][place].items():
            if (kind, address) in days:
                document["included"][place][address] = _emptied(record, place, days[kind, address])
    if gone := {address: day for (kind, address), day in days.items() if kind == "proposal"}:
        _silence_texts(document, gone)
    if withdrawn:
        for row in document["rows"]:
            _silence(row, withdrawn)
        rows = {row["id"] for row in document["rows"] if _clauses(row) & withdrawn.keys()}
        for bracketed in document.get("readings", {}).get("bracketed", ()):
            if bracketed["row"] in rows:
                bracketed["segments"] = []
    notices: list[NoticePayload] = [
        {"kind": kind, "id": address, "withdrawn_on": day.isoformat()} for (kind, address), day in days.items()
    ]
    return document, notices


def citation(snapshot: Snapshot, *, address: str) -> str:
    """One line to cite the snapshot by, at its permanent address."""
    document = json.loads(snapshot.content)
    texts = "; ".join(f"{head['title']} ({head['slug']})" for head in document["proposals"])
    method = document["method"]
    return (
        f"Concordance, comparison of {texts}. Method {method['name']} {method['version']}, vocabulary "
        f"{method['vocabulary']}, inputs {method['inputs_digest']}. Frozen {snapshot.frozen_at.date().isoformat()}, "
        f"snapshot {snapshot.digest[:12]}. {address}"
    )


def notice(day: datetime.date) -> str:
    """What stands in the place of words that were withdrawn."""
    return f"[Withdrawn on {day.isoformat()}; no longer shown.]"


def _named(document: Mapping[str, Any]) -> set[str]:
    named = {f"proposal {head['slug']}" for head in document["proposals"]}
    return named | {f"{kind} {one}" for place, kind in _LISTS.items() for one in document["included"][place]}


def _with_numbers(named: Collection[str]) -> list[str]:
    """The same, and each once more with the number that the record keeps when it is given another id."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, [sorted(named)])
        return sorted([*named, *(one for (one,) in cursor.fetchall())])


def _emptied(record: dict[str, Any], place: str, day: datetime.date) -> dict[str, Any]:
    def empty(value: Any) -> Any:
        return [] if isinstance(value, list) else None

    emptied = {name: value if name in _KEPT[place] else empty(value) for name, value in record.items()}
    return emptied | dict.fromkeys(_SAID[place], notice(day))


def _silence_texts(document: dict[str, Any], withdrawn: Mapping[str, datetime.date]) -> None:
    """Takes out what withdrawn proposals said beside their clauses; their titles stay, since the citation has them."""
    for head in document["proposals"]:
        if head["slug"] in withdrawn:
            head |= {"lineage": [], "date_text": None}
        head["lineage"] = [tie for tie in head["lineage"] if tie["proposal"] not in withdrawn]
    for row in document["rows"]:
        for cell in row["cells"]:
            if cell["proposal"] in withdrawn and cell["silence"]:
                cell["silence"] |= {"reason": notice(withdrawn[cell["proposal"]]), "source": None}


def _silence(row: dict[str, Any], withdrawn: Mapping[str, datetime.date]) -> None:
    """Takes out of a row what the withdrawn clauses said."""
    for link in row["links"]:
        days = [withdrawn[clause] for clause in (link["left"], link["right"]) if clause in withdrawn]
        if days:
            for reason in link["reasons"]:
                reason["detail"] = notice(max(days))
    for divergence in row["divergences"]:
        for side in divergence["sides"]:
            if side["clause"] in withdrawn:
                kept = {"proposal": side["proposal"], "clause": side["clause"]}
                side.update(dict.fromkeys(side.keys() - kept.keys(), None))
                side["text"] = notice(withdrawn[side["clause"]])
                divergence["summary"] = notice(withdrawn[side["clause"]])


def _clauses(row: Mapping[str, Any]) -> set[str]:
    return {clause for cell in row["cells"] for clause in cell["clauses"]}
