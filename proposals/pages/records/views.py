"""Pages of single records, each with everything that is known of it and where from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_all
from proposals.models import Proposal
from proposals.pages.answering import Head, answered, page
from proposals.pages.hidden import hidden_of
from proposals.pages.records.proposal import proposal_page


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    state = state_of_all(everything=sees_all(request.user))
    return answered(request, lambda: _proposal(request, slug), state=state)


def _proposal(request: HttpRequest, slug: str) -> HttpResponse:
    record = Proposal.objects.visible_to(request.user).filter(slug=slug).with_parts(request.user).first()
    if record is None:
        raise Http404(gettext("There is no proposal “%(slug)s”.") % {"slug": slug})
    head = Head(
        title=record.short_title,
        description=Truncator(record.summary).chars(200),
        canonical=reverse("pages:proposal", args=[slug]),
        document=reverse("proposals-detail", args=[slug]),
        record=slug,
        version=str(record.version),
    )
    shown = proposal_page(record, user=request.user)
    hidden = hidden_of([slug], user=request.user)
    return page(request, "pages/proposal.html", head=head, page=shown, hidden=hidden)
