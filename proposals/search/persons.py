"""Persons by the words of a query. No clause names one, so they are found for positions and for their own pages."""

from collections.abc import Iterator

from django.db.models import Q

from parties.models import Person, PersonAlias
from parties.querysets import PersonQuerySet
from proposals.search.terms import Term


def persons_named(term: Term) -> PersonQuerySet:
    """Those with the term in their name or an alias, as whole words or as the beginning of one."""
    pattern = "|".join(_patterns(term))
    aliases = PersonAlias.objects.filter(name__iregex=pattern)
    return Person.objects.filter(Q(name__iregex=pattern) | Q(pk__in=aliases.values("person")))


def _patterns(term: Term) -> Iterator[str]:
    """Of words, which hold letters and digits alone."""
    for words in term.spellings:
        spaced = r"\W+".join(words)
        yield rf"\m{spaced}" if term.begins_words else rf"\m{spaced}\M"
