"""The timeline of a topic: what proposals/timeline.py answers."""

from rest_framework import serializers

from proposals.api.codes import DecidedBy, EntryKind, Side
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.comparison import DivergenceSerializer
from proposals.api.serializers.statement import PositionSerializer
from proposals.models import DatePrecision, Decision, Position

_ORDER_CERTAIN = "False where the two periods overlap: then which of them came first is not known for certain."


class ClauseChangeSerializer(serializers.Serializer):
    """A clause set against an earlier one on the topic. What is null is said of linked clauses alone."""

    against = serializers.CharField(help_text="Id of the earlier clause.")
    order_certain = serializers.BooleanField(help_text=_ORDER_CERTAIN)
    linked = serializers.BooleanField(
        help_text="Whether both regulate the same matter. Where not, the earlier one is merely the one directly "
        "before, and nothing is said of a change."
    )
    relation = serializers.ChoiceField(choices=Decision.Relation.choices, allow_null=True)
    wider = serializers.ChoiceField(
        choices=Side.choices,
        allow_null=True,
        help_text="The side that includes the other: left is the earlier clause, right the later one.",
    )
    score = serializers.FloatField(min_value=0, max_value=1, allow_null=True)
    decided_by = serializers.ChoiceField(choices=DecidedBy.choices, allow_null=True)
    stale = serializers.BooleanField(help_text="Whether a clause changed since an editor decided.")
    differs = serializers.BooleanField(
        allow_null=True,
        help_text="Whether they conflict, or an asserted divergence tells them apart: a figure, a date, places, who is "
        "bound, the force, a condition. Other words alone are no difference; `relation` tells whether they agree.",
    )
    divergences = DivergenceSerializer(many=True, help_text="With the value of each side, the earlier one first.")


class PositionChangeSerializer(serializers.Serializer):
    """A position set against the previous one of its party on the topic; of the same person, where there is one.

    Another stance is no change of mind where the two speak of different things.
    """

    against = serializers.CharField(help_text="Id of the earlier position.")
    order_certain = serializers.BooleanField(help_text=_ORDER_CERTAIN)
    same_person = serializers.BooleanField(help_text="Whether the same person is recorded as the speaker of both.")
    same_subject = serializers.BooleanField(
        help_text="Whether both speak of the same clause or proposal, or both of the topic alone."
    )
    stance_before = serializers.ChoiceField(choices=Position.Stance.choices)
    stance_after = serializers.ChoiceField(choices=Position.Stance.choices)
    same_stance = serializers.BooleanField()
    red_line_before = serializers.BooleanField()
    red_line_after = serializers.BooleanField()
    supersedes = serializers.BooleanField(help_text="Whether it is recorded that the later one replaces the earlier.")


class TimelineEntrySerializer(serializers.Serializer):
    """A clause or a position on the topic, on its date; what belongs to the other kind is null."""

    date = serializers.DateField(help_text="First day of the period: the proposal's, or the position's.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices)
    date_end = serializers.DateField(allow_null=True)
    date_text = serializers.CharField(allow_null=True, help_text="For display where the date alone misleads.")
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    proposal = serializers.CharField(allow_null=True, help_text="Slug of the proposal it belongs to or speaks of.")
    clause = ClauseSerializer(allow_null=True)
    clause_change = ClauseChangeSerializer(
        allow_null=True, help_text="Of a clause; null of the first, and of one whose content is not known."
    )
    position = PositionSerializer(allow_null=True)
    position_change = PositionChangeSerializer(allow_null=True, help_text="Of a position; null of the party's first.")
