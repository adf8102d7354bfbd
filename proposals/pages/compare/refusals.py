"""What is said of a selection that cannot be compared, beside the list to choose again from."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from proposals.comparison import UnableToCompare, UnknownProposals
from proposals.pages.addresses import comparison_address
from proposals.pages.answering import Head, page
from proposals.pages.compare.listing import list_proposals


def or_refused(request: HttpRequest, make: Callable[[], HttpResponse], *, asked: Sequence[str]) -> HttpResponse:
    """What `make` answers, or a page that names the faults of the selection."""
    try:
        return make()
    except UnknownProposals as fault:
        near = [
            (slug, [(other, comparison_address([other if one == slug else one for one in asked])) for other in others])
            for slug, others in fault.near.items()
        ]
        details = [gettext("There is no proposal “%(slug)s”.") % {"slug": slug} for slug in fault.near]
        return refused(request, asked=asked, details=details, near=near, status=HTTPStatus.NOT_FOUND)
    except UnableToCompare as fault:
        return refused(request, asked=asked, details=[one.detail for one in fault.faults])


def refused(
    request: HttpRequest,
    *,
    asked: Sequence[str],
    details: Sequence[str],
    near: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (),
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
) -> HttpResponse:
    listing = list_proposals(user=request.user, ticked=asked)
    head = Head(title=gettext("This comparison cannot be made"), is_indexed=False)
    return page(request, "pages/unable.html", head=head, status=status, listing=listing, details=details, near=near)
