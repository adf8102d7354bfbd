"""The pages: read what was asked, make one call into the domain, render."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from proposals.comparison import UnableToCompare, UnknownProposals, compare
from proposals.models import Proposal
from proposals.pages.concordance import lay_out
from proposals.pages.filters import UnknownFilter, read_filter
from proposals.pages.hidden import hidden_of
from proposals.pages.listing import list_proposals
from proposals.pages.provenance import proposal_page
from proposals.pages.selection import asked_proposals, choice_address, comparison_address, document_address


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    listing = list_proposals(user=request.user, ticked=asked_proposals(request.GET))
    return _page(request, "pages/home.html", {"listing": listing})


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    asked = asked_proposals(request.GET)
    try:
        chosen = read_filter(request.GET)
        document = compare(proposals=asked, user=request.user)
    except UnknownFilter as fault:
        return _unable(request, asked=asked, details=[str(fault)], status=HTTPStatus.BAD_REQUEST)
    except UnknownProposals as fault:
        near = [
            (slug, [(other, comparison_address([other if one == slug else one for one in asked])) for other in others])
            for slug, others in fault.near.items()
        ]
        details = [gettext("There is no proposal “%(slug)s”.") % {"slug": slug} for slug in fault.near]
        return _unable(request, asked=asked, details=details, near=near, status=HTTPStatus.NOT_FOUND)
    except UnableToCompare as fault:
        details = [one.detail for one in fault.faults]
        return _unable(request, asked=asked, details=details, status=HTTPStatus.BAD_REQUEST)
    page = lay_out(document, chosen=chosen)
    context = {
        "page": page,
        "canonical_address": comparison_address([column.heading.slug for column in page.columns]),
        "chosen": chosen,
        "asked": ",".join(asked),
        "this_address": comparison_address(asked),
        "choice_address": choice_address(asked),
        "document_address": document_address(asked),
        "hidden": hidden_of(asked, user=request.user),
    }
    return _page(request, "pages/compare.html", context)


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    record = Proposal.objects.visible_to(request.user).filter(slug=slug).with_parts(request.user).first()
    if record is None:
        raise Http404(gettext("There is no proposal “%(slug)s”.") % {"slug": slug})
    context = {"page": proposal_page(record, user=request.user), "hidden": hidden_of([slug], user=request.user)}
    return _page(request, "pages/proposal.html", context)


def _unable(
    request: HttpRequest,
    *,
    asked: list[str],
    details: list[str],
    status: HTTPStatus,
    near: list[tuple[str, list[tuple[str, str]]]] | None = None,
) -> HttpResponse:
    """Says what is wrong with the selection, beside the list to choose again from."""
    listing = list_proposals(user=request.user, ticked=asked)
    context = {"listing": listing, "details": details, "near": near or []}
    return _page(request, "pages/unable.html", context, status=status)


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    if sees_all(request.user):
        # What is not public yet is kept by no cache.
        patch_cache_control(response, private=True, no_store=True)
    return response
