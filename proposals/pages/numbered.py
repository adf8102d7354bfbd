"""A page of a list that is too long for one, as a reader asks for it."""

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

_MOST_DIGITS = 6
_MOST_SHOWN = 60


class NoSuchPage(Exception):
    """The message says what was asked for, and what there is."""


def page_of(paginator: Paginator, asked: str) -> Page:
    """The page of this number, the first one where none is asked for. Raises NoSuchPage."""
    number = asked or "1"
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if not is_number or not 1 <= int(number) <= paginator.num_pages:
        message = gettext("There is no page “%(page)s”; there are 1 to %(last)d.")
        shown = number.replace("\0", "\N{REPLACEMENT CHARACTER}")[:_MOST_SHOWN]
        raise NoSuchPage(message % {"page": shown, "last": paginator.num_pages})
    return paginator.page(int(number))
