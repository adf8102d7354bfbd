"""Clauses as lists answer them: each with how it matches a query, and all with the counts of facets."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from proposals.api.codes import MatchField
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.page import PageSerializer
from proposals.models import ClauseParty
from proposals.search import MAX_VALUES


class SnippetSegmentSerializer(serializers.Serializer):
    """A piece of an excerpt."""

    text = serializers.CharField(help_text="Plain text, never markup.")
    marked = serializers.BooleanField(help_text="Whether it matches.")


class ClauseMatchSerializer(serializers.Serializer):
    """How a clause matches the words that were searched for."""

    rank = serializers.FloatField(help_text="The greater the better; tells nothing across queries.")
    snippet = SnippetSegmentSerializer(many=True, help_text="Segments that together are an excerpt.")
    fields = serializers.ListField(  # type: ignore[assignment]
        child=serializers.ChoiceField(choices=MatchField.choices), help_text="Where it matches."
    )


class ListedClauseSerializer(ClauseSerializer):
    """A clause with everything coded on it, and how it matches what was searched for."""

    match = ClauseMatchSerializer(allow_null=True, help_text="How it matches `q`; null without `q`.")


class FacetValueSerializer(serializers.Serializer):
    """A value that the clauses found can be narrowed to, with how many it would leave."""

    value = serializers.CharField(help_text="To be given to the parameter of the facet's name.")
    name = serializers.CharField(help_text="For display.")
    count = serializers.IntegerField(min_value=0, help_text="Clauses.")


class PartyFacetRoleSerializer(serializers.Serializer):
    """In how many of the clauses a party has this role."""

    role = serializers.ChoiceField(choices=ClauseParty.Role.choices)
    count = serializers.IntegerField(min_value=0, help_text="Clauses.")


class PartyFacetValueSerializer(FacetValueSerializer):
    """A party that the clauses found can be narrowed to."""

    roles = PartyFacetRoleSerializer(many=True, help_text="Clauses by the role of the party; one may have several.")


class YearFacetValueSerializer(FacetValueSerializer):
    """A year that the clauses found can be narrowed to."""

    value = serializers.CharField(help_text="The year.")
    date_from = serializers.DateField(help_text="To be given to `date_from`.")
    date_to = serializers.DateField(help_text="To be given to `date_to`.")


_REST = f"Further values, left out beyond the first {MAX_VALUES}."


class FacetSerializer(serializers.Serializer):
    """What the clauses found can be narrowed by: counts over what all other parameters leave."""

    values = FacetValueSerializer(many=True, help_text="Most clauses first.")
    rest = serializers.IntegerField(min_value=0, help_text=_REST)


class PartyFacetSerializer(serializers.Serializer):
    """The parties to the clauses found."""

    values = PartyFacetValueSerializer(many=True, help_text="Most clauses first.")
    rest = serializers.IntegerField(min_value=0, help_text=_REST)


class YearFacetSerializer(serializers.Serializer):
    """The years of the clauses found."""

    values = YearFacetValueSerializer(
        many=True, help_text="By year; a clause counts in each that the date of its proposal touches."
    )
    rest = serializers.IntegerField(min_value=0, help_text=_REST)


class ClauseFacetsSerializer(serializers.Serializer):
    """Each facet that was asked for, the others null."""

    topic = FacetSerializer(allow_null=True)
    party = PartyFacetSerializer(allow_null=True)
    role = FacetSerializer(allow_null=True)
    modality = FacetSerializer(allow_null=True)
    proposal = FacetSerializer(allow_null=True)
    territory = FacetSerializer(allow_null=True)
    has_quantity = FacetSerializer(allow_null=True)
    date = YearFacetSerializer(allow_null=True)


@extend_schema_serializer(many=False, component_name="PaginatedClauseList")
class ClausePageSerializer(PageSerializer):
    results = ListedClauseSerializer(many=True)
    facets = ClauseFacetsSerializer(allow_null=True, help_text="Null without the parameter `facets`.")
