"""What is sent for a token, and what is answered."""

from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework import serializers

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_MOST_DAYS = 365


class NewTokenSerializer(serializers.Serializer):
    """Name and password of a member of staff; without both, the session that sends it counts."""

    username = serializers.CharField(required=False, max_length=150, help_text="As on the pages of the admin.")
    password = serializers.CharField(
        required=False, max_length=1000, trim_whitespace=False, help_text="Goes with the user name."
    )
    expires_in_days = serializers.IntegerField(
        required=False,
        default=knox_settings.TOKEN_TTL.days,
        min_value=1,
        max_value=_MOST_DAYS,
        help_text="How long it holds.",
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


class TokenSerializer(serializers.ModelSerializer):
    """A token without its secret."""

    id = serializers.CharField(source="token_key", help_text="How the token begins.")
    created_at = serializers.DateTimeField(source="created", format=_MOMENT, help_text="When it was made.")
    expires_at = serializers.DateTimeField(source="expiry", format=_MOMENT, help_text="From when on it does not work.")

    class Meta:
        model = AuthToken
        fields = ["id", "created_at", "expires_at"]


class IssuedTokenSerializer(TokenSerializer):
    """A new token with its secret."""

    token = serializers.CharField(help_text="The secret. It is told this once.")

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]
