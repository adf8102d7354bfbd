"""What the dump is measured against: every public record, read with one statement written by hand."""

from typing import Any

import orjson
from django.db import connection

from scripts.bench_floor import clause_page

_SEEN_POSITION = """(s.stage = 'public' AND (s.proposal_id IS NULL OR sp.stage = 'public')
    AND (s.clause_id IS NULL OR sc.stage = 'public' AND scp.stage = 'public'))"""
_POSITION_ROWS = """proposals_position s LEFT JOIN proposals_proposal sp ON sp.id = s.proposal_id
    LEFT JOIN proposals_clause sc ON sc.id = s.clause_id LEFT JOIN proposals_proposal scp ON scp.id = sc.proposal_id"""
_SEEN_POSITIONS = f"(SELECT s.id FROM {_POSITION_ROWS} WHERE {_SEEN_POSITION})"


def _list(one: str, rows: str, order: str = 'r."order", r.id') -> str:
    return f"(SELECT coalesce(json_agg({one} ORDER BY {order}), '[]') FROM {rows})"


def _aliases(table: str, owner: str) -> str:
    alias = table.split("_")[1]
    users = _list(
        "u.slug",
        f"{table}_used_by b JOIN parties_party u ON u.id = b.party_id WHERE b.{alias}_id = r.id",
        'u.slug COLLATE "C"',
    )
    one = f"json_build_object('name', r.name, 'used_by', {users})"
    return _list(one, f"{table} r WHERE r.{owner}_id = x.id", "r.id")


def _members(own: str, other: str) -> str:
    one = "json_build_object('party', o.slug, 'starts_on', r.starts_on, 'ends_on', r.ends_on)"
    return _list(
        one, f"parties_membership r JOIN parties_party o ON o.id = r.{other}_id WHERE r.{own}_id = x.id", "r.id"
    )


def _about(table: str, owner: str) -> str:
    one = """json_build_object(
        'kind', CASE WHEN r.proposal_id IS NOT NULL THEN 'proposal' WHEN r.clause_id IS NOT NULL THEN 'clause'
            WHEN r.position_id IS NOT NULL THEN 'position' WHEN r.source_id IS NOT NULL THEN 'source'
            ELSE 'person' END,
        'id', coalesce(p.slug, kp.slug || '/' || k.key, s.slug, o.slug, e.slug))"""
    rows = f"""{table} r LEFT JOIN proposals_proposal p ON p.id = r.proposal_id
        LEFT JOIN proposals_clause k ON k.id = r.clause_id LEFT JOIN proposals_proposal kp ON kp.id = k.proposal_id
        LEFT JOIN proposals_position s ON s.id = r.position_id LEFT JOIN proposals_source o ON o.id = r.source_id
        LEFT JOIN parties_person e ON e.id = r.person_id WHERE r.{owner}_id = x.id"""
    return _list(one, rows)


def _hidden(table: str, owner: str) -> str:
    return f"""(SELECT r.{owner}_id FROM {table} r LEFT JOIN proposals_proposal p ON p.id = r.proposal_id
        LEFT JOIN proposals_clause k ON k.id = r.clause_id LEFT JOIN proposals_proposal kp ON kp.id = k.proposal_id
        WHERE p.stage <> 'public' OR k.stage <> 'public' OR kp.stage <> 'public'
            OR r.position_id IS NOT NULL AND r.position_id NOT IN {_SEEN_POSITIONS})"""


_OF_PROPOSAL = "WHERE r.proposal_id = x.id"
_ROLES = f"proposals_proposalparty r JOIN parties_party y ON y.id = r.party_id {_OF_PROPOSAL}"
_LINEAGE = f"proposals_lineage r JOIN proposals_proposal e ON e.id = r.earlier_id {_OF_PROPOSAL} AND e.stage = 'public'"
_CITED = f"proposals_proposalsource r JOIN proposals_source s ON s.id = r.source_id {_OF_PROPOSAL}"
_VERSIONS = f"proposals_textversion r LEFT JOIN proposals_source s ON s.id = r.source_id {_OF_PROPOSAL}"
_SILENT = f"""proposals_silence r JOIN proposals_topic t ON t.id = r.topic_id
    LEFT JOIN proposals_source s ON s.id = r.source_id {_OF_PROPOSAL}"""
