"""What answers of the API are measured against: the same public records, read with SQL written by hand."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import connection

Record = dict[str, Any]

_PUBLIC = "c.stage = 'public' AND p.stage = 'public'"
_CLAUSES = f"FROM proposals_clause c JOIN proposals_proposal p ON p.id = c.proposal_id WHERE {_PUBLIC}"
_PAGE = f"""
    SELECT c.id AS pk, p.slug || '/' || c.key AS id, p.slug AS proposal, c.key, c."order",
        nullif(c.number, '') AS number, c.label, c.text, c.wording, c.language, c.kind,
        nullif(c.modality, '') AS modality, nullif(c.legal_effect, '') AS legal_effect, nullif(c.extent, '') AS extent,
        nullif(c.permanence, '') AS permanence, nullif(c.condition, '') AS condition, nullif(c.note, '') AS note,
        nullif(c.locator, '') AS locator, c.evidence, c.confidence, c.stage,
        c.parent_id, c.strikes_id
    {_CLAUSES} AND (%(slugs)s::text[] IS NULL OR p.slug = ANY(%(slugs)s))
    ORDER BY p.date, p.last_day, p.slug, c."order", c.id LIMIT %(limit)s
"""
_TERM = """json_build_object('kind', r.kind, 'measure', m.code, 'subject', s.slug,
    'comparator', nullif(r.comparator, ''), 'value', trim_scale(r.value), 'value_max', trim_scale(r.value_max),
    'unit', nullif(r.unit, ''), 'qualifier', nullif(r.qualifier, ''), 'whose', w.slug,
    'counts_from', nullif(r.counts_from, ''), 'renewable', r.renewable, 'date', r.date,
    'date_precision', nullif(r.date_precision, ''), 'note', nullif(r.note, ''))"""
_TIE = "json_build_object('relation', r.relation, 'clause', p.slug || '/' || c.key, 'note', nullif(r.note, ''))"
_MEASURED = """proposals_term r JOIN proposals_measure m ON m.id = r.measure_id
    LEFT JOIN parties_party s ON s.id = r.subject_id LEFT JOIN parties_party w ON w.id = r.whose_id"""
_TIED = """proposals_dependency r JOIN proposals_clause c ON c.id = r.target_id
    JOIN proposals_proposal p ON p.id = c.proposal_id"""
_LISTS = {
    "roles": (
        "json_build_object('role', r.role, 'party', y.slug)",
        "proposals_clauseparty r JOIN parties_party y ON y.id = r.party_id",
        "true",
    ),
    "topics": ("y.slug", "proposals_clausetopic r JOIN proposals_topic y ON y.id = r.topic_id", "true"),
    "territories": (
        "y.slug",
        "proposals_clauseterritory r JOIN proposals_territory y ON y.id = r.territory_id",
        "true",
    ),
    "terms": (_TERM, _MEASURED, "true"),
    "depends_on": (_TIE, _TIED, _PUBLIC),
    "contested": (
        "json_build_object('party', y.slug, 'objection', r.objection)",
        "proposals_contest r JOIN parties_party y ON y.id = r.party_id",
        "true",
    ),
    "sources": ("y.slug", "proposals_clausesource r JOIN proposals_source y ON y.id = r.source_id", "true"),
}
_STATEMENT = " UNION ALL ".join(
    [
        f"WITH page AS MATERIALIZED ({_PAGE}) SELECT 'clauses', json_agg(page)::text FROM page",
        f"""SELECT 'named', json_object_agg(c.id, p.slug || '/' || c.key)::text {_CLAUSES}
            AND c.id IN (SELECT parent_id FROM page UNION SELECT strikes_id FROM page)""",
        *(
            f"""SELECT '{name}', json_object_agg(pk, found)::text FROM (
                SELECT r.clause_id AS pk, json_agg({one} ORDER BY r."order", r.id) AS found FROM {rows}
                WHERE r.clause_id IN (SELECT pk FROM page) AND {seen} GROUP BY r.clause_id) AS {name}"""
            for name, (one, rows, seen) in _LISTS.items()
        ),
    ]
)


def clause_page(limit: int | None) -> tuple[int, list[Record]]:
    """How many public clauses there are, and the first of them in reading order; None: all."""
    return _rows(f"SELECT count(*) {_CLAUSES}")[0][0], _clauses(limit=limit, slugs=None)


def comparison_records(slugs: Sequence[str]) -> Record:
    """All that a comparison of these proposals is made of, and the records that its clauses name."""
    heads = _rows(_PROPOSALS, slugs=list(slugs))
    clauses = _clauses(limit=None, slugs=list(slugs))
    decisions = _rows(_DECISIONS, slugs=list(slugs))
    vocabulary = _rows("SELECT name FROM proposals_vocabularysnapshot WHERE is_current")
    parties = {role["party"] for clause in clauses for role in clause["roles"]}
    parties |= {term[name] for clause in clauses for term in clause["terms"] for name in ("subject", "whose")}
    return {
        "heads": heads,
        "clauses": clauses,
        "decisions": decisions,
        "vocabulary": vocabulary,
        "topics": _rows(_TOPICS, slugs=_each(clause["topics"] for clause in clauses)),
        "parties": _rows(_PARTIES, slugs=sorted(parties - {None})),
        "territories": _rows(_TERRITORIES, slugs=_each(clause["territories"] for clause in clauses)),
        "measures": _rows(
            "SELECT code, kind, name FROM proposals_measure WHERE code = ANY(%(slugs)s)",
            slugs=_each([term["measure"] for term in clause["terms"]] for clause in clauses),
        ),
        "sources": _rows(_SOURCES, slugs=_each(clause["sources"] for clause in clauses)),
    }


_PROPOSALS = """
    SELECT p.slug, p.title, p.short_title, p.kind, p.date, p.date_precision, p.date_end, p.date_text, p.text_status,
        p.clauses_complete, p.outcome, p.last_day,
        (SELECT json_agg(y.slug ORDER BY r."order", r.id) FROM proposals_proposalparty r
            JOIN parties_party y ON y.id = r.party_id WHERE r.proposal_id = p.id AND r.role = 'proposer'),
        (SELECT json_agg(json_build_array(r.relation, e.slug, r.note) ORDER BY r."order", r.id)
            FROM proposals_lineage r JOIN proposals_proposal e ON e.id = r.earlier_id
            WHERE r.proposal_id = p.id AND e.stage = 'public'),
        (SELECT min(s.reliability) FROM proposals_proposalsource r JOIN proposals_source s ON s.id = r.source_id
            WHERE r.proposal_id = p.id),
        (SELECT json_agg(
                json_build_array(t.slug, r.reason, r.checked_by, r.checked_on, s.slug) ORDER BY t."order", r.id)
            FROM proposals_silence r JOIN proposals_topic t ON t.id = r.topic_id
            LEFT JOIN proposals_source s ON s.id = r.source_id WHERE r.proposal_id = p.id)
    FROM proposals_proposal p WHERE p.stage = 'public' AND p.slug = ANY(%(slugs)s)
