"""The one load plan for comparing: a constant number of queries, however many clauses."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parties.readers import Reader
from proposals import alignment
from proposals.comparison.draft import Draft
from proposals.comparison.engine_input import engine_clause, engine_silence
from proposals.comparison.faults import Fault, UnableToCompare, UnknownProposals, check_size
from proposals.models import Clause, Decision, Proposal
from proposals.payloads import ClausePayload, ProposalHead, clause_id, clause_payloads, proposal_head, proposal_payloads
from proposals.payloads.proposal import SilencePayload


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One proposal, stored or a draft, as the reader sees it. `last_day` is "" where no date is known."""

    head: ProposalHead
    clauses: list[ClausePayload]
    last_day: str = ""
    silences: list[SilencePayload] = field(default_factory=list)

    def for_engine(self) -> alignment.Proposal:
        return alignment.Proposal(
            slug=self.head["slug"],
            date=self.head["date"] or "",
            last_day=self.last_day,
            complete=self.head["clauses_complete"],
            clauses=tuple(engine_clause(clause) for clause in self.clauses),
            silences=tuple(engine_silence(silence) for silence in self.silences),
        )


def load(proposals: Sequence[str | Draft], *, user: Reader | None) -> list[Loaded]:
    """The proposals in the asked order.

    Raises UnknownProposals for slugs of none that the reader may see, and UnableToCompare for a draft under the slug
    of a stored one and for too many clauses.
    """
    visible = Proposal.objects.visible_to(user)
    slugs = [
        one if isinstance(one, str) else one.slug for one in proposals if isinstance(one, str) or not one.stands_in
    ]
    # PostgreSQL refuses a text with a zero byte, so such a name is not even asked for.
    askable = [slug for slug in slugs if "\0" not in slug]
    found = dict(visible.filter(slug__in=askable).values_list("slug", "last_day"))
    named = [(place, one) for place, one in enumerate(proposals) if isinstance(one, str)]
    if any(slug not in found for _, slug in named):
        raise UnknownProposals([one for one in named if one[1] not in found], visible.values_list("slug", flat=True))
    taken = [(place, one) for place, one in enumerate(proposals) if isinstance(one, Draft) and one.slug in found]
    if taken:
        raise UnableToCompare(
            [Fault("slug_taken", f"{one.slug} is a stored proposal; name the draft otherwise.", i) for i, one in taken]
        )

    stored = Clause.objects.visible_to(user).filter(proposal__slug__in=found)
    check_size(stored.count() + sum(len(one.clauses) for one in proposals if isinstance(one, Draft)))
    whole = load_stored(found, user=user)
    return [Loaded(head=one.head(), clauses=one.clauses) if isinstance(one, Draft) else whole[one] for one in proposals]


def load_stored(last_days: Mapping[str, datetime.date], *, user: Reader | None) -> dict[str, Loaded]:
    """Stored proposals by slug, given with their last days, with the clauses that the reader sees."""
    clauses = clauses_of(last_days, user=user)
    payloads = proposal_payloads(last_days, user=user)
    return {
        slug: Loaded(
            head=proposal_head(payloads[slug]),
            last_day=last_day.isoformat(),
            clauses=clauses[slug],
            silences=payloads[slug]["silences"],
        )
        for slug, last_day in last_days.items()
    }


def clauses_of(slugs: Collection[str], *, user: Reader | None) -> dict[str, list[ClausePayload]]:
    """The clauses that the reader sees of these proposals, by slug, in reading order."""
    found: dict[str, list[ClausePayload]] = {slug: [] for slug in slugs}
    stored = Clause.objects.visible_to(user).filter(proposal__slug__in=slugs)
    for clause in clause_payloads(stored.in_reading_order(), user=user):
        found[clause["proposal"]].append(clause)
    return found


def unknown_slugs(named: Sequence[tuple[int, str]], *, user: Reader | None) -> tuple[Fault, ...]:
    """The faults of those slugs, each with its place, that name nothing the reader may see."""
    known = set(Proposal.objects.visible_to(user).values_list("slug", flat=True))
    unknown = [(place, slug) for place, slug in named if slug not in known]
    return UnknownProposals(unknown, known).faults if unknown else ()


def load_decisions(slugs: Iterable[str], *, user: Reader | None) -> list[alignment.Decision]:
    """What editors decided about pairs of these proposals' clauses."""
    decisions = Decision.objects.visible_to(user).between(list(slugs)).with_parts().in_order()
    # Whole clauses and proposals would be loaded for nothing.
    sides = (f"{side}__{field}" for side in ("left", "right") for field in ("key", "version", "proposal__slug"))
    decisions = decisions.only("verdict", "relation", "note", "left_version", "right_version", *sides)
    return [engine_decision(decision) for decision in decisions]


def engine_decision(decision: Decision) -> alignment.Decision:
    """A decision as the engine's value; load it with its clauses and their proposals."""
    return alignment.Decision(
        left=clause_id(decision.left),
        right=clause_id(decision.right),
        same=decision.verdict == Decision.Verdict.SAME_MATTER,
        relation=decision.relation,
        stale=decision.stale,
        note=decision.note,
    )
