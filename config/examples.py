"""What the OpenAPI document shows by example: real requests and answers, put on the operations by their ids."""

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from config.problem import MEDIA_TYPE
from proposals.api.examples import Example, examples

_PROBLEM = "problem_"


def attach_examples(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: adds the example of each operation to its answer, its body and its parameters.

    Errors look alike everywhere, so each status has one example that all operations share.
    """
    known = examples()
    problems = {name.removeprefix(_PROBLEM): one for name, one in known.items() if name.startswith(_PROBLEM)}
    result["components"]["examples"] = {
        f"Problem{status}": {"summary": one.summary, "value": one.answer} for status, one in sorted(problems.items())
    }
    for path, operations in result["paths"].items():
        for operation in operations.values():
            for status in problems.keys() & operation["responses"].keys():
                content = operation["responses"][status]["content"][MEDIA_TYPE]
                content["examples"] = {f"Problem{status}": {"$ref": f"#/components/examples/Problem{status}"}}
            if example := known.get(operation["operationId"]):
                _attach(operation, path, example)
    return result


def _attach(operation: dict[str, Any], path: str, example: Example) -> None:
    shown = {"shipped": {"summary": example.summary, "value": example.answer}}
    contents = operation["responses"].get(str(example.status), {}).get("content", {})
    for media_type, content in contents.items():
        # A text is the answer of what is no JSON.
        if ("json" in media_type) != isinstance(example.answer, str):
            content["examples"] = shown
    if example.request.body is not None:
        for content in operation["requestBody"]["content"].values():
            content["examples"] = {"shipped": {"summary": example.summary, "value": example.request.body}}
    address = urlsplit(example.request.path)
    template = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    found = re.fullmatch(template, address.path)
    values = {name: [unquote(value)] for name, value in (found.groupdict() if found else {}).items()}
    values |= parse_qs(address.query)
    for parameter in operation.get("parameters", []):
        if parameter["name"] in values:
            parameter["example"] = _typed(values[parameter["name"]], parameter["schema"])


def _typed(values: list[str], schema: dict[str, Any]) -> Any:
    """The words of an address as what the parameter's schema says they are."""
    match schema.get("type"):
        case "array":
            return [part for value in values for part in value.split(",")]
        case "integer":
            return int(values[0])
        case "boolean":
            return values[0] == "true"
    return values[0]
