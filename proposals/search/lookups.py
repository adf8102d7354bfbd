"""A lookup that trigram indexes answer."""

from typing import Any

from django.db.models import CharField, Lookup, TextField


@TextField.register_lookup
@CharField.register_lookup
class HoldsOneOf(Lookup):
    """Matches one of several LIKE patterns, in capital or small letters: unlike icontains, by a trigram index."""

    lookup_name = "holds_one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} ILIKE ANY(%s)", (*parameters, list(self.rhs))
