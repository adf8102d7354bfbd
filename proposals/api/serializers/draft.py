"""What can be sent to be compared, declared for the schema; proposals/exchange/ reads and checks it."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from parties.slugs import PATTERN
from proposals.comparison import MAX_CLAUSES, MAX_PROPOSALS, MIN_PROPOSALS
from proposals.models import Clause, Confidence, DatePrecision, Dependency, Evidence, Measure, Term

_CLAUSE = PATTERN.replace("$", PATTERN.replace("^", "/"))


def _slugs(help_text: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.RegexField(PATTERN), required=False, help_text=help_text)


class DraftScopeSerializer(serializers.Serializer):
    extent = serializers.ChoiceField(choices=Clause.Extent.choices, required=False)
    permanence = serializers.ChoiceField(choices=Clause.Permanence.choices, required=False)


class DraftPartiesSerializer(serializers.Serializer):
    """The parties to a clause (slugs), by role."""

    obligated = _slugs("Who is bound.")
    beneficiary = _slugs("Whom it serves.")
    guarantor = _slugs("Who guarantees it.")
    monitor = _slugs("Who watches over it.")


class DraftTermSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Measure.Kind.choices)
    measure = serializers.RegexField(r"^[a-z0-9]+(_[a-z0-9]+)*$", help_text="Code of a measure.")
    subject = serializers.RegexField(PATTERN, required=False, help_text="Whose forces, share, land.")
    comparator = serializers.ChoiceField(choices=Term.Comparator.choices, required=False)
    value = serializers.FloatField(required=False)
    value_max = serializers.FloatField(required=False, help_text="Only with between.")
    unit = serializers.ChoiceField(choices=Term.Unit.choices, required=False)
    qualifier = serializers.ChoiceField(choices=Term.Qualifier.choices, required=False)
    whose = serializers.RegexField(PATTERN, required=False, help_text="Only where a clause holds rival figures.")
    counts_from = serializers.ChoiceField(choices=Term.CountsFrom.choices, required=False)
    renewable = serializers.BooleanField(required=False)
    date = serializers.DateField(required=False, help_text="First day of the period, for a date.")
    date_precision = serializers.ChoiceField(choices=DatePrecision.choices, required=False)
    note = serializers.CharField(required=False)


class DraftDependencySerializer(serializers.Serializer):
    clause = serializers.CharField(help_text="Id of a clause of the same text, or `{proposal}/{key}`.")
    relation = serializers.ChoiceField(choices=Dependency.Relation.choices)
    note = serializers.CharField(required=False)


class DraftContestSerializer(serializers.Serializer):
    party = serializers.RegexField(PATTERN)
    objection = serializers.CharField()


class DraftClauseSerializer(serializers.Serializer):
    """A clause as in the exchange format.

    Only `id` and `text` are needed; the more is coded, the better it is judged. `parent` is the enclosing one's id.
    """

    id = serializers.RegexField(PATTERN, max_length=40, help_text="Key of the clause in this text.")
    number = serializers.CharField(required=False, max_length=40, help_text="Number in the source.")
    label = serializers.CharField(required=False, max_length=200)  # type: ignore[assignment]
    text = serializers.CharField()
    parent = serializers.RegexField(PATTERN, required=False)  # type: ignore[assignment]
    kind = serializers.ChoiceField(choices=Clause.Kind.choices, required=False, help_text="Left out: commitment.")
    strikes = serializers.RegexField(_CLAUSE, required=False, help_text="`{proposal}/{key}` that it strikes out.")
    wording = serializers.ChoiceField(choices=Clause.Wording.choices, required=False, help_text="Left out: paraphrase.")
    language = serializers.CharField(required=False, max_length=10, help_text="Left out: en.")
    modality = serializers.ChoiceField(choices=Clause.Modality.choices, required=False)
    legal_effect = serializers.ChoiceField(choices=Clause.LegalEffect.choices, required=False)
    scope = DraftScopeSerializer(required=False)
    parties = DraftPartiesSerializer(required=False)
    topics = _slugs("Slugs, most specific first.")
    territories = _slugs("Slugs.")
    terms = DraftTermSerializer(many=True, required=False)
    condition = serializers.CharField(required=False, help_text="What it hangs on, in words.")
    depends_on = DraftDependencySerializer(many=True, required=False)
    contested = DraftContestSerializer(many=True, required=False)
    note = serializers.CharField(required=False)
    locator = serializers.CharField(required=False, max_length=300)
    sources = _slugs("Slugs.")
    evidence = serializers.ChoiceField(choices=Evidence.choices, required=False)
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False)


class ComparedTextSerializer(serializers.Serializer):
    """A stored proposal, named by `slug` alone; or a text that is not stored, as `text` or as `clauses`."""

    slug = serializers.RegexField(
        PATTERN, required=False, max_length=80, help_text="Of a stored proposal; with `text` or `clauses` of none."
    )
    text = serializers.CharField(required=False, help_text="Plain text, split by its numbering.")
    clauses = serializers.ListField(child=DraftClauseSerializer(), required=False, min_length=1, max_length=MAX_CLAUSES)


@extend_schema_serializer(component_name="Comparison")
class ComparedTextsSerializer(serializers.Serializer):
    """What to compare, in the order of the columns."""

    proposals = serializers.ListField(
        child=ComparedTextSerializer(), min_length=MIN_PROPOSALS, max_length=MAX_PROPOSALS
    )
