"""Proposals: the head that a comparison's column needs, and the whole record."""

from rest_framework import serializers

from proposals.models import DatePrecision, Lineage, Proposal, ProposalParty, Source, Stage


class LineageSerializer(serializers.Serializer):
    relation = serializers.ChoiceField(choices=Lineage.Relation.choices)
    proposal = serializers.CharField(help_text="Slug of the earlier proposal.")
    note = serializers.CharField(allow_null=True)


class ProposalPartySerializer(serializers.Serializer):
    role = serializers.ChoiceField(choices=ProposalParty.Role.choices)
    party = serializers.CharField(help_text="Slug of the party.")


class TextVersionSerializer(serializers.Serializer):
    name = serializers.CharField()
    note = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True, help_text="Slug of the source.")  # type: ignore[assignment]
    followed = serializers.BooleanField(help_text="Whether the clauses follow this copy.")


class SilenceSerializer(serializers.Serializer):
    topic = serializers.CharField(help_text="Slug of the topic that the text leaves out.")
    reason = serializers.CharField(help_text="What was looked for and why nothing stands there.")
    checked_by = serializers.CharField()
    checked_on = serializers.DateField()
    source = serializers.CharField(allow_null=True, help_text="Slug of the source.")  # type: ignore[assignment]


class ProposalHeadSerializer(serializers.Serializer):
    """What a column of a comparison is headed with. Of a pasted draft most of it is null."""

    slug = serializers.CharField()
    title = serializers.CharField()
    short_title = serializers.CharField(help_text="For column heads.")
    kind = serializers.ChoiceField(choices=Proposal.Kind.choices, allow_null=True)
    date = serializers.DateField(allow_null=True, help_text="First day of the period.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices, allow_null=True)
    date_end = serializers.DateField(allow_null=True, help_text="Last day, of a period with a known end.")
    date_text = serializers.CharField(allow_null=True, help_text="For display where the date alone misleads.")
    text_status = serializers.ChoiceField(
        choices=Proposal.TextStatus.choices, allow_null=True, help_text="How the text is known."
    )
    clauses_complete = serializers.ChoiceField(
        choices=Proposal.Completeness.choices,
        help_text="Only with yes may one conclude that what is not here is absent.",
    )
    outcome = serializers.ChoiceField(choices=Proposal.Outcome.choices, allow_null=True)
    proposers = serializers.ListField(child=serializers.CharField(), help_text="Slugs of parties.")
    lineage = LineageSerializer(many=True)
    reliability = serializers.ChoiceField(
        choices=Source.Reliability.choices, allow_null=True, help_text="The best grade among its sources."
    )
    clause_count = serializers.IntegerField(min_value=0)


class ProposalSerializer(ProposalHeadSerializer):
    """A stored proposal with everything about it but its clauses."""

    # Known of every stored proposal, unlike of a draft.
    kind = serializers.ChoiceField(choices=Proposal.Kind.choices)
    date = serializers.DateField(help_text="First day of the period.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices)
    text_status = serializers.ChoiceField(choices=Proposal.TextStatus.choices, help_text="How the text is known.")
    outcome = serializers.ChoiceField(choices=Proposal.Outcome.choices)

    process = serializers.CharField(help_text="Slug of the process.")
    summary = serializers.CharField()
    date_note = serializers.CharField(allow_null=True)
    outcome_note = serializers.CharField(allow_null=True)
    proposer_note = serializers.CharField(allow_null=True)
    verification = serializers.ChoiceField(
        choices=Proposal.Verification.choices,
        allow_null=True,
        help_text="How much of the clause set was seen in a source.",
    )
    verification_note = serializers.CharField(allow_null=True)
    parties = ProposalPartySerializer(many=True, help_text="Every party to it, with its role.")
    text_versions = TextVersionSerializer(many=True, help_text="Circulating copies, where copies differ.")
    silences = SilenceSerializer(many=True, help_text="Recorded absences.")
    sources = serializers.ListField(child=serializers.CharField(), help_text="Slugs, the main one first.")
    stage = serializers.ChoiceField(choices=Stage.choices, help_text="Readers see public ones only.")
    version = serializers.IntegerField(min_value=1, help_text="Counts saved changes, those of its parts included.")
    changed_at = serializers.DateTimeField()
