"""Processes, topics, places, measures and sources."""

from rest_framework import serializers

from parties.api.serializers import AliasSerializer
from proposals.models import DatePrecision, Evidence, Measure, Source, Territory


class ProcessSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField()
    parties = serializers.ListField(child=serializers.CharField(), help_text="Slugs of the parties to it.")


class TopicGroupSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    definition = serializers.CharField()


class TopicSerializer(serializers.Serializer):
    slug = serializers.CharField()
    group = serializers.CharField(help_text="Slug of its group.")
    name = serializers.CharField()
    definition = serializers.CharField(help_text="What belongs under it.")
    core = serializers.BooleanField(help_text="Whether a full settlement is expected to regulate it.")


class TerritorySerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Territory.Kind.choices)
    aliases = AliasSerializer(many=True)
    note = serializers.CharField(allow_null=True)


class MeasureSerializer(serializers.Serializer):
    code = serializers.CharField()
    kind = serializers.ChoiceField(choices=Measure.Kind.choices)
    name = serializers.CharField(help_text="What is counted, in words.")


class SourceSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    publisher = serializers.CharField()
    date = serializers.DateField(allow_null=True, help_text="First day of the period; null where no date is known.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices, allow_null=True)
    date_note = serializers.CharField(allow_null=True)
    url = serializers.URLField(allow_null=True)
    file = serializers.CharField(allow_null=True, help_text="Name of the stored copy, if there is one.")
    access = serializers.ChoiceField(choices=Evidence.choices, help_text="How much of it was read.")
    reliability = serializers.ChoiceField(choices=Source.Reliability.choices)
    stance_note = serializers.CharField(allow_null=True, help_text="What a reader must know of its standpoint.")
    covers = serializers.CharField(allow_null=True, help_text="Which part of a text it prints.")
