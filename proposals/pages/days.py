"""Days as readers ask for them."""

import datetime
import re

from django.utils.translation import gettext

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class NoDay(ValueError):
    """Says in a sentence what a day looks like."""


def day_in(given: str) -> datetime.date | None:
    """None where nothing is given: everything recorded. Raises NoDay."""
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            return datetime.date.fromisoformat(given)
    except ValueError:
        pass  # of the right form, but in no calendar
    raise NoDay(gettext("“%(given)s” is no day. as_of is a day like 2025-11-30.") % {"given": given})