"""
_DECISIONS = """
    SELECT lp.slug, l.key, rp.slug, r.key, d.verdict, d.relation, d.note,
        d.left_version <> l.version OR d.right_version <> r.version
    FROM proposals_decision d JOIN proposals_clause l ON l.id = d.left_id JOIN proposals_clause r ON r.id = d.right_id
    JOIN proposals_proposal lp ON lp.id = l.proposal_id JOIN proposals_proposal rp ON rp.id = r.proposal_id
    WHERE lp.slug = ANY(%(slugs)s) AND rp.slug = ANY(%(slugs)s) AND l.stage = 'public' AND r.stage = 'public'
        AND lp.stage = 'public' AND rp.stage = 'public'
    ORDER BY lp.slug, l."order", rp.slug, r."order", d.id
"""
_TOPICS = """
    SELECT t.slug, g.slug, t.name, t.definition, t.core, g.name, g.definition FROM proposals_topic t
    JOIN proposals_topicgroup g ON g.id = t.group_id WHERE t.slug = ANY(%(slugs)s)
    ORDER BY g."order", t."order", t.slug, t.id
"""


def _aliases(table: str, owner: str) -> str:
    return f"""(SELECT json_agg(json_build_array(a.name, (SELECT json_agg(u.slug ORDER BY u.slug)
        FROM {table}_used_by b JOIN parties_party u ON u.id = b.party_id
        WHERE b.{table.split("_")[1]}_id = a.id)) ORDER BY a.id) FROM {table} a WHERE a.{owner}_id = x.id)"""


_MEMBERS = "SELECT json_agg(json_build_array(o.slug, m.starts_on, m.ends_on) ORDER BY m.id) FROM parties_membership m"
_PARTIES = f"""
    SELECT x.slug, x.name, x.kind, x.note, {_aliases("parties_partyalias", "party")},
        ({_MEMBERS} JOIN parties_party o ON o.id = m.member_id WHERE m.bloc_id = x.id),
        ({_MEMBERS} JOIN parties_party o ON o.id = m.bloc_id WHERE m.member_id = x.id)
    FROM parties_party x WHERE x.slug = ANY(%(slugs)s) ORDER BY x.slug
"""
_TERRITORIES = f"""
    SELECT x.slug, x.name, x.kind, x.note, {_aliases("proposals_territoryalias", "territory")}
    FROM proposals_territory x WHERE x.slug = ANY(%(slugs)s) ORDER BY x.slug
"""
_SOURCES = """
    SELECT slug, title, publisher, date, date_precision, date_note, url, file, access, reliability, stance_note, covers
    FROM proposals_source WHERE slug = ANY(%(slugs)s) ORDER BY slug
"""


def _clauses(**asked: Any) -> list[Record]:
    found = {name: orjson.loads(rows or "{}") for name, rows in _rows(_STATEMENT, **asked)}
    for clause in found["clauses"]:
        pk = str(clause.pop("pk"))
        clause["parent"] = found["named"].get(str(clause.pop("parent_id")))
        clause["strikes"] = found["named"].get(str(clause.pop("strikes_id")))
        for name in _LISTS:
            clause[name] = found[name].get(pk, [])
    return list(found["clauses"])


def _rows(sql: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()


def _each(named: Iterable[Iterable[str]]) -> list[str]:
    return sorted({name for names in named for name in names})
