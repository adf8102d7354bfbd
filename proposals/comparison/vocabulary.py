"""The frozen vocabulary that comparisons use, and how a new one is made from what is public."""

from collections.abc import Collection
from functools import lru_cache

from parties.models import Party
from proposals import alignment
from proposals.comparison.engine_input import engine_clause
from proposals.models import Clause, Territory, Topic, VocabularySnapshot
from proposals.payloads import clause_payloads


def current_vocabulary() -> alignment.Vocabulary:
    """The current snapshot, or the empty one where none was frozen. One query, and a second when it is new here."""
    name = VocabularySnapshot.objects.filter(is_current=True).values_list("name", flat=True).first()
    return alignment.EMPTY if name is None else _named(name)


@lru_cache(maxsize=2)
def _named(name: str) -> alignment.Vocabulary:
    # A snapshot never changes under its name, so a process may keep it.
    content = VocabularySnapshot.objects.values_list("content", flat=True).get(name=name)
    return alignment.Vocabulary.from_json(content)


def vocabulary_of_public_records(*, without: Collection[str] = ()) -> alignment.Vocabulary:
    """A vocabulary built anew from the public clauses, the taxonomy and the names of places and parties.

    The clauses of the proposals (slugs) in `without` are left out, so that an engine that uses it has not seen them.
    """
    public = Clause.objects.visible_to(None).exclude(proposal__slug__in=without)
    return alignment.build_vocabulary(
        [engine_clause(clause) for clause in clause_payloads(public.in_reading_order(), user=None)],
        taxonomy=[
            alignment.TopicEntry(slug=topic.slug, group=topic.group.slug, name=topic.name, definition=topic.definition)
            for topic in Topic.objects.in_taxonomy_order()
        ],
        places={
            place.slug: (place.name, *(alias.name for alias in place.aliases.all()))
            for place in Territory.objects.in_name_order().with_parts()
        },
        actors={
            party.slug: (party.name, *(alias.name for alias in party.aliases.all()))
            for party in Party.objects.in_name_order().with_parts()
        },
    )
