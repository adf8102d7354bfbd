"""The figures of one measure as a Vega specification: plain arithmetic, every place in pixels.

Texts stand side by side in the order of their dates, at equal distances, so that those of one week can be told apart;
from each a line leads down to its true date, which is a bar where no more than the month or year is known.
"""

import datetime
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from proposals.alignment.terms import show_number
from proposals.pages.topics.axis import Days, Values, days_axis, values_axis
from proposals.pages.topics.figures import DatedText, Figure, Measured, Panel
from proposals.pages.topics.marks import SERIF, Mark, lettering, mark, painted, paper
from proposals.rendering.pictures import colours, leads_to

_MARGIN, _SLOT, _LEAST_WIDTH = 76, 84, 400
_TITLE, _LANE, _LABELS, _FAN, _DATES = 44, 34, 46, 36, 34
# Of one text alone, and of several.
_LOW_PLOT, _PLOT = 110, 200
_LINE, _NAME_LINES, _CHARACTERS = 12.5, 4, 12
_TICK_WIDTH = 62
_BETWEEN = 26
_LANES = ("unlimited", "unspecified")
_CAP = "M-13,0h26"
# What a mark is by its shape; a bar with a triangle is a bound, and the triangle points to where values may lie.
_SHAPES = {
    "at_most": f"{_CAP}M-6,4h12l-6,9z",
    "at_least": f"{_CAP}M-6,-4h12l-6,-9z",
    "more_than": "M-6,-2h12l-6,-9z",
    "about": "M0,-7l7,7l-7,7l-7,-7z",
    "exactly": "M-5.5,0a5.5,5.5,0,1,0,11,0a5.5,5.5,0,1,0,-11,0",
    "unlimited": "M0,9v-14M-5,0l5,-8l5,8",
    "unspecified": "M-13,0h7M-3.5,0h7M6,0h7",
}
# How far the label keeps above the value.
_ABOVE = {"at_most": 6, "at_least": 19, "more_than": 17}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Slot:
    """Where one figure stands."""

    figure: Figure
    x: float


def specification(measured: Measured) -> dict[str, Any]:
    """One panel below the other, each with a scale of its own."""
    marks, top, width = [], 0.0, 0.0
    for panel in measured.panels:
        drawn = _Drawn(panel, measured.name, top)
        marks += drawn.marks()
        top, width = drawn.bottom + _BETWEEN, max(width, drawn.width)
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": width,
        "height": top - _BETWEEN,
        "padding": 10,
        "background": None,
        "config": {"aria": False},
        "marks": [paper(width, top - _BETWEEN), *marks],
    }


