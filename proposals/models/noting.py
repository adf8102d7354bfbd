"""Which records' changes are noted in the log of changes, who sees them, and what else moves on with them.

What is hidden is told by the same rules as in proposals/querysets.py; a test holds the two against each other.
"""

from parties.changes import Noted


def _public_proposal(column: str) -> str:
    return f"(SELECT p.stage = 'public' FROM proposals_proposal p WHERE p.id = {column})"


def _public_clause(column: str) -> str:
    return (
        "(SELECT k.stage = 'public' AND p.stage = 'public' FROM proposals_clause k"
        f" JOIN proposals_proposal p ON p.id = k.proposal_id WHERE k.id = {column})"
    )


def _address_of_clause(column: str) -> str:
    return (
        "(SELECT p.slug || '/' || k.key FROM proposals_clause k"
        f" JOIN proposals_proposal p ON p.id = k.proposal_id WHERE k.id = {column})"
    )


def _public_position(alias: str) -> str:
    return (
        f"({alias}.stage = 'public'"
        f" AND ({alias}.proposal_id IS NULL OR {_public_proposal(f'{alias}.proposal_id')})"
        f" AND ({alias}.clause_id IS NULL OR {_public_clause(f'{alias}.clause_id')}))"
    )


def _about_nothing_hidden(table: str, column: str) -> str:
    """Whether all that the record `r` is about, by the rows of `table`, is public."""
    return f"""
        NOT EXISTS (
            SELECT FROM {table} a LEFT JOIN proposals_position s ON s.id = a.position_id
            WHERE a.{column} = r.id AND NOT (
                (a.proposal_id IS NULL OR {_public_proposal("a.proposal_id")})
                AND (a.clause_id IS NULL OR {_public_clause("a.clause_id")})
                AND (a.position_id IS NULL OR {_public_position("s")})
            )
        )
    """


PROCESS = Noted(kind="process", table="proposals_process")
TOPIC_GROUP = Noted(kind="topic_group", table="proposals_topicgroup")
TOPIC = Noted(kind="topic", table="proposals_topic")
TERRITORY = Noted(kind="territory", table="proposals_territory")
MEASURE = Noted(kind="measure", table="proposals_measure", address="r.code", key="code")
SOURCE = Noted(kind="source", table="proposals_source")
VOCABULARY = Noted(kind="vocabulary", table="proposals_vocabularysnapshot", address="r.name", key="")
PROPOSAL = Noted(kind="proposal", table="proposals_proposal", visible="r.stage = 'public'")
CLAUSE = Noted(
    kind="clause",
    table="proposals_clause",
    address=f"{_address_of_clause('r.id')}",
    visible=f"r.stage = 'public' AND {_public_proposal('r.proposal_id')}",
    key="key",
)
POSITION = Noted(kind="position", table="proposals_position", visible=_public_position("r"))
DISPUTE = Noted(
    kind="dispute", table="proposals_dispute", visible=_about_nothing_hidden("proposals_disputeabout", "dispute_id")
)
STATEMENT = Noted(
    kind="statement",
    table="proposals_statement",
    visible=f"""
        r.stage = 'public' AND {_about_nothing_hidden("proposals_statementabout", "statement_id")}
    """,
)
DECISION = Noted(
    kind="decision",
    table="proposals_decision",
    address="r.id::text",
    visible=f"{_public_clause('r.left_id')} AND {_public_clause('r.right_id')}",
    key="",
)

_FLIPPED = """
    SELECT n.id FROM old_rows o JOIN new_rows n ON n.id = o.id
    WHERE (o.stage = 'public') <> (n.stage = 'public')
"""


def _with_clauses(clauses: str, proposals: str) -> str:
    """What names clauses or proposals that came into sight or went out of it: its payload or its own stage changed."""
    positions = f"SELECT id FROM proposals_position WHERE clause_id IN ({clauses}) OR proposal_id IN ({proposals})"
    naming = f"""
        SELECT id FROM proposals_clause WHERE parent_id IN ({clauses}) OR strikes_id IN ({clauses})
        UNION SELECT clause_id FROM proposals_dependency WHERE target_id IN ({clauses})
    """
    about = f"clause_id IN ({clauses}) OR proposal_id IN ({proposals}) OR position_id IN ({positions})"
    decisions = f"SELECT id FROM proposals_decision WHERE left_id IN ({clauses}) OR right_id IN ({clauses})"
    return (
        CLAUSE.note(f"{naming} UNION {clauses}")
        + POSITION.note(f"{positions} UNION {_superseded_by(positions)}")
        + DISPUTE.note(f"SELECT dispute_id FROM proposals_disputeabout WHERE {about}")
        + STATEMENT.note(f"SELECT statement_id FROM proposals_statementabout WHERE {about}")
        + DECISION.note(decisions)
    )


def _superseded_by(positions: str) -> str:
    return f"SELECT id FROM proposals_position WHERE superseded_by_id IN ({positions})"


def _if_flipped(sql: str) -> str:
    return f" IF EXISTS ({_FLIPPED}) THEN {sql} END IF; "


WITH_A_PROPOSAL = _if_flipped(
    _with_clauses(f"SELECT id FROM proposals_clause WHERE proposal_id IN ({_FLIPPED})", _FLIPPED)
    + PROPOSAL.note(f"SELECT proposal_id FROM proposals_lineage WHERE earlier_id IN ({_FLIPPED})")
)
# Whether a decision is stale hangs on the versions of its clauses.
_NEW_VERSION = "SELECT n.id FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE o.version <> n.version"
WITH_A_CLAUSE = _if_flipped(_with_clauses(_FLIPPED, "NULL")) + DECISION.note(
    f"SELECT id FROM proposals_decision WHERE left_id IN ({_NEW_VERSION}) OR right_id IN ({_NEW_VERSION})"
)
# What a position supersedes tells so from its day on, and only while it is in sight.
_ANOTHER_DAY = "SELECT n.id FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE o.date <> n.date"
WITH_A_POSITION = _if_flipped(
    DISPUTE.note(f"SELECT dispute_id FROM proposals_disputeabout WHERE position_id IN ({_FLIPPED})")
    + STATEMENT.note(f"SELECT statement_id FROM proposals_statementabout WHERE position_id IN ({_FLIPPED})")
    + POSITION.note(_superseded_by(_FLIPPED))
) + POSITION.note(_superseded_by(_ANOTHER_DAY))
# A proposal's payload tells the best grade among its sources.
WITH_A_SOURCE = PROPOSAL.note(
    """
    SELECT c.proposal_id FROM proposals_proposalsource c
    JOIN new_rows n ON n.id = c.source_id JOIN old_rows o ON o.id = n.id WHERE o.reliability <> n.reliability
    """
)
