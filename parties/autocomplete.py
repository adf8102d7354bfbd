"""Suggestions of the admin's fields that say by which name a record was found."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse


class _Picked(AutocompleteMixin):
    """Shows a refused form again with what was picked in it; Django's own fails over a value that is no key."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        keys = [one for one in value if not one or (str(one).isascii() and str(one).isdecimal() and len(str(one)) < 19)]
        return super().optgroups(name, keys, attr)


class Picked(_Picked, AutocompleteSelect):
    pass


class SeveralPicked(_Picked, AutocompleteSelectMultiple):
    pass


class NamedResults(AutocompleteJsonView):
    """A record that was found by an alias is shown with it, or nobody would know why it is there."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        term, *others = super().process_request(request)
        # No name has a NUL, which PostgreSQL cannot even compare with.
        return (term.replace("\0", "\N{REPLACEMENT CHARACTER}"), *others)

    def get_queryset(self) -> QuerySet[Any]:
        records = super().get_queryset()
        return records.prefetch_related("aliases") if hasattr(records.model, "aliases") else records

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        if alias := self._alias(obj, result["text"]):
            result["text"] += f", also {alias}"
        return result

    def _alias(self, obj: Any, name: str) -> str:
        """The alias that has the most of the words that its name lacks; none where the name has them all."""
        lacking = [word for word in self.term.casefold().split() if word not in name.casefold()]
        if not lacking or not hasattr(obj, "aliases"):
            return ""
        found = {alias.name: sum(word in alias.name.casefold() for word in lacking) for alias in obj.aliases.all()}
        best = max(sorted(found), key=lambda alias: found[alias], default="")
        return best if found.get(best) else ""


class NamingSite(AdminSite):
    """The admin's site, whose suggestions say by which name they were found."""

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, NamedResults.as_view(admin_site=self)(request))