class _Drawn:
    """A panel with its places worked out."""

    def __init__(self, panel: Panel, name: str, top: float) -> None:
        self._panel, self._name, self._top = panel, name, top
        self._texts = sorted(panel.texts, key=lambda one: (one.first_day, one.last_day, one.slug))
        self._figures = {text: [one for one in panel.figures if one.text == text] for text in self._texts}
        count = len(panel.figures)
        self._slot = max(_SLOT, (_LEAST_WIDTH - _MARGIN) / count)
        self.width = _MARGIN + self._slot * count
        self._lanes = [lane for lane in _LANES if any(one.comparator == lane for one in panel.figures)]
        self._lanes_top = top + _TITLE
        has_values = any(one.value is not None for one in panel.figures)
        self._plot_top = self._lanes_top + _LANE * len(self._lanes) + (_LABELS if has_values else 0)
        self._plot = (_PLOT if len(self._texts) > 1 else _LOW_PLOT) if has_values else 0
        self._foot = self._plot_top + self._plot
        self._values = _scale(panel) if has_values else None
        self._names = {text: _names(text, self._slot * len(found)) for text, found in self._figures.items()}
        self._names_foot = self._foot + 8 + _LINE * max(map(len, self._names.values()))
        ticks = int((self.width - _MARGIN) / _TICK_WIDTH)
        self._days = _days(self._texts, ticks) if len(self._texts) > 1 else None
        self._axis = self._names_foot + _FAN + 2 * len(self._texts)
        self.bottom = self._axis + _DATES if self._days else self._names_foot + 4

    def marks(self) -> list[Mark]:
        slots = list(self._slots())
        return [
            *self._heading(),
            *(self._lanes_drawn()),
            *(self._grid(self._values) if self._values else []),
            *self._columns(),
            *self._ranges([slot for slot in slots if slot.figure.value_max is not None]),
            *self._points([slot for slot in slots if slot.figure.value_max is None]),
            *self._labels(slots),
            *(self._dates(self._days) if self._days else []),
        ]

    def _slots(self) -> Iterable[_Slot]:
        place = 0
        for found in self._figures.values():
            for figure in found:
                yield _Slot(figure=figure, x=_MARGIN + (place + 0.5) * self._slot)
                place += 1

    def _middle(self, text: DatedText) -> float:
        own = [slot.x for slot in self._slots() if slot.figure.text == text]
        return sum(own) / len(own)

    def _y(self, figure: Figure, value: float | None) -> float:
        if value is None or self._values is None:
            lane = self._lanes.index(figure.comparator) if figure.comparator in self._lanes else 0
            return self._lanes_top + (lane + 0.5) * _LANE
        return self._foot - self._values.share(value) * self._plot

    def _heading(self) -> list[Mark]:
        name = f"{self._name}: {self._panel.subject}" if self._panel.subject else self._name
        scale = ""
        if self._values and self._values.is_logarithmic:
            scale = gettext("logarithmic scale: each line is ten times the one below")
        below = ", ".join(part for part in (self._panel.unit_name, scale) if part)
        return [
            lettering([{"x": 0, "y": self._top + 15, "text": name}], font=SERIF, fontSize=15, fontWeight=600),
            lettering([{"x": 0, "y": self._top + 32, "text": below}], fill=colours.SOFT),
        ]

    def _lanes_drawn(self) -> list[Mark]:
        names = {"unlimited": gettext("no limit"), "unspecified": gettext("limit without\na figure")}
        boxes, words = [], []
        for place, lane in enumerate(self._lanes):
            top = self._lanes_top + place * _LANE
            boxes.append({"y": top + 1, "height": _LANE - 2})
            lines = names[lane].split("\n")
            first = top + _LANE / 2 + 4 - (len(lines) - 1) * _LINE / 2
            words += [{"y": first + _LINE * line, "text": one} for line, one in enumerate(lines)]
        return [
            mark("rect", boxes, x=_MARGIN, width=self.width - _MARGIN, fill=colours.RAISED),
            lettering(words, x=_MARGIN - 8, align="right", fontWeight=600),
        ]

    def _grid(self, values: Values) -> list[Mark]:
        ticks = [(self._foot - values.share(tick) * self._plot, show_number(tick)) for tick in values.ticks]
        numbers = [{"y": y + 4, "text": number} for y, number in ticks]
        return [
            mark("rule", [{"y": y} for y, _ in ticks], x=_MARGIN, x2=self.width, stroke=colours.RULE, strokeWidth=1),
            lettering(numbers, x=_MARGIN - 8, align="right", fill=colours.SOFT),
        ]

    def _columns(self) -> list[Mark]:
        """The foot, a stem to each figure, and below it what each text is, of when and by whom."""
        stems = [
            {"x": slot.x, "y": self._y(slot.figure, slot.figure.value), "y2": self._foot} for slot in self._slots()
        ]
        words: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for text, lines in self._names.items():
            href = leads_to(f"/proposals/{text.slug}/")
            for place, (line, is_title) in enumerate(lines):
                y = self._foot + 16 + _LINE * place
                words[is_title].append({"x": self._middle(text), "y": y, "text": line, "href": href})
        return [
            mark("rule", stems, stroke=colours.STRONG_RULE, strokeWidth=0.75, strokeDash=[1, 3]),
            mark(
                "rule",
                [{"y": self._foot, "y2": self._foot}],
                x=_MARGIN,
                x2=self.width,
                stroke=colours.STRONG_RULE,
                strokeWidth=1.5,
            ),
            lettering(words[True], align="center", fontWeight=600, fontSize=10.2),
            lettering(words[False], align="center", fill=colours.SOFT, fontSize=10.5),
        ]

    def _ranges(self, slots: Sequence[_Slot]) -> list[Mark]:
        found = []
        for is_rival in (False, True):
            boxes = [
                {
                    "x": slot.x - 6,
                    "y": self._y(slot.figure, slot.figure.value_max),
                    "y2": self._y(slot.figure, slot.figure.value),
                    "href": leads_to(slot.figure.clause.address),
                }
                for slot in slots
                if slot.figure.is_rival == is_rival
            ]
            found.append(mark("rect", boxes, width=12, **painted(is_rival=is_rival)))
        return found

    def _points(self, slots: Sequence[_Slot]) -> list[Mark]:
        found = []
        for is_rival in (False, True):
            values = [
                {
                    "x": slot.x,
                    "y": self._y(slot.figure, slot.figure.value),
                    "path": _SHAPES.get(slot.figure.comparator, _SHAPES["exactly"]),
                    "href": leads_to(slot.figure.clause.address),
                }
                for slot in slots
                if slot.figure.is_rival == is_rival
            ]
            found.append(mark("path", values, **painted(is_rival=is_rival)))
        return found

    def _labels(self, slots: Sequence[_Slot]) -> list[Mark]:
        values = []
        for slot in slots:
            figure = slot.figure
            top = self._y(figure, figure.value if figure.value_max is None else figure.value_max)
            lines = [line for one in figure.short for line in _wrapped(one, self._slot, most=2)]
            if figure.value is None:
                # Beside the sign; there is no room above it.
                values += [
                    {
                        "x": slot.x + 16,
                        "y": top + 4 + _LINE * (place - (len(lines) - 1) / 2),
                        "text": line,
                        "align": "left",
                    }
                    for place, line in enumerate(lines)
                ]
                continue
            foot = top - _ABOVE.get(figure.comparator, 9) + (0 if figure.value_max is None else 4)
            values += [
                {"x": slot.x, "y": foot - _LINE * (len(lines) - 1 - place), "text": line, "align": "center"}
                for place, line in enumerate(lines)
            ]
        # The words stand on paper, so that no line runs through them.
        halo = lettering(values, stroke=colours.PAPER, strokeWidth=3.5, fontSize=11)
        return [halo, lettering(values, fontSize=11)]

    def _dates(self, days: Days) -> list[Mark]:
        """The true dates, and a line from each text to its own."""
        room = self.width - _MARGIN - _TICK_WIDTH / 2 - 6
        begins = _MARGIN + 6

        def at(day: str) -> float:
            return begins + days.share(datetime.date.fromisoformat(day)) * room

        lines, dots, bars = [], [], []
        for text in self._texts:
            first, last = at(text.first_day), at(text.last_day)
            lines.append({"x": self._middle(text), "x2": (first + last) / 2})
            if text.first_day == text.last_day:
                dots.append({"path": f"M{first - 3:.1f},{self._axis:.1f}a3,3,0,1,0,6,0a3,3,0,1,0,-6,0"})
            else:
                bars.append({"x": first, "x2": max(last, first + 3)})
        ticks = [(begins + days.share(day) * room, name) for day, name in days.ticks]
        return [
            mark("rule", lines, y=self._names_foot, y2=self._axis - 3, stroke=colours.STRONG_RULE, strokeWidth=0.75),
            mark("rule", [{"x": begins, "x2": begins + room}], y=self._axis, stroke=colours.INK, strokeWidth=1),
            mark("rule", [{"x": x} for x, _ in ticks], y=self._axis, y2=self._axis + 6, stroke=colours.INK),
            mark("rect", bars, y=self._axis - 3.5, height=7, fill=colours.ACCENT),
            mark("path", dots, fill=colours.ACCENT),
            lettering(
                [{"x": x, "text": name} for x, name in ticks],
                y=self._axis + 19,
                align="center",
                fill=colours.SOFT,
                fontSize=10.5,
            ),
        ]


