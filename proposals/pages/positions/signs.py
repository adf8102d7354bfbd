"""How each stance is told by shape, always beside its word: none is a good one, and none is coloured."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.models import Position

RED_LINE = "red_line"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A character for text, and a path within the square from -1 to 1 for pictures, filled or drawn as a line."""

    character: str
    path: str
    is_filled: bool


_CIRCLE = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0"

SIGNS: Mapping[str, Sign] = {
    Position.Stance.DEMANDS: Sign(character="▲", path="M0,-1L1.1,.85L-1.1,.85Z", is_filled=True),
    Position.Stance.REJECTS: Sign(character="✕", path="M-.9,-.9L.9,.9M.9,-.9L-.9,.9", is_filled=False),
    Position.Stance.OFFERS: Sign(character="●", path=_CIRCLE, is_filled=True),
    Position.Stance.SUPPORTS: Sign(character="◆", path="M0,-1.2L1.2,0L0,1.2L-1.2,0Z", is_filled=True),
    Position.Stance.ACCEPTS: Sign(character="✓", path="M-1,.1L-.3,.8L1,-.8", is_filled=False),
    Position.Stance.OPEN_TO: Sign(character="○", path=_CIRCLE, is_filled=False),
    Position.Stance.STATES: Sign(character="□", path="M-.9,-.9H.9V.9H-.9Z", is_filled=False),
}
RED_LINE_SIGN = "◎"
RED_LINE_NAME: str | Promise = _("red line")
# Around the shape of the stance; broken where the party said something else since, and did not take it back.
RING = _CIRCLE
