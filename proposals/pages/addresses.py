"""Which proposals a reader asks to see, and the addresses of comparisons."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse


def asked_proposals(query: QueryDict) -> list[str]:
    """The slugs named, in order, whether separated by commas or in parameters of their own."""
    parts = (part.strip() for value in query.getlist("proposals") for part in value.split(","))
    return [part for part in parts if part]


def comparison_address(slugs: Sequence[str], **filters: str) -> str:
    """The page that lays these proposals side by side; empty filters are left out."""
    return _address(reverse("pages:compare"), slugs, filters)


def choice_address(slugs: Sequence[str]) -> str:
    """The list of proposals with these ticked."""
    return f"{_address(reverse('pages:compare'), slugs, {})}&q="


def document_address(slugs: Sequence[str]) -> str:
    """The same comparison as the API answers it."""
    return _address(reverse("comparisons"), slugs, {})


def preview_address(slugs: Sequence[str]) -> str:
    """The picture that stands beside a link to this comparison."""
    return _address(reverse("pages:compare-preview"), slugs, {})


def _address(path: str, slugs: Sequence[str], filters: dict[str, str]) -> str:
    query = {"proposals": ",".join(slugs)} | {name: value for name, value in filters.items() if value}
    return f"{path}?{urlencode(query, safe=',')}"


def clause_address(clause_id: str) -> str:
    """The page of a clause by its public id, `{proposal}/{key}`."""
    slug, _, key = clause_id.partition("/")
    return reverse("pages:clause", args=[slug, key])


def topic_address(slug: str) -> str:
    """Which texts regulate the topic."""
    return f"{reverse('pages:coverage')}#topic-{slug}"


def territory_address(slug: str) -> str:
    """The page of a place."""
    return reverse("pages:territory", args=[slug])


def search_address(**asked: str | int) -> str:
    """The search with these words and filters; empty ones are left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    path = reverse("pages:search")
    return f"{path}?{query}" if query else path
