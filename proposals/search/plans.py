"""Asks for a few of the records that match, in the way that is quick however many or few these are.

With a LIMIT, PostgreSQL hopes to meet a match soon and reads the table from its start; where nothing matches, it has
read all of it in vain. Named as a materialised part of the query, the matches come from their index.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from parties.readers import Reader
from proposals.models import Clause


def first_of_each(
    ways: Sequence[QuerySet[Any, Any]], *, columns: Sequence[str], most: int, user: Reader | None
) -> list[tuple[Any, ...]]:
    """For each of `ways` to find clauses (querysets of their keys) its place and `columns` of at most so many clauses.

    Only of clauses that the reader sees. One query, none without ways.
    """
    if not ways:
        return []
    parts, outer = [], []
    parameters: list[Any] = []
    visible_parameters: list[Any] = []
    seen, seen_parameters = Clause.objects.visible_to(user).order_by().values("pk").query.sql_with_params()
    for place, way in enumerate(ways):
        sql, given = way.query.sql_with_params()
        parts.append(f"found_{place}(id) AS MATERIALIZED ({sql})")
        parameters += given
        shown = [str(place), *(f"c.{connection.ops.quote_name(column)}" for column in columns)]
        outer.append(
            f"(SELECT {', '.join(shown)} FROM found_{place} f JOIN proposals_clause c ON c.id = f.id"
            f" WHERE EXISTS (SELECT FROM ({seen}) seen(id) WHERE seen.id = c.id) LIMIT {most})"
        )
        visible_parameters += seen_parameters
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {' UNION ALL '.join(outer)}", [*parameters, *visible_parameters])
        return cursor.fetchall()
