"""One clause: all that is coded on it, what was said of it, where it comes from, and where else it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from parties.readers import Reader
from proposals.comparison import Choice, TooManyPairs, counterparts, likeliest
from proposals.comparison.included import include_records
from proposals.models import Clause, ClauseParty, Decision, Dependency, Position, Proposal
from proposals.pages.addresses import choice_address, clause_address, topic_address
from proposals.pages.records.elsewhere import Elsewhere, elsewhere
from proposals.pages.records.facts import Fact, Named, fact, known, label_of
from proposals.pages.records.places import Places
from proposals.pages.records.said import (
    ShownDispute,
    ShownPosition,
    disputes_about,
    positions_of,
    short_titles,
    shown_dispute,
    shown_position,
)
from proposals.pages.records.terms import shown_term
from proposals.payloads import ClausePayload, clause_payloads, dispute_payloads, proposal_payloads
from proposals.rendering.clauses import ShownClause, name_in, shown_clause
from proposals.rendering.dates import in_words
from proposals.rendering.headings import Heading, heading_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDecision:
    """An editor's verdict on this clause and another one."""

    other: Named
    verdict: str
    relation: str
    note: str
    decided_by: str
    decided_on: str
    is_stale: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ClausePage:
    """`too_many` says why counterparts are not told; else it is blank. `choice` tells of what was looked through."""

    heading: Heading
    shown: ShownClause
    facts: tuple[Fact, ...]
    previous: Named | None
    following: Named | None
    parent: Named | None
    parts: tuple[Named, ...]
    positions: tuple[ShownPosition, ...]
    disputes: tuple[ShownDispute, ...]
    decisions: tuple[ShownDecision, ...]
    linked: tuple[Elsewhere, ...]
    near: tuple[Elsewhere, ...]
    absent: tuple[Elsewhere, ...]
    too_many: str
    choice: Choice
    choice_address: str


def clause_page(clause: Clause, *, user: Reader | None) -> ClausePage:
    """The page of a clause loaded with its proposal. A constant number of queries, besides those of the alignments."""
    slug = clause.proposal.slug
    (coded,) = clause_payloads(Clause.objects.filter(pk=clause.pk), user=user)
    head = proposal_payloads([slug], user=user)[slug]
    positions = positions_of(Position.objects.filter(clause=clause), user=user)
    disputes = dispute_payloads(disputes_about(user, clause=clause))
    included = include_records(
        heads=[head], clauses=[coded], silences=[], positions=list(positions.values()), disputes=list(disputes.values())
    )
    titles = short_titles(positions.values())
    others, too_many, choice = _elsewhere(clause, user=user)
    parties = {party: one["name"] for party, one in included["parties"].items()}
    previous, following, parent, parts = _neighbours(clause, user=user)
    return ClausePage(
        heading=heading_of(head, parties=parties),
        shown=shown_clause(coded, included=included),
        facts=known(_facts(clause, coded, included=included, user=user)),
        previous=previous,
        following=following,
        parent=parent,
        parts=parts,
        positions=tuple(shown_position(one, included=included, titles=titles) for one in positions.values()),
        disputes=tuple(shown_dispute(one, included=included) for one in disputes.values()),
        decisions=tuple(_decisions(clause, user=user)),
        linked=tuple(one for one in others if one.linked),
        near=tuple(one for one in others if one.near and not one.linked),
        absent=tuple(one for one in others if not one.linked),
        too_many=too_many,
        choice=choice,
        choice_address=choice_address([slug]),
    )


def _elsewhere(clause: Clause, *, user: Reader | None) -> tuple[tuple[Elsewhere, ...], str, Choice]:
    choice = likeliest(clause, among=Proposal.objects.visible_to(user), user=user)
    try:
        found = counterparts(clause, among=choice.among, user=user, ordering="date", alone=bool(choice.left_out))
    except TooManyPairs as fault:
        return (), str(fault), choice
    return elsewhere(found, own=clause.proposal.slug), "", choice


def _neighbours(
    clause: Clause, *, user: Reader | None
) -> tuple[Named | None, Named | None, Named | None, tuple[Named, ...]]:
    """The clauses before, after, above and below it in its text; one query."""
    seen = Clause.objects.visible_to(user).filter(proposal=clause.proposal_id).in_reading_order()
    rows = list(seen.values_list("pk", "parent", "key", "number", "label"))
    named = {pk: _named(clause.proposal.slug, *row) for pk, _, *row in rows}
    keys = list(named)
    place = keys.index(clause.pk)
    return (
        named[keys[place - 1]] if place else None,
        named[keys[place + 1]] if place + 1 < len(keys) else None,
        named.get(clause.parent_id) if clause.parent_id else None,
        tuple(named[pk] for pk, parent, *_ in rows if parent == clause.pk),
    )


