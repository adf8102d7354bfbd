"""The published contract: answers are held against the OpenAPI document, with no field that it does not name."""

import copy
import functools
import re
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker


@functools.cache
def document() -> dict[str, Any]:
    """The OpenAPI document with every object closed: a field that it does not declare is a fault."""
    return _closed(copy.deepcopy(SchemaGenerator().get_schema(request=None, public=True)))


def check(*, method: str, path: str, status: int, media_type: str, body: Any) -> None:
    """Fails where an answer is not what the document says of this operation, status and media type."""
    responses = _operation(method, path)["responses"]
    # A method that is not there belongs to no operation, and a defect is what "default" stands for.
    declared = responses.get(str(status)) or (responses["default"] if status in (405, 500) else None)
    assert declared, f"{method} {path} does not declare {status}"
    if body is None:
        assert "content" not in declared, f"{method} {path} declares content for {status}"
        return
    bare = media_type.partition(";")[0]
    assert bare in declared["content"], f"{method} {path} does not declare {bare} for {status}"
    schema = {**declared["content"][bare]["schema"], "components": document()["components"]}
    if not bare.endswith("json"):
        # A file is declared as text or as bytes, never with the shape of the JSON.
        assert schema["type"] == "string"
        assert ("format" in schema) == isinstance(body, bytes)
        return
    _hold(body, schema)


def check_taken(*, method: str, path: str, body: Any) -> None:
    """Fails where a body that was accepted is not one that the document says may be sent."""
    (content,) = _operation(method, path)["requestBody"]["content"].values()
    _hold(body, {**content["schema"], "components": document()["components"]})


def _hold(body: Any, schema: dict[str, Any]) -> None:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    faults = [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}" for fault in validator.iter_errors(body)
    ]
    assert not faults, "\n".join(faults[:10])


def _operation(method: str, path: str) -> dict[str, Any]:
    # The longest template first: proposals/{slug}/clauses/ is no proposal.
    for template in sorted(document()["paths"], key=len, reverse=True):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            operations = document()["paths"][template]
            # What is not declared at all is answered by the errors that every operation may give.
            return operations.get(method, next(iter(operations.values())))
    raise AssertionError(f"{path} is not in the OpenAPI document")


def _closed(node: Any) -> Any:
    if isinstance(node, dict):
        if "properties" in node and node.get("type") == "object":
            node.setdefault("additionalProperties", False)
        for value in node.values():
            _closed(value)
    elif isinstance(node, list):
        for value in node:
            _closed(value)
    return node
