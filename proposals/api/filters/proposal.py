"""Parameters of the list of proposals."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from drf_spectacular.drainage import set_override

from parties.api.parameters import (
    CodesFilter,
    OrderFilter,
    ParameterSet,
    RecordsFilter,
    WordsFilter,
    YesNoFilter,
    fault,
)
from proposals.api.filters.parts import PartsOfParties
from proposals.api.filters.records import (
    by_group,
    by_party,
    by_process,
    by_proposal,
    by_source,
    by_territory,
    by_topic,
    since,
    until,
)
from proposals.comparison import MOST_NEAREST
from proposals.models import Clause, Proposal, ProposalParty, ProposalSource, Source
from proposals.querysets import ProposalQuerySet


class _NearestField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_NEAREST):
            raise fault("out_of_range", f"nearest must be a whole number from 1 to {MOST_NEAREST}, not {text!r}.")
        return int(text) if text else None


class _NearestFilter(django_filters.Filter):
    """Read by the view: which proposals are near hangs on the clause."""

    field_class = _NearestField

    def __init__(self) -> None:
        help_text = (
            "Only so many proposals, those likeliest to hold a counterpart: by the rarest words of the clause, and its "
            "leading topic and parties. This choice is approximate, links are not. For large collections."
        )
        super().__init__("pk", help_text=help_text)
        schema = {"type": "integer", "minimum": 1, "maximum": MOST_NEAREST}
        set_override(self, "field", schema | {"description": help_text})

    def filter(self, qs: ProposalQuerySet, value: int | None) -> ProposalQuerySet:
        return qs


class CounterpartParameters(ParameterSet):
    """They narrow what `proposals.comparison.counterparts` looks through; dates are those of the other proposals."""

    process = by_process("process")
    proposal = by_proposal("pk")
    date_from = since("last_day")
    date_to = until("date")
    linked = YesNoFilter(method="as_it_is", help_text="Whether the proposal has a linked clause.")
    nearest = _NearestFilter()
    # The scores are the engine's, so the answer is put into its order there.
    ordering = OrderFilter(default="-score", score=["pk"], date=["pk"])

    def as_it_is(self, queryset: ProposalQuerySet, name: str, wanted: bool) -> ProposalQuerySet:
        """Only the engine knows which proposals have a linked clause."""
        return queryset


# What is said of a proposal because its clauses say it.
_OF_CLAUSES = ("topic", "topic_group", "territory")


class ProposalParameters(PartsOfParties):
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
    topic = by_topic("topic_links__topic")
    topic_group = by_group("topic_links__topic__group")
    territory = by_territory("territory_links__territory")
    source = by_source("citations__source", across=True)
    reliability = CodesFilter(
        "best_grade", choices=Source.Reliability, help_text="The best grade among its sources, A the best."
    )
    verification = CodesFilter(
        "verification", choices=Proposal.Verification, help_text="How much of the clause set was seen in a source."
    )
    date_from = since("last_day")
    date_to = until("date")
    q = WordsFilter("title", "short_title", "slug", "summary", help_text="Words in the title, slug or summary.")
    ordering = OrderFilter(
        default="date",
        date=["date", "last_day", "slug"],
        title=["title"],
        slug=["slug"],
        changed_at=["changed_at", "slug"],
    )

    def narrow(self, queryset: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        clauses = Clause.objects.visible_to(self.request.user).filter(proposal=OuterRef("pk"))
        for name in _OF_CLAUSES:
            if chosen := values.get(name):
                queryset = queryset.filter(Exists(clauses.filter(self.filters[name].condition(chosen))))
        if values.get("reliability"):
            grades = ProposalSource.objects.filter(proposal=OuterRef("pk")).order_by("source__reliability")
            queryset = queryset.alias(best_grade=Subquery(grades.values("source__reliability")[:1]))
        return super().narrow(queryset, {name: value for name, value in values.items() if name not in _OF_CLAUSES})
