"""Positions of parties, disputes between sources, and decisions of editors."""

from rest_framework import serializers

from proposals.api.codes import AboutKind
from proposals.models import Confidence, DatePrecision, Decision, Evidence, Position


class PositionSerializer(serializers.Serializer):
    """What a party said. `superseded_by` and `withdrawn_on` tell what was known on the day given as `as_of`."""

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
    superseded_by = serializers.CharField(
        allow_null=True, help_text="Id of the later position of the party that replaces it, where one is recorded."
    )
    withdrawn_on = serializers.DateField(
        allow_null=True, help_text="The day on which the party took it back, where that is recorded."
    )


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
