"""The parameters that only lists of clauses have: words searched for in everything, and facets."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.drainage import set_override

from parties.api.parameters import MAX_WORDS, fault
from proposals.models import Clause
from proposals.search import MAX_TERMS, TooManyWords, terms_of

_HELP = (
    "Words that must all match: in the text, label, condition or number, or by a name or alias of a party, territory, "
    "topic or proposal of the clause. A word finds its other forms and longer words that begin with it, another "
    "spelling of the same name, and, only where it is found nowhere, the words most like it. Words in quotation marks "
    f"follow each other. Nothing acts as an operator. At most {MAX_TERMS} words and phrases."
)


class QueryField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            terms_of(text or "")
        except TooManyWords as error:
            raise fault("too_many_words", str(error)) from error
        return text


class SearchFilter(django_filters.Filter):
    """Clauses that match a query; its parameter set keeps the search, which ranks and marks them."""

    field_class = QueryField

    def __init__(self) -> None:
        super().__init__("text", help_text=_HELP, max_length=MAX_WORDS)
        schema = {"type": "string", "minLength": 1, "maxLength": MAX_WORDS, "description": _HELP}
        set_override(self, "field", schema)

    def filter(self, qs: QuerySet[Clause], value: str) -> QuerySet[Clause]:
        return self.parent.search.narrow(qs) if value else qs
