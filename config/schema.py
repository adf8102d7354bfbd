"""What the OpenAPI document says on top of the views: the shape of errors, on every operation."""

from typing import Any

from config.problem import MEDIA_TYPE

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
    "403": "Only staff may do this.",
    "404": "There is no such record.",
    "429": "Too many requests from one client; `Retry-After` says when to go on.",
    "default": "Any other error.",
}
_ETAG = {
    "description": "A strong tag of the answer: send it as `If-None-Match` to be told whether it still holds.",
    "schema": {"type": "string"},
}
_METHODS = {"get", "put", "patch", "post", "delete"}


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


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: adds the component Problem, and responses that refer to it, to every operation.

    404 stands where the path names a record, 401 where a token may be sent, 403 where the operation needs one or a
    session, 429 everywhere; what else an operation may answer it declares itself, by status and description alone.
    """
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {"Fault": _FAULT, "Problem": _PROBLEM}
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    for path, operations in result["paths"].items():
        for method in _METHODS & operations.keys():
            possible = {"400", "429", "default"} | ({"404"} if "{" in path else set())
            security = operations[method].get("security", [])
            if any("bearer" in way for way in security):
                possible.add("401")
            if {} not in security:
                possible.add("403")
            responses = operations[method].setdefault("responses", {})
            errors = {status for status in responses if status >= "400"}
            for status in sorted(possible | errors):
                described = responses.get(status, {}).get("description") or _MEANINGS[status]
                content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
                responses[status] = {"description": described, "content": content}
            if method == "get" and not operations[method]["operationId"].startswith("schema"):
                responses["304"] = {"description": "What the reader holds, by its `If-None-Match`, is still so."}
                responses["200"].setdefault("headers", {})["ETag"] = _ETAG
            for response in responses.values():
                response["description"] = response.get("description") or "The answer."
    return result
