"""The choice of proposals, and what they say side by side."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_all
from proposals.comparison import compare, state_of_comparison
from proposals.pages.addresses import (
    asked_proposals,
    choice_address,
    comparison_address,
    document_address,
    preview_address,
)
from proposals.pages.answering import Head, answered, page
from proposals.pages.compare.concordance import ConcordancePage, lay_out
from proposals.pages.compare.exports import exports_of
from proposals.pages.compare.filters import Facets, UnknownFilter
from proposals.pages.compare.listing import Listing, list_proposals
from proposals.pages.compare.refusals import or_refused, refused
from proposals.pages.compare.table import table_body
from proposals.pages.hidden import hidden_of

_LONGEST_SEARCH = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return answered(request, lambda: _home(request), state=state_of_all(everything=sees_all(request.user)))


def _home(request: HttpRequest) -> HttpResponse:
    listing = _listing(request, asked_proposals(request.GET))
    head = Head(
        title=gettext("Peace proposals side by side"),
        description=gettext(
            "Ceasefire and peace proposals laid side by side, clause by clause: what agrees, what diverges, what is "
            "missing."
        ),
        canonical=request.path,
        feed=reverse("pages:proposals-feed"),
    )
    return page(request, "pages/home.html", head=head, listing=listing)


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    asked = asked_proposals(request.GET)
    if "compare" in request.GET:
        # From the chooser, whose form sends the words of its search too.
        return HttpResponseRedirect(comparison_address(asked))
    if {"q", "page"} & request.GET.keys() or "proposals" not in request.GET:
        everything = state_of_all(everything=sees_all(request.user))
        return answered(request, lambda: _chooser(request, asked), state=everything)
    state = state_of_comparison(proposals=asked, user=request.user)
    try:
        return or_refused(
            request, lambda: answered(request, lambda: _comparison(request, asked), state=state), asked=asked
        )
    except UnknownFilter as fault:
        return refused(request, asked=asked, details=[str(fault)])


def _chooser(request: HttpRequest, asked: Sequence[str]) -> HttpResponse:
    search = request.GET.get("q", "")[:_LONGEST_SEARCH]
    head = Head(
        title=gettext("Choose proposals to compare"),
        description=gettext("Two to eight peace proposals can be laid side by side."),
        canonical=request.path,
        is_indexed=not request.GET,
    )
    listing = _listing(request, asked, search=search)
    return page(request, "pages/compare/chooser.html", head=head, listing=listing, search=search, is_chooser=True)


def _listing(request: HttpRequest, ticked: Sequence[str], *, search: str = "") -> Listing:
    return list_proposals(user=request.user, ticked=ticked, search=search, part=request.GET.get("page", "1"))


def _comparison(request: HttpRequest, asked: Sequence[str]) -> HttpResponse:
    document = compare(proposals=asked, user=request.user)
    facets = Facets(document)
    chosen = facets.read(request.GET)
    laid_out = lay_out(document, facets=facets, chosen=chosen, address=partial(comparison_address, asked))
    hidden = hidden_of(asked, user=request.user)
    return page(
        request,
        "pages/compare.html",
        head=_head(laid_out, asked=asked),
        page=laid_out,
        table=table_body(laid_out, included=document["included"], can_narrow=True),
        chosen=chosen,
        can_narrow=True,
        can_freeze=not hidden,
        asked=",".join(asked),
        exports=exports_of(document_address(asked)),
        form_address=reverse("pages:compare"),
        this_address=comparison_address(asked),
        choice_address=choice_address(asked),
        hidden=hidden,
    )


def _head(laid_out: ConcordancePage, *, asked: Sequence[str]) -> Head:
    headings = [column.heading for column in laid_out.columns]
    dated = ", ".join(f"{one.short_title} ({one.date})" if one.date else one.short_title for one in headings)
    return Head(
        title=" / ".join(one.short_title for one in headings),
        description=gettext("%(count)d proposals side by side: %(names)s.") % {"count": len(headings), "names": dated},
        canonical=comparison_address([one.slug for one in headings]),
        document=document_address(asked),
        picture=preview_address([one.slug for one in headings]),
        version=laid_out.method["inputs_digest"],
    )
