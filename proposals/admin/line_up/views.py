"""The pages of the review and the small requests that they make; each answers a script with the parts that changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from parties.editing import editor
from proposals.admin.line_up.choice import candidates
from proposals.admin.line_up.choosing_form import OtherProposal
from proposals.admin.line_up.deciding import ACTS, SeenOtherwise, UnableToDecide, decide
from proposals.admin.line_up.finding import NotOneClause, find_clause
from proposals.admin.line_up.page import STANDINGS, LineUp, anchor_of_pair, lay_out, verdict_of
from proposals.admin.line_up.silences import NotSilent, record_silence
from proposals.comparison import UnableToCompare, UnknownProposals, review
from proposals.models import Clause, Proposal, Source, Topic

View = Callable[..., HttpResponseBase]
Wrap = Callable[[View], View]

SHOWN = ("all", *STANDINGS)
ACTS_IN_WORDS = {
    "confirm": "the same matter",
    "reject": "not the same matter",
    "equivalent": "the same matter, equivalent",
    "overlap": "the same matter, overlap",
    "conflict": "the same matter, conflict",
    "open": "the same matter, relation left to the engine",
    "again": "as decided before",
    "note": "another note",
    "take_back": "to take the decision back",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """What an editor wanted who had seen a pair otherwise than it is now."""

    anchor: str
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


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice of the other proposal; `other` in the query leads on to the review."""
    _check_looks(request)
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    # The admin's widget fails on what cannot be a primary key, and nobody types one here.
    is_asked = re.fullmatch("[0-9]{1,18}", request.GET.get("other", ""))
    form = OtherProposal(request.GET if is_asked else None, proposal=proposal, user=request.user)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(_address(proposal.slug, form.cleaned_data["other"].slug))
    tied, latest = candidates(proposal, user=request.user)
    context = {
        **_around(request, f"Line up {proposal.short_title} with…"),
        "proposal": proposal,
        "form": form,
        "media": form.media,
        "groups": [("Tied by lineage", tied), ("The latest of the process", latest)],
    }
    return _page(request, "workshop/line_up_choice.html", context)


@require_safe
def review_page(request: HttpRequest, left: str, right: str) -> HttpResponse:
    _check_looks(request)
    return _whole_page(request, left, right)


