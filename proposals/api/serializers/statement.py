"""Positions of parties, disputes between sources, decisions of editors, and the timeline of a topic."""

from rest_framework import serializers

from proposals.api.codes import AboutKind, EntryKind
from proposals.api.serializers.clause import ClauseSerializer
from proposals.models import Confidence, DatePrecision, Decision, Evidence, Position, Stage


class PositionSerializer(serializers.Serializer):
    id = serializers.CharField()
    party = serializers.CharField(help_text="Slug of the party.")
    person = serializers.CharField(allow_null=True, help_text="Slug of the person who spoke.")
    topic = serializers.CharField(help_text="Slug of the topic.")
    proposal = serializers.CharField(allow_null=True, help_text="Slug of the proposal it speaks of.")
    clause = serializers.CharField(allow_null=True, help_text="Id of the clause it speaks of.")
    date = serializers.DateField(help_text="First day of the period.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices)
    date_end = serializers.DateField(allow_null=True)
    date_text = serializers.CharField(allow_null=True, help_text="For display where the date alone misleads.")
    stance = serializers.ChoiceField(choices=Position.Stance.choices)
    red_line = serializers.BooleanField(help_text="Whether the source presents it as not negotiable.")
    statement = serializers.CharField(help_text="What was said, in our words.")
    source = serializers.CharField(help_text="Slug of the source.")  # type: ignore[assignment]
    locator = serializers.CharField(allow_null=True)
    evidence = serializers.ChoiceField(choices=Evidence.choices)
    confidence = serializers.ChoiceField(choices=Confidence.choices)
    note = serializers.CharField(allow_null=True)
    stage = serializers.ChoiceField(choices=Stage.choices, help_text="Readers see public ones only.")


class AboutSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=AboutKind.choices)
    id = serializers.CharField()


class ClaimSerializer(serializers.Serializer):
    value = serializers.CharField()
    source = serializers.CharField(help_text="Slug of the source.")  # type: ignore[assignment]
    locator = serializers.CharField(allow_null=True)


class DisputeSerializer(serializers.Serializer):
    id = serializers.CharField()
    subject = serializers.CharField(help_text="What the values are of.")
    about = AboutSerializer(many=True)
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs, in taxonomy order.")
    claims = ClaimSerializer(many=True, help_text="The rival values, side by side.")


class DecisionSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    left = serializers.CharField(help_text="Id of a clause.")
    right = serializers.CharField(help_text="Id of a clause of another proposal.")
    verdict = serializers.ChoiceField(choices=Decision.Verdict.choices)
    relation = serializers.ChoiceField(
        choices=Decision.Relation.choices, allow_null=True, help_text="Null leaves it to the engine."
    )
    note = serializers.CharField(allow_null=True)
    decided_by = serializers.CharField()
    decided_at = serializers.DateTimeField()
    stale = serializers.BooleanField(help_text="Whether a clause changed since.")


class TimelineEntrySerializer(serializers.Serializer):
    """A clause or a position on the topic, on its date; the other one of the two is null."""

    date = serializers.DateField(help_text="First day of the period: the proposal's, or the position's.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices)
    date_end = serializers.DateField(allow_null=True)
    date_text = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    proposal = serializers.CharField(allow_null=True, help_text="Slug of the proposal it belongs to or speaks of.")
    clause = ClauseSerializer(allow_null=True)
    position = PositionSerializer(allow_null=True)
