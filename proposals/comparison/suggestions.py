"""What suggestions for new clauses are made from, loaded from the database."""

from collections.abc import Collection

from parties.models import Party
from parties.readers import Reader
from proposals import alignment
from proposals.comparison.engine_input import engine_clause
from proposals.models import Clause, Measure, Territory, Topic
from proposals.payloads import clause_payloads
from proposals.suggesting import Knowledge
from proposals.suggesting import Measure as KnownMeasure


def knowledge(*, user: Reader | None, without: Collection[str] = ()) -> Knowledge:
    """Names, taxonomy, measures and the coded clauses that the reader may see: a constant number of queries.

    The clauses of the proposals (slugs) in `without` are left out, so that nothing is learnt from them.
    """
    seen = Clause.objects.visible_to(user).exclude(proposal__slug__in=without)
    return Knowledge(
        clauses=[engine_clause(clause) for clause in clause_payloads(seen.in_reading_order(), user=user)],
        topics=[
            alignment.TopicEntry(slug=topic.slug, group=topic.group.slug, name=topic.name, definition=topic.definition)
            for topic in Topic.objects.in_taxonomy_order()
        ],
        parties={
            party.slug: (party.name, *(alias.name for alias in party.aliases.all()))
            for party in Party.objects.in_name_order().with_parts()
        },
        territories={
            place.slug: (place.name, *(alias.name for alias in place.aliases.all()))
            for place in Territory.objects.in_name_order().with_parts()
        },
        measures=[
            KnownMeasure(code=measure.code, kind=measure.kind, name=measure.name)
            for measure in Measure.objects.order_by("code")
        ],
    )
