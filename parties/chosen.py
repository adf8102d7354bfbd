"""Rows that somebody ticked in a list of the admin."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest


class ChosenAdmin(ModelAdmin):
    """Refuses a list of chosen rows with something in it that can be no row's key; Django's own fails over it."""

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        key = self.opts.pk
        try:
            for value in request.POST.getlist(ACTION_CHECKBOX_NAME):
                key.to_python(value)
        except ValidationError:
            raise BadRequest("These are no rows of this list.") from None
        return super().response_action(request, queryset, *args, **kwargs)
