"""What a backup holds, as its manifest.json tells it."""

import dataclasses
import json
from typing import Any

import jsonschema

from config.backup.faults import Damaged, UnableToRestore

FORMAT = "concordance-backup"
# Raised when an older program would misread the file; a member more does not need it.
VERSION = 1
NAME = "manifest.json"

_COUNT = {"type": "integer", "minimum": 0}
_WORDS = {"type": "array", "items": {"type": "string"}}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["made_at", "release", "postgresql", "migrations", "tables", "left_out", "sequences"],
    "properties": {
        "made_at": {"type": "string"},
        "release": {"type": "string"},
        "postgresql": {"type": "string"},
        "migrations": {"type": "array", "items": {**_WORDS, "minItems": 2, "maxItems": 2}},
        "left_out": _WORDS,
        "tables": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "columns", "rows", "bytes", "sha256"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[^/\\\\]{1,63}$"},
                    "columns": _WORDS,
                    "rows": _COUNT,
                    "bytes": _COUNT,
                    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                },
            },
        },
        "sequences": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "prefixItems": [{"type": "integer"}, {"type": "boolean"}],
                "minItems": 2,
                "maxItems": 2,
            },
        },
    },
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Part:
    """The rows of one table, as COPY writes them as text."""

    name: str
    columns: list[str]
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        return f"tables/{self.name}.copy"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Manifest:
    made_at: str
    # Of the service, and of PostgreSQL.
    release: str
    postgresql: str
    # Those applied, as (app, name): they say which tables there are.
    migrations: list[tuple[str, str]]
    tables: list[Part]
    # Tables whose rows are left out on purpose.
    left_out: list[str]
    # The last number that each gave, and whether it gave it yet.
    sequences: dict[str, tuple[int, bool]]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.tables)

    def written(self) -> bytes:
        document = {"format": FORMAT, "format_version": VERSION, **dataclasses.asdict(self)}
        return json.dumps(document, indent=1, ensure_ascii=False).encode()


def read_manifest(content: bytes) -> Manifest:
    """Raises `UnableToRestore` for a file of another kind or of a later format."""
    try:
        document = json.loads(content)
    except ValueError:
        raise Damaged(f"{NAME} is damaged: it is no JSON.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UnableToRestore(f"This is no backup of Concordance: its {NAME} does not say {FORMAT}.")
    if document.get("format_version") != VERSION:
        raise UnableToRestore(
            f"The backup has format {document.get('format_version')!r}, and this release reads format {VERSION}. "
            "Restore it with the release that made it, or a later one."
        )
    found = next(jsonschema.Draft202012Validator(_SCHEMA).iter_errors(document), None)
    if found:
        raise Damaged(f"{NAME} is damaged at {found.json_path}: {found.message[:200]}")
    return Manifest(
        made_at=document["made_at"],
        release=document["release"],
        postgresql=document["postgresql"],
        migrations=[(app, name) for app, name in document["migrations"]],
        tables=[
            Part(**{key: one[key] for key in ("name", "columns", "rows", "bytes", "sha256")})
            for one in document["tables"]
        ],
        left_out=document["left_out"],
        sequences={name: (last, called) for name, (last, called) in document["sequences"].items()},
    )
