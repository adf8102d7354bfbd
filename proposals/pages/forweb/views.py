"""What other machines read of the pages: the map of the site, who may crawl it, a feed, and pictures for links."""

import datetime
from http import HTTPStatus

from django.contrib.sitemaps import views as sitemaps
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from parties.models import Change
from parties.readers import sees_all
from parties.stamps import state_of_kinds
from proposals.comparison import UnableToCompare, UnknownProposals, compare, state_of_comparison
from proposals.models import Proposal
from proposals.pages.addresses import asked_proposals
from proposals.pages.answering import answered, picture
from proposals.pages.forweb.preview import Figure, preview
from proposals.pages.forweb.sitemap import fit_one_file, sections
from proposals.payloads import proposal_payloads
from proposals.rendering import words
from proposals.rendering.characters import printable
from proposals.rendering.headings import Heading, heading_of, in_date_order

_IN_FEED = 50
_MAPPED = ("proposal", "clause", "party", "person", "territory", "source", "dispute")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or where they are too many for a file the files that hold them."""

    def make() -> HttpResponse:
        if fit_one_file():
            return _xml(request, sitemaps.sitemap(request, sections()))
        return _xml(request, sitemaps.index(request, sections(), sitemap_url_name="pages:sitemap-section"))

    return answered(request, make, state=state_of_kinds(_MAPPED, everything=False))


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    def make() -> HttpResponse:
        return _xml(request, sitemaps.sitemap(request, sections(), section=section))

    return answered(request, make, state=state_of_kinds(_MAPPED, everything=False), remembers=False)


def _xml(request: HttpRequest, response: TemplateResponse) -> HttpResponse:
    return picture(request, response.render().content, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        # Records are read there by programs; their pages are what a search should find.
        "Disallow: /api/v1/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('pages:sitemap'))}",
        "",
    ]
    return picture(request, "\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def proposals_feed(request: HttpRequest) -> HttpResponse:
    """The public proposals that changed last, whoever asks."""

    def make() -> HttpResponse:
        feed = Atom1Feed(
            title=gettext("Concordance: proposals"),
            link=request.build_absolute_uri(reverse("pages:home")),
            description="",
            subtitle=gettext("Ceasefire and peace proposals as they are recorded or their records change."),
            feed_url=request.build_absolute_uri(reverse("pages:proposals-feed")),
            feed_guid=request.build_absolute_uri(reverse("pages:proposals-feed")),
        )
        changes = Change.objects.filter(visible=True, kind="proposal").order_by("-changed_at", "address")[:_IN_FEED]
        changed: dict[str, datetime.datetime] = dict(changes.values_list("address", "changed_at"))
        proposals = Proposal.objects.visible_to(None).in_bulk(list(changed), field_name="slug")
        for slug, changed_at in changed.items():
            if slug in proposals:
                address = request.build_absolute_uri(reverse("pages:proposal", args=[slug]))
                feed.add_item(
                    # A control character has no place in XML.
                    title=printable(proposals[slug].title),
                    link=address,
                    description=printable(proposals[slug].summary),
                    updateddate=changed_at,
                    unique_id=address,
                )
        return picture(request, feed.writeString("utf-8"), content_type="application/atom+xml")

    return answered(request, make, state=state_of_kinds(["proposal"], everything=False))


@require_safe
def proposal_preview(request: HttpRequest, slug: str) -> HttpResponse:
    state = state_of_kinds(["proposal", "clause", "party", "source"], everything=sees_all(request.user))
    return answered(request, lambda: _proposal_preview(request, slug), state=state)


def _proposal_preview(request: HttpRequest, slug: str) -> HttpResponse:
    record = Proposal.objects.visible_to(request.user).filter(slug=slug).with_parts(request.user).first()
    if record is None:
        raise Http404(gettext("There is no proposal “%(slug)s”.") % {"slug": slug})
    names = {role.party.slug: role.party.name for role in record.roles.all()}
    heading = heading_of(proposal_payloads([slug], user=request.user)[slug], parties=names)
    number = heading.clause_count
    content = preview(
        site=gettext("Concordance"),
        title=heading.title,
        lines=[f"{heading.date} · {heading.text_status}", heading.proposers],
        figures=[Figure(number=f"{number:,}", name=_clauses(number, heading))],
    )
    return picture(request, content, content_type="image/png")


def _clauses(number: int, heading: Heading) -> str:
    return f"{ngettext('clause', 'clauses', number)}; {heading.completeness}"


@require_safe
def compare_preview(request: HttpRequest) -> HttpResponse:
    asked = asked_proposals(request.GET)
    state = state_of_comparison(proposals=asked, user=request.user)
    try:
        return answered(request, lambda: _compare_preview(request, asked), state=state)
    except UnknownProposals as fault:
        told = ", ".join(fault.near)
        return _refused(gettext("There is no proposal “%(slug)s”.") % {"slug": told}, HTTPStatus.NOT_FOUND)
    except UnableToCompare as fault:
        return _refused(" ".join(one.detail for one in fault.faults), HTTPStatus.BAD_REQUEST)


def _compare_preview(request: HttpRequest, asked: list[str]) -> HttpResponse:
    document = compare(proposals=asked, user=request.user)
    headings = [heading_of(head, parties={}) for head in in_date_order(document["proposals"])]
    kinds = [row["kind"] for row in document["rows"]]
    content = preview(
        site=gettext("Concordance"),
        title=" / ".join(one.short_title for one in headings),
        lines=[_dates(headings)],
        figures=[Figure(number=f"{kinds.count(kind):,}", name=str(name)) for kind, name in words.ROW_KINDS.items()],
    )
    return picture(request, content, content_type="image/png")


def _dates(headings: list[Heading]) -> str:
    return " / ".join(one.date or "–" for one in headings)


def _refused(sentence: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
