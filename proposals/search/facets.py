"""How many clauses each value of a parameter would leave, counted over what all other parameters leave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from proposals.models import Clause, ClauseParty

# The parameters of each facet: its counts take no notice of what is chosen of them.
FACETS: dict[str, tuple[str, ...]] = {
    "topic": ("topic",),
    "party": ("party",),
    "role": ("role",),
    "modality": ("modality",),
    "proposal": ("proposal",),
    "territory": ("territory",),
    "has_quantity": ("has_quantity",),
    "date": ("date_from", "date_to"),
}
MAX_VALUES = 50

# Value, name, role of the party, number of clauses.
_Row = tuple[Any, ...]

# Counted before names are looked up, so that PostgreSQL carries numbers alone.
_LINKED = """
    SELECT '{facet}', r.slug, r.name, NULL, n.number
    FROM (
        SELECT l.{facet}_id AS id, count(*) AS number
        FROM {hits} h JOIN proposals_clause{facet} l ON l.clause_id = h.id GROUP BY l.{facet}_id
    ) n JOIN proposals_{facet} r ON r.id = n.id
"""
# Each has value, name, role and number of clauses; a year is counted for every proposal whose period touches it, as
# date_from and date_to would keep it.
_COUNTS = {
    "topic": _LINKED.replace("{facet}", "topic"),
    "territory": _LINKED.replace("{facet}", "territory"),
    "party": """
        SELECT 'party', p.slug, p.name, n.role, n.number
        FROM (
            SELECT l.party_id, l.role, count(*) AS number
            FROM {hits} h JOIN proposals_clauseparty l ON l.clause_id = h.id
            WHERE cardinality(%s::text[]) = 0 OR l.role = ANY(%s::text[])
            GROUP BY l.party_id, l.role
            UNION ALL
            SELECT c.party_id, NULL, count(*)
            FROM (
                SELECT DISTINCT l.clause_id, l.party_id
                FROM {hits} h JOIN proposals_clauseparty l ON l.clause_id = h.id
                WHERE cardinality(%s::text[]) = 0 OR l.role = ANY(%s::text[])
            ) c GROUP BY c.party_id
        ) n JOIN parties_party p ON p.id = n.party_id
    """,
    "role": """
        SELECT 'role', c.role, NULL, NULL, count(*)
        FROM (
            SELECT DISTINCT l.clause_id, l.role
            FROM {hits} h JOIN proposals_clauseparty l ON l.clause_id = h.id
            WHERE cardinality(%s::text[]) = 0
            OR l.party_id IN (SELECT id FROM parties_party WHERE slug = ANY(%s::text[]))
        ) c GROUP BY c.role
    """,
    "modality": """
        SELECT 'modality', h.modality, NULL, NULL, count(*) FROM {hits} h WHERE h.modality <> '' GROUP BY h.modality
    """,
    "proposal": """
        SELECT 'proposal', p.slug, p.short_title, NULL, n.number
        FROM (SELECT h.proposal, count(*) AS number FROM {hits} h GROUP BY h.proposal) n
        JOIN proposals_proposal p ON p.id = n.proposal
    """,
    "has_quantity": """
        SELECT 'has_quantity', CASE WHEN t.clause_id IS NULL THEN 'false' ELSE 'true' END, NULL, NULL, count(*)
        FROM {hits} h LEFT JOIN (SELECT DISTINCT clause_id FROM proposals_term WHERE kind = 'quantity') t
        ON t.clause_id = h.id GROUP BY 2
    """,
    "date": """
        SELECT 'date', to_char(y.year, 'FM0000'), NULL, NULL, sum(n.number)
        FROM (SELECT h.proposal, count(*) AS number FROM {hits} h GROUP BY h.proposal) n
        JOIN proposals_proposal p ON p.id = n.proposal
        CROSS JOIN generate_series(extract(year FROM p.date)::int, extract(year FROM p.last_day)::int) y(year)
        GROUP BY y.year
    """,
}
_NAMES = {
    "role": dict(ClauseParty.Role.choices),
    "modality": dict(Clause.Modality.choices),
    "has_quantity": {"true": "sets a quantity", "false": "sets no quantity"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """A facet to count over `clauses`; `chosen` are the values asked for, told even where they are not the first."""

    name: str
    clauses: QuerySet[Clause]
    chosen: Collection[str] = ()


class FacetPayload(TypedDict):
    values: list[dict[str, Any]]
    rest: int


def facet_counts(
    facets: Sequence[Facet], *, party: Collection[str], role: Collection[str]
) -> dict[str, FacetPayload | None]:
    """Every facet by name, None where it is not asked for. One query.

    `party` and `role` are those chosen: parties are counted by their parts in these roles, and roles by these parties.
    """
    rows = _rows(facets, {"party": list(role), "role": list(party)})
    asked = {facet.name: facet for facet in facets}
    return {name: _payload(asked[name], rows.get(name, [])) if name in asked else None for name in FACETS}


def _rows(facets: Sequence[Facet], narrowed_by: Mapping[str, list[str]]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    hits: dict[str, tuple[str, str, Sequence[Any]]] = {}
    counts: list[str] = []
    parameters: list[Any] = []
    for facet in facets:
        try:
            sql, given = facet.clauses.order_by().values("pk", "modality", "proposal").query.sql_with_params()
        except EmptyResultSet:
            continue
        # Facets of which nothing is chosen are counted over the same clauses.
        name, _, _ = hits.setdefault(f"{sql} {given!r}", (f"hits_{len(hits)}", sql, given))
        counts.append(f"({_COUNTS[facet.name].replace('{hits}', name)})")
        parameters += [narrowed_by.get(facet.name)] * _COUNTS[facet.name].count("%s")
    if not hits:
        return found
    named = ", ".join(f"{name}(id, modality, proposal) AS MATERIALIZED ({sql})" for name, sql, _ in hits.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {named} {' UNION ALL '.join(counts)}",
            [*(one for _, _, given in hits.values() for one in given), *parameters],
        )
        for name, *row in cursor.fetchall():
            found.setdefault(name, []).append(tuple(row))
    return found


def _payload(facet: Facet, rows: Sequence[_Row]) -> FacetPayload:
    totals = [(value, name, int(count)) for value, name, role, count in rows if role is None]
    totals.sort(key=lambda row: (-row[2], row[0]))
    chosen = [row for row in totals if row[0] in facet.chosen]
    others = [row for row in totals if row[0] not in facet.chosen]
    kept = {row[0] for row in [*chosen, *others][:MAX_VALUES]}
    shown = [row for row in totals if row[0] in kept]
    if facet.name in ("date", "has_quantity"):
        shown.sort()
    parts: dict[str, list[dict[str, Any]]] = {}
    for value, _, role, count in sorted(rows, key=lambda row: (-row[3], row[2] or "")):
        if role is not None:
            parts.setdefault(value, []).append({"role": role, "count": int(count)})
    return {
        "values": [
            {"value": value, "name": name or _NAMES.get(facet.name, {}).get(value, value), "count": count}
            | ({"roles": parts.get(value, [])} if facet.name == "party" else {})
            | ({"date_from": f"{value}-01-01", "date_to": f"{value}-12-31"} if facet.name == "date" else {})
            for value, name, count in shown
        ],
        "rest": len(totals) - len(shown),
    }
