"""A topic through time: all topics, the page of each, and its figures as a picture alone."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_kinds
from proposals.comparison import LOOKED_BACK, state_of_all_links
from proposals.models import Topic
from proposals.pages.answering import Head, answered, page, picture
from proposals.pages.hidden import hidden_of
from proposals.pages.topics.asked import KINDS, ORDERS, UnableToShow
from proposals.pages.topics.figures import Measured, first_of
from proposals.pages.topics.listing import list_topics
from proposals.pages.topics.picture import specification
from proposals.pages.topics.spoken import spoken
from proposals.pages.topics.topic import TopicPage, figures_of_measure, topic_page
from proposals.rendering.pictures import draw_vega

_LISTED = ("clause", "measure", "position", "proposal", "topic", "topic_group")
# What stands on the page of a topic beside that which its links are made from.
_NAMED = (
    *("dispute", "measure", "party", "person", "position", "process"),
    *("source", "territory", "topic", "topic_group"),
)
# A page stays light, whatever is recorded. A panel is drawn in some 15 ms, a figure in 1; the first chart always is.
_MOST_CHARTS, _MOST_PANELS, _MOST_DRAWN = 12, 8, 40
_MOST_IN_TABLE, _MOST_OPEN = 100, 20


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    state = state_of_kinds(_LISTED, everything=sees_all(request.user))
    return answered(request, lambda: _topics(request), state=state)


def _topics(request: HttpRequest) -> HttpResponse:
    head = Head(
        title=gettext("Topics"),
        description=gettext("Every matter that texts regulate or parties speak of, with how much is recorded on it."),
        canonical=request.path,
        document=reverse("topics-list"),
    )
    return page(request, "pages/topics/topics.html", head=head, groups=list_topics(user=request.user))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    return _answered(request, slug, _topic)


@require_safe
def topic_picture(request: HttpRequest, slug: str) -> HttpResponse:
    return _answered(request, slug, _picture)


def _answered(request: HttpRequest, slug: str, make: Callable[[HttpRequest, Topic], HttpResponse]) -> HttpResponse:
    try:
        state = state_of_all_links(*_NAMED, user=request.user)
        return answered(request, lambda: make(request, _find(slug)), state=state)
    except UnableToShow as fault:
        head = Head(title=gettext("This timeline cannot be shown"), is_indexed=False)
        return page(
            request,
            "pages/topics/refused.html",
            head=head,
            status=HTTPStatus.BAD_REQUEST,
            detail=str(fault),
            slug=slug,
        )


def _find(slug: str) -> Topic:
    found = Topic.objects.filter(slug=slug).select_related("group").first()
    if found is None:
        raise Http404(gettext("There is no topic “%(slug)s”.") % {"slug": slug})
    return found


def _topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    found = topic_page(topic, request.GET, user=request.user)
    drawn, in_table = [one for one in found.figures if one.is_drawn], first_of(found.figures, most=_MOST_IN_TABLE)
    charts = _with_room(drawn)
    return page(
        request,
        "pages/topics/topic.html",
        head=_head(found),
        page=found,
        topic=topic,
        asked=found.asked,
        kinds=KINDS,
        orders=ORDERS,
        charts=[_chart(one, found) for one in charts],
        further=[(one.name, _picture_address(one, found)) for one in drawn[len(charts) :]],
        crowded=[one.name for one in found.figures if one.is_crowded],
        in_table=in_table,
        # Where nothing else tells them, unless the timeline would begin far below.
        opens=not charts and sum(one.figure_count for one in in_table) <= _MOST_OPEN,
        left_out=_left_out(found, in_table),
        others=[(one, _figures_address(one.code, found)) for one in found.measures if one not in found.shown],
        every_measure=_figures_address("", found),
        figure_clauses=_clauses_document(found),
        dispute_document=_with_query(reverse("disputes-list"), {"topic": topic.slug}),
        earlier=_address("pages:topic", found, page=found.page.number - 1),
        later=_address("pages:topic", found, page=found.page.number + 1),
        looked_back=LOOKED_BACK,
        hidden=hidden_of(found.matter.texts, user=request.user),
    )


def _head(found: TopicPage) -> Head:
    topic, asked, number = found.matter.topic, found.asked, found.page.number
    told = gettext(
        "%(topic)s in %(clauses)d clauses of %(texts)d texts and %(positions)d positions: what each says, "
        "when, by whom, and what changed, with sources."
    )
    parts = [
        gettext("%(topic)s through time") % {"topic": topic.name},
        *(
            value
            for value in (found.matter.parties.get(asked.party), found.matter.processes.get(asked.process))
            if value
        ),
        str(KINDS[asked.kind]) if asked.kind else "",
        *(str(day) for day in (asked.date_from, asked.date_to, asked.as_of) if day),
        str(ORDERS[asked.order]) if asked.order != "newest" else "",
        found.shown[0].name if asked.measure else "",
        gettext("page %(number)d") % {"number": number} if number > 1 else "",
    ]
    return Head(
        title=", ".join(part for part in parts if part),
        description=told
        % {
            "topic": topic.name,
            "clauses": found.matter.clause_count,
            "texts": found.matter.text_count,
            "positions": found.matter.position_count,
        },
        canonical=_address("pages:topic", found, page=number),
        document=_document(found),
        record=topic.slug,
        is_indexed=not (asked.is_narrowed or asked.measure),
    )


def _document(found: TopicPage) -> str:
    """The same entries as the API answers them, the earliest first."""
    query = found.asked.query(order="", measure="")
    return _with_query(reverse("topics-timeline", args=[found.matter.topic.slug]), query)


def _with_room(drawn: Sequence[Measured]) -> Sequence[Measured]:
    """Those first ones that a page has room and time for."""
    panels = figures = 0
    for place, one in enumerate(drawn):
        panels, figures = panels + len(one.panels), figures + one.figure_count
        if place and (place >= _MOST_CHARTS or panels > _MOST_PANELS or figures > _MOST_DRAWN):
            return drawn[:place]
    return drawn


def _left_out(found: TopicPage, in_table: Sequence[Measured]) -> int:
    """How many figures of the measures shown the table has no room for, or were not even read."""
    known = [figure for one in found.figures for panel in one.panels for figure in panel.figures]
    unread = sum(one.count for one in found.shown) - sum(not figure.source_only for figure in known)
    return unread + len(known) - sum(one.figure_count for one in in_table)


def _chart(one: Measured, found: TopicPage) -> dict[str, object]:
    return {
        "measured": one,
        "svg": draw_vega(specification(one)),
        "spoken": spoken(one),
        "address": _picture_address(one, found),
    }


def _picture_address(one: Measured, found: TopicPage) -> str:
    return _address("pages:topic-picture", found, measure=one.code)


def _figures_address(measure: str, found: TopicPage) -> str:
    """The page with the figures of one measure alone, or with the first of all."""
    path = reverse("pages:topic", args=[found.matter.topic.slug])
    return f"{_with_query(path, found.asked.query(measure=measure))}#figures"


def _clauses_document(found: TopicPage) -> str:
    """The clauses that set the figures shown as the API answers them, but for dates and who proposed them."""
    codes = ",".join(one.code for one in found.shown)
    query = {"topic": found.matter.topic.slug, "measure": codes, "process": found.asked.process}
    return _with_query(reverse("clauses-list"), {name: value for name, value in query.items() if value})


def _address(route: str, found: TopicPage, *, page: int = 1, **more: str) -> str:
    """In one form, whatever order the parameters came in."""
    if route == "pages:topic":
        query = found.asked.query(**more, page=page if page > 1 else "")
    else:
        query = found.asked.query(**more, kind="", order="")
    return _with_query(reverse(route, args=[found.matter.topic.slug]), query)


def _with_query(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _picture(request: HttpRequest, topic: Topic) -> HttpResponse:
    """The measure asked for, else the one with the most figures."""
    found = figures_of_measure(topic, request.GET, user=request.user)
    if found is None:
        raise Http404(gettext("No text sets a figure on “%(slug)s”.") % {"slug": topic.slug})
    return picture(request, draw_vega(specification(found)), content_type="image/svg+xml")
