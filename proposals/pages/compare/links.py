"""Why the clauses of a row are held to regulate the same matter."""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from proposals.pages.parts.markup import filled, joined
from proposals.rendering.lines import Link
from proposals.rendering.words import Words, told

_WORDS: Words = {
    "editor": _("decided by an editor"),
    "stale": _("before a clause was changed"),
    "engine": _("found by the engine"),
    "score": _("score %(score)s"),
    "wider": _("“%(label)s” includes the other"),
    "reasons": _("Reasons, with what each adds to the score"),
}
_LINK = (
    '<div class="link">\n<p><span class="quiet">{left_column}</span> {left_number} <b>{left}</b> ↔ '
    '<span class="quiet">{right_column}</span> {right_number} <b>{right}</b></p>\n<p class="quiet">{standing}</p>\n'
    '<ul class="reasons" aria-label="{label}">\n{reasons}</ul>\n</div>\n'
)


def links_part(links: Iterable[Link], *, count: str) -> SafeString:
    """Opens on demand; `count` says how many there are."""
    return filled(
        '<details class="links-of-row">\n<summary>{}</summary>\n{}</details>', count, joined(map(_link, links))
    )


def _link(link: Link) -> SafeString:
    return filled(
        _LINK,
        left_column=link.left_column,
        left_number=link.left.number,
        left=link.left.label,
        right_column=link.right_column,
        right_number=link.right.number,
        right=link.right.label,
        standing=" · ".join(_standing(link)),
        label=told(_WORDS)["reasons"],
        reasons=joined(_reason(*one) for one in link.reasons),
    )


def _standing(link: Link) -> Iterable[str]:
    words = told(_WORDS)
    yield link.relation
    yield words["score"] % {"score": link.score}
    who = words["editor"] if link.is_editors else words["engine"]
    yield f"{who}, {words['stale']}" if link.is_editors and link.is_stale else who
    if link.wider:
        yield words["wider"] % {"label": link.wider}


def _reason(part: str, weight: str, detail: str) -> SafeString:
    return filled("<li>{} <b>{}</b>{}</li>\n", part, weight, f": {detail}" if detail else "")
