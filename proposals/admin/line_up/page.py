"""The page's data from a review: pairs in the order of the queue, both texts clause by clause, and the gaps."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from proposals.admin.line_up.deciding import state_of_pair
from proposals.admin.line_up.gaps import Gap, gaps_of
from proposals.alignment import DEFAULT
from proposals.comparison import Review, ReviewedPair
from proposals.models import Decision
from proposals.rendering import words
from proposals.rendering.changed_words import Run, changed_words
from proposals.rendering.clauses import ShownClause
from proposals.rendering.headings import Heading, heading_of
from proposals.rendering.lines import Lookup, Point, divergence_point, reason_in_words

# Where a pair stands, in the order of the queue.
STANDINGS = ("stale", "undecided", "decided")


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A clause of a pair; `address` is its page in the admin, `is_changed` that it was since the pair was judged."""

    clause: ShownClause
    column: Heading
    runs: tuple[Run, ...]
    address: str
    history_address: str
    is_changed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was decided, by whom and when."""

    is_same: bool
    relation: str
    words: str
    note: str
    by: str
    at: datetime.datetime
    is_mine: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two clauses with all that bears on whether they regulate one matter; `margin` is how far from the cut it is."""

    anchor: str
    standing: str
    left: Side
    right: Side
    is_linked: bool
    score: str
    margin: float
    relation: str
    engine_relation: str
    wider: str
    points: tuple[Point, ...]
    reasons: tuple[tuple[str, str, str], ...]
    verdict: Verdict | None
    seen: str

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @property
    def name(self) -> str:
        return f"{_name(self.left.clause)} and {_name(self.right.clause)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """Where the other clause of a pair stands on the page, and what became of the pair."""

    anchor: str
    clause: ShownClause
    is_linked: bool
    standing: str
    is_refused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A clause of either text with its counterparts; `nearest` is the best candidate where it has none.

    What the engine would not even suggest is no candidate here.
    """

    anchor: str
    clause: ShownClause
    side: str
    address: str
    partners: tuple[Partner, ...]
    nearest: ShownClause | None
    nearest_score: str

    @property
    def has_counterpart(self) -> bool:
        return any(partner.is_linked for partner in self.partners)


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far the review is. Pairs that are stale are not done."""

    anchor: str
    total: int
    decided: int
    stale: int
    undecided: int
    gaps: int

    @property
    def is_done(self) -> bool:
        return self.total == self.decided


@dataclass(frozen=True, kw_only=True, slots=True)
class LineUp:
    """Everything on the page; `entries` are those of the left text and those of the right one."""

    headings: tuple[Heading, Heading]
    pairs: tuple[Pair, ...]
    entries: tuple[tuple[Entry, ...], tuple[Entry, ...]]
    gaps: tuple[Gap, ...]
    progress: Progress

    @property
    def columns(self) -> tuple[tuple[str, Heading, tuple[Entry, ...]], ...]:
        """Each text under the name of its side."""
        return tuple(zip(("left", "right"), self.headings, self.entries, strict=True))

    def parts(self) -> dict[str, tuple[str, Any]]:
        """What the page is made of by the id of its element: the name of its template, and what goes into it."""
        of_entries = [entry for side in self.entries for entry in side]
        kinds = (("pair", self.pairs), ("entry", of_entries), ("gap", self.gaps), ("progress", [self.progress]))
        return {one.anchor: (kind, one) for kind, several in kinds for one in several}


def lay_out(found: Review, *, user: User) -> LineUp:
    """The whole page as `user` is shown it; no query is made."""
    included = found.included
    names = {slug: party["name"] for slug, party in included["parties"].items()}
    left, right = (heading_of(one.head, parties=names) for one in found.loaded)
    lookup = Lookup({"included": included, "gaps": []}, headings=[left, right])
    pairs = tuple(sorted((_pair(one, found, lookup, user) for one in found.pairs), key=_place_in_queue))
    partners = _partners(pairs)
    gaps = tuple(gaps_of(found, lookup))
    standings = [pair.standing for pair in pairs]
    return LineUp(
        headings=(left, right),
        pairs=pairs,
        entries=(_entries("left", found, partners, lookup), _entries("right", found, partners, lookup)),
        gaps=gaps,
        progress=Progress(
            anchor="progress",
            total=len(pairs),
            decided=standings.count("decided"),
            stale=standings.count("stale"),
            undecided=standings.count("undecided"),
            gaps=sum(gap.silence is None for gap in gaps),
        ),
    )


def anchor_of_pair(left: str, right: str) -> str:
    """The id of a pair's element, by the keys of its clauses; keys hold no underscore."""
    return f"pair__{left}__{right}"


