"""Frozen comparisons."""

from rest_framework import serializers

from parties.slugs import PATTERN
from proposals.api.codes import Include, WithdrawnKind
from proposals.api.serializers.comparison import ComparisonSerializer, MethodSerializer
from proposals.comparison import MAX_PROPOSALS, MIN_PROPOSALS

_ID = "Digest of what the comparison says: the same content has the same id."


class FrozenComparisonSerializer(serializers.Serializer):
    """Which comparison was frozen: the parameters of `comparisons/`."""

    proposals = serializers.ListField(child=serializers.CharField(), help_text="Slugs, in the order of the columns.")
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs; empty for all.")
    include = serializers.ListField(child=serializers.ChoiceField(choices=Include.choices))
    as_of = serializers.DateField(allow_null=True)


class ToFreezeSerializer(serializers.Serializer):
    """The comparison to freeze: the parameters of `comparisons/`."""

    proposals = serializers.ListField(
        child=serializers.RegexField(PATTERN, max_length=80),
        min_length=MIN_PROPOSALS,
        max_length=MAX_PROPOSALS,
        help_text="Slugs of public proposals, in the order of the columns.",
    )
    topics = serializers.ListField(
        child=serializers.RegexField(PATTERN, max_length=80), required=False, max_length=50, help_text="Slugs."
    )
    include = serializers.ListField(
        child=serializers.ChoiceField(choices=Include.choices), required=False, max_length=len(Include)
    )
    as_of = serializers.DateField(required=False, help_text="Statements up to this day.")

    def to_internal_value(self, data: object) -> dict[str, object]:
        unknown = sorted(set(data) - self.fields.keys()) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail("There is no field of this name.", "unknown_field") for name in unknown}
            )
        return super().to_internal_value(data)


class SnapshotHeadSerializer(serializers.Serializer):
    """A snapshot without its content."""

    id = serializers.CharField(help_text=_ID)
    url = serializers.URLField(help_text="The permanent address.")
    frozen_at = serializers.DateTimeField()
    asked = FrozenComparisonSerializer()


class NoticeSerializer(serializers.Serializer):
    """A record of the snapshot that is no longer public: its words are left out."""

    kind = serializers.ChoiceField(choices=WithdrawnKind.choices)
    id = serializers.CharField(help_text="Public id of the record.")
    withdrawn_on = serializers.DateField()


class SnapshotSerializer(SnapshotHeadSerializer):
    """A comparison as it was frozen. It never changes; only what was withdrawn since is left out, with a notice."""

    citation = serializers.CharField(help_text="One line to cite it by.")
    method = MethodSerializer()
    notices = NoticeSerializer(many=True)
    comparison = ComparisonSerializer()
