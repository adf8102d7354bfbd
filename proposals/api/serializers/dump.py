"""Everything public in one document, declared for the schema; proposals/exchange/dump.py makes it."""

from rest_framework import serializers

from parties.api.serializers import PartySerializer, PersonSerializer
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.proposal import ProposalSerializer
from proposals.api.serializers.statement import DisputeSerializer, PositionSerializer, StatementSerializer
from proposals.api.serializers.vocabulary import (
    MeasureSerializer,
    ProcessSerializer,
    SourceSerializer,
    TerritorySerializer,
    TopicGroupSerializer,
    TopicSerializer,
)


class DumpRecordsSerializer(serializers.Serializer):
    """Each list whole, in the order of its endpoint."""

    processes = ProcessSerializer(many=True)
    parties = PartySerializer(many=True)
    persons = PersonSerializer(many=True)
    topic_groups = TopicGroupSerializer(many=True)
    topics = TopicSerializer(many=True)
    territories = TerritorySerializer(many=True)
    measures = MeasureSerializer(many=True)
    sources = SourceSerializer(many=True)
    proposals = ProposalSerializer(many=True)
    clauses = ClauseSerializer(many=True)
    positions = PositionSerializer(many=True)
    disputes = DisputeSerializer(many=True)
    statements = StatementSerializer(many=True)


class DumpSerializer(serializers.Serializer):
    format = serializers.CharField(help_text="`concordance-dump/1`; another number is another shape.")
    licence = serializers.URLField()
    counts = serializers.DictField(child=serializers.IntegerField(min_value=0), help_text="Records by list.")
    digest = serializers.CharField(help_text="`sha-256:` and the digest of the value of `records` as it stands here.")
    records = DumpRecordsSerializer()
