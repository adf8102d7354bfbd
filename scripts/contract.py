"""Holds openapi.yaml against the last released one: what would break the code of whoever uses the API.

    python -m scripts.contract           the breaking changes since the last release: make contract
    python -m scripts.contract release   keeps openapi.yaml as the released one of its version: make release-contract

docs/contract.md says what counts as breaking. specshift compares the documents. It does not look into nullable fields,
maps and references with a description beside them, so they are first written in words that it reads; and what it takes
lightly, or leaves out, and yet breaks a generated client or a strict request, is looked for here.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from specshift.differ import diff_specs
from specshift.models import Change, Severity

ROOT = Path(__file__).resolve().parent.parent
CURRENT = ROOT / "openapi.yaml"
RELEASES = ROOT / "docs" / "releases"
_METHODS = {"get", "put", "patch", "post", "delete"}
_BOUNDS = ("enum", "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
# What specshift warns of and does break nobody: notice given ahead, less to prove, an error that no longer happens.
_HARMLESS = ("Operation has been marked as deprecated", "Server URL removed", "Response '4", "Response '5")

Document = dict[str, Any]


def main(arguments: list[str]) -> int:
    current = load(CURRENT)
    if arguments == ["release"]:
        return _release(current)
    released = last_released()
    found = breaking_changes(load(released), current) if released else []
    for one in found:
        print(one)
    return 1 if found else 0


def load(path: Path) -> Document:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def last_released() -> Path | None:
    """The document of the newest release, or None before the first one."""
    return max(RELEASES.glob("openapi-*.yaml"), key=_version_of_file, default=None)


def breaking_changes(old: Document, new: Document) -> list[str]:
    """Every change that breaks a client of `old`, sorted; none where the major version has moved."""
    if _version(new)[0] > _version(old)[0]:
        return []
    old, new = _plain(old), _plain(new)
    changes = [_told(change) for change in diff_specs(old, new).changes if _breaks(change)]
    return sorted({*changes, *_names(old, new), *_doors(old, new), *_new_bounds(old, new)})


def _release(current: Document) -> int:
    released = last_released()
    target = RELEASES / f"openapi-{current['info']['version']}.yaml"
    if released and (found := breaking_changes(load(released), current)):
        print("\n".join(["A new major version is needed, for these break clients:", *found]), file=sys.stderr)
        return 1
    if target.exists() and load(target) != current:
        print(f"{target.name} is released already; give the changed document a new version.", file=sys.stderr)
        return 1
    RELEASES.mkdir(exist_ok=True)
    target.write_bytes(CURRENT.read_bytes())
    print(f"wrote {target.relative_to(ROOT)}")
    return 0


def _breaks(change: Change) -> bool:
    if change.severity is Severity.INFO:
        return False
    if change.message.startswith("Data type changed") and _only_null(change):
        # An answer may stop being null, and a request may start to.
        gained = "null" in _types(change.new_value)
        return gained == (" > response " in change.location)
    return change.severity is Severity.BREAKING or not change.message.startswith(_HARMLESS)


def _only_null(change: Change) -> bool:
    return _types(change.old_value) ^ _types(change.new_value) == {"null"}


def _types(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


def _told(change: Change) -> str:
    return f"{change.location}: {change.message}"


def _names(old: Document, new: Document) -> Iterator[str]:
    """Names that generated clients have: of operations and of the types that are still there under another name."""
    for place, operation in _operations(old).items():
        renamed = _operations(new).get(place, operation)["operationId"]
        if renamed != operation["operationId"]:
            yield f"{place}: operation id renamed from {operation['operationId']!r} to {renamed!r}."
    for name in old["components"]["schemas"].keys() - new["components"]["schemas"].keys():
        yield f"components: the type {name!r} is gone, or has another name."


def _doors(old: Document, new: Document) -> Iterator[str]:
    """Operations that were open to everybody and no longer are."""
    for place, operation in _operations(old).items():
        after = _operations(new).get(place, operation)
        if {} in operation.get("security", [{}]) and {} not in after.get("security", [{}]):
            yield f"{place}: it needs a login now."


def _new_bounds(old: Document, new: Document) -> Iterator[str]:
    """Bounds on what is sent where there were none; specshift tells those that became narrower."""
    for place, operation in _operations(old).items():
        after = {one["name"]: one for one in _operations(new).get(place, {}).get("parameters", [])}
        for parameter in operation.get("parameters", []):
            if parameter["name"] in after:
                schemas = parameter["schema"], after[parameter["name"]]["schema"]
                yield from _narrowed(f"{place} > parameter {parameter['name']!r}", *schemas, old, new)
    for name, schema in old["components"]["schemas"].items():
        if name.endswith("Request") and name in new["components"]["schemas"]:
            yield from _narrowed(name, schema, new["components"]["schemas"][name], old, new)


def _narrowed(place: str, before: Any, after: Any, old: Document, new: Document) -> Iterator[str]:
    before, after = _resolved(before, old), _resolved(after, new)
    for bound in _BOUNDS:
        if bound in after and bound not in before:
            yield f"{place}: {bound} has been added."
    if "items" in before and "items" in after:
        yield from _narrowed(f"{place}[]", before["items"], after["items"], old, new)
    for name, field in before.get("properties", {}).items():
        # A reference to a type of its own is compared where that type is.
        if name in after.get("properties", {}) and not str(field.get("$ref", "")).endswith("Request"):
            yield from _narrowed(f"{place} > field {name!r}", field, after["properties"][name], old, new)


def _operations(document: Document) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in _METHODS
    }


def _resolved(schema: Any, document: Document) -> Any:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _plain(document: Document) -> Document:
    """The document without examples, and with nullable fields, maps and described references as plain schemas."""

    def plain(node: Any) -> Any:
        if isinstance(node, list):
            return [plain(one) for one in node]
        if not isinstance(node, dict):
            return node
        rest = {key: plain(value) for key, value in node.items() if key not in ("allOf", "oneOf", "examples")}
        (inner,) = node.get("allOf", [None]) if len(node.get("allOf", [None])) == 1 else [None]
        if inner is not None:
            return {**plain(_resolved(inner, document)), **rest}
        variants = node.get("oneOf", [])
        if len(variants) == 2 and {"type": "null"} in variants:
            (inner,) = [one for one in variants if one != {"type": "null"}]
            inner = plain(_resolved(inner, document))
            return {**inner, **rest, "type": [inner.get("type", "object"), "null"]}
        rest |= {key: plain(node[key]) for key in ("allOf", "oneOf") if key in node}
        if isinstance(rest.get("additionalProperties"), dict):
            rest["properties"] = {**rest.get("properties", {}), "*": rest.pop("additionalProperties")}
        return rest

    return {**plain(document), "info": document["info"]}


def _version(document: Document) -> tuple[int, ...]:
    return tuple(int(part) for part in document["info"]["version"].split("."))


def _version_of_file(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.stem.removeprefix("openapi-").split("."))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
