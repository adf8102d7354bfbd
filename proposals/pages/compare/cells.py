"""What one text says in a row, or why nothing stands there."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from proposals.pages.addresses import record_address
from proposals.pages.parts.clauses import apparatus_part, clause_part, marked, name_part
from proposals.pages.parts.markup import filled, joined
from proposals.pages.parts.sources import silence_part, source_item
from proposals.pages.records.places import Places
from proposals.rendering.clauses import ShownClause, ShownSource
from proposals.rendering.lines import Cell
from proposals.rendering.marks import Piece
from proposals.rendering.words import Words, told

_WORDS: Words = {"nearest": _("Nearest:")}
_CELL = '<td class="cell cell-{state}" data-label="{label}">\n{name}{clauses}{explanation}{silence}{nearest}</td>\n'


class Cells:
    """Made once for a page, since a clause may stand in several rows, and many clauses have the same source."""

    def __init__(self, included: Mapping[str, Any], *, draft: str) -> None:
        self._clauses = included["clauses"]
        self._places = Places(included["territories"])
        self._draft = draft
        self._words = told(_WORDS)
        self._around: dict[str, tuple[SafeString, SafeString]] = {}
        self._sources: dict[str, SafeString] = {}

    def cell(self, cell: Cell, *, words: Mapping[str, Iterable[Piece]]) -> SafeString:
        """`words` are those of each clause by its id, in pieces with the same marks."""
        return filled(
            _CELL,
            state=cell.state,
            label=cell.column.short_title,
            name=filled('<p class="state">{}</p>\n', cell.state_name) if cell.state != "regulated" else "",
            clauses=joined(self._clause(one, words[one.id]) for one in cell.clauses),
            explanation=filled('<p class="explanation">{}</p>\n', cell.explanation) if cell.explanation else "",
            silence=silence_part(cell.silence) if cell.silence else "",
            nearest=self._nearest(cell.nearest) if cell.nearest else "",
        )

    def _clause(self, clause: ShownClause, words: Iterable[Piece]) -> SafeString:
        if clause.id not in self._around:
            places = self._places.of(self._clauses[clause.id])
            apparatus = apparatus_part(clause, draft=self._draft, item=self._source, places=places)
            self._around[clause.id] = name_part(clause, draft=self._draft), apparatus
        name, apparatus = self._around[clause.id]
        return clause_part(clause, name=name, wording=marked(words), apparatus=apparatus)

    def _source(self, source: ShownSource) -> SafeString:
        if source.slug not in self._sources:
            self._sources[source.slug] = source_item(source)
        return self._sources[source.slug]

    def _nearest(self, clause: ShownClause) -> SafeString:
        name: str = f"{clause.number} {clause.label}"
        if clause.proposal != self._draft:
            name = filled('<a href="{}#{}">{}</a>', record_address("proposal", clause.proposal), clause.key, name)
        return filled('<p class="quiet nearest">{} {}</p>\n', self._words["nearest"], name)
