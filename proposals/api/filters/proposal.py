"""Parameters of the lists of proposals and clauses."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from parties.api.parameters import CodesFilter, OrderFilter, ParameterSet, RecordsFilter, WordsFilter, YesNoFilter
from proposals.api.filters.records import (
    ClausesFilter,
    by_group,
    by_measure,
    by_party,
    by_process,
    by_proposal,
    by_territory,
    by_topic,
    since,
    until,
)
from proposals.models import Clause, ClauseParty, Confidence, Evidence, Measure, Proposal, ProposalParty, Term
from proposals.querysets import ProposalQuerySet


class CounterpartParameters(ParameterSet):
    """They narrow what `proposals.comparison.counterparts` looks through; dates are those of the other proposals."""

    process = by_process("process")
    proposal = by_proposal("pk")
    date_from = since("last_day")
    date_to = until("date")
    linked = YesNoFilter(method="as_it_is", help_text="Whether the proposal has a linked clause.")
    # The scores are the engine's, so the answer is put into its order there.
    ordering = OrderFilter(default="-score", score=["pk"], date=["pk"])

    def as_it_is(self, queryset: ProposalQuerySet, name: str, wanted: bool) -> ProposalQuerySet:
        """Only the engine knows which proposals have a linked clause."""
        return queryset


class _PartsOfParties(ParameterSet):
    """`party` and `role` speak of one and the same part: a party in that role, not a party and somebody in it."""

    parts: type[ProposalParty] | type[ClauseParty]
    owner: str

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = Q()
        for name in ("party", "role"):
            if values := self.form.cleaned_data.pop(name):
                asked &= self.filters[name].condition(values)
        queryset = super().filter_queryset(queryset)
        return (
            queryset.filter(Exists(self.parts.objects.filter(asked, **{self.owner: OuterRef("pk")})))
            if asked
            else queryset
        )


class ProposalParameters(_PartsOfParties):
    parts = ProposalParty
    owner = "proposal"

    slug = RecordsFilter.by_id(queryset=lambda request: Proposal.objects.visible_to(request.user), noun="proposal")
    process = by_process("process")
    kind = CodesFilter("kind", choices=Proposal.Kind, help_text="Kinds of proposal.")
    text_status = CodesFilter("text_status", choices=Proposal.TextStatus, help_text="How the text is known.")
    clauses_complete = CodesFilter(
        "clauses_complete", choices=Proposal.Completeness, help_text="Whether the clause set is complete."
    )
    outcome = CodesFilter("outcome", choices=Proposal.Outcome, help_text="What became of it.")
    party = by_party("party", help_text="Parties (slugs) to the proposal; with `role`, in that role.")
    role = CodesFilter("role", choices=ProposalParty.Role, help_text="Roles of a party; with `party`, of that party.")
    date_from = since("last_day")
    date_to = until("date")
    q = WordsFilter("title", "short_title", "slug", help_text="Words in the title or slug.")
    ordering = OrderFilter(
        default="date", date=["date", "last_day", "slug"], title=["title"], changed_at=["changed_at", "slug"]
    )


class ProposalClauseParameters(_PartsOfParties):
    """Of the clauses of one proposal."""

    parts = ClauseParty
    owner = "clause"

    topic = by_topic("topic_links__topic", across=True)
    topic_group = by_group("topic_links__topic__group", across=True)
    party = by_party("party", help_text="Parties (slugs) to the clause; with `role`, in that role.")
    role = CodesFilter("role", choices=ClauseParty.Role, help_text="Roles of a party; with `party`, of that party.")
    territory = by_territory("territory_links__territory", across=True)
    modality = CodesFilter("modality", choices=Clause.Modality, help_text="Force of the wording.")
    kind = CodesFilter("kind", choices=Clause.Kind, help_text="Kinds of clause.")
    wording = CodesFilter("wording", choices=Clause.Wording, help_text="What the text is.")
    evidence = CodesFilter("evidence", choices=Evidence, help_text="How much of the source was seen.")
    confidence = CodesFilter("confidence", choices=Confidence, help_text="How sure the record is.")
    has_quantity = YesNoFilter(help_text="Whether the clause sets a quantity.", method="with_quantity")
    measure = by_measure("terms__measure", across=True)
    q = WordsFilter("text", "label", help_text="Words in the text or label.")

    def with_quantity(self, queryset: QuerySet[Clause], name: str, wanted: bool) -> QuerySet[Clause]:
        has = Exists(Term.objects.filter(clause=OuterRef("pk"), kind=Measure.Kind.QUANTITY))
        return queryset.filter(has if wanted else ~has)


class ClauseParameters(ProposalClauseParameters):
    """Of all clauses; dates are those of the proposal."""

    id = ClausesFilter("pk")
    process = by_process("proposal__process")
    proposal = by_proposal("proposal")
    date_from = since("proposal__last_day")
    date_to = until("proposal__date")
    ordering = OrderFilter(
        default="date",
        date=["proposal__date", "proposal__last_day", "proposal__slug", "order"],
        proposal=["proposal__slug", "order"],
    )
