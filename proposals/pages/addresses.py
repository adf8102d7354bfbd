"""Which proposals a reader asks to see, and the addresses of comparisons."""

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import get_script_prefix, reverse


def asked_proposals(query: QueryDict) -> list[str]:
    """The slugs named, in order, whether separated by commas or in parameters of their own."""
    parts = (part.strip() for value in query.getlist("proposals") for part in value.split(","))
    return [part for part in parts if part]


def comparison_address(slugs: Sequence[str], **filters: str) -> str:
    """The page that lays these proposals side by side; empty filters are left out."""
    return _address(record_address("compare"), slugs, filters)


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
    return record_address("clause", slug, key)


def record_address(route: str, *slugs: str) -> str:
    """The page of a record by the name of its route. A table has hundreds of them, and `reverse` takes its time."""
    return _pattern(route, len(slugs), get_script_prefix()).format(*slugs)


@cache
def _pattern(route: str, count: int, _prefix: str) -> str:
    """The address with a place for each slug, which needs no quoting in one."""
    places = [f"place-{number}" for number in range(count)]
    address = reverse(f"pages:{route}", args=places).replace("{", "{{").replace("}", "}}")
    for place in places:
        address = address.replace(place, "{}")
    return address


def topic_address(slug: str) -> str:
    """The topic through time."""
    return reverse("pages:topic", args=[slug])


def territory_address(slug: str) -> str:
    """The page of a place."""
    return reverse("pages:territory", args=[slug])


def search_address(**asked: str | int) -> str:
    """The search with these words and filters; empty ones are left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    path = reverse("pages:search")
    return f"{path}?{query}" if query else path
