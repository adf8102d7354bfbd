"""A clause with everything coded on it."""

from rest_framework import serializers

from proposals.models import Clause, ClauseParty, Confidence, DatePrecision, Dependency, Evidence, Measure, Stage, Term


class ClausePartySerializer(serializers.Serializer):
    role = serializers.ChoiceField(choices=ClauseParty.Role.choices)
    party = serializers.CharField(help_text="Slug of the party.")


class TermSerializer(serializers.Serializer):
    """A comparable datum: a quantity, a span of time with its deadline, or a date."""

    kind = serializers.ChoiceField(choices=Measure.Kind.choices)
    measure = serializers.CharField(help_text="Code of the measure.")
    subject = serializers.CharField(allow_null=True, help_text="Slug of the party whose forces, share or land it is.")
    comparator = serializers.ChoiceField(choices=Term.Comparator.choices, allow_null=True)
    value = serializers.FloatField(allow_null=True)
    value_max = serializers.FloatField(allow_null=True, help_text="Only with between.")
    unit = serializers.ChoiceField(choices=Term.Unit.choices, allow_null=True)
    qualifier = serializers.ChoiceField(choices=Term.Qualifier.choices, allow_null=True)
    whose = serializers.CharField(allow_null=True, help_text="Slug of the party that gave the figure, where rivals do.")
    counts_from = serializers.ChoiceField(choices=Term.CountsFrom.choices, allow_null=True)
    renewable = serializers.BooleanField(allow_null=True)
    date = serializers.DateField(allow_null=True, help_text="First day of the period.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices, allow_null=True)
    note = serializers.CharField(allow_null=True)


class DependencySerializer(serializers.Serializer):
    relation = serializers.ChoiceField(choices=Dependency.Relation.choices)
    clause = serializers.CharField(help_text="Id of the clause that it hangs on.")
    note = serializers.CharField(allow_null=True)


class ContestSerializer(serializers.Serializer):
    party = serializers.CharField(help_text="Slug of the party that objects.")
    objection = serializers.CharField()


class ClauseSerializer(serializers.Serializer):
    id = serializers.CharField(help_text="`{proposal}/{key}`; stable, never reused.")
    proposal = serializers.CharField(help_text="Slug of the proposal.")
    key = serializers.CharField()
    parent = serializers.CharField(allow_null=True, help_text="Id of the enclosing clause.")  # type: ignore[assignment]
    order = serializers.IntegerField(min_value=0, help_text="Place in the text, from 1.")
    number = serializers.CharField(allow_null=True, help_text="Number in the source.")
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()
    wording = serializers.ChoiceField(choices=Clause.Wording.choices, help_text="What the text is.")
    language = serializers.CharField(help_text="Of the text as it stands here.")
    kind = serializers.ChoiceField(choices=Clause.Kind.choices)
    strikes = serializers.CharField(allow_null=True, help_text="Id of the clause that it strikes out or replaces.")
    modality = serializers.ChoiceField(choices=Clause.Modality.choices, allow_null=True)
    legal_effect = serializers.ChoiceField(choices=Clause.LegalEffect.choices, allow_null=True)
    extent = serializers.ChoiceField(choices=Clause.Extent.choices, allow_null=True)
    permanence = serializers.ChoiceField(choices=Clause.Permanence.choices, allow_null=True)
    condition = serializers.CharField(allow_null=True, help_text="What it hangs on, in words.")
    roles = ClausePartySerializer(many=True)
    topics = serializers.ListField(child=serializers.CharField(), help_text="Slugs, most specific first.")
    territories = serializers.ListField(child=serializers.CharField(), help_text="Slugs.")
    terms = TermSerializer(many=True)
    depends_on = DependencySerializer(many=True)
    contested = ContestSerializer(many=True, help_text="Recorded objections.")
    note = serializers.CharField(allow_null=True)
    locator = serializers.CharField(allow_null=True, help_text="Where in the source.")
    evidence = serializers.ChoiceField(
        choices=Evidence.choices, allow_null=True, help_text="How much of the source was seen; null in a draft."
    )
    confidence = serializers.ChoiceField(choices=Confidence.choices, allow_null=True, help_text="Null in a draft.")
    sources = serializers.ListField(child=serializers.CharField(), help_text="Slugs, the main one first.")
    stage = serializers.ChoiceField(
        choices=Stage.choices, allow_null=True, help_text="Readers see public ones only; null for a pasted text."
    )
