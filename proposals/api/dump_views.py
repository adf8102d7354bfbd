"""Everything public as one file."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from parties.api.formats import JSON, ZIP, Format, file_answer, repr_digest
from parties.api.records import ReadingView
from parties.stamps import State, state_of_kinds
from proposals.api.serializers.dump import DumpSerializer
from proposals.exchange.dump import KINDS, dump_json, dump_zip
from proposals.models import Proposal

_WRITERS: Mapping[Format, Callable[[], bytes]] = {JSON: dump_json, ZIP: dump_zip}


class DumpView(ReadingView, GenericAPIView):
    """What staff see beyond is in no dump, so it is the same for everybody."""

    queryset = Proposal.objects.none()
    serializer_class = DumpSerializer
    pagination_class = None
    filter_backends = []
    formats = tuple(_WRITERS)
    remembers = True

    def state(self, request: Request) -> State | None:
        return state_of_kinds(KINDS, everything=False)

    @extend_schema(
        operation_id="dump_retrieve",
        summary="Take everything",
        description="Every public record of every list in one document, or as a ZIP of files in the exchange format. "
        "Equal records give equal bytes. `Repr-Digest` (RFC 9530) has the digest of the file as it is sent.",
        responses=DumpSerializer,
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self.refuse_unknown(request, known={})
        content = _WRITERS[self.format_asked]()
        headers = {"Repr-Digest": repr_digest(content)}
        return file_answer(self.format_asked, content, name="concordance", headers=headers)
