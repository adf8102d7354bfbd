"""The list of places, and the page of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_all
from proposals.pages.answering import Head, answered, page
from proposals.pages.hidden import hidden_of
from proposals.pages.territories.listing import list_places
from proposals.pages.territories.place import place_page


@require_safe
def territories(request: HttpRequest) -> HttpResponse:
    head = Head(
        title=gettext("Places"),
        description=gettext("Places and lines that texts name, under all their names, with who uses which."),
        canonical=request.path,
        document=reverse("territories-list"),
    )

    def make() -> HttpResponse:
        return page(request, "pages/territories/territories.html", head=head, kinds=list_places(user=request.user))

    return answered(request, make, state=state_of_all(everything=sees_all(request.user)))


@require_safe
def territory(request: HttpRequest, slug: str) -> HttpResponse:
    state = state_of_all(everything=sees_all(request.user))
    return answered(request, lambda: _territory(request, slug), state=state)


def _territory(request: HttpRequest, slug: str) -> HttpResponse:
    shown = place_page(slug, user=request.user)
    if shown is None:
        raise Http404(gettext("There is no place “%(slug)s”.") % {"slug": slug})
    told = ngettext(
        "%(name)s (%(kind)s): its names with who uses them, and the clause that touches it, with its sources.",
        "%(name)s (%(kind)s): its names with who uses them, and %(count)d clauses that touch it, with their sources.",
        shown.clause_count,
    )
    head = Head(
        # A party may have the same name.
        title=gettext("%(name)s: the place and its names") % {"name": shown.place["name"]},
        description=told % {"name": shown.place["name"], "kind": shown.kind, "count": shown.clause_count},
        canonical=request.path,
        document=reverse("territories-detail", args=[slug]),
        record=slug,
    )
    hidden = hidden_of([one.heading.slug for one in shown.texts], user=request.user)
    return page(request, "pages/territories/territory.html", head=head, page=shown, hidden=hidden)
