"""Processes, topics and their groups, territories, measures, sources."""

from django.http import QueryDict

from parties.api.records import RecordViewSet, documented
from proposals.api.filters.vocabulary import (
    MeasureParameters,
    ProcessParameters,
    SourceParameters,
    TerritoryParameters,
    TopicGroupParameters,
    TopicParameters,
)
from proposals.api.serializers.vocabulary import (
    MeasureSerializer,
    ProcessSerializer,
    SourceSerializer,
    TerritorySerializer,
    TopicGroupSerializer,
    TopicSerializer,
)
from proposals.models import Measure, Process, Source, Territory, Topic, TopicGroup
from proposals.payloads import (
    group_payloads,
    measure_payloads,
    process_payloads,
    source_payloads,
    territory_payloads,
    topic_payloads,
)


@documented(
    listed=("List processes", "Negotiation tracks or conflicts that proposals belong to."),
    one=("Read a process", "One process with the parties to it."),
    meaning="Slug of the process.",
)
class ProcessViewSet(RecordViewSet):
    queryset = Process.objects.order_by("slug")
    serializer_class = ProcessSerializer
    filterset_class = ProcessParameters
    payloads_by_key = staticmethod(process_payloads)
    noun = "process"


@documented(
    listed=("List topic groups", "The headings of the taxonomy, in its order."),
    one=("Read a topic group", "One heading of the taxonomy."),
    meaning="Slug of the group.",
)
class TopicGroupViewSet(RecordViewSet):
    queryset = TopicGroup.objects.order_by("order", "slug")
    serializer_class = TopicGroupSerializer
    filterset_class = TopicGroupParameters
    payloads_by_key = staticmethod(group_payloads)
    noun = "topic group"


@documented(
    listed=("List topics", "The matters that clauses regulate, in the order of the taxonomy."),
    one=("Read a topic", "One topic with what belongs under it."),
    meaning="Slug of the topic.",
)
class TopicViewSet(RecordViewSet):
    queryset = Topic.objects.in_taxonomy_order()
    serializer_class = TopicSerializer
    filterset_class = TopicParameters
    payloads_by_key = staticmethod(topic_payloads)
    noun = "topic"

    def depends_on(self, parameters: QueryDict) -> tuple[str, ...]:
        # Their order is that of their groups, unless another one is asked for.
        taxonomic = parameters.get("ordering", "taxonomy").endswith("taxonomy")
        return ("topic", "topic_group") if taxonomic else ("topic",)


@documented(
    listed=("List territories", "Named places and lines, by name. Who holds or claims them is said by clauses alone."),
    one=("Read a territory", "One place or line with its aliases and who uses them."),
    meaning="Slug of the territory.",
)
class TerritoryViewSet(RecordViewSet):
    queryset = Territory.objects.in_name_order()
    serializer_class = TerritorySerializer
    filterset_class = TerritoryParameters
    payloads_by_key = staticmethod(territory_payloads)
    noun = "territory"


@documented(
    listed=("List measures", "What the terms of clauses measure, by code."),
    one=("Read a measure", "One measure with what it counts."),
    key="code",
    meaning="Code of the measure.",
)
class MeasureViewSet(RecordViewSet):
    queryset = Measure.objects.order_by("code")
    serializer_class = MeasureSerializer
    filterset_class = MeasureParameters
    payloads_by_key = staticmethod(measure_payloads)
    noun = "measure"
    lookup_field = "code"


@documented(
    listed=("List sources", "Documents and pages that statements cite, each with its grade."),
    one=("Read a source", "One source with its grade and how much of it was read."),
    meaning="Slug of the source.",
)
class SourceViewSet(RecordViewSet):
    queryset = Source.objects.in_order()
    serializer_class = SourceSerializer
    filterset_class = SourceParameters
    payloads_by_key = staticmethod(source_payloads)
    noun = "source"
    brought_in = {"proposal": ["proposal"]}
