"""Which topics each text of a process regulates: the page, and its picture alone."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_kinds
from proposals.comparison import Coverage, NotCovered, coverage
from proposals.pages.addresses import asked_proposals
from proposals.pages.answering import Head, answered, page, picture
from proposals.pages.coverage.heat_map import lay_out, spoken
from proposals.pages.coverage.picture import specification
from proposals.pages.hidden import hidden_of
from proposals.rendering.pictures import draw_vega

_MADE_FROM = ("clause", "process", "proposal", "topic", "topic_group")
_REFUSED = {
    "process": gettext_lazy("There is no process “%(slug)s” with texts. There are: %(known)s."),
    "group": gettext_lazy("There is no group of topics “%(slug)s”. There are: %(known)s."),
    "proposal": gettext_lazy("There is no proposal “%(slug)s” in this process. There are: %(known)s."),
    "page": gettext_lazy("There is no page “%(slug)s” of this coverage. There are: %(known)s."),
}

Make = Callable[[HttpRequest, Coverage], HttpResponse]


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    return _answered(request, _page)


@require_safe
def coverage_picture(request: HttpRequest) -> HttpResponse:
    return _answered(request, _picture)


def _answered(request: HttpRequest, make: Make) -> HttpResponse:
    state = state_of_kinds(_MADE_FROM, everything=sees_all(request.user))
    try:
        return answered(request, lambda: make(request, _found(request)), state=state)
    except NotCovered as fault:
        said = {"slug": fault.slug, "known": ", ".join(fault.known) or "–"}
        head = Head(title=gettext("This coverage cannot be shown"), is_indexed=False)
        return page(
            request,
            "pages/coverage/refused.html",
            head=head,
            status=HTTPStatus.BAD_REQUEST,
            detail=str(_REFUSED[fault.kind]) % said,
        )


def _found(request: HttpRequest) -> Coverage:
    query = request.GET
    return coverage(
        user=request.user,
        process=query.get("process", ""),
        group=query.get("group", ""),
        proposals=asked_proposals(query),
        page=query.get("page", ""),
    )


def _page(request: HttpRequest, found: Coverage) -> HttpResponse:
    laid_out = lay_out(found)
    name = found.process.name if found.process else ""
    return page(
        request,
        "pages/coverage/coverage.html",
        head=Head(
            title=gettext("What the texts cover: %(process)s") % {"process": name} if name else gettext("Coverage"),
            description=spoken(laid_out),
            canonical=_address("pages:coverage", request, found),
        ),
        page=laid_out,
        found=found,
        group=request.GET.get("group", ""),
        asked=",".join(asked_proposals(request.GET)),
        svg=draw_vega(specification(laid_out)) if laid_out.texts else "",
        spoken=spoken(laid_out),
        picture_address=_address("pages:coverage-picture", request, found),
        earlier=_address("pages:coverage", request, found, page=found.page + 1),
        later=_address("pages:coverage", request, found, page=found.page - 1),
        hidden=hidden_of([one.slug for one in found.proposals], user=request.user),
    )


def _picture(request: HttpRequest, found: Coverage) -> HttpResponse:
    return picture(request, draw_vega(specification(lay_out(found))), content_type="image/svg+xml")


def _address(route: str, request: HttpRequest, found: Coverage, *, page: int = 0) -> str:
    """In one form, whatever else was asked; the process is named once there are several. Else of the same page."""
    number = page or found.page
    query = {
        "process": found.process.slug if found.process and len(found.processes) > 1 else "",
        "group": request.GET.get("group", ""),
        "proposals": ",".join(sorted(set(asked_proposals(request.GET)))),
        "page": str(number) if number > 1 else "",
    }
    words = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse(route)}?{words}" if words else reverse(route)
