"""Pages of single records, each with everything that is known of it and where from."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import State, state_of_all
from proposals.comparison import state_of_all_links
from proposals.models import Clause, Dispute, Proposal, RetiredKey, Source
from proposals.pages.addresses import clause_address
from proposals.pages.answering import Head, answered, page
from proposals.pages.hidden import hidden_of
from proposals.pages.numbered import NoSuchPage
from proposals.pages.records.clause import clause_page
from proposals.pages.records.disputes import dispute_page
from proposals.pages.records.facts import Named
from proposals.pages.records.parties import list_parties, party_page, person_page
from proposals.pages.records.proposal import proposal_page
from proposals.pages.records.sources import UnknownSources, list_sources, source_page

# What stands on the page of a clause beside that which its links are made from.
_NAMED = ("party", "person", "topic", "topic_group", "territory", "measure", "source", "position", "dispute")
_MOST_IN_DESCRIPTION = 200


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    return answered(request, lambda: _proposal(request, slug), state=_state(request))


def _proposal(request: HttpRequest, slug: str) -> HttpResponse:
    record = Proposal.objects.visible_to(request.user).filter(slug=slug).with_parts(request.user).first()
    if record is None:
        raise Http404(gettext("There is no proposal “%(slug)s”.") % {"slug": slug})
    head = Head(
        title=record.short_title,
        description=_short(record.summary),
        canonical=reverse("pages:proposal", args=[slug]),
        document=reverse("proposals-detail", args=[slug]),
        feed=reverse("pages:proposals-feed"),
        picture=reverse("pages:proposal-preview", args=[slug]),
        record=slug,
        version=str(record.version),
    )
    shown = proposal_page(record, user=request.user)
    hidden = hidden_of([slug], user=request.user)
    return page(request, "pages/proposal.html", head=head, page=shown, hidden=hidden)


@require_safe
def clause(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    state = state_of_all_links(*_NAMED, user=request.user)
    return answered(request, lambda: _clause(request, slug, key), state=state)


def _clause(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    found = Clause.objects.visible_to(request.user).filter(proposal__slug=slug, key=key)
    record = found.select_related("proposal").first()
    if record is None:
        return _retired(request, slug, key)
    head = Head(
        title=f"{record.label} – {record.proposal.short_title}",
        description=_short(f"{record.proposal.short_title}: {record.text}"),
        canonical=reverse("pages:clause", args=[slug, key]),
        document=reverse("proposals-clauses-detail", args=[slug, key]),
        picture=reverse("pages:proposal-preview", args=[slug]),
        record=f"{slug}/{key}",
        version=str(record.version),
    )
    shown = clause_page(record, user=request.user)
    hidden = hidden_of([slug], user=request.user)
    return page(request, "pages/records/clause.html", head=head, page=shown, hidden=hidden)


def _retired(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """What became of a clause that once had this address; raises Http404 where there never was one."""
    retired = RetiredKey.objects.known_at(slug, key, user=request.user)
    if retired is None:
        raise Http404(gettext("There is no clause “%(id)s”.") % {"id": f"{slug}/{key}"})
    successors = [Named(text=f"{slug}/{one}", address=clause_address(f"{slug}/{one}")) for one in retired.living]
    sentence = gettext("Clause %(id)s was %(why)s.") % {"id": f"{slug}/{key}", "why": retired.get_why_display()}
    head = Head(title=gettext("This clause is gone"), is_indexed=False)
    return page(
        request,
        "pages/records/retired.html",
        head=head,
        status=HTTPStatus.GONE,
        sentence=sentence,
        successors=successors,
        slug=slug,
    )


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    head = Head(
        title=gettext("Parties"),
        description=gettext("Who puts proposals forward, is bound by them or speaks about them, under all names."),
        canonical=request.path,
        document=reverse("parties-list"),
    )

    def make() -> HttpResponse:
        return page(request, "pages/records/parties.html", head=head, kinds=list_parties(user=request.user))

    return answered(request, make, state=_state(request))


@require_safe
def party(request: HttpRequest, slug: str) -> HttpResponse:
    return answered(request, lambda: _party(request, slug), state=_state(request))


def _party(request: HttpRequest, slug: str) -> HttpResponse:
    shown = party_page(slug, user=request.user)
    if shown is None:
        raise Http404(gettext("There is no party “%(slug)s”.") % {"slug": slug})
    told = gettext("%(name)s (%(kind)s): names, proposals, clauses that name it, and what it said last, with sources.")
    head = Head(
        title=shown.party["name"],
        description=told % {"name": shown.party["name"], "kind": shown.kind},
        canonical=request.path,
        document=reverse("parties-detail", args=[slug]),
        record=slug,
    )
    return page(request, "pages/records/party.html", head=head, page=shown)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    return answered(request, lambda: _person(request, slug), state=_state(request))


def _person(request: HttpRequest, slug: str) -> HttpResponse:
    shown = person_page(slug, user=request.user)
    if shown is None:
        raise Http404(gettext("There is no person “%(slug)s”.") % {"slug": slug})
    told = gettext("%(name)s, %(role)s: what was said on proposals and topics, with sources.")
    head = Head(
        title=shown.person["name"],
        description=_short(told % {"name": shown.person["name"], "role": shown.person["role"]}),
        canonical=request.path,
        document=reverse("persons-detail", args=[slug]),
        record=slug,
    )
    return page(request, "pages/records/person.html", head=head, page=shown)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    try:
        return answered(request, lambda: _sources(request), state=_state(request))
    except (UnknownSources, NoSuchPage) as fault:
        head = Head(title=gettext("These sources cannot be shown"), is_indexed=False)
        return page(
            request,
            "pages/records/refused.html",
            head=head,
            status=HTTPStatus.BAD_REQUEST,
            detail=str(fault),
            back=reverse("pages:sources"),
        )


def _sources(request: HttpRequest) -> HttpResponse:
    found = list_sources(request.GET)
    number = found.page.number
    filters = {"grade": found.grade, "publisher": found.publisher}

    def address(place: int) -> str:
        query = {name: value for name, value in filters.items() if value} | ({"page": place} if place > 1 else {})
        return f"{request.path}?{urlencode(query)}" if query else request.path

    head = Head(
        title=_title_of_sources(publisher=found.publisher, grade=found.grade, number=number),
        description=gettext("Every source that a record cites, graded from A, official or wire text, to D."),
        canonical=address(number),
        document=reverse("sources-list"),
    )
    return page(
        request,
        "pages/records/sources.html",
        head=head,
        list=found,
        earlier=address(number - 1) if found.page.has_previous() else "",
        later=address(number + 1) if found.page.has_next() else "",
    )


def _title_of_sources(*, publisher: str, grade: str, number: int) -> str:
    parts = [
        gettext("Sources"),
        publisher,
        gettext("grade %(grade)s") % {"grade": grade} if grade else "",
        gettext("page %(number)d") % {"number": number} if number > 1 else "",
    ]
    return ", ".join(part for part in parts if part)


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    return answered(request, lambda: _source(request, slug), state=_state(request))


def _source(request: HttpRequest, slug: str) -> HttpResponse:
    record = Source.objects.filter(slug=slug).first()
    if record is None:
        raise Http404(gettext("There is no source “%(slug)s”.") % {"slug": slug})
    told = gettext("%(publisher)s: %(title)s. Its grade, and every record that cites it.")
    head = Head(
        title=Truncator(record.title).chars(100),
        description=_short(told % {"publisher": record.publisher, "title": record.title}),
        canonical=request.path,
        document=reverse("sources-detail", args=[slug]),
        record=slug,
    )
    return page(request, "pages/records/source.html", head=head, page=source_page(record, user=request.user))


@require_safe
def dispute(request: HttpRequest, slug: str) -> HttpResponse:
    return answered(request, lambda: _dispute(request, slug), state=_state(request))


def _dispute(request: HttpRequest, slug: str) -> HttpResponse:
    record = Dispute.objects.visible_to(request.user).filter(slug=slug).with_parts().first()
    if record is None:
        raise Http404(gettext("There is no dispute “%(slug)s”.") % {"slug": slug})
    head = Head(
        title=record.subject,
        description=_short(gettext("Where sources disagree: %(subject)s") % {"subject": record.subject}),
        canonical=request.path,
        document=reverse("disputes-detail", args=[slug]),
        record=slug,
    )
    return page(request, "pages/records/dispute.html", head=head, page=dispute_page(record))


def _state(request: HttpRequest) -> State:
    return state_of_all(everything=sees_all(request.user))


def _short(text: str) -> str:
    return str(Truncator(text).chars(_MOST_IN_DESCRIPTION))
