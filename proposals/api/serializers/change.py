"""What changed, and when."""

from rest_framework import serializers

from proposals.api.codes import ChangeAction, ChangedKind


class ChangeSerializer(serializers.Serializer):
    """The last change of one record; an earlier one of the same record is no longer listed."""

    kind = serializers.ChoiceField(choices=ChangedKind.choices)
    id = serializers.CharField(help_text="Public id of the record.")
    action = serializers.ChoiceField(choices=ChangeAction.choices)
    changed_at = serializers.DateTimeField()
    url = serializers.URLField(allow_null=True, help_text="Where to read it again; null once it is removed.")


class ChangesSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True, help_text="As they became known, the earliest first.")
    cursor = serializers.CharField(help_text="Send it as `since` next time.")
    more = serializers.BooleanField(help_text="Whether there are further ones by now.")
