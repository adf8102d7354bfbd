"""The shapes of parties and persons, declared for the schema; parties/payloads.py makes them."""

from rest_framework import serializers

from parties.models import Party


class AliasSerializer(serializers.Serializer):
    name = serializers.CharField()
    used_by = serializers.ListField(
        child=serializers.CharField(), help_text="Parties (slugs) that use this form; empty where everybody does."
    )


class MembershipSerializer(serializers.Serializer):
    party = serializers.CharField(help_text="Slug of the member, or of the bloc under `member_of`.")
    starts_on = serializers.DateField(allow_null=True, help_text="The first day it holds; null where it is not known.")
    ends_on = serializers.DateField(allow_null=True, help_text="The first day it no longer holds; null while it holds.")


class PartySerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Party.Kind.choices)
    aliases = AliasSerializer(many=True)
    members = MembershipSerializer(many=True, help_text="Of a bloc: its members with their time.")
    member_of = MembershipSerializer(many=True, help_text="The blocs that it belongs to.")
    note = serializers.CharField(allow_null=True)


class PersonSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    party = serializers.CharField(help_text="Slug of the party spoken for.")
    role = serializers.CharField(help_text="Office, with its time where it matters.")
    aliases = AliasSerializer(many=True)
    note = serializers.CharField(allow_null=True)
