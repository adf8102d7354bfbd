"""The concordance document: what proposals/comparison/ answers."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from parties.api.serializers import PartySerializer, PersonSerializer
from proposals.api.codes import CellState, DecidedBy, DivergenceKind, Element, GapKind, RowKind, Side
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.proposal import ProposalHeadSerializer, SilenceSerializer
from proposals.api.serializers.statement import DisputeSerializer, PositionSerializer
from proposals.api.serializers.vocabulary import (
    MeasureSerializer,
    SourceSerializer,
    TerritorySerializer,
    TopicGroupSerializer,
    TopicSerializer,
)
from proposals.models import Decision

_CLAUSES = "Ids of clauses, to be looked up in `included.clauses`."


@extend_schema_serializer(component_name="ComparisonMethod")
class MethodSerializer(serializers.Serializer):
    """What produced the answer: equal method and inputs give equal bytes."""

    name = serializers.CharField()
    version = serializers.CharField()
    profile = serializers.CharField(help_text="The features that were at hand.")
    weights_digest = serializers.CharField()
    thresholds_digest = serializers.CharField()
    vocabulary = serializers.CharField(help_text="The frozen vocabulary that words and topics were weighed by.")
    inputs_digest = serializers.CharField(help_text="Changes with any record that the answer rests on.")


class RowsByKindSerializer(serializers.Serializer):
    agree = serializers.IntegerField(min_value=0)
    diverge = serializers.IntegerField(min_value=0)
    alone = serializers.IntegerField(min_value=0)


class LinksByRelationSerializer(serializers.Serializer):
    equivalent = serializers.IntegerField(min_value=0)
    overlap = serializers.IntegerField(min_value=0)
    conflict = serializers.IntegerField(min_value=0)


class GapsByKindSerializer(serializers.Serializer):
    matter = serializers.IntegerField(min_value=0)
    element = serializers.IntegerField(min_value=0)


@extend_schema_serializer(component_name="ComparisonSummary")
class SummarySerializer(serializers.Serializer):
    rows_by_kind = RowsByKindSerializer()
    rows_with_absence = serializers.IntegerField(min_value=0)
    links_by_relation = LinksByRelationSerializer()
    gaps_by_kind = GapsByKindSerializer()
    gaps_by_state = serializers.DictField(
        child=serializers.IntegerField(min_value=0), help_text="By cell state; states that do not occur are left out."
    )
    coverage = serializers.DictField(
        child=serializers.FloatField(min_value=0, max_value=1),
        help_text="By proposal: the rows that it regulates, divided by all rows.",
    )


class CellSerializer(serializers.Serializer):
    """What one proposal says in a row."""

    proposal = serializers.CharField()
    state = serializers.ChoiceField(choices=CellState.choices)
    topic_regulated = serializers.BooleanField(help_text="Whether it has other clauses on the topics of the row.")
    clauses = serializers.ListField(child=serializers.CharField(), help_text=_CLAUSES)
    silence = SilenceSerializer(allow_null=True, help_text="The recorded absence, in state silent.")


@extend_schema_serializer(component_name="LinkReason")
class ReasonSerializer(serializers.Serializer):
    """One addend of a link's score."""

    part = serializers.CharField(help_text="words, characters, topics, terms, bias, decision …; new ones may come.")
    weight = serializers.FloatField()
    detail = serializers.CharField(help_text="What was shared, in words.")


class LinkSerializer(serializers.Serializer):
    """Two clauses of two proposals that regulate the same matter."""

    left = serializers.CharField(help_text="Id of a clause.")
    right = serializers.CharField(help_text="Id of a clause.")
    relation = serializers.ChoiceField(choices=Decision.Relation.choices)
    wider = serializers.ChoiceField(
        choices=Side.choices, allow_null=True, help_text="The side that includes the other."
    )
    score = serializers.FloatField(min_value=0, max_value=1)
    decided_by = serializers.ChoiceField(choices=DecidedBy.choices)
    stale = serializers.BooleanField(help_text="Whether a clause changed since an editor decided.")
    reasons = ReasonSerializer(many=True)


class DivergenceSideSerializer(serializers.Serializer):
    """What one clause says on the point of difference. `text` is always fit to show; the rest is there if known."""

    proposal = serializers.CharField()
    clause = serializers.CharField(help_text="Id of the clause.")
    text = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    value_max = serializers.FloatField(allow_null=True)
    unit = serializers.CharField(allow_null=True, help_text="As in terms; read from the wording it may be another.")
    measure = serializers.CharField(allow_null=True, help_text="Code of the measure.")
    comparator = serializers.CharField(
        allow_null=True, help_text="As in terms; read from the wording it may be another."
    )
    qualifier = serializers.CharField(allow_null=True)
    whose = serializers.CharField(allow_null=True, help_text="Slug of the party that gave the figure.")
    date = serializers.DateField(allow_null=True)


class DivergenceSerializer(serializers.Serializer):
    """One typed difference over all cells of a row."""

    kind = serializers.ChoiceField(choices=DivergenceKind.choices)
    asserted = serializers.BooleanField(help_text="False for a hint from the wording, which makes no conflict.")
    compatible = serializers.BooleanField(
        help_text="True where both sides can hold together, because one only says more than the other."
    )
    summary = serializers.CharField()
    sides = DivergenceSideSerializer(many=True)


class ElementGapSerializer(serializers.Serializer):
    """An element that a proposal lacks in a matter that it does regulate."""

    proposal = serializers.CharField()
    element = serializers.ChoiceField(choices=Element.choices)
    held_by = serializers.ListField(child=serializers.CharField(), help_text=_CLAUSES)


