"""Positions, disputes, statements of sources, and decisions of editors."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from proposals.api.codes import AboutKind, SaidByKind
from proposals.models import Confidence, DatePrecision, Decision, Evidence, Position, Stage, Statement


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
    stage = serializers.ChoiceField(choices=Stage.choices, help_text="Readers see public ones only.")
    superseded_by = serializers.CharField(
        allow_null=True, help_text="Id of the later position of the party that replaces it, where one is recorded."
    )
    withdrawn_on = serializers.DateField(
        allow_null=True, help_text="The day on which the party took it back, where that is recorded."
    )


class AboutSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=AboutKind.choices)
    id = serializers.CharField()


@extend_schema_serializer(component_name="DisputeClaim")
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


class SaidBySerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=SaidByKind.choices)
    id = serializers.CharField(help_text="Slug of the party or person.")


class StatementSerializer(serializers.Serializer):
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=Statement.Kind.choices)
    subject = serializers.CharField(help_text="What it is about, in a few words.")
    claim = serializers.CharField(help_text="What the source says, in our words; told as the source's, not as a fact.")
    said_by = SaidBySerializer(
        allow_null=True, help_text="Whom the source has say it; null where the source says it itself."
    )
    reported_by = serializers.CharField(
        allow_null=True, help_text="Outlet, institute or expert that the source names for it, as it names them."
    )
    date = serializers.DateField(
        allow_null=True, help_text="When it was said or happened, first day of the period; null for a mere judgement."
    )
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices, allow_null=True)
    date_end = serializers.DateField(allow_null=True)
    date_text = serializers.CharField(allow_null=True, help_text="For display where the date alone misleads.")
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs, most specific first.")
    about = AboutSerializer(many=True, help_text="Records that it speaks of, the nearest first.")
    source = serializers.CharField(help_text="Slug of the source that says it.")  # type: ignore[assignment]
    locator = serializers.CharField(help_text="Where in the source.")
    evidence = serializers.ChoiceField(choices=Evidence.choices)
    confidence = serializers.ChoiceField(
        choices=Confidence.choices, help_text="That the source says it like this, not that it is so."
    )
    note = serializers.CharField(allow_null=True, help_text="Who contradicts it, and by which record.")


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
