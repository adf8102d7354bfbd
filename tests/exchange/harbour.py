"""An invented case in the exchange format: a plan of the Northern Council and the answer of the Coastal Front."""

import copy
from pathlib import Path
from typing import Any

from proposals.exchange.yaml_text import yaml_text

VOCABULARY: dict[str, Any] = {
    "format": "concordance/1",
    "processes": [
        {
            "id": "northern-coast",
            "name": "Northern Coast",
            "summary": "Talks about the old harbour, 2031.",
            "parties": ["coastal-front", "northern-council"],
        }
    ],
    "parties": [
        {"id": "coastal-front", "name": "Coastal Front", "kind": "armed_group"},
        {"id": "league", "name": "League", "kind": "group", "members": [{"party": "northern-council"}]},
        {"id": "mediator", "name": "Mediator", "kind": "role"},
        {
            "id": "northern-council",
            "name": "Northern Council",
            "kind": "state",
            "aliases": ["the Council", {"name": "the upstream clique", "used_by": ["coastal-front"]}],
            "note": "Sits upstream.",
        },
    ],
    "persons": [{"id": "envoy", "name": "Envoy of the Council", "party": "northern-council", "role": "Envoy"}],
    "topic_groups": [{"id": "security", "name": "Security", "definition": "Arms and who carries them."}],
    "topics": [
        {"id": "garrison", "group": "security", "name": "Garrison", "definition": "Its strength.", "core": True},
        {"id": "ceasefire", "group": "security", "name": "Ceasefire", "definition": "A stop to it.", "core": True},
        {"id": "navigation", "group": "security", "name": "Navigation", "definition": "Ships.", "core": False},
    ],
    "territories": [{"id": "old-harbour", "name": "Old harbour", "kind": "area"}],
    "measures": [
        {"id": "garrison_strength", "kind": "quantity", "name": "strength of the garrison"},
        {"id": "harbour_opening", "kind": "date", "name": "day on which the harbour opens"},
        {"id": "withdrawal", "kind": "duration", "name": "time for withdrawal"},
    ],
    "sources": [
        {
            "id": "harbour-gazette",
            "title": "The plan in full",
            "publisher": "Harbour Gazette",
            "date": "2031-05-02",
            "date_precision": "day",
            "access": "full_text",
            "reliability": "B",
        }
    ],
}
PLAN: dict[str, Any] = {
    "id": "council-plan",
    "process": "northern-coast",
    "title": "Three points of the Northern Council",
    "short_title": "Council plan",
    "kind": "points_plan",
    "date": "2031-05-01",
    "date_precision": "day",
    "text_status": "published",
    "clauses_complete": "yes",
    "outcome": "open",
    "parties": {"proposer": ["northern-council"], "mediator": ["mediator"]},
    "sources": ["harbour-gazette"],
    "summary": "A garrison, a harbour, a day.",
    "text_versions": [{"name": "print of 2 May", "source": "harbour-gazette", "followed": True}],
    "silences": [
        {
            "topic": "navigation",
            "reason": "Ships are nowhere named.",
            "checked_by": "two readers",
            "checked_on": "2031-06-01",
        }
    ],
    "clauses": [
        {
            "id": "c01",
            "number": "1",
            "label": "Garrison",
            "text": "The Coastal Front keeps at most 400 men in the old harbour.",
            "modality": "must_not",
            "scope": {"permanence": "permanent"},
            "parties": {"obligated": ["coastal-front"], "beneficiary": ["northern-council"]},
            "topics": ["garrison"],
            "territories": ["old-harbour"],
            "terms": [
                {
                    "kind": "quantity",
                    "measure": "garrison_strength",
                    "subject": "coastal-front",
                    "comparator": "at_most",
                    "value": 400,
                    "unit": "persons",
                }
            ],
            "locator": "point 1",
            "sources": ["harbour-gazette"],
            "evidence": "full_text",
            "confidence": "high",
        },
        {
            "id": "c02",
            "number": "2",
            "label": "Opening",
            "text": "The harbour opens on 1 June 2031, after the garrison is cut.",
            "modality": "must",
            "parties": {"obligated": ["coastal-front"]},
            "topics": ["navigation", "ceasefire"],
            "terms": [
                {"kind": "date", "measure": "harbour_opening", "date": "2031-06-01", "date_precision": "day"},
                {
                    "kind": "duration",
                    "measure": "withdrawal",
                    "comparator": "between",
                    "value": 2.5,
                    "value_max": 10,
                    "unit": "days",
                    "counts_from": "signing",
                    "renewable": False,
                },
            ],
            "condition": "after the garrison is cut",
            "depends_on": [{"clause": "c01", "relation": "after"}],
            "contested": [{"party": "coastal-front", "objection": "The day is too early."}],
            "evidence": "full_text",
            "confidence": "high",
        },
    ],
}
ANSWER: dict[str, Any] = {
    "id": "front-answer",
    "process": "northern-coast",
    "title": "Answer of the Coastal Front",
    "short_title": "Front answer",
    "kind": "counter_proposal",
    "date": "2031-05-20",
    "date_precision": "day",
    "text_status": "leaked",
    "clauses_complete": "partly",
    "outcome": "rejected",
    "parties": {"proposer": ["coastal-front"], "addressee": ["northern-council"]},
    "summary": "A larger garrison.",
    "lineage": [{"relation": "answers", "proposal": "council-plan", "note": "point by point"}],
    "clauses": [
        {
            "id": "c01",
            "number": "1",
            "label": "Garrison",
            "text": "The Coastal Front keeps at most 600 men in the old harbour.",
            "modality": "must_not",
            "topics": ["garrison"],
            "evidence": "page_excerpt",
            "confidence": "medium",
        },
        {
            "id": "c02",
            "number": "2 (deleted)",
            "label": "No opening",
            "text": "The opening of the harbour is struck out.",
            "kind": "deletion",
            "strikes": "council-plan/c02",
            "topics": ["navigation"],
            "evidence": "page_excerpt",
            "confidence": "medium",
        },
        {
            "id": "c03",
            "number": "2a",
            "label": "Pilots",
            "text": "Pilots of the Front guide ships.",
            "parent": "c01",
            "modality": "must",
            "topics": ["navigation"],
            "depends_on": [{"clause": "council-plan/c01", "relation": "if", "note": "if it is kept"}],
            "evidence": "unverified",
            "confidence": "low",
        },
    ],
    "decisions": [
        {
            "clause": "c01",
            "other": "council-plan/c01",
            "verdict": "same_matter",
            "relation": "conflict",
            "note": "Both cap the garrison.",
            "decided_by": "two readers",
            "decided_at": "2031-06-02T10:00:00Z",
        }
    ],
}
STATEMENTS: dict[str, Any] = {
    "format": "concordance/1",
    "positions": [
        {
            "id": "p001",
            "party": "northern-council",
            "person": "envoy",
            "topic": "garrison",
            "proposal": "council-plan",
            "clause": "council-plan/c01",
            "date": "2031-05-01",
            "date_precision": "month",
            "stance": "demands",
            "red_line": True,
            "statement": "Not one man more.",
            "source": "harbour-gazette",
            "locator": "line 4",
            "evidence": "full_text",
            "confidence": "high",
            "superseded_by": "p002",
        },
        {
            "id": "p002",
            "party": "northern-council",
            "topic": "garrison",
            "date": "2031-06-10",
            "date_precision": "day",
            "stance": "open_to",
            "statement": "Some men more, while the talks last.",
            "source": "harbour-gazette",
            "evidence": "full_text",
            "confidence": "high",
            "withdrawn_on": "2031-06-20",
        },
    ],
    "disputes": [
        {
            "id": "d01",
            "subject": "Strength of the garrison",
            "about": [{"clause": "council-plan/c01"}, {"position": "p001"}, {"person": "envoy"}],
            "topics": ["garrison", "ceasefire"],
            "claims": [
                {"value": "400 men", "source": "harbour-gazette", "locator": "line 4"},
                {"value": "450 men", "source": "harbour-gazette", "locator": "line 9"},
            ],
        }
    ],
    "statements": [
        {
            "id": "s001",
            "kind": "cause",
            "subject": "End of the harbour talks",
            "claim": "The talks ended when the pier burned.",
            "person": "envoy",
            "reported_by": "Coast Radio",
            "date": "2031-05-01",
            "date_precision": "month",
            "topics": ["navigation", "ceasefire"],
            "about": [{"clause": "council-plan/c02"}, {"position": "p001"}],
            "source": "harbour-gazette",
            "locator": "line 12",
            "evidence": "full_text",
            "confidence": "high",
        },
        {
            "id": "s002",
            "kind": "judgement",
            "subject": "Prospects of the harbour talks",
            "claim": "The talks will be taken up again.",
            "topics": ["navigation"],
            "source": "harbour-gazette",
            "locator": "line 13",
            "evidence": "full_text",
            "confidence": "high",
        },
    ],
}


def harbour() -> dict[str, dict[str, Any]]:
    """Every file of the case, by name; yours to change."""
    files = {
        "vocabulary.yaml": VOCABULARY,
        "plan.yaml": {"format": "concordance/1", "proposals": [PLAN]},
        "answer.yaml": {"format": "concordance/1", "proposals": [ANSWER]},
        "statements.yaml": STATEMENTS,
    }
    return copy.deepcopy(files)


def write(folder: Path, files: dict[str, dict[str, Any]]) -> Path:
    """The files in a folder, one field a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in files.items():
        (folder / name).write_text(yaml_text(document), encoding="utf-8")
    return folder
