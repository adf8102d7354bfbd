"""Alignments of the corpus, and the proposals nearest to one."""

from typing import Any

from rest_framework import serializers

from parties.slugs import PATTERN
from proposals.api.codes import DecidedBy
from proposals.api.serializers.proposal import ProposalHeadSerializer
from proposals.comparison import unknown_slugs
from proposals.jobs import Asked
from proposals.models import AlignmentRun, Decision, Process

MOST_NAMED = 200


class AlignedPairsSerializer(serializers.Serializer):
    """How many pairs of proposals there are, and what became of them."""

    total = serializers.IntegerField(min_value=0, help_text="All pairs of the proposals in scope.")
    fresh = serializers.IntegerField(min_value=0, help_text="Aligned before, and nothing of them has changed since.")
    done = serializers.IntegerField(min_value=0, help_text="Aligned by this run.")
    failed = serializers.IntegerField(min_value=0, help_text="Given up after several attempts.")
    left_out = serializers.IntegerField(min_value=0, help_text="Beside the total: too large for a worker.")


class AlignmentRunSerializer(serializers.Serializer):
    """One time that all pairs of some proposals are aligned."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    scope = serializers.ChoiceField(choices=AlignmentRun.Scope.choices)
    process = serializers.CharField(allow_null=True, help_text="Slug, with the scope process.")
    proposals = serializers.ListField(child=serializers.CharField(), help_text="Slugs, with the scope named.")
    state = serializers.ChoiceField(choices=AlignmentRun.State.choices)
    progress = serializers.FloatField(min_value=0, max_value=1, help_text="The share of pairs that have ended.")
    pairs = AlignedPairsSerializer()
    method = serializers.CharField(allow_null=True, help_text="Null until it has begun.")
    vocabulary = serializers.CharField(allow_null=True, help_text="Null until it has begun, or without any.")
    after_edits = serializers.BooleanField(help_text="Whether edits started it, and nobody in person.")
    started_by = serializers.CharField(allow_null=True, help_text="Name of the user.")
    queued_at = serializers.DateTimeField(help_text="When it was asked for.")
    began_at = serializers.DateTimeField(allow_null=True, help_text="Null while it waits for a worker.")
    ended_at = serializers.DateTimeField(allow_null=True, help_text="Null until it has ended.")
    error = serializers.CharField(allow_null=True, help_text="Why it could not begin.")


class ToAlignSerializer(serializers.Serializer):
    """Which proposals to align with each other; all public ones without any of these."""

    process = serializers.RegexField(PATTERN, max_length=80, required=False, help_text="Slug: those of the process.")
    proposals = serializers.ListField(
        child=serializers.RegexField(PATTERN, max_length=80),
        required=False,
        min_length=2,
        max_length=MOST_NAMED,
        help_text="Slugs of public proposals.",
    )

    def to_internal_value(self, data: object) -> dict[str, object]:
        unknown = sorted(set(data) - self.fields.keys()) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail("There is no field of this name.", "unknown_field") for name in unknown}
            )
        return super().to_internal_value(data)

    def validate_process(self, slug: str) -> Process:
        process = Process.objects.filter(slug=slug).first()
        if process is None:
            raise serializers.ValidationError(f"There is no process {slug}.", code="unknown_process")
        return process

    def validate_proposals(self, slugs: list[str]) -> list[str]:
        faults = unknown_slugs(list(enumerate(slugs)), user=None)
        if faults:
            raise serializers.ValidationError({str(fault.index): [fault.detail] for fault in faults}, code="unknown")
        if len(set(slugs)) < 2:
            raise serializers.ValidationError("Name two different proposals at least.", code="too_few")
        return slugs

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) > 1:
            raise serializers.ValidationError("Name a process or proposals, not both.", code="scope_mismatch")
        return attrs

    def asked(self) -> Asked:
        return Asked(**self.validated_data)


class NearLinkSerializer(serializers.Serializer):
    """Two clauses that regulate the same matter."""

    own = serializers.CharField(help_text="Public id of the clause of the proposal asked about.")
    other = serializers.CharField(help_text="Public id of the clause of the other proposal.")
    relation = serializers.ChoiceField(choices=Decision.Relation.choices)
    score = serializers.FloatField(min_value=0, max_value=1, help_text="To four decimals.")
    decided_by = serializers.ChoiceField(choices=DecidedBy.choices)


class NearProposalSerializer(serializers.Serializer):
    """A proposal that shares matters with the one asked about."""

    proposal = ProposalHeadSerializer()
    nearness = serializers.FloatField(
        min_value=0, max_value=1, help_text="The share of the clauses of both that have a link to the other."
    )
    links = NearLinkSerializer(many=True, help_text="In reading order of the proposal with the lower id.")
