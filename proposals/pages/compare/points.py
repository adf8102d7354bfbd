"""The lines below the cells of a row: what the texts differ in, and which element one of them lacks."""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from proposals.pages.parts.markup import filled, joined
from proposals.pages.parts.signs import sign
from proposals.rendering.lines import Line, Point, Said
from proposals.rendering.words import Words, told

_WORDS: Words = {
    "hint": _("check this"),
    "mild": _("no conflict"),
    "missing": _("%(element)s missing"),
    "no": _("no %(element)s"),
    "present in": _("present in"),
}
_POINT = '<tr class="point {standing}">\n<th scope="row" class="matter">{sign}{name}</th>\n{cells}</tr>\n'
_CELL = '<td data-label="{}">{}</td>\n'
_NOTHING = SafeString('<span class="quiet">–</span>')


class Points:
    """Made once for a page: most cells are bare, and such a one is the same in every line of its column."""

    def __init__(self) -> None:
        self._words = told(_WORDS)
        self._bare: dict[str, SafeString] = {}

    def of(self, line: Line) -> Iterable[SafeString]:
        for point in line.divergences:
            yield self._point(point, name=self._divergence(point), cells=map(self._values, point.cells))
        for point in line.missing_elements:
            name = self._words["missing"] % {"element": capfirst(point.name)}
            yield self._point(point, name=name, cells=(self._element(said, point.name) for said in point.cells))

    def _point(self, point: Point, *, name: str, cells: Iterable[SafeString]) -> SafeString:
        return filled(_POINT, standing=point.standing, sign=sign(point.standing), name=name, cells=joined(cells))

    def _values(self, said: Said) -> SafeString:
        if not said.words:
            return self._nothing(said)
        values = joined(filled('<span class="value">{}</span>', one) for one in said.words)
        return filled(_CELL, said.column.short_title, values)

    def _element(self, said: Said, element: str) -> SafeString:
        told_of: str
        if said.is_missing:
            told_of = filled('<span class="missing">{}</span>', self._words["no"] % {"element": element})
        elif said.words:
            told_of = f"{self._words['present in']} {'; '.join(said.words)}"
        else:
            return self._nothing(said)
        return filled(_CELL, said.column.short_title, told_of)

    def _nothing(self, said: Said) -> SafeString:
        column = said.column
        if column.slug not in self._bare:
            self._bare[column.slug] = filled(_CELL, column.short_title, _NOTHING)
        return self._bare[column.slug]

    def _divergence(self, point: Point) -> SafeString:
        weight = filled(" <em>{}</em>", self._words[point.standing]) if point.standing in ("hint", "mild") else ""
        return filled('{}{}<span class="quiet">{}</span>', point.name, weight, point.summary)