def anchor_of_clause(side: str, key: str) -> str:
    """The id of a clause's element in the text of its side."""
    return f"clause__{side}__{key}"


def _place_in_queue(pair: Pair) -> tuple[int, float]:
    """Stale pairs first, then those nearest to the cut; else in reading order, which a sort leaves alone."""
    return STANDINGS.index(pair.standing), pair.margin if pair.standing == "undecided" else 0.0


def _pair(one: ReviewedPair, found: Review, lookup: Lookup, user: User) -> Pair:
    left, right = lookup.clause(one.left), lookup.clause(one.right)
    decision = one.decision
    runs = changed_words(left, right)
    relation = one.relation or one.engine_relation
    cut = DEFAULT.thresholds["link"]
    return Pair(
        anchor=anchor_of_pair(left.key, right.key),
        standing="undecided" if decision is None else "stale" if decision.stale else "decided",
        left=_side(left, runs[0], decision, found, lookup),
        right=_side(right, runs[1], decision, found, lookup),
        is_linked=one.linked,
        score="" if one.score is None or decision else f"{one.score:.2f}",
        margin=0.0 if one.score is None else round(abs(one.score - cut), 4),
        relation=words.name_of(one.relation, words.RELATIONS) if one.relation else "",
        engine_relation=words.name_of(one.engine_relation, words.RELATIONS) if one.engine_relation else "",
        wider={"left": left.label, "right": right.label}.get(one.wider or "", ""),
        points=tuple(
            divergence_point(point, is_conflict=relation == Decision.Relation.CONFLICT, lookup=lookup)
            for point in one.divergences
        ),
        reasons=tuple(reason_in_words(reason) for reason in one.reasons if reason["part"] != "decision"),
        verdict=verdict_of(decision, user=user) if decision else None,
        seen=state_of_pair(found.clauses[one.left][1], found.clauses[one.right][1], decision),
    )


def _side(clause: ShownClause, runs: tuple[Run, ...], decision: Decision | None, found: Review, lookup: Lookup) -> Side:
    pk, version = found.clauses[clause.id]
    judged = {}
    if decision:
        judged = {decision.left_id: decision.left_version, decision.right_id: decision.right_version}
    return Side(
        clause=clause,
        column=lookup.by_slug[clause.proposal],
        runs=runs,
        address=_address(pk),
        history_address=reverse("admin:proposals_clause_history", args=[pk]),
        is_changed=pk in judged and judged[pk] != version,
    )


def verdict_of(decision: Decision, *, user: User) -> Verdict:
    """A decision as the editor is told of it."""
    is_same = decision.verdict == Decision.Verdict.SAME_MATTER
    relation = f", {decision.get_relation_display()}" if decision.relation else ""
    left_open = ", relation left to the engine" if is_same and not relation else ""
    return Verdict(
        is_same=is_same,
        relation=decision.relation,
        words=f"{decision.get_verdict_display()}{relation}{left_open}",
        note=decision.note,
        by=decision.decided_by,
        at=decision.decided_at,
        is_mine=decision.author_id == user.pk,
    )


def _partners(pairs: Sequence[Pair]) -> Mapping[str, Sequence[Partner]]:
    found = defaultdict(list)
    for pair in pairs:
        for own, other in ((pair.left, pair.right), (pair.right, pair.left)):
            found[own.clause.id].append(
                Partner(
                    anchor=pair.anchor,
                    clause=other.clause,
                    is_linked=pair.is_linked,
                    standing=pair.standing,
                    is_refused=pair.verdict is not None and not pair.verdict.is_same,
                )
            )
    return found


def _entries(side: str, found: Review, partners: Mapping[str, Sequence[Partner]], lookup: Lookup) -> tuple[Entry, ...]:
    loaded = found.loaded[0 if side == "left" else 1]
    told = []
    for payload in loaded.clauses:
        clause = lookup.clause(payload["id"])
        own = sorted(partners.get(clause.id, ()), key=lambda one: not one.is_linked)
        near = None if any(one.is_linked for one in own) else found.nearest.get(clause.id)
        if near and near[1] < DEFAULT.thresholds["suggestion"]:
            near = None
        told.append(
            Entry(
                anchor=anchor_of_clause(side, clause.key),
                clause=clause,
                side=side,
                address=_address(found.clauses[clause.id][0]),
                partners=tuple(own),
                nearest=lookup.clause(near[0]) if near else None,
                nearest_score=f"{near[1]:.2f}" if near else "",
            )
        )
    return tuple(told)


def _address(pk: int) -> str:
    return reverse("admin:proposals_clause_change", args=[pk])


def _name(clause: ShownClause) -> str:
    return f"{clause.number or clause.key} {clause.label}"
