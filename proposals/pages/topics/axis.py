"""The two scales of a chart of figures: values upwards, and days along the foot."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import pgettext

# Beyond this ratio the smallest figures would lie on the foot of a linear scale.
_MOST_LINEAR = 100
_STEPS = (1, 2, 2.5, 5, 10)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
_NO_MONTH = 10_000 * 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """From `low` to `high`; a logarithmic scale begins at a power of ten, a linear one at zero."""

    low: float
    high: float
    is_logarithmic: bool
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far up a value stands: 0 at the foot, 1 at the top."""
        if self.is_logarithmic:
            return math.log10(max(value, self.low) / self.low) / math.log10(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def values_axis(values: Sequence[float]) -> Values:
    above = [value for value in values if value > 0]
    if not above:
        return Values(low=0, high=1, is_logarithmic=False, ticks=(0,))
    if max(above) / min(above) > _MOST_LINEAR:
        low, high = math.floor(math.log10(min(above))), math.ceil(math.log10(max(above)))
        ticks = tuple(10.0**power for power in range(low, high + 1))
        return Values(low=ticks[0], high=ticks[-1], is_logarithmic=True, ticks=ticks)
    step = _step(max(above) / 4)
    count = math.ceil(max(above) / step - 1e-9)
    ticks = tuple(place * step for place in range(count + 1))
    return Values(low=0, high=ticks[-1], is_logarithmic=False, ticks=ticks)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough - power * 1e-9)


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """From the first to the last day, both with some room; `ticks` are the firsts of months with their names."""

    first: datetime.date
    last: datetime.date
    ticks: tuple[tuple[datetime.date, str], ...]

    def share(self, day: datetime.date) -> float:
        return (day - self.first).days / (self.last - self.first).days


def days_axis(first: datetime.date, last: datetime.date, *, most: int) -> Days:
    """With `most` ticks, or a few less or more; the first and the last may be cut off by the ends of the calendar."""
    months = _month(first), _month(last) + 1
    step = next((step for step in _MONTHS if (months[1] - months[0]) / step <= most - 1), _MONTHS[-1])
    start = max(months[0] // step * step, 12)
    end = max(-(-months[1] // step) * step, start + step)
    pattern = pgettext("a year", "Y") if step >= 12 else pgettext("a month on an axis", "M Y")
    days = [_first_of(one) for one in range(start, end + 1, step) if one < _NO_MONTH]
    return Days(
        first=_first_of(start),
        last=_first_of(end) if end < _NO_MONTH else datetime.date.max,
        ticks=tuple((day, date_format(day, pattern)) for day in days),
    )


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> datetime.date:
    return datetime.date(month // 12, month % 12 + 1, 1)
