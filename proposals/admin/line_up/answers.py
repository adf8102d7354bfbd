"""How the review answers: a script gets the parts of the page that changed, everybody else a page."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control

from parties.editing import editor
from proposals.admin.line_up.page import STANDINGS, LineUp, lay_out
from proposals.comparison import UnableToCompare, review
from proposals.models import Proposal

SHOWN = ("all", *STANDINGS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """What an editor wanted who had seen a pair otherwise than it is now; `outdated` are other parts of the page."""

    anchor: str
    outdated: tuple[str, ...]
    said: str
    act: str
    wanted: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of a request; `anchor` is the part of the page to go to."""

    said: str
    anchor: str
    status: HTTPStatus = HTTPStatus.OK
    moves_on: bool = False
    clash: Clash | None = None


def answer(request: HttpRequest, before: LineUp, outcome: Outcome) -> HttpResponse:
    """To a script the parts that are no longer as they were; without one, the page again, or the way back to it."""
    left, right = (heading.slug for heading in before.headings)
    if not request.accepts("text/html"):
        return _changed_parts(request, before, outcome)
    if outcome.clash:
        return whole_page(request, left, right, clash=outcome.clash, status=outcome.status)
    level = messages.SUCCESS if outcome.status == HTTPStatus.OK else messages.ERROR
    messages.add_message(request, level, outcome.said)
    return HttpResponseRedirect(f"{address_of_review(left, right, show=_show(request))}#{outcome.anchor}")


def _changed_parts(request: HttpRequest, before: LineUp, outcome: Outcome) -> HttpResponse:
    left, right = (heading.slug for heading in before.headings)
    after = laid_out(request, left, right)
    old, new = before.parts(), after.parts()
    # Where somebody else was faster, what the editor sees is older than `before`.
    again = {outcome.anchor, *(outcome.clash.outdated if outcome.clash else ())}
    wanted = [anchor for anchor in new if old.get(anchor) != new[anchor] or anchor in again]
    context = _context(request, after, clash=outcome.clash)
    return JsonResponse(
        {
            "said": outcome.said,
            "is_done": outcome.status == HTTPStatus.OK,
            "anchor": outcome.anchor,
            "moves_on": outcome.moves_on,
            "parts": {anchor: _part(request, *new[anchor], context) for anchor in wanted},
            "fresh": [anchor for anchor in new if anchor not in old and new[anchor][0] == "pair"],
            "gone": [anchor for anchor in old if anchor not in new],
        },
        status=outcome.status,
    )


def _part(request: HttpRequest, kind: str, one: Any, context: dict[str, Any]) -> str:
    return render_to_string(f"workshop/line_up_{kind}.html", {**context, kind: one}, request=request)


def whole_page(
    request: HttpRequest, left: str, right: str, *, clash: Clash | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    page = laid_out(request, left, right)
    show = _show(request)
    title = f"{page.headings[0].short_title} and {page.headings[1].short_title}"
    context = {
        **around(request, f"Line up {title}"),
        **_context(request, page, clash=clash),
        # What a clash is about is shown, whatever became of it.
        "shown": [
            pair for pair in page.pairs if show in ("all", pair.standing) or (clash and clash.anchor == pair.anchor)
        ],
        "filters": [
            (one, address_of_review(left, right, show=one), getattr(page.progress, "total" if one == "all" else one))
            for one in SHOWN
        ],
    }
    return rendered(request, "workshop/line_up.html", context, status=status)


def _context(request: HttpRequest, page: LineUp, *, clash: Clash | None) -> dict[str, Any]:
    """What every part of the page needs."""
    left, right = (heading.slug for heading in page.headings)
    user = editor(request)
    may = {what: user.has_perm(f"proposals.{what}_decision") for what in ("add", "change", "delete")}
    return {
        "page": page,
        "clash": clash,
        "show": _show(request),
        "may": {**may, "silence": user.has_perm("proposals.add_silence")},
        "decide_address": reverse("admin:proposals_proposal_decide", args=[left, right]),
        "silence_address": reverse("admin:proposals_proposal_silence", args=[left, right]),
        "page_address": address_of_review(left, right, show=_show(request)),
        "comparison_address": f"{reverse('pages:compare')}?proposals={left},{right}",
    }


def laid_out(request: HttpRequest, left: str, right: str) -> LineUp:
    try:
        found = review(left, right, user=request.user)
    except UnableToCompare as fault:
        # An unknown text, one with itself, or texts so long that no comparison of them is answered either.
        raise Http404(str(fault)) from None
    return lay_out(found, user=editor(request))


def _show(request: HttpRequest) -> str:
    """Which pairs the editor has chosen to see."""
    asked = request.POST.get("show", request.GET.get("show", ""))
    return asked if asked in SHOWN else "all"


def address_of_review(left: str, right: str, *, show: str = "") -> str:
    query = {"show": show} if show not in ("", "all") else {}
    return reverse("admin:proposals_proposal_line_up", args=[left, right], query=query)


def around(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "opts": Proposal._meta, "title": title}


def rendered(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    # As all pages of the admin, and it shows records that are not public yet.
    patch_cache_control(response, private=True, no_store=True)
    return response
