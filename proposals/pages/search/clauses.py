"""Clauses as a search finds them: narrowed down, ranked, marked, and counted by what they can be narrowed down to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, ClauseParty, ClauseTerritory, ClauseTopic
from proposals.pages.records.facts import Named, label_of
from proposals.pages.records.places import Places
from proposals.pages.search.asked import Asked
from proposals.payloads import ClausePayload, clause_payloads_by_pk, proposal_payloads
from proposals.querysets import ClauseQuerySet
from proposals.rendering.clauses import ShownClause, shown_clause
from proposals.rendering.headings import Heading, heading_of
from proposals.search import ClauseSearch, Facet, FacetPayload, Match, Segment, facet_counts, marked, matches

# Places where a clause matches, but for its text and label, whose words are marked.
_FOUND_IN: Mapping[str, str | Promise] = {
    "condition": _("in the condition"),
    "number": _("by the number"),
    "party": _("by a name of a party to it"),
    "territory": _("by a name of a place that it touches"),
    "topic": _("by a name of a topic of it"),
    "proposal": _("by a title of its text"),
}
_LONGEST_UNMARKED = 480
_FACETS = ("topic", "party", "territory", "proposal", "modality", "date")
_CODED: Mapping[str, Any] = {"topic": ClauseTopic, "party": ClauseParty, "territory": ClauseTerritory}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundClause:
    """`text` is an excerpt where it is long; where no word of text or label matches, `found` says what does."""

    clause: ShownClause
    heading: Heading
    modality: str
    label: tuple[Segment, ...]
    text: tuple[Segment, ...]
    found: tuple[str, ...]
    places: tuple[Named, ...]


class Clauses:
    """The clauses that a reader asks for; `search` is None where no words are asked for."""

    def __init__(self, asked: Asked, *, search: ClauseSearch | None, user: Reader | None) -> None:
        self._asked, self._search, self._user = asked, search, user
        self._seen = Clause.objects.visible_to(user)

    def page(self, *, limit: int, offset: int) -> tuple[int, tuple[FoundClause, ...]]:
        """How many there are, and those of one page. A constant number of queries."""
        narrowed = self._narrowed()
        if self._search is None:
            clauses = narrowed.in_reading_order()
            payloads = clause_payloads_by_pk(clauses[offset : offset + limit], user=self._user)
            return narrowed.count(), tuple(self._found(list(payloads.values()), matched={}))
        ranked = self._search.best(narrowed, limit=limit, offset=offset)
        payloads = clause_payloads_by_pk(self._seen.filter(pk__in=ranked.ranks), user=self._user)
        best = [(payloads[pk], rank) for pk, rank in ranked.ranks.items() if pk in payloads]
        found = zip(best, matches(self._search, best), strict=True)
        matched = {clause["id"]: match for (clause, _rank), match in found}
        return ranked.count, tuple(self._found([clause for clause, _ in best], matched=matched))

    def count(self) -> int:
        return self._narrowed().count()

    def facets(self) -> dict[str, FacetPayload]:
        """By filter how many clauses each value would leave. One query."""
        facets = [
            Facet(name=name, clauses=self._narrowed(but_for=_of(name)), chosen=[getattr(self._asked, name, "")])
            for name in _FACETS
        ]
        party = [self._asked.party] if self._asked.party else []
        found = facet_counts(facets, party=party, role=[])
        return {name: one for name in _FACETS if (one := found[name]) is not None}

    def _narrowed(self, *, but_for: Collection[str] = ()) -> ClauseQuerySet:
        found: Any = self._search.narrow(self._seen) if self._search else self._seen
        for name, value in self._asked.filters.items():
            if name in but_for:
                continue
            if name in _CODED:
                coded = _CODED[name].objects.filter(**{f"{name}__slug": value})
                found = found.filter(pk__in=coded.values("clause"))
            else:
                found = found.filter(**{_COLUMNS[name]: value})
        narrowed: ClauseQuerySet = found
        return narrowed

    def _found(self, clauses: Sequence[ClausePayload], *, matched: Mapping[str, Match]) -> list[FoundClause]:
        heads = proposal_payloads({one["proposal"] for one in clauses}, user=self._user)
        included = include_records(heads=list(heads.values()), clauses=clauses, silences=[], positions=[], disputes=[])
        parties = {slug: one["name"] for slug, one in included["parties"].items()}
        headings = {slug: heading_of(head, parties=parties) for slug, head in heads.items()}
        places = Places(included["territories"])
        names = [one["label"] for one in clauses]
        labels = marked(self._search, names) if self._search else [[_plain(one)] for one in names]
        return [
            FoundClause(
                clause=shown_clause(one, included=included),
                heading=headings[one["proposal"]],
                modality=label_of(Clause.Modality, one["modality"]),
                label=tuple(label),
                text=_text(one, matched.get(one["id"])),
                found=_where(matched.get(one["id"])),
                places=places.of(one),
            )
            for one, label in zip(clauses, labels, strict=True)
        ]


def _text(clause: ClausePayload, match: Match | None) -> tuple[Segment, ...]:
    if match and "text" in match["fields"]:
        return tuple(match["snippet"])
    # The excerpt of the match is one of the label or the condition.
    return (_plain(str(Truncator(clause["text"]).chars(_LONGEST_UNMARKED))),)


def _where(match: Match | None) -> tuple[str, ...]:
    if match is None or not {"text", "label"}.isdisjoint(match["fields"]):
        return ()
    return tuple(str(_FOUND_IN[name]) for name in match["fields"] if name in _FOUND_IN)


def _plain(text: str) -> Segment:
    return {"text": text, "marked": False}


_COLUMNS = {
    "proposal": "proposal__slug",
    "modality": "modality",
    # Periods that end before the first day, or begin after the last one, are left out.
    "date_from": "proposal__last_day__gte",
    "date_to": "proposal__date__lte",
}


def _of(facet: str) -> tuple[str, ...]:
    return ("date_from", "date_to") if facet == "date" else (facet,)
