"""Writes docs/exchange.schema.json and the generated half of docs/data-format.md anew: make data-format

Fields and codes come from the models and the format. What codes mean is written by people, in the page itself, and
kept; a new code starts with its label.
"""

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

_DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = _DOCS / "data-format.md"
SCHEMA = _DOCS / "exchange.schema.json"
_MARK = "<!-- From here on written by `make data-format`; in the tables of codes the meanings are kept. -->"
_ROW = re.compile(r"^\| `(?P<code>[^`]+)` \|(?: (?P<meaning>.*))? \|$")


def page() -> str:
    """The page as it should be: its prose, and below the mark the fields and codes as they are now."""
    stored = PAGE.read_text(encoding="utf-8")
    prose = stored.split(_MARK)[0]
    return prose + _MARK + "\n\n" + "\n".join([*_fields(), *_codes(_meanings(stored))])


def schema() -> str:
    """The JSON Schema of the exchange format as text."""
    from proposals.exchange.schema import file_schema

    return json.dumps(file_schema(), indent=2, ensure_ascii=False) + "\n"


def _meanings(text: str) -> dict[tuple[str, str], str]:
    """What the page says of each code, by the name of its list and the code."""
    found: dict[tuple[str, str], str] = {}
    title = ""
    for line in text.split(_MARK)[-1].splitlines():
        if line.startswith("### "):
            title = line.removeprefix("### ")
        elif row := _ROW.match(line):
            found[title, row["code"]] = row["meaning"] or ""
    return found


def _fields() -> Iterator[str]:
    from proposals.exchange.format import KINDS
    from proposals.exchange.schema import file_schema

    defs = file_schema()["$defs"]
    yield "## Fields"
    yield ""
    yield "A field in bold must be there. Fields of entries in a list are written below it, with a dot."
    for kind, record in KINDS.items():
        yield from ("", f"### {record.plural}", "", "| field | holds | note |", "| --- | --- | --- |")
        yield from _rows(defs[kind], "")
    yield ""


def _rows(schema: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, value in schema["properties"].items():
        shown = f"**`{prefix}{name}`**" if name in schema["required"] else f"`{prefix}{name}`"
        yield f"| {shown} | {_holds(value)} | {value.get('description', '')} |".replace("  |", " |")
        inner = value.get("items", value)
        if inner.get("properties"):
            yield from _rows({"required": [], **inner}, f"{prefix}{name}.")


def _holds(value: dict[str, Any]) -> str:
    if "enum" in value:
        return "a code"
    if "$ref" in value.get("items", {}):
        return "a list, see below"
    form = value.get("format") or value.get("type")
    if form == "array":
        kind = value["items"].get("type")
        if isinstance(kind, list):
            return "a list of texts, or of entries as below"
        return "a list of ids" if kind == "string" else "a list"
    if form == "string":
        return "a text" if value.get("pattern", r"\S") == r"\S" else "an id"
    words = {"date": "a day", "moment": "a moment", "boolean": "true or false", "number": "a number"}
    return words.get(str(form), "a record")


def _codes(meanings: dict[tuple[str, str], str]) -> Iterator[str]:
    yield "## Codes"
    yield ""
    yield "The codes of measures are data: they stand in the list `measures` of the files."
    for title, where, codes in _lists():
        yield from ("", f"### {title}", "", f"{where}.", "", "| code | meaning |", "| --- | --- |")
        for code, label in codes.items():
            yield f"| `{code}` | {meanings.get((title, code), label)} |"
    yield ""


def _lists() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, use and codes with labels of each closed list: those of files as the format has them, then the others."""
    from django.db.models import TextChoices

    from proposals.api import codes as answers
    from proposals.exchange.fields import Nested, Value
    from proposals.exchange.format import KINDS
    from proposals.exchange.parts import Roles, Rows
    from proposals.models import Stage

    uses: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}

    def note(field: Any, path: str, owner: str) -> None:
        if isinstance(field, Value) and field.column.choices:
            codes = tuple((code, str(label)) for code, label in field.column.flatchoices)
            kinds = [title for title, others in uses if others == codes and title.endswith(" kind")]
            title = (kinds or [f"{owner} kind"])[0] if field.name == "kind" else field.name.replace("_", " ")
            uses.setdefault((title, codes), []).append(path)
        elif isinstance(field, Roles):
            uses.setdefault((f"{owner} role", tuple(field.model.Role.choices)), []).append(path)
        elif isinstance(field, Nested | Rows):
            for inner in field.fields:
                note(inner, f"{path}.{inner.name}", field.name)

    for kind, record in KINDS.items():
        for each in record.fields:
            note(each, f"{record.plural}.{each.name}", kind)
    titles = [title for title, _codes in uses]
    for (title, codes), places in uses.items():
        # Several lists share a name such as relation: they are told apart by where they stand.
        shown = title if titles.count(title) == 1 else f"{title} ({places[0]})"
        yield shown, "In files: " + ", ".join(f"`{place}`" for place in places), dict(codes)
    yield "stage", "In the admin and for staff: where our record stands. An import sets public", dict(Stage.choices)
    for name, member in inspect.getmembers(answers, inspect.isclass):
        if issubclass(member, TextChoices) and member is not TextChoices:
            words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
            yield f"{words} (answers)", "In answers of the API", dict(member.choices)


def main() -> None:
    django.setup()
    SCHEMA.write_text(schema(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    import os
    import sys

    sys.path.insert(0, str(_DOCS.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
