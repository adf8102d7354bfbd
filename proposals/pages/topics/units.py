"""Figures in words and in units that can be told in each other."""

import re
from collections.abc import Sequence

from proposals.alignment.figures import HOURS, stated

_IN_HOURS = {f"{unit}s": hours for unit, hours in HOURS.items()}
_KM_OF_A_MILE = 1.609344
_NUMBER = r"[0-9][0-9.,]*"
# A number or a range, with its unit or without.
_PLAIN = re.compile(rf"(?P<low>{_NUMBER})(?: ?(?:to|-|–) ?(?P<high>{_NUMBER}))?(?: ?(?P<unit>[^\W\d_]+(?: km)?|%))?")

# The value, and the upper one of a range.
Ends = tuple[float | None, float | None]


def read_ends(words: str, unit: str) -> Ends | None:
    """The figure or range of some words that state one and nothing else, in this unit or none.

    "900,000 on active duty" may be of something else than the figure of a clause, so it is not read.
    """
    plain = _PLAIN.fullmatch(words.strip())
    if not plain:
        return None
    ends = [_number(f"{plain[name]} {plain['unit'] or ''}", unit) for name in ("low", "high") if plain[name]]
    if None in ends:
        return None
    return ends[0], ends[1] if len(ends) > 1 else None


def _number(words: str, unit: str) -> float | None:
    found = stated(words)
    if unit in _IN_HOURS:
        hours = [one.hours for one in found.spans]
        return hours[0] / _IN_HOURS[unit] if len(hours) == 1 and hours[0] else None
    if len(found.figures) != 1:
        return None
    # A word behind the number is its unit, or says that it is of something else.
    return found.figures[0].value if found.figures[0].unit == (unit if len(words.split()) > 1 else "") else None


def common_unit(units: Sequence[str]) -> str:
    """The unit told most often."""
    return max(dict.fromkeys(units), key=lambda unit: (units.count(unit), -units.index(unit)))


def factor_of(unit: str, common: str) -> float | None:
    """By what a value is told in the common unit; None where it cannot be."""
    if unit == common or not unit:
        return 1
    if unit in _IN_HOURS and common in _IN_HOURS:
        return _IN_HOURS[unit] / _IN_HOURS[common]
    return {("miles", "km"): _KM_OF_A_MILE, ("km", "miles"): 1 / _KM_OF_A_MILE}.get((unit, common))
