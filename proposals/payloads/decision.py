"""An editor's verdict on a pair of clauses."""

import datetime
from typing import TypedDict

from proposals.models import Decision
from proposals.payloads.clause import clause_id


class DecisionPayload(TypedDict):
    id: int
    left: str
    right: str
    verdict: str
    relation: str | None
    note: str | None
    decided_by: str
    decided_at: str
    stale: bool


def decision_payload(decision: Decision) -> DecisionPayload:
    return {
        "id": decision.pk,
        "left": clause_id(decision.left),
        "right": clause_id(decision.right),
        "verdict": decision.verdict,
        "relation": decision.relation or None,
        "note": decision.note or None,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z"),
        "stale": decision.stale,
    }
