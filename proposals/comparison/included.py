"""The records that a comparison refers to, each once, so that a page needs no second request."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from proposals.payloads import (
    ClausePayload,
    DisputePayload,
    PositionPayload,
    ProposalHead,
    group_payloads,
    measure_payloads,
    party_payloads,
    person_payloads,
    source_payloads,
    territory_payloads,
    topic_payloads,
)
from proposals.payloads.proposal import SilencePayload


def include_records(
    *,
    heads: Sequence[ProposalHead],
    clauses: Sequence[ClausePayload],
    silences: Sequence[SilencePayload],
    positions: Sequence[PositionPayload],
    disputes: Sequence[DisputePayload],
    sources: Collection[str] = (),
) -> dict[str, dict[str, Any]]:
    """Clauses and everything that they, the heads, silences, positions and disputes name, by id: 7 queries at most.

    `sources` are further ones.
    """
    topics = _each(
        (clause["topics"] for clause in clauses),
        (silence["topic"] for silence in silences),
        (position["topic"] for position in positions),
        (dispute["topics"] for dispute in disputes),
    )
    parties = _each(
        (head["proposers"] for head in heads),
        (role["party"] for clause in clauses for role in clause["roles"]),
        (party for clause in clauses for term in clause["terms"] for party in (term["subject"], term["whose"])),
        (contest["party"] for clause in clauses for contest in clause["contested"]),
        (position["party"] for position in positions),
    )
    cited = _each(
        sources,
        (clause["sources"] for clause in clauses),
        (silence["source"] for silence in silences),
        (position["source"] for position in positions),
        (claim["source"] for dispute in disputes for claim in dispute["claims"]),
        (about["id"] for dispute in disputes for about in dispute["about"] if about["kind"] == "source"),
    )
    territories = _each(clause["territories"] for clause in clauses)
    measures = _each(term["measure"] for clause in clauses for term in clause["terms"])
    persons = _each(
        (position["person"] for position in positions),
        (about["id"] for dispute in disputes for about in dispute["about"] if about["kind"] == "person"),
    )

    entries = topic_payloads(topics)
    return {
        "clauses": {clause["id"]: clause for clause in clauses},
        "topics": entries,
        "groups": group_payloads({topic["group"] for topic in entries.values()}),
        "parties": party_payloads(parties),
        "persons": person_payloads(persons),
        "territories": territory_payloads(territories),
        "measures": measure_payloads(measures),
        "sources": source_payloads(cited),
        "positions": {one["id"]: one for one in positions},
        "disputes": {one["id"]: one for one in disputes},
    }


def _each(*named: Iterable[str | Collection[str] | None]) -> set[str]:
    """Every id named, however deep; None names nothing."""
    found: set[str] = set()
    for names in named:
        for name in names:
            if isinstance(name, str):
                found.add(name)
            elif name is not None:
                found.update(name)
    return found
