"""Parts of pages that are put together in Python, for templates."""

from django import template
from django.utils.safestring import SafeString

from proposals.pages.parts.clauses import apparatus_part, clause_part, name_part
from proposals.pages.parts.options import options
from proposals.pages.parts.signs import sign
from proposals.pages.parts.sources import silence_part, source_item
from proposals.rendering.clauses import ShownClause

register = template.Library()
register.simple_tag(options)
register.simple_tag(sign)
register.simple_tag(source_item)
register.simple_tag(silence_part)
register.simple_tag(apparatus_part)


@register.simple_tag
def whole_clause(clause: ShownClause) -> SafeString:
    """The clause without marks."""
    return clause_part(clause, name=name_part(clause), wording=clause.text, apparatus=apparatus_part(clause))
