"""Clauses of a draft in the shape in which stored clauses are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proposals.exchange.fields import KEY_OR_ADDRESS, full_address
from proposals.models import Clause
from proposals.payloads import ClausePayload
from proposals.payloads.clause import TermPayload
from proposals.splitting import Piece

_LABEL = 60


def draft_payload(slug: str, order: int, key: str, clause: Mapping[str, Any]) -> ClausePayload:
    """A clause in canonical form as a payload; None stands for what a draft does not say."""
    text: str = clause["text"]
    scope = clause.get("scope", {})
    parent, strikes = clause.get("parent"), clause.get("strikes")
    return {
        "id": f"{slug}/{key}",
        "proposal": slug,
        "key": key,
        "parent": f"{slug}/{parent}" if parent else None,
        "order": order,
        "number": clause.get("number"),
        "label": clause.get("label") or _label(text),
        "text": text,
        "wording": clause.get("wording", Clause.Wording.PARAPHRASE),
        "language": clause.get("language", "en"),
        "kind": clause.get("kind", Clause.Kind.COMMITMENT),
        "strikes": strikes,
        "modality": clause.get("modality"),
        "legal_effect": clause.get("legal_effect"),
        "extent": scope.get("extent"),
        "permanence": scope.get("permanence"),
        "condition": clause.get("condition"),
        "roles": [
            {"role": role, "party": party} for role, parties in clause.get("parties", {}).items() for party in parties
        ],
        "topics": clause.get("topics", []),
        "territories": clause.get("territories", []),
        "terms": [_term(term) for term in clause.get("terms", [])],
        "depends_on": [
            {
                "relation": tie["relation"],
                "clause": full_address(tie["clause"], KEY_OR_ADDRESS, slug),
                "note": tie.get("note"),
            }
            for tie in clause.get("depends_on", [])
        ],
        "contested": [
            {"party": contest["party"], "objection": contest["objection"]} for contest in clause.get("contested", [])
        ],
        "note": clause.get("note"),
        "locator": clause.get("locator"),
        "evidence": clause.get("evidence"),
        "confidence": clause.get("confidence"),
        "sources": clause.get("sources", []),
        "stage": None,
    }


def piece_payload(slug: str, order: int, piece: Piece) -> ClausePayload:
    """A piece of plain text as a payload: its own words, and nothing coded on them."""
    words = {"number": piece.number or None, "label": piece.label, "text": piece.text}
    # Pasted words are the words of a text; whose translation they might be is not known.
    return draft_payload(slug, order, f"c{order:02}", {**words, "wording": Clause.Wording.VERBATIM})


def _label(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LABEL else words[:_LABEL].rsplit(" ", 1)[0] + " …"


def _term(term: Mapping[str, Any]) -> TermPayload:
    return {
        "kind": term["kind"],
        "measure": term["measure"],
        "subject": term.get("subject"),
        "comparator": term.get("comparator"),
        "value": term.get("value"),
        "value_max": term.get("value_max"),
        "unit": term.get("unit"),
        "qualifier": term.get("qualifier"),
        "whose": term.get("whose"),
        "counts_from": term.get("counts_from"),
        "renewable": term.get("renewable"),
        "date": term.get("date"),
        "date_precision": term.get("date_precision"),
        "note": term.get("note"),
    }
