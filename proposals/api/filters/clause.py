"""Parameters of the lists of clauses."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from parties.api.parameters import CodesFilter, OrderFilter, YesNoFilter, fault
from proposals.api.codes import FacetName, ProposalFacetName
from proposals.api.filters.parts import PartsOfParties
from proposals.api.filters.records import (
    ClausesFilter,
    by_group,
    by_measure,
    by_party,
    by_process,
    by_proposal,
    by_source,
    by_territory,
    by_topic,
    since,
    until,
)
from proposals.api.filters.search import SearchFilter
from proposals.models import Clause, ClauseParty, Confidence, Evidence, Measure, Proposal, Source, Term
from proposals.search import FACETS, ClauseSearch, Facet

_FACETS_HELP = "Counts to answer under `facets`: of each value, over what all other parameters leave."
_ORDER_HELP = "The order; a minus reverses it. Left out: by relevance with q, else in reading order."


class ProposalClauseParameters(PartsOfParties):
    """Of the clauses of one proposal."""

    parts = ClauseParty
    owner = "clause"

    topic = by_topic("topic_links__topic", across=True)
    topic_group = by_group("topic_links__topic__group", across=True)
    party = by_party("party", help_text="Parties (slugs) to the clause; with `role`, in that role.")
    role = CodesFilter("role", choices=ClauseParty.Role, help_text="Roles of a party; with `party`, of that party.")
    contested_by = by_party("contests__party", across=True, help_text="Parties (slugs) that object to the clause.")
    territory = by_territory("territory_links__territory", across=True)
    modality = CodesFilter("modality", choices=Clause.Modality, help_text="Force of the wording.")
    kind = CodesFilter("kind", choices=Clause.Kind, help_text="Kinds of clause.")
    wording = CodesFilter("wording", choices=Clause.Wording, help_text="What the text is.")
    evidence = CodesFilter("evidence", choices=Evidence, help_text="How much of the source was seen.")
    confidence = CodesFilter("confidence", choices=Confidence, help_text="How sure the record is.")
    source = by_source("citations__source", across=True)
    has_quantity = YesNoFilter(help_text="Whether the clause sets a quantity.", method="with_quantity")
    measure = by_measure("terms__measure", across=True)
    q = SearchFilter()
    facets = CodesFilter("facets", choices=ProposalFacetName, help_text=_FACETS_HELP)
    ordering = OrderFilter(default=None, own=["relevance"], help_text=_ORDER_HELP, order=["order"])

    @cached_property
    def search(self) -> ClauseSearch:
        """The query, made ready for the reader who asks; only with `q`."""
        return ClauseSearch(self.form.cleaned_data["q"], user=self.request.user)

    @property
    def searches(self) -> bool:
        return bool(self.form.cleaned_data["q"])

    @property
    def by_relevance(self) -> bool:
        return self.searches and self.form.cleaned_data["ordering"] in ("", "relevance")

    def contradictions(self, values: Mapping[str, Any]) -> Iterator[tuple[str, ValidationError]]:
        yield from super().contradictions(values)
        if values.get("ordering") == "relevance" and not values.get("q"):
            yield "ordering", fault("needs_q", "Clauses are relevant to a query only: give q too.")

    def narrow(self, queryset: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        return super().narrow(queryset, {name: value for name, value in values.items() if name != "facets"})

    def faceted(self, clauses: QuerySet[Clause]) -> list[Facet]:
        """The facets asked for, each with the clauses that all parameters but its own leave of these."""
        values = self.form.cleaned_data
        return [
            Facet(
                name=name,
                clauses=self.narrow(clauses, {key: value for key, value in values.items() if key not in FACETS[name]}),
                chosen=_chosen(name, values),
            )
            for name in dict.fromkeys(values["facets"])
        ]

    def with_quantity(self, queryset: QuerySet[Clause], name: str, wanted: bool) -> QuerySet[Clause]:
        has = Exists(Term.objects.filter(clause=OuterRef("pk"), kind=Measure.Kind.QUANTITY))
        return queryset.filter(has if wanted else ~has)


class ClauseParameters(ProposalClauseParameters):
    """Of all clauses; dates are those of the proposal."""

    id = ClausesFilter("pk")
    process = by_process("proposal__process")
    proposal = by_proposal("proposal")
    proposal_kind = CodesFilter("proposal__kind", choices=Proposal.Kind, help_text="Kinds of proposal.")
    text_status = CodesFilter(
        "proposal__text_status", choices=Proposal.TextStatus, help_text="How the text of the proposal is known."
    )
    reliability = CodesFilter(
        "citations__source__reliability", choices=Source.Reliability, across=True, help_text="Grades of its sources."
    )
    date_from = since("proposal__last_day")
    date_to = until("proposal__date")
    facets = CodesFilter("facets", choices=FacetName, help_text=_FACETS_HELP)
    ordering = OrderFilter(
        default=None,
        own=["relevance"],
        help_text=_ORDER_HELP,
        date=["proposal__date", "proposal__last_day", "proposal__slug", "order"],
        proposal=["proposal__slug", "order"],
    )


def _chosen(facet: str, values: Mapping[str, Any]) -> list[str]:
    chosen = values.get(facet)
    return list(chosen) if isinstance(chosen, list) else []
