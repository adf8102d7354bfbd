"""The engine's answer as the document that the API publishes; its shape is part of the contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from proposals import alignment
from proposals.alignment.embedding import Embedder
from proposals.payloads.proposal import SilencePayload


def row_document(
    row: alignment.Row,
    *,
    silences: Mapping[tuple[str, str], SilencePayload],
    positions: Sequence[str],
    disputes: Sequence[str],
) -> dict[str, Any]:
    """One line of the concordance; `silences` are those recorded, by proposal and topic."""
    return {
        "id": row.id,
        "topics": list(row.topics),
        "kind": row.kind,
        "relation": row.relation,
        "absent_from": list(row.absent_from),
        "cells": [
            {
                "proposal": cell.proposal,
                "state": cell.state,
                "topic_regulated": cell.topic_regulated,
                "clauses": list(cell.clauses),
                "silence": silences[cell.proposal, cell.silence.topic] if cell.silence else None,
            }
            for cell in row.cells
        ],
        "links": [link_document(link) for link in row.links],
        "divergences": [divergence_document(divergence) for divergence in row.divergences],
        "element_gaps": [
            {"proposal": gap.proposal, "element": gap.element, "held_by": list(gap.held_by)} for gap in row.element_gaps
        ],
        "positions": list(positions),
        "disputes": list(disputes),
    }


def link_document(link: alignment.Link) -> dict[str, Any]:
    return {
        "left": link.left,
        "right": link.right,
        "relation": link.relation,
        "wider": link.wider,
        "score": link.score,
        "decided_by": link.decided_by,
        "stale": link.stale,
        "reasons": [_members(reason) for reason in link.reasons],
    }


def divergence_document(divergence: alignment.Divergence) -> dict[str, Any]:
    return {
        "kind": divergence.kind,
        "asserted": divergence.asserted,
        "compatible": divergence.compatible,
        "summary": divergence.summary,
        "sides": [_members(side) for side in divergence.sides],
    }


def gap_document(gap: alignment.Gap) -> dict[str, Any]:
    return {
        "kind": gap.kind,
        "row": gap.row,
        "topic": gap.topic or None,
        "element": gap.element or None,
        "absent_from": list(gap.absent_from),
        "present_in": list(gap.present_in),
        "clauses": list(gap.clauses),
        "state": gap.state,
        "nearest": {"clause": gap.nearest[0], "score": gap.nearest[1]} if gap.nearest else None,
    }


def matrix_document(line: alignment.MatrixLine, *, group: str | None) -> dict[str, Any]:
    return {
        "topic": line.topic,
        "group": group,
        "cells": [
            {"proposal": cell.proposal, "state": cell.state, "clauses": list(cell.clauses)} for cell in line.cells
        ],
    }


def summary_document(summary: alignment.Summary) -> dict[str, Any]:
    return {
        "rows_by_kind": dict(summary.rows_by_kind),
        "rows_with_absence": summary.rows_with_absence,
        "links_by_relation": dict(summary.links_by_relation),
        "gaps_by_kind": dict(summary.gaps_by_kind),
        "gaps_by_state": dict(summary.gaps_by_state),
        "coverage": dict(summary.coverage),
    }


def method_document(
    vocabulary: alignment.Vocabulary, embedder: Embedder | None, *, inputs_digest: str
) -> dict[str, Any]:
    method = alignment.DEFAULT
    return {
        "name": method.name,
        "version": method.version,
        "profile": f"{method.profile}, meaning ({embedder.name})" if embedder else method.profile,
        "weights_digest": method.weights_digest,
        "thresholds_digest": method.thresholds_digest,
        "vocabulary": vocabulary.id,
        "inputs_digest": inputs_digest,
    }


def readings_document(
    concordance: alignment.Concordance,
    positions: Sequence[alignment.PositionInput],
    proposals: Sequence[alignment.Proposal],
) -> dict[str, Any]:
    """Common ground, sticking points, what is within reach, and bracketed text."""
    clauses = {clause.id: clause for proposal in proposals for clause in proposal.clauses}
    members = {row.id: [clause for cell in row.cells for clause in cell.clauses] for row in concordance.rows}
    return {
        "common_ground": list(alignment.common_ground(concordance)),
        "sticking_points": [
            {"row": row, "positions": list(statements), "red_lines": list(red_lines)}
            for row, statements, red_lines in alignment.sticking_points(concordance, positions)
        ],
        "within_reach": list(alignment.within_reach(concordance, positions)),
        "bracketed": [
            {
                "row": row,
                # Words of ours stand for words of the text: then the whole is no quotation.
                "reconstruction": any(clauses[clause].wording == "paraphrase" for clause in members[row]),
                "segments": [{"text": one.text, "proposals": list(one.proposals)} for one in segments],
            }
            for row, segments in alignment.bracketed(concordance, clauses)
        ],
    }


def _members(value: alignment.Reason | alignment.Side) -> dict[str, Any]:
    # dataclasses.asdict copies every word and figure, which took half of the time of a document.
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
