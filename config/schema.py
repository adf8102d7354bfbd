"""What the OpenAPI document says on top of the views: the shape of errors, on every operation."""

from pydoc import locate
from typing import Any, cast

from django.db.models import TextChoices
from rest_framework.settings import api_settings

from config.openapi import ENUMS
from config.problem import MEDIA_TYPE
from config.words import FIELDS, TYPES

_FAULT = {
    "type": "object",
    "description": "One bad value: `pointer` is its place in the body, `parameter` its name in the query.",
    "properties": {
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "pointer": {"type": "string"},
        "parameter": {"type": "string"},
    },
    "required": ["detail", "code"],
}
_PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457). `type` is stable; some types have further members.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
    "required": ["type", "title", "status", "detail", "errors"],
    "additionalProperties": True,
}
_MEANINGS = {
    "400": "A value is not valid; each is named in `errors`.",
    "401": "The token is unknown, has expired or was revoked; or there is none where one is needed.",
    "403": "You may not do this; `detail` names the permission that is missing.",
    "404": "There is no such record.",
    "406": "None of the media types that were asked for is offered.",
    "409": "It clashes with another record.",
    "412": "The record has changed since it was read.",
    "415": "The body is not JSON.",
    "428": "`If-Match` is missing.",
    "429": "Too many requests; `Retry-After` says when to go on.",
    "503": "The database does not answer; `Retry-After` says when to try again.",
    "default": "A defect of the service, which has been logged.",
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
_HEADERS = {"429": _RETRY_AFTER, "503": _RETRY_AFTER}
_ETAG = {"ETag": {"description": "Names this state of the answer.", "schema": {"type": "string"}}}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of an answer that you hold: 304 where it is still the answer.",
    "schema": {"type": "string"},
}
_NOT_MODIFIED = {"description": "The answer that you hold is still the answer.", "headers": _ETAG}
_METHODS = {"get", "put", "patch", "post", "delete"}
_SESSION = "cookieAuth"


def inline_null(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: says of an enum that it may be null in place, not by a component of its own."""
    schemas = result["components"]["schemas"]
    null = schemas.pop("Null", None)

    def replaced(node: Any) -> Any:
        if isinstance(node, dict):
            if node == {"$ref": "#/components/schemas/Null"}:
                return null
            return {key: replaced(value) for key, value in node.items()}
        return [replaced(value) for value in node] if isinstance(node, list) else node

    return replaced(result)


def close_requests(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: says of what is sent that a field nobody knows is refused."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
    return result


def name_codes(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: gives the codes that a parameter takes the name that they have in answers.

    Client generators make a type of each enum: without this one more for every parameter of every operation.
    """
    schemas = result["components"]["schemas"]
    named = {name: cast(type[TextChoices], locate(path)) for name, path in ENUMS.items()}
    names = {frozenset(codes.values): name for name, codes in named.items()}

    def named_schema(schema: dict[str, Any]) -> dict[str, Any]:
        if "items" in schema:
            return schema | {"items": named_schema(schema["items"])}
        name = names.get(frozenset(schema.get("enum", ())))
        if name is None:
            return schema
        meanings = "\n".join(f"* `{code}` - {label}" for code, label in named[name].choices)
        schemas.setdefault(name, {"type": "string", "enum": named[name].values, "description": meanings})
        return {"$ref": f"#/components/schemas/{name}"}

    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                parameter["schema"] = named_schema(parameter["schema"])
    return result


def add_words(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: describes types and fields that do not describe themselves, from config/words.py."""
    schemas = result["components"]["schemas"]
    for name, schema in schemas.items():
        if records := schema.get("properties", {}).get("results"):
            kind = records["items"]["$ref"].rpartition("/")[2]
            schema.setdefault("description", f"A page of a list of {kind}.")
            records.setdefault("description", "The records of this page.")
        elif name in TYPES:
            schema.setdefault("description", TYPES[name])
        for field, one in schema.get("properties", {}).items():
            words = FIELDS.get(f"{name}.{field}") or FIELDS.get(field)
            if words and not refers(one):
                one.setdefault("description", words)
    return result


def refers(schema: dict[str, Any]) -> bool:
    """Whether a field is a type of its own, or several of one: the type then says what it is."""
    inner = [schema, schema.get("items"), schema.get("additionalProperties"), *schema.get("oneOf", [])]
    return any(isinstance(one, dict) and "$ref" in one for one in inner)


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: adds the component Problem, and responses that refer to it, to every operation.

    Which errors can happen follows from the method, the address and who may ask; what else an operation may answer it
    declares itself, by status and description alone.
    """
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {"Fault": _FAULT, "Problem": _PROBLEM}
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    for path, operations in result["paths"].items():
        for method in _METHODS & operations.keys():
            responses = operations[method].setdefault("responses", {})
            errors = {status for status in responses if status >= "400"}
            for status in sorted(errors | _possible(path, method, operations[method])):
                described = responses.get(status, {}).get("description") or _MEANINGS[status]
                content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
                responses[status] = {"description": described, "content": content}
                if status in _HEADERS:
                    responses[status]["headers"] = _HEADERS[status]
            for response in responses.values():
                response["description"] = response.get("description") or "The answer."
    return result


def add_conditions(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: says that answers have ETags, and that requests may name one."""
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method == "get":
                operation.setdefault("parameters", []).append(_IF_NONE_MATCH)
                operation["responses"]["304"] = _NOT_MODIFIED
                operation["responses"].get("200", {}).setdefault("headers", {}).update(_ETAG)
    return result


def _possible(path: str, method: str, operation: dict[str, Any]) -> set[str]:
    """The errors that any operation like this one may answer."""
    possible = {"400", "406", "503", "default"}
    security = operation.get("security", [])
    if {} not in security:
        possible.add("403")
    if any(scheme.keys() - {_SESSION} for scheme in security):
        possible.add("401")
    if "{" in path:
        possible.add("404")
    if "requestBody" in operation:
        possible.add("415")
    if "201" in operation["responses"]:
        possible.add("409")
    if api_settings.DEFAULT_THROTTLE_CLASSES:
        possible.add("429")
    return possible
