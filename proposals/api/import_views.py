"""Many records at once: a document of the exchange format, imported as the command imports files."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, cast

from django.contrib.auth.models import AbstractUser
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, ParseError
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.permissions import Needs
from access.permissions import require
from access.roles import IMPORT, OVERWRITE
from parties.api.parameters import ParameterSet, YesNoFilter
from parties.api.records import ReadingView, refuse_unknown
from parties.readers import PREVIEW
from proposals.api.serializers.imports import ImportedDocumentSerializer, ImportReportSerializer
from proposals.api.writing_problems import NotWritten
from proposals.exchange.faults import UnableToImport
from proposals.exchange.importing import Report, import_text
from proposals.exchange.plan import Action
from proposals.exchange.reading import LARGEST
from proposals.models import Proposal


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = f"The document may have {LARGEST:,} bytes at most."


class _TextOfJSON(JSONParser):
    """The text of a body: the import reads it itself, so that it can name lines and keys that stand twice."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise TooLarge
        try:
            return body.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            raise ParseError("The body is not UTF-8.") from None


class ImportParameters(ParameterSet):
    dry_run = YesNoFilter(help_text="Whether to say only what would be done.")
    overwrite = YesNoFilter(help_text="Whether to replace what was edited or deleted here since it was imported.")
    prune = YesNoFilter(
        help_text="Whether to remove clauses and decisions that an import once wrote and the document's proposals lack."
    )


class ImportView(ReadingView, GenericAPIView):
    http_method_names = ["post", "options"]
    queryset = Proposal.objects.all()
    serializer_class = ImportReportSerializer
    parser_classes = [_TextOfJSON]
    filterset_class = ImportParameters

    def get_permissions(self) -> Sequence[Any]:
        return [Needs(IMPORT, PREVIEW)]

    @extend_schema(
        operation_id="imports_create",
        summary="Import a document",
        description="All records of a document of the exchange format (docs/exchange.schema.json), in one transaction: "
        "all or none. Sent again, it changes nothing. Records that were edited here since they were imported are left "
        f"alone and told as conflicts. New records are public. At most {LARGEST:,} bytes. For staff.",
        filters=True,
        request=ImportedDocumentSerializer,
        responses={
            200: ImportReportSerializer,
            400: OpenApiResponse(
                description="Nothing was written. `errors` holds the first 200 faults, `fault_count` the number of all."
            ),
            413: OpenApiResponse(description="The document is too large."),
            415: OpenApiResponse(description="The body is not JSON."),
        },
    )
    def post(self, request: Request) -> Response:
        refuse_unknown(request.query_params, known=ImportParameters.takes())
        asked = ImportParameters.read(request, self.get_queryset())
        options = {name: bool(asked[name]) for name in ImportParameters.takes()}
        if options["overwrite"] or options["prune"]:
            require(request.user, OVERWRITE)
        try:
            report = import_text(str(request.data or ""), by=cast(AbstractUser, request.user), **options)
        except UnableToImport as error:
            raise NotWritten(error) from error
        return Response(_told(report, dry_run=options["dry_run"]))


def _told(report: Report, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "counts": {action.value: report.count(action) for action in Action},
        "records": [
            {
                "action": change.action.value,
                "kind": change.kind,
                "address": change.address,
                "fields": list(change.fields),
                "reason": change.reason or None,
            }
            for change in report.changes
        ],
    }