def _scale(panel: Panel) -> Values:
    ends = [end for one in panel.figures for end in (one.value, one.value_max) if end is not None]
    return values_axis(ends)


def _days(texts: Sequence[DatedText], ticks: int) -> Days:
    read = datetime.date.fromisoformat
    first, last = read(min(one.first_day for one in texts)), read(max(one.last_day for one in texts))
    return days_axis(first, last, most=ticks)


def _names(text: DatedText, room: float) -> list[tuple[str, bool]]:
    """The lines under a column, and whether each is of its title."""
    by = gettext("by %(party)s") % {"party": text.proposers[0]} if text.proposers else ""
    more = gettext("and %(count)d more") % {"count": len(text.proposers) - 1} if len(text.proposers) > 1 else ""
    return [
        *((line, True) for line in _wrapped(text.short_title, room, most=_NAME_LINES)),
        *((line, False) for line in _wrapped(text.date, room, most=2)),
        *((line, False) for line in _wrapped(by, room, most=2)),
        *((line, False) for line in _wrapped(more, room, most=1)),
    ]


def _wrapped(words: str, room: float, *, most: int) -> list[str]:
    width = max(int(room / _SLOT * _CHARACTERS), _CHARACTERS)
    return textwrap.wrap(words, width=width, max_lines=most, placeholder="…")