_TIE = "json_build_object('relation', r.relation, 'proposal', e.slug, 'note', nullif(r.note, ''))"
_VERSION = "json_build_object('name', r.name, 'note', nullif(r.note, ''), 'source', s.slug, 'followed', r.followed)"
_SILENCE = """json_build_object('topic', t.slug, 'reason', r.reason, 'checked_by', r.checked_by,
    'checked_on', r.checked_on, 'source', s.slug)"""
_COUNTED = "(SELECT count(*) FROM proposals_clause k WHERE k.proposal_id = x.id AND k.stage = 'public')"
_PROPOSALS = f"""
    SELECT x.slug, x.title, x.short_title, x.kind, x.date, x.date_precision, x.date_end,
        nullif(x.date_text, '') AS date_text, x.text_status, x.clauses_complete, x.outcome,
        {_list("y.slug", f"{_ROLES} AND r.role = 'proposer'")} AS proposers, {_list(_TIE, _LINEAGE)} AS lineage,
        (SELECT min(s.reliability) FROM {_CITED}) AS reliability, {_COUNTED} AS clause_count, c.slug AS process,
        x.summary, nullif(x.date_note, '') AS date_note, nullif(x.outcome_note, '') AS outcome_note,
        nullif(x.proposer_note, '') AS proposer_note, nullif(x.verification, '') AS verification,
        nullif(x.verification_note, '') AS verification_note,
        {_list("json_build_object('role', r.role, 'party', y.slug)", _ROLES)} AS parties,
        {_list(_VERSION, _VERSIONS)} AS text_versions, {_list(_SILENCE, _SILENT, 't.slug COLLATE "C"')} AS silences,
        {_list("s.slug", _CITED)} AS sources, x.stage, x.version,
        to_char(timezone('UTC', x.changed_at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS changed_at
    FROM proposals_proposal x JOIN proposals_process c ON c.id = x.process_id WHERE x.stage = 'public'
    ORDER BY x.date, x.last_day, x.slug, x.id
"""
_POSITIONS = f"""
    SELECT s.slug AS id, y.slug AS party, e.slug AS person, t.slug AS topic, sp.slug AS proposal,
        scp.slug || '/' || sc.key AS clause, s.date, s.date_precision, s.date_end,
        nullif(s.date_text, '') AS date_text, s.stance, s.red_line, s.statement, o.slug AS source,
        nullif(s.locator, '') AS locator, s.evidence, s.confidence, nullif(s.note, '') AS note, s.stage,
        (SELECT slug FROM proposals_position l WHERE l.id = s.superseded_by_id AND l.id IN {_SEEN_POSITIONS})
            AS superseded_by, s.withdrawn_on
    FROM {_POSITION_ROWS} JOIN parties_party y ON y.id = s.party_id JOIN proposals_topic t ON t.id = s.topic_id
    JOIN proposals_source o ON o.id = s.source_id LEFT JOIN parties_person e ON e.id = s.person_id
    WHERE {_SEEN_POSITION} ORDER BY s.date DESC, s.last_day DESC, s.slug, s.id
"""
_CLAIM = "json_build_object('value', r.value, 'source', s.slug, 'locator', nullif(r.locator, ''))"
_CLAIMS = "proposals_disputeclaim r JOIN proposals_source s ON s.id = r.source_id WHERE r.dispute_id = x.id"
_DISPUTED = "proposals_dispute_topics r JOIN proposals_topic t ON t.id = r.topic_id WHERE r.dispute_id = x.id"
_TOLD = "proposals_statementtopic r JOIN proposals_topic t ON t.id = r.topic_id WHERE r.statement_id = x.id"
_STATEMENTS = f"""
    SELECT x.slug AS id, x.kind, x.subject, x.claim,
        CASE WHEN e.id IS NOT NULL THEN json_build_object('kind', 'person', 'id', e.slug)
            WHEN y.id IS NOT NULL THEN json_build_object('kind', 'party', 'id', y.slug) END AS said_by,
        nullif(x.reported_by, '') AS reported_by, x.date, nullif(x.date_precision, '') AS date_precision, x.date_end,
        nullif(x.date_text, '') AS date_text, {_list("t.slug", _TOLD)} AS topics,
        {_about("proposals_statementabout", "statement")} AS about, o.slug AS source, x.locator, x.evidence,
        x.confidence, nullif(x.note, '') AS note
    FROM proposals_statement x JOIN proposals_source o ON o.id = x.source_id
    LEFT JOIN parties_person e ON e.id = x.person_id LEFT JOIN parties_party y ON y.id = x.party_id
    WHERE x.stage = 'public' AND x.id NOT IN {_hidden("proposals_statementabout", "statement")} ORDER BY x.slug, x.id
"""
_MET = "proposals_process_parties r JOIN parties_party y ON y.id = r.party_id WHERE r.process_id = x.id"
_LISTS = {
    "processes": f"""SELECT x.slug, x.name, x.summary, {_list("y.slug", _MET, 'y.slug COLLATE "C"')} AS parties
        FROM proposals_process x ORDER BY x.slug""",
    "parties": f"""SELECT x.slug, x.name, x.kind, {_aliases("parties_partyalias", "party")} AS aliases,
        {_members("bloc", "member")} AS members, {_members("member", "bloc")} AS member_of,
        nullif(x.note, '') AS note FROM parties_party x ORDER BY x.name, x.id""",
    "persons": f"""SELECT x.slug, x.name, y.slug AS party, x.role,
        {_aliases("parties_personalias", "person")} AS aliases, nullif(x.note, '') AS note
        FROM parties_person x JOIN parties_party y ON y.id = x.party_id ORDER BY x.name, x.id""",
    "topic_groups": 'SELECT slug, name, definition FROM proposals_topicgroup ORDER BY "order", slug',
    "topics": """SELECT t.slug, g.slug AS "group", t.name, t.definition, t.core FROM proposals_topic t
        JOIN proposals_topicgroup g ON g.id = t.group_id ORDER BY g."order", t."order", t.slug""",
    "territories": f"""SELECT x.slug, x.name, x.kind, {_aliases("proposals_territoryalias", "territory")} AS aliases,
        nullif(x.note, '') AS note FROM proposals_territory x ORDER BY x.name, x.id""",
    "measures": "SELECT code, kind, name FROM proposals_measure ORDER BY code",
    "sources": """SELECT slug, title, publisher, date, nullif(date_precision, '') AS date_precision,
        nullif(date_note, '') AS date_note, nullif(url, '') AS url, nullif(file, '') AS file, access, reliability,
        nullif(stance_note, '') AS stance_note, nullif(covers, '') AS covers FROM proposals_source ORDER BY slug""",
    "proposals": _PROPOSALS,
    "clauses": "",
    "positions": _POSITIONS,
    "disputes": f"""SELECT x.slug AS id, x.subject, {_about("proposals_disputeabout", "dispute")} AS about,
        {_list("t.slug", _DISPUTED, 't.slug COLLATE "C"')} AS topics, {_list(_CLAIM, _CLAIMS)} AS claims
        FROM proposals_dispute x WHERE x.id NOT IN {_hidden("proposals_disputeabout", "dispute")} ORDER BY x.slug""",
    "statements": _STATEMENTS,
}
_STATEMENT = " UNION ALL ".join(
    f"SELECT '{name}', json_agg(one)::text FROM ({rows}) AS one" for name, rows in _LISTS.items() if rows
)


def dump_records() -> dict[str, list[Any]]:
    """The records of a dump by list, in its order."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT)
        found = {name: orjson.loads(rows) for name, rows in cursor.fetchall()}
    return {name: found[name] if name in found else clause_page(None)[1] for name in _LISTS}