class RowSerializer(serializers.Serializer):
    """One matter: one cell for each proposal, in the asked order."""

    id = serializers.CharField(help_text="Digest of its clauses: the same row has the same id in any comparison.")
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs, the leading ones first.")
    kind = serializers.ChoiceField(choices=RowKind.choices, help_text="Speaks only of the cells that regulate.")
    relation = serializers.ChoiceField(
        choices=Decision.Relation.choices, allow_null=True, help_text="The weakest link of the row."
    )
    absent_from = serializers.ListField(child=serializers.CharField(), help_text="Slugs of proposals.")
    cells = CellSerializer(many=True)
    links = LinkSerializer(many=True)
    divergences = DivergenceSerializer(many=True)
    element_gaps = ElementGapSerializer(many=True)
    positions = serializers.ListField(child=serializers.CharField(), help_text="Ids; empty unless `include=positions`.")
    disputes = serializers.ListField(child=serializers.CharField(), help_text="Ids; empty unless `include=disputes`.")


@extend_schema_serializer(component_name="NearestClause")
class NearestSerializer(serializers.Serializer):
    """The best candidate for a gap, below the cut for a link."""

    clause = serializers.CharField()
    score = serializers.FloatField(min_value=0, max_value=1)


class GapSerializer(serializers.Serializer):
    """A matter, or an element of it, that a proposal lacks."""

    kind = serializers.ChoiceField(choices=GapKind.choices)
    row = serializers.CharField(help_text="Id of the row.")
    topic = serializers.CharField(allow_null=True, help_text="Slug of the leading topic of the row.")
    element = serializers.ChoiceField(choices=Element.choices, allow_null=True, help_text="Of an element gap.")
    absent_from = serializers.ListField(child=serializers.CharField(), help_text="Slugs of proposals.")
    present_in = serializers.ListField(child=serializers.CharField(), help_text="Slugs of proposals.")
    clauses = serializers.ListField(child=serializers.CharField(), help_text="Those that hold what is missing there.")
    state = serializers.ChoiceField(choices=CellState.choices)
    nearest = NearestSerializer(allow_null=True)


class MatrixCellSerializer(serializers.Serializer):
    proposal = serializers.CharField()
    state = serializers.ChoiceField(choices=CellState.choices)
    clauses = serializers.ListField(child=serializers.CharField(), help_text=_CLAUSES)


class MatrixLineSerializer(serializers.Serializer):
    """One topic over all proposals."""

    topic = serializers.CharField()
    group = serializers.CharField(allow_null=True, help_text="Slug of its group; null for a topic of a draft alone.")
    cells = MatrixCellSerializer(many=True)


class StickingPointSerializer(serializers.Serializer):
    row = serializers.CharField()
    positions = serializers.ListField(child=serializers.CharField(), help_text="Ids of positions that bear on it.")
    red_lines = serializers.ListField(
        child=serializers.CharField(), help_text="Those of them that are red lines, and of which no end is recorded."
    )


@extend_schema_serializer(component_name="TextSegment")
class SegmentSerializer(serializers.Serializer):
    text = serializers.CharField()
    proposals = serializers.ListField(child=serializers.CharField(), help_text="Whose wording it is.")


@extend_schema_serializer(component_name="BracketedText")
class BracketedSerializer(serializers.Serializer):
    """The text of a row: agreed wording once, rival wording once for each holder."""

    row = serializers.CharField()
    reconstruction = serializers.BooleanField(help_text="Whether a paraphrase is in it: then it is no quotation.")
    segments = SegmentSerializer(many=True)


class ReadingsSerializer(serializers.Serializer):
    common_ground = serializers.ListField(
        child=serializers.CharField(), help_text="Rows that all regulate, none conflicts."
    )
    sticking_points = StickingPointSerializer(many=True, help_text="Rows that diverge.")
    within_reach = serializers.ListField(
        child=serializers.CharField(),
        help_text="Rows that diverge and cross no red line, unless an end of that line is recorded.",
    )
    bracketed = BracketedSerializer(many=True)


class IncludedSerializer(serializers.Serializer):
    """The records that rows and readings name, by id, with the topics, parties, persons, places, measures and sources
    that these name. What else a position or dispute refers to is asked for by its id."""

    clauses = serializers.DictField(child=ClauseSerializer())
    topics = serializers.DictField(child=TopicSerializer())
    groups = serializers.DictField(child=TopicGroupSerializer())
    parties = serializers.DictField(child=PartySerializer())
    persons = serializers.DictField(child=PersonSerializer())
    territories = serializers.DictField(child=TerritorySerializer())
    measures = serializers.DictField(child=MeasureSerializer())
    sources = serializers.DictField(child=SourceSerializer())
    positions = serializers.DictField(child=PositionSerializer())
    disputes = serializers.DictField(child=DisputeSerializer())


class ComparisonSerializer(serializers.Serializer):
    """A whole concordance: enough for the table, its filters and a side-by-side view."""

    proposals = ProposalHeadSerializer(many=True, help_text="In the asked order.")
    method = MethodSerializer()
    summary = SummarySerializer()
    rows = RowSerializer(many=True, help_text="By topic group, topic, earliest date; never by the asked order.")
    gaps = GapSerializer(many=True)
    matrix = MatrixLineSerializer(many=True)
    readings = ReadingsSerializer(required=False, help_text="Only with `include=readings`.")
    included = IncludedSerializer()
