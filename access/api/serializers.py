"""What is sent for a token, and what is answered."""

from rest_framework import serializers

from access.models import DEFAULT_DAYS, MOST_DAYS


class NewTokenSerializer(serializers.Serializer):
    """Name and password of a member of staff; without both, the session that sends it counts."""

    username = serializers.CharField(required=False, max_length=150, help_text="As on the pages of the admin.")
    password = serializers.CharField(
        required=False, max_length=1000, trim_whitespace=False, help_text="Goes with the user name."
    )
    name = serializers.CharField(required=False, max_length=100, default="", help_text="What it is for.")
    expires_in_days = serializers.IntegerField(
        required=False, default=DEFAULT_DAYS, min_value=1, max_value=MOST_DAYS, help_text="How long it holds."
    )

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError(
                dict.fromkeys(unknown, "There is no field of this name."), "unknown_field"
            )
        given = {"username", "password"} & attrs.keys()
        if len(given) == 1:
            (missing,) = {"username", "password"} - given
            raise serializers.ValidationError({missing: "User name and password go together."}, code="required")
        return attrs


class TokenSerializer(serializers.Serializer):
    """A token without its secret."""

    id = serializers.IntegerField()
    prefix = serializers.CharField(help_text="How the token begins.")
    name = serializers.CharField(allow_null=True, help_text="What it is for.")
    created_at = serializers.DateTimeField(help_text="When it was made.")
    expires_at = serializers.DateTimeField(help_text="From when on it does not work.")


class IssuedTokenSerializer(TokenSerializer):
    """A new token with its secret."""

    token = serializers.CharField(help_text="The secret. It is told this once.")
