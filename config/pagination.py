"""How lists are paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination

if TYPE_CHECKING:
    # REST framework imports this module while it makes its views.
    from rest_framework.request import Request
    from rest_framework.views import APIView


class LimitOffset(LimitOffsetPagination):
    """`limit` (1 to 500, else 50) and `offset`. What is out of bounds is refused, never quietly corrected."""

    default_limit = 50
    max_limit = 500
    # In step with what PostgreSQL takes as an offset.
    _largest_offset = 2**63 - 1

    def page(self, queryset: Any, request: Request) -> Any:
        """The records of the page that is asked for, not loaded yet."""
        faults = {
            name: [f"{name} must be a whole number from {least} to {most}, not {request.query_params[name]!r}."]
            for name, least, most in (
                (self.limit_query_param, 1, self.max_limit),
                (self.offset_query_param, 0, self._largest_offset),
            )
            if name in request.query_params and not _is_within(request.query_params[name], least, most)
        }
        if faults:
            raise ValidationError(faults, code="out_of_range")
        limit, offset = self.get_limit(request) or self.default_limit, self.get_offset(request)
        # The answer is made of these.
        self.request, self.limit, self.offset, self.count = request, limit, offset, self.get_count(queryset)
        return queryset[offset : offset + limit] if offset < self.count else queryset[:0]

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        return list(self.page(queryset, request))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0, "description": "All records that match."},
                "next": address | {"description": "Address of the next page; null on the last."},
                "previous": address | {"description": "Address of the page before; null on the first."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        limit, offset = super().get_schema_operation_parameters(view)
        limit["description"] = f"Records on a page, at most {self.max_limit}."
        offset["description"] = "Records to skip."
        limit["schema"] |= {"minimum": 1, "maximum": self.max_limit, "default": self.default_limit}
        offset["schema"] |= {"minimum": 0, "default": 0}
        return [limit, offset]


def _is_within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most
