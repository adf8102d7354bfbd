"""A topic through time: all topics, the page of each, and its figures as a picture alone."""

from collections.abc import Callable, Mapping
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
from proposals.pages.topics.asked import KINDS, ORDERS, UnableToShow, shown
from proposals.pages.topics.figures import Measured, first_of
from proposals.pages.topics.listing import list_topics
from proposals.pages.topics.picture import specification
from proposals.pages.topics.spoken import spoken
from proposals.pages.topics.topic import TopicPage, topic_figures, topic_page
from proposals.rendering.pictures import draw_vega

_LISTED = ("clause", "measure", "position", "proposal", "topic", "topic_group")
# What stands on the page of a topic beside that which its links are made from.
_NAMED = (
    *("dispute", "measure", "party", "person", "position", "process"),
    *("source", "territory", "topic", "topic_group"),
)
# A page stays light, whatever is recorded.
_MOST_CHARTS, _MOST_IN_TABLE = 12, 300


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
    return page(
        request,
        "pages/topics/topic.html",
        head=_head(found),
        page=found,
        topic=topic,
        asked=found.asked,
        kinds=KINDS,
        orders=ORDERS,
        charts=[_chart(one, found) for one in drawn[:_MOST_CHARTS]],
        further=[(one.name, _picture_address(one, found)) for one in drawn[_MOST_CHARTS:]],
        crowded=[one.name for one in found.figures if one.is_crowded],
        in_table=in_table,
        left_out=sum(one.figure_count for one in found.figures) - sum(one.figure_count for one in in_table),
        earlier=_address("pages:topic", found, page=found.page.number - 1),
        later=_address("pages:topic", found, page=found.page.number + 1),
        looked_back=LOOKED_BACK,
        hidden=hidden_of(found.slugs, user=request.user),
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
        gettext("page %(number)d") % {"number": number} if number > 1 else "",
    ]
    return Head(
        title=", ".join(part for part in parts if part),
        description=told
        % {
            "topic": topic.name,
            "clauses": len(found.matter.clauses),
            "texts": found.matter.text_count,
            "positions": len(found.matter.positions),
        },
        canonical=_address("pages:topic", found, page=number),
        document=_document(found),
        record=topic.slug,
        is_indexed=not asked.is_narrowed,
    )


def _document(found: TopicPage) -> str:
    """The same entries as the API answers them, the earliest first."""
    query = found.asked.query(order="")
    return _with_query(reverse("topics-timeline", args=[found.matter.topic.slug]), query)


def _chart(one: Measured, found: TopicPage) -> dict[str, object]:
    return {
        "measured": one,
        "svg": draw_vega(specification(one)),
        "spoken": spoken(one),
        "address": _picture_address(one, found),
    }


def _picture_address(one: Measured, found: TopicPage) -> str:
    return _address("pages:topic-picture", found, measure=one.code)


def _address(route: str, found: TopicPage, *, page: int = 1, measure: str = "") -> str:
    """In one form, whatever order the parameters came in."""
    more = {"measure": measure, "page": page if page > 1 else ""}
    query = found.asked.query(**more) if route == "pages:topic" else found.asked.query(**more, kind="", order="")
    return _with_query(reverse(route, args=[found.matter.topic.slug]), query)


def _with_query(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _picture(request: HttpRequest, topic: Topic) -> HttpResponse:
    """The measure asked for, else the one with the most figures."""
    drawn = [one for one in topic_figures(topic, request.GET, user=request.user) if not one.is_date]
    if not drawn:
        raise Http404(gettext("No text sets a figure on “%(slug)s”.") % {"slug": topic.slug})
    wanted = request.GET.get("measure") or drawn[0].code
    for one in drawn:
        if one.code == wanted and one.is_crowded:
            message = gettext("%(count)d figures are too many for one picture. Narrow them down by dates or a party.")
            raise UnableToShow(message % {"count": one.figure_count})
        if one.code == wanted:
            return picture(request, draw_vega(specification(one)), content_type="image/svg+xml")
    message = gettext("“%(measure)s” is no measure of this topic. There are: %(known)s.")
    raise UnableToShow(message % {"measure": shown(wanted), "known": ", ".join(one.code for one in drawn)})
