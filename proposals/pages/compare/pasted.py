"""A text that somebody pastes, laid beside recorded proposals and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from parties.stamps import state_of_all
from proposals.comparison import MAX_PROPOSALS, UnableToCompare, UnknownProposals, compare
from proposals.exchange.drafts import UnreadableDraft, read_draft
from proposals.pages.addresses import asked_proposals
from proposals.pages.answering import Head, answered, page
from proposals.pages.compare.concordance import lay_out
from proposals.pages.compare.filters import Facets, Filter
from proposals.pages.compare.listing import list_proposals
from proposals.pages.compare.rates import too_often
from proposals.pages.compare.table import table_body

# As much as the API takes.
MAX_BYTES = 1_000_000
MAX_TITLE = 200


# No session is used and nothing is kept, so there is nothing to forge, and readers get no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def compare_text(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        ticked = asked_proposals(request.GET)
        return answered(
            request, lambda: _form(request, entered={}, ticked=ticked), state=state_of_all(everything=False)
        )
    refused = too_often(request, scope="drafts")
    if refused:
        return refused
    entered = {name: request.POST.get(name, "") for name in ("title", "text")}
    ticked = asked_proposals(request.POST)
    faults = _faults(entered, ticked)
    if not faults:
        try:
            return _compared(request, entered=entered, ticked=ticked)
        except UnreadableDraft as fault:
            faults = {"text": " ".join(sorted({one.detail for one in fault.faults}))}
        except UnknownProposals as fault:
            names = ", ".join(fault.near)
            faults = {"proposals": gettext("There is no public proposal of this name: %(names)s.") % {"names": names}}
        except UnableToCompare as fault:
            faults = {"text": " ".join(one.detail for one in fault.faults)}
    return _form(request, entered=entered, ticked=ticked, faults=faults, status=400)


def _faults(entered: Mapping[str, str], ticked: Sequence[str]) -> dict[str, str]:
    """What is wrong, by field, before anything is compared."""
    found = {}
    if not entered["text"].strip():
        found["text"] = gettext("There is no text. Paste the words to be compared.")
    elif "\0" in entered["text"]:
        found["text"] = gettext("The text holds a zero byte, which is no character.")
    elif len(entered["text"].encode(errors="replace")) > MAX_BYTES:
        found["text"] = gettext("The text is too long: a million bytes are read at most.")
    if len(entered["title"]) > MAX_TITLE or "\0" in entered["title"]:
        found["title"] = gettext("Give a shorter title: 200 characters at most.")
    if not 1 <= len(ticked) < MAX_PROPOSALS:
        message = gettext("Tick one to %(most)d proposals; %(count)d are ticked.")
        found["proposals"] = message % {"most": MAX_PROPOSALS - 1, "count": len(ticked)}
    return found


def _compared(request: HttpRequest, *, entered: Mapping[str, str], ticked: Sequence[str]) -> HttpResponse:
    title = " ".join(entered["title"].split()) or gettext("Pasted text")
    draft = replace(read_draft({"text": entered["text"]}, place=1), title=title)
    # With what is public, whoever asks: a preview is no part of what somebody shows around.
    document = compare(proposals=[*ticked, draft])
    laid_out = lay_out(document, facets=Facets(document), chosen=Filter(), address=None)
    names = " / ".join(column.heading.short_title for column in laid_out.columns)
    response = page(
        request,
        "pages/compare/pasted_result.html",
        head=Head(title=names, is_indexed=False),
        page=laid_out,
        table=table_body(laid_out, included=document["included"], can_narrow=False, draft=draft.slug),
        chosen=Filter(),
        can_narrow=False,
        draft=draft.slug,
        draft_title=title,
    )
    return _unkept(response)


def _form(
    request: HttpRequest,
    *,
    entered: Mapping[str, str],
    ticked: Sequence[str],
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    head = Head(
        title=gettext("Compare a text of your own"),
        description=gettext("Lay a pasted text beside recorded peace proposals; it is kept nowhere."),
        canonical=request.path,
    )
    response = page(
        request,
        "pages/compare/pasted.html",
        head=head,
        status=status,
        listing=list_proposals(user=None, ticked=ticked),
        entered=entered,
        faults=faults or {},
        has_faults=bool(faults),
        most=MAX_PROPOSALS - 1,
        longest_title=MAX_TITLE,
    )
    return _unkept(response) if request.method == "POST" else response


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response