@require_POST
def decide_pair(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """One act on a pair, named by its clauses: their keys, or words that somebody typed to link two by hand."""
    _check_looks(request)
    before = _laid_out(request, left, right)
    sides = [request.POST.get("left", ""), request.POST.get("right", "")]
    try:
        clauses = [
            find_clause(typed, among=_clauses(request, heading.slug), title=heading.short_title)
            for typed, heading in zip(sides, before.headings, strict=True)
        ]
    except NotOneClause as fault:
        return _answer(request, before, Outcome(said=str(fault), anchor="by-hand", status=HTTPStatus.BAD_REQUEST))
    return _answer(request, before, _outcome_of_act(request, clauses[0], clauses[1]))


@require_POST
def silence(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Records that one of the two texts is silent on a topic."""
    _check_looks(request)
    before = _laid_out(request, left, right)
    slug, topic_slug = request.POST.get("proposal", ""), request.POST.get("topic", "")
    if slug not in (left, right):
        raise Http404("That proposal is neither of the two.")
    proposal, topic = get_object_or_404(Proposal, slug=slug), get_object_or_404(Topic, slug=topic_slug)
    named = request.POST.get("source", "")
    source = get_object_or_404(Source, slug=named) if named else None
    anchor, status = f"gap__{slug}__{topic_slug}", HTTPStatus.OK
    try:
        record_silence(
            proposal,
            topic,
            reason=request.POST.get("reason", "").replace("\r\n", "\n"),
            source=source,
            by=editor(request),
            on=timezone.localdate(),
        )
        said = f"Recorded: {proposal.short_title} is silent on {topic.name}."
    except NotSilent as fault:
        said, status = str(fault), HTTPStatus.CONFLICT
    except ValidationError as fault:
        said, status = " ".join(fault.messages), HTTPStatus.BAD_REQUEST
    except PermissionDenied as fault:
        said, status = str(fault), HTTPStatus.FORBIDDEN
    return _answer(request, before, Outcome(said=said, anchor=anchor, status=status, moves_on=True))


def _outcome_of_act(request: HttpRequest, left: Clause, right: Clause) -> Outcome:
    anchor = anchor_of_pair(left.key, right.key)
    act, note = request.POST.get("act", ""), request.POST.get("note")
    if act not in ACTS:
        return Outcome(said="There is no such act.", anchor=anchor, status=HTTPStatus.BAD_REQUEST)
    try:
        deed = decide(
            left,
            right,
            act=act,
            by=editor(request),
            at=timezone.now().replace(microsecond=0),
            seen=request.POST.get("seen", ""),
            note=None if note is None else note.replace("\r\n", "\n"),
        )
    except SeenOtherwise as seen:
        clash = Clash(
            anchor=anchor, said=_what_changed(seen, request), act=act, wanted=ACTS_IN_WORDS[act], note=note or ""
        )
        return Outcome(said=clash.said, anchor=anchor, status=HTTPStatus.CONFLICT, clash=clash)
    except UnableToDecide as fault:
        return Outcome(said=str(fault), anchor=anchor, status=HTTPStatus.BAD_REQUEST)
    except ValidationError as fault:
        return Outcome(said=" ".join(fault.messages), anchor=anchor, status=HTTPStatus.BAD_REQUEST)
    except PermissionDenied as fault:
        return Outcome(said=str(fault), anchor=anchor, status=HTTPStatus.FORBIDDEN)
    return Outcome(said=deed.said, anchor=anchor, moves_on=deed.moves_on)


def _what_changed(seen: SeenOtherwise, request: HttpRequest) -> str:
    told = []
    if seen.is_decision_new and seen.decision:
        verdict = verdict_of(seen.decision, user=editor(request))
        at = timezone.localtime(verdict.at).strftime("%-d %B %Y, %H:%M")
        told.append(f"{verdict.by} has decided this pair, on {at}: {verdict.words}.")
    elif seen.is_decision_new:
        told.append("The decision on this pair was taken back.")
    told += [f"{clause.key} {clause.label} was changed." for clause in seen.changed]
    return f"Since you opened the page: {' '.join(told)} Nothing was saved."


def _answer(request: HttpRequest, before: LineUp, outcome: Outcome) -> HttpResponse:
    """To a script the parts that are no longer as they were; without one, the page again, or the way back to it."""
    left, right = (heading.slug for heading in before.headings)
    if not request.accepts("text/html"):
        return _changed_parts(request, before, outcome)
    if outcome.clash:
        return _whole_page(request, left, right, clash=outcome.clash, status=outcome.status)
    level = messages.SUCCESS if outcome.status == HTTPStatus.OK else messages.ERROR
    messages.add_message(request, level, outcome.said)
    return HttpResponseRedirect(f"{_address(left, right, show=_show(request))}#{outcome.anchor}")


def _changed_parts(request: HttpRequest, before: LineUp, outcome: Outcome) -> HttpResponse:
    left, right = (heading.slug for heading in before.headings)
    after = _laid_out(request, left, right)
    old, new = before.parts(), after.parts()
    # Where somebody else was faster, what the editor sees is older than `before`.
    wanted = [anchor for anchor in new if old.get(anchor) != new[anchor] or anchor == outcome.anchor]
    context = _context(request, after, clash=outcome.clash)
    return JsonResponse(
        {
            "said": outcome.said,
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


def _whole_page(
    request: HttpRequest, left: str, right: str, *, clash: Clash | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    page = _laid_out(request, left, right)
    show = _show(request)
    title = f"{page.headings[0].short_title} and {page.headings[1].short_title}"
    context = {
        **_around(request, f"Line up {title}"),
        **_context(request, page, clash=clash),
        "shown": [pair for pair in page.pairs if show in ("all", pair.standing)],
        "filters": [
            (one, _address(left, right, show=one), getattr(page.progress, "total" if one == "all" else one))
            for one in SHOWN
        ],
    }
    return _page(request, "workshop/line_up.html", context, status=status)


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
        "page_address": _address(left, right, show=_show(request)),
        "comparison_address": f"{reverse('pages:compare')}?proposals={left},{right}",
    }


def _laid_out(request: HttpRequest, left: str, right: str) -> LineUp:
    try:
        found = review(left, right, user=request.user)
    except UnknownProposals as fault:
        raise Http404(str(fault)) from None
    except UnableToCompare as fault:
        # One text with itself, or texts so long that no comparison of them is answered either.
        raise Http404(str(fault)) from None
    return lay_out(found, user=editor(request))


def _clauses(request: HttpRequest, slug: str) -> list[Clause]:
    clauses = Clause.objects.visible_to(request.user).filter(proposal__slug=slug)
    return list(clauses.select_related("proposal").in_reading_order())


def _check_looks(request: HttpRequest) -> None:
    if not request.user.has_perm("proposals.view_decision"):
        raise PermissionDenied


def _show(request: HttpRequest) -> str:
    """Which pairs the editor has chosen to see."""
    asked = request.POST.get("show", request.GET.get("show", ""))
    return asked if asked in SHOWN else "all"


def _address(left: str, right: str, *, show: str = "") -> str:
    query = {"show": show} if show not in ("", "all") else {}
    return reverse("admin:proposals_proposal_line_up", args=[left, right], query=query)


def _around(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "opts": Proposal._meta, "title": title}


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    # As all pages of the admin, and it shows records that are not public yet.
    patch_cache_control(response, private=True, no_store=True)
    return response
