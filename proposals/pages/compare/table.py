"""The rows of a concordance as HTML.

In Python, since a table of eight texts has tens of thousands of pieces, and templates would take most of a second over
them. Each pattern below is a part of the table; what is recorded only ever stands in its places, escaped.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proposals.pages.compare.cells import Cells
from proposals.pages.compare.concordance import ConcordancePage, Group
from proposals.pages.compare.links import links_part
from proposals.pages.compare.points import Points
from proposals.pages.compare.texts import Entry
from proposals.pages.parts.markup import filled, joined
from proposals.pages.parts.signs import sign
from proposals.rendering.lines import Line
from proposals.rendering.words import Words, told

_WORDS: Words = {
    "link": _("Link to row"),
    "clauses": _("clauses %(relation)s"),
    "also": _("also:"),
    "texts": _("Texts"),
    "of row": _("of row %(number)s"),
}
_GROUP = (
    '<tbody class="group" id="{anchor}"><tr><th scope="rowgroup" colspan="{width}"><h3>{name}</h3></th></tr></tbody>\n'
)
_ROW = (
    '<tbody class="line line-{kind}{folded}" id="row-{id}">\n'
    '<tr class="cells">\n{head}\n{cells}</tr>\n{points}{why}</tbody>\n'
)
_HEAD = (
    '<th scope="rowgroup" class="matter"><a class="permalink" href="#row-{id}"><span class="unseen">{link} </span>'
    '{number}</a>\n<span class="topic">{topic}</span>\n<span class="kind">{sign}{kind}</span>\n{standing}{also}{unfold}'
    "</th>"
)
_QUIET = '<span class="quiet">{}</span>\n'
_UNFOLD = '<details class="unfold"><summary>{}<span class="unseen"> {}</span></summary></details>'
_WHY = '<tr class="why"><td colspan="{}">{}</td></tr>\n'


def table_body(page: ConcordancePage, *, included: Mapping[str, Any], can_narrow: bool, draft: str = "") -> SafeString:
    """All groups with their rows; one query, for those who use names of the places in them.

    `can_narrow` says that each row has a page of its own; `draft` is a pasted text.
    """
    cells, points = Cells(included, draft=draft), Points()
    return joined(
        part
        for group in page.groups
        for part in (
            filled(_GROUP, anchor=group.anchor, width=page.width, name=group.name),
            *_rows(group, cells=cells, points=points, width=page.width, can_narrow=can_narrow),
        )
    )


def _rows(group: Group, *, cells: Cells, points: Points, width: int, can_narrow: bool) -> Iterable[SafeString]:
    for entry in group.lines:
        line = entry.line
        yield filled(
            _ROW,
            kind=line.kind,
            folded=" folded" if entry.is_folded else "",
            id=line.id,
            head=_head(line, topic_address=entry.topic_address, is_folded=entry.is_folded),
            cells=joined(cells.cell(cell, words=entry.marked) for cell in line.cells),
            points=joined(points.of(line)),
            why=filled(_WHY, width, _why(entry, can_narrow=can_narrow)) if entry.link_count else "",
        )


def _head(line: Line, *, topic_address: str, is_folded: bool) -> SafeString:
    words = told(_WORDS)
    return filled(
        _HEAD,
        id=line.id,
        link=words["link"],
        number=line.number,
        topic=filled('<a href="{}">{}</a>', topic_address, line.topic) if topic_address else line.topic,
        sign=sign(line.kind),
        kind=line.kind_name,
        standing=_standing(line),
        also=filled(_QUIET, f"{words['also']} {', '.join(line.other_topics)}") if line.other_topics else "",
        unfold=filled(_UNFOLD, words["texts"], words["of row"] % {"number": line.number}) if is_folded else "",
    )


def _standing(line: Line) -> SafeString | str:
    """How the clauses bear on each other, and how many texts have one."""
    relation = told(_WORDS)["clauses"] % {"relation": line.relation} if line.relation else ""
    said = [one for one in (relation, line.extent) if one]
    return filled(_QUIET, " · ".join(said)) if said else ""


def _why(entry: Entry, *, can_narrow: bool) -> SafeString | str:
    """The reasons of the links, or where they stand if there are many."""
    count = ngettext("Why: %(count)s link", "Why: %(count)s links", entry.link_count) % {"count": entry.link_count}
    if entry.has_reasons:
        return links_part(entry.line.links, count=count)
    return filled('<a href="{}">{}</a>', entry.address, count) if can_narrow else count
