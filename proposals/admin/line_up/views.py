"""The pages of the review, and the small requests that they make."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parties.editing import editor
from proposals.admin.line_up.answers import (
    Clash,
    Outcome,
    address_of_review,
    answer,
    around,
    laid_out,
    rendered,
    whole_page,
)
from proposals.admin.line_up.choice import candidates
from proposals.admin.line_up.choosing_form import OtherProposal
from proposals.admin.line_up.deciding import ACTS, SeenOtherwise, UnableToDecide, decide
from proposals.admin.line_up.finding import NotOneClause, find_clause
from proposals.admin.line_up.page import anchor_of_clause, anchor_of_pair, verdict_of
from proposals.admin.line_up.silences import NotSilent, record_silence
from proposals.models import Clause, Proposal, Source, Topic

View = Callable[..., HttpResponseBase]
Wrap = Callable[[View], View]

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


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice of the other proposal; `other` in the query leads on to the review."""
    _check_looks(request)
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    # The admin's widget fails on what cannot be a primary key, and nobody types one here.
    is_asked = re.fullmatch("[0-9]{1,18}", request.GET.get("other", ""))
    form = OtherProposal(request.GET if is_asked else None, proposal=proposal, user=request.user)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(address_of_review(proposal.slug, form.cleaned_data["other"].slug))
    tied, latest = candidates(proposal, user=request.user)
    context = {
        **around(request, f"Line up {proposal.short_title} with…"),
        "proposal": proposal,
        "form": form,
        "media": form.media,
        "groups": [("Tied by lineage", tied), ("The latest of the process", latest)],
    }
    return rendered(request, "workshop/line_up_choice.html", context)


@require_safe
def review_page(request: HttpRequest, left: str, right: str) -> HttpResponse:
    _check_looks(request)
    return whole_page(request, left, right)


@require_POST
def decide_pair(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """One act on a pair, named by its clauses: their keys, or words that somebody typed to link two by hand."""
    _check_looks(request)
    before = laid_out(request, left, right)
    sides = [request.POST.get("left", ""), request.POST.get("right", "")]
    try:
        clauses = [
            find_clause(typed, among=_clauses(request, heading.slug), title=heading.short_title)
            for typed, heading in zip(sides, before.headings, strict=True)
        ]
    except NotOneClause as fault:
        return answer(request, before, Outcome(said=str(fault), anchor="by-hand", status=HTTPStatus.BAD_REQUEST))
    return answer(request, before, _outcome_of_act(request, clauses[0], clauses[1]))


@require_POST
def silence(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Records that one of the two texts is silent on a topic."""
    _check_looks(request)
    before = laid_out(request, left, right)
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
    return answer(request, before, Outcome(said=said, anchor=anchor, status=status, moves_on=True))


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
            anchor=anchor,
            outdated=("progress", anchor_of_clause("left", left.key), anchor_of_clause("right", right.key)),
            said=_what_changed(seen, request),
            act=act,
            wanted=ACTS_IN_WORDS[act],
            note=note or "",
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


def _clauses(request: HttpRequest, slug: str) -> list[Clause]:
    clauses = Clause.objects.visible_to(request.user).filter(proposal__slug=slug)
    return list(clauses.select_related("proposal").in_reading_order())


def _check_looks(request: HttpRequest) -> None:
    if not request.user.has_perm("proposals.view_decision"):
        raise PermissionDenied
