"""Who stands where, as of a day: the page, and its picture alone."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parties.readers import sees_all
from parties.stamps import state_of_kinds
from proposals.models import Position, Proposal
from proposals.pages.answering import Head, answered, page, picture
from proposals.pages.positions.asked import Asked, Choices, UnableToShow, choices_for, read
from proposals.pages.positions.matrix import PositionsPage, lay_out, spoken
from proposals.pages.positions.picture import specification
from proposals.pages.positions.signs import RED_LINE, RED_LINE_NAME, RED_LINE_SIGN, SIGNS
from proposals.rendering.dates import in_words
from proposals.rendering.pictures import draw_vega_lite

_MADE_FROM = (
    *("position", "party", "person", "topic", "topic_group", "source", "dispute"),
    *("process", "proposal", "clause"),
)
_MOST_NAMES = 3
# In the two lists of texts to read the positions against.
_MOST_TEXTS = 100

Make = Callable[[HttpRequest, Asked, Choices], HttpResponse]


@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    return _answered(request, _page)


@require_safe
def positions_picture(request: HttpRequest) -> HttpResponse:
    return _answered(request, _picture)


def _answered(request: HttpRequest, make: Make) -> HttpResponse:
    def answer() -> HttpResponse:
        choices = choices_for(request.user)
        return make(request, read(request.GET, choices), choices)

    try:
        return answered(request, answer, state=state_of_kinds(_MADE_FROM, everything=sees_all(request.user)))
    except UnableToShow as fault:
        head = Head(title=gettext("These positions cannot be shown"), is_indexed=False)
        return page(
            request,
            "pages/records/refused.html",
            head=head,
            status=HTTPStatus.BAD_REQUEST,
            detail=str(fault),
            back=reverse("pages:positions"),
        )


def _page(request: HttpRequest, asked: Asked, choices: Choices) -> HttpResponse:
    laid_out = lay_out(asked, choices=choices, user=request.user)
    texts, has_more = _texts(request, spoken_of=laid_out.spoken_of[:2])
    return page(
        request,
        "pages/positions/positions.html",
        head=Head(
            title=_title(asked, choices),
            description=gettext("What each party demands, offers, accepts or rejects, with dates and sources. %(told)s")
            % {"told": spoken(laid_out)},
            canonical=asked.address("pages:positions"),
            document=asked.document(),
        ),
        page=laid_out,
        asked=asked,
        choices=choices,
        stances=[(*one, SIGNS[one[0]].character) for one in Position.Stance.choices],
        red_line=(RED_LINE, RED_LINE_NAME, RED_LINE_SIGN),
        texts=texts,
        more_texts=reverse("pages:compare") if has_more else "",
        # Those most spoken of, or else the newest.
        chosen=list(dict.fromkeys([*laid_out.spoken_of[:2], *(slug for slug, _ in texts)]))[:2],
        spoken=spoken(laid_out),
        svg=_drawn(laid_out, asked) if laid_out.parties and not laid_out.is_crowded else "",
        picture_address=asked.address("pages:positions-picture"),
    )


def _picture(request: HttpRequest, asked: Asked, choices: Choices) -> HttpResponse:
    laid_out = lay_out(asked, choices=choices, user=request.user)
    return picture(request, _drawn(laid_out, asked), content_type="image/svg+xml")


def _drawn(laid_out: PositionsPage, asked: Asked) -> str:
    return draw_vega_lite(specification(laid_out, asked=asked))


def _title(asked: Asked, choices: Choices) -> str:
    day = in_words(asked.as_of.isoformat(), "day") if asked.as_of else ""
    stances = {code: str(label) for code, label in Position.Stance.choices} | {RED_LINE: gettext("only red lines")}
    parts = [
        gettext("Who stands where"),
        _names([choices.parties[one] for one in asked.parties]),
        _names([choices.groups[one] for one in asked.groups]),
        _names([choices.topics[one] for one in asked.topics]),
        choices.processes.get(asked.process, ""),
        stances.get(asked.stance, ""),
        gettext("as of %(day)s") % {"day": day} if day else "",
    ]
    return ": ".join(part for part in (parts[0], ", ".join(part for part in parts[1:] if part)) if part)


def _names(names: Sequence[str]) -> str:
    shown = " / ".join(names[:_MOST_NAMES])
    return f"{shown} / …" if len(names) > _MOST_NAMES else shown


def _texts(request: HttpRequest, *, spoken_of: Sequence[str]) -> tuple[list[tuple[str, str]], bool]:
    """Texts to read the positions against, the newest first, and whether there are more; one query.

    Those spoken of are among them, however old.
    """
    found = Proposal.objects.visible_to(request.user)
    newest = found.in_date_order().reverse()
    listed = newest.filter(Q(pk__in=newest.values("pk")[: _MOST_TEXTS + 1]) | Q(slug__in=spoken_of))
    texts = list(listed.values_list("slug", "short_title"))
    has_more = len(texts) > _MOST_TEXTS
    return [one for place, one in enumerate(texts) if place < _MOST_TEXTS or one[0] in spoken_of], has_more
