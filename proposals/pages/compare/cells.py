"""What one text says in a row, or why nothing stands there."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from proposals.pages.addresses import record_address
from proposals.pages.compare.texts import Column, Passage
from proposals.pages.parts.clauses import apparatus_part, clause_part, marked
from proposals.pages.parts.markup import filled, joined
from proposals.pages.parts.sources import silence_part, source_item
from proposals.rendering.clauses import ShownClause, ShownSource
from proposals.rendering.words import Words, told

_WORDS: Words = {"nearest": _("Nearest:")}
_CELL = '<td class="cell cell-{state}" data-label="{label}">\n{name}{clauses}{explanation}{silence}{nearest}</td>\n'


class Cells:
    """Made once for a page, since a clause may stand in several rows, and many clauses have the same source."""

    def __init__(self, *, draft: str) -> None:
        self._draft = draft
        self._words = told(_WORDS)
        self._apparatus: dict[str, SafeString] = {}
        self._sources: dict[str, SafeString] = {}

    def cell(self, column: Column) -> SafeString:
        cell = column.cell
        return filled(
            _CELL,
            state=cell.state,
            label=cell.column.short_title,
            name=filled('<p class="state">{}</p>\n', cell.state_name) if cell.state != "regulated" else "",
            clauses=joined(map(self._clause, column.passages)),
            explanation=filled('<p class="explanation">{}</p>\n', cell.explanation) if cell.explanation else "",
            silence=silence_part(cell.silence) if cell.silence else "",
            nearest=self._nearest(cell.nearest) if cell.nearest else "",
        )

    def _clause(self, passage: Passage) -> SafeString:
        clause = passage.clause
        if clause.id not in self._apparatus:
            self._apparatus[clause.id] = apparatus_part(clause, draft=self._draft, item=self._source)
        apparatus = self._apparatus[clause.id]
        return clause_part(clause, wording=marked(passage.pieces), apparatus=apparatus, draft=self._draft)

    def _source(self, source: ShownSource) -> SafeString:
        if source.slug not in self._sources:
            self._sources[source.slug] = source_item(source)
        return self._sources[source.slug]

    def _nearest(self, clause: ShownClause) -> SafeString:
        name: str = f"{clause.number} {clause.label}"
        if clause.proposal != self._draft:
            name = filled('<a href="{}#{}">{}</a>', record_address("proposal", clause.proposal), clause.key, name)
        return filled('<p class="quiet nearest">{} {}</p>\n', self._words["nearest"], name)
