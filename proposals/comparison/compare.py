"""Laying proposals side by side: load, let the engine judge, and put the answer into its published shape."""

import datetime
import hashlib
from collections.abc import Collection, Sequence
from typing import Any

import orjson

from parties.busy import a_few_at_once
from parties.readers import Reader
from proposals import alignment
from proposals.comparison.document import (
    gap_document,
    matrix_document,
    method_document,
    readings_document,
    row_document,
    summary_document,
)
from proposals.comparison.draft import Draft
from proposals.comparison.embedder import current_embedder
from proposals.comparison.faults import Fault, UnableToCompare, check_selection
from proposals.comparison.included import include_records
from proposals.comparison.loading import Loaded, load, load_decisions
from proposals.comparison.statements import statements_on
from proposals.comparison.vocabulary import current_vocabulary
from proposals.models import Topic
from proposals.payloads import ClausePayload

INCLUDES = ("readings", "positions", "disputes")


@a_few_at_once
def compare(
    *,
    proposals: Sequence[str | Draft],
    user: Reader | None = None,
    topics: Collection[str] = (),
    include: Collection[str] = (),
    as_of: datetime.date | None = None,
) -> dict[str, Any]:
    """The concordance of two to eight proposals, each a slug or a draft, as `user` may see them.

    `topics` filters the finished rows and changes no link. `include` adds `readings`, `positions` and `disputes`;
    `as_of` leaves out statements made later (None: everything recorded). A constant number of queries.

    Raises UnknownProposals or UnableToCompare, naming every fault.
    """
    slugs = [_slug(one) for one in proposals]
    check_selection(slugs)
    _check_topics(topics)
    loaded = load(proposals, user=user)
    decisions = load_decisions([one for one in proposals if isinstance(one, str)], user=user)
    vocabulary = current_vocabulary()
    given = [one.for_engine() for one in loaded]
    embedder = current_embedder()
    concordance = alignment.concord(given, decisions=decisions, vocabulary=vocabulary, embedder=embedder)
    if topics:
        concordance = alignment.on_topics(concordance, topics)
    statements = statements_on(
        concordance.rows,
        user=user,
        as_of=as_of,
        positions="positions" in include or "readings" in include,
        disputes="disputes" in include,
    )
    included = include_records(
        heads=[one.head for one in loaded],
        clauses=_to_show(loaded, concordance) if topics else [clause for one in loaded for clause in one.clauses],
        silences=[silence for one in loaded for silence in one.silences],
        positions=statements.positions,
        disputes=statements.disputes,
    )

    silences = {(one.head["slug"], silence["topic"]): silence for one in loaded for silence in one.silences}
    group_of = {slug: topic["group"] for slug, topic in included["topics"].items()}
    document: dict[str, Any] = {
        "proposals": [one.head for one in loaded],
        "method": method_document(vocabulary, embedder, inputs_digest=_inputs_digest(loaded, decisions)),
        "summary": summary_document(concordance.summary),
        "rows": [
            row_document(
                row,
                silences=silences,
                positions=statements.positions_of[row.id] if "positions" in include else (),
                disputes=statements.disputes_of[row.id],
            )
            for row in concordance.rows
        ],
        "gaps": [gap_document(gap) for gap in concordance.gaps],
        "matrix": [matrix_document(line, group=group_of.get(line.topic)) for line in concordance.matrix],
    }
    if "readings" in include:
        document["readings"] = readings_document(concordance, statements.for_engine(), given)
    return {**document, "included": included}


def _slug(proposal: str | Draft) -> str:
    return proposal.slug if isinstance(proposal, Draft) else proposal


def _to_show(loaded: Sequence[Loaded], concordance: alignment.Concordance) -> list[ClausePayload]:
    """The clauses of the rows, and those named as nearest to a gap."""
    named = {clause for row in concordance.rows for cell in row.cells for clause in cell.clauses}
    named |= {gap.nearest[0] for gap in concordance.gaps if gap.nearest}
    return [clause for one in loaded for clause in one.clauses if clause["id"] in named]


def _check_topics(topics: Collection[str]) -> None:
    known = set(Topic.objects.filter(slug__in=topics).values_list("slug", flat=True)) if topics else set()
    faults = [Fault("unknown_topic", f"There is no topic {slug}.") for slug in sorted(set(topics)) if slug not in known]
    if faults:
        raise UnableToCompare(faults)


def _inputs_digest(loaded: Sequence[Loaded], decisions: Sequence[alignment.Decision]) -> str:
    """Twelve hex digits that change with anything the engine was given, and not with the asked order."""
    given = sorted(
        ([one.head["slug"], one.head["clauses_complete"], one.clauses, one.silences] for one in loaded),
        key=lambda one: str(one[0]),
    )
    words = orjson.dumps([given, [repr(decision) for decision in decisions]], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(words).hexdigest()[:12]