def _named(slug: str, key: str, number: str, label: str, note: str = "") -> Named:
    shown = "" if number in ("", "unknown") else f"{number} "
    return Named(text=f"{shown}{label}", address=clause_address(f"{slug}/{key}"), note=note)


def _facts(clause: Clause, coded: ClausePayload, *, included: Mapping[str, Any], user: Reader | None) -> Iterable[Fact]:
    other = _other_clauses(clause, coded, user=user)
    yield fact(gettext("Force of the wording"), label_of(Clause.Modality, coded["modality"]))
    for role in ClauseParty.Role:
        bound = [one["party"] for one in coded["roles"] if one["role"] == role]
        yield fact(role.label, *(_party(slug, included=included) for slug in bound))
    yield fact(gettext("Figures and dates"), *(shown_term(term, included=included) for term in coded["terms"]))
    yield fact(gettext("Condition"), coded["condition"])
    yield fact(gettext("Effect in law"), label_of(Clause.LegalEffect, coded["legal_effect"]))
    yield fact(gettext("Extent"), label_of(Clause.Extent, coded["extent"]))
    yield fact(gettext("Permanence"), label_of(Clause.Permanence, coded["permanence"]))
    topics = (Named(text=name_in(included["topics"], slug), address=topic_address(slug)) for slug in coded["topics"])
    yield fact(gettext("Topics"), *topics)
    yield fact(gettext("Places"), *Places(included["territories"]).of(coded))
    if coded["strikes"]:
        yield fact(gettext("Strikes out"), other.get(coded["strikes"]))
    for tie in coded["depends_on"]:
        target = other.get(tie["clause"])
        yield fact(
            Dependency.Relation(tie["relation"]).label,
            target and Named(text=target.text, address=target.address, note=tie["note"] or ""),
        )
    yield fact(gettext("Other clauses that hang on it"), *_dependants(clause, user=user))
    yield fact(gettext("Struck out by"), *_struck_by(clause, user=user))
    for contest in coded["contested"]:
        name = gettext("Contested by %(party)s") % {"party": name_in(included["parties"], contest["party"])}
        yield fact(name, contest["objection"])
    yield fact(gettext("Note"), coded["note"])
    yield fact(gettext("Where in the source"), coded["locator"])


def _party(slug: str, *, included: Mapping[str, Any]) -> Named:
    return Named(text=name_in(included["parties"], slug), address=reverse("pages:party", args=[slug]))


def _other_clauses(clause: Clause, coded: ClausePayload, *, user: Reader | None) -> dict[str, Named]:
    """By id the clauses that it refers to; one query, and none where it refers to none."""
    if not coded["depends_on"] and not coded["strikes"]:
        return {}
    named = Clause.objects.visible_to(user).filter(Q(dependants__clause=clause) | Q(struck_by=clause)).distinct()
    rows = named.values_list("proposal__slug", "key", "number", "label", "proposal__short_title")
    return {
        f"{slug}/{key}": _named(slug, key, number, label, note="" if slug == clause.proposal.slug else title)
        for slug, key, number, label, title in rows
    }


def _dependants(clause: Clause, *, user: Reader | None) -> Iterable[Named]:
    ties = Dependency.objects.filter(target=clause, clause__in=Clause.objects.visible_to(user))
    for tie in ties.select_related("clause__proposal").order_by("clause__order", "pk"):
        one = tie.clause
        relation = str(Dependency.Relation(tie.relation).label)
        note = f"{relation}: {tie.note}" if tie.note else relation
        yield _named(one.proposal.slug, one.key, one.number, one.label, note=note)


def _struck_by(clause: Clause, *, user: Reader | None) -> Iterable[Named]:
    found = Clause.objects.visible_to(user).filter(strikes=clause).in_reading_order()
    for row in found.values_list("proposal__slug", "key", "number", "label", "proposal__short_title"):
        yield _named(*row)


def _decisions(clause: Clause, *, user: Reader | None) -> Iterable[ShownDecision]:
    found = Decision.objects.visible_to(user).filter(Q(left=clause) | Q(right=clause))
    for decision in found.with_parts().in_order():
        other = decision.right if decision.left_id == clause.pk else decision.left
        yield ShownDecision(
            other=_named(other.proposal.slug, other.key, other.number, other.label, note=other.proposal.short_title),
            verdict=decision.get_verdict_display(),
            relation=decision.get_relation_display() if decision.relation else "",
            note=decision.note,
            decided_by=decision.decided_by,
            decided_on=in_words(decision.decided_at.date().isoformat(), "day"),
            is_stale=decision.stale,
        )
