"""Readings of a chosen comparison, and its bracketed text as a page and as a document."""

import datetime
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from proposals.comparison import compare, state_of_comparison
from proposals.pages.addresses import asked_proposals, comparison_address, document_address
from proposals.pages.answering import Head, answered, page, picture
from proposals.pages.compare.rates import too_often
from proposals.pages.compare.refusals import or_refused, refused
from proposals.pages.days import NoDay, day_in
from proposals.pages.hidden import hidden_of
from proposals.pages.positions.asked import Asked
from proposals.pages.readings.lines import groups_of_lines, headings_of
from proposals.pages.readings.statements import lay_out_readings
from proposals.rendering.bracketed_docx import bracketed_docx
from proposals.rendering.bracketed_text import BracketedText, bracketed_text
from proposals.rendering.citation import citation

_INCLUDED = ("readings", "positions")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    asked = asked_proposals(request.GET)
    try:
        as_of = day_in(request.GET.get("as_of", ""))
    except NoDay as fault:
        return refused(request, asked=asked, details=[str(fault)])
    return _on(request, asked, lambda: _readings(request, asked, as_of), as_of=as_of)


def _readings(request: HttpRequest, asked: Sequence[str], as_of: datetime.date | None) -> HttpResponse:
    document = compare(proposals=asked, user=request.user, include=_INCLUDED, as_of=as_of)
    laid_out = lay_out_readings(document, as_of=as_of)
    names = " / ".join(one.short_title for one in laid_out.headings)
    head = Head(
        title=gettext("Common ground and sticking points: %(names)s") % {"names": names},
        description=gettext("%(common)d matters agreed, %(sticking)d on which the texts diverge.")
        % {"common": len(laid_out.common_ground), "sticking": len(laid_out.sticking_points)},
        canonical=_address("pages:readings", [one.slug for one in laid_out.headings], as_of=as_of),
        document=f"{document_address(asked)}&include={','.join(_INCLUDED)}{_on_day(as_of)}",
        version=laid_out.version,
    )
    return page(
        request,
        "pages/readings/readings.html",
        head=head,
        readings=laid_out,
        as_of=as_of,
        asked=",".join(asked),
        compared=comparison_address(asked),
        positions=Asked(as_of=as_of).address("pages:positions"),
        hidden=hidden_of(asked, user=request.user),
    )


@require_safe
def bracketed(request: HttpRequest) -> HttpResponse:
    asked = asked_proposals(request.GET)
    return _on(request, asked, lambda: _bracketed(request, asked))


def _bracketed(request: HttpRequest, asked: Sequence[str]) -> HttpResponse:
    text = _text(request, asked)
    head = Head(
        title=gettext("Bracketed text: %(names)s") % {"names": " / ".join(text.texts)},
        description=" ".join((text.title, *text.remarks)),
        canonical=_address("pages:bracketed", asked),
    )
    return page(
        request,
        "pages/readings/bracketed.html",
        head=head,
        text=text,
        asked=",".join(asked),
        compared=comparison_address(asked),
        hidden=hidden_of(asked, user=request.user),
    )


@require_safe
def bracketed_document(request: HttpRequest) -> HttpResponse:
    asked = asked_proposals(request.GET)

    def make() -> HttpResponse:
        # Counted where it has to be made: one that is remembered costs nothing.
        if later := too_often(request, scope="drafts"):
            return later
        response = picture(request, bracketed_docx(_text(request, asked)), content_type=_DOCX)
        response.headers["Content-Disposition"] = 'attachment; filename="bracketed.docx"'
        return response

    return _on(request, asked, make)


def _text(request: HttpRequest, asked: Sequence[str]) -> BracketedText:
    document = compare(proposals=asked, user=request.user, include=_INCLUDED)
    headings = headings_of(document)
    return bracketed_text(
        document,
        headings=headings,
        groups=[(group.name, group.lines) for group in groups_of_lines(document, headings=headings)],
        citation=citation(
            headings, method=document["method"], address=request.build_absolute_uri(comparison_address(asked))
        ),
    )


def _on(
    request: HttpRequest, asked: list[str], make: Callable[[], HttpResponse], *, as_of: datetime.date | None = None
) -> HttpResponse:
    state = state_of_comparison(proposals=asked, user=request.user, include=_INCLUDED, as_of=as_of)
    return or_refused(request, lambda: answered(request, make, state=state), asked=asked)


def _address(route: str, slugs: Sequence[str], *, as_of: datetime.date | None = None) -> str:
    return f"{reverse(route)}?proposals={','.join(slugs)}{_on_day(as_of)}"


def _on_day(as_of: datetime.date | None) -> str:
    return f"&as_of={as_of.isoformat()}" if as_of else ""
