"""Comparisons frozen to be cited, and the page of each."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from proposals.comparison import UnableToCompare, UnknownProposals, citation, freeze, shown, state_of_snapshot
from proposals.models import Snapshot
from proposals.pages.addresses import asked_proposals, choice_address, comparison_address
from proposals.pages.answering import Head, answered, page
from proposals.pages.compare.concordance import lay_out
from proposals.pages.compare.exports import exports_of
from proposals.pages.compare.filters import Facets, UnknownFilter
from proposals.pages.compare.rates import too_often
from proposals.pages.compare.refusals import refused
from proposals.pages.compare.table import table_body


# No session is used and nothing but a snapshot of what is public is made, whoever asks: so there is nothing to forge,
# and readers get no cookie.
@csrf_exempt
@require_POST
def freeze_comparison(request: HttpRequest) -> HttpResponse:
    later = too_often(request, scope="snapshots")
    if later:
        return later
    asked = asked_proposals(request.POST)
    try:
        snapshot, _ = freeze(proposals=asked)
    except UnknownProposals as fault:
        details = [gettext("There is no public proposal “%(slug)s”.") % {"slug": slug} for slug in fault.near]
        return refused(request, asked=asked, details=details, status=HTTPStatus.NOT_FOUND)
    except UnableToCompare as fault:
        details = [one.detail for one in fault.faults]
        return refused(request, asked=asked, details=details)
    response = HttpResponseRedirect(reverse("pages:snapshot", args=[snapshot.digest]))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@require_safe
def snapshot(request: HttpRequest, digest: str) -> HttpResponse:
    state = state_of_snapshot(digest)
    if state is None:
        raise Http404
    try:
        return answered(request, lambda: _snapshot(request, digest), state=state)
    except UnknownFilter as fault:
        return refused(request, asked=[], details=[str(fault)])


def _snapshot(request: HttpRequest, digest: str) -> HttpResponse:
    record = Snapshot.objects.get(digest=digest)
    document, notices = shown(record)
    facets = Facets(document)
    chosen = facets.read(request.GET)

    def address(**filters: str) -> str:
        query = urlencode({name: value for name, value in filters.items() if value})
        return f"{request.path}?{query}" if query else request.path

    laid_out = lay_out(document, facets=facets, chosen=chosen, address=address)
    names = " / ".join(column.heading.short_title for column in laid_out.columns)
    api_address = reverse("snapshots-detail", args=[digest])
    slugs = [head["slug"] for head in document["proposals"]]
    head = Head(
        title=gettext("%(names)s, as of %(day)s") % {"names": names, "day": record.frozen_at.date().isoformat()},
        description=gettext("A comparison of peace proposals, frozen to be cited."),
        canonical=request.path,
        document=api_address,
        version=laid_out.method["inputs_digest"],
    )
    return page(
        request,
        "pages/compare/snapshot.html",
        head=head,
        page=laid_out,
        table=table_body(laid_out, included=document["included"], can_narrow=True),
        chosen=chosen,
        can_narrow=True,
        can_freeze=False,
        exports=exports_of(api_address),
        form_address=request.path,
        this_address=request.path,
        choice_address=choice_address(slugs),
        living_address=comparison_address(slugs),
        citation=citation(record, address=request.build_absolute_uri(request.path)),
        notices=notices,
        frozen_on=record.frozen_at,
    )
