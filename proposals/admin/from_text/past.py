"""What was done, so that it can be undone: kept in the form, step by step, and small.

A step holds the order before it, and of the rows only those that it took away or changed: what is typed in the others
afterwards stays when the step is undone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from proposals.admin.from_text.rows import Row

_STEPS = 20
_LONGEST = 500_000  # characters of all steps


def with_step(past: str, before: tuple[Row, ...], after: tuple[Row, ...]) -> str:
    """The past after one more step; nothing was done where the rows are the same."""
    if before == after:
        return past
    kept = {row.id: row for row in after}
    step = {
        "order": [[row.id, row.depth, row.out] for row in before],
        "rows": {row.id: _words(row) for row in before if row.id not in kept or _words(row) != _words(kept[row.id])},
    }
    steps = [*_steps(past), step][-_STEPS:]
    while len(written := json.dumps(steps, ensure_ascii=False)) > _LONGEST and len(steps) > 1:
        del steps[0]
    return written


def undone(past: str, rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], str]:
    """The rows before the last step, and the past before it. What cannot be read as a step is no step."""
    steps = _steps(past)
    if not steps:
        return rows, ""
    *earlier, last = steps
    here = {row.id: row for row in rows}
    found = []
    try:
        for key, depth, out in last["order"]:
            words = last["rows"].get(key)
            row = _row(key, words) if words else here[key]
            found.append(replace(row, depth=int(depth), out=bool(out)))
    except (KeyError, TypeError, ValueError, AttributeError):
        return rows, ""
    return tuple(found), json.dumps(earlier, ensure_ascii=False) if earlier else ""


def _steps(past: str) -> list[Any]:
    try:
        steps = json.loads(past) if past else []
    except (ValueError, RecursionError):
        return []
    # As it was written here: nothing else is in it than what the page has sent.
    return steps if isinstance(steps, list) and json.dumps(steps, ensure_ascii=False) == past else []


def _words(row: Row) -> dict[str, Any]:
    found = asdict(row)
    for name in ("id", "depth", "out", "seen"):
        del found[name]
    return found


def _row(key: str, words: dict[str, Any]) -> Row:
    number, label, text, head = (str(words[name]) for name in ("number", "label", "text", "head"))
    chosen = {str(name): str(value) for name, value in words["chosen"].items()}
    ticks = tuple(map(str, words["ticks"]))
    return Row(id=str(key), number=number, label=label, text=text, head=head, ticks=ticks, chosen=chosen)
