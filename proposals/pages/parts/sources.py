"""A source as it travels with every statement, and what an editor found a text to leave out."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proposals.pages.addresses import record_address
from proposals.pages.parts.markup import filled
from proposals.rendering.clauses import ShownSource
from proposals.rendering.lines import Silence
from proposals.rendering.words import Words, told

_WORDS: Words = {"grade": _("grade"), "cited for": _("cited for")}


def source_item(source: ShownSource) -> SafeString:
    """Its line in a list of sources: the source itself, its grade, and its own page."""
    words = told(_WORDS)
    title = source.title
    if source.url:
        title = filled('<a href="{}" rel="external noopener noreferrer">{}</a>', source.url, title)
    return filled(
        "<li>{title}, <cite>{publisher}</cite>{date} · {grade} {meaning}{stance}"
        ' · <a class="cited" href="{address}">{cited}</a></li>',
        title=title,
        publisher=source.publisher,
        date=filled(', <time datetime="{}">{}</time>', source.machine_date, source.date) if source.date else "",
        grade=words["grade"],
        meaning=source.grade_meaning,
        stance=filled(' <span class="quiet">{}</span>', source.stance_note) if source.stance_note else "",
        address=record_address("source", source.slug),
        cited=words["cited for"],
    )


def silence_part(silence: Silence) -> SafeString:
    """What a text leaves out, who checked it, and by which source."""
    told_of = gettext("%(topic)s: %(reason)s (checked by %(who)s on %(day)s)") % {
        "topic": silence.topic,
        "reason": silence.reason,
        "who": silence.checked_by,
        "day": silence.checked_on,
    }
    sources = filled('<ul class="sources">{}</ul>', source_item(silence.source)) if silence.source else ""
    return filled('<p class="quiet">{}</p>\n{}', told_of, sources)
