"""Lookups that indexes answer where those of Django would read every clause."""

from typing import Any

from django.db.models import BigAutoField, CharField, Lookup, TextField


@TextField.register_lookup
@CharField.register_lookup
class HoldsOneOf(Lookup):
    """Matches one of several LIKE patterns, in capital or small letters: unlike icontains, by a trigram index."""

    lookup_name = "holds_one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} ILIKE ANY(%s)", (*parameters, list(self.rhs))


@BigAutoField.register_lookup
class IsOneOf(Lookup):
    """Matches the keys that a queryset gives: unlike `in`, by the index also where it is one of several ways (OR)."""

    lookup_name = "is_one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        right, further = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{right})", (*parameters, *further)
