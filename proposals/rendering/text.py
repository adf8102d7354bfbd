"""A comparison as plain text for a terminal."""

import textwrap
from typing import Any

from proposals.rendering.characters import printable_values

WIDTH = 100
_STATES = {
    "struck_out": "struck out",
    "silent": "silent, as an editor recorded",
    "unknown": "unknown: the text is not wholly known",
    "not_found": "not found",
}


def comparison_text(document: dict[str, Any]) -> str:
    """The rows with what each proposal says, the divergences with the value of each side, and the totals."""
    # An escape sequence in a text would be obeyed by the terminal.
    document = printable_values(document)
    heads = {head["slug"]: head for head in document["proposals"]}
    lines = [_head(head) for head in heads.values()]
    lines += ["", _totals(document)]
    for row in document["rows"]:
        lines += ["", *_row(row, heads, document["included"])]
    return "\n".join(lines) + "\n"


def _head(head: dict[str, Any]) -> str:
    known = ", ".join(filter(None, [head["date"], head["text_status"], f"{head['clause_count']} clauses"]))
    return f"{head['short_title']} ({head['slug']}): {known}"


def _totals(document: dict[str, Any]) -> str:
    rows = ", ".join(f"{number} {kind}" for kind, number in document["summary"]["rows_by_kind"].items())
    return f"{len(document['rows'])} rows: {rows}. Method {document['method']['name']} {document['method']['version']}."


def _row(row: dict[str, Any], heads: dict[str, Any], included: dict[str, Any]) -> list[str]:
    topics = ", ".join(included["topics"].get(topic, {}).get("name", topic) for topic in row["topics"])
    lines = [f"[{row['kind']}] {topics or 'no topic'}"]
    for cell in row["cells"]:
        title = heads[cell["proposal"]]["short_title"]
        for clause_id in cell["clauses"]:
            clause = included["clauses"][clause_id]
            lines += _wrapped(
                f"{title} {clause['number'] or clause['key']}: ", f"{clause['text']} ({clause['wording']})"
            )
        if cell["state"] != "regulated":
            lines += _wrapped(f"{title}: ", _STATES[cell["state"]])
    for divergence in row["divergences"]:
        values = " / ".join(str(side["text"]) for side in divergence["sides"])
        lines += _wrapped("  ≠ " if divergence["asserted"] else "  ? ", f"{divergence['kind']}: {values}")
    return lines


def _wrapped(start: str, words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=f"  {start}", subsequent_indent="      ")
