"""What later texts make of the clauses of one: the list of texts, the page of each, and its picture alone."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_kinds
from proposals.comparison import UnableToCompare, compare, state_of_comparison
from proposals.pages.addresses import document_address
from proposals.pages.answering import Head, answered, page, picture
from proposals.pages.hidden import hidden_of
from proposals.pages.lineage.fate import lay_out
from proposals.pages.lineage.kin import Texts, UnableToFollow, by_process, chosen_later, read_texts, text_of
from proposals.pages.lineage.picture import specification
from proposals.rendering.pictures import draw_vega

Answer = Callable[[HttpRequest, str, Texts, list[str]], HttpResponse]


@require_safe
def lineages(request: HttpRequest) -> HttpResponse:
    state = state_of_kinds(("process", "proposal"), everything=sees_all(request.user))
    return answered(request, lambda: _lineages(request), state=state)


@require_safe
def lineage(request: HttpRequest, slug: str) -> HttpResponse:
    return _answered(request, slug, _page)


@require_safe
def lineage_picture(request: HttpRequest, slug: str) -> HttpResponse:
    return _answered(request, slug, _picture)


def _lineages(request: HttpRequest) -> HttpResponse:
    head = Head(
        title=gettext("From text to text"),
        description=gettext("Which clauses of a text survive, change or vanish in later ones."),
        canonical=request.path,
    )
    return page(request, "pages/lineage/lineages.html", head=head, processes=by_process(read_texts(user=request.user)))


def _answered(request: HttpRequest, slug: str, make: Answer) -> HttpResponse:
    texts = read_texts(user=request.user)
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
