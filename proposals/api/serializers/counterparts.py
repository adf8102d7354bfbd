"""What each other proposal holds against one clause: what proposals/comparison/counterparts.py answers."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from proposals.api.codes import CellState, DecidedBy, Side
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.comparison import DivergenceSerializer, NearestSerializer, ReasonSerializer
from proposals.api.serializers.page import PageSerializer
from proposals.api.serializers.proposal import ProposalHeadSerializer, SilenceSerializer
from proposals.models import Decision


class CounterpartSerializer(serializers.Serializer):
    """A clause set against the one asked about: linked to it as in comparisons, or the next best candidate."""

    clause = ClauseSerializer()
    linked = serializers.BooleanField(help_text="Whether both regulate the same matter; false for a candidate.")
    relation = serializers.ChoiceField(
        choices=Decision.Relation.choices, allow_null=True, help_text="Null of a candidate."
    )
    wider = serializers.ChoiceField(
        choices=Side.choices,
        allow_null=True,
        help_text="The side that includes the other: left is the clause asked about, right this one.",
    )
    score = serializers.FloatField(min_value=0, max_value=1)
    decided_by = serializers.ChoiceField(choices=DecidedBy.choices, allow_null=True, help_text="Null of a candidate.")
    stale = serializers.BooleanField(help_text="Whether a clause changed since an editor decided.")
    reasons = ReasonSerializer(many=True)
    divergences = DivergenceSerializer(
        many=True, help_text="Typed differences, with the value of the clause asked about first; none of a candidate."
    )


@extend_schema_serializer(component_name="ProposalCounterparts")
class CounterpartsSerializer(serializers.Serializer):
    """What one other proposal holds against the clause, or how it leaves it out."""

    proposal = ProposalHeadSerializer()
    state = serializers.ChoiceField(
        choices=CellState.choices, help_text="As in the cell of a comparison of the two proposals."
    )
    topic_regulated = serializers.BooleanField(
        help_text="Whether it has other clauses on the leading topic of the clause asked about."
    )
    silence = SilenceSerializer(allow_null=True, help_text="The recorded absence, in state silent.")
    score = serializers.FloatField(
        min_value=0,
        max_value=1,
        help_text="The best of its linked clauses; where there is none, that of `nearest`, or 0.",
    )
    counterparts = CounterpartSerializer(
        many=True, help_text="Linked clauses, the best first; then at most three candidates that are not linked."
    )
    nearest = NearestSerializer(allow_null=True, help_text="The best candidate there, where no clause is linked.")


class LeftOutSerializer(serializers.Serializer):
    """Proposals that were not looked through, since nobody named any and there are too many for one answer."""

    proposals = serializers.IntegerField(min_value=1, help_text="How many.")
    of = serializers.IntegerField(min_value=1, help_text="Of how many other proposals.")
    detail = serializers.CharField(help_text="Which were chosen, and how to ask for others.")


@extend_schema_serializer(many=False, component_name="PaginatedProposalCounterpartsList")
class CounterpartsPageSerializer(PageSerializer):
    results = CounterpartsSerializer(many=True)
    left_out = LeftOutSerializer(
        allow_null=True, help_text="Null where all the proposals that were asked for were looked through."
    )
