"""Two stored proposals for an editor to review: each pair that the engine links or suggests, and what was decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from parties.readers import Reader
from proposals import alignment
from proposals.comparison.document import divergence_document, matrix_document
from proposals.comparison.embedder import current_embedder
from proposals.comparison.faults import check_selection
from proposals.comparison.included import include_records
from proposals.comparison.loading import Loaded, engine_decision, load
from proposals.comparison.vocabulary import current_vocabulary
from proposals.models import Clause, Decision, ProposalSource
from proposals.payloads import clause_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedPair:
    """Two clauses (ids, the left one of the proposal asked for first) that are linked, suggested or decided on.

    `score`, `relation`, `wider` and `reasons` are those of a comparison and of a clause's counterparts; a pair that was
    refused has no score. `engine_relation` is how the engine relates the two, whatever was decided; None of a clause
    whose content is not known. `divergences` of a pair that is no link are those that it would have as one.
    """

    left: str
    right: str
    linked: bool
    score: float | None
    relation: str | None
    engine_relation: str | None
    wider: str | None
    reasons: Sequence[Mapping[str, Any]]
    divergences: Sequence[Mapping[str, Any]]
    decision: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """`clauses` holds primary key and version of each clause by id; `sources` those of each proposal, main one first.

    `nearest` gives the best candidate of a clause on the other side, with its score. The matrix has two cells a line.
    """

    loaded: tuple[Loaded, Loaded]
    pairs: Sequence[ReviewedPair]
    matrix: Sequence[Mapping[str, Any]]
    nearest: Mapping[str, tuple[str, float]]
    clauses: Mapping[str, tuple[int, int]]
    sources: Mapping[str, Sequence[str]]
    included: Mapping[str, Mapping[str, Any]]


def review(left: str, right: str, *, user: Reader | None) -> Review:
    """The pairs of two proposals (slugs) in reading order, with the clauses and topics of both.

    The links are those that `compare` answers. A constant number of queries. Raises UnknownProposals or
    UnableToCompare.
    """
    slugs = [left, right]
    check_selection(slugs)
    one, two = load(slugs, user=user)
    decisions = list(Decision.objects.visible_to(user).between(slugs).with_parts().in_order())
    given = one.for_engine(), two.for_engine()
    vocabulary, embedder = current_vocabulary(), current_embedder()
    known = [engine_decision(decision) for decision in decisions]
    found = alignment.align(*given, decisions=known, vocabulary=vocabulary, embedder=embedder, suggest=True)
    told = {(link.left, link.right): link for link in found.links}
    suggested = {(near.left, near.right): near for near in found.suggestions}
    decided = {_as_asked(decision, left): decision for decision in decisions}
    places = {clause["id"]: place for place, clause in enumerate((*one.clauses, *two.clauses))}
    pairs = sorted({*told, *suggested, *decided}, key=lambda pair: (places[pair[0]], places[pair[1]]))
    # What the engine says of all of them once they are links, and nothing is said of how they relate.
    same = [alignment.Decision(left=one, right=two, same=True) for one, two in pairs]
    supposed = alignment.align(*given, decisions=same, vocabulary=vocabulary, embedder=embedder)
    as_links = {(link.left, link.right): link for link in supposed.links}
    concordance = alignment.concord(
        given, decisions=known, vocabulary=vocabulary, embedder=embedder, alignments={(left, right): found}
    )
    cited = ProposalSource.objects.filter(proposal__slug__in=slugs).order_by("order", "pk")
    sources: dict[str, list[str]] = {left: [], right: []}
    for proposal, source in cited.values_list("proposal__slug", "source__slug"):
        sources[proposal].append(source)
    versions = Clause.objects.visible_to(user).filter(proposal__slug__in=slugs)
    return Review(
        loaded=(one, two),
        pairs=[
            _pair(pair, told.get(pair), suggested.get(pair), as_links.get(pair), decided.get(pair)) for pair in pairs
        ],
        matrix=[matrix_document(line, group=None) for line in concordance.matrix],
        nearest=found.nearest,
        clauses={
            f"{proposal}/{key}": (pk, version)
            for pk, proposal, key, version in versions.values_list("pk", "proposal__slug", "key", "version")
        },
        sources=sources,
        included=include_records(
            heads=[one.head, two.head],
            clauses=[*one.clauses, *two.clauses],
            silences=[*one.silences, *two.silences],
            positions=[],
            disputes=[],
            sources={source for several in sources.values() for source in several},
        ),
    )


def _as_asked(decision: Decision, left: str) -> tuple[str, str]:
    """The clauses of a decision, that of the proposal `left` first."""
    sides = decision.left, decision.right
    one, two = sides if decision.left.proposal.slug == left else sides[::-1]
    return clause_id(one), clause_id(two)


def _pair(
    pair: tuple[str, str],
    link: alignment.Link | None,
    suggestion: alignment.Suggestion | None,
    as_link: alignment.Link | None,
    decision: Decision | None,
) -> ReviewedPair:
    scored = link or suggestion
    differing = link or as_link
    reasons = scored.reasons if scored else tuple(_of_the_score(as_link))
    return ReviewedPair(
        left=pair[0],
        right=pair[1],
        linked=link is not None,
        score=scored.score if scored else None,
        relation=link.relation if link else None,
        engine_relation=as_link.relation if as_link else None,
        wider=differing.wider if differing else None,
        reasons=[asdict(reason) for reason in reasons],
        divergences=[divergence_document(one) for one in differing.divergences] if differing else [],
        decision=decision,
    )


def _of_the_score(link: alignment.Link | None) -> Iterator[alignment.Reason]:
    """The reasons of a pair that was refused, without that it is the same matter."""
    return (reason for reason in (link.reasons if link else ()) if reason.part != "decision")
