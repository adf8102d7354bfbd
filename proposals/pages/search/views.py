"""The search over everything that texts provide and parties said."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_all
from proposals.pages.answering import Head, answered, page
from proposals.pages.compare.rates import too_often
from proposals.pages.hidden import hidden_of
from proposals.pages.search.asked import UnableToSearch, read
from proposals.pages.search.results import search_page
from proposals.search import MAX_TERMS

_LONGEST_ECHO = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Found anew each time, since hardly two readers search for the same."""
    if request.GET.get("q", "").strip() and (later := too_often(request, scope="search")):
        return later
    state = state_of_all(everything=sees_all(request.user))
    try:
        return answered(request, lambda: _search(request), state=state, remembers=False)
    except UnableToSearch as fault:
        head = Head(title=gettext("This cannot be searched for"), is_indexed=False)
        words = request.GET.get("q", "").replace("\0", "")[:_LONGEST_ECHO]
        status = HTTPStatus.BAD_REQUEST
        return page(request, "pages/search/refused.html", head=head, status=status, detail=str(fault), words=words)


def _search(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET, user=request.user)
    found = None if asked.is_blank else search_page(asked, user=request.user)
    told = " · ".join([asked.q, *(f"{one.name}: {one.value}" for one in found.chosen)] if found else []).strip(" ·")
    titles = [gettext("Search"), told, gettext("page %(number)d") % {"number": asked.page} if asked.page > 1 else ""]
    head = Head(
        title=": ".join(part for part in (titles[0], ", ".join(part for part in titles[1:] if part)) if part),
        description=gettext(
            "Clauses of all texts, and what parties said of them, by words, topic, party, place and date."
        ),
        canonical=asked.address(page=asked.page),
        document=found.document if found else "",
        is_indexed=False,
    )
    hidden = hidden_of({one.heading.slug for one in found.clauses}, user=request.user) if found else ()
    return page(
        request,
        "pages/search/search.html",
        head=head,
        asked=asked,
        page=found,
        words=asked.q,
        most_words=MAX_TERMS,
        hidden=hidden,
    )
