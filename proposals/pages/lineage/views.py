"""What later texts make of the clauses of one: the list of texts, the page of each, and its picture alone."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_kinds
from proposals.comparison import UnableToCompare, compare, state_of_comparison
from proposals.models import Process
from proposals.pages.addresses import document_address
from proposals.pages.answering import Head, answered, page, picture
from proposals.pages.hidden import hidden_of
from proposals.pages.lineage.fate import lay_out
from proposals.pages.lineage.kin import (
    Texts,
    UnableToFollow,
    by_process,
    chosen_later,
    processes_with_ties,
    read_texts,
    text_of,
)
from proposals.pages.lineage.picture import specification
from proposals.pages.numbered import NoSuchPage, page_of
from proposals.rendering.pictures import draw_vega

# On a page of the list.
_PROCESSES = 15
Answer = Callable[[HttpRequest, str, Texts, list[str]], HttpResponse]


@require_safe
def lineages(request: HttpRequest) -> HttpResponse:
    state = state_of_kinds(("process", "proposal"), everything=sees_all(request.user))
    try:
        return answered(request, lambda: _lineages(request), state=state)
    except NoSuchPage as fault:
        head = Head(title=gettext("These texts cannot be shown"), is_indexed=False)
        status, back = HTTPStatus.BAD_REQUEST, reverse("pages:lineages")
        return page(request, "pages/records/refused.html", head=head, status=status, detail=str(fault), back=back)


@require_safe
def lineage(request: HttpRequest, slug: str) -> HttpResponse:
    return _answered(request, slug, _page)


@require_safe
def lineage_picture(request: HttpRequest, slug: str) -> HttpResponse:
    return _answered(request, slug, _picture)


def _lineages(request: HttpRequest) -> HttpResponse:
    part = page_of(Paginator(processes_with_ties(user=request.user), _PROCESSES), request.GET.get("page", ""))
    number = part.number

    def address(place: int) -> str:
        return f"{request.path}?page={place}" if place > 1 else request.path

    title = gettext("From text to text")
    head = Head(
        title=gettext("%(title)s, page %(number)d") % {"title": title, "number": number} if number > 1 else title,
        description=gettext("Which clauses of a text survive, change or vanish in later ones."),
        canonical=address(number),
    )
    return page(
        request,
        "pages/lineage/lineages.html",
        head=head,
        processes=by_process(read_texts(list(part), user=request.user)),
        number=number,
        last=part.paginator.num_pages,
        earlier=address(number - 1) if part.has_previous() else "",
        later=address(number + 1) if part.has_next() else "",
    )


def _answered(request: HttpRequest, slug: str, make: Answer) -> HttpResponse:
    texts = read_texts(Process.objects.filter(proposals__slug=slug), user=request.user)
    if texts.find(slug) is None:
        raise Http404(gettext("There is no proposal “%(slug)s”.") % {"slug": slug})
    asked = [part.strip() for value in request.GET.getlist("to") for part in value.split(",") if part.strip()]
    try:
        later = chosen_later(texts, slug, asked)
        state = (
            *state_of_comparison(proposals=[slug, *later], user=request.user),
            *state_of_kinds(("process", "proposal"), everything=sees_all(request.user)),
        )
        return answered(request, lambda: make(request, slug, texts, later), state=state)
    except UnableToFollow as fault:
        details = [str(fault)]
    except UnableToCompare as fault:
        details = [one.detail for one in fault.faults]
    head = Head(title=gettext("These texts cannot be followed"), is_indexed=False)
    status = HTTPStatus.BAD_REQUEST
    return page(request, "pages/lineage/refused.html", head=head, status=status, details=details, slug=slug)


def _page(request: HttpRequest, slug: str, texts: Texts, later: list[str]) -> HttpResponse:
    record = texts.find(slug)
    document = _document(request, slug, later)
    laid_out = lay_out(document) if document else None
    title = record.short_title if record else slug
    return page(
        request,
        "pages/lineage/lineage.html",
        head=Head(
            title=gettext("What became of %(title)s") % {"title": title},
            description=gettext("Which clauses of %(title)s survive, change or vanish in later texts.")
            % {"title": title},
            canonical=_address("pages:lineage", request, slug, later),
            document=document_address([slug, *later]) if later else "",
            record=slug,
            version=laid_out.method["inputs_digest"] if laid_out else "",
        ),
        title=title,
        slug=slug,
        page=laid_out,
        svg=draw_vega(specification(document)) if document else "",
        picture_address=_address("pages:lineage-picture", request, slug, later),
        choices=[(text_of(one), one.slug in later) for one in texts.after(slug)],
        hidden=hidden_of([slug, *later], user=request.user),
    )


def _picture(request: HttpRequest, slug: str, texts: Texts, later: list[str]) -> HttpResponse:
    document = _document(request, slug, later)
    if document is None:
        raise Http404(gettext("No later text is tied to “%(slug)s”.") % {"slug": slug})
    return picture(request, draw_vega(specification(document)), content_type="image/svg+xml")


def _document(request: HttpRequest, slug: str, later: list[str]) -> Mapping[str, Any] | None:
    return compare(proposals=[slug, *later], user=request.user) if later else None


def _address(route: str, request: HttpRequest, slug: str, later: list[str]) -> str:
    path = reverse(route, args=[slug])
    return f"{path}?{urlencode({'to': ','.join(later)}, doseq=False)}" if "to" in request.GET and later else path
