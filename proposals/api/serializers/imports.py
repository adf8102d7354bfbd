"""A document of the exchange format, and what its import did, declared for the schema."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from proposals.api.codes import ImportAction, RecordKind
from proposals.exchange.format import FORMAT, LISTS

# Each record is described by docs/exchange.schema.json, which tells more than an OpenAPI document can.
_lists = {
    name: serializers.ListField(
        child=serializers.DictField(), required=False, help_text="Records of the exchange format."
    )
    for name in LISTS
}
_document = type(
    "DocumentSerializer",
    (serializers.Serializer,),
    {
        "__doc__": "Lists of records, each as docs/exchange.schema.json says.",
        "format": serializers.RegexField(f"^{FORMAT}$", help_text=f"{FORMAT}."),
        **_lists,
    },
)
ImportedDocumentSerializer = extend_schema_serializer(component_name="ExchangeDocument")(_document)


class ImportCountsSerializer(serializers.Serializer):
    """How many records met each fate."""

    new = serializers.IntegerField(help_text="They were not here.")
    changed = serializers.IntegerField(help_text="They were here, and are others now.")
    unchanged = serializers.IntegerField(help_text="They were here as they are.")
    conflict = serializers.IntegerField(help_text="They were edited or deleted here, and left alone.")
    removed = serializers.IntegerField(help_text="The document lacks them, and they were removed.")
    absent = serializers.IntegerField(help_text="The document lacks them, and they were left alone.")


class ImportedRecordSerializer(serializers.Serializer):
    """What became of one record."""

    action = serializers.ChoiceField(choices=ImportAction.choices)
    kind = serializers.ChoiceField(choices=RecordKind.choices)
    address = serializers.CharField(help_text="Its id; of a clause `{proposal}/{key}`, of a decision both clauses.")
    fields = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(), help_text="Where it differs from what is stored."
    )
    reason = serializers.CharField(allow_null=True, help_text="Why it was left alone.")


class ImportReportSerializer(serializers.Serializer):
    """What an import did, or would do."""

    dry_run = serializers.BooleanField(help_text="Whether nothing was written, on request.")
    counts = ImportCountsSerializer()
    records = ImportedRecordSerializer(many=True)
