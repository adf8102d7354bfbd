"""Where else a clause stands: the nearest clauses of the other proposals, or how each of these leaves it out."""

import datetime
from dataclasses import asdict
from typing import Any, TypedDict

from django.db.models import Count, Q

from parties.busy import a_few_at_once
from parties.readers import Reader
from proposals import alignment
from proposals.comparison.document import divergence_document
from proposals.comparison.embedder import current_embedder
from proposals.comparison.loading import Loaded, load_decisions, load_stored
from proposals.comparison.vocabulary import current_vocabulary
from proposals.models import Clause, Proposal
from proposals.payloads import ClausePayload, ProposalHead, clause_id
from proposals.payloads.proposal import SilencePayload
from proposals.querysets import ProposalQuerySet

# Pairs of clauses that one answer may score, about as many as those of the largest comparison. Who names no proposals
# is told of the likeliest: choice.py.
MAX_PAIRS = 400_000


class CounterpartPayload(TypedDict):
    """What is null of a candidate that is not linked is said of links alone."""

    clause: ClausePayload
    linked: bool
    relation: str | None
    wider: str | None
    score: float
    decided_by: str | None
    stale: bool
    reasons: list[dict[str, Any]]
    divergences: list[dict[str, Any]]


class NearestPayload(TypedDict):
    clause: str
    score: float


class CounterpartsPayload(TypedDict):
    proposal: ProposalHead
    state: str
    topic_regulated: bool
    silence: SilencePayload | None
    score: float
    counterparts: list[CounterpartPayload]
    nearest: NearestPayload | None


class TooManyPairs(Exception):
    """The proposals asked for hold more clauses than one answer can set against those of the clause's own."""


@a_few_at_once
def counterparts(
    clause: Clause,
    *,
    among: ProposalQuerySet,
    user: Reader | None,
    linked: bool | None = None,
    ordering: str = "-score",
    alone: bool = False,
) -> list[CounterpartsPayload]:
    """What each other proposal of `among` holds against a clause, ordered by `score` or `date` (a minus reverses it).

    `linked` keeps the proposals that have a linked clause, or those that have none. Nothing is said of a placeholder,
    whose content is not known: the list is empty. A constant number of queries; the clause's own proposal is aligned
    with each of the others, and the alignments of small ones are remembered. `alone` is for proposals that were chosen
    for this clause: the next one will hardly have the same. Raises TooManyPairs.
    """
    if clause.kind == Clause.Kind.PLACEHOLDER:
        return []
    own = clause.proposal.slug
    last_days = _with_own(clause, among, user)
    loaded = load_stored(last_days, user=user)
    decisions = load_decisions(loaded, user=user)
    vocabulary, embedder = current_vocabulary(), current_embedder()
    asked = loaded[own].for_engine()
    found = []
    for slug, other in loaded.items():
        if slug == own:
            continue
        held = alignment.counterparts(
            clause_id(clause),
            asked,
            other.for_engine(),
            decisions=decisions,
            vocabulary=vocabulary,
            embedder=embedder,
            alone=alone,
        )
        if linked is None or bool(held.links) is linked:
            found.append(_payload(held, other))
    return _ordered(found, ordering)


def _with_own(clause: Clause, among: ProposalQuerySet, user: Reader | None) -> dict[str, datetime.date]:
    """The clause's own proposal and all of `among`, by date, with their last days, as far as they are within bounds."""
    both = Proposal.objects.filter(Q(pk=clause.proposal_id) | Q(pk__in=among.values("pk"))).in_date_order()
    named = list(both.values_list("pk", "slug", "last_day"))
    # By their keys: from the condition PostgreSQL would expect half of the collection, and read all of it.
    seen = Clause.objects.visible_to(user).filter(proposal__in=[pk for pk, *_ in named])
    counts = seen.aggregate(all=Count("pk"), own=Count("pk", filter=Q(proposal=clause.proposal_id)))
    mine, others = counts["own"], counts["all"] - counts["own"]
    if mine * others > MAX_PAIRS:
        raise TooManyPairs(
            f"That would set {mine:,} clauses against {others:,}, and one answer scores at most {MAX_PAIRS:,} pairs. "
            "Narrow the proposals by slug, process or dates, or ask for the nearest ones."
        )
    return {slug: last_day for _, slug, last_day in named}


def _ordered(found: list[CounterpartsPayload], ordering: str) -> list[CounterpartsPayload]:
    """Given by date; equal scores stay so, whichever way the scores go."""
    if ordering.removeprefix("-") == "date":
        return found[::-1] if ordering.startswith("-") else found
    return sorted(found, key=lambda one: one["score"], reverse=ordering.startswith("-"))


def _payload(held: alignment.Counterparts, other: Loaded) -> CounterpartsPayload:
    clauses = {one["id"]: one for one in other.clauses}
    silences = {one["topic"]: one for one in other.silences}
    return {
        "proposal": other.head,
        "state": held.state,
        "topic_regulated": held.topic_regulated,
        "silence": silences[held.silence.topic] if held.silence else None,
        "score": held.score,
        "counterparts": [
            *(_linked(link, clauses[link.right]) for link in held.links),
            *(_suggested(one, clauses[one.right]) for one in held.suggestions),
        ],
        "nearest": {"clause": held.nearest[0], "score": held.nearest[1]} if held.nearest else None,
    }


def _linked(link: alignment.Link, clause: ClausePayload) -> CounterpartPayload:
    return {
        "clause": clause,
        "linked": True,
        "relation": link.relation,
        "wider": link.wider,
        "score": link.score,
        "decided_by": link.decided_by,
        "stale": link.stale,
        "reasons": [asdict(reason) for reason in link.reasons],
        "divergences": [divergence_document(divergence) for divergence in link.divergences],
    }


def _suggested(suggestion: alignment.Suggestion, clause: ClausePayload) -> CounterpartPayload:
    return {
        "clause": clause,
        "linked": False,
        "relation": None,
        "wider": None,
        "score": suggestion.score,
        "decided_by": None,
        "stale": False,
        "reasons": [asdict(reason) for reason in suggestion.reasons],
        "divergences": [],
    }
